"""The chain of steering: what a strategy rests on, what it takes over from, and what carries it on.

Strategies in, lists in the reader's language out. A link that leads nowhere is left out (`check` tells of it), and a
circle is walked once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granskning.reporting.wording.report_context import THE_KIND
from granskning.reporting.wording.words import shorten
from granskning.wordings import capital, small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.model.strategy import Strategy

_NAMED = 3
"""How many strategies a sentence names; it counts them where they are more."""
_LETTERS = 90
_DEEPEST = 8
"""How many lists stand within each other."""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A strategy in the chain, and those that are linked to it in the same way."""

    id: str
    title: str
    about: str
    """Owner and period, and how it stands with its review where that is told."""
    below: tuple[ChainLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainList:
    """The strategies on one side of a strategy."""

    title: str
    links: tuple[ChainLink, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a strategy, or all of them, stand in the chain of steering: of a strategy sentences or lists, whole."""

    sentences: tuple[str, ...]
    lists: tuple[ChainList, ...]


_Links = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Links:
    """Who is linked to whom, both ways, by id. Made once for all reports of a folder."""

    strategies: Mapping[str, Strategy]
    rests_on: _Links
    takes_over: _Links
    carried_on: _Links
    carries: _Links

    @property
    def sides(self) -> dict[str, _Links]:
        """The four kinds of links, in the order they are told."""
        return {"rests": self.rests_on, "over": self.takes_over, "on": self.carried_on, "carries": self.carries}

    def linked(self, name: str) -> frozenset[str]:
        """Ids of all that the chain of a strategy tells of, but not its own."""
        return frozenset(other for links in self.sides.values() for other in _reached(name, links))

    def is_alone(self, name: str) -> bool:
        """Whether a strategy has no link at all."""
        return not any(links[name] for links in self.sides.values())


def make_links(strategies: Mapping[str, Strategy]) -> Links:
    """The links among the strategies of a folder."""
    rests_on = {name: _known(strategy.based_on, strategies) for name, strategy in strategies.items()}
    takes_over = {name: _known(strategy.succeeds, strategies) for name, strategy in strategies.items()}
    return Links(strategies, rests_on, takes_over, _turned(takes_over), _turned(rests_on))


def make_chain(strategy: Strategy, links: Links, t: Translator) -> Chain | None:
    """The chain seen from one strategy; None where it has no link."""
    if strategy.id not in links.rests_on or links.is_alone(strategy.id):
        return None
    strategies = links.strategies
    titles = {
        "rests": t("What it rests on"),
        "over": t("What it takes over from"),
        "on": t("What carries it on"),
        "carries": t("What rests on it"),
    }
    lists = tuple(
        ChainList(titles[key], _trees(side[strategy.id], side, lambda name: _link(strategies[name], t), {strategy.id}))
        for key, side in links.sides.items()
    )
    directly = {key: [strategies[name] for name in side[strategy.id]] for key, side in links.sides.items()}
    lists = tuple(link_list for link_list in lists if link_list.links)
    is_flat = all(_is_named(link_list.links) for link_list in lists)
    return Chain(_sentences(strategy, directly, t), ()) if is_flat else Chain((), lists)


def _is_named(links: tuple[ChainLink, ...]) -> bool:
    """Whether a sentence names all of a list in full, so that the list would say it once more."""
    return len(links) <= _NAMED and not any(link.below or len(link.title) > _LETTERS for link in links)


def make_whole_chain(links: Links, standing: Mapping[str, str], t: Translator) -> Chain | None:
    """The chain over all strategies, from the top down; None where no strategy is linked to another.

    `standing` tells in a few words how it stands with the review of a strategy.
    """
    strategies = links.strategies
    alone = [strategy for name, strategy in strategies.items() if links.is_alone(name)]
    if len(alone) == len(strategies):
        return None

    def link(name: str) -> ChainLink:
        told = _link(strategies[name], t)
        return replace(told, about=". ".join(part for part in (told.about, standing.get(name, "")) if part))

    lists = (
        ChainList(t("From the top down: what rests on what"), _from_tops(links.rests_on, links.carries, link)),
        ChainList(t("Over time: what took over from what"), _from_tops(links.takes_over, links.carried_on, link)),
    )
    sentences = [
        t.plural(
            "{linked} of {count} strategy is linked to another.",
            "{linked} of {count} strategies are linked to another.",
            len(strategies),
            linked=t.whole(len(strategies) - len(alone)),
        )
    ]
    if alone:
        sentences.append(t("Without a link: {titles}.", titles=_named(alone, t)))
    return Chain(tuple(sentences), tuple(link_list for link_list in lists if link_list.links))


def _known(names: Iterable[str], strategies: Mapping[str, Strategy]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name in strategies)


def _turned(links: _Links) -> _Links:
    """The same links the other way round, in order of id."""
    turned: dict[str, list[str]] = {name: [] for name in links}
    for name in sorted(links):
        for other in links[name]:
            turned[other].append(name)
    return {name: tuple(others) for name, others in turned.items()}


def _reached(start: str, links: _Links) -> Iterator[str]:
    seen, todo = {start}, [start]
    while todo:
        for name in links[todo.pop()]:
            if name not in seen:
                seen.add(name)
                todo.append(name)
                yield name


def _trees(
    names: Iterable[str], links: _Links, link: Callable[[str], ChainLink], texts: set[str], deep: int = 1
) -> tuple[ChainLink, ...]:
    """Each of the names with what is linked to it in turn.

    What has been told is named again but not unfolded, so that circles end and nothing is told twice. Past the deepest
    step all the rest stands on one level.
    """
    trees = []
    for name in names:
        below: tuple[ChainLink, ...] = ()
        if name not in texts:
            texts.add(name)
            if deep < _DEEPEST:
                below = _trees(links[name], links, link, texts, deep + 1)
            else:
                rest = [other for other in _reached(name, links) if other not in texts]
                texts.update(rest)
                below = tuple(link(other) for other in rest)
        trees.append(replace(link(name), below=below))
    return tuple(trees)


def _from_tops(up: _Links, down: _Links, link: Callable[[str], ChainLink]) -> tuple[ChainLink, ...]:
    """The trees that begin with those that have nothing above them and something below."""
    tops = [name for name in sorted(up) if not up[name] and down[name]]
    return _trees(tops, down, link, set())


def _link(strategy: Strategy, t: Translator) -> ChainLink:
    period = "–".join(t.date(part) for part in strategy.period if part)
    about = ", ".join(part for part in (t.series(strategy.owner), period) if part)
    return ChainLink(strategy.id, t.name(strategy.title), about)


def _named(strategies: Iterable[Strategy], t: Translator) -> str:
    titles = [shorten(t.name(strategy.title), _LETTERS) for strategy in strategies]
    return t.series([t("“{title}”", title=title) for title in titles])


def _sentences(strategy: Strategy, directly: Mapping[str, list[Strategy]], t: Translator) -> tuple[str, ...]:
    """A sentence for each side that has something: titles with owners and periods."""
    subject = t(THE_KIND[strategy.kind])
    sentences = []
    for key, others in directly.items():
        if not others:
            continue
        links = [_link(other, t) for other in others]
        titles = [f"{t('“{title}”', title=link.title)}{f' ({link.about})' if link.about else ''}" for link in links]
        sentences.append(capital(_sentence(key, subject, t.series(titles), t)))
    return tuple(sentences)


def _sentence(key: str, subject: str, what: str, t: Translator) -> str:
    if key == "rests":
        return t("{subject} rests on {strategies}.", subject=subject, strategies=what)
    if key == "over":
        return t("{subject} takes over from {strategies}.", subject=subject, strategies=what)
    if key == "on":
        return t("{subject} is carried on by {strategies}.", subject=subject, strategies=what)
    return t("On {subject} rest {strategies}.", subject=small(subject), strategies=what)
