from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from granskning.files import HeldFiles
from granskning.model.evidence import Evidence
from granskning.model.method import Level
from granskning.model.review import Answer, Review
from granskning.workspace.load import load_files
from granskning.workspace.scaffold import Request, review_text
from granskning.workspace.schema.modelling import review
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from conftest import Load
    from granskning.model.criteria import CriteriaSet

BASE = Path(__file__).parents[2] / "cases" / "base"
FILES = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()}
SOUND = load_files(HeldFiles(FILES)).workspace
PROV = SOUND.criteria["prov@1.0.0"]
FOLDER = "strategies/provplan/reviews/2026-11"
JOINT = f"{FOLDER}/gemensam.yaml"
VARDAG = "resor-vardag"
PLACE = Evidence(edition="remiss", page="1", quote="Omsorgsresor nämns en gång.")

phrases = st.text("abåö🙂 \r\n\t.:#-'\"\\>|&*!{}[],%@`~1\x85\u2028\ufeff", max_size=60)


def assessed(level: str, why: str = "Skäl.", *evidence: Evidence, recommendation: str | None = None) -> Answer:
    return Answer(
        VARDAG,
        "assessed",
        level=level,
        justification=why,
        evidence=evidence or (PLACE,),
        recommendation=recommendation,
    )


def written(*answers: Answer | None, criteria: CriteriaSet = PROV, language: str = "sv", **changes: str) -> str:
    """The joint review of as many reviewers as there are answers, each to the first question."""
    reviews = [
        replace(SOUND.reviews[0], reviewer=f"granskare-{number}", answers={VARDAG: answer} if answer else {}, **changes)  # type: ignore[arg-type]  # reading_depth
        for number, answer in enumerate(answers)
    ]
    request = Request(
        strategy=SOUND.strategies["provplan"],
        edition="remiss",
        criteria=criteria,
        round="2026-11",
        reviewer="gemensam",
        kind="consensus",
        date="2026-11-23",
        reviews=tuple(reviews),
    )
    return review_text(request, language)


def read_back(text: str) -> Review:
    reading = read(text)
    assert (reading.faults, reading.whole) == ((), True)
    assert check_values("review", reading.value, JOINT) == []
    return review(reading.value, JOINT)


def first(*answers: Answer | None) -> Answer:
    return read_back(written(*answers)).answers[VARDAG]


# --- where all answered alike ---------------------------------------------------------------------------------------


def test_an_agreed_answer_is_filled_in_with_all_that_was_said() -> None:
    web = Evidence(address="https://exempel.se/a#b", retrieved="2026-11-20", paraphrase="En gång.")
    made = first(
        assessed("1", "Nämns en gång.", recommendation="Räkna resorna."),
        assessed("1", "Bara ett ord:\n\nsidan 1.", PLACE, web),
        assessed("1", "Nämns  en\n gång.", web, recommendation="Sätt ett mål."),
    )
    assert (made.state, made.level) == ("assessed", "1")
    assert made.justification == "Nämns  en\n gång.\n\nBara ett ord:\n\nsidan 1."
    assert made.evidence == (PLACE, web)
    assert made.recommendation == "Räkna resorna.\n\nSätt ett mål."


@pytest.mark.parametrize("state", ["not_applicable", "insufficient_evidence", "open"])
def test_a_question_that_all_set_aside_is_set_aside_with_all_reasons(state: str) -> None:
    answers = [Answer(VARDAG, state, reason=reason) for reason in ("Ett.", "Två: #", "Ett.")]  # type: ignore[arg-type]
    made = first(*answers)
    assert (made.state, made.reason) == (state, "Ett.\n\nTvå: #")


def test_an_agreed_review_is_sound(load: Load) -> None:
    base = FILES[f"{FOLDER}/granskaren.yaml"].decode()
    others = {
        f"{FOLDER}/{name}.yaml": base.replace("reviewer: granskaren", f"reviewer: {name}") for name in ("anna", "bo")
    }
    reviews = [one for one in load(others).workspace.reviews if one.round == "2026-11"]
    request = Request(
        strategy=SOUND.strategies["provplan"],
        edition="remiss",
        criteria=PROV,
        round="2026-11",
        reviewer="gemensam",
        kind="consensus",
        date="2026-11-23",
        reviews=tuple(reviews),
    )
    loaded = load({**others, JOINT: review_text(request, "sv")})
    assert loaded.findings == ()
    made = next(one for one in loaded.workspace.reviews if one.file == JOINT)
    assert {key: (one.state, one.level) for key, one in made.answers.items()} == {
        key: (one.state, one.level) for key, one in reviews[0].answers.items()
    }


def test_notes_are_not_carried_over() -> None:
    told = written(replace(assessed("1"), note="Bara för mig."), replace(assessed("1"), note="Hemligt."))
    assert "Bara för mig" not in told
    assert "Hemligt" not in told


# --- where they did not ---------------------------------------------------------------------------------------------


