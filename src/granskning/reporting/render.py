"""A Report and templates in, HTML out: the same HTML is printed as PDF and read on the screen.

Templates run in a sandbox, can't change what they are given, and must name things that exist; whatever a report says
is escaped. Nothing is opened here: templates come as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.loaders import BaseLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from granskning.errors import TemplateFaultError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment

    from granskning.i18n import Translator

_ON_OUR_SIDE = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What a wrong template can raise while it runs."""

REVIEW = "review/report.html.j2"
PAGE = "page/report.html.j2"
PORTFOLIO = "portfolio/report.html.j2"
INDEX = "site/index.html.j2"


class _Sources(BaseLoader):
    """Templates held in memory, under their own names, so that faults can name them."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002  # the base class names it
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of a template."""
        source = self._sources.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source, template, lambda: True


class Renderer:
    """A set of templates, compiled once and used for many reports."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._names = frozenset(templates)
        self._environment = ImmutableSandboxedEnvironment(
            loader=_Sources(templates),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.loopcontrols"],
        )

    def render(self, template: str, report: Any, t: Translator, **more: Any) -> str:
        """The HTML of a report. Raises TemplateFaultError, which names the template and the line."""
        try:
            return self._environment.get_template(template).render(report=report, t=t, **more)
        except TemplateNotFound as error:
            message = N_("there is no template {template}")
            raise TemplateFaultError(message, template=error.name or template) from error
        except TemplateSyntaxError as error:
            raise _fault(error.name or template, error.lineno, error.message or "") from error
        except _ON_OUR_SIDE as error:
            place = self._place(error)
            if place is None:
                raise
            raise _fault(*place, str(error)) from error

    def _place(self, error: BaseException) -> tuple[str, int] | None:
        """The innermost template line that an error passed."""
        place = None
        trace = error.__traceback__
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name in self._names:
                place = (name, trace.tb_lineno)
            trace = trace.tb_next
        return place


def render_report(report: Any, templates: Mapping[str, str], t: Translator) -> str:
    """The HTML of one report with the template of its kind."""
    return Renderer(templates).render(f"{report.kind}/report.html.j2", report, t)


def _fault(name: str, line: int, reason: str) -> TemplateFaultError:
    hint = N_("mend the template, or remove it to use the one that comes with granskning")
    return TemplateFaultError(
        N_("templates/{template}:{line}: {reason}"), hint, template=name, line=line, reason=reason
    )
