"""Tables of shares: by target picture over all, by groups too large to give anybody away, and by organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model.rounds import name_order
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.charts.chart import Measured, draw_profile
from granskning.reporting.differences.change_words import why_words
from granskning.reporting.national.share_words import place_words, share_words
from granskning.reporting.wording.words import first_of
from granskning.scoring.national.national_figures import TakenUp, merged
from granskning.scoring.national.rank_intervals import rank_intervals
from granskning.scoring.national.small_groups import named_groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.charts.chart import Profile
    from granskning.reporting.national.national_values import NationalMaterial
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.national.national_figures import OrganisationFigures

_WIDEST = 8
"""So many columns of targets are beside each other on a page on its side."""


def target_name(target: str, words: Lexicon) -> str:
    """Number and title."""
    return f"{words.numbers[target]} {words.title(target)}"


def targets_of(material: NationalMaterial) -> list[str]:
    """The target pictures, in the order of the set."""
    return [target.id for target in material.criteria.targets]


def target_grid(material: NationalMaterial, words: Lexicon) -> Grid:
    """How many take up each target picture, by target."""
    t = words.t
    rows = []
    for name in targets_of(material):
        taken_up = material.figures.by_target[name].taken_up
        numbers = (taken_up.applicable, taken_up.carried, taken_up.lacking, taken_up.unknown)
        cells = (GridCell(target_name(name, words)), *(GridCell(t.whole(number)) for number in numbers))
        rows.append((*cells, GridCell(share_words(taken_up, t))))
    heads = (
        Head(t("Target picture")), Head(t("Strategies"), number=True), Head(t("Take it up"), number=True),
        Head(t("Judged and do not"), number=True), Head(t("Not settled"), number=True),
        Head(t("Share that take it up"), number=True),
    )  # fmt: skip
    return Grid(t("How many strategies take up each target picture"), heads, tuple(rows))


def target_profile(material: NationalMaterial, words: Lexicon, axis: Sequence[tuple[Fraction, str]]) -> Profile | None:
    """The same shares, drawn: a dot where all is settled, else a line from the lowest to the highest."""
    t = words.t
    measured = []
    for name in targets_of(material):
        taken_up = material.figures.by_target[name].taken_up
        if (share := taken_up.share) is None:
            measured.append(Measured(target_name(name, words), None, None, None, None, "", t("no strategy")))
            continue
        low, high = share
        value = low if low == high else None
        measured.append(Measured(target_name(name, words), value, None, low, high, share_words(taken_up, t), ""))
    if all(item.low is None for item in measured):
        return None
    shares = [t("{target}: {share}", target=item.name, share=item.shown) for item in measured if item.shown]
    question = t("How large a share of the strategies take up each target picture?")
    return draw_profile(question, "; ".join(shares), axis, measured)


def incomparable_grid(material: NationalMaterial, words: Lexicon) -> Grid | None:
    """Where results are not compared, and why; nothing where all are."""
    t = words.t
    rows = []
    for name in targets_of(material):
        for reasons, count in sorted(material.figures.by_target[name].incomparable.items()):
            why = why_words(reasons.split(","), t)  # type: ignore[arg-type]  # they are written so by the one who asks
            rows.append((GridCell(target_name(name, words)), GridCell(t.whole(count)), GridCell(why)))
    if not rows:
        return None
    heads = (Head(t("Target picture")), Head(t("Strategies"), number=True), Head(t("Why")))
    return Grid(t("Results that are not compared, since the organisation's copy of the set differs"), heads,
                tuple(rows))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grouping:
    """Strategies in groups: what the table is called, the groups in order with what they are called, and their shares.

    `sizes` are how many strategies are counted in each.
    """

    caption: str
    head: str
    names: Mapping[str, str]
    shares: Mapping[str, Mapping[str, TakenUp]]
    sizes: Mapping[str, int]


def group_grids(grouping: Grouping, material: NationalMaterial, words: Lexicon) -> tuple[Grid, ...]:
    """The shares by group and target picture, so many columns in each table as there is room for.

    Small groups are told of together; where that leaves fewer than two rows there is nothing to lay side by side, and
    no table.
    """
    t, least = words.t, material.collection.smallest_group
    names, shares = grouping.names, grouping.shares
    counted = {name: grouping.sizes.get(name, 0) for name in names}
    named = named_groups(counted, least)
    rest = [name for name in names if name not in named and counted[name]]
    lines = [(names[name], counted[name], shares.get(name, {})) for name in named]
    if rest:
        label = t("smaller groups, together") if named else t("all groups, together")
        lines.append((label, sum(counted[name] for name in rest), merged(shares, rest)))
    if len(lines) < 2:  # noqa: PLR2004  # a comparison takes two
        return ()
    targets = targets_of(material)
    grids = []
    for start in range(0, len(targets), _WIDEST):
        part = targets[start : start + _WIDEST]
        heads = (Head(grouping.head), Head(t("Strategies"), number=True),
                 *(Head(words.numbers[name], number=True) for name in part))  # fmt: skip
        rows = tuple(
            (GridCell(label), GridCell(t.whole(size)),
             *(GridCell(share_words(cells.get(name, TakenUp()), t)) for name in part))
            for label, size, cells in lines
        )  # fmt: skip
        grids.append(Grid(grouping.caption, heads, rows))
    return tuple(grids)


def rank_grid(material: NationalMaterial, words: Lexicon) -> tuple[Grid | None, Paragraphs]:
    """The organisations with their shares, and ranks as intervals; and what must be known of them."""
    t, collection = words.t, material.collection
    figures = {name: own for name, own in material.figures.by_organisation.items() if own.counted}
    ranked = {name: own for name, own in figures.items() if not own.incomparable and own.taken_up.share}
    titles = {state.organisation.id: state.title for state in material.organisations}
    named = named_groups({name: own.counted for name, own in ranked.items()}, collection.smallest_group)
    places = rank_intervals({name: share for name in named if (share := ranked[name].taken_up.share)})
    rows = [_rank_row(titles[name], ranked[name], place_words(places[name], len(named), t), t)
            for name in sorted(named, key=lambda name: name_order(titles[name].casefold()))]  # fmt: skip
    if rest := [own for name, own in ranked.items() if name not in places]:
        rows.append(_together(rest, words))
    notes = [
        t("A rank is the best and the worst place that an organisation can have, whatever comes of that which is not "
          "judged. Its share is of all its strategies and target pictures; a strategy that is not reviewed is not "
          "settled. Places that overlap say nothing of which is before the other."),
    ] if named else []  # fmt: skip
    unranked = [titles[name] for name, own in figures.items()
                if own.incomparable and own.counted >= collection.smallest_group]  # fmt: skip
    if unranked:
        notes.append(t("Not ranked, since their copies of the set differ: {organisations}.",
                       organisations=first_of(sorted(unranked), t)))  # fmt: skip
    heads = (
        Head(t("Organisation")), Head(t("Strategies counted"), number=True), Head(t("Of all"), number=True),
        Head(t("Share of target pictures taken up"), number=True), Head(t("Place"), number=True),
    )  # fmt: skip
    return (Grid(t("The organisations, by name"), heads, tuple(rows)) if named else None), tuple(notes)


def _rank_row(title: str, own: OrganisationFigures, place: str, t: Translator) -> tuple[GridCell, ...]:
    cells = (t.whole(own.counted), t.whole(own.every), share_words(own.taken_up, t), place)
    return (GridCell(title), *map(GridCell, cells))


def _together(rest: Sequence[OrganisationFigures], words: Lexicon) -> tuple[GridCell, ...]:
    """The organisations that are not named, as one row without a place."""
    t, taken_up = words.t, TakenUp()
    for own in rest:
        taken_up.include(own.taken_up)
    label = t.plural("{count} smaller organisation, not named", "{count} smaller organisations, together", len(rest))
    counted, every = sum(own.counted for own in rest), sum(own.every for own in rest)
    return (GridCell(label), GridCell(t.whole(counted)), GridCell(t.whole(every)), GridCell(share_words(taken_up, t)),
            GridCell("–"))  # fmt: skip
