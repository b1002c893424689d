"""What one fetch of an indicator gave: values by area, period and sex, and what the source said of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.indicator import QueryVariable, Sex
    from granskning.statistics.cube import CubeCell


@dataclass(frozen=True, slots=True)
class StatisticsReading:
    """A whole reading of one indicator: every value that was asked for and is there."""

    interface: str
    title: str
    unit: str
    query: tuple[QueryVariable, ...]
    """Each variable with its label and those of its codes, as the source has them now."""
    values: Mapping[tuple[str, str], Mapping[Sex, CubeCell]]
    """By area and period, in the order of the query. The area is empty where the table has none."""
    decimals: int | None = None
    updated: str | None = None
    next_update: str | None = None
    last_period: str | None = None
    """The latest period of the table, asked for or not; None where the source lists none and others were asked for."""
    discontinued: bool = False
    licence: str | None = None
    address: str | None = None
    notes: tuple[str, ...] = ()
    description: str = ""
    """What the source says that it measures."""
    sha256: str | None = None
    split_hint: bool | None = None
    """Whether the source says that there are figures by sex; None where it says nothing of that."""
    no_longer: frozenset[str] = field(default_factory=frozenset)
    """Codes of areas that were frozen and that the table does not have any more."""

    @property
    def area_labels(self) -> Mapping[str, str]:
        """What each area is called."""
        return next((variable.codes for variable in self.query if variable.role == "area"), {"": "Riket"})

    @property
    def sexes(self) -> frozenset[Sex]:
        """The sexes that have a value somewhere."""
        return frozenset(sex for row in self.values.values() for sex in row)
