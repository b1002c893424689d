"""What became of each quotation, in reports: at its place, on the first page, in the manifest, and in `verify`."""

from __future__ import annotations

import io
import json
import re
import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest

from granskning import __version__
from granskning.tasks.proof.verification_report import VerificationAnswer
from granskning.tasks.proof.verify_quotations import try_quotations
from quoted_folder import HERE, OTHER, PAGES, REVIEW, put
from small_pdf import PICTURE, small_pdf

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from conftest import Run

pytestmark = pytest.mark.usefixtures("printed_once")

DOCUMENT = "strategies/provplan/documents/plan.pdf"
CITED = (
    (HERE, {"page": 1}),
    (OTHER, {"page": 1}),
    ("Kvinnor och män ska ha samma lön att forma samhället.", {"page": 2}),
    ("Detta står inte någonstans i hela planens text.", {"page": 2}),
    (HERE + " Också här.", {"page": 3}),
)
"""Found, moved, changed, gone, and on a page that is a picture."""


@pytest.fixture
def folder(cases: Path, tmp_path: Path) -> Path:
    """The sound base folder with a document, and a quotation of each kind."""
    root = tmp_path / "mapp"
    shutil.copytree(cases / "base", root)
    put(root, "plan.pdf", small_pdf(*PAGES, PICTURE, labels=("i", "1", "2", "3")))
    file = root / REVIEW
    before, _, rest = file.read_text("utf-8").partition("      - edition: remiss\n")
    items = "".join(
        f"      - edition: remiss\n        page: {place['page']}\n        quote: >-\n          {quote}\n"
        for quote, place in CITED
    )
    items += "      - address: https://example.org/plan\n        quote: Ett ord från nätet\n"
    file.write_text(f"{before}{items}  resor-barn:{rest.partition('  resor-barn:')[2]}", "utf-8")
    return root


def page_of(run: Run, folder: Path, *more: str) -> str:
    """The report as words."""
    done = run("-C", str(folder), "render", REVIEW, "--format", "html", "-o", "-", *more)
    assert done.returncode == 0, done.stderr
    return " ".join(
        re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style.*?</style>", "", done.stdout)).replace("&nbsp;", " ").split()
    )


def test_each_status_stands_at_its_quotation_and_the_share_on_the_first_page(folder: Path, granskning: Run) -> None:
    told = page_of(granskning, folder)
    assert (
        "Citat: 2 av 6 återfunna i dokumentet (33 %, ✓); på annan sida: 1; ändrade: 1; borta: 1;"
        " kan ej läsas här: 1; ej uppslagna här: 1"
    ) in told
    after = [told.partition(f"“{quote}”")[2] or told.partition(f"”{quote}”")[2] for quote, _ in CITED]
    assert [text[:90] for text in after if not text] == []
    for text, words in zip(
        after,
        (
            "s. 1. ✓",
            "✓ står på s. 2",
            "Ändrat: på s. 2 står ”Kvinnor och män ska ha samma makt",
            "Borta:",
            "Kan ej läsas",
        ),
        strict=True,
    ):
        assert words in text[:160]
    assert "Ej uppslaget här" in told.partition("Ett ord från nätet")[2][:120]


def test_without_its_document_no_quotation_is_looked_up_and_nothing_fails(folder: Path, granskning: Run) -> None:
    (folder / DOCUMENT).unlink()
    told = page_of(granskning, folder)
    assert "Citat: 6, ej uppslagna här (○)" in told
    assert told.count("○") == 1 + 6


def manifest_of(data: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(data)) as document:
        values: dict[str, Any] = json.loads(document.attachments["manifest.json"].get_file().read_bytes())
    return values


def test_verify_looks_up_what_it_has_and_says_what_it_took_from_the_record(
    folder: Path, granskning: Run, tmp_path: Path
) -> None:
    pdf = tmp_path / "rapport.pdf"
    assert granskning("-C", str(folder), "render", REVIEW, "-o", str(pdf)).returncode == 0
    data = pdf.read_bytes()
    manifest = manifest_of(data)
    recorded = manifest["quotations"]
    assert [row["status"] for row in recorded] == ["found", "moved", "changed", "gone", "unreadable"]
    assert {len(row["sha256"]) for row in recorded} == {64}
    assert [(row["page"], row["found_page"]) for row in recorded[:3]] == [("1", "1"), ("1", "2"), ("2", "2")]

    def verified() -> dict[str, Any]:
        done = granskning("-C", str(folder), "verify", str(pdf), "--format", "json")
        [sources] = [one for one in json.loads(done.stdout)["answers"] if one["question"] == "sources"]
        return dict(sources)

    here = verified()
    assert here["outcome"] == "agrees"
    assert any("5 citat, uppslagna på nytt" in line for line in here["tried"]), here
    (folder / DOCUMENT).unlink()
    away = verified()
    assert away["outcome"] == "agrees"
    assert any("rapportens egen förteckning" in line and "5" in line for line in away["remarks"]), away
    assert granskning("-C", str(folder), "render", REVIEW, "-o", str(tmp_path / "utan.pdf")).returncode == 0
    assert [row["status"] for row in manifest_of((tmp_path / "utan.pdf").read_bytes())["quotations"]] == [
        "not_at_hand"
    ] * 5


