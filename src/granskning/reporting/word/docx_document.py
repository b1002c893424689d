"""A report's HTML and its pictures in, the bytes of a Word document out; the same bytes every time.

Everything on the page is there: the document is made from the page, so that its words are the report's words. Nothing
is fetched, and no date but that of the sources, no computer and no person stands in its properties.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

from granskning.reporting.word.tree import classes, drawings_of, parse_page, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator

__all__ = ["REFERENCE", "drawings_of", "make_docx"]

REFERENCE = "reference.docx"
"""The name of the folder's own Word document among its templates."""
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can hold."""
_NO_DATE = dt.datetime(1980, 1, 1)  # noqa: DTZ001  # taken away again
_DATED = ("created", "modified", "lastPrinted", "lastModifiedBy", "revision")


def make_docx(html: str, pictures: Sequence[bytes | None], t: Translator, reference: bytes = b"") -> bytes:
    """The document. `pictures` are PNGs of `drawings_of` the page, in order; words replace those that lack.

    `reference` is a document of the folder's own whose styles, page, head and foot the report is set in; its text is
    left out. Raises UnreadableFileError where it is none.
    """
    import docx
    from docx.shared import Mm

    from granskning.reporting.word.reference import open_reference
    from granskning.reporting.word.styles import complete_styles, set_styles
    from granskning.reporting.word.writer import Writer, write_edges

    tree = parse_page(html)
    if reference:
        document = open_reference(reference)
        complete_styles(document, t)
    else:
        document = docx.Document()
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(25), Mm(22)
        section.top_margin = section.bottom_margin = Mm(24)
        set_styles(document, t)
    # each paragraph asks by name, and the library looks through all styles: half the time of a document
    document.part.get_style_id = cache(document.part.get_style_id)  # type: ignore[method-assign]
    _set_properties(document, tree)
    write_edges(document, _first(tree, "head-line"), _first(tree, "foot-line"), t)
    Writer(document, t, pictures).write(next(one for one in tree.iter() if one.tag == "main"))
    held = io.BytesIO()
    document.save(held)
    return _repack(held.getvalue())


def _first(tree: Any, name: str) -> Any:
    return next((one for one in tree.iter() if isinstance(one.tag, str) and name in classes(one)), None)


def _set_properties(document: Any, tree: Any) -> None:
    """Title, organisation and language; the library's own are taken away."""
    told = {one.get("name"): one.get("content", "") for one in tree.iter() if one.tag == "meta"}
    core = document.core_properties
    core.title = next((words_of(one) for one in tree.iter() if one.tag == "title"), "")[:255]
    core.author, core.comments = told.get("author", "")[:255], ""
    core.language = tree.get("lang", "")
    core.subject, core.keywords = told.get("description", "")[:255], told.get("keywords", "")[:255]
    dates = {name: _day(told.get(f"dcterms.{name}", "")) for name in ("created", "modified")}
    core.created, core.modified = (dates[name] or _NO_DATE for name in ("created", "modified"))
    element = core._element  # a property can be set but not taken away
    for child in list(element):
        name = child.tag.rpartition("}")[2]
        if name in _DATED and not dates.get(name):
            element.remove(child)


def _day(iso: str) -> dt.datetime | None:
    """The day that the sources give, at its beginning; None where they give none."""
    try:
        return dt.datetime.fromisoformat(iso).replace(tzinfo=None)
    except ValueError:
        return None


def _repack(data: bytes) -> bytes:
    """The same files, in the same order, with no date of today."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(entry, old.read(name))
    return made.getvalue()
