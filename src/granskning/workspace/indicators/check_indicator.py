"""What can be wrong in an indicator: its figures, one by one and against each other."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.indicator import SEXES
from granskning.workspace.checks.dates import impossible_dates
from granskning.workspace.indicators.check_age import check_ended
from granskning.workspace.indicators.check_query import check_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.indicator import Figure, Indicator

_COUNTIES = "01|03|04|05|06|07|08|09|10|12|13|14|17|18|19|20|21|22|23|24|25"
"""The codes of the counties, as Statistics Sweden has them; a municipality's code begins with its county's."""
_AREA = re.compile(
    rf"00|({_COUNTIES})([0-9][0-9])?|0000|00({_COUNTIES})|SE[0-9]{{0,3}}|[GV][0-9A-Z]+|[A-Z]{{1,3}}[0-9]*"
)
_SEX_NAMES = {"women": N_("women"), "men": N_("men"), "mixed": N_("mixed"), "total": N_("total")}
_HUNDRED = 100
_MOST_DECIMALS = 4


def check_indicator(values: dict[str, Any], indicator: Indicator) -> Iterator[Finding]:
    """Yield what is wrong in an indicator, given as written and as read."""
    file = indicator.file
    name = file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if indicator.id != name:
        yield _finding("GR316", file, ("id",), id=indicator.id, name=name)
    yield from impossible_dates(file, ("source", "retrieved"), indicator.retrieved)
    yield from check_query(indicator)
    yield from check_ended(indicator)
    if not indicator.values:
        yield _finding("GR709", file, ("values",), whole_key=True, id=indicator.id)
    elif not indicator.not_by_sex and {
        sex for figure in indicator.values for sex in SEXES if _has_value(figure, sex)
    } == {"total"}:
        yield _finding("GR707", file, ("values",), whole_key=True)
    yield from _check_rows(values, indicator)


def _check_rows(values: dict[str, Any], indicator: Indicator) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for number, (written, figure) in enumerate(zip(values["values"], indicator.values, strict=True)):
        path: Path = ("values", number)
        if not written.keys() & set(SEXES):
            yield _finding("GR501", indicator.file, path)
        if (figure.place, figure.period) in seen:
            yield _finding("GR701", indicator.file, path, area=figure.area, period=figure.period)
        seen.add((figure.place, figure.period))
        if figure.area_code is not None and not _AREA.fullmatch(figure.area_code):
            yield _finding("GR703", indicator.file, (*path, "area_code"), area_code=figure.area_code)
        if figure.gone is not None:
            yield from impossible_dates(indicator.file, (*path, "gone"), figure.gone)
            yield _finding("GR710", indicator.file, (*path, "gone"), area=figure.area, period=figure.period)
        for sex in SEXES:
            yield from _check_value(written.get(sex), (*path, sex), indicator, sex)
        yield from _check_sum(figure, path, indicator)


def _check_value(written: Any, path: Path, indicator: Indicator, sex: str) -> Iterator[Finding]:
    group = written if isinstance(written, dict) else {"value": written}
    if "value" in group and "symbol" in group:
        problem = Words(N_("it has both a number and a sign that stands in place of one"))
        yield _finding("GR702", indicator.file, path, sex=Words(_SEX_NAMES[sex]), problem=problem)
    elif not group.keys() & {"value", "symbol", "status"}:
        problem = Words(N_("it has neither a number nor a sign"))
        yield _finding("GR702", indicator.file, path, sex=Words(_SEX_NAMES[sex]), problem=problem)
    value = group.get("value")
    if indicator.share and value is not None and not 0 <= value <= _HUNDRED:
        yield _finding("GR706", indicator.file, path, value=value)


def _check_sum(figure: Figure, path: Path, indicator: Indicator) -> Iterator[Finding]:
    """A total that is neither the sum nor, as a mean is, between the two. Each value may be rounded."""
    women, men, total = figure.women, figure.men, figure.total
    if women is None or men is None or total is None or figure.mixed is not None:
        return
    unit = Fraction(1, 10 ** max(_decimals(value) for value in (women, men, total)))
    if abs(women + men - total) <= unit * Fraction(3, 2) or min(women, men) - unit <= total <= max(women, men) + unit:
        return
    code = "GR705" if indicator.source.notes or figure.note else "GR704"
    yield _finding(code, indicator.file, (*path, "total"), sum=_spoken(women + men), total=_spoken(total))


def _has_value(figure: Figure, sex: str) -> bool:
    return getattr(figure, sex) is not None or sex in figure.marks


def _decimals(value: Fraction) -> int:
    return next((places for places in range(_MOST_DECIMALS) if (value * 10**places).denominator == 1), _MOST_DECIMALS)


def _spoken(value: Fraction) -> str:
    return f"{float(value):.10g}"


def _finding(code: str, file: str, path: Path, *, whole_key: bool = False, **values: object) -> Finding:
    return Finding(RULES[code], Pointer(file, path, key=whole_key), values)
