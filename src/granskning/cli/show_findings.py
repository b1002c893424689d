"""Findings as text, JSON, SARIF, JUnit and GitHub lines: the same findings told in five ways, pure functions all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from granskning.findings.severity import Severity
from granskning.json_text import TOOL, json_text, output_text
from granskning.safe_text import printable, printable_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from granskning.i18n import Translator

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
_COLORS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "notice": "\x1b[1;36m"}
_RESET = "\x1b[0m"
_WIDTH = 96


class ShownFinding(NamedTuple):
    """A finding in words, with its place."""

    code: str
    severity: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    path: str
    message: str
    hint: str
    excerpt: str | None
    seen: str
    """The file as seen from where the user stands."""


class Telling(NamedTuple):
    """All findings of a run, the number of files read, and the rules' words for those who list them."""

    findings: tuple[ShownFinding, ...]
    files: int
    rules: tuple[tuple[str, str, str], ...]
    """Code, message and explanation of each rule that is told of."""
    hint_word: str
    sound_words: str
    """How many files are without findings."""
    unlisted: Mapping[str, int]
    """How many more there are of each severity, in files with very many."""

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each severity, listed or not."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity.word: found[severity.word] + self.unlisted[severity.word] for severity in _SEVERITIES}

    @property
    def plain(self) -> dict[str, Any]:
        """As plain values, to be kept."""
        return {**self._asdict(), "findings": [finding._asdict() for finding in self.findings]}


def seen_from(root: Path) -> Callable[[str], str]:
    """How a path in the working folder is written where the user stands: from there, if the folder lies below."""
    here = Path.cwd()
    prefix = root.relative_to(here).as_posix() if root.is_relative_to(here) else "."
    return (lambda path: path) if prefix == "." else (lambda path: f"{prefix}/{path}")


def telling_of(values: Mapping[str, Any]) -> Telling | None:
    """The telling that was made into plain values; None of any other values."""
    try:
        findings = tuple(ShownFinding(**finding) for finding in values["findings"])
        rules = tuple((code, message, explanation) for code, message, explanation in values["rules"])
        return Telling(**{**values, "findings": findings, "rules": rules})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def summary(told_findings: Telling, t: Translator) -> str:
    """The last line: how it went and what to do next."""
    files = t.plural("{count} file", "{count} files", told_findings.files)
    counts = told_findings.counts
    parts = [
        t.plural("{count} error", "{count} errors", counts["error"]) if counts["error"] else "",
        t.plural("{count} warning", "{count} warnings", counts["warning"]) if counts["warning"] else "",
        t.plural("{count} notice", "{count} notices", counts["notice"]) if counts["notice"] else "",
    ]
    found = t.series([part for part in parts if part])
    if not found:
        return t("Nothing to remark on in {files}.", files=files)
    first = told_findings.findings[0].code
    return t("{found} in {files}. More about a code: granskning explain {code}", found=found, files=files, code=first)


