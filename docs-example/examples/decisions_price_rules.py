"""Price rules as data. Included by services/pricing/decisions/20250610-price-rules-as-data.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal


# ANCHOR: rule
@dataclass(frozen=True)
class Rule:
    id: int
    terminal: str
    valid_from: date
    valid_until: date | None
    when: dict[str, tuple[str, ...]] = field(default_factory=dict)
    effect: Literal["base", "add", "percent"] = "add"
    amount: Decimal = Decimal(0)

    def applies(self, terminal: str, day: date, facts: dict[str, str]) -> bool:
        return (
            self.terminal == terminal
            and self.valid_from <= day
            and (self.valid_until is None or day < self.valid_until)
            and all(facts.get(name) in values for name, values in self.when.items())
        )
# ANCHOR_END: rule


# ANCHOR: quote
@dataclass(frozen=True)
class Quote:
    total: Decimal
    because: tuple[int, ...]        # ids of the rules, for the invoice and for disputes


def quote(rules: Iterable[Rule], terminal: str, day: date, facts: dict[str, str]) -> Quote:
    hits = sorted(
        (rule for rule in rules if rule.applies(terminal, day, facts)),
        key=lambda rule: (["base", "add", "percent"].index(rule.effect), rule.id),
    )
    bases = [rule for rule in hits if rule.effect == "base"]
    if len(bases) != 1:
        raise ValueError(f"{len(bases)} base prices for {terminal} on {day}: {bases}")

    total = Decimal(0)
    for rule in hits:
        if rule.effect == "percent":
            share = total * rule.amount / 100
            total += share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        else:
            total += rule.amount
    return Quote(total, tuple(rule.id for rule in hits))
# ANCHOR_END: quote
