"""A statistics service on this computer: PxWebApi 2 and 1 and Kolada 3 in their published forms, and every fault.

A real HTTP server on the loopback address. A fault is a function from a reply to another; what it does not touch is as
the services give it. The tables are invented.
"""

from __future__ import annotations

import json
import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True)
class Variable:
    """A variable of an invented table."""

    code: str
    label: str
    codes: Mapping[str, str]
    elimination: bool = False


@dataclass(frozen=True)
class ServedTable:
    """An invented table: its variables, and a value or a sign for each combination of codes."""

    id: str
    path: str
    title: str
    variables: tuple[Variable, ...]
    unit: str = "procent"
    decimals: int = 1
    updated: str = "2026-03-20T07:00:00Z"
    signs: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def value(self, codes: tuple[str, ...]) -> float:
        """A number that follows from the codes, so that one in the wrong place is seen."""
        return round(20 + sum(sum(map(ord, code)) * (place + 1) for place, code in enumerate(codes)) % 700 / 10, 1)


TABLE = ServedTable(
    "TAB9001",
    "EX/EX0101/Exempel",
    "Exempel efter region, kön och år",
    (
        Variable("Region", "region", {"00": "Riket", "19": "Västmanlands län", "1980": "Västerås"}, elimination=True),
        Variable("Kon", "kön", {"1": "män", "2": "kvinnor", "1+2": "totalt"}, elimination=True),
        Variable("ContentsCode", "tabellinnehåll", {"EX01": "Andel"}),
        Variable("Tid", "år", {"2021": "2021", "2022": "2022", "2023": "2023", "2024": "2024"}),
    ),
    signs={("1980", "1", "EX01", "2021"): "-", ("1980", "2", "EX01", "2021"): "..", ("00", "1", "EX01", "2022"): "..."},
    notes=("Värdena har slumpmässigt brus.",),
)


