"""One glossary: nobody uses a word against it, the program's own words are its words, and texts are light to read."""

from __future__ import annotations

import importlib.util
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from babel.messages.pofile import read_po

from granskning.i18n import LOCALE, Translator
from granskning.wordings import ACTION_STATUSES, DECISIONS, JOINT_REVIEW, READ, STAGES, STATES, STATUSES, capital
from granskning.workspace.glossary import load_glossary
from granskning.workspace.readability import measure_lix
from granskning.workspace.schema.schema import KINDS, OUTPUTS, load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
HANDBOOK = sorted(DOCS.glob("*.md"))
CRITERIA = sorted((ROOT / "criteria").glob("*.yaml"))
HEAVIEST = 50

ALLOWED = {
    ("egen-metod.md", "ej relevant"): "as other frameworks call it, in the table of what theirs are called here",
    ("handlingar.md", "utgåva"): "the edition of the Tax Agency's own guidance",
}
"""Words that may stand against the glossary in one place, and why."""

RECORDS = {"DECISIONS.md", "CHANGELOG.md"}
"""What was written at its time, and stays."""
GUIDANCE_OVER = {
    "jkb-alternativ": "short sentences in which alternativ, beskrivs and konsekvenser recur; none can be left out",
    "moment-8-systematik": "SKR's own moment, on förbättringsarbete, the name of what is asked about",
}
"""Guidance heavier than 50, and why it is kept."""

