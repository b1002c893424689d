"""Tables: heads that are marked and repeated, rows that stay whole, widths as on the page, a caption above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu

from granskning.reporting.word.styles import CELL, TABLE
from granskning.reporting.word.tree import classes, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.table import _Cell

    from granskning.i18n import Translator

_WIDTH = re.compile(r"(?:^|;|\s)width:\s*([\d.]+)\s*%")
_LABELS = 0.27
"""The share of a list of facts that its labels take."""


def write_table(table: Any, element: Any, t: Translator, width: int, fill: Callable[[_Cell, Any], None]) -> None:
    """Fill a new table of the document from the table on the page; `fill` writes what stands in a cell."""
    rows = rows_of(element)
    heads = sum(1 for _, part in rows if part == "thead")
    table.style, table.alignment, table.autofit = t(TABLE), WD_TABLE_ALIGNMENT.LEFT, False
    _describe(table, element, heads=heads > 0, sums=any(part == "tfoot" for _, part in rows))
    shares = _shares(element, rows, len(table.columns))
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(width * share))
    grid = [list(row.cells) for row in table.rows]
    taken: set[tuple[int, int]] = set()
    for number, (row, part) in enumerate(rows):
        _set_row(table.rows[number], head=part == "thead")
        place = 0
        for cell in cells_of(row):
            while (number, place) in taken:
                place += 1
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - number)
            across = min(across, len(shares) - place)
            if across < 1:
                break
            taken |= {(number + y, place + x) for y in range(down) for x in range(across)}
            target = grid[number][place]
            if across > 1 or down > 1:
                target = target.merge(grid[number + down - 1][place + across - 1])
            target.width = Emu(int(width * sum(shares[place : place + across])))
            _fill(target, cell, t, fill)
            place += across


def rows_of(element: Any) -> list[tuple[Any, str]]:
    """The rows of a table, each with the part that it is in."""
    found = []
    for child in element:
        if child.tag in ("thead", "tbody", "tfoot"):
            found += [(row, child.tag) for row in child if row.tag == "tr"]
        elif child.tag == "tr":
            found.append((child, "tbody"))
    return found


def cells_of(row: Any) -> list[Any]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in ("th", "td")]


def count_columns(element: Any) -> int:
    """How many columns the widest row has."""
    return max((sum(_span(cell, "colspan") for cell in cells_of(row)) for row, _ in rows_of(element)), default=0)


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), 100) if value.isdigit() else 1


def _shares(element: Any, rows: list[tuple[Any, str]], count: int) -> list[float]:
    """What part of the width each column takes: as the heads say, and the rest alike."""
    told: list[float] = [0.0] * count
    for place, cell in enumerate(cells_of(rows[0][0])[:count]):
        found = _WIDTH.search(cell.get("style", ""))
        told[place] = float(found[1]) / 100 if found else 0.0
    if "facts" in classes(element):
        told[0] = _LABELS
    elif "name" in classes(cells_of(rows[0][0])[0]) and not told[0]:
        told[0] = 0.3
    left = [place for place, share in enumerate(told) if not share]
    rest = max(1 - sum(told), 0.08 * len(left))
    told = [share or rest / len(left) for share in told]
    return [share / sum(told) for share in told]


def _describe(table: Any, element: Any, *, heads: bool, sums: bool) -> None:
    """Say what is a head, and what the table is about, for those who do not see it."""
    properties = table._tbl.tblPr  # no door of its own in the library
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    flags = {
        "firstRow": heads,
        "lastRow": sums,
        "firstColumn": True,
        "lastColumn": False,
        "noHBand": True,
        "noVBand": True,
    }
    look = " ".join(f'w:{name}="{int(value)}"' for name, value in flags.items())
    value = 0x20 * heads + 0x40 * sums + 0x80 + 0x600
    properties.append(parse_xml(f'<w:tblLook {nsdecls("w")} w:val="{value:04X}" {look}/>'))
    caption = next((words_of(child) for child in element if child.tag == "caption"), "")
    if caption:
        described = parse_xml(f"<w:tblCaption {nsdecls('w')}/>")
        described.set(qn("w:val"), caption)
        properties.append(described)


def _set_row(row: Any, *, head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if head:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _fill(target: Any, cell: Any, t: Translator, fill: Callable[[_Cell, Any], None]) -> None:
    """Write a cell, and take away the empty paragraph that it began with."""
    first = target.paragraphs[0]
    fill(target, cell)
    if len(target.paragraphs) > 1 or target.tables:
        first._p.getparent().remove(first._p)
    else:
        first.style = t(CELL)
    if "number" in classes(cell):
        for paragraph in target.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
