"""How a set counts, in forms on the page: every kind of rule is made, changed, moved, taken away, put back."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from served import Served, words
from set_forms import SET, form_in, values

from granskning.tasks.criteria.part_fields import Languages
from granskning.tasks.criteria.rule_form import RuleField, fields_in, form_of_part, row_of_rule, rule_after
from granskning.workspace.schema.form_nodes import choices_of, kind_of_node, node_at, title_of

AT = "/matt/prov/regler/"
BOTH = Languages("sv", ("sv", "en"), is_plain=False)
GATE = {"f-when.criterion": "resor-barn", "f-when.below": "1", "f-cap.target": "resor", "f-cap.at": "1",
        "f-why@sv": "Barnen måste räknas.", "f-why@en": "Children must count."}  # fmt: skip


def test_every_rule_has_a_form_in_words(site: Served) -> None:
    index = site.ask("GET", "/matt/prov/del/rules").body
    places = re.findall(r'href="/matt/prov/regler/([^"]+)"', index)
    assert {"scoring", "scoring.gates", "scoring.bands", "scoring.criteria", "scales", "classes"} <= set(places)
    for place in [*places, "scoring.gates.ny", "scoring.bands.ny", "scale.0", "scales.ny", "scoring.criteria.rules.ny"]:
        reply = site.ask("GET", AT + place)
        assert reply.status == 200, (place, words(reply.body))
        shown = words(reply.body)
        for key in ("at_least", "means_missing", "passes_on", "half_up", "insufficient_evidence", "fewer_than"):
            assert key not in shown, (place, key)


def test_a_form_that_is_saved_as_it_is_changes_no_byte(site: Served) -> None:
    before = (site.root / SET).read_bytes()
    for place in ("scoring", "scoring.criteria", "scoring.targets", "scoring.rounding", "scale.0", "scale.1"):
        reply = site.post(AT + place, form_in(site, AT + place))
        assert (reply.status, (site.root / SET).read_bytes() == before) == (303, True), (place, words(reply.body))


def gates(site: Served) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = values(site)["scoring"]["gates"]
    return found


def test_a_gate_is_made_changed_moved_taken_away_and_put_back(site: Served) -> None:
    reply = site.post(AT + "scoring.gates.ny", form_in(site, AT + "scoring.gates.ny") | GATE)
    assert reply.status == 303, words(reply.body)
    assert gates(site)[1] == {
        "id": "barnen-maste-raknas",
        "when": {"criterion": "resor-barn", "below": 1},
        "cap": {"target": "resor", "at": 1},
        "why": {"sv": "Barnen måste räknas.", "en": "Children must count."},
    }
    form = form_in(site, AT + "scoring.gates.1")
    assert site.post(AT + "scoring.gates.1", form | {"f-cap.at": "2"}).status == 303
    assert gates(site)[1]["cap"]["at"] == 2
    both = site.post(AT + "scoring.gates.1", form | {"f-cap.at": "0"})
    assert (both.status, "Som det står nu" in words(both.body)) == (409, True)
    fresh = form_in(site, AT + "scoring.gates.1")
    wrong = site.post(AT + "scoring.gates.1", fresh | {"f-when.criterion": "nej"})
    assert wrong.status == 409
    field = re.search(r'<select id="r-when-criterion"[^>]*>', wrong.body)
    assert field, wrong.body
    assert 'aria-invalid="true" aria-describedby=" r-when-criterion-wrong"' in field[0]
    assert 'id="r-when-criterion-wrong"' in wrong.body
    page = site.ask("GET", AT + "scoring.gates").body
    seen = [html.unescape(text) for text in re.findall(r'name="seen" value="([^"]*)"', page)]
    assert site.post(AT + "scoring.gates.1", {"seen": seen[1], "way": "up"}).status == 303
    assert [gate["id"] for gate in gates(site)] == ["barnen-maste-raknas", "utan-resor"]
    assert site.post(AT + "scoring.gates.1", {"seen": seen[1], "way": "away"}).status == 409  # another stands there
    gone = site.post(AT + "scoring.gates.1", {"seen": seen[0], "way": "away"})
    assert (gone.status, len(gates(site))) == (200, 1)
    assert 'id="told" tabindex="-1" role="status"' in gone.body
    item = html.unescape(re.findall(r'name="item" value="([^"]*)"', gone.body)[0])
    assert site.post(AT + "scoring.gates.1", {"item": item, "way": "back"}).status == 303
    assert [gate["id"] for gate in gates(site)] == ["barnen-maste-raknas", "utan-resor"]


def test_bands_and_a_ladder_are_made_on_the_page(site: Served) -> None:
    for bound, label in (("0", "Svag"), ("2", "Stark")):
        form = form_in(site, AT + "scoring.criteria.bands.ny")
        given = {"f-from": bound, "f-label@sv": label, "f-label@en": label.lower()}
        reply = site.post(AT + "scoring.criteria.bands.ny", form | given)
        assert reply.status == 303, words(reply.body)
    bands = values(site)["scoring"]["criteria"]["bands"]
    assert [(band["from"], band["id"]) for band in bands] == [(0, "svag"), (2, "stark")]
    form = form_in(site, AT + "scoring.criteria")
    assert site.post(AT + "scoring.criteria", form | {"f-method": "weakest"}).status == 303
    assert values(site)["scoring"]["criteria"]["method"] == "weakest"


def test_a_question_moves_to_another_target(site: Served) -> None:
    sent = {"kind": "criteria", "name": "resor-barn", "to": "makt"}
    assert site.post("/matt/prov/flytta", sent).status == 303
    assert [[one["id"] for one in target["criteria"]] for target in values(site)["targets"]] == [
        ["resor-vardag"], ["makt-samrad", "resor-barn"],
    ]  # fmt: skip
    assert site.post("/matt/prov/flytta", {**sent, "name": "resor-vardag"}).status == 409  # a target keeps one


PARTS: list[tuple[str, dict[str, Any]]] = [
    ("scoring.criteria", {"method": "table", "rows": [{"when": {"a": 1}, "gives": 2}], "otherwise": 0}),
    ("scoring.criteria.rows.0", {"when": {"a": [1, 2], "b": "2+"}, "gives": 2, "why": {"sv": "x", "en": "y"}}),
    ("scoring.criteria.rules.0", {"when": {"count": {"is": [0, 1], "class": "k"}, "more_than": 2}, "gives": "1/3"}),
    ("scoring.criteria.rules.0", {"when": [{"part": "a", "is": 1}, {"part": "b", "is": 2}], "gives": 0.5}),
    ("scoring.criteria.steps.0", {"gives": 1, "requires": {"not": {"criterion": "a", "is": 0}}, "why": "för"}),
    ("scoring.gates.0", {"id": "g", "when": {"criterion": "a", "below": 1}, "cap": {"total": True, "at": "50 %"}}),
    ("scoring.bands.0", {"from": "1/2", "id": "b", "label": {"sv": "Bra", "en": "Good"}}),
    ("scale.0", {"value": 0, "label": {"sv": "Saknas", "en": "Missing"}, "means_missing": True, "points": 1.5}),
    ("classes.0", {"id": "k", "title": "K", "weight": {"value": "3/13", "why": {"sv": "a"}}}),
    ("classes.0", {"id": "k", "title": "K", "weight": 2}),
    ("requires", {"justification": "all", "evidence": [1, 2, 3]}),
    ("scoring.verdict", {"requires": {"coverage": "80 %", "reading_depth": "full_text"}}),
]


@pytest.mark.parametrize(("place", "value"), PARTS, ids=lambda part: part if isinstance(part, str) else "")
def test_the_fields_of_a_part_are_its_values(place: str, value: dict[str, Any]) -> None:
    """Written back as they are they change nothing; emptied and filled in again they are the same."""
    node = node_at(tuple(int(step) if step.isdigit() else step for step in place.split(".")))
    assert node is not None
    row = row_of_rule(node, value, BOTH)
    assert rule_after(node, value, {}, BOTH) == value
    assert rule_after(node, value, row, BOTH) == value
    lists = {key for key, held in value.items() if isinstance(held, list) and held and isinstance(held[0], dict)}
    empty = rule_after(node, value, dict.fromkeys(row), BOTH)
    assert set(empty) <= lists | {"when"}
    known = {field.key for field in fields_in(form_of_part(node, value, BOTH, "sv"))}
    assert row.keys() <= known
    begun = {field.key for field in fields_in(form_of_part(node, {}, BOTH, "sv"))}
    assert {key for key in row if ".not." in key} <= begun  # what must not hold can be begun in the form


def test_everything_that_can_be_said_of_how_a_set_counts_has_a_title_and_a_field() -> None:
    """The schema is the source: a key that is added to it has its field and its words the same day."""

    def look(node: dict[str, Any], place: tuple[str | int, ...], depth: int) -> None:
        for item in fields_in(form_of_part(node, {}, BOTH, "sv")):
            assert isinstance(item, RuleField)
            assert item.title or item.kind == "map", (place, item.key)
        for key in node.get("properties", {}) if depth < 4 else ():
            below = node_at((*place, key))
            assert below is not None
            if "enum" in below:
                for language in ("sv", "en"):
                    assert all("_" not in told for _, told in choices_of(below, language)), (place, key)
            if kind_of_node(below) in ("list", "group"):
                assert title_of(below, "sv") or place[-1:] == ("verdict",), (place, key)
                step = (*place, key, 0) if kind_of_node(below) == "list" else (*place, key)
                look(node_at(step) or {}, step, depth + 1)

    scoring = node_at(("scoring",))
    assert scoring is not None
    look(scoring, ("scoring",), 0)


def test_a_variant_is_made_and_says_only_what_differs(site: Served) -> None:
    made = site.post("/matt/prov/variant", {"title": "Prov för kommuner"})
    assert (made.status, made.header("location")) == (303, "/matt/prov-for-kommuner")
    at, file = "/matt/prov-for-kommuner", "criteria/prov-for-kommuner.yaml"
    assert "variant av prov@1.0.0" in words(site.ask("GET", at).body)
    other = (site.root / SET).read_bytes()
    form = form_in(site, f"{at}/fraga/resor-vardag")
    assert site.post(f"{at}/fraga/resor-vardag", form | {"f-question@sv": "Räknas kommunens resor?"}).status == 303
    assert site.post(f"{at}/fraga/resor-barn/bort", {"why": "Gäller inte."}).status == 303
    gate = {**form_in(site, f"{at}/regler/scoring.gates.0"), "f-cap.at": "2"}
    assert site.post(f"{at}/regler/scoring.gates.0", gate).status == 303
    said = values(site, file)
    assert said["targets"] == [
        {"id": "resor", "criteria": [{"id": "resor-vardag", "question": {"sv": "Räknas kommunens resor?",
                                                                         "en": "Do everyday trips count?"}}]}
    ]  # fmt: skip
    assert said["removes"] == {"criteria": ["resor-barn"]}
    assert list(said["scoring"]) == ["gates"]
    moved = site.post(f"{at}/flytta", {"kind": "targets", "name": "makt", "way": "up"})
    assert (moved.status, "aldrig en annan ordning" in words(moved.body)) == (409, True)
    assert (site.root / SET).read_bytes() == other
    assert values(site, file) == said
