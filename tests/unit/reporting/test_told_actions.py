"""An action that is called done with nothing to show for it is told as open everywhere, as `actions` tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from granskning.i18n import Translator
from granskning.model.decision import Action, FollowUp
from granskning.model.evidence import Evidence
from granskning.reporting.shared_parts.actions import make_actions, tell_actions
from granskning.wordings import tell_action_status

T = Translator("sv")
PROOF = FollowUp("2026-10-01", "done", None, None, (Evidence(page="3", paraphrase="Det är gjort."),))


def action(name: str, status: str, *follow_up: FollowUp, due: str | None = None) -> Action:
    return Action(name, name, None, (), None, None, due, None, status, None, None, follow_up)


@dataclass(frozen=True)
class Told:
    actions: tuple[Action, ...]
    t: Translator = T
    numbers: dict[str, str] = field(default_factory=dict)
    provenance: Any = field(default_factory=lambda: SimpleNamespace(as_of=None))


@pytest.mark.parametrize(
    ("held", "late", "words"),
    [
        (action("a", "done", PROOF), False, "Klar"),
        (action("a", "done"), False, "Klar, inte belagd"),
        (action("a", "ongoing"), True, "Pågår, försenad"),
        (action("a", "declined"), False, "Avböjd av ägaren"),
    ],
)
def test_the_status_of_an_action_says_whether_anything_shows_it(held: Action, late: bool, words: str) -> None:  # noqa: FBT001
    assert tell_action_status(held, T, late=late) == words


def test_what_nothing_shows_is_still_to_be_done() -> None:
    actions = (action("proved", "done", PROOF), action("unproved", "done"), action("declined", "declined"))
    made = make_actions(Told(actions))
    assert [one.title for one in made] == ["unproved", "proved", "declined"]
    told = " ".join(tell_actions(actions, None, T))
    assert "1 sägs vara klar, men inget visar det." in told
    assert "1 åtgärd saknar ansvarig." in told
    assert "inget visar det" not in " ".join(tell_actions(actions[::2], None, T))
