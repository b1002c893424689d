"""Criteria sets and reviews drawn at random over the whole scoring language, as the values of their YAML files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from draws import below, pick
from hypothesis import assume
from hypothesis import strategies as st

from granskning.findings.severity import Severity
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.score import score_review
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.schema.modelling import criteria_set
from granskning.workspace.schema.modelling import review as make_review

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.scoring.results.card import Score, Scorecard

Values = dict[str, Any]

CALCULATING = (
    "mean", "sum", "product", "geometric_mean", "harmonic_mean", "power_mean", "trimmed_mean", "difference", "quotient",
    "share_of_possible",
)  # fmt: skip
NO_ROOTS = ("harmonic_mean", "power_mean")
OF_TWO = ("difference", "quotient")
CHOOSING = ("weakest", "best", "median")
DECIDING = ("table", "rules", "ladder")
EVERY = (*CALCULATING, "share_satisfied", *CHOOSING, *DECIDING, "none")
UNRESOLVED: tuple[Values, ...] = ({"open": "r"}, {}, {"inherited": {"from": "r0"}}, {"insufficient_evidence": "r"})
NUMBERS = (0, 0.5, 1, 1.5, 2, 3, 4, "50 %", "80 %")
AMOUNTS = ("50 %", "34 %", "all", "100 %")
FLIPPED = {"at_least": "fewer_than", "more_than": "at_most"}
TOTAL = ""
EVIDENCE = {"edition": "e", "page": 1, "quote": "q"}


class View(NamedTuple):
    """What a step sees of one of its parts."""

    id: str
    keys: tuple[Any, ...] = ()
    """The levels that it can be at; none for a number."""
    numbers: bool = False
    bands: tuple[str, ...] = ()
    is_negative: bool = False
    """Whether its number may be below 0."""
    weight: float = 1
    is_range: bool = False
    is_falling: bool = False


class Wish(NamedTuple):
    """What kind of sets are wanted."""

    methods: tuple[str, ...] = EVERY
    monotone: bool | None = None
    """Only what never falls as answers rise; None for either."""
    ranges: bool = True
    gates: int = 2
    criteria: int = 6
    nested: bool = True
    falling: bool = True
    """Whether points may fall as the number on a range rises."""
    asks: bool = True
    """Whether questions may be asked only if others have certain answers."""
    plain: bool = False
    """No prerequisites, bounds that shrink or normalised points."""


class Situation(NamedTuple):
    """A criteria set and the answers of one review of it, as in their files."""

    values: Values
    criteria: CriteriaSet
    answers: Mapping[str, Values]
    form: str = "full"

    def __repr__(self) -> str:
        """Only what it takes to see what went wrong."""
        return f"Situation({self.values}, {self.answers}, {self.form!r})"

    @property
    def review(self) -> Review:
        return review_of(self.answers, self.form)

    def answered(self, **answers: Values) -> Situation:
        return self._replace(answers={**self.answers, **answers})

    @property
    def unresolved(self) -> list[str]:
        """The criteria that are put and have no settled answer."""
        asked = [one for one in self.criteria.criteria if one.core or self.form != "short"]
        steps = {one.id: self.criteria.step_of(t) for t in self.criteria.all_targets for one in t.criteria}
        return [
            one.id
            for one in asked
            if not {"level", "not_applicable"} & self.answers[one.id].keys()
            and (
                "insufficient_evidence" not in self.answers[one.id] or steps[one.id].insufficient_evidence == "interval"
            )
        ]


def review_of(answers: Mapping[str, Values], form: str = "full", reviewer: str = "x", kind: str = "reviewer") -> Review:
    head = {"strategy": "p", "edition": "e", "criteria": "s@1.0.0", "round": "r", "reviewer": reviewer, "kind": kind}
    rest = {"status": "draft", "reading_depth": "full_text", "form": form, "answers": dict(answers)}
    return make_review(head | rest, "f")


def model_of(values: Values) -> CriteriaSet:
    return criteria_set(values, "criteria/s.yaml", "en")


def faults(values: Values, criteria: CriteriaSet) -> list[str]:
    """What `check` calls errors in a set."""
    found = check_criteria(values, criteria, ())
    return [f"{one.rule.code} {one.at}" for one in found if one.rule.severity is Severity.ERROR]


def card_of(situation: Situation) -> Scorecard:
    return score_review(situation.review, compile_criteria(situation.criteria))


def scores(card: Scorecard) -> dict[str, Score]:
    """All results by target, the total under the empty name."""
    return {TOTAL: card.total, **{target.id: target.score for target in card.targets}}


ANY = Wish()


def draw_set(draw: st.DrawFn, wish: Wish) -> tuple[Values, CriteriaSet]:
    """A sound criteria set, as values and as what is read from them."""
    values = _Maker(draw, wish).values()
    criteria = model_of(values)
    assume(not faults(values, criteria))
    return values, criteria


@st.composite
def sets(draw: st.DrawFn, wish: Wish = ANY) -> Values:
    """The values of a sound criteria set."""
    return draw_set(draw, wish)[0]


@st.composite
def situations(draw: st.DrawFn, wish: Wish = ANY, *, unresolved: int = 3) -> Situation:
    """A set and a review with at most so many answers that are not settled."""
    values, criteria = draw_set(draw, wish)
    form = pick(draw, ("full", "full", "full", "short"))
    return Situation(values, criteria, draw(reviews(values, criteria, unresolved)), form)


@st.composite
def reviews(draw: st.DrawFn, values: Values, criteria: CriteriaSet, unresolved: int) -> dict[str, Values]:
    """The answers of one review."""
    answers: dict[str, Values] = {}
    left = unresolved
    for target in criteria.all_targets:
        step = criteria.step_of(target)
        for one in target.criteria:
            options = ["level"] * 5 + ["not_applicable"] * one.not_applicable
            settles = step.insufficient_evidence != "interval"
            options += ["insufficient_evidence"] * settles + ["unresolved"] * 2 * bool(left)
            state = pick(draw, options)
            if state == "level":
                answers[one.id] = {"level": pick(draw, levels_of(values, one.scale))}
                if one.without_evidence:
                    answers[one.id] |= pick(draw, ({}, {"evidence": [EVIDENCE]}))
            elif state == "unresolved":
                left -= 1
                answers[one.id] = dict(pick(draw, UNRESOLVED[:3] if settles else UNRESOLVED))
            else:
                answers[one.id] = {state: "r"} | pick(draw, ({}, {"justification": "j"}))
    return answers


def levels_of(values: Values, scale: str) -> list[Any]:
    """What an answer can be; of a range some numbers, among them all where something turns."""
    if not scale and "scale" in values:
        return [one["value"] for one in values["scale"]]
    raw = next(one for one in values["scales"] if scale in ("", one["id"]))
    if "levels" in raw:
        return [one["value"] for one in raw["levels"]]
    span = raw["range"]
    wanted = {
        span["from"],
        span["to"],
        2.5,
        7,
        9.5,
        *(one.get("at", one.get("above")) for one in raw.get("points", [])),
    }
    if "step" not in span:
        wanted |= {0.25, 3.3}
    return sorted(one for one in wanted if one >= span["from"] and (span.get("step") != 1 or one == int(one)))


class _Maker:
    """Draws one set, from its scales to its gates."""

    def __init__(self, draw: st.DrawFn, wish: Wish) -> None:
        self.draw = draw
        self.wish = wish
        self.monotone = wish.monotone if wish.monotone is not None else self.chance(2)
        self.left = wish.criteria
        self.scales: dict[str, View] = {}
        self.views: dict[str, View] = {}
        """Of criteria, and of targets whose step is drawn."""
        self.asked: list[View] = []
        self.drawn: list[str] = []
        """The targets whose step is drawn, in that order: what is drawn later may name them."""
        self.classes: list[str] = []
        self.class_of: dict[str, str] = {}
        self.critical: set[str] = set()
        self.counted: frozenset[str] = frozenset()
        """The critical ones for the step being drawn."""
        self.normalised = False
        self.shared: dict[str, Values] = {}

    def pick(self, options: Sequence[Any]) -> Any:
        """One of these; what is simplest is the first."""
        return pick(self.draw, options)

    def chance(self, of: int) -> bool:
        """Once in so many times; what is simplest is no."""
        return self.draw(below(of)) == of - 1

    def values(self) -> Values:
        head: Values = {
            "schema": "granskning/criteria/1",
            "id": "s",
            "version": "1.0.0",
            "title": "S",
            "language": "en",
        }
        head |= self.make_scales()
        if self.chance(3):
            self.classes = ["k1", "k2"]
            head["classes"] = [
                {"id": "k1", "title": "K", "weight": {"value": self.pick([1, 2, 0.5]), "why": "w"}},
                {"id": "k2", "title": "K"},
            ]
        targets = [self.structure(letter, 1) for letter in "abc"[: self.pick([1, 2, 2, 3])]]
        if not any(self.views[one["id"]].weight for one in targets):
            targets[0].pop("weight")
            self.views["a"] = self.views["a"]._replace(weight=1)
        scoring: Values = {}
        self.whole(scoring)
        self.steps(targets)
        own = [self.views[one["id"]] for one in targets]
        method, _ = self.step([own], self.asked, TOTAL)
        scoring["targets"] = method
        if len(own) > 1 and self.chance(6):
            method["over"] = "criteria"
            scoring["targets"] = self.step([self.asked], self.asked, TOTAL)[0] | {"over": "criteria"}
        scoring["criteria"] = self.shared.get("criteria", {"method": "none"})
        if "subtargets" in self.shared:
            scoring["subtargets"] = self.shared["subtargets"]
        gates = self.gates()
        if gates:
            scoring["gates"] = gates
        return head | {"targets": targets, "scoring": scoring}

    # --- scales -------------------------------------------------------------------------------------------------------

    def make_scales(self) -> Values:
        numbers = self.pick([(0, 1), (0, 1, 2, 3), (0, 1, 2), (1, 2, 3), (0, 0.5, 1), (-1, 0, 2), (0, 2, 2.5)])
        usual = [{"value": one, "label": "L"} for one in numbers]
        words = [{"value": key, "label": key} for key in "DCBA"]
        points = self.pick([(0, 1, 2, 3), (1, 2, 2, 5), (0, 0.5, 1, 4)])
        graded = [one | {"points": number} for one, number in zip(words, points, strict=True)]
        fine = [
            {"value": key, "label": key, "points": n} for n, key in enumerate(["D", "D+", "C", "C+", "B", "B+", "A"])
        ]
        scales: list[Values] = [
            {"id": "grade", "levels": graded},
            {"id": "fine", "levels": fine},
            {"id": "word", "levels": [{"value": key, "label": key} for key in ("no", "part", "yes")]},
        ]
        if self.wish.ranges:
            scales.append(self.make_range())
        scales = self.pick([scales, scales, scales[::-1]])
        usual_first = self.chance(4)
        for scale in scales:
            self.scales[scale["id"]] = self.view_of(scale)
        if usual_first:
            self.scales[""] = next(iter(self.scales.values()))
            return {"scales": scales}
        self.scales[""] = self.view_of({"levels": usual})
        return {"scale": usual, "scales": scales}

    @staticmethod
    def view_of(scale: Values) -> View:
        if "range" in scale:
            gives = [one["gives"] for one in scale.get("points", [])]
            return View("", numbers=True, is_range=True, is_falling=gives != sorted(gives))
        points = [one.get("points", one["value"]) for one in scale["levels"]]
        numbers = all(not isinstance(one, str) for one in points)
        return View(
            "", tuple(one["value"] for one in scale["levels"]), numbers, is_negative=numbers and min(points) < 0
        )

    def make_range(self) -> Values:
        scale: Values = {"id": "number", "range": {"from": 0, "to": 10}}
        step = self.pick([None, 0.5, 1])
        if step:
            scale["range"]["step"] = step
        between = self.pick([None, "line", "step", "log"])
        if between is None:
            return scale
        if between == "log":
            scale["range"]["from"] = self.pick([0, 1])
        ats = self.pick([(1, 10), (1, 5, 10), (2, 4, 8)] if between == "log" else [(0, 10), (0, 5, 10), (1, 5, 9)])
        gives = self.pick([(0, 1, 4), (0, 2, 3), (1, 1, 2)])[: len(ats)]
        if self.wish.falling and self.chance(3):
            gives = self.pick([gives[::-1], (0, 3, 1)[: len(ats)]])
        scale["between"] = between
        scale["points"] = [
            {self.pick(["at", "at", "above"]) if between == "step" else "at": at, "gives": give}
            for at, give in zip(ats, gives, strict=True)
        ]
        return scale

    # --- targets ------------------------------------------------------------------------------------------------------

    def structure(self, name: str, depth: int) -> Values:
        target: Values = {"id": name, "title": "T"}
        weight = self.weight()
        if weight != 1:
            target["weight"] = {"value": weight, "why": "w"}
        kinds = ["criteria", "criteria"] + (
            ["targets", "both"] if self.wish.nested and depth < 3 and self.left > 1 else []
        )
        kind = self.pick(kinds)
        if kind != "targets":
            count = max(1, min(self.left, self.pick([1, 2, 2, 3])))
            scale = self.pick(["", "", *self.scales])
            target["criteria"] = [self.criterion(f"{name}-q{n}", scale) for n in range(count)]
            if not any(self.views[one["id"]].weight for one in target["criteria"]):
                self.set_weight(target["criteria"][0], 1)
        if kind != "criteria":
            target["targets"] = [self.structure(f"{name}-{n}t", depth + 1) for n in range(self.pick([1, 2]))]
            if kind == "targets":
                first = target["targets"][0]
                first.pop("weight", None)
                self.views[first["id"]] = self.views[first["id"]]._replace(weight=1)
        self.views[name] = View(name, weight=weight)
        return target

    def set_weight(self, criterion: Values, weight: float) -> None:
        criterion["weight"] = weight
        view = self.views[criterion["id"]]._replace(weight=weight)
        self.views[criterion["id"]] = view
        self.asked = [view if one.id == view.id else one for one in self.asked]

    def weight(self) -> float:
        weight: float = self.pick([1, 1, 1, 1, 2, 3, 0, 0.5, 1.25])
        return weight

    def criterion(self, name: str, scale: str) -> Values:  # noqa: C901  # a key each
        self.left -= 1
        scale = self.pick([scale, scale, scale, *self.scales])
        criterion: Values = {"id": name, "question": "Q"}
        if scale:
            criterion["scale"] = scale
        weight = self.weight()
        if weight != 1:
            criterion["weight"] = {"value": weight, "why": "w"}
        if self.classes and self.chance(2):
            criterion["class"] = self.class_of[name] = self.pick(self.classes)
            criterion.setdefault("weight", 1)
        if self.chance(3):
            criterion["critical"] = True
            self.critical.add(name)
        if self.chance(2):
            criterion["core"] = True
        if self.chance(2):
            criterion["not_applicable"] = "allowed"
            if self.chance(4):
                criterion["not_applicable"] = self.pick(["exclude", "satisfied", "absent", "satisfied_if_justified"])
        if self.chance(5):
            own = self.scales[scale]
            criterion["without_evidence"] = self.level(own)
            if own.keys and not self.monotone and self.chance(2):
                criterion["without_evidence"] = {self.pick(own.keys): self.level(own)}
        own = self.scales[scale]._replace(id=name, weight=weight)
        if self.asked and not self.wish.plain and not own.is_falling and self.chance(7):
            other = self.pick(self.asked)
            criterion["prerequisites"] = [
                {"criterion": other.id, "at_least": self.level(other), "otherwise": self.level(own)}
            ]
        if self.asked and not self.wish.plain and self.wish.asks and not self.monotone and self.chance(6):
            criterion["asked_if"] = self.asking(1)
        self.views[name] = own
        self.asked.append(own)
        return criterion

    def asking(self, depth: int) -> Values:
        """What a question is asked by: answers to those before it."""
        kind = self.pick(["criterion", "part", *(["all", "any", "not"] if depth else [])])
        if kind in ("all", "any"):
            return {kind: [self.asking(depth - 1) for _ in range(2)]}
        if kind == "not":
            return {"not": self.asking(depth - 1)}
        other = self.pick(self.asked)
        word = self.pick(["at_least", "above", "at_most", "below", "is"])
        return {kind: other.id, word: self.level(other)}

    def level(self, view: View) -> Any:
        return self.pick(view.keys or ((1, 5, 9, 10)))

    # --- steps --------------------------------------------------------------------------------------------------------

    def whole(self, scoring: Values) -> None:
        """What holds for all steps."""
        meanings: list[Any] = ["exclude"] * 5 + ["satisfied", "satisfied_if_justified", "absent"]
        shared = [key for key in self.scales[""].keys if all(key in one.keys for one in self.asked)]
        meanings += [{"level": key} for key in shared] + ([] if self.wish.plain else ["shrink_bounds"])
        meaning = self.pick(meanings)
        if meaning != "exclude":
            scoring["not_applicable"] = meaning
        lacking = self.pick(["interval"] * 4 + ["lowest", "unsatisfied", "exclude"])
        if lacking != "interval":
            scoring["insufficient_evidence"] = lacking
        if self.chance(4):
            scoring["bands"] = self.bands([], self.asked)
        if self.chance(4):
            scoring["rounding"] = self.rounding()
        if self.chance(5):
            scoring["bands_on"] = "rounded"
        self.scoring = scoring
        self.normalised = not self.wish.plain and self.chance(7)
        if self.normalised:
            scoring["normalise"] = self.pick([{"from": 0, "to": 1}, {"from": 0, "to": 100}, {"from": 1, "to": 5}])

    def rounding(self) -> Values:
        rounding: Values = {
            "decimals": self.pick([0, 1, 1, 2]),
            "mode": self.pick(["half_up", "truncate", "capped", "up"]),
        }
        return rounding | ({"percent": True} if self.chance(4) else {})

    def steps(self, targets: Sequence[Values]) -> None:
        """A step for each target, its own or one that several share; those below first."""
        ordered = list(_bottom_up(targets))
        sharing = [one for one in ordered if self.chance(2)]
        for kind in ("criteria", "subtargets"):
            users = [one for one in sharing if ("criteria" in one) == (kind == "criteria")]
            users = [one for one in users if not one.get("targets")] if kind == "criteria" else users[:1]
            sharing = [one for one in sharing if ("criteria" in one) != (kind == "criteria") or one in users]
            if kind == "criteria" and users:
                groups = [self.parts_of(one) for one in users]
                step, result = self.step(groups, self.asked, None)
                self.shared[kind] = step
                for user, group in zip(users, groups, strict=True):
                    self.told(user, result(group))
        for target in ordered:
            name = target["id"]
            if name in self.drawn:
                continue
            self.share(target)
            group = self.parts_of(target)
            over = bool(target.get("targets")) and self.chance(6)
            if over:
                group = self.beneath(target)
                group += [self.views[one] for one in target.get("counts_also", []) if one not in self.drawn]
                group = [one for one in {view.id: view for view in group}.values() if one.weight]
            step, result = self.step([group], self.asked, name)
            if over:
                step["over"] = "criteria"
            if target in sharing and "criteria" not in target and not over and "subtargets" not in self.shared:
                self.shared["subtargets"] = step
            else:
                target["scoring"] = step
            self.told(target, result(group))

    def told(self, target: Values, view: View) -> None:
        self.views[target["id"]] = view._replace(id=target["id"], weight=self.views[target["id"]].weight)
        self.drawn.append(target["id"])

    def share(self, target: Values) -> None:
        """Let something count in the target too that belongs elsewhere."""
        own = [one["id"] for key in ("criteria", "targets") for one in target.get(key, [])]
        others = [one.id for one in self.asked if one.id not in own] + [one for one in self.drawn if one not in own]
        if others and not self.wish.plain and self.chance(6):
            target["counts_also"] = [self.pick(others)]

    def parts_of(self, target: Values) -> list[View]:
        parts = [self.views[one["id"]] for key in ("criteria", "targets") for one in target.get(key, [])]
        parts += [self.views[one] for one in target.get("counts_also", [])]
        return [one for one in parts if one.weight]

    def beneath(self, target: Values) -> list[View]:
        own = [self.views[one["id"]] for one in target.get("criteria", [])]
        own += [view for one in target.get("targets", []) for view in self.beneath(one)]
        return [one for one in own if one.weight]

    def step(  # noqa: C901  # a method each
        self, groups: list[list[View]], asked: Sequence[View], place: str | None
    ) -> tuple[Values, Callable[[list[View]], View]]:
        """A step that suits all these groups of parts, and what its result is."""
        groups = [[one for one in group if one.weight] for group in groups]
        named = [*asked, *(self.views[name] for name in self.drawn if place is not None)]
        every = [one for group in groups for one in group]
        self.counted = frozenset(self.critical)
        self.is_alone = len(groups) == 1
        method = self.pick(
            [one for one in self.wish.methods if all(self.suits(one, group) for group in groups)] or ["none"]
        )
        step: Values = {"method": method}
        scale: View | None = None
        if method == "power_mean":
            step["exponent"] = self.pick([2, 1, 3, -1, -2])
        elif method == "trimmed_mean":
            step["trim"] = self.pick([1, 0, "20 %", "1/3"])
        elif method in OF_TWO:
            step["of"] = [one.id for one in every[:2]]
        elif method in ("geometric_mean", "harmonic_mean") and (
            any(one.is_negative for one in every) or self.chance(2)
        ):
            step["floor"] = self.pick([0.01, 0, 0.5])
        elif method == "share_satisfied":
            common = [key for key in (every or [View("")])[0].keys if all(key in one.keys for one in every)]
            if common and self.chance(2):
                step["satisfied_at"] = self.pick(common)
            elif all(not one.keys for one in every):
                step["satisfied_at"] = self.pick([0, 1, 1.5, 3])
        elif method in CHOOSING:
            scale = self.choosing(step, groups)
        elif method in DECIDING:
            name = self.pick(["", "", *(one for one, view in self.scales.items() if not view.is_range)])
            name = name if not self.scales[name].is_range else "grade"
            if name:
                step["scale"] = name
            scale = self.scales[name]
            alike = len(groups) == 1 or len({one.keys for one in every}) == 1
            self.decide(step, scale, every if alike else [], named)
        self.extras(step, every if len(groups) == 1 else [], named)
        return step, lambda group: self.result(step, group, scale)

    def suits(self, method: str, group: list[View]) -> bool:  # noqa: PLR0911  # a method each
        """Whether a method can do something with these parts."""
        if method == "none" or not group:
            return method == "none"
        numbers, same = all(one.numbers for one in group), len({one.keys for one in group}) == 1
        if method in CALCULATING:
            if method in OF_TWO:
                return numbers and len(group) == 2 and self.is_alone and not self.monotone
            if method == "trimmed_mean" and len({one.weight for one in group}) > 1:
                return False
            if method == "power_mean" and any(one.is_negative for one in group):
                return False
            odd = any(one.is_negative and one.weight != int(one.weight) for one in group)
            return numbers and not (method == "product" and odd)
        if method == "share_satisfied":
            return all(one.keys for one in group) or (numbers and not any(one.keys for one in group))
        return (numbers or (same and bool(group[0].keys))) if method in CHOOSING else not self.normalised

    def choosing(self, step: Values, groups: list[list[View]]) -> View | None:
        every = [one for group in groups for one in group]
        keys = every[0].keys
        one_scale = bool(keys) and all(one.keys == keys for one in every)
        if step["method"] == "median":
            step["even"] = self.pick(
                ["lower", "upper", "mean"] if all(one.numbers for one in every) else ["lower", "upper"]
            )
        scale = None
        if one_scale and keys == self.scales["grade"].keys and step.get("even") != "mean" and self.chance(2):
            step["scale"] = "fine"
            scale = self.scales["fine"]
        if one_scale and step["method"] == "weakest":
            most = 1 if self.monotone else 2
            if self.chance(3):
                step["step_up"] = {"at_least": self.pick([1, 2, "50 %", "34 %"]), "by": self.pick(range(1, most + 1))}
            if self.chance(3):
                step["step_down"] = {
                    "below": self.pick(keys), "at_least": self.pick([1, 2, "50 %"]), "by": self.pick([1, 2])
                }  # fmt: skip
        return scale

    def decide(self, step: Values, scale: View, parts: list[View], named: list[View]) -> None:
        keys = scale.keys
        if step["method"] == "table":
            self.make_table(step, keys, parts, named)
            return
        if self.chance(5):
            step["critical"] = [one.id for one in self.asked[:2]]
            self.counted = frozenset(step["critical"])
        outcomes = [self.pick(keys) for _ in range(self.pick([1, 2, 3]))]
        if step["method"] == "ladder":
            outcomes = sorted(set(outcomes), key=keys.index)
            step["steps"] = [{"gives": one, "requires": self.demands(parts, named, 1)} for one in outcomes]
            if self.chance(8) and not self.monotone:
                step["steps"].reverse()
            step["otherwise"] = keys[0]
        else:
            falls = self.chance(2)
            way = 0 if not self.monotone else -1 if falls else 1
            ordered = sorted(outcomes, key=keys.index, reverse=not falls)
            outcomes = ordered if self.monotone else outcomes
            step["rules"] = [{"when": self.demands(parts, named, way), "gives": one} for one in outcomes]
            step["otherwise"] = (keys[-1] if falls else keys[0]) if self.monotone else self.pick(keys)

    def make_table(self, step: Values, keys: tuple[Any, ...], parts: list[View], named: list[View]) -> None:
        countable = [one for one in parts if one.keys or one.bands or one.numbers]
        if countable and self.chance(3):
            self.make_count_table(step, keys, countable)
            return
        able = [one for one in named if one.keys and one.numbers is not None]
        if not able:
            step["rows"] = [{"when": {}, "gives": keys[-1]}]
            step["otherwise"] = keys[-1]
            return
        first, second = self.pick(able), self.pick(able)
        rows = []
        for key in {*(self.pick(first.keys) for _ in range(2))} | ({"not_applicable"} if self.chance(4) else set()):
            when: Values = {first.id: key}
            if second.id != first.id and self.chance(2):
                when[second.id] = sorted({self.pick(second.keys), self.pick(second.keys)}, key=second.keys.index)
            rows.append({"when": when, "gives": self.pick(keys)})
        step["rows"] = sorted(rows, key=str)
        step["otherwise"] = self.pick(keys)

    def make_count_table(self, step: Values, keys: tuple[Any, ...], parts: list[View]) -> None:
        names = ["n1", "n2"][: self.pick([1, 2])]
        step["counts"] = [{"id": name, "count": self.count(parts, 0)["count"]} for name in names]
        step["rows"] = [
            {"when": {name: self.pick([0, 1, [0, 1], [1, 2, 3], [0, 2], "1+", "2+"]) for name in names},
             "gives": self.pick(keys)}
            for _ in range(self.pick([1, 2, 3]))
        ]  # fmt: skip
        step["otherwise"] = self.pick(keys)

    def demands(self, parts: list[View], named: list[View], way: int) -> Any:
        way = way if self.monotone else self.pick([way, 0])
        if self.chance(4):
            return [self.condition(parts, named, way) for _ in range(2)]
        return self.condition(parts, named, way)

    def condition(self, parts: list[View], named: list[View], way: int, depth: int = 0) -> Values:
        """A condition: one that can only become true as answers rise (1), only false (-1), or any (0)."""
        kind = self.pick(["part", "part", "count", "count", *(["all", "any", "not"] if depth < 2 else [])])
        if kind in ("all", "any"):
            return {kind: [self.condition(parts, named, way, depth + 1) for _ in range(2)]}
        if kind == "not":
            return {"not": self.condition(parts, named, -way, depth + 1)}
        countable = [one for one in parts if one.keys or one.bands or one.numbers]
        if kind == "count" and countable:
            return self.count(countable, way)
        able = [one for one in named if one.keys or one.bands or one.numbers]
        part = self.pick(able)
        word = "criterion" if part in self.asked and self.chance(3) else "part"
        return {word: part.id} | self.comparison(part, way, alone=True)

    def comparison(self, part: View, way: int, *, alone: bool) -> Values:
        words = {1: ["at_least", "above"], -1: ["at_most", "below"], 0: ["at_least", "above", "at_most", "below", "is"]}
        word = self.pick(words[way])
        keys: Sequence[Any] = part.keys
        if part.bands and (not keys or self.chance(2)):
            keys = part.bands
        elif not keys:
            keys = (0, 1, 5, 9, 2.5) if part.is_range else NUMBERS
        if word == "is" and self.chance(2):
            also = ["not_applicable"] if alone and self.chance(3) else [self.pick(keys)]
            return {"is": [self.pick(keys), *also]}
        return {word: self.pick(keys)}

    def count(self, parts: list[View], way: int) -> Values:
        grows = way == 0 or self.chance(2)
        count: Values = {}
        within = parts
        if self.is_alone and self.chance(4):
            within = parts[: self.pick(range(1, len(parts) + 1))]
            count["parts"] = [one.id for one in within]
        wanted = self.pick(self.classes) if self.classes and self.chance(3) else ""
        narrowed = [one for one in within if self.class_of.get(one.id) == wanted]
        if wanted and narrowed and self.is_alone:
            count["class"], within = self.pick([wanted, [wanted]]), narrowed
        critical = self.pick([True, False])
        narrowed = [one for one in within if (one.id in self.counted) == critical]
        if narrowed and self.is_alone and self.chance(3):
            count["critical"], within = critical, narrowed
        count |= self.comparison(self.pick(within), way if grows else -way, alone=False)
        amounts = ["at_least", "more_than", "at_most", "fewer_than", "exactly"]
        if way:
            amounts = ["at_least", "more_than"] if grows else ["at_most", "fewer_than"]
        return {"count": count, self.pick(amounts): self.pick([1, 2, 0, len(parts), *AMOUNTS])}

    def extras(self, step: Values, parts: list[View], named: list[View]) -> None:
        """Bands and meanings of the step's own."""
        if step["method"] != "none" and self.chance(3):
            step["bands"] = self.bands(parts, named)
            step["rounding"] = self.rounding()
        if step["method"] != "none" and self.chance(6):
            step["bands_on"] = self.pick(["exact", "rounded"])
        if self.chance(6):
            step["not_applicable"] = self.pick(["exclude", "satisfied", "absent"])
        if self.chance(6):
            step["insufficient_evidence"] = self.pick(["interval", "lowest", "unsatisfied", "exclude"])
        can_pass = step["method"] not in DECIDING and all(one.numbers for one in parts) and step["method"] != "none"
        if can_pass and parts and (step.get("bands") or self.scoring.get("bands")) and self.chance(2):
            step["passes_on"] = "band"
            keys = self.scales[self.pick(["word", "grade"])].keys
            own = step.get("bands")
            if own and self.chance(2):
                step["scale"] = "word" if keys == self.scales["word"].keys else "grade"
                rising = sorted((self.pick(keys) for _ in own), key=keys.index)
                step["bands"] = [band | {"gives": key} for band, key in zip(own, rising, strict=True)]
        gives_number = step["method"] not in (*DECIDING, *CHOOSING, "none")
        if gives_number and self.chance(5):
            gives = self.pick([(0, 1, 2), (0, 1, 4), (1, 1, 2)] if self.monotone else [(0, 1, 2), (2, 1, 0), (0, 3, 1)])
            step["between"] = self.pick(["line", "step"])
            word = "at" if step["between"] == "line" else self.pick(["at", "above"])
            pairs = zip(self.pick([(0, 1, 2), (0, 0.5, 3)]), gives, strict=True)
            step["points"] = [{word: at, "gives": give} for at, give in pairs]
            if step["points"] and "passes_on" not in step and self.chance(2):
                gives = [one["gives"] for one in step["points"]]
                step |= {"passes_on": "points"} if gives in (sorted(gives), sorted(gives)[::-1]) else {}
        if gives_number and "passes_on" not in step and self.chance(5):
            step["passes_on"] = "rounded"
            step.setdefault("rounding", self.rounding())

    def bands(self, parts: list[View], named: list[View]) -> list[Values]:
        bounds = sorted({self.pick([0, 0.5, 1, 1.5, 2, 3, 4]) for _ in range(self.pick([1, 2, 3]))})
        if self.chance(3):
            bounds = [f"{int(one * 25)} %" for one in bounds]
        bands: list[Values] = [{"from": -1000, "id": "b0", "label": "B"}]
        for number, bound in enumerate(bounds, 1):
            band = {self.pick(["from", "from", "above"]): bound, "id": f"b{number}", "label": "B"}
            if named and self.chance(4):
                band["requires"] = self.demands(parts, named, 1)
            bands.append(band)
        if self.chance(2):
            gives = self.pick([(0, 1, 1.5, 4), (1, 1, 2, 3)])
            bands = [band | {"value": number} for band, number in zip(bands, gives, strict=False)]
        return bands

    def result(self, step: Values, group: list[View], scale: View | None) -> View:
        """What the next step sees of a result."""
        method = step["method"]
        bands: Any = step.get("bands", self.scoring.get("bands", []))
        ids = tuple(one["id"] for one in bands)
        if step.get("passes_on") == "band":
            if all("gives" in one for one in bands):
                given = self.scales[step["scale"]]
                return View("", given.keys, given.numbers, ids)
            numbers = all("value" in one for one in bands)
            return View("", ids, numbers)
        if method == "none":
            return View("")
        if method in DECIDING:
            assert scale is not None
            return View("", scale.keys, scale.numbers, ids if scale.numbers else (), is_negative=scale.is_negative)
        negative = any(one.is_negative for one in group) and method not in (
            "geometric_mean", "share_of_possible", "share_satisfied", *NO_ROOTS
        )  # fmt: skip
        negative = (negative or method == "difference") and "points" not in step
        if method in CHOOSING and step.get("even") != "mean" and len({one.keys for one in group}) == 1:
            keys = scale.keys if scale else group[0].keys
            numbers = group[0].numbers
            return View("", keys, numbers, ids if numbers else (), is_negative=negative)
        return View("", (), numbers=True, bands=ids, is_negative=negative)

    # --- gates --------------------------------------------------------------------------------------------------------

    def gates(self) -> list[Values]:
        gates = []
        for number in range(self.pick(range(self.wish.gates + 1))):
            place = self.pick([None, *self.drawn])
            before = self.drawn if place is None else self.drawn[: self.drawn.index(place)]
            named = [*self.asked, *(self.views[name] for name in before)]
            view = self.views[place] if place else View("", numbers=True)
            cap = self.pick(view.keys) if view.keys and self.chance(2) else self.pick([0, 0.5, 1, 1, 1, 1.5, 2])
            when = self.condition([], named, -1 if self.monotone else 0)
            at: Values = {"target": place, "at": cap} if place else {"total": True, "at": cap}
            gates.append({"id": f"g{number}", "when": when, "cap": at})
        return gates


def _bottom_up(targets: Sequence[Values]) -> list[Values]:
    return [one for target in targets for one in [*_bottom_up(target.get("targets", [])), target]]
