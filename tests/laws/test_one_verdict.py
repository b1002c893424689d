"""One verdict on every input: `check`, the shipped schema and the one that editors use, by two libraries.

Values are those of sound files with something changed: kinds, bounds, lengths, patterns, dates, unicode, doubles.
"""

from __future__ import annotations

import copy
import json
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from granskning.files import HeldFiles
from granskning.findings.severity import Severity
from granskning.workspace.load import load_files
from granskning.workspace.schema.editor import localized, review_schema
from granskning.workspace.schema.kinds import kind_of_file
from granskning.workspace.schema.schema import KINDS, _explainer, check_values, load_schema
from granskning.workspace.yaml.source import read
from granskning.workspace.yaml.yaml_text import write_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Alter, Load
    from granskning.files import Files
    from granskning.model.criteria import CriteriaSet

TESTS = Path(__file__).parents[1]
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
SAMPLES = 60
TOLD_BY_CHECK_ALONE = {
    # what no schema can say, since it rests on other keys, other files or the calendar
    "GR201": "whether a level needs its justification is the set's to say",
    "GR202": "the same of evidence",
    "GR203": "two states at once: an editor would underline the whole answer",
    "GR204": "a state without its reason: the key alone is being written",
    "GR207": "rests on the reading depth",
    "GR208": "rests on the area of the strategy",
    "GR209": "evidence without a place rests on what else it has",
    "GR210": "the same of quotation and paraphrase",
    "GR211": "rests on the strategy's editions",
    "GR212": "rests on the status", "GR213": "rests on the status", "GR221": "rests on the status",
    "GR301": "rests on the strategies of the folder",
    "GR303": "rests on the criteria sets of the folder",
    "GR306": "rests on the folder that the file lies in",
    "GR311": "rests on other dates", "GR315": "no pattern knows the calendar",
}  # fmt: skip
"""The errors of `check` on what the editor's schema accepts, with the reason why it cannot tell them."""
ODD: tuple[Any, ...] = (
    True, False, None, 0, 1, 3, -1, 1.0, 2.5, -0.0, 1e308, 2**63, 2**64, 10**30, 10**400, "", " ", "a\n", "\na", "a\r",
    "a\N{LINE SEPARATOR}", "å", "x" * 81, "\N{GRINNING FACE}" * 40, "\N{GRINNING FACE}" * 81, "2026-02-30",
    "2026-13-01", "2026-01-01\n", "\N{ARABIC-INDIC DIGIT TWO}026-01-01", "\N{FULLWIDTH DIGIT TWO}", "1", "1.0.0",
    "a@1.0.0", "a@1.0.0\n", "50 %", "50\N{NO-BREAK SPACE}%", "https://x.se", "https://x.se\n", "https://å.se/ b",
    "HTTP://x", "all", "none", [], {}, [None], ["a", "a"], [1, 1.0], [True, 1], {"sv": "x"}, {"sv": ""}, {"": 1},
)  # fmt: skip


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        yield from _paths(part, (*path, step))


def _changed(values: Any, rng: random.Random) -> Any:
    """The values with one thing or two put in, taken out, doubled or replaced."""
    values = copy.deepcopy(values)
    for _ in range(rng.choice((1, 1, 2))):
        *way, last = rng.choice(list(_paths(values)))
        place = values
        for step in way:
            place = place[step]
        how = rng.choice(("replace",) * 7 + ("remove", "double", "add"))
        if how == "remove":
            del place[last]
        elif how == "double" and isinstance(place[last], list) and place[last]:
            place[last].append(copy.deepcopy(place[last][0]))
        elif how == "add" and isinstance(place, dict):
            place[rng.choice(("x", "level", "open", "weight", "id\n"))] = rng.choice(ODD)
        else:
            place[last] = copy.deepcopy(rng.choice(ODD))
    return values


@cache
def _sound(kind: str) -> tuple[Any, ...]:
    """The values of small sound files of a kind."""
    found = []
    for root in (TESTS / "cases/base", TESTS.parent):
        for folder in ("criteria", "strategies", "granskning.yaml"):
            paths = [root / folder] if folder.endswith(".yaml") else sorted((root / folder).rglob("*.yaml"))
            kinds = ((path, kind_of_file(path.relative_to(root).as_posix())) for path in paths)
            found += [read(path.read_text("utf-8")).value for path, one in kinds if one == kind
                      and path.stat().st_size < 20_000]  # fmt: skip
    return tuple(found)


@pytest.mark.parametrize("kind", KINDS)
def test_check_and_both_libraries_and_the_editors_schema_say_the_same(kind: str) -> None:
    schema = load_schema(kind)
    editors = jsonschema_rs.Draft202012Validator(json.loads(json.dumps(localized(schema, "en"))))
    teller = _explainer()(schema)
    rng = random.Random(kind)  # noqa: S311  # the same samples each time
    verdicts = []
    for _ in range(SAMPLES):
        values = _changed(rng.choice(_sound(kind)), rng)
        findings = check_values(kind, values, "x")
        verdicts.append(not findings)
        assert (not findings) == editors.is_valid(values) == teller.is_valid(values), values
        assert all(one.at.path or one.rule.code in ("GR120", "GR121") for one in findings), "each has its place"
    assert any(verdicts)
    assert not all(verdicts)


def test_what_the_editors_schema_of_a_set_refuses_check_refuses(
    base_files: dict[str, bytes], prov: CriteriaSet
) -> None:
    editors = jsonschema_rs.Draft202012Validator(review_schema(prov, "sv"))
    sound = read(base_files[REVIEW].decode()).value
    rng = random.Random(14)  # noqa: S311  # the same samples each time
    accepted = 0
    for _ in range(SAMPLES):
        text = write_mapping(_changed(sound, rng))
        files: Files = HeldFiles({**base_files, REVIEW: text.encode()})
        findings = load_files(files, only=[REVIEW]).findings
        errors = {one.rule.code for one in findings if one.at.file == REVIEW and one.rule.severity is Severity.ERROR}
        if editors.is_valid(read(text).value):
            accepted += 1
            assert errors <= TOLD_BY_CHECK_ALONE.keys(), text
        else:
            assert errors, text
    assert accepted


def test_a_whole_number_with_decimals_is_that_whole_number(load: Load, alter: Alter) -> None:
    whole = alter(REVIEW, ("page: 1\n", "page: 14\n        pdf_page: 16\n"))
    decimals = {REVIEW: whole[REVIEW].replace("14\n", "14.0\n").replace("16\n", "16.0\n")}
    (one,), (other,) = (load(files).workspace.reviews for files in (whole, decimals))
    assert repr(one) == repr(other), "the schemas pass both as whole numbers"
