"""A real language server with the schemas that `init` and `schema --write` give: what a planner's editor shows."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from language_server import LanguageServer

from granskning.cli.app import run
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
SERVER = ROOT / ".cache/editor/node_modules/.bin/yaml-language-server"
CASES = ROOT / "tests/cases"
MINE = "strategies/exempellan-transportplan/reviews/2026-11/provare.yaml"
HEAD = """\
# yaml-language-server: $schema=../../../../.granskning/schemas/review-jamstalld-tillvaxt-{version}.schema.json
schema: granskning/review/1
strategy: exempellan-transportplan
edition: antagen
criteria: jamstalld-tillvaxt@{version}
round: 2026-11
reviewer: provare
kind: reviewer
status: draft
reading_depth: full_text
date: 2026-11-24
answers:
"""

ON_FORM = ("GR120", "GR121", "GR122", "GR123", "GR124", "GR125")
"""Findings of a file's form, which schema and `check` must agree on."""
NOT_IN_A_SCHEMA = {
    # .nan is of the type number, and neither below the least nor above the most: no schema can refuse it
    "GR122-figure-that-is-no-number",
    "GR124-points-that-are-no-number",
    "GR124-weight-that-is-no-number",
}

pytestmark = [
    pytest.mark.xdist_group("editor"),
    pytest.mark.skipif(
        not SERVER.exists() and not os.environ.get("CI"), reason="npm is needed to install yaml-language-server"
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("editor") / "arbetsmapp"
    assert run(["-q", "init", str(made), "--example"]) == 0
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[LanguageServer]:
    settings: dict[str, Any] = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))
    with LanguageServer(SERVER, folder, settings) as started:
        yield started


@pytest.fixture(scope="module")
def version(folder: Path) -> str:
    text = (folder / "criteria/jamstalld-tillvaxt.yaml").read_text("utf-8")
    found = re.search(r"^version: (\S+)$", text, re.MULTILINE)
    assert found
    return found[1]


@pytest.fixture
def typed(server: LanguageServer, folder: Path, version: str) -> Iterator[Any]:
    """Open a review as far as it has been typed; returns its path, and the line that the cursor is on."""
    path = folder / MINE

    def type_(answers: str) -> tuple[Path, int]:
        text = HEAD.format(version=version) + answers
        server.diagnose(path, text)
        return path, text.count("\n") + 1

    yield type_
    server.close(path)


def test_the_recommended_extension_is_named(folder: Path) -> None:
    recommended = json.loads((folder / ".vscode/extensions.json").read_text("utf-8"))
    assert recommended["recommendations"] == ["redhat.vscode-yaml"]


def test_nothing_that_ships_is_marked(server: LanguageServer, folder: Path) -> None:
    kinds = {path: kind_of_file(path.relative_to(folder).as_posix()) for path in sorted(folder.rglob("*.yaml"))}
    known = [path for path, kind in kinds.items() if kind]
    marked = server.diagnose_all(known)
    assert {str(path): marks[:3] for path, marks in marked.items() if marks} == {}
    assert len(marked) == len(known)
    assert {kinds[path] for path in known} == {"workspace", "criteria", "indicator", "strategy", "actions", "review"}


def test_ids_are_completed_with_their_questions(server: LanguageServer, typed: Any) -> None:
    path, line = typed("  kunskap-orsaker:\n    level: 1\n  ")
    offered = {item["label"]: item for item in server.complete(path, line, 3)}
    assert "resor-vardag" in offered
    assert "kunskap-orsaker" not in offered, "what is answered is not offered again"
    told = offered["resor-vardag"]["documentation"]["value"]
    assert "?" in told
    assert "**0 Saknas.**" in told


def test_levels_are_completed_with_their_texts(server: LanguageServer, typed: Any) -> None:
    path, line = typed("  kunskap-orsaker:\n    level: ")
    offered = {item["label"]: item for item in server.complete(path, line, 12)}
    assert {"0", "1", "2", "3"} <= offered.keys()
    assert "2 Delvis." in json.dumps(offered["2"]["documentation"], ensure_ascii=False)


