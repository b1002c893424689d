"""Every key that a criteria set may hold of targets, questions and scoring does something that a reader can see.

The keys come from the JSON schema itself, so a new one fails until it has a row. A row is a set and its answers, with
the key between the marks « and »; what stands after | is there instead when the key is not. With and without it,
results, explanations, the review's form, its report, the set's annex or the findings must differ.
"""

# ruff: noqa: E501  # a row is read across

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from granskning.cli.show_scores import as_json, as_table
from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.blocks.frame import Provenance
from granskning.reporting.criteria.criteria_report import CriteriaMaterial, make_criteria_report
from granskning.reporting.review.report import make_review_report
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.sensitivity import make_sensitivity
from granskning.tasks.folder.score import score_rounds, score_workspace, strategy_results
from granskning.workspace.load import load_files
from granskning.workspace.scaffold import Request, review_text

SCHEMA = Path(load_files.__code__.co_filename).parent / "schemas" / "criteria.schema.json"
PAGE = SCHEMA.parents[2] / "web" / "pages" / "question.html"
T = Translator("en")
ORIGIN = Provenance(None, False, "3f2a" * 16, "99aa" * 16, "0.1.0", 2, "2026-11-23")  # noqa: FBT003  # not changed
TARGETS = "[{id: t, title: T, criteria: [{id: a, question: A}, {id: b, question: B}, {id: c, question: C}]}]"
TWO = "[{id: t, title: T, criteria: [{id: a, question: A}, {id: b, question: B}]}, %s]"
OTHER = "{id: u, title: U, criteria: [{id: c, question: C, not_applicable: allowed}]}"
PAIR = TWO % OTHER
ANSWERS = {"a": {"level": 0}, "b": {"level": 2}, "c": {"level": 3}}
HEAD: dict[str, Any] = {
    "schema": "granskning/criteria/1",
    "id": "s",
    "version": "1.0.0",
    "title": "S",
    "language": "en",
    "scale": [{"value": level, "label": f"L{level}"} for level in range(4)],
    "scales": [{"id": "word", "levels": [{"value": key, "label": key.upper()} for key in ("no", "part", "yes")]}],
    "classes": [{"id": "k", "title": "K", "weight": {"value": 2, "why": "w"}}],
    "challenges": [{"id": "d", "title": "D", "text": "D"}, {"id": "e", "title": "E", "text": "E"}],
    "goals": [{"id": "g", "title": "G"}],
    "sources": [{"id": "q", "title": "Q"}],
    "areas": [{"id": "x", "title": "X"}, {"id": "y", "title": "Y"}],
}
N_A = "{a: {level: 2}, b: {level: 2}, c: {not_applicable: r}}"
LACKS = "{a: {level: 2}, b: {level: 2}, c: {insufficient_evidence: r}}"


def asked(more: str, other: str = "") -> str:
    """A target with a question that says more, and perhaps another."""
    return f"targets: [{{id: t, title: T, challenges: [d, e], criteria: [{{id: a, question: A{more}}}, {{id: b, question: B{other}}}, {{id: c, question: C}}]}}]"


def rules(when: str, gives: str = "1", otherwise: str = "3") -> str:
    return (
        f"scoring: {{criteria: {{method: rules, rules: [{{when: {when}, gives: {gives}}}], otherwise: {otherwise}}}}}"
    )


def bands(band: str, more: str = "") -> str:
    first = "{from: 0, id: lo, label: Lo}"
    return f"scoring: {{criteria: {{method: mean, bands: [{first}, {band}]{more}}}}}"


def gate(when: str, cap: str, more: str = "") -> str:
    return f"scoring: {{targets: {{method: mean}}, gates: [{{id: h, when: {when}, cap: {cap}{more}}}]}}"


