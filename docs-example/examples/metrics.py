"""Metrics of the booking path."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram

# ANCHOR: metrics
BOOKINGS = Counter(
    "slots_bookings_total",
    "Attempts to book, by how they ended.",
    ["terminal", "outcome"],  # 41 terminals x 4 outcomes = 164 series
)
WAITING = Gauge("slots_admission_waiting", "Requests that wait for a connection.")
LOCK_SECONDS = Histogram(
    "slots_row_lock_seconds",
    "From the update of the row of a slot to the commit.",
    buckets=(0.001, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.12),
)
# ANCHOR_END: metrics


@contextmanager
def row_lock() -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        LOCK_SECONDS.observe(time.perf_counter() - start)
