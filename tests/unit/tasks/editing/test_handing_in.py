"""A review handed in, approved, given to another role, opened again, and an earlier version of it put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from altered_files import change_file, values_of
from granskning.errors import NoHistoryError, UsageError
from granskning.i18n import Translator
from granskning.tasks.editing.approve import Wish, approve_review
from granskning.tasks.editing.change_reviewer import change_reviewer
from granskning.tasks.editing.hand_in import hand_in_review, reopen_review, save_point
from granskning.tasks.editing.restore import restore_version, versions_of_file
from granskning.tasks.editing.strategy_file import plan_round

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
STRATEGY = "strategies/provplan/strategy.yaml"
T = Translator("sv")
WHY = {"why": "Fel sida.", "role": "direktör", "date": "2026-11-25"}


@pytest.fixture(autouse=True)
def _who_saves(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{one}_NAME", "prov")
        monkeypatch.setenv(f"GIT_{one}_EMAIL", "prov@exempel.se")


def test_what_is_handed_in_says_how_much_was_read_and_what_was_not(workspace: Path) -> None:
    before = (workspace / REVIEW).read_bytes()
    asked = hand_in_review(workspace, workspace / REVIEW, "contents", "Bilaga 2.", write=False)
    assert (asked.file, asked.findings) == (REVIEW, ())
    assert (workspace / REVIEW).read_bytes() == before
    hand_in_review(workspace, workspace / REVIEW, "contents", "Bilaga 2.")
    review = values_of(workspace / REVIEW)
    assert (review["status"], review["reading_depth"], review["not_read"]) == ("submitted", "contents", "Bilaga 2.")
    hand_in_review(workspace, workspace / REVIEW, "full_text", "")
    assert "not_read" not in values_of(workspace / REVIEW)


def test_what_lacks_an_answer_is_not_handed_in_and_told(workspace: Path) -> None:
    change_file(workspace / REVIEW, ("  makt-samrad:\n    level: 3\n", "  makt-samrad:\n    level:\n"))
    before = (workspace / REVIEW).read_bytes()
    assert hand_in_review(workspace, workspace / REVIEW, "full_text", "").findings
    assert (workspace / REVIEW).read_bytes() == before


def test_the_leading_figures_are_kept_as_they_were_and_go_with_the_indicator(workspace: Path) -> None:
    """A review that is approved later keeps the figures that it was handed in with."""
    hand_in_review(workspace, workspace / REVIEW, "full_text", "")
    (kept,) = values_of(workspace / REVIEW)["figures"]
    assert (kept["indicator"], kept["women"]) == ("resor-bil", 41.5)
    change_file(workspace / "criteria/statistics/resor-bil.yaml", ("women: 41.5", "women: 40.5"))
    approve_review(workspace, Wish(workspace / REVIEW, "chef", "2026-11-24"))
    assert values_of(workspace / REVIEW)["figures"] == [kept]
    change_file(workspace / REVIEW, ("status: approved", "status: draft"))
    hand_in_review(workspace, workspace / REVIEW, "full_text", "")
    assert [figure["women"] for figure in values_of(workspace / REVIEW)["figures"]] == [40.5]
    change_file(workspace / "criteria/prov.yaml", ("    indicators: [resor-bil]\n", ""))
    hand_in_review(workspace, workspace / REVIEW, "full_text", "")
    assert "figures" not in values_of(workspace / REVIEW)


def test_an_approved_review_is_neither_handed_in_nor_given_away(workspace: Path) -> None:
    approve_review(workspace, Wish(workspace / REVIEW, "chef", "2026-11-24"))
    before = (workspace / REVIEW).read_bytes()
    with pytest.raises(UsageError, match="is approved"):
        hand_in_review(workspace, workspace / REVIEW, "full_text", "", write=False)
    with pytest.raises(UsageError, match="is approved"):
        change_reviewer(workspace, workspace / REVIEW, "annan")
    assert (workspace / REVIEW).read_bytes() == before


def test_an_approved_review_is_opened_with_a_reason_and_stays_retrievable(past: Past) -> None:
    root = past.root
    with pytest.raises(UsageError, match="not approved"):
        reopen_review(root, root / REVIEW, WHY, T)
    approve_review(root, Wish(root / REVIEW, "chef", "2026-11-24"))
    signed = (root / REVIEW).read_bytes()
    for reason in ({}, {**WHY, "why": ""}):
        with pytest.raises(UsageError, match="reason is missing"):
            reopen_review(root, root / REVIEW, reason, T)
    assert reopen_review(root, root / REVIEW, WHY, T) == REVIEW
    assert past.git("show", f"HEAD:{REVIEW}").encode() == signed.strip()
    opened = values_of(root / REVIEW)
    assert (opened["status"], [step["why"] for step in opened["reopened"]]) == ("draft", ["Fel sida."])
    approve_review(root, Wish(root / REVIEW, "chef", "2026-11-26"))
    past.commit("godkänd igen")
    head = past.git("rev-parse", "HEAD")
    reopen_review(root, root / REVIEW, {**WHY, "why": "Fel bilaga."}, T)
    assert past.git("rev-parse", "HEAD") == head, "git has it already"
    assert [step["why"] for step in values_of(root / REVIEW)["reopened"]] == ["Fel sida.", "Fel bilaga."]


def test_without_versions_what_was_approved_would_be_lost(workspace: Path) -> None:
    approve_review(workspace, Wish(workspace / REVIEW, "chef", "2026-11-24"))
    before = (workspace / REVIEW).read_bytes()
    with pytest.raises(UsageError, match="would be lost"):
        reopen_review(workspace, workspace / REVIEW, WHY, T)
    assert (workspace / REVIEW).read_bytes() == before


def test_a_version_is_saved_where_versions_are_saved_and_something_has_changed(past: Past, tmp_path: Path) -> None:
    assert save_point(past.root, "Inlämnad", T, "") is False
    change_file(past.root / REVIEW, ("level: 3", "level: 2"))
    assert save_point(past.root, "Inlämnad", T, "Controller") is True
    assert past.git("log", "-1", "--format=%s %an") == "Inlämnad Controller"
    assert save_point(tmp_path, "Inlämnad", T, "") is False


def test_an_earlier_version_is_put_back_and_what_stood_there_is_saved_first(past: Past) -> None:
    root, first = past.root, past.git("rev-parse", "HEAD")
    begun = (root / REVIEW).read_bytes()
    past.change(REVIEW, ("level: 3", "level: 2"))
    second = past.commit("ändrad")
    past.change(STRATEGY, ("owner: Provlän", "owner: Annan"))
    past.commit("annat")
    versions = versions_of_file(root, REVIEW)
    assert [(version.commit, version.subject, version.author) for version in versions] == [
        (second, "ändrad", "prov"), (first, "början", "prov"),
    ]  # fmt: skip
    restore_version(root, REVIEW, second, T)
    assert len(versions_of_file(root, REVIEW)) == 2, "it is that version already"
    past.change(REVIEW, ("level: 2", "level: 0"))
    unsaved = (root / REVIEW).read_bytes()
    restore_version(root, REVIEW, first, T)
    assert (root / REVIEW).read_bytes() == begun
    assert past.git("show", f"HEAD:{REVIEW}").encode() == unsaved.strip()
    head = past.commit("tillbaka")
    restore_version(root, REVIEW, second, T)
    assert past.git("rev-parse", "HEAD") == head, "nothing was unsaved"


def test_a_version_in_which_the_file_did_not_change_or_went_is_none(past: Past) -> None:
    root = past.root
    past.change(STRATEGY, ("owner: Provlän", "owner: Annan"))
    other = past.commit("annat")
    text = (root / REVIEW).read_bytes()
    (root / REVIEW).unlink()
    gone = past.commit("borta")
    (root / REVIEW).write_bytes(text)
    assert [version.subject for version in versions_of_file(root, REVIEW)] == ["början"]
    for commit in (other, gone, "HEAD", "0" * 40):
        with pytest.raises(UsageError, match="no such version"):
            restore_version(root, REVIEW, commit, T)


def test_there_are_no_versions_to_ask_for_outside_a_repository(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(workspace.parent))
    with pytest.raises(NoHistoryError):
        versions_of_file(workspace, REVIEW)


def test_a_review_is_given_to_another_role_with_what_the_round_gives_it(workspace: Path) -> None:
    plan_round(workspace, "provplan", "2026-11", {"assigned": {"resor": "granskaren", "makt": "controller"}})
    assert change_reviewer(workspace, workspace / REVIEW, "granskaren") == "granskaren"
    assert change_reviewer(workspace, workspace / REVIEW, "planerare") == "granskaren"
    assert values_of(workspace / REVIEW)["reviewer"] == "planerare"
    assert values_of(workspace / STRATEGY)["rounds"][0]["assigned"] == {"resor": "planerare", "makt": "controller"}


def test_a_review_that_the_round_gives_nothing_leaves_the_plan_as_it_is(workspace: Path) -> None:
    before = (workspace / STRATEGY).read_bytes()
    change_reviewer(workspace, workspace / REVIEW, "planerare")
    assert (workspace / STRATEGY).read_bytes() == before


def test_a_role_reviews_once_in_a_round_and_the_joint_review_is_nobodys(workspace: Path) -> None:
    text = (workspace / REVIEW).read_text("utf-8")
    other = workspace / REVIEW.replace("granskaren", "annan")
    other.write_text(text.replace("reviewer: granskaren", "reviewer: annan"), "utf-8")
    with pytest.raises(UsageError, match="already"):
        change_reviewer(workspace, workspace / REVIEW, "annan")
    change_file(workspace / REVIEW, ("kind: reviewer", "kind: consensus"))
    with pytest.raises(UsageError, match="joint review"):
        change_reviewer(workspace, workspace / REVIEW, "tredje")
