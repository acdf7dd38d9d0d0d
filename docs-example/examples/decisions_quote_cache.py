"""Keys of cached quotes.

Included by services/pricing/decisions/20260907-cache-quotes-for-ninety-seconds.md.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

SECONDS = 90


# ANCHOR: key
class QuoteKey(NamedTuple):
    terminal: str
    slot_starts: datetime       # with time zone, full hour
    direction: str              # "collect" or "deliver"
    size: str                   # "20", "40", "45"
    contract: str               # group of carriers with the same prices, not the carrier

    def render(self, rules_version: int) -> str:
        start = self.slot_starts.strftime("%Y%m%dT%H%z")
        return (
            f"pricing:v2:r{rules_version}:"
            f"{self.terminal}:{start}:{self.direction}:{self.size}:{self.contract}"
        )
# ANCHOR_END: key
