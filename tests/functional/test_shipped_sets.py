"""Every shipped criteria set end to end: a new review with `--criteria`, filled in, checked, scored and rendered.

The answers of each case are few and telling, and what they must give follows from the set's source.
"""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conftest import Run

CRITERIA = Path(__file__).parents[2] / "criteria"
SETS = sorted(path.stem for path in CRITERIA.glob("*.yaml"))
SETTINGS = """\
schema: granskning/workspace/1
organisation: Region Exempellän (påhittad)
language: sv
criteria: jamstalld-tillvaxt
"""
STRATEGY = """\
schema: granskning/strategy/1
id: provplan
title: {sv: Provplan (exempel), en: Trial plan (example)}
kind: plan
area: infrastruktur
owner: Region Exempellän (påhittad)
example: true
editions:
  - {id: remiss, stage: consultation, date: 2026-03-16}
"""

HORIZONTAL = {
    # Tillväxtverket: three of three conditions is active, two is partly, none is not; at least two criteria partly
    "three conditions, two conditions, none": (
        {"jamstalldhet": "ja", "lika-mojligheter": "ja", "lika-mojligheter-kostnader": "nej"},
        {"jamstalldhet": "aktivt", "lika-mojligheter": "delvis", "battre-miljo": "inte"},
        "nar",
    ),
    # the second condition asks for activities and costs: one of them alone does not meet it
    "only one criterion": (
        {"jamstalldhet": "ja", "jamstalldhet-kostnader": "nej", "jamstalldhet-anvandning": "nej"},
        {"jamstalldhet": "ett-villkor", "lika-mojligheter": "inte", "battre-miljo": "inte"},
        "nar-inte",
    ),
}


@cache
def values_of(name: str) -> Any:
    """The plain values of a set that ships, read once."""
    return yaml.safe_load((CRITERIA / f"{name}.yaml").read_text("utf-8"))


@pytest.fixture
def folder(shared_folder: Path) -> Iterator[Path]:
    """A working folder with all that `init` gives of criteria, and one strategy without reviews."""
    yield shared_folder
    shutil.rmtree(shared_folder / "strategies/provplan/reviews", ignore_errors=True)


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for all tests, with what each leaves but its reviews: the editor's schemas."""
    root = tmp_path_factory.mktemp("sets")
    shutil.copytree(CRITERIA, root / "criteria")
    (root / "granskning.yaml").write_text(SETTINGS, "utf-8")
    plan = root / "strategies" / "provplan"
    plan.mkdir(parents=True)
    (plan / "strategy.yaml").write_text(STRATEGY, "utf-8")
    return root


def reviewed(folder: Path, granskning: Run, criteria: str, answers: Mapping[str, Any], round_: str) -> Path:
    """A review filled in: an answer by criterion, by the longest of its id's beginnings, or by `*`."""
    made = granskning("new", "provplan", "--criteria", criteria, "--round", round_, cwd=folder)
    assert made.returncode == 0, made.stderr
    path = folder / made.stdout.strip()
    text = path.read_text("utf-8").replace("reading_depth: not_read", "reading_depth: full_text")

    def level(match: re.Match[str]) -> str:
        fits = [key for key in answers if key == "*" or match[1] == key or match[1].startswith(f"{key}-")]
        given = answers[max(fits, key=lambda key: (key == match[1], len(key) * (key != "*")))]
        lines = [f"  {match[1]}:", f"    level: {given}", "    justification: Prov.", "    evidence:"]
        return "\n".join([*lines, "      - {edition: remiss, page: 4, paraphrase: Prov.}", ""])

    path.write_text(re.sub(r"^  ([a-z0-9-]+):\n    level:\n", level, text, flags=re.MULTILINE), "utf-8")
    check = granskning("--lang", "en", "check", "--fail-on", "warning", str(path.relative_to(folder)), cwd=folder)
    assert check.returncode == 0, check.stdout
    return path


