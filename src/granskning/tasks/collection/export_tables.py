"""A collection's tables as Parquet files, parted by organisation and round, in a folder that is swapped in whole.

One organisation is in memory at a time. Where an organisation's files are as they were, its tables are taken over from
the folder that lies there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import place_in, read_file
from granskning.edges.lookup import is_folder, resolved
from granskning.edges.tables.swapped_folder import (
    require_own_folder,
    size_of,
    swapped_folder,
    take_over,
    write_new,
)
from granskning.errors import MissingPartError, UnreadableFileError, UsageError
from granskning.files import REPORT
from granskning.i18n import N_, Translator
from granskning.json_reading import parse_object
from granskning.json_text import json_text
from granskning.remembering import may_remember
from granskning.reporting.tables.export import as_parquet
from granskning.reporting.tables.national_plan import ORGANISATIONS, STANDINGS
from granskning.tasks.collection.organisation_head import find_yardstick
from granskning.tasks.collection.organisation_tables import (
    TableTerms,
    content_of,
    key_of,
    load_organisation,
    make_organisation_tables,
)
from granskning.tasks.collection.standings import StandingMaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from granskning.reporting.blocks.tables import Row, Table
    from granskning.tasks.collection.gather import Gathered

FOLDER = "build/granskning-parquet"
"""Where the tables lie when nothing else is said, from the collection's folder."""
MARK_OF_TABLES = ".granskning-tables.json"
"""What tells that a folder is one of tables, and what they were made of."""
_PART = "part.parquet"


@dataclass(frozen=True, slots=True)
class TableChoice:
    """What a user may choose of the tables."""

    internal: bool = False
    """Whether internal notes come along."""
    tags: tuple[str, ...] = ()
    """Only questions that carry one of them."""


@dataclass(frozen=True, slots=True)
class TablesMade:
    """What came of an export."""

    folder: Path
    made: int
    """Organisations whose tables were made anew."""
    kept: int
    """Organisations whose files were as before."""
    faults: Mapping[str, str]
    """By organisation the code of why it is not read."""
    with_errors: int
    """Organisations that have files with errors."""


@dataclass(slots=True)
class _Making:
    """What has been made so far."""

    marks: dict[str, dict[str, Any]] = field(default_factory=dict)
    kept: int = 0
    faults: dict[str, str] = field(default_factory=dict)


def default_folder(root: Path) -> Path:
    """Where a collection's tables lie when nothing is said. Raises WriteRefusedError where a link leads out."""
    return place_in(root, FOLDER)


def export_collection(
    gathered: Gathered,
    folder: Path,
    *,
    choice: TableChoice,
    progress: Callable[[int, int], None] | None = None,
) -> TablesMade:
    """Make the tables in a folder. Raises UsageError for a place where they may not lie, and MissingPartError."""
    _require_place(gathered.root, folder, [own.root for own in gathered.files.values() if own.root])
    require_parquet()
    yardstick = find_yardstick(gathered)
    terms = TableTerms(gathered.collection.language, choice.internal, choice.tags, yardstick)
    maker = StandingMaker(yardstick) if yardstick is not None else None
    earlier = read_mark(folder) if may_remember() else {}
    making = _Making(faults={name: finding.rule.code for name, finding in gathered.faults.items()})
    t = Translator(gathered.collection.language)
    with swapped_folder(folder, MARK_OF_TABLES) as new:
        for done, (organisation, own) in enumerate(gathered.read, 1):
            name = organisation.id
            known = earlier.get(name, {})
            if known and known["key"] == key_of(organisation, content_of(own), terms):
                take_over(folder, new, f"organisation={name}")
                making.marks[name] = known
                making.kept += 1
            else:
                opened = load_organisation(organisation, own)
                if not opened.is_sound:
                    making.faults[name] = "GR913"
                    continue
                files: dict[str, int] = {}
                for table in make_organisation_tables(opened, maker, t, terms):
                    files |= _write_parts(new, name, table)
                facts = {**opened.facts(t), "content": opened.content}
                key = key_of(organisation, opened.content, terms)
                making.marks[name] = {"key": key, "facts": facts, "files": files}
            if progress is not None:
                progress(done, len(gathered.files))
        write_new(new / ORGANISATIONS.name / _PART, as_parquet(ORGANISATIONS.filled(_organisations(gathered, making))))
        write_new(new / MARK_OF_TABLES, json_text(making.marks).encode())
    with_errors = sum(mark["facts"]["files_with_errors"] > 0 for mark in making.marks.values())
    return TablesMade(folder, len(making.marks) - making.kept, making.kept, making.faults, with_errors)


