"""`stats fetch` against a real server on this computer: fault by fault, what becomes of the indicator.

Each row of the table is one fault of a service and what a planner is told. Whatever happens, the file is as it was.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

import statistics_server as server
from fetch_fault_words import FAULT_WORDS
from fetch_outcomes import keep_outcome, kept_outcomes, neutral
from granskning.cli.app import advice, sentence
from granskning.i18n import Translator
from statistics_folder import NAMES, fetched, folder_with
from statistics_server import at, edits, put, says

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from statistics_server import Reply, StatisticsServer

pytestmark = pytest.mark.xdist_group("statistics")


def without(key: str) -> Callable[[Reply], Reply]:
    return edits(lambda values: {name: value for name, value in values.items() if name != key})


def first_row(change: Callable[[Any], Any]) -> Callable[[Reply], Reply]:
    def changed(values: Any) -> None:
        change(values["values"][0])

    return edits(changed)


def renamed(code: str, label: str) -> Callable[[Reply], Reply]:
    return put("dimension", "Kon", "category", "label", code, value=label)


def bomb(_: Reply) -> Reply:
    return server.Reply(body=gzip.compress(b" " * 4_000_000), headers={"Content-Encoding": "gzip"})


def to(target: str, status: int = 302) -> Callable[[Reply], Reply]:
    return says(status, Location=target)


ELSEWHERE = "another address"

# what is asked of the service, what it does wrong, and what is told
FAULTS: list[tuple[str, str, Callable[[Reply, str, int], Reply], str]] = [
    # --- overload and waiting
    ("busy for ever", "scb", at("/data", says(429, b"slow", Retry_After="1")), "answers 429"),
    ("busy for an hour", "scb", at("/data", says(429, Retry_After="3600")), "left alone for 3600 s"),
    ("busy until a date", "scb", at("/data", says(503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT")), "left alone for"),
    ("always 500", "scb", at("/data", says(500)), "answers 500"),
    ("always 502 with a page", "kolada", at("/data", says(502, b"<html>Bad gateway")), "answers 502"),
    ("always 504", "kolada", at("/data", says(504)), "answers 504"),
    # --- broken transport
    ("hangs up", "scb", at("/data", server.acts(server.hang_up)), "cannot be reached"),
    ("no HTTP", "scb", at("/data", server.acts(server.garbage)), "cannot be reached"),
    ("silent", "kolada", at("/data", server.acts(server.hold)), "did not answer in time"),
    ("a byte now and then", "scb", at("/data", server.acts(server.drip)), "was not whole after"),
    ("shorter than it says", "scb", at("/data", lambda r: server.Reply(body=r.data()[:50], length=5000)), "cannot be"),
    ("packed wrongly", "scb", at("/data", says(200, b"no gzip", Content_Encoding="gzip")), "packed wrongly"),
    # --- endless and large
    ("endless", "scb", at("/data", server.acts(server.endless)), "larger than 3 MB"),
    ("a bomb", "scb", at("/data", bomb), "larger than 3 MB"),
    ("pages in a circle", "kolada", at("/data", put("next_url", value="?page=1")), "twice"),
    ("pages without end", "kolada", at("/data", edits(lambda v: v | {"values": [], "count": 0, "next_url": "?page=2"})),
     "go round in a circle"),
    # --- hostile
    ("next page elsewhere", "kolada", at("/data", put("next_url", value="https://evil.example/v3/x")), ELSEWHERE),
    ("next page above", "kolada", at("/data", put("next_url", value="/v3/../secret")), ELSEWHERE),
    ("next page is a file", "kolada", at("/data", put("next_url", value="file:///etc/passwd")), ELSEWHERE),
    ("next page with a name", "kolada", at("/data", put("next_url", value="http://u:p@127.0.0.1/v3")), ELSEWHERE),
    ("redirected elsewhere", "scb", at("/data", to("http://169.254.169.254/latest")), ELSEWHERE),
    ("redirected in a circle", "scb", at("/data", to("/api/v2/tables/TAB9001/data")), "around in a circle"),
    ("redirected to another folder", "scb", at("/data", to("/other", 307)), ELSEWHERE),
    ("terminal codes in a refusal", "scb", at("/data", says(400, b'{"title":"\\u001b[2Jgone"}')), "answers 400"),
    ("next page is nothing", "kolada", at("/data", put("next_url", value="http://[")), ELSEWHERE),
    # --- refusals
    ("no such table", "scb", at("TAB9001", says(404)), "answers 404"),
    ("forbidden", "scb", at("/metadata", says(403, b"no")), "answers 403"),
    ("closed", "kolada", at("/kpi/", says(410)), "answers 410"),
    ("unprocessable", "kolada", at("/data", says(422, b'{"detail":[{"msg":"bad"}]}')), "answers 422"),
    ("no content", "scb", at("/data", says(204)), "answers 204"),
    # --- wrong content
    ("empty", "scb", at("/data", says(200, b"")), "is empty"),
    ("a web page", "scb", at("/data", says(200, b"<!doctype html><p>hej")), "a web page"),
    ("no JSON", "kolada", at("/data", says(200, b'{"values": [')), "no JSON"),
    ("a list", "scb", at("/metadata", says(200, b"[1, 2]")), "not a JSON object"),
    ("NaN", "scb", at("/data", server.text(lambda t: t.replace('"value": [', '"value": [NaN, '))), "NaN"),
    ("infinite", "kolada", at("/data", server.text(lambda t: t.replace('"value": 3', '"value": -Infinity, "v": 3', 1))),
     "-Infinity"),
    ("a key twice", "scb", at("/data", server.text(lambda t: t.replace("{", '{"label": "x", ', 1))), "twice"),
    ("nested deep", "scb", at("/data", says(200, b"[" * 5000 + b"]" * 5000)), "nested too deep"),
    ("a number of 6 000 digits", "kolada", at("/data", says(200, b'{"values": [%s]}' % (b"1" * 6000))), "far too long"),
    ("no data set", "scb", at("/data", put("class", value="collection")), "no JSON-stat data set"),
    ("numbers as text", "scb", at("/data", put("value", 0, value="54,6")), "no number"),
    ("truth for a number", "kolada", at("/data", first_row(lambda row: row["values"][0].update(value=True))),
     "no number"),
    ("an unknown sign", "scb", at("/data", edits(lambda v: v | {"status": {"0": "-", "1": "?"}})), "sign"),
    # --- incomplete
    ("a value short", "scb", at("/data", edits(lambda v: v | {"value": v["value"][:-1]})), "where the variables make"),
    ("a code short", "scb", at("/data", put("size", 0, value=3)), "but the answer says"),
    ("no values", "scb", at("/data", without("value")), "value is missing"),
    ("a place that is not", "scb", at("/data", put("value", value={"99": 1})), "does not exist"),
    ("an area too few", "scb", at("valuecodes", lambda _: server.Reply(values=server.json_stat(server.TABLE, {
        "Region": ["00"], "Kon": ["1", "2", "1+2"], "ContentsCode": ["EX01"], "Tid": ["2023", "2024"]}))),
     "other codes"),
    ("a variable gone", "scb", at("/data", edits(lambda v: v | {
        "id": v["id"][1:], "size": v["size"][1:], "value": v["value"][: len(v["value"]) // v["size"][0]]})),
     "has the variables"),
    ("fewer rows than it says", "kolada", at("/data", edits(lambda v: v | {"count": 9})), "says that it has 9"),
    ("no rows", "kolada", at("/data", edits(lambda v: v | {"values": [], "count": 0})), "no values"),
    ("all deleted", "kolada", at("/data", edits(lambda v: v | {"count": 1, "values": [v["values"][0] | {"values": [
        {"gender": "T", "value": None, "isdeleted": True}]}]})), "no values"),
    ("no such KPI", "kolada", at("/kpi/N", edits(lambda v: v | {"values": [], "count": 0})), "no KPI N90001"),
    ("no such area", "kolada", at("/municipality/", edits(lambda v: v | {"values": v["values"][:1], "count": 1})),
     "no area 1980"),
    ("what was not asked for", "kolada", at("/data", first_row(lambda row: row.update(municipality="2480"))),
     "not asked"),
    ("another KPI", "kolada", at("/data", first_row(lambda row: row.update(kpi="N00001"))), "not asked"),
    ("a value twice", "kolada", at("/data", first_row(lambda row: row["values"].append(row["values"][0]))), "twice"),
    ("a letter that is no sex", "kolada", at("/data", first_row(lambda row: row["values"][0].update(gender="F"))),
     "no letter for a sex"),
    # --- encodings
    ("Latin-1", "scb", at("/data", lambda r: server.Reply(body=r.data().decode().encode("latin-1"))), "not UTF-8"),
    ("UTF-16", "scb", at("/data", lambda r: server.Reply(body=r.data().decode().encode("utf-16"))), "UTF-16"),
    ("half a character", "kolada", at("/data", lambda r: server.Reply(body=r.data() + b"\xc3")), "not UTF-8"),
    ("half of a pair", "scb", at("/data", server.text(lambda t: t.replace("Riket", "Riket\\ud800"))), "no letter"),
    ("control characters", "scb", at("/data", server.text(lambda t: t.replace("Riket", "Ri\\u0000ket"))), "no letter"),
    # --- meaning that cannot be asked for
    ("an unknown word for a sex", "scb", at("/data", renamed("2", "kvinnliga bolag")), "no word for a sex"),
    ("two codes for women", "scb", at("/data", renamed("1", "kvinnor")), "mean the same sex"),
    ("a new variable", "scb", at("/metadata", edits(lambda v: v | {
        "id": [*v["id"], "Alder"], "size": [*v["size"], 1], "dimension": v["dimension"] | {"Alder": {
            "label": "ålder", "category": {"index": ["TotSA"], "label": {"TotSA": "totalt"}}}}})), "Alder"),
    ("a code that is gone", "scb", at("/metadata", server.text(lambda t: t.replace("EX01", "EX02"))), "no EX01"),
]  # fmt: skip


def test_there_are_faults_of_every_class() -> None:
    assert len(FAULTS) >= 60
    assert len({name for name, *_ in FAULTS}) == len(FAULTS)


def test_every_fault_has_its_words_and_outcome_in_the_handbook() -> None:
    names = [row[0] for row in FAULTS]
    assert list(FAULT_WORDS) == names
    assert kept_outcomes().keys() == set(names)


@pytest.mark.parametrize(("name", "asked", "fault", "told"), FAULTS, ids=[row[0] for row in FAULTS])
def test_fault(  # noqa: PLR0913  # a row of the table, and where it is tried
    name: str,
    asked: str,
    fault: Callable[[Reply, str, int], Reply],
    told: str,
    statistics_service: StatisticsServer,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    file, written = NAMES[asked]
    folder = folder_with(tmp_path, written)
    statistics_service.faults.append(fault)
    (outcome,) = fetched(folder, write=True, accept=True)
    assert outcome.state == "failed"
    assert outcome.error is not None
    english, swedish = (sentence(outcome.error, Translator(language)) for language in ("en", "sv"))
    if request.config.getoption("--renew"):
        keep_outcome(name, swedish)
    assert kept_outcomes()[name] == neutral(swedish)
    assert told in english
    assert swedish != english
    assert "\x1b" not in english
    assert "{" not in advice(outcome.error, Translator("sv"))
    assert (folder / f"criteria/statistics/{file}.yaml").read_text("utf-8") == written
    assert not [call for call in statistics_service.asked if "/etc/passwd" in call[1] or "/secret" in call[1]]
