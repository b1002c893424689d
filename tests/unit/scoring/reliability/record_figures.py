"""Record what other programs make of the same tables, for test_recorded.py; run by hand, in an environment with them.

    python -m venv E; E/bin/pip install irrCAC krippendorff pingouin scipy statsmodels; E/bin/python record_figures.py

irrCAC is Gwet's own family, krippendorff the alphas by level of measurement, pingouin the ICC, statsmodels Cohen's
kappa with its variance, and scipy the quantiles and the rank correlations that Kendall's W is made of.
"""

from __future__ import annotations

import json
import random
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
import pingouin
from irrCAC.raw import CAC
from scipy import special, stats
from statsmodels.stats.inter_rater import cohens_kappa

PROGRAMS = ("irrCAC", "krippendorff", "pingouin", "scipy", "statsmodels")
WEIGHTS = {"plain": "identity", "linear": "linear", "quadratic": "quadratic"}
Rows = list[list[int | None]]
SHAPES = [(2, 9, 3, 0), (2, 14, 4, 3), (3, 8, 4, 0), (3, 12, 5, 6), (4, 10, 3, 7), (4, 7, 5, 0), (5, 12, 4, 12)]
"""Raters, items, levels, and how many ratings are missing."""


def make_table(rng: random.Random, raters: int, items: int, levels: int, missing: int) -> Rows:
    truth = [rng.randrange(levels) for _ in range(items)]
    near: Rows = [
        [min(max(true + rng.choice((-1, 0, 0, 0, 1, 1)), 0), levels - 1) for true in truth] for _ in range(raters)
    ]
    for place in rng.sample([(rater, item) for rater in range(raters) for item in range(items)], missing):
        near[place[0]][place[1]] = None
    return near


def gwets(rows: Rows, levels: int) -> dict[str, Any]:
    frame = pd.DataFrame(rows, dtype=float).T
    figures = {}
    for name, weights in WEIGHTS.items():
        made = CAC(frame, weights=weights, categories=[float(level) for level in range(levels)], digits=12)
        for ours, theirs in (("gwet_ac", "gwet"), ("fleiss_kappa", "fleiss"), ("brennan_prediger", "bp")):
            est = getattr(made, theirs)()["est"]
            figures[f"{ours} {name}"] = [est["coefficient_value"], est["se"], *est["confidence_interval"]]
        est = made.krippendorff()["est"]
        figures[f"krippendorff_alpha {name}"] = [est["coefficient_value"], est["se"], *est["confidence_interval"]]
    return figures


def kappas(rows: Rows, levels: int) -> dict[str, Any]:
    figures = {}
    for (one, first), (two, second) in combinations(enumerate(rows), 2):
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
        counts = np.zeros((levels, levels))
        for a, b in pairs:
            counts[a, b] += 1
        for name, wt in (("plain", None), ("linear", "linear"), ("quadratic", "quadratic")):
            made = cohens_kappa(counts, wt=wt)
            figures[f"{one} {two} {name}"] = [made.kappa, made.std_kappa]
    return figures


def alphas(rows: Rows, levels: int) -> dict[str, Any]:
    data = np.array([[np.nan if place is None else place for place in row] for row in rows], dtype=float)
    return {
        kind: krippendorff.alpha(data, level_of_measurement=kind, value_domain=[float(n) for n in range(levels)])
        for kind in ("nominal", "ordinal", "interval", "ratio")
    }


def correlations(rows: list[list[int]]) -> dict[str, Any]:
    long = [(rater, item, place) for rater, row in enumerate(rows) for item, place in enumerate(row)]
    made = pingouin.intraclass_corr(pd.DataFrame(long, columns=["r", "i", "v"]), targets="i", raters="r", ratings="v")
    told = zip(made["Type"], made["ICC"], made["CI95"], strict=True)
    iccs = {str(kind): [float(value), *map(float, ends)] for kind, value, ends in told}
    untied = [[9 * place + item for item, place in enumerate(row)] for row in rows]
    mean = np.mean([stats.spearmanr(one, two).statistic for one, two in combinations(untied, 2)])
    return {**iccs, "kendall_w": (1 + (len(rows) - 1) * mean) / len(rows)}


def quantiles(rng: random.Random) -> dict[str, Any]:
    degrees = [(1, 1), (1, 7), (2, 3.5), (9, 18), (17, 2.25), (30, 41), (120, 3), (250, 260.5)]
    sides = [(rng.uniform(0.4, 20), rng.uniform(0.4, 20), rng.uniform(0.1, 0.9)) for _ in range(30)]
    return {
        "t": [[n, stats.t.ppf(0.975, n)] for n in (1, 2, 3, 7, 12, 29, 60, 400)],
        "f": [[a, b, stats.f.ppf(0.975, a, b)] for a, b in degrees],
        "beta": [[x, a, b, special.betainc(a, b, x)] for a, b, x in sides],
    }


pingouin.options["round.column.CI95"] = 10
rng = random.Random(20261130)  # noqa: S311  # the same tables each time
tables = []
for shape in SHAPES:
    rows = make_table(rng, *shape)
    entry: dict[str, Any] = {
        "rows": rows,
        "levels": shape[2],
        "gwet": gwets(rows, shape[2]),
        "kappa": kappas(rows, shape[2]),
    }
    entry["alpha"] = alphas(rows, shape[2])
    if not shape[3]:
        entry["complete"] = correlations([[place or 0 for place in row] for row in rows])
    tables.append(entry)
record = {"programs": {name: version(name) for name in PROGRAMS}, "tables": tables, "quantiles": quantiles(rng)}
text = json.dumps(record, indent=1, default=float)
Path(__file__).with_name("recorded_figures.json").write_text(text + "\n", "utf-8")
