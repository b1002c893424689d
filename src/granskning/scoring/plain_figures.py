"""Counts and shares over strategies as plain values for JSON: every key there, null where it has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Settings
    from granskning.scoring.figures import FigureGroup, PortfolioFigures

Plain = dict[str, Any]


def plain_figures(figures: PortfolioFigures, criteria: CriteriaSet, settings: Settings) -> Plain:
    """The figures over a folder's strategies."""
    without = dict(figures.without)
    return {
        "criteria": criteria.reference,
        "counted": list(figures.counted),
        "left_out": [{"strategy": name, "reason": reason} for name, reason in figures.left_out],
        "numbers": [
            {
                "id": number.id,
                "title": dict(number.title),
                "unit": dict(number.unit),
                "missing": list(without.get(number.id, ())),
            }
            for number in settings.numbers
        ],
        "figures": [
            {"of": figure.of or "total", "groups": [_group(group) for group in figure.groups]}
            for figure in figures.figures
        ],
    }


def _group(group: FigureGroup) -> Plain:
    return {
        "kind": group.kind,
        "id": group.id or None,
        "label": dict(group.label) or None,
        "count": len(group.strategies),
        "strategies": list(group.strategies),
        "share": float(group.share),
        "exact": str(group.share),
        "weighted": [
            {
                "number": weighted.number,
                "sum": float(weighted.sum),
                "share": None if weighted.share is None else float(weighted.share),
                "exact": None if weighted.share is None else str(weighted.share),
            }
            for weighted in group.weighted
        ],
    }