HIGH = "{from: 1.5, id: hi, label: Hi}"
ONE = "{part: a, at_most: 0}"
WEAKEST = "scoring: {criteria: {method: weakest, %s}}"
TABLE = "scoring: {criteria: {method: table, rows: [{when: {a: 0}, gives: %s}], otherwise: 3}}"
LADDER = "scoring: {criteria: {method: ladder, steps: [{gives: 1, requires: %s}], otherwise: 0}}"
COUNT = "{count: {%s}, at_least: %s}"
COUNTED = (
    "scoring: {criteria: {method: table, otherwise: 3, counts: [{id: n, count: {is: %s}}%s],"
    " rows: [{when: {n: 1}, gives: 1}]}}"
)
TWO_REVIEWERS = "{a: {level: 3}, b: {level: 0}, c: {level: 3}}"
DIFFERENCE = (
    "scoring: {reviewers: {method: by_difference, %s%s}, criteria: {method: mean}}\n"
    "other: {a: {level: 1}, b: {level: 2}, c: {level: 3}}"
)
ROWS: dict[str, str] = {
    "scoring.criteria": "scoring: {criteria: {method: «mean|best»}}",
    "scoring.subtargets": "scoring: {«subtargets: {method: best}, »criteria: {method: mean}}\n"
    f"targets: [{{id: v, title: V, targets: {PAIR}}}]",
    "scoring.targets": f"scoring: {{targets: {{method: «best|mean»}}}}\ntargets: {PAIR}",
    "scoring.reviewers": f"scoring: {{«reviewers: {{method: mean}}, »criteria: {{method: mean}}}}\nother: {TWO_REVIEWERS}",
    "reviewers.method": f"scoring: {{reviewers: {{method: «mean|none»}}}}\nother: {TWO_REVIEWERS}",
    "reviewers.of": "scoring: {criteria: {method: geometric_mean}, reviewers: {method: mean«, of: answers»}}\n"
    f"other: {TWO_REVIEWERS}",
    "reviewers.rules": DIFFERENCE % ("«rules: [{at_most: 1, gives: highest}], »", ""),
    "rules.at_most": DIFFERENCE % ("rules: [{at_most: «0|1», gives: highest}], ", ""),
    "reviewers.otherwise": DIFFERENCE % ("rules: [{at_most: 0, gives: highest}]", "«, otherwise: lowest»"),
    "scoring.normalise": "scoring: {«normalise: {from: 0, to: 1}, »criteria: {method: mean}}",
    "normalise.from": "scoring: {normalise: {from: «1|0», to: 2}}",
    "normalise.to": "scoring: {normalise: {from: 0, to: «1|2»}}",
    "scoring.not_applicable": f"scoring: {{«not_applicable: absent, »targets: {{method: mean}}}}\n{asked('', ', not_applicable: allowed')}\n"
    "answers: {a: {level: 2}, b: {not_applicable: r}, c: {level: 2}}",
    "scoring.insufficient_evidence": "scoring: {«insufficient_evidence: lowest, »targets: {method: mean}}\n"
    f"answers: {LACKS}",
    "scoring.gates": "scoring: {targets: {method: mean}«, gates: [{id: h, when: {part: a, below: 1}, cap: {total: true, at: 1}}]»}",
    "gates.id": gate("{part: a, below: 1}", "{total: true, at: 1}").replace("id: h", "id: «h|other»"),
    "gates.when": gate("{part: a, below: «1|0»}", "{total: true, at: 1}"),
    "gates.cap": gate("{part: a, below: 1}", "«{total: true, at: 1}|{target: t, at: 0.5}»"),
    "cap.target": gate("{part: a, below: 1}", "{«target: t|total: true», at: 0.5}"),
    "cap.total": gate("{part: a, below: 1}", "{«total: true|target: t», at: 0.5}"),
    "cap.at": gate("{part: a, below: 1}", "{total: true, at: «1|0.5»}"),
    "gates.why": gate("{part: a, below: 1}", "{total: true, at: 1}", "«, why: Because.»"),
    "scoring.bands": f"scoring: {{«bands: [{{from: 0, id: lo, label: Lo}}, {HIGH}], »criteria: {{method: mean}}}}",
    "scoring.bands_on": "scoring: {bands: [{from: 0, id: lo, label: Lo}, {from: 1.7, id: hi, label: Hi}]«, bands_on: rounded»}",
    "scoring.verdict": "scoring: {targets: {method: mean}«, verdict: {requires: {coverage: 90 %}}»}\n"
    "answers: {a: {level: 1}, b: {open: r}, c: {open: r}}",
    "verdict.requires": "scoring: {verdict: {«requires: {reading_depth: full_text}»}}\ndepth: contents",
    "verdict.coverage": "scoring: {verdict: {requires: {coverage: «90 %|10 %»}}}\n"
    "answers: {a: {level: 1}, b: {open: r}, c: {open: r}}",
    "verdict.reading_depth": "scoring: {verdict: {requires: {reading_depth: «full_text|contents»}}}\ndepth: contents",
    "scoring.rounding": "scoring: {targets: {method: mean}«, rounding: {decimals: 3}»}",
    "rounding.decimals": "scoring: {targets: {method: mean}, rounding: {decimals: «3|0»}}",
    "rounding.mode": "scoring: {targets: {method: mean}, rounding: {mode: «truncate|half_up»}}",
    "rounding.percent": "scoring: {criteria: {method: share_satisfied}, rounding: {decimals: 0«, percent: true»}}",
    "step.method": "scoring: {criteria: {method: «best|mean»}}",
    "step.over": f"scoring: {{targets: {{method: mean«, over: criteria»}}}}\ntargets: {PAIR}",
    "step.scale": "scoring: {criteria: {method: rules, rules: [{when: {part: b, is: 2}, gives: «yes|3»}],"
    " otherwise: «no, scale: word|0»}, targets: {method: none}}",
    "step.passes_on": "scoring: {criteria: {method: mean«, passes_on: band», bands: [{from: 0, id: lo, label: Lo, value: 5}]},"
    " targets: {method: mean}}",
    "step.points": "scoring: {criteria: {method: mean«, points: [{at: 0, gives: 0}, {at: 3, gives: 6}]»}}",
    "points.at": "scoring: {criteria: {method: mean, points: [{at: 0, gives: 0}, {at: «3|2», gives: 6}]}}",
    "points.above": "scoring: {criteria: {method: sum, between: step, points: [{at: 0, gives: 0}, {«above|at»: 5, gives: 6}]}}",
    "points.gives": "scoring: {criteria: {method: mean, points: [{at: 0, gives: 0}, {at: 3, gives: «6|5»}]}}",
    "step.between": "scoring: {criteria: {method: mean«, between: step», points: [{at: 0, gives: 0}, {at: 3, gives: 6}]}}",
    "step.exponent": "scoring: {criteria: {method: power_mean, exponent: «2|3»}}",
    "step.trim": "scoring: {criteria: {method: trimmed_mean, trim: «1|0»}}",
    "step.of": "scoring: {criteria: {method: difference, of: [«b, c|c, b»]}}",
    "step.floor": "scoring: {criteria: {method: geometric_mean«, floor: 0.5»}}",
    "step.satisfied_at": "scoring: {criteria: {method: share_satisfied«, satisfied_at: 2»}}",
    "step.step_up": WEAKEST % "«step_up: {at_least: 1}»",
    "step_up.at_least": WEAKEST % "step_up: {at_least: «1|3»}",
    "step_up.by": WEAKEST % "step_up: {at_least: 1«, by: 2»}",
    "step.step_down": WEAKEST % "«step_down: {at_least: 1, below: 3}»" + "\nanswers: {a: {level: 1}, b: {level: 2}, c: {level: 3}}",
    "step_down.at_least": WEAKEST % "step_down: {at_least: «1|3», below: 3}" + "\nanswers: {a: {level: 1}, b: {level: 2}, c: {level: 3}}",
    "step_down.by": WEAKEST % "step_down: {at_least: 1«, by: 2», below: 3}" + "\nanswers: {a: {level: 2}, b: {level: 2}, c: {level: 3}}",
    "step_down.below": WEAKEST % "step_down: {at_least: 1, below: «2|1»}" + "\nanswers: {a: {level: 1}, b: {level: 2}, c: {level: 3}}",
    "step.even": f"scoring: {{criteria: {{method: median«, even: upper»}}}}\ntargets: {PAIR}",
    "step.counts": COUNTED % ("0", "«, {id: m, count: {is: 1}}»"),
    "counts.id": COUNTED.replace("id: n", "id: «n|m»") % ("0", ""),
    "counts.count": COUNTED % ("«0|1»", ""),
    "step.rows": TABLE % "«1|2»",
    "rows.when": "scoring: {criteria: {method: table, rows: [{when: {a: «0|1»}, gives: 1}], otherwise: 3}}",
    "rows.gives": TABLE % "«1|2»",
    "rows.why": TABLE % "1«, why: Because.»",
    "step.rules": rules("{part: a, is: «0|1»}"),
    "rules.when": rules("{part: a, is: «0|1»}"),
    "rules.gives": rules(ONE, "«1|2»"),
    "rules.why": rules(ONE, "1«, why: Because.»"),
    "step.steps": LADDER % "«{part: b, at_least: 2}|{part: a, at_least: 2}»",
    "steps.gives": "scoring: {criteria: {method: ladder, steps: [{gives: «1|2», requires: {part: b, at_least: 2}}], otherwise: 0}}",
    "steps.requires": LADDER % "«{part: b, at_least: 2}|{part: a, at_least: 2}»",
    "steps.why": LADDER % "{part: b, at_least: 2}«, why: Because.»",
    "step.otherwise": rules("{part: a, is: 1}", "1", "«2|3»"),
    "step.critical": "scoring: {criteria: {method: rules, rules: [{when: {count: {at_most: 0, critical: true}, at_least: 1}, gives: 1}], otherwise: 3«, critical: [a]»}}",
    "not_applicable.share": f"scoring: {{targets: {{method: mean, not_applicable: {{share: «1/2|1/3»}}}}}}\ntargets: {PAIR}\nanswers: {N_A}",
    "step.not_applicable": f"scoring: {{targets: {{method: mean«, not_applicable: absent»}}}}\ntargets: {PAIR}\nanswers: {N_A}",
    "not_applicable.level": f"scoring: {{targets: {{method: mean, not_applicable: {{level: «1|2»}}}}}}\ntargets: {PAIR}\nanswers: {N_A}",
    "step.insufficient_evidence": f"scoring: {{targets: {{method: mean«, insufficient_evidence: lowest»}}}}\ntargets: {PAIR}\nanswers: {LACKS}",
    "step.bands": f"scoring: {{criteria: {{method: mean«, bands: [{{from: 0, id: lo, label: Lo}}, {HIGH}]»}}}}",
    "step.bands_on": bands("{from: 1.7, id: hi, label: Hi}", "«, bands_on: rounded»"),
    "step.rounding": "scoring: {criteria: {method: mean«, rounding: {decimals: 3}»}}",
    "bands.from": bands("{from: «1.5|2», id: hi, label: Hi}"),
    "bands.above": "scoring: {criteria: {method: median, bands: [{from: 0, id: lo, label: Lo}, {«above: 2|from: 2», id: hi, label: Hi}]}}",
    "bands.to": bands("{from: 1.5, id: hi, label: Hi}").replace("id: lo", "«to: 1, »id: lo"),
    "bands.below": bands("{from: 1.5, id: hi, label: Hi}").replace("id: lo", "«below: 1, »id: lo"),
    "bands.id": bands("{from: 1.5, id: «hi|other», label: Hi}"),
    "bands.label": bands("{from: 1.5, id: hi, label: «Hi|Other»}"),
    "bands.value": "scoring: {criteria: {method: mean, passes_on: band, bands: [{from: 0, id: lo, label: Lo, value: «5|6»}]}, targets: {method: mean}}",
    "bands.gives": "scoring: {criteria: {method: mean, scale: word, passes_on: band, bands: [{from: 0, id: lo, label: Lo, gives: «part|no»}]}, targets: {method: best}}",
    "bands.requires": bands("{from: 1.5, id: hi, label: Hi«, requires: {part: a, at_least: 1}»}"),
    "condition.part": rules("{part: «a|b», at_most: 0}"),
    "condition.criterion": rules("{criterion: «a|b», at_most: 0}"),
    "condition.count": rules("«{count: {is: 0}, at_least: 1}|{part: b, is: 0}»"),
    "condition.is": rules("{part: a, is: «0|1»}"),
    "condition.at_least": rules("{part: b, at_least: «2|3»}"),
    "condition.above": rules("{part: b, above: «1|2»}"),
    "condition.at_most": rules("{part: b, at_most: «2|1»}"),
    "condition.below": rules("{part: b, below: «3|2»}"),
    "condition.more_than": rules("{count: {is: 0}, more_than: «0|1»}"),
    "condition.fewer_than": rules("{count: {is: 0}, fewer_than: «2|1»}"),
    "condition.exactly": rules("{count: {is: 0}, exactly: «1|2»}"),
    "condition.all": rules("{«all|any»: [{part: a, is: 0}, {part: b, is: 0}]}"),
    "condition.any": rules("{«any|all»: [{part: a, is: 0}, {part: b, is: 0}]}"),
    "condition.not": rules("«{not: {part: a, is: 0}}|{part: a, is: 0}»"),
    "count.is": rules(COUNT % ("is: «0|1»", "1")),
    "count.at_least": rules(COUNT % ("at_least: «2|3»", "2")),
    "count.above": rules(COUNT % ("above: «1|2»", "2")),
    "count.at_most": rules(COUNT % ("at_most: «0|2»", "2")),
    "count.below": rules(COUNT % ("below: «1|3»", "2")),
    "count.class": asked(", class: k") + "\n" + rules(COUNT % ("at_least: 2«, class: k»", "1")),
    "count.critical": asked(", critical: true") + "\n" + rules(COUNT % ("at_least: 2«, critical: true»", "1")),
    "count.parts": rules(COUNT % ("at_least: 2«, parts: [a]»", "1")),
    "target.id": "targets: [{id: «t|other», title: T, criteria: [{id: a, question: A}]}]",
    "target.title": "targets: [{id: t, title: «T|Other», criteria: [{id: a, question: A}]}]",
    "target.number": "targets: [{id: t, title: T«, number: M1», criteria: [{id: a, question: A}]}]",
    "target.short_title": "targets: [{id: t, title: T«, short_title: Short», criteria: [{id: a, question: A}]}]",
    "target.picture": "targets: [{id: t, title: T«, picture: The state we want.», criteria: [{id: a, question: A}]}]",
    "target.challenges": "targets: [{id: t, title: T«, challenges: [d]», criteria: [{id: a, question: A}]}]",
    "target.goals": "targets: [{id: t, title: T«, goals: [g]», criteria: [{id: a, question: A}]}]",
    "target.weight": f"targets: {TWO % OTHER.replace('title: U', 'title: U«, weight: {value: 2, why: w}»')}",
    "target.criteria": "targets: [{id: t, title: T, criteria: [{id: a, question: A}«, {id: b, question: B}»]}]",
    "target.scoring": "targets: [{id: t, title: T«, scoring: {method: best}», criteria: [{id: a, question: A}, {id: b, question: B}]}]",
    "target.targets": f"targets: [{{id: t, title: T, criteria: [{{id: a, question: A}}]«, targets: [{OTHER}]»}}]",
    "weight.value": asked(", weight: {value: «2|3», why: w}"),
    "weight.why": asked(", weight: {value: 2, why: «w|other»}"),
    "question.id": "targets: [{id: t, title: T, criteria: [{id: «a|b», question: A}]}]",
    "question.question": "targets: [{id: t, title: T, criteria: [{id: a, question: «A|B»}]}]",
    "question.number": asked("«, number: A.1»"),
    "question.short_title": asked(", weight: {value: 2, why: w}«, short_title: Short»"),
    "question.tags": asked("«, tags: [ig1]»"),
    "question.links": asked("«, links: [{address: 'https://exempel.se/x', title: X}]»"),
    "links.address": asked(", links: [{address: 'https://exempel.se/«x|y»', title: X}]"),
    "links.title": asked(", links: [{address: 'https://exempel.se/x', title: «X|Y»}]"),
    "question.why": asked("«, why: It matters.»"),
    "question.levels": asked("«, levels: {0: none, 1: one, 2: two, 3: three}»"),
    "question.counts_as_evidence": asked("«, counts_as_evidence: A plan.», requires: {evidence: all}"),
    "question.challenges": asked("«, challenges: [d]»"),
    "question.goals": asked("«, goals: [g]»"),
    "question.weight": asked("«, weight: {value: 2, why: w}»"),
    "question.requires": asked("«, requires: {justification: all}»"),
    "question.not_applicable": asked("«, not_applicable: allowed»") + "\nanswers: {a: {not_applicable: r}, b: {level: 2}}",
    "question.applies_to": asked("«, applies_to: [y]»"),
    "question.asked_if": asked("", "«, asked_if: {criterion: a, at_least: 1}»"),
    "question.not_applicable_if": asked("", ", not_applicable: allowed«, not_applicable_if: {criterion: a, is: 3}»")
    + "\nanswers: {a: {level: 0}, b: {not_applicable: r}, c: {level: 2}}",
    "target.counts_also": f"targets: {PAIR[:-2]}«, counts_also: [a]»}}]",
    "question.core": asked("«, core: true»", ", core: true") + "\nform: short",
    "question.scale": asked("«, scale: word»") + "\nscoring: {criteria: {method: share_satisfied}}",
    "question.class": asked("«, class: k»"),
    "question.critical": asked("«, critical: true»") + "\n" + rules(COUNT % ("is: 0, critical: true", "1")),
    "question.prerequisites": asked("", "«, prerequisites: [{criterion: a, at_least: 2, otherwise: 0}]»"),
    "question.without_evidence": asked("", "«, without_evidence: 0»"),
    "requires.justification": asked(", requires: {«justification: all»}"),
    "requires.evidence": asked(", requires: {«evidence: all»}"),
    "prerequisites.criterion": asked("", ", prerequisites: [{criterion: «a|c», at_least: 2, otherwise: 0}]"),
    "prerequisites.at_least": asked("", ", prerequisites: [{criterion: a, at_least: «1|0», otherwise: 0}]"),
    "prerequisites.otherwise": asked("", ", prerequisites: [{criterion: a, at_least: 1, otherwise: «0|1»}]"),
}  # fmt: skip


