"""Quotations with an answer sheet: Swedish prose set in pages by two programs, and where in it each sentence stands.

The pages have one or two columns, hyphenation, footnotes, running heads, tables and printed numbers that are not those
counted. Where a sentence stands is told by the program that set it, by anchors, never by reading the pages.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

import typst
from weasyprint import HTML

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "tests/bench/texts"
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”])")
_LONG_ENOUGH = 120
_WORD = re.compile(r"[^\W\d_]{3,}")
FRONT = 2
"""Pages with roman numbers before page 1."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text: its number and words."""

    number: int
    text: str


@dataclass(frozen=True)
class SetDocument:
    """A PDF, and the counted page on which each sentence begins."""

    name: str
    data: bytes
    pages: dict[int, int]


@dataclass(frozen=True)
class Asked:
    """A quotation and what should come of it."""

    kind: str
    """true, altered or absent."""
    quote: str
    pdf_page: int
    document: str


def laws() -> list[list[Sentence]]:
    """Parts of the Discrimination Act (2008:567), which like every Swedish statute is free of copyright."""
    return _sentences((TEXTS / "diskrimineringslagen.txt").read_text("utf-8").split("\n\n"))


def plan() -> list[list[Sentence]]:
    """The prose of the teaching example's plan: both of its editions, paragraph by paragraph."""
    source = (ROOT / "strategies/exempellan-transportplan/documents/source/plan.html.j2").read_text("utf-8")
    texts = (re.sub("<[^>]+>", "", text) for text in re.findall(r"<p>(.*?)</p>", source, re.DOTALL) if "{" not in text)
    return _sentences([text for text in texts if len(text) > _LONG_ENOUGH])


def many(sentences: int, seed: int) -> list[list[Sentence]]:
    """As many sentences of the words of both, in no order, for a document as long as one wants."""
    chance = random.Random(seed)  # noqa: S311  # the same each time
    words = [word for text in (laws(), plan()) for block in text for one in block for word in one.text.split()]
    texts = (
        " ".join(chance.choices(words, k=chance.randint(8, 18))).strip(".,").capitalize() for _ in range(sentences)
    )
    numbered = [Sentence(number, f"{text}.") for number, text in enumerate(texts)]
    return [numbered[at : at + 4] for at in range(0, len(numbered), 4)]


def _sentences(blocks: list[str]) -> list[list[Sentence]]:
    out, number = [], 0
    for block in blocks:
        sentences = []
        for text in _SENTENCE.split(" ".join(block.split())):
            sentences.append(Sentence(number, text))
            number += 1
        out.append(sentences)
    return out


# --- set by WeasyPrint ----------------------------------------------------------------------------------------------

_CSS = """
@page { size: A5; margin: 2cm 1.6cm; @top-left { content: "Bestämmelser i urval" }
        @bottom-center { content: counter(page) } @footnote { margin-top: 6pt } }
@page front { @bottom-center { content: counter(page, lower-roman) } }
body { font: 10pt/1.3 sans-serif; hyphens: auto; text-align: justify } .front { page: front; break-after: page }
.main { counter-reset: page 1 } .columns { columns: 2 } .note { float: footnote; font-size: 8pt }
table { width: 100%; border-collapse: collapse; margin: 6pt 0 } td { border: .5pt solid; padding: 2pt }
"""


def weasyprint_pdf(text: list[list[Sentence]], *, columns: int) -> SetDocument:
    """One PDF, and where each sentence begins."""
    body = "".join(_html(number, block) for number, block in enumerate(text))
    front = '<div class="front"><h1>Förord</h1></div>' * FRONT
    html = (f'<html lang="sv"><style>{_CSS}</style><body>{front}'
            f'<div class="main{" columns" if columns > 1 else ""}">{body}</div></body></html>')  # fmt: skip
    document = HTML(string=html).render()
    pages = {int(name[1:]): number for number, page in enumerate(document.pages, 1) for name in page.anchors}
    return SetDocument(f"weasyprint, {columns}", document.write_pdf(), pages)


