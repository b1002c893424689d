"""A repository that names programs of its own wherever git lets it: none of them is run, whatever is asked."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past, Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
ATTRIBUTES = "*.yaml filter=fara diff=fara merge=fara text eol=lf\n*.md filter=fara diff=fara\n"
SETTINGS = """
[core]
\tfsmonitor = {canary} fsmonitor
\thooksPath = {hooks}
\tsshCommand = {canary} ssh
\tpager = {canary} pager
\teditor = {canary} editor
\taskPass = {canary} askpass
\tgitProxy = {canary} proxy
\talternateRefsCommand = {canary} alternates
[diff]
\texternal = {canary} external
\torderFile = {order}
[diff "fara"]
\ttextconv = {canary} textconv
\tcommand = {canary} command
\tcachetextconv = true
[filter "fara"]
\tclean = {canary} clean
\tsmudge = {canary} smudge
\tprocess = {canary} process
\trequired = true
[merge "fara"]
\tdriver = {canary} driver
[gpg]
\tprogram = {canary} gpg
[gpg "ssh"]
\tprogram = {canary} gpg-ssh
\tdefaultKeyCommand = {canary} key
[log]
\tshowSignature = true
[pager]
\tlog = {canary} pager-log
\tdiff = {canary} pager-diff
[alias]
\tlog = !{canary} alias
\tcat-file = !{canary} alias
\tls-tree = !{canary} alias
\trev-parse = !{canary} alias
[credential]
\thelper = !{canary} credential
[interactive]
\tdiffFilter = {canary} filter
[uploadpack]
\tpackObjectsHook = {canary} pack
[extensions]
\tpartialClone = fara
[remote "fara"]
\turl = ext::{canary} ext
\tpromisor = true
\tuploadpack = {canary} upload
[protocol]
\tallow = always
[protocol "ext"]
\tallow = always
[include]
\tpath = {more}
[includeIf "gitdir:**"]
\tpath = {more}
"""
COMMANDS = (
    # every command that reads the folder or looks at git
    ("history",),
    ("history", "--format", "json"),
    ("diff", "HEAD~1"),
    ("diff", "HEAD~1", "HEAD"),
    ("diff", REVIEW),
    ("check",),
    ("score",),
    ("build", "--format", "html"),
    ("render", REVIEW, "-o", "rapport.html"),
)


@pytest.fixture
def hostile(past: Past, tmp_path: Path) -> Past:
    """The repository, with a program planted everywhere that leaves a trace when it is run."""
    past.change(REVIEW, ("level: 1", "level: 2"))
    (past.root / ".gitattributes").write_text(ATTRIBUTES, "utf-8")
    past.commit("ändrad")
    gone = past.git("rev-parse", f"HEAD~1:{REVIEW}")
    past.change(REVIEW, ("level: 2", "level: 3"))
    canary, hooks = tmp_path / "canary", tmp_path / "hooks"
    traces = tmp_path / "traces"
    canary.write_text(f'#!/bin/sh\necho "$*" >> "{traces}"\nexit 0\n', "utf-8")
    canary.chmod(0o755)
    hooks.mkdir()
    for name in ("post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(canary, hooks / name)
        shutil.copy(canary, past.root / ".git/hooks" / name)
    more = tmp_path / "mer"
    more.write_text(f"[core]\n\tfsmonitor = {canary} included\n[diff]\n\texternal = {canary} included\n", "utf-8")
    order = tmp_path / "ordning"
    order.write_text("*.yaml\n", "utf-8")
    config = past.root / ".git/config"
    settings = SETTINGS.format(canary=canary, hooks=hooks, more=more, order=order)
    config.write_text(
        config.read_text("utf-8").replace("repositoryformatversion = 0", "repositoryformatversion = 1") + settings
    )
    (past.root / ".git/info/attributes").write_text(ATTRIBUTES, "utf-8")
    (past.root / ".git/objects" / gone[:2] / gone[2:]).unlink()  # a content that git would like to fetch
    return past


def test_the_canary_sings(hostile: Past, tmp_path: Path) -> None:
    """The programs are where git runs them; else the tests below would prove nothing."""
    with contextlib.suppress(subprocess.CalledProcessError):
        hostile.git("status")
    assert (tmp_path / "traces").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_of_the_repository_is_run(
    granskning: Run, hostile: Past, tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = granskning("--no-cache", *command, cwd=hostile.root)
    traces = tmp_path / "traces"
    assert not traces.exists(), traces.read_text("utf-8")
    assert done.stdout or command[0] in ("check", "build", "render")


def test_settings_from_around_us_are_left_out(granskning: Run, hostile: Past, tmp_path: Path) -> None:
    canary = str(tmp_path / "canary")
    env = {
        "GIT_EXTERNAL_DIFF": canary, "GIT_PAGER": canary, "GIT_SSH_COMMAND": canary, "GIT_ASKPASS": canary,
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": canary,
        "GIT_DIR": str(tmp_path), "GIT_TRACE": str(tmp_path / "trace"),
    }  # fmt: skip
    assert granskning("history", cwd=hostile.root, env=env).stdout
    assert not (tmp_path / "traces").exists()
    assert not (tmp_path / "trace").exists()


def test_the_history_is_told_all_the_same(granskning: Run, hostile: Past) -> None:
    told = granskning("--lang", "en", "history", "provplan", cwd=hostile.root, env={"COLUMNS": "160"}).stdout
    assert "mended: ändrad" in told
    assert "not saved with git" in told
