"""Statistics: what a service answers, or a file says, is twisted, fetched and frozen. Nobody is called.

An input is JSON: which indicator, and for each address asked the bytes of the answer as latin-1. The invented tables
are those of statistics_server.py; a file is one more answer, under its own name.
"""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fuzz.judge import Violation, lawful
from fuzz.mutations import twist_bytes, twist_values
from granskning.edges.network.service_clock import Pace
from granskning.edges.network.service_door import ServiceAnswer
from granskning.errors import ServiceRefusedError
from granskning.findings.severity import Severity
from granskning.statistics.selection import read_wish
from granskning.tasks.statistics.fetch import FetchWish, fetch_indicators
from granskning.tasks.statistics.indicator_files import open_indicators
from granskning.tasks.statistics.services import Services
from statistics_folder import KOLADA, SCB, TODAY, folder_with
from statistics_server import StatisticsServer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

_FILE = "underlag/tabell"
_OF_FILE = """schema: granskning/indicator/1
id: fil
title: Exempel ur en fil
unit: procent
source:
  producer: SCB
  service: file
  file: {file}
{more}
  retrieved: 2026-11-01
values: []
"""
_PX_QUERY = SCB.partition("  query:\n")[2].partition("  retrieved:")[0].replace("EX01", "Andel")
_COLUMNS = "  columns: {area: Region, period: År, women: Kvinnor, men: Män, total: Totalt}"
_CSV = "Region;År;Kvinnor;Män;Totalt\nRiket;2023;41,5;58,5;50\nSala;2023;..;-;12\n"
_PX = """CHARSET="ANSI";
CODEPAGE="utf-8";
DECIMALS=1;
TITLE="Exempel på andel";
CONTENTS="Andel";
UNITS="procent";
STUB="region","kön";
HEADING="år";
VALUES("region")="Riket","Västmanlands län";
CODES("region")="00","19";
VARIABLECODE("region")="Region";
VALUES("kön")="män","kvinnor","totalt";
CODES("kön")="1","2","1+2";
VARIABLECODE("kön")="Kon";
VALUES("år")="2022","2023";
CODES("år")="2022","2023";
TIMEVAL("år")=TLIST(A1,"2022"-"2023");
VARIABLECODE("år")="Tid";
LAST-UPDATED="20260320 08:00";
DATA=
41.5 "-" ".." 58.5 "..." 7
-1 8.25 1 2 3 4
;
"""
INDICATORS = {
    "scb": SCB,
    "scb-1": SCB.replace("table: TAB9001", "table_v1: EX/EX0101/Exempel"),
    "kolada": KOLADA,
    "px": _OF_FILE.format(file=f"{_FILE}.px", more="  query:\n" + _PX_QUERY.rstrip()),
    "csv": _OF_FILE.format(file=f"{_FILE}.csv", more=_COLUMNS),
}
_TEXTS = (
    "..",
    "-",
    "NaN",
    "1e999",
    "-0",
    "9" * 400,
    "1,5",
    "\ud7ff",
    "\x00",
    "TLIST(A1",
    '"',
    ";",
    "[",
    "𝟙",
    "٣",
    "null",
)


