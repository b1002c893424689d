"""Variants of criteria sets: the set that a variant builds on and what it replaces in, one whole set out.

A variant is a file with `extends: SET@VERSION`. What it says goes before what the other set says: a key replaces the
whole value, in lists of parts with ids (`BY_ID`) and in `scoring` piece by piece, and what goes away is named under
`removes`. What belongs to a file itself (`OWN`) is never taken over. It reads nothing but what it is given, and never
decides whether the outcome is sound: that is for the schema and the checks, which see a whole set like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.severity import Severity
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.workspace.schema.derived import BY_ID
from granskning.workspace.schema.kinds import MARK
from granskning.workspace.schema.schema import is_sound, keys_of_new, load_schema, resolved
from granskning.workspace.yaml.source import decode, read
from granskning.workspace.yaml.yaml_text import entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from granskning.files import Files
    from granskning.findings.finding import Path

Values = dict[str, Any]

OWN = ("schema", "id", "version", "title", "status", "owner", "date", "changes", "retired", "extends", "removes")
"""What a set says of its own file."""
_OF_VARIANTS = ("extends", "removes")
_KINDS = {
    "areas": N_("area"), "scales": N_("scale"), "classes": N_("class"), "challenges": N_("challenge"),
    "goals": N_("goal"), "targets": N_("target picture"), "criteria": N_("question"), "scoring": N_("key of scoring"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where something of the whole set stands: in the variant, in the set that it builds on, or in both."""

    own: Path | None
    base: Path | None


@dataclass(slots=True)
class Variant:
    """A variant resolved: the whole set, where each part of it stands, and what is not as in the other set."""

    file: str
    reference: str
    """The set that it builds on."""
    base_file: str
    values: Values = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """Keys of the set itself that are replaced."""
    origins: dict[Path, _Origin] = field(default_factory=dict)

    def origin(self, path: Path) -> tuple[Path | None, Path | None]:
        """Where a path of the whole set leads in the variant and in the other set; None where it leads nowhere."""
        for length in range(len(path), -1, -1):
            if (origin_found := self.origins.get(path[:length])) is not None:
                rest = path[length:]
                return (None if origin_found.own is None else (*origin_found.own, *rest),
                        None if origin_found.base is None else (*origin_found.base, *rest))  # fmt: skip
        return path, None


def is_variant(values: Any) -> bool:
    """Whether the values of a criteria set are those of a variant."""
    return isinstance(values, dict) and "extends" in values


def base_paths(reference: str) -> tuple[str, str]:
    """The files where the set of a reference may lie, the current version first."""
    name, _, version = reference.partition("@")
    return f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml"


def resolve(values: Values, base: Values, files: tuple[str, str], language: str) -> Variant:
    """The whole set. `files` are those of the variant and of the other set; `language` is that of the folder."""
    variant = Variant(files[0], values["extends"], files[1])
    now, then = values.get("language", base.get("language", language)), base.get("language", language)
    if now != then:  # words without a language are in that of their own set
        schema = load_schema("criteria")
        base = _with_language(base, schema, schema, then)
    removes = {kind: dict.fromkeys(names) for kind, names in values.get("removes", {}).items()}
    _Resolver(variant, removes).whole(values, base)
    if not any(fault.rule.severity is Severity.ERROR for fault in variant.faults):
        shown: Values = {"set": variant.reference, "own": f"{values['id']}@{values['version']}"}
        shown |= {name: KnownNames(getattr(variant, name)) for name in ("replaced", "added", "removed", "keys")}
        variant.faults.append(Finding(RULES["GR497"], Pointer(variant.file, ("extends",)), shown))
    return variant


def whole_values(files: Files, path: str) -> Values:
    """The values of a criteria set, those of a variant whole; none where they, or the other set's, cannot be read.

    In git they may be half written: what breaks its schema cannot be put together.
    """
    values = _values(files, path)
    if not is_variant(values):
        return values
    settings = _values(files, MARK) if files.exists(MARK) else {}
    language = str(settings.get("language", "sv"))
    reference = str(values["extends"])
    for at in base_paths(reference):
        if at != path and files.exists(at):
            base = _values(files, at)
            is_meant = not is_variant(base) and f"{base.get('id')}@{base.get('version')}" == reference
            if is_meant and is_sound("criteria", base) and is_sound("variant", values):
                return resolve(values, base, (path, at), language).values
    return {}


def whole_bytes(files: Files, path: str) -> bytes:
    """The bytes of a file; of a variant, the whole set written out. What cannot be resolved stays as it is."""
    data = files.read(path)
    if not path.startswith("criteria/") or not may_be_variant(data):
        return data
    values = whole_values(files, path)
    return written(values) if values else data


