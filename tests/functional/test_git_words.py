"""What git says when it will not, in our words: each refusal in a real repository, in Swedish and English."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Past, Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
WHO = {
    "GIT_AUTHOR_NAME": "Prov", "GIT_AUTHOR_EMAIL": "prov@exempel.se",
    "GIT_COMMITTER_NAME": "Prov", "GIT_COMMITTER_EMAIL": "prov@exempel.se",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip
GITS_OWN = (
    "fatal:", "Another git process", "dubious", "nothing to commit", "working tree clean", "inflate", "bad object",
    "did not match", "cat-file", "must be run",
)  # fmt: skip


def _lock(past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    (past.root / ".git/index.lock").touch()


def _lock_branch(past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    (past.root / ".git/refs/heads/main.lock").touch()


def _bad_settings(past: Past) -> None:
    with (past.root / ".git/config").open("a") as config:
        config.write("[core\nnonsens")


def _new_format(past: Past) -> None:
    past.git("config", "core.repositoryformatversion", "9")


def _lose_head(past: Past) -> None:
    _object(past, past.git("rev-parse", "HEAD")).unlink()


def _spoil_head(past: Past) -> None:
    path = _object(past, past.git("rev-parse", "HEAD"))
    path.chmod(0o644)
    path.write_bytes(b"skr\xe4p")


def _lose_tree(past: Past) -> None:
    _object(past, past.git("rev-parse", "HEAD^{tree}")).unlink()


def _make_bare(past: Past) -> None:
    past.git("config", "core.bare", "true")


def _detach(past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.git("checkout", "-q", "--detach")


def _refuse_message(past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    hook = past.root / ".git/hooks/commit-msg"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho ärendenummer saknas >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)


def _sign(past: Past) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.git("config", "commit.gpgSign", "true")
    past.git("config", "gpg.program", "/bin/false")


def _object(past: Past, name: str) -> Path:
    return past.root / ".git/objects" / name[:2] / name[2:]


REFUSALS: tuple[tuple[str, Callable[[Past], None], str, str, str], ...] = (
    # name, what is wrong, command, what is said in Swedish, and in English
    ("index.lock", _lock, "save", "index.lock", "another git is at work"),
    ("branch lock", _lock_branch, "save", "main.lock", "another git is at work"),
    ("settings", _bad_settings, "save", "inställningar", "cannot read its own settings"),
    ("settings at history", _bad_settings, "history", "inställningar", "cannot read its own settings"),
    ("settings at diff", _bad_settings, "diff HEAD", "inställningar", "cannot read its own settings"),
    ("newer format", _new_format, "history", "nyare git", "needs a newer git"),
    ("head lost", _lose_head, "history", "är skadat", "what git has stored is damaged"),
    ("head lost at diff", _lose_head, "diff HEAD", "är skadat", "what git has stored is damaged"),
    ("head spoilt at diff", _spoil_head, "diff HEAD", "är skadat", "what git has stored is damaged"),
    ("tree lost at diff", _lose_tree, "diff HEAD", "är skadat", "what git has stored is damaged"),
    ("bare", _make_bare, "save", "utan filer (bare)", "bare repository"),
    ("bare at history", _make_bare, "history", "utan filer (bare)", "bare repository"),
    ("detached", _detach, "save", "git switch -c", "on no branch"),
    ("hook", _refuse_message, "save", "kroken commit-msg", "the hook commit-msg said no"),
    ("signature", _sign, "save", "signera", "could not sign"),
)


@pytest.mark.parametrize(
    ("spoil", "command", "swedish", "english"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS]
)
def test_a_refusal_is_a_sentence_of_ours_with_what_to_do(  # noqa: PLR0913  # a row of the table, and what it runs with
    granskning: Run, past: Past, spoil: Callable[[Past], None], command: str, swedish: str, english: str
) -> None:
    spoil(past)
    for language, words in (("sv", swedish), ("en", english)):
        done = granskning("--lang", language, "--no-cache", *command.split(), cwd=past.root, env=WHO)
        assert done.returncode == 2, done.stdout
        assert words in done.stderr
        assert not [own for own in GITS_OWN if own in done.stderr], done.stderr
        assert len(done.stderr.strip().splitlines()) >= 2, f"no word of what to do: {done.stderr}"


def test_history_and_diff_say_the_same_of_a_damaged_repository(granskning: Run, past: Past) -> None:
    _lose_head(past)
    told = [
        granskning("--no-cache", *words, cwd=past.root, env=WHO).stderr for words in (("history",), ("diff", "HEAD"))
    ]
    assert told[0] == told[1] != ""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("command", ["history", "diff HEAD", "save"])
def test_a_repository_of_somebody_else(granskning: Run, past: Past, command: str) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    for path in (past.root, *past.root.rglob("*")):
        os.chown(path, 12345, 12345)
    for language, words in (("sv", "någon annan"), ("en", "owned by somebody else")):
        done = granskning("--lang", language, *command.split(), cwd=past.root, env=WHO)
        assert done.returncode == 2
        assert words in done.stderr
        assert "safe.directory" in done.stderr
        assert "dubious" not in done.stderr


def test_other_line_ends_are_nothing_to_save(granskning: Run, past: Past) -> None:
    (past.root / ".gitattributes").write_text("*.yaml text eol=lf\n", "utf-8")
    past.commit("radslut")
    head = past.git("rev-parse", "HEAD")
    path = past.root / REVIEW
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert REVIEW in past.git("status", "--porcelain"), "git itself takes it for changed"
    done = granskning("--lang", "en", "save", cwd=past.root, env=WHO)
    assert (done.returncode, done.stdout) == (0, "")
    assert "There is nothing to save" in done.stderr
    past.change("granskning.yaml", ("organisation: ", "organisation: Ny "))
    assert granskning("save", cwd=past.root, env=WHO).stdout.split() == ["granskning.yaml"]
    assert past.git("rev-parse", "HEAD~1") == head


def test_diff_with_head_outside_a_repository_says_what_history_says(granskning: Run, workspace: Path) -> None:
    env = {**WHO, "GIT_CEILING_DIRECTORIES": str(workspace.parent)}
    told = [granskning(*words, cwd=workspace, env=env).stderr for words in (("history",), ("diff", "HEAD"))]
    assert told[0] == told[1]
    assert "ligger inte i" in told[0]


def test_what_a_sparse_checkout_leaves_out_is_not_gone(granskning: Run, past: Past, tmp_path: Path) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.commit("ändrad")
    clone = tmp_path / "gles"
    past.git("clone", "-q", "--no-checkout", str(past.root), str(clone))
    sparse = ("git", "-C", str(clone))
    subprocess.run(
        [*sparse, "sparse-checkout", "set", "--no-cone", "/granskning.yaml"], check=True, capture_output=True
    )
    subprocess.run([*sparse, "checkout", "-q", "main"], check=True, capture_output=True)
    assert not (clone / REVIEW).exists()
    whole = granskning("--lang", "en", "--no-cache", "history", cwd=past.root).stdout
    assert granskning("--lang", "en", "--no-cache", "history", cwd=clone).stdout == whole
    assert "Nothing that granskning reads has changed" in granskning("--lang", "en", "diff", "HEAD", cwd=clone).stdout
    of_clone = granskning("--lang", "en", "diff", "HEAD~1", cwd=clone).stdout
    assert of_clone == granskning("--lang", "en", "diff", "HEAD~1", cwd=past.root).stdout
    assert "1 answer higher" in of_clone


def test_what_a_partial_clone_has_not_fetched_is_unknown(granskning: Run, past: Past, tmp_path: Path) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.commit("ändrad")
    past.git("config", "uploadpack.allowFilter", "true")
    past.git("clone", "-q", "--filter=blob:none", f"file://{past.root}", str(tmp_path / "delvis"))
    shutil.move(past.root, tmp_path / "borta")
    done = granskning("--lang", "en", "--no-cache", "history", cwd=tmp_path / "delvis")
    assert done.returncode == 2
    assert "the clone is a partial one" in done.stderr
    assert "damaged" not in done.stderr
    diff = granskning("--lang", "en", "diff", "HEAD~1", cwd=tmp_path / "delvis").stdout
    assert f"{REVIEW} can't be read in HEAD~1" in diff
    assert "New criteria set" not in diff


def test_what_came_before_a_shallow_clone_is_unknown(granskning: Run, past: Past, tmp_path: Path) -> None:
    past.change(REVIEW, ("level: 1", "level: 2"))
    past.commit("ändrad")
    past.git("clone", "-q", "--depth", "1", f"file://{past.root}", str(tmp_path / "grund"))
    done = granskning("--lang", "en", "diff", "HEAD~1", cwd=tmp_path / "grund")
    assert done.returncode == 2
    assert "shallow clone" in done.stderr
    assert "git fetch --unshallow" in done.stderr


def test_a_submodule_that_was_not_fetched_is_named_and_nothing_in_it_is_gone(
    granskning: Run, past: Past, tmp_path: Path
) -> None:
    other = tmp_path / "annat"
    shutil.copytree(past.root / "strategies/provplan", other)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "ett")):
        subprocess.run(["git", *words], cwd=other, env={**os.environ, **WHO}, check=True, capture_output=True)
    past.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "strategies/utanfor")
    past.commit("med delrepo")
    clone = tmp_path / "utan"
    past.git("clone", "-q", str(past.root), str(clone))
    done = granskning("--lang", "en", "history", cwd=clone)
    assert "strategies/utanfor is a repository of its own" in done.stderr
    assert "deleted" not in done.stdout
    assert "Nothing that granskning reads has changed" in granskning("--lang", "en", "diff", "HEAD", cwd=clone).stdout
