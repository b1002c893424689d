"""The names of strategies, rounds and reviews as users write them: STRATEGY, STRATEGY/ROUND or STRATEGY/ROUND/ROLE.

Every command takes a path and these names alike, and asks here what they stand for. A path that is there is a path.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from granskning.edges.disk import FolderFiles, find_root
from granskning.edges.lookup import exists, is_link, resolved
from granskning.errors import GranskningError, NotAWorkspaceError, UsageError
from granskning.findings.suggestions import advice_on, is_near, nearest
from granskning.i18n import N_
from granskning.tasks.folder.missing import no_such_path, strategy_names, unknown_strategy
from granskning.workspace.schema.kinds import kind_of_file

_STRATEGY, _ROUND, _REVIEW = 1, 2, 3
"""How many parts each kind of name has."""


def path_of(start: Path, name: Path) -> Path:
    """The path that a name stands for, from `start`; a path stays as it is, as does what is no name of anything.

    A role is the one that the review itself names, whatever its file is called. Raises UsageError for a strategy that
    is there without the round or the role, and for a name that is nearly a strategy's or only a part of one.
    A name may be written with backslashes, and with its file's ending.
    """
    if not exists(start / name):
        name = Path(str(name).replace("\\", "/"))
    if name.is_absolute() or exists(start / name) or is_link(start / name) or len(name.parts) not in range(1, 4):
        return name
    try:
        root = find_root(start)
    except NotAWorkspaceError:
        return name
    bare = name.with_suffix("") if name.suffix in (".yaml", ".yml") and len(name.parts) == _REVIEW else name
    path = root / _Names(FolderFiles(root)).find(bare.parts) if _is_name(bare) else None
    return name if path is None or path == root else _from(start, path)


def name_of(start: Path, name: str) -> str:
    """The name of the strategy, round or review that a path lies in; what is no such path stays as it is.

    Raises UsageError for a path below `strategies` that is not there.
    """
    try:
        root = find_root(start)
        if not exists(start / name):
            return _no_path(start, root, name)
        parts = resolved(start / name).relative_to(resolved(root)).parts
    except (NotAWorkspaceError, ValueError):
        return name
    if len(parts) < _STRATEGY + 1 or parts[0] != "strategies":
        return name
    if len(parts) > _REVIEW and kind_of_file(path := "/".join(parts)) == "review":
        return "/".join((parts[1], parts[3], _Names(FolderFiles(root)).role(path) or PurePath(path).stem))
    return "/".join((parts[1], *parts[3:4])) if parts[2:3] == ("reviews",) else parts[1]


def _no_path(start: Path, root: Path, name: str) -> str:
    """The name, unless it is written as a path."""
    first, *rest = PurePath(name).parts or ("",)
    if len(rest) >= _REVIEW or (rest and is_near(first, "strategies")):
        raise no_such_path(start, Path(name), FolderFiles(root))
    return name


def _is_name(name: PurePath) -> bool:
    """Whether it may be one: no path with steps or endings in it, nor with the folder that the rounds lie in."""
    return not any(part in ("-", "reviews") or "." in part for part in name.parts)


def _from(start: Path, path: Path) -> Path:
    """A path as whoever stands at `start` would write it, where it lies below; else whole."""
    try:
        return path.relative_to(resolved(start))
    except ValueError:
        return path


class _Names:
    """What a working folder has, by the files that lie in it."""

    def __init__(self, files: FolderFiles) -> None:
        self._files = files
        self._paths = files.under("strategies")

    def find(self, parts: tuple[str, ...]) -> str:
        """The folder or file that the parts name, from the root; the root itself where they are no name."""
        strategies = strategy_names(self._files)
        if parts[0] not in strategies:
            if len(parts) == 1:
                self._complain_of_a_part(parts[0])
            if nearest(parts[0], strategies) is None:
                return ""
            raise unknown_strategy(parts[0], strategies, below=parts[1:])
        folder = f"strategies/{parts[0]}"
        if len(parts) == _STRATEGY:
            return folder
        reviews = [path for path in self._paths if path.startswith(f"{folder}/") and kind_of_file(path) == "review"]
        folder = self._round(parts, [path.split("/")[3] for path in reviews])
        if len(parts) == _ROUND:
            return folder
        return self._review(parts, [path for path in reviews if path.startswith(f"{folder}/")])

    def _complain_of_a_part(self, part: str) -> None:
        """Raise UsageError where a round or a role stands alone; a name begins with the strategy."""
        split = [path.removesuffix(".yaml").split("/") for path in self._paths if kind_of_file(path) == "review"]
        whole = [f"{strategy}/{round_}" for _, strategy, _, round_, _ in split if round_ == part]
        whole += [f"{strategy}/{round_}/{role}" for _, strategy, _, round_, role in split if role == part]
        if whole:
            message = N_("{name} stands without its strategy")
            raise UsageError(message, N_("did you mean {suggestion}?"), name=part, suggestion=max(whole))

    @staticmethod
    def _round(parts: tuple[str, ...], rounds: list[str]) -> str:
        strategy, round_ = parts[:_ROUND]
        if round_ in rounds:
            return f"strategies/{strategy}/reviews/{round_}"
        message, whole = N_("the strategy {strategy} has no round {round}"), "/".join((strategy, "{}", *parts[_ROUND:]))
        known = sorted(set(rounds))
        advice = advice_on(round_, known, N_("its rounds: {known}"), whole=whole)
        raise UsageError(message, **advice, strategy=strategy, round=round_)

    def _review(self, parts: tuple[str, ...], paths: list[str]) -> str:
        roles = {path: self.role(path) for path in paths}
        by_role = [path for path, role in roles.items() if role == parts[-1]]
        by_file = [path for path in paths if PurePath(path).stem == parts[-1] and not roles[path]]
        if by_role or by_file:
            return (by_role or by_file)[0]
        names = sorted(role or PurePath(path).stem for path, role in roles.items())
        message, listing = N_("the round {round} has no review by {role}"), N_("those that are there: {known}")
        round_ = "/".join(parts[:_ROUND])
        advice = advice_on(parts[-1], names, listing, whole=f"{round_}/{{}}")
        raise UsageError(message, **advice, round=round_, role=parts[-1])

    def role(self, path: str) -> str:
        """Who reviewed, as the file says; empty where it cannot be read."""
        from granskning.workspace.yaml.source import decode, read  # noqa: PLC0415  # a path needs none of it

        try:
            text = decode(self._files.read(path))
        except GranskningError:
            return ""
        values = read(text).value if isinstance(text, str) else None
        role = values.get("reviewer") if isinstance(values, dict) else None
        return role if isinstance(role, str) else ""
