"""What a review comes to in its own version of a criteria set and in another: before and after, target by target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.tasks.folder.score import score_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator
    from granskning.model.workspace import Workspace
    from granskning.tasks.folder.score import ScoredReview


@dataclass(frozen=True, slots=True)
class MovedResult:
    """A target in words: what it came to, and what it comes to; empty where a version does not have it."""

    target: str
    title: str
    before: str
    after: str


def score_file(workspace: Workspace, file: str) -> ScoredReview | None:
    """One review scored; None where it, or what it is scored with, cannot be read."""
    own = tuple(review for review in workspace.reviews if review.file == file)
    return next(iter(score_all(replace(workspace, reviews=own))), None)


def moved_results(before: ScoredReview | None, after: ScoredReview | None, t: Translator) -> tuple[MovedResult, ...]:
    """The targets of both versions, those of the later one first; nothing where either cannot be scored."""
    if before is None or after is None:
        return ()
    earlier, later = (dict(_results(scored, t)) for scored in (before, after))
    return tuple(
        MovedResult(target, (later.get(target) or earlier[target])[0], earlier.get(target, ("", ""))[1],
                    later.get(target, ("", ""))[1])
        for target in dict.fromkeys((*later, *earlier))
    )  # fmt: skip


def _results(scored: ScoredReview, t: Translator) -> Iterator[tuple[str, tuple[str, str]]]:
    """By target its title, and its result with how many of its questions are judged."""
    lexicon = Lexicon(t, scored.criteria, scored.outline)
    titles = {target.id: t.name(target.title) for target in scored.criteria.all_targets}
    for target in scored.card.targets:
        result, judged = lexicon.result(target.score, target.id), lexicon.assessed(target.score)
        yield target.id, (titles[target.id], f"{result} ({judged})" if target.score.applicable and judged else result)
