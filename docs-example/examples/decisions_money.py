"""Money is Decimal. Included by services/pricing/decisions/20251118-decimal-not-float.md."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# ANCHOR: money
CENT = Decimal("0.01")


def money(value: Decimal | int | str) -> Decimal:
    """The only place that rounds. Refuses float, also by accident."""
    if isinstance(value, float):
        raise TypeError("money from float: write it as a string")
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)


def with_tax(lines: list[Decimal], rate: Decimal) -> tuple[Decimal, Decimal]:
    """Net sum and tax of an invoice. The tax is rounded once, on the sum."""
    net = sum((money(line) for line in lines), Decimal(0))
    return net, money(net * rate)
# ANCHOR_END: money
