"""Admission: a pod takes in as many requests as it has connections; the others wait, briefly."""

from __future__ import annotations

import asyncio

from prometheus_client import Gauge
from starlette.types import ASGIApp, Receive, Scope, Send

WAITING = Gauge("slots_admission_waiting", "Requests that wait for a connection.")
FREE_OF_CHARGE = ("/healthz", "/readyz", "/metrics")


# ANCHOR: admission
class Admission:
    def __init__(self, app: ASGIApp, places: int = 8, patience: float = 2.0) -> None:
        self.app = app
        self.places = asyncio.Semaphore(places)
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in FREE_OF_CHARGE:
            await self.app(scope, receive, send)
            return
        try:
            with WAITING.track_inprogress():
                async with asyncio.timeout(self.patience):
                    await self.places.acquire()
        except TimeoutError:
            await too_busy(send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self.places.release()
# ANCHOR_END: admission


async def too_busy(send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 503,
            "headers": [(b"retry-after", b"5"), (b"content-length", b"0")],
        }
    )
    await send({"type": "http.response.body", "body": b""})
