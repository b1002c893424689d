"""Render reports: at once with the shipped templates, in a process with limits where the workspace has its own.

An own template may loop without end or build a text without end. It is stopped, the error names template and line, and
the other reports are made.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import TimeoutError as TookTooLong
from typing import TYPE_CHECKING, Any

from granskning.edges.limits import stopped_after
from granskning.edges.pdf import limit_memory
from granskning.errors import GranskningError, TemplateFaultError, TookTooLongError
from granskning.i18n import N_, Translator
from granskning.reporting.render import Renderer, own_templates

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 20.0
"""So long may one report take to render with own templates; with the shipped ones it takes hundredths."""
_GRACE = 5.0
"""What does not even hear the alarm gets so much more before its process is ended."""
_MEMORY = 1 << 30

_HELD: dict[str, Renderer] = {}
"""The renderer of this worker process."""


class GuardedRenderer:
    """Renders in a worker process with limits; used as a Renderer is."""

    def __init__(self, templates: Mapping[str, str], seconds: float = SECONDS) -> None:
        self._templates = dict(templates)
        self._seconds = seconds
        self._pool: Any = None

    def render(self, template: str, report: Any, t: Translator, **more: Any) -> str:
        """The HTML of a report. Raises TemplateFaultError."""
        from pebble import ProcessExpired  # noqa: PLC0415  # only who has own templates needs it

        if self._pool is None:
            self._pool = _open_pool(self._templates)
        work = (template, report, t.language, more, self._seconds)
        future = self._pool.schedule(_render, args=work, timeout=self._seconds + _GRACE)
        try:
            made: str | GranskningError = future.result()
        except TookTooLong:
            message = N_("templates/{template}: rendering was stopped after {seconds} seconds")
            seconds = round(self._seconds + _GRACE)
            raise TemplateFaultError(message, "", template=template, seconds=seconds) from None
        except ProcessExpired as error:
            message = N_("templates/{template}: the process that renders died (exit code {code})")
            raise TemplateFaultError(message, "", template=template, code=error.exitcode) from None
        if isinstance(made, GranskningError):
            raise made
        return made

    def close(self) -> None:
        """End the worker process."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None


class PlainRenderer(Renderer):
    """Renders here and now."""

    def close(self) -> None:
        """There is nothing to end."""


def open_renderer(templates: Mapping[str, str], seconds: float | None = None) -> PlainRenderer | GuardedRenderer:
    """The renderer that these templates take. Whoever opens it closes it."""
    return GuardedRenderer(templates, seconds or SECONDS) if own_templates(templates) else PlainRenderer(templates)


def render_once(templates: Mapping[str, str], template: str, report: Any, t: Translator) -> str:
    """The HTML of one report, within the limits that the templates take. Raises TemplateFaultError."""
    renderer = open_renderer(templates)
    try:
        return renderer.render(template, report, t)
    finally:
        renderer.close()


def _open_pool(templates: dict[str, str]) -> Any:
    from pebble import ProcessPool  # noqa: PLC0415  # only who has own templates needs it

    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    return ProcessPool(max_workers=1, initializer=_start, initargs=(templates,), context=context)


def _start(templates: dict[str, str]) -> None:
    """Make this worker's renderer; its memory is limited from here on."""
    limit_memory(_MEMORY)
    _HELD["renderer"] = Renderer(templates)


def _render(template: str, report: Any, language: str, more: dict[str, Any], seconds: float) -> str | GranskningError:
    """Render within the limits; a failure is given back, not raised."""
    try:
        with stopped_after(seconds):
            return _HELD["renderer"].render(template, report, Translator(language), **more)
    except TookTooLongError:  # the alarm came while an earlier fault was being told
        message = N_("templates/{template}: rendering was stopped after {seconds} seconds")
        return TemplateFaultError(message, "", template=template, seconds=round(seconds))
    except GranskningError as error:
        return error