ON_THE_PAGE = {"question.mistakes": "t.text(one.mistakes)", "question.rests_on": "{{ entry.rests_on }}"}
"""Keys that the reviewer sees beside the question, on the page where it is answered, and nobody elsewhere."""


IN_A_NEW_REVIEW = {"question.look_for": "for wanted in criterion.look_for"}
"""Keys that the reviewer sees in the comments of a review that `new` makes, through tasks/evidence/reading_notes.py."""


def keys_of(schema: dict[str, Any]) -> set[str]:
    """Every key under targets and scoring, by what holds it."""
    found: set[str] = set()
    walk(schema["properties"]["scoring"], "scoring", found)
    for name in ("target", "step", "condition"):
        walk(schema["$defs"][name], name, found)
    return found


def walk(node: Any, holder: str, found: set[str]) -> None:
    if not isinstance(node, dict):
        return
    properties: dict[str, Any] = node.get("properties", {})
    if set(properties) >= {"part", "count", "not"}:
        holder = "condition"
    for key, inner in properties.items():
        if key in ("sv", "en"):
            continue
        found.add(f"{holder}.{key}")
        inside = "question" if (holder, key) == ("target", "criteria") else holder_of(key, holder)
        walk(inner, inside, found)
    for key in ("items", "additionalProperties"):
        walk(node.get(key), holder, found)
    for key in ("oneOf", "anyOf", "allOf"):
        for one in node.get(key, ()):
            walk(one, holder, found)


