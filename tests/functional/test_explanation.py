"""The explanation of a result is the same in the terminal, in JSON, on the page and in the report."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from golden_folder import answer_of

from granskning.i18n import Translator
from granskning.tasks.editing.edit_session import EditSession
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.build import build
from granskning.web.access.request_checks import Access
from granskning.web.app import make_app
from granskning.web.parts.context import AppState
from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from conftest import Run

EXAMPLE = Path(__file__).parents[1] / "unit" / "reporting" / "exempel"
FOLDER = "strategies/exempelplan/reviews/2026-11"
ONE, OTHER = f"{FOLDER}/strateg-jamstalldhet.yaml", f"{FOLDER}/planerare.yaml"
JOININGS = ("{method: pooled}", "{method: mean}", "{method: median}", "{method: mean, of: answers}")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example with a second reviewer, who has put many levels lower."""
    root = tmp_path / "arbetsmapp"
    shutil.copytree(EXAMPLE, root, copy_function=shutil.copyfile)
    text = (root / ONE).read_text("utf-8").replace("reviewer: strateg-jamstalldhet", "reviewer: planerare")
    (root / OTHER).write_text(text.replace("level: 3", "level: 1"), "utf-8")
    return root


def plain(text: str) -> str:
    """Words and figures alone, without marks of any kind, spaces, ids and the places where lines are broken."""
    text = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(svg|style)\b.*?</\1>", "", text, flags=re.DOTALL)))
    return re.sub(r"[\s─\u00ad\u2011-]+", "", text)


def values(granskning: Run, root: Path) -> dict[str, Any]:
    done = granskning("--lang", "en", "score", "--explain", "--format", "json", cwd=root)
    found: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(found, load_schema("score"))
    return found


def page(root: Path, address: str) -> str:
    app = make_app(AppState(EditSession(root), Access(frozenset({"localhost"})), "en"))
    return plain(answer_of(app, address))


def report(root: Path, name: str) -> str:
    root, loaded = open_workspace(root)
    build(root, loaded, Translator("en"), formats=["html"])
    return plain((root / "build" / name).read_text("utf-8"))


def check_everywhere(tables: list[dict[str, Any]], terminal: str, pages: dict[str, str]) -> None:
    """Every sentence and every cell of the JSON stands in the other places too, or a report tells it in short."""
    assert tables
    for table in tables:
        sentences = [table["title"], *table["before"], *table["after"]]
        told_in = {place: words for place, words in pages.items() if not is_in_short(table, place, words)}
        for place, words in {"terminal": terminal, **told_in}.items():
            for sentence in sentences:
                assert plain(sentence) in words, (place, sentence)
        for row in [table["heads"], *table["rows"], table["foot"]]:
            for number, cell in enumerate(row):
                bare = re.sub(r" [a-z0-9-]*[a-z][a-z0-9-]*$", "", cell) if number == 0 else cell
                for part in re.split(", (?=counts|left|weight)", bare):
                    for place, words in told_in.items():
                        assert plain(part) in words, (place, cell)
                words_of = [one for one in re.split(r"\s+", cell) if one]
                assert all(plain(one) in terminal for one in words_of), cell


def is_in_short(table: dict[str, Any], place: str, words: str) -> bool:
    """Whether a report tells a plain mean on one line; then all that a reader redoes it with must be there."""
    if place != "report" or plain(table["title"]) in words:
        return False
    points = table["heads"].index("Points")
    assert {row[table["heads"].index("Weight")] for row in table["rows"]} == {"1"}
    for row in table["rows"]:
        assert plain(f"{row[0].split()[0]}: {row[points]}") in words, row
    division, result = table["foot"][1].split("= ")  # the quotient itself stands between them
    assert re.search(rf"{re.escape(plain(division))}=[\d.]+{re.escape(plain(result))}", words), table["foot"]
    untold = ("Shown as", "Band:", "A basic demand is met")
    for sentence in table["after"]:
        assert sentence.startswith(untold) or plain(sentence) in words, sentence
    return True


def test_a_review_is_explained_alike_everywhere(granskning: Run, example: Path) -> None:
    found = values(granskning, example)
    review = next(one for one in found["reviews"] if one["file"] == ONE)
    terminal = plain(granskning("--lang", "en", "score", "--explain", cwd=example).stdout)
    shown = page(example, "/granskning/exempelplan/2026-11/strateg-jamstalldhet/forklaring")
    printed = report(example, "exempelplan/2026-11/strateg-jamstalldhet.html")
    check_everywhere(review["explanation"]["words"], terminal, {"page": shown, "report": printed})
    assert {one["of"] for one in review["explanation"]["steps"]} >= {one["id"] for one in review["targets"]}


@pytest.mark.parametrize("joining", JOININGS)
def test_a_round_is_explained_alike_everywhere(granskning: Run, example: Path, joining: str) -> None:
    file = example / "criteria" / "jamstalld-tillvaxt.yaml"
    text = file.read_text("utf-8")
    text = re.sub(r"(?m)^  reviewers:.*\n", "", text)
    file.write_text(text.replace("scoring:\n", f"scoring:\n  reviewers: {joining}\n", 1), "utf-8")
    [made] = [one for one in values(granskning, example)["rounds"] if one["strategy"] == "exempelplan"]
    told = made["explanation"]
    assert told["members"] == ["planerare", "strateg-jamstalldhet"]
    assert told["results" if told["over"] == "results" and told["method"] != "pooled" else "steps"]
    terminal = plain(granskning("--lang", "en", "score", "--explain", cwd=example).stdout)
    pages = {
        "page": page(example, "/omgang/exempelplan/2026-11/forklaring"),
        "report": report(example, "exempelplan/2026-11.html"),
    }
    check_everywhere(told["words"], terminal, pages)
    for place, words in {"terminal": terminal, **pages}.items():
        assert plain(told["made"]) in words, place


def test_the_page_unfolds_it_where_a_result_is_shown(example: Path) -> None:
    app = make_app(AppState(EditSession(example), Access(frozenset({"localhost"})), "sv"))
    for address in ("/granskning/exempelplan/2026-11/strateg-jamstalldhet", "/omgang/exempelplan/2026-11"):
        shown = answer_of(app, address)
        assert f'hx-get="{address}/forklaring"' in shown
        assert "Hur resultaten blev till" in shown