@dataclass
class ServedKpi:
    """An invented KPI."""

    id: str = "N90001"
    title: str = "Exempel på andel, (%)"
    description: str = "Antal av ett slag genom antal i allt."
    divided: Any = True
    areas: dict[str, str] = field(default_factory=lambda: {
        "0000": "Riket", "0019": "Region Västmanland", "1980": "Västerås", "1981": "Sala", "G900": "Liknande kommuner"
    })  # fmt: skip
    years: tuple[str, ...] = ("2021", "2022", "2023", "2024")

    def rows(self, areas: list[str], years: list[str]) -> list[dict[str, Any]]:
        """The rows of an answer."""
        return [
            {"kpi": self.id, "municipality": area, "period": int(year), "values": [
                {"gender": letter, "value": 30 + int(year) % 7 + place + len(area) / 8,
                 "status": "", "count": 4 if area.startswith("G") else 1, "isdeleted": False}
                for place, letter in enumerate("TKM")
            ]}
            for area in areas for year in years if area in self.areas and year in self.years
        ]  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What is sent. `values` is JSON unless there is a `body`; `act` sends something that is no reply at all."""

    status: int = 200
    values: Any = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    act: Callable[[BaseHTTPRequestHandler], None] | None = None
    length: int | None = None

    def data(self) -> bytes:
        """The bytes of the body."""
        return json.dumps(self.values, ensure_ascii=False).encode() if self.body is None else self.body


Fault = "Callable[[Reply, str, int], Reply]"


@dataclass
class StatisticsServer:
    """The server's tables, its faults, and what it has been asked."""

    address: str = ""
    tables: list[ServedTable] = field(default_factory=lambda: [TABLE])
    kpis: list[ServedKpi] = field(default_factory=lambda: [ServedKpi()])
    faults: list[Callable[[Reply, str, int], Reply]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    page_size: int = 5000
    most_cells: int = 150_000
    calls: int = 1000

    def again(self, context: ssl.SSLContext) -> ThreadingHTTPServer:
        """The same service once more, behind TLS, to be set going by the caller."""
        server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"served": self}))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        return server

    def reply(self, method: str, target: str, body: bytes) -> Reply:
        """The reply to a call, faults and all."""
        self.asked.append((method, unquote(target)))
        reply = self._sound(method, target, body)
        for fault in self.faults:
            reply = fault(reply, unquote(target), len(self.asked))
        return reply

    def _sound(self, method: str, target: str, body: bytes) -> Reply:
        parts = urlsplit(target)
        query = parse_qsl(parts.query, keep_blank_values=True)
        path = unquote(parts.path)
        if path.startswith("/api/v2/"):
            return self._version_2(method, path.removeprefix("/api/v2/"), query, body)
        if path.startswith("/ssd"):
            return self._version_1(method, path.removeprefix("/ssd").strip("/"), query, body)
        if path.startswith("/v3/"):
            return self._kolada(path.removeprefix("/v3/"), dict(query), parts.path)
        return Reply(404, {"detail": "Not Found"})

    def _version_2(self, method: str, path: str, query: list[tuple[str, str]], body: bytes) -> Reply:
        if path == "config":
            return Reply(values={
                "apiVersion": "2.0.0", "defaultLanguage": "sv", "maxDataCells": self.most_cells,
                "maxCallsPerTimeWindow": self.calls, "timeWindow": 1, "license": "https://creativecommons.org/cc0",
            })  # fmt: skip
        match = re.fullmatch(r"tables/(\w+)/(metadata|data)", path)
        table = next((table for table in self.tables if match and table.id.lower() == match[1].lower()), None)
        if match is None or table is None or dict(query).get("lang") != "sv":
            return Reply(404, {"type": "Parameter error", "title": "Non-existent table", "status": 404})
        if match[2] == "metadata":
            return Reply(values=json_stat(table, {item.code: list(item.codes) for item in table.variables}, empty=True))
        if method == "POST":
            chosen = {item["variableCode"]: item["valueCodes"] for item in json.loads(body)["selection"]}
        else:
            chosen = {key[11:-1]: value.split(",") for key, value in query if key.startswith("valuecodes[")}
        return self._data(table, chosen, 400, {"type": "Parameter error", "title": "Too many cells selected"})

    def _version_1(self, method: str, path: str, query: list[tuple[str, str]], body: bytes) -> Reply:
        if ("config", "") in query:
            return Reply(
                values={"maxValues": 100, "maxCells": self.most_cells, "maxCalls": self.calls, "timeWindow": 1}
            )
        table = next((table for table in self.tables if table.path == path), None)
        if table is None:
            return Reply(400, body=b"Bad Request")
        if method == "GET":
            return Reply(values={"title": table.title, "variables": [
                {"code": item.code, "text": item.label, "values": list(item.codes), "time": item.code == "Tid",
                 "valueTexts": list(item.codes.values()), "elimination": item.elimination} for item in table.variables
            ]})  # fmt: skip
        asked = json.loads(body)
        assert asked["response"] == {"format": "json-stat2"}
        chosen = {item["code"]: item["selection"]["values"] for item in asked["query"]}
        return self._data(table, chosen, 403, {"error": "Too many values selected"})

    def _data(self, table: ServedTable, chosen: dict[str, list[str]], status: int, problem: Any) -> Reply:
        for item in table.variables:
            codes = chosen.get(item.code, [])
            if len(set(codes)) < len(codes):
                return Reply(500, body=b"")
            if not codes or set(codes) - set(item.codes):
                return Reply(400, {"type": "Parameter error", "title": "Non-existent value", "status": 400})
        cells = 1
        for codes in chosen.values():
            cells *= len(codes)
        return Reply(values=json_stat(table, chosen)) if cells <= self.most_cells else Reply(status, problem)

    def _kolada(self, path: str, query: dict[str, str], own: str) -> Reply:
        kpi = self.kpis[0]
        if match := re.fullmatch(r"kpi/(.+)", path):
            values = [{"id": item.id, "title": item.title, "description": item.description, "municipality_type": "K",
                       "is_divided_by_gender": item.divided, "publication_date": "2027-02-01"}
                      for item in self.kpis if item.id in match[1].split(",")]  # fmt: skip
            return Reply(values={"values": values, "count": len(values), "next_url": None, "previous_url": None})
        if match := re.fullmatch(r"(municipality|municipality_groups)/(.+)", path):
            ids = match[2].split(",")
            values = [{"id": code, "title": kpi.areas[code], "type": "K"} for code in ids if code in kpi.areas]
            return self._page(values, query, own, ids)
        match = re.fullmatch(r"data/kpi/(\w+)/municipality/(.+)/year/(.+)", path)
        if match is None:
            return Reply(404, {"detail": "Not Found"})
        areas, years = match[2].split(","), match[3].split(",")
        return self._page(kpi.rows(areas, years), query, own, max(areas, years, key=len))

    def _page(self, values: list[Any], query: dict[str, str], own: str, ids: list[str]) -> Reply:
        if len(ids) > 25:
            return Reply(422, {"detail": "too many ids"})
        page, size = int(query.get("page", "1")), self.page_size
        part = values[(page - 1) * size : page * size]
        more = f"{self.address}{own}?page={page + 1}&per_page={size}" if page * size < len(values) else None
        return Reply(values={"values": part, "count": len(part), "next_url": more, "previous_url": None})


