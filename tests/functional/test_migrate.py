"""A review moved between two versions of a set in which every fate occurs; and new versions made."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"

QUESTIONS = """\
      - id: resor-vardag
        question: Räknas vardagens resor?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-tid
        question: Räknas tiden?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-delad
        question: Räknas bil och buss?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-ett
        question: Räknas ett?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-tva
        question: Räknas två?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-gammal
        question: Räknas häst och vagn?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-tom
        question: Räknas det tomma?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
"""
LATER = """\
      - id: resor-vardag
        question: Räknas alla vardagens resor?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-tid
        question: Räknas tiden, också kvällstid?
        levels: {0: Inget, 1: Ord, 2: Två ord, 3: Pengar}
      - id: resor-bil
        question: Räknas bil?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-buss
        question: Räknas buss?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-samma
        question: Räknas ett och två?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-tom
        question: Räknas det tomma?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
      - id: resor-ny
        question: Räknas det nya?
        levels: {0: Inget, 1: Ord, 2: Mål, 3: Pengar}
"""
CHANGES = """\
changes:
  - {from: 1.0.0, kind: clarified, criterion: resor-vardag, text: Tydligare.}
  - {from: 1.0.0, kind: substantive, criterion: resor-tid, text: Kvällen kom till.}
  - {from: 1.0.0, kind: split, criterion: resor-delad, into: [resor-bil, resor-buss], text: Två frågor i en.}
  - {from: 1.0.0, kind: merged, criterion: resor-ett, into: [resor-samma], text: Samma sak.}
  - {from: 1.0.0, kind: merged, criterion: resor-tva, into: [resor-samma], text: Samma sak.}
  - {from: 1.0.0, kind: retired, criterion: resor-gammal, text: Finns inte längre.}
  - {from: 1.0.0, kind: new, criterion: resor-ny, text: Behövs.}
retired:
  - {id: resor-delad, version: 2.0.0}
  - {id: resor-ett, version: 2.0.0}
  - {id: resor-tva, version: 2.0.0}
  - {id: resor-gammal, version: 2.0.0}
"""
ANSWERS = """\
answers:

  # Räknas vardagens resor?
  #   0 Saknas: Inget
  #   1 Nämns: Ord
  #   2 Delvis: Mål
  #   3 Styr: Pengar
  resor-vardag:
    level: 2  # säker
    justification: Vardagen står med.

  # min egen anteckning
  resor-tid:
    level: 1
    justification: Tiden nämns.
  resor-delad:
    level: 2
    justification: Båda nämns.
  resor-ett:
    level: 1
    justification: Ett.
  resor-tva:
    level: 3
    justification: Två.
    note: Internt.

  # Räknas häst och vagn?
  #   0 Saknas: Inget
  #   1 Nämns: Ord
  #   2 Delvis: Mål
  #   3 Styr: Pengar
  resor-gammal:
    insufficient_evidence: Vagnen saknas.
  resor-tom:
    level:
