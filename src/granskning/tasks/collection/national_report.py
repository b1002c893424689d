"""The report of a collection, on demand: from its file to the bytes of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning import __version__
from granskning.edges.disk import FolderFiles
from granskning.edges.git import read_repository
from granskning.errors import UsageError
from granskning.i18n import N_, Translator
from granskning.model.workspace import Settings, Workspace
from granskning.reporting.blocks.frame import Provenance
from granskning.reporting.html.render import NATIONAL
from granskning.reporting.national.national_report import make_national_report
from granskning.reporting.national.national_values import NationalMaterial
from granskning.scoring.national.national_figures import make_national_figures
from granskning.scoring.results.card import SCORING_VERSION
from granskning.tasks.collection.count_standings import count_standings
from granskning.tasks.collection.organisation_head import find_yardstick
from granskning.tasks.collection.standings import StandingMaker
from granskning.tasks.reports.attachments import ReportSources, fingerprint, fingerprint_of
from granskning.tasks.reports.render import PrintOptions, ReportPage, make_page, require_printing
from granskning.workspace.loaded import Loaded
from granskning.workspace.schema.kinds import COLLECTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.tasks.collection.count_standings import CountedStandings
    from granskning.tasks.collection.gather import Gathered
    from granskning.tasks.collection.organisation_head import Yardstick

NAME = "portfolio"
"""What its file is called, as the report of a single folder's strategies is."""


@dataclass(frozen=True, slots=True)
class NationalPage:
    """The report that was made, and how it went with reading."""

    name: str
    data: bytes
    counted: CountedStandings


def render_national(
    gathered: Gathered,
    *,
    form: str,
    options: PrintOptions,
    progress: Callable[[int, int], None] | None = None,
) -> NationalPage:
    """The report as `form` (pdf, html or docx).

    Raises UsageError where no organisation has the compared set, and what printing and reading raise.
    """
    require_printing(form)
    yardstick = find_yardstick(gathered)
    if yardstick is None:
        message = N_("no organisation of the collection has the criteria set {set}, so there is no portfolio")
        raise UsageError(message, N_("see: granskning check"), set=gathered.collection.criteria)
    counted = count_standings(gathered, StandingMaker(yardstick), progress=progress)
    t = Translator(gathered.collection.language)
    provenance = _provenance(gathered, yardstick, counted)
    report = make_national_report(_material(gathered, yardstick, counted), t, provenance)
    basis = ReportSources("collection", (), (COLLECTION,), (), provenance, template=options.own)
    name, data = make_page(gathered.root, _as_loaded(gathered), f"{NAME}.{form}",
                           ReportPage(NATIONAL, report, basis), t, options)  # fmt: skip
    return NationalPage(name, data, counted)


def _material(gathered: Gathered, yardstick: Yardstick, counted: CountedStandings) -> NationalMaterial:
    maker = StandingMaker(yardstick)
    read = [state for state in counted.organisations if not state.why_not]
    groups = {group.id for group in gathered.collection.groups}
    own = {state.organisation.id: state.organisation.group if state.organisation.group in groups else ""
           for state in read}  # fmt: skip
    titles = {state.organisation.id: state.title for state in counted.organisations}
    return NationalMaterial(
        collection=gathered.collection,
        criteria=yardstick.criteria,
        of=titles[yardstick.organisation],
        figures=make_national_figures(counted.counts, maker.targets, own),
        organisations=counted.organisations,
        ends=maker.ends(),
    )


def _provenance(gathered: Gathered, yardstick: Yardstick, counted: CountedStandings) -> Provenance:
    """Where it comes from: the collection's file, as git has it, and the latest review of those that are read."""
    data = FolderFiles(gathered.root).read(COLLECTION)
    repository = read_repository(gathered.root, [COLLECTION])
    return Provenance(
        commit=repository.last_commit([COLLECTION]) if repository else None,
        changed=repository.differs({COLLECTION: data}) if repository else False,
        fingerprint=fingerprint_of({COLLECTION: fingerprint(data)}),
        criteria_hash=yardstick.criteria_hash,
        tool=__version__,
        scoring=SCORING_VERSION,
        as_of=max((state.latest for state in counted.organisations), default="") or None,
    )


def _as_loaded(gathered: Gathered) -> Loaded:
    """The collection's own folder, of which a page takes templates and the logo."""
    collection = gathered.collection
    settings = Settings(collection.organisation, collection.language, collection.criteria)
    return Loaded(Workspace(settings, {}, {}, (), {}, {}), (), FolderFiles(gathered.root), ())
