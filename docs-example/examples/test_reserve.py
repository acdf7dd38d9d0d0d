"""Tests of the booking rules, against a store in memory."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from slots_api import BookingIn, BookingOut, SlotFull

SIX = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # 06:00 in Hamburg in winter


# ANCHOR: fake
class BookingsInMemory:
    """Keeps the promises of the PostgreSQL store; both run the contract tests."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.ids = count(1)
        self.by_key: dict[tuple[int, UUID], BookingOut] = {}

    async def find_by_key(self, carrier: int, key: UUID) -> BookingOut | None:
        return self.by_key.get((carrier, key))

    async def reserve(
        self, carrier: int, key: UUID, slot_id: int, body: BookingIn
    ) -> BookingOut:
        if self.free == 0:
            raise SlotFull(slot_id)
        self.free -= 1
        made = BookingOut(
            id=next(self.ids),
            slot_id=slot_id,
            container_no=body.container_no,
            created_at=SIX,
        )
        self.by_key[carrier, key] = made
        return made
# ANCHOR_END: fake


# ANCHOR: retry
def test_a_repeated_request_takes_one_place_only(
    client: TestClient, bookings: BookingsInMemory
) -> None:
    body = {"container_no": "MSKU1234565", "direction": "collect"}
    headers = {"Idempotency-Key": str(uuid4())}

    first = client.post("/slots/7/bookings", json=body, headers=headers)
    second = client.post("/slots/7/bookings", json=body, headers=headers)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert bookings.free == 4
# ANCHOR_END: retry


# ANCHOR: parametrize
@pytest.mark.parametrize(
    ("container_no", "status"),
    [
        pytest.param("MSKU1234565", 201, id="four letters, seven digits"),
        pytest.param("MSKU123456", 422, id="check digit missing"),
        pytest.param("msku1234565", 422, id="lower case"),
        pytest.param("MSKU 1234565", 422, id="blank inside"),
    ],
)
def test_container_numbers(client: TestClient, container_no: str, status: int) -> None:
    answer = client.post(
        "/slots/7/bookings",
        json={"container_no": container_no, "direction": "collect"},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == status
# ANCHOR_END: parametrize
