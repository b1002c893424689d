"""A Report and templates in, HTML out: the same HTML is printed as PDF and read on the screen.

Templates run in a sandbox, can't change what they are given, and must name things that exist; whatever a report says
is escaped. Nothing is opened here: templates come as text, under their names; `shipped/NAME` is always the one that
came with granskning, so that an own one can extend it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.loaders import BaseLoader
from markupsafe import Markup

from granskning.errors import TemplateFaultError, TookTooLongError, WaitedTooLongError, Words
from granskning.i18n import N_, PageTranslator
from granskning.model.palette import OWN_STYLE
from granskning.reporting.charts.chart_narrow import narrow_chart
from granskning.reporting.html.contents import put_contents
from granskning.reporting.html.external_resources import refused_addresses
from granskning.reporting.html.languages import TOLD_HERE, spell_out_languages
from granskning.reporting.html.sandbox import BoundedSandbox, TooLargeError
from granskning.reporting.html.style import css_string

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from types import CodeType

    from jinja2 import Environment
    from jinja2.bccache import Bucket

    from granskning.i18n import Translator

_ON_OUR_SIDE = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError,
    TookTooLongError,
)  # fmt: skip
"""What a wrong template can raise while it runs."""

# the templates of the reports, and those of the pages that lead to them
REVIEW = "review/report.html.j2"
PAGE = "page/report.html.j2"
ROUND = "round/report.html.j2"
ANNEX = "annex/report.html.j2"
STRATEGY = "strategy/report.html.j2"
CHANGE = "change/report.html.j2"
PORTFOLIO = "portfolio/report.html.j2"
CRITERIA = "criteria/report.html.j2"
NATIONAL = "collection/report.html.j2"
INDEX = "site/index.html.j2"
SEARCH = "search.js"
ENTRIES = "search-index.js"
_BESIDE = {INDEX: frozenset({SEARCH, ENTRIES})}
"""What a page may fetch, since a build writes it beside the page."""

SHIPPED = "shipped/"
"""Before the name of a template that came with granskning, whatever the workspace has."""
ASSET = "asset:"
"""Before the name of a picture among the workspace's templates; its text is the picture as a data address."""
LOGO = "logo:"
"""What stands for the logo: its text is the data address."""
LOGO_TEXT = "logo-text:"
_MEND = N_("mend the template, or remove it to use the one that comes with granskning")
_MOST_LETTERS = 30_000_000
"""So long may a page be; a review of 200 questions has a million."""


_CONTENTS_ROW = re.compile(r'<li><a href="#([^"]+)">[^<]*</a><span class="page-of"[^>]*></span></li>\n?')
"""A row of the contents; one goes when a template of somebody's own has emptied the block that it leads to."""
_FROM_WORD = re.compile("[\u2028\u2029\uf020-\uf0ff]")
_WORD_SIGNS: dict[int, int | str] = {
    **dict.fromkeys((0x2028, 0x2029), "\n"),
    **{0xF000 + code: code for code in range(0x20, 0x7F)},
    **dict.fromkeys((0xF0B7, 0xF0A7, 0xF06C, 0xF06E), "\N{BULLET}"),
    **dict.fromkeys((0xF0D8, 0xF0E0, 0xF0E8), "\N{RIGHTWARDS ARROW}"),
    **dict.fromkeys((0xF0FC, 0xF0FE), "\N{CHECK MARK}"),
    **dict.fromkeys((0xF06F, 0xF071, 0xF0A8), "\N{WHITE SQUARE}"),
}
"""The signs that Word keeps in fonts of its own, in places where nobody else has any, and its own line ends."""


class _Sources(BaseLoader):
    """Templates held in memory, under their own names, so that faults can name them."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self.last: str | None = None
        """The template that was asked for last: the one at fault when none has begun to run since."""

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002  # the base class names it
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of a template."""
        source = self._sources.get(template) if template.endswith((".j2", ".css")) else None
        if source is None:
            raise TemplateNotFound(template)
        self.last = template
        return source, template, lambda: True


