"""What a criteria set says in vain or unclearly: the front door. Values and model in, findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.workspace.checks.check_views import Views, step_places
from granskning.workspace.effects.check_alike import check_alike
from granskning.workspace.effects.check_bands import check_bands
from granskning.workspace.effects.check_count_tables import check_count_tables
from granskning.workspace.effects.check_lengths import check_lengths
from granskning.workspace.effects.check_reach import ReachCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet


def check_meaning(values: dict[str, Any], criteria: CriteriaSet, *, is_sound: bool) -> Iterator[Finding]:
    """Yield what a reader of the set would take for something else than it is.

    A set that is not sound is held to its words alone: what its steps come to is not known.
    """
    yield from check_alike(values, criteria.file)
    if is_sound:
        seen = Views(criteria)
        places = list(step_places(values, criteria, seen))
        yield from check_lengths(values, criteria, places, seen)
        yield from check_count_tables(criteria, places, seen)
        if criteria.scoring.reviewers != "pooled":  # then every question has as many answers as there are reviewers
            yield from check_bands(criteria, places, seen)
        yield from ReachCheck(values, criteria, places, seen).check()
