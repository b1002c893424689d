"""One writer each: JSON, CSV and what is printed go through the module that owns it, whoever makes the values."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

import json_outputs
from granskning.json_text import json_text, on_output, output_text
from granskning.safe_text import printable, spreadsheet_cell
from house import nodes_of

pytestmark = pytest.mark.xdist_group("house")  # whoever looks at all files has read them once

SOURCE = Path(__file__).parent.parent / "src" / "granskning"

NOT_OUTPUT = {
    # JSON that is part of something else, or that only the program itself reads again
    "json_reading.py": "what a fingerprint is of",
    "reporting/workbook/criteria_workbook.py": "the hidden sheet of a workbook",
    "reporting/workbook/hidden_sheet.py": "the hidden sheet of a workbook",
    "tasks/evidence/documents.py": "the cache",
    "tasks/evidence/quotations.py": "the cache",
    "tasks/history/history.py": "the cache",
    "tasks/history/history_scores.py": "the cache, and results within it that history's output has as they are",
    "tasks/history/history_sets.py": "the cache",
    "tasks/history/shared_grounds.py": "the cache",
    "tasks/history/history_versions.py": "the cache",
    "tasks/proof/verify_history.py": "values as they are after being written, to compare with",
    "tasks/proof/verify_sources.py": "a value in a sentence",
    "tasks/reports/attachments.py": "what lies in a PDF",
    "tasks/reports/kept_build.py": "what a fingerprint is of",
    "tasks/reports/outputs.py": "the record of what was built",
    "tasks/reports/pages.py": "the site's search index, a script",
    "web/access/access_log.py": "the log of access, a line of JSON a request",
    "web/actions.py": "what a form is merged from",
    "web/criteria/rules.py": "what a form is merged from, and what is put back",
    "web/criteria/one_set.py": "what a form is merged from",
    "web/criteria/question.py": "what a form is merged from",
    "web/parts/conflict.py": "what a form is merged from",
    "web/parts/forms.py": "what a form is merged from",
    "web/reviews/review.py": "what a form is merged from",
    "web/reviews/saving.py": "what a form is merged from",
    "workspace/schema/editor.py": "the editor's schemas",
    "workspace/schema/schema.py": "a value in a finding",
    "workspace/starter.py": "the editor's settings",
    "edges/readers/reading.py": "what a process of its own is asked for",
    "tasks/checking/kept_check.py": "what the cache keeps",
    "workspace/yaml/canonical_form.py": "what a fingerprint is taken of",
    "workspace/yaml/yaml_text.py": "a quoted text in YAML",
}


def _calls(module: str, names: set[str]) -> list[str]:
    """Every file in which one of a module's functions is named, or imported by itself."""
    return [
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        if any(_is_named(node, module, names) for node in nodes_of(path))
    ]


def _is_named(node: ast.AST, module: str, names: set[str]) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == module and bool({one.name for one in node.names} & names)
    is_dotted = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return is_dotted and node.attr in names and node.value.id == module  # type: ignore[attr-defined]


def test_json_has_one_writer() -> None:
    files = {*_calls("json", {"dumps", "dump", "JSONEncoder"}), *_calls("granskning.json_text", {"indented_json"})}
    assert "json_text.py" in files
    assert sorted(files - {"json_text.py"}) == sorted(NOT_OUTPUT)
    assert not [file for file in NOT_OUTPUT if file.startswith("cli/")]


def test_csv_has_one_writer() -> None:
    assert _calls("csv", {"writer", "DictWriter"}) == ["reporting/tables/csv_text.py"]


def test_only_the_session_prints() -> None:
    printing = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing == {"cli/session.py", "cli/version.py"}


def test_an_output_that_breaks_its_schema_does_not_get_out() -> None:
    assert json_outputs.check_output in on_output
    good: dict[str, Any] = {"findings": [], "counts": {"error": 0, "warning": 0, "notice": 0, "files": 0}}
    assert output_text("check", good)
    broken: list[dict[str, Any]] = [{"findings": []}, {**good, "more": 1}, {**good, "findings": [{}]}]
    for values in (*broken, dict(reversed(good.items()))):
        with pytest.raises((ValueError, AssertionError)):
            output_text("check", values)


def test_json_escapes_what_a_terminal_obeys() -> None:
    assert json_text({"a": "\x9b31m\u202e\x1b\x7f å"}, None) == '{"a": "\\u009b31m\\u202e\\u001b\\u007f å"}'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb", "a\nb"),
        ("100 %\r0", "100 %\N{REPLACEMENT CHARACTER}0"),
        ("\x1b[2J", "\N{REPLACEMENT CHARACTER}[2J"),
        ("åäö – “så” 🙂 \u0645", "åäö – “så” 🙂 \u0645"),
        ("\u202egnp.exe", "\N{REPLACEMENT CHARACTER}gnp.exe"),
    ],
)
def test_what_a_terminal_obeys_is_only_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("text", ["-1", "+2", "-0,5", "-0.5", "-12,5 %", "-3\N{NO-BREAK SPACE}%", "1", "", "a=1", "–"])
def test_numbers_and_words_stay_as_they_are_in_a_spreadsheet(text: str) -> None:
    assert spreadsheet_cell(text) == text


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "-1–2", "- en punkt", "-", "＝1"])
def test_formulas_are_words_in_a_spreadsheet(text: str) -> None:
    assert spreadsheet_cell(text) == f"'{printable(text)}"
