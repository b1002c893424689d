"""One indicator from Statistics Sweden: PxWebApi 2, and 1 where 2 does not answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from granskning.errors import NetworkError, ServiceRefusedError
from granskning.i18n import N_
from granskning.statistics import pxweb
from granskning.statistics.asking import ask_table, read_table
from granskning.statistics.json_stat import read_json_stat
from granskning.statistics.kolada import scb_area
from granskning.statistics.reading import StatisticsReading
from granskning.statistics.selection import cells_of, split_cells
from granskning.statistics.unexpected import UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.edges.network.service_door import ServiceAnswer, ServiceDoor
    from granskning.model.indicator import Indicator, QueryVariable
    from granskning.statistics.cube import Cube
    from granskning.statistics.selection import PeriodWish, Selection
    from granskning.tasks.statistics.services import Services

_HALVINGS = 8
"""Times that a service may say that still fewer cells are to be asked for."""
_OWN_FAULT = frozenset({400, 401, 403, 413, 414, 422, 429})
"""Refusals that the other interface would give too: the query is wrong, or there have been too many calls."""


class _RepublishedError(Exception):
    """The table was published anew between two parts of one answer."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """One interface of the service, and the table by the name that it has there."""

    services: Services
    interface: Literal["pxweb-2", "pxweb-1"]
    table: str

    @property
    def door(self) -> ServiceDoor:
        return self.services.door(self.interface)

    def metadata(self) -> Cube:
        """The table without its values."""
        if self.interface == "pxweb-1":
            return pxweb.read_metadata_v1(self.services.kept(self.door.get(self.table)).body)
        answer = self.services.kept(self.door.get(pxweb.metadata_path(self.table), pxweb.METADATA_QUERY))
        return read_json_stat(answer.body, empty=True)

    def is_discontinued(self, metadata: Cube) -> bool:
        """Whether the table is updated no more, as far as the service says so; nothing is hindered by its silence."""
        if metadata.discontinued is not None or self.interface == "pxweb-1":
            return metadata.discontinued is True
        try:
            return pxweb.read_discontinued(self.door.get(pxweb.about_path(self.table), pxweb.ABOUT_QUERY).body)
        except (NetworkError, UnexpectedFormError):
            return False

    def data(self, selection: Selection) -> ServiceAnswer:
        """One part of the values."""
        if self.interface == "pxweb-1":
            return self.services.kept(self.door.post(self.table, (), pxweb.body_v1(selection)))
        path, query = pxweb.data_path(self.table), pxweb.selection_query(selection)
        fits = pxweb.fits_address(selection) and self.door.length(path, query) <= pxweb.LONGEST_ADDRESS
        if fits:
            return self.services.kept(self.door.get(path, query))
        return self.services.kept(self.door.post(path, pxweb.DATA_QUERY, pxweb.selection_body(selection)))


def fetch_scb(indicator: Indicator, areas: Sequence[str], wish: PeriodWish, services: Services) -> StatisticsReading:
    """All values that the indicator asks for. Raises NetworkError, UnexpectedFormError and OtherMeaningError."""
    source = indicator.source
    if source.table is None and source.table_v1 is not None:
        return _fetch(_Asking(services, "pxweb-1", source.table_v1), indicator, areas, wish)
    try:
        return _fetch(_Asking(services, "pxweb-2", source.table or ""), indicator, areas, wish)
    except NetworkError as error:
        services.note_failure("pxweb-2", error)
        is_own = isinstance(error, ServiceRefusedError) and error.values["status"] in _OWN_FAULT
        if source.table_v1 is None or is_own:
            raise
        return _fetch(_Asking(services, "pxweb-1", source.table_v1), indicator, areas, wish)


def _fetch(asking: _Asking, indicator: Indicator, areas: Sequence[str], wish: PeriodWish) -> StatisticsReading:
    asking.door.begin()
    try:
        limits = asking.services.limits(asking.interface)
        table = asking.metadata()
        asked = ask_table(with_frozen_periods(indicator), table, tuple(map(scb_area, areas)), wish)
        try:
            cube, digest = _values(asking, asked.selection, limits.cells)
        except _RepublishedError:
            cube, digest = _values(asking, asked.selection, limits.cells)
    except _RepublishedError:
        message = N_("the table was published anew while it was read")
        raise UnexpectedFormError(message, N_("try again in some minutes")) from None
    except NetworkError as error:
        asking.services.note_failure(asking.interface, error)
        raise
    frame = StatisticsReading(
        interface=asking.interface,
        title=table.title or cube.title,
        unit="",
        query=(),
        values={},
        last_period=table.last_period,
        discontinued=asking.is_discontinued(table),
        licence=limits.licence or indicator.source.licence,
        notes=table.notes,
        sha256=digest,
    )
    return replace(read_table(cube, asked, frame), next_update=cube.next_update or table.next_update)


def _values(asking: _Asking, selection: Selection, most: int) -> tuple[Cube, str]:
    """The values, in as many parts as the service wants, and the hash of all parts."""
    most = min(most, cells_of(selection))
    for _ in range(_HALVINGS):
        try:
            return _parts(asking, selection, most)
        except ServiceRefusedError as error:
            if not pxweb.is_too_many(int(str(error.values["status"])), str(error.values["said"])) or most <= 1:
                raise
            most //= 2
    return _parts(asking, selection, most)


def _parts(asking: _Asking, selection: Selection, most: int) -> tuple[Cube, str]:
    digest = hashlib.sha256()
    cubes: list[Cube] = []
    for part in split_cells(selection, most):
        answer = asking.data(part)
        digest.update(answer.body)
        cube = pxweb.join_cubes([read_json_stat(answer.body)], part)
        if cubes and cube.updated != cubes[0].updated:
            raise _RepublishedError
        cubes.append(cube)
    return pxweb.join_cubes(cubes, selection), digest.hexdigest()


def with_frozen_periods(indicator: Indicator) -> tuple[QueryVariable, ...]:
    """The query, with the periods of frozen rows among its own: what is frozen is asked for again."""
    periods = {figure.period: figure.period for figure in indicator.values}
    return tuple(
        replace(variable, codes={**variable.codes, **periods}) if variable.role == "period" else variable
        for variable in indicator.source.query
    )
