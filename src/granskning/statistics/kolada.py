"""Kolada version 3: paths and answers. Plain values in and out; nobody is called here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_, NN_
from granskning.statistics.cube import CubeCell
from granskning.statistics.selection import chunks
from granskning.statistics.strict_json import number, read_object, text_of, whole_of
from granskning.statistics.unexpected import UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.indicator import Sex

MOST_IDS = 25
"""In each part of an address; version 3 refuses more."""
MOST_PAGES = 200
CALLS, WINDOW = 5, 1.0
"""Calls in so many seconds: Kolada tells no limit, and clients that are used keep to this."""
FIRST_YEAR = 1970
_DIGITS_OF_COUNTY = 2
GENDERS: Mapping[str, Sex] = {"K": "women", "M": "men", "T": "total"}
"""K is kvinnor here. It is kommun in an area's type, and another letter is no sex at all."""
GENDER_LABELS = {"K": "kvinnor", "M": "män", "T": "totalt"}


@dataclass(frozen=True, slots=True)
class Kpi:
    """What Kolada says of a KPI (nyckeltal)."""

    id: str
    title: str
    description: str
    is_divided: bool | None
    updated: str | None
    next_update: str | None


@dataclass(slots=True)
class KoladaPage:
    """One page of an answer: its objects, and where the next page is."""

    values: list[Any]
    next_page: str | None


@dataclass(slots=True)
class KoladaValues:
    """Values by area, year and sex, gathered page by page."""

    kpi: str
    areas: frozenset[str]
    years: frozenset[str]
    rows: dict[tuple[str, str], dict[Sex, CubeCell]] = field(default_factory=dict)
    deleted: set[tuple[str, str, Sex]] = field(default_factory=set)

    def add(self, values: Sequence[Any]) -> None:
        """Take in the rows of a page. Raises UnexpectedFormError."""
        for row in values:
            if not isinstance(row, dict):
                raise UnexpectedFormError(N_("a row is no group of keys"))
            kpi, area = text_of(row, "kpi"), text_of(row, "municipality") or text_of(row, "ou")
            year = str(whole_of(row, "period") if not isinstance(row.get("period"), str) else row["period"].strip())
            if kpi != self.kpi or area not in self.areas or year not in self.years:
                message = N_("the answer has what was not asked for: {kpi}, {area}, {year}")
                raise UnexpectedFormError(message, kpi=str(kpi), area=str(area), year=year)
            self._add_row(str(area), year, row.get("values"))

    def _add_row(self, area: str, year: str, values: Any) -> None:
        if not isinstance(values, list):
            raise UnexpectedFormError(N_("a row has no values: {area}, {year}"), area=area, year=year)
        row = self.rows.setdefault((area, year), {})
        for item in values:
            gender = item.get("gender") if isinstance(item, dict) else None
            sex = GENDERS.get(gender) if isinstance(gender, str) else None
            if sex is None:
                raise UnexpectedFormError(N_("{gender} is no letter for a sex"), gender=str(gender)[:20])
            if sex in row or (area, year, sex) in self.deleted:
                message = N_("the answer has a value twice: {area}, {year}, {gender}")
                raise UnexpectedFormError(message, area=area, year=year, gender=str(gender))
            if item.get("isdeleted") is True:
                self.deleted.add((area, year, sex))
            else:
                row[sex] = _cell(item)


def _cell(item: dict[str, Any]) -> CubeCell:
    status = text_of(item, "status")
    members = whole_of(item, "count")
    several = members if members is not None and members > 1 else None
    if item.get("value") is None:
        return CubeCell(symbol=".." if status is None else None, status=status, members=several)
    return CubeCell(number(item["value"], "value"), status=status, members=several)


def kpi_path(kpi: str) -> str:
    """Where Kolada tells of a KPI."""
    return f"kpi/{kpi}"


def area_paths(areas: Sequence[str]) -> Iterator[str]:
    """Where Kolada tells what areas are called, so many at a time as it takes. Groups have a path of their own."""
    groups = [area for area in areas if area.startswith("G")]
    for kind, codes in (
        ("municipality", [area for area in areas if area not in groups]),
        ("municipality_groups", groups),
    ):
        yield from (f"{kind}/{','.join(part)}" for part in chunks(codes, MOST_IDS))


def data_paths(kpi: str, areas: Sequence[str], years: Sequence[str]) -> Iterator[str]:
    """Where Kolada gives the figures, split so that no part of an address has more ids than it takes."""
    for some_areas in chunks(areas, MOST_IDS):
        for some_years in chunks(years, MOST_IDS):
            yield f"data/kpi/{kpi}/municipality/{','.join(some_areas)}/year/{','.join(some_years)}"


def read_page(data: bytes) -> KoladaPage:
    """One page. Raises UnexpectedFormError, also where the page has not as many objects as it says."""
    values = read_object(data)
    items = values.get("values")
    if not isinstance(items, list):
        raise UnexpectedFormError(N_("{key} is missing"), key="values")
    count = whole_of(values, "count")
    if count is not None and count != len(items):
        message = NN_(
            "the page says that it has {count} row and has {length}",
            "the page says that it has {count} rows and has {length}",
        )
        raise UnexpectedFormError(message, count=count, length=len(items))
    following = values.get("next_url", values.get("next_page"))
    if following is not None and not isinstance(following, str):
        raise UnexpectedFormError(N_("{key} is not text"), key="next_url")
    return KoladaPage(items, following or None)


def read_kpi(data: bytes, kpi: str) -> Kpi:
    """What is said of one KPI, alone or in a list. Raises UnexpectedFormError where it is not there."""
    values = read_object(data)
    items = values.get("values") if "values" in values else [values]
    kpis = (
        [item for item in items if isinstance(item, dict) and item.get("id") == kpi] if isinstance(items, list) else []
    )
    if len(kpis) != 1:
        raise UnexpectedFormError(N_("Kolada has no KPI {kpi}"), kpi=kpi)
    divided = kpis[0].get("is_divided_by_gender")
    return Kpi(
        id=kpi,
        title=text_of(kpis[0], "title", "") or "",
        description=text_of(kpis[0], "description", "") or "",
        is_divided=bool(divided) if isinstance(divided, bool | int) else None,
        updated=None,
        next_update=text_of(kpis[0], "publication_date") or text_of(kpis[0], "prel_publication_date"),
    )


def read_areas(values: Sequence[Any]) -> dict[str, str]:
    """What areas are called, by id. Raises UnexpectedFormError."""
    labels = {}
    for item in values:
        if not isinstance(item, dict) or not text_of(item, "id") or not text_of(item, "title"):
            raise UnexpectedFormError(N_("an area has no id or no name"))
        labels[str(text_of(item, "id"))] = str(text_of(item, "title"))
    return labels


def unit_of(title: str) -> str:
    """The unit, which stands at the end of a KPI's title: `(%)`, `kr/inv`; empty where none is seen."""
    text = title.rstrip()
    if text.endswith(")") and "(" in text:
        return text[text.rindex("(") + 1 : -1].strip()
    _, comma, last = text.rpartition(",")
    return last.strip() if comma else ""


def service_area(code: str) -> str:
    """An area's code as Kolada has it: the nation is 0000 and a region 00 and its county's digits."""
    return f"00{code}" if len(code) == _DIGITS_OF_COUNTY and code.isdigit() else code


def scb_area(code: str) -> str:
    """An area's code as Statistics Sweden has it: the nation is 00 and a county two digits."""
    county = code.removeprefix("00")
    return county if len(county) == _DIGITS_OF_COUNTY == len(code) - len("00") and code.isdigit() else code
