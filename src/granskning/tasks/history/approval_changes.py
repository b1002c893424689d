"""What git remembers that makes findings say more: what has changed since an approval.

Asked only where there is something to ask, and silent wherever git has no answer: without git, outside a repository,
in an empty one. A finding never depends on git to be there, but for one: that a version has been changed after it was
put to use, which nobody else can know.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from granskning.edges.git_command import Git
from granskning.edges.git_log import find_tip, read_log
from granskning.edges.git_objects import CommitFiles, list_tree, read_blobs, same_content
from granskning.workspace.checks.approval import approval_fingerprint, approved_parts
from granskning.workspace.checks.check_versions import check_frozen
from granskning.workspace.schema.schema import is_sound
from granskning.workspace.variants import base_paths, is_variant, may_be_variant, whole_values
from granskning.workspace.yaml.source import TextLines, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from granskning.files import Files
    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet
    from granskning.workspace.loaded import Loaded

_SHOWN = 8


def find_approval_changes(root: Path, loaded: Loaded) -> tuple[Finding, ...]:
    """The findings of a folder, with what git has to say of them. Raises GranskningError where it has no answer."""
    used = [
        criteria_set
        for criteria_set in loaded.workspace.criteria.values()
        if criteria_set.file in loaded.read and criteria_set.reference in loaded.uses
    ]
    memory = _Memory(root, loaded)
    found = [memory.explain(finding) for finding in loaded.findings]
    for criteria_set in used:
        found += memory.changed_in_use(criteria_set)
    return tuple(found)


class _Memory:
    """One repository, asked about one folder."""

    def __init__(self, root: Path, loaded: Loaded) -> None:
        self.git = Git(root)
        self.loaded = loaded

    def explain(self, finding: Finding) -> Finding:
        """The finding, saying more if git knows more."""
        if finding.rule.code == "GR220":
            changed = self._changed_since_approval(finding.at.file)
            return replace(finding, values={**finding.values, "what": ", ".join(changed)}) if changed else finding
        return finding

    # --- what has changed since an approval ---------------------------------------------------------------------

    def _changed_since_approval(self, file: str) -> list[str] | None:
        """The keys of what is not as it was approved; None where git does not have what was approved."""
        now = _values("review", self.loaded.files.read(file))
        current = _parts(now, self.loaded.files)
        approved = now["approval"]["fingerprint"]
        for commit, blob in self._versions(file):
            then = _values("review", next(read_blobs(self.git, [blob]))[1])
            if (then.get("approval") or {}).get("fingerprint") == approved:
                parts = _parts(then, CommitFiles(self.git, list_tree(self.git, commit).blobs), approved)
                if parts and current:
                    return _differences(parts, current)
        return None

    def _versions(self, file: str) -> Iterator[tuple[str, str]]:
        """The versions of a file, newest first: commit and content."""
        for commit in reversed(read_log(self.git, [file], find_tip(self.git)).commits):
            for change in commit.changes:
                if change.path == file and change.blob:
                    yield commit.id, change.blob

    # --- criteria sets ------------------------------------------------------------------------------------------

    def changed_in_use(self, criteria_set: CriteriaSet) -> Iterator[Finding]:
        """Yield that a version has other content than when the first review that is saved in git named it."""
        file = criteria_set.file
        data = self.loaded.files.read(file)
        blobs = {blob for _, blob in self._versions(file)}
        if all(same_content(data, blob) for blob in blobs) and not may_be_variant(data):
            return  # as it has always been, and with it what it rests on
        found = self._put_to_use(criteria_set)
        if found is None:
            return
        held, where = found
        text = decode(data)
        lines = TextLines(text if isinstance(text, str) else "")
        for finding in check_frozen(file, whole_values(self.loaded.files, file), held, where):
            place = lines.locator.place(finding.at.path)
            yield replace(finding, place=place, excerpt=lines.line(place.line))

    def _put_to_use(self, criteria_set: CriteriaSet) -> tuple[dict[str, Any], str] | None:
        """The set as it was in the first commit with a review of this version, and the commit in words.

        It lay where the current version lies then, though it may be among the earlier ones now.
        """
        reference = criteria_set.reference
        named = f"criteria: {reference}".encode()
        reviews = set(self.loaded.uses[reference])
        paths = base_paths(reference)
        blobs: dict[str, str | None] = {}
        for commit in read_log(self.git, [*paths, "strategies"], find_tip(self.git)).commits:
            blobs.update((change.path, change.blob) for change in commit.changes)
            users = [change.blob for change in commit.changes if change.path in reviews and change.blob]
            if any(content and named in content for _, content in read_blobs(self.git, users)):
                for path in paths:
                    held = self._set_of(path, blobs.get(path), commit.id)
                    if held.get("version") == criteria_set.version:
                        return held, f"commit {commit.id[:10]} ({commit.date[:10]})"
        return None

    def _set_of(self, path: str, blob: str | None, commit: str) -> dict[str, Any]:
        """The values of a criteria set in a commit, those of a variant whole."""
        values = _read(next(read_blobs(self.git, [blob]))[1]) if blob else {}
        if is_variant(values):
            return whole_values(CommitFiles(self.git, list_tree(self.git, commit).blobs), path)
        return values


def _parts(values: dict[str, Any], files: Files, fingerprint: str | None = None) -> dict[str, Any] | None:
    """What is approved in a review, given the files it lies among; None where they cannot tell.

    With a fingerprint, None too where it is not that of what is approved.
    """
    if not values:  # no sound review
        return None
    version = values["criteria"].partition("@")[2]
    sets = [whole_values(files, path) for path in base_paths(values["criteria"]) if files.exists(path)]
    criteria = next((criteria_set for criteria_set in sets if criteria_set.get("version") == version), None)
    strategy = f"strategies/{values['strategy']}/strategy.yaml"
    editions = _values("strategy", files.read(strategy)).get("editions", ()) if files.exists(strategy) else ()
    edition = next((known_edition for known_edition in editions if known_edition.get("id") == values["edition"]), None)
    if criteria is None or edition is None:
        return None
    sha256 = edition.get("sha256")
    if fingerprint and approval_fingerprint(values, criteria, sha256) != fingerprint:
        return None
    return approved_parts(values, criteria, sha256)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The keys that differ; of the answers, which."""
    one, other = before["answers"], after["answers"]
    answers = [f"answers.{name}" for name in dict.fromkeys((*one, *other)) if one.get(name) != other.get(name)]
    shown = answers[:_SHOWN] + (["…"] if len(answers) > _SHOWN else [])
    return [*shown, *(key for key in before if key != "answers" and before[key] != after[key])]


def _values(kind: str, data: bytes | None) -> dict[str, Any]:
    """The values of a file of a kind, or none where it breaks its schema: git keeps what was half written too."""
    values = _read(data)
    return values if is_sound(kind, values) else {}


def _read(data: bytes | None) -> dict[str, Any]:
    """The values of a file, or none where they cannot be read."""
    text = decode(data) if data is not None else None
    reading = read(text) if isinstance(text, str) else None
    return reading.value if reading is not None and reading.whole and isinstance(reading.value, dict) else {}
