"""Whether a report agrees with the files that it carries: by its manifest, and when it is made once more from them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.printing.deciding_libraries import PRINTERS, RENDERERS
from granskning.edges.printing.pdf import Printed, missing_libraries
from granskning.edges.readers.reading import differing_pages, read_pdf, reading_limit
from granskning.errors import GranskningError
from granskning.files import is_plain
from granskning.i18n import N_, NN_, Translator
from granskning.json_reading import parse_json, parse_object
from granskning.reporting.html.page_lines import compare_pages, is_other_layout, same_words
from granskning.scoring.score_history import ScoreHistory, memory_of
from granskning.shipped import fonts_folder
from granskning.tasks.proof.reproduce import all_templates, can_remake, reproduce_report
from granskning.tasks.proof.verification_report import VerificationAnswer
from granskning.tasks.reports.attachments import (
    HISTORY,
    MANIFEST,
    REPORT,
    TEMPLATES,
    fingerprint,
    fingerprint_of,
    layout_of,
    make_attachments,
    report_data,
    versions,
)
from granskning.tasks.reports.printing import Job, print_all, printing_limit
from granskning.workspace.schema.returned import read_returned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.edges.readers.pdf_reading import ReadPdf
    from granskning.tasks.proof.reproduce import Remade

_LINE_END = re.compile(rb"\r\n?")
_MOST_TOLD = 12
"""So many disagreements of one sort are told one by one."""
_LONGEST = 160


def read_manifest(pdf: ReadPdf) -> dict[str, Any] | None:
    """The manifest of a PDF, when it has one that can be read and is of a kind known here."""
    data = dict(pdf.attachments).get(MANIFEST)
    values: dict[str, Any] | None = read_returned("manifest", data) if data is not None else None
    if values is None:
        return None
    paths = [file[part] for file in values["files"] for part in ("name", "path")]
    return values if all(map(is_plain, paths)) else None


def read_memory(data: bytes | None) -> ScoreHistory:
    """What a report tells that git remembered; nothing where it carries no such file, or one of another form."""
    values = read_returned("moments", data) if data is not None else None
    return ScoreHistory() if values is None else memory_of(values)


@dataclass(frozen=True, slots=True)
class _Case:
    """The file in all its parts."""

    data: bytes
    pdf: ReadPdf
    manifest: Mapping[str, Any]
    contents: Mapping[str, bytes]
    """The files that it rests on, by name."""
    apart: bool
    """Whether they lie beside it, and not in it."""
    file: str
    """What errors call it."""
    seconds: float | None
    """The processor time that each step may take, where the reader has chosen one."""

    @property
    def own(self) -> dict[str, str]:
        """The templates that it was made with beside the shipped ones; nothing where they are not of that form."""
        values = parse_object(self.contents.get(TEMPLATES, b"{}"))
        return values if all(isinstance(text, str) for text in values.values()) else {}


def try_sources(
    data: bytes, pdf: ReadPdf, file: str, *, apart: bool = False, seconds: float | None = None
) -> VerificationAnswer:
    """Hold the file against its manifest and its sources; `apart` when those lie beside the file and not in it."""
    answer = VerificationAnswer("sources")
    manifest = read_manifest(pdf)
    if not pdf.whole:
        answer.remarks_that(N_("The end of the file is not there; it may have been cut short."))
    if manifest is None:
        _tell_why_not(answer, pdf)
        return answer
    case = _Case(data, pdf, manifest, dict(pdf.attachments), apart, file, seconds)
    _try_files(answer, case)
    _try_again(answer, case)
    return answer


def _tell_why_not(answer: VerificationAnswer, pdf: ReadPdf) -> None:
    """Why there is no manifest to go by."""
    found = dict(pdf.attachments).get(MANIFEST)
    if found is not None:
        named = parse_object(found).get("schema")
        if isinstance(named, str) and named.startswith("granskning/manifest/") and named != "granskning/manifest/1":
            answer.remarks_that(N_("The file was made by a newer version of granskning, whose manifest is not known."))
        else:
            answer.add_mismatch(MANIFEST, N_("the manifest is not as granskning writes it"))
    elif pdf.ours and pdf.part == "3":
        answer.add_mismatch(MANIFEST, N_("the file should carry its sources, but they have been taken out"))
    elif pdf.ours:
        answer.remarks_that(N_("An archive copy does not carry its sources. They lie in the zip file beside it."))
    else:
        answer.remarks_that(N_("The file has no manifest, so it is not a report that granskning has made."))


def _parse(data: bytes) -> Any:
    try:
        return parse_json(data)
    except ValueError:
        return None


def _try_files(answer: VerificationAnswer, context: _Case) -> None:
    """Hold the embedded files against the manifest, and the manifest against the file's own id."""
    manifest, contents = context.manifest, context.contents
    names = [name for name, _ in context.pdf.attachments]
    named = {entry["name"]: entry for entry in manifest["files"]}
    for name, one in named.items():
        if name not in contents:
            answer.add_mismatch(name, N_("the file is named in the manifest but is not there"))
        elif fingerprint(contents[name]) != one["sha256"]:
            answer.add_mismatch(name, N_("the file is not the one that the manifest names"))
    for name in sorted(set(names) - set(named) - {MANIFEST}):
        answer.add_mismatch(name, N_("the file is not named in the manifest"))
    for name in sorted({name for name in names if names.count(name) > 1}):
        answer.add_mismatch(name, N_("there are several files of that name"))
    if not is_id_of(contents[MANIFEST], context.pdf.identity):
        answer.add_mismatch(MANIFEST, N_("the manifest is not the one that the file was made with"))
    hashes = {entry["path"]: entry["original_sha256"] for entry in manifest["files"] if entry["rests_on"]}
    if fingerprint_of(hashes) != manifest["fingerprint"]:
        answer.add_mismatch(MANIFEST, N_("the fingerprint of the sources does not agree with the files it is of"))
    answer.add_check(
        NN_("{count} embedded file against the manifest", "{count} embedded files against the manifest"),
        count=len(named),
    )


