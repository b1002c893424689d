"""A working folder with indicators that the server of statistics_server.py has, and a fetch that waits for nobody."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from granskning.edges.network.service_clock import Ceilings, ServiceClock
from granskning.statistics.selection import read_wish
from granskning.tasks.statistics.fetch import FetchWish, fetch_indicators
from granskning.tasks.statistics.services import Services
from statistics_server import TABLE, ServedKpi, serve_statistics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from granskning.tasks.statistics.fetch import FetchOutcome
    from statistics_server import StatisticsServer

TODAY = "2026-11-29"
SMALL = Ceilings(connect=0.5, read=0.25, answer=0.4, total=20.0, size=3_000_000, tries=3)
SCB = """schema: granskning/indicator/1
id: andel
title: Exempel
unit: procent
source:
  producer: SCB
  service: scb
  table: TAB9001
  query:
    - variable: Region
      codes: ["00", "19"]
    - variable: Kon
      codes: ["1", "2", "1+2"]
    - variable: ContentsCode
      codes: [EX01]
    - variable: Tid
      codes: ["2023"]
  retrieved: 2026-11-01
values: []
"""
KOLADA = """schema: granskning/indicator/1
id: nyckeltal
title: Exempel ur Kolada
unit: procent
source:
  producer: RKA, Kolada
  service: kolada
  table: N90001
  query:
    - variable: municipality
      codes: ["0019", "1980"]
    - variable: year
      codes: ["2023"]
  retrieved: 2026-11-01
values: []
"""
NAMES = {"scb": ("andel", SCB), "kolada": ("nyckeltal", KOLADA)}


@pytest.fixture(scope="session")
def running_statistics() -> Iterator[StatisticsServer]:
    """A statistics service on this computer, for all tests of a process."""
    with serve_statistics() as service:
        yield service


@pytest.fixture
def statistics_service(running_statistics: StatisticsServer, monkeypatch: pytest.MonkeyPatch) -> StatisticsServer:
    """The server without faults, and as the place of all three services."""
    service = running_statistics
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GRANSKNING_SCB", f"{service.address}/api/v2")
    monkeypatch.setenv("GRANSKNING_SCB_V1", f"{service.address}/ssd")
    monkeypatch.setenv("GRANSKNING_KOLADA", f"{service.address}/v3/")
    service.tables, service.kpis = [TABLE], [ServedKpi()]
    service.faults.clear()
    service.asked.clear()
    service.page_size, service.most_cells, service.calls = 5000, 150_000, 1000
    return service


def folder_with(tmp_path: Path, *texts: str) -> Path:
    shutil.rmtree(tmp_path / "criteria", ignore_errors=True)
    (tmp_path / "criteria/statistics").mkdir(parents=True)
    (tmp_path / "granskning.yaml").write_text("schema: granskning/workspace/1\norganisation: Prov\n", "utf-8")
    for written in texts:
        name = written.split("\nid: ")[1].split("\n")[0]
        (tmp_path / f"criteria/statistics/{name}.yaml").write_text(written, "utf-8")
    return tmp_path


def fetched(
    folder: Path, *, waits: list[float] | None = None, ceilings: Ceilings = SMALL, periods: tuple[str, ...] = (),
    **wish: Any,
) -> list[FetchOutcome]:  # fmt: skip
    clock = ServiceClock(sleep=(waits if waits is not None else []).append)
    asked = FetchWish(wish.pop("names", ()), wish.pop("areas", ()), read_wish(periods), TODAY, **wish)
    return list(fetch_indicators(folder, asked, Services(ceilings, clock)))