def scored(folder: Path, granskning: Run, path: Path) -> Any:
    done = granskning("score", str(path.relative_to(folder)), "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    (review,) = json.loads(done.stdout)["reviews"]
    return review


def outcomes(review: Any) -> dict[str, Any]:
    found = {one["id"]: one.get("outcome") or one.get("value") for one in review["targets"]}
    return found | {"total": review["total"].get("outcome") or review["total"].get("value")}


@pytest.mark.parametrize("case", HORIZONTAL)
def test_horizontal_criteria(case: str, folder: Path, granskning: Run) -> None:
    answers, targets, total = HORIZONTAL[case]
    path = reviewed(folder, granskning, "tillvaxtverket-horisontella", {"*": "nej", **answers}, f"h{len(case)}")
    found = outcomes(scored(folder, granskning, path))
    assert {name: found[name] for name in targets} == targets
    assert found["total"] == total


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ("ja ja ja ja ja", "underlaget-racker"),
        ("nej ja ja ja ja", "anvands-inte"),
        ("ja nej nej ja ja", "aterremiss-steg-2"),
        ("ja ja ja nej nej", "aterremiss-steg-4"),
        ("ja ja ja ja nej", "aterremiss-steg-5"),
    ],
)
def test_the_first_no_sends_the_paper_back(steps: str, outcome: str, folder: Path, granskning: Run) -> None:
    answers = {f"steg-{number}": answer for number, answer in enumerate(steps.split(), 1)}
    path = reviewed(folder, granskning, "skr-jamstallda-beslut", answers, "s" + steps.replace(" ", ""))
    assert outcomes(scored(folder, granskning, path))["beslut"] == outcome


def test_ten_moments_are_summed(folder: Path, granskning: Run) -> None:
    path = reviewed(folder, granskning, "skr-jamstalldhetsintegrering", {"*": 2, "moment-5": 4, "moment-10": 1}, "m1")
    review = scored(folder, granskning, path)
    assert review["total"]["value"] == 21
    lowest = reviewed(folder, granskning, "skr-jamstalldhetsintegrering", {"*": 1}, "m2")
    highest = reviewed(folder, granskning, "skr-jamstalldhetsintegrering", {"*": 4}, "m3")
    assert [scored(folder, granskning, one)["total"]["value"] for one in (lowest, highest)] == [10, 40]


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ({"*": "finns"}, "hela"),
        ({"*": "saknas"}, "ingen"),
        ({"*": "saknas", "jkb-uppstart": "delvis"}, "paborjad"),
        ({"*": "finns", "jkb-nulagesbeskrivning": "delvis"}, "avgransad"),
        ({"*": "finns", "jkb-samrad": "saknas"}, "bedomd"),
        ({"*": "finns", "jkb-uppfoljning": "delvis"}, "redovisad"),
    ],
)
def test_the_process_is_a_ladder(answers: Mapping[str, str], step: str, folder: Path, granskning: Run) -> None:
    path = reviewed(folder, granskning, "jkb-lanstransportplan", answers, f"j-{step}")
    assert outcomes(scored(folder, granskning, path))["total"] == step


def test_one_yes_calls_for_a_full_review_and_a_signed_no_stays(folder: Path, granskning: Run) -> None:
    one = reviewed(folder, granskning, "delmal-relevans", {"*": "nej", "delmal-4": "ja"}, "d1")
    assert outcomes(scored(folder, granskning, one))["total"] == "full-granskning"
    none = reviewed(folder, granskning, "delmal-relevans", {"*": "nej"}, "d2")
    assert outcomes(scored(folder, granskning, none))["total"] == "undertecknat-nej"
    signed = none.read_text("utf-8").replace(
        "\nstatus: draft\n", "\nstatus: approved\nbody: Regionstyrelsen (påhittad)\n"
    )
    none.write_text(signed, "utf-8")
    page = granskning("render", str(none.relative_to(folder)), "--format", "html", "-o", "-", cwd=folder).stdout
    assert "Ingen full granskning: nejet undertecknas" in page
    assert "Regionstyrelsen (påhittad)" in page
    assert page.count("Prov.") >= 7


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"*": 2}, "ga-vidare"),
        ({"*": 3, "kunskap-konsuppdelad": 0}, "stanna"),
        ({"*": 3, "styrning-matbart-mal": 0}, "stanna"),
        ({"*": 1}, "komplettera"),
    ],
)
def test_the_short_form_says_stop_complete_or_go_on(
    answers: Mapping[str, int], message: str, folder: Path, granskning: Run
) -> None:
    path = reviewed(folder, granskning, "kort-form", answers, f"k{sum(answers.values())}{len(answers)}{len(message)}"
                    + list(answers)[-1].strip("*"))  # fmt: skip
    assert outcomes(scored(folder, granskning, path))["total"] == message