def require_parquet() -> None:
    """Raise MissingPartError where the library that writes Parquet is not here."""
    try:
        as_parquet(ORGANISATIONS)
    except MissingPartError as error:
        raise MissingPartError(error.message, N_("install it with: pip install 'granskning[nation]'")) from error


def read_mark(folder: Path) -> dict[str, dict[str, Any]]:
    """By organisation, what a folder of tables was made of; those alone whose files are all there, of their sizes."""
    try:
        marks = parse_object(read_file(folder / MARK_OF_TABLES, REPORT))
    except UnreadableFileError:
        return {}
    return {name: mark for name, mark in marks.items() if _is_whole(mark) and _is_there(folder, mark["files"])}


def standing_files(folder: Path, mark: Mapping[str, Any]) -> list[Path]:
    """The files of an organisation's rows of results, by its mark."""
    return [folder / path for path in mark["files"] if path.startswith(f"{STANDINGS.name}/")]


def _is_whole(mark: Any) -> bool:
    """Whether a mark is as it is written."""
    facts, files = (mark.get("facts"), mark.get("files")) if isinstance(mark, dict) else (None, None)
    numbers = ("strategies", "reviews", "files_with_errors")
    return (
        isinstance(facts, dict)
        and isinstance(files, dict)
        and bool(mark.get("key"))
        and all(isinstance(facts.get(name), int) for name in numbers)
        and all(isinstance(facts.get(name), str) for name in ("title", "content", "latest"))
    )


def _is_there(folder: Path, files: Mapping[str, int]) -> bool:
    """Whether an organisation's files lie in a folder of tables, each of its size."""
    return all(size_of(folder / path) == size for path, size in files.items())


def _require_place(root: Path, folder: Path, organisations: list[Path]) -> None:
    """Raise UsageError unless a folder of tables may lie there."""
    place = resolved(folder)
    around = [path for path in (root, *organisations) if resolved(path).is_relative_to(place)]
    within = [path for path in organisations if place.is_relative_to(resolved(path))]
    if around or within:
        message = N_("the tables would lie among the files of the collection or of an organisation in {folder}")
        raise UsageError(message, N_("choose a folder of their own, such as build/"), folder=folder)
    if folder.suffix and not is_folder(folder):
        message = N_("the tables of a collection are a folder of files, and {folder} is named like a file")
        raise UsageError(message, N_("name it without an ending, such as build/tables"), folder=folder)
    require_own_folder(folder, MARK_OF_TABLES)


def _write_parts(new: Path, organisation: str, table: Table) -> dict[str, int]:
    """Write a table's rows, in files by organisation and, where it is part of the key, round; their sizes by path."""
    home = f"{table.name}/organisation={organisation}"
    if "round" not in table.key_columns:
        parts = {f"{home}/{_PART}": table} if table.rows else {}
    else:
        place = table.ids.index("round")
        rounds: dict[str, list[Row]] = {}
        for row in table.rows:
            rounds.setdefault(str(row[place]), []).append(row)
        parts = {f"{home}/round={name}/{_PART}": table.filled(rows).without("round") for name, rows in rounds.items()}
    sizes = {}
    for path, part in parts.items():
        data = as_parquet(part)
        write_new(new / path, data)
        sizes[path] = len(data)
    return sizes


def _organisations(gathered: Gathered, making: _Making) -> Iterator[Row]:
    t = Translator(gathered.collection.language)
    for organisation in gathered.collection.organisations:
        facts = making.marks.get(organisation.id, {}).get("facts", {})
        numbers = (facts.get("strategies"), facts.get("reviews"), facts.get("files_with_errors"))
        title = facts.get("title") or t.text(organisation.title) or None
        head = (organisation.id, title, organisation.group or None, organisation.place, organisation.commit or None)
        state = (bool(facts), making.faults.get(organisation.id))
        yield (*head, *state, *numbers, facts.get("content") or None)
