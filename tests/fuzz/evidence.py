"""Documents that are read for their words: quotations looked up and words searched in whatever lies there.

An input is the ending of the document's name, a line end, and its bytes. What is no PDF is read in this process, which
is quick; PDFIUM, which may fall down, is met as the command meets it, in a process apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from fuzz.folders import Folder
from fuzz.judge import Violation, lawful, run_lawfully
from fuzz.mutations import twist_bytes
from fuzz.workbooks import packed, parts_of
from fuzz.yaml_doors import base_files
from granskning.edges.readers.document_reading import read_document
from granskning.edges.readers.reading import read_guarded
from granskning.errors import GranskningError
from granskning.evidence.lookup import STATUSES, Citation, QuotationLookup
from granskning.evidence.profile import profile_of
from granskning.evidence.searching import SearchedDocument
from granskning.evidence.word_forms import search_terms
from small_pdf import PICTURE, small_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

_STRATEGY = "strategies/provplan/strategy.yaml"
_QUOTE = "även resor till förskola och vård behöver fungera lika väl som resor till arbetet"
_TEXT = f"Förord.\n\nVägen dit\nKvinnor och män reser olika. Planen säger att {_QUOTE}.\n\nSlut 2030.\n"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DOCX = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": (
        f'<w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val="R1"/></w:pPr><w:r><w:t>Mål</w:t></w:r></w:p>'
        f"<w:p><w:r><w:t>{_TEXT}</w:t><w:tab/></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
        "</w:body></w:document>"
    ).encode(),
    "word/styles.xml": (
        f'<w:styles {_W}><w:style w:styleId="R1"><w:name w:val="heading 1"/></w:style></w:styles>'
    ).encode(),
}
_ODT = {
    "mimetype": b"application/vnd.oasis.opendocument.text",
    "content.xml": (
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text>'
        f'<t:h t:outline-level="1">Mål</t:h><t:p>{_TEXT}<t:s t:c="3"/><t:note><t:note-body><t:p>not</t:p>'
        "</t:note-body></t:note></t:p></o:text></o:body></o:document-content>"
    ).encode(),
}
_HTML = (
    f"<!doctype html><meta charset=utf-8><title>x</title><h1>Mål</h1><p>{_TEXT}<script>x</script><ul><li>a<li>b</ul>"
)
_ODD = (
    b"<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>", b"&a;&c;", b"\0", b"\xff\xfe",
    b"<" * 400, b"<p>" * 900, b"<w:p>" * 300, b"charset=utf-7", b"charset=idna", b"charset=rot13", b"]]>",
    b't:c="9999999999"', b't:outline-level="\xd9\xa3"', b't:outline-level="' + b"9" * 5000 + b'"', b"\xed\xa0\x80",
    b"a " * 9000, b"-\n" * 5000, "å̈́".encode() * 3000, "…".encode() * 2000, b"\r" * 3000, b"(" * 4000,
    "även resor till ".encode() * 2000,
)  # fmt: skip
_QUOTES = (
    _QUOTE,
    "x",
    "…",
    "",
    " ",
    "även … arbetet",
    "även resor till " * 60,
    "(" * 300,
    "2030",
    "-\n-",
    "\u0301",
    "å" * 3000,
)
_WORDS = (["resor"], ['"resor till"'], ["jämställdhet", "resa"], ["-"], ["*"], ['"'], ["a" * 500], ["NEAR(x y)"], ["å"])


def _seed(ending: str, data: bytes) -> bytes:
    return ending.encode() + b"\n" + data


@dataclass
class TextsDoor:
    """Documents that are read within the process: Word, OpenDocument, web pages and plain text."""

    name: str = "texts"

    def seeds(self) -> Mapping[str, bytes]:
        """One of each kind."""
        return {
            "docx": _seed("docx", packed(_DOCX)),
            "odt": _seed("odt", packed(_ODT)),
            "html": _seed("html", _HTML.encode()),
            "txt": _seed("txt", _TEXT.encode()),
        }

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Twist a part of what is packed, or the bytes; or give it another name."""
        ending, _, body = data.partition(b"\n")
        if random.random() < 0.05:
            ending = random.choice((b"docx", b"odt", b"html", b"txt", b"md", b"doc", b"", b"xhtml"))
        parts = parts_of(body)
        if not parts or random.random() < 0.05:
            return ending + b"\n" + _twisted(body, random)
        name = random.choice(sorted(parts))
        if random.random() < 0.1:
            parts[random.choice(sorted(parts))] = parts.pop(name)
        else:
            parts[name] = _twisted(parts[name], random)
        return ending + b"\n" + packed(parts)

    def enter(self, data: bytes) -> str:
        """Read, look up, search and describe."""
        ending, _, body = data.partition(b"\n")
        if b"%PDF-" in body[:1024]:
            return "left to the command"
        with lawful():
            try:
                text = read_guarded(read_document, (body, b"plan." + ending))
            except GranskningError as error:
                str(error)
                return "refused"
            lookup, searched = QuotationLookup(text), SearchedDocument(text)
            for number, quote in enumerate(_QUOTES):
                verdict = lookup.look_up(Citation(quote, "1" if number % 2 else None, section="Mål"))
                if verdict.status not in STATUSES:
                    raise Violation(f"{quote!r}: {verdict}")
            for words in _WORDS:
                terms = search_terms(words)
                pages = range(1, len(text.pages) + 1)
                for passage in searched.passages(terms, pages, len(words)) if terms else ():
                    str(passage)
            profile_of(text)
        return "read"