@dataclass
class StatisticsDoor:
    """What `stats fetch --write` is answered."""

    name: str = "statistics"
    _seeds: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def _folder(self) -> Path:
        made = Path(tempfile.mkdtemp(prefix="fuzz-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        return made

    def seeds(self) -> Mapping[str, bytes]:
        """The sound answers of the services, and a sound file of each kind."""
        if not self._seeds:
            for name in ("scb", "scb-1", "kolada"):
                replay = _Replay({}, StatisticsServer())
                self._fetch(INDICATORS[name], replay, {})
                self._seeds[name] = _input(name, replay.answers)
            self._seeds["px"] = _input("px", {f"{_FILE}.px": _PX.encode()})
            self._seeds["csv"] = _input("csv", {f"{_FILE}.csv": _CSV.encode()})
        return self._seeds

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Change values of an answer, its bytes, or put one answer for another."""
        given = json.loads(data)
        answers = given["answers"]
        address = random.choice(sorted(answers))
        body = answers[address].encode("latin-1")
        kind = random.randrange(8)
        if kind == 0:
            body = twist_bytes(body, random)
        elif kind == 1:
            body = answers[random.choice(sorted(answers))].encode("latin-1")
        elif kind == 2:
            at = random.randrange(len(body) + 1)
            body = body[:at] + random.choice(_TEXTS).encode("utf-8", "surrogatepass") + body[at + random.randrange(4) :]
        else:
            try:
                values = json.loads(body)
                for _ in range(random.choice((1, 1, 2))):
                    twist_values(values, random)
                body = json.dumps(values).encode()
            except (ValueError, RecursionError):
                body = twist_bytes(body, random)
        return _input(given["kind"], {**{key: text.encode("latin-1") for key, text in answers.items()}, address: body})

    def enter(self, data: bytes) -> str:
        """Fetch and freeze; what was frozen is read again without an error."""
        given = json.loads(data)
        answers = {key: text.encode("latin-1") for key, text in given["answers"].items()}
        with lawful():
            state = self._fetch(INDICATORS[given["kind"]], _Replay(answers), answers)
            if state == "written":
                (file,) = open_indicators(self._folder).files
                wrong = [str(one.at) for one in file.errors if one.rule.severity is Severity.ERROR]
                if wrong or file.indicator is None:
                    raise Violation(f"what was frozen has errors: {wrong}\n{file.data.decode()[:3000]}")
        return state

    def _fetch(self, indicator: str, replay: _Replay, files: Mapping[str, bytes]) -> str:
        folder = folder_with(self._folder, indicator)
        for name, body in files.items():
            if name.startswith("underlag/"):
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_bytes(body)
        wish = FetchWish((), ("19",), read_wish(("2022..",)), TODAY, write=True)
        (outcome,) = fetch_indicators(folder, wish, replay)
        if outcome.error is not None:
            str(outcome.error)  # the sentence can be made of its values
        return outcome.state


class _Replay(Services):
    """Services that answer what was recorded; with a server, what that says, which is recorded."""

    def __init__(self, answers: dict[str, bytes], server: StatisticsServer | None = None) -> None:
        super().__init__()
        self.answers, self.server, self.pace, self.calls_made = answers, server, Pace(10, 10.0), 0

    def door(self, interface: str) -> Any:
        """Itself is every door."""
        self._at = {"pxweb-2": "/api/v2/", "pxweb-1": "/ssd/", "kolada-3": "/v3/"}[interface]
        return self

    def begin(self) -> None:
        """Nothing waits."""

    def length(self, path: str, query: Sequence[tuple[str, str]] = ()) -> int:
        """Every address is short enough."""
        return len(path) + len(query)

    def get(self, path: str, query: Sequence[tuple[str, str]] = ()) -> ServiceAnswer:
        """The answer to a path."""
        return self._answer("GET", path, urlencode(query), b"")

    def follow(self, target: str, start: str) -> ServiceAnswer:
        """The next page, wherever it is said to be."""
        return self._answer("GET", (target or start).rpartition("/v3/")[2], "", b"")

    def post(self, path: str, query: Sequence[tuple[str, str]], values: Any) -> ServiceAnswer:
        """The answer to a question."""
        body = json.dumps(values).encode()
        return self._answer("POST", path, urlencode(query), body)

    def _answer(self, method: str, path: str, query: str, body: bytes) -> ServiceAnswer:
        self.calls_made += 1
        if self.calls_made > 200:
            raise Violation("it asks more than two hundred times for one small indicator")
        target = f"{self._at}{path}" + (f"?{query}" if query else "")
        address = f"{method} {target} {body.decode()}".strip()
        if self.server is not None:
            self.answers[address] = self.server.reply(method, target, body).data()
        if address in self.answers:
            return ServiceAnswer(target, self.answers[address])
        alike = [key for key in self.answers if key.split("?")[0] == address.split("?")[0]]
        if not alike:
            raise ServiceRefusedError("{status}", "", status=404, said="", address=target)
        return ServiceAnswer(target, self.answers[alike[0]])


def _input(kind: str, answers: Mapping[str, bytes]) -> bytes:
    return json.dumps(
        {"kind": kind, "answers": {key: body.decode("latin-1") for key, body in answers.items()}}
    ).encode()