def as_text(told_findings: Telling, *, color: bool) -> str:
    """One line that editors and CI can click, the line of the text with a caret, and a hint."""
    blocks = []
    for one in told_findings.findings:
        severity = f"{_COLORS[one.severity]}{one.severity}{_RESET}" if color else one.severity
        file, message = printable_line(one.seen), printable_line(one.message)
        lines = [f"{file}:{one.line}:{one.column}: {one.code} {severity}: {message}"]
        if one.excerpt is not None and one.excerpt.strip():
            lines += _caret(one)
        if one.hint:
            lines.append(f"    {told_findings.hint_word}: {printable_line(one.hint)}")
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _caret(shown_finding: ShownFinding) -> list[str]:
    """The line and a caret below what is meant; a long line is cut around it."""
    text = printable((shown_finding.excerpt or "").replace("\t", " ").replace("\n", " "))
    start = shown_finding.column - 1
    end = shown_finding.end_column - 1 if shown_finding.end_line == shown_finding.line else len(text)
    first = max(0, start - _WIDTH // 2) if len(text) > _WIDTH else 0
    shown = text[first : first + _WIDTH]
    indent = len(shown) - len(shown.lstrip())
    length = max(1, min(end, first + _WIDTH) - start)
    return [f"    {shown[indent:]}".rstrip(), "    " + " " * (start - first - indent) + "^" * length]


def as_json(told_findings: Telling, *, color: bool) -> str:  # noqa: ARG001  # all forms are called alike
    """The contract's `granskning/check/1`."""
    fields = ("code", "severity", "file", "line", "column", "end_line", "end_column", "path", "message", "hint")
    findings = [{name: getattr(shown, name) for name in fields} for shown in told_findings.findings]
    counts = {
        **told_findings.counts,
        "files": told_findings.files,
        "unlisted": sum(told_findings.unlisted.values()),
    }
    return output_text("check", {"findings": findings, "counts": counts})


def as_sarif(told_findings: Telling, *, color: bool) -> str:  # noqa: ARG001
    """SARIF 2.1.0, for code scanning."""
    levels = {"error": "error", "warning": "warning", "notice": "note"}
    rules = [
        {"id": code, "shortDescription": {"text": message}, "fullDescription": {"text": explanation}}
        for code, message, explanation in told_findings.rules
    ]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [
        {
            "ruleId": one.code,
            "ruleIndex": index[one.code],
            "level": levels[one.severity],
            "message": {"text": f"{one.message}. {one.hint}".strip()},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(one.seen)}, "region": _region(one)}}],
        }
        for one in told_findings.findings
    ]
    run = {
        "tool": {"driver": {**TOOL, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json_text({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _uri(path: str) -> str:
    from urllib.parse import quote  # only for SARIF

    return quote(path, errors="surrogateescape")


def _region(told_findings: ShownFinding) -> dict[str, int]:
    return {
        "startLine": told_findings.line,
        "startColumn": told_findings.column,
        "endLine": told_findings.end_line,
        "endColumn": told_findings.end_column,
    }


def as_junit(told_findings: Telling, *, color: bool) -> str:  # noqa: ARG001
    """JUnit XML: a test case for each file with findings, a failure for each error and warning."""
    from xml.sax.saxutils import escape, quoteattr  # brings half the network library along

    by_file: dict[str, list[ShownFinding]] = {}
    for one in told_findings.findings:
        by_file.setdefault(one.seen, []).append(one)
    cases = []
    failures = 0
    for file, findings in by_file.items():
        graver = [one for one in findings if one.severity != "notice"]
        failures += bool(graver)
        text = "\n".join(f"{one.line}:{one.column}: {one.code} {one.severity}: {one.message}" for one in graver)
        notes = "\n".join(f"{one.line}:{one.column}: {one.code} {one.message}" for one in findings if one not in graver)
        inner = (
            f"<failure message={quoteattr(_xml(graver[0].message))}>{escape(_xml(text))}</failure>" if graver else ""
        )
        inner += f"<system-out>{escape(_xml(notes))}</system-out>" if notes else ""
        cases.append(f'    <testcase classname="granskning" name={quoteattr(_xml(file))}>{inner}</testcase>')
    if told_findings.sound_words:
        cases.append(f'    <testcase classname="granskning" name={quoteattr(told_findings.sound_words)}/>')
    head = f'<testsuite name="granskning" tests="{len(cases)}" failures="{failures}">'
    body = "\n".join(cases)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  {head}\n{body}\n  </testsuite>\n</testsuites>'


def _xml(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c if c in "\n\t" or c >= " " else "\N{REPLACEMENT CHARACTER}" for c in text)


def as_github(told_findings: Telling, *, color: bool) -> str:  # noqa: ARG001
    """Workflow commands, which GitHub and Forgejo show beside the lines of a change."""
    lines = []
    for one in told_findings.findings:
        place = f"file={_property(one.seen)},line={one.line},col={one.column}"
        if one.end_line == one.line:
            place += f",endColumn={one.end_column}"
        message = f"{one.message}. {one.hint}".strip() if one.hint else one.message
        lines.append(f"::{one.severity} {place},title={one.code}::{_escape(message)}")
    return "\n".join(lines)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Any] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "junit": as_junit,
    "github": as_github,
}
"""Every form by its name."""
