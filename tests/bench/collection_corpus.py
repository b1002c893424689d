"""A collection of N generated working folders, all from a seed: invented organisations, marked as such by their names.

    python tests/bench/collection_corpus.py FOLDER [ORGANISATIONS] [STRATEGIES] [REVIEWERS]

Most organisations are sound. Some are what a national follow-up meets: a set with content of its own, a later version
that is alike, drafts, strategies that are not reviewed, a broken granskning.yaml, a folder that is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import criteria, review, seeded, strategy

if TYPE_CHECKING:
    from random import Random

GROUPS = (("region", "Regioner"), ("kommun", "Kommuner"), ("myndighet", "Myndigheter"))
AREAS = ("tillvaxt", "infrastruktur", "kultur", "halsa")
ROUNDS = ("2026-06", "2026-11")
OWN_CONTENT, LATER, BROKEN, MISSING = 17, 23, 41, 47
"""Every so many organisations have a set of their own, a later version, a broken file of settings, no folder."""


def write_collection(root: Path, organisations: int, strategies: int = 6, reviewers: int = 1, seed: int = 22) -> int:
    """Write it and return how many reviews there are."""
    chance = seeded(seed)
    shared = criteria(seeded(seed), 6)
    head = ["schema: granskning/collection/1", "organisation: Exempelmyndigheten", "title: Påhittade organisationer",
            "criteria: prov@1.0.0", "groups:"]  # fmt: skip
    head += [f"  - {{id: {name}, title: {title}}}" for name, title in GROUPS]
    head.append("organisations:")
    count = 0
    for number in range(1, organisations + 1):
        name = f"org-{number:03}"
        group = GROUPS[0 if number % 14 == 0 else 2 if number % 150 == 0 else 1][0]
        head.append(f"  - {{id: {name}, folder: {name}, group: {group}}}")
        if number % MISSING:
            own = 2 if number == organisations - 1 else strategies  # a small one among the others
            count += _write_organisation(root / name, number, own, reviewers, shared, chance)
    root.mkdir(parents=True, exist_ok=True)
    (root / "granskning.collection.yaml").write_text("\n".join(head) + "\n", "utf-8")
    return count


def _write_organisation(folder: Path, number: int, strategies: int, reviewers: int, shared: str, chance: Random) -> int:  # noqa: PLR0913
    """One working folder; how many reviews it has."""
    settings = f"schema: granskning/workspace/1\norganisation: Exempel {number}\nlanguage: sv\ncriteria: prov\n"
    _write(folder / "granskning.yaml", settings if number % BROKEN else f"{settings}okänd: nyckel\n")
    is_later = number % LATER == 0
    own = shared.replace("method: mean", "method: median", 1) if number % OWN_CONTENT == 0 else shared
    _write(folder / "criteria/prov.yaml", own.replace("version: 1.0.0", "version: 1.1.0") if is_later else own)
    count = 0
    for place in range(strategies):
        name = f"plan-{place + 1}"
        home = folder / "strategies" / name
        text = strategy(name).replace("area: tillvaxt", f"area: {AREAS[(number + place) % len(AREAS)]}")
        _write(home / "strategy.yaml", text)
        if place == strategies - 1 and number % 3 == 0:
            continue  # not reviewed
        for round_ in ROUNDS:
            for reviewer in range(reviewers):
                made = review(name, round_, f"granskare-{chr(97 + reviewer)}", chance, 6)
                made = _weakened(made, chance.random(), chance)
                made = made.replace("status: submitted", "status: draft") if place == 1 and number % 5 == 0 else made
                made = made.replace("prov@1.0.0", "prov@1.1.0") if is_later else made
                _write(home / "reviews" / round_ / f"granskare-{chr(97 + reviewer)}.yaml", made)
                count += 1
    return count


def _weakened(text: str, share: float, chance: Random) -> str:
    """A review in which some target pictures are missing altogether, as they are in plans."""
    lines, lowest = [], False
    for line in text.splitlines():
        if line.startswith("  # "):
            lowest = chance.random() < share / 2
        is_level = lowest and line.startswith("    level: ")
        lines.append("    level: 0" if is_level else line)
    return "\n".join(lines) + "\n"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


if __name__ == "__main__":
    print(write_collection(Path(sys.argv[1]), *map(int, sys.argv[2:])), "granskningar")  # noqa: T201
