"""Lines of time as table, JSON and CSV: the same results, to the same digits."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from granskning.json_text import JsonGroup, output_lines
from granskning.reporting.blocks.tables import Column, Table, table_of
from granskning.reporting.differences.event_labels import event_label
from granskning.reporting.tables.csv_text import csv_in_terminal
from granskning.reporting.tables.text_table import TextLayout, text_table
from granskning.scoring.results.card import SCORING_VERSION
from granskning.scoring.timeline import sparkline
from granskning.wordings import STANDINGS, STATUSES, name_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.reporting.blocks.tables import Row
    from granskning.scoring.timeline import Brief, Moment, Timeline
    from granskning.tasks.history.history import History

_SHORT = 8
_BREAK = "┊"
_HISTORY = table_of(
    "strategy", "round", "reviewer", "date", "commit", "author", "subject", "events", "status", "criteria", "target",
    "result", "band", "assessed", "applicable",
    integers=("assessed", "applicable"),
)  # fmt: skip


def as_json(history: History, t: Translator) -> Iterator[str]:
    """The contract's `granskning/history/1`, line by line since there may be much of it; a moment a line."""
    groups = (
        JsonGroup(
            {
                "strategy": line.strategy,
                "round": line.round,
                "reviewer": line.reviewer,
                "reviewer_title": t.role(line.reviewer) if line.reviewer else None,
            },
            "moments",
            ((_moment(moment), _score(moment)) for moment in line.moments),
        )
        for line in history.timelines
    )
    head = {"scoring": SCORING_VERSION, "shallow": history.is_shallow}
    return output_lines("history", head, "timelines", groups)


def _moment(moment: Moment) -> dict[str, Any]:
    named = _criteria(moment)
    broken = moment.broken and {"code": moment.broken[0], "file": moment.broken[2], "line": moment.broken[1]}
    return {
        "commit": moment.commit,
        "date": moment.date,
        "author": moment.author,
        "subject": moment.subject,
        "events": moment.events,
        "source": moment.source,
        "file": moment.file,
        "round": moment.round,
        "reviews": moment.reviews,
        "status": moment.status,
        "criteria": named and dict(zip(("id", "version", "hash"), named, strict=True)),
        "broken": broken,
        "left_out": [{"file": file, "code": code} for file, code in moment.left_out],
        "cannot_be_assessed": moment.unassessed,
    }


def _score(moment: Moment) -> str:
    """The results as they were written when they were worked out, which is once for each content."""
    return moment.outcome.full if moment.outcome and moment.outcome.full else '"total": null, "targets": []'


def _criteria(moment: Moment) -> tuple[str, str, str | None] | None:
    """The set that it was scored with, or that it names."""
    if moment.outcome is not None:
        return moment.outcome.criteria[:3]
    if moment.criteria is None:
        return None
    name, _, version = moment.criteria.partition("@")
    return name, version, None


def as_csv(history: History, t: Translator) -> str:
    """One row for each moment and target, and one for the whole."""
    rows = (row for line in history.timelines for moment in line.moments for row in _rows(line, moment, t))
    return csv_in_terminal(_HISTORY.filled(rows), t)


def _rows(line: Timeline, moment: Moment, t: Translator) -> Iterator[Row]:
    named = _criteria(moment)
    head = (
        line.strategy, line.round or moment.round, line.reviewer, moment.date, moment.commit, moment.author,
        moment.subject, " ".join(moment.events), moment.status, f"{named[0]}@{named[1]}" if named else None,
    )  # fmt: skip
    if moment.outcome is None:
        yield (*head, None, t(STANDINGS["cannot_be_assessed"]) if moment.unassessed else None, None, None, None)
        return
    for target, brief in (*moment.outcome.targets, ("", moment.outcome.total)):
        yield (*head, target, brief.shown, brief.band, brief.assessed, brief.applicable)


def as_table(history: History, t: Translator, *, verbose: bool) -> str:
    """A block for each line: how it went, then its moments."""
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    return "\n\n".join("\n".join(_block(one, t, width, verbose=verbose)) for one in history.timelines)


def _block(line: Timeline, t: Translator, width: int, *, verbose: bool) -> Iterator[str]:
    title = [line.strategy]
    if line.round is None:
        title.append(t("the strategy"))
    elif line.reviewer is None:
        title += [line.round, t("the round")]
    else:
        title += [line.round, name_role(line.reviewer, t)]
    named = {one.criteria for one in line.moments if one.criteria}
    if len(named) == 1:
        title.append(f"({named.pop()})")
    yield "  ".join(title)
    yield from _trends(line, t, width)
    yield from _moments(line, t, width, verbose=verbose)


