"""Figures that texts name: every face shows the indicator's, and a refreshed indicator changes every sentence."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from served import serving_here, words

from granskning.cli.app import run
from granskning.i18n import PageTranslator, Translator
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.folder.reader_words import for_readers

if TYPE_CHECKING:
    from pathlib import Path

SET, INDICATOR = "criteria/prov.yaml", "criteria/statistics/resor-bil.yaml"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
QUESTION = "/granskning/provplan/2026-11/granskaren/fraga/resor-vardag"
TEXTS = (
    # what stands in the set, and what is named instead: a challenge, a target picture, a question and its reason
    ("Kvinnor och män reser olika.", "Utmaningen: {indicator: resor-bil}."),
    ("Alla kommer fram.", "Målbilden: {indicator: resor-bil, sex: women} och {indicator: resor-bil, show: place}."),
    ("Räknas vardagens resor?", "Frågan: {indicator: resor-bil, sex: men}?"),
    ("De är många.", "Skälet: {indicator: resor-bil, sex: women} mot {indicator: resor-bil, sex: men}."),
)
SHOWN = (
    "Utmaningen: kvinnor {w} %, män {m} % (Provlän 2025).", "Målbilden: {w} % och Provlän 2025.", "Frågan: {m} %?",
    "Skälet: {w} % mot {m} %.",
)  # fmt: skip


@pytest.fixture
def folder(workspace: Path) -> Path:
    path = workspace / SET
    text = path.read_text("utf-8")
    for before, after in TEXTS:
        assert f"sv: {before}" in text
        text = text.replace(f"sv: {before}", f'sv: "{after}"')
    path.write_text(text, "utf-8")
    return workspace


def refresh(folder: Path, before: str, after: str) -> None:
    path = folder / INDICATOR
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def sentences(women: str, men: str) -> list[str]:
    return [sentence.format(w=women, m=men) for sentence in SHOWN]


def shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What each face shows, with plain spaces."""
    texts: dict[str, str] = {}
    capsys.readouterr()
    for report in ("review", "criteria"):
        arguments = [REVIEW] if report == "review" else ["prov", "--report", "criteria"]
        assert run(["-C", str(folder), "render", *arguments, "--format", "html", "-o", "-"]) == 0
        texts[report] = words(capsys.readouterr().out)
    capsys.readouterr()
    assert run(["-C", str(folder), "export", "--format", "csv", "--table", "criteria", "-o", "-"]) == 0
    texts["export"] = capsys.readouterr().out
    assert run(["-C", str(folder), "export", REVIEW, "--format", "xlsx", "-o", str(folder / "bok.xlsx")]) == 0
    book = openpyxl.load_workbook(io.BytesIO((folder / "bok.xlsx").read_bytes()))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    texts["workbook"] = "\n".join(str(cell) for cell in cells if cell)
    with serving_here(folder) as served:
        texts["page"] = words(served.ask("GET", QUESTION).body)
        texts["form"] = served.ask("GET", "/matt/prov/fraga/resor-vardag").body
    return {face: text.replace("\u00a0", " ") for face, text in texts.items()}


