"""The net under every change: what the program says of the teaching example is what it said before.

`make golden` writes the expected files anew; read the difference before it is saved. `.ci/golden DIR` writes all
outputs with their bytes into a folder, for comparing two states of the code by hand.
"""

from __future__ import annotations

import difflib
import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from golden_texts import PRINTED, made_with, sums_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPECTED = Path(__file__).parent / "expected"
SUMS = "sha256.json"
SHOWN = 60
"""Lines of a difference that are shown."""


def expected_names() -> list[str]:
    """The texts that are kept."""
    return sorted(
        path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file() and path.name != SUMS
    )


@pytest.fixture(scope="module")
def outputs(golden_outputs: Path, request: pytest.FixtureRequest) -> Path:
    """All outputs as they are now."""
    if request.config.getoption("--renew"):
        _renew(golden_outputs)
    return golden_outputs


@pytest.fixture(scope="module")
def texts(outputs: Path) -> dict[str, str]:
    """The texts of them."""
    return texts_of(outputs)


@pytest.mark.parametrize("name", expected_names())
def test_the_same_words_as_before(name: str, texts: Mapping[str, str]) -> None:
    before, now = (EXPECTED / name).read_text("utf-8"), texts.get(name, "")
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), "before", "now", "", "", 2, "")
    assert before == now, "\n".join(["", *islice(lines, SHOWN), "read it; if it is wanted: make golden"])


def test_the_same_files_as_before(outputs: Path, texts: Mapping[str, str]) -> None:
    assert sorted(sums_of(outputs)) == sorted(_sums()["sha256"])
    assert sorted(texts) == expected_names()


def test_the_same_bytes_as_before(outputs: Path) -> None:
    before = _sums()["sha256"]
    differing = [
        name for name, sha256 in sums_of(outputs).items() if before.get(name) != sha256 and not name.endswith(PRINTED)
    ]
    assert differing == []


def test_the_same_printed_bytes_as_before(outputs: Path) -> None:
    kept = _sums()
    if kept["made_with"] != made_with():
        pytest.skip("the libraries that print are not those that the expected bytes were made with")
    sums = sums_of(outputs)
    assert [name for name in sums if name.endswith(PRINTED) and kept["sha256"].get(name) != sums[name]] == []


def _sums() -> dict[str, dict[str, str]]:
    kept: dict[str, dict[str, str]] = json.loads((EXPECTED / SUMS).read_text("utf-8"))
    return kept


def _renew(folder: Path) -> None:
    texts = texts_of(folder)
    for path in [path for path in EXPECTED.rglob("*") if path.is_file()]:
        path.unlink()
    for name, text in texts.items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    kept = {"made_with": made_with(), "sha256": sums_of(folder)}
    (EXPECTED / SUMS).write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