def _html(number: int, block: list[Sentence]) -> str:
    inner = " ".join(f'<span id="s{one.number}">{escape(one.text)}</span>{_note(one)}' for one in block)
    table = ""
    if number % 9 == 4:
        cells = "".join(f"<td>{part}</td>" for part in ("Kvinnor", "12,5 %", "Män", "31,0 %"))
        table = f"<table><tr>{cells}</tr><tr>{cells}</tr></table>"
    return f"<p>{inner}</p>{table}"


def _note(one: Sentence) -> str:
    return '<span class="note">Se vidare i förarbetena till lagen.</span>' if one.number % 11 == 3 else ""


# --- set by Typst ---------------------------------------------------------------------------------------------------

_TYPST = """
#set page(width: 14.8cm, height: 21cm, margin: 1.8cm, numbering: "i", header: [Bestämmelser i urval])
#set text(size: 10pt, lang: "sv", hyphenate: true)
#set par(justify: true)
#let s(n) = context [#metadata((n, here().page()))<s>]
= Förord
#pagebreak()
= Innehåll
#pagebreak()
#set page(numbering: "1", columns: {columns})
#counter(page).update(1)
{body}
"""


def typst_pdf(text: list[list[Sentence]], *, columns: int) -> SetDocument:
    """One PDF, and where each sentence begins."""
    source = _TYPST.replace("{columns}", str(columns))
    source = source.replace("{body}", "\n\n".join(_typst(number, block) for number, block in enumerate(text)))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text.typ")
        file.write_text(source, "utf-8")
        places = json.loads(typst.query(str(file), "<s>", field="value"))
        data: bytes = typst.compile(str(file))
    return SetDocument(f"typst, {columns}", data, dict(map(tuple, places)))


def _typst(number: int, block: list[Sentence]) -> str:
    inner = " ".join(
        f"#s({one.number})#text({json.dumps(one.text, ensure_ascii=False)}){_typst_note(one)}" for one in block
    )
    table = "#table(columns: 4, [Kvinnor], [12,5 %], [Män], [31,0 %])" if number % 9 == 4 else ""
    return f"{inner}\n\n{table}"


def _typst_note(one: Sentence) -> str:
    return "#footnote[Se vidare i förarbetena till lagen.]" if one.number % 11 == 3 else ""


# --- what is asked --------------------------------------------------------------------------------------------------


def questions(
    text: list[list[Sentence]],
    others: list[list[Sentence]],
    document: SetDocument,
    counts: tuple[int, int, int],
    seed: int,
) -> list[Asked]:
    """Quotations that stand there, that have had one to three words altered, and that stand nowhere in it."""
    chance = random.Random(seed)  # noqa: S311  # the same each time
    long = [
        one for block in text for one in block if len(_WORD.findall(one.text)) >= 5 and one.number in document.pages
    ]
    spans = [(block, at) for block in text for at in range(len(block) - 1) if block[at].number in document.pages]
    asked = []
    for number in range(counts[0]):
        if number % 4 == 0 and spans:
            block, at = chance.choice(spans)
            quote, first = f"{block[at].text} {block[at + 1].text}", block[at].number
        else:
            one = chance.choice(long)
            quote, first = one.text, one.number
        asked.append(Asked("true", quote, document.pages[first], document.name))
    vocabulary = sorted({word.lower() for block in text for one in block for word in _WORD.findall(one.text)})
    for _ in range(counts[1]):
        one = chance.choice(long)
        altered = _altered(one.text, vocabulary, chance)
        asked.append(Asked("altered", altered, document.pages[one.number], document.name))
    absent = [one for block in others for one in block if len(_WORD.findall(one.text)) >= 5]
    asked += [Asked("absent", chance.choice(absent).text, 3, document.name) for _ in range(counts[2])]
    return asked


def _altered(text: str, vocabulary: list[str], chance: random.Random) -> str:
    """One to three words exchanged, left out or added."""
    words = text.split()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(1, len(words) - 1)  # without its ends a quotation is still one
        how = chance.choice(("exchanged", "left out", "added"))
        if how == "added":
            words.insert(at, chance.choice(vocabulary))
        elif how == "left out" and len(words) > 4:
            del words[at]
        else:
            words[at] = chance.choice([word for word in vocabulary if word not in words[at].lower()])
    return " ".join(words)
