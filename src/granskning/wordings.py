"""The words for what the files say with keys: states of answers, statuses, stages, depths, kinds, decisions.

Keys in, msgids out, as they stand inside a sentence; `label` gives them with a capital letter, for a cell or a form.
Nobody else words these keys, and the words are those of the contract: a test reads every module and template for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from granskning.i18n import N_
from granskning.language_tags import SIGN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.decision import Action
    from granskning.model.figure_cautions import Caution
    from granskning.model.lineage import ChangeKind
    from granskning.model.review import State

_Key = TypeVar("_Key", bound=str)

STATES: dict[State, str] = {
    "assessed": N_("judged"),
    "not_applicable": N_("not applicable"),
    "insufficient_evidence": N_("cannot be assessed"),
    "open": N_("open"),
    "inherited": N_("carried over"),
    "empty": N_("not answered"),
    "not_asked": N_("skipped"),
}
"""The states of an answer."""

WITHOUT_LEVEL: tuple[State, ...] = (
    "not_applicable",
    "insufficient_evidence",
    "open",
    "inherited",
    "empty",
    "not_asked",
)
"""The states that are told in words alone, in the order they are told."""

STATE_MEANINGS: dict[State, str] = {
    "not_applicable": N_("The question is not put to this text. It is left out of the sum and is not a zero."),
    "insufficient_evidence": N_("The question was looked at, but what was at hand is not enough for a judgement."),
    "open": N_("The question has not been judged, and the reason is given."),
    "inherited": N_("The answer comes from an earlier round and has not been confirmed. It counts as open."),
    "empty": N_("Nobody has looked at the question yet."),
    "not_asked": N_("The question is asked only if others have certain answers, and they have not. It counts nowhere."),
}

QUESTIONS_IN_STATE: dict[State, tuple[str, str]] = {
    "not_applicable": (
        "{count} question that is not applicable",
        "{count} questions that are not applicable",
    ),
    "insufficient_evidence": (
        "{count} question that cannot be assessed",
        "{count} questions that cannot be assessed",
    ),
    "open": ("{count} open question", "{count} open questions"),
    "inherited": (
        "{count} answer carried over, not confirmed",
        "{count} answers carried over, not confirmed",
    ),
    "empty": ("{count} question not answered", "{count} questions not answered"),
    "not_asked": ("{count} question that is not asked", "{count} questions that are not asked"),
}

STANDINGS: dict[str, str] = {
    "cannot_be_assessed": STATES["insufficient_evidence"],
    "not_applicable": STATES["not_applicable"],
    "profile": N_("profile"),
}
"""What stands in the place of a figure."""

DEPTHS: dict[str, str] = {
    "full_text": N_("the whole text"),
    "contents": N_("only the table of contents"),
    "web_summary": N_("only a summary on the web"),
    "press_release": N_("only a press release"),
    "not_read": N_("not read"),
}
"""How much was read, in a few words."""

FIGURE_CAUTIONS: dict[Caution, str] = {
    "no_values": N_("nothing fetched yet"),
    "not_by_sex": N_("not split by sex"),
    "one_sex": N_("one sex only"),
    "single_period": N_("a single period"),
    "national_only": N_("the nation only"),
    "no_own_area": N_("no figure of the folder's own area"),
    "small_numbers": N_("small numbers"),
    "unweighted": N_("unweighted means"),
    "preliminary": N_("preliminary"),
    "noise": N_("has the source's own notes"),
    "break": N_("a break in the series"),
    "gone": N_("some are gone at the source"),
    "retold": N_("some are retold by others than the producer"),
    "too_old": N_("older than the criteria set allows"),
    "discontinued": N_("updated no more at the source"),
    "may_have_ended": N_("may have ended: no newer period when fetched"),
    "due": N_("newer figures were to come: fetch them"),
    "no_service": N_("cannot be fetched: no known table has it"),
}
"""What a reader should know of an indicator's figures."""

READ: dict[str, str] = {
    "full_text": N_("The whole text has been read."),
    "contents": N_("Only the table of contents has been read."),
    "web_summary": N_("Only a summary on the web has been read."),
    "press_release": N_("Only a press release has been read."),
    "not_read": N_("The text has not been read."),
}

PACKAGE_KINDS: dict[str, str] = {
    "plan": N_("the plan itself"),
    "impact_assessment": N_("impact assessment"),
    "consultation_report": N_("report on the consultation"),
    "yearly_report": N_("yearly report or follow-up"),
    "decision": N_("decision papers"),
    "other": N_("another document"),
}
"""The documents that belong to a strategy."""

PACKAGE_READ: dict[str, str] = {**READ, "not_found": N_("The document was sought and not found.")}
"""What of such a document has been read."""

READ_REQUIRED: dict[str, str] = {
    "full_text": N_("A verdict takes that the whole text has been read."),
    "contents": N_("A verdict takes that at least the table of contents has been read."),
    "web_summary": N_("A verdict takes that at least a summary on the web has been read."),
    "press_release": N_("A verdict takes that at least a press release has been read."),
    "not_read": "",
}

