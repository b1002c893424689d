"""The plan's own text beside a question: a page of it, words looked for in it, and the document itself."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse

from granskning.errors import UnknownFileError
from granskning.evidence.word_forms import search_terms
from granskning.findings.finding import FilledWords
from granskning.i18n import N_
from granskning.model.document_text import DocumentText
from granskning.tasks.evidence.documents import DocumentPlace, Documents
from granskning.tasks.evidence.search import search_documents
from granskning.web.parts.context import visit_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.strategy import Strategy
    from granskning.tasks.evidence.search import SearchResult
    from granskning.web.parts.context import RequestContext

PANE_NEAR = 8
"""Words that two words looked for may be apart."""
_MOST_HITS = 40
_KINDS = {
    "pdf": "application/pdf", "txt": "text/plain; charset=utf-8", "md": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}  # fmt: skip
_SHUT = "default-src 'none'; frame-ancestors 'self'; sandbox"
"""The policy of a document: nothing in it runs."""


@dataclass(frozen=True, slots=True)
class DocumentPane:
    """What stands in the pane."""

    edition: str
    title: str
    editions: tuple[tuple[str, str], ...]
    """The editions to choose from: id and title."""
    file_at: str
    """The address of the document itself; empty where it is not in the folder."""
    problem: str
    """Why there is no text to show, in words."""
    page: int
    pages: int
    label: str
    """What is printed on the page; empty where there are no pages."""
    text: Markup
    picture_at: str
    """The address of the page as a picture, with the quotation marked; empty where the document has no pages."""
    wanted: str
    result: SearchResult | None
    """What was looked for came to; None where nothing was, or where what was written is no word."""
    hits: tuple[tuple[int, str, str], ...]
    """The page, what is printed on it, and the sentence of each passage that was looked for."""


def pane_of(visit: RequestContext, strategy: Strategy, edition: str, first: str, marked: str = "") -> DocumentPane:
    """The pane. `first` is the page, as printed or as counted, to begin with; `marked` words to mark on it."""
    query = visit.request.query_params
    chosen = query.get("utgava", "")
    known = strategy.edition(chosen) or strategy.edition(edition) or strategy.editions[0]
    text = text_of(visit, strategy.id, known.id)
    wanted = query.get("sok", "").strip()
    problem, page, shown, label, pages = "", 1, Markup(""), "", 0
    result: SearchResult | None = None
    if isinstance(text, DocumentText):
        pages = len(text.pages)
        page = _page_of(text, query.get("sida", "") or first)
        label = text.label(page) or ""
        shown = _marked(text.pages[page - 1].text if pages else "", [wanted, marked])
        problem = "" if text.has_text else visit.t("The document has no text, only pictures.")
        result = search_edition(visit, strategy.id, known.id, wanted) if text.has_text else None
    else:
        problem = visit.words(text)
    return DocumentPane(
        edition=known.id,
        title=known.title or known.id,
        editions=tuple((item.id, item.title or item.id) for item in strategy.editions),
        file_at=visit.at("dokument", strategy.id, known.id) if known.document else "",
        problem=problem,
        page=page,
        pages=pages,
        label=label,
        text=shown,
        picture_at=_picture_at(visit, strategy.id, known.id, page, marked) if _has_pages(text) else "",
        wanted=wanted,
        result=result,
        hits=tuple(_hits(result)),
    )


def _has_pages(text: DocumentText | FilledWords) -> bool:
    return isinstance(text, DocumentText) and text.has_pages


def _picture_at(visit: RequestContext, strategy: str, edition: str, page: int, quoted: str) -> str:
    """Where the picture of a page is."""
    address = visit.at("dokument", strategy, edition, "sida", str(page))
    return f"{address}?{urlencode({'citat': quoted})}" if quoted.strip() else address


def text_of(visit: RequestContext, strategy: str, edition: str) -> DocumentText | FilledWords:
    """The text of a document, or why there is none; read once for each state of the folder."""
    visit.desk.loaded()

    def read() -> DocumentText | FilledWords:
        documents = Documents(visit.desk.root, visit.desk.loaded().workspace)
        return documents.text(strategy, edition)

    known = visit.desk.loaded().workspace.strategies[strategy].edition(edition)
    state = (known.document, known.sha256) if known else None
    made: DocumentText | FilledWords = visit.desk.kept.get(("document", strategy, edition), state, read)
    return made


def _page_of(text: DocumentText, wanted: str) -> int:
    """The page counted from 1 that is meant: first by what is printed, then by its number."""
    for number in range(1, len(text.pages) + 1):
        if text.label(number) == wanted:
            return number
    number = int(wanted[:6]) if wanted.isascii() and wanted.isdigit() else 1
    return min(max(number, 1), max(len(text.pages), 1))


def _marked(text: str, words: list[str]) -> Markup:
    """The text with what is looked for marked, whatever white space stands between its words."""
    patterns = [r"\s+".join(map(re.escape, part.split())) for part in words if part.split()]
    if not patterns:
        return Markup(html.escape(text))  # noqa: S704  # escaped here
    pieces, at = [], 0
    for match in re.finditer("|".join(patterns), text, re.IGNORECASE):
        pieces += [html.escape(text[at : match.start()]), f"<mark>{html.escape(match[0])}</mark>"]
        at = match.end()
    return Markup("".join((*pieces, html.escape(text[at:]))))  # noqa: S704  # each piece is escaped here


def search_edition(visit: RequestContext, strategy: str, edition: str, wanted: str) -> SearchResult | None:
    """What words come to in an edition; None for none. Raises UsageError for an edition that is not there."""
    if not search_terms(wanted.split()):
        return None
    return search_documents(visit.desk.root, f"{strategy}/{edition}", wanted.split(), PANE_NEAR)


def _hits(result: SearchResult | None) -> Iterator[tuple[int, str, str]]:
    for hit in result.hits[:_MOST_HITS] if result is not None else ():
        yield hit.passage.page, hit.passage.label or str(hit.passage.page), hit.passage.sentence


async def show(request: Request) -> Response:
    """The document itself, where the folder has it."""
    visit, part = visit_of(request), request.path_params
    return await run_in_threadpool(_show, visit, part["strategy"], part["edition"])


def _show(visit: RequestContext, name: str, edition: str) -> Response:
    strategy = visit.strategy(name)
    documents = Documents(visit.desk.root, visit.desk.loaded().workspace)
    place = documents.place(strategy.id, edition)
    if not isinstance(place, DocumentPlace) or not place.is_kept:
        reason = visit.words(place) if isinstance(place, FilledWords) else visit.t("it is kept outside the folder")
        raise UnknownFileError(N_("the document is not shown here: {reason}"), "", reason=reason)
    ending = place.path.suffix.lower().lstrip(".")
    kind = _KINDS.get(ending, "text/plain; charset=utf-8")  # what could run is shown as text
    shown = "inline" if ending in ("pdf", "txt", "md") else "attachment"
    headers = {
        "content-disposition": f"{shown}; filename*=utf-8''{quote(place.path.name)}", "cache-control": "no-store",
    }  # fmt: skip
    if ending != "pdf":  # a browser shows no PDF in a sandbox
        headers["content-security-policy"] = _SHUT
    return FileResponse(place.path, media_type=kind, headers=headers)


def pane_query(visit: RequestContext, change: Mapping[str, str | int]) -> str:
    """The address of the page with another page, edition or words in its pane."""
    kept = {key: value for key, value in visit.request.query_params.items() if key in ("utgava", "sida", "sok", "visa")}
    wanted = {**kept, **{key: str(value) for key, value in change.items()}}
    return (
        visit.request.url.path + "?" + urlencode({key: value for key, value in wanted.items() if value}) + "#dokument"
    )
