"""PC-Axis files (.px): bytes in, a cube out. Codes and signs are kept, which the ready readers lose.

    KEYWORD[language]("variable","value")=value,value;

Text stands in quotation marks and may go on over lines. The first variable of STUB varies slowest, the last of HEADING
fastest. Read by the published description of the form; what is not needed here is passed over.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.statistics.cube import Cube, CubeCell, Dimension, is_symbol, read_symbol
from granskning.statistics.json_stat import MOST_CELLS
from granskning.statistics.unexpected import UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Keywords = dict[tuple[str, tuple[str, ...]], list[str]]

_HEAD = re.compile(
    r'\s*(?P<word>[A-Z][A-Z0-9-]*)(\[(?P<language>[a-z]{2,3})\])?'
    r'(\((?P<of>"[^"]*"(\s*,\s*"[^"]*")*)\))?\s*=\s*', re.ASCII
)  # fmt: skip
_ITEM = re.compile(r'"([^"]*)"|(TLIST)\(([^)]*)\)|([^\s,;"]+)')
_QUOTED = re.compile(r'"([^"]*)"')
_CODE_PAGES = {"utf-8": "utf-8", "iso-8859-1": "cp1252", "windows-1252": "cp1252", "iso-8859-15": "iso-8859-15"}
"""By CODEPAGE; ANSI without one is Windows-1252, which is Latin-1 with more letters."""
_TIMES = re.compile(r'TLIST\([AHQMW]1(?:,"[^"]*"-"[^"]*")?\)', re.ASCII)


def read_px(data: bytes) -> Cube:
    """The table of a file. Raises UnexpectedFormError."""
    text = _decoded(data)
    place = re.search(r"(?m)^\s*DATA\s*=", text)
    if place is None:
        raise UnexpectedFormError(N_("the file has no DATA, so it is no PC-Axis file"))
    keywords = _keywords(text[: place.start()])
    names = [*keywords.get(("STUB", ()), []), *keywords.get(("HEADING", ()), [])]
    if not names or len(set(names)) < len(names):
        raise UnexpectedFormError(N_("STUB and HEADING name no variables"))
    if any(word == "KEYS" for word, _ in keywords):
        raise UnexpectedFormError(N_("the file has KEYS, a form of PC-Axis files that is not read"))
    dimensions = tuple(_dimension(keywords, name) for name in names)
    return Cube(
        title=_first(keywords, "TITLE") or _first(keywords, "DESCRIPTION") or _first(keywords, "CONTENTS") or "",
        dimensions=(*dimensions, *_contents(keywords, names)),
        cells=_cells(text[place.end() :], dimensions, keywords, has_contents="CONTENTS" in _words(keywords, names)),
        updated=_first(keywords, "LAST-UPDATED"),
        next_update=_first(keywords, "NEXT-UPDATE"),
        source=_first(keywords, "SOURCE"),
        notes=tuple(" ".join(note.split()) for note in _of_any(keywords, "NOTEX")),
    )


def _decoded(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    else:
        head = data[:4000].decode("ascii", "replace")
        page = re.search(r'CODEPAGE\s*=\s*"([^"]*)"', head)
        encoding = _CODE_PAGES.get(page[1].lower(), "") if page else "cp1252"
        if not encoding:
            raise UnexpectedFormError(N_("the code page {name} is not read"), name=page[1][:40] if page else "")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = N_("the file is not {name} at byte {place}, as it says")
        raise UnexpectedFormError(message, name=encoding, place=error.start) from None


def _keywords(text: str) -> Keywords:
    """The keywords in the file's own language, by what they are of."""
    keywords: Keywords = {}
    place = 0
    while text[place:].strip():
        match = _HEAD.match(text, place)
        if match is None:
            line = text.count("\n", 0, place) + 1
            raise UnexpectedFormError(N_("the file cannot be read at line {line}"), line=line)
        end = _end(text, match.end())
        if match["language"] is None:
            of = tuple(_QUOTED.findall(match["of"] or ""))
            keywords[match["word"], of] = list(_items(match["word"], text[match.end() : end]))
        place = end + 1
    return keywords


def _end(text: str, place: int) -> int:
    """Where the semicolon stands that ends a keyword: the first outside quotation marks."""
    while True:
        end, mark = text.find(";", place), text.find('"', place)
        if end < 0:
            raise UnexpectedFormError(N_("the file ends in the middle of a keyword"))
        if mark < 0 or end < mark:
            return end
        closing = text.find('"', mark + 1)
        if closing < 0:
            raise UnexpectedFormError(N_("the file ends in the middle of a text"))
        place = closing + 1