def test_a_whole_answer_is_one_snippet(server: LanguageServer, typed: Any) -> None:
    path, line = typed("  kunskap-orsaker:\n    ")
    offered = {item["label"]: item for item in server.complete(path, line, 5)}
    assert {"bedöm", "kan inte bedömas", "lämna öppen"} <= offered.keys()
    inserted = offered["bedöm"]["insertText"]
    assert inserted.startswith("level: ${1|")
    assert "justification: >-" in inserted
    assert "evidence:" in inserted


def test_hovering_tells_the_question_and_the_level(server: LanguageServer, typed: Any) -> None:
    path, line = typed("  kunskap-orsaker:\n    level: 1")
    assert "varför skillnaderna" in server.hover(path, line - 1, 5)
    assert "1 Nämns." in server.hover(path, line, 12)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("  kunskap-orsaker:\n    level: 7\n", "0 Saknas"),
        ("  kunskap-hittapa:\n    level: 1\n", "kunskap-hittapa"),
        ("  kunskap-orsaker:\n    levell: 1\n", "levell"),
        ("  kunskap-orsaker:\n    open: ''\n", ""),
    ],
)
def test_faults_in_answers_are_marked_where_check_finds_them(
    server: LanguageServer, folder: Path, version: str, answers: str, words: str
) -> None:
    path = folder / MINE
    path.write_text(HEAD.format(version=version) + answers, "utf-8")
    try:
        marked = server.diagnose(path)
        assert marked
        assert any(words in one.message for one in marked)
        assert {one.line for one in marked} & lines_of_check(folder, MINE)
    finally:
        server.close(path)
        path.unlink()


def form_cases() -> list[str]:
    """The cases whose fault is one of form, in a file of any kind."""
    names = {case.name for case in CASES.iterdir() if case.name.startswith(ON_FORM)}
    assert names >= NOT_IN_A_SCHEMA
    return sorted(names - NOT_IN_A_SCHEMA)


@pytest.mark.parametrize("name", form_cases())
def test_the_editor_marks_what_check_finds(server: LanguageServer, tmp_path: Path, name: str) -> None:
    for source in (CASES / "base", CASES / name):
        shutil.copytree(source, tmp_path, copy_function=shutil.copyfile, dirs_exist_ok=True)
    told = (CASES / name / "expected.txt").read_text("utf-8")
    first = next(line for line in told.splitlines() if name[:5] in line)
    file, line = first.split(":")[:2]
    assert run(["-q", "-C", str(CASES / "base"), "check"]) == 0
    path = tmp_path / file
    schema = write_schema(tmp_path, kind_of_file(file) or "")
    text = f"# yaml-language-server: $schema={schema.as_uri()}\n{path.read_text('utf-8')}"
    marked = {one.line - 1 for one in server.diagnose(path, text)}
    server.close(path)
    assert marked, f"{file} is not marked at all"
    assert any(abs(one - int(line)) <= 1 for one in marked), f"check says line {line}, the editor {sorted(marked)}"


def write_schema(folder: Path, kind: str) -> Path:
    """The schema that `schema --write` gives the kind of file, from the sound workspace."""
    sound = folder / "sound"
    shutil.copytree(CASES / "base", sound, copy_function=shutil.copyfile)
    assert run(["-q", "-C", str(sound), "schema", "--write"]) == 0
    pattern = "review-*.schema.json" if kind == "review" else f"{kind}.schema.json"
    return next((sound / ".granskning/schemas").glob(pattern))


def lines_of_check(folder: Path, file: str) -> set[int]:
    """The lines that `check` remarks on."""
    from granskning.tasks.folder.open import open_workspace  # noqa: PLC0415  # only here

    _, loaded = open_workspace(folder, [folder / file])
    return {one.place.line for one in loaded.findings if one.place}
