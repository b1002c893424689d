"""What is read of an organisation before its reviews: whose working folder it is, and its copy of the compared set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.scoring.comparable import differing_results
from granskning.workspace.load import load_files
from granskning.workspace.schema.kinds import MARK
from granskning.workspace.yaml.canonical_form import content_hash

if TYPE_CHECKING:
    from granskning.files import Files
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Settings
    from granskning.tasks.collection.gather import Gathered


@dataclass(frozen=True, slots=True)
class OrganisationHead:
    """The settings of a working folder, and the set that is compared."""

    settings: Settings | None
    """None where granskning.yaml has errors."""
    criteria: CriteriaSet | None
    """The compared set in the compared version, as this folder has it; None where it has it not, or with errors."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The criteria set that results are compared under (måttstock)."""

    criteria: CriteriaSet
    criteria_hash: str
    organisation: str
    """Whose copy it is, by id."""


def read_head(files: Files, reference: str) -> OrganisationHead:
    """The head of a working folder."""
    name, _, version = reference.partition("@")
    paths = [path for path in (f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml")
             if files.exists(path)]  # fmt: skip
    loaded = load_files(files, only=[MARK, *paths], keep=False)
    settings, criteria = loaded.workspace.settings, loaded.workspace.criteria.get(reference)
    is_sound = bool(settings.criteria) and MARK not in loaded.broken
    return OrganisationHead(settings if is_sound else None, criteria)


def find_yardstick(gathered: Gathered) -> Yardstick | None:
    """The first organisation's copy of the compared set; None where none has it."""
    reference = gathered.collection.criteria
    for organisation, files in gathered.read:
        if (criteria := read_head(files.files, reference).criteria) is not None:
            return Yardstick(criteria, content_hash(criteria), organisation.id)
    return None


def differing_targets(criteria: CriteriaSet, criteria_hash: str, yardstick: Yardstick) -> dict[str, tuple[str, ...]]:
    """The targets (and the whole, the empty name) whose results cannot be compared, with why; empty where all can."""
    if criteria_hash == yardstick.criteria_hash:
        return {}
    return dict(differing_results(criteria, yardstick.criteria, joint=True))
