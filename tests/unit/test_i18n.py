"""Words, numbers and dates in two languages."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

from granskning.errors import GranskningError, UsageError
from granskning.i18n import LANGUAGES, N_, NN_, Translator

NB = "\N{NO-BREAK SPACE}"
SV, EN = Translator("sv"), Translator("en")


def test_a_msgid_is_english_and_has_a_swedish_form() -> None:
    assert EN("the answer lacks a justification") == "the answer lacks a justification"
    assert SV("the answer lacks a justification") == "bedömningen saknar motivering"


def test_fields_are_filled_in_either_language() -> None:
    assert SV("did you mean {suggestion}?", suggestion="resor-vardag") == "menade du resor-vardag?"
    assert EN("did you mean {suggestion}?", suggestion="resor-vardag") == "did you mean resor-vardag?"


def test_values_are_never_read_as_fields() -> None:
    assert SV("did you mean {suggestion}?", suggestion="{hint}") == "menade du {hint}?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_stay_no_words(language: str) -> None:
    # gettext gives its own header for an empty msgid
    assert Translator(language)("") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_msgid_is_shown_as_it_stands(language: str) -> None:
    assert Translator(language)("no code says this") == "no code says this"


def test_a_language_without_a_catalogue_has_fixed_words_in_swedish() -> None:
    assert Translator("fi")("hint") == "tips"


def test_marking_changes_nothing() -> None:
    assert N_("hint") == "hint"


@pytest.mark.parametrize(
    ("count", "told"),
    [(1, "1 ruta ovanför tabellen läses inte"), (2, "2 rutor ovanför tabellen läses inte"), (None, "{count} rutor ")],
)
def test_words_that_are_told_later_are_of_one_or_of_several(count: int | None, told: str) -> None:
    """As they travel with an error; of what nobody has counted they are those of several."""
    words = NN_("{count} cell above the table is not read", "{count} cells above the table are not read")
    travelled = pickle.loads(pickle.dumps(words))  # noqa: S301  # written by ourselves
    for counted in (words, travelled):
        assert Translator("sv")(counted, **({} if count is None else {"count": count})).startswith(told)


@pytest.mark.parametrize(
    ("count", "swedish", "english"),
    [
        (0, "0 filer", "0 files"),
        (1, "1 fil", "1 file"),
        (2, "2 filer", "2 files"),
        (12_500, f"12{NB}500 filer", "12,500 files"),
    ],
)
def test_plural(count: int, swedish: str, english: str) -> None:
    assert SV.plural("{count} file", "{count} files", count) == swedish
    assert EN.plural("{count} file", "{count} files", count) == english


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1_000, f"1{NB}000", "1,000"),
        (1_234_567, f"1{NB}234{NB}567", "1,234,567"),
    ],
)
def test_whole_numbers_part_their_thousands(number: int, swedish: str, english: str) -> None:
    assert SV.whole(number) == swedish
    assert EN.whole(number) == english


@pytest.mark.parametrize(
    ("number", "decimals", "swedish", "english"),
    [
        (Fraction(3, 2), None, "1,5", "1.5"),
        (Fraction(2), None, "2", "2"),
        (Fraction(1, 3), None, "0,333333", "0.333333"),
        (Fraction(1, 8), None, "0,125", "0.125"),
        (Fraction(5, 3), 1, "1,7", "1.7"),
        (Fraction(2), 1, "2,0", "2.0"),
        (Fraction(1, 20), 1, "0,1", "0.1"),
        (Fraction(5, 2), 0, "3", "3"),
        (Fraction(99_999, 100), 1, f"1{NB}000,0", "1,000.0"),
        (Fraction(24_691, 2), 1, f"12{NB}345,5", "12,345.5"),
        (7, 2, "7,00", "7.00"),
    ],
)
def test_decimal_numbers(number: Fraction | int, decimals: int | None, swedish: str, english: str) -> None:
    assert SV.number(number, decimals) == swedish
    assert EN.number(number, decimals) == english


def test_a_negative_number_has_a_true_minus_sign() -> None:
    assert SV.number(Fraction(-3, 2)) == "−1,5"
    assert EN.number(-4) == "−4"


def test_halves_are_rounded_away_from_zero_on_both_sides() -> None:
    assert [SV.number(Fraction(one, 2), 0) for one in (-3, -1, 1, 3)] == ["−2", "−1", "1", "2"]


def test_what_is_rounded_to_nothing_has_no_sign() -> None:
    assert SV.number(Fraction(-1, 100), 1) == "0,0"


@pytest.mark.parametrize(
    ("share", "decimals", "swedish", "english"),
    [
        (Fraction(4, 5), 0, f"80{NB}%", "80%"),
        (Fraction(1, 3), 1, f"33,3{NB}%", "33.3%"),
        (Fraction(1), 0, f"100{NB}%", "100%"),
        (Fraction(0), 0, f"0{NB}%", "0%"),
    ],
)
def test_percent(share: Fraction, decimals: int, swedish: str, english: str) -> None:
    assert SV.percent(share, decimals) == swedish
    assert EN.percent(share, decimals) == english


@pytest.mark.parametrize(
    ("iso", "swedish", "english"),
    [
        ("2026-11-23", f"23{NB}november 2026", f"23{NB}November 2026"),
        ("2026-05-01", f"1{NB}maj 2026", f"1{NB}May 2026"),
        ("2026-01", "januari 2026", "January 2026"),
        ("2026", "2026", "2026"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_dates(iso: str | None, swedish: str, english: str) -> None:
    assert SV.date(iso) == swedish
    assert EN.date(iso) == english


def test_every_month_has_a_name_in_each_language() -> None:
    for t in (SV, EN):
        assert len({t.date(f"2026-{month:02}") for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("items", "swedish", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a och b", "a and b"),
        (["a", "b", "c"], "a, b och c", "a, b and c"),
    ],
)
def test_series(items: list[str], swedish: str, english: str) -> None:
    assert SV.series(items) == swedish
    assert EN.series(items) == english


def test_content_is_told_in_the_readers_language() -> None:
    text = {"sv": "Resor i vardagen", "en": "Everyday travel"}
    assert (SV.text(text), EN.text(text)) == ("Resor i vardagen", "Everyday travel")
    assert SV.has(text)


def test_content_in_another_language_is_marked_as_such() -> None:
    assert EN.text({"sv": "Resor i vardagen"}) == "[only in Swedish] Resor i vardagen"
    assert SV.text({"en": "Everyday travel"}) == "[bara på engelska] Everyday travel"
    assert not EN.has({"sv": "Resor i vardagen"})


def test_content_without_words_is_empty() -> None:
    assert SV.text({}) == ""


def test_the_language_is_plain_text_that_travels_between_processes() -> None:
    # a worker is given the code and makes a Translator of its own, which finds its catalogue where it runs
    language = pickle.loads(pickle.dumps(SV.language))  # noqa: S301  # our own bytes
    assert Translator(language)("hint") == "tips"


def test_an_error_travels_untranslated_and_is_told_where_it_arrives() -> None:
    error = UsageError("there is no strategy {strategy}", "see that the name is right", strategy="provplan")
    arrived: GranskningError = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes
    assert isinstance(arrived, UsageError)
    assert SV(arrived.message, **arrived.values) == "det finns ingen strategi provplan"
    assert EN(arrived.message, **arrived.values) == "there is no strategy provplan"


@pytest.mark.parametrize(
    ("share", "told"),
    [("1/2", "50"), ("1/8", "12,5"), ("1/3", "1/3"), ("2/3", "2/3"), ("0", "0"), ("1", "100"), ("1/101", "1,0")],
)
def test_a_share_is_told_whole(share: str, told: str) -> None:
    assert SV.share(Fraction(share)) == (told if "/" in told else f"{told}\N{NO-BREAK SPACE}%")


def test_content_is_in_the_language_asked_for_or_marked() -> None:
    t = Translator("fi")
    assert (t.asked, t.language, t.foreign) == ("fi", "sv", "fi")
    assert t.text({"sv": "Resor", "fi": "Matkat"}) == "Matkat"
    assert t.text({"en": "Travel"}) == "[bara på engelska] Travel"
    assert t.text({"tlh": "leng"}) == "[bara på ett annat språk: tlh] leng"
    assert t.number(Fraction(5, 2)) == "2,5"


def test_a_narrower_language_has_the_words_of_the_wider() -> None:
    t = Translator("sv-FI")
    assert (t.language, t.foreign) == ("sv", "")
    assert t.has({"sv": "Resor"})
    assert t.text({"sv": "Resor", "sv-FI": "Resorna"}) == "Resorna"
    assert t.text({"sv": "Resor"}) == "Resor"
