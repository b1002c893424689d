"""What can be wrong in the evidence of a review or an action. Its document is not opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.workspace.checks.dates import impossible_dates, is_before, wrong_order
from granskning.workspace.reviews.review_finding import review_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.files import Files
    from granskning.findings.finding import Path
    from granskning.model.strategy import Edition, Strategy

_FEWEST_WORDS, _FEWEST_LETTERS = 3, 15
"""Of a quotation: shorter ones recur in most documents."""
_BEGINNING = 60
"""So many characters of a quotation are enough to see that it is not too short."""
_WORD = re.compile(r"[^\W_]+")
_OF_QUOTATION = frozenset({"edition", "page", "quote"})
_PAGES = re.compile(r"[0-9]{1,18}(?:\s*[-–,]\s*[0-9]{1,18})*")
"""Printed pages that are numbers: one, from one to another, or several."""


def check_evidence(
    file: str, path: Path, item: dict[str, Any], strategy: Strategy | None, date: str | None
) -> Iterator[Finding]:
    """Yield what is wrong in one piece of evidence. `date` is that of what rests on it."""
    if _is_plain_quotation(item, strategy):
        return
    edition, address = item.get("edition"), item.get("address")
    in_text = edition is not None and ("page" in item or "section" in item or "pdf_page" in item)
    on_web = address is not None and "retrieved" in item
    on_file = "file" in item and "sha256" in item
    sources = [source for source in (edition, address, item.get("file")) if source is not None]
    if (in_text, on_web, on_file).count(True) != 1 or len(sources) > 1:
        yield review_finding("GR209", file, path)
    if not (item.get("quote") or "").strip() and not (item.get("paraphrase") or "").strip():
        yield review_finding("GR210", file, path)
    if edition is not None and strategy is not None and strategy.edition(edition) is None:
        yield unknown_edition(file, (*path, "edition"), edition, strategy)
    yield from _check_quotation(file, path, item, None if strategy is None else strategy.edition(edition or ""))
    retrieved = item.get("retrieved")
    if retrieved is not None:
        yield from impossible_dates(file, (*path, "retrieved"), retrieved)
        at_date = Pointer(file, ("date",))
        if is_before(date, retrieved):
            yield wrong_order(at_date, (N_("the review's date"), date), (N_("the day evidence was read"), retrieved))


def check_evidence_files(values: dict[str, Any], file: str, files: Files) -> Iterator[Finding]:
    """Yield the files that evidence of a review names and that are not there, or are not the same any more."""
    folder = "/".join(file.split("/")[:2])
    for key, answer in (values.get("answers") or {}).items():
        for number, item in enumerate((answer or {}).get("evidence") or ()):
            if (name := item.get("file")) is None:
                continue
            at, found = ("answers", key, "evidence", number, "file"), files.fingerprint(f"{folder}/{name}")
            if found is None:
                yield review_finding("GR805", file, at, name=name)
            elif item.get("sha256") not in (None, found[1]):
                yield review_finding("GR806", file, at, name=name)


def _check_quotation(file: str, path: Path, item: dict[str, Any], edition: Edition | None) -> Iterator[Finding]:
    """Yield a page beyond the edition's end, and a quotation that stands in many places. Its document is not opened."""
    if edition is not None and edition.pages is not None:
        printed, counted = str(item.get("page", "")), item.get("pdf_page")
        values: dict[str, Any] = {"edition": edition.id, "pages": edition.pages}
        if counted is not None and counted > edition.pages:
            yield review_finding("GR601", file, (*path, "pdf_page"), page=counted, **values)
        elif counted is None and _PAGES.fullmatch(printed) and _last(printed) > edition.pages:
            yield review_finding("GR601", file, (*path, "page"), page=printed, **values)
    quote = item.get("quote") or ""
    if quote.strip() and item.get("edition") is not None:
        parts = re.split(r"[\[(](?:…|\.{3})[\])]|…", quote)
        words = max((_WORD.findall(part) for part in parts), key=lambda part: sum(map(len, part)))
        if len(words) < _FEWEST_WORDS or sum(map(len, words)) < _FEWEST_LETTERS:
            yield review_finding("GR602", file, (*path, "quote"))


def _is_plain_quotation(item: dict[str, Any], strategy: Strategy | None) -> bool:
    """Whether it is, as most evidence, a quotation from a page of the strategy's text with nothing wrong in it."""
    page, quote, name = item.get("page"), item.get("quote"), item.get("edition")
    if not page or not quote or name is None or not item.keys() <= _OF_QUOTATION or "…" in quote or "..." in quote:
        return False
    words = _WORD.findall(quote[:_BEGINNING])
    if len(words) < _FEWEST_WORDS or sum(map(len, words)) < _FEWEST_LETTERS:
        return False
    edition = strategy.edition(name) if strategy is not None else None
    if edition is None:
        return strategy is None
    return edition.pages is None or (type(page) is int and page <= edition.pages)


def _last(pages: str) -> int:
    """The last of the pages in `14`, `14–15` or `14, 18`."""
    return max(map(int, re.findall(r"[0-9]+", pages)))


def unknown_edition(file: str, path: Path, edition: str, strategy: Strategy) -> Finding:
    """That the strategy has no edition of that id."""
    known = strategy.by_id
    values = {"strategy": strategy.id, "edition": edition, "editions": KnownNames(known)}
    return Finding(RULES["GR211"], Pointer(file, path), values, near=(edition, known))
