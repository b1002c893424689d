"""Values and weights at the ends of what a criteria set may hold: a figure or a sentence, never a fault of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

REVIEW = "strategies/plan/reviews/r1/granskaren.yaml"
MOST = 1_000_000_000


def write(root: Path, method: str, levels: list[str], answered: str, weights: list[int]) -> None:
    scale = "".join(f"  - {{value: {level}, label: Nivå {place}}}\n" for place, level in enumerate(levels))
    questions = "".join(
        f"      - {{id: c{place}, question: Fråga {place}, weight: {{value: {weight}, why: Prov}}}}\n"
        for place, weight in enumerate(weights)
    )
    answers = "".join(f"  c{place}: {{level: {answered}, justification: Prov}}\n" for place in range(len(weights)))
    files = {
        "granskning.yaml": "schema: granskning/workspace/1\nlanguage: sv\norganisation: Prov\ncriteria: prov@1.0.0\n",
        "criteria/prov.yaml": "schema: granskning/criteria/1\nid: prov\nversion: 1.0.0\ntitle: Prov\n"
        f"scale:\n{scale}targets:\n  - id: t\n    title: T\n    criteria:\n{questions}"
        f"scoring:\n  criteria: {{method: {method}}}\n  targets: {{method: mean}}\n",
        "strategies/plan/strategy.yaml": "schema: granskning/strategy/1\nid: plan\ntitle: Plan\nkind: plan\n"
        "area: transport\nowner: Prov\neditions:\n  - {id: e1, date: 2026-01-01, stage: adopted}\n",
        REVIEW: "schema: granskning/review/1\nstrategy: plan\nedition: e1\nround: r1\nreviewer: granskaren\n"
        f"criteria: prov@1.0.0\nstatus: draft\nreading_depth: full_text\nanswers:\n{answers}",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def score(root: Path, granskning: Run) -> dict[str, Any]:
    """The target's result, once every other face has shown it too."""
    faces = (
        ("score", "--explain"),
        ("score", "--format", "csv"),
        ("render", REVIEW, "--format", "html", "-o", "-"),
        ("export", "--format", "csv", "--table", "target_results", "-o", "-"),
    )
    for arguments in faces:
        done = granskning(*arguments, cwd=root)
        assert done.returncode == 0, done.stderr
    done = granskning("score", "--explain", "--format", "json", cwd=root)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["reviews"][0]["targets"][0]
    return found


@pytest.mark.parametrize("value", ["1.0e300", "-1.0e10", "1000000001"])
def test_a_value_beyond_the_bounds_is_a_finding(value: str, tmp_path: Path, granskning: Run) -> None:
    write(tmp_path, "product", ["0", value], "0", [1, 1])
    done = granskning("--lang", "en", "check", cwd=tmp_path)
    assert (done.returncode, "GR125" in done.stdout) == (1, True), done.stdout
    assert "criteria/prov.yaml:7:" in done.stdout


def test_a_figure_that_no_double_holds_is_null_and_is_shown_as_a_power_of_ten(tmp_path: Path, granskning: Run) -> None:
    write(tmp_path, "product", ["0", str(MOST)], str(MOST), [20] * 10)
    found = score(tmp_path, granskning)
    assert (found["value"], found["standing"], found["shown"]) == (None, "value", "1,0·10^1800")
    assert found["exact"] == str(MOST**200)


def test_a_figure_of_more_digits_than_anybody_reads_is_not_written_out(tmp_path: Path, granskning: Run) -> None:
    write(tmp_path, "product", ["0", "123456789.123456789"], "123456789.123456789", [30] * 10)
    found = score(tmp_path, granskning)
    assert (found["value"], found["exact"]) == (None, None)
    assert found["shown"].endswith("·10^2427")


def test_a_figure_too_small_for_a_double_is_null_and_shown_as_it_is_rounded(tmp_path: Path, granskning: Run) -> None:
    write(tmp_path, "product", ["0", "1.0e-300"], "1.0e-300", [1] * 20)
    found = score(tmp_path, granskning)
    assert (found["value"], found["shown"]) == (None, "0,0")


@pytest.mark.parametrize("weights", [[1] * 40, [100_000, 99_999, 7], [MOST, 99_999, 7]])
def test_a_geometric_mean_is_shown_whatever_the_weights(weights: list[int], tmp_path: Path, granskning: Run) -> None:
    write(tmp_path, "geometric_mean", ["0", "999999937"], "999999937", weights)
    assert score(tmp_path, granskning)["value"] == 999999937


def test_a_weight_that_is_a_power_has_a_bound(tmp_path: Path, granskning: Run) -> None:
    write(tmp_path, "product", ["0", "999999937"], "999999937", [101, 100])
    done = granskning("--lang", "en", "check", cwd=tmp_path)
    assert "under product a weight is a power, and may be at most 100" in done.stdout
    assert done.stdout.count("GR408") == 1
    write(tmp_path, "product", ["0", "999999937"], "999999937", [90] * 30)
    assert score(tmp_path, granskning)["shown"].endswith("·10^24299")
