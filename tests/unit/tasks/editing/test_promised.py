"""Actions: listed with what is overdue and wrong, added and changed exactly, and as dates for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from granskning.errors import UsageError
from granskning.i18n import Translator
from granskning.tasks.editing.actions import list_actions
from granskning.tasks.editing.due_dates import due_dates, due_rounds
from granskning.tasks.editing.keep_action import add_action, keep_action, read_actions

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past
    from granskning.tasks.editing.actions import Promised

FILE = "strategies/provplan/actions.yaml"
ACTIONS = """\
schema: granskning/actions/1
strategy: provplan
actions:
  - {id: sen, title: Sen, due: 2026-10, status: ongoing, responsible: planerare}
  - {id: odaterad, title: Utan dag, status: proposed}
  - {id: nej, title: Nej, due: 2026-09, status: declined, answer: {decision: declines, reason: Dyrt.}}
  - {id: snar, title: Snar, due: 2026-12-24, status: proposed}
"""
SECOND = "strategies/annan/strategy.yaml"


def listed(root: Path, *, strategy: str | None = None, overdue: bool = False, history: bool = False) -> Promised:
    return list_actions(root, strategy, "2026-11-30", overdue=overdue, history=history)


def ids(promised: Promised) -> list[str]:
    return [promise.action.id for promise in promised.promises]


def put(root: Path, file: str, text: str) -> None:
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text(text, "utf-8")


@pytest.fixture
def two(workspace: Path) -> Path:
    """Two strategies that promise something."""
    put(workspace, FILE, ACTIONS)
    text = (workspace / "strategies/provplan/strategy.yaml").read_text("utf-8")
    put(workspace, SECOND, text.replace("id: provplan", "id: annan").partition("    document:")[0])
    put(workspace, "strategies/annan/actions.yaml",
        "schema: granskning/actions/1\nstrategy: annan\nactions:\n"
        "  - {id: forst, title: Först, due: 2026-08, status: ongoing}\n")  # fmt: skip
    return workspace


def test_what_is_due_first_comes_first_and_what_is_settled_last(two: Path) -> None:
    assert ids(listed(two)) == ["forst", "sen", "snar", "odaterad", "nej"]
    assert ids(listed(two, strategy="provplan")) == ["sen", "snar", "odaterad", "nej"]
    late = listed(two, overdue=True)
    assert ids(late) == ["forst", "sen"]
    assert [promise.is_overdue for promise in listed(two).promises] == [True, True, False, False, False]
    assert [(promise.file, promise.strategy.id, promise.history) for promise in late.promises] == [
        ("strategies/annan/actions.yaml", "annan", None), (FILE, "provplan", None),
    ]  # fmt: skip
    with pytest.raises(UsageError, match="provplam"):
        listed(two, strategy="provplam")


def test_a_file_that_cannot_be_read_is_left_out_and_one_with_faults_is_counted_and_marked(two: Path) -> None:
    assert (listed(two).left_out, listed(two).marked) == ((), ())
    put(two, FILE, ACTIONS.replace("title: Sen,", "title: Sen, criteria: [finns-inte],"))
    marked = listed(two)
    assert (marked.left_out, marked.marked) == ((), (FILE,))
    assert "sen" in ids(marked)
    put(two, FILE, "actions: [\n")
    broken = listed(two)
    assert (broken.left_out, broken.marked, ids(broken)) == ((FILE,), (), ["forst"])
    assert listed(two, strategy="annan").left_out == ()
    put(two, FILE, ACTIONS)
    put(two, SECOND, "id: [\n")
    assert (listed(two).left_out, ids(listed(two))) == (("strategies/annan/actions.yaml",), ids(listed(two))[:4])


def test_git_tells_each_turn_of_an_action(past: Past) -> None:
    root = past.root
    put(root, FILE, ACTIONS)
    first = past.commit("löften")
    put(root, FILE, ACTIONS.replace("title: Sen,", "title: Försenad,"))
    past.commit("bara orden")
    put(root, FILE, "actions: [\n")
    past.commit("trasig")
    put(root, FILE, ACTIONS.replace("status: ongoing", "status: done").partition("  - {id: odaterad")[0])
    third = past.commit("klar, och de andra borta")
    (root / FILE).unlink()
    past.commit("filen borta")
    put(root, FILE, ACTIONS)
    fifth = past.commit("åter")
    turns = {promise.action.id: promise.history or () for promise in listed(root, history=True).promises}
    assert [(turn.commit, turn.status) for turn in turns["odaterad"]] == [
        (first, "proposed"), (third, None), (fifth, "proposed"),
    ]  # fmt: skip
    assert [turn.status for turn in turns["sen"]] == ["ongoing", "done", None, "ongoing"]
    assert turns["sen"][0].date < turns["sen"][1].date


REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


def test_the_figures_of_the_latest_round_that_kept_some_are_followed_the_joint_review_first(two: Path) -> None:
    assert listed(two).figures == ()
    text = (two / REVIEW).read_text("utf-8")
    kept = "figures:\n  - {indicator: resor-bil, area: Provlän, period: 2025, meaning: 0123456789abcdef, women: 40}\n"
    kinds = {"granskaren": "reviewer", "samlad": "consensus", "annan": "reviewer"}
    for round_ in ("2026-11", "2027-05"):
        for name, kind in kinds.items():
            review = text.replace("round: 2026-11", f"round: {round_}").replace("kind: reviewer", f"kind: {kind}")
            place = f"strategies/provplan/reviews/{round_}/{name}.yaml"
            put(two, place, review.replace("reviewer: granskaren", f"reviewer: {name}") + kept)
    put(two, "strategies/provplan/reviews/2027-11/granskaren.yaml", text.replace("round: 2026-11", "round: 2027-11"))

    def followed(strategy: str | None = None) -> list[tuple[str, str, str]]:
        figures = listed(two, strategy=strategy).figures
        return [(item.strategy, item.review.round, item.review.reviewer) for item in figures]

    assert followed() == followed("provplan") == [("provplan", "2027-05", "samlad")]
    assert followed("annan") == []
    (two / "strategies/provplan/reviews/2027-05/samlad.yaml").unlink()
    assert followed() == [("provplan", "2027-05", "annan")]


def action(root: Path, name: str) -> dict[str, Any]:
    whole = yaml.safe_load((root / FILE).read_bytes())
    return next(item for item in whole["actions"] if item["id"] == name)


def test_the_first_action_makes_the_file_and_the_next_is_put_last(workspace: Path) -> None:
    assert read_actions(workspace, "provplan") == yaml.safe_load((workspace / FILE).read_bytes())["actions"]
    (workspace / FILE).unlink()
    assert read_actions(workspace, "provplan") == []
    first = add_action(workspace, "provplan", {"title": "Räkna resor", "status": "proposed", "text": ""})
    second = add_action(workspace, "provplan", {"title": "Räkna resor", "status": "proposed"})
    assert [(kept.id, kept.is_changed, kept.refused) for kept in (first, second)] == [
        ("rakna-resor", True, ()), ("rakna-resor-2", True, ()),
    ]  # fmt: skip
    assert [item["id"] for item in read_actions(workspace, "provplan")] == ["rakna-resor", "rakna-resor-2"]
    assert (workspace / FILE).read_text("utf-8").startswith("# yaml-language-server: $schema=../../.granskning/")


def test_an_action_needs_a_title_and_what_has_faults_is_refused(workspace: Path) -> None:
    put(workspace, FILE, ACTIONS)
    for fields in ({}, {"title": ""}):
        with pytest.raises(UsageError, match="needs a title"):
            add_action(workspace, "provplan", fields)
    for due in ("snart", "2026-02-30"):
        kept = add_action(workspace, "provplan", {"title": "Ny", "status": "proposed", "due": due})
        assert (kept.is_changed, bool(kept.refused)) == (False, True)
        kept = keep_action(workspace, "provplan", "sen", action(workspace, "sen"), {"due": due}, {})
        assert (kept.is_changed, bool(kept.refused)) == (False, True)
    assert (workspace / FILE).read_text("utf-8") == ACTIONS


def test_a_change_is_merged_into_what_others_have_written_meanwhile(workspace: Path) -> None:
    put(workspace, FILE, ACTIONS)
    base = action(workspace, "sen")
    put(workspace, FILE, ACTIONS.replace("title: Sen,", "title: Försenad,"))
    step = {"date": "2026-11-24", "round": "2026-11", "status": "ongoing", "text": "På väg."}
    kept = keep_action(workspace, "provplan", "sen", base, {"status": "done", "responsible": ""}, step)
    assert (kept.id, kept.is_changed, kept.clashes, kept.refused) == ("sen", True, (), ())
    after = action(workspace, "sen")
    assert (after["title"], after["status"], "responsible" in after) == ("Försenad", "done", False)
    assert [item["text"] for item in after["follow_up"]] == ["På väg."]
    assert [item["id"] for item in read_actions(workspace, "provplan")] == ["sen", "odaterad", "nej", "snar"]


def test_a_clash_or_nothing_new_leaves_the_file(workspace: Path) -> None:
    put(workspace, FILE, ACTIONS)
    base = action(workspace, "sen")
    assert keep_action(workspace, "provplan", "sen", base, {"title": " Sen "}, {}).is_changed is False
    kept = keep_action(workspace, "provplan", "sen", {**base, "title": "Förr"}, {"title": "Nu", "status": "done"}, {})
    assert ([clash.part for clash in kept.clashes], kept.is_changed) == (["title"], False)
    with pytest.raises(UsageError, match="no action"):
        keep_action(workspace, "provplan", "borta", base, {"title": "x"}, {})
    assert (workspace / FILE).read_text("utf-8") == ACTIONS


@pytest.mark.parametrize("data", [b"\xff", b"actions: [", b"schema: granskning/actions/1\nactions: [1]\n"])
def test_a_broken_file_of_actions_is_told_and_left(workspace: Path, data: bytes) -> None:
    (workspace / FILE).write_bytes(data)
    for attempt in (
        lambda: read_actions(workspace, "provplan"),
        lambda: add_action(workspace, "provplan", {"title": "x"}),
        lambda: keep_action(workspace, "provplan", "sen", {}, {"title": "x"}, {}),
    ):
        with pytest.raises(UsageError, match="has errors"):
            attempt()
    assert (workspace / FILE).read_bytes() == data


def test_a_calendar_has_what_has_a_day_and_is_not_settled(two: Path) -> None:
    file = two / "strategies/provplan/strategy.yaml"
    file.write_text(file.read_text("utf-8") + "rounds:\n  - {round: 2026-11, due: 2026-12-15}\n"
                    "  - {round: 2026-12, blind: true}\n", "utf-8")  # fmt: skip
    promised = listed(two, strategy="provplan")
    t = Translator("sv")
    dates = list(due_dates(promised.promises, t))
    assert [(date.id, date.date, date.title) for date in dates] == [
        ("provplan/sen", "2026-10", "Sen"), ("provplan/snar", "2026-12-24", "Snar"),
    ]  # fmt: skip
    assert "planerare" in dates[0].text.casefold()
    assert dates[0].text != dates[1].text
    strategies = {promise.strategy.id: promise.strategy for promise in promised.promises}
    assert [(date.id, date.date) for date in due_rounds(strategies.values(), t)] == [("provplan/2026-11", "2026-12-15")]
