"""Terminal, page, JSON and report say the same of the same difference: the same answers, in the same words."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from hypothesis import given
from hypothesis import strategies as st
from test_words_laws import LANGUAGES, comparisons
from tries import tries

from granskning.cli.show_diff import as_html, as_json, as_text
from granskning.reporting.differences.change_words import MOVED
from granskning.reporting.differences.comparison_words import ComparisonWords
from granskning.reporting.differences.diff_blocks import diff_blocks
from granskning.reporting.over_time.changed_questions import make_groups
from granskning.reporting.over_time.comparison import result_grid
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.web.history import plain_blocks

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.reporting.over_time.change_values import QuestionChange
    from granskning.scoring.compare import Comparison

LINE = re.compile(r"^- `(?P<id>[^`]+)` .*: \*\*(?P<words>[^*]+)\*\*$", re.MULTILINE)


def _told_everywhere(comparison: Comparison, t: Translator) -> SimpleNamespace:
    side = SimpleNamespace(name="A", commit=None)
    diff: Any = SimpleNamespace(
        before=side, after=side, sets=(), comparisons=(comparison,), added=(), removed=(), rounds=(), broken=(),
        is_backwards=False,
    )  # fmt: skip
    pair = ComparisonWords(comparison, *(Lexicon(t, one.criteria) for one in (comparison.before, comparison.after)))
    blocks = diff_blocks(diff, t)
    page = [line for block in plain_blocks(blocks) if block["kind"] == "list" for line in block["lines"]]
    return SimpleNamespace(
        text=as_text(blocks),
        html=as_html(blocks, t),
        page={line.code: _strong(line.runs) for line in page if line.code},
        json=json.loads(as_json(diff, t)),
        report=[one for group in make_groups(cast("Any", SimpleNamespace(t=t, pair=pair))) for one in group.questions],
        grid=result_grid(pair, "A", "B"),
        pair=pair,
    )


def _strong(runs: Any) -> str:
    return " ".join(run.text for run in runs if run.kind == "strong")


def _id(question: QuestionChange, comparison: Comparison) -> str:
    return next(one.criterion for one in comparison.answers if question.anchor.endswith(one.criterion))


@tries(60)
@given(comparisons(), st.sampled_from(("sv", "en")))
def test_the_same_answers_differ_in_every_face(comparison: Comparison, language: str) -> None:
    told = _told_everywhere(comparison, LANGUAGES[language])
    changed = {one["criterion"] for one in told.json["changes"]}
    listed = [match["id"] for match in LINE.finditer(told.text)]
    assert set(listed) == changed
    assert len(listed) == len(set(listed))
    assert list(told.page) == listed
    assert re.findall(r"<code>([^<]+)</code>", told.html) == listed
    assert [_id(one, comparison) for one in told.report] == listed


@tries(60)
@given(comparisons(), st.sampled_from(("sv", "en")))
def test_levels_states_and_ways_have_the_same_words(comparison: Comparison, language: str) -> None:
    t = LANGUAGES[language]
    told = _told_everywhere(comparison, t)
    text = {match["id"]: match["words"] for match in LINE.finditer(told.text)}
    moved = {one["criterion"]: one["movement"] for one in told.json["changes"] if one["kind"] == "level"}
    for question in told.report:
        name = _id(question, comparison)
        words = told.page[name]
        assert text[name].replace("\\", "") == words
        for mark, side in ((question.before, "before"), (question.after, "after")):
            if mark.words != t("not asked"):
                said = mark.level if mark.kind in ("level", "missing") else mark.words
                assert said.casefold() in words.casefold(), (words, side)
        way = moved.get(name)
        expected = t(MOVED[way]) if way in ("rose", "fell") else ""
        assert question.moved == expected
        assert bool(expected) == words.endswith(f", {expected}" if expected else ", ")
        assert question.why.rstrip(".").casefold() in words.casefold()


@tries(60)
@given(comparisons(), st.sampled_from(("sv", "en")))
def test_results_have_the_same_words(comparison: Comparison, language: str) -> None:
    t = LANGUAGES[language]
    told = _told_everywhere(comparison, t)
    (scores,) = told.json["scores"]
    ways = {one.change.place: one.change.movement for one in told.pair.results()}
    assert scores["movement"] == comparison.total.movement
    assert {one["id"] for one in scores["targets"]} == {place for place in ways if place}
    for result, row in zip(told.pair.results(), told.grid.rows, strict=True):
        title, before, after, moved = (cell.text for cell in row)
        assert title == f"{result.number} {result.title}".strip()
        assert (before, after, moved) == (result.before, result.after, result.moved)
        lines = told.text.replace("\\", "").splitlines()
        shown = [line for line in lines if line.startswith(f"| {result.title} ")]
        if result.before != result.after or result.change.movement in ("rose", "fell"):
            words = (result.before, result.after, moved)
            assert any(all(word in line for word in words) for line in shown), (shown, words)
