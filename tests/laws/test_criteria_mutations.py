"""No criteria set, however it is twisted, crashes `check`, `score` or `score --explain`: faults are findings."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tries import tries

from granskning.cli.show_scores import as_json, as_table
from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.tasks.folder.score import score_rounds, score_workspace, strategy_results
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

FRAMEWORKS = sorted(path.parent for path in (Path(__file__).parents[1] / "frameworks").glob("*/published.yaml"))
TRIES = 8
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 3, 0.5, 10**30, "", "x", "total", "not_applicable", "empty", "50 %", "150 %", "1/3", "1/0", [],
    {}, [[]], [None], "mean", "none", "weakest", "table", "rules", "ladder", "product", "geometric_mean", "sum", "½",
    "median", "share_of_possible", "band", "criteria", "step", "log", "absent", "shrink_bounds", "pooled",
)  # fmt: skip
NAMES = (
    "method", "over", "scale", "passes_on", "floor", "satisfied_at", "step_up", "step_down", "even", "rows", "rules",
    "steps", "otherwise", "critical", "bands", "when", "gives", "requires", "part", "count", "is", "at_least", "above",
    "more_than", "all", "any", "not", "class", "parts", "value", "points", "range", "from", "to", "between", "at",
    "weight", "normalise", "gates", "cap", "target", "prerequisites", "criterion", "reviewers", "subtargets", "levels",
)  # fmt: skip
"""Keys that mean something in a set, and may come to stand where they don't."""


@cache
def files_of(folder: Path) -> dict[str, bytes]:
    """A few reviews of the framework, its sets and strategies."""
    kept = [path for path in folder.rglob("*.yaml") if path.name != "published.yaml" and "reviews" not in path.parts]
    kept += sorted(folder.glob("strategies/*/reviews/*/*.yaml"))[::9]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def places(values: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    keys = values if isinstance(values, dict) else range(len(values)) if isinstance(values, list) else ()
    for key in keys:
        yield from places(values[key], (*path, key))


def found(values: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        values = values[key]
    return values


def twist(values: Any, random: Random) -> None:
    """Change one thing: take it away, put another there, rename it, double it, or move its neighbours."""
    every = list(places(values))
    path = random.choices(every, [4 if one[0] in ("scoring", "scales", "scale", "classes") else 1 for one in every])[0]
    parent, key = found(values, path[:-1]), path[-1]
    alike = [one for one in every if one[-1] == key]
    kind = random.randrange(7)
    if kind == 0:
        del parent[key]
    elif kind == 1:
        parent[key] = deepcopy(random.choice(ODD))
    elif kind == 2:  # what stands elsewhere
        parent[key] = deepcopy(found(values, random.choice(every)))
    elif kind == 3 and isinstance(parent, dict):
        parent[random.choice(NAMES)] = parent.pop(key)
    elif kind == 4 and isinstance(parent, list):
        parent.insert(0, deepcopy(parent[key]))
    elif kind == 5 and isinstance(parent, list):
        random.shuffle(parent)
    else:
        parent[key] = deepcopy(found(values, random.choice(alike)))


@pytest.mark.parametrize("folder", FRAMEWORKS, ids=lambda one: one.name)
@given(random=st.randoms(use_true_random=False), twists=st.integers(1, 4))
@tries(TRIES)
def test_a_twisted_set_is_told_of_or_scored(folder: Path, random: Random, twists: int) -> None:
    files = files_of(folder)
    name = random.choice(sorted(name for name in files if name.startswith("criteria/")))
    values = yaml.safe_load(files[name])
    for _ in range(twists):
        twist(values, random)
    loaded = load_files(
        HeldFiles({**files, name: yaml.safe_dump(values, allow_unicode=True, sort_keys=False).encode()})
    )
    t = Translator(random.choice(("sv", "en")))
    scored = score_workspace(loaded.workspace)[:2]
    rounds = [made for made in score_rounds(loaded.workspace, scored) if made.is_joint]
    results = strategy_results(loaded.workspace, rounds)
    assert as_json(scored, rounds, results, t, explain=True)
    as_table(scored, rounds, results, t, explain=True)
