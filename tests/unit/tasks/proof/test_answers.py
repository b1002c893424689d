"""What `verify` answers, part by part: no report is printed, and what other rooms say is given."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from granskning import __version__
from granskning.edges.printing.pdf import Printed
from granskning.edges.readers.pdf_reading import ReadPdf
from granskning.errors import GranskningError, UnreadableFileError
from granskning.i18n import Translator
from granskning.model.evidence import QuotationStatus
from granskning.remembering import may_remember
from granskning.reporting.html.render import SHIPPED
from granskning.scoring.score_history import ScoreHistory
from granskning.scoring.timeline import Moment
from granskning.tasks.proof import reproduce, verify, verify_history, verify_quotations, verify_sources
from granskning.tasks.proof.publications import Publication
from granskning.tasks.proof.reproduce import _PAGES, _report, all_templates, can_remake, recorded_quotations
from granskning.tasks.proof.verification_report import VerificationAnswer
from granskning.tasks.proof.verify import (
    _at_hand,
    _is_original,
    _read_whole,
    _sources_beside,
    _try_git,
    _try_published,
    _version,
)
from granskning.tasks.proof.verify import _compare as compare_sources
from granskning.tasks.proof.verify_history import _candidates, _named, _untried
from granskning.tasks.proof.verify_history import _compare as compare_moments
from granskning.tasks.proof.verify_quotations import _anew
from granskning.tasks.proof.verify_sources import (
    _Case,
    _is_alike,
    _print,
    _try_again,
    _try_files,
    _try_numbers,
    _try_pages,
)
from granskning.tasks.reports.attachments import fingerprint_of
from granskning.tasks.reports.own_report import template_of

if TYPE_CHECKING:
    from collections.abc import Callable

ENGLISH = Translator("en")
ROOT = Path("/en/arbetsmapp")


def new() -> VerificationAnswer:
    return VerificationAnswer("sources")


def mismatches(answer: VerificationAnswer) -> list[str]:
    return [f"{one.where}: {one.said.text(ENGLISH)}" for one in answer.disagreements]


def remarks(answer: VerificationAnswer) -> list[str]:
    return [said.text(ENGLISH) for said in answer.remarks]


def tried(answer: VerificationAnswer) -> list[str]:
    return [said.text(ENGLISH) for said in answer.tried]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_it_agrees_only_where_all_could_be_tried_and_nothing_differs() -> None:
    answer = new()
    outcomes: list[str] = [answer.outcome]
    steps: tuple[Callable[[], None], ...] = (
        lambda: answer.remarks_that("r"),
        lambda: answer.add_check("c"),
        lambda: answer.add_skipped("s"),
        lambda: answer.add_mismatch("w", "m"),
    )
    for step in steps:
        step()
        outcomes.append(answer.outcome)
    assert outcomes == ["cannot_be_tried", "cannot_be_tried", "agrees", "cannot_be_tried", "disagrees"]
    assert not answer.complete


# --- values held against each other ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "expected", "told"),
    [
        ({"a": 1, "b": [1, {"c": "x"}]}, {"a": 1, "b": [1, {"c": "x"}]}, []),
        ({"a": 1}, {"a": 2}, [("report.json: a", "1", "2")]),
        ({"a": {"b": "x"}}, {"a": {"b": "y", "c": None}}, [("report.json: a.b", '"x"', '"y"')]),
        ({"a": [1, 2]}, {"a": [1, 3]}, [("report.json: a[1]", "2", "3")]),
        ({"a": [1]}, {"a": [1, 3]}, [("report.json: a", "[1]", "[1, 3]")]),
        ([1], {"a": 1}, [("report.json", "[1]", '{"a": 1}')]),
        (None, {}, [("report.json", "null", "{}")]),
    ],
)
def test_each_value_that_differs_is_told_by_its_place(there: Any, expected: Any, told: list[Any]) -> None:
    assert list(verify_sources.unlike(there, expected, "report.json")) == told


def test_a_value_is_told_up_to_a_length() -> None:
    short, long = "x" * 158, "x" * 159
    [(_, told, other)] = verify_sources.unlike(short, long, "")
    assert told == f'"{short}"'
    assert other == f'"{"x" * 157} …'
    assert len(other) == len(told) == 160


def numbers(data: bytes, expected: bytes, monkeypatch: pytest.MonkeyPatch) -> VerificationAnswer:
    answer = new()
    monkeypatch.setattr(verify_sources, "report_data", lambda *_: expected)
    remade: Any = SimpleNamespace(report=None)
    _try_numbers(answer, data, "review", remade)
    return answer


def test_the_numbers_of_a_report_are_held_against_those_that_the_sources_give(monkeypatch: pytest.MonkeyPatch) -> None:
    good = numbers(b'{"a": 1}', b'{"a": 1}', monkeypatch)
    assert (mismatches(good), remarks(good), len(good.tried)) == ([], [], 1)
    laid_out = numbers(b'{"a":1}', b'{"a": 1}', monkeypatch)
    assert mismatches(laid_out) == ["report.json: the file is not the one that the sources give"]
    broken = numbers(b"{", b'{"a": 1}', monkeypatch)
    assert mismatches(broken) == ['report.json: null stands there; the sources give {"a": 1}']
    for count in (12, 13, 14):
        many = ",".join(f'"{number:02}": 1' for number in range(count))
        answer = numbers(b"{}", f"{{{many}}}".encode(), monkeypatch)
        assert len(answer.disagreements) == 12
        assert remarks(answer) == ([f"More places differ: {count - 12}."] if count > 12 else [])


# --- the files within -----------------------------------------------------------------------------------------------

SOURCE: dict[str, Any] = {
    "name": "a.yaml", "path": "a.yaml", "sha256": sha(b"a"), "original_sha256": sha(b"A"), "rests_on": True,
    "role": "source",
}  # fmt: skip
OTHER: dict[str, Any] = {
    "name": "b.json", "path": "b.json", "sha256": sha(b"b"), "original_sha256": sha(b"B"), "rests_on": False,
    "role": "data",
}  # fmt: skip


def case(*attached: tuple[str, bytes], identity: bytes | None = None, **more: Any) -> Any:
    made = bytes.fromhex(sha(b"m")[:32])
    pdf = ReadPdf(
        attachments=(("manifest.json", b"m"), *attached), identity=made if identity is None else identity,
        pages=(), notes=0, ours=True, part="3", whole=True,
    )  # fmt: skip
    manifest = {
        "files": [SOURCE, OTHER], "fingerprint": fingerprint_of({"a.yaml": SOURCE["original_sha256"]}),
        "tool": {"version": __version__}, "report": {"kind": "review", "title": "T"}, "language": "sv", **more,
    }  # fmt: skip
    return _Case(b"%PDF", pdf, manifest, dict(pdf.attachments), apart=False, file="f.pdf", seconds=None)


def files(context: Any) -> list[str]:
    answer = new()
    _try_files(answer, context)
    assert tried(answer) == ["2 embedded files against the manifest"]
    return mismatches(answer)


def test_the_files_within_are_held_against_the_manifest_and_it_against_the_id() -> None:
    both = (("a.yaml", b"a"), ("b.json", b"b"))
    assert files(case(*both)) == []
    assert files(case(both[0])) == ["b.json: the file is named in the manifest but is not there"]
    assert files(case(both[0], ("b.json", b"c"))) == ["b.json: the file is not the one that the manifest names"]
    assert files(case(*both, ("c", b""))) == ["c: the file is not named in the manifest"]
    assert files(case(*both, both[0])) == ["a.yaml: there are several files of that name"]
    other = "manifest.json: the manifest is not the one that the file was made with"
    assert files(case(*both, identity=b"")) == [other]
    changed = "manifest.json: the fingerprint of the sources does not agree with the files it is of"
    assert files(case(*both, fingerprint="0" * 64)) == [changed]


@pytest.mark.parametrize(
    ("attached", "ours", "part", "told"),
    [
        ((("manifest.json", b'{"schema": "granskning/manifest/2"}'),), True, "3", ["newer version"]),
        ((("manifest.json", b'{"schema": "granskning/manifest/1"}'),), True, "3", ["not as granskning writes it"]),
        ((("manifest.json", b'{"schema": "annat/2"}'),), True, "3", ["not as granskning writes it"]),
        ((("manifest.json", b'{"schema": 2}'),), True, "3", ["not as granskning writes it"]),
        ((), True, "3", ["they have been taken out"]),
        ((), True, "2", ["does not carry its sources"]),
        ((), False, "3", ["not a report that granskning has made"]),
    ],
)
def test_why_there_is_no_manifest_to_go_by(attached: Any, ours: object, part: str, told: list[str]) -> None:
    for whole in (True, False):
        pdf = replace(case().pdf, attachments=attached, ours=bool(ours), part=part, whole=whole)
        answer = verify_sources.try_sources(b"", pdf, "f.pdf")
        said = [*remarks(answer), *mismatches(answer)]
        assert ["may have been cut short" in words for words in said] == [not whole, False][whole:]
        assert told[0] in said[-1]


def test_a_report_made_elsewhere_is_not_blamed_for_what_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    def differs(answer: VerificationAnswer, *_: object) -> None:
        answer.add_check("numbers")
        answer.add_mismatch("w", "m")

    def agrees(answer: VerificationAnswer, *_: object) -> None:
        answer.add_check("pages")

    def again(*, alike: bool, numbers: Any) -> VerificationAnswer:
        answer = new()
        monkeypatch.setattr(verify_sources, "_is_alike", lambda *_: alike)
        monkeypatch.setattr(verify_sources, "reproduce_report", lambda *_: object())
        monkeypatch.setattr(verify_sources, "_try_numbers", numbers)
        monkeypatch.setattr(verify_sources, "_try_pages", agrees)
        _try_again(answer, case())
        return answer

    here = again(alike=True, numbers=differs)
    assert (mismatches(here), tried(here), remarks(here), here.complete) == (["w: m"], ["numbers", "pages"], [], True)
    elsewhere = again(alike=False, numbers=differs)
    assert (mismatches(elsewhere), tried(elsewhere), elsewhere.complete) == ([], [], False)
    assert remarks(elsewhere)[-1].endswith("Places that differ: 1.")
    well = again(alike=False, numbers=agrees)
    assert (mismatches(well), tried(well), well.complete, len(well.remarks)) == ([], ["pages", "pages"], True, 1)


def test_a_report_is_made_again_of_the_sources_within_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    monkeypatch.setattr(verify_sources, "_is_alike", lambda *_: True)
    monkeypatch.setattr(verify_sources, "reproduce_report", lambda _, files, *__: given.append(files))
    for attached in ((("a.yaml", b"a"), ("b.json", b"b")), (("b.json", b"b"),)):
        _try_again(new(), case(*attached))
    assert given == [{"a.yaml": b"a"}, {}]


def test_what_cannot_be_made_again_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = new()
    _try_again(answer, case(report={"kind": "joint", "title": "T"}))
    assert (mismatches(answer), answer.complete) == ([], False)
    assert can_remake("review")

    def fails(*_: object) -> None:
        raise GranskningError("why")

    monkeypatch.setattr(verify_sources, "_is_alike", lambda *_: True)
    for given, why in ((fails, ["why"]), (lambda *_: None, [])):
        answer = new()
        monkeypatch.setattr(verify_sources, "reproduce_report", given)
        _try_again(answer, case())
        assert (mismatches(answer), remarks(answer)) == (["T: the embedded sources do not give this report"], why)


def test_templates_within_are_texts_and_replace_no_shipped_one() -> None:
    assert case(("templates.json", b'{"a": "x"}')).own == {"a": "x"}
    assert (
        case(("templates.json", b'{"a": "x", "b": 1}')).own == case(("templates.json", b"[1]")).own == case().own == {}
    )
    shipped = all_templates({})
    assert all_templates({"egen.j2": "x", f"{SHIPPED}egen.j2": "y"}) == {**shipped, "egen.j2": "x"}
    assert all_templates({next(iter(shipped)): "y"}) != shipped


# --- pages ----------------------------------------------------------------------------------------------------------


def pages(  # noqa: PLR0913  # what the printer and the reader say
    monkeypatch: pytest.MonkeyPatch, there: Any, expected: Any = (("a b",),), *, printed: Any = b"other",
    notes: int = 0, differing: tuple[int, ...] = (), missing: tuple[str, ...] = (),
) -> VerificationAnswer:  # fmt: skip
    answer, context = new(), case()
    context = replace(context, pdf=replace(context.pdf, pages=there, notes=notes))
    monkeypatch.setattr(verify_sources, "missing_libraries", lambda: missing)
    monkeypatch.setattr(verify_sources, "_print", lambda *_: printed)
    monkeypatch.setattr(verify_sources, "read_pdf", lambda *_: replace(context.pdf, pages=expected, notes=1))
    monkeypatch.setattr(verify_sources, "differing_pages", lambda *_: differing)
    remade: Any = None
    _try_pages(answer, context, remade)
    return answer


def test_pages_are_held_against_those_printed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    same = pages(monkeypatch, (("a b",),), printed=b"%PDF")
    assert (mismatches(same), tried(same)) == ([], ["every byte of the file, made again from the embedded sources"])
    absent = pages(monkeypatch, (("a b",),), missing=("pango", "harfbuzz"))
    assert (absent.complete, "pango, harfbuzz is missing" in remarks(absent)[0], tried(absent)) == (False, True, [])
    failed = pages(monkeypatch, (("a b",),), printed=GranskningError("why"))
    assert (failed.complete, remarks(failed)[1:], tried(failed)) == (False, ["why"], [])
    saved_anew = pages(monkeypatch, (("a b",),), notes=1)
    assert (mismatches(saved_anew), saved_anew.complete, len(saved_anew.remarks)) == ([], True, 1)
    broken = pages(monkeypatch, (("a", "b"),))
    assert tried(broken) == ["every word and number on the pages; the lines are broken elsewhere"]
    laid_on = pages(monkeypatch, (("a b",),), notes=3, differing=(2,))
    assert mismatches(laid_on) == [
        "pages: remarks, stamps or fields have been added on the pages: 2",
        "page:2: the page does not look like the one that the sources give",
    ]
    assert remarks(laid_on) == []
    assert len(pages(monkeypatch, (("a b",),), notes=2).disagreements) == 1
    many = pages(monkeypatch, (("a b",),), notes=1, differing=tuple(range(1, 15)))
    assert len(many.disagreements) == 12


def test_a_line_that_differs_is_told_by_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    told = pages(monkeypatch, (("a b", "c d e"), ("mer",)), (("a b", "c x e"), ("mer",)))
    assert mismatches(told) == ["page:1: ”c d e” stands there; the sources give ”c x e”"]
    assert mismatches(pages(monkeypatch, (("a b",),), (("a b", "x"),))) == ["page:1: ”x” is missing"]
    assert mismatches(pages(monkeypatch, (("a b", "x"),), (("a b",),))) == ["page:1: ”x” should not be there"]


# --- git ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "is_so"), [(b"a\nb\n", True), (b"a\r\nb\r\n", True), (b"a\r\nb\n", True), (b"a b", False)]
)
def test_line_ends_do_not_make_another_original(data: bytes, is_so: object) -> None:
    assert _is_original(data, {"original_sha256": sha(b"a\r\nb\r\n")}) is is_so


def test_a_version_is_found_where_branches_have_been_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "versions_of", lambda *_: [b"1", b"2"])
    for at_commit, wanted, version in ((b"1", b"1", b"1"), (b"3", b"2", b"2"), (None, b"2", b"2"), (b"3", b"9", b"3")):
        assert _version(ROOT, "p", {"original_sha256": sha(wanted)}, at_commit) == version
    assert _version(ROOT, "p", {"original_sha256": sha(b"9")}, None) is None


def test_what_git_has_is_held_against_the_hash_and_what_is_carried() -> None:
    sources = {name: {"name": name, "original_sha256": sha(name.encode())} for name in ("b", "a", "c")}
    carried = {"a": b"a", "b": b"b", "c": b"c"}
    for internal in (True, False):
        manifest = {"commit": "0123456789ab", "internal": internal}
        answer = new()
        compare_sources(answer, {"a": b"a", "b": b"x", "c": None}, sources, carried, manifest)
        assert mismatches(answer) == [
            "b: git has another text at 0123456789",
            "b: the embedded file does not say what git has at 0123456789",
            "c: git has no such file at 0123456789",
        ]
        assert tried(answer) == ["3 sources against git at 0123456789"]
    noted = b"schema: granskning/review/1\nanswers:\n  a:\n    note: N\n    level: 1\n"
    source = {"r": {"name": "r", "original_sha256": sha(noted)}}
    outcomes = []
    for internal in (True, False):
        answer = new()
        compare_sources(answer, {"r": noted}, source, {"r": noted}, {"commit": "0" * 40, "internal": internal})
        outcomes.append(len(answer.disagreements))
    assert outcomes == [0, 1]


def test_git_is_not_asked_where_nothing_can_be_held_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = case().pdf
    manifest = {"commit": "0123456789ab", "changed": False, "internal": False, "files": [SOURCE, OTHER]}

    def said(root: Path | None, values: Any, there: Any = None) -> str:
        monkeypatch.setattr(verify, "_read_whole", lambda *_: there)
        monkeypatch.setattr(verify, "try_history", lambda *_: None)
        answer = _try_git(root, pdf, values)
        return " ".join([*remarks(answer), *mismatches(answer), *tried(answer)])

    assert "no manifest" in said(ROOT, None)
    assert "was unknown" in said(ROOT, {**manifest, "commit": None})
    assert "no working folder" in said(None, manifest)
    assert "does not know the commit 0123456789." in said(ROOT, manifest)
    assert "changes that git did not have" in said(ROOT, {**manifest, "changed": True}, {"a.yaml": b"A"})
    told = said(ROOT, manifest, {"a.yaml": b"A"})
    assert told.endswith("1 source against git at 0123456789")


# --- moments --------------------------------------------------------------------------------------------------------


def moment(commit: str | None, *events: Any, date: str | None = "2026-11-24T12:00", **more: Any) -> Moment:
    return Moment(commit, date, None, None, events or ("assessed",), **more)


A, B, C = (moment(commit * 40) for commit in "abc")


def differences(told: ScoreHistory, there: ScoreHistory) -> list[str]:
    return [f"{where}: {ENGLISH(message, **values)}" for where, message, values in compare_moments(told, there)]


def test_moments_are_the_same_when_they_are_of_the_same_commit() -> None:
    whole = ScoreHistory((A, B, C))
    assert differences(whole, whole) == []
    assert differences(ScoreHistory((B, C), 1), whole) == []
    assert differences(ScoreHistory((B, C)), whole) == ["history.json: earlier: 0 stands there; git gives earlier: 1"]
    pending = moment(None, "uncommitted", date=None)
    assert differences(ScoreHistory((A, B, C, pending)), whole) == []
    assert differences(whole, ScoreHistory((A, B, C, pending))) == []
    assert differences(ScoreHistory((A, C)), ScoreHistory((A, B))) == [
        "history.json: 2026-11-24 cccccccc: git remembers no such moment",
        "history.json: 2026-11-24 bbbbbbbb: git remembers this moment, but the report does not tell of it",
    ]
    assert len(differences(ScoreHistory(), whole)) == 3
    changed = replace(whole, moments=(A, replace(B, reviews=2), C))
    assert differences(changed, whole) == [
        "history.json: 2026-11-24 bbbbbbbb.reviews: 2 stands there; git gives null",
    ]


def test_a_moment_that_is_told_twice_is_held_against_the_one_that_git_has() -> None:
    twice, once = ScoreHistory((A, A)), ScoreHistory((A,))
    assert differences(twice, once) == []
    assert differences(once, ScoreHistory((A, A), 0)) == ["history.json: earlier: 0 stands there; git gives earlier: 1"]


def test_a_moment_without_date_or_commit_has_a_name_all_the_same() -> None:
    assert _named(moment(None, date=None)) == "history.json: ? ?"


def test_a_report_may_have_been_made_at_its_last_moment_its_commit_a_later_merge_or_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verify_history, "later_merges", lambda _, last: [f"merge of {last[:1]}"])
    pending = moment(None, "uncommitted")

    def candidates(*moments: Moment) -> list[Any]:
        return list(_candidates(ROOT, "x", ScoreHistory(moments)))

    assert candidates(A, B, pending) == [B.commit, "x", "merge of b", None]
    assert candidates() == ["x", "merge of x", None]


def test_what_another_version_or_rule_tells_otherwise_is_nobodys_fault() -> None:
    here = {"tool": {"version": __version__}}
    assert _untried(here, ScoreHistory()) == ""
    assert "this version" in _untried({"tool": {"version": "0"}}, ScoreHistory())
    assert "earlier rule" in _untried(here, ScoreHistory(form=1))


def test_the_moments_are_held_against_each_commit_until_nothing_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = {
        "report": {"kind": "strategy", "strategy": "s"}, "language": "en", "commit": "x",
        "tool": {"version": __version__},
    }  # fmt: skip
    told = ScoreHistory((A, B, C))

    def tried_at(there: dict[Any, ScoreHistory | None], **more: Any) -> tuple[VerificationAnswer, list[Any]]:
        answer, asked = new(), []

        def remembered(_root: Path, _name: str, at: Any, _t: Translator) -> ScoreHistory | None:
            asked.append(at)
            return there.get(at)

        monkeypatch.setattr(verify_history, "read_memory", lambda _: told)
        monkeypatch.setattr(verify_history, "later_merges", lambda *_: [])
        monkeypatch.setattr(verify_history, "_remembered", remembered)
        verify_history.try_history(answer, ROOT, {**manifest, **more}, {})
        return answer, asked

    answer, asked = tried_at({"x": told, None: told})
    assert (mismatches(answer), tried(answer)) == ([], ["3 moments of the results against git"])
    assert asked == [C.commit, "x"]
    answer, asked = tried_at({"x": ScoreHistory((A,)), None: ScoreHistory((A, B))})
    assert (len(answer.disagreements), asked) == (1, [C.commit, "x", None])  # the nearest is told
    answer, _ = tried_at({C.commit: ScoreHistory((A, B)), "x": ScoreHistory((A, C)), None: ScoreHistory((B, C))})
    assert len(answer.disagreements) == 1
    first, _ = tried_at({C.commit: ScoreHistory((A, B))})
    assert mismatches(answer) == mismatches(first), "of those that are as near, the report's own last moment"
    answer, _ = tried_at({})
    assert (answer.complete, tried(answer), mismatches(answer)) == (False, [], [])
    answer, _ = tried_at({"x": ScoreHistory((A,))}, tool={"version": "0"})
    assert (answer.complete, mismatches(answer), remarks(answer)[0][-20:]) == (False, [], "aces that differ: 2.")
    answer, asked = tried_at({"x": told}, report={"kind": "review"})
    assert (asked, tried(answer), answer.complete) == ([], [], True)


# --- published ------------------------------------------------------------------------------------------------------

PUBLISHED: dict[str, Any] = {
    "strategy": "s", "round": "r", "reviewer": "x", "number": 2, "date": None, "fingerprint": "f",
    "files": [{"name": "k.zip", "role": "sources", "sha256": "2"}, {"name": "r.pdf", "role": "report", "sha256": "1"}],
}  # fmt: skip


def test_a_file_is_looked_up_among_what_has_been_published(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Publication("strategies/s/published/2", PUBLISHED)
    manifest: dict[str, Any] = {
        "report": {"kind": "review", "strategy": "s", "round": "r", "reviewer": "x"}, "fingerprint": "f",
    }  # fmt: skip

    def looked_up(sha256: str, values: Any = None, beside: Path | None = None) -> VerificationAnswer:
        monkeypatch.setattr(verify, "read_publications", lambda _: (mine,))
        return _try_published(ROOT, sha256, values, beside)

    found = looked_up("1")
    assert tried(found) == ["the SHA-256 is that of r.pdf, publication 2 of s, –"]
    assert (mismatches(found), remarks(found)) == ([], [])
    other = "strategies/s/published/2: publication 2 of s has another SHA-256 (1)"
    assert mismatches(looked_up("3", manifest)) == [other]
    assert mismatches(looked_up("3", None, ROOT / mine.folder)) == [other]
    for values in ({**manifest, "fingerprint": "g"}, {**manifest, "report": {**manifest["report"], "kind": "annex"}}):
        nothing = looked_up("3", values, ROOT)
        assert (mismatches(nothing), len(nothing.remarks)) == ([], 1)
    assert "no working folder" in remarks(_try_published(None, "1", None, None))[0]


# --- quotations -----------------------------------------------------------------------------------------------------


def quoted(words: str, **more: Any) -> QuotationStatus:
    return QuotationStatus("s", "e", words, "1", None, None, **{"status": "found", "sha256": "0", **more})


def test_quotations_are_looked_up_again_and_what_is_taken_from_the_record_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tried_again(recorded: list[QuotationStatus], anew: list[QuotationStatus], **more: Any) -> VerificationAnswer:
        answer = new()
        monkeypatch.setattr(verify_quotations, "recorded_quotations", lambda _: tuple(recorded))
        monkeypatch.setattr(verify_quotations, "_anew", lambda *_: {one.key: one for one in anew})
        verify_quotations.try_quotations(
            answer, more.get("root", ROOT), {"tool": {"version": more.get("by", __version__)}}
        )
        return answer

    one, two, never = quoted("ett"), quoted("två"), quoted("tre", sha256=None, status="unreadable")
    agrees = tried_again([one, two], [one, two])
    assert (mismatches(agrees), remarks(agrees)) == ([], [])
    assert tried(agrees) == ["2 quotations, looked up again in their documents"]
    part = tried_again([one, two, never], [one])
    assert [words[-3:] for words in remarks(part)] == [" 1.", " 1."]
    assert (mismatches(part), len(part.tried)) == ([], 1)
    without = tried_again([one], [one], root=None)
    assert (tried(without), len(without.remarks)) == ([], 1)
    gone = tried_again([quoted("x" * 61), quoted("x" * 60)], [quoted("x" * 61, status="moved", found_page="7"),
                                                              quoted("x" * 60, status="gone")])  # fmt: skip
    assert [told.partition(": ")[0] for told in mismatches(gone)] == [f"”{'x' * 59}…”", f"”{'x' * 60}”"]
    assert "page 7;" in mismatches(gone)[0]
    by_another = tried_again([one], [replace(one, status="gone")], by="0")
    assert (mismatches(by_another), tried(by_another), by_another.complete) == ([], [], False)
    for count in (12, 13):
        recorded = [quoted(f"{number}") for number in range(count)]
        many = tried_again(recorded, [replace(each, status="gone") for each in recorded])
        assert len(many.disagreements) == 12
        assert remarks(many) == (["More places differ: 1."] if count == 13 else [])


# --- the file and what lies beside it -------------------------------------------------------------------------------


def test_a_manifest_that_names_a_file_elsewhere_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_sources, "read_returned", lambda _kind, data: json.loads(data))

    def read_back(*named: tuple[str, str]) -> Any:
        listed = [{"name": name, "path": path} for name, path in named]
        pdf = replace(case().pdf, attachments=(("manifest.json", json.dumps({"files": listed}).encode()),))
        return verify_sources.read_manifest(pdf)

    assert read_back(("a", "b/c"), ("d", "e")) is not None
    assert read_back(("a", "b"), ("../d", "e")) is read_back(("a", "b"), ("d", "/e")) is None
    assert verify_sources.read_manifest(replace(case().pdf, attachments=())) is None
    assert verify_sources.read_memory(None) == ScoreHistory()


def test_the_working_folder_is_the_one_around_or_the_one_that_holds_the_file(tmp_path: Path) -> None:
    here, outside = tmp_path / "arbetsmapp", tmp_path / "annat"
    for folder in (here / "strategies", outside):
        folder.mkdir(parents=True)
    (here / "granskning.yaml").write_text("schema: granskning/workspace/1\norganisation: X\n", "utf-8")
    assert _at_hand(here / "strategies", None) == here
    assert _at_hand(outside, here / "strategies") == here
    assert _at_hand(outside, None) is None
    assert _at_hand(outside, outside) is None


def test_the_sources_of_an_archive_copy_lie_in_its_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    archived = {**PUBLISHED, "files": [*PUBLISHED["files"], {"name": "a.pdf", "role": "archive", "sha256": "3"}]}
    both = (Publication("en", PUBLISHED), Publication("två", archived))
    monkeypatch.setattr(verify, "read_publications", lambda _: both)
    monkeypatch.setattr(verify, "sources_of", lambda publication, *_: ((publication.folder, b""),))
    nothing: Any = None
    assert _sources_beside(nothing, "3", nothing) == (("två", b""),)
    assert _sources_beside(nothing, "1", nothing) == _sources_beside(nothing, "4", nothing) == ()


@pytest.mark.parametrize(
    ("attached", "root", "apart", "beside"),
    [
        ((), ROOT, True, True),
        ((), None, True, False),
        ((("a", b""),), ROOT, False, False),
        ((("manifest.json", b"m"),), ROOT, False, False),
    ],
)
def test_only_a_file_that_carries_nothing_is_an_archive_copy(
    monkeypatch: pytest.MonkeyPatch, attached: Any, root: Path | None, *, apart: bool, beside: bool
) -> None:
    asked: dict[str, Any] = {"beside": False, "quotations": 0}

    def sources_beside(*_: object) -> tuple[tuple[str, bytes], ...]:
        asked["beside"] = True
        return (("manifest.json", b"m"),)

    def sources(_data: bytes, _pdf: ReadPdf, _name: str, **more: Any) -> VerificationAnswer:
        asked["apart"] = more["apart"]
        return new()

    def quotations(*_: object) -> None:
        asked["quotations"] += 1

    manifest = {"report": {"kind": "review"}}
    monkeypatch.setattr(verify, "read_pdf", lambda *_: replace(case().pdf, attachments=attached))
    monkeypatch.setattr(
        verify, "read_manifest", lambda pdf: manifest if dict(pdf.attachments).get("manifest.json") else None
    )
    monkeypatch.setattr(verify, "_at_hand", lambda *_: root)
    monkeypatch.setattr(verify, "_sources_beside", sources_beside)
    monkeypatch.setattr(verify, "try_sources", sources)
    monkeypatch.setattr(verify, "try_quotations", quotations)
    for name in ("_try_git", "_try_published"):
        monkeypatch.setattr(verify, name, lambda *_: new())
    found = verify.verify_pdf(b"%PDF", ROOT)
    has_manifest = beside or attached[:1] == (("manifest.json", b"m"),)
    assert asked == {"beside": beside, "apart": apart, "quotations": int(has_manifest)}
    assert found.report == (manifest["report"] if has_manifest else None)
    assert (found.sha256, len(found.answers)) == (sha(b"%PDF"), 3)


def test_a_file_that_is_no_pdf_cannot_be_verified() -> None:
    with pytest.raises(UnreadableFileError, match="cannot be verified") as raised:
        verify.verify_pdf(b"text", ROOT, name="a.txt")
    assert raised.value.values["file"] == "a.txt"


def test_a_variant_is_read_from_git_as_the_whole_set_that_it_was(
    monkeypatch: pytest.MonkeyPatch, base_files: dict[str, bytes]
) -> None:
    head = b"schema: granskning/criteria/1\nid: egen\nversion: 1.0.0\ntitle: {sv: Egen, en: Own}\nextends: prov@1.0.0\n"
    variant = head + b"removes: {criteria: [makt-samrad], targets: [makt]}\n"
    repository = {**base_files, "criteria/egen.yaml": variant}

    def read_at(_root: Path, _commit: str, paths: Any) -> dict[str, bytes | None]:
        return {path: repository.get(path) for path in paths}

    monkeypatch.setattr(verify, "read_at", read_at)
    plain = _read_whole(ROOT, "c", ["criteria/prov.yaml", "finns-inte"])
    assert plain == {"criteria/prov.yaml": base_files["criteria/prov.yaml"], "finns-inte": None}
    whole = _read_whole(ROOT, "c", ["criteria/egen.yaml", "granskning.yaml", "finns-inte"])
    assert whole is not None
    assert (whole["granskning.yaml"], whole["finns-inte"]) == (base_files["granskning.yaml"], None)
    assert b"resor-vardag" in (whole["criteria/egen.yaml"] or b"")
    assert b"makt-samrad" not in (whole["criteria/egen.yaml"] or b"")
    repository["templates/egen.yaml"] = variant
    as_they_are = {
        "templates/egen.yaml": variant,
        "criteria/saknas.yaml": None,
        "criteria/prov.yaml": base_files["criteria/prov.yaml"],
    }
    assert _read_whole(ROOT, "c", list(as_they_are)) == as_they_are
    del repository["criteria/prov.yaml"]
    assert _read_whole(ROOT, "c", ["criteria/egen.yaml"]) == {"criteria/egen.yaml": variant}
    monkeypatch.setattr(verify, "read_at", lambda *_: None)
    assert _read_whole(ROOT, "c", ["criteria/egen.yaml"]) is None


def test_the_report_that_is_made_again_is_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    reviews = [SimpleNamespace(review=SimpleNamespace(identity=("s", "r", name))) for name in "xy"]
    rounds = [SimpleNamespace(strategy="s", round=name) for name in ("r", "q")]
    reporter: Any = SimpleNamespace(
        reported=SimpleNamespace(scored=reviews, rounds=rounds),
        review=lambda held, *, internal: ("review", held, internal),
        annex=lambda held: ("annex", held),
        round=lambda held, *, internal: ("round", held, internal),
        criteria=lambda held: ("criteria", held),
        workspace=SimpleNamespace(criteria={"c@1": "C"}, strategies={"s": object()}),
    )

    class Times:
        def __init__(self, *_: object) -> None:
            pass

        def occasions(self, name: str) -> tuple[int, ...]:
            return (1,) if name == "s" else ()

        def strategy(self, name: str) -> Any:
            return ("strategy", name)

        def change(self, before: Any, after: Any) -> Any:
            return ("change", before, after)

    monkeypatch.setattr(reproduce, "TimeReporter", Times)

    def made(kind: str, *, internal: bool = False, **wanted: Any) -> Any:
        named = {"kind": kind, "strategy": "s", "round": "r", "reviewer": None, **wanted}
        return _report(reporter, named, ScoreHistory(), internal=internal)

    def of(name: str) -> dict[str, str]:
        return {"strategy": "s", "round": "r", "reviewer": name}

    assert made("strategy", round=None) == ("strategy", "s")
    assert made("change", reviewer="y", against=of("x")) == ("change", *reviews)

    assert made("review", reviewer="y") == made("page", reviewer="y") == ("review", reviews[1], False)
    assert made("review", internal=True, reviewer="x") == ("review", reviews[0], True)
    assert made("annex", reviewer="y") == ("annex", reviews[1])
    assert made("round", round="q") == ("round", rounds[1], False)
    assert made("criteria", criteria="c@1") == ("criteria", "C")
    reporter.workspace.strategies["tom"] = object()
    for nothing in (
        made("review", reviewer="z"), made("annex", reviewer="z"), made("round", round="z"),
        made("criteria", criteria="c@2"), made("criteria"),
        made("strategy", strategy="z", round=None), made("strategy", strategy="tom", round=None),
        made("change", reviewer="x", against=of("z")), made("change", reviewer="z", against=of("x")),
        made("change", reviewer="x"),
    ):  # fmt: skip
        assert nothing is None


def test_a_report_is_made_again_with_its_own_template_or_that_of_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    report: list[Any] = ["R"]
    monkeypatch.setattr(reproduce, "_report", lambda *_, **__: report[0])
    monkeypatch.setattr(reproduce, "render_once", lambda _templates, page, held, *_: f"{page} {held}")
    manifest: dict[str, Any] = {
        "language": "sv", "files": [], "report": {"kind": "annex"}, "commit": None, "changed": False,
        "as_of": "2026-11-24", "internal": False,
    }  # fmt: skip
    made = reproduce.reproduce_report(manifest, {}, {})
    assert made is not None
    assert (made.report, made.html) == ("R", f"{_PAGES['annex']} R")
    own = reproduce.reproduce_report({**manifest, "report": {"kind": "annex", "template": "egen"}}, {}, {})
    assert own is not None
    assert own.html == f"{template_of('egen')} R"
    report[0] = None
    assert reproduce.reproduce_report(manifest, {}, {}) is None


def test_a_report_is_alike_where_libraries_templates_and_version_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_sources, "versions", lambda _: {"weasyprint": "1"})
    monkeypatch.setattr(verify_sources, "layout_of", lambda *_: "l")
    same = {"libraries": {"weasyprint": "1"}, "templates": "l", "tool": {"version": __version__}, "language": "sv"}
    assert _is_alike(same, {})
    others: list[dict[str, Any]] = [{"libraries": {}}, {"templates": "m"}, {"tool": {"version": "0"}}]
    for other in others:
        assert not _is_alike({**same, **other}, {})


def test_a_report_is_printed_once_alone_and_carries_its_files_unless_they_lie_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: dict[str, Any] = {}

    def print_all(jobs: list[Any], *_: object, **more: Any) -> Any:
        asked.update(job=jobs[0], **more)
        yield jobs[0], asked["gives"]

    monkeypatch.setattr(verify_sources, "print_all", print_all)
    monkeypatch.setattr(verify_sources, "make_attachments", lambda *_: ("a",))
    remade: Any = SimpleNamespace(html="H")
    for apart, attached in ((False, ("a",)), (True, ())):
        asked["gives"] = Printed(b"%PDF")
        assert _print(replace(case(), apart=apart), remade) == b"%PDF"
        assert (asked["job"].html, asked["job"].attachments, asked["workers"], asked["apart"]) == (
            "H",
            attached,
            1,
            True,
        )
    asked["gives"] = GranskningError("why")
    assert _print(case(), remade) is asked["gives"]


def test_quotations_are_looked_up_in_the_strategies_that_are_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("s", "t"):
        (tmp_path / "strategies" / name).mkdir(parents=True)
        (tmp_path / "strategies" / name / "strategy.yaml").write_text("", "utf-8")
    opened: list[Any] = []

    def open_workspace(_root: Path, paths: list[Path]) -> Any:
        opened.append([path.parent.name for path in paths])
        return None, SimpleNamespace(workspace="W")

    monkeypatch.setattr(verify_quotations, "open_workspace", open_workspace)
    monkeypatch.setattr(verify_quotations, "look_up_again", lambda *given: (*given, may_remember()))
    recorded = [
        quoted("a", sought_in="t/e"),
        quoted("b"),
        quoted("c", sought_in="u/e"),
        quoted("d", sought_in="\x00/e"),
    ]
    found: Any = _anew(tmp_path, recorded, 7)
    assert opened == [["s", "t"]]
    assert found == (tmp_path, "W", recorded, 7, False), "looked up for real, within the time asked for"
    assert _anew(tmp_path, [quoted("c", sought_in="u/e")], 7) == {}

    def fails(*_: object) -> None:
        raise GranskningError("why")

    monkeypatch.setattr(verify_quotations, "open_workspace", fails)
    assert _anew(tmp_path, recorded, 7) == {}
    kept: dict[str, Any] = {
        "strategy": "s",
        "edition": "e",
        "quote": "q",
        "page": None,
        "pdf_page": None,
        "section": None,
        "status": "found",
    }
    assert recorded_quotations({"quotations": [kept]}) == (QuotationStatus(**kept),)
    assert recorded_quotations({}) == ()
