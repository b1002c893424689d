"""Words for how far a round has come, and for what does not count and why (räknas inte): files and whole rounds.

The one owner of these sentences: terminal, page and reports all say them so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import Words
from granskning.i18n import N_
from granskning.wordings import STANDINGS, STATUSES, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.review import LeftOut
    from granskning.scoring.rounds import RoundCard

_REASONS = {
    "GR301": N_("its strategy cannot be read or is not there"),
    "GR303": N_("its criteria set cannot be read or is not there"),
    "GR211": N_("its edition is not there"),
    "GR304": N_("another file is the same review"),
    "GR305": N_("it is of another edition or another criteria version than its round"),
    "GR319": N_("the round has two joint reviews"),
}
_UNREAD = N_("it cannot be read, or has faults in its form")


def left_out_words(code: str) -> Words:
    """Why a file with the finding of that code does not count, as words that are translated where they are shown."""
    return Words(_REASONS.get(code, _UNREAD))


def left_out_reason(item: LeftOut, t: Translator) -> str:
    """Why a file does not count, with the code of the finding."""
    return code_reason(item.code, t)


def code_reason(code: str, t: Translator) -> str:
    """Why a file with the finding of that code does not count."""
    return f"{t(left_out_words(code))} ({code})"


def is_readable_yet_left_out(code: str) -> bool:
    """Whether the code is of a sound file that does not count for what is, or is not, beside it."""
    return code in _REASONS


def unassessed_reason(count: int, t: Translator) -> str:
    """Why a round has no joint result, in a few words; `count` is how many of its files do not count."""
    if count:
        files = t.plural("{count} file", "{count} files", count)
        return t("{files} of the round cannot be counted", files=files)
    return t("the joint review is not there")


def left_out_line(item: LeftOut, t: Translator) -> str:
    """That a file does not count, and why, as a sentence."""
    return t("Not counted: {file}, since {reason}.", file=item.file, reason=left_out_reason(item, t))


def unassessed_line(joint: RoundCard, t: Translator) -> str:
    """Why a round that should have a joint result has none, as a sentence; empty where it has one or wants none."""
    if not joint.cannot_be_assessed:
        return ""
    return t("Cannot be assessed: {reason}.", reason=unassessed_reason(len(joint.left_out), t))


def tell_round_status(joint: RoundCard, t: Translator) -> str:
    """How far a round has come, or why it has no result, in a few words."""
    if joint.missing:
        return t("The joint review is missing")
    if joint.cannot_be_assessed or joint.status is None:
        return label(STANDINGS, "cannot_be_assessed", t)
    return label(STATUSES, joint.status, t)


def faults_line(faults: Mapping[str, int], t: Translator) -> str:
    """That what a report rests on has findings, which exclude nothing; empty where it has none. Faults by file."""
    if not faults:
        return ""
    return t.plural(
        "FINDINGS. The check has {count} finding of a fault in {files}.",
        "FINDINGS. The check has {count} findings of faults in {files}.",
        sum(faults.values()),
        files=t.series(list(faults)),
    )
