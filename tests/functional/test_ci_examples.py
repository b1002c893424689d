"""The examples for build servers: each is sound YAML, and every line of granskning in them works as it stands."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from granskning.cli.groups import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Run

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted((ROOT / "docs/ci").glob("*.yml"))
_CALL = re.compile(r"^(?:\s*|.*[;{] )(granskning [^|>&;\n]+)", re.MULTILINE)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def calls(path: Path) -> list[str]:
    found = [call for text in texts(yaml.safe_load(path.read_text("utf-8"))) for call in _CALL.findall(text)]
    return [call.strip() for call in found]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_commands_work(path: Path, workspace: Path, granskning: Run) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=workspace, check=True)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "ett")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    told = calls(path)
    assert {call.split()[1] for call in told} == {"check", "diff", "build"}
    for call in told:
        words = shlex.split(call.replace("$BASE", "main").replace("$CI_MERGE_REQUEST_DIFF_BASE_SHA", "main"))[1:]
        if words[0] not in COMMANDS:
            continue  # not built in this tree
        if words[0] == "build":
            words += ["--format", "html"]
        done = granskning(*words, cwd=workspace)
        assert done.returncode == 0, (call, done.stderr)


def test_there_is_one_for_each_server() -> None:
    assert [path.stem for path in EXAMPLES] == ["forgejo", "github", "gitlab"]


def test_the_hooks_are_those_of_the_handbook() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    page = (ROOT / "docs/git.md").read_text("utf-8")
    for hook in hooks:
        assert f"| `{hook['id']}` |" in page
        assert hook["entry"] == "granskning check"
        pattern = re.compile(hook["files"])
        assert pattern.search("strategies/a/reviews/2026-11/b.yaml")
        assert pattern.search("criteria/earlier/a-1.0.0.yaml")
        assert not pattern.search("docs/a.yaml")
