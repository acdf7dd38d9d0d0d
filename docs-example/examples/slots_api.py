"""Booking a place in a slot: the one request that must not fail at 06:00."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response, status
from pydantic import BaseModel, Field

router = APIRouter(tags=["slots"])


# ANCHOR: models
class BookingIn(BaseModel):
    container_no: str = Field(pattern=r"^[A-Z]{4}[0-9]{7}$", examples=["MSKU1234565"])
    direction: str = Field(pattern=r"^(collect|deliver)$")


class BookingOut(BaseModel):
    id: int
    slot_id: int
    container_no: str
    created_at: datetime
# ANCHOR_END: models


class SlotFull(Exception):
    """No place is left in the requested slot."""

    def __init__(self, slot_id: int) -> None:
        super().__init__(f"slot {slot_id} has no free place")
        self.slot_id = slot_id


class Bookings(Protocol):
    async def find_by_key(self, carrier: int, key: UUID) -> BookingOut | None: ...

    async def reserve(
        self, carrier: int, key: UUID, slot_id: int, body: BookingIn
    ) -> BookingOut: ...


async def get_bookings() -> Bookings:
    raise NotImplementedError("replaced in slots.app by the PostgreSQL store")


async def get_carrier() -> int:
    raise NotImplementedError("replaced in slots.app by the token check")


# ANCHOR: reserve
@router.post("/slots/{slot_id}/bookings", status_code=status.HTTP_201_CREATED)
async def reserve(
    slot_id: int,
    body: BookingIn,
    response: Response,
    idempotency_key: Annotated[UUID, Header()],
    carrier: Annotated[int, Depends(get_carrier)],
    bookings: Annotated[Bookings, Depends(get_bookings)],
) -> BookingOut:
    earlier = await bookings.find_by_key(carrier, idempotency_key)
    if earlier is not None:
        response.status_code = status.HTTP_200_OK
        return earlier
    return await bookings.reserve(carrier, idempotency_key, slot_id, body)
# ANCHOR_END: reserve
