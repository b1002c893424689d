"""One indicator from Kolada, page by page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from granskning.errors import NetworkError
from granskning.i18n import N_
from granskning.model.indicator import QueryVariable
from granskning.statistics import kolada
from granskning.statistics.reading import StatisticsReading
from granskning.statistics.selection import chosen_periods
from granskning.statistics.unexpected import OtherMeaningError, UnexpectedFormError
from granskning.tasks.statistics.fetch_scb import with_frozen_periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.edges.network.service_door import ServiceDoor
    from granskning.model.indicator import Indicator, Sex
    from granskning.statistics.cube import CubeCell
    from granskning.statistics.kolada import KoladaPage
    from granskning.statistics.selection import PeriodWish
    from granskning.tasks.statistics.services import Services

_LICENCE = "https://www.kolada.se/om-oss/api/"
"""Where Kolada says how its figures may be used: it must be named, and processed figures must not be called its own."""


def fetch_kolada(
    indicator: Indicator, areas: Sequence[str], wish: PeriodWish, services: Services, year: int
) -> StatisticsReading:
    """All values that the indicator asks for, up to a year.

    Raises NetworkError, UnexpectedFormError and OtherMeaningError.
    """
    door = services.door("kolada-3")
    door.begin()
    try:
        return _fetch(indicator, areas, wish, services, year)
    except NetworkError as error:
        services.note_failure("kolada-3", error)
        raise


def _fetch(
    indicator: Indicator, areas: Sequence[str], wish: PeriodWish, services: Services, year: int
) -> StatisticsReading:
    door, name = services.door("kolada-3"), indicator.source.name
    kpi = kolada.read_kpi(services.kept(door.get(kolada.kpi_path(name))).body, name)
    frozen = _frozen_areas(indicator)
    wanted = tuple(dict.fromkeys((*frozen, *map(kolada.service_area, areas))))
    labels = _labels(wanted, services)
    strange = [code for code in wanted if code not in labels and not frozen.get(code)]
    if strange:
        raise OtherMeaningError(N_("Kolada has no area {code}"), N_("0000 is the nation, 0019 a region, 1980 a "
                                "municipality, G with digits a group"), code=strange[0])  # fmt: skip
    years = years_to_ask(indicator, wish, year)
    present = tuple(code for code in wanted if code in labels)
    gathered, digest = _gather(name, present, years, services)
    letters = _letters(indicator)
    values = {key: row for key in _places(present, years) if (row := _of(gathered.rows.get(key, {}), letters))}
    if not values:
        message = N_("the answer has no values: the query names nothing that Kolada has")
        raise UnexpectedFormError(message, N_("look at the KPI, the areas and the years"))
    return StatisticsReading(
        interface="kolada-3",
        title=kpi.title,
        unit=kolada.unit_of(kpi.title),
        query=_query({code: labels[code] for code in present}, letters, dict.fromkeys(p for _, p in values)),
        values=values,
        updated=kpi.updated,
        next_update=kpi.next_update,
        last_period=max(period for _, period in values) if str(year) in years else None,
        licence=_LICENCE,
        description=kpi.description,
        sha256=digest,
        split_hint=kpi.is_divided,
        no_longer=frozenset(code for code in wanted if code not in labels),
    )


def years_to_ask(indicator: Indicator, wish: PeriodWish, year: int) -> tuple[str, ...]:
    """The years to ask for: the frozen ones and what is wished, else those after; all where nothing is said at all."""
    available = tuple(str(number) for number in range(kolada.FIRST_YEAR, year + 1))
    query = {variable.role: variable for variable in with_frozen_periods(indicator)}
    frozen = {*(query["period"].codes if "period" in query else ()), *(figure.period for figure in indicator.values)}
    return chosen_periods(available, frozen, wish) or available


def _frozen_areas(indicator: Indicator) -> dict[str, str]:
    """The areas of the query by the codes that Kolada has for them."""
    variable = indicator.source.variable_of("area")
    return {kolada.service_area(code): label for code, label in variable.codes.items()} if variable else {}


def _letters(indicator: Indicator) -> tuple[str, ...]:
    variable = indicator.source.variable_of("sex")
    return tuple(variable.codes) if variable else tuple(kolada.GENDERS)


def _labels(areas: Sequence[str], services: Services) -> dict[str, str]:
    """What the areas are called. One that Kolada does not have is not there."""
    door = services.door("kolada-3")
    labels: dict[str, str] = {}
    for path in kolada.area_paths(areas):
        for page in _pages(path, services, door):
            labels.update(kolada.read_areas(page.values))
    return {code: label for code, label in labels.items() if code in areas}


def _gather(
    name: str, areas: tuple[str, ...], years: tuple[str, ...], services: Services
) -> tuple[kolada.KoladaValues, str]:
    door, digest = services.door("kolada-3"), hashlib.sha256()
    gathered = kolada.KoladaValues(name, frozenset(areas), frozenset(years))
    for path in kolada.data_paths(name, areas, years):
        for page in _pages(path, services, door):
            gathered.add(page.values)
            digest.update(services.last.body if services.last else b"")
    return gathered, digest.hexdigest()


def _pages(path: str, services: Services, door: ServiceDoor) -> Iterator[KoladaPage]:
    """Every page of an answer. Raises UnexpectedFormError where they go round, and NetworkError elsewhere."""
    answer = services.kept(door.get(path))
    seen = {answer.address}
    for _ in range(kolada.MOST_PAGES):
        page = kolada.read_page(answer.body)
        yield page
        if page.next_page is None:
            return
        answer = services.kept(door.follow(page.next_page, answer.address))
        if answer.address in seen:
            raise UnexpectedFormError(N_("the pages of the answer go round in a circle"))
        seen.add(answer.address)
    raise UnexpectedFormError(N_("the answer has more than {count} pages"), count=kolada.MOST_PAGES)


def _places(areas: Sequence[str], years: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((area, year) for area in areas for year in years)


def _of(row: dict[Sex, CubeCell], letters: Sequence[str]) -> dict[Sex, CubeCell]:
    sexes = [kolada.GENDERS[letter] for letter in letters if letter in kolada.GENDERS]
    return {sex: cell for sex, cell in row.items() if sex in sexes}


def _query(areas: dict[str, str], letters: Sequence[str], years: dict[str, None]) -> tuple[QueryVariable, ...]:
    genders = {letter: kolada.GENDER_LABELS[letter] for letter in letters if letter in kolada.GENDERS}
    return (
        QueryVariable("municipality", areas, "area", "kommun, region eller riket"),
        QueryVariable("gender", genders, "sex", "kön"),
        QueryVariable("year", {year: year for year in sorted(years)}, "period", "år"),
    )
