"""What the report of a collection consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.reporting.blocks.frame import Framed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.model.collection.collection import Collection, OrganisationState
    from granskning.model.criteria import CriteriaSet
    from granskning.model.method import Text
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.blocks.grids import Grid
    from granskning.reporting.charts.chart import Profile
    from granskning.scoring.figures import GroupKind
    from granskning.scoring.national.national_figures import NationalFigures


@dataclass(frozen=True, slots=True)
class NationalMaterial:
    """All that the report is made of."""

    collection: Collection
    criteria: CriteriaSet
    """The yardstick."""
    of: str
    """The title of the organisation whose copy it is."""
    figures: NationalFigures
    organisations: tuple[OrganisationState, ...]
    ends: Mapping[str, Sequence[tuple[GroupKind, str, Text]]]
    """By target what results there can come to; nothing for bare numbers and profiles."""


@dataclass(frozen=True, slots=True)
class NationalReport(Framed):
    """All that the report of a collection may print."""

    kind: Literal["collection"]
    title_words: str
    below: str
    sentences: Paragraphs
    """What is known."""
    uncounted: Paragraphs
    """Why strategies are not counted."""
    profile: Profile | None
    """The share that takes up each target picture, drawn."""
    targets: Grid
    results: tuple[Grid, ...]
    """How many strategies come to each band or level."""
    incomparable: Grid | None
    """Where results are not compared, and why."""
    smallest: str
    """Which groups are not named, and why."""
    groups: tuple[Grid, ...]
    areas: tuple[Grid, ...]
    columns: Paragraphs
    """What the numbers above the columns of targets stand for."""
    ranks: Grid | None
    rank_notes: Paragraphs
    members: Grid
    """The organisations, and how it went with reading them."""