def questions(target: Mapping[str, Any]) -> list[Any]:
    """The questions of a target picture and of the themes in it."""
    return [*target.get("criteria", []), *(one for theme in target.get("targets", []) for one in questions(theme))]


def core_of(full: Mapping[str, Any]) -> dict[str, Any]:
    return {one["id"]: one for target in full["targets"] for one in questions(target) if one.get("core")}


def test_the_short_form_holds_the_core_questions_word_for_word() -> None:
    full, short = values_of("jamstalld-tillvaxt"), values_of("kort-form")
    core = core_of(full)
    asked = {one["id"]: one for target in short["targets"] for one in target["criteria"]}
    assert asked.keys() == core.keys()
    for name, one in asked.items():
        for key in ("question", "why", "levels", "counts_as_evidence", "mistakes", "applies_to", "asked_if"):
            assert one.get(key) == core[name].get(key)


SUBJECTS = ("makt", "resor", "foretagande", "arbete", "digitalt")
"""The target pictures that have a subject of their own; Knowledge and Steering are common."""


def test_every_subject_has_three_to_five_core_questions() -> None:
    full = values_of("jamstalld-tillvaxt")
    core = {target["id"]: [one for one in questions(target) if one.get("core")] for target in full["targets"]}
    assert set(SUBJECTS) == set(core) - {"kunskap", "styrning"}
    assert all(3 <= len(core[name]) <= 5 for name in SUBJECTS), core
    assert sum("applies_to" not in one for part in core.values() for one in part) == 8


def test_every_area_is_asked_about_its_subjects_in_short_form() -> None:
    """Three to five of an area's main subject, never more of another, and as many in all as the short form says."""
    full, short = values_of("jamstalld-tillvaxt"), values_of("kort-form")
    put = {area["id"]: {target["id"]: sum(bool(one.get("core")) and area["id"] in one.get("applies_to", [])
                                          for one in questions(target)) for target in full["targets"]}
           for area in full["areas"]}  # fmt: skip
    assert all(3 <= max(by_subject.values()) <= 5 for by_subject in put.values()), put
    totals = [8 + sum(by_subject.values()) for by_subject in put.values()]
    assert f"får {min(totals)}–{max(totals)} av dem" in " ".join(short["about"]["sv"].split())


WHERE = re.compile(
    r"\bstår?\b|läs|slå upp|leta|avsnitt|bilag|inledning|innehållsförteckning|handlingsplan|indikatorlist|nulägesanal|"
    r"konsekvensbedömning|källhänvisning|budget|utlysning|samrådsredogörelse|årsrapport|driftplan", re.IGNORECASE
)  # fmt: skip


def test_every_question_says_where_its_evidence_is_usually_found() -> None:
    full = values_of("jamstalld-tillvaxt")
    bare = [one["id"] for target in full["targets"] for one in questions(target)
            if not WHERE.search(one["counts_as_evidence"]["sv"])]  # fmt: skip
    assert bare == []


WOMEN_AND_MEN = re.compile(r"kvinn|\bmän\b|mäns|mans|flick|pojk|\bkön|jämställd|delmål", re.IGNORECASE)
A_FIGURE = re.compile(r"\d+(,\d+)?[\s\u00a0](%|procent|kronor|miljoner|per cent)|\d+%")


def test_no_level_above_the_lowest_is_reached_without_women_and_men() -> None:
    full = values_of("jamstalld-tillvaxt")
    for one in (one for target in full["targets"] for one in questions(target)):
        for value, text in one["levels"].items():
            assert value == 0 or WOMEN_AND_MEN.search(text["sv"]), (one["id"], value)