def test_every_face_shows_the_indicators_figures_and_follows_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for women, men in (("41,5", "58,5"), ("12,3", "87,7")):
        challenge, picture, question, why = sentences(women, men)
        texts = shown(folder, capsys)
        for face in ("review", "criteria", "export"):
            assert question in texts[face], face
        for sentence in (challenge, picture, why):
            assert sentence in texts["criteria"]
        assert why in texts["page"]
        assert question in texts["page"]
        assert question in texts["workbook"]
        assert "{indicator: resor-bil, sex: men}" in texts["form"]
        for face, text in texts.items():
            assert "{indicator" not in text or face == "form", face
            assert women == "41,5" or "41,5" not in text, face
        refresh(folder, "women: 41.5, men: 58.5", "women: 12.3, men: 87.7") if women == "41,5" else None


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_comparison_shows_the_figure_too(folder: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    review = folder / REVIEW
    other = review.with_name("granskare-2.yaml")
    text = review.read_text("utf-8").replace("reviewer: granskaren", "reviewer: granskare-2")
    assert "level: 1" in text
    other.write_text(text.replace("level: 1", "level: 2"), "utf-8")
    assert run(["-C", str(folder), "diff", REVIEW, REVIEW.replace("granskaren", "granskare-2"), "--format", form]) == 0
    assert "Frågan: 58,5 %?" in capsys.readouterr().out.replace("\u00a0", " ")


def test_a_workbook_taken_out_before_the_figure_was_refreshed_comes_in_without_a_remark(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(folder / "bok.xlsx")
    assert run(["-C", str(folder), "export", REVIEW, "--format", "xlsx", "-o", book]) == 0
    refresh(folder, "women: 41.5, men: 58.5", "women: 12.3, men: 87.7")
    capsys.readouterr()
    assert run(["-C", str(folder), "--lang", "en", "import", book, "--dry-run"]) == 0
    assert "worded otherwise" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ('{area: Provlän, period: 2025, women: {symbol: ".."}, men: 58.5}', "Skälet: uppgift saknas mot 58,5 %."),
        ("{area: Provlän, period: 2025, men: 58.5}", "Skälet: uppgift saknas mot 58,5 %."),
        ("{area: Annat, period: 2025, total: 50}", "Skälet: uppgift saknas mot uppgift saknas."),
    ],
)
def test_what_is_not_there_is_said(folder: Path, row: str, sentence: str) -> None:
    refresh(folder, "{area: Provlän, period: 2025, women: 41.5, men: 58.5}", row)
    assert why_in(folder) == sentence


def test_of_women_and_men_the_one_that_is_withheld_is_said_and_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refresh(folder, "women: 41.5, men: 58.5", 'women: {symbol: ".."}, men: 58.5')
    assert run(["-C", str(folder), "render", "prov", "--report", "criteria", "--format", "html", "-o", "-"]) == 0
    page = words(capsys.readouterr().out).replace("\u00a0", " ")
    assert "Utmaningen: kvinnor uppgift saknas, män 58,5 % (Provlän 2025)." in page
    run(["-C", str(folder), "check", SET])
    assert "GR718 warning: det finns ingen siffra för resor-bil: women" in capsys.readouterr().out


def test_a_set_that_leans_on_an_indicator_that_is_gone_is_read_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / INDICATOR).unlink()
    assert run(["-C", str(folder), "check", SET]) == 1
    found = capsys.readouterr().out
    assert "GR403 error: det finns ingen indikator resor-bil" in found
    assert "GR717 error" in found
    assert run(["-C", str(folder), "render", "prov", "--report", "criteria", "--format", "html", "-o", "-"]) == 0
    page = words(capsys.readouterr().out)
    assert "Utmaningen: uppgift saknas." in page
    assert "resor-bil: uppgift saknas" in page
    assert run(["-C", str(folder), "score", REVIEW, "--format", "json"]) == 0


def why_in(folder: Path, language: str = "sv") -> str:
    _, loaded = open_workspace(folder)
    criterion = loaded.workspace.criteria["prov@1.0.0"].criteria[0]
    return for_readers(Translator(language), loaded.workspace).text(criterion.why).replace("\u00a0", " ")


def test_the_folders_own_area_is_meant_unless_another_is_named(folder: Path) -> None:
    own = "{area: Provlän, area_code: '19', period: 2025, women: 41.5, men: 58.5}"
    another = "{area: Hallands län, area_code: '13', period: 2025, women: 30.5, men: 69.5}"
    refresh(folder, "{area: Provlän, period: 2025, women: 41.5, men: 58.5}", f"{own}\n  - {another}")
    assert why_in(folder) == "Skälet: 41,5 % mot 58,5 %."
    settings = folder / "granskning.yaml"
    plain = settings.read_text("utf-8")
    settings.write_text(f'{plain}area_code: "13"\n', "utf-8")
    assert why_in(folder) == "Skälet: 30,5 % mot 69,5 %."
    settings.write_text(f'{plain}area_code: "14"\n', "utf-8")
    assert why_in(folder) == "Skälet: uppgift saknas mot uppgift saknas."


def test_a_translator_that_knows_no_figures_says_which_is_meant(folder: Path) -> None:
    _, loaded = open_workspace(folder)
    why = loaded.workspace.criteria["prov@1.0.0"].criteria[0].why
    expected = "Skälet: [siffran resor-bil] mot [siffran resor-bil]."
    assert Translator("sv").text(why) == PageTranslator("sv").text(why) == expected