LONG_WORDS = {
    "jämställdhetsintegrering": "the name of the method",
    "jämställdhetsintegreringen": "the name of the method",
    "jämställdhetskonsekvensbedömningen": "the name of the method, JKB",
    "förbättringsarbetet": "SKR's own word for the moment",
    "jämställdhetsmålens": "the goals for gender equality, told from the plan's other goals",
    "jämställdhetsutmaningar": "the glossary's utmaning, told from other challenges",
}
"""Words over 18 letters that a question may need, and what they name."""
SHORT_SENTENCE = 16
LONG_WORD = 18


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    """The script beside the handbook that makes the tables."""
    spec = importlib.util.spec_from_file_location("lasbarhet", DOCS / "lasbarhet.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def misused(text: str, language: str, place: str = "") -> list[str]:
    """The words in a text that the glossary has another word for, in the order of the glossary."""
    return [
        f"{word} → {term.word[language]}"
        for term in load_glossary()
        for banned in term.instead_of.get(language, ())
        for word in said(banned, text)
        if (place, word.lower()) not in ALLOWED
    ]


def said(banned: str, text: str) -> list[str]:
    """Where a word that must not be said stands in a text; most stand nowhere, which is seen without a pattern."""
    return pattern(banned).findall(text) if banned.rstrip("*").split()[0].casefold() in folded(text) else []


@lru_cache(maxsize=1)  # many words are looked for in a text
def folded(text: str) -> str:
    return text.casefold()


@cache
def pattern(banned: str) -> re.Pattern[str]:
    """Where a word that must not be said stands; a trailing * takes any ending."""
    ending = r"\w*" if banned.endswith("*") else ""
    words = r"\s+".join(re.escape(part) for part in banned.rstrip("*").split())
    return re.compile(rf"(?<!\w){words}{ending}(?!\w)", re.IGNORECASE)


def schema_texts(value: Any, language: str = "sv") -> Iterator[tuple[str, str]]:
    """Language and text of everything in a schema that people read."""
    if isinstance(value, list):
        for one in value:
            yield from schema_texts(one, language)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "x-en":
                yield from schema_texts(inner, "en")
            elif isinstance(inner, str) and (key in {"title", "description"} or key.lower().endswith("errormessage")):
                yield language, inner
            elif key == "markdownEnumDescriptions":
                yield from ((language, text) for text in inner)
            else:
                yield from schema_texts(inner, language)


# --- the glossary itself ---------------------------------------------------------------------------------------------


def test_the_glossary_is_whole() -> None:
    terms = load_glossary()
    assert len({one.id for one in terms}) == len(terms)
    for one in terms:
        assert one.group in {"word", "state", "status"}, one.id
        assert set(one.means) == {"sv", "en"}, one.id
        for language in ("sv", "en"):
            assert one.means[language].strip(), one.id
            assert not one.means[language].endswith("."), one.id
            banned = [word.rstrip("*").casefold() for word in one.instead_of.get(language, ())]
            assert not {word.casefold() for word in one.words(language)} & set(banned), one.id


def test_no_term_is_banned_by_another() -> None:
    for one in load_glossary():
        for language in ("sv", "en"):
            for word in one.words(language):
                assert misused(word, language) == [], one.id
            assert misused(one.means[language], language) == [], one.id


def test_words_are_in_the_alphabet_of_their_group() -> None:
    words: dict[str, list[str]] = {}
    for one in load_glossary():
        if one.group == "word":
            words.setdefault("sv", []).append(one.word["sv"])
    order = {letter: number for number, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö ")}
    ranked = [[order[letter] for letter in word] for word in words["sv"]]
    assert ranked == sorted(ranked)


def test_misuse_is_found_whatever_the_case_and_ending() -> None:
    assert misused("Ej tillämpligt.", "sv") == ["Ej tillämpligt → kan inte tillämpas"]
    assert misused("utan\n  evidensen", "sv") == ["evidensen → belägg"]
    assert misused("Bedömare och bedömarens", "sv") == ["Bedömare → granskare", "bedömarens → granskare"]
    assert misused("brunda rundade", "sv") == []


# --- who keeps to it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "DECISIONS.md"], ids=by_name)
def test_pages_keep_to_the_glossary(page: Path) -> None:
    # What is taken from the program is tried where it comes from; criteria sets speak of others' frameworks.
    text = re.sub(r"<!-- genererat: .*?<!-- slut -->", "", page.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"^ *```.*?^ *```$|`[^`\n]*`|\]\([^)]*\)|https?://\S+", " ", text, flags=re.DOTALL | re.MULTILINE)
    assert misused(text, "sv", page.name) == []


def test_the_catalogue_keeps_to_the_glossary() -> None:
    with (LOCALE / "sv/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        for language, texts in (("en", message.id), ("sv", message.string)):
            for text in [texts] if isinstance(texts, str) else texts or ():
                assert misused(text, language) == [], text


@pytest.mark.parametrize("name", [*KINDS, *OUTPUTS, "build", "workbook", "cache"])
def test_the_schemas_keep_to_the_glossary(name: str) -> None:
    texts = list(schema_texts(load_schema(name)))
    assert len(texts) > 2
    for language, text in texts:
        assert misused(text, language) == [], text


def test_what_an_editor_replaced_is_written_nowhere_again() -> None:
    """The handbook, the catalogue, the schemas, the word list and the sets as they are now."""
    lines = (ROOT / "tests/replaced_wordings.txt").read_text("utf-8").splitlines()
    pairs = [line.split(" → ") for line in lines if not line.startswith("#")]
    assert len(pairs) > 60
    assert all(len(pair) == 2 and not pattern(pair[0]).search(pair[1]) for pair in pairs)
    texts = {by_name(page): page.read_text("utf-8") for page in PAGES if page.name not in RECORDS}
    texts |= {by_name(path): path.read_text("utf-8") for path in CRITERIA}
    with (LOCALE / "sv/LC_MESSAGES/messages.po").open("rb") as file:
        told = [[text] if isinstance(text := message.string, str) else text or () for message in read_po(file)]
    texts["messages.po"] = "\n".join(text for group in told for text in group)
    for name in (*KINDS, *OUTPUTS):
        texts[name] = "\n".join(text for language, text in schema_texts(load_schema(name)) if language == "sv")
    texts["glossary"] = "\n".join(term.means["sv"] for term in load_glossary())
    again = {(place, old) for place, text in texts.items() for old, _ in pairs if said(old, text)}
    assert again == set()


def test_templates_have_no_words_of_their_own() -> None:
    for file in (ROOT / "templates").rglob("*.j2"):
        text = re.sub(r"\{#.*?#\}", "", file.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search("[åäöÅÄÖ]", text), f"{file}: words go through t()"


# --- the program's own words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sv", "en"])
def test_states_and_statuses_are_called_as_in_the_glossary(language: str) -> None:
    t = Translator(language)
    terms = {one.id: one.word[language] for one in load_glossary()}
    for state, message in STATES.items():
        assert t(message) == terms[state.replace("_", "-")]
    for status, message in STATUSES.items():
        assert t(message) == terms[status]
    assert t(JOINT_REVIEW) == terms["consensus"]


def descriptions(schema: dict[str, Any], key: str) -> dict[str, str]:
    """What the values of the first such key with a list of values are called in the editor."""
    todo: list[Any] = [schema]
    while todo:
        value = todo.pop(0)
        if isinstance(value, dict):
            held = value.get("properties", {}).get(key)
            if held and "enum" in held:
                return dict(zip(held["enum"], held["markdownEnumDescriptions"], strict=True))
            todo += value.values()
        elif isinstance(value, list):
            todo += value
    raise AssertionError(key)


@pytest.mark.parametrize(
    ("kind", "key", "words"),
    [
        ("review", "status", STATUSES),
        ("review", "reading_depth", READ),
        ("strategy", "stage", STAGES),
        ("actions", "status", ACTION_STATUSES),
        ("actions", "decision", DECISIONS),
    ],
)
def test_editor_and_report_call_a_value_the_same(kind: str, key: str, words: dict[str, str]) -> None:
    t = Translator("sv")
    told = descriptions(load_schema(kind), key)
    assert set(told) == set(words)
    for value, message in words.items():
        first = capital(t(message))
        assert told[value].startswith(first), value


# --- how heavy it is to read -----------------------------------------------------------------------------------------


def test_lix_as_worked_out_by_hand() -> None:
    measure = measure_lix("Planen visar kvinnors resor. Den räknar dem.")
    assert (measure.words, measure.sentences, measure.long_words) == (7, 2, 1)
    assert measure.value == pytest.approx(7 / 2 + 100 / 7)


def test_lix_of_nothing_and_of_odd_text() -> None:
    assert measure_lix("").value == 0
    assert measure_lix("12 345, § 7").value == 0
    assert measure_lix("Utan punkt").sentences == 1
    assert measure_lix("Ett. Två? Tre!\n\nFyra").sentences == 4
    assert measure_lix("Det är 1.5 km till e-posten").words == 5


@pytest.mark.parametrize("page", HANDBOOK, ids=by_name)
def test_the_handbook_is_light_to_read(tables: ModuleType, page: Path) -> None:
    assert round(measure_lix(tables.running_text(page)).value) <= HEAVIEST


@pytest.mark.parametrize("file", CRITERIA, ids=by_name)
def test_the_questions_of_a_set_are_light_to_read(tables: ModuleType, file: Path) -> None:
    questions = tables.questions_of(file)
    assert round(measure_lix("\n\n".join(questions.values())).value) <= HEAVIEST
    for name, question in questions.items():
        if round(measure_lix(question).value) <= HEAVIEST:
            continue
        long = [word for word in re.findall(r"[^\W\d_]+", question) if len(word) > LONG_WORD]
        assert set(map(str.lower, long)) <= LONG_WORDS.keys(), name
        assert measure_lix(question).words <= SHORT_SENTENCE, f"{name}: divide the sentence, or find shorter words"


@pytest.mark.parametrize("file", CRITERIA, ids=by_name)
def test_heavy_guidance_is_explained(tables: ModuleType, file: Path) -> None:
    heavy = {name for name, text in tables.guidance_of(file).items() if round(measure_lix(text).value) > HEAVIEST}
    assert heavy <= GUIDANCE_OVER.keys(), "rewrite it, or say in the test why it is kept"


def test_no_explanation_is_left_over(tables: ModuleType) -> None:
    heavy = {
        name
        for file in CRITERIA
        for name, text in tables.guidance_of(file).items()
        if round(measure_lix(text).value) > HEAVIEST
    }
    assert set(GUIDANCE_OVER) == heavy


def test_the_criteria_are_read_whole(tables: ModuleType) -> None:
    for file in CRITERIA:
        asked = re.findall(r"^ +question:", file.read_text("utf-8"), re.MULTILINE)
        assert len(tables.questions_of(file)) == len(asked)
        assert yaml.safe_load(file.read_text("utf-8"))["language"] == "sv"
