"""Read-through helper for Redis: a jittered lifetime, and one caller that refills."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from pydantic import BaseModel
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()
M = TypeVar("M", bound=BaseModel)

JITTER = 0.1  # a tenth of the lifetime, so that keys written together do not expire together
LOCK_SECONDS = 3
WAIT_SECONDS = 0.1


# ANCHOR: key
def calendar_key(terminal_id: int, day: str) -> str:
    """`slots:v3:calendar:17:2026-11-20`. Raise the version when the shape of the value changes."""
    return f"slots:v3:calendar:{terminal_id}:{day}"
# ANCHOR_END: key


# ANCHOR: get_or_load
async def get_or_load(
    redis: Redis,
    key: str,
    model: type[M],
    load: Callable[[], Awaitable[M]],
    seconds: int,
) -> M:
    try:
        cached = await redis.get(key)
        if cached is not None:
            return model.model_validate_json(cached)
        if not await redis.set(f"{key}:lock", "1", nx=True, ex=LOCK_SECONDS):
            await asyncio.sleep(WAIT_SECONDS)
            cached = await redis.get(key)
            if cached is not None:
                return model.model_validate_json(cached)
    except RedisError:
        log.warning("cache_unavailable", key=key)
        return await load()

    value = await load()
    lifetime = max(1, round(seconds * random.uniform(1 - JITTER, 1 + JITTER)))
    try:
        await redis.set(key, value.model_dump_json(), ex=lifetime)
        await redis.delete(f"{key}:lock")
    except RedisError:
        log.warning("cache_write_failed", key=key)
    return value
# ANCHOR_END: get_or_load


# ANCHOR: invalidate
async def forget_calendar(redis: Redis, terminal_id: int, day: str) -> None:
    """Call after the commit, never inside the transaction."""
    await redis.delete(calendar_key(terminal_id, day))
# ANCHOR_END: invalidate
