"""What the program is made of: the list is whole and of the lock, and every licence is one that we may give on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SBOM = ROOT / ".ci/sbom"


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SBOM, *words], capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def bom() -> dict[str, Any]:
    return json.loads(_run().stdout)  # type: ignore[no-any-return]


def test_the_list_is_of_the_lock(bom: dict[str, Any]) -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", lock, re.MULTILINE))
    assert {(part["name"], part["version"]) for part in bom["components"]} == {(n.lower(), v) for n, v in pinned}
    hashes = [held["value"] for part in bom["components"] for held in part["properties"]]
    assert sorted(hashes) == sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock))


def test_it_is_cyclonedx(bom: dict[str, Any]) -> None:
    assert (bom["bomFormat"], bom["specVersion"], bom["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bom["serialNumber"])
    references = [part["bom-ref"] for part in bom["components"]]
    assert len(references) == len(set(references))
    for part in bom["components"]:
        assert part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}"
        assert {"type", "name", "version", "scope"} <= part.keys()
    assert bom["metadata"]["component"]["version"]


def test_the_same_lock_gives_the_same_list() -> None:
    assert _run().stdout == _run().stdout


def test_every_licence_is_allowed() -> None:
    done = _run("--licences")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["MIT"], True), (["MIT OR GPL-3.0-only"], True), (["MIT AND GPL-3.0-only"], False), (["AGPL-3.0"], False),
        (["Dual Licensed - GNU AFFERO GPL 3.0 or Artifex Commercial License"], False), (["Proprietary"], False),
        (["BSD-3-Clause AND 0BSD AND MIT"], True), ([], False),
    ],
)  # fmt: skip
def test_what_is_allowed(words: list[str], expected: bool) -> None:  # noqa: FBT001  # the test's own table
    names: dict[str, Any] = {"__file__": str(SBOM), "__name__": "sbom"}
    exec(compile(SBOM.read_text("utf-8"), SBOM, "exec"), names)  # noqa: S102  # our own script, which has no ending
    assert names["is_allowed"](words) is expected
