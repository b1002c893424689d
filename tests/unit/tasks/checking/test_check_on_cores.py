"""Reviews checked by copies of the process give what checking them in the process itself gives."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from conftest import REVIEW
from granskning.tasks.checking import check_on_cores as module
from granskning.tasks.checking.check_on_cores import check_on_cores
from granskning.tasks.checking.checked import check_chosen
from granskning.tasks.folder.chosen import Chosen
from granskning.workspace.review_parts import check_part
from granskning.workspace.reviews.check_answers import AnswerChecks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from granskning.findings.finding import Finding

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies on this system"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]
FAULTS = (("level: 3", "level: 7"), ("criteria: prov@1.0.0", "criteria: annan@1.0.0"), ("level: 3", "\tlevel: 3"),
          ("level: 3", "levle: 3"), ("strategy: provplan", "strategy: borta"), ("level: 3", "level: 2"))  # fmt: skip


@pytest.fixture
def many(workspace: Path) -> Chosen:
    """A folder of 130 reviews, among them faulty ones and one that is no file."""
    text = (workspace / REVIEW).read_text("utf-8")
    folder = (workspace / REVIEW).parent
    for number in range(130):
        old, new = FAULTS[number % len(FAULTS)]
        assert old in text
        own = text.replace("reviewer: granskaren", f"reviewer: granskare-{number}")
        (folder / f"granskare-{number}.yaml").write_text(own.replace(old, new, 1), "utf-8", newline="\n")
    (folder / "mapp.yaml").mkdir()
    return Chosen(workspace, None)


def test_copies_tell_what_the_process_itself_would(many: Chosen) -> None:
    alone, together = check_chosen(many), check_on_cores(many, 2)
    assert len(alone.findings) > 100
    assert together.findings == alone.findings
    assert together.files == alone.files
    assert together.ground == alone.ground


def test_what_a_copy_does_not_tell_is_checked_here(many: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def die(part: object) -> object:
        if os.getpid() != here:
            os._exit(9)
        return check_part(part)  # type: ignore[arg-type]

    alone = check_chosen(many)
    monkeypatch.setattr(module, "check_part", die)
    assert check_on_cores(many, 2) == alone


def test_answers_are_held_against_a_set_no_more_often_in_parts(many: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same judgement in another review was sound before; what was sound is remembered through a part."""
    checks: list[str] = []
    check = AnswerChecks.check

    def count(answers: AnswerChecks, key: str, answer: dict[str, Any]) -> Iterator[Finding]:
        checks.append(key)
        return check(answers, key, answer)

    def in_this_process(work: Callable[[object], Iterator[object]], shares: Sequence[object]) -> Iterator[object]:
        return (told for share in shares for told in work(share))

    monkeypatch.setattr(AnswerChecks, "check", count)
    monkeypatch.setattr(module, "run_in_copies", in_this_process)
    check_chosen(many)
    alone = len(checks)
    checks.clear()
    check_on_cores(many, 2)
    assert len(checks) < alone * 1.1