def is_id_of(manifest: bytes, identity: bytes) -> bool:
    """Whether a file's own id is the one that was made of this manifest.

    A line end within a PDF's text is read as a line feed, whichever it was (ISO 32000-1, 7.3.4.2). So the byte 0D of an
    id is 0A once another program has saved the file: of `0d2ff1…` becomes `0a2ff1…`.
    """
    made = bytes.fromhex(fingerprint(manifest)[:32])
    return _LINE_END.sub(b"\n", made) == _LINE_END.sub(b"\n", identity)


def _try_again(answer: VerificationAnswer, context: _Case) -> None:
    """Score the embedded sources, make the report again, and hold the file against it."""
    manifest, contents = context.manifest, context.contents
    made_with, kind = manifest["tool"]["version"], manifest["report"]["kind"]
    if not can_remake(kind):
        message = N_("Pages and numbers: a report of the kind {kind} cannot be made from its embedded files alone.")
        answer.add_skipped(message, kind=kind)
        return
    own = context.own
    alike = _is_alike(manifest, own)
    files = {entry["path"]: contents[entry["name"]] for entry in manifest["files"]
             if entry["role"] == "source" and entry["name"] in contents}  # fmt: skip
    try:
        remade = reproduce_report(manifest, files, own, read_memory(contents.get(HISTORY)), context.seconds)
    except GranskningError as error:
        answer.remarks_that(error.message, **error.values)
        remade = None
    if remade is None:
        answer.add_mismatch(manifest["report"]["title"], N_("the embedded sources do not give this report"))
        return
    if not alike:
        message = N_("The file was made with granskning {version} and its libraries or templates of then. Here is "
                     "{here}. Whether a difference comes from that cannot be told.")  # fmt: skip
        answer.remarks_that(message, version=made_with, here=__version__)
    found = VerificationAnswer("sources")
    _try_numbers(found, contents.get(REPORT, b""), kind, remade)
    _try_pages(found, context, remade)
    answer.remarks += found.remarks
    answer.complete = found.complete
    if alike or not found.disagreements:
        answer.tried += found.tried
        answer.disagreements += found.disagreements
    else:
        answer.add_skipped(N_("Pages and numbers cannot be tried with this version. Places that differ: {count}."),
                          count=len(found.disagreements))  # fmt: skip


def _is_alike(manifest: Mapping[str, Any], own: Mapping[str, str]) -> bool:
    """Whether what made the file is what is here."""
    here = versions((*RENDERERS, *PRINTERS))
    layout = layout_of(all_templates(own), Translator(manifest["language"]))
    return bool(manifest["libraries"] == here and manifest["templates"] == layout
                and manifest["tool"]["version"] == __version__)  # fmt: skip


def _try_numbers(answer: VerificationAnswer, data: bytes, kind: str, remade: Remade) -> None:
    """Hold the report's own data against those that the sources give."""
    expected = report_data(kind, remade.report)
    if data != expected:
        told = list(unlike(_parse(data), json.loads(expected), "report.json"))
        for where, there, should in told[:_MOST_TOLD]:
            answer.add_mismatch(
                where, N_("{there} stands there; the sources give {expected}"), there=there, expected=should
            )
        if not told:
            answer.add_mismatch(REPORT, N_("the file is not the one that the sources give"))
        _tell_more(answer, len(told))
    answer.add_check(N_("the scores and words of the report, made again from the embedded sources"))


