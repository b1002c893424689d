"""What one criteria set calls things: its levels, bands, questions and targets, and results as they are shown."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.model.criteria import number_parts
from granskning.model.method import NOT_APPLICABLE, number_of
from granskning.reporting.blocks.badges import Mark
from granskning.reporting.wording.conditions import Names
from granskning.scoring.outline import make_outline
from granskning.scoring.plain import shown_score, shown_value
from granskning.scoring.results.card import TOTAL
from granskning.scoring.results.numbers import format_number, rounded
from granskning.wordings import STANDINGS, STATES, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.method import Level, Scale, Step
    from granskning.model.review import State
    from granskning.scoring.results.card import Score, TargetResult
    from granskning.scoring.results.explanation import SetOutline
    from granskning.scoring.results.numbers import Number

_TOP_STEP = 4
_LETTERS = 2
"""How many letters have room inside a symbol."""
_RANGE = "\N{EN DASH}"


class Lexicon:
    """A translator that knows one criteria set."""

    def __init__(self, t: Translator, criteria: CriteriaSet, outline: SetOutline | None = None) -> None:
        self.t = t
        self.criteria = criteria
        self._outline = outline
        self.numbers = number_parts(criteria)
        """Targets and criteria by id: `3`, `3.2`, or the source's own number."""
        self._marks = {name: _marks(scale, t) for name, scale in criteria.scales.items()}
        self._criteria = {criterion.id: criterion for criterion in criteria.criteria}
        self._targets = {target.id: target for target in criteria.all_targets}

    @property
    def outline(self) -> SetOutline:
        """The steps and scales of the set: given, or made once something asks for them."""
        if self._outline is None:
            self._outline = make_outline(self.criteria)
        return self._outline

    def role(self, name: str) -> str:
        """What a role is called."""
        return self.t.role(name)

    # --- levels and answers ---------------------------------------------------------------------------------------

    def levels(self, scale: str = "") -> tuple[Mark, ...]:
        """The marks of a scale, lowest first; none for a range of numbers."""
        return tuple(self._marks[scale].values())

    def level(self, key: str, scale: str = "") -> Mark:
        """The mark of a level, or of a number on a range."""
        held = self._marks[scale].get(key)
        return held or self._number_mark(key, self.criteria.scales[scale])

    def state(self, state: State) -> Mark:
        """The mark of a state without a level."""
        sign = "–" if state in ("not_applicable", "not_asked") else ""
        words = label(STATES, state, self.t)
        if state == "assessed" or state == "not_asked":  # noqa: PLR1714  # mypy sees so what is left
            return Mark(kind="none", step=0, sign=sign, words=words)
        return Mark(kind=state, step=0, sign=sign, words=words)

    def mark(self, criterion: Criterion, state: State, level: str | None) -> Mark:
        """The mark of an answer."""
        if state == "assessed" and level is not None:
            return self.level(level, criterion.scale)
        return self.state(state)

    def number(self, text: str, unit: str = "") -> str:
        """A number as the set gives it, in the reader's digits: `72,5 %`."""
        value = number_of(text)
        if value is None:
            return text
        if text.strip().endswith("%"):
            return self.t.percent(value, 0 if (value * 100).denominator == 1 else 1)
        return self.t.number(value) + (f"\N{NO-BREAK SPACE}{unit}" if unit else "")

    def _number_mark(self, key: str, scale: Scale) -> Mark:
        value, low, high = number_of(key), scale.minimum, scale.maximum
        part = Fraction(0)
        if value is not None and low is not None and high is not None and high > low:
            part = min(max((value - low) / (high - low), Fraction(0)), Fraction(1))
        return Mark("level", round(part * _TOP_STEP), "", self.number(key, scale.unit))

    # --- results --------------------------------------------------------------------------------------------------

    def value(self, score: Score, value: Number) -> str:
        """A number of a score, at the rounding of its own step."""
        return shown_value(score, value, self.t.language)

    def bound(self, value: Fraction, step: Step) -> str:
        """A number that the set declares: as results are shown, or in full where that would hide something."""
        if rounded(value, step.rounding) == value:
            return format_number(value, step.rounding, self.t.language)
        return self.t.percent(value, 1) if step.rounding.percent else self.t.number(value)

    def result(self, score: Score, place: str | None = None) -> str:
        """A result: a value, a level, an interval, or what there is instead. `place` is a target; empty, the whole."""
        if score.standing in ("not_applicable", "cannot_be_assessed"):
            return self.t(STANDINGS[score.standing])
        if self.is_word(score) and score.high_outcome is not None:
            low, high = (self.outcome(key or "", score, place) for key in (score.low_outcome, score.high_outcome))
            return low if low == high else f"{low}{_RANGE}{high}"
        return shown_score(score, self.t.language) or self._with_one_end(score, place) or self.t("no figure")

    def _with_one_end(self, score: Score, place: str | None) -> str:
        """A result that at one end is none, where an open answer decides whether anything is asked; else empty."""
        low = self._end(score, score.low, score.low_outcome, place)
        high = self._end(score, score.high, score.high_outcome, place)
        if bool(low) == bool(high):
            return ""
        if high:
            return self.t("at most {result}, or no result", result=high)
        return self.t("at least {result}, or no result", result=low)

    def _end(self, score: Score, number: Number | None, key: str | None, place: str | None) -> str:
        if key is not None:
            return key if number_of(key) is not None else self.outcome(key, score, place)
        return "" if number is None else self.value(score, number)

    def is_word(self, score: Score) -> bool:
        """Whether the result is a level without a number of its own, and so told in words."""
        return score.low_outcome is not None and number_of(score.low_outcome) is None

    def outcome(self, key: str, score: Score, place: str | None = None) -> str:
        """What the level of a result is called."""
        level = next(self._found(key, score.step.scale, place), None)
        return self.t.text(level.label) if level else self.number(key)

    def band(self, score: Score, place: str | None = None) -> str:
        """The words for a result: its band, or the level that a number is; two where it is not settled which."""
        low, high = self._words(score, place)
        if not low or not high:
            return "–"
        return low if low == high else self.t("{low} to {high}", low=low, high=high)

    def verdict(self, key: str | None, score: Score, place: str) -> str:
        """What a band or a level is called, by its id or key."""
        if key is None:
            return "–"
        label = next((band.label for band in score.step.bands if band.id == key), None)
        return self.t.text(label) if label is not None else self.outcome(key, score, place)

    def counted(self, target: TargetResult) -> str:
        """“counts as 0,0”: what a target without a result of its own is in the step above."""
        key, score = target.counted or "", target.score
        number = number_of(key)
        if key == "unsatisfied":
            return self.t("counts as not satisfied")
        if score.step.passes_on == "band":
            return self.t("counts as {level}", level=self.verdict(key, score, target.id))
        if self.outline.steps[target.id].scale is None and number is not None:
            return self.t("counts as {level}", level=self.value(score, number))
        return self.t("counts as {level}", level=self.outcome(key, score, target.id))

    def assessed(self, score: Score) -> str:
        """How many of the applicable questions have been judged: `5 of 6`."""
        return self.t(
            "{assessed} of {applicable}",
            assessed=self.t.whole(score.assessed),
            applicable=self.t.whole(score.applicable),
        )

    def _words(self, score: Score, place: str | None) -> tuple[str, str]:
        if score.step.bands:
            labels = {band.id: self.t.text(band.label) for band in score.step.bands}
            return labels.get(score.low_band or "", ""), labels.get(score.high_band or "", "")
        if score.low_outcome is None or score.high_outcome is None or self.is_word(score):
            return "", ""
        keys = (score.low_outcome, score.high_outcome)
        levels = [next(self._found(key, score.step.scale, place), None) for key in keys]
        low, high = (self.t.text(level.label) if level else "" for level in levels)
        return low, high

    def _found(self, key: str, scale: str | None, place: str | None = None) -> Iterator[Level]:
        """The levels with that key: on the scale of that place's result, on the scale named, on any."""
        scales = self.criteria.scales
        own = None if place is None else self.outline.scale_of(place)
        bands = [step.bands.scale for step in self.outline.steps.values() if step.bands is not None]
        named = [scales[scale]] if scale is not None and scale in scales else []
        for one in (*([own.scale] if own is not None else []), *named, *scales.values(), *bands):
            yield from (level for level in one.levels if level.key == key)

    def short_title(self, name: str) -> str:
        """A few words for a target or a question in a table: its short title, else all its words."""
        if name in self._targets:
            return self.t.text(self._targets[name].short_title) or self.title(name)
        return self.t.text(self._criteria[name].short_title) or self.t.text(self._criteria[name].question)

    # --- names in conditions --------------------------------------------------------------------------------------

    def title(self, place: str) -> str:
        """The title of a target."""
        return self.t.text(self._targets[place].title)

    def question(self, criterion: str) -> str:
        """The words of a question, whoever answered it."""
        name = criterion.partition("@")[0]
        return self.t.text(next((asked.question for asked in self.criteria.criteria if asked.id == name), {}))

    def answer(self, criterion: str, level: str) -> str:
        """What the level of an answer is called."""
        scale = next((asked.scale for asked in self.criteria.criteria if asked.id == criterion), "")
        return self.level(level, scale).words

    def names(self, place: str = TOTAL) -> Names:
        """What the conditions of a target's step (or of the whole) call things."""
        return Names(
            part=self._part,
            level=lambda part, key: self._level(part, key, place),
            group=self._group,
            outcome=lambda key: self.given(key, place),
        )

    def _part(self, name: str) -> str:
        number = self.numbers.get(name, name)
        if name in self._targets:
            return self.t("target picture {number}", number=number)
        return self.t("question {number}", number=number)

    def _level(self, part: str, key: str, place: str) -> str:
        """A level in a condition: by the part that it is of or, where none is named, by the parts of the step."""
        if key == NOT_APPLICABLE:
            return self.t(STATES["not_applicable"])
        if part in self._criteria:
            scales = [self.criteria.scales[self._criteria[part].scale]]
        elif part and part in self.outline.steps:
            step = self.outline.steps[part]
            scales = [one.scale for one in (step.scale, step.bands) if one is not None]
            if any(band.gives is not None for band in step.step.bands):
                scales.append(self.criteria.scales[step.step.scale or ""])
        else:
            each = {id(step_part.scale): step_part.scale for step_part in self.outline.steps[place].parts}
            scales = [one.scale for one in each.values() if one is not None]
        for scale in scales:
            for level in scale.levels:
                if level.key == key:
                    return self.quoted(level)
        unit = next((scale.unit for scale in scales if scale.is_range), "")
        return self.number(key, unit)

    def quoted(self, level: Level) -> str:
        """A level inside a sentence: “Missing”, or “0 Missing” where its value is a number."""
        label = self.t.text(level.label)
        number = number_of(level.key)
        words = label if number is None or label == level.key else f"{self.number(level.key)} {label}"
        return self.t("“{words}”", words=words)

    def given(self, key: str, place: str) -> str:
        """The outcome of a rule, or the cap of a gate: a level in words, or a number."""
        step = self.outline.steps[place]
        level = next(self._found(key, step.step.scale, place), None)
        if step.scale is not None and level is not None:
            return self.quoted(level)
        return self.number(key)

    def _group(self, name: str) -> str:
        title = next(
            (criteria_class.title for criteria_class in self.criteria.classes if criteria_class.id == name), {}
        )
        return self.t("“{words}”", words=self.t.text(title) or name)


def _marks(scale: Scale, t: Translator) -> Mapping[str, Mark]:
    """The symbol and words of each level; the number is told with the words where the symbol has no room for it."""
    last = max(1, len(scale.levels) - 1)
    marks = {}
    for rank, level in enumerate(scale.levels):
        label = t.text(level.label)
        fits = len(level.key) <= _LETTERS
        number = number_of(level.key)
        marks[level.key] = Mark(
            kind="missing" if level.means_missing else "level",
            step=round(_TOP_STEP * rank / last),
            sign=level.key if fits else "",
            words=label if fits or number is None or label == level.key else f"{t.number(number)} {label}",
        )
    return marks
