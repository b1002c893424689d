"""A table of statistics in memory: its variables with codes and labels, and a cell for each combination of codes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.indicator import NIL, SYMBOLS
from granskning.statistics.unexpected import UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

_DASHES = frozenset("-\N{EN DASH}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}")
_ELLIPSES = {"\N{HORIZONTAL ELLIPSIS}": "...", "\N{TWO DOT LEADER}": ".."}


@dataclass(frozen=True, slots=True)
class CubeCell:
    """What stands in a cell: a number, or the source's sign in its place, and what the source says of it."""

    value: Decimal | None = None
    symbol: str | None = None
    status: str | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A variable of a table: the label by code, in order; unit and decimals by code where it is what is counted."""

    code: str
    label: str
    codes: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)
    is_time: bool = False
    can_be_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Cube:
    """A table, or the part of it that was asked for. Cells are known by their codes in the order of the variables."""

    title: str
    dimensions: tuple[Dimension, ...]
    cells: Mapping[tuple[str, ...], CubeCell]
    updated: str | None = None
    next_update: str | None = None
    source: str | None = None
    discontinued: bool | None = None
    """Whether the table is updated no more; None where nothing is said of it."""
    notes: tuple[str, ...] = ()

    @property
    def last_period(self) -> str | None:
        """The last code of the variable that is time, by its order."""
        times = [item for item in self.dimensions if item.is_time]
        return list(times[0].codes)[-1] if len(times) == 1 and times[0].codes else None

    def dimension(self, code: str) -> Dimension | None:
        """The variable with that code, in any letter case."""
        return next((item for item in self.dimensions if item.code.lower() == code.lower()), None)


def cube_part(cube: Cube, selection: Mapping[str, tuple[str, ...]]) -> Cube:
    """The part of a table with these codes of its variables, in this order."""
    dimensions = tuple(
        replace(item, codes={code: item.codes[code] for code in selection[item.code]}) for item in cube.dimensions
    )
    cells = {codes: cube.cells[codes] for codes in product(*(item.codes for item in dimensions))}
    return replace(cube, dimensions=dimensions, cells=cells)


def read_symbol(text: str) -> str:
    """A sign as we write it. Raises UnexpectedFormError for a sign that none of the services has."""
    sign = text.strip()
    if sign in _DASHES:
        return NIL
    sign = _ELLIPSES.get(sign, sign)
    if sign not in SYMBOLS:
        raise UnexpectedFormError(N_("the sign {symbol} is not known"), symbol=text[:20])
    return sign


def is_symbol(text: str) -> bool:
    """Whether a text is one of the signs that stand in place of a number."""
    sign = text.strip()
    return sign in _DASHES or _ELLIPSES.get(sign, sign) in SYMBOLS
