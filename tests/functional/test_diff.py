"""`granskning diff` in real repositories: what changed, in the words of the field."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from granskning.cli.show_diff import as_html
from granskning.i18n import PageTranslator
from granskning.language_tags import tagged
from granskning.reporting.differences.diff_values import Block, DifferenceLine, Heading, plain
from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past, Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


def diff(granskning: Run, root: Path, *words: str) -> dict[str, Any]:
    done = granskning("--lang", "en", "diff", *words, "--format", "json", cwd=root)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(told, load_schema("diff"))
    return told


def text(granskning: Run, root: Path, *words: str) -> str:
    done = granskning("--lang", "en", "diff", *words, cwd=root)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_answers_that_rose_and_fell(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"), ("level: 3", "level: 0"), ("nämns en gång.", "nämns flera gånger."))
    second = past.commit("omprövad")
    told = diff(granskning, past.root, "HEAD~1", "HEAD")
    assert told["b"] == {"name": "HEAD (" + second[:8] + ")", "commit": second}
    kinds = [(one["criterion"], one["kind"], one["before"], one["after"], one["movement"]) for one in told["changes"]]
    assert ("resor-vardag", "level", "1", "2", "rose") in kinds
    assert ("makt-samrad", "level", "3", "0", "fell") in kinds
    (scores,) = (one for one in told["scores"] if one["reviewer"])
    assert (scores["before"]["exact"], scores["after"]["exact"], scores["movement"]) == ("2", "1", "fell")
    said = text(granskning, past.root, "HEAD~1", "HEAD")
    assert "1 Mentioned → 2 Partly, higher" in said
    assert "~~en gång.~~ **flera gånger.**" in said
    assert "1 answer higher and 1 answer lower" in said
    assert re.search(r"\| Travel +\| 1.0 \(Low\) +\| 2.0 \(High\) +\| higher", said)


def test_the_working_folder_is_the_other_side_unless_said(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    assert [one["kind"] for one in diff(granskning, past.root, "HEAD")["changes"]] == ["level"]
    assert diff(granskning, past.root, REVIEW)["changes"] == diff(granskning, past.root, "main")["changes"]
    past.commit("sparad")
    assert diff(granskning, past.root, "HEAD")["changes"] == []
    assert "Nothing that granskning reads has changed" in text(granskning, past.root, "HEAD")


def test_two_names_in_one_word(granskning: Run, past: Past) -> None:
    past.git("tag", "v1")
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.commit("ändrad")
    assert diff(granskning, past.root, "v1..main")["changes"] == diff(granskning, past.root, "v1", "main")["changes"]
    assert diff(granskning, past.root, "v1..")["changes"] == diff(granskning, past.root, "v1", "HEAD")["changes"]


def test_reviews_that_came_and_went(granskning: Run, past: Past) -> None:
    other = REVIEW.replace("granskaren", "annan")
    content = (past.root / REVIEW).read_text("utf-8").replace("reviewer: granskaren", "reviewer: annan")
    (past.root / other).write_text(content, "utf-8")
    told = diff(granskning, past.root, "HEAD")
    assert [(one["kind"], one["criterion"], one["after"]) for one in told["changes"]] == [("added", None, other)]
    past.commit("två")
    (past.root / REVIEW).unlink()
    told = diff(granskning, past.root, "HEAD")
    assert [(one["kind"], one["before"]) for one in told["changes"]] == [("removed", REVIEW)]
    assert "The review is gone." in text(granskning, past.root, "HEAD")


def test_what_the_criteria_set_changed(granskning: Run, past: Past) -> None:
    past.change(
        "criteria/prov.yaml",
        ("version: 1.0.0", "version: 2.0.0"),
        ("Do everyday trips count?", "Do all trips count?"),
        ("{sv: Mål, en: Goals}", "{sv: Mål, en: Measured goals}"),
        ("value: 2, why", "value: 3, why"),
        ("- id: resor-barn", "- id: resor-ungdom"),
        ("below: 1}", "below: 2}"),
        ("from: 1.5", "from: 1.4"),
        ("targets: {method: mean}", "targets: {method: weakest}"),
    )
    past.commit("ny version")
    (held,) = diff(granskning, past.root, "HEAD~1", "HEAD")["criteria"]
    assert (held["before"], held["after"]) == ("prov@1.0.0", "prov@2.0.0")
    found = {(one["id"], one["part"], one["key"]): (one["before"], one["after"]) for one in held["changes"]}
    assert found["", "version", ""] == ("1.0.0", "2.0.0")
    assert found["resor-vardag", "weight", ""] == ("2", "3")
    assert found["resor-ungdom", "criterion", ""][0] is None
    assert found["resor-barn", "criterion", ""][1] is None
    assert found["utan-resor", "gate", ""]
    assert found["targets", "method", ""] == ("mean", "weakest")
    assert ("targets", "bands", "") in found
    said = text(granskning, past.root, "HEAD~1", "HEAD")
    assert "Do ~~everyday~~ **all** trips count?" in said
    assert "Level 2: ~~Goals~~ **Measured goals**" in said
    assert "New question" in said
    assert "Retired question" in said


def test_two_rounds(granskning: Run, past: Past) -> None:
    later = REVIEW.replace("2026-11", "2027-11")
    (past.root / later).parent.mkdir()
    content = (past.root / REVIEW).read_text("utf-8").replace("round: 2026-11", "round: 2027-11")
    (past.root / later).write_text(content.replace("level: 1", "level: 3"), "utf-8")
    told = diff(granskning, past.root, "provplan/2026-11", "provplan/2027-11")
    assert [(one["criterion"], one["movement"]) for one in told["changes"]] == [("resor-vardag", "rose")]
    assert diff(granskning, past.root, "provplan/2026-11")["changes"] == told["changes"]
    assert diff(granskning, past.root, REVIEW, later)["changes"] == told["changes"]


def test_a_broken_file_is_told_and_stops_no_other(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("answers:", "answers"))
    told = diff(granskning, past.root, "HEAD")
    assert told["broken"] == [{"side": "b", "file": REVIEW, "code": "GR101"}]
    assert "can't be read" in text(granskning, past.root, "HEAD")


def test_html_is_a_page_without_anything_from_elsewhere(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("Alla hördes.", "<script>alert(1)</script> Nästan alla hördes."))
    page = granskning("--lang", "en", "diff", "HEAD", "--format", "html", cwd=past.root).stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<ins" in page
    assert page.count("<ul>") == page.count("</ul>")
    assert page.count("<li>") == page.count("</li>")
    assert not re.search(r"(src|href)=", page)


def test_markdown_is_not_led_astray_by_what_people_write(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("Alla hördes.", "Alla *hördes* [inte](x) `alls` <b>."))
    said = text(granskning, past.root, "HEAD")
    assert r"\*hördes\* \[inte](x) \`alls\` \<b>." in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("finns-inte",), "is no file, no round and nothing that git knows"),
        (("provplan/2026-12",), "did you mean provplan/2026-11?"),
        (("--", "--output=x"), "is no file, no round and nothing that git knows"),
        (("provplan/2026-11",), "no round of provplan comes after 2026-11"),
        (("granskning.yaml",), "is neither a review nor a criteria set"),
        (("provplan/2026-11", "criteria/prov.yaml"), "are not things of a kind"),
    ],
)
def test_what_can_not_be_compared(granskning: Run, past: Past, words: tuple[str, ...], said: str) -> None:
    done = granskning("--lang", "en", "diff", *words, cwd=past.root)
    assert done.returncode == 2
    assert said in done.stderr


def test_rounds_need_no_git(granskning: Run, workspace: Path) -> None:
    other = workspace / REVIEW.replace("granskaren", "annan")
    content = (workspace / REVIEW).read_text("utf-8").replace("reviewer: granskaren", "reviewer: annan")
    other.write_text(content.replace("level: 1", "level: 2"), "utf-8")
    told = diff(granskning, workspace, REVIEW, str(other.relative_to(workspace)))
    assert [one["kind"] for one in told["changes"]] == ["level"]


def test_a_missing_version_is_found_in_git(granskning: Run, past: Past) -> None:
    first = past.git("rev-parse", "HEAD")
    past.change("criteria/prov.yaml", ("version: 1.0.0", "version: 2.0.0"))
    past.commit("ny version")
    said = granskning("--lang", "en", "check", cwd=past.root).stdout
    assert f"git has it since {first[:12]} (2020-09-" in said
    line = re.search(r"fetch it with: (git show .*) > (\S+)", said)
    assert line is not None
    (past.root / "criteria/earlier").mkdir()
    (past.root / line[2]).write_text(past.git(*line[1].split()[1:]) + "\n", "utf-8")
    assert "GR303" not in granskning("--lang", "en", "check", cwd=past.root).stdout


def _round(root: Path, name: str, date: str, *pieces: tuple[str, str]) -> str:
    """The same review in another round."""
    path = REVIEW.replace("2026-11", name)
    (root / path).parent.mkdir()
    content = (root / REVIEW).read_text("utf-8")
    for old, new in (("round: 2026-11", f"round: {name}"), ("date: 2026-11-23", f"date: {date}"), *pieces):
        assert old in content
        content = content.replace(old, new, 1)
    (root / path).write_text(content, "utf-8")
    return path


def test_the_next_round_is_the_next_by_its_date(granskning: Run, workspace: Path) -> None:
    _round(workspace, "antagen", "2027-02-01", ("level: 1", "level: 3"))
    _round(workspace, "remiss", "2026-05-02", ("level: 1", "level: 0"))
    told = diff(granskning, workspace, "provplan/remiss")
    assert (told["b"]["name"], told["backwards"]) == ("provplan/2026-11", False)
    assert [one["movement"] for one in told["changes"]] == ["rose"]
    assert diff(granskning, workspace, "provplan/2026-11")["b"]["name"] == "provplan/antagen"
    done = granskning("--lang", "en", "diff", "provplan/antagen", cwd=workspace)
    assert "no round of provplan comes after antagen" in done.stderr
    assert "rounds: remiss, 2026-11, antagen" in done.stderr


def test_the_later_round_named_first_keeps_its_place_and_gets_its_words(granskning: Run, workspace: Path) -> None:
    later = _round(workspace, "antagen", "2027-02-01", ("level: 1", "level: 3"))
    other = later.replace("granskaren", "annan")
    content = (workspace / later).read_text("utf-8").replace("reviewer: granskaren", "reviewer: annan")
    (workspace / other).write_text(content, "utf-8")
    told = diff(granskning, workspace, "provplan/antagen", "provplan/2026-11")
    assert told["backwards"] is True
    assert [one["movement"] for one in told["changes"] if one["criterion"]] == ["fell"]
    said = text(granskning, workspace, "provplan/antagen", "provplan/2026-11")
    assert "How provplan/2026-11 differs from provplan/antagen" in said
    assert "provplan/antagen is the later round." in said
    assert "1 review only in provplan/antagen" in said
    assert "gone" not in said
    assert "| Target" in said
    assert re.search(r"\| provplan/antagen +\| provplan/2026-11 +\|", said)
    assert diff(granskning, workspace, later, REVIEW)["backwards"] is True, "files of rounds likewise"


def test_what_does_not_count_is_told_and_not_compared(granskning: Run, past: Past) -> None:
    past.change("criteria/prov.yaml", ("scoring:\n", "scoring:\n  reviewers: {method: mean}\n"))
    past.commit("medelvärde")
    copy = REVIEW.replace("granskaren", "granskaren-LAPTOP")
    (past.root / copy).write_text((past.root / REVIEW).read_text("utf-8").replace("level: 1", "level: 3"), "utf-8")
    told = diff(granskning, past.root, "HEAD")
    assert told["broken"] == [{"side": "b", "file": one, "code": "GR304"} for one in (copy, REVIEW)]
    assert told["changes"] == []
    (joint,) = told["scores"]
    assert (joint["before"]["exact"], joint["after"]) == ("2", None)
    assert joint["cannot_be_assessed"] == {"before": False, "after": True}
    said = text(granskning, past.root, "HEAD")
    assert f"{copy} is not counted in the folder as it is, since another file is the same review (GR304)" in said
    assert "Cannot be assessed: 2 files of the round cannot be counted." in said
    (past.root / copy).unlink()
    past.change("strategies/provplan/strategy.yaml", ("id: remiss", "id: annan"))
    told = diff(granskning, past.root, "HEAD")
    assert told["broken"] == [{"side": "b", "file": REVIEW, "code": "GR211"}]
    assert told["changes"] == []


def test_a_second_reviewer_changes_what_the_round_comes_to(granskning: Run, past: Past) -> None:
    other = REVIEW.replace("granskaren", "annan")
    content = (past.root / REVIEW).read_text("utf-8").replace("reviewer: granskaren", "reviewer: annan")
    (past.root / other).write_text(content, "utf-8")
    (joint,) = (one for one in diff(granskning, past.root, "HEAD")["scores"] if not one["reviewer"])
    assert (joint["before"]["exact"], joint["after"], joint["cannot_be_assessed"]["after"]) == ("2", None, True)
    assert "Cannot be assessed: the joint review is not there." in text(granskning, past.root, "HEAD")


def test_the_page_says_the_language_of_its_parts() -> None:
    blocks: list[Block] = [Heading(2, "What changed"), DifferenceLine(0, plain(tagged("Makt", "sv"))),
              DifferenceLine(1, plain(f"1 {tagged('Resor', 'sv')}, higher"))]  # fmt: skip
    page = as_html(blocks, PageTranslator("en"))
    assert '<p lang="sv">Makt</p>' in page
    assert '<li>1 <span lang="sv">Resor</span>, higher' in page


def test_what_reviewers_wrote_says_its_language(granskning: Run, past: Past) -> None:
    past.change(REVIEW, ("nämns en gång.", "nämns flera gånger."))
    done = granskning("--lang", "en", "diff", "HEAD", "--format", "html", cwd=past.root)
    assert done.returncode == 0, done.stderr
    assert '<del lang="sv">en gång.</del> <ins lang="sv">flera gånger.</ins>' in done.stdout
