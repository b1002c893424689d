"""Reports, history and differences as the page shows them: made once for a state of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from granskning.errors import GranskningError, MissingPartError, UsageError
from granskning.i18n import Translator
from granskning.tasks.editing import cached_views
from granskning.tasks.editing.cached_views import difference, preview_report, strategy_history
from granskning.tasks.editing.edit_session import EditSession
from granskning.tasks.reports.printing import MORE

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
ROADS = ("render_review", "render_wide", "render_criteria")


@pytest.fixture
def roads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """What was asked of each maker of reports, in the place of reports."""
    asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
    for road in ROADS:

        def make(*arguments: Any, road: str = road, **choices: Any) -> tuple[str, bytes]:
            asked.append((road, arguments, choices))
            return road, b"%d" % len(asked)

        monkeypatch.setattr(cached_views, road, make)
    monkeypatch.setattr(cached_views, "missing_libraries", lambda: ())
    return asked


@pytest.mark.parametrize(
    ("name", "report", "road"),
    [
        (REVIEW, "review", "render_review"),
        (REVIEW, "round", "render_review"),
        ("provplan", "strategy", "render_wide"),
        ("provplan", "change", "render_wide"),
        ("", "portfolio", "render_wide"),
        ("prov", "criteria", "render_criteria"),
    ],
)
def test_each_report_is_made_of_what_it_is_about(
    workspace: Path, roads: list[Any], name: str, report: str, road: str
) -> None:
    assert preview_report(EditSession(workspace), name, report, "html")[0] == road
    (_, arguments, choices) = roads[0]
    folder = workspace / "strategies"
    about = {REVIEW: workspace / REVIEW, "provplan": folder / "provplan", "": None, "prov": "prov"}[name]
    assert arguments == (workspace, about)
    assert (choices["form"], choices["apart"], choices["archive"], choices["own"]) == ("html", True, False, "")
    assert choices.get("report", report) == report


@pytest.mark.parametrize(
    ("form", "made"),
    [("html", "html"), ("docx", "docx"), ("pdf", "pdf"), ("archive", "pdf"), ("internal", "pdf")],
)
def test_each_form_is_a_pdf_of_its_own_kind_or_another_file(
    workspace: Path, roads: list[Any], form: str, made: str
) -> None:
    preview_report(EditSession(workspace), REVIEW, "review", form)
    choices = roads[0][2]
    assert choices["form"] == made
    assert (choices["archive"], choices["internal"]) == (form == "archive", form == "internal")


def test_a_report_of_the_folders_own_is_of_the_kind_that_it_extends(workspace: Path, roads: list[Any]) -> None:
    (workspace / "templates/kort").mkdir(parents=True)
    template = workspace / "templates/kort/report.html.j2"
    template.write_text('{% extends "shipped/round/report.html.j2" %}', "utf-8")
    desk = EditSession(workspace)
    preview_report(desk, REVIEW, "kort", "html")
    assert (roads[0][2]["report"], roads[0][2]["own"]) == ("round", "kort")
    preview_report(desk, REVIEW, "kort", "html")
    assert len(roads) == 1
    template.write_text('{% extends "shipped/review/report.html.j2" %}', "utf-8")
    preview_report(desk, REVIEW, "kort", "html")
    assert [choices["report"] for _, _, choices in roads] == ["round", "review"]


def test_a_report_is_made_once_for_a_state_of_the_folder_and_for_what_it_leaves_out(
    workspace: Path, roads: list[Any]
) -> None:
    desk = EditSession(workspace)
    first = preview_report(desk, "", "portfolio", "html")
    assert preview_report(desk, "", "portfolio", "html") == first
    assert preview_report(desk, "", "portfolio", "html", frozenset({REVIEW})) != first
    assert roads[1][2]["without"] == frozenset({REVIEW})
    text = (workspace / REVIEW).read_text("utf-8")
    (workspace / REVIEW).write_text(text.replace("level: 3", "level: 2"), "utf-8")
    assert preview_report(desk, "", "portfolio", "html") != first


def test_no_report_is_made_of_what_has_errors_or_is_none(workspace: Path, roads: list[Any]) -> None:
    (workspace / REVIEW).write_text("answers: [\n", "utf-8")
    with pytest.raises(UsageError, match="has errors"):
        preview_report(EditSession(workspace), REVIEW, "review", "html")
    with pytest.raises(GranskningError, match="no file"):
        preview_report(EditSession(workspace), "eget.yaml", "round", "html")
    assert roads == []


def test_where_pdfs_cannot_be_made_that_is_said_and_the_rest_is_made(
    workspace: Path, roads: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached_views, "missing_libraries", lambda: ("pango", "harfbuzz"))
    desk = EditSession(workspace)
    for form in ("pdf", "archive", "internal"):
        with pytest.raises(MissingPartError) as missing:
            preview_report(desk, REVIEW, "review", form)
        assert missing.value.values["libraries"] == "pango, harfbuzz"
    preview_report(desk, REVIEW, "review", "docx")
    assert len(roads) == 1


@pytest.mark.parametrize("hint", [MORE, "something else"])
def test_an_option_of_the_command_line_is_named_as_one(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, hint: str
) -> None:
    def refuse(*_arguments: Any, **_choices: Any) -> tuple[str, bytes]:
        raise GranskningError("{file} took too long", hint, file="x")

    monkeypatch.setattr(cached_views, "render_review", refuse)
    with pytest.raises(GranskningError, match="x took too long") as told:
        preview_report(EditSession(workspace), REVIEW, "review", "html")
    assert ("granskning render" in told.value.hint, told.value.hint == hint) == (hint is MORE, hint is not MORE)


def test_history_and_differences_are_read_once_for_a_state_of_folder_and_repository(past: Past) -> None:
    desk, t = EditSession(past.root), Translator("sv")
    first, told = strategy_history(desk, "provplan", t), difference(desk, "HEAD", None, "sv")
    assert strategy_history(desk, "provplan", t) is first
    assert difference(desk, "HEAD", None, "sv") is told
    past.change(REVIEW, ("level: 3", "level: 2"))
    assert difference(desk, "HEAD", None, "sv") is not told
    second = strategy_history(desk, "provplan", t)
    past.commit("ändrad")
    third = strategy_history(desk, "provplan", t)
    assert third is not second
    assert third != first


def test_outside_a_repository_there_is_no_history_to_keep(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(workspace.parent))
    with pytest.raises(GranskningError):
        strategy_history(EditSession(workspace), "provplan", Translator("sv"))
