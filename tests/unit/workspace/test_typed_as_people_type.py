"""What people type for what is wanted: numbers where text stands, Swedish words for keys and values, slips of YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning.findings.finding import FilledWords
from granskning.workspace.schema.meant import meant_key, meant_value
from granskning.workspace.schema.schema import KINDS, load_schema
from granskning.workspace.yaml.source import TEXTS, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from conftest import Alter, Load

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
ACTIONS = "strategies/provplan/actions.yaml"
ALONE = "    justification: >-\n      Omsorgsresor nämns en gång.\n"


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("        page: 1\n", "        page: 1\n        section: 3.2\n", "section"),
        ("date: 2026-11-23\n", "date: 2026-11-23\ncase_number: 1.10\n", "case_number"),
        (ALONE, "    justification: 3.10\n", "justification"),
    ],
)
def test_a_number_where_text_is_wanted_is_that_text_as_it_was_written(
    load: Load, alter: Alter, before: str, after: str, key: str
) -> None:
    loaded = load(alter(REVIEW, (before, after)))
    assert [str(finding.rule.code) for finding in loaded.findings] == []
    written = after.split(f"{key}: ")[1].strip()
    review = loaded.workspace.reviews[0]
    answer = review.answers["resor-vardag"]
    assert written in (review.case_number, answer.justification, answer.evidence[0].section)


def test_a_cost_is_text_too(load: Load, alter: Alter) -> None:
    loaded = load(alter(ACTIONS, ("    status: proposed\n", "    status: proposed\n    cost: 50000\n")))
    assert not loaded.findings
    assert loaded.workspace.actions["provplan"][0].cost == "50000"


def _texts(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        properties = schema.get("properties")
        for key, value in properties.items() if isinstance(properties, dict) else ():
            if isinstance(value, dict):
                yield key, value
        for value in schema.values():
            yield from _texts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _texts(value)


def test_keys_that_are_read_as_text_are_so_in_every_schema() -> None:
    """No key among them wants a number anywhere, and every editor is told that a number may stand there."""
    found = [(key, value) for kind in KINDS for key, value in _texts(load_schema(kind)) if key in TEXTS]
    assert {key for key, _ in found} >= {"section", "case_number", "cost", "justification", "title"}
    for key, value in found:
        kinds = value.get("type", [])
        if "string" in kinds and not {"pattern", "enum"} & value.keys():
            assert "number" in kinds, key
        assert "integer" not in kinds, key


@pytest.mark.parametrize(
    ("kind", "written", "key"),
    [
        ("review", "Läsdjup", "reading_depth"),
        ("review", "reading depth", "reading_depth"),
        ("strategy", "ägare", "owner"),
        ("strategy", "Titel", "title"),
        ("strategy", "helt annat", None),
    ],
)
def test_a_key_by_its_title(kind: str, written: str, key: str | None) -> None:
    assert meant_key(written, load_schema(kind)["properties"]) == key


@pytest.mark.parametrize(
    ("written", "of", "value"),
    [
        ("hela texten", "reading_depth", "full_text"),
        ("Pressmeddelande", "reading_depth", "press_release"),
        ("the whole text", "reading_depth", "full_text"),
        ("utkast", "status", "draft"),
        ("klar", "status", "submitted"),
        ("godkänd", "status", "approved"),
        ("samlad", "kind", "consensus"),
        ("något annat", "status", None),
        ("", "status", None),
    ],
)
def test_a_value_by_what_it_stands_for(written: str, of: str, value: str | None) -> None:
    assert meant_value(written, load_schema("review")["properties"][of]) == value


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Delvis", "2"),
        ("delvis", "2"),
        ("3 Styr", "3"),
        ("2. Delvis", "2"),
        ("två", "2"),
        ("\u201d2\u201d", "2"),
        ("ej tillämpligt", "not_applicable"),
        ("Vet ej", "insufficient_evidence"),
        ("n/a", "not_applicable"),
        ("elva", None),
    ],
)
def test_a_level_by_its_label(load: Load, alter: Alter, written: str, key: str | None) -> None:
    (finding,) = load(alter(REVIEW, ("    level: 1\n", f"    level: {written}\n"))).findings
    assert (finding.rule.code, finding.suggestion) == ("GR206", key)


@pytest.mark.parametrize(
    ("before", "after", "at", "words"),
    [
        (ALONE, "    justification: [sic] Omsorg nämns.\n", (14, 20), "bracket"),
        (ALONE, "    justification: - Omsorg nämns.\n", (14, 20), "hyphen must be put in a >- block"),
        (ALONE, '    justification: "Omsorg" nämns.\n', (14, 20), "quotation mark"),
        (ALONE, "    justification: 'Omsorg' nämns.\n", (14, 20), "quotation mark"),
        ("    level: 1\n", "\N{NO-BREAK SPACE}   level: 1\n", (13, 1), "no-break"),
        ("    level: 1\n", "    level:\N{NO-BREAK SPACE}1\n", (13, 11), "no-break"),
        ("    level: 1\n", "    level:1\n", (13, 11), "after the colon"),
        ("    level: 1\n", "      level: 1\n", (13, 7), "where 4 would agree"),
        ("    level: 1\n", "   level: 1\n", (13, 4), "where 4 would agree"),
        (ALONE, "    justification: >-\n    Omsorg nämns.\n", (15, 5), "further than the key"),
        (ALONE, "    justification: Planen: omsorg nämns.\n", (14, 26), "inside unquoted text"),
        (ALONE, "    justification: https://exempel.se: omsorg.\n", (14, 38), "inside unquoted text"),
        ("    level: 1\n", "    level 1\n", (13, 10), "no colon"),
        ("    level: 1\n", "    level = 1\n", (13, 10), "no colon"),
        ("    level: 1\n", "    level; 1\n", (13, 10), "no colon"),
        ("    level: 1\n", "    level\N{FULLWIDTH COLON} 1\n", (13, 10), "no colon"),
        ("    level: 1\n", "    level\n", (13, 10), "no colon"),
        (ALONE, "    justification:\n      Tre ord nämns.\n      Obs: omsorg.\n", (16, 10), "inside unquoted text"),
        ("    level: 1\n", "    level: ?\n", (13, 12), "cannot begin"),
        ("      - edition: remiss\n", "      -edition: remiss\n", (17, 7), "a hyphen and a space"),
        ("      - edition: remiss\n", "      \N{EN DASH} edition: remiss\n", (17, 7), "a hyphen and a space"),
        ("      - edition: remiss\n", "      * edition: remiss\n", (17, 7), "a hyphen and a space"),
        (ALONE, "    justification: >- Omsorg nämns.\n", (14, 23), "on the next line"),
        (ALONE, "    justification: > -\n      Omsorg nämns.\n", (14, 22), "on the next line"),
        ("schema: granskning/review/1\n", "```yaml\nschema: granskning/review/1\n", (1, 1), "a code block"),
    ],
)
def test_what_yaml_stumbles_on_is_told_where_it_was_typed(
    alter: Alter, before: str, after: str, at: tuple[int, int], words: str
) -> None:
    text = alter(REVIEW, (before, after))[REVIEW]
    reading = read(text if isinstance(text, str) else text.decode())
    fault = reading.faults[-1]
    assert (fault.code, (fault.place.line, fault.place.column)) == ("GR101", at)
    problem = fault.values["problem"]
    shown = problem.message.format(**problem.values) if isinstance(problem, FilledWords) else str(problem)
    assert words in shown
