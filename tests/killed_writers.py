"""Writers of the page and of `evidence` and `stats` that kills.py kills, as functions over a working folder.

Documents are read in the process itself: what is tried is the writing, and a fork cannot use its parent's workers.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import yaml

from granskning.cli.app import run
from granskning.edges.readers.document_reading import read_document
from granskning.i18n import Translator
from granskning.tasks.editing import strategy_file
from granskning.tasks.editing.hand_in import hand_in_review, reopen_review
from granskning.tasks.editing.restore import restore_version, versions_of_file
from granskning.tasks.editing.strategy_file import NewDocument, add_edition, new_strategy, plan_round
from granskning.tasks.evidence import documents
from small_pdf import small_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from granskning.model.document_text import DocumentText

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
STRATEGY = "strategies/provplan/strategy.yaml"
INDICATOR = "criteria/statistics/fil.yaml"
_BROUGHT = NewDocument("plan.txt", b"Resor till arbetet.\n" * 400, is_kept=True)
_ADOPTED = {"stage": "adopted", "date": 2026}
_INDICATOR = """schema: granskning/indicator/1
id: fil
title: Exempel ur en fil
unit: procent
source:
  producer: SCB
  service: file
  file: underlag/tabell.csv
  columns: {area: Region, period: År, women: Kvinnor, men: Män}
  retrieved: 2026-11-01
values: []
"""


def read_documents_here() -> None:
    """Have documents read in this process."""

    def read_here(places: Sequence[tuple[Path, str]], _limit: object = None) -> Iterator[tuple[int, DocumentText]]:
        for number, (path, _) in enumerate(places):
            yield number, read_document(path.read_bytes(), path.name.encode())

    documents.read_documents = read_here  # type: ignore[assignment,attr-defined]
    strategy_file.read_documents = read_here  # type: ignore[assignment,attr-defined]


def bring_strategy(root: Path) -> int:
    """A strategy with its document: two files, unless they are there."""
    if (root / "strategies/ny-plan/strategy.yaml").exists():
        return lay_out_nothing(root)
    fields = {"title": "Ny plan", "kind": "plan", "area": "infrastruktur", "owner": ["Provlän"]}
    return 2 * bool(new_strategy(root, fields, _ADOPTED, _BROUGHT).refused)


def bring_edition(root: Path) -> int:
    """Another edition with its document, unless it is there."""
    if "adopted" in (root / STRATEGY).read_text("utf-8"):
        return lay_out_nothing(root)
    return 2 * bool(add_edition(root, "provplan", _ADOPTED, _BROUGHT).refused)


def lay_out_round(root: Path) -> int:
    """When a round is due."""
    return 2 * bool(plan_round(root, "provplan", "2026-11", {"due": "2026-12-15", "blind": True}))


def lay_out_nothing(root: Path) -> int:
    """The next writer, which has nothing to change."""
    return 2 * bool(plan_round(root, "provplan", "2026-11", {}))


def hand_in(root: Path) -> int:
    """A review handed in."""
    return 2 * bool(hand_in_review(root, root / REVIEW, "full_text", "").findings)


def open_again(root: Path) -> int:
    """An approved review opened, unless it is."""
    if "status: approved" in (root / REVIEW).read_text("utf-8"):
        reason: dict[str, Any] = {"why": "Nytt underlag.", "role": "chef", "date": "2026-11-25"}
        reopen_review(root, root / REVIEW, reason, Translator("sv"))
        return 0
    return lay_out_nothing(root)


def put_back(root: Path) -> int:
    """The first version of a review put back."""
    restore_version(root, REVIEW, versions_of_file(root, REVIEW)[-1].commit, Translator("sv"))
    return 0


def cite_other_pages(root: Path) -> None:
    """A paged document, in which a quotation stands on another page than its evidence says."""
    review = yaml.safe_load((root / REVIEW).read_bytes())
    quote = next(
        item["quote"] for answer in review["answers"].values() for item in answer.get("evidence", []) if "quote" in item
    )
    data = small_pdf("Förord.", "Inledning.", " ".join(quote.split()))
    (root / "strategies/provplan/documents/plan.pdf").write_bytes(data)
    text = (root / STRATEGY).read_text("utf-8").replace("plan.txt", "plan.pdf")
    old = text.partition("sha256: ")[2].partition("\n")[0]
    (root / STRATEGY).write_text(text.replace(old, sha256(data).hexdigest()), "utf-8")


def fix_pages(_root: Path) -> int:
    """`evidence --fix`, whose exit code tells of other quotations too."""
    return 0 if run(["evidence", "--fix"]) in (0, 1) else 2


def lay_indicator(root: Path) -> None:
    """An indicator, and the table that it is to be frozen from."""
    (root / INDICATOR).write_text(_INDICATOR, "utf-8")
    (root / "underlag").mkdir()
    rows = "".join(f"Riket;{year};{year % 50},5;{year % 40},5\n" for year in range(1990, 2024))
    (root / "underlag/tabell.csv").write_text("Region;År;Kvinnor;Män\n" + rows, "utf-8")


def freeze(_root: Path) -> int:
    """`stats fetch --write`."""
    return run(["stats", "fetch", "fil", "--write", "--period", "1990.."])
