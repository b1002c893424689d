from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from granskning.workspace.checks.approval import approval_fingerprint, approved_parts, judged_by
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Load

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
CRITERIA = "criteria/prov.yaml"

CRITERIA_VALUES: dict[str, Any] = {
    "schema": "granskning/criteria/1", "id": "liten", "version": "1.0.0", "title": "Liten",
    "scale": [{"value": 0, "label": "Nej"}, {"value": 1, "label": "Ja"}],
    "targets": [{"id": "m", "title": "M", "criteria": [{"id": "f", "question": "Åt var och en?"}]}],
    "scoring": {"criteria": {"method": "mean"}, "targets": {"method": "none"}},
}  # fmt: skip
VALUES: dict[str, Any] = {
    "schema": "granskning/review/1", "criteria": "liten@1.0.0", "edition": "remiss", "reading_depth": "full_text",
    "status": "approved", "answers": {"f": {"level": 1, "justification": "Ja, på sidan 3.\n"}},
}  # fmt: skip


def test_the_fingerprint_never_changes() -> None:
    """The rule v1 as it was when it was made: another outcome here would break every approval there is."""
    assert approval_fingerprint(VALUES, CRITERIA_VALUES, "a" * 64) == FIRST


FIRST = "v1:de61855ce2fdf507d6e73ee35f058c3ebcc16d0fd7f26e52ea13f397b838446f"


@pytest.fixture
def held(base_files: dict[str, bytes]) -> Mapping[str, str]:
    return {path: data.decode() for path, data in base_files.items() if path in (REVIEW, CRITERIA)}


def fingerprint(review: str, criteria: str, sha256: str | None = None) -> str:
    return approval_fingerprint(read(review).value, read(criteria).value, sha256)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (REVIEW, "status: draft", "status: approved"),
        (REVIEW, "level: 1", "level: '1'  # säker"),
        (REVIEW, "level: 1", "level: 1\n    note: Internt."),
        (REVIEW, "page: 1", "page: '1'"),
        (REVIEW, "    justification: >-\n      Alla hördes.", "    justification: Alla hördes."),
        (REVIEW, "date: 2026-11-23", "date: 2026-11-24\nsummary: Nytt."),
        (CRITERIA, "title: {sv: Prov, en: Trial}", "title: {sv: Ett prov, en: Trial}\nstatus: adopted"),
        (CRITERIA, "  - {id: kalla, title: En påhittad källa}", "  - {id: kalla, title: En annan källa}"),
    ],
)
def test_what_does_not_matter(held: Mapping[str, str], file: str, old: str, new: str) -> None:
    assert old in held[file]
    after = {**held, file: held[file].replace(old, new, 1)}
    assert fingerprint(after[REVIEW], after[CRITERIA]) == fingerprint(held[REVIEW], held[CRITERIA])


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (REVIEW, "level: 1", "level: 2"),
        (REVIEW, "Alla hördes.", "Alla hördes!"),
        (REVIEW, "page: 1", "page: 2"),
        (REVIEW, "full_text", "contents"),
        (REVIEW, "edition: remiss", "edition: antagen"),
        (REVIEW, "date: 2026-11-23", "date: 2026-11-23\noverrides:\n  - {of: total, result: 1, reason: x, role: y}"),
        (REVIEW, "date: 2026-11-23", "date: 2026-11-23\nform: short"),
        (CRITERIA, "Räknas vardagens resor?", "Räknas resor?"),
        (CRITERIA, "value: 2, why", "value: 3, why"),
        (CRITERIA, "targets: {method: mean}", "targets: {method: none}"),
        (CRITERIA, "requires: {justification: all", "requires: {justification: none"),
    ],
)
def test_what_matters(held: Mapping[str, str], file: str, old: str, new: str) -> None:
    assert old in held[file]
    after = {**held, file: held[file].replace(old, new, 1)}
    assert fingerprint(after[REVIEW], after[CRITERIA]) != fingerprint(held[REVIEW], held[CRITERIA])


def test_the_text_that_was_judged_matters(held: Mapping[str, str]) -> None:
    files = (held[REVIEW], held[CRITERIA])
    assert len({fingerprint(*files), fingerprint(*files, "a" * 64), fingerprint(*files, "b" * 64)}) == 3