def _try_pages(answer: VerificationAnswer, context: _Case, remade: Remade) -> None:
    """Print the report again, and hold the pages against it: byte by byte, else line by line and by their looks."""
    if missing := missing_libraries():
        message = N_("The pages cannot be tried: {libraries} is missing, and they have to be printed again.")
        answer.add_skipped(message, libraries=", ".join(missing))
        return
    printed, pdf = _print(context, remade), context.pdf
    if isinstance(printed, GranskningError):
        answer.add_skipped(N_("The pages cannot be tried, since they could not be printed again."))
        answer.remarks_that(printed.message, **printed.values)
        return
    if printed == context.data:
        answer.add_check(N_("every byte of the file, made again from the embedded sources"))
        return
    expected = read_pdf(printed, context.file, reading_limit(context.seconds))
    if pdf.pages == expected.pages:
        _try_looks(answer, context, printed, pdf.notes - expected.notes)
        return
    if same_words(pdf.pages, expected.pages):
        answer.add_check(N_("every word and number on the pages; the lines are broken elsewhere"))
        return
    told = compare_pages(pdf.pages, expected.pages)
    if is_other_layout(told, pdf.pages, expected.pages) and not answer.disagreements:
        answer.add_skipped(N_("The pages cannot be tried: they are set in another way here, with another Pango or "
                             "other fonts."))  # fmt: skip
        return
    answer.add_check(N_("every word and number on the pages"))
    for one in told[:_MOST_TOLD]:
        where, there, should = _page(one.page), _short(one.there), _short(one.expected)
        if not one.there:
            answer.add_mismatch(where, N_("”{expected}” is missing"), expected=should)
        elif not one.expected:
            answer.add_mismatch(where, N_("”{there}” should not be there"), there=there)
        else:
            answer.add_mismatch(where, N_("”{there}” stands there; the sources give ”{expected}”"), there=there,
                          expected=should)  # fmt: skip
    _tell_more(answer, len(told))


def _page(number: int) -> str:
    """How a page is named among disagreements; faces put it in words."""
    return f"page:{number}"


def _try_looks(answer: VerificationAnswer, context: _Case, printed: bytes, added: int) -> None:
    """The words agree but not the bytes: look for what is painted over, or laid on top.

    `added` is how many notes the pages have beside those that open a report's own files.
    """
    answer.add_check(N_("every word and number on the pages"))
    if added > 0:
        message = N_("remarks, stamps or fields have been added on the pages: {count}")
        answer.add_mismatch("pages", message, count=added)
    differing = differing_pages(context.data, printed, context.file, reading_limit(context.seconds))
    for number in differing[:_MOST_TOLD]:
        answer.add_mismatch(_page(number), N_("the page does not look like the one that the sources give"))
    if not answer.disagreements:
        answer.remarks_that(N_("The file is not byte by byte the one that the sources give: another program has saved "
                               "it anew. Words, numbers and looks are the same."))  # fmt: skip


def _print(context: _Case, remade: Remade) -> bytes | GranskningError:
    first = context.contents[MANIFEST]
    held = {entry["name"]: context.contents.get(entry["name"], b"") for entry in context.manifest["files"]}
    t = Translator(context.manifest["language"])
    attached = () if context.apart else make_attachments(first, context.manifest, held, t)
    job = Job("x.pdf", remade.html, attached, fingerprint(first))
    templates, limit = all_templates(context.own), printing_limit(context.seconds)
    for _, printed in print_all(
        [job], templates, fonts=fonts_folder(), workers=1, limit=limit, apart=True
    ):  # all is a stranger's
        return printed.data if isinstance(printed, Printed) else printed
    raise AssertionError(job.output)


def unlike(value: Any, two: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """Where two JSON values differ, and what stands there."""
    if isinstance(value, dict) and isinstance(two, dict):
        for key in sorted({*value, *two}):
            yield from unlike(value.get(key), two.get(key), f"{path}: {key}" if path == REPORT else f"{path}.{key}")
    elif isinstance(value, list) and isinstance(two, list) and len(value) == len(two):
        for number, (first, second) in enumerate(zip(value, two, strict=True)):
            yield from unlike(first, second, f"{path}[{number}]")
    elif value != two:
        yield path, _short(_told(value)), _short(_told(two))


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]} …"


def _tell_more(answer: VerificationAnswer, count: int) -> None:
    if count > _MOST_TOLD:
        answer.remarks_that(N_("More places differ: {count}."), count=count - _MOST_TOLD)
