"""What a hostile template may cost: each attack alone, and the one road that all doors take."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from granskning.edges.printing.pdf import start_printer
from granskning.errors import GranskningError, TemplateFaultError, WorkerDiedError
from granskning.i18n import Translator
from granskning.reporting.html.render import Renderer, own_parts, own_templates
from granskning.reporting.html.sandbox import TooLargeError
from granskning.shipped import fonts_folder
from granskning.tasks.editing.cached_views import preview_report
from granskning.tasks.editing.edit_session import EditSession
from granskning.tasks.proof.reproduce import all_templates
from granskning.tasks.reports import printing, rendering
from granskning.tasks.reports.printing import Job, print_all, printing_failed
from granskning.tasks.reports.rendering import GuardedRenderer, PlainRenderer, open_renderer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAGE = "own/report.html.j2"
SHIPPED = {"shared/page.css": "a {}", "shipped/shared/page.css": "a {}"}

AT_ONCE = {
    "wide": "{{ 'x' * 10**10 }}",
    "wide list": "{{ ([1] * 10**9)|length }}",
    "power": "{{ (9 ** (9 ** 9))|string|length }}",
    "range": "{% for a in range(10**10) %}x{% endfor %}",
    "product": "{% set n = namespace(x=2**60000) %}{{ n.x * n.x }}",
    "list chain": "{% set n = namespace(x='xxxx') %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
}
"""Refused before anything is made, by every system, with its line."""


@pytest.mark.parametrize("text", AT_ONCE.values(), ids=AT_ONCE)
def test_what_an_operator_would_make_too_large_is_refused_with_its_line(text: str) -> None:
    templates = {PAGE: f"<p>\n{text}"}
    with pytest.raises(TemplateFaultError) as caught:
        Renderer(templates).render(PAGE, None, Translator("sv"))
    assert (caught.value.values["template"], caught.value.values["line"]) == (PAGE, 2)
    assert isinstance(caught.value.__cause__, (TooLargeError, OverflowError))
    assert str(caught.value.values["reason"]).endswith("too large")


def test_ordinary_sums_are_as_ever() -> None:
    text = "{{ 2 + 3 * 4 ** 2 }} {{ 'a' * 3 + 'b' }} {{ [1] + [2] }} {{ 1.5 * 2 }} {{ 2 ** -1 }} {{ 'a' * -1 }}"
    assert Renderer({PAGE: text}).render(PAGE, None, Translator("sv")) == "50 aaab [1, 2] 3.0 0.5 "


IN_PIECES = {
    "filter": ("{{ 'x'|center(10**10) }}", ":2: "),
    "format": ("{{ '%9999999999d'|format(1) }}", ":2: "),
    "replaced": ("{{ ('x' * 1000000)|replace('x', 'y' * 100000) }}", ":2: "),
    "calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", ":2: "),
    "deep": ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", ": "),
}


@pytest.mark.parametrize("how", [*IN_PIECES, "style sheet"])
def test_what_grows_in_a_filter_is_stopped_by_the_process_and_told_with_its_place(how: str) -> None:
    name = "shared/page.css" if how == "style sheet" else PAGE
    text, place = IN_PIECES.get(how, IN_PIECES["filter"])
    templates = {**SHIPPED, PAGE: "{% include 'shared/page.css' %}", name: f"a\n{text}"}
    renderer = open_renderer(templates)
    assert isinstance(renderer, GuardedRenderer)
    try:
        with pytest.raises(TemplateFaultError) as caught:
            renderer.render(PAGE, None, Translator("sv"))
    finally:
        renderer.close()
    assert f"templates/{name}{place}" in str(caught.value)


def test_what_is_the_folders_own_is_told_by_one_rule() -> None:
    assert (own_parts(SHIPPED), own_templates(SHIPPED)) == (frozenset(), frozenset())
    assert isinstance(open_renderer(SHIPPED), PlainRenderer)
    for name, is_run in (("style.css", False), ("logo:", False), ("asset:x.png", False), ("shared/page.css", True)):
        own = {**SHIPPED, name: "x"}
        assert own_parts(own) == {name}
        assert own_templates(own) == ({name} if is_run else set())


def test_a_file_to_verify_cannot_pass_its_templates_off_as_shipped() -> None:
    bomb = "{{ 'x' * 10**10 }}"
    templates = all_templates({"review/report.html.j2": bomb, "shipped/review/report.html.j2": bomb})
    assert own_templates(templates) == {"review/report.html.j2"}
    assert templates["shipped/review/report.html.j2"] != bomb


class _Spy:
    """In the place of the processes: notes that they were asked for."""

    def __init__(self, *_: Any, **options: Any) -> None:
        _Spy.started.append(options.get("start"))

    started: list[Any] = []  # noqa: RUF012  # of one test at a time

    def run(self, _function: Any, jobs: Any, *_: Any) -> Any:
        yield from ((place, GranskningError("stopped")) for place in range(len(jobs)))

    def close(self) -> None:
        """Nothing was started."""


@pytest.mark.parametrize("own", [{}, {"style.css": "x"}, {"logo:": "x"}, {PAGE: "x"}], ids=str)
@pytest.mark.parametrize("apart", [{}, {"apart": True}], ids=str)
def test_every_door_prints_apart_what_is_not_its_own(
    own: Mapping[str, str], apart: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """build, render, publish, verify and the preview give print_all their templates and nothing else."""
    monkeypatch.setattr(printing, "Workers", _Spy)
    monkeypatch.setattr(printing, "run_here", lambda *_: GranskningError("here"))
    _Spy.started.clear()
    (told,) = (error for _, error in print_all([Job("a", "")], {**SHIPPED, **own}, fonts=fonts_folder(),
                                               workers=1, **apart))  # fmt: skip
    assert str(told) == ("stopped" if own or apart else "here")
    assert _Spy.started == ([start_printer] if own or apart else []), "with limited memory"


def test_the_folders_own_parts_are_named_where_printing_fails() -> None:
    died = printing_failed(WorkerDiedError("died {code}", code=9), {"style.css", "asset:b/x.png", "logo:"})
    assert died.hint.format(**died.values).endswith(": templates/b/x.png, templates/style.css")


def test_the_preview_prints_apart_also_in_a_thread(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "Workers", _Spy)
    desk, review = EditSession(workspace), "strategies/provplan/reviews/2026-11/granskaren.yaml"
    with ThreadPoolExecutor() as threads, pytest.raises(GranskningError, match="stopped"):
        threads.submit(preview_report, desk, review, "review", "pdf").result()
    path = workspace / "templates/review/report.html.j2"
    path.parent.mkdir(parents=True)
    path.write_text("\n{{ 'x' * 10**10 }}", "utf-8")
    monkeypatch.setattr(rendering, "SECONDS", 5.0)
    with ThreadPoolExecutor() as threads, pytest.raises(TemplateFaultError, match=r"report\.html\.j2:2: "):
        threads.submit(preview_report, desk, review, "review", "html").result()
