"""`granskning search`, its profile, and what `new` tells a reviewer to read."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from small_pdf import small_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
TRAVEL = "1 Resor\nKvinnor reser oftare med buss. Resorna till förskolan räknas.\nJämställdhetsmålet gäller hela länet."
POWER = (
    "2 Makt\nMännens andel av styrelserna är 60 procent. Invånarna bjöds in.\n"
    "Kvinnor och män ska ha samma makt att forma samhället och sina egna liv."
)


def add_edition(folder: Path, text: str, name: str, data: bytes) -> str:
    """The strategy's text with the document of an edition, which is laid in its folder."""
    (folder / f"strategies/provplan/documents/{name}").write_bytes(data)
    return f"{text}    document: documents/{name}\n    sha256: {hashlib.sha256(data).hexdigest()}\n"


@pytest.fixture
def folder(cases: Path, tmp_path: Path) -> Path:
    """The base folder with a PDF that has an outline and printed numbers."""
    shutil.copytree(cases / "base", tmp_path, dirs_exist_ok=True)
    outline = (("1 Resor", 2), ("2 Makt", 3))
    data = small_pdf("Provplanen\nInnehåll", TRAVEL, POWER, labels=("i", "1", "2"), outline=outline)
    file = tmp_path / "strategies/provplan/strategy.yaml"
    text = file.read_text("utf-8").partition("    document:")[0]
    file.write_text(add_edition(tmp_path, text, "plan.pdf", data), "utf-8")
    return tmp_path


def passages(run: Run, *arguments: str) -> list[dict[str, Any]]:
    done = run("search", "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["passages"]
    return found


@pytest.mark.parametrize(
    ("words", "page", "sentence"),
    [
        (("kvinna",), "1", "Kvinnor reser oftare med buss."),
        (("resan", "förskolor"), "1", "Resorna till förskolan räknas."),
        (("jämställd",), "1", "Jämställdhetsmålet gäller hela länet."),
        (("man",), "2", "Männens andel av styrelserna är 60 procent."),
        (("oftare med buss",), "1", "Kvinnor reser oftare med buss."),
        (("buss med oftare",), None, ""),
        (("buss", "styrelse"), None, ""),
    ],
)
@pytest.mark.usefixtures("folder")
def test_words_are_found_in_their_forms(
    words: tuple[str, ...], page: str | None, sentence: str, granskning: Run
) -> None:
    found = passages(granskning, "provplan", *words)
    if page is None:
        assert found == []
        return
    assert (found[0]["page"], found[0]["sentence"]) == (page, sentence)
    assert found[0]["headings"] == [{"1": "1 Resor", "2": "2 Makt"}[page]]
    assert found[0]["exact"] == (words[0] != "jämställd")
    assert passages(granskning, "provplan/remiss", *words) == found, "from the index too"


@pytest.mark.usefixtures("folder")
def test_how_near_words_must_be_is_for_the_reader_to_say(granskning: Run) -> None:
    assert passages(granskning, "provplan", "buss", "länet", "--near", "3") == []
    assert len(passages(granskning, ".", "buss", "länet", "--near", "30")) == 1


def test_a_damaged_index_is_made_anew(folder: Path, granskning: Run) -> None:
    first = passages(granskning, "provplan", "kvinna")
    [index] = (folder / "cache/granskning").glob("search-*.sqlite")
    index.write_bytes(b"rubbish" * 1000)
    assert passages(granskning, "provplan", "kvinna") == first
    assert passages(granskning, "provplan", "kvinna") == first


@pytest.mark.usefixtures("folder")
def test_what_is_not_there_is_told(granskning: Run) -> None:
    done = granskning("search", "provplann", "kvinna")
    assert done.returncode == 2
    assert "provplan" in done.stderr
    assert granskning("search", "provplan", "?!").returncode == 2
    assert granskning("search", "provplan/ingen", "kvinna").returncode == 2


@pytest.mark.usefixtures("folder")
def test_the_profile_counts_by_chapter_and_says_what_it_is_not(granskning: Run) -> None:
    done = granskning("search", "provplan", "--profile", "--format", "json")
    [profile] = json.loads(done.stdout)["profiles"]
    counts = {chapter["title"]: chapter["counts"] for chapter in profile["chapters"]}
    assert (counts["1 Resor"]["women"], counts["1 Resor"]["men"], counts["1 Resor"]["equality"]) == (1, 0, 1)
    assert (counts["2 Makt"]["women"], counts["2 Makt"]["men"], counts["2 Makt"]["people"]) == (1, 2, 1)
    [wording] = profile["wordings"]
    assert (wording["goal"], wording["page"], wording["figures_beside"]) == ("jamstalldhet", "2", True)
    shown = " ".join(granskning("search", "provplan", "--profile").stdout.split())
    assert "Att räkna är inte att bedöma" in shown


def test_new_lists_the_passages_most_worth_reading(folder: Path, granskning: Run) -> None:
    criteria = folder / "criteria/prov.yaml"
    before, name, after = criteria.read_text("utf-8").partition("id: resor-vardag\n")
    indent = " " * (len(before) - before.rindex("\n") - 1)
    criteria.write_text(f"{before}{name}{indent}look_for: [förskola, kvinna]\n{after}", "utf-8")
    done = granskning("new", "provplan", "--round", "2027-05", "--reviewer", "ny")
    made = (folder / done.stdout.strip()).read_text("utf-8")
    assert [line.strip() for line in made.splitlines() if "Läs: " in line] == [
        "# Läs: sidan 1, 1 Resor: Kvinnor reser oftare med buss.",
        "# Läs: sidan 1, 1 Resor: Resorna till förskolan räknas.",
        "# Läs: sidan 2, 2 Makt: Kvinnor och män ska ha samma makt att forma samhället och sina egna liv.",
    ]


def test_a_new_edition_tells_which_judgements_need_another_look(folder: Path, granskning: Run) -> None:
    review = folder / REVIEW
    text = review.read_text("utf-8")
    quoted = text.replace("nämns en gång.\n  resor-barn", "reser oftare med buss.\n  resor-barn")
    review.write_text(quoted.replace("Omsorgsresor reser", "Kvinnor reser"), "utf-8")
    file = folder / "strategies/provplan/strategy.yaml"
    later = small_pdf("Provplanen", TRAVEL.replace("oftare", "sällan"))
    edition = f"{file.read_text('utf-8')}  - id: antagen\n    stage: adopted\n    date: 2026-10\n"
    file.write_text(add_edition(folder, edition, "antagen.pdf", later), "utf-8")
    done = granskning("new", "provplan", "--round", "2027-05", "--reviewer", "granskaren", "--from", "2026-11")
    made = " ".join((folder / done.stdout.strip()).read_text("utf-8").replace("  #", "").split())
    assert "Se över: i antagen står i stället, på sidan 2: Kvinnor reser sällan med buss" in made
    assert done.stderr.startswith("1 överfört svar")
    done = granskning("evidence", "--in", "antagen", "--format", "json", REVIEW)
    [row] = json.loads(done.stdout)["evidence"]
    assert (row["edition"], row["sought_in"], row["status"], done.returncode) == ("remiss", "antagen", "changed", 0)


def test_what_is_quoted_wrongly_is_not_approved(folder: Path, granskning: Run) -> None:
    done = granskning("approve", REVIEW, "--role", "direktör")
    assert done.returncode == 2
    assert "GR612" in done.stdout
    assert "status: draft" in (folder / REVIEW).read_text("utf-8")
