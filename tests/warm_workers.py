"""The processes that the program starts for its work begin warm: what they load is loaded once in a run.

Python forks them from a process that loads what the first to ask for one names, and nothing that later ones name. A
user's command asks once or twice; a run of the tests goes on, so it names all that anybody will.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import BaseContext

import pytest

_LOADED = (
    "weasyprint",
    "pypdfium2",
    "granskning.edges.readers.document_reading",
    "granskning.tasks.reports.printing",
    "granskning.tasks.reports.rendering",
)


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Name them before anybody else does, and let nobody name fewer."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        multiprocessing.set_forkserver_preload(list(_LOADED))
        BaseContext.set_forkserver_preload = _keep  # type: ignore[method-assign,assignment]


def _keep(_context: BaseContext, module_names: list[str]) -> None:
    """Take no other names."""