def holder_of(key: str, holder: str) -> str:
    """What the keys within a key are named by: the verdict's demands are the verdict's own."""
    return holder if (holder, key) == ("verdict", "requires") else key


@cache
def the_keys() -> tuple[str, ...]:
    return tuple(sorted(keys_of(json.loads(SCHEMA.read_text("utf-8")))))


def test_every_key_has_a_row() -> None:
    assert sorted([*ROWS, *ON_THE_PAGE, *IN_A_NEW_REVIEW]) == list(the_keys())


@pytest.mark.parametrize("key", sorted(IN_A_NEW_REVIEW))
def test_a_key_is_in_a_new_review(key: str) -> None:
    notes = Path(__file__).parents[2] / "src/granskning/tasks/evidence/reading_notes.py"
    assert IN_A_NEW_REVIEW[key] in notes.read_text("utf-8")


@pytest.mark.parametrize("key", sorted(ON_THE_PAGE))
def test_a_key_is_on_the_page(key: str) -> None:
    assert ON_THE_PAGE[key] in PAGE.read_text("utf-8")


@pytest.mark.parametrize("key", sorted(ROWS))
def test_a_key_does_something_that_a_reader_sees(key: str) -> None:
    row = ROWS[key]
    assert "«" in row
    parts = re.compile("«([^«»|]*)(?:[|]([^«»]*))?»")
    with_it = parts.sub(lambda one: one[1], row)
    without = parts.sub(lambda one: one[2] or "", row)
    assert seen(yaml.safe_load(with_it)) != seen(yaml.safe_load(without))


