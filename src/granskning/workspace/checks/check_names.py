"""What lies in a working folder and is not read, and names that do not do on every computer.

Looked at by name alone: beside the known files in the root, and everything in the folders that are read. What usually
lies beside them (README, LICENSE, hidden files) and folders with other things are left in peace.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from granskning.errors import UnreadableFileError, Words
from granskning.files import is_yaml
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import is_near
from granskning.i18n import N_
from granskning.workspace.schema.kinds import LOCAL, kind_of_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from granskning.files import Files

ROOT_FILES = ("granskning.yaml", "granskning.collection.yaml")
FOLDERS = ("criteria", "strategies", "templates")
_WITHIN = {
    # folders that are read, by their place, and what is looked for in them
    r"criteria": ("earlier", "statistics"),
    r"strategies/[^/]+": ("strategy.yaml", "actions.yaml", "documents", "evidence", "reviews", "remarks", "published"),
}
_BY_NAME = {
    # folders where only some files are looked for, by their exact names, and others are left in peace
    r"templates": ("style.css", "reference.docx", "logo.svg", "logo.png", "logo.jpg"),
    r"templates/[^/]+": ("report.html.j2",),
    r"\.granskning": (LOCAL.rpartition("/")[2],),
}
_MEANT = {
    # what somebody may call them in Swedish
    "kriterier": "criteria", "strategier": "strategies", "planer": "strategies", "mallar": "templates",
    "tidigare": "earlier", "statistik": "statistics", "strategi.yaml": "strategy.yaml", "åtgärder.yaml": "actions.yaml",
    "dokument": "documents", "belägg": "evidence", "granskningar": "reviews", "publicerat": "published",
}  # fmt: skip
_READ_FOLDERS = re.compile(r"criteria(?:/(?:earlier|statistics))?|strategies(?:/[^/]+(?:/reviews(?:/[^/]+)?)?)?")
_BESIDE = re.compile(
    r"(?i)\..*|__.*|readme.*|licen[cs]e.*|changelog.*|contributing.*|l[aä]s.?mig.*|thumbs\.db|desktop\.ini|icon\r?"
)
"""What may lie anywhere without a word."""
_LOCK = re.compile(r"~\$.+|\.~lock\..+#|\.#.+")
_COPY = re.compile(
    r"(?i).*(?: \(\d+\)|\.sync-conflict-.+|[ _-]\(?conflicted copy.*|[ _-]\(?konflikt.*|-[A-Z]*(?:DESKTOP|LAPTOP)-[\w]+"
    r"| - (?:kopia|copy)(?: \(\d+\))?| (?:kopia|copy)(?: \d+)?)(?:\.[^.]+)?\Z"
)
"""What Windows, macOS, OneDrive, Dropbox, Nextcloud and Syncthing call a copy."""
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\..*)?\Z")
_FORBIDDEN = re.compile('[<>:"|?*\\\\\x00-\x1f\x7f]')
_OURS = re.compile(r"^schema:\s*[\"']?granskning/", re.MULTILINE)
_ENDING = N_("only names that end in .yaml are read, in small letters")
_CASE = N_("capitals and small letters count in names")
_EXACTLY = N_("its name must be exactly so")
_HIDDEN_ENDING = re.compile(r"(?i)(?P<name>.+\.yaml)\.txt\Z")
"""The ending that Windows' Notepad adds, and its Explorer does not show."""
_MEANT_ENDING = re.compile(r"(?i)\.(?:yml|yaml\.txt)\Z")
_TOLD_ELSEWHERE = (None, "review")
"""The kinds of YAML files of which a copy is told elsewhere: by `passed_over`, and as the same review twice."""
_DEEPEST = 12
"""So many folders deep is looked; ours are five."""


def check_names(files: Files) -> Iterator[Finding]:
    """Yield what is not read, and names that other computers can't hold, for a whole folder."""
    names = files.names("")
    yield from _check_root(names, files)
    yield from _check_alike("", names)
    for name in files.names(".granskning"):
        yield from _check_exact(".granskning", name)
    for folder in FOLDERS:
        if f"{folder}/" in names:
            yield from _check_below(folder, files, 1)