# --- trends ---------------------------------------------------------------------------------------------------------


def _trends(line: Timeline, t: Translator, width: int) -> Iterator[str]:
    """A small trend line for the whole and for each target, with words for those who can't see it."""
    targets: dict[str, None] = {}
    for moment in line.moments:
        targets.update(dict.fromkeys(name for name, _ in moment.outcome.targets) if moment.outcome else {})
    rows = [(t("Total"), [one.outcome.total if one.outcome else None for one in line.moments])]
    for name in targets:
        told = [dict(one.outcome.targets).get(name) if one.outcome else None for one in line.moments]
        rows.append((name, told))
    rows = [(name, told) for name, told in rows if any(one is not None and one.middle is not None for one in told)]
    names = max((len(name) for name, _ in rows), default=0)
    sets = [one.outcome.criteria[3] if one.outcome else None for one in line.moments]
    bars = [_bars(told, sets, width // 3) for _, told in rows]
    longest = max(map(len, bars), default=0)
    for (name, told), bar in zip(rows, bars, strict=True):
        yield f"  {name:<{names}}  {bar:<{longest}}  {_words(told, sets, t)}".rstrip()
    if _BREAK in "".join(bars):
        yield "  " + t(
            "{mark} the criteria changed: what stands before can't be compared with what stands after", mark=_BREAK
        )


def _bars(briefs: Sequence[Brief | None], sets: Sequence[str | None], most: int) -> str:
    """The trend line, broken where the criteria changed; only the latest moments where there are many."""
    known = [one for one in briefs if one is not None and one.middle is not None]
    low, high = min(one.least for one in known), max(one.most for one in known)
    bars = sparkline([one.middle if one else None for one in briefs[-most:]], low, high)
    out, last = "", None
    for bar, digest in zip(bars, sets[-most:], strict=True):
        if digest is not None and last is not None and digest != last:
            out += _BREAK
        last = digest or last
        out += bar
    return out


def _words(briefs: Sequence[Brief | None], sets: Sequence[str | None], t: Translator) -> str:
    """Which way it went since the criteria were last changed."""
    latest = next((digest for digest in reversed(sets) if digest), None)
    first = len(sets)
    while first and sets[first - 1] in (None, latest):
        first -= 1
    known = [one for one in briefs[first:] if one is not None and one.middle is not None]
    if not known:
        return ""
    start, end = known[0], known[-1]
    if len(known) == 1 or start.shown == end.shown:
        varied = any(one.shown != end.shown for one in known)
        return t("{end}, as at first, with changes between", end=end.shown) if varied else end.shown
    if "–" in (start.shown + end.shown) or start.middle is None or end.middle is None:
        return t("from {start} to {end}", start=start.shown, end=end.shown)
    if end.middle > start.middle:
        return t("rose from {start} to {end}", start=start.shown, end=end.shown)
    return t("fell from {start} to {end}", start=start.shown, end=end.shown)


# --- moments --------------------------------------------------------------------------------------------------------


def _moments(line: Timeline, t: Translator, width: int, *, verbose: bool) -> Iterator[str]:
    columns = (
        Column("date", t("Date")), Column("commit", t("Commit")), Column("round", t("Round")),
        Column("result", t("Result")), Column("band", t("Band")), Column("judged", t("Judged")),
        Column("status", t("Status")), Column("criteria", t("Criteria")), Column("event", t("What happened")),
    )  # fmt: skip
    table = Table("", "", columns).filled(_cells(moment, t, verbose=verbose) for moment in line.moments)
    named = {moment.criteria or "" for moment in line.moments} - {""}
    needless = {name for name, *cells in zip(table.ids, *table.rows, strict=True) if not any(cells)}
    needless |= {"round"} if line.round is not None else set()
    needless |= {"criteria"} if len(named) == 1 else set()  # then it stands in the heading
    yield from text_table(table.without(*needless), TextLayout(width - len("  "), "event"))


def _cells(moment: Moment, t: Translator, *, verbose: bool) -> Row:
    status = t(STATUSES[moment.status]) if moment.status else ""
    date, commit = (moment.date or "")[:10] or "–", (moment.commit or "")[:_SHORT] or "–"
    what = event_label(moment, t, verbose=verbose)
    return (date, commit, moment.round or "", *_result(moment, t), status, moment.criteria or "", what)


def _result(moment: Moment, t: Translator) -> tuple[str, str, str]:
    if moment.outcome is None:
        return t(STANDINGS["cannot_be_assessed"]) if moment.unassessed else "–", "", ""
    total = moment.outcome.total
    told = t("{assessed} of {applicable}", assessed=total.assessed, applicable=total.applicable)
    return total.shown or "–", total.band, told
