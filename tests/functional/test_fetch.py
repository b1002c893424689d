"""`stats fetch` where the service does as it should, or nearly: what is asked, what differs, what is written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from jsonstat_validator import JSONStatSchema  # another reader of the form

import statistics_server as server
from granskning.edges.network.service_address import service_address
from granskning.edges.network.service_clock import Ceilings, Pace, ServiceClock, seconds_to_wait
from granskning.edges.network.service_door import ServiceDoor
from granskning.errors import NetworkError, UsageError
from granskning.statistics.selection import read_wish
from granskning.tasks.statistics.fetch_plan import plan_fetch
from granskning.tasks.statistics.indicator_files import open_indicators
from statistics_folder import KOLADA, SCB, SMALL, fetched, folder_with
from statistics_server import TABLE, at, edits, put, says

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from granskning.model.indicator import Indicator
    from statistics_server import Reply, StatisticsServer

pytestmark = pytest.mark.xdist_group("statistics")


def frozen(folder: Path, name: str) -> Indicator:
    (file,) = open_indicators(folder, (name,)).files
    assert file.indicator is not None
    assert file.errors == ()
    return file.indicator


def data_calls(service: StatisticsServer) -> list[tuple[str, str]]:
    return [call for call in service.asked if "/data" in call[1]]


# --- faults that are got over -----------------------------------------------------------------------------------------

OVERCOME: list[tuple[str, str, Callable[[Reply, str, int], Reply], list[float]]] = [
    ("busy twice", "scb", at("/data", says(503), 2), [1.0, 2.0]),
    ("busy for five seconds", "scb", at("/data", says(429, b"slow down", Retry_After="5"), 1), [5.0]),
    ("a wait that is no number", "kolada", at("/data", says(429, Retry_After="soon"), 1), [1.0]),
    ("a date that has been", "kolada", at("/data", says(503, Retry_After="Sat, 01 Jan 2000 00:00:00 GMT"), 1), [0.0]),
    ("hangs up once", "scb", at("/data", server.acts(server.hang_up), 1), [1.0]),
    ("500 once", "kolada", at("/kpi", says(500), 1), [1.0]),
    ("no limits told", "scb", at("/config", says(404)), []),
    ("limits that are no JSON", "scb", at("/config", says(200, b"<html>")), []),
    ("limits of zero", "scb", at("/config", edits(lambda v: v | {"maxDataCells": 0, "maxCallsPerTimeWindow": 0})), []),
    ("a byte order mark", "scb", at("/data", lambda r: server.Reply(body=b"\xef\xbb\xbf" + r.data())), []),
    ("redirected at home", "scb", at("/config", says(302, Location="/api/v2/config?again"), 1), []),
    ("sparse values", "scb", at("/data", edits(lambda v: v | {"value": {str(i): n for i, n in enumerate(v["value"])}})),
     []),
    ("index as a list", "scb", at("/data", edits(lambda v: v["dimension"]["Kon"]["category"].update(
        index=list(v["dimension"]["Kon"]["category"]["index"])))), []),
    ("one category without index", "scb", at("/data", edits(
        lambda v: v["dimension"]["ContentsCode"]["category"].pop("index") and None)), []),
    ("a page without an end", "kolada", at("/data", edits(lambda v: v | {"next_url": ""})), []),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "fault", "waited"), [row[1:] for row in OVERCOME], ids=[row[0] for row in OVERCOME])
def test_what_is_got_over(
    asked: str, fault: Callable[[Reply, str, int], Reply], waited: list[float], statistics_service: StatisticsServer,
    tmp_path: Path,
) -> None:  # fmt: skip
    folder = folder_with(tmp_path, {"scb": SCB, "kolada": KOLADA}[asked])
    statistics_service.faults.append(fault)
    waits: list[float] = []
    (outcome,) = fetched(folder, write=True, waits=waits)
    assert outcome.error is None
    assert outcome.state == "written"
    assert [wait for wait in waits if wait >= 0] == waited
    indicator = frozen(folder, outcome.id)
    statistics_service.faults.clear()
    assert indicator.values
    assert fetched(folder)[0].difference.rows == ()


# --- what is asked, and what is frozen --------------------------------------------------------------------------------


@pytest.mark.usefixtures("statistics_service")
def test_every_value_is_frozen_in_its_place(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB)
    fetched(folder, write=True, areas=("1980",), periods=("2021..",))
    indicator = frozen(folder, "andel")
    assert len(indicator.values) == 12
    for figure in indicator.values:
        for code, sex in (("1", "men"), ("2", "women"), ("1+2", "total")):
            cell = (figure.area_code or "", code, "EX01", figure.period)
            mark = figure.marks.get(sex)
            assert (mark.symbol if mark else None) == TABLE.signs.get(cell)
            if cell not in TABLE.signs:
                assert float(getattr(figure, sex)) == TABLE.value(cell)
    nil, missing = (next(f for f in indicator.values if (f.area_code, f.period) == ("1980", "2021")).marks[sex]
                    for sex in ("men", "women"))  # fmt: skip
    assert (nil.symbol, missing.symbol) == ("-", "..")
    source = indicator.source
    assert (source.title, source.unit, source.interface) == (TABLE.title, "procent", "pxweb-2")
    assert source.notes == TABLE.notes
    assert (indicator.decimals, indicator.retrieved) == (1, "2026-11-29")
    assert {code: label for variable in source.query for code, label in variable.codes.items()}["2"] == "kvinnor"
    assert len(source.sha256 or "") == 64


@pytest.mark.usefixtures("statistics_service")
def test_what_the_planner_wrote_stays(tmp_path: Path) -> None:
    written = SCB.replace("title: Exempel", "title: Exempel   # min egen kommentar").replace("\n", "\r\n")
    folder = folder_with(tmp_path, written.replace("\r\n", "\n"))
    path = folder / "criteria/statistics/andel.yaml"
    path.write_bytes(written.encode())
    fetched(folder, write=True)
    after = path.read_bytes().decode()
    assert "title: Exempel   # min egen kommentar\r\n" in after
    assert after.count("\n") == after.count("\r\n")
    assert fetched(folder, write=True)[0].state == "unchanged"
    assert path.read_bytes().decode() == after


@pytest.mark.usefixtures("statistics_service")
def test_nothing_is_written_without_write(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB, KOLADA)
    outcomes = fetched(folder)
    assert [outcome.state for outcome in outcomes] == ["differs", "differs"]
    assert [len(outcome.difference.rows) for outcome in outcomes] == [4, 4]
    assert (folder / "criteria/statistics/andel.yaml").read_text("utf-8") == SCB
    assert not (folder / "build").exists()


def test_every_variable_is_selected_and_no_code_twice(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB.replace('["00", "19"]', '["00", "19", "00"]'))
    fetched(folder, areas=("19",))
    ((method, address),) = data_calls(statistics_service)
    assert method == "GET"
    assert "lang=sv" in address
    for part in ("[Region]=00,19&", "[Kon]=1,2,1+2&", "[ContentsCode]=EX01&", "[Tid]=2023,2024"):
        assert f"valuecodes{part}" in address
    assert all(agent.startswith("granskning/") for agent in statistics_service.agents)


def test_a_long_address_is_sent_as_a_body(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    regions = {"00": "Riket", "19": "Västmanlands län"} | {f"{n}": f"Ort {n}" for n in range(1000, 1400)}
    variables = (replace(TABLE.variables[0], codes=regions), *TABLE.variables[1:])
    statistics_service.tables = [replace(TABLE, variables=variables, signs={})]
    folder = folder_with(tmp_path, SCB)
    (outcome,) = fetched(folder, write=True, areas=tuple(regions))
    assert outcome.state == "written"
    assert [method for method, _ in data_calls(statistics_service)] == ["POST"]
    assert len(frozen(folder, "andel").values) == 402 * 2


def test_too_many_cells_are_split_and_joined(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB)
    fetched(folder, write=True, areas=("1980",), periods=("2021..",))
    whole = frozen(folder, "andel").values
    for limit in (put("maxDataCells", value=5), put("maxDataCells", value=150_000)):  # as it is, and as it is not
        folder = folder_with(tmp_path, SCB)
        statistics_service.faults[:] = [at("/config", limit)]
        statistics_service.most_cells = 5
        statistics_service.asked.clear()
        fetched(folder, write=True, areas=("1980",), periods=("2021..",))
        assert frozen(folder, "andel").values == whole
        assert len(data_calls(statistics_service)) >= 8


def test_a_table_that_is_published_in_between_is_read_again(
    statistics_service: StatisticsServer, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path, SCB)
    statistics_service.most_cells = 6
    statistics_service.faults.append(at("/data", edits(lambda v: v.update(updated="2026-11-29T07:00:00Z")), 1))
    (outcome,) = fetched(folder, write=True)
    assert outcome.state == "written"
    assert frozen(folder, "andel").source.updated == TABLE.updated
    count = iter(range(1000))
    statistics_service.faults[:] = [at("/data", edits(lambda v: v.update(updated=f"2026-11-29T07:{next(count):02}")))]
    (outcome,) = fetched(folder)
    assert outcome.error is not None
    assert "published anew" in str(outcome.error)


def test_version_1_where_version_2_does_not_answer(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    both = SCB.replace("table: TAB9001", "table: TAB9001\n  table_v1: EX/EX0101/Exempel")
    folder = folder_with(tmp_path, SCB)
    fetched(folder, write=True)
    by_2 = frozen(folder, "andel")
    for fault in (at("/api/v2", says(404)), at("/api/v2", server.acts(server.hang_up)), at("/metadata", says(503))):
        folder = folder_with(tmp_path, both)
        statistics_service.faults[:] = [fault]
        (outcome,) = fetched(folder, write=True)
        assert outcome.state == "written"
        by_1 = frozen(folder, "andel")
        assert by_1.values == by_2.values
        assert by_1.source.interface == "pxweb-1"
    statistics_service.faults.clear()
    assert fetched(folder)[0].difference.meaning == ()
    only_1 = SCB.replace("table: TAB9001", "table_v1: EX/EX0101/Exempel")
    folder = folder_with(tmp_path, only_1)
    assert fetched(folder, write=True)[0].state == "written"


def test_kolada_is_split_by_ids_and_read_page_by_page(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    kpi = statistics_service.kpis[0]
    kpi.areas = {f"{number}": f"Ort {number}" for number in range(1000, 1039)}
    kpi.years = tuple(str(year) for year in range(1990, 2026))
    statistics_service.page_size = 200
    folder = folder_with(tmp_path, KOLADA.replace('["0019", "1980"]', json.dumps([*kpi.areas])))
    (outcome,) = fetched(folder, write=True, periods=("1970..2026",))
    assert outcome.state == "written"
    assert len(frozen(folder, "nyckeltal").values) == 39 * 36
    parts = [call for _, call in data_calls(statistics_service)]
    assert max(len(part.split(",")) for call in parts for part in call.split("?")[0].split("/")) == 25
    assert any("page=2" in call for call in parts)


@pytest.mark.usefixtures("statistics_service")
def test_areas_are_named_as_each_service_does(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB, KOLADA)
    fetched(folder, write=True, areas=("0000", "19"))
    assert {figure.area_code for figure in frozen(folder, "andel").values} == {"00", "19"}
    assert {figure.area_code for figure in frozen(folder, "nyckeltal").values} == {"0000", "0019", "1980"}


@pytest.mark.usefixtures("statistics_service")
def test_a_group_is_an_unweighted_mean_of_so_many(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, KOLADA.replace('"1980"]', '"1980", G900]'))
    fetched(folder, write=True)
    group = next(figure for figure in frozen(folder, "nyckeltal").values if figure.area_code == "G900")
    assert {mark.members for mark in group.marks.values()} == {4}


# --- changed meaning, what is gone, and one that fails ----------------------------------------------------------------


def scb_after(change: Callable[[Any], Any], where: str = "/data") -> Callable[[Reply, str, int], Reply]:
    return at(where, edits(change))


def relabel(variable: str, code: str, label: str) -> Callable[[Any], None]:
    def change(values: Any) -> None:
        values["dimension"][variable]["category"]["label"][code] = label

    return change


def swap_sexes(values: Any) -> None:
    labels = values["dimension"]["Kon"]["category"]["label"]
    labels["1"], labels["2"] = labels["2"], labels["1"]


def new_unit(values: Any) -> None:
    values["dimension"]["ContentsCode"]["category"]["unit"]["EX01"]["base"] = "antal"


def only_total(values: Any) -> None:
    for row in values["values"]:
        row["values"] = [item for item in row["values"] if item["gender"] == "T"]


MEANINGS: list[tuple[str, str, Callable[[Reply, str, int], Reply]]] = [
    ("the sexes are swapped", "scb", scb_after(swap_sexes)),
    ("an area has another name", "scb", scb_after(relabel("Region", "19", "Mälardalens län"))),
    ("something else is counted", "scb", scb_after(relabel("ContentsCode", "EX01", "Antal"))),
    ("another unit", "scb", scb_after(new_unit)),
    ("another title", "scb", scb_after(lambda v: v.update(label="Något annat efter region"), "/metadata")),
    ("another variable", "scb", scb_after(lambda v: v["dimension"]["Kon"].update(label="juridiskt kön"))),
    ("another KPI title", "kolada", at("/kpi/", edits(lambda v: v["values"][0].update(title="Exempel på andel (kr)")))),
    ("an area with another name", "kolada", at("/municipality/", edits(lambda v: v["values"][0].update(title="Län")))),
    ("no figures by sex any more", "kolada", at("/data", edits(only_total))),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "fault"), [row[1:] for row in MEANINGS], ids=[row[0] for row in MEANINGS])
def test_changed_meaning_is_refused_until_it_is_accepted(
    asked: str, fault: Callable[[Reply, str, int], Reply], statistics_service: StatisticsServer, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path, {"scb": SCB, "kolada": KOLADA}[asked])
    (first,) = fetched(folder, write=True)
    path = folder / f"criteria/statistics/{first.id}.yaml"
    before = path.read_bytes()
    statistics_service.faults.append(fault)
    (outcome,) = fetched(folder, write=True)
    assert outcome.state == "refused"
    assert outcome.difference.meaning
    assert path.read_bytes() == before
    (outcome,) = fetched(folder, write=True, accept=True)
    assert outcome.state == "written"
    assert path.read_bytes() != before
    assert fetched(folder)[0].state == "unchanged"


def test_years_in_a_title_mean_nothing_new(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB)
    statistics_service.tables = [replace(TABLE, title="Andel efter kön. År 1968 - 2024")]
    fetched(folder, write=True)
    statistics_service.tables = [replace(TABLE, title="Andel efter kön. År 1968 - 2025")]
    assert fetched(folder)[0].difference.meaning == ()


def test_what_the_source_has_no_more_stays_and_is_marked(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB)
    fetched(folder, write=True, periods=("2021..",))
    before = {(f.area_code, f.period): f for f in frozen(folder, "andel").values}
    years = {year: year for year in ("2022", "2023", "2024")}
    fewer = (*TABLE.variables[:3], replace(TABLE.variables[3], codes=years))
    statistics_service.tables = [replace(TABLE, variables=fewer)]
    (outcome,) = fetched(folder, write=True)
    assert outcome.difference.counts == {"added": 0, "changed": 0, "vanished": 2, "returned": 0}
    after = {(f.area_code, f.period): f for f in frozen(folder, "andel").values}
    assert after[("19", "2021")] == replace(before[("19", "2021")], gone="2026-11-29")
    assert fetched(folder)[0].state == "unchanged"
    statistics_service.tables = [TABLE]
    (outcome,) = fetched(folder, write=True)
    assert outcome.difference.counts["returned"] == 2
    assert {(f.area_code, f.period): f for f in frozen(folder, "andel").values} == before


def test_a_changed_value_is_one_row(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB)
    fetched(folder, write=True)
    statistics_service.tables = [replace(TABLE, signs={("19", "2", "EX01", "2023"): ".."})]
    (outcome,) = fetched(folder, write=True)
    ((change,),) = [outcome.difference.rows]
    assert (change.kind, change.area_code, change.period) == ("changed", "19", "2023")
    figure = next(f for f in frozen(folder, "andel").values if (f.area_code, f.period) == ("19", "2023"))
    assert (figure.women, figure.marks["women"].symbol) == (None, "..")


@pytest.mark.usefixtures("statistics_service")
def test_one_that_fails_stops_no_other(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB, KOLADA, SCB.replace("id: andel", "id: felaktig").replace("EX01", "EX99"))
    outcomes = {outcome.id: outcome for outcome in fetched(folder, write=True)}
    assert {name: outcome.state for name, outcome in outcomes.items()} == {
        "andel": "written", "felaktig": "failed", "nyckeltal": "written"
    }  # fmt: skip
    assert "EX01" in str(outcomes["felaktig"].error.values if outcomes["felaktig"].error else "")


def test_a_service_that_is_away_is_knocked_at_once(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB, SCB.replace("id: andel", "id: b"), SCB.replace("id: andel", "id: c"))
    statistics_service.faults.append(at("/api", server.acts(server.hang_up)))
    assert [outcome.state for outcome in fetched(folder)] == ["failed"] * 3
    assert len(statistics_service.asked) == SMALL.tries


def test_an_answer_of_unexpected_form_is_kept(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB)
    statistics_service.faults.append(at("/data", says(200, b"<html>driftstopp")))
    (outcome,) = fetched(folder)
    assert outcome.kept is not None
    assert outcome.kept.relative_to(folder).as_posix() == "build/statistics/andel.answer.txt"
    assert outcome.kept.read_bytes() == b"<html>driftstopp"


def test_a_file_that_is_changed_meanwhile_is_left(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB)
    path = folder / "criteria/statistics/andel.yaml"

    def edit(reply: Reply) -> Reply:
        path.write_text(SCB + "# mitt\n", "utf-8")
        return reply

    statistics_service.faults.append(at("/data", edit))
    (outcome,) = fetched(folder, write=True)
    assert outcome.state == "failed"
    assert path.read_text("utf-8") == SCB + "# mitt\n"


# --- the door ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("http://127.0.0.1:8000/api", True), ("http://[::1]:8000/api", True), ("http://localhost/api/", True),
        ("https://scb.example/api", True), ("http://scb.example/api", False), ("ftp://127.0.0.1/", False),
        ("127.0.0.1:8000", False), ("https://u:p@scb.example/", False), ("https://scb.example/?a=1", False),
        ("http://127.0.0.1.evil.example/", False), ("https://scb.example:0/", False), ("https://x:port/", False),
    ],
)  # fmt: skip
def test_addresses_that_may_stand_in_the_environment(
    address: str, is_fine: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRANSKNING_SCB", address)
    if is_fine:
        assert service_address("pxweb-2").base == address.rstrip("/")
    else:
        with pytest.raises(UsageError):
            service_address("pxweb-2")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0), ("0", 0.0), (" 7 ", 7.0), ("Sun, 29 Nov 2026 12:00:30 GMT", 30.0), (None, None), ("", None),
        ("Sun, 29 Nov 2026 11:00:00 GMT", 0.0), ("-5", None), ("1.5", None), ("soon", None), ("9" * 30, None),
    ],
)  # fmt: skip
def test_how_long_a_service_asks_to_be_left(header: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(header, datetime(2026, 11, 29, 12, tzinfo=UTC)) == seconds


def test_the_pace_is_kept_by_the_doors_own_clock() -> None:
    now = [0.0]
    clock = ServiceClock(monotonic=lambda: now[0], sleep=lambda seconds: now.__setitem__(0, now[0] + seconds))
    pace, starts = Pace(3, 1.0), []
    for _ in range(10):
        pace.wait(clock)
        starts.append(now[0])
        now[0] += 0.01
    assert all(later - earlier >= 0.999 for earlier, later in zip(starts, starts[3:], strict=False))
    assert starts[-1] < 3.5


def test_all_calls_together_have_an_end(statistics_service: StatisticsServer) -> None:
    now = [0.0]
    clock = ServiceClock(monotonic=lambda: now[0], sleep=lambda seconds: now.__setitem__(0, now[0] + seconds))
    statistics_service.faults.append(at("/config", says(503, Retry_After="50")))
    door = ServiceDoor(service_address("pxweb-2"), Ceilings(total=120.0, tries=50), clock)
    door.begin()
    with pytest.raises(NetworkError, match="more than 120 s"):
        door.get("config")
    door.close()
    assert now[0] <= 120


def test_a_plan_asks_nobody(statistics_service: StatisticsServer, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SCB, KOLADA)
    plan = plan_fetch(folder, (), ("1980", "1981"), read_wish(["2021", "2022"]), 2026)
    assert statistics_service.asked == []
    assert [(item.id, item.calls, item.cells, item.areas, item.periods) for item in plan.fetches] == [
        ("andel", 3, 4 * 3 * 3, 4, 3), ("nyckeltal", 3, 3 * 3 * 3, 3, 3)
    ]  # fmt: skip
    assert plan.calls == 7


def test_another_reader_takes_the_servers_form_for_json_stat() -> None:
    codes = {item.code: list(item.codes) for item in TABLE.variables}
    JSONStatSchema.model_validate(json.loads(json.dumps(server.json_stat(TABLE, codes))))
