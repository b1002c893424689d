"""The tables of an export: complete, of one piece, and with the figures of the scorecard."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from granskning.errors import UsageError
from granskning.i18n import Translator
from granskning.reporting.tables.table_plan import PLAN
from granskning.reporting.tables.table_rows import JointResult, make_tables
from granskning.reporting.workbook.workbook_choices import MEMORY
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.rounds import RoundCard
from granskning.scoring.score import score_review
from granskning.tasks.data.export import export_workspace
from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from conftest import Alter, Load
    from granskning.reporting.blocks.tables import Table
    from granskning.workspace.loaded import Loaded

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
TYPES = {"text": str, "integer": int, "number": float, "boolean": bool}


def tables_of(loaded: Loaded, *, internal: bool = False, tags: tuple[str, ...] = ()) -> dict[str, Table]:
    workspace = loaded.workspace
    plans = {name: compile_criteria(criteria) for name, criteria in workspace.criteria.items()}
    cards = {one.file: score_review(one, plans[one.criteria]) for one in workspace.reviews}
    rounds = [
        JointResult(one.strategy, one.round, 1, one.criteria, RoundCard("single", cards[one.file]))
        for one in workspace.reviews[:1]
    ]
    made = make_tables(workspace, cards, rounds, Translator("sv"), internal=internal, tags=tags)
    return {table.name: table for table in made}


@pytest.fixture(scope="module")
def tables(load: Load) -> dict[str, Table]:
    return tables_of(load())


def rows_of(table: Table) -> list[dict[str, object]]:
    return [dict(zip((column.id for column in table.columns), row, strict=True)) for row in table.rows]


def test_every_planned_table_is_there_in_order(tables: dict[str, Table]) -> None:
    assert list(tables) == [table.name for table in PLAN]


@pytest.mark.parametrize("planned", PLAN, ids=lambda table: table.name)
def test_rows_hold_what_the_columns_say(tables: dict[str, Table], planned: Table) -> None:
    for row in tables[planned.name].rows:
        assert len(row) == len(planned.columns)
        for place, (value, column) in enumerate(zip(row, planned.columns, strict=True)):
            assert value is None or type(value) is TYPES[column.kind], (planned.name, column.id, value)
            assert value is not None or place >= planned.key, f"{planned.name}.{column.id} is part of the key"


@pytest.mark.parametrize("planned", PLAN, ids=lambda table: table.name)
def test_keys_name_one_row_and_references_lead_somewhere(tables: dict[str, Table], planned: Table) -> None:
    table = tables[planned.name]
    keys = [row[: table.key] for row in table.rows]
    assert len(set(keys)) == len(keys)
    names = [column.id for column in table.columns]
    for reference in table.references:
        other = tables[reference.table]
        there = {row[: other.key] for row in other.rows}
        places = [names.index(name) for name in reference.columns]
        assert {tuple(row[place] for place in places) for row in table.rows} <= there


def test_the_base_workspace_fills_the_tables_that_matter(tables: dict[str, Table]) -> None:
    for name in ("strategies", "editions", "targets", "criteria", "levels", "reviews", "answers", "evidence",
                 "target_results", "rounds", "actions", "indicators", "indicator_values"):  # fmt: skip
        assert tables[name].rows, name


def test_results_are_those_of_the_scorecard(load: Load, tables: dict[str, Table]) -> None:
    workspace = load().workspace
    review = workspace.reviews[0]
    card = score_review(review, compile_criteria(workspace.criteria[review.criteria]))
    told = {row["target"]: row for row in rows_of(tables["target_results"])}
    for target in card.targets:
        row = told[target.id]
        assert row["assessed"] == target.score.assessed
        assert row["standing"] == target.score.standing
        assert row["value"] == (None if target.score.value is None else float(target.score.value))


def test_what_is_not_looked_at_has_its_row_and_no_points(load: Load, alter: Alter) -> None:
    changed = alter(REVIEW, ("    level: 1\n", "    level:\n"))
    told = rows_of(tables_of(load(dict(changed)))["answers"])
    empty = [row for row in told if row["state"] == "empty"]
    assert empty
    assert all(row["points"] is None and row["level"] is None for row in empty)


def test_internal_notes_stay_inside_unless_asked_for(load: Load, alter: Alter) -> None:
    changed = dict(alter(REVIEW, ("    level: 1\n", "    level: 1\n    note: bara för oss\n")))
    loaded = load(changed)
    assert {row["note"] for row in rows_of(tables_of(loaded)["answers"])} == {None}
    assert "bara för oss" in {row["note"] for row in rows_of(tables_of(loaded, internal=True)["answers"])}


def test_a_review_that_could_not_be_scored_is_left_out(load: Load) -> None:
    made = make_tables(load().workspace, {}, [], Translator("sv"))
    by_name = {table.name: table for table in made}
    assert by_name["reviews"].rows == by_name["answers"].rows == ()
    assert by_name["strategies"].rows


def test_the_published_schema_is_that_of_the_plan() -> None:
    published = load_schema("export")["properties"]["tables"]["properties"]
    kinds = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
    t = Translator("sv")
    assert list(published) == [table.name for table in PLAN]
    for table in PLAN:
        held = published[table.name]
        assert held["description"] == t(table.about)
        properties = held["items"]["properties"]
        assert held["items"]["required"] == list(properties) == [column.id for column in table.columns]
        for place, column in enumerate(table.columns):
            kind = kinds[column.kind]
            assert properties[column.id]["type"] == (kind if place < table.key else [kind, "null"])
            assert properties[column.id]["description"] == t(column.heading)
            assert properties[column.id]["x-en"]["description"] == column.heading


def test_tags_choose_questions_and_leave_results_as_they_are(load: Load, alter: Alter) -> None:
    loaded = load(alter("criteria/prov.yaml", ("        core: true\n", "        core: true\n        tags: [ig1]\n")))
    every, chosen = tables_of(loaded), tables_of(loaded, tags=("ig1",))
    for name in ("criteria", "levels", "answers", "evidence", "action_criteria"):
        rows = [row for row in rows_of(every[name]) if row["criterion"] == "resor-vardag"]
        assert rows_of(chosen[name]) == rows, name
        assert len(rows) < len(every[name].rows) or name in ("evidence", "action_criteria"), name
    for name in every.keys() - {"criteria", "levels", "answers", "evidence", "action_criteria"}:
        assert chosen[name] == every[name], name


def test_a_workbook_holds_the_chosen_questions_alone_and_leaves_the_others(load: Load, alter: Alter) -> None:
    loaded = load(alter("criteria/prov.yaml", ("        core: true\n", "        core: true\n        tags: [ig1]\n")))
    held = load_workbook(io.BytesIO(export_workspace(loaded, form="xlsx", tags=("ig1",))[1]))
    asked = [row[1] for row in held[MEMORY].iter_rows(min_row=2, values_only=True)]
    assert asked == [":head", "resor-vardag"], "what is not in its memory is not read back"
    with pytest.raises(UsageError) as raised:
        export_workspace(loaded, form="csv", tags=("ig2",))
    assert raised.value.values["suggestion"] == "ig1"
    unread = load({REVIEW: None, **alter("criteria/prov.yaml", ("core: true\n", "tags: [x]\n"))})
    with pytest.raises(UsageError, match="no review"):
        export_workspace(unread, form="xlsx", tags=("x",))
