"""A small part of the bench's quotations: every one that stands there on its page, none that does not, none altered."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.edges.readers.document_reading import read_document
from granskning.evidence.lookup import Citation, QuotationLookup

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.append(str(Path(__file__).resolve().parents[1] / "bench"))

from quotation_corpus import SetDocument, laws, plan, questions, typst_pdf, weasyprint_pdf


@pytest.mark.parametrize("setting", [weasyprint_pdf, typst_pdf], ids=lambda setting: setting.__name__)
def test_quotations_of_a_law_in_two_columns(setting: Callable[..., SetDocument]) -> None:
    text = laws()
    document = setting(text, columns=2)
    lookup = QuotationLookup(read_document(document.data, b"lag.pdf"))
    counts: Counter[tuple[str, str]] = Counter()
    for asked in questions(text, plan(), document, (60, 24, 24), seed=4):
        verdict = lookup.look_up(Citation(asked.quote, pdf_page=asked.pdf_page))
        counts[asked.kind, verdict.status] += 1
    assert counts == {("true", "found"): 60, ("altered", "changed"): 24, ("absent", "gone"): 24}