def json_stat(table: ServedTable, chosen: Mapping[str, list[str]], *, empty: bool = False) -> dict[str, Any]:
    """A table in JSON-stat 2, as PxWebApi writes it."""
    dimension: dict[str, Any] = {}
    codes = [[code for code in item.codes if code in chosen[item.code]] for item in table.variables]
    for item, some in zip(table.variables, codes, strict=True):
        category: dict[str, Any] = {
            "index": {code: place for place, code in enumerate(some)},
            "label": {code: item.codes[code] for code in some},
        }
        if item.code == "ContentsCode":
            category["unit"] = {code: {"base": table.unit, "decimals": table.decimals} for code in some}
        dimension[item.code] = {
            "label": item.label,
            "category": category,
            "extension": {"elimination": item.elimination},
        }
    numbers: list[float | None] = []
    status: dict[str, str] = {}
    for place, cell in enumerate(product(*codes) if not empty else ()):
        sign = table.signs.get(cell)
        numbers.append(None if sign else table.value(cell))
        if sign:
            status[str(place)] = sign
    answer: dict[str, Any] = {
        "version": "2.0", "class": "dataset", "label": table.title, "source": "SCB", "updated": table.updated,
        "note": list(table.notes), "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": [item.code for item in table.variables], "size": [len(some) for some in codes], "dimension": dimension,
        "extension": {"noteMandatory": {"0": True}, "px": {"nextUpdate": "2027-03-20T07:00:00Z"}}, "value": numbers,
    }  # fmt: skip
    return answer | ({"status": status} if status else {})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served: StatisticsServer

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def _serve(self, body: bytes) -> None:
        self.served.agents.append(self.headers.get("User-Agent", ""))
        reply = self.served.reply(self.command, self.path, body)
        if reply.act is not None:
            reply.act(self)
            self.close_connection = True
            return
        data = reply.data()
        self.send_response(reply.status)
        for name, value in ({"Content-Type": "application/json"} | dict(reply.headers)).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) if reply.length is None else reply.length))
        self.end_headers()
        self.wfile.write(data)
        if reply.length is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # theirs
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is part of the tests."""


@contextmanager
def serve_statistics() -> Iterator[StatisticsServer]:
    """A server on a free port of the loopback address."""
    served = StatisticsServer()
    handler = type("Handler", (_Handler,), {"served": served})
    server = _Server(("127.0.0.1", 0), handler)
    served.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


# --- faults ---------------------------------------------------------------------------------------------------------


def at(part: str, change: Callable[[Reply], Reply], times: int = 10**6) -> Callable[[Reply, str, int], Reply]:
    """A fault of the calls whose address has that part, the first `times` of them."""
    count = 0

    def fault(reply: Reply, target: str, _number: int) -> Reply:
        nonlocal count
        if part not in target or count >= times:
            return reply
        count += 1
        return change(reply)

    return fault


def says(status: int, body: bytes = b"", **headers: str) -> Callable[[Reply], Reply]:
    """Another status, with headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Reply(status, body=body, headers=named)


def edits(change: Callable[[Any], Any]) -> Callable[[Reply], Reply]:
    """The JSON of a reply changed in place, or replaced by what the change returns."""

    def edited(reply: Reply) -> Reply:
        values = json.loads(reply.data())
        outcome = change(values)
        return replace(reply, values=values if outcome is None else outcome)

    return edited


def put(*path: Any, value: Any) -> Callable[[Reply], Reply]:
    """The value at a path of keys and places put in the place of what is there."""

    def changed(values: Any) -> None:
        for step in path[:-1]:
            values = values[step]
        values[path[-1]] = value

    return edits(changed)


def text(change: Callable[[str], str]) -> Callable[[Reply], Reply]:
    """The text of a reply changed."""
    return lambda reply: replace(reply, body=change(reply.data().decode()).encode())


def acts(act: Callable[[BaseHTTPRequestHandler], None]) -> Callable[[Reply], Reply]:
    """Something that is no whole reply."""
    return lambda _: Reply(act=act)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection without a word."""
    handler.connection.close()


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for as long as somebody listens."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def hold(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing at all for a while."""
    time.sleep(0.6)
    handler.connection.close()


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send for as long as somebody listens."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    piece = b" " * 65536
    for _ in range(200):
        handler.wfile.write(piece)


def garbage(handler: BaseHTTPRequestHandler) -> None:
    """Send what is no HTTP."""
    handler.wfile.write(b"\x00\x01\x02 this is no HTTP\r\n\r\n")
    handler.wfile.flush()
