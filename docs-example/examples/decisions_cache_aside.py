"""Cache-aside with Redis. Included by decisions/0023-cache-aside-with-redis.md."""

from __future__ import annotations

import json
import random
from collections.abc import Awaitable, Callable
from typing import Any, Protocol


class Redis(Protocol):
    async def get(self, key: str) -> bytes | None: ...
    async def set(self, key: str, value: str, *, ex: int, nx: bool = False) -> object: ...
    async def delete(self, *keys: str) -> object: ...


class RedisDown(Exception):
    """The wrapper of the client raises this for timeouts and lost connections."""


# ANCHOR: read
async def cached(
    redis: Redis,
    key: str,
    load: Callable[[], Awaitable[dict[str, Any]]],
    *,
    seconds: int,
) -> dict[str, Any]:
    """Read through the cache. Redis may fail; the caller does not notice."""
    try:
        if (hit := await redis.get(key)) is not None:
            return json.loads(hit)
    except RedisDown:
        return await load()

    value = await load()
    spread = round(seconds * random.uniform(0.9, 1.1))  # not all at once
    try:
        await redis.set(key, json.dumps(value), ex=spread)
    except RedisDown:
        pass
    return value
# ANCHOR_END: read


# ANCHOR: write
async def set_capacity(db: Any, redis: Redis, terminal_id: int, day: str, capacity: int) -> None:
    async with db.begin():
        await db.update_capacity(terminal_id, day, capacity)
    # After the commit. Before it, a reader could put the old value back.
    try:
        await redis.delete(f"slots:v3:calendar:{terminal_id}:{day}")
    except RedisDown:
        pass  # wrong for at most 20 s, the lifetime of the entry
# ANCHOR_END: write
