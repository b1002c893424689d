"""Figures in the texts of a criteria set: those that it names must be there, and none may stand bare without a source.

Values of a set and the indicators of the folder in, findings out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.figure_references import REFERENCE, FigureReference, WrongReference, references_in
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.criteria import FIGURE_KEYS
from granskning.model.indicator import Figure, figure_named, withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from granskning.findings.finding import Path
    from granskning.model.indicator import Indicator, Lack, Sex

_WHY: dict[Lack, str] = {
    "area": N_("it has no figure of the area"),
    "sex": N_("it has no figure of that sex"),
    "period": N_("it has no figure of that period"),
    "value": N_("the figure is missing or secret"),
}
_BY_SEX: tuple[Sex, ...] = ("women", "men")
_REASONED = frozenset({"text", "picture", "question", "why"})
"""Texts in which a bare figure is looked for."""
_WORDS = (
    "procent|procentenheter|per cent|percent|percentage points|promille|kronor|miljon|miljoner|miljard|miljarder|"
    "million|billion"
)
_BARE = re.compile(
    rf"(?<![\d–,.-])(?<!\d[–-])\d+(?:[ \u00a0]\d{{3}})*(?:[.,]\d+)?[ \u00a0]?(?:%|(?:{_WORDS})\b)", re.IGNORECASE
)
"""A number of per cent, money or millions. A range such as 40–60 % is a rule, and no figure of statistics."""
_DIGIT = re.compile(r"\d")
"""Without one there is no number, and that is seen in a tenth of the time."""
_EARLIER = "criteria/earlier/"


def check_figure_texts(
    values: dict[str, Any], file: str, indicators: Mapping[str, Indicator], names: Collection[str]
) -> Iterator[Finding]:
    """Yield what is wrong with the figures in a set's texts. `names` are the ids in criteria/statistics."""
    for path, key, words, is_sourced in _texts(values, (), "", is_sourced=False):
        plain = words
        if "{" in words:  # nearly all texts have none, and there are thousands
            for reference in references_in(words):
                yield from _check_reference(reference, Pointer(file, path), key, indicators, names)
            plain = REFERENCE.sub("", words)
        bare = _BARE.search(plain) if key in _REASONED and _DIGIT.search(plain) else None
        if bare is not None and not (is_sourced and file.startswith(_EARLIER)):
            figure = " ".join(bare[0].split())
            yield Finding(RULES["GR720" if is_sourced else "GR719"], Pointer(file, path), {"figure": figure})


def _check_reference(
    reference: FigureReference | WrongReference,
    at: Pointer,
    key: str,
    indicators: Mapping[str, Indicator],
    names: Collection[str],
) -> Iterator[Finding]:
    if isinstance(reference, WrongReference):
        yield Finding(RULES["GR716"], at, {"part": reference.part})
        return
    if key not in FIGURE_KEYS:
        yield Finding(RULES["GR721"], at, {"indicator": reference.indicator})
    indicator = indicators.get(reference.indicator)
    if indicator is None and reference.indicator not in names:
        yield Finding(RULES["GR717"], at, {"indicator": reference.indicator}, near=(reference.indicator, names))
        return
    area = reference.area or (indicator.own_area if indicator is not None else "")
    for lack, sex in _lacks(reference, indicator):
        asked = ", ".join(part for part in (area, sex, reference.period) if part)
        values = {
            "indicator": ": ".join(part for part in (reference.indicator, asked) if part),
            "why": Words(_WHY[lack]),
        }
        yield Finding(RULES["GR718"], at, values)


def _lacks(reference: FigureReference, indicator: Indicator | None) -> Iterator[tuple[Lack, str]]:
    """What of the figure is not to be had, and of which sex: of women and men together, either may be withheld."""
    figure = figure_named(indicator, reference) if indicator is not None else "value"
    if not isinstance(figure, Figure):
        yield figure, reference.sex
    elif not reference.sex and reference.show == "value":
        yield from (("value", sex) for sex in _BY_SEX if withheld(figure, sex))


def _texts(value: Any, path: Path, key: str, *, is_sourced: bool) -> Iterator[tuple[Path, str, str, bool]]:
    """Path, the text's own key, its words, and whether what it stands in says what it rests on."""
    if isinstance(value, str):
        yield path, key, value, is_sourced
    elif isinstance(value, dict):
        own = is_sourced or bool(value.get("rests_on")) if "id" in value else is_sourced
        for name, child in value.items():
            if (path, name) != ((), "sources"):
                is_text = key in FIGURE_KEYS and isinstance(child, str)
                yield from _texts(child, (*path, name), key if is_text else str(name), is_sourced=own)
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _texts(child, (*path, number), key, is_sourced=is_sourced)
