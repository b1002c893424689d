"""A working folder of N reviews, all from a seed.

Eight targets of six criteria, so 48 answers a review, 17 to 20 KiB each, written by hand the way a planner writes it:
comments, folded and quoted text, Swedish letters, evidence with pages and addresses, every state of an answer.
"""

from __future__ import annotations

import random
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = ("kunskap", "makt", "styrning", "resor", "arbete", "foretag", "digitalt", "trygghet")
QUESTIONS = ("mal", "ansvar", "pengar", "siffror", "samrad", "barn")
EACH = 10
"""Reviews of one strategy: two rounds of five reviewers."""
TEXT = """
    planen strategin redovisar tydliga mål för kvinnor och män samt hur insatserna finansieras under perioden men saknar
    uppföljning av effekter på pendling i länets mindre orter där avstånden är längre än genomsnittet åtgärderna är
    förankrade hos berörda nämnder ansvarsfördelning mellan stat region näringsliv beskrivs översiktligt någon analys av
    konsekvenserna för flickor pojkar äldre personer med funktionsnedsättning finns inte bostäder utbildning branscher
    omsorg arbetsliv prioriteras tidplan indikatorer målkonflikter avvägningar stödformer
"""
WORDS = TEXT.split()
LEVELS = (("Saknas", True), ("Nämns", False), ("Delvis", False), ("Styr", False))


def seeded(seed: int) -> random.Random:
    """The same chances every time."""
    return random.Random(seed)  # noqa: S311  # a corpus, no secret


def sentence(chance: random.Random) -> str:
    """Some Swedish words with a capital and a full stop."""
    return " ".join(chance.choices(WORDS, k=chance.randint(7, 15))).capitalize() + "."


def folded(key: str, text: str, indent: int) -> list[str]:
    """A key with a folded block."""
    margin = " " * (indent + 2)
    wrapped = textwrap.wrap(text, 92, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)
    return [f"{' ' * indent}{key}: >-", *wrapped]


def criteria(chance: random.Random, per_target: int) -> str:
    """A criteria set."""
    out = ["schema: granskning/criteria/1", "id: prov", "version: 1.0.0", "title: Prov", "language: sv", "scale:"]
    for value, (label, missing) in enumerate(LEVELS):
        out += [f"  - value: {value}", f"    label: {label}", *(["    means_missing: true"] if missing else [])]
    out.append("targets:")
    for target in TARGETS:
        out += [f"  - id: {target}", f"    title: {target.capitalize()}", *folded("picture", sentence(chance), 4)]
        out.append("    criteria:")
        for name in QUESTIONS[:per_target]:
            out += [f"      - id: {target}-{name}", *folded("question", sentence(chance)[:-1] + "?", 8)]
            out.append("        levels:")
            out += [f"          {value}: {sentence(chance)}" for value in range(len(LEVELS))]
            out += ["        requires:", "          justification: all", "        not_applicable: allowed"]
    out += ["scoring:", "  criteria:", "    method: mean", "  targets:", "    method: none", "  bands:"]
    for start, (label, _) in zip(("0", "0.5", "1.5", "2.5"), LEVELS, strict=True):
        out += [f"    - from: {start}", f"      id: {label.lower().replace('ä', 'a')}", f"      label: {label}"]
    return "\n".join(out) + "\n"


def strategy(name: str) -> str:
    """A strategy with one edition."""
    return (
        f"schema: granskning/strategy/1\nid: {name}\ntitle: Plan {name}\nkind: strategy\narea: tillvaxt\n"
        "owner: Region Exempel\neditions:\n  - id: remiss\n    stage: consultation\n    date: 2026-05-04\n"
    )


def review(name: str, round_: str, reviewer: str, chance: random.Random, per_target: int) -> str:
    """A review with an answer to every question."""
    out = [
        f"# Granskning av {name}. Fyll i nivå, motivering och belägg.",
        "schema: granskning/review/1",
        f"strategy: {name}",
        "edition: remiss",
        "criteria: prov@1.0.0",
        f"round: {round_}",
        f"reviewer: {reviewer}",
        "kind: reviewer",
        "status: submitted",
        "reading_depth: full_text",
        f"date: {round_}-{chance.randint(10, 28)}",
        f"case_number: 'RK {chance.randint(2020, 2026)}/{chance.randint(100, 999)}'",
        *folded("summary", " ".join(sentence(chance) for _ in range(4)), 0),
        "answers:",
    ]
    for target in TARGETS:
        out.append(f"  # {target.capitalize()}")
        for question in QUESTIONS[:per_target]:
            out += answer(f"{target}-{question}", chance)
    return "\n".join(out) + "\n"


def answer(criterion: str, chance: random.Random) -> list[str]:
    """One answer, mostly with a level."""
    state = chance.choices(("level", "not_applicable", "insufficient_evidence", "open"), (88, 4, 5, 3))[0]
    text = " ".join(sentence(chance) for _ in range(chance.randint(1, 3)))
    if state != "level":
        return [f"  {criterion}:", *folded(state, text, 4)]
    level = chance.randint(0, 3)
    note = "   # stäm av med gruppen" if chance.random() < 0.05 else ""
    out = [f"  {criterion}:", f"    level: {level}{note}"]
    out += [f'    justification: "{text}"'] if chance.randint(1, 5) == 1 else folded("justification", text, 4)
    count = chance.choice((0, 1, 1))
    if count:
        out.append("    evidence:")
    for _ in range(count):
        if chance.randint(1, 6) == 1:
            out.append(f"      - address: https://exempel.se/plan/{chance.randint(1, 99)}")
            out.append("        retrieved: 2026-05-20")
            out += folded("paraphrase", sentence(chance), 8)
        else:
            out += ["      - edition: remiss", f"        page: {chance.randint(1, 180)}"]
            out += folded("quote", sentence(chance), 8)
    if chance.random() < 0.35:
        out += folded("recommendation", sentence(chance), 4)
    return out


def write_corpus(folder: Path, count: int, *, per_target: int = 6, seed: int = 1) -> int:
    """Write the working folder; return the bytes of its reviews."""
    (folder / "criteria").mkdir(parents=True)
    settings = "schema: granskning/workspace/1\norganisation: Region Exempel\nlanguage: sv\ncriteria: prov\n"
    (folder / "granskning.yaml").write_text(settings, encoding="utf-8")
    (folder / "criteria/prov.yaml").write_text(criteria(seeded(seed), per_target), encoding="utf-8")
    size = 0
    for number in range(count):
        name = f"plan-{number // EACH + 1:04d}"
        home = folder / "strategies" / name
        if number % EACH == 0:
            home.mkdir(parents=True)
            (home / "strategy.yaml").write_text(strategy(name), encoding="utf-8")
        round_, reviewer = ("2026-06", "2026-10")[number % 2], f"granskare-{'abcde'[number // 2 % 5]}"
        file = home / "reviews" / round_ / f"{reviewer}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        data = review(name, round_, reviewer, seeded(seed * 1_000_003 + number), per_target).encode()
        file.write_bytes(data)
        size += len(data)
    return size