@pytest.mark.parametrize(("status", "codes"), [("draft", []), ("approved", ["GR221"])])
def test_only_what_is_approved_is_to_say_by_whom(
    load: Load, held: Mapping[str, str], status: str, codes: list[str]
) -> None:
    text = held[REVIEW].replace("status: draft", f"status: {status}")
    assert [found.rule.code for found in load({REVIEW: text}).findings] == codes


def test_a_sound_approval_is_told_nothing_of(load: Load, held: Mapping[str, str]) -> None:
    loaded = load()
    edition = loaded.workspace.strategies["provplan"].edition("remiss")
    assert edition is not None
    mark = fingerprint(held[REVIEW], held[CRITERIA], edition.sha256)
    block = f"approval:\n  role: chef\n  date: 2026-11-24\n  fingerprint: {mark}\n"
    text = held[REVIEW].replace("status: draft\n", f"status: approved\n{block}")
    assert load({REVIEW: text}).findings == ()
    changed = load({REVIEW: text.replace("level: 3", "level: 2")})
    assert [one.rule.code for one in changed.findings] == ["GR220"]
    (other,) = load({REVIEW: text.replace("fingerprint: v1:", "fingerprint: v2:")}).findings
    assert (other.rule.code, other.values["version"]) == ("GR222", "v2")
    reopened = load({REVIEW: text.replace("level: 3", "level: 2").replace("status: approved", "status: draft")})
    assert reopened.findings == ()


def test_the_areas_that_decide_which_questions_are_asked_are_approved() -> None:
    """Which areas there are decides what is not asked; a set with others judges otherwise."""
    area = {"id": "infrastruktur", "title": "Infrastruktur"}
    prints = {
        approval_fingerprint(VALUES, {**CRITERIA_VALUES, **more}, "a" * 64)
        for more in ({}, {"areas": [area]}, {"areas": [area, {**area, "id": "naring"}]})
    }
    assert len(prints) == 3


def test_what_is_approved_is_plain_values_and_nothing_empty() -> None:
    evidence = {"edition": "remiss", "page": 3, "section": None, "quote": " x "}
    answers = {
        "f": {"level": 1, "justification": " Ja.\n", "evidence": [evidence], "note": "internt", "recommendation": ""},
        "g": {"level": None},
        "h": None,
        "i": {"open": "Sedan.", "evidence": []},
    }
    override = {"of": "total", "result": 2, "reason": " x ", "role": "y"}
    more = {"overrides": [override], "form": "short", "tags": ["a"], "not_read": " Bilagan.\n"}
    assert approved_parts({**VALUES, **more, "answers": answers}, CRITERIA_VALUES, None) == {
        "answers": {
            "f": {"level": "1", "justification": "Ja.", "evidence": [{"edition": "remiss", "page": "3", "quote": "x"}]},
            "i": {"open": "Sedan."},
        },
        "overrides": [{"of": "total", "result": "2", "reason": "x", "role": "y", "date": ""}],
        "reading_depth": "full_text",
        "form": "short:a",
        "not_read": "Bilagan.",
        "criteria": {"set": "liten@1.0.0", "hash": judged_by(CRITERIA_VALUES)},
        "edition": {"id": "remiss", "sha256": None},
    }
    bare = {key: VALUES[key] for key in ("criteria", "edition", "reading_depth")}
    parts = approved_parts(bare, CRITERIA_VALUES, "a" * 64)
    assert (parts["answers"], parts["overrides"], parts["form"], parts["not_read"]) == ({}, [], "full", "")


@pytest.mark.parametrize(("key", "value"), [("title", "Ny"), ("sources", []), ("goals", [])])
def test_what_a_set_is_called_and_rests_on_is_not_what_it_judges_by(key: str, value: object) -> None:
    assert judged_by({**CRITERIA_VALUES, key: value}) == judged_by(CRITERIA_VALUES)


def test_no_key_of_a_set_and_an_empty_one_judge_alike_only_where_nothing_is_said() -> None:
    assert judged_by({**CRITERIA_VALUES, "requires": None}) == judged_by(CRITERIA_VALUES)
    assert judged_by({**CRITERIA_VALUES, "requires": {}}) != judged_by(CRITERIA_VALUES)
