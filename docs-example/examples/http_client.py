"""Calls between services: a deadline, few retries, and only where a retry is safe."""

from __future__ import annotations

import asyncio
import random

import httpx

TIMEOUT = httpx.Timeout(connect=0.5, read=1.5, write=1.0, pool=0.2)
SAFE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
RETRY_STATUS = frozenset({502, 503, 504})


# ANCHOR: send
async def send(client: httpx.AsyncClient, request: httpx.Request, tries: int = 3) -> httpx.Response:
    """`client` is built once per process with `timeout=TIMEOUT`."""
    repeatable = request.method in SAFE or "Idempotency-Key" in request.headers
    for attempt in range(1, tries + 1):
        last = attempt == tries or not repeatable
        try:
            response = await client.send(request)
        except httpx.TransportError:
            if last:
                raise
        else:
            if response.status_code not in RETRY_STATUS or last:
                return response
        await asyncio.sleep(random.uniform(0, 0.1 * 2**attempt))  # full jitter
    raise AssertionError("unreachable")
# ANCHOR_END: send
