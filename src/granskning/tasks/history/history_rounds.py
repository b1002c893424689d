"""The rounds of a folder at a commit, from what its files say of themselves: what counts in them and what speaks.

The same rules as for a folder that is loaded (`rounds`, `workspace.counting`, `scoring.rounds`), asked with less. A
file that could be read before and cannot any more keeps its round where it was: the round cannot be assessed, which
is another thing than a fall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.review import LeftOut
from granskning.model.rounds import date_of_round, order_in_round, round_order
from granskning.scoring.joining import choose_joining, stands_beside_reviews
from granskning.tasks.history.history_facts import FolderFacts, Member, RoundState
from granskning.workspace.counting import left_out_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from granskning.scoring.joining import Joining
    from granskning.tasks.history.history_facts import Facts, Found, Place, StrategyFacts
    from granskning.tasks.history.history_sets import Sets
    from granskning.tasks.history.history_walk import State

MISSING_SET = "GR303"
_NO_STRATEGY, _NO_EDITION = "GR301", "GR211"


class Rounds:
    """Makes up the rounds of a state, each when it has become another."""

    def __init__(self, facts: Mapping[str, Facts], strategies: Mapping[str, StrategyFacts | None], sets: Sets) -> None:
        self._facts = facts
        self._strategies = strategies
        self._sets = sets

    def area(self, state: State, strategy: str) -> str | None:
        """The area of a strategy; None where that is not known."""
        facts = self._facts_of(state, strategy)
        return None if facts is None else facts.area

    def _facts_of(self, state: State, strategy: str) -> StrategyFacts | None:
        """What the file in that folder says; None where it cannot be read, or says to be another strategy's."""
        facts = self._strategies.get(state.strategies.get(strategy, ""))
        return facts if facts is not None and facts.id == strategy else None

    def renew(self, state: State, places: Iterable[Place]) -> None:
        """Make up rounds anew."""
        for place in places:
            if state.rounds.get(place[0], {}).get(place[1]):
                state.made[place] = self._make(state, place)
            else:
                state.made.pop(place, None)

    def of(self, state: State, strategy: str) -> list[RoundState]:
        """The rounds of a strategy that any file is there of, the oldest first."""
        made = []
        for name, paths in state.rounds.get(strategy, {}).items():
            if paths:
                if (strategy, name) not in state.made:
                    self.renew(state, [(strategy, name)])
                made.append(state.made[strategy, name])
        return sorted(made, key=lambda item: round_order(item.name, item.date))

    def _make(self, state: State, place: Place) -> RoundState:
        strategy = self._facts_of(state, place[0])
        paths = sorted(state.rounds[place[0]][place[1]])
        ground = FolderFacts(tuple([(path, state.reviews[path]) for path in paths]), state.context, strategy)
        facts = [self._facts[blob] for _, blob in ground.blobs]
        was = state.made.get(place)
        if was is None or any(each.broken for each in facts) or not was.rests_on.is_same(ground, self._facts):
            return self._make_anew(state, place, ground, could_speak=was is not None and was.has_spoken)
        members = [
            member
            if member.blob == (blob := state.reviews[member.file])
            else Member(member.file, blob, self._facts[blob])
            for member in was.members
        ]
        return was._replace(members=tuple(members), is_judged=self._is_judged(state, facts, was.area))

    def _make_anew(self, state: State, place: Place, ground: FolderFacts, *, could_speak: bool) -> RoundState:
        strategy, name = place
        editions = ground.strategy.editions if ground.strategy else None
        readable: list[Member] = []
        known: list[Facts] = []
        left_out: dict[str, LeftOut] = {}
        for path in sorted(state.rounds[strategy][name]):
            facts = self._facts[state.reviews[path]]
            if not facts.broken:
                readable.append(Member(path, state.reviews[path], facts))
                known.append(facts)
                continue
            left_out[path] = LeftOut(path, strategy, name, facts.broken)
            sound = self._facts[state.sound[path]] if path in state.sound else None
            if sound is not None and sound.identity[:2] == place:
                known.append(sound)
        for review in readable:
            if code := self._lacking(state, review.facts, editions):
                left_out[review.file] = LeftOut(review.file, strategy, name, code)
        left_out |= left_out_beside(readable, left_out)
        dates = [(editions or {}).get(facts.edition) for facts in known]
        members, found, joining, is_joint = self._result(state, readable, left_out)
        return RoundState(
            name=name,
            date=date_of_round((facts.date for facts in known), dates),
            is_handed_in=any(facts.is_handed_in for facts in known),
            is_judged=self._is_judged(state, known, ground.strategy.area if ground.strategy else None),
            members=members,
            left_out=left_out,
            found=found,
            joining=joining,
            is_joint=is_joint,
            rests_on=ground,
            has_spoken=could_speak or found is not None,
        )

    def _is_judged(self, state: State, known: Iterable[Facts], area: str | None) -> bool:
        """Whether any answer to a question that is put is a level."""
        for facts in known:
            if facts.judged:
                aside = self._sets.not_put(self._sets.find(state.context, facts.criteria), facts.form, area)
                if not aside or any(name not in aside for name in facts.judged):
                    return True
        return False

    def _result(
        self, state: State, readable: Sequence[Member], left_out: dict[str, LeftOut]
    ) -> tuple[tuple[Member, ...], Found | None, Joining, bool]:
        """What the result of a round is made of, and whether it is one of several reviews."""
        inside = [review for review in readable if review.file not in left_out]
        inside.sort(key=lambda item: order_in_round(item.kind, item.reviewer, item.file))
        found = next(self._scorable(state, [*inside, *readable]), None)
        kinds, declared, is_whole = [review.kind for review in inside], found.reviewers if found else "", not left_out
        joining = choose_joining(kinds, declared, is_whole=is_whole)
        counted = sum(review.file not in left_out or not left_out[review.file].everywhere for review in readable)
        is_joint = found is not None and stands_beside_reviews(kinds, declared, counted=counted, is_whole=is_whole)
        return tuple(inside), found, joining, is_joint

    def _scorable(self, state: State, members: Iterable[Member]) -> Iterator[Found]:
        """The sets of reviews whose set is there."""
        for member in members:
            found = self._sets.find(state.context, member.criteria)
            if found.digest:
                yield found

    def _lacking(self, state: State, facts: Facts, editions: Mapping[str, str] | None) -> str:
        """The code for what a review names that is not there; empty where all is."""
        if editions is not None and facts.edition not in editions:
            return _NO_EDITION
        found = self._sets.find(state.context, facts.criteria)
        if not found.digest and found.broken == MISSING_SET:
            return MISSING_SET
        if editions is None:
            return _NO_STRATEGY
        return "" if found.digest else MISSING_SET
