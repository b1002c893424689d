"""A strategy's own file: made, with the document that it is about, and edited exactly: editions, plans, decisions."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles, fingerprint_of, place_in
from granskning.edges.lookup import exists
from granskning.edges.readers.documents import read_documents
from granskning.edges.writing import FileWrite, write_files, write_refused
from granskning.errors import GranskningError, UnreadableFileError, UsageError
from granskning.i18n import LANGUAGES, N_, Translator
from granskning.model.document_text import DocumentText
from granskning.tasks.folder.save import changed_meanwhile, open_file
from granskning.wordings import STAGES
from granskning.workspace.answer_merge import can_be_file, new_id
from granskning.workspace.checks.dates import new_impossible_dates
from granskning.workspace.load import load_workspace
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Insert, Remove, Set
from granskning.workspace.yaml.source import Fault, decode, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from granskning.findings.finding import Finding
    from granskning.workspace.yaml.edits import Edit

_HEAD = """\
# yaml-language-server: $schema=../../.granskning/schemas/strategy.schema.json
schema: granskning/strategy/1
"""
_ENDINGS = frozenset({"pdf", "docx", "odt", "html", "htm", "txt", "md"})


_ROLE_ID = r"([a-z0-9]+-)*[0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that somebody brings. `is_kept` says that it may lie in the folder, else only its hash is written."""

    name: str
    data: bytes
    is_kept: bool


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What was found out of a document."""

    sha256: str
    pages: int | None
    has_text: bool
    problem: GranskningError | None = None
    """Why it cannot be read; it can be reviewed all the same, but no quotation of it can be looked up."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: the id of what was made, or the findings that hindered it; then nothing was written."""

    id: str
    refused: tuple[Finding, ...] = ()
    document: DocumentFacts | None = None


def document_facts(document: NewDocument) -> DocumentFacts:
    """The hash of a document and how many pages it has, read in a process apart, with limits.

    Raises WriteRefusedError where it cannot be laid aside for that, and UsageError for what is no document.
    """
    digest = sha256(document.data).hexdigest()
    try:
        with tempfile.TemporaryDirectory(prefix="granskning-") as folder:
            path = Path(folder) / f"dokument.{ending_of(document.name)}"
            path.write_bytes(document.data)
            outcomes = [outcome for _, outcome in read_documents([(path, digest)])]
    except OSError as error:  # the place for what is read only once is full
        raise write_refused(Path(document.name), error) from error
    for outcome in outcomes:
        if isinstance(outcome, DocumentText):
            return DocumentFacts(digest, len(outcome.pages) if outcome.has_pages else None, outcome.has_text)
        return DocumentFacts(digest, None, has_text=False, problem=outcome)
    return DocumentFacts(digest, None, has_text=False)


def ending_of(name: str) -> str:
    """The ending of a document's name, where it is one that documents have. Raises UsageError for another."""
    ending = name.rpartition(".")[2].casefold()
    if ending not in _ENDINGS:
        message = N_("{name} is not a kind of document that can be read")
        raise UsageError(message, N_("choose a PDF, .docx, .odt, .html or .txt"), name=name or "–")
    return ending


def new_strategy(
    root: Path, fields: Mapping[str, Any], edition: Mapping[str, Any], document: NewDocument | None
) -> Written:
    """Write a strategy with its first edition, and the document beside it where it may be kept. Never overwrites.

    `fields` and `edition` are keys of the file; the ids are made of the titles.
    """
    clear_all_leftovers(root)
    taken = {path.split("/")[1] for path in FolderFiles(root).under("strategies")}
    name = new_id(str(fields.get("title") or ""), taken, "strategi")
    facts = document_facts(document) if document else None
    first, files = _edition(root, name, edition, set(), document, facts)
    values = {"id": name, **fields, "editions": [first]}
    edits: list[Edit] = [Set((key,), value) for key, value in values.items() if value not in (None, "", [], {})]
    data = edit_bytes(_HEAD.encode(), edits, order_of("strategy"))
    file = f"strategies/{name}/strategy.yaml"
    if refused := _faults(data, file):
        return Written(name, refused, facts)
    write_files([*files, FileWrite(place_in(root, file), data, is_new=True)])
    return Written(name, (), facts)


def add_edition(root: Path, strategy: str, edition: Mapping[str, Any], document: NewDocument | None) -> Written:
    """Add an edition last, and its document where it may be kept."""
    facts = document_facts(document) if document else None
    made: dict[str, Any] = {}

    def edits(values: Mapping[str, Any]) -> tuple[list[Edit], list[FileWrite]]:
        known = values.get("editions") or []
        item, files = _edition(root, strategy, edition, {str(known_edition["id"]) for known_edition in known},
                               document, facts)  # fmt: skip
        made.update(item)
        return [Insert(("editions",), len(known), item)], files

    refused = edit_strategy(root, strategy, edits)
    return Written(str(made.get("id", "")), refused, facts)


def decide_not_to_review(root: Path, strategy: str, decision: Mapping[str, str] | None) -> tuple[Finding, ...]:
    """Write the decision that a strategy is not to be reviewed; None takes it back."""

    def edits(values: Mapping[str, Any]) -> tuple[list[Edit], list[FileWrite]]:
        if decision is None:
            return ([Remove(("not_reviewed",))] if "not_reviewed" in values else []), []
        return [Set(("not_reviewed",), {key: text for key, text in decision.items() if text})], []

    return edit_strategy(root, strategy, edits)


