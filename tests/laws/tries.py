"""How many examples of a law are tried: every day some, always the same; at night many, drawn anew."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY_DAY = 0.4
"""The share of a law's examples that the daily tests try; `make nightly` tries LAW_TRIES times as many as it says."""
FEWEST = 8
QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
"""Sets are large, and some drawn ones are not sound."""


def tries(number: int, **others: Any) -> Callable[[Any], Any]:
    """The settings of a law that says so many examples."""
    asked = os.environ.get("LAW_TRIES")
    tried = number * int(asked) if asked else max(FEWEST, round(number * EVERY_DAY))
    return settings(max_examples=tried, deadline=None, suppress_health_check=QUIET, **others)
