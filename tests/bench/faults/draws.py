"""Random numbers that look like accounts, in whole kronor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random


@dataclass(frozen=True, slots=True)
class Draw:
    """``random`` alone decides; the same seed gives the same report."""

    random: Random

    def money(self, low: float, high: float) -> Decimal:
        """Kronor between ``low`` and ``high`` millions."""
        return Decimal(self.random.randint(int(low * 1_000_000), int(high * 1_000_000)))

    def near(self, value: Decimal, spread: float) -> Decimal:
        """``value`` give or take a share of it."""
        return self.part(value, 1 - spread, 1 + spread)

    def part(self, value: Decimal, low: float, high: float) -> Decimal:
        """Between ``low`` and ``high`` times ``value``, to the krona."""
        return (value * Decimal(str(self.random.uniform(low, high)))).quantize(Decimal(1))

    def some(self, names: tuple[str, ...], low: int, high: int) -> list[str]:
        """So many of ``names``, in their order."""
        chosen = self.random.sample(names, min(len(names), self.random.randint(low, high)))
        return [name for name in names if name in chosen]

    def chance(self, share: float) -> bool:
        return self.random.random() < share