def test_a_disputed_answer_is_empty_with_every_view_in_comments() -> None:
    text = written(
        assessed("1", "En gång."), assessed("3", "Styr hela planen."), Answer(VARDAG, "open", reason="Vet ej.")
    )
    made = read_back(text).answers[VARDAG]
    assert (made.state, made.level, made.justification, made.evidence) == ("empty", None, None, ())
    for line in (
        "  #   granskare-0: 1 Nämns. En gång.\n",
        "  #     remiss, 1: Omsorgsresor nämns en gång.\n",
        "  #   granskare-1: 3 Styr. Styr hela planen.\n",
        "  #   granskare-2: öppen. Vet ej.\n",
    ):
        assert line in text


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ((assessed("1"), None), "granskare-1: not answered"),
        ((None, assessed("1")), "granskare-0: not answered"),
        ((Answer(VARDAG, "inherited", level="1", reason="2025-10"),) * 2, "granskare-1: carried over"),
        ((Answer(VARDAG, "not_applicable", reason="x"), assessed("0")), "granskare-0: not applicable. x"),
        (
            (Answer(VARDAG, "insufficient_evidence", reason="x"), Answer(VARDAG, "open", reason="x")),
            "granskare-0: cannot be assessed. x",
        ),
    ],
)
def test_an_answer_is_agreed_only_when_all_have_given_it(answers: tuple[Answer | None, ...], told: str) -> None:
    text = written(*answers, language="en")
    assert read_back(text).answers[VARDAG].state == "empty"
    assert f"  #   {told}\n" in text


def test_what_nobody_has_looked_at_is_asked_without_comment() -> None:
    text = written(None, None)
    assert "granskare-0" not in text
    assert read_back(text).answers[VARDAG].state == "empty"


def test_the_views_are_short_lines() -> None:
    text = written(assessed("1", "ord " * 200), assessed("2", "x-" * 300))
    assert max(len(line) for line in text.split("\n")) <= 104


@pytest.mark.parametrize(("depths", "expected"), [("contents", "contents"), ("not_read", "not_read")])
def test_the_reading_depth_is_the_deepest(depths: str, expected: str) -> None:
    assert read_back(written(assessed("1"), assessed("1"), reading_depth=depths)).reading_depth == expected


# --- whatever they wrote --------------------------------------------------------------------------------------------

AWKWARD = (
    "kolon: här",
    "# inget",
    "slut #",
    "\"citat\" och 'citat'",
    "- lista\n- till",
    "ett\n\ntvå\n\n\ntre",
    "ett\r\n\r\ntvå\r\n",
    "🙂 och \u2028 och \ufeff",
    "&ankare *referens !tagg",
    "\ttabb",
    "%YAML",
    "---\n...",
    "<<<<<<< HEAD",
    "null",
    "2026-11-23",
    "x" * 300,
)


@pytest.mark.parametrize("why", AWKWARD)
def test_agreed_words_are_read_back_word_for_word(why: str) -> None:
    made = first(assessed("1", why), assessed("1", why, recommendation=why))
    assert (made.level, made.justification, made.recommendation) == ("1", why.strip(), why.strip())


@pytest.mark.parametrize("why", AWKWARD)
def test_disputed_words_disturb_nothing(why: str) -> None:
    quote = replace(PLACE, quote=why, section=why.replace("\u2028", " "))
    made = read_back(written(assessed("1", why, quote), assessed("2", why), Answer(VARDAG, "open", reason=why)))
    assert [answer.state for answer in made.answers.values()] == ["empty"] * 3


@given(phrases, phrases, st.booleans())
@settings(max_examples=200, deadline=None)
@example("#", "", False)  # noqa: FBT003
@example("\r", "\x85", True)  # noqa: FBT003
def test_any_words(one: str, other: str, alike: bool) -> None:  # noqa: FBT001
    made = first(assessed("1", one), assessed("1" if alike else "2", other))
    assert made.state == ("assessed" if alike else "empty")
    words = " ".join((made.justification or "").split())
    assert words == (" ".join(dict.fromkeys(" ".join(x.split()) for x in (one, other) if x.strip())) if alike else "")


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x7f", "\ufffe"])
def test_characters_that_cannot_be_in_a_comment(char: str) -> None:
    assert first(assessed("1", f"a{char}b"), assessed("2", f"a{char}b")).state == "empty"


@pytest.mark.parametrize("char", ["\x85", "\u2028"])
def test_line_breaks_in_a_section(char: str) -> None:
    place = replace(PLACE, section=f"a{char}b")
    assert first(assessed("1", "Skäl.", place), assessed("2")).state == "empty"


def with_level(value: str) -> CriteriaSet:
    scale = PROV.scales[""]
    return replace(PROV, scales={"": replace(scale, levels=(Level(value, {"sv": "X"}), *scale.levels))})


@pytest.mark.parametrize("value", ["ja", "No", "D+", "ej alls", "å", "A-B"])
def test_a_level_in_words(value: str) -> None:
    text = written(assessed(value), assessed(value), criteria=with_level(value))
    assert read_back(text).answers[VARDAG].level == value


@pytest.mark.parametrize("value", ["true", "null", "0.50", "1.0", "a: b", "# x", "ja # nej", "-", "[", "*", " x "])
def test_a_level_that_must_be_quoted(value: str) -> None:
    text = written(assessed(value), assessed(value), criteria=with_level(value))
    assert read_back(text).answers[VARDAG].level == value
