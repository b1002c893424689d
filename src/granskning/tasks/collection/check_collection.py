"""What is wrong in a collection: in its file, in where its organisations lie, and in the organisations' own folders.

Of an organisation the first errors are listed, each with its place; how much more there is, is counted. They are mended
in its own folder, by those whose work it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.severity import Severity
from granskning.findings.suggestions import KnownNames
from granskning.tasks.checking.check_on_cores import check_on_cores
from granskning.tasks.checking.checked import Checked
from granskning.tasks.collection.gather import open_collection
from granskning.tasks.collection.organisation_head import Yardstick, differing_targets, read_head
from granskning.tasks.folder.chosen import Chosen
from granskning.workspace.load import load_files
from granskning.workspace.schema.kinds import COLLECTION
from granskning.workspace.yaml.canonical_form import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from granskning.model.collection.collection import Organisation
    from granskning.tasks.collection.gather import Gathered
    from granskning.tasks.collection.organisation_files import OrganisationFiles

MOST_LISTED = 50
"""So many errors of an organisation are listed: whoever gathers sends them on, and does not mend them."""


def check_collection(root: Path, progress: Callable[[int, int], None] | None = None) -> Checked:
    """Everything that is wrong. `progress` hears how many organisations have been checked, and of how many."""
    gathered, opened = open_collection(root)
    if gathered is None:
        return Checked(tuple(opened.collected.all()), 1, None)
    places = {organisation.id: number for number, organisation in enumerate(gathered.collection.organisations)}
    opened.add(COLLECTION, _check_heads(gathered, places))
    listed: list[Finding] = []
    files = 1
    for done, (organisation, own) in enumerate(gathered.read, 1):
        findings, count = _check_organisation(own)
        files += count
        errors, more = _listed(organisation, findings)
        listed += errors
        if more:
            rest = {f"{severity.word}s": more[severity] for severity in Severity}
            at = Pointer(COLLECTION, ("organisations", places[organisation.id]))
            opened.add(COLLECTION, [Finding(RULES["GR916"], at, {"organisation": organisation.id, **rest})])
        if progress is not None:
            progress(done, len(gathered.files))
    return Checked((*opened.collected.all(), *listed), files, None)


def _check_organisation(own: OrganisationFiles) -> tuple[Sequence[Finding], int]:
    """What `check` says in the folder, and how many files it read; of a commit without documents and approvals."""
    if own.root is not None:
        checked = check_on_cores(Chosen(own.root, None))
        return checked.findings, checked.files
    loaded = load_files(own.files, keep=False)
    return loaded.findings, len(loaded.read)


def _listed(organisation: Organisation, findings: Sequence[Finding]) -> tuple[list[Finding], Counter[Severity]]:
    """The first errors, with the organisation's place before their path, and how many findings more there are."""
    errors = [item for item in findings if item.rule.severity is Severity.ERROR][:MOST_LISTED]
    more = Counter(item.rule.severity for item in findings)
    more.subtract({Severity.ERROR: len(errors)})
    moved = [replace(item, at=replace(item.at, file=f"{organisation.place}/{item.at.file}")) for item in errors]
    return moved, +more


def _check_heads(gathered: Gathered, places: dict[str, int]) -> Iterator[Finding]:
    """What is told of the organisations' settings, names and copies of the compared set."""
    reference = gathered.collection.criteria
    yardstick: Yardstick | None = None
    names: dict[str, str] = {}
    known: set[str] = set()
    for organisation, own in gathered.read:
        at = Pointer(COLLECTION, ("organisations", places[organisation.id]))
        head = read_head(own.files, reference)
        if head.settings is None:
            yield Finding(RULES["GR913"], at, {"folder": organisation.place})
            continue
        known.add(head.settings.criteria)
        title = " / ".join(sorted(set(organisation.title.values()))) or head.settings.organisation
        if title in names:
            both = {"organisation": organisation.id, "other": names[title], "title": title}
            yield Finding(RULES["GR910"], at, both)
        names.setdefault(title, organisation.id)
        if head.criteria is None:
            continue
        own_hash = content_hash(head.criteria)
        yardstick = yardstick or Yardstick(head.criteria, own_hash, organisation.id)
        if differing := [name for name in differing_targets(head.criteria, own_hash, yardstick) if name]:
            names_of = KnownNames(differing, in_order=False)
            values = {"organisation": organisation.id, "set": reference, "differences": names_of}
            yield Finding(RULES["GR915"], at, values)
    if yardstick is None:
        values = {"set": reference, "known": KnownNames(sorted(known))}
        yield Finding(RULES["GR912"], Pointer(COLLECTION, ("criteria",)), values, near=(reference, sorted(known)))
