"""The answers of a verification as text and as JSON."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_
from granskning.json_text import output_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator
    from granskning.tasks.proof.verification_report import VerificationAnswer, Verified

_QUESTIONS = {
    "sources": N_("The report and its own sources"),
    "git": N_("The sources and git"),
    "published": N_("The file and what has been published"),
}
_OUTCOMES = {
    "agrees": N_("agrees"),
    "cannot_be_tried": N_("cannot be tried"),
    "disagrees": N_("does not agree"),
}
_PROVES = N_(
    "This shows whether the file agrees with its sources, with git and with what was published. It does not show who "
    "made the file."
)
_WIDTH = 96


def as_text(verified: Verified, file: str, t: Translator) -> str:
    """The three answers, each with what was tried and what does not agree."""
    lines = [file, f"SHA-256 {verified.sha256}"]
    if verified.report is not None:
        lines.append(str(verified.report["title"]))
    for number, answer in enumerate(verified.answers, 1):
        lines += ["", f"{number}. {t(_QUESTIONS[answer.question])}: {t(_OUTCOMES[answer.outcome])}", *_told(answer, t)]
    lines += ["", *textwrap.wrap(t(_PROVES), _WIDTH)]
    return "\n".join(lines)


def as_json(verified: Verified, file: str, t: Translator) -> str:
    """The JSON that scripts may rely on."""
    answers = [
        {
            "question": answer.question,
            "outcome": answer.outcome,
            "tried": [said.text(t) for said in answer.tried],
            "remarks": [said.text(t) for said in answer.remarks],
            "disagreements": [
                {"where": _where(one.where, t), "message": one.said.text(t)} for one in answer.disagreements
            ],
        }
        for answer in verified.answers
    ]
    told: dict[str, Any] = {
        "file": file,
        "sha256": verified.sha256,
        "report": verified.report,
        "answers": answers,
        "proves": t(_PROVES),
    }
    return output_text("verify", told)


def _told(answer: VerificationAnswer, t: Translator) -> Iterator[str]:
    for one in answer.disagreements:
        yield from _wrap(f"{_where(one.where, t)}: {one.said.text(t)}", "   ✗ ")
    for said in answer.tried:
        yield from _wrap(t("tried: {what}", what=said.text(t)), "   ")
    for said in answer.remarks:
        yield from _wrap(said.text(t), "   ")


def _wrap(text: str, sign: str) -> list[str]:
    later = " " * len(sign)
    return textwrap.wrap(text, _WIDTH, initial_indent=sign, subsequent_indent=later, break_long_words=False)


def _where(place: str, t: Translator) -> str:
    """A place in words: a page is named as one, all else is a name already."""
    kind, _, number = place.partition(":")
    if kind == "page":
        return t("page {page}", page=number)
    return t("the pages") if place == "pages" else place