def test_a_record_that_says_another_thing_than_the_document_does_not_agree(folder: Path) -> None:
    digest = re.search(r"sha256: (\w{64})", (folder / "strategies/provplan/strategy.yaml").read_text("utf-8"))
    assert digest
    place = {"page": "2", "pdf_page": None, "section": None, "found_page": "2", "found_pdf_page": 3, "closest": None}
    quoted = {"strategy": "provplan", "edition": "remiss", "quote": CITED[3][0]}
    row = {**quoted, **place, "status": "found", "sha256": digest[1]}
    answer = VerificationAnswer("sources")
    try_quotations(answer, folder, {"quotations": [row], "tool": {"version": __version__}})
    [mismatch] = answer.disagreements
    assert "not in its document" in mismatch.said.message
    other = VerificationAnswer("sources")
    rows = [{**row, "strategy": name} for name in ("../provplan", "finns-inte")]
    try_quotations(other, folder, {"quotations": rows, "tool": {"version": "0"}})
    assert (other.disagreements, len(other.remarks)) == ([], 1)


def test_a_change_report_tells_what_became_of_each_quotation_in_the_later_edition(
    folder: Path, granskning: Run, tmp_path: Path
) -> None:
    strategy, review = folder / "strategies/provplan/strategy.yaml", folder / REVIEW
    later = small_pdf(PAGES[0], f"1 Makt\n{HERE}", "2 Resor\nKvinnor och män ska ha samma rätt att forma samhället.")
    (folder / "strategies/provplan/documents/antagen.pdf").write_bytes(later)
    edition = "  - id: antagen\n    stage: adopted\n    date: 2026-12\n    document: documents/antagen.pdf\n"
    strategy.write_text(strategy.read_text("utf-8").rstrip("\n") + f"\n{edition}", "utf-8")
    text = review.read_text("utf-8").replace("edition: remiss\ncriteria", "edition: antagen\ncriteria")
    other = folder / "strategies/provplan/reviews/2027-01/granskaren.yaml"
    other.parent.mkdir()
    other.write_text(text.replace("round: 2026-11", "round: 2027-01").replace("2026-11-23", "2027-01-11"), "utf-8")
    name = other.relative_to(folder).as_posix()
    pdf = tmp_path / "andring.pdf"
    assert granskning("-C", str(folder), "render", name, "--report", "change", "-o", str(pdf)).returncode == 0
    rows = manifest_of(pdf.read_bytes())["quotations"]
    assert {row["sought_in"] for row in rows} == {"provplan/antagen"}
    assert [row["status"] for row in rows] == ["moved", "changed", "changed", "gone", "changed"]
    done = granskning("-C", str(folder), "render", name, "--report", "change", "--format", "html", "-o", "-")
    told = " ".join(re.sub(r"<[^>]+>", " ", done.stdout).split())
    assert "Borta: 1, omskrivna: 3 och återfunna på annan sida: 1." in told
    assert re.search(r"Att se på igen, efter fråga och var citatet stod: Borta: \S+ \(s\. \d+\) Omformulerade: ", told)
    assert "→ s. 3 ”Kvinnor och män ska ha samma rätt att forma samhället" in told
    again = granskning("-C", str(folder), "verify", str(pdf), "--format", "json")
    [sources] = [one for one in json.loads(again.stdout)["answers"] if one["question"] == "sources"]
    assert sources["outcome"] == "agrees"
    assert any("5 citat, uppslagna på nytt" in line for line in sources["tried"]), sources
    found_json = granskning("-C", str(folder), "evidence", REVIEW, "--in", "antagen", "--format", "json")
    assert [row["status"] for row in json.loads(found_json.stdout)["evidence"]] == [row["status"] for row in rows]
