"""Who reads a report meets titles: no id of the set, of a role, of a strategy or of an action outside its origin.

The texts are those that the golden outputs hold, so that the law costs no report.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from granskning.i18n import Translator
from granskning.tasks.folder.open import open_workspace

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests/golden/expected"
ORIGIN = ("Rapportens ursprung", "Sidans ursprung", "Origin of this report", "Origin of this page")
"""Where ids, fingerprints and commits are at home."""


def _ids() -> set[str]:
    """All ids of several words: one of a single word may be an ordinary one."""
    workspace = open_workspace(ROOT)[1].workspace
    names = {*workspace.strategies, *workspace.indicators, *(review.reviewer for review in workspace.reviews)}
    names |= {action.id for actions in workspace.actions.values() for action in actions}
    for criteria in workspace.criteria.values():
        names |= {criteria.id, *(criterion.id for criterion in criteria.criteria)}
        names |= {target.id for target in criteria.all_targets} | {gate.id for gate in criteria.scoring.gates}
        names |= {challenge.id for challenge in criteria.challenges}
    return {name for name in names if "-" in name}


def test_no_id_faces_a_reader() -> None:
    pattern = re.compile(
        r"(?<![\w/.-])(" + "|".join(map(re.escape, sorted(_ids()))) + r")(?![\w/-]|\.yaml)"
    )  # a file by its name
    texts = sorted((*EXPECTED.glob("reports/**/*.txt"), *EXPECTED.glob("reports-en/**/*.txt")))
    assert len(texts) > 20  # the law looks at something
    met = []
    for path in texts:
        text = path.read_text(encoding="utf-8")
        for heading in ORIGIN:
            text = text.partition(f"\n{heading}\n")[0]
        met += [f"{path.relative_to(EXPECTED)}: {match.group()}" for match in pattern.finditer(text)]
    assert not met


@pytest.mark.parametrize(
    ("name", "shown"),
    [("strateg-jamstalldhet", "strateg för jämställdhet"), ("okand-roll", "okand roll"), ("Fri-text", "Fri-text")],
)
def test_a_role_is_called_by_its_title_else_readably(name: str, shown: str) -> None:
    roles = {"strateg-jamstalldhet": {"sv": "strateg för jämställdhet", "en": "gender equality strategist"}}
    assert Translator("sv").naming(roles).role(name) == shown
