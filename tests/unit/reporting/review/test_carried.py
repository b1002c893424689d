from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.tasks.reports.report import Reporter
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
LATER = "strategies/provplan/reviews/2027-03/granskaren.yaml"


def test_what_was_confirmed_changed_and_left(base_files: dict[str, bytes], tmp_path: Path) -> None:
    text = base_files[REVIEW].decode().replace("round: 2026-11", "round: 2027-03\ncontinues: 2026-11")
    text = text.replace("level: 1", "level: 2").replace("    level: 3\n", "    inherited: {from: 2026-11, level: 3}\n")
    loaded = load_files(HeldFiles({**base_files, LATER: text.encode()}))
    reporter = Reporter(tmp_path, loaded, Translator("en"))
    reports = {one.review.round: reporter.review(one) for one in reporter.reported.scored}
    assert reports["2026-11"].carried is None
    carried = reports["2027-03"].carried
    assert carried is not None
    assert carried.before == (
        "The review continues the round 2026-11: 1 answer is confirmed, 1 is changed and 1 is not confirmed yet.",
    )
    told = [(row[0].text, row[2].mark and row[2].mark.words, row[3].mark and row[3].mark.words, row[4].text)
            for row in carried.rows]  # fmt: skip
    assert told == [
        ("1.1", "Mentioned", "Partly", "Changed"),
        ("2.1", "Steers", "Carried over", "Not confirmed yet"),
    ]
