"""From steps to lines of time: which review each step is about, what happened to it, and what is to be scored.

A review is its strategy, round and reviewer, whatever its file is called; where these change, what git sees as a
renamed file keeps the line whole.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from granskning.model.review import least_far
from granskning.model.rounds import round_order, speaking_round
from granskning.scoring.joining import OF_ONE_REVIEW
from granskning.scoring.timeline import Timeline
from granskning.tasks.history.history_points import HistoryLine, HistoryPoint, moments_of
from granskning.tasks.history.history_rounds import MISSING_SET, Rounds
from granskning.tasks.history.history_scores import Ref

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from granskning.scoring.timeline import Event, Outcome
    from granskning.tasks.history.history_facts import Facts, Found, Identity, Place, RoundState, StrategyFacts
    from granskning.tasks.history.history_sets import Sets
    from granskning.tasks.history.history_walk import HistoryStep, State, Touch

_DOUBLED = "GR304"


class Lines:
    """All lines of a folder."""

    def __init__(
        self,
        facts: Mapping[str, Facts],
        strategies: Mapping[str, StrategyFacts | None],
        sets: Sets,
        begins: frozenset[str],
        language: str,
    ) -> None:
        self._facts = facts
        self._sets = sets
        self._begins = begins
        self._language = language
        self._made = Rounds(facts, strategies, sets)
        self._reviews: dict[Identity, HistoryLine] = {}
        self._rounds: dict[Place, HistoryLine] = {}
        self._strategies: dict[str, HistoryLine] = {}
        self._all: list[HistoryLine] = []
        self._contexts: dict[Ref, Mapping[str, str]] = {}
        self._dates: dict[Place, str] = {}
        """The latest date that each round has had."""
        self._last: tuple[RoundState, HistoryPoint] | None = None

    # --- one step -----------------------------------------------------------------------------------------------

    def add(self, step: HistoryStep) -> None:
        """Take in what a commit did."""
        state = step.state
        rescored = list(self._rescored(step)) if state.context is not step.context_before else []
        affected = dict.fromkeys(step.rounds)
        affected |= dict.fromkeys(state.places[path] for path in rescored)
        for strategy in step.strategies:
            affected |= dict.fromkeys((strategy, name) for name in state.rounds.get(strategy, {}))
        before = {place: state.made.get(place) for place in affected}
        self._made.renew(state, affected)
        self._touched(step)
        paths = {touch.path for touch in step.touched}
        for path in rescored:
            if path not in paths:
                self._append(self._line(state.names[path]), self._point(step, path, ("criteria",)))
        for place, was in before.items():
            self._recounted(step, place, was, paths.union(rescored))
        for strategy, round_ in affected:
            self._round(step, strategy, round_)
        for strategy in dict.fromkeys(strategy for strategy, _ in affected):
            self._strategy(step, strategy)

    def _touched(self, step: HistoryStep) -> None:
        """Take in the reviews whose files a commit changed."""
        gone = {touch.identity: touch for touch in step.touched if touch.blob is None}
        there = {touch.identity for touch in step.touched if touch.blob is not None}
        for touch in step.touched:
            if touch.blob is not None:
                self._touch(step, touch, gone.get(touch.identity))
            elif touch.identity not in there:  # else the same review under another path
                other = next((path for path, name in step.state.names.items() if name == touch.identity), None)
                if other is None:
                    self._touch(step, touch, None)

    def _recounted(self, step: HistoryStep, place: Place, was: RoundState | None, done: Collection[str]) -> None:
        """Take in the reviews that another file says something of now. `done` are told already.

        They count, or do not count any more, or their strategy is in another area, where other questions are put.
        """
        made = step.state.made.get(place)
        is_moved = made is not None and was is not None and made.area != was.area
        paths = (*made.left_out, *(was.left_out if was else ())) if made else ()
        for path in (*paths, *(step.state.rounds[place[0]][place[1]] if is_moved else ())):
            if path in done or step.state.places.get(path) != place or self._facts[step.state.reviews[path]].broken:
                continue
            code = made.code_of(path) if made else ""
            line = self._line(step.state.names[path])
            is_new = not line.points or line.points[-1].commit is not step.commit
            had_code = was.code_of(path) if was else ""
            if code != had_code and is_new:
                self._append(line, self._point(step, path, ("broken",) if code else ("mended",)))
            elif is_new and is_moved and self._is_by_area(step.state, path):
                self._append(line, self._point(step, path, ("changed",)))

    def _is_by_area(self, state: State, path: str) -> bool:
        return self._sets.find(state.context, self._facts[state.reviews[path]].criteria).is_by_area

    def _rescored(self, step: HistoryStep) -> Iterator[str]:
        """The reviews whose criteria set is another than before the step."""
        after, before = step.state.context, step.context_before
        for path, blob in sorted(step.state.reviews.items()):
            facts = self._facts[blob]
            if facts.broken or path not in step.state.names:
                continue
            one, other = self._sets.find(before, facts.criteria), self._sets.find(after, facts.criteria)
            if (one.digest, one.broken) != (other.digest, other.broken):
                yield path

    def _touch(self, step: HistoryStep, touch: Touch, gone: Touch | None) -> None:
        line = self._reviews.get(touch.identity)
        renamed = None
        if touch.blob is not None and touch.was and touch.was != touch.identity:
            earlier = self._reviews.get(touch.was)
            lives_on = touch.was in step.state.names.values()
            if line is None and earlier is not None and not lives_on:
                renamed = "/".join(touch.was)
                line = self._reviews[touch.identity] = earlier
                line.identity = touch.identity
        fresh = touch.before is None and touch.source is None and gone is None
        if line is not None and line.identity != touch.identity and fresh and touch.blob is not None:
            line = None  # the name was given up, and somebody uses it anew
        if line is None:
            line = HistoryLine(touch.identity)
            self._reviews[touch.identity] = line
            self._all.append(line)
        moved = touch.source or (gone.path if gone else None)
        events, source = self._events(step, touch, line, moved, renamed)
        point = self._point(step, touch.path, events) if touch.blob else HistoryPoint(step.commit, events, touch.path)
        point.source = source
        if point.code == _DOUBLED and line.points and line.points[-1].commit is step.commit:
            return  # told of the other file with the same identity
        self._append(line, point)

    def _events(
        self, step: HistoryStep, touch: Touch, line: HistoryLine, moved: str | None, renamed: str | None
    ) -> tuple[tuple[Event, ...], str | None]:
        last = line.points[-1] if line.points else None
        source = renamed or (moved if moved != touch.path else None)
        events = list(self._arrival(step, touch, last))
        if source:
            events.append("renamed" if renamed else "moved")
        if _is_merge(step):
            events.append("merged")
        if touch.blob is not None and self._code(step.state, touch.path):
            events.append("broken")
        elif last is not None and last.code and touch.blob:
            events.append("mended")
        if touch.blob in line.seen and last is not None and last.blob != touch.blob and "merged" not in events:
            events.append("reverted")
            source = source or line.seen[touch.blob]
        if not events:
            events.append("changed")
        if step.commit is None:
            events.insert(0, "uncommitted")
        return tuple(events), source

    def _arrival(self, step: HistoryStep, touch: Touch, last: HistoryPoint | None) -> Iterator[Event]:
        """Whether the review came or went."""
        if touch.blob is None:
            yield "deleted"
        elif last is None:
            yield self._birth(step)
        elif last.events[0] == "deleted":
            yield "reborn"

    def _birth(self, step: HistoryStep) -> Event:
        return "begins_here" if step.commit is not None and step.commit.id in self._begins else "added"

    def _code(self, state: State, path: str) -> str:
        """Why a review counts nowhere, other than for want of its set; empty where it counts."""
        facts = self._facts[state.reviews[path]]
        if facts.broken:
            return facts.broken
        made = state.made.get(state.places[path])
        code = made.code_of(path) if made else ""
        return "" if code == MISSING_SET else code

    def _point(self, step: HistoryStep, path: str, events: tuple[Event, ...]) -> HistoryPoint:
        """A review's point, with what it is to be scored with."""
        state = step.state
        blob = state.reviews[path]
        facts = self._facts[blob]
        if step.commit is None and events[0] != "uncommitted":
            events = ("uncommitted", *events)
        point = HistoryPoint(step.commit, events, path, facts=facts, blob=blob, code=self._code(state, path))
        if facts.broken:
            point.broken = (facts.broken, facts.line, path)
            return point
        point.status = facts.status
        found = self._sets.find(state.context, facts.criteria)
        if not found.digest:
            point.broken = (found.broken, 0, found.path or path)
        elif point.code:
            point.broken = (point.code, 0, path)
        else:
            point.ref = self._ref((blob,), found, state, facts.strategy)
        return point

    def _ref(
        self, blobs: tuple[str, ...], found_set: Found, state: State, strategy: str, *, is_joint: bool = False
    ) -> Ref:
        area = self._made.area(state, strategy) if found_set.is_by_area else None
        ref = Ref(blobs, found_set, self._language, is_joint, area)
        self._contexts.setdefault(ref, state.context)
        return ref

    def _append(self, line: HistoryLine, point: HistoryPoint) -> None:
        line.points.append(point)
        line.names.add(line.identity[0])
        if point.blob is not None:
            line.seen.setdefault(point.blob, point.commit.id if point.commit else None)

    def _line(self, identity: Identity) -> HistoryLine:
        line = self._reviews.get(identity)
        if line is None:
            line = self._reviews[identity] = HistoryLine(identity)
            self._all.append(line)
        return line

    # --- rounds and strategies ------------------------------------------------------------------------------------

    def _together(self, state: State, made: RoundState) -> HistoryPoint:
        """The point of a round, made once for its own line and for its strategy's."""
        if self._last is not None and self._last[0] is made:
            return copy(self._last[1])
        point = self._make_point(state, made)
        self._last = (made, point)
        return point

    def _make_point(self, state: State, made: RoundState) -> HistoryPoint:
        members = made.members
        point = HistoryPoint(None, ("changed",), round=made.name, reviews=len(members))
        point.left_out = tuple((item.file, item.code) for item in made.left_out.values())
        point.unassessed = made.cannot_be_assessed
        point.status = least_far(members[place].facts.status for place in made.joining.deciding)
        point.facts = members[0].facts if members else None
        inside = [members[place] for place in made.joining.members]
        point.answers = tuple((entry.reviewer, entry.facts.answers) for entry in inside)
        if made.chosen and made.found is not None:
            is_joint = made.joining.method not in OF_ONE_REVIEW
            point.ref = self._ref(made.chosen, made.found, state, members[0].strategy, is_joint=is_joint)
        return point

    def _round(self, step: HistoryStep, strategy: str, round_: str) -> None:
        line = self._rounds.get((strategy, round_))
        made = step.state.made.get((strategy, round_))
        if line is None:
            if made is None or not made.is_joint:
                return
            line = self._rounds[strategy, round_] = HistoryLine((strategy, round_, None), {strategy})
        self._follow(step, line, self._together(step.state, made) if made else None)

    def _strategy(self, step: HistoryStep, strategy: str) -> None:
        line = self._strategies.setdefault(strategy, HistoryLine((strategy, None, None), {strategy}))
        rounds = self._made.of(step.state, strategy)
        self._dates.update(((strategy, scored_round.name), scored_round.date) for scored_round in rounds)
        made = speaking_round([scored_round for scored_round in rounds if scored_round.has_spoken])
        if made is not None and made is line.made:
            return  # another round was changed, which says nothing of the strategy
        line.made = made
        if made is not None:
            self._follow(step, line, self._together(step.state, made))
        elif rounds and line.points:  # nothing is judged any more
            self._follow(step, line, HistoryPoint(None, ("changed",), unassessed=True))
        elif not rounds:
            self._follow(step, line, None)

    def _follow(self, step: HistoryStep, line: HistoryLine, point: HistoryPoint | None) -> None:
        """Add a point where something is another than before."""
        last = line.points[-1] if line.points else None
        if point is None:
            if last is not None and last.events[-1] != "deleted":
                point = HistoryPoint(None, ("deleted",))
            else:
                return
        elif last is None:
            point.events = (self._birth(step),)
        elif last.events[-1] == "deleted":
            point.events = ("reborn",)
        elif last.state == point.state:
            return
        else:
            point.events = (_happened(step, last, point),)
        point.commit = step.commit
        if step.commit is None:
            point.events = ("uncommitted", *point.events)
        line.points.append(point)

    # --- what came of it ------------------------------------------------------------------------------------------

    def strategies(self) -> list[str]:
        """The strategies that there is anything to tell of."""
        return sorted({name for line in (*self._all, *self._strategies.values()) for name in line.names})

    def _chosen(self, strategy: str | None) -> list[HistoryLine]:
        """The lines by strategy, which comes before its rounds, the oldest first, and each before its reviews."""
        lines = [*self._strategies.values(), *self._rounds.values(), *self._all]
        chosen = [line for line in lines if line.points and (strategy is None or strategy in line.names)]
        return sorted(chosen, key=self._order)

    def _order(self, line: HistoryLine) -> tuple[object, ...]:
        strategy, name, reviewer = line.identity
        if name is None:
            return (strategy,)
        date = self._dates.get((strategy, name), "")
        kind = next((point.facts.kind for point in reversed(line.points) if point.facts and not point.facts.broken), "")
        return (strategy, round_order(name, date), reviewer is not None, kind == "consensus", reviewer or "")

    def wanted(self, strategy: str | None) -> dict[Ref, Mapping[str, str]]:
        """All that must be scored, with the context that it was met in."""
        refs = (point.ref for line in self._chosen(strategy) for point in line.points)
        return {ref: self._contexts[ref] for ref in refs if ref is not None}

    def timelines(self, outcomes: Mapping[Ref, Outcome], strategy: str | None) -> tuple[Timeline, ...]:
        """The lines with their results."""
        return tuple(
            Timeline(*line.identity, tuple(moments_of(line, outcomes)), tuple(sorted(line.names)))
            for line in self._chosen(strategy)
        )


def _happened(step: HistoryStep, last: HistoryPoint, point: HistoryPoint) -> Event:
    """What made a round or a strategy another than it was."""
    is_broken, was_broken = (one.unassessed and bool(one.left_out) for one in (point, last))
    if is_broken and not was_broken:
        return "broken"
    if was_broken and not point.unassessed:
        return "mended"
    if step.state.context is not step.context_before and not step.touched:
        return "criteria"
    return "merged" if _is_merge(step) else "changed"


def _is_merge(step: HistoryStep) -> bool:
    return step.commit is not None and len(step.commit.parents) > 1
