"""What git remembers that makes findings say more: what has changed since an approval.

Asked only where there is something to ask, and silent wherever git has no answer: without git, outside a repository,
in an empty one. A finding never depends on git to be there, but for one: that a version has been changed after it was
put to use, which nobody else can know.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from granskning.edges.git_command import Git
from granskning.edges.git_log import Log, find_tip, read_log
from granskning.edges.git_objects import CommitFiles, list_tree, read_blobs, same_content
from granskning.workspace.checks.approval import approval_fingerprint, approved_parts
from granskning.workspace.checks.check_versions import check_frozen
from granskning.workspace.schema.schema import is_sound
from granskning.workspace.variants import is_variant, may_be_variant, whole_values
from granskning.workspace.yaml.source import Locator, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from granskning.files import Files
    from granskning.findings.finding import Finding
    from granskning.workspace.loaded import Loaded

_SHOWN = 8


def find_approval_changes(root: Path, loaded: Loaded) -> tuple[Finding, ...]:
    """The findings of a folder, with what git has to say of them. Raises GranskningError where it has no answer."""
    used = [
        criteria_set
        for criteria_set in loaded.workspace.criteria.values()
        if criteria_set.file in loaded.read and criteria_set.reference in loaded.uses
    ]
    current = [criteria_set.file for criteria_set in used if "/earlier/" not in criteria_set.file]
    asked = any(finding.rule.code == "GR220" for finding in loaded.findings)
    if not asked and not current:
        return loaded.findings
    memory = _Memory(root, loaded)
    found = [memory.explain(finding) for finding in loaded.findings]
    for file in current:
        found += memory.changed_in_use(file)
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

    def _changed_since_approval(self, file: str) -> list[str]:
        """The keys of what is not as it was approved, or none where git does not have what was approved."""
        now = _values("review", self.loaded.files.read(file))
        approved = (now.get("approval") or {}).get("fingerprint")
        current = _parts(now, self.loaded.files)
        if not approved or current is None:
            return []
        for commit, blob in self._versions(file):
            then = _values("review", next(read_blobs(self.git, [blob]))[1])
            if (then.get("approval") or {}).get("fingerprint") == approved:
                parts = _parts(then, CommitFiles(self.git, list_tree(self.git, commit).blobs), approved)
                if parts is not None:
                    return _differences(parts, current)
        return []

    def _versions(self, file: str) -> Iterator[tuple[str, str]]:
        """The versions of a file, newest first: commit and content."""
        for commit in reversed(read_log(self.git, [file], find_tip(self.git)).commits):
            for change in commit.changes:
                if change.path == file and change.blob:
                    yield commit.id, change.blob

    # --- criteria sets ------------------------------------------------------------------------------------------

    def changed_in_use(self, file: str) -> Iterator[Finding]:
        """Yield that a version has other content than when the first review that is saved in git named it."""
        data = self.loaded.files.read(file)
        values = whole_values(self.loaded.files, file)
        blobs = {blob for _, blob in self._versions(file)}
        is_same = all(same_content(data, blob) for blob in blobs) and not may_be_variant(data)
        if not values or is_same:  # as it has always been, and with it what it rests on
            return
        found = self._put_to_use(file, values, read_log(self.git, [file, "strategies"], find_tip(self.git)))
        if found is None:
            return
        held, where = found
        for finding in check_frozen(file, values, held, where):
            text = decode(data)
            place = Locator(text).place(finding.at.path) if isinstance(text, str) else None
            lines = text.splitlines() if isinstance(text, str) else []
            excerpt = lines[place.line - 1] if place and place.line <= len(lines) else None
            yield replace(finding, place=place, excerpt=excerpt)

    def _put_to_use(self, file: str, values: dict[str, Any], log: Log) -> tuple[dict[str, Any], str] | None:
        """The set as it was in the first commit with a review of this version, and the commit in words."""
        reference = f"{values['id']}@{values['version']}"
        named = f"criteria: {reference}".encode()
        reviews = set(self.loaded.uses.get(reference, ()))
        blob = None
        for commit in log.commits:
            blob = next((change.blob for change in commit.changes if change.path == file), blob)
            users = [change.blob for change in commit.changes if change.path in reviews and change.blob]
            if blob is None or not users:
                continue
            if any(content and named in content for _, content in read_blobs(self.git, users)):
                held = _read(next(read_blobs(self.git, [blob]))[1])
                if is_variant(held):
                    held = whole_values(CommitFiles(self.git, list_tree(self.git, commit.id).blobs), file)
                if held.get("version") == values["version"]:
                    return held, f"commit {commit.id[:10]} ({commit.date[:10]})"
        return None


def _parts(values: dict[str, Any], files: Files, fingerprint: str | None = None) -> dict[str, Any] | None:
    """What is approved in a review, given the files it lies among; None where they cannot tell.

    With a fingerprint, None too where it is not that of what is approved.
    """
    if not {"criteria", "strategy", "edition", "reading_depth"} <= values.keys():
        return None
    name, _, version = str(values["criteria"]).partition("@")
    paths = (f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml")
    sets = [whole_values(files, path) for path in paths if files.exists(path)]
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
