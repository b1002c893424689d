"""One organisation's working folder from its files to rows: loaded, scored, put into tables, and let go of again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.edges.cache import code_version
from granskning.errors import UnreadableFileError
from granskning.reporting.tables.national_plan import STANDINGS
from granskning.tasks.data.export import workspace_tables
from granskning.tasks.folder.score import score_all
from granskning.uncollected import uncollected
from granskning.workspace.load import load_files
from granskning.workspace.schema.kinds import MARK
from granskning.workspace.yaml.canonical_form import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator
    from granskning.model.collection.collection import Organisation
    from granskning.model.collection.standing import TargetStanding
    from granskning.reporting.blocks.tables import Table
    from granskning.tasks.collection.organisation_files import OrganisationFiles
    from granskning.tasks.collection.organisation_head import Yardstick
    from granskning.tasks.collection.standings import StandingMaker
    from granskning.tasks.folder.score import ScoredReview
    from granskning.workspace.loaded import Loaded


@dataclass(frozen=True, slots=True)
class TableTerms:
    """What the tables of a collection depend on beside the organisations' files."""

    language: str
    internal: bool = False
    tags: tuple[str, ...] = ()
    yardstick: Yardstick | None = None
    """None where no organisation has the compared set: then nothing is said of what strategies come to."""
    code: str = field(default_factory=code_version)
    """What the program itself is; looked at once, since that takes as long as a small organisation."""


@dataclass(frozen=True, slots=True)
class LoadedOrganisation:
    """An organisation's working folder, loaded and scored."""

    organisation: Organisation
    loaded: Loaded
    scored: tuple[ScoredReview, ...]
    content: str
    """What tells its content; empty where it changed while it was read."""

    @property
    def is_sound(self) -> bool:
        """Whether it has settings, so that anybody knows whose it is."""
        return bool(self.loaded.workspace.settings.criteria) and MARK not in self.loaded.broken

    @property
    def title(self) -> dict[str, str]:
        """What it is called: in the collection or, where that says nothing, by itself."""
        settings = self.loaded.workspace.settings
        return dict(self.organisation.title) or {settings.language: settings.organisation}

    def facts(self, t: Translator) -> dict[str, Any]:
        """What the table of organisations says of it beside what stands in the collection."""
        workspace = self.loaded.workspace
        nowhere = {item.file for item in workspace.left_out if item.everywhere}
        return {
            "title": t.text(self.title),
            "strategies": len(workspace.strategies),
            "reviews": sum(review.file not in nowhere for review in workspace.reviews),
            "files_with_errors": len(self.loaded.broken),
            "latest": max((review.date or "" for review in workspace.reviews), default=""),
        }


def load_organisation(organisation: Organisation, own: OrganisationFiles) -> LoadedOrganisation:
    """Load and score a working folder."""
    before = content_of(own)
    with uncollected():
        loaded = load_files(own.files)
        scored = score_all(loaded.workspace)
    after = content_of(own)
    return LoadedOrganisation(organisation, loaded, scored, after if after == before else "")


def content_of(own: OrganisationFiles) -> str:
    """What tells the content of all that rows are made of: a commit, or the SHA-256 of the YAML files."""
    if own.content:
        return own.content
    files, whole = own.files, hashlib.sha256()
    for path in (MARK, *files.under("criteria"), *files.under("strategies")):
        try:
            digest = hashlib.sha256(files.read(path)).hexdigest()
        except UnreadableFileError as error:
            digest = str(error)
        whole.update(f"{path}\0{digest}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def key_of(organisation: Organisation, content: str, terms: TableTerms) -> str:
    """What the tables of an organisation are known by: the same key, the same rows. Empty where nothing tells."""
    if not content:
        return ""
    yardstick = terms.yardstick
    compared = (yardstick.criteria_hash, yardstick.criteria.reference) if yardstick else ()
    known = [terms.code, content, terms.language, terms.internal, terms.tags, compared, organisation]
    return hashlib.sha256(canonical(known).encode()).hexdigest()


def make_organisation_tables(
    opened: LoadedOrganisation, maker: StandingMaker | None, t: Translator, terms: TableTerms
) -> Iterator[Table]:
    """Every table of the working folder and, last, what its strategies come to on the targets of the compared set."""
    workspace = opened.loaded.workspace
    named = t.naming(workspace.settings.role_titles)
    yield from workspace_tables(workspace, opened.scored, named, terms.tags, internal=terms.internal)
    if maker is not None:
        yield STANDINGS.filled(map(_plain, maker.rows(workspace, opened.scored)))


def _plain(row: TargetStanding) -> tuple[str | float | bool | None, ...]:
    """A row with nothing where nothing is to be said."""
    return tuple(None if value == "" else value for value in row)
