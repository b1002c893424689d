"""The files that people write, from reviews to settings, and the registers of what is published.

Each is laid into the sound base workspace and loaded, told of, scored and explained, all in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from fuzz.grammar import draw
from fuzz.judge import Violation, lawful
from fuzz.mutations import twist_text
from granskning.cli import show_findings, tell_findings
from granskning.cli.show_scores import as_json, as_table
from granskning.files import HeldFiles
from granskning.findings.severity import Severity
from granskning.i18n import Translator
from granskning.tasks.folder.score import score_rounds, score_workspace, strategy_results
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from granskning.workspace.loaded import Loaded

TESTS = Path(__file__).parents[1]
BASE = TESTS / "cases" / "base"
_DRAWN = 0.1
"""How many of the inputs are drawn from the schema instead of twisted."""
_EXPLAINED = 4
"""One of so many sound inputs is explained as well, which takes ten times as long as scoring it."""


@cache
def base_files() -> dict[str, bytes]:
    """The sound base workspace."""
    return {path.relative_to(BASE).as_posix(): path.read_bytes() for path in sorted(BASE.rglob("*")) if path.is_file()}


@dataclass
class YamlDoor:
    """One kind of file, and where it lies."""

    name: str
    kind: str
    path: str
    more: str
    """Which of the tests' other files are of the kind: a glob below tests/."""
    alone: bool = False
    """Whether no other file depends on it, so that it is loaded alone."""
    reviewer: bytes = b"granskaren"
    """Whose review it is: a second one by the same is refused before its answers are scored."""
    _known: Loaded | None = field(default=None, repr=False)

    def seeds(self) -> Mapping[str, bytes]:
        """The base workspace's own file, and some of the cases' and the frameworks'."""
        path = self.path if self.path in base_files() else _REVIEW if self.kind == "review" else ""
        held = {"base": base_files()[path]} if path else {}
        others = [path for path in sorted(TESTS.glob(self.more)) if path.is_file() and path.stat().st_size < 20_000]
        held |= {path.relative_to(TESTS).as_posix(): path.read_bytes() for path in others}
        return {
            name: data.replace(b"reviewer: granskaren", b"reviewer: " + self.reviewer) for name, data in held.items()
        }

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Twist the text, or draw another."""
        if self.kind and random.random() < _DRAWN:
            values = draw(self.kind, random)
            try:
                return yaml.dump(values, Dumper=yaml.CSafeDumper, allow_unicode=True, encoding="utf-8")
            except (yaml.YAMLError, UnicodeError):
                return data
        return twist_text(data, random)

    def enter(self, data: bytes) -> str:
        """Load, tell, score and explain."""
        with lawful():
            loaded = self._load(data)
            told = tell_findings.tell(loaded.findings, _t("sv"), str, len(loaded.read))
            missed = () if self.alone else base_files().keys() - {*loaded.read, self.path, _DOCUMENT}
            if missed:
                raise Violation(f"not read any longer: {sorted(missed)}")
            worst = max((finding.rule.severity for finding in loaded.findings), default=Severity.NOTICE)
            if worst is Severity.ERROR:
                show_findings.as_text(told, color=False)
                return "told"
            self._score(loaded, explain=len(data) % _EXPLAINED == 0)
            return "taken"

    def _load(self, data: bytes) -> Loaded:
        files = HeldFiles({**base_files(), self.path: data})
        if not self.alone:
            return load_files(files)
        if self._known is None:
            self._known = load_files(HeldFiles(base_files()))
        known = replace(self._known.workspace, indicators={})
        return load_files(files, only=[self.path], known=known)

    def _score(self, loaded: Loaded, *, explain: bool) -> None:
        scored = score_workspace(loaded.workspace)[:3]
        rounds = score_rounds(loaded.workspace, scored)
        results = strategy_results(loaded.workspace, rounds)
        as_json(scored, rounds, results, _t("sv"), explain=explain)
        as_table(scored, rounds, results, _t("en"), explain=explain)


@cache
def _t(language: str) -> Translator:
    return Translator(language)


_DOCUMENT = "strategies/provplan/documents/plan.txt"
_ROUND = "strategies/provplan/reviews/2026-11"
_REVIEW = f"{_ROUND}/granskaren.yaml"


def doors() -> Iterator[YamlDoor]:
    """Yield a door for each kind of file."""
    reviews = "cases/*/strategies/*/reviews/*/*.yaml"
    yield YamlDoor("review", "review", f"{_ROUND}/annan.yaml", reviews, alone=True, reviewer=b"annan")
    yield YamlDoor("only-review", "review", _REVIEW, "cases/GR2*/strategies/*/reviews/*/*.yaml")
    yield YamlDoor("set", "criteria", "criteria/prov.yaml", "[cf]*/*/criteria/*.yaml")  # and frameworks/
    yield YamlDoor("strategy", "strategy", "strategies/provplan/strategy.yaml", "cases/*/strategies/*/strategy.yaml")
    yield YamlDoor(
        "indicator", "indicator", "criteria/statistics/resor-bil.yaml", "cases/*/criteria/statistics/*.yaml", alone=True
    )
    yield YamlDoor("settings", "workspace", "granskning.yaml", "cases/*/granskning.yaml")
    yield YamlDoor(
        "actions", "actions", "strategies/provplan/actions.yaml", "cases/*/strategies/*/actions.yaml", alone=True
    )
    yield YamlDoor(
        "publication",
        "publication",
        "strategies/provplan/published/001/publication.yaml",
        "cases/*/strategies/*/published/*/publication.yaml",
        alone=True,
    )
