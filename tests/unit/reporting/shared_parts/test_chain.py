from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from granskning.i18n import Translator
from granskning.model.strategy import Strategy
from granskning.reporting.shared_parts.chain import make_chain, make_links, make_whole_chain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from granskning.reporting.shared_parts.chain import Chain, ChainLink

T = Translator("en")


def strategy(name: str, *, on: Iterable[str] = (), after: Iterable[str] = (), kind: str = "plan") -> Strategy:
    return Strategy(
        id=name,
        title={"en": name.capitalize()},
        kind=kind,
        area="infrastruktur",
        owner=("The region", "The county"),
        partners=(),
        period=("2014", "2025"),
        case_number=None,
        based_on=tuple(on),
        succeeds=tuple(after),
        about={},
        example=False,
        sources=(),
        editions=(),
        file=f"strategies/{name}/strategy.yaml",
    )


def folder(*strategies: Strategy) -> dict[str, Strategy]:
    return {one.id: one for one in strategies}


COUNTY = folder(
    strategy("programme", kind="programme"),
    strategy("vision", after=["programme"], kind="strategy"),
    strategy("old", on=["programme"]),
    strategy("middle", on=["programme"], after=["old"]),
    strategy("new", on=["vision"], after=["middle"]),
    strategy("apart"),
)


def chain(name: str, strategies: dict[str, Strategy] | None = None) -> Chain | None:
    held = strategies or COUNTY
    return make_chain(held[name], make_links(held), T)


def shape(links: Iterable[ChainLink]) -> list[object]:
    """Ids, each followed by the list of those below it."""
    told: list[object] = []
    for one in links:
        told.append(one.id)
        if one.below:
            told.append(shape(one.below))
    return told


def lists(made: Chain | None) -> dict[str, list[object]]:
    assert made is not None
    return {one.title: shape(one.links) for one in made.lists}


def test_a_plan_in_the_middle_tells_of_all_sides() -> None:
    made = chain("middle")
    assert made is not None
    about = "(The region and The county, 2014–2025)"
    assert made.sentences == (
        f"The plan rests on “Programme” {about}.",
        f"The plan takes over from “Old” {about}.",
        f"The plan is carried on by “New” {about}.",
    )
    assert lists(made) == {}


def test_what_is_further_off_stands_below() -> None:
    assert lists(chain("new")) == {"What it rests on": ["vision"], "What it takes over from": ["middle", ["old"]]}
    assert lists(chain("old")) == {"What it rests on": ["programme"], "What carries it on": ["middle", ["new"]]}


def test_owner_and_period_are_told() -> None:
    made = chain("old")
    assert made is not None
    assert made.lists[0].links[0].about == "The region and The county, 2014–2025"


def test_who_stands_alone_has_no_chain() -> None:
    assert chain("apart") is None


def test_many_stand_in_a_list() -> None:
    many = folder(strategy("top"), *(strategy(f"plan-{number}", on=["top"]) for number in range(5)))
    made = chain("top", many)
    assert lists(made) == {"What rests on it": [f"plan-{number}" for number in range(5)]}


def test_a_link_to_nothing_is_left_out() -> None:
    assert chain("a", folder(strategy("a", on=["gone"]))) is None


def test_linked_are_all_that_the_chain_tells_of() -> None:
    links = make_links(COUNTY)
    assert links.linked("new") == {"vision", "middle", "old"}
    assert links.linked("apart") == frozenset()


def test_the_whole_from_the_top_down_and_over_time() -> None:
    made = make_whole_chain(make_links(COUNTY), {"new": "Not reviewed"}, T)
    assert made is not None
    assert made.sentences == ("5 of 6 strategies are linked to another.", "Without a link: “Apart”.")
    assert lists(made) == {
        "From the top down: what rests on what": ["programme", ["middle", "old"], "vision", ["new"]],
        "Over time: what took over from what": ["old", ["middle", ["new"]], "programme", ["vision"]],
    }
    assert made.lists[0].links[1].below[0].about == "The region and The county, 2014–2025. Not reviewed"


def test_a_folder_without_links_has_no_whole() -> None:
    assert make_whole_chain(make_links(folder(strategy("a"), strategy("b"))), {}, T) is None


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_a_circle_is_walked_once(name: str) -> None:
    circle = folder(strategy("a", after=["b"]), strategy("b", after=["c"]), strategy("c", after=["a"]))
    told = lists(chain(name, circle))["What it takes over from"]
    assert str(told).count("'") == 2 * 3


def test_long_and_tangled_chains_end_soon() -> None:
    names = [f"s{number}" for number in range(400)]
    long = folder(*(strategy(name, after=names[:number][-1:]) for number, name in enumerate(names)))
    tangled = folder(*(strategy(name, on=names[:number]) for number, name in enumerate(names[:60])))
    begun = time.monotonic()
    assert str(lists(chain("s399", long))).count("s") >= len(names) - 1
    assert chain("s59", tangled) is not None
    assert make_whole_chain(make_links(tangled), {}, T) is not None
    assert time.monotonic() - begun < 2
