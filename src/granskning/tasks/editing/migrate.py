"""Move a review to a newer version of its criteria set, by exact edits; and make a newer version of a set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles, find_root, fingerprint_of, place_in
from granskning.edges.writing import FileWrite, write_files, write_guarded
from granskning.errors import UsageError
from granskning.files import OverlaidFiles
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_, Translator
from granskning.model.lineage import version_key
from granskning.tasks.editing.freeze import frozen_copy, frozen_path
from granskning.tasks.editing.review_file import errors_of, open_review
from granskning.tasks.folder.missing import unknown_set
from granskning.tasks.folder.moved_results import score_file
from granskning.tasks.folder.save import changed_meanwhile, schema_writes
from granskning.workspace.files_by_kind import files_of_kinds
from granskning.workspace.load import load_files, load_workspace
from granskning.workspace.migrate import plan_migration
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.variants import is_variant, whole_bytes
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Edit, Set
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Workspace
    from granskning.tasks.editing.review_file import ReviewFile
    from granskning.tasks.folder.score import ScoredReview
    from granskning.workspace.migrate import Fate

_VERSION = re.compile(r"(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\Z")


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration came to, or would come to."""

    root: Path
    file: str
    earlier: str
    later: str
    fates: tuple[Fate, ...]
    findings: tuple[Finding, ...]
    """The errors that the review has afterwards and had not before."""
    read: int
    left: tuple[str, ...]
    """The other reviews of the round, which still name the earlier version."""
    written: bool
    before: ScoredReview | None
    """What it came to in the earlier version; None where it cannot be scored."""
    after: ScoredReview | None
    """What it comes to once moved, before what is inherited is confirmed and what is new is answered."""


def migrate_review(start: Path, path: Path, to: str, *, dry: bool) -> Migrated:
    """Move the review, or only tell what would become of each answer.

    Raises UsageError when it cannot be moved: approved already, or to a version that is not a later one.
    """
    held = open_review(start, path)
    if not dry:
        clear_all_leftovers(held.root)
    review = held.review
    if review.status == "approved":
        message = N_("{file} is approved and stays with the version that it was approved by")
        hint = N_("make a new round with: granskning new {strategy} --from {round}")
        raise UsageError(message, hint, file=held.path, strategy=review.strategy, round=review.round)
    files = FolderFiles(held.root)
    workspace = load_workspace(files, only=files_of_kinds(files, "criteria", "strategy"))
    earlier, later = _versions(workspace, review.criteria, to)
    strategy = workspace.strategies.get(review.strategy)
    if strategy is None:
        raise UsageError(
            N_("the strategy {strategy} has errors"), N_("see: granskning check"), strategy=review.strategy
        )
    t = Translator(workspace.settings.language)
    plan = plan_migration(review, held.values, (earlier, later), strategy, t)
    data = _moved(held, plan.edits, earlier, later)
    before = {(one.rule.code, one.at) for one in errors_of(held.loaded)}
    after = held.would_be(data)
    new = tuple(one for one in errors_of(after) if (one.rule.code, one.at) not in before and one.rule.code != "GR305")
    if not dry:
        write_guarded(held.root / held.path, data, held.fingerprint)
    return Migrated(
        root=held.root,
        file=held.path,
        earlier=earlier.reference,
        later=later.reference,
        fates=plan.fates,
        findings=new,
        read=len(after.read),
        left=tuple(one.file for one in held.others if one.criteria != later.reference),
        written=not dry,
        before=score_file(held.workspace, held.path),
        after=score_file(after.workspace, held.path),
    )


def _versions(workspace: Workspace, named: str, to: str) -> tuple[CriteriaSet, CriteriaSet]:
    for reference in (named, to):
        if reference not in workspace.criteria:
            raise unknown_set(reference, workspace.criteria, own=named.partition("@")[0])
    earlier, later = workspace.criteria[named], workspace.criteria[to]
    if earlier.id != later.id:
        message = N_("{reference} is another criteria set, not a newer version of {named}")
        hint = N_("make a new review with: granskning new")
        raise UsageError(message, hint, reference=to, named=named)
    if version_key(later.version) <= version_key(earlier.version):
        message = N_("{reference} is not later than the review's own version, {named}")
        known = KnownNames(
            sorted(reference for reference in workspace.criteria if reference.startswith(f"{earlier.id}@"))
        )
        raise UsageError(message, N_("its versions: {known}"), reference=to, named=named, known=known)
    return earlier, later


def _moved(review_file: ReviewFile, edits: tuple[Edit, ...], earlier: CriteriaSet, later: CriteriaSet) -> bytes:
    """The bytes of the review after the move; the editor's line at the top names the new version's schema."""
    data = edit_bytes(review_file.data, edits, order_of("review", later))
    first, end, rest = data.partition(b"\n")
    old, new = (f"/review-{one.id}-{one.version}.schema.json".encode() for one in (earlier, later))
    return (first.replace(old, new) if b"yaml-language-server" in first else first) + end + rest


@dataclass(frozen=True, slots=True)
class Revised:
    """A new version of a set."""

    root: Path
    file: str
    frozen: str
    earlier: str
    later: str
    reviews: int
    """How many reviews name the earlier version."""


def revise_set(start: Path, name: str, version: str, date: str) -> Revised:
    """Freeze the set's present version under earlier/, and give the file the new version. Both or neither.

    Raises UsageError for a set that is not there or has errors, and for a version that is not later.
    """
    root = find_root(start)
    clear_all_leftovers(root)
    loaded = load_files(FolderFiles(root))
    workspace = loaded.workspace
    current = {one.id: one for one in workspace.criteria.values() if one.file == f"criteria/{one.id}.yaml"}
    if name not in current:
        raise unknown_set(name, current)
    criteria = current[name]
    if not _VERSION.match(version):
        message = N_("{value} is no version number")
        raise UsageError(message, N_("write three numbers, such as 0.10.0"), value=version)
    if version_key(version) <= version_key(criteria.version):
        message = N_("{value} is not later than the set's present version, {version}")
        raise UsageError(message, "", value=version, version=criteria.version)
    frozen = frozen_path(criteria)
    data = loaded.files.read(criteria.file)
    text = decode(data)
    values = read(text).value if isinstance(text, str) else None
    if not isinstance(values, dict) or values.get("version") != criteria.version:  # since it was loaded
        raise changed_meanwhile(criteria.file)
    edits: list[Edit] = [Set(("version",), version)]
    if "date" in values:
        edits.append(Set(("date",), date))
    kind = "variant" if isinstance(text, str) and is_variant(read(text).value) else "criteria"
    after = edit_bytes(data, edits, order_of(kind))
    whole = whole_bytes(loaded.files, criteria.file)  # a variant is frozen as the whole set that it is
    overlaid = OverlaidFiles(FolderFiles(root), {frozen: whole, criteria.file: after})
    revised = load_workspace(overlaid, only=files_of_kinds(overlaid, "criteria"))
    write_files(
        [
            *frozen_copy(root, criteria, loaded.files),
            *schema_writes(root, revised),
            FileWrite(place_in(root, criteria.file), after, fingerprint_of(data)),
        ]
    )
    users = len(loaded.uses.get(criteria.reference, ()))
    return Revised(root, criteria.file, frozen, criteria.reference, f"{criteria.id}@{version}", users)
