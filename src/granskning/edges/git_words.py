"""What git says when it will not, as sentences of ours with what to do about it.

In comes what git wrote (always in English, since it is started so), out comes an error for a face. What is known by
none of the signs below keeps git's own words, named as such.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.errors import NoHistoryError, NoRepositoryError
from granskning.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

_OBJECT = re.compile(r"\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b")
_LOCKED = N_("another git is at work in the repository, or one was stopped half-way: {file} is there")
_WAIT = N_("wait a moment and try again; if no git is running any more, remove that file")
_NO_RIGHTS = N_("git may not write in the repository: {file}")
_RIGHTS = N_("see that your user account may write in all of .git; sudo git leaves files that it may not")
_FULL = N_("git cannot write, since the disk is full")
_ROOM = N_("make room on the disk, and try again")
_DAMAGE = (
    *("corrupt", "inflate", "bad object", "bad tree", "hash mismatch", "missing blob", "error in object"),
    *("unable to read", "unable to unpack", "unable to parse", "could not read", "could not parse"),
    *("failed to read", "failed to traverse", "appears to be broken", "bad signature", "not a tree object"),
)
_SIGNS = (
    (r"unable to create '(?P<file>[^']+\.lock)': file exists", _LOCKED, _WAIT),
    (r"no space left on device|disk quota exceeded", _FULL, _ROOM),
    (r"unable to create '(?P<file>[^']+)': (?:permission denied|read-only file system)", _NO_RIGHTS, _RIGHTS),
    (r"insufficient permission for adding an object to repository database (?P<file>\S+)", _NO_RIGHTS, _RIGHTS),
    (r"bad (?:numeric |boolean )?config (?:line|value|variable)[^\n]*? in (?:file )?'?(?P<file>[^'\s]+)",
     N_("git cannot read its own settings: there is a fault in {file}"),
     N_("mend the file, or ask somebody who knows git; git config --list says which line")),
    (r"expected git repo version|unknown repository (?:extension|object format)|unknown option .?pathspec-from-file",
     N_("the repository needs a newer git than the one on this computer"),
     N_("install a newer git; see: granskning doctor")),
    (r"failed to sign|gpg: .*no secret key|couldn't load public key",
     N_("git is told to sign what is saved, and could not sign"),
     N_("see that your key is there and open; git config --get user.signingkey says which it is")),
)  # fmt: skip


def refusal(root: Path, data: bytes) -> NoHistoryError:
    """What git said when it would not answer, as a sentence of ours."""
    known = known_refusal(root, data)
    if known is not None:
        return known
    text = data.decode("utf-8", "replace")
    lines = [line for line in text.strip().splitlines() if line.startswith(("fatal:", "error:"))] or [text.strip()]
    reason = lines[-1].partition(": ")[2] or lines[-1]
    return NoHistoryError(N_("git could not answer: {reason}"), reason=reason)


def known_refusal(root: Path, data: bytes) -> NoHistoryError | None:
    """The same where we know what it means; None for anything else."""
    text = data.decode("utf-8", "replace")
    if "dubious ownership" in text:
        message = N_("git will not open {folder}, since the repository is owned by somebody else")
        hint = N_("copy the folder, or tell git yourself that you trust it: git config --global --add safe.directory …")
        return NoHistoryError(message, hint, folder=root)
    if "not a git repository" in text:
        hint = N_("history is what git remembers; begin with: granskning init --missing, then: granskning save")
        return NoRepositoryError(N_("{folder} does not lie in a git repository"), hint, folder=root)
    if "must be run in a work tree" in text or "this operation must be run in" in text:
        return bare(root)
    for sign, message, hint in _SIGNS:
        match = re.search(sign, text, re.IGNORECASE)
        if match:
            return NoHistoryError(message, hint, **match.groupdict())
    return damage(text) if is_damage(text) else None


def bare(root: Path) -> NoHistoryError:
    """A repository without files."""
    message = N_("{folder} is a bare repository: it holds history but no files")
    return NoHistoryError(message, N_("make a working copy of it: git clone {folder} FOLDER"), folder=root)


def is_damage(text: str) -> bool:
    """Whether git complains about its own store."""
    return any(sign in text.lower() for sign in _DAMAGE)


def damage(text: str) -> NoHistoryError:
    """What git keeps is damaged; which object, where git says so."""
    found = _OBJECT.search(text)
    message = N_("what git has stored is damaged: object {object}")
    hint = N_("fetch the repository anew from where it is kept; git fsck tells more")
    return NoHistoryError(message, hint, object=found[0] if found else "?")


def hook_refusal(hook: str, complaint: str) -> tuple[str, str, dict[str, object]]:
    """A hook of the user's said no."""
    message = N_("the hook {hook} said no, so nothing is saved: {reason}")
    hint = N_("do what it asks for and save again; the files are as they were")
    return message, hint, {"hook": hook, "reason": complaint or "–"}
