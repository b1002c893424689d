"""Who is named in a text, chapter by chapter: women, men, girls, boys, equality, and people of whom no sex is told.

It counts words and judges nothing: a plan may name women often and do nothing for them. Wordings of national goals are
shown where they stand, beside whether anything on the same page tells of women and men in figures of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from granskning.evidence.lookup import QuotationLookup
from granskning.evidence.sentences import readable, sentence_spans
from granskning.evidence.word_forms import stem, stemmed_words

if TYPE_CHECKING:
    from granskning.model.document_text import DocumentText

GROUPS = ("women", "men", "girls", "boys", "sex", "equality", "people")
"""What is counted (kvinnor, män, flickor, pojkar, kön, jämställdhet, människor utan att kön nämns)."""
_WORDS = {
    "women": ("kvinna", "kvinnor", "kvinnlig", "mor", "mamma", "dotter", "syster"),
    "men": ("man", "manlig", "far", "pappa", "son", "bror"),
    "girls": ("flicka", "tjej"),
    "boys": ("pojke", "kille"),
    "sex": ("kön",),
    "equality": ("jämställdhet", "jämställd"),
}
_BEGINNINGS = {"women": ("kvinn",), "girls": ("flick",), "boys": ("pojk",), "sex": ("kön",), "equality": ("jämställ",)}
"""Words that begin so are counted too: kvinnojour, flicklag, könsuppdelad, jämställdhetsmål."""
_PEOPLE = (
    "person människa invånare medborgare befolkning barn ungdom unga elev student studerande äldre pensionär vuxna "
    "anställd arbetstagare arbetslös arbetssökande tjänsteman företagare entreprenör förare resenär pendlare cyklist "
    "fotgängare trafikant bilist brukare patient användare kund besökare turist boende hushåll familj förälder "
    "nyanländ utrikesfödda deltagare ledamot chef individ"
)
_MAN_ALONE = re.compile(r"\bman\b", re.IGNORECASE)
"""The pronoun, which names nobody."""
_FIGURE = re.compile(r"\d")
_AS_WRITTEN = 0.8
"""From so like a national wording the text has it."""

_WORDINGS = """\
jamstalldhet: Kvinnor och män ska ha samma makt att forma samhället och sina egna liv.
delmal-1: Kvinnor och män ska ha samma rätt och möjlighet att vara aktiva medborgare och att forma villkoren för
  beslutsfattandet i samhällets alla sektorer.
delmal-2: Kvinnor och män ska ha samma möjligheter och villkor i fråga om betalt arbete som ger ekonomisk
  självständighet livet ut.
delmal-3: Kvinnor och män, flickor och pojkar ska ha samma möjligheter och villkor när det gäller utbildning, studieval
  och personlig utveckling.
delmal-4: Kvinnor och män ska ta samma ansvar för hemarbetet och ha möjligheter att ge och få omsorg på lika villkor.
delmal-5: Kvinnor och män, flickor och pojkar ska ha samma förutsättningar för en god hälsa samt erbjudas vård och
  omsorg på lika villkor.
delmal-6: Kvinnor och män, flickor och pojkar, ska ha samma rätt och möjlighet till kroppslig integritet.
transport: Transportsystemet ska vara jämställt, dvs. likvärdigt svara mot kvinnors respektive mäns transportbehov.
tillganglighet: Transportsystemets utformning, funktion och användning ska medverka till att ge alla en grundläggande
  tillgänglighet med god kvalitet och användbarhet samt bidra till utvecklingskraft i hela landet."""
"""Sentences of the national goals: gender equality (skr. 2016/17:10) and transport (prop. 2008/09:93)."""


@dataclass(frozen=True, slots=True)
class ChapterProfile:
    """How often a chapter names each group, and how many sentences speak of people without naming a sex."""

    title: str
    """Empty where the document has no chapters."""
    counts: tuple[int, ...]
    """In the order of GROUPS."""


@dataclass(frozen=True, slots=True)
class NationalWording:
    """A national goal's wording that the document has."""

    goal: str
    page: int
    label: str | None
    similarity: float
    sentence: str
    has_figures: bool
    """Whether a sentence on the same page tells of women or men with a figure."""


@dataclass(frozen=True, slots=True)
class DocumentProfile:
    """Who a document names, by chapter, and the national wordings in it."""

    chapters: tuple[ChapterProfile, ...]
    wordings: tuple[NationalWording, ...]

    @property
    def total(self) -> tuple[int, ...]:
        """The sums of all chapters."""
        return tuple(map(sum, zip(*(chapter.counts for chapter in self.chapters), strict=True)))


def profile_of(document: DocumentText) -> DocumentProfile:
    """Count who is named, chapter by chapter in their order."""
    lookup = QuotationLookup(document)
    chapters: dict[str, Counter[str]] = {}
    figures: set[int] = set()
    for page, text in enumerate(lookup.index.body.pages, 1):
        for start, end in sentence_spans(text):
            named = named_groups(text[start:end])
            chapters.setdefault(lookup.outline.chapter(page, start), Counter()).update(named)
            if (named["women"] or named["men"]) and _FIGURE.search(text[start:end]):
                figures.add(page)
    made = (ChapterProfile(title, tuple(counts[group] for group in GROUPS)) for title, counts in chapters.items())
    return DocumentProfile(tuple(made), _wordings(lookup, figures))


def named_groups(sentence: str) -> Counter[str]:
    """How often a sentence names each group; `people` is 1 where it speaks of some and names no sex."""
    stems = [word.stem for word in stemmed_words(sentence)]
    counts: Counter[str] = Counter()
    for own in stems:
        group = _group_of(own)
        if group:
            counts[group] += 1
    counts["men"] = max(0, counts["men"] - len(_MAN_ALONE.findall(sentence)))
    if not any(counts[group] for group in ("women", "men", "girls", "boys")):
        counts["people"] = int(any(own in _people_stems() for own in stems))
    return counts


def _group_of(own: str) -> str:
    if own in _group_stems():
        return _group_stems()[own]
    return next((group for group, beginnings in _BEGINNINGS.items() if own.startswith(beginnings)), "")


@cache
def _group_stems() -> dict[str, str]:
    return {stem(word): group for group, words in _WORDS.items() for word in words}


@cache
def _people_stems() -> frozenset[str]:
    return frozenset(map(stem, _PEOPLE.split()))


def _wordings(lookup: QuotationLookup, figures: set[int]) -> tuple[NationalWording, ...]:
    wordings = []
    for line in _WORDINGS.replace("\n  ", " ").split("\n"):
        goal, _, sentence = line.partition(": ")
        closest = lookup.closest(sentence)
        if closest is not None and closest.similarity >= _AS_WRITTEN:
            page = closest.passage.page
            label = lookup.document.label(page)
            words = readable(closest.text)
            wordings.append(NationalWording(goal, page, label, closest.similarity, words, page in figures))
    return tuple(wordings)
