from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from granskning.files import HeldFiles
from granskning.model.evidence import Evidence
from granskning.model.review import Answer, Review
from granskning.workspace.load import load_files
from granskning.workspace.scaffold import Request, review_text
from granskning.workspace.schema.modelling import review
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.source import read
from granskning.workspace.yaml.yaml_text import prose

if TYPE_CHECKING:
    from conftest import Alter, Load
    from granskning.model.workspace import Workspace

BASE = Path(__file__).parents[2] / "cases" / "base"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
NEW = "strategies/provplan/reviews/2027-01/ny.yaml"
FILES = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()}
SOUND = load_files(HeldFiles(FILES)).workspace

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
phrases = st.text("abåö🙂 \n\t.:#-'\"\\>|&*!{}[],%@`~1\x00\x07\x7f\x85\u2028\ufeff", max_size=60)


def wish(workspace: Workspace = SOUND) -> Request:
    return Request(
        strategy=workspace.strategies["provplan"],
        edition="remiss",
        criteria=workspace.criteria["prov@1.0.0"],
        round="2027-01",
        reviewer="ny",
        kind="reviewer",
        date="2027-01-15",
    )


def read_review(text: str) -> Review:
    reading = read(text)
    assert (reading.faults, reading.whole) == ((), True)
    assert check_values("review", reading.value, NEW) == []
    return review(reading.value, NEW)


# --- running text ---------------------------------------------------------------------------------------------------


@given(texts | phrases, st.sampled_from([0, 2, 4, 6, 10]))
@settings(max_examples=600, deadline=None)
@example("", 0)
@example(" ", 4)
@example("\n", 4)
@example("a\n", 4)
@example("a \n b", 4)
@example(" a\nb", 4)
@example("a\n\n\nb", 4)
@example("a\n   \nb", 4)
@example("a\tb", 4)
@example("word " * 60 + "end", 4)
@example("two  spaces " * 20 + "end", 4)
@example("# not a comment", 4)
@example("- not a list", 4)
@example("a: b", 4)
@example("x" * 300, 4)
@example("radbrytning från Word\u2028ny rad", 4)
@example("nel\x85", 4)
@example("del\x7f", 4)
@example("bom\ufeff", 4)
@example("\ufffe", 4)
@example("Windows\r\nradslut", 4)
def test_prose_reads_back_to_the_same_text(text: str, indent: int) -> None:
    lines = prose("why", text, indent)
    reading = read(textwrap.dedent("\n".join(lines)) + "\n" if indent else "\n".join(lines) + "\n")
    assert reading.faults == ()
    assert reading.value == {"why": text}
    assert all(line.startswith(" " * indent) or not line for line in lines)


def test_prose_is_folded_as_people_write_it() -> None:
    words = "Omsorgsresor nämns en gång, utan mål eller åtgärd, och sedan inte mer i hela planens långa text om länet."
    assert prose("justification", words, 4) == [
        "    justification: >-",
        "      Omsorgsresor nämns en gång, utan mål eller åtgärd, och sedan inte mer i hela planens långa",
        "      text om länet.",
    ]
    assert prose("quote", "en rad\n\nen till", 0) == ["quote: |-", "  en rad", "", "  en till"]


# --- a new review ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_review_has_every_question_and_no_fault(language: str, load: Load) -> None:
    text = review_text(wish(), language)
    loaded = load({NEW: text})
    assert loaded.findings == ()
    made = next(one for one in loaded.workspace.reviews if one.file == NEW)
    assert made.identity == ("provplan", "2027-01", "ny")
    assert [(key, answer.state) for key, answer in made.answers.items()] == [
        ("resor-vardag", "empty"), ("resor-barn", "empty"), ("makt-samrad", "empty"),
    ]  # fmt: skip
    assert (made.status, made.kind, made.form, made.reading_depth) == ("draft", "reviewer", "full", "not_read")
    question, levels = {
        "sv": ("Räknas vardagens resor?", ["0 Saknas: Inget", "1 Nämns: Ord", "2 Delvis: Mål", "3 Styr: Pengar"]),
        "en": (
            "Do everyday trips count?",
            ["0 Missing: Nothing", "1 Mentioned: Words", "2 Partly: Goals", "3 Steers: Money"],
        ),
    }[language]
    assert f"  # {question}\n" in text
    for level in levels:
        assert f"  #   {level}\n" in text


def test_the_editor_finds_its_schema() -> None:
    text = review_text(replace(wish(), schema_path="../x.json"), "sv")
    assert text.startswith("# yaml-language-server: $schema=../x.json\nschema: granskning/review/1\n")
    assert review_text(wish(), "sv").startswith("schema: granskning/review/1\n")


