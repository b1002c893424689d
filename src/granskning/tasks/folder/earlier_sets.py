"""Where git has a version of a criteria set that the folder lacks. Asked only when a finding names such a version."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.edges.git_command import Git
from granskning.edges.git_log import find_tip, read_log
from granskning.edges.git_objects import read_blobs
from granskning.errors import GranskningError
from granskning.i18n import N_
from granskning.workspace.yaml.source import Fault, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from granskning.edges.git_log import Commit
    from granskning.findings.finding import Finding

_MISSING = "GR303"
_VERSION = re.compile(rb"^version:", re.MULTILINE)
_REFERENCE = re.compile(r"([a-z0-9-]+)@([0-9][0-9A-Za-z.+-]*)\Z")
_HINT = N_(
    "git has it since {commit} ({date}); fetch it with: "
    "git show {commit}:./{path} > criteria/earlier/{set}-{version}.yaml"
)
_SHORT = 12


def name_commits(root: Path, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, those of a missing version with the commit where git has it as their hint."""
    named = {str(finding.values.get("reference", "")) for finding in findings if finding.rule.code == _MISSING}
    wanted = {name: match for name in sorted(named) if (match := _REFERENCE.match(name))}
    if not wanted:
        return tuple(findings)
    try:
        found = {name: _look(root, match[1], match[2]) for name, match in wanted.items()}
    except GranskningError:  # no git, no repository, or one that git will not open: the hint stays as it is
        return tuple(findings)
    return tuple(_hinted(finding, found.get(str(finding.values.get("reference", "")))) for finding in findings)


def _hinted(finding: Finding, names: dict[str, str] | None) -> Finding:
    if finding.rule.code != _MISSING or names is None:
        return finding
    rule = replace(finding.rule, hint=_HINT)
    return replace(finding, rule=rule, values={**finding.values, **names}, suggestion=None)


def _look(root: Path, name: str, version: str) -> dict[str, str] | None:
    """The latest commit in which a file of that set had that version."""
    git = Git(root)
    paths = (f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml")
    held = list(_versions(reversed(read_log(git, paths, find_tip(git)).commits), paths))
    contents = read_blobs(git, list(dict.fromkeys(blob for _, _, blob in held)))  # one at a time, as they are met
    first: dict[str, str] | None = None
    settled = ""
    is_version: dict[str, bool] = {}
    for commit, path, blob in held:  # newest first: the last content that went by that version
        if blob not in is_version:
            is_version[blob] = settled == "" and _is_version(next(contents)[1], name, version)
        if is_version[blob]:
            settled = blob
            first = {
                "commit": commit.id[:_SHORT],
                "date": commit.date[:10],
                "path": path,
                "set": name,
                "version": version,
            }
    return first


def _versions(commits: Iterator[Commit], paths: Sequence[str]) -> Iterator[tuple[Commit, str, str]]:
    for commit in commits:
        for change in commit.changes:
            if change.path in paths and change.blob:
                yield commit, change.path, change.blob


def _is_version(content: bytes | None, name: str, version: str) -> bool:
    if content is None or not _VERSION.search(content):
        return False
    text = decode(content)
    values = None if isinstance(text, Fault) else read(text).value
    return isinstance(values, dict) and (values.get("id"), str(values.get("version"))) == (name, version)