class CompiledTemplates(BytecodeCache):
    """What templates were compiled to, by their names and texts: of this process, and as somebody else has kept it.

    For the shipped templates alone, which are always the same: compiling them takes longer than most pages.
    """

    def __init__(
        self,
        read: Callable[[str, str], CodeType | None] = lambda _name, _checksum: None,
        keep: Callable[[str, str, CodeType], None] = lambda _name, _checksum, _code: None,
    ) -> None:
        """`read` and `keep` are asked for what this process has not compiled itself."""
        self._codes: dict[tuple[str, str], CodeType | None] = {}
        self._read, self._keep = read, keep

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled before, if anything was."""
        key = (bucket.key, bucket.checksum)
        if key not in self._codes and (code := self._read(*key)) is not None:
            self._codes[key] = code
        bucket.code = self._codes.get(key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._codes[bucket.key, bucket.checksum] = bucket.code
        if bucket.code is not None:
            self._keep(bucket.key, bucket.checksum, bucket.code)


class _ShippedAlone(BytecodeCache):
    """Compiled templates beside somebody's own, which are compiled each time and kept nowhere."""

    def __init__(self, compiled: CompiledTemplates, own: Collection[str]) -> None:
        self._compiled = compiled
        self._own = frozenset(self.get_cache_key(name, name) for name in own)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what a shipped template was compiled to before."""
        if bucket.key not in self._own:
            self._compiled.load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a shipped template was compiled to."""
        if bucket.key not in self._own:
            self._compiled.dump_bytecode(bucket)


_COMPILED = CompiledTemplates()


def own_templates(templates: Mapping[str, str]) -> frozenset[str]:
    """The names of the workspace's own that run as programs: style sheets too, since the shipped pages include them.

    The one that is added after all others is text and nothing else.
    """
    return frozenset(name for name in own_parts(templates) if name.endswith((".j2", ".css")) and name != OWN_STYLE)


def own_parts(templates: Mapping[str, str]) -> frozenset[str]:
    """The names of all that is the workspace's own: programs, styles, pictures and the logo."""
    return frozenset(
        name
        for name, text in templates.items()
        if not name.startswith(SHIPPED) and templates.get(f"{SHIPPED}{name}") != text
    )


class _NoPictureError(LookupError):
    """A template asks for a picture that is not there."""


