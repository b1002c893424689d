from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.workspace.answer_merge import (
    PARTS,
    Clash,
    is_alike,
    merge_answer,
    merge_fields,
    put_together,
    take_apart,
)

ANSWER = {
    "level": 1,
    "justification": "Nämns en gång.",
    "evidence": [{"edition": "remiss", "page": 14, "quote": "förskola"}],
    "recommendation": "Skriv mer.",
}


def said(**changes: Any) -> dict[str, Any]:
    return {**take_apart(ANSWER), **changes}


def test_taking_apart_and_putting_together_gives_the_same() -> None:
    assert put_together(take_apart(ANSWER), ANSWER) == ANSWER
    assert put_together(take_apart(None)) == {"level": None}
    assert put_together(take_apart({"open": "saknas"})) == {"open": "saknas"}


def test_what_nobody_changed_stays() -> None:
    merged = merge_answer(ANSWER, ANSWER, said())
    assert (merged.values, merged.changed, merged.clashes) == (ANSWER, (), ())


def test_theirs_is_taken_over_where_ours_is_unchanged() -> None:
    merged = merge_answer(ANSWER, {**ANSWER, "recommendation": "Skriv mindre."}, said(judgement={"level": 2}))
    assert merged.values == {**ANSWER, "level": 2, "recommendation": "Skriv mindre."}
    assert merged.changed == ("judgement",)
    assert not merged.clashes


def test_both_to_the_same_is_no_clash() -> None:
    merged = merge_answer(ANSWER, {**ANSWER, "level": 2}, said(judgement={"level": 2}))
    assert (merged.changed, merged.clashes) == ((), ())


def test_both_to_different_things_is_a_clash_and_ours_stays() -> None:
    ours = {**ANSWER, "justification": "Nämns två gånger."}
    merged = merge_answer(ANSWER, ours, said(justification="Nämns tre gånger."))
    assert merged.values == ours
    (clash,) = merged.clashes
    assert (clash.base, clash.ours, clash.theirs) == ("Nämns en gång.", "Nämns två gånger.", "Nämns tre gånger.")


def test_evidence_that_both_have_changed_is_a_clash() -> None:
    """What stands in lists counts as what stands in texts does."""
    ours, theirs = ([{"edition": "remiss", "page": page, "quote": "skola"}] for page in (15, 16))
    merged = merge_answer(ANSWER, {**ANSWER, "evidence": ours}, said(evidence=theirs))
    assert [(clash.part, clash.ours, clash.theirs) for clash in merged.clashes] == [("evidence", ours, theirs)]
    assert merge_answer(ANSWER, ANSWER, said(evidence=theirs)).values["evidence"] == theirs
    assert is_alike([], None)
    assert is_alike([" x ", None], ["x"])
    assert not is_alike(["x"], [])


def test_another_state_takes_the_place_of_the_level() -> None:
    merged = merge_answer(ANSWER, ANSWER, said(judgement={"open": "Kapitlet saknas."}))
    assert "level" not in merged.values
    assert merged.values["open"] == "Kapitlet saknas."
    assert merged.values["evidence"] == ANSWER["evidence"]


def test_a_part_that_is_not_said_is_left_alone() -> None:
    merged = merge_answer(ANSWER, ANSWER, {"justification": None})
    assert "justification" not in merged.values
    assert merged.values["recommendation"] == "Skriv mer."


def test_an_answer_that_is_new_in_the_file_is_made() -> None:
    merged = merge_answer(None, None, {"judgement": {"level": 3}, "justification": "Ja."})
    assert merged.values == {"level": 3, "justification": "Ja."}


def test_unknown_keys_of_the_file_stay() -> None:
    merged = merge_answer(ANSWER, {**ANSWER, "eget": "x"}, said(judgement={"level": 0}))
    assert merged.values["eget"] == "x"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "a  b \n"), ("a\r\nb", "a\nb"), (None, ""), (None, "  "), (14, "14"), (2.0, 2), ([], None),
        ({"open": "a"}, {"open": "a "}), ([{"page": 1, "quote": None}], [{"page": "1"}]),
    ],
)  # fmt: skip
def test_alike(one: Any, other: Any) -> None:
    assert is_alike(one, other)
    assert is_alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), (0, None), ({"level": 0}, {}), ("a b", "ab"), (True, 1)])
def test_not_alike(one: Any, other: Any) -> None:
    assert not is_alike(one, other)


TEXTS = st.sampled_from([None, "a", "b", "c"])
STATES = st.sampled_from([{}, {"level": 0}, {"level": 2}, {"open": "skäl"}, {"not_applicable": "skäl"}])
ANSWERS = st.fixed_dictionaries(
    {
        "judgement": STATES,
        "justification": TEXTS,
        "evidence": st.sampled_from([None, [{"page": 1}], [{"page": 2}]]),
        "recommendation": TEXTS,
        "note": TEXTS,
    }
)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_a_merge_loses_nothing_and_invents_nothing(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    merged = merge_answer(put_together(base), put_together(ours), theirs)
    out = take_apart(merged.values)
    clashing = {clash.part for clash in merged.clashes}
    for part in PARTS:
        assert is_alike(out[part], ours[part]) or is_alike(out[part], theirs[part])
        if is_alike(theirs[part], base[part]):
            assert is_alike(out[part], ours[part])
        if is_alike(ours[part], base[part]):
            assert is_alike(out[part], theirs[part])
        both = not is_alike(ours[part], base[part]) and not is_alike(theirs[part], base[part])
        assert (part in clashing) == (both and not is_alike(ours[part], theirs[part]))


@given(ANSWERS, ANSWERS)
def test_merging_twice_changes_nothing_more(base: dict[str, Any], theirs: dict[str, Any]) -> None:
    once = merge_answer(put_together(base), put_together(base), theirs)
    again = merge_answer(put_together(base), once.values, theirs)
    assert (again.changed, again.clashes) == ((), ())


def test_single_fields_are_merged_as_parts_of_an_answer_are() -> None:
    base = {"summary": "a", "date": "b", "body": "c", "status": "d"}
    ours = {**base, "date": "x", "body": "y"}
    merged = merge_fields(base, ours, {"summary": "ny", "date": "z", "body": "y", "status": " d ", "not_read": "allt"})
    assert merged.values == {"summary": "ny", "not_read": "allt"}
    assert merged.changed == ("summary", "not_read")
    assert merged.clashes == (Clash("date", "b", "x", "z"),)
    assert merge_fields(base, ours, {"date": "b"}).values == {}


def test_a_state_without_a_reason_is_no_state() -> None:
    assert put_together({"judgement": {"not_applicable": None, "level": None}}) == {"level": None}
    assert put_together({"judgement": {"not_applicable": None, "level": 2}}) == {"level": 2}
