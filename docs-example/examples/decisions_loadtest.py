"""The slot storm, for Locust. Included by decisions/0022-load-test-every-milestone.md.

    locust -f decisions_loadtest.py --host https://slots.staging.quayside.example
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from locust import HttpUser, constant_pacing, task

# ANCHOR: storm
HOT_SLOT = 8841          # everybody wants 07:00
HOT_SHARE = 0.55         # 139/s at 630/s in total; it was 130/s on 2025-03-18


class Dispatcher(HttpUser):
    wait_time = constant_pacing(5)      # one action every 5 s

    @task(60)
    def look(self) -> None:
        day = (datetime.now(UTC) + timedelta(days=1)).date()
        self.client.get(f"/v1/terminals/{zipf_terminal()}/calendar/{day}", name="calendar")

    @task(40)
    def reserve(self) -> None:
        hot = random.random() < HOT_SHARE
        slot = HOT_SLOT if hot else random.randint(1, 8000)
        self.client.post(
            f"/v1/slots/{slot}/bookings",
            json={"carrier": random.randint(1, 900), "container": "MSKU3051384"},
            headers={"Idempotency-Key": str(uuid4())},
            name="reserve",
        )
# ANCHOR_END: storm


def zipf_terminal(terminals: int = 41) -> int:
    """Terminal 1 gets most of the load, as in reality."""
    weights = [1 / rank for rank in range(1, terminals + 1)]
    return random.choices(range(1, terminals + 1), weights)[0]
