"""Every quotation of a folder's reviews and actions, looked up in the document that it is from.

What has been looked up before is remembered by document and quotation; no more documents are opened than there is need.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from granskning.edges.cache import opened
from granskning.edges.disk import FolderFiles
from granskning.edges.lookup import resolved
from granskning.errors import UsageError
from granskning.evidence.lookup import STATUSES, Citation, QuotationLookup, QuotationVerdict
from granskning.evidence.passages import Passage, WordChange
from granskning.findings.finding import FilledWords
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.model.document_text import DocumentText
from granskning.tasks.evidence.documents import DocumentPlace, Documents
from granskning.tasks.folder.open import open_workspace
from granskning.workspace.schema.returned import read_cached
from granskning.workspace.yaml.source import TextLines, decode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from granskning.edges.cache import Cache
    from granskning.findings.finding import Path as KeyPath
    from granskning.findings.finding import Place
    from granskning.model.evidence import Evidence
    from granskning.model.workspace import Workspace
    from granskning.workspace.loaded import Loaded


QuotationAnswer = tuple[QuotationVerdict, FilledWords | None, str | None]
"""What came of looking a quotation up, why its document cannot be read, and that document's SHA-256."""
_WRONG = ("changed", "gone", "unreadable")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as it stands in a file."""

    file: str
    path: KeyPath
    """To its item of evidence."""
    strategy: str
    criterion: str | None
    """None for what an action is followed up with."""
    evidence: Evidence
    round: str | None = None
    reviewer: str | None = None
    sought_in: str | None = None
    """The edition that it is looked up in, where that is not its own."""

    @property
    def citation(self) -> Citation:
        """What is looked up."""
        evidence = self.evidence
        return Citation(evidence.quote or "", evidence.page, evidence.pdf_page, evidence.section)

    @property
    def document(self) -> tuple[str, str]:
        """The strategy and edition that it is from."""
        return self.strategy, self.sought_in or self.evidence.edition or ""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A quotation and what came of looking it up."""

    quotation: Quotation
    verdict: QuotationVerdict
    place: Place
    """Of the item in its file."""
    excerpt: str = ""
    """That line."""
    unread: FilledWords | None = None
    """Why its document cannot be read."""
    sha256: str | None = None
    """Of the document."""


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """All quotations of some files, looked up."""

    root: Path
    rows: tuple[LookedUp, ...]
    paraphrases: int
    addresses: int
    """How much evidence is no quotation from an edition, and so is not looked up."""
    left_out: tuple[str, ...]
    """The files that could not be read as reviews."""

    @property
    def is_wrong(self) -> bool:
        """Whether anything is changed, gone or unreadable, or a review could not be read at all."""
        return bool(self.left_out) or any(row.verdict.status in _WRONG for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many quotations have each status, and how much evidence is no quotation."""
        statuses: dict[str, int] = {
            status: sum(row.verdict.status == status for row in self.rows) for status in STATUSES
        }
        return {**statuses, "paraphrases": self.paraphrases, "addresses": self.addresses}


def look_up_evidence(
    start: Path, paths: Sequence[Path] = (), seconds: float | None = None, edition: str | None = None
) -> EvidenceFound:
    """Look every quotation up, of the whole folder or of the files and folders named. Raises as `open_workspace`.

    With `edition`, quotations from other editions are looked up in that one, and none is said of itself.
    """
    root, loaded = open_workspace(start, paths)
    if edition is not None:
        _require_edition(loaded.workspace, edition)
    return look_up_loaded(root, loaded, chosen_files(root, start, paths), seconds, edition)


def _require_edition(workspace: Workspace, edition: str) -> None:
    """Raise UsageError for an edition that no strategy has whose reviews are asked for."""
    concerned = sorted({review.strategy for review in workspace.reviews} & workspace.strategies.keys())
    known = sorted({name for strategy in concerned for name in workspace.strategies[strategy].by_id})
    if known and edition not in known:
        message = N_("the strategy {strategy} has no edition {edition}")
        advice = advice_on(edition, known, N_("editions: {known}"))
        raise UsageError(message, **advice, edition=edition, strategy=", ".join(concerned))


def look_up_reviews(root: Path, loaded: Loaded, files: Collection[str], seconds: float | None = None) -> EvidenceFound:
    """Look up the quotations of some reviews alone; nothing is read where they have none."""
    reviews = tuple(review for review in loaded.workspace.reviews if review.file in files)
    alone = replace(loaded, workspace=replace(loaded.workspace, reviews=reviews, actions={}, left_out=()))
    return look_up_loaded(root, alone, seconds=seconds)


def chosen_files(root: Path, start: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """The paths named, from the folder's root; none for all of it."""
    named = (resolved(start / path).relative_to(root).as_posix() for path in paths)
    return tuple(name for name in named if name != ".") if paths else ()


def look_up_loaded(
    root: Path,
    loaded: Loaded,
    chosen: Sequence[str] = (),
    seconds: float | None = None,
    edition: str | None = None,
) -> EvidenceFound:
    """Look up what a folder that is loaded already has, in all files or in those chosen."""
    workspace = loaded.workspace
    every = [item for item in evidence_of(workspace) if not chosen or _is_chosen(item.file, chosen)]
    quotations = [item for item in every if item.evidence.edition and (item.evidence.quote or "").strip()]
    if edition is not None:
        quotations = [replace(item, sought_in=edition) for item in quotations if item.evidence.edition != edition]
    documents = Documents(root, workspace, seconds)
    with opened("evidence") as cache:
        verdicts = look_up_quotations(quotations, documents, cache)
    lines = {file: _lines_of(FolderFiles(root), file) for file in {item.file for item in quotations}}
    rows = []
    for item, (verdict, reason, digest) in zip(quotations, verdicts, strict=True):
        place = lines[item.file].locator.place(item.path)
        rows.append(LookedUp(item, verdict, place, lines[item.file].line(place.line), reason, digest))
    return EvidenceFound(
        root=root,
        rows=tuple(sorted(rows, key=lambda row: (row.quotation.file, row.place.line))),
        paraphrases=sum(bool(item.evidence.paraphrase) and not item.evidence.quote for item in every),
        addresses=sum(bool(item.evidence.quote) and not item.evidence.edition for item in every),
        left_out=tuple(
            item.file
            for item in workspace.left_out
            if item.everywhere and (not chosen or _is_chosen(item.file, chosen))
        ),
    )


def evidence_of(workspace: Workspace) -> Iterator[Quotation]:
    """All evidence of reviews and of followed-up actions, file by file."""
    for review in workspace.reviews:
        for name, answer in review.answers.items():
            for number, evidence in enumerate(answer.evidence):
                yield Quotation(
                    file=review.file,
                    path=("answers", name, "evidence", number),
                    strategy=review.strategy,
                    criterion=name,
                    evidence=evidence,
                    round=review.round,
                    reviewer=review.reviewer,
                )
    for strategy, actions in workspace.actions.items():
        file = f"strategies/{strategy}/actions.yaml"
        for at, action in enumerate(actions):
            for step, follow_up in enumerate(action.follow_up):
                for number, evidence in enumerate(follow_up.evidence):
                    path = ("actions", at, "follow_up", step, "evidence", number)
                    yield Quotation(file, path, strategy, None, evidence)


def _is_chosen(file: str, chosen: Sequence[str]) -> bool:
    return any(file == name or file.startswith(f"{name}/") for name in chosen)


def look_up_quotations(
    quotations: Sequence[Quotation], documents: Documents, cache: Cache | None
) -> list[QuotationAnswer]:
    """What came of each, by what is remembered where it can be, else by reading its document."""
    places = {item.document: documents.place(*item.document) for item in quotations}
    keys = [_key(item, places[item.document]) for item in quotations]
    kept = {} if cache is None else dict(_remembered(cache.get_many(filter(None, keys))))
    left = {item.document for item, key in zip(quotations, keys, strict=True) if key is None or key not in kept}
    texts = documents.texts(left)
    lookups = {name: QuotationLookup(text) for name, text in texts.items() if isinstance(text, DocumentText)}
    verdicts: list[QuotationAnswer] = []
    new: dict[str, str] = {}
    for item, key in zip(quotations, keys, strict=True):
        place = places[item.document]
        digest = place.sha256 if isinstance(place, DocumentPlace) else None
        if key in kept:
            verdicts.append((kept[key], None, digest))
            continue
        text = texts[item.document]
        if isinstance(text, FilledWords):
            verdicts.append((QuotationVerdict("unreadable"), text, digest))
            continue
        verdict = lookups[item.document].look_up(item.citation)
        verdicts.append((verdict, None, digest))
        if key is not None:
            new[key] = json.dumps(asdict(verdict), ensure_ascii=False)
    if cache is not None:
        cache.put_many(list(new.items()))
    return verdicts


def _key(item: Quotation, place: DocumentPlace | FilledWords) -> str | None:
    """What a verdict rests on."""
    if isinstance(place, FilledWords):
        return None
    cited = json.dumps([place.sha256, place.path.suffix.lower(), *asdict(item.citation).values()])
    return sha256(cited.encode("utf-8", "surrogatepass")).hexdigest()


def _remembered(entries: Mapping[str, str]) -> Iterator[tuple[str, QuotationVerdict]]:
    """The verdicts among the entries of the cache that are as they were written."""
    for key, text in entries.items():
        with suppress(ValueError):
            yield key, _verdict_of(text)


def _verdict_of(text: str) -> QuotationVerdict:
    values = read_cached("verdict", text)
    changes = tuple(WordChange(**change) for change in values["changes"])
    passage = None if values["passage"] is None else Passage(**values["passage"])
    return QuotationVerdict(**{**values, "changes": changes, "passage": passage, "path": tuple(values["path"])})


def _lines_of(files: FolderFiles, file: str) -> TextLines:
    text = decode(files.read(file))
    return TextLines(text if isinstance(text, str) else "")
