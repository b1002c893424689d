"""Benches of what answers: the page of `granskning serve`, and quotations looked up in their documents."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import asked_page
from measures import Spent, folder_of, run, say, take_turns, timed
from pdfminer.high_level import extract_text as pdfminer_text
from peers import ROOT
from quotations import figures, is_good, long_document, outcomes
from reading import GRANSKNING

from granskning.edges.readers.document_reading import read_document
from granskning.evidence.lookup import QuotationLookup
from granskning.tasks.folder.open import open_workspace

if TYPE_CHECKING:
    from measures import Bench

READ_AND_HASH = """
import sys
from pathlib import Path
import granskning.cli.app
from granskning.tasks.folder.open import open_workspace
_, loaded = open_workspace(Path(sys.argv[1]))
for strategy in loaded.workspace.strategies.values():
    for edition in strategy.editions:
        if edition.document:
            loaded.files.fingerprint(f"strategies/{strategy.id}/{edition.document}")
"""
VIEW = 0.150
"""Seconds of the processor that a view may take."""


def bench_page(bench: Bench) -> None:
    """The page: its first view and reading the folder; a save and a round trip of ruamel.yaml; views and 150 ms."""
    with folder_of(10) as (folder, reviews):
        asked, at = asked_page.Asked(folder), asked_page.address_of(folder, reviews[0])
        trip = asked_page.Trip(asked, at, reviews[0])
        bench.compare("save-field", "one field saved", "a round trip of ruamel.yaml", bench.of(9, 3),
                      lambda: timed(trip.write), lambda: timed(trip.round_trip), 0.1)  # fmt: skip
        first = sum(len(asked.get(one, packed=True)) for one in (at, *asked_page.STATIC))
        bench.amount("first-visit", "first visit to a review, kB", first / 1000, asked_page.MOST_BYTES / 1000)
    with folder_of(bench.of(1000, 200)) as (folder, reviews):
        size = f"{len(reviews):,} reviews"
        bench.compare("first-page", f"first page of {size}", "reading the folder", bench.of(3, 1),
                      lambda: timed(lambda: asked_page.Asked(folder).get("/")),
                      lambda: timed(lambda: open_workspace(folder)), 3, is_measure=True)  # fmt: skip
        asked, at = asked_page.Asked(folder), asked_page.address_of(folder, reviews[len(reviews) // 2])
        asked.get("/")
        trip = asked_page.Trip(asked, at, reviews[len(reviews) // 2])
        views = take_turns(
            bench.of(5, 3),
            lambda: timed(trip.save),
            lambda: timed(lambda: asked.get("/")),  # always after a change
            lambda: timed(lambda: asked.get(at)),
        )
        whats = (("save", "saving an answer"), ("overview", "the overview after a change"), ("review", "a review"))
        for (name, what), side in zip(whats, views, strict=True):
            bench.told(f"page-{name}", f"{what} among {size}", "150 ms", side, [Spent(VIEW, VIEW)], 1, is_measure=True)


def bench_evidence(bench: Bench) -> None:
    """Quotations: right, in less time than their document is read; documents ten times faster than pdfminer.six."""
    counts = outcomes()
    for line in figures(counts):
        say(line)
    if not is_good(counts):
        raise SystemExit("quotations are told wrongly: see the figures above")
    data, citations = long_document()
    text = read_document(data, b"long.pdf")

    def look_up() -> None:
        lookup = QuotationLookup(text)
        for citation in citations:
            lookup.look_up(citation)

    def reading() -> Spent:
        return timed(lambda: read_document(data, b"long.pdf"))

    pages = f"{len(text.pages)} pages"
    bench.compare("quotations", f"500 quotations on {pages} looked up", "reading the document", bench.of(5, 2),
                  lambda: timed(look_up), reading, 1, is_measure=True)  # fmt: skip
    bench.compare("pdf-text", f"text of {pages} of PDF", "pdfminer.six", bench.of(2, 1), reading,
                  lambda: timed(lambda: pdfminer_text(io.BytesIO(data))), 0.1)  # fmt: skip
    run(GRANSKNING, "-C", str(ROOT), "evidence")
    bench.compare("evidence-again", "evidence of all that is shipped, again", "reading and hashing it", bench.of(5, 2),
                  lambda: run(GRANSKNING, "-q", "-C", str(ROOT), "evidence"),
                  lambda: run(sys.executable, "-c", READ_AND_HASH, str(ROOT)), 3, is_measure=True)  # fmt: skip
