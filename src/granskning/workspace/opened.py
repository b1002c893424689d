"""The files of one loading: each read once, taken apart, and its values held against its schema.

Files in, values out, and what is wrong with the text itself goes among the findings. It never says what values mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from granskning.errors import FileTooLargeError, UnreadableFileError, Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.severity import Severity
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.lineage import version_key
from granskning.workspace.checks.check_private import PEOPLE_ARE_NAMED_IN, check_private, may_be_private
from granskning.workspace.checks.conflict import conflict_findings
from granskning.workspace.collected import CollectedFindings
from granskning.workspace.schema.kinds import kind_of_file
from granskning.workspace.schema.schema import FORMS, check_values
from granskning.workspace.schema.swallowed_keys import check_swallowed_keys
from granskning.workspace.variants import base_paths, is_variant, resolve
from granskning.workspace.yaml.check_letters import check_letters, may_be_unprintable
from granskning.workspace.yaml.source import Fault, TextLines, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from granskning.files import Files
    from granskning.findings.finding import Path
    from granskning.workspace.variants import Variant

_NO_TEXT = TextLines("")
_IN_BASE = N_("it stands in {base_place}, which the variant builds on; replace it here, or mend it there")


@dataclass(slots=True)
class OpenedFiles:
    """What has been read so far, and what was wrong with it."""

    files: Files
    is_told: bool = True
    """Whether what is wrong is told to somebody; if not, only what decides the workspace is looked for."""
    collected: CollectedFindings = field(default_factory=CollectedFindings)
    read: list[str] = field(default_factory=list)
    """The files that were read, in order."""
    values: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    """The sound values of each file that has been opened; None when something is wrong with it."""
    faulty: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The values of each file that does not fit its schema."""
    listed: dict[str, list[str]] = field(default_factory=dict)
    language: str = "sv"
    """The folder's, which texts are in that do not say theirs."""
    bases: dict[str, str] = field(default_factory=dict)
    """By file of a variant: the set that it builds on."""
    variants: dict[str, Variant] = field(default_factory=dict)
    """The variants that could be resolved."""

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, looked for once."""
        if folder not in self.listed:
            self.listed[folder] = self.files.under(folder)
        return self.listed[folder]

    def open(self, path: str) -> dict[str, Any] | None:
        """The sound values of a file, read once; None when something is wrong with its text or its form."""
        if path not in self.values:
            self.values[path] = None  # until it has been read: it may name itself
            values, text = self.read_values(path)
            kind = kind_of_file(path) or ""
            if kind == "criteria" and is_variant(values):
                self.values[path] = self._open_variant(path, values, text)
                return self.values[path]
            faults = [] if values is None else check_values(kind, values, path)
            self.collected.add_placed(faults, text)
            self.values[path] = None if faults else values
            if faults and isinstance(values, dict):
                self.faulty[path] = values
        return self.values[path]

    def _open_variant(self, path: str, values: dict[str, Any], text: TextLines) -> dict[str, Any] | None:
        """The whole set that a variant is; None when it has errors, or the set that it builds on."""
        faults = check_values("variant", values, path)
        variant = None
        if not faults:
            self.bases[path] = values["extends"]
            base, file, faults = self._open_base(path, values)
            if base is not None:
                variant = self.variants[path] = resolve(values, base, (path, file), self.language)
                faults = list(variant.faults)
        is_sound = variant is not None and not any(fault.rule.severity is Severity.ERROR for fault in faults)
        if variant is not None and is_sound:
            errors = check_values("criteria", variant.values, path)
            faults += self._in_variant(variant, errors)
            is_sound = not errors
        self.collected.add_placed(faults, text)
        return variant.values if variant is not None and is_sound else None

    def _open_base(self, path: str, values: dict[str, Any]) -> tuple[dict[str, Any] | None, str, list[Finding]]:
        """The values of the set that a variant builds on, and their file; or why there are none."""
        reference = values["extends"]
        name, _, version = reference.partition("@")
        if values["id"] == name and version_key(values["version"]) <= version_key(version):
            code = "GR491" if values["version"] == version else "GR498"
            return None, "", [_of_base(code, path, set=reference, version=values["version"])]
        for file in base_paths(reference):
            if file == path or not self.files.exists(file):
                continue
            base = self.open(file)
            if (its_own := self.bases.get(file)) is not None:
                if f"{values['id']}@{values['version']}" == its_own:
                    return None, "", [_of_base("GR491", path, set=reference)]
                if base is None or f"{base['id']}@{base['version']}" == reference:
                    return None, "", [_of_base("GR492", path, set=reference, base=its_own)]
            elif base is None:
                return None, "", [_of_base("GR493", path, set=reference, file=file)]
            elif f"{base['id']}@{base['version']}" == reference:
                return base, file, []
        known = self._references()
        named = {"set": reference, "found": KnownNames(known)}
        return None, "", [Finding(RULES["GR490"], Pointer(path, ("extends",)), named, near=(reference, known))]

    def _references(self) -> list[str]:
        """The sets of the folder that are whole and can be read."""
        values = (self.open(path) for path in self.under("criteria") if kind_of_file(path) == "criteria")
        return sorted({f"{item['id']}@{item['version']}" for item in values if item and "variant_of" not in item})

    def _in_variant(self, variant: Variant, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of a whole set, each at what stands in the variant; those of the other set are told there."""
        named = [(item.rule.code, item.at.path, item.values) for item in self.collected.kept
                if item.at.file == variant.base_file]  # fmt: skip
        for finding in findings:
            own, base = variant.origin(finding.at.path)
            if base is not None and (finding.rule.code, base, finding.values) in named:
                continue
            if own is not None:
                yield replace(finding, at=replace(finding.at, path=own))
                continue
            place = self._base_place(variant.base_file, base or ())
            rule = replace(finding.rule, hint=_IN_BASE)
            values = {**finding.values, "base_place": place}
            yield replace(finding, rule=rule, at=Pointer(variant.file, ("extends",)), values=values)

    def _base_place(self, file: str, path: Path) -> str:
        text = self._text(file)
        place = TextLines(text or "").locator.place(path)
        return f"{file}:{place.line}"

    def read_values(self, path: str) -> tuple[Any, TextLines]:
        """The values of a file and its text; None for what cannot be read to its end."""
        self.read.append(path)
        text = self._text(path)
        if text is None:
            return None, _NO_TEXT
        lines = TextLines(text)
        reading = read(text)
        for fault in reading.faults:
            self.collected.add_fault(path, fault, lines)
            if fault.code == "GR007" and kind_of_file(path) == "review":
                for finding in conflict_findings(path, text):
                    self.collected.add(finding, lines)
        # of a review that cannot be modelled, the first thing that is wrong says why it does not count
        if reading.whole and (self.is_told or kind_of_file(path) == "review"):
            for finding in _within_text(path, text, reading.value, lines):
                self.collected.add(finding, lines)
        return (reading.value if reading.whole else None), lines

    def _text(self, path: str) -> str | None:
        try:
            text = decode(self.files.read(path))
        except FileTooLargeError as error:
            self.collected.add(Finding(RULES["GR004"], Pointer(path), error.values))
            return None
        except UnreadableFileError as error:
            reason = Words(error.message) if not error.values else str(error)
            self.collected.add(Finding(RULES["GR001"], Pointer(path), {"reason": reason}))
            return None
        if isinstance(text, Fault):
            self.collected.add_fault(path, text, None)
            return None
        return text

    def add(self, path: str, findings: Iterable[Finding]) -> None:
        """Take in findings of a file that has been read before."""
        told: Sequence[Finding] = list(findings)
        if told:
            text = decode(self.files.read(path))
            if path in self.variants:
                placed = self._in_variant(self.variants[path], told)
                self.collected.add_placed(placed, TextLines(text if isinstance(text, str) else ""))
                return
            self.collected.add_placed(told, TextLines(text if isinstance(text, str) else ""))


def _within_text(path: str, text: str, values: Any, lines: TextLines) -> Iterator[Finding]:
    """What is wrong with the words of a file, whatever they mean: people in them, letters, keys that became text."""
    data, kind = text.encode(), kind_of_file(path)
    if kind in PEOPLE_ARE_NAMED_IN and may_be_private(data):
        yield from check_private(values, path, lines)
    if may_be_unprintable(data):
        yield from check_letters(values, path, lines)
    if kind in FORMS:
        yield from check_swallowed_keys(kind, path, text)


def _of_base(code: str, path: str, **values: object) -> Finding:
    """What is wrong with the set that a variant builds on."""
    return Finding(RULES[code], Pointer(path, ("extends",)), values)