def test_reasons_and_challenges_have_no_figures_of_their_own_and_name_no_county() -> None:
    full = values_of("jamstalld-tillvaxt")
    texts = {one["id"]: one["why"] for target in full["targets"] for one in questions(target)}
    texts |= {one["id"]: one["text"] for one in full["challenges"]}
    for name, text in texts.items():
        for words in text.values():
            held = words.replace("40–60\u00a0%", "").replace("40–60%", "")
            assert not A_FIGURE.search(held), name
            assert "Västmanland" not in words, name


def test_every_challenge_has_a_figure_or_says_that_it_has_none() -> None:
    full = values_of("jamstalld-tillvaxt")
    bare = {one["id"] for one in full["challenges"] if not one.get("indicators")}
    assert all("ingen siffra" in one["text"]["sv"] for one in full["challenges"] if one["id"] in bare)
    carried = {name: {target["id"] for target in full["targets"] for one in questions(target)
                      if name in one.get("challenges", target["challenges"])} for name in bare}  # fmt: skip
    assert carried == {"u9": {"kunskap", "styrning"}, "u15": {"makt"}}


def test_every_national_goal_is_reached_by_a_figure() -> None:
    full = values_of("jamstalld-tillvaxt")
    figures = {one["id"]: one.get("indicators", []) for one in full["challenges"]}
    reached = {
        goal
        for target in full["targets"]
        for one in questions(target)
        for goal in one.get("goals", target.get("goals", []))
        if any(figures[name] for name in one.get("challenges", target["challenges"]))
    }
    assert reached == {goal["id"] for goal in full["goals"]}


def test_a_goal_that_is_missing_is_counted_once(folder: Path, granskning: Run) -> None:
    path = reviewed(folder, granskning, "jamstalld-tillvaxt", {"*": 3, "styrning-matbart-mal": 0}, "utan-mal")
    review = scored(folder, granskning, path)
    states = {one["id"]: one["state"] for one in review["criteria_results"]}
    depends = {"styrning-utmaning", "styrning-atgard", "styrning-ansvarig", "styrning-tid", "styrning-foljs-upp",
               "styrning-mottagare"}  # fmt: skip
    assert {name for name, state in states.items() if state == "not_asked"} == depends
    goals = next(one for one in review["targets"] if one["id"] == "tema-mal")
    assert (goals["exact"], goals["asked"]) == ("2", 3)
    assert next(one for one in review["targets"] if one["id"] == "styrning")["value"] == 1


def test_splitting_a_question_moves_no_other_theme(folder: Path, granskning: Run) -> None:
    path = folder / "criteria/jamstalld-tillvaxt.yaml"
    text = path.read_text("utf-8")
    review = reviewed(folder, granskning, "jamstalld-tillvaxt", {"*": 2, "tema": 2, "styrning-ord": 3}, "hel")
    whole = next(one for one in scored(folder, granskning, review)["targets"] if one["id"] == "styrning")
    begin, end = text.index("          - id: styrning-tid\n"), text.index("      - id: tema-resurser\n")
    again = text[begin:end].rstrip("\n")
    path.write_text(text[:end] + again.replace("styrning-tid", "styrning-tid-igen") + "\n\n" + text[end:], "utf-8")
    try:
        after = reviewed(folder, granskning, "jamstalld-tillvaxt", {"*": 2, "tema": 2, "styrning-ord": 3}, "delad")
        split = next(one for one in scored(folder, granskning, after)["targets"] if one["id"] == "styrning")
        after.unlink()
    finally:
        path.write_text(text, "utf-8")
    assert whole["exact"] == split["exact"] == "17/8"


