"""The processes that the program starts for its work begin warm: what they load is loaded once in a run.

Python forks them from a process that loads what the first to ask for one names, and nothing that later ones name. A
user's command asks once or twice; a run of the tests goes on, so it names all that anybody will.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import BaseContext

import pytest

from granskning.edges import machine

_LOADED = ("pypdfium2", "granskning.edges.readers.document_reading", "granskning.tasks.reports.rendering")
_FOR_PAGES = ("weasyprint", "granskning.tasks.reports.printing")
"""What loads where Pango is, alone: where it is not, the process that others are forked from would not begin."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Name them before anybody else does, and let nobody name fewer."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        for_pages = _FOR_PAGES if machine.can_load(machine.PANGO_PARTS[0]) else ()
        multiprocessing.set_forkserver_preload([*_LOADED, *for_pages])
        BaseContext.set_forkserver_preload = _keep  # type: ignore[method-assign,assignment]


def _keep(_context: BaseContext, module_names: list[str]) -> None:
    """Take no other names."""