def written(values: Values) -> bytes:
    """A whole set as a file."""
    return ("\n".join(line for key, value in values.items() for line in entry(key, value, 0)) + "\n").encode()


def may_be_variant(data: bytes) -> bool:
    """Whether the bytes of a criteria set may be those of a variant, told without parsing them."""
    return data.startswith(b"extends:") or b"\nextends:" in data or b'"extends"' in data or b"'extends'" in data


def named_base(data: bytes) -> str:
    """The set that the bytes of a variant name; empty for any other set."""
    text = decode(data) if may_be_variant(data) else None
    values: Any = read(text).value if isinstance(text, str) else None
    return str(values["extends"]) if is_variant(values) else ""


def _values(files: Files, path: str) -> Values:
    text = decode(files.read(path))
    value = reading.value if isinstance(text, str) and (reading := read(text)).whole else None
    return value if isinstance(value, dict) else {}


def _with_language(value: Any, schema: Values, whole: Values, language: str) -> Any:
    """The value with every text that does not say its language saying it."""
    schema = resolved(schema, whole)
    if isinstance(value, str):
        is_text = schema.get("x-prose") and "object" in schema.get("type", ())
        return {language: value} if is_text else value
    if isinstance(value, list):
        items = schema.get("items", {})
        return [_with_language(item, items, whole, language) for item in value]
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties")
        others = others if isinstance(others, dict) else {}
        return {key: _with_language(item, known.get(key, others), whole, language) for key, item in value.items()}
    return value