def _twisted(data: bytes, random: Random) -> bytes:
    if random.random() < 0.3:
        at = random.randrange(len(data) + 1)
        return data[:at] + random.choice(_ODD) + data[at + random.randrange(3) :]
    return twist_bytes(data, random)


@dataclass
class EvidenceDoor:
    """A PDF in the folder, as `evidence`, `search` and `check --evidence` meet it."""

    name: str = "evidence"
    _folder: Folder = field(default_factory=Folder)

    def seeds(self) -> Mapping[str, bytes]:
        """A PDF with printed page numbers and an outline, and one of pictures."""
        whole = small_pdf("Vägen dit", _QUOTE, "Slut", labels=("i", "1", "2"), outline=(("Mål", 2),))
        return {
            "pdf": _seed("pdf", whole),
            "pictures": _seed("pdf", small_pdf(PICTURE)),
            "other": _seed("pdf", b"PK\x03\x04"),
        }

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Change bytes, or put an odd object in."""
        ending, _, body = data.partition(b"\n")
        if random.random() < 0.5:
            at = random.randrange(len(body) + 1)
            return ending + b"\n" + body[:at] + random.choice(_TOKENS) + body[at:]
        return ending + b"\n" + twist_bytes(body, random)

    def enter(self, data: bytes) -> str:
        """Lay it there with its sum, and ask."""
        ending, _, body = data.partition(b"\n")
        folder = self._folder.renew()
        name = f"plan.{ending.decode('ascii', 'replace')}"
        (folder / "strategies/provplan/documents" / name).write_bytes(body)
        text = base_files()[_STRATEGY].decode().replace("documents/plan.txt", f"documents/{name}")
        old = text.partition("sha256: ")[2].partition("\n")[0]
        (folder / _STRATEGY).write_text(text.replace(old, sha256(body).hexdigest()), "utf-8")
        asked = (("evidence", "--format", "json"), ("search", "provplan", "resor"), ("check", "--evidence"))
        return f"exit {max(run_lawfully(folder, *words).returncode for words in asked)}"


_TOKENS = (
    b"/Kids [2 0 R]", b"/Length 999999999", b"/Filter [/FlateDecode /FlateDecode]", b"/Parent 2 0 R", b"<<" * 300,
    b"[" * 900, b"/Count 2000000", b"/Count -1", b"/Encrypt 1 0 R", b"/Prev 0", b"/Outlines 1 0 R", b"/First 5 0 R",
    b"/PageLabels <</Nums [0 <</S/r/St 2147483647>>]>>", b"/MediaBox [0 0 1e9 1e9]", b"endstream endobj", b"\0" * 50,
    b"/Contents [4 0 R 4 0 R 4 0 R]", b"/Resources <</XObject <</P 4 0 R>>>>", b"q " * 3000, b"BT " * 3000,
)  # fmt: skip