def plan_round(root: Path, strategy: str, round_: str, plan: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Write when a round is due, who answers what and whether it is blind; what is None is taken away."""

    def edits(values: Mapping[str, Any]) -> tuple[list[Edit], list[FileWrite]]:
        rounds = values.get("rounds") or []
        number = next((place for place, item in enumerate(rounds) if item.get("round") == round_), None)
        given = {key: value for key, value in plan.items() if value not in (None, "", {}, False)}
        if number is None:
            return ([Insert(("rounds",), len(rounds), {"round": round_, **given})] if given else []), []
        changed: list[Edit] = []
        for key in plan:
            if key in given:
                changed.append(Set(("rounds", number, key), given[key]))
            elif key in rounds[number]:
                changed.append(Remove(("rounds", number, key)))
        return changed, []

    return edit_strategy(root, strategy, edits)


def _edition(  # noqa: PLR0913  # an edition, its document, and where both belong
    root: Path, strategy: str, edition: Mapping[str, Any], taken: set[str], document: NewDocument | None,
    facts: DocumentFacts | None,
) -> tuple[dict[str, Any], list[FileWrite]]:  # fmt: skip
    """The values of an edition, and the document's file where it may be kept."""
    stage, year = str(edition.get("stage") or ""), str(edition.get("date") or "")[:4]
    words = Translator(LANGUAGES[0])(STAGES[stage]) if stage in STAGES else stage
    name = new_id(f"{words} {year}", taken, "version")
    item: dict[str, Any] = {"id": name, **{key: value for key, value in edition.items() if value not in (None, "")}}
    files: list[FileWrite] = []
    if document is not None and facts is not None:
        item["sha256"] = facts.sha256
        if facts.pages:
            item["pages"] = facts.pages
        if document.is_kept:
            place = f"documents/{name}.{ending_of(document.name)}"
            if exists(root / "strategies" / strategy / place) and not _lies_there(root, strategy, place, facts):
                place = f"documents/{name}-{facts.sha256[:8]}.{ending_of(document.name)}"
            item["document"] = place
            if not _lies_there(root, strategy, place, facts):
                files.append(FileWrite(place_in(root, f"strategies/{strategy}/{place}"), document.data, is_new=True))
    return item, files


def _lies_there(root: Path, strategy: str, place: str, facts: DocumentFacts) -> bool:
    """Whether the very document lies there already, as where an earlier try was broken off before its edition."""
    try:
        known = FolderFiles(root).fingerprint(f"strategies/{strategy}/{place}")
    except UnreadableFileError:
        return False
    return known is not None and known[1] == facts.sha256


def edit_strategy(
    root: Path, strategy: str, edits_of: Callable[[Mapping[str, Any]], tuple[list[Edit], list[FileWrite]]]
) -> tuple[Finding, ...]:
    """Edit a strategy's file as it is now; returns what hindered it, and then nothing was written."""
    file = f"strategies/{strategy}/strategy.yaml"
    clear_all_leftovers(root)
    data, opened = open_file(place_in(root, file))
    text = decode(data)
    values = None if isinstance(text, Fault) else read(text).value
    if not isinstance(values, dict) or check_values("strategy", values, file):
        message = N_("the strategy {strategy} has errors")
        raise UsageError(message, N_("mend it as text first"), strategy=strategy)
    edits, files = edits_of(values)
    after = edit_bytes(data, edits, order_of("strategy"))
    if after == data:
        return ()
    if refused := _faults(after, file, values):
        return refused
    if fingerprint_of(open_file(root / file)[0]) != opened:
        raise changed_meanwhile(file)
    write_files([*files, FileWrite(root / file, after, opened)])
    return ()


def _faults(data: bytes, file: str, before: Any = None) -> tuple[Finding, ...]:
    """What would be wrong in the form of the file, where it was something before."""
    text = decode(data)
    values = None if isinstance(text, Fault) else read(text).value
    return (*check_values("strategy", values, file), *new_impossible_dates(file, values, before))


def ensure_role(root: Path, title: str) -> str:
    """The id of a role as people write it: that of the role with this title or id, else one made of its words.

    Raises UsageError for a title without a letter.
    """
    if re.fullmatch(_ROLE_ID, title) and can_be_file(title):
        return title
    workspace = load_workspace(FolderFiles(root), only=["granskning.yaml"])
    wanted = " ".join(title.split()).casefold()
    for name, words in workspace.settings.role_titles.items():
        if wanted in {name, *(text.casefold() for text in words.values())}:
            return name
    if not any(letter.isalpha() for letter in wanted):
        message = N_("“{value}” cannot be the name of a role")
        raise UsageError(message, N_("write the role, such as Public transport planner"), value=title)
    return new_id(wanted, set(), "roll")


def write_role(root: Path, title: str, language: str) -> None:
    """Keep the title of a role in the settings, where they do not have it and its id says less than the title.

    `language` is the one that the title is written in.
    """
    settings = load_workspace(FolderFiles(root), only=["granskning.yaml"]).settings
    wanted, name = " ".join(title.split()), ensure_role(root, title)
    if not wanted or name == wanted or name in settings.role_titles:
        return
    data, opened = open_file(root / "granskning.yaml")
    after = edit_bytes(data, [Set(("roles", name), {"title": {language: wanted}})], order_of("workspace"))
    text = decode(after)
    if isinstance(text, str) and not check_values("workspace", read(text).value, "granskning.yaml"):
        write_files([FileWrite(root / "granskning.yaml", after, opened)])
