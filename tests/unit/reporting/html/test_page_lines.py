from __future__ import annotations

from granskning.reporting.html.page_lines import Difference, compare_pages, is_other_layout, same_words

LINES = tuple(f"rad {number} med några ord och talet {number * 7}" for number in range(60))
PAGES = (LINES[:30], LINES[30:])


def test_pages_that_are_alike() -> None:
    assert compare_pages(PAGES, PAGES) == ()
    assert same_words(PAGES, PAGES)


def test_a_changed_a_missing_and_an_added_line_each_with_its_page() -> None:
    other = (
        (*LINES[:5], LINES[5].replace("35", "36"), *LINES[6:30]),
        (*LINES[30:40], *LINES[41:50], "ny rad", *LINES[50:]),
    )
    assert compare_pages(other, PAGES) == (
        Difference(1, "rad 5 med några ord och talet 36", LINES[5]),
        Difference(2, "", LINES[40]),
        Difference(2, "ny rad", ""),
    )
    assert not is_other_layout(compare_pages(other, PAGES), other, PAGES)


def test_a_page_that_is_gone_is_no_other_layout() -> None:
    gone = PAGES[:1]
    assert not is_other_layout(compare_pages(gone, PAGES), gone, PAGES)
    assert len(compare_pages(gone, PAGES)) == 30


def test_lines_broken_elsewhere() -> None:
    words = " ".join(LINES).split()
    other = (tuple(" ".join(words[at : at + 5]) for at in range(0, len(words), 5)),)
    assert same_words(other, PAGES)
    changed = (tuple(line.replace("talet", "tal") if at == 3 else line for at, line in enumerate(other[0])),)
    assert is_other_layout(compare_pages(changed, PAGES), changed, PAGES)


def test_two_numbers_that_changed_places_are_noticed() -> None:
    other = ((LINES[1], LINES[0], *LINES[2:30]), LINES[30:])
    assert compare_pages(other, PAGES) != ()
    assert not same_words(other, PAGES)