def test_the_short_form_is_answered_on_a_sheet_of_two_pages(folder: Path, granskning: Run, tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    path = reviewed(folder, granskning, "kort-form", {"*": 3}, "ett-blad")
    done = granskning("render", str(path), "--report", "page", "-o", str(tmp_path / "blad.pdf"), cwd=folder)
    assert done.returncode == 0, done.stderr
    document = pypdfium2.PdfDocument(tmp_path / "blad.pdf")
    answer, findings = (" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    assert "Gå vidare" in answer
    assert "Vad som framkom" not in answer
    assert "Är planens statistik om människor uppdelad på kön?" in findings


def test_outside_gender_equality_the_weakest_angle_decides(folder: Path, granskning: Run) -> None:
    path = reviewed(folder, granskning, "genomforande-smart", {"*": 3, "smart": 1}, "g1")
    review = scored(folder, granskning, path)
    bands = {one["id"]: one["band"] for one in review["targets"]}
    assert bands == {"relevans": "genomforbar", "omfattning": "genomforbar", "kedja": "genomforbar",
                     "smarta-mal": "svag"}  # fmt: skip
    text = (folder / "criteria" / "genomforande-smart.yaml").read_text("utf-8")
    assert "challenges:" not in text


@pytest.mark.parametrize(
    ("below", "result"), [(None, 3), ("kunskap-utmaningar", 2),
                                    ("styrning-budget", 2), ("styrning-foljs-upp", 2)]
)  # fmt: skip
def test_three_conditions_cap_the_steering(below: str | None, result: int, folder: Path, granskning: Run) -> None:
    answers = {"*": 3} | ({below: 1} if below else {})
    path = reviewed(folder, granskning, "jamstalld-tillvaxt", answers, f"t-{below or 'inget'}")
    review = scored(folder, granskning, path)
    found = {one["id"]: one for one in review["targets"]}
    assert found["styrning"]["value"] == result
    gate = next(one for one in review["gates"] if one["id"] == "tre-villkor")
    assert (gate["standing"], gate["changed"]) == (("not_met", True) if below else ("met", False))
    assert review["total"].get("value") is None


@pytest.mark.parametrize("name", SETS)
def test_every_set_can_be_read_in_both_languages(name: str, folder: Path, granskning: Run) -> None:
    values = values_of(name)
    assert values["sources"]
    done = granskning("new", "provplan", "--criteria", name, "--round", f"tom-{name}", cwd=folder)
    assert done.returncode == 0
    for language in ("sv", "en"):
        settings = folder / "granskning.yaml"
        settings.write_text(re.sub(r"language: ..", f"language: {language}", settings.read_text("utf-8")), "utf-8")
        page = granskning("render", done.stdout.strip(), "--format", "html", "-o", "-", cwd=folder)
        assert page.returncode == 0
        title = " ".join(values["title"][language].split())
        assert title.replace("’", "&#39;") in page.stdout or title in page.stdout


def test_new_with_a_set_that_is_not_there(folder: Path, granskning: Run) -> None:
    done = granskning("--lang", "en", "new", "provplan", "--criteria", "kortform", "--round", "r1", cwd=folder)
    assert done.returncode == 2
    assert "there is no criteria set kortform" in done.stderr
    assert "kort-form" in done.stderr


def test_a_round_keeps_to_its_set(folder: Path, granskning: Run) -> None:
    assert granskning("new", "provplan", "--criteria", "kort-form", "--round", "r2", cwd=folder).returncode == 0
    same = granskning("new", "provplan", "--round", "r2", "--reviewer", "annan", cwd=folder)
    assert same.returncode == 0
    assert "criteria: kort-form@" in (folder / same.stdout.strip()).read_text("utf-8")
    other = granskning("--lang", "en", "new", "provplan", "--criteria", "jamstalld-tillvaxt", "--round", "r2",
                       "--reviewer", "tredje", cwd=folder)  # fmt: skip
    assert other.returncode == 2
    assert "the round r2 is reviewed with kort-form@" in other.stderr


def test_an_earlier_version_can_be_named(folder: Path, granskning: Run) -> None:
    done = granskning("new", "provplan", "--criteria", "jamstalld-tillvaxt@0.9.0", "--round", "r3", cwd=folder)
    assert done.returncode == 0
    assert "criteria: jamstalld-tillvaxt@0.9.0" in (folder / done.stdout.strip()).read_text("utf-8")
