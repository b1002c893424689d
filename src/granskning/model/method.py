"""How answers become results, as a criteria set declares it: scales, conditions, steps, bands, gates.

Only what the YAML says, with what it leaves out filled in; `scoring` knows what it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Text = dict[str, str]
"""Words by language: `{"sv": "Saknas", "en": "Missing"}`."""


def same_words(text: Text, other: Text) -> bool:
    """Whether two texts say the same in the languages that both have; a translation that was added changes nothing."""
    shared = text.keys() & other.keys()
    is_same = all(text[language].split() == other[language].split() for language in shared)
    return text == other or (bool(shared) and is_same)


SILENT_WHEN_UNSET = {"silent_when_unset": True}
"""Of a field that came later: while it is unset, the content and its hash are what they were before it came."""

Comparison = Literal["is", "at_least", "above", "at_most", "below"]
Amount = Literal["at_least", "more_than", "at_most", "fewer_than", "exactly"]

CALCULATING = frozenset({
    "mean", "sum", "product", "geometric_mean", "harmonic_mean", "power_mean", "trimmed_mean", "quotient", "difference",
    "share_of_possible",
})  # fmt: skip
"""Methods that calculate, and so need numbers."""

CHOOSING = frozenset({"weakest", "best", "median"})
"""Methods that choose one of their parts."""

DECIDING = frozenset({"table", "rules", "ladder"})
"""Methods whose result is a level that the set names."""

OF_TWO = frozenset({"quotient", "difference"})
"""Methods that calculate with two parts, which they name."""

_NUMBER = re.compile(r"[-+]?[0-9]+(/[0-9]+|(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?)")
"""A number as it may be written; a power of ten with more digits would take hours to work out."""

OR_MORE = "+"
"""How a count ends that a row of a table wants at least: `2+` is two or more."""

NOT_APPLICABLE = "not_applicable"
"""What a condition calls a part that is not applicable."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step on a scale (nivå). `key` is its value as text, the way answers and level texts name it."""

    value: int | float | str
    label: Text
    description: Text = field(default_factory=dict)
    means_missing: bool = False
    means_not_applicable: bool = field(default=False, metadata=SILENT_WHEN_UNSET)
    """Whether an answer at this level says that the question does not apply; it is then none of the steps."""
    without_evidence: str | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """The level that an answer at this one counts as while it has no evidence."""
    points: Fraction | None = None
    """What calculations use; None where the level is a word without a number."""
    strength: bool = field(default=False, metadata=SILENT_WHEN_UNSET)
    """Whether an answer at this level or above it is a strength in reports; where no level says so, the highest is."""

    @property
    def key(self) -> str:
        """The value as text."""
        return key_of(self.value)


class CurvePoint(NamedTuple):
    """A number, given or made by a step, and the points it gives; with `above`, what numbers above it give."""

    at: Fraction
    gives: Fraction
    above: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """What an answer can be: levels from lowest to highest, or the numbers of a range."""

    id: str
    """Empty for the set's usual scale."""
    levels: tuple[Level, ...] = ()
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    interval: Fraction | None = None
    """The distance between the numbers that can be given; None for any number in the range."""
    unit: str = ""
    curve: tuple[CurvePoint, ...] = ()
    """Points at numbers; none means that the number is its own points."""
    between: Literal["line", "step", "log"] = "line"
    """What holds between the numbers of the curve: a straight line, the points of the one below, or a line over the
    logarithm of the number."""

    @property
    def is_range(self) -> bool:
        """Whether answers are numbers in a range."""
        return self.minimum is not None

    @property
    def missing(self) -> Level | None:
        """The level that says that a thing is missing, if the scale has one."""
        return next((level for level in self.levels if level.means_missing), None)

    @property
    def steps(self) -> tuple[Level, ...]:
        """The levels that an answer can be counted at: all but those that say that the question does not apply."""
        return tuple(level for level in self.levels if not level.means_not_applicable)

    @property
    def outside(self) -> frozenset[str]:
        """The keys of the levels that say that the question does not apply."""
        return frozenset(level.key for level in self.levels if level.means_not_applicable)

    @property
    def outline(self) -> tuple[object, ...]:
        """All of it that is not words: two scales of one outline measure alike."""
        levels = tuple(
            (level.key, level.points, level.means_missing, level.means_not_applicable) for level in self.levels
        )
        return (levels, self.minimum, self.maximum, self.interval, self.unit, self.curve, self.between)

    def holds(self, key: str) -> bool:
        """Whether an answer can be that."""
        if self.minimum is None or self.maximum is None:
            return any(level.key == key for level in self.levels)
        number = number_of(key)
        if number is None or not self.minimum <= number <= self.maximum:
            return False
        return self.interval is None or (number - self.minimum) % self.interval == 0


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds or not: of one part, of a count of parts, or of other conditions."""

    kind: Literal["part", "count", "all", "any", "not"]
    part: str = ""
    comparison: Comparison = "is"
    levels: tuple[str, ...] = ()
    """Keys of levels, or a number as text; several only for `is`."""
    conditions: tuple[Condition, ...] = ()
    classes: tuple[str, ...] = ()
    critical: bool | None = None
    parts: tuple[str, ...] = ()
    amount: Amount = "at_least"
    number: Fraction = Fraction(0)
    is_share: bool = False
    """Whether `number` is a share of the parts that may be counted."""


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """An outcome and the conditions for it, all of which must hold: a row, a decision rule or a step of a ladder."""

    gives: str
    when: tuple[Condition, ...]
    why: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """When the weakest is moved, and how many levels: up when so many parts are above it, down when so many are low."""

    number: Fraction
    is_share: bool
    by: int = 1
    below: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """The words that a value stands for (omdöme), from `start` up to the next band."""

    start: Fraction
    id: str
    label: Text
    above: bool = False
    """Whether only values above `start` are in the band."""
    end: Fraction | None = None
    """Where the set says that the band ends; a check only."""
    includes_end: bool = False
    requires: tuple[Condition, ...] = ()
    points: Fraction | None = None
    """What the next step calculates with, where it is the band that goes on."""
    gives: str | None = field(default=None, metadata=SILENT_WHEN_UNSET)
    """The level of the step's scale that the next step sees, where it is the band that goes on."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How values are shown; never how they are compared."""

    decimals: int = 1
    mode: Literal["half_up", "up", "truncate", "capped"] = "half_up"
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step from parts to a result: a method by name, with what belongs to it."""

    method: str
    not_applicable: tuple[str, str] = ("exclude", "")
    """What not applicable means and, for `level` and `share`, which."""
    insufficient_evidence: str = "interval"
    bands: tuple[Band, ...] = ()
    bands_on: Literal["exact", "rounded"] = "exact"
    rounding: Rounding = Rounding()
    over: Literal["parts", "criteria"] = "parts"
    passes_on: Literal["value", "band", "rounded", "points"] = "value"
    points: tuple[CurvePoint, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """What the number that the method gives is turned into; none leaves it as it is."""
    between: Literal["line", "step", "log"] = field(default="line", metadata=SILENT_WHEN_UNSET)
    """What holds between the numbers of `points`, as on a scale."""
    scale: str | None = None
    """The scale that the result is on, where the step names one."""
    rules: tuple[DecisionRule, ...] = ()
    """Rows of a table, decision rules or steps of a ladder."""
    otherwise: str | None = None
    counts: tuple[tuple[str, Condition], ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """The counts that a table has columns for, by the name of the column; how many is said row by row."""
    critical: tuple[str, ...] = ()
    floor: Fraction | None = None
    exponent: int = field(default=1, metadata=SILENT_WHEN_UNSET)
    """The power of a power mean."""
    trim: tuple[Fraction, bool] = field(default=(Fraction(0), False), metadata=SILENT_WHEN_UNSET)
    """How many parts, or which share of them, a trimmed mean leaves out at each end."""
    of: tuple[str, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """The two parts of a quotient or a difference."""
    satisfied_at: str | None = None
    step_up: Move | None = None
    step_down: Move | None = None
    even: Literal["lower", "upper", "mean"] = "lower"


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that caps a result whatever the mean says (grundkrav).

    While `when` holds, the result of `target` (or the total, when None) is at most `cap`, a number or a level.
    """

    id: str
    when: Condition
    target: str | None
    cap: str
    why: Text


