"""What every view is given: the desk, the language, who is asking, and how a page is made."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from granskning import __version__, wordings
from granskning.errors import UsageError, Words
from granskning.findings.finding import FilledWords
from granskning.findings.severity import Severity
from granskning.i18n import LANGUAGES, N_, PageTranslator, Translator
from granskning.language_tags import retagged, untagged
from granskning.model.workspace import RIGHTS
from granskning.reporting.html.languages import spell_out_languages
from granskning.reporting.shared_parts.prose_languages import prose_language
from granskning.tasks.editing.edit_session import MOMENT
from granskning.tasks.folder.reader_words import for_readers
from granskning.web.access.permissions import needed_for_text
from granskning.web.access.request_checks import LARGEST, user_of
from granskning.web.parts.form_words import form_values, form_words
from granskning.web.parts.page_hints import page_words
from granskning.wordings import label, name_reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from granskning.errors import GranskningError
    from granskning.findings.finding import Finding
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.tasks.editing.edit_session import EditSession
    from granskning.web.access.permissions import Permissions
    from granskning.web.access.request_checks import Access

PAGES = Path(__file__).parent.parent / "pages"
LANGUAGE_COOKIE = "granskning-lang"
MOST_FIELDS = 20_000
"""Fields of one form; the size of the whole is limited as well."""


@dataclass(frozen=True, slots=True)
class AppState:
    """What the page was started with."""

    desk: EditSession
    access: Access
    language: str
    """The language until a reader chooses another."""
    log: Path | None = None
    """The file that access and changes are told to."""


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request: its translator, and what the templates need of it."""

    request: Request
    house: AppState
    t: Translator

    @property
    def desk(self) -> EditSession:
        """The working folder."""
        return self.house.desk

    @property
    def who(self) -> str:
        """The name that a login in front of the page gives; empty without one."""
        return user_of(self.request.scope, self.house.access.user_header)

    @property
    def is_htmx(self) -> bool:
        """Whether a part of the page asks, and not the reader."""
        return self.request.headers.get("hx-request") == "true"

    def page(self, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
        """A page or a part of one, from its template."""
        made = environment().get_template(f"{template}.html")
        html = made.render(t=self.page_t, plural=self.page_t.plural, visit=self, version=__version__, **values)
        return HTMLResponse(spell_out_languages(html, self.t), status, headers={"cache-control": "no-store"})

    @property
    def page_t(self) -> PageTranslator:
        """Speaks to the page alone, which says of each text in what language it is: never to a file or a download."""
        return for_readers(_page_translator(self.t.asked), self.desk.loaded().workspace)

    def prose_lang(self, review: Review, edition: str | None = None) -> Markup:
        """The `lang` of fields where a reviewer writes, or quotes an edition, in another language than the page's."""
        workspace = self.desk.loaded().workspace
        if edition is None:
            return self._lang(prose_language(review, workspace))
        strategy = workspace.strategies.get(review.strategy)
        editions = strategy.editions if strategy else ()
        language = next((known.language for known in editions if known.id == edition), "")
        return self._lang(language) if language or strategy is None else self.strategy_lang(strategy)

    def strategy_lang(self, strategy: Strategy) -> Markup:
        """The `lang` of what stands in a strategy's files, its actions too, in another language than the page's."""
        return self._lang(strategy.language or "")

    def _lang(self, language: str) -> Markup:
        """The attribute for a language, the folder's where nothing is said; nothing for the page's own."""
        language = language or self.desk.loaded().workspace.settings.language
        return Markup("") if self.page_t.is_own(language) else Markup(' lang="{}"').format(language)

    def error_words(self, error: GranskningError) -> tuple[str, str]:
        """An error as a sentence and a hint."""
        values = {name: self.words(value) for name, value in error.values.items()}
        hint = page_words(error.hint)
        message = page_words(error.message) or error.message
        return self._sentence(message, values), self._sentence(hint, values) if hint else ""

    def _sentence(self, message: str, values: Mapping[str, Any]) -> str:
        """A message as it begins a paragraph. What begins with a name keeps its small letter."""
        words = self.t(message, **values)
        return words if message.startswith("{") else words[:1].upper() + words[1:]

    def words(self, value: Any) -> Any:
        """A value in the reader's language."""
        if isinstance(value, FilledWords):
            return self.t(value.message, **{name: self.words(inner) for name, inner in value.values.items()})
        if isinstance(value, Words):
            return self.t(value)
        return self.t.text(value) if isinstance(value, dict) else value

    def finding(self, finding: Finding) -> dict[str, Any]:
        """A finding in the words of a form, with the criterion that it concerns where there is one."""
        values = {name: self.words(value) for name, value in form_values(finding).items()}
        path = finding.at.path
        message, hint = form_words(finding)
        return {
            "code": finding.rule.code,
            "severity": finding.rule.severity.word,
            "message": self._sentence(message, values),
            "hint": self.t(hint, **values).removesuffix("."),  # the page ends sentences itself
            "criterion": path[1] if len(path) > 1 and path[0] == "answers" else "",
            "path": path,
            "last": path[-1] if path else "",
            "line": finding.place.line if finding.place else 0,
        }

    def text_finding(self, finding: Finding) -> dict[str, Any]:
        """The same beside a file's text, in the words of `check`."""
        values = {name: self.words(value) for name, value in finding.values.items()}
        message, hint = self._sentence(finding.rule.message, values), self.t(finding.rule.hint, **values)
        return {**self.finding(finding), "message": message, "hint": hint}

    @property
    def today(self) -> str:
        """The day, as dates are written in files."""
        return dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()

    @property
    def clock(self) -> str:
        """The time of day, as it is told beside what was saved."""
        now = dt.datetime.now(tz=dt.UTC).astimezone()
        return now.strftime("%H.%M" if self.t.language == "sv" else "%H:%M")

    def strategy(self, name: str) -> Strategy:
        """A strategy by its id. Raises UnknownFileError where it is not there, UsageError where it cannot be read."""
        found = self.desk.loaded().workspace.strategies.get(name)
        if found is None:
            self.desk.text(f"strategies/{name}/strategy.yaml")  # which says that it is not there
            raise UsageError(N_("the strategy {strategy} has errors"), N_("mend it as text first"), strategy=name)
        return found

    def errors(self, file: str) -> int:
        """How many errors stand in a file."""
        return self._errors.get(file, 0)

    @property
    def all_errors(self) -> int:
        """How many errors stand in the files of the folder."""
        return sum(self._errors.values())

    @property
    def _errors(self) -> Mapping[str, int]:
        """How many errors stand in each file, counted once for each state of the folder."""
        loaded = self.desk.loaded()

        def count() -> Counter[str]:
            return Counter(fault.at.file for fault in loaded.findings if fault.rule.severity is Severity.ERROR)

        errors: Mapping[str, int] = self.desk.kept.get(("errors",), self.desk.version, count)
        return errors

    def at(self, *parts: str) -> str:
        """An address within the page."""
        return "/" + "/".join(quote(part, safe="") for part in parts)

    def text_at(self, file: str) -> str:
        """The address of a file as text."""
        return self.at("text", *file.split("/"))

    def review_at(self, file: str, *more: str) -> str:
        """The address of a review, by its file."""
        _, strategy, _, round_, name = file.split("/")
        return self.at("granskning", strategy, round_, name.removesuffix(".yaml"), *more)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed here, by this user."""
        return not any(self.may(right) for right in RIGHTS)

    def may(self, *rights: str) -> bool:
        """Whether the user may do all of this here."""
        access = self.house.access
        permissions: Permissions = self.request.app.state.permissions
        if access.read_only or not access.user_header:
            return not access.read_only
        return permissions.rights_of(self.who).issuperset(rights)

    def may_write(self, file: str) -> bool:
        """Whether the user may change a file as text."""
        return self.may(*needed_for_text(file))


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form as text; of several with one name the last."""
    form = await request.form(max_fields=MOST_FIELDS, max_part_size=LARGEST)
    return {name: str(value) for name, value in form.items()}


def visit_of(request: Request) -> RequestContext:
    """The visit that a request is."""
    house: AppState = request.app.state.house
    MOMENT.set(request.scope.setdefault("granskning.moment", object()))  # one for all who answer a request
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    t = _translator(chosen if chosen in LANGUAGES else house.language)
    return RequestContext(request, house, for_readers(t, house.desk.loaded().workspace))


@cache
def _translator(language: str) -> Translator:
    return Translator(language)


@cache
def _page_translator(language: str) -> PageTranslator:
    return PageTranslator(language)


def _paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each with the language that the whole is in."""
    return retagged([part for part in untagged(text).split("\n\n") if part.strip()], text)


@cache
def environment() -> Environment:
    """The page's own templates. They come with the program and cannot be changed by a folder."""
    made = Environment(
        loader=FileSystemLoader(PAGES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(wordings=wordings, label=label, name_reviewer=name_reviewer)
    made.filters["paragraphs"] = _paragraphs
    made.tests["has_items"] = lambda item: hasattr(item, "is_open")
    made.tests["has_entries"] = lambda item: hasattr(item, "entries")
    return made
