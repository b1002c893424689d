"""Actions merged field by field, their ids, and the edits that they become."""

from __future__ import annotations

import pytest

from granskning.workspace.answer_merge import edits_of, merge_action, new_action, new_id
from granskning.workspace.yaml.edits import Insert, Remove, Set


def test_only_what_was_changed_is_taken_over() -> None:
    base = {"title": "Mät", "cost": "10", "due": "2027"}
    merge = merge_action(base, {**base, "cost": "20"}, {"title": "Mät mer", "cost": "10", "due": None})
    assert merge.wanted == {"title": "Mät mer", "due": None}
    assert merge.clashes == ()


def test_what_both_have_changed_clashes_and_is_told() -> None:
    merge = merge_action({"cost": "10"}, {"cost": "20"}, {"cost": "30"})
    assert merge.wanted == {}
    assert [(one.part, one.ours, one.theirs) for one in merge.clashes] == [("cost", "20", "30")]


def test_the_same_change_twice_is_no_clash() -> None:
    assert merge_action({}, {"cost": "30"}, {"cost": "30 "}).clashes == ()


def test_the_edits_touch_just_that_action_and_follow_ups_are_added_last() -> None:
    now = {"title": "Mät", "cost": "10", "follow_up": [{"date": "2026-11-01"}]}
    merge = merge_action(now, now, {"title": "Mät mer", "cost": None})
    step = {"date": "2026-11-25", "text": "Klart."}
    assert edits_of(2, now, merge, step) == [
        Set(("actions", 2, "title"), "Mät mer"),
        Remove(("actions", 2, "cost")),
        Insert(("actions", 2, "follow_up"), 1, step),
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Mät resor på nytt", "mat-resor-pa-nytt"),
        ("2027", "atgard-2027"),
        ("???", "atgard"),
        ("Trafikplan 2028–2039", "trafikplan-2028-2039"),
        ("Tromsø/Romsa – œuvre", "tromso-romsa-oeuvre"),
        ("Åtgärd ett", "atgard-ett-2"),
        ("x" * 200, "x" * 60),
    ],
)
def test_ids_are_made_of_the_title_and_never_taken(title: str, name: str) -> None:
    assert new_id(title, {"atgard-ett"}) == name


def test_empty_fields_are_left_out_of_a_new_action() -> None:
    made = new_action({"title": "Mät", "cost": "", "criteria": [], "status": "proposed"}, ())
    assert made == {"id": "mat", "title": "Mät", "status": "proposed"}


def test_a_long_title_is_cut_between_words_and_a_long_word_within() -> None:
    assert new_id("abc " * 20, ()) == "-".join(["abc"] * 15)
    assert new_id("a" * 70, ()) == "a" * 60
    assert new_id("a" * 60, ()) == "a" * 60
    assert new_id(f"{'a' * 30} {'b' * 29}", ()) == f"{'a' * 30}-{'b' * 29}", "it has room for all of it"