DifferenceOutcome = Literal["lowest", "highest", "median", "mean", "open"]
"""What answers that differ come to; `open` leaves the question unanswered."""


@dataclass(frozen=True, slots=True)
class DifferenceRule:
    """What the reviewers' answers to a question come to while they are no further apart than that."""

    at_most: Fraction
    """In levels or, on a range, in its numbers."""
    gives: DifferenceOutcome
    why: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scoring:
    """How answers become results, declared by name, step by step."""

    criteria: Step
    """From criteria to target."""
    subtargets: Step
    """From targets to the target that holds them."""
    targets: Step
    """From targets to total."""
    reviewers: Literal["consensus", "pooled", "mean", "median", "by_difference", "none"] | None
    """From reviewers to round; None where the set does not say."""
    reviewers_of: Literal["results", "answers"]
    normalise: tuple[Fraction, Fraction] | None
    gates: tuple[Gate, ...]
    coverage: Fraction
    """The share of the applicable questions that must be assessed for a verdict."""
    reading_depth: str
    """The least reading depth for a verdict."""
    difference_rules: tuple[DifferenceRule, ...] = field(default=(), metadata=SILENT_WHEN_UNSET)
    """What reviewers' answers to a question come to, by how far apart they are: the first that reaches far enough."""
    difference_otherwise: DifferenceOutcome = field(default="open", metadata=SILENT_WHEN_UNSET)
    """The same where they are further apart than any rule says."""

    @property
    def rounding(self) -> Rounding:
        """How the total is shown, and all that has no step of its own."""
        return self.targets.rounding

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands of the total."""
        return self.targets.bands


def key_of(value: float | str) -> str:
    """A level's value the way answers and texts name it: 1 and 1.0 are both `1`."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def label_key(written: str, words: Iterable[tuple[str, Text]]) -> str | None:
    """The key, among keys with their labels, that somebody means who wrote the key or the label in any language."""
    known = list(words)
    if any(written == key for key, _ in known):
        return written
    spoken = " ".join(written.split()).casefold()
    return next((key for key, label in known if spoken in (text.casefold() for text in label.values())), None)


def number_of(text: str) -> Fraction | None:
    """The number that was written, `2.5`, `1/3` or `50 %`; None for other text."""
    bare = text.strip()
    share = bare.endswith("%")
    bare = bare.removesuffix("%").replace("\N{NO-BREAK SPACE}", " ").strip()
    if not _NUMBER.fullmatch(bare):
        return None
    try:
        number = Fraction(bare)
    except ZeroDivisionError:
        return None
    return number / 100 if share else number


def tells_share(text: str) -> bool:
    """Whether an amount is a share of the parts, `50 %` or `1/3`, and not a number of them."""
    return text.strip().endswith("%") or "/" in text
