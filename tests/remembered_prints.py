"""Each page is printed once in a run of the tests: what a test prints again is taken from what was printed before.

For tests about what a PDF is made of, carries or is compared with. A page counts as the same when its HTML, all that
it carries and its identity are the same, to the byte; a difference anywhere is printed anew. That the same page gives
the same bytes is held where it is the point: tests/golden, tests/functional/test_repeatable.py and
tests/unit/edges/printing/test_pdf.py print for real, as does every test that asks for `printed_anew`.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from typing import TYPE_CHECKING

import pytest

from granskning.edges.printing.pdf import Printed
from granskning.tasks.proof import publish, verify_sources
from granskning.tasks.reports import build, printing, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from granskning.errors import GranskningError
    from granskning.tasks.reports.printing import Job

_ASKERS = (publish, verify_sources, build, render)
"""Who prints in the program."""


class RememberedPrints:
    """Prints as the program does, and remembers: in a folder, so that the other workers of a run need not either."""

    def __init__(self, folder: Path, *, reads: bool = True) -> None:
        self._folder = folder
        self._reads = reads

    def __call__(
        self, jobs: Sequence[Job], templates: Mapping[str, str], **options: Any
    ) -> Iterator[tuple[str, Printed | GranskningError]]:
        """What `print_all` gives."""
        places = {job.output: self._folder / _key(job) for job in jobs}
        known = [job for job in jobs if self._reads and places[job.output].exists()]
        for job in known:
            yield job.output, pickle.loads(places[job.output].read_bytes())  # noqa: S301  # written by ourselves
        for output, printed in printing.print_all([job for job in jobs if job not in known], templates, **options):
            if isinstance(printed, Printed):
                self._write(places[output], pickle.dumps(printed))
            yield output, printed

    def _write(self, place: Path, data: bytes) -> None:
        beside = place.with_name(f"{place.name}.{os.getpid()}")
        beside.write_bytes(data)
        beside.replace(place)  # at once: another worker may be reading


def _key(job: Job) -> str:
    parts = (job.html, job.attachments, job.identity, job.is_word and job.language)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@pytest.fixture(scope="session")
def prints_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all workers of a run keep what they have printed."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prints"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def printed_once(prints_folder: Path) -> Iterator[None]:
    """Let the program take from what has been printed, while the tests of this module run."""
    with pytest.MonkeyPatch.context() as patch:
        for module in _ASKERS:
            patch.setattr(module, "print_all", RememberedPrints(prints_folder))
        yield


@pytest.fixture
def printed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program print for real in this test, whatever the others of its module do."""
    for module in _ASKERS:
        monkeypatch.setattr(module, "print_all", printing.print_all)