class Renderer:
    """A set of templates, compiled once and used for many reports; shipped ones once in a process."""

    def __init__(self, templates: Mapping[str, str], compiled: CompiledTemplates = _COMPILED) -> None:
        self._templates = templates
        self._own = own_templates(templates)
        self._sources = _Sources(templates)
        self._environment = BoundedSandbox(
            loader=self._sources,
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.loopcontrols"],
            bytecode_cache=_ShippedAlone(compiled, self._own),
        )
        self._environment.filters.update(css_string=css_string, narrowed=narrow_chart)
        style = templates.get(OWN_STYLE, "").replace("</", "<\\/")
        self._environment.globals.update(
            own_style=Markup(style),  # noqa: S704  # checked when it was read, and no tag can end it
            logo=templates.get(LOGO, ""),
            logo_text=templates.get(LOGO_TEXT, ""),
            asset=self._asset,
            languages_of_parts=TOLD_HERE,
        )

    def render(self, template: str, report: Any, t: Translator, **more: Any) -> str:
        """The HTML of a report. Raises TemplateFaultError, which names the template and the line."""
        try:
            speaking = PageTranslator(t.asked)
            pieces = self._environment.get_template(template).generate(report=report, t=speaking, **more)
            html = spell_out_languages(_join(pieces, template), t)
        except TemplateNotFound as error:
            message = N_("there is no template {template}")
            raise TemplateFaultError(message, template=error.name or template) from error
        except TemplateSyntaxError as error:
            raise _fault(error.name or template, error.lineno, error.message or "") from error
        except _ON_OUR_SIDE as error:
            place = self._place(error)
            if isinstance(error, WaitedTooLongError):  # a busy machine is no fault of a template
                raise
            if place is None:
                raise self._fault_without_line(error, template) from error
            raise _fault(*place, _reason(error)) from error
        if _FROM_WORD.search(html):
            html = html.translate(_WORD_SIGNS)
        html = put_contents(html, t)
        if self._own:
            self._refuse_addresses(html, template)
            html = _CONTENTS_ROW.sub(lambda row: row[0] if f'id="{row[1]}"' in html else "", html)
        return html

    def _asset(self, name: str) -> str:
        """A picture that lies among the workspace's templates, as an address that holds it."""
        address = self._templates.get(f"{ASSET}{name}")
        if address is None:
            raise _NoPictureError(name)
        return address

    def _place(self, error: BaseException) -> tuple[str, int] | None:
        """The template line that an error passed last: of the workspace's own, where there is one."""
        place = own = None
        trace = error.__traceback__
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name in self._templates:
                place = (name, trace.tb_lineno)
                own = place if name in self._own else own
            trace = trace.tb_next
        return own or place

    def _fault_without_line(self, error: BaseException, template: str) -> BaseException:
        """The error as a fault of the own template that was being made ready to run; as it is where none was."""
        last = self._sources.last or template
        name = last if last in self._own else template
        if name not in self._own or not isinstance(error, (MemoryError, RecursionError, TookTooLongError)):
            return error
        return TemplateFaultError(N_("templates/{template}: {reason}"), _MEND, template=name, reason=_reason(error))

    def _refuse_addresses(self, html: str, template: str) -> None:
        """Raise TemplateFaultError when the page would fetch something."""
        beside = _BESIDE.get(template, frozenset())
        refused = [address for address in refused_addresses(html) if address not in beside]
        if not refused:
            return
        places = ((name, _line_of(self._templates[name], refused[0])) for name in sorted(self._own))
        name, line = next(((name, line) for name, line in places if line), (template, 1))
        hint = N_("a report fetches nothing: put the picture in templates/ and write asset('NAME')")
        message = N_("templates/{template}:{line}: the address {address} is refused")
        raise TemplateFaultError(message, hint, template=name, line=line, address=refused[0][:80])


def render_report(report: Any, templates: Mapping[str, str], t: Translator) -> str:
    """The HTML of one report with the template of its kind."""
    return Renderer(templates).render(f"{report.kind}/report.html.j2", report, t)


def _join(pieces: Iterable[str], template: str) -> str:
    """The page, unless it grows without end."""
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length > _MOST_LETTERS:
            message = N_("templates/{template}: the page became longer than {most} characters and was stopped")
            raise TemplateFaultError(message, "", template=template, most=_MOST_LETTERS)
    return "".join(held)


def _line_of(text: str, words: str) -> int:
    """The line that some words stand on; 0 where they don't."""
    place = text.find(words)
    return text.count("\n", 0, place) + 1 if place >= 0 else 0


def _reason(error: BaseException) -> str:
    """What went wrong, in words; those of ours are translated where they are shown."""
    if isinstance(error, TookTooLongError):
        return Words(N_("the template runs for too long and was stopped"))
    if isinstance(error, MemoryError):
        return Words(N_("the template needs too much memory and was stopped"))
    if isinstance(error, TooLargeError) or (isinstance(error, OverflowError) and "MAX_RANGE" in str(error)):
        return Words(N_("the template makes a text, a list or a number that is too large"))
    if isinstance(error, _NoPictureError):
        return Words(N_("there is no such picture in templates/"))
    if isinstance(error, RecursionError):
        return Words(N_("the template calls itself without end"))
    return str(error)


def _fault(name: str, line: int, reason: str) -> TemplateFaultError:
    message = N_("templates/{template}:{line}: {reason}")
    return TemplateFaultError(message, _MEND, template=name, line=line, reason=reason)