def seen(row: dict[str, Any]) -> list[str]:
    """All that a reader can see of the set, and of the review of it."""
    scoring = {"criteria": {"method": "mean"}, "targets": {"method": "mean"}, **row.get("scoring", {})}
    targets: list[Any] = row.get("targets") or yaml.safe_load(TARGETS)
    reviews = {"r": row.get("answers", ANSWERS)} | ({"o": row["other"]} if "other" in row else {})
    files = {
        "granskning.yaml": {"schema": "granskning/workspace/1", "organisation": "O", "language": "en", "criteria": "s"},
        "criteria/s.yaml": {**HEAD, "targets": targets, "scoring": scoring},
        "strategies/p/strategy.yaml": {
            "schema": "granskning/strategy/1", "id": "p", "title": "P", "kind": "plan", "area": "x", "owner": "O",
            "period": {"from": 2026, "to": 2030}, "editions": [{"id": "e", "stage": "adopted", "date": "2026-01"}],
        },
        **{f"strategies/p/reviews/r/{name}.yaml": one for name, one in reviews_of(row, targets, reviews).items()},
    }  # fmt: skip
    loaded = load_files(HeldFiles({name: yaml.safe_dump(one).encode() for name, one in files.items()}))
    found = [f"{one.rule.code} {one.at.file} {one.at.path} {one.values}" for one in loaded.findings]
    if not loaded.workspace.criteria or not loaded.workspace.reviews:
        return found
    criteria, strategy = next(iter(loaded.workspace.criteria.values())), loaded.workspace.strategies["p"]
    scored = score_workspace(loaded.workspace)
    rounds = score_rounds(loaded.workspace, scored)
    results = strategy_results(loaded.workspace, rounds)
    one = scored[-1]
    report = make_review_report(
        one.review, strategy, criteria, one.card, indicators={}, actions=(), settings=loaded.workspace.settings, t=T,
        provenance=ORIGIN, sensitivity=make_sensitivity(one.review, one.plan),
    )  # fmt: skip
    annex = make_criteria_report(
        CriteriaMaterial(
            criteria=criteria, words=Lexicon(T, criteria), indicators={}, settings=loaded.workspace.settings,
            provenance=ORIGIN,
        )
    )  # fmt: skip
    form = review_text(Request(strategy, "e", criteria, "n", "r", "reviewer", "2026-11-01"), "en")
    plain = re.sub(r'"hash": "[^"]*"', "", as_json(scored, rounds, results, T, explain=True))
    return [*found, plain, as_table(scored, rounds, results, T, explain=True), repr(report), repr(annex), form]


def reviews_of(row: dict[str, Any], targets: list[Any], reviews: dict[str, Any]) -> dict[str, Any]:
    names = set(re.findall(r"'id': '([^']+)', 'question'", str(targets)))
    head = {"schema": "granskning/review/1", "strategy": "p", "edition": "e", "criteria": "s@1.0.0", "round": "r"}
    rest = {"status": "draft", "reading_depth": row.get("depth", "full_text"), "form": row.get("form", "full")}
    return {
        name: {**head, "reviewer": name, **rest, "answers": {key: one for key, one in given.items() if key in names}}
        for name, given in reviews.items()
    }
