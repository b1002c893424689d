"""Statistics as frozen values: an indicator and its figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.model.method import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of an indicator: an area, a period, and numbers by sex."""

    area: str
    area_code: str | None
    period: str
    women: Fraction | None = None
    men: Fraction | None = None
    mixed: Fraction | None = None
    total: Fraction | None = None
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statistic by sex where it exists, with provenance, frozen in git (indikator)."""

    id: str
    title: Text
    unit: Text
    share: bool
    producer: str
    table: str | None
    address: str | None
    retrieved: str
    quality: str | None
    note: Text
    values: tuple[Figure, ...]
    file: str
