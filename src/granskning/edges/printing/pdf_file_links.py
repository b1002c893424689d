"""Links from a page to a file that its PDF carries: `href="attached:NAME"` in HTML.

A link in a PDF leads to a page or an address; a file within is opened by an annotation of its own kind (ISO 32000-1,
12.5.6.15), which PDF/A-3 allows where it has an appearance and PDF/UA-1 where a tag `Annot` holds it. Where the file
does not go along, as in an archive copy, the words stand without a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

SCHEME = "attached:"
_LINK = re.compile(rf' href="{SCHEME}([^"]*)"')


def without_open_links(html: str, names: Collection[str]) -> str:
    """The page with links to those files alone."""
    return _LINK.sub(lambda link: link[0] if link[1] in names else "", html) if SCHEME in html else html


def open_files(pdf: Any) -> None:
    """Make what opens a file of each link that names one, and an `Annot` of the tag around it."""
    files = {_text(item["UF"]): item.reference for item in _typed(pdf, "/Filespec")}
    links = {}
    for link in _typed(pdf, "/Annot"):
        address = link["A"].get("URI") if "A" in link else None
        if address is not None and (name := _text(address)).startswith(SCHEME):
            _become_file(pdf, link, files[name.removeprefix(SCHEME)])
            links[link.reference] = link
    marks = {item.reference for item in _typed(pdf, "/OBJR") if item["Obj"] in links}
    for element in _typed(pdf, "/StructElem"):
        if any(kid in marks for kid in element["K"] if not isinstance(kid, int)):
            element["S"] = "/Annot"


def _become_file(pdf: Any, link: Any, file: Any) -> None:
    import pydyf  # comes with WeasyPrint

    left, bottom, right, top = link["Rect"]
    # an empty stream would end in two line ends, like one that cannot be told from what follows
    nothing = pydyf.Stream([b"q Q"], extra={
        "Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, abs(right - left), abs(top - bottom)]),
    })  # fmt: skip
    pdf.add_object(nothing)
    del link["A"]
    link.update(Subtype="/FileAttachment", FS=file, AP=pydyf.Dictionary({"N": nothing.reference}))


def _typed(pdf: Any, kind: str) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == kind]


def _text(words: Any) -> str:
    return str(words.string) if hasattr(words, "string") else str(words)
