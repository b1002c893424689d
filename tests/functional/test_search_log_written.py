"""A search writes the search log by itself: in the terminal where that is asked for, on the page beside a question."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from served import Served, words

from granskning.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
NAME = "provplan/2026-11/granskaren"
AT = f"/granskning/{NAME}"
LOG = f"{AT}/soklogg"
COMMENT = "  # min egen anteckning\n"


def search(folder: Path, *arguments: str) -> int:
    return run(["-C", str(folder), "search", "provplan", *arguments])


def log_of(folder: Path) -> list[dict[str, Any]]:
    text = (folder / REVIEW).read_text("utf-8").replace(COMMENT, "")
    return list(yaml.load(text, Loader=yaml.BaseLoader).get("searches", []))  # noqa: S506  # all is text


def test_a_search_is_written_where_it_is_asked_for_and_changes_nothing_else(workspace: Path) -> None:
    file = workspace / REVIEW
    before = file.read_text("utf-8").replace("answers:\n", f"answers:\n{COMMENT}")
    file.write_text(before, "utf-8")
    assert search(workspace, "omsorgsresor") == 0
    assert file.read_text("utf-8") == before
    for _ in range(2):  # the same search again is the same line
        assert search(workspace, "omsorgsresor", "gång", "--log", NAME, "--question", "resor-vardag") == 0
    assert search(workspace, "snöröjning", "hela resan", "--near", "5", "--log", REVIEW) == 0
    today = dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    assert log_of(workspace) == [
        {
            "sought": "omsorgsresor gång (med högst 20 ords avstånd)",
            "where": "Remissversion, maj 2026",
            "date": today,
            "outcome": "1 ställe.",
            "criterion": "resor-vardag",
        },
        {
            "sought": 'snöröjning "hela resan" (med högst 5 ords avstånd)',
            "where": "Remissversion, maj 2026",
            "date": today,
            "outcome": "Inget ställe har orden.",
        },
    ]
    after = file.read_text("utf-8")
    head, log, rest = after.partition("searches:\n")[0], "searches:\n", after[after.index("answers:\n") :]
    assert log in after
    assert head + rest == before
    assert run(["-C", str(workspace), "check"]) == 0


@pytest.mark.parametrize(
    ("arguments", "words_"),
    [
        (("x", "--question", "resor-vardag"), "--question hör till --log"),
        (("--profile", "--log", NAME), "--log hör till ord att söka efter"),
        (("gång", "--log", NAME, "--question", "resor-fel"), "det finns ingen fråga resor-fel"),
        (
            ("gång", "--log", "provplan/2026-11/nagon"),
            "omgången provplan/2026-11 har ingen granskning av nagon",
        ),
        (("gång", "--log", "strategies/provplan/strategy.yaml"), "det finns ingen granskning i"),
    ],
)
def test_what_cannot_be_logged_is_said_and_writes_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words_: str
) -> None:
    before = (workspace / REVIEW).read_bytes()
    assert search(workspace, *arguments) == 2
    said = capsys.readouterr()
    assert words_ in said.err
    assert "träff" not in said.err + said.out, "refused before anything is searched"
    assert said.out == ""
    assert (workspace / REVIEW).read_bytes() == before


def test_a_text_that_is_not_there_is_not_said_to_have_been_searched(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "strategies/provplan/documents/plan.txt").unlink()
    before = (workspace / REVIEW).read_bytes()
    assert search(workspace, "resor", "--log", NAME) == 2
    assert "ingen text blev genomsökt" in capsys.readouterr().err
    assert (workspace / REVIEW).read_bytes() == before
    strategy = workspace / "strategies/provplan/strategy.yaml"
    adopted = "  - {id: antagen, stage: adopted, title: Antagen, document: documents/p.txt}\n"
    strategy.write_text(strategy.read_text("utf-8") + adopted, "utf-8")
    (strategy.parent / "documents/p.txt").write_text("Resor.", "utf-8")
    assert search(workspace, "resor", "--log", NAME) == 0
    (note,) = log_of(workspace)
    assert note["where"] == "Antagen"
    assert note["outcome"].startswith("1 ställe. Inte genomsökt, eftersom dokumentet finns inte: Remissversion")


def test_the_page_writes_a_search_beside_a_question_by_itself(site: Served) -> None:
    form = {"sok": "omsorgsresor", "utgava": "remiss", "visa": "kvar"}
    for _ in range(2):
        reply = site.post(f"{AT}/sok/resor-vardag", form)
        assert reply.status == 303
    found = reply.header("location")
    assert found == f"{AT}/fraga/resor-vardag?utgava=remiss&visa=kvar&sok=omsorgsresor#dokument"
    shown = site.ask("GET", found.partition("#")[0]).body
    assert "Sökningen står i granskningens söklogg." in words(shown)
    assert [(note["sought"], note["criterion"]) for note in log_of(site.root)] == [("omsorgsresor", "resor-vardag")]
    assert site.post(f"{AT}/sok/resor-vardag", {"sok": " …", "utgava": "remiss"}).status == 303
    assert len(log_of(site.root)) == 1
    assert site.post(f"{AT}/sok/resor-fel", form).status == 409
    assert site.post(f"{AT}/sok/resor-vardag", {**form, "utgava": "ingen"}).status == 409
    reader = site.ask("GET", f"{AT}/fraga/resor-barn?utgava=remiss&sok=omsorgsresor").body
    assert "Sökningen står i granskningens söklogg." not in words(reader), "read, or made for another question"


def test_lines_are_added_taken_away_and_put_back(site: Served) -> None:
    before = (site.root / REVIEW).read_bytes()
    assert "Ingen sökning är antecknad." in words(site.ask("GET", LOG).body)
    line = {
        "sought": "samrådsredogörelse", "where": "Diariet", "date": "20 november 2026",
        "outcome": "Inget hittades.", "criterion": "makt-samrad",
    }  # fmt: skip
    assert site.post(LOG, line).status == 303
    assert log_of(site.root) == [{**line, "date": "2026-11-20"}]
    lacking = site.post(LOG, {**line, "where": ""})
    assert lacking.status == 409
    assert "Inget hittades." in lacking.body, "what was written stands in the form"
    assert site.post(LOG, {**line, "date": "i går"}).status == 409
    shown = words(site.ask("GET", LOG).body)
    assert "samrådsredogörelse" in shown
    assert site.post(LOG, {"remove": "1", "sought": "en annan"}).status == 409
    assert site.post(LOG, {"remove": "2", "sought": line["sought"]}).status == 409
    removed = site.post(LOG, {"remove": "1", "sought": line["sought"]})
    assert removed.status == 200
    assert "Raden togs bort: samrådsredogörelse" in words(removed.body)
    assert (site.root / REVIEW).read_bytes() == before
    assert site.post(LOG, {**line, "date": "2026-11-20"}).status == 303  # undo
    assert len(log_of(site.root)) == 1


def test_an_approved_review_takes_no_line(site: Served) -> None:
    text = (site.root / REVIEW).read_text("utf-8").replace("status: draft", "status: approved")
    (site.root / REVIEW).write_text(text, "utf-8")
    assert site.post(f"{AT}/sok/resor-vardag", {"sok": "resor", "utgava": "remiss"}).status == 409
    assert site.post(LOG, {"sought": "a", "where": "b", "outcome": "c"}).status == 409
    assert (site.root / REVIEW).read_text("utf-8") == text
    assert 'method="get" action="#dokument"' in site.ask("GET", f"{AT}/fraga/resor-vardag").body
    assert "<button" not in site.ask("GET", LOG).body.partition("<main")[2].partition("</main")[0]
