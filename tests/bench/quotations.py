"""How well and how fast quotations are found: figures of the set of 500 true, 200 altered and 200 absent ones."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from quotation_corpus import laws, many, plan, questions, typst_pdf, weasyprint_pdf

from granskning.edges.readers.document_reading import read_document
from granskning.evidence.lookup import STATUSES, Citation, QuotationLookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COUNTS = (500, 200, 200)
_RIGHT = {"true": "found", "altered": "changed", "absent": "gone"}


def outcomes() -> Counter[tuple[str, str]]:
    """How many of each kind got which status, over two texts in one and two columns by two programs."""
    settings = [(text, others, setting, columns) for text, others in ((laws(), plan()), (plan(), laws()))
                for setting in (weasyprint_pdf, typst_pdf) for columns in (1, 2)]  # fmt: skip
    counts: Counter[tuple[str, str]] = Counter()
    for number, (text, others, setting, columns) in enumerate(settings):
        document = setting(text, columns=columns)
        lookup = QuotationLookup(read_document(document.data, b"text.pdf"))
        share = tuple(count // len(settings) + (number < count % len(settings)) for count in COUNTS)
        for asked in questions(text, others, document, share, seed=number):  # type: ignore[arg-type]  # three numbers
            verdict = lookup.look_up(Citation(asked.quote, pdf_page=asked.pdf_page))
            counts[asked.kind, verdict.status] += 1
    return counts


def figures(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    """Precision and recall of each status."""
    for kind, status in _RIGHT.items():
        right = counts[kind, status]
        told = sum(counts[other, status] for other in _RIGHT)
        whole = sum(counts[kind, other] for other in STATUSES)
        precision = right / told if told else 1
        yield f"{status:<8} precision {precision:.4f}  recall {right / whole:.4f}  ({right} of {whole})"


def is_good(counts: Counter[tuple[str, str]]) -> bool:
    """Whether the aims of correctness are reached."""
    taken = ("found", "moved")
    return (
        counts["true", "found"] >= 0.99 * COUNTS[0]
        and not any(counts["absent", status] for status in taken)
        and sum(counts["altered", status] for status in taken) <= 0.01 * COUNTS[1]
    )


def long_document() -> tuple[bytes, list[Citation]]:
    """A PDF of some 300 pages, and 500 quotations from it."""
    text = many(7_600, seed=1)
    document = typst_pdf(text, columns=1)
    asked = questions(text, text, document, (500, 0, 0), seed=2)
    return document.data, [Citation(one.quote, pdf_page=one.pdf_page) for one in asked]


def seconds(work: Callable[[], object]) -> float:
    """Processor time, the least of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)