@dataclass(slots=True)
class _Resolver:
    """The state of one resolving."""

    variant: Variant
    removes: dict[str, dict[str, None]]

    def whole(self, values: Values, base: Values) -> None:
        """Lay the one over the other."""
        own = {key: value for key, value in values.items() if key not in _OF_VARIANTS}
        kept = {key: value for key, value in base.items() if key not in OWN}
        mark = self.variant.origins
        mark[()] = _Origin((), None)
        head = {key: own[key] for key in own if key in OWN}
        whole: Values = {**head, "variant_of": self.variant.reference}
        mark["variant_of",] = _Origin(("extends",), None)
        for key in dict.fromkeys((*kept, *(item for item in own if item not in OWN))):
            path: Path = (key,)
            if _holds(key, own.get(key, kept.get(key))):
                whole[key] = self.parts(key, own.get(key), kept.get(key), (path, path, path))
            elif key == "scoring":
                whole[key] = self.keys(own.get(key, {}), kept.get(key, {}), (path, path, path), "scoring.")
            else:
                whole[key] = self.value(key, own, kept, (path, path, path), key)
        self.variant.values = _without_emptied(whole, own)
        self.unknown_removals(base)

    def keys(self, own: Values, base: Values, at: tuple[Path, Path, Path], name: str) -> Values:
        """A group of keys, key by key."""
        path, own_path, base_path = at
        self.variant.origins[path] = _Origin(own_path if own else None, base_path if base else None)
        away = self.removes.get("scoring", {}) if name == "scoring." else {}
        whole: Values = {}
        for key in dict.fromkeys((*base, *own)):
            if key in away and key in base and key not in own:
                self.variant.removed.append(f"{name}{key}")
                continue
            paths = ((*path, key), (*own_path, key), (*base_path, key))
            whole[key] = self.value(key, own, base, paths, f"{name}{key}")
        return whole

    def value(self, key: str, own: Values, base: Values, at: tuple[Path, Path, Path], name: str) -> Any:
        """What stands at a key: the variant's whole value, else the other set's."""
        path, own_path, base_path = at
        is_own, is_base = key in own, key in base
        self.variant.origins[path] = _Origin(
            own_path if is_own else None, base_path if is_base and not is_own else None
        )
        if not is_own:
            return base[key]
        if is_base and base[key] == own[key]:
            self.same(own_path, name)
        elif name:
            self.variant.keys.append(name)
        return own[key]

    def parts(self, kind: str, own: list[Any] | None, base: list[Any] | None, at: tuple[Path, Path, Path]) -> Any:
        """Parts with ids, in the other set's order; new ones come last."""
        path, own_path, base_path = at
        self.variant.origins[path] = _Origin(None if own is None else own_path, None if base is None else base_path)
        places: dict[str, int] = {}
        for number, item in enumerate(own or ()):
            places.setdefault(_id_of(item), number)
        whole: list[Any] = []
        known: list[str] = []
        taken: set[int] = set()
        for number, item in enumerate(base or ()):
            name = _id_of(item)
            if name in self.removes.get(kind, {}):
                self.variant.removed.append(name)
                continue
            known.append(name)
            place = places.get(name) if name else None
            at_part, other = (*path, len(whole)), (*base_path, number)
            if place is None:
                whole.append(self.untouched(item, at_part, other))
            else:
                taken.add(place)
                whole.append(self.part(own[place] if own else {}, item, (at_part, (*own_path, place), other)))
        for number, item in enumerate(own or ()):
            if number not in taken:
                self.variant.origins[*path, len(whole)] = _Origin((*own_path, number), None)
                whole.append(item)
                self.new(kind, item, (*own_path, number), known)
        return whole

    def untouched(self, item: Any, path: Path, other: Path) -> Any:
        """A part of the other set that the variant does not name, without what has been removed from it."""
        self.variant.origins[path] = _Origin(None, other)
        if not self.removes or not isinstance(item, dict):
            return item
        kept = {
            key: self.parts(key, None, value, ((*path, key), path, (*other, key))) if _holds(key, value) else value
            for key, value in item.items()
        }
        return _without_emptied(kept, {})

    def part(self, own: Values, base: Values, at: tuple[Path, Path, Path]) -> Values:
        """A part that both have, key by key."""
        path, own_path, base_path = at
        self.variant.origins[path] = _Origin(own_path, base_path)
        whole: Values = {}
        is_changed = False
        for key in dict.fromkeys((*base, *own)):
            paths = ((*path, key), (*own_path, key), (*base_path, key))
            if _holds(key, own.get(key, base.get(key))):
                whole[key] = self.parts(key, own.get(key), base.get(key), paths)
            elif key == "id":
                self.variant.origins[paths[0]] = _Origin(paths[1], None)
                whole[key] = own[key]
            else:
                whole[key] = self.value(key, own, base, paths, "")
                is_changed = is_changed or (key in own and own[key] != base.get(key))
        if is_changed:
            self.variant.replaced.append(own["id"])
        if own.keys() == {"id"}:
            self.same(own_path, own["id"])
        return _without_emptied(whole, own)

    def new(self, kind: str, item: Any, path: Path, known: list[str]) -> None:
        """Take note of a part that the other set has not, or of one that was probably meant to be one of those."""
        name = _id_of(item)
        missing = [key for key in keys_of_new(kind) if isinstance(item, dict) and key not in item]
        if missing:
            shown = {"kind": Words(_KINDS[kind]), "id": name, "set": self.variant.reference,
                    "missing": ", ".join(missing)}  # fmt: skip
            self.fault("GR495", (*path, "id"), shown, (name, known))
        elif name:
            self.variant.added.append(name)

    def same(self, path: Path, name: str) -> None:
        """Take note of what is replaced by the same."""
        shown = {"name": name or str(path[-1]), "set": self.variant.reference}
        self.variant.faults.append(Finding(RULES["GR496"], Pointer(self.variant.file, path, key=True), shown))

    def unknown_removals(self, base: Values) -> None:
        """Take note of what is to be removed and is not there."""
        known = {kind: sorted(_ids(kind, base)) for kind in self.removes}
        for kind, names in self.removes.items():
            for number, name in enumerate(names):
                if name not in known[kind]:
                    shown = {"kind": Words(_KINDS[kind]), "id": name, "set": self.variant.reference}
                    self.fault("GR494", ("removes", kind, number), shown, (name, known[kind]))

    def fault(self, code: str, path: Path, shown: Values, near: tuple[str, list[str]]) -> None:
        """Take note of a fault in the variant."""
        self.variant.faults.append(Finding(RULES[code], Pointer(self.variant.file, path), shown, near=near))


def _id_of(item: Any) -> str:
    return str(item.get("id", "")) if isinstance(item, dict) else ""


def _without_emptied(values: Values, own: Values) -> Values:
    """The values without lists that are empty since all in them has been removed."""
    return {key: value for key, value in values.items() if value != [] or key in own or key not in BY_ID}


def _holds(key: str, value: Any) -> bool:
    """Whether a list holds parts with ids, instead of naming some that stand elsewhere."""
    return key in BY_ID and isinstance(value, list) and not any(isinstance(item, str) for item in value)


def _ids(kind: str, values: Values) -> Iterator[str]:
    if kind == "scoring":
        yield from values.get("scoring", {})
    elif kind not in ("targets", "criteria"):
        yield from (_id_of(item) for item in values.get(kind, ()))
    else:
        yield from _ids_below(kind, values.get("targets", ()))


def _ids_below(kind: str, targets: Iterable[Any]) -> Iterator[str]:
    for target in targets:
        if kind == "targets":
            yield _id_of(target)
        else:
            yield from (_id_of(item) for item in target.get("criteria", ()))
        yield from _ids_below(kind, target.get("targets", ()))
