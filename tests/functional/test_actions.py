"""`granskning actions`, and how the next round asks about what was promised."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from typing import TYPE_CHECKING

import jsonschema
import pytest

from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

FILE = "strategies/provplan/actions.yaml"
ACTIONS = """\
schema: granskning/actions/1
strategy: provplan
actions:
  - id: rakna-resor
    title: Räkna omsorgens resor
    criteria: [resor-vardag]
    round: 2026-11
    responsible: planerare
    due: 2026-12
    cost: 40 000 kr
    status: ongoing
    answer: {decision: accepts, date: 2026-11-24, role: direktör}
  - id: fraga-barnen
    title: =Fråga barnen
    status: proposed
  - id: klart
    title: Redan klart
    due: 2026-10
    responsible: controller
    status: done
    follow_up:
      - date: 2026-11-24
        round: 2026-11
        status: done
        evidence:
          - {edition: remiss, page: 1, paraphrase: Det står i planen.}
  - id: pastatt
    title: Sägs vara klart
    status: done
  - id: nej
    title: Nej tack
    status: declined
    answer: {decision: declines, reason: För dyrt.}
"""


@pytest.fixture
def promised(workspace: Path) -> Path:
    (workspace / FILE).write_text(ACTIONS, "utf-8")
    return workspace


def test_json_follows_its_schema(promised: Path, granskning: Run) -> None:
    done = granskning("actions", "--as-of", "2027-01-02", "--format", "json", cwd=promised)
    told = json.loads(done.stdout)
    jsonschema.validate(told, load_schema("followup"))
    assert told["counts"] == {"open": 3, "overdue": 1, "done": 1, "declined": 1}
    by_id = {one["id"]: one for one in told["actions"]}
    assert by_id["rakna-resor"]["overdue"] is True
    assert by_id["rakna-resor"]["answer"] == {
        "decision": "accepts", "date": "2026-11-24", "role": "direktör", "reason": None,
    }  # fmt: skip
    assert (by_id["klart"]["settled"], by_id["pastatt"]["settled"], by_id["nej"]["settled"]) == (True, False, True)
    assert by_id["fraga-barnen"]["history"] is None


@pytest.mark.parametrize(("day", "late"), [("2026-12-31", []), ("2027-01-01", ["rakna-resor"])])
def test_a_month_is_over_when_the_next_begins(promised: Path, granskning: Run, day: str, late: list[str]) -> None:
    done = granskning("actions", "--overdue", "--as-of", day, "--format", "json", cwd=promised)
    assert done.returncode == 0
    assert [one["id"] for one in json.loads(done.stdout)["actions"]] == late


def test_csv_has_no_formulas(promised: Path, granskning: Run) -> None:
    done = granskning("actions", "provplan", "--format", "csv", cwd=promised)
    rows = list(csv.DictReader(io.StringIO(done.stdout), delimiter=";"))
    assert [row["title"] for row in rows if row["id"] == "fraga-barnen"] == ["'=Fråga barnen"]
    assert len(rows) == 5


def test_the_table_says_what_is_late_and_what_is_not_shown(promised: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", "actions", "--as-of", "2027-01-02", cwd=promised)
    assert "Under way, late" in done.stdout
    assert "Done, not shown" in done.stdout
    assert "5 actions as of 2 January 2027: 3 open, 1 late, 1 done, 1 declined." in done.stderr.replace("\u00a0", " ")
    assert max(map(len, done.stdout.splitlines())) <= 100
    nobody = granskning("--lang", "en", "actions", "provplna", cwd=promised)
    assert nobody.returncode == 2
    assert "did you mean provplan?" in nobody.stderr
    assert granskning("actions", "--as-of", "snart", cwd=promised).returncode == 2


def test_git_tells_when_a_status_changed(promised: Path, granskning: Run) -> None:
    def commit(day: str) -> None:
        env = {**os.environ, "GIT_AUTHOR_DATE": f"{day}T12:00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00"}
        who = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", "add", "."], cwd=promised, check=True)
        subprocess.run(["git", *who, "commit", "-qm", day], cwd=promised, check=True, env=env)

    without = granskning("--lang", "en", "actions", "--history", cwd=promised)
    assert without.returncode == 2
    assert "does not lie in a git repository" in without.stderr
    subprocess.run(["git", "init", "-q"], cwd=promised, check=True)
    commit("2026-11-25")
    (promised / FILE).write_text("actions: [\n", "utf-8")
    commit("2026-11-26")
    (promised / FILE).write_text(
        ACTIONS.replace("status: ongoing", "status: partly").partition("  - id: nej")[0], "utf-8"
    )
    commit("2026-11-27")
    done = granskning("actions", "--history", "--format", "json", cwd=promised)
    told = {one["id"]: one["history"] for one in json.loads(done.stdout)["actions"]}
    turns = [(turn["date"][:10], turn["status"]) for turn in told["rakna-resor"]]
    assert turns == [("2026-11-25", "ongoing"), ("2026-11-27", "partly")]
    assert len(told["klart"]) == 1


def test_the_next_round_asks(promised: Path, granskning: Run) -> None:
    assert granskning("new", "provplan", "--round", "2027-03", "--reviewer", "ny", cwd=promised).returncode == 0
    text = (promised / "strategies/provplan/reviews/2027-03/ny.yaml").read_text("utf-8")
    told = text.partition("  resor-vardag:")[0].rpartition("\n\n")[2]
    assert "# Lovat: Räkna omsorgens resor (planerare, klart 2026-12, pågår). Hur gick det?" in told
    assert "Lovat" not in text.partition("  resor-vardag:")[2]
    (promised / "strategies/provplan/reviews/2027-03/ny.yaml").write_text(
        text.replace("date: 20", "date: 2027-03-01 # ", 1), "utf-8"
    )
    checked = granskning("--lang", "en", "check", cwd=promised)
    assert "GR335 notice: the action was due 2026-12, and the round 2027-03 says nothing of it" in checked.stdout


def test_a_broken_file_is_told_of(promised: Path, granskning: Run) -> None:
    (promised / FILE).write_text(ACTIONS.replace("status: ongoing", "status: sen"), "utf-8")
    done = granskning("--lang", "en", "actions", cwd=promised)
    assert "strategies/provplan/actions.yaml cannot be read, so its actions are not counted" in done.stderr
    assert done.returncode == 1