def is_lock_or_copy(path: str) -> bool:
    """Whether a file is a program's lock, or a YAML file that a sync program copied; a document may be named so."""
    name = path.rpartition("/")[2]
    return _LOCK.fullmatch(name) is not None or (is_yaml(name) and _COPY.match(name) is not None)


def passed_over(path: str) -> Finding:
    """Why a YAML file that lies where files are read is not read: its ending, its case, or its place."""
    folder, _, name = path.rpartition("/")
    stem, _, ending = path.rpartition(".")
    if _COPY.match(name):
        return Finding(RULES["GR012"], Pointer(path), {"name": name})
    if ending != "yaml" and kind_of_file(f"{stem}.yaml"):
        return _not_read(path, _ENDING, f"{stem.rpartition('/')[2]}.yaml")
    if (wrong := _wrongly_named(folder, name)) is not None:
        return _not_read(path, *wrong)
    return Finding(RULES["GR008"], Pointer(path), {"expected": _expected_in(folder)})


def _check_root(names: list[str], files: Files) -> Iterator[Finding]:
    known = {name.casefold(): name for name in (*ROOT_FILES, *(f"{folder}/" for folder in FOLDERS))}
    for name in names:
        expected = known.get(_MEANT_ENDING.sub(".yaml", name).casefold())
        if name in known.values():
            continue
        if _LOCK.fullmatch(name):
            yield _lock(name)
        elif expected is not None:
            yield _not_read(name.rstrip("/"), _EXACTLY, expected.rstrip("/"))
        elif name.endswith("/"):
            yield from _check_root_folder(name.rstrip("/"), files)
        elif name.casefold().startswith("granskning") and is_yaml(name) and _COPY.match(name):
            yield Finding(RULES["GR012"], Pointer(name), {"name": name})
        elif name.lower().endswith((".yaml", ".yml")) and not name.startswith(".") and _is_ours(name, files):
            yield _not_read(name, N_("files of this kind do not lie here"), "criteria/ · strategies/")


def _check_root_folder(name: str, files: Files) -> Iterator[Finding]:
    """A folder in the root with what is looked for in another."""
    if name.startswith("."):
        return
    names = files.names(name)
    if "strategy.yaml" in names:
        yield _not_read(name, N_("files of this kind do not lie here"), f"strategies/{name}")
    meant = _meant(name, (*FOLDERS, "reviews"))
    below = [f"{name}/{inner}" for inner in names]
    if meant == "criteria" and _has_ours(below, files):
        yield _not_read(name, _EXACTLY, meant)
    rounds = (f"{path}{inner}" for path in below if path.endswith("/") for inner in files.names(path.rstrip("/")))
    if meant == "reviews" and _has_ours((*below, *rounds), files):
        yield _not_read(name, N_("files of this kind do not lie here"), "strategies/<id>/reviews")
    sought = {"strategies": "strategy.yaml", "templates": "report.html.j2"}.get(meant or "")
    if sought and any(path.endswith("/") and sought in files.names(path.rstrip("/")) for path in below):
        yield _not_read(name, _EXACTLY, meant or "")


def _has_ours(paths: Iterable[str], files: Files) -> bool:
    """Whether some of the files say that they are ours."""
    return any(path.endswith(".yaml") and _is_ours(path, files) for path in paths)


def _is_ours(path: str, files: Files) -> bool:
    """Whether a file beside ours says that it is one."""
    try:
        return _OURS.search(files.read(path)[:4096].decode("utf-8", "replace")) is not None
    except UnreadableFileError:
        return False


def _check_below(folder: str, files: Files, depth: int) -> Iterator[Finding]:
    """A folder and those below it."""
    names = files.names(folder)
    yield from _check_alike(folder, names)
    is_read = _READ_FOLDERS.fullmatch(folder) is not None
    for name in names:
        path = f"{folder}/{name.rstrip('/')}"
        yield from _check_name(path, name.rstrip("/"))
        yield from _check_entry(folder, name, path) if is_read else _check_exact(folder, name)
        if name.endswith("/") and not name.startswith(".") and depth < _DEEPEST:
            yield from _check_below(path, files, depth + 1)