def _items(word: str, text: str) -> Iterator[str]:
    """The values of a keyword. Texts that follow each other without a comma are one text over several lines."""
    if word in ("TITLE", "NOTE", "NOTEX", "DESCRIPTION", "CONTENTS", "SOURCE", "UNITS", "INFO"):
        yield "".join(_QUOTED.findall(text))
        return
    text = _TIMES.sub("", text) if word == "TIMEVAL" else text
    for match in _ITEM.finditer(text):
        yield match[1] if match[1] is not None else match[0]


def _dimension(keywords: Keywords, name: str) -> Dimension:
    labels = keywords.get(("VALUES", (name,)), [])
    codes = keywords.get(("CODES", (name,)), labels)
    if not labels or len(codes) != len(labels) or len(set(codes)) < len(codes):
        raise UnexpectedFormError(N_("the codes of {variable} have no order"), variable=name)
    code = (keywords.get(("VARIABLECODE", (name,))) or keywords.get(("VARIABLE-CODE", (name,))) or [name])[0]
    units = {item: unit for item, label in zip(codes, labels, strict=True)
             if (unit := _first(keywords, "UNITS", (label,)) or "")}  # fmt: skip
    is_time = ("TIMEVAL", (name,)) in keywords
    return Dimension(code, name, dict(zip(codes, labels, strict=True)), units=units, is_time=is_time)


def _contents(keywords: Keywords, names: Sequence[str]) -> Iterator[Dimension]:
    """What is counted, as a variable of its own: a file with a single content has it in a keyword instead."""
    if "CONTENTS" in _words(keywords, names):
        label = _first(keywords, "CONTENTS") or ""
        code = "ContentsCode"
        decimals = _first(keywords, "SHOWDECIMALS") or _first(keywords, "DECIMALS") or ""
        places = {label: int(decimals)} if decimals.isdigit() else {}
        yield Dimension(code, "innehåll", {label: label}, {label: _first(keywords, "UNITS") or ""}, places)


def _words(keywords: Keywords, names: Sequence[str]) -> set[str]:
    """The keyword CONTENTS, unless CONTVARIABLE says that it is one of the variables."""
    variable = _first(keywords, "CONTVARIABLE")
    return set() if variable in names else {word for word, _ in keywords} & {"CONTENTS"}


def _cells(
    text: str, dimensions: Sequence[Dimension], keywords: Keywords, *, has_contents: bool
) -> Mapping[tuple[str, ...], CubeCell]:
    count = math.prod(len(item.codes) for item in dimensions)
    if count > MOST_CELLS:
        raise UnexpectedFormError(N_("the answer has {count} values, more than can be right"), count=count)
    items = re.findall(r'"[^"]*"|[^\s;]+', text.partition(";")[0])
    if len(items) != count:
        message = N_("{key} has {length} values, where the variables make {count}")
        raise UnexpectedFormError(message, key="DATA", length=len(items), count=count)
    signs = _own_signs(keywords)
    more = (_first(keywords, "CONTENTS") or "",) if has_contents else ()
    places = product(*(item.codes for item in dimensions))
    return {(*codes, *more): _cell(item, signs) for codes, item in zip(places, items, strict=True)}


def _own_signs(keywords: Keywords) -> dict[str, str]:
    """What the file writes in place of the usual signs: DATASYMBOL1 is `.`, 6 is `......`, NIL is `-`."""
    words = {"DATASYMBOLNIL": "-", "NIL": "-", **{f"DATASYMBOL{number}": "." * number for number in range(1, 7)}}
    return {text: sign for word, sign in words.items() if (text := _first(keywords, word)) is not None}


def _cell(item: str, signs: Mapping[str, str]) -> CubeCell:
    bare = item.strip('"').strip()
    if bare in signs:
        return CubeCell(symbol=signs[bare])
    if is_symbol(bare):
        return CubeCell(symbol=read_symbol(bare))
    try:
        value = Decimal(bare)
    except InvalidOperation:
        value = Decimal("NaN")
    if item.startswith('"') or not value.is_finite():
        raise UnexpectedFormError(N_("{key} has something that is no number: {value}"), key="DATA", value=item[:40])
    return CubeCell(value)


def _first(keywords: Keywords, word: str, of: tuple[str, ...] = ()) -> str | None:
    values = keywords.get((word, of))
    return values[0] if values else None


def _of_any(keywords: Keywords, word: str) -> Iterator[str]:
    return (value for (name, _), values in keywords.items() if name == word for value in values)