READERS: dict[str, tuple[str, str]] = {
    "full_text": ("{count} reviewer has read the whole text", "{count} reviewers have read the whole text"),
    "contents": (
        "{count} reviewer has read only the table of contents",
        "{count} reviewers have read only the table of contents",
    ),
    "web_summary": (
        "{count} reviewer has read only a summary on the web",
        "{count} reviewers have read only a summary on the web",
    ),
    "press_release": (
        "{count} reviewer has read only a press release",
        "{count} reviewers have read only a press release",
    ),
    "not_read": ("{count} reviewer has not read the text", "{count} reviewers have not read the text"),
}

STAGES: dict[str, str] = {
    "draft": N_("draft"),
    "consultation": N_("consultation version"),
    "adopted": N_("adopted"),
    "revised": N_("revised"),
}
"""The stages of an edition."""

SET_STATUSES: dict[str, str] = {"proposal": N_("proposal"), "adopted": STAGES["adopted"]}
"""The status of a criteria set."""

STATUSES: dict[str, str] = {
    "draft": STAGES["draft"],
    "submitted": N_("submitted"),
    "approved": N_("approved"),
}
"""The status of a review."""

JOINT_REVIEW = N_("joint review")
"""What a review of the kind `consensus` is called; one of the kind `reviewer` is called by its role."""

ACTION_STATUSES: dict[str, str] = {
    "proposed": N_("proposed"),
    "accepted": N_("accepted"),
    "partly": N_("accepted in part"),
    "declined": N_("declined"),
    "ongoing": N_("under way"),
    "done": N_("done"),
}

ACTIONS_IN_STATUS: dict[str, tuple[str, str]] = {
    "proposed": ("{count} is proposed", "{count} are proposed"),
    "accepted": ("{count} is accepted", "{count} are accepted"),
    "partly": ("{count} is accepted in part", "{count} are accepted in part"),
    "declined": ("{count} is declined", "{count} are declined"),
    "ongoing": ("{count} is under way", "{count} are under way"),
    "done": ("{count} is done", "{count} are done"),
}

DECISIONS: dict[str, str] = {
    "accepts": N_("accepts"),
    "partly": N_("accepts in part"),
    "declines": N_("declines"),
}
"""What the owner answers an action."""

CHANGE_KINDS: dict[ChangeKind, str] = {
    "editorial": N_("the wording alone"),
    "clarified": N_("clarified, the same meaning"),
    "substantive": N_("another meaning"),
    "split": N_("split into several"),
    "merged": N_("merged with others"),
    "retired": N_("taken out of use"),
    "new": N_("a question that is new"),
}
"""What a criteria set says that a change to it was."""

DECIDED: dict[str, str] = {
    "accepts": N_("The owner accepts the action."),
    "partly": N_("The owner accepts the action in part."),
    "declines": N_("The owner declines the action."),
}


def label(table: Mapping[_Key, str], key: _Key, t: Translator) -> str:
    """The words for a key where they stand alone: with a capital first letter."""
    return capital(t(table[key]))


def tell_action_status(action: Action, t: Translator, *, late: bool = False) -> str:
    """How it goes with an action: its status, and that it is late or that nothing shows that it is done."""
    words = label(ACTION_STATUSES, action.status, t)
    if late:
        return t("{status}, late", status=words)
    if action.status == "done" and not action.is_done:
        return t("{status}, not shown", status=words)
    return words


def name_role(role: str, t: Translator) -> str:
    """A role in the terminal: the id that commands take, and its title where the folder has one."""
    title = t.role(role)
    return role if title.replace(" ", "-") == role else f"{role} – {title}"


def tell_reviewer(kind: str, role: str, t: Translator) -> str:
    """Whose review it is, inside a sentence: the role's title, or that it is the joint one."""
    return t(JOINT_REVIEW) if kind == "consensus" else t.role(role)


def name_reviewer(kind: str, role: str, t: Translator) -> str:
    """Whose review it is, where it stands alone."""
    return capital(tell_reviewer(kind, role, t))


def small(words: str) -> str:
    """The words with a small first letter, for use inside a sentence."""
    return words[:1].lower() + words[1:]


def capital(words: str) -> str:
    """The words with a capital first letter."""
    at = next((place for place, sign in enumerate(words) if sign.isalnum()), 0) if words.startswith(SIGN) else 0
    return words[:at] + words[at : at + 1].upper() + words[at + 1 :]


LANGUAGE_NAMES = {
    "sv": N_("Swedish"),
    "en": N_("English"),
    "fi": N_("Finnish"),
    "fit": N_("Meänkieli"),
    "se": N_("Northern Sami"),
    "smj": N_("Lule Sami"),
    "sma": N_("Southern Sami"),
    "rom": N_("Romani"),
    "yi": N_("Yiddish"),
    "nb": N_("Norwegian"),
    "nn": N_("Norwegian"),
    "da": N_("Danish"),
}
"""Languages by their tags."""
