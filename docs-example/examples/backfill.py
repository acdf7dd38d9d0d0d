"""Fills driver.phone_cipher in small batches. Safe to stop and start again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncpg

BATCH = 50
PAUSE = 0.2


# ANCHOR: backfill
async def backfill(pool: asyncpg.Pool, encrypt: Callable[[str], tuple[bytes, str]]) -> int:
    done = 0
    while True:
        async with pool.acquire() as db, db.transaction():
            rows = await db.fetch(
                """SELECT id, phone FROM driver
                    WHERE phone IS NOT NULL AND phone_cipher IS NULL
                    ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED""",
                BATCH,
            )
            await db.executemany(
                """UPDATE driver SET phone_cipher = $2, phone_key_id = $3
                    WHERE id = $1""",
                [(row["id"], *encrypt(row["phone"])) for row in rows],
            )
        done += len(rows)
        if len(rows) < BATCH:
            return done
        await asyncio.sleep(PAUSE)
# ANCHOR_END: backfill
