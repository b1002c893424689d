"""The golden outputs, made once in a run: tests/work_groups.py brings those who ask for them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning.tasks.proof import verify_sources
from granskning.tasks.reports import build, render
from remembered_prints import RememberedPrints

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def golden_outputs(tmp_path_factory: pytest.TempPathFactory, prints_folder: Path) -> Path:
    """All outputs as they are now, printed for real; the prints are remembered for other tests."""
    from golden_folder import write_golden  # noqa: PLC0415  # other tests need no pages

    folder = tmp_path_factory.mktemp("golden")
    with pytest.MonkeyPatch.context() as patch:
        for module in (build, render):
            patch.setattr(module, "print_all", RememberedPrints(prints_folder, reads=False))
        # that it prints again for real is held by tests/functional/test_verify.py
        patch.setattr(verify_sources, "print_all", RememberedPrints(prints_folder))
        write_golden(folder, whole=False)
    return folder
