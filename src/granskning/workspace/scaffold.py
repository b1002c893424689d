"""The text of a new review: every question with its levels as comments, ready to fill in.

Criteria × strategy × date in, text out. What it writes, `source.read` reads back to the same words.
"""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.i18n import Translator
from granskning.workspace.source import Reading, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model import Answer, CriteriaSet, Criterion, Review, Strategy, Target

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Request:
    """What a new review is to be. `earlier` is the review whose answers are carried over."""

    strategy: Strategy
    edition: str
    criteria: CriteriaSet
    round: str
    reviewer: str
    kind: str
    date: str
    short: bool = False
    earlier: Review | None = None
    schema_path: str = ""


def review_text(request: Request, language: str) -> str:
    """The whole file."""
    t = Translator(language)
    return "\n".join([*_head(request, t), *_answers(request, t)]) + "\n"


def prose(key: str, text: str, indent: int) -> list[str]:
    """The lines that give a key its running text, in a block that reads back to exactly that text."""
    pad = " " * indent
    if "\n" not in text and text == " ".join(text.split(" ")) and text == text.strip():
        folded = textwrap.wrap(
            text, _WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False, expand_tabs=False,
            replace_whitespace=False, drop_whitespace=True,
        )  # fmt: skip
        lines = [f"{pad}{key}: >-", *(f"{pad}  {line}" for line in folded)]
        if folded and _reads_back(lines, key, text):
            return lines
    if text and text == text.rstrip("\n"):
        lines = [f"{pad}{key}: |-", *(f"{pad}  {line}" if line else "" for line in text.split("\n"))]
        if _reads_back(lines, key, text):
            return lines
    return [f"{pad}{key}: {_quoted(text)}"]


def _quoted(text: str) -> str:
    """A double-quoted scalar in which everything that cannot be seen is written by its number."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


def _word(text: str) -> str:
    """A word or id, in quotation marks where it would not be read as text without."""
    reading = read(f"word: {text}\n")
    return text if reading.whole and not reading.faults and reading.value == {"word": text} else _quoted(text)


def _reads_back(lines: list[str], key: str, text: str) -> bool:
    reading: Reading = read(textwrap.dedent("\n".join(lines)) + "\n")
    return reading.whole and not reading.faults and reading.value == {key: text}


def _head(request: Request, t: Translator) -> Iterator[str]:
    if request.schema_path:
        yield f"# yaml-language-server: $schema={request.schema_path}"
    yield "schema: granskning/review/1"
    yield f"strategy: {_word(request.strategy.id)}"
    yield f"edition: {_word(request.edition)}"
    yield f"criteria: {request.criteria.reference}"
    yield f"round: {_word(request.round)}"
    yield f"reviewer: {_word(request.reviewer)}"
    yield f"kind: {request.kind}"
    yield "# " + t("status: draft, submitted (no empty answers) or approved")
    yield "status: draft"
    yield "# " + t("reading_depth: full_text, contents, web_summary, press_release or not_read")
    yield "reading_depth: not_read"
    yield f"date: {request.date}"
    if request.short:
        yield "form: short"
    yield from _guide(t)
    yield "answers:"


def _guide(t: Translator) -> Iterator[str]:
    """How an answer is written, in a comment of its own."""
    intro = t(
        "Each question is answered in exactly one way: a level, or one of not_applicable, insufficient_evidence and "
        "open with the reason. What is not yet looked at is left empty. A whole answer looks like this:"
    )
    yield from (f"# {line}" for line in textwrap.wrap(intro, _WIDTH - 2))
    yield "#   level: 1"
    yield "#   justification: >-"
    yield "#     " + t("Why this level, in your own words.")
    yield "#   evidence:"
    yield "#     - edition: remiss"
    yield "#       page: 14"
    yield "#       quote: >-"
    yield "#         " + t("Word for word from the text.")
    yield "#   recommendation: >-"
    yield "#     " + t("What the plan should say.")


def _answers(request: Request, t: Translator) -> Iterator[str]:
    for target in request.criteria.targets:
        criteria = [criterion for criterion in target.criteria if criterion.core or not request.short]
        if criteria:
            yield from _target_comment(target, t)
            for criterion in criteria:
                yield from _answer(request, criterion, t)


def _target_comment(target: Target, t: Translator) -> Iterator[str]:
    yield ""
    yield f"  # ----- {t.text(target.title)} -----"
    yield from (f"  # {line}" for line in textwrap.wrap(t.text(target.picture), _WIDTH - 4))


def _answer(request: Request, criterion: Criterion, t: Translator) -> Iterator[str]:
    yield ""
    yield from (f"  # {line}" for line in textwrap.wrap(t.text(criterion.question), _WIDTH - 4))
    for level in request.criteria.scale:
        text = f"{level.key} {t.text(level.label)}: {t.text(criterion.levels.get(level.key, {}))}"
        yield from textwrap.wrap(text, _WIDTH, initial_indent="  #   ", subsequent_indent="  #     ")
    yield f"  {criterion.id}:"
    earlier = request.earlier.answers.get(criterion.id) if request.earlier else None
    outside = criterion.applies_to and request.strategy.area not in criterion.applies_to
    if earlier is not None and earlier.state in ("assessed", "not_applicable") and request.earlier is not None:
        yield from _inherited(earlier, request.earlier.round, t)
    elif outside:
        area = t.text(request.criteria.areas.get(request.strategy.area, {})) or request.strategy.area
        yield from prose("not_applicable", t("The question is not put to strategies in the area {area}.", area=area), 4)
    else:
        yield "    level:"


def _inherited(answer: Answer, source: str, t: Translator) -> Iterator[str]:
    """An earlier answer carried over: it counts as open until somebody confirms it with `level:`."""
    yield "    # " + t("Carried over, and open until you confirm it: put level: in the place of inherited:")
    yield "    inherited:"
    yield f"      from: {_word(source)}"
    if answer.state == "assessed":
        yield f"      level: {answer.level}"
    else:
        yield from prose("not_applicable", answer.reason or "", 6)
    if answer.justification:
        yield from prose("justification", answer.justification, 4)
    if answer.evidence:
        yield "    evidence:"
        for item in answer.evidence:
            lines: list[str] = []
            for name in ("edition", "page", "pdf_page", "section", "address", "retrieved", "quote", "paraphrase"):
                value = getattr(item, name)
                if value is not None:
                    lines += _entry(name, value)
            yield from (f"      {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines))
    if answer.recommendation:
        yield from prose("recommendation", answer.recommendation, 4)


def _entry(name: str, value: str | int) -> list[str]:
    if name in ("quote", "paraphrase"):
        return prose(name, str(value), 0)
    if name == "page" and str(value).isdigit():
        return [f"page: {value}"]
    return [f"{name}: {value if isinstance(value, int) else _word(value)}"]
