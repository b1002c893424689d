from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from granskning.reporting.differences.word_diff import word_diff

WORDS = st.lists(st.sampled_from(["en", "två", "tre", "fyra", "fem"]), max_size=12)


def test_words_taken_out_and_put_in() -> None:
    assert word_diff("en två tre fyra", "en två fem fyra") == (
        ("same", "en två"), ("removed", "tre"), ("added", "fem"), ("same", "fyra"),
    )  # fmt: skip


def test_texts_with_little_in_common_stand_one_after_the_other() -> None:
    assert word_diff("en två", "tre fyra") == (("removed", "en två"), ("added", "tre fyra"))
    assert word_diff(None, "ny") == (("added", "ny"),)
    assert word_diff(None, None) == ()


@given(WORDS, WORDS)
def test_both_texts_are_there(before: list[str], after: list[str]) -> None:
    runs = word_diff(" ".join(before), " ".join(after))
    assert " ".join(run.text for run in runs if run.kind != "added").split() == before
    assert " ".join(run.text for run in runs if run.kind != "removed").split() == after
