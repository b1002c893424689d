"""Findings put into words: with their places, hints and near misses, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.cli.show_findings import ShownFinding, Telling
from granskning.errors import Words
from granskning.findings.field_words import in_general
from granskning.findings.finding import FilledWords
from granskning.findings.rules import RULES
from granskning.findings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from granskning.findings.finding import Finding
    from granskning.i18n import Translator

MORE = "GR009"
"""The finding that a file has more than are listed."""


def tell(findings: Sequence[Finding], t: Translator, seen: Callable[[str], str], files: int) -> Telling:
    """Put findings into words."""
    told = tuple(_tell(finding, t, seen) for finding in findings)
    rules = tuple(
        (code, in_general(RULES[code].message, t), t(RULES[code].explanation))
        for code in sorted({f.code for f in told})
    )
    sound = files - len({one.file for one in told})
    words = t.plural("{count} file without findings", "{count} files without findings", sound) if sound > 0 else ""
    more = [finding.values for finding in findings if finding.rule.code == MORE]
    unlisted = {severity.word: sum(int(str(one[f"{severity.word}s"])) for one in more) for severity in Severity}
    return Telling(told, files, rules, t("hint"), words, unlisted)


def _tell(finding: Finding, t: Translator, seen: Callable[[str], str]) -> ShownFinding:
    values = spoken(finding.values, t)
    hint = t(finding.rule.hint, **values) if finding.rule.hint else ""
    if finding.suggestion:
        hint = t("did you mean {suggestion}?", suggestion=finding.suggestion) + (f" {hint}" if hint else "")
    place = finding.place
    return ShownFinding(
        code=finding.rule.code,
        severity=finding.rule.severity.word,
        file=finding.at.file,
        line=place.line if place else 1,
        column=place.column if place else 1,
        end_line=place.end_line if place else 1,
        end_column=place.end_column if place else 1,
        path=".".join(str(step) for step in finding.at.path),
        message=t(finding.rule.message, **values),
        hint=hint,
        excerpt=finding.excerpt,
        seen=seen(finding.at.file),
    )


def spoken(values: Mapping[str, object], t: Translator) -> dict[str, object]:
    """A finding's values as words: msgids and content translated, numbers as they are."""
    said: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Words):
            said[name] = t(value)
        elif isinstance(value, FilledWords):
            said[name] = t(value.message, **spoken(value.values, t))
        elif isinstance(value, dict):
            said[name] = t.text(value)
        else:
            said[name] = value
    return said