def test_lines_are_short_enough_to_read() -> None:
    assert max(len(line) for line in review_text(wish(), "sv").split("\n")) <= 100


def test_short_asks_the_core_questions(load: Load) -> None:
    loaded = load({NEW: review_text(replace(wish(), form="short"), "sv")})
    assert loaded.findings == ()
    made = next(one for one in loaded.workspace.reviews if one.file == NEW)
    assert made.form == "short"
    assert list(made.answers) == ["resor-vardag", "makt-samrad"]


def test_a_question_for_other_areas_is_filled_in(load: Load, alter: Alter) -> None:
    changes = alter("strategies/provplan/strategy.yaml", ("area: infrastruktur", "area: skola"))
    changed = load(changes).workspace
    loaded = load({**changes, NEW: review_text(wish(changed), "sv")})
    assert [one.rule.code for one in loaded.findings if one.at.file == NEW] == []
    made = next(one for one in loaded.workspace.reviews if one.file == NEW)
    assert made.answers["makt-samrad"].state == "not_applicable"
    assert "Skola" in (made.answers["makt-samrad"].reason or "")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        *((key, name) for key in ("edition", "round", "reviewer") for name in ("null", "true", "no", "2026-remiss")),
        *(("round", name) for name in ("2026", "0", "1-2", "2026-11")),  # only a round may be a date
    ],
)
def test_ids_that_look_like_numbers_stay_text(key: str, name: str) -> None:
    request = replace(wish(), **{key: name})  # type: ignore[arg-type]  # one of the three text fields
    assert getattr(read_review(review_text(request, "sv")), key) == name


def test_a_strategy_called_null_stays_text() -> None:
    request = replace(wish(), strategy=replace(SOUND.strategies["provplan"], id="null"))
    assert read_review(review_text(request, "sv")).strategy == "null"


# --- carried over ---------------------------------------------------------------------------------------------------


def carried(*answers: Answer) -> Review:
    earlier = replace(SOUND.reviews[0], answers={answer.criterion: answer for answer in answers})
    return read_review(review_text(replace(wish(), earlier=earlier), "sv"))


def test_answers_are_carried_over_as_inherited(load: Load) -> None:
    text = review_text(replace(wish(), earlier=SOUND.reviews[0]), "sv")
    assert load({NEW: text}).findings == ()
    made = read_review(text)
    old = SOUND.reviews[0].answers
    first = made.answers["resor-vardag"]
    assert (first.state, first.level, first.reason) == ("inherited", "1", "2026-11")
    assert (first.justification, first.evidence) == (old["resor-vardag"].justification, old["resor-vardag"].evidence)
    assert (made.answers["resor-barn"].state, made.answers["resor-barn"].level) == ("inherited", None)
    assert "Planen gäller inte barn." in text


def test_what_was_not_judged_is_asked_anew() -> None:
    made = carried(
        Answer("resor-vardag", "open", reason="x"), Answer("resor-barn", "inherited", level="1", reason="2025-10")
    )
    assert {answer.state for answer in made.answers.values()} == {"empty"}


def test_a_level_that_is_a_word_is_carried_over() -> None:
    assert carried(Answer("resor-vardag", "assessed", level="saknas")).answers["resor-vardag"].level == "saknas"


names = st.text("abå #:'\"-&*~!{}[]1.0", min_size=1, max_size=12)
proofs = st.builds(
    Evidence,
    edition=st.none() | st.sampled_from(["remiss", "antagen"]),
    page=st.none() | names,
    pdf_page=st.none() | st.integers(1, 999),
    section=st.none() | names,
    address=st.none() | st.sampled_from(["https://exempel.se/a#b", "https://exempel.se/?a=1&b=2:3"]),
    retrieved=st.none() | st.just("2026-11-20"),
    quote=st.none() | texts | phrases,
    paraphrase=st.none() | phrases,
)


@given(st.lists(proofs.filter(lambda proof: proof != Evidence()), max_size=3), texts | phrases, phrases)
@settings(max_examples=250, deadline=None)
@example([Evidence(edition="remiss", page="7: not")], "x", "y")
@example([Evidence(edition="remiss", page="true")], "x", "y")
@example([Evidence(edition="remiss", quote="a\n\nb\n")], "x", "y")
def test_whatever_was_written_is_carried_over_word_for_word(
    evidence: list[Evidence], justification: str, recommendation: str
) -> None:
    answer = Answer(
        "resor-vardag",
        "assessed",
        level="2",
        justification=justification,
        evidence=tuple(evidence),
        recommendation=recommendation,
    )
    made = carried(answer).answers["resor-vardag"]
    assert made.evidence == tuple(evidence)
    assert (made.justification or "", made.recommendation or "") == (justification, recommendation)
