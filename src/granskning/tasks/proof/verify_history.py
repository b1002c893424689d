"""Whether what a report says that git remembered is what git remembers: the moments held against git, one by one.

The report was made at some commit, and git has gone on since. So the history is read up to each commit that it may
have been made at: the last moment it tells of, the commit of its sources, each later merge, and the newest.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.git_at import later_merges
from granskning.errors import GranskningError, UsageError
from granskning.i18n import N_, Translator
from granskning.scoring.score_history import ScoreHistory, make_score_history, plain_moment
from granskning.tasks.history.history import read_history
from granskning.tasks.proof.verify_sources import read_memory, unlike
from granskning.tasks.reports.attachments import HISTORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from granskning.scoring.timeline import Moment
    from granskning.tasks.proof.verification_report import VerificationAnswer

_MOST_TOLD = 12
_SHORT = 8
_EVERY = 1 << 30
_Disagreement = tuple[str, str, dict[str, object]]


def try_history(
    answer: VerificationAnswer, root: Path, manifest: Mapping[str, Any], contents: Mapping[str, bytes]
) -> None:
    """Hold the moments of a strategy's report against git, where it tells of any or git says that it should."""
    if manifest["report"]["kind"] != "strategy":
        return
    told = read_memory(contents.get(HISTORY))
    name, t = manifest["report"]["strategy"], Translator(manifest["language"])
    nearest: list[_Disagreement] | None = None
    for at in _candidates(root, manifest["commit"], told):
        there = _remembered(root, name, at, t)
        if there is None:
            continue
        found = list(_compare(told, there))
        if nearest is None or len(found) < len(nearest):
            nearest = found
        if not found:
            break
    if nearest is None:
        answer.add_skipped(N_("The moments that git remembers cannot be tried, since the history here is not whole."))
        return
    untried = _untried(manifest, told)
    if nearest and untried:
        answer.add_skipped(untried, count=len(nearest))
        return
    for where, message, values in nearest[:_MOST_TOLD]:
        answer.add_mismatch(where, message, **values)
    if told.moments:
        answer.add_check(N_("{count} moments of the results against git"), count=len(told.moments))


def _untried(manifest: Mapping[str, Any], memory: ScoreHistory) -> str:
    """Why what differs from git may be nobody's fault; empty where nothing explains it."""
    if manifest["tool"]["version"] != __version__:
        return N_("The moments that git remembers cannot be tried with this version. Places that differ: {count}.")
    if memory.form != ScoreHistory().form:
        return N_(
            "The report chose its moments by an earlier rule, so they cannot be tried one by one. Places that differ:"
            " {count}."
        )
    return ""


def _candidates(root: Path, commit: str, memory: ScoreHistory) -> Iterator[str | None]:
    """The commits that the report may have been made at; None for the newest."""
    last = next((moment.commit for moment in reversed(memory.moments) if moment.commit), commit)
    yield from dict.fromkeys((last, commit))
    yield from later_merges(root, last)
    yield None


def _remembered(root: Path, strategy: str, at: str | None, t: Translator) -> ScoreHistory | None:
    """All moments up to a commit; None where the history is not whole, or git cannot tell."""
    try:
        history = read_history(root, t, name=strategy, at=at)
    except UsageError:
        return ScoreHistory()  # no review of it then
    except GranskningError:
        return None
    whole = not (history.is_shallow or history.is_damaged or history.damage)
    return make_score_history(history.timelines, strategy, _EVERY) if whole else None


def _compare(memory: ScoreHistory, git_memory: ScoreHistory) -> Iterator[_Disagreement]:
    """Where the report and git differ. Moments are the same when they are of the same commit."""
    ours = [moment for moment in memory.moments if "uncommitted" not in moment.events]
    every = [moment for moment in git_memory.moments if "uncommitted" not in moment.events]
    theirs = every[-len(ours) :] if ours else every
    if memory.earlier != len(every) - len(theirs) and ours:
        yield HISTORY, N_("{there} stands there; git gives {expected}"), {
            "there": f"earlier: {memory.earlier}", "expected": f"earlier: {len(every) - len(theirs)}",
        }  # fmt: skip
    known, git = {report_moment.commit for report_moment in ours}, {git_moment.commit for git_moment in theirs}
    for report_moment in ours:
        if report_moment.commit not in git:
            yield _named(report_moment), N_("git remembers no such moment"), {}
    for git_moment in theirs:
        if git_moment.commit not in known:
            yield _named(git_moment), N_("git remembers this moment, but the report does not tell of it"), {}
    if known == git:
        for one, other in zip_longest(ours, theirs):
            yield from _differing(one, other, memory.form)


def _differing(moment: Moment | None, other: Moment | None, form: int) -> Iterator[_Disagreement]:
    """What of a moment is another thing than git says."""
    if moment is None or other is None:
        return
    plain, expected = (json.loads(json.dumps(plain_moment(held, form))) for held in (moment, other))
    for where, there, should in unlike(plain, expected, _named(moment)):
        yield where, N_("{there} stands there; git gives {expected}"), {"there": there, "expected": should}


def _named(moment: Moment) -> str:
    """A moment by its date and commit, in the file that tells of it."""
    return f"{HISTORY}: {(moment.date or '?')[:10]} {(moment.commit or '?')[:_SHORT]}"
