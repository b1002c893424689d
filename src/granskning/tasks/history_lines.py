"""From steps to lines of time: which review each step is about, what happened to it, and what is to be scored.

A review is its strategy, round and reviewer, whatever its file is called; where these change, what git sees as a
renamed file keeps the line whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.scoring.timeline import Timeline
from granskning.tasks.history_points import Line, Point, moments_of
from granskning.tasks.history_scores import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.scoring.timeline import Event, Outcome
    from granskning.tasks.history_sets import Found, Sets
    from granskning.tasks.history_walk import Facts, Identity, State, Step, Touch

_JOINT = ("pooled", "mean", "median")
_ORDER = {"reviewer": 0, "consensus": 1}


class Lines:
    """All lines of a folder."""

    def __init__(self, facts: Mapping[str, Facts], sets: Sets, begins: frozenset[str], language: str) -> None:
        self._facts = facts
        self._sets = sets
        self._begins = begins
        self._language = language
        self._reviews: dict[Identity, Line] = {}
        self._rounds: dict[tuple[str, str], Line] = {}
        self._strategies: dict[str, Line] = {}
        self._all: list[Line] = []
        self._contexts: dict[Ref, Mapping[str, str]] = {}
        self._told: dict[tuple[str, str], tuple[Point, bool] | None] = {}
        """The rounds as they are at the step in hand."""

    # --- one step -----------------------------------------------------------------------------------------------

    def add(self, step: Step) -> None:
        """Take in what a commit did."""
        affected: dict[tuple[str, str], None] = {}
        gone = {touch.identity: touch for touch in step.touched if touch.blob is None}
        there = {touch.identity for touch in step.touched if touch.blob is not None}
        for touch in step.touched:
            if touch.blob is None and touch.identity in there:
                continue  # the same review under another path
            self._touch(step, touch, gone.get(touch.identity) if touch.blob is not None else None)
            affected[touch.identity[:2]] = None
            if touch.was:
                affected[touch.was[:2]] = None
        if step.state.context is not step.context_before:
            touched = {touch.path for touch in step.touched}
            for path in self._rescored(step):
                identity = step.state.names[path]
                affected[identity[:2]] = None
                if path not in touched:
                    self._append(self._line(identity), self._point(step, path, ("criteria",)))
        self._told.clear()
        for strategy, round_ in affected:
            self._round(step, strategy, round_)
        for strategy in dict.fromkeys(strategy for strategy, _ in affected):
            self._strategy(step, strategy)

    def _rescored(self, step: Step) -> Iterator[str]:
        """The reviews whose criteria set is another than before the step."""
        after, before = step.state.context, step.context_before
        for path, blob in sorted(step.state.reviews.items()):
            facts = self._facts[blob]
            if facts.broken or path not in step.state.names:
                continue
            one, other = self._sets.find(before, facts.criteria), self._sets.find(after, facts.criteria)
            if (one.digest, one.broken) != (other.digest, other.broken):
                yield path

    def _touch(self, step: Step, touch: Touch, gone: Touch | None) -> None:
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
            line = Line(touch.identity)
            self._reviews[touch.identity] = line
            self._all.append(line)
        moved = touch.source or (gone.path if gone else None)
        events, source = self._events(step, touch, line, moved, renamed)
        point = self._point(step, touch.path, events) if touch.blob else Point(step.commit, events, touch.path)
        point.source = source
        self._append(line, point)

    def _events(
        self, step: Step, touch: Touch, line: Line, moved: str | None, renamed: str | None
    ) -> tuple[tuple[Event, ...], str | None]:
        last = line.points[-1] if line.points else None
        source = renamed or (moved if moved != touch.path else None)
        events = list(self._arrival(step, touch, last))
        if source:
            events.append("renamed" if renamed else "moved")
        if _is_merge(step):
            events.append("merged")
        if touch.blob is not None and self._facts[touch.blob].broken:
            events.append("broken")
        elif last is not None and last.facts is not None and last.facts.broken and touch.blob:
            events.append("mended")
        if touch.blob in line.seen and last is not None and last.blob != touch.blob and "merged" not in events:
            events.append("reverted")
            source = source or line.seen[touch.blob]
        if not events:
            events.append("changed")
        if step.commit is None:
            events.insert(0, "uncommitted")
        return tuple(events), source

    def _arrival(self, step: Step, touch: Touch, last: Point | None) -> Iterator[Event]:
        """Whether the review came or went."""
        if touch.blob is None:
            yield "deleted"
        elif last is None:
            yield self._birth(step)
        elif last.events[0] == "deleted":
            yield "reborn"

    def _birth(self, step: Step) -> Event:
        return "begins_here" if step.commit is not None and step.commit.id in self._begins else "added"

    def _point(self, step: Step, path: str, events: tuple[Event, ...]) -> Point:
        """A review's point, with what it is to be scored with."""
        blob = step.state.reviews[path]
        facts = self._facts[blob]
        if step.commit is None and events[0] != "uncommitted":
            events = ("uncommitted", *events)
        point = Point(step.commit, events, path, facts=facts, blob=blob)
        if facts.broken:
            point.broken = (facts.broken, facts.line, path)
            return point
        point.status = facts.status
        found = self._sets.find(step.state.context, facts.criteria)
        if not found.digest:
            point.broken = (found.broken, 0, found.path or path)
            return point
        point.ref = self._ref((blob,), found, step.state.context)
        return point

    def _ref(self, blobs: tuple[str, ...], found: Found, context: Mapping[str, str]) -> Ref:
        ref = Ref(blobs, found, self._language)
        self._contexts.setdefault(ref, context)
        return ref

    def _append(self, line: Line, point: Point) -> None:
        line.points.append(point)
        line.names.add(line.identity[0])
        if point.blob is not None:
            line.seen.setdefault(point.blob, point.commit.id if point.commit else None)

    def _line(self, identity: Identity) -> Line:
        line = self._reviews.get(identity)
        if line is None:
            line = self._reviews[identity] = Line(identity)
            self._all.append(line)
        return line

    # --- rounds and strategies ------------------------------------------------------------------------------------

    def _members(self, state: State, strategy: str, round_: str) -> tuple[list[tuple[str, Facts]], Found | None]:
        """The reviews that can be laid together in a round, and the set that they share."""
        paths = state.rounds.get(strategy, {}).get(round_, ())
        held = [(blob, self._facts[blob]) for path in paths if (blob := state.reviews.get(path))]
        sound = [(blob, facts) for blob, facts in held if not facts.broken]
        sound = [one for one in sound if self._sets.find(state.context, one[1].criteria).digest]
        sound.sort(key=lambda one: (_ORDER.get(one[1].kind, 0), one[1].reviewer))
        if not sound:
            return [], None
        first = sound[0][1]
        shared = [one for one in sound if (one[1].edition, one[1].criteria) == (first.edition, first.criteria)]
        return shared, self._sets.find(state.context, first.criteria)

    def _together(self, state: State, strategy: str, round_: str) -> tuple[Point, bool] | None:
        """The point of a round, and whether it is a round of several or a single review."""
        members, found = self._members(state, strategy, round_)
        if found is None:
            return None
        joint = [one for one in members if one[1].kind == "consensus"]
        own = [one for one in members if one[1].kind != "consensus"]
        is_round = len(members) > 1 or bool(joint) or bool(found.reviewers)
        point = Point(None, ("changed",), round=round_, reviews=len(members))
        point.status = joint[0][1].status if joint else members[0][1].status if len(members) == 1 else None
        point.facts = members[0][1]
        chosen: tuple[str, ...] = ()
        if found.reviewers in _JOINT and own:
            chosen = tuple(blob for blob, _ in members)
        elif joint and found.reviewers != "none":
            chosen = (joint[0][0],)
        elif len(own) == 1 and found.reviewers in ("", *_JOINT):
            chosen = (own[0][0],)
        if chosen:
            point.ref = self._ref(chosen, found, state.context)
        return point, is_round

    def _round(self, step: Step, strategy: str, round_: str) -> None:
        line = self._rounds.get((strategy, round_))
        told = self._together(step.state, strategy, round_)
        self._told[strategy, round_] = told
        if line is None:
            if told is None or not told[1]:
                return
            line = self._rounds[strategy, round_] = Line((strategy, round_, None), {strategy})
        self._follow(step, line, replace(told[0]) if told else None)

    def _strategy(self, step: Step, strategy: str) -> None:
        line = self._strategies.setdefault(strategy, Line((strategy, None, None), {strategy}))
        rounds = sorted(step.state.rounds.get(strategy, {}), reverse=True)
        told = None
        for name in rounds:
            key = (strategy, name)
            told = self._told[key] if key in self._told else self._together(step.state, strategy, name)
            if told is not None:
                break
        self._follow(step, line, replace(told[0]) if told else None)

    def _follow(self, step: Step, line: Line, point: Point | None) -> None:
        """Add a point where something is another than before."""
        last = line.points[-1] if line.points else None
        if point is None:
            if last is not None and last.events[-1] != "deleted":
                point = Point(None, ("deleted",))
            else:
                return
        elif last is None:
            point.events = (self._birth(step),)
        elif last.events[-1] == "deleted":
            point.events = ("reborn",)
        elif (last.ref, last.status, last.round, last.reviews) == (point.ref, point.status, point.round, point.reviews):
            return
        elif step.state.context is not step.context_before and not step.touched:
            point.events = ("criteria",)
        elif _is_merge(step):
            point.events = ("merged",)
        point.commit = step.commit
        if step.commit is None:
            point.events = ("uncommitted", *point.events)
        line.points.append(point)

    # --- what came of it ------------------------------------------------------------------------------------------

    def strategies(self) -> list[str]:
        """The strategies that there is anything to tell of."""
        return sorted({name for line in (*self._all, *self._strategies.values()) for name in line.names})

    def _chosen(self, strategy: str | None) -> list[Line]:
        lines = [*self._strategies.values(), *self._rounds.values(), *self._all]
        chosen = [line for line in lines if line.points and (strategy is None or strategy in line.names)]
        return sorted(chosen, key=lambda line: tuple(part or "" for part in line.identity))

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


def _is_merge(step: Step) -> bool:
    return step.commit is not None and len(step.commit.parents) > 1
