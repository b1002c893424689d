"""Decided values as scoring names things: a label that somebody wrote becomes the id of its band or level."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.model.method import label_key
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from granskning.model.decision import Override
    from granskning.scoring.engine.plan import Plan

_WHOLE = "total"
"""How a decided value names the whole."""


def name_overrides(overrides: tuple[Override, ...], plan: Plan) -> tuple[Override, ...]:
    """The decided values, each with the id of the band or level that it is, or the number as it was written."""
    return tuple(_named(override, plan) for override in overrides)


def _named(override: Override, plan: Plan) -> Override:
    node = plan.nodes.get(TOTAL if override.of == _WHOLE else override.of)
    if node is None:
        return override
    levels = node.ladder.scale.levels if node.ladder else ()
    words = [(level.key, level.label) for level in levels] + [(band.id, band.label) for band in node.step.bands]
    key = label_key(override.result, words)
    return override if key is None else replace(override, result=key)
