"""The last touch on a PDF before it is written: what WeasyPrint's tag tree lacks for PDF/UA-1 beside PDF/A.

Works on the document's objects in memory, so nothing is parsed or written twice. `remember_elements` wraps the one
private function of WeasyPrint that this project uses; the version is pinned and a test tells when it changes.

Mended here: the PDF/UA mark in the metadata, the scope of table heads, spoken words for links, elements cut in
pieces by page breaks, languages of parts, tables of contents, empty pieces, running heads and repeated table heads as
artifacts, the tree of ids.

What must be there is said by ISO 14289-1 (PDF/UA-1) and, as tests, by the Matterhorn Protocol 1.1 of the PDF
Association; what tags and artifacts are by ISO 32000-1, 14.8. A worked example: a paragraph that a page break cuts in
two comes from WeasyPrint as two /P, one for each page, and a reader would hear two paragraphs. Both come from the same
HTML element, so what is below the second is moved to the first, whose marked content then lies on two pages.
"""

from __future__ import annotations

import base64
import contextlib
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any

from granskning.edges.limits import put_back
from granskning.edges.printing.pdf_file_links import open_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Elements = list[tuple[Any, Any, str | None]]
"""Each structure element with the HTML element and tag that it was made from, in the order they were made."""

_IDENTIFIER = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>\n"
)
_EXTENSION = (
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
_NEVER_JOINED = frozenset({"/Figure", "/Link", "/Annot", "/Span", "/NonStruct"})
_PIECES = frozenset({"/Span", "/NonStruct"})
_BLOCKS = frozenset({"/P", "/Div", "/NonStruct", "/Span"})
_HEAD_PARTS = frozenset({"/THead", "/TR", "/TH", "/TD"})
_WHOLE = frozenset({"/Document", "/NonStruct"})
"""What says no language of its own: the document says it for all, and a part that is nothing to a reader needs none."""
_LINE_ENDS = (b"\r", b"\n")


@contextlib.contextmanager
def remember_elements() -> Iterator[Elements]:
    """While this lasts, note which HTML element each tag comes from. Not for several threads at once."""
    from weasyprint.pdf import tags  # loading it takes most of a second

    built: Elements = []
    original = tags._build_box_tree  # noqa: SLF001

    def noting(box: Any, *rest: Any) -> Iterator[Any]:
        inner = getattr(box, "_box", box)
        for element in original(box, *rest):
            built.append((element, inner.element, inner.element_tag))
            yield element

    with put_back(partial(setattr, tags, "_build_box_tree", original)):
        tags._build_box_tree = noting  # noqa: SLF001
        yield built


def make_finisher(built: Elements, padding: int = 0) -> Callable[[Any, Any], None]:
    """The function that WeasyPrint calls with document and PDF before it writes the file.

    `padding` empty objects more change how the file's own streams are packed, and nothing else.
    """

    def finish(_document: Any, pdf: Any) -> None:
        import pydyf  # comes with WeasyPrint

        tree = _Tree(pdf, built)
        tree.declare()
        tree.name_links()
        open_files(pdf)
        tree.join_fragments()
        tree.say_languages()
        tree.mark_contents()
        tree.drop_empty()
        tree.mark_bodies()
        tree.set_scopes()
        tree.hide_unreached()
        tree.list_ids()
        tree.drop_repeated_files()
        for _ in range(padding):
            pdf.add_object(pydyf.Dictionary({}))
        for stream in pdf.objects:
            if isinstance(stream, pydyf.Stream) and stream.compress:
                _pack(stream)

    return finish


def ends_doubtfully(data: bytes) -> bool:
    """Whether a stream's last byte is a line end, so that a reader can't tell it from the one that follows."""
    return b"\n\nendstream" in data or b"\r\nendstream" in data


def _pack(stream: Any) -> None:
    """Compress a stream so that its last byte is no line end. Doing it here also spares doing it twice.

    That byte is of the sum of all bytes (Adler-32, RFC 1950), so a space more changes it; after what a page says, or
    after a font, a space means nothing. An embedded file is somebody's own bytes: those are kept to the last one, and
    what they were packed to is written in letters (ASCII85), which end in `~>`.
    """
    raw = b"\n".join(part if isinstance(part, bytes) else _bytes(part) for part in stream.stream)
    packed, unpacked_by = zlib.compress(raw, 9), "/FlateDecode"
    if packed[-1:] in _LINE_ENDS and stream.extra.get("Type") == "/EmbeddedFile":
        packed, unpacked_by = base64.a85encode(packed) + b"~>", "[/ASCII85Decode /FlateDecode]"
    while packed[-1:] in _LINE_ENDS:
        raw += b" "
        packed = zlib.compress(raw, 9)
    if "Length1" in stream.extra:
        stream.extra["Length1"] = len(raw)
    stream.stream, stream.compress = [packed], False
    stream.extra["Filter"] = unpacked_by


def _bytes(part: Any) -> bytes:
    data = getattr(part, "data", None)
    return data if isinstance(data, bytes) else str(part).encode("ascii")


def _is_title(html: Any) -> bool:
    """Whether an element is the title of a drawing."""
    return isinstance(html.tag, str) and html.tag.rpartition("}")[2] == "title"


class _Tree:
    """The structure tree of one PDF, on its way to being written."""

    def __init__(self, pdf: Any, built: Elements) -> None:
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.origin = {id(element): (html, tag) for element, html, tag in reversed(built)}
        """The HTML element and tag of a structure element; the first to claim it wins."""

    def at(self, reference: bytes | str) -> Any:
        """The object that a reference points to."""
        return self.pdf.objects[int(reference.split()[0])]

    def elements(self) -> list[Any]:
        """All structure elements, reached or not."""
        return [one for one in self.pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"]

    def declare(self) -> None:
        """Say in the metadata that the file follows PDF/UA-1, and what the words of that saying mean."""
        metadata = self.at(self.pdf.catalog["Metadata"])
        metadata.compress = False  # validators and archives read it as it is
        end = b"</rdf:RDF>"
        metadata.stream = [part.replace(end, _IDENTIFIER + _EXTENSION + end) for part in metadata.stream]

    def name_links(self) -> None:
        """Give each link the words that a reader hears: those of the link itself."""
        import pydyf

        for element in self.elements():
            html, _ = self.origin.get(id(element), (None, None))
            if element["S"] != "/Link" or html is None:
                continue
            words = " ".join("".join(html.itertext()).split())
            for kid in element["K"]:
                target = None if isinstance(kid, int) else self.at(kid)
                if target is not None and target.get("Type") == "/OBJR" and words:
                    self.at(target["Obj"])["Contents"] = pydyf.String(words)

    def join_fragments(self) -> None:
        """Make one element of the pieces that page breaks cut it into; heads repeated on a new page are let go."""
        first: dict[tuple[int, str, str], Any] = {}
        for element in self.elements():
            html, tag = self.origin.get(id(element), (None, None))
            if html is None or tag is None or "::" in tag or element["S"] in _NEVER_JOINED:
                continue
            whole = first.setdefault((id(html), tag, element["S"]), element)
            if whole is element or self._inside(element, whole):
                continue
            parent = self.at(element["P"])
            parent["K"][:] = [kid for kid in parent["K"] if isinstance(kid, int) or kid != element.reference]
            if element["S"] in _HEAD_PARTS and self._under_head(element):
                continue
            for kid in element["K"]:
                self.at(kid)["P"] = whole.reference
                whole["K"].append(kid)
            element["K"][:] = []

    def say_languages(self) -> None:
        """Say of each element in what language it is, where the page says it; of a picture, that of its words."""
        import pydyf

        for element in self.elements():
            html, _ = self.origin.get(id(element), (None, None))
            language = "" if html is None else html.attrib.get("lang", "")
            if html is not None and not language and element["S"] == "/Figure":
                language = next((child.attrib.get("lang", "") for child in html if _is_title(child)), "")
            if language and element["S"] not in _WHOLE:
                element["Lang"] = pydyf.String(language)

    def mark_contents(self) -> None:
        """Make a list of class `contents` a table of contents; that and one of class `band` stand in columns."""
        for element in self.elements():
            html, _ = self.origin.get(id(element), (None, None))
            names = html.attrib.get("class", "").split() if element["S"] == "/L" and html is not None else []
            if "band" in names:
                self._take_in_columns(element)
            if "contents" in names:
                self._take_in_columns(element)
                element["S"] = "/TOC"
                element.pop("A", None)
                for item in self._kids(element):
                    item["S"] = "/TOCI"
                    for part in self._kids(item):
                        part["S"] = "/Reference" if part["S"] == "/LBody" else part["S"]

    def _take_in_columns(self, element: Any) -> None:
        """Put what stands in the columns of a list directly below it; each column is tagged as a list of its own."""
        for column in self._kids(element):
            if column["S"] == "/L":
                for kid in column["K"]:
                    self.at(kid)["P"] = element.reference
                place = element["K"].index(column.reference)
                element["K"][place : place + 1] = column["K"]
                column["K"][:] = []
                column["S"] = "/NonStruct"

    def drop_empty(self) -> None:
        """Let go of pieces of a line that hold nothing, such as an empty box."""
        for element in self.elements():
            if element["S"] in _PIECES and not element["K"] and "Alt" not in element:
                parent = self.at(element["P"])
                parent["K"][:] = [kid for kid in parent["K"] if isinstance(kid, int) or kid != element.reference]

    def mark_bodies(self) -> None:
        """Make bodies of what stands in a list item beside its mark, which a block within it makes a paragraph of."""
        for element in self.elements():
            if element["S"] == "/LI":
                for part in self._kids(element):
                    part["S"] = "/LBody" if part["S"] in _BLOCKS else part["S"]

    def set_scopes(self) -> None:
        """Tell of each table head whether it heads a column or a row."""
        for element in self.elements():
            if element["S"] == "/TH":
                html, _ = self.origin.get(id(element), (None, None))
                row = html is not None and html.attrib.get("scope") == "row"
                element["A"]["Scope"] = "/Row" if row else "/Column"

    def hide_unreached(self) -> None:
        """Make artifacts of what the tree does not reach: running heads and feet, repeated table heads."""
        import pydyf

        reached = self._reached()
        numbers = self.at(self.root["ParentTree"])["Nums"]
        for index, reference in enumerate(self.pdf.page_references):
            stream, owners = self.at(self.at(reference)["Contents"]).stream, numbers[2 * index + 1]
            for place, part in enumerate(stream):
                if not isinstance(part, dict) or "MCID" not in part:
                    continue
                if self.at(owners[part["MCID"]]).number not in reached:
                    owners[part["MCID"]] = b"null"
                    stream[place - 1] = "/Artifact"
                    stream[place] = pydyf.Dictionary({"Type": "/Pagination"})
        for element in self.elements():
            if element.number not in reached:
                element.clear()  # an empty object: marking it free would break the numbering of the others

    def list_ids(self) -> None:
        """Make the tree of ids that readers look table heads up in."""
        import pydyf

        named = sorted(
            ((one["ID"].data, one["ID"], one.reference) for one in self.elements() if "ID" in one),
            key=lambda entry: entry[0],
        )
        if named:
            names = pydyf.Array([part for entry in named for part in entry[1:]])
            tree = pydyf.Dictionary({"Names": names})
            self.pdf.add_object(tree)
            self.root["IDTree"] = tree.reference

    def drop_repeated_files(self) -> None:
        """Name each attached file once; WeasyPrint names it twice."""
        if "AF" in self.pdf.catalog:
            self.pdf.catalog["AF"][:] = list(dict.fromkeys(self.pdf.catalog["AF"]))

    def _kids(self, element: Any) -> list[Any]:
        """The structure elements directly below."""
        kids = [self.at(kid) for kid in element["K"] if not isinstance(kid, int)]
        return [kid for kid in kids if kid.get("Type") == "/StructElem"]

    def _reached(self) -> set[int]:
        reached: set[int] = set()
        waiting = [self.at(kid) for kid in self.root["K"]]
        while waiting:
            element = waiting.pop()
            reached.add(element.number)
            kids = [self.at(kid) for kid in element.get("K", ()) if not isinstance(kid, int | dict)]
            waiting += [kid for kid in kids if kid.get("Type") == "/StructElem"]
        return reached

    def _inside(self, element: Any, whole: Any) -> bool:
        while element.get("Type") == "/StructElem":
            if element is whole:
                return True
            element = self.at(element["P"])
        return False

    def _under_head(self, element: Any) -> bool:
        while element.get("Type") == "/StructElem":
            if element["S"] == "/THead":
                return True
            element = self.at(element["P"])
        return False
