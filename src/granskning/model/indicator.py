"""Statistics as frozen values: an indicator, its figures, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from granskning.figure_references import FigureReference
    from granskning.model.method import Text

Sex = Literal["women", "men", "mixed", "total"]
SEXES: tuple[Sex, ...] = ("women", "men", "mixed", "total")
"""Whom a value is of, in the order of a table's columns."""

Role = Literal["area", "sex", "period", "contents", "other"]
NIL = "-"
"""The sign for nothing to report: the value is nil, not missing."""
SYMBOLS = (NIL, ".", "..", "...", "....", ".....", "......")
"""The signs of the statistics services in place of a number."""

_USUAL_ROLES: dict[str, Role] = {
    "region": "area", "kon": "sex", "tid": "period", "contentscode": "contents",
    "municipality": "area", "gender": "sex", "year": "period",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureMark:
    """What the source says of one value: its sign in place of a number, its status, how many a mean is of."""

    symbol: str | None = None
    status: str | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of an indicator: an area, a period, and numbers by sex.

    A value that the source gives as nil is 0 here and has its sign among the marks; one that is not available is None.
    """

    area: str
    area_code: str | None
    period: str
    women: Fraction | None = None
    men: Fraction | None = None
    mixed: Fraction | None = None
    total: Fraction | None = None
    note: Text = field(default_factory=dict)
    marks: Mapping[str, FigureMark] = field(default_factory=dict)
    """By sex, where the source says more than a number."""
    gone: str | None = None
    """The day on which the source was seen to have this period or area no more."""

    @property
    def place(self) -> str:
        """What tells the area from others: its code, else its name."""
        return self.area_code or self.area


@dataclass(frozen=True, slots=True)
class QueryVariable:
    """One variable of a statistics table and what is fetched of it: code by code, with what each is called."""

    variable: str
    codes: Mapping[str, str]
    """The label by code; empty for a code that has not been fetched yet."""
    role: Role
    label: str = ""
    sexes: Mapping[str, str] = field(default_factory=dict)
    """The code by sex, where that is said."""


@dataclass(frozen=True, slots=True)
class ServiceSource:
    """What a statistics service is asked for, and what it said of the table when it was asked last."""

    service: Literal["scb", "kolada", "file"] | None = None
    table: str | None = None
    table_v1: str | None = None
    file: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the column of a table is called, by what it has."""
    query: tuple[QueryVariable, ...] = ()
    title: str = ""
    unit: str = ""
    interface: str | None = None
    updated: str | None = None
    next_update: str | None = None
    last_period: str | None = None
    """The latest period that the table had when it was fetched."""
    discontinued: bool = False
    """Whether the source says that the table is updated no more."""
    licence: str | None = None
    notes: tuple[str, ...] = ()
    sha256: str | None = None

    @property
    def name(self) -> str:
        """The table or KPI as the service names it, or the file."""
        return self.table or self.table_v1 or self.file or ""

    def variable_of(self, role: Role) -> QueryVariable | None:
        """The variable that has the role."""
        return next((variable for variable in self.query if variable.role == role), None)


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A period from which values cannot be compared with those before (tidsseriebrott)."""

    start: str
    note: Text


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
    measures: Text = field(default_factory=dict)
    excludes: Text = field(default_factory=dict)
    not_by_sex: Text = field(default_factory=dict)
    """Why there is no split by sex, where somebody has said so."""
    decimals: int | None = None
    better: Literal["higher", "lower", "equal"] | None = None
    breaks: tuple[SeriesBreak, ...] = ()
    source: ServiceSource = field(default_factory=ServiceSource)
    own_area: str = ""
    """The code of the folder's own area, whose figures lead."""

    @property
    def leading_order(self) -> tuple[Figure, ...]:
        """The figures with those of the folder's own area first, else as in the file."""
        return tuple(sorted(self.values, key=lambda figure: not is_area(figure, self.own_area)))


_NATION_OR_COUNTY = 4
"""A nation or county has two figures with Statistics Sweden, four that begin with 00 with Kolada."""


def area_key(code: str) -> str:
    """An area's code as both producers can be compared by: 0019 is the county 19."""
    is_wide = len(code) == _NATION_OR_COUNTY and code.startswith("00") and code.isdigit()
    return code[2:] if is_wide else code


def is_area(figure: Figure, area: str) -> bool:
    """Whether a figure is of an area, by its code or its name."""
    if not area:
        return False
    if figure.area_code is not None and area_key(figure.area_code) == area_key(area):
        return True
    return figure.area.casefold() == area.casefold()


def leading_figure(indicator: Indicator) -> Figure | None:
    """The latest of the folder's own area, else of the first: with both sexes, else with one, else with any number."""
    filled = [figure for figure in indicator.leading_order if has_value(figure) and figure.gone is None]
    both = [figure for figure in filled if figure.women is not None and figure.men is not None]
    some = [figure for figure in filled if figure.women is not None or figure.men is not None]
    first = next(iter(both or some or filled), None)
    same = [figure for figure in (both or some or filled) if first is not None and figure.place == first.place]
    return max(same, key=lambda figure: figure.period, default=None)


Lack = Literal["area", "sex", "period", "value"]
"""What an indicator does not have of what a text asks for: the area, the sex, the period, or the value itself."""


def figure_named(indicator: Indicator, reference: FigureReference) -> Figure | Lack:
    """The figure that a text names, or what the indicator lacks of it.

    Without an area it is the folder's own; where the folder says none, that which leads. Without a period it is the
    latest that has a number.
    """
    area = reference.area or indicator.own_area
    if not area and (leading := leading_figure(indicator)) is not None:
        area = leading.place
    of_area = [figure for figure in indicator.values if is_area(figure, area)]
    if not of_area:
        return "area"
    if reference.period:
        figure = next((figure for figure in of_area if figure.period == reference.period), None)
        if figure is None:
            return "period"
    else:
        figure = max((item for item in of_area if _has(item, reference)), key=lambda item: item.period, default=None)
    if figure is None:
        is_marked = any(reference.sex in item.marks for item in of_area) or not reference.sex
        return "value" if is_marked else "sex"
    if not _has(figure, reference):
        return "value"
    return figure


def withheld(figure: Figure, sex: Sex) -> bool:
    """Whether the source marks the number of a sex as missing or secret."""
    return sex in figure.marks and getattr(figure, sex) is None


def _has(figure: Figure, reference: FigureReference) -> bool:
    """Whether there is a number of the sex, or of anybody."""
    return getattr(figure, reference.sex) is not None if reference.sex else has_value(figure)


def last_period(indicator: Indicator) -> str | None:
    """The latest period of which there is a value that the source still has."""
    periods = [figure.period for figure in indicator.values if figure.gone is None and has_value(figure)]
    return max(periods, default=None)


def has_value(figure: Figure) -> bool:
    """Whether there is a number of anybody."""
    return any(getattr(figure, sex) is not None for sex in SEXES)


def usual_role(variable: str) -> Role:
    """The role of a variable whose code says what it is."""
    return _USUAL_ROLES.get(variable.lower(), "other")


GapWay = Literal["narrower", "wider", "same", "turned"]


def gap_way(before: Fraction, after: Fraction) -> GapWay:
    """Whether a difference between women and men grew, given the first and the last."""
    if before * after < 0:
        return "turned"
    if abs(before) == abs(after):
        return "same"
    return "narrower" if abs(after) < abs(before) else "wider"


def break_before(indicator: Indicator, last_period: str) -> str | None:
    """The latest break up to a period: what is before it cannot be compared with what is after."""
    return max((item.start for item in indicator.breaks if item.start <= last_period), default=None)


def sex_of_label(label: str) -> Sex | None:
    """Whom a table's own word is of; None for a word that is none of the usual."""
    return _SEX_LABELS.get(" ".join(label.lower().split()))


_SEX_LABELS: dict[str, Sex] = {
    "kvinnor": "women", "kvinna": "women", "women": "women", "females": "women", "female": "women",
    "män": "men", "man": "men", "men": "men", "males": "men", "male": "men",
    "totalt": "total", "total": "total", "båda könen": "total", "samtliga": "total", "kvinnor och män": "total",
    "män och kvinnor": "total", "totalt, kvinnor och män": "total", "kvinnor och män totalt": "total",
    "totalt, båda könen": "total", "båda könen totalt": "total", "totalt kön": "total", "women and men": "total",
    "men and women": "total", "both sexes": "total",
    "blandat": "mixed", "mixed": "mixed",
}  # fmt: skip
"""Labels, not codes, say who is who: 1 is usually men with Statistics Sweden, but not in every table."""