"""


def criteria(questions: str, version: str, more: str = "") -> str:
    return (
        f"schema: granskning/criteria/1\nid: prov\nversion: {version}\ntitle: Prov\nlanguage: sv\n"
        "scale:\n  - {value: 0, label: Saknas, means_missing: true}\n  - {value: 1, label: Nämns}\n"
        "  - {value: 2, label: Delvis}\n  - {value: 3, label: Styr}\nrequires: {justification: all}\n"
        f"targets:\n  - id: resor\n    title: Resor\n    criteria:\n{questions}"
        f"scoring:\n  criteria: {{method: mean}}\n  targets: {{method: none}}\n{more}"
    )


@pytest.fixture
def moving(workspace: Path) -> Path:
    """A working folder with two versions of a set and a review of the first."""
    shutil.rmtree(workspace / "strategies/provplan/reviews")
    (workspace / "strategies/provplan/actions.yaml").unlink()
    (workspace / "criteria/earlier").mkdir()
    (workspace / "criteria/earlier/prov-1.0.0.yaml").write_text(criteria(QUESTIONS, "1.0.0"), "utf-8")
    (workspace / "criteria/prov.yaml").write_text(criteria(LATER, "2.0.0", CHANGES), "utf-8")
    review = workspace / REVIEW
    review.parent.mkdir(parents=True)
    head = (
        "# yaml-language-server: $schema=../../../../.granskning/schemas/review-prov-1.0.0.schema.json\n"
        "schema: granskning/review/1\nstrategy: provplan\nedition: remiss\ncriteria: prov@1.0.0\nround: 2026-11\n"
        "reviewer: granskaren\nstatus: draft\nreading_depth: full_text\ndate: 2026-11-23\n"
    )
    review.write_text(head + ANSWERS, "utf-8")
    return workspace


def test_every_fate(moving: Path, granskning: Run) -> None:
    before = (moving / REVIEW).read_bytes()
    dry = granskning("--lang", "en", "migrate", REVIEW, "--to", "prov@2.0.0", "--dry-run", cwd=moving)
    assert (moving / REVIEW).read_bytes() == before
    assert "Nothing was written" in dry.stderr
    listed, _, rest = dry.stdout.partition("\n\n")[2].partition("\n\n")
    fates = [line.split("  ") for line in listed.splitlines()]
    told = {one[0]: [word for word in one[1:] if word] for one in fates}
    assert {name: words[0].strip() for name, words in told.items()} == {
        "resor-vardag": "stands",
        "resor-tid": "must be judged again",
        "resor-delad": "mapped",
        "resor-ett": "mapped",
        "resor-tva": "mapped",
        "resor-gammal": "archived",
        "resor-tom": "stands",
        "resor-ny": "new question",
    }
    assert "→ resor-bil, resor-buss" in dry.stdout
    table = [line.split("  ") for line in rest.splitlines() if line.strip().startswith(("Target", "[only"))]
    assert [[cell.strip() for cell in row if cell.strip()] for row in table] == [
        ["Target picture", "Before", "After"],
        ["[only in Swedish] Resor", "1.3–2.1 (5 of 7)", "0.3–2.9 (1 of 7)"],
    ]
    assert "does not say that the plan has become better or worse" in " ".join(rest.split())
    done = granskning("--lang", "en", "migrate", REVIEW, "--to", "prov@2.0.0", cwd=moving)
    assert done.returncode == 0
    assert done.stdout == dry.stdout
    text = (moving / REVIEW).read_text("utf-8")
    values = read(text).value
    answers = values["answers"]
    carried = {"from": "2026-11", "criteria": "prov@1.0.0"}
    assert values["criteria"] == "prov@2.0.0"
    assert list(answers) == [
        "resor-vardag", "resor-tid", "resor-bil", "resor-buss", "resor-samma", "resor-tom", "resor-ny",
    ]  # fmt: skip
    assert answers["resor-vardag"] == {"level": 2, "justification": "Vardagen står med."}
    assert answers["resor-tid"] == {"inherited": {**carried, "level": 1}, "justification": "Tiden nämns."}
    for name in ("resor-bil", "resor-buss"):
        assert answers[name] == {"inherited": {**carried, "level": 2}, "justification": "Båda nämns."}
    assert answers["resor-samma"] == {
        "inherited": carried, "justification": "resor-ett: Ett.\n\nresor-tva: Två.", "note": "Internt.",
    }  # fmt: skip
    assert answers["resor-ny"] == {"level": None}
    assert {one["criterion"]: one["answer"] for one in values["archived"]} == {
        "resor-delad": {"level": 2, "justification": "Båda nämns."},
        "resor-ett": {"level": 1, "justification": "Ett."},
        "resor-tva": {"level": 3, "justification": "Två.", "note": "Internt."},
        "resor-gammal": {"insufficient_evidence": "Vagnen saknas."},
    }
    assert text.startswith("# yaml-language-server: $schema=../../../../.granskning/schemas/review-prov-2.0.0.schema")
    assert "  # Räknas alla vardagens resor?\n  #   0 Saknas: Inget\n" in text
    assert "häst och vagn" not in text.partition("archived:")[0]
    assert "  # min egen anteckning\n  resor-tid:\n" in text
    assert "level: 2  # säker" in text
    checked = granskning("--lang", "en", "check", cwd=moving)
    assert [line for line in checked.stdout.splitlines() if " error: " in line or " warning: " in line] == []
    score = granskning("score", REVIEW, cwd=moving)
    assert score.returncode == 0


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("prov@9.0.0", "there is no criteria set prov@9.0.0"),
        ("prov@1.0.0", "is not later"),
        ("prov", "does not name a version"),
        ("prvo@2.0.0", "did you mean prov@2.0.0?"),
    ],
)
def test_where_it_cannot_go(moving: Path, granskning: Run, to: str, words: str) -> None:
    before = (moving / REVIEW).read_bytes()
    done = granskning("--lang", "en", "migrate", REVIEW, "--to", to, cwd=moving)
    assert done.returncode == 2
    assert words in done.stderr
    assert (moving / REVIEW).read_bytes() == before


def test_an_approved_review_stays(moving: Path, granskning: Run) -> None:
    path = moving / REVIEW
    text = path.read_text("utf-8").replace("resor-tom:\n    level:\n", "resor-tom:\n    open: Senare.\n")
    path.write_text(text, "utf-8")
    assert granskning("approve", REVIEW, "--role", "chef", cwd=moving).returncode == 0
    done = granskning("--lang", "en", "migrate", REVIEW, "--to", "prov@2.0.0", cwd=moving)
    assert done.returncode == 2
    assert "granskning new provplan --from 2026-11" in done.stderr


def test_an_editor_finds_the_schema_from_the_frozen_copy_too(workspace: Path, granskning: Run) -> None:
    """It lies one folder further down, and the line at its top says so; nothing else of it is another."""
    current = workspace / "criteria/prov.yaml"
    line = "# yaml-language-server: $schema=../.granskning/schemas/criteria.schema.json\n"
    text = line + current.read_text("utf-8")
    current.write_text(text, "utf-8")
    assert granskning("revise", "prov", "1.1.0", cwd=workspace).returncode == 0
    frozen = (workspace / "criteria/earlier/prov-1.0.0.yaml").read_text("utf-8")
    assert frozen == text.replace("=../", "=../../", 1)
    assert current.read_text("utf-8").startswith(line)
    assert granskning("check", cwd=workspace).returncode == 0


def test_a_new_version_freezes_the_former(workspace: Path, granskning: Run) -> None:
    file = workspace / "criteria/prov.yaml"
    before = file.read_bytes().replace(b"version: 1.0.0\n", b"version: 1.0.0  # v\r\n")
    file.write_bytes(before)
    done = granskning("--lang", "en", "revise", "prov", "1.1.0", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "1 review names it" in done.stderr
    assert (workspace / "criteria/earlier/prov-1.0.0.yaml").read_bytes() == before
    assert file.read_bytes() == before.replace(b"version: 1.0.0", b"version: 1.1.0")
    assert (workspace / ".granskning/schemas/review-prov-1.1.0.schema.json").is_file()
    checked = granskning("--lang", "en", "check", cwd=workspace)
    assert checked.returncode == 0
    assert granskning("score", cwd=workspace).returncode == 0
    for version, words in (("1.0.9", "not later"), ("2", "no version number"), ("1.1.0", "not later")):
        refused = granskning("--lang", "en", "revise", "prov", version, cwd=workspace)
        assert refused.returncode == 2
        assert words in refused.stderr
    assert granskning("--lang", "en", "revise", "prva", "3.0.0", cwd=workspace).returncode == 2


def test_git_names_what_has_changed_since_an_approval(workspace: Path, granskning: Run) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=workspace, check=True)

    path = workspace / REVIEW
    granskning("approve", REVIEW, "--role", "avdelningschef", "--date", "2026-11-24", cwd=workspace)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "ett")
    assert granskning("check", cwd=workspace).returncode == 0
    text = path.read_text("utf-8")
    path.write_text(text.replace("level: 3", "level: 2").replace("full_text", "contents"), "utf-8")
    told = granskning("--lang", "en", "check", cwd=workspace)
    assert "approved it on 2026-11-24: answers.makt-samrad, reading_depth" in told.stdout
    assert told.returncode == 1
    path.write_text(text.replace("Omsorgsresor nämns en gång.", "Omsorgsresor nämns\n      en gång.", 1), "utf-8")
    assert granskning("check", cwd=workspace).returncode == 0  # laid out otherwise, and the same
    path.write_text(text, "utf-8")
    criteria_file = workspace / "criteria/prov.yaml"
    words = criteria_file.read_text("utf-8")
    criteria_file.write_text(words.replace("2: {sv: Mål,", "2: {sv: Målet,", 1), "utf-8")
    told = granskning("--lang", "en", "check", cwd=workspace)
    assert "GR220" in told.stdout
    assert ": criteria\n" in told.stdout
    assert "GR471 warning: version 1.0.0 has been changed after it was put to use" in told.stdout
    criteria_file.write_text(words.replace("version: 1.0.0", "version: 1.1.0"), "utf-8")
    told = granskning("--lang", "en", "check", cwd=workspace)
    assert ":./criteria/prov.yaml > criteria/earlier/prov-1.0.0.yaml" in told.stdout


def test_what_cannot_be_approved(workspace: Path, granskning: Run) -> None:
    path = workspace / REVIEW
    text = path.read_text("utf-8")
    for old, new, words in (
        ("    level: 1\n", "    level:\n", "GR212"),
        ("    level: 1\n", "    inherited: {from: 2025-10, level: 1}\n", "GR213"),
        ("    level: 1\n", "    level: 9\n", "GR206"),
    ):
        path.write_text(text.replace(old, new), "utf-8")
        done = granskning("--lang", "en", "approve", REVIEW, "--role", "chef", cwd=workspace)
        assert done.returncode == 2
        assert words in done.stdout
        assert "Nothing was changed" in done.stderr
        assert path.read_text("utf-8") == text.replace(old, new)
    path.write_text(text, "utf-8")
    early = granskning("--lang", "en", "approve", REVIEW, "--role", "chef", "--date", "2026-01-01", cwd=workspace)
    assert "GR311" in early.stdout
    assert granskning("approve", REVIEW, "--role", " ", cwd=workspace).returncode == 2
    assert granskning("approve", REVIEW, "--role", "chef", "--date", "igår", cwd=workspace).returncode == 2
    assert granskning("approve", "criteria/prov.yaml", "--role", "chef", cwd=workspace).returncode == 2
