"""A report of the folder's own: the name of its template in, what it is a report of out. One file is all it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.tasks.folder.open import find_folder
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHIPPED_REPORTS = ("review", "page", "round", "strategy", "portfolio", "change", "annex", "criteria")
"""The reports that come along, by the name that asks for each."""
_OF_A_COLLECTION = "collection"
"""The template of the portfolio of a collection, which is made of no single folder's reports."""
_NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)/report\.html\.j2")
_EXTENDS = re.compile(r"{%[-+]?\s*extends\s+[\"'](?:shipped/)?([a-z]+)/report\.html\.j2[\"']")


@dataclass(frozen=True, slots=True)
class ChosenReport:
    """Which report is made: of what kind, and on which template of the folder's own; empty for a shipped one."""

    kind: str
    own: str = ""


def template_of(own: str) -> str:
    """The name of the template of a folder's own report."""
    return f"{own}/report.html.j2"


def own_reports(templates: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the reports of the folder's own among its templates."""
    named = (match.group(1) for name in sorted(templates) if (match := _NAME.fullmatch(name)))
    return tuple(name for name in named if name not in (*SHIPPED_REPORTS, _OF_A_COLLECTION))


def choose_report(start: Path, name: str) -> ChosenReport:
    """The report of a name. One of the folder's own is of the kind that its template extends, else of a review.

    Raises UsageError where there is neither a shipped report nor a template of that name, TemplateFaultError for
    templates that cannot be used.
    """
    if name in SHIPPED_REPORTS:
        return ChosenReport(name)
    templates = load_templates(find_folder(start))
    known = own_reports(templates)
    if name in known:
        found = _EXTENDS.search(templates[template_of(name)])
        return ChosenReport(found.group(1) if found and found.group(1) in SHIPPED_REPORTS else "review", name)
    every = (*SHIPPED_REPORTS, *known)
    listing = N_("reports: {known}; one of your own is a file, {file}")
    file = f"templates/{name}/report.html.j2"
    raise UsageError(N_("there is no report {name}"), **advice_on(name, every, listing), name=name, file=file)
