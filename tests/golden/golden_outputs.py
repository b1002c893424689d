"""The golden outputs, made once in a run: tests that ask for them are one group, in the worker that made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from granskning.tasks.reports import build, render
from remembered_prints import RememberedPrints

if TYPE_CHECKING:
    from pathlib import Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They begin with the first group: making the outputs takes longer than anything else."""
    for item in items:
        if "golden_outputs" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("golden"))


@pytest.fixture(scope="session")
def golden_outputs(tmp_path_factory: pytest.TempPathFactory, prints_folder: Path) -> Path:
    """All outputs as they are now, printed for real; the prints are remembered for other tests."""
    from golden_folder import write_golden  # noqa: PLC0415  # other tests need no pages

    folder = tmp_path_factory.mktemp("golden")
    with pytest.MonkeyPatch.context() as patch:
        for module in (build, render):
            patch.setattr(module, "print_all", RememberedPrints(prints_folder, reads=False))
        write_golden(folder, whole=False)
    return folder
