"""What the program is made of: the list is whole and of the lock, and every licence is one that we may give on."""

from __future__ import annotations

import json
import os
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
    assert _script()["is_allowed"](words) is expected


def _script() -> dict[str, Any]:
    names: dict[str, Any] = {"__file__": str(SBOM), "__name__": "sbom"}
    exec(compile(SBOM.read_text("utf-8"), SBOM, "exec"), names)  # noqa: S102  # our own script, which has no ending
    return names


def test_what_is_installed_nowhere_has_an_unknown_licence(capsys: pytest.CaptureFixture[str]) -> None:
    """Without its packages the script knew no licences, and said nothing against any."""
    lock = "no-such-package==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert _script()["tell_licences"](lock) == 1
    assert capsys.readouterr().out == "no-such-package: licence unknown\n"
    assert _script()["tell_licences"](lock.replace("1.0 ", "1.0 ; sys_platform == 'none' ")) == 0
    assert "so not looked at: no-such-package" in capsys.readouterr().err


SKIPPED = {"name": "a", "skip_reason": "Dependency not found on PyPI and could not be audited: a (1.0)"}
SOUND = {"name": "b", "version": "1.0", "vulns": []}
FAULTY = {"name": "c", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": []}]}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([SKIPPED], 0, "data have none of the 1 packages, so known faults were not looked for"),
        ([SKIPPED, SOUND], 0, "1 of 2 packages looked at, 0 known faults\nnot looked at, as pip-audit's data do"),
        ([SOUND, FAULTY], 1, "c 1.0: PYSEC-1, mended in 1.1\n2 of 2 packages looked at, 1 known faults"),
    ],
    ids=["nothing known of any", "nothing known of one", "a fault"],
)  # fmt: skip
def test_what_was_not_looked_for_is_not_clean(
    tmp_path: Path, packages: list[dict[str, Any]], code: int, said: str
) -> None:
    """pip-audit calls it "no known vulnerabilities" when its data have none of the packages."""
    program = tmp_path / "pip-audit"
    answer = json.dumps({"dependencies": packages, "fixes": []})
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\nexit {code}\n", "utf-8")
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = [sys.executable, str(SBOM), "--audit"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)
    assert done.returncode == code
    assert said in done.stdout
    assert "No known vulnerabilities" not in done.stdout
