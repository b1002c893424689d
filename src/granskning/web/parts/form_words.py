"""What is wrong in a review, in the words of the form: names of fields and choices, never keys, codes or commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.i18n import N_, NN_
from granskning.model.method import number_of
from granskning.wordings import STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.findings.finding import Finding

_ASK = N_("show it as text, or ask who keeps the folder")
_WORDS: dict[str, tuple[str, str]] = {
    # by code: the sentence, and what would be right
    "GR121": (N_("there is something here that the form does not know"), _ASK),
    "GR126": (N_("this cannot be saved as it is"), _ASK),
    "GR201": (N_("the justification is missing"), N_("write why, in the field Justification")),
    "GR202": (N_("evidence is missing"), N_("choose Add evidence, and say where in the text the level shows")),
    "GR203": (N_("the question is answered in two ways at once"), N_("keep one of them")),
    "GR204": (N_("“{state}” needs its reason"), N_("write it in the field below the choice")),
    "GR205": (N_("the question is not among those of the criteria set"), _ASK),
    "GR206": (N_("{level} is not a level of the scale"), N_("levels: {levels}")),
    "GR207": (
        N_("“{label}” cannot be chosen when the reading depth is {depth}"),
        N_("read the whole text, or choose “cannot be assessed” and say what was searched"),
    ),
    "GR208": (
        N_("the question cannot be set aside as not applicable"),
        N_("judge it, or choose “cannot be assessed” or “open” with the reason"),
    ),
    "GR209": (
        N_("the evidence does not say where it stands"),
        N_("choose edition and write page or section, or write address and when it was retrieved; not both"),
    ),
    "GR210": (N_("the evidence has neither quotation nor paraphrase"), N_("write one of them")),
    "GR212": (
        NN_("{count} question is not answered", "{count} questions are not answered"),
        N_("answer them, or choose “open” with the reason"),
    ),
    "GR213": (N_("the answer is carried over and has not been confirmed"), N_("choose a level")),
    "GR214": (N_("there is text but no judgement"), N_("choose a level, or “open” with the reason")),
    "GR218": (
        N_("the joint answer departs from all reviewers ({levels})"),
        N_("write in the field Justification what made the group judge otherwise"),
    ),
    "GR220": (
        N_("the review has changed since {role} approved it on {date}: {what}"),
        N_("take the change back, or approve it again"),
    ),
    "GR221": (N_("the review is called approved, but nobody has signed it off"), N_("approve it here")),
    "GR224": (
        N_("the question is not put to strategies in the area {area}, so the answer is in no figure"),
        N_("choose “not applicable” with the reason"),
    ),
    "GR226": (N_("the question is not among those that this review puts"), N_("the answer is in no figure")),
    "GR801": (
        N_("pages are given as evidence, but the text is said not to have been read"),
        N_("say under Reading depth how much was read"),
    ),
    "GR802": (
        N_("pages are given as evidence, but the text is said not to have been read"),
        N_("say under Reading depth how much was read"),
    ),
}


def level_words(key: str, label: str) -> str:
    """A level by number and word, `2 Delvis`; a key that is a word is for the files, and the label says it."""
    return label if label and number_of(key) is None else f"{key} {label}".strip() if label != key else key


def form_words(finding: Finding) -> tuple[str, str]:
    """The msgids of a finding's sentence and of its hint, as a form tells it."""
    return _WORDS.get(finding.rule.code, (finding.rule.message, finding.rule.hint))


def form_values(finding: Finding) -> Mapping[str, Any]:
    """The values of a finding, with states as the form calls them."""
    state = finding.values.get("state")
    if isinstance(state, str) and state in STATES:
        return {**finding.values, "state": Words(STATES[state])}
    return finding.values
