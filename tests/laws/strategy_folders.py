"""Working folders with one strategy and some rounds, and a plain reading of the contract of what the strategy comes to.

Every review that is filled in gives one level to all questions, so a review's result is that level and what a round
comes to can be told by hand. The reading below knows nothing of the program's own code.
"""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BASE = Path(__file__).parent.parent / "cases" / "base"
METHODS = (None, "consensus", "mean", "median", "pooled", "by_difference")
RULES = "rules: [{at_most: 1, gives: lowest}, {at_most: 2, gives: mean}]"
"""How answers are joined by how far apart they are: at most 1 apart the lowest, at most 2 apart the mean."""
EDITION_DATE = "2026-05"
UNKNOWN = "?"
"""Cannot be assessed."""

Fault = Literal["", "broken", "copy", "edition"]


@dataclass(frozen=True)
class Written:
    """One review's file as it is written."""

    round: str
    reviewer: str
    level: int | None
    """Given to every question; None leaves all empty."""
    date: str | None
    status: str = "submitted"
    fault: Fault = ""

    @property
    def kind(self) -> str:
        """The joint review is the one by `samlad`."""
        return "consensus" if self.reviewer == "samlad" else "reviewer"

    def files(self) -> dict[str, bytes]:
        """Its file, or two where it is copied."""
        folder = f"strategies/provplan/reviews/{self.round}"
        text = "schema: [" if self.fault == "broken" else self._text()
        files = {f"{folder}/{self.reviewer}.yaml": text.encode()}
        if self.fault == "copy":
            files[f"{folder}/{self.reviewer}-LAPTOP.yaml"] = text.encode()
        return files

    def _text(self) -> str:
        lines = [
            "schema: granskning/review/1",
            "strategy: provplan",
            f"edition: {'finns-inte' if self.fault == 'edition' else 'remiss'}",
            "criteria: prov@1.0.0",
            f"round: {self.round}",
            f"reviewer: {self.reviewer}",
            f"kind: {self.kind}",
            f"status: {self.status}",
            "reading_depth: full_text",
            *([f"date: {self.date}"] if self.date else []),
            "answers:",
        ]
        for name in ("resor-vardag", "resor-barn", "makt-samrad"):
            lines.append(f"  {name}:")
            lines.append(f"    level: {self.level}" if self.level is not None else "    level:")
            if self.level is not None:
                lines += ["    justification: Så står det.", "    evidence:", "      - edition: remiss"]
                lines += ["        page: 1", "        quote: Omsorgsresor nämns en gång."]
        return "\n".join(lines) + "\n"


def folder_of(method: str | None, reviews: Sequence[Written]) -> dict[str, bytes]:
    """The whole working folder."""
    files = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()}
    files = {name: data for name, data in files.items() if "/reviews/" not in name}
    if method is not None:
        text = files["criteria/prov.yaml"].decode()
        assert "scoring:\n" in text
        rules = f", {RULES}" if method == "by_difference" else ""
        declared = f"scoring:\n  reviewers: {{method: {method}{rules}}}\n"
        files["criteria/prov.yaml"] = text.replace("scoring:\n", declared).encode()
    for review in reviews:
        files.update(review.files())
    return files


def renamed(reviews: Sequence[Written], names: Mapping[str, str]) -> tuple[Written, ...]:
    """The same reviews in rounds of other names."""
    return tuple(replace(review, round=names[review.round]) for review in reviews)


def expected(method: str | None, reviews: Sequence[Written]) -> Fraction | str | None:
    """What the strategy comes to: a number, UNKNOWN, or None where nothing speaks for it."""
    rounds: dict[str, list[Written]] = {}
    for review in reviews:
        rounds.setdefault(review.round, []).append(review)
    order = sorted(rounds, key=lambda name: (_date(rounds[name]), _by_numbers(name)))
    readable = {name: [one for one in rounds[name] if one.fault != "broken"] for name in order}
    handed_in = [name for name in order if any(one.status != "draft" for one in readable[name])]
    judged = [name for name in order if any(one.level is not None for one in readable[name])]
    speaking = handed_in or judged
    return round_result(method, rounds[speaking[-1]]) if speaking else None


def round_result(method: str | None, reviews: Sequence[Written]) -> Fraction | str:
    """What one round comes to."""
    sound = [one for one in reviews if not one.fault]
    joint = [one for one in sound if one.kind == "consensus"]
    own = [one for one in sound if one.kind == "reviewer"]
    lacks = len(sound) < len(reviews)
    if method in ("mean", "median", "pooled", "by_difference") and (own or lacks):
        levels = [one.level for one in own if one.level is not None]  # all of a round or none: see `folders`
        if lacks or not levels:
            return UNKNOWN
        if method == "by_difference" and max(levels) - min(levels) <= 1:
            return Fraction(min(levels))
        return statistics.median(map(Fraction, levels)) if method == "median" else Fraction(sum(levels), len(levels))
    alone = own if len(own) == 1 and not lacks else []
    deciding = next(iter(joint or alone), None)
    return UNKNOWN if deciding is None or deciding.level is None else Fraction(deciding.level)


def _date(reviews: Sequence[Written]) -> str:
    readable = [one for one in reviews if one.fault != "broken"]
    if not readable:
        return ""
    dates = [one.date for one in readable if one.date]
    if dates:
        return max(dates)
    return EDITION_DATE if any(one.fault != "edition" for one in readable) else ""


def _by_numbers(name: str) -> list[tuple[int, int | str]]:
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.findall(r"\d+|\D+", name)]


NAMES = ("2026-9", "2026-10", "remiss", "antagen", "omgang-2", "omgang-10", "var-2026", "host-2026")
DATES = (None, "2026-05-20", "2026-06-01", "2026-09-30", "2026-11-02")
REVIEWERS = ("controller", "planerare", "strateg")


@st.composite
def folders(draw: st.DrawFn, *, faults: bool = True) -> tuple[str | None, tuple[Written, ...]]:
    """A declared method, and one to three rounds of one to three reviewers, now and then with a joint review."""
    method = draw(st.sampled_from(METHODS))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    reviews = []
    for name in names:
        is_filled = draw(st.booleans()) or draw(st.booleans())
        status = draw(st.sampled_from(("draft", "submitted"))) if is_filled else "draft"
        who = draw(st.lists(st.sampled_from(REVIEWERS), min_size=1, max_size=3, unique=True))
        if draw(st.booleans()) and len(who) > 1:
            who.append("samlad")
        for reviewer in who:
            level = draw(st.integers(1, 3)) if is_filled else None
            reviews.append(Written(name, reviewer, level, draw(st.sampled_from(DATES)), status))
    if faults and draw(st.booleans()):
        place = draw(st.integers(0, len(reviews) - 1))
        fault: Fault = draw(st.sampled_from(("broken", "copy", "edition")))
        reviews[place] = replace(reviews[place], fault=fault)
    return method, tuple(reviews)
