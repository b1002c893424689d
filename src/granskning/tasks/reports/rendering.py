"""Render reports: at once with the shipped templates, in a process with limits where the workspace has its own.

An own template may loop without end or build a text without end. It is stopped, the error names template and line, and
the other reports are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.edges.limits import GRACE, Limit
from granskning.edges.printing.compiled_templates import keep_code, read_code
from granskning.edges.printing.pdf import limit_memory
from granskning.edges.workers import Workers
from granskning.errors import (
    GranskningError,
    TemplateFaultError,
    TookTooLongError,
    WaitedTooLongError,
    WorkerDiedError,
)
from granskning.i18n import N_, Translator
from granskning.reporting.html.render import CompiledTemplates, Renderer, own_templates
from granskning.tasks.reports.printing import MORE

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 20.0
"""Of processor time for one report with own templates; with the shipped ones it takes hundredths."""
_GRACE = GRACE
_MEMORY = 1 << 30

_COMPILED = CompiledTemplates(read_code, keep_code)

_HELD: dict[str, Renderer] = {}
"""The renderer of this worker process."""


class GuardedRenderer:
    """Renders in a worker process with limits; used as a Renderer is."""

    def __init__(self, templates: Mapping[str, str], limit: Limit | None = None) -> None:
        self._limit = limit or Limit(SECONDS, grace=_GRACE)
        self._workers = Workers(start=_start, arguments=(dict(templates),))

    def render(self, template: str, report: Any, t: Translator, **more: Any) -> str:
        """The HTML of a report. Raises TemplateFaultError."""
        work = (template, report, t.asked, more)
        made: str | GranskningError
        [(_, made)] = self._workers.run(_render, [work], self._limit)
        if isinstance(made, GranskningError):
            raise _fault(made, template)
        return made

    def close(self) -> None:
        """End the worker process."""
        self._workers.close()


class PlainRenderer(Renderer):
    """Renders here and now, with the shipped templates as they were compiled once and for all."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        super().__init__(templates, _COMPILED)

    def close(self) -> None:
        """There is nothing to end."""


def rendering_limit(seconds: float | None = None) -> Limit:
    """The limit of a report where the reader may choose another with --seconds."""
    return Limit(seconds or SECONDS, MORE, _GRACE)


def open_renderer(templates: Mapping[str, str], limit: Limit | None = None) -> PlainRenderer | GuardedRenderer:
    """The renderer that these templates take. Whoever opens it closes it."""
    return GuardedRenderer(templates, limit) if own_templates(templates) else PlainRenderer(templates)


def render_once(
    templates: Mapping[str, str], template: str, report: Any, t: Translator, limit: Limit | None = None
) -> str:
    """The HTML of one report, within the limits that the templates take. Raises TemplateFaultError."""
    renderer = open_renderer(templates, limit)
    try:
        return renderer.render(template, report, t)
    finally:
        renderer.close()


def _start(templates: dict[str, str]) -> None:
    """Make this worker's renderer; its memory is limited from here on."""
    limit_memory(_MEMORY)
    _HELD["renderer"] = Renderer(templates, _COMPILED)


def _render(template: str, report: Any, language: str, more: dict[str, Any]) -> str:
    return _HELD["renderer"].render(template, report, Translator(language), **more)


def _fault(error: GranskningError, template: str) -> GranskningError:
    """An error of the worker in words of templates; another as it is."""
    if isinstance(error, WaitedTooLongError):
        message = N_("templates/{template}: rendering was stopped after {seconds} s by the clock")
    elif isinstance(error, TookTooLongError):
        message = N_("templates/{template}: rendering was stopped after {seconds} s of processor time")
    elif isinstance(error, WorkerDiedError):
        message = N_("templates/{template}: the process that renders died (exit code {code})")
    else:
        return error
    return TemplateFaultError(message, error.hint, template=template, **error.values)