def _check_entry(folder: str, name: str, path: str) -> Iterator[Finding]:
    """One file or folder in a folder whose files are read."""
    bare = name.rstrip("/")
    if _LOCK.fullmatch(bare):
        yield _lock(path)
    elif _BESIDE.fullmatch(bare):
        return
    elif _COPY.match(bare) and (not is_yaml(name) or kind_of_file(path) not in _TOLD_ELSEWHERE):
        yield Finding(RULES["GR012"], Pointer(path), {"name": bare})
    elif name.endswith("/"):
        if (wrong := _wrongly_named(folder, bare)) is not None:
            yield _not_read(path, *wrong)
    elif not is_yaml(name):  # YAML files that are not read are told of where they are listed
        stem, _, ending = path.rpartition(".")
        if ending.lower() in ("yaml", "yml"):
            yield _not_read(path, _ENDING, f"{stem.rpartition('/')[2]}.yaml")
        elif hidden := _HIDDEN_ENDING.match(name):
            yield _not_read(path, _ENDING, hidden["name"])
        else:
            yield _not_read(path, N_("no file of this kind is looked for here"), _expected_in(folder))


def _check_exact(folder: str, name: str) -> Iterator[Finding]:
    """A file that is looked for by its exact name, and has nearly that."""
    exact = next((names for place, names in _BY_NAME.items() if re.fullmatch(place, folder)), ())
    meant = _MEANT_ENDING.sub(".yaml", name).casefold()
    if name not in exact and meant in exact:
        yield _not_read(f"{folder}/{name}", _CASE if meant == name.casefold() else _EXACTLY, meant)


def _expected_in(folder: str) -> str:
    """What is looked for in a folder, in a few words."""
    if folder == "strategies":
        return "strategies/<id>/strategy.yaml"
    if folder.count("/") > 1 and folder.startswith("strategies/"):
        return "reviews/<round>/<reviewer>.yaml"
    return "strategy.yaml · actions.yaml · documents/" if folder.startswith("strategies/") else f"{folder}/<id>.yaml"


def _wrongly_named(folder: str, name: str) -> tuple[str, str] | None:
    """Why a name is not one of those looked for in the folder, and the one that it is most like."""
    expected = next((names for place, names in _WITHIN.items() if re.fullmatch(place, folder)), ())
    meant = _meant(name, expected)
    if meant is None or meant == name:
        return None
    return (_CASE if meant.casefold() == name.casefold() else _EXACTLY), meant


def _meant(name: str, expected: Collection[str]) -> str | None:
    """The expected name that another is most like, or is in Swedish."""
    plain = unicodedata.normalize("NFC", name).casefold()
    if (swedish := _MEANT.get(plain)) in expected:
        return swedish
    return next((one for one in expected if is_near(plain, one)), None)


def _check_name(path: str, name: str) -> Iterator[Finding]:
    """That other computers can hold a name."""
    reason = None
    if _RESERVED.match(name):
        reason = N_("Windows keeps the name for a device")
    elif name.endswith((".", " ")) or name.startswith(" "):
        reason = N_("it begins or ends with a space, or ends with a full stop")
    elif _FORBIDDEN.search(name):
        reason = N_('it has a character that Windows does not allow (< > : " | ? * \\)')
    elif any("\ud800" <= letter <= "\udfff" for letter in name):
        reason = N_("it is not written in UTF-8")
    if reason is not None:
        yield Finding(RULES["GR013"], Pointer(path), {"name": name, "reason": Words(reason)})


def _check_alike(folder: str, names: list[str]) -> Iterator[Finding]:
    """Names that a computer which does not tell capitals, or ways to write å, apart takes for one."""
    seen: dict[str, str] = {}
    for name in (one.rstrip("/") for one in names):
        other = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if other != name:
            path = f"{folder}/{name}" if folder else name
            yield Finding(RULES["GR014"], Pointer(path), {"name": name, "other": other})


def _not_read(path: str, reason: str, expected: str) -> Finding:
    return Finding(RULES["GR010"], Pointer(path), {"reason": Words(reason), "expected": expected})


def _lock(path: str) -> Finding:
    name = path.rpartition("/")[2]
    return Finding(RULES["GR011"], Pointer(path), {"name": name, "file": re.sub(r"~\$|\.~lock\.|\.#|#\Z", "", name)})
