"""What the portfolio of a collection counts: rows of its organisations, read anew or as they lie exported.

Where tables have been exported and an organisation's files are as they were then, DuckDB counts in its table; else its
folder is read and scored. Both give the same counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.tables.duckdb_counts import count_rows, has_duckdb
from granskning.i18n import Translator
from granskning.model.collection.collection import OrganisationState
from granskning.model.collection.standing import StandingCount, count_key
from granskning.remembering import may_remember
from granskning.tasks.collection.export_tables import default_folder, read_mark, standing_files
from granskning.tasks.collection.organisation_tables import TableTerms, content_of, key_of, load_organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from granskning.model.collection.collection import Organisation
    from granskning.tasks.collection.gather import Gathered
    from granskning.tasks.collection.standings import StandingMaker


@dataclass(frozen=True, slots=True)
class CountedStandings:
    """The counts, and how it went with each organisation."""

    counts: Mapping[StandingCount, int]
    organisations: tuple[OrganisationState, ...]
    """All of the collection, in the order of its file."""
    from_tables: int
    """How many organisations were counted in their exported tables."""


def count_standings(
    gathered: Gathered,
    maker: StandingMaker,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> CountedStandings:
    """Count the rows of all organisations, in their tables or their folders. Raises UnreadableFileError."""
    folder = default_folder(gathered.root)
    terms = TableTerms(gathered.collection.language, yardstick=maker.yardstick)
    marks = read_mark(folder) if may_remember() and has_duckdb() else {}
    counts: Counter[StandingCount] = Counter()
    states: dict[str, OrganisationState] = {}
    exported: list[Path] = []
    from_tables = 0
    for done, (organisation, own) in enumerate(gathered.read, 1):
        mark = marks.get(organisation.id)
        if mark is not None and mark["key"] == key_of(organisation, content_of(own), terms):
            exported += standing_files(folder, mark)
            from_tables += 1
            states[organisation.id] = _state(organisation, mark["facts"])
        else:
            opened = load_organisation(organisation, own)
            if opened.is_sound:
                facts = opened.facts(Translator(terms.language))
                states[organisation.id] = _state(organisation, {**facts, "content": opened.content})
                rows = maker.rows(opened.loaded.workspace, opened.scored)
                counts.update(count_key(organisation.id, row) for row in rows)
            else:
                states[organisation.id] = OrganisationState(organisation, organisation.id, "GR913")
        if progress is not None:
            progress(done, len(gathered.files))
    if exported:
        counts.update(_counted_in(folder, exported))
    return CountedStandings(counts, tuple(_every_state(gathered, states)), from_tables)


def _counted_in(folder: Path, files: list[Path]) -> dict[StandingCount, int]:
    """The counts of exported rows."""
    counts: Counter[StandingCount] = Counter()
    for *values, count in count_rows(folder, files, StandingCount._fields):
        texts = [value if isinstance(value, bool) else str(value or "") for value in values]
        counts[StandingCount(*texts)] += int(str(count))  # type: ignore[arg-type]  # as the plan of the table has them
    return counts


def _state(organisation: Organisation, facts: Mapping[str, Any]) -> OrganisationState:
    return OrganisationState(
        organisation, facts["title"], "", facts["strategies"], facts["reviews"], facts["files_with_errors"],
        facts["content"], facts["latest"],
    )  # fmt: skip


def _every_state(gathered: Gathered, states: Mapping[str, OrganisationState]) -> list[OrganisationState]:
    t = Translator(gathered.collection.language)
    every = []
    for organisation in gathered.collection.organisations:
        fault = gathered.faults.get(organisation.id)
        if fault is not None:
            title = t.text(organisation.title) or organisation.id
            every.append(OrganisationState(organisation, title, fault.rule.code))
        else:
            every.append(states[organisation.id])
    return every
