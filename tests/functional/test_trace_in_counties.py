"""One shipped question traced from table to report in two counties: the row, the sentence and the page agree."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from served import words

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.model.criteria import challenges_of
from granskning.reporting.html.render import CRITERIA, Renderer
from granskning.tasks.folder.reader_words import for_readers
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files

ROOT = Path(__file__).parents[2]
SETTINGS = b"""\
schema: granskning/workspace/1
organisation: Region Exempel
language: sv
criteria: jamstalld-tillvaxt
area_code: "%s"
"""


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("19", "Bilägare: kvinnor 35,0 %, män 65,0 % (Västmanlands län 2022)."),
        ("13", "Bilägare: kvinnor 37,5 %, män 62,5 % (Hallands län 2022)."),
    ],
)
def test_a_question_is_traced_from_table_to_report(code: str, sentence: str) -> None:
    paths = [ROOT / "criteria/jamstalld-tillvaxt.yaml", *(ROOT / "criteria/statistics").glob("*.yaml")]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    loaded = load_files(HeldFiles({**files, "granskning.yaml": SETTINGS % code.encode()}))
    (criteria,) = loaded.workspace.criteria.values()
    row = next(one for one in loaded.workspace.indicators["bilar-privatagda"].values if one.area_code == code)
    assert sentence.startswith(f"Bilägare: kvinnor {float(row.women or Fraction()):.1f}".replace(".", ","))
    question = next(one for one in criteria.criteria if one.id == "resor-pengar")
    (challenge,) = challenges_of(criteria, question)
    t = Translator("sv")
    assert sentence in for_readers(t, loaded.workspace).text(challenge.text).replace("\u00a0", " ")
    report = Reporter(Path("/nowhere"), loaded, t).criteria(criteria)
    page = words(Renderer(load_templates(ROOT)).render(CRITERIA, report, t)).replace("\u00a0", " ")
    assert sentence in page
    assert page.count("Bilägare: kvinnor") == page.count(sentence)
