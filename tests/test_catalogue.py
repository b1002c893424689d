"""The Swedish catalogue holds exactly what the code says, all of it translated."""

from __future__ import annotations

import gettext
import importlib.util
import io
import re
from importlib.machinery import SourceFileLoader
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from granskning.catalogue import Catalogue
from granskning.i18n import LOCALE

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = Path(__file__).parent.parent
FILE = LOCALE / "sv/LC_MESSAGES/messages.po"

# Where a word has no field in one form, since it says the number itself: "the only question".
SAYS_THE_NUMBER = frozenset({"Cannot be assessed: the only question has not been judged."})


@pytest.fixture(scope="module")
def po() -> ModuleType:
    """The script that extracts."""
    loader = SourceFileLoader("po", str(ROOT / ".ci/po"))
    spec = importlib.util.spec_from_loader("po", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def catalogue() -> Any:
    with FILE.open("rb") as text:
        return read_po(text)


@pytest.fixture(scope="module")
def compiled(catalogue: Any) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A message's one form, or its two."""
    return (text,) if isinstance(text, str) else tuple(text)


def entries(catalogue: Any) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each msgid with its translation."""
    return [(forms(message.id), forms(message.string)) for message in catalogue if message.id]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_catalogue_holds_what_the_code_says_and_no_more(po: ModuleType, catalogue: Any) -> None:
    said = {forms(message.id) for message in po.extract() if message.id}
    held = {one for one, _ in entries(catalogue)}
    assert (said - held, held - said) == (set(), set()), "run .ci/po, and translate what it lists"
    assert not catalogue.obsolete


def test_every_entry_is_translated(po: ModuleType, catalogue: Any) -> None:
    assert po.untranslated(catalogue) == []
    for one, other in entries(catalogue):
        assert len(one) == len(other), one
        assert all(form.strip() for form in other), one


def test_a_translation_has_the_fields_of_its_msgid(catalogue: Any) -> None:
    for one, other in entries(catalogue):
        for ours, theirs in zip(one, other, strict=True):
            expected = fields(one[-1]) - ({"count"} if one[0] in SAYS_THE_NUMBER and ours is one[0] else set())
            assert fields(theirs) == expected, ours


def test_a_translation_stands_in_the_same_place_of_a_sentence(catalogue: Any) -> None:
    for one, other in entries(catalogue):
        for ours, theirs in zip(one, other, strict=True):
            assert ours.endswith((".", "?", ":")) == theirs.endswith((".", "?", ":")), ours
            assert theirs == theirs.strip(), ours
            assert "“" not in theirs, "Swedish quotation marks are ” and ”"


@pytest.mark.parametrize("reader", [lambda data: gettext.GNUTranslations(io.BytesIO(data)), Catalogue])
def test_the_compiled_catalogue_loads_and_says_the_same(
    reader: Callable[[bytes], Any], catalogue: Any, compiled: bytes
) -> None:
    loaded = reader(compiled)
    for one, other in entries(catalogue):
        if len(one) == 1:
            assert loaded.gettext(one[0]) == other[0]
        else:
            told = [loaded.ngettext(one[0], one[1], number) for number in (1, 2, 0)]
            assert told == [other[0], other[1], other[1]]


def test_the_catalogue_in_use_is_not_an_old_one(compiled: bytes) -> None:
    assert FILE.with_suffix(".mo").read_bytes() == compiled, "run .ci/po"


def test_the_words_that_bind_are_used(catalogue: Any) -> None:
    words = {one[0]: other[0] for one, other in entries(catalogue)}
    assert words["the answer lacks a justification"] == "bedömningen saknar motivering"
    assert words["did you mean {suggestion}?"] == "menade du {suggestion}?"
    assert words["hint"] == "tips"
    assert words["cannot be assessed"] == "kan inte bedömas"
    assert words["not applicable"] == "kan inte tillämpas"


def test_words_are_found_where_babel_would_miss_or_mistake_them(po: ModuleType) -> None:
    code = b"""
t("one" if x else "other")
f"{t('within')}: {t(WORDS['a_key'])}"
session.t.plural("{count} day", "{count} days", len(days))
PAIR = {"night": ("{count} night", "{count} nights")}
N_("two "
   "lines")
"""
    found = [message for _, _, message, _ in po.python_words(io.BytesIO(code), po.KEYWORDS, (), options={})]
    assert found == [
        "one", "other", "within", ("{count} day", "{count} days"), ("{count} night", "{count} nights"), "two lines",
    ]  # fmt: skip


def test_templates_leave_plurals_to_the_code() -> None:
    for file in (ROOT / "templates").rglob("*.j2"):
        assert ".plural(" not in file.read_text("utf-8"), f"{file}: the extraction does not see plurals in templates"


def test_the_tool_that_compiles_the_catalogue_takes_it(catalogue: Any) -> None:
    """`50 % or` looks like a format to it, and then it refuses the whole file."""
    assert {message.id: [str(error) for error in errors] for message, errors in catalogue.check()} == {}


def test_words_of_a_translator_that_is_kept_under_another_name_are_found(po: ModuleType) -> None:
    """`self._t("…")` and `visit.page_t("…")` were passed over, so that a refusal was in English."""
    code = b'self._t("One.")\nvisit.page_t("Two.")\nvisit.t("Three.")\n'
    assert [word for _, _, word, _ in po.python_words(io.BytesIO(code), po.KEYWORDS, (), {})] == [
        "One.",
        "Two.",
        "Three.",
    ]


COUNTED_IN_OTHER_WORDS = {
    "{count} measures from one source", "{count} of {all}", "{count} of {names} → {levels}", "{count} more",
    "{count} more do not hold and are not shown.", "{count} of the questions {numbers} from {before} to {after}",
    "{count} moments of the results against git", "{words} (at most {count} words apart)",
    "{count} more findings in this file are not listed ({errors} errors, {warnings} warnings, {notices} notices)",
    "where none of the rules before it holds, this one always does, so {count} after it never decide",
    "Pages without a source: {edition}, {count} higher in the file.", "{left} of {count} remain",
    "{done} of {count} answered", "{ids} and {count} more",
    "the count can never reach {amount}: no more than {count} can be counted",
    "Of {count} actions from earlier rounds {done} are carried out.",
    "No question has been judged in all {count} reviews. The strategies are therefore not compared.",
    "{shown} of {count} strengths", "{shown} of {count} questions in the lower half of the scale",
    "The weakest is {target} ({result}): what is asked for is missing in {count} of {judged} judged questions.",
    "{subject} is strongest in {targets} ({result}): {count} of {judged} judged questions reach the highest level.",
}  # fmt: skip
"""Words that are right of one as of several, or stand only beside more than one."""
COUNTED_BY_ONE = re.compile(r"\{count\} (question|critical question|target picture|part)s?( that|$)")
"""Those that code takes by number itself, in pairs."""
MANY = {
    "the option {name} needs {count} values", "the answer has {count} values, more than can be right",
    "the answer has more than {count} pages", "there are {count} questions; a criteria set has at most {most}",
    "{count} hits.", "The first {shown} of {count} hits.",
}  # fmt: skip
"""Of limits, or with words of their own for one."""


def test_what_is_counted_has_words_for_one(catalogue: Any) -> None:
    """`1 saker hindrar det`: N_ knows no number, NN_ and plural do."""
    plain = {one.id for one in catalogue if isinstance(one.id, str) and re.search(r"\{count\} [a-z]", one.id)}
    known = COUNTED_IN_OTHER_WORDS | MANY
    assert {words for words in plain - known if not COUNTED_BY_ONE.search(words)} == set()
    assert known - plain == set()
