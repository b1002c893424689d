"""What `stats fetch` says of each fault, as the handbook prints it: written by the tests, and held to them."""

from __future__ import annotations

import json
import re
from pathlib import Path

OUTCOMES = Path(__file__).with_name("fetch_outcomes.json")
_ADDRESS = re.compile(r"https?://127\.0\.0\.1:\d+[^\s)]*")
_REASON = re.compile(r"(?<=går inte att nå: ADRESS) \(.*\)")
"""Why a connection broke, in the words of the system."""
_COUNT = re.compile(r"\d{7,}")
"""Seconds until a date, which are fewer each day."""


def neutral(sentence: str) -> str:
    """A sentence without what differs from run to run: the address of the server, and the time that is left."""
    return _REASON.sub("", _COUNT.sub("N", _ADDRESS.sub("ADRESS", sentence)))


def kept_outcomes() -> dict[str, str]:
    """The outcome by the fault's name."""
    outcomes: dict[str, str] = json.loads(OUTCOMES.read_text("utf-8")) if OUTCOMES.exists() else {}
    return outcomes


def keep_outcome(name: str, sentence: str) -> None:
    """Write one outcome, where the tests are asked to renew what they expect."""
    outcomes = kept_outcomes() | {name: neutral(sentence)}
    OUTCOMES.write_text(json.dumps(outcomes, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
