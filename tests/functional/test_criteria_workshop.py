"""The criteria workshop on the page: edited exactly, merged, tried by the real scoring; and 57 rows to a review."""

from __future__ import annotations

import contextlib
import html
import http.client
import io
import re
import time
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from served import Served, words
from set_forms import SET, form_in, values

if TYPE_CHECKING:
    from conftest import Run

QUESTION = "/matt/prov/fraga/resor-barn"
BOUNDARY = "gransen"


def upload(site: Served, fields: dict[str, str], name: str, data: bytes) -> Any:
    lines = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
             for key, value in fields.items()]  # fmt: skip
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="library"; filename="{name}"\r\n\r\n'
    body = b"".join([*lines, head.encode(), data, f"\r\n--{BOUNDARY}--\r\n".encode()])
    return site.ask("POST", "/matt", {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, body)


def test_every_view_is_there_and_names_no_key(site: Served) -> None:
    for path in ("/matt", "/matt/prov", QUESTION, "/matt/prov/malbild/resor", "/matt/prov/del/head",
                 "/matt/prov/del/scale", "/matt/prov/del/rules", "/matt/prov/prova"):  # fmt: skip
        reply = site.ask("GET", path)
        assert reply.status == 200, path
        for key in ("means_missing", "not_applicable", "counts_as_evidence", "half_up", "scoring", "GR4"):
            assert key not in words(reply.body), (path, key)
    assert site.ask("GET", "/matt/finns-inte").status == 404
    for path in (
        "fraga/finns-inte",
        "malbild/finns-inte",
        "annat/resor",
        "regler/scoring.gates.7",
        "regler/x",
        "del/x",
    ):
        assert site.ask("GET", f"/matt/prov/{path}").status == 404, path


def test_a_form_that_is_saved_as_it_is_changes_no_byte(site: Served) -> None:
    before = (site.root / SET).read_bytes()
    for path in (QUESTION, "/matt/prov/fraga/resor-vardag", "/matt/prov/malbild/makt", "/matt/prov/del/head",
                 "/matt/prov/del/scale", "/matt/prov/del/rules"):  # fmt: skip
        reply = site.post(path, form_in(site, path))
        assert reply.status == 303, words(reply.body)
        assert (site.root / SET).read_bytes() == before, path


def test_a_question_is_edited_exactly(site: Served) -> None:
    file = site.root / SET
    text = "# min anteckning\r\n" + file.read_text("utf-8").replace("\n", "\r\n")
    file.write_bytes(text.encode())
    fields = form_in(site, QUESTION)
    fields |= {"f-why@sv": "Barn åker buss.", "f-weight": "1,5", "f-weight.why@sv": "Fler.", "f-core": "yes",
               "f-level:3@en": "Funds"}  # fmt: skip
    assert site.post(QUESTION, fields).status == 303
    question = values(site)["targets"][0]["criteria"][1]
    assert question["why"] == {"sv": "Barn åker buss."}
    assert question["weight"] == {"value": 1.5, "why": {"sv": "Fler."}}
    assert (question["core"], question["levels"]["3"]) == (True, {"sv": "Pengar", "en": "Funds"})
    after = file.read_bytes()
    assert after.startswith(b"# min anteckning\r\n")
    assert b"\n" not in after.replace(b"\r\n", b"")
    kept = [line for line in text.splitlines() if "Pengar, en: Money" not in line]
    assert [line for line in after.decode().splitlines() if line in kept][: len(kept)]
    fields = form_in(site, QUESTION) | {"f-why@sv": "", "f-weight": ""}
    fields.pop("f-core")
    assert site.post(QUESTION, fields).status == 303
    question = values(site)["targets"][0]["criteria"][1]
    assert not {"why", "weight", "core"} & question.keys()


def test_two_at_once_see_both_texts_and_choose(site: Served) -> None:
    mine, theirs = form_in(site, QUESTION), form_in(site, QUESTION)
    assert site.post(QUESTION, {**theirs, "f-question@sv": "Deras fråga?"}).status == 303
    mine |= {"f-question@sv": "Min fråga?", "f-question@en": "Mine?"}
    reply = site.post(QUESTION, mine)
    assert reply.status == 409
    assert "Deras fråga?" in words(reply.body)
    assert "Min fråga?" in reply.body
    question = values(site)["targets"][0]["criteria"][1]["question"]
    assert question == {"sv": "Deras fråga?", "en": "Mine?"}  # what does not clash is saved
    base = html.unescape(re.search(r'name="base" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    seen = html.unescape(re.search(r'name="seen" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    assert site.post(QUESTION, {**mine, "base": base, "seen": seen, "settle": "mine"}).status == 303
    assert values(site)["targets"][0]["criteria"][1]["question"]["sv"] == "Min fråga?"


def test_what_would_be_an_error_is_refused_in_words(site: Served) -> None:
    before = (site.root / SET).read_bytes()
    reply = site.post(QUESTION, form_in(site, QUESTION) | {"f-question@sv": "", "f-question@en": ""})
    assert reply.status == 409
    reply = site.post("/matt/prov/fraga/resor-vardag/bort", {"why": "Behövs inte."})  # a basic demand leans on it
    assert reply.status == 409
    assert (site.root / SET).read_bytes() == before
    for field in ("base", "seen"):
        assert site.post(QUESTION, form_in(site, QUESTION) | {field: '{"question@sv": 5, "x'}).status in (
            303,
            409,
        )
    assert (site.root / SET).read_bytes() == before


def test_questions_and_targets_are_added_moved_and_taken_away(site: Served) -> None:
    made = site.post("/matt/prov/malbild/makt/ny-fraga", {"question": "Vem bestämmer om pengarna?"})
    assert (made.status, made.header("location")) == (303, "/matt/prov/fraga/makt-vem-bestammer-om-pengarna")
    made = site.post(
        "/matt/prov/ny-malbild", {"title": "Kunskap", "picture": "Alla vet.", "question": "Vad vet planen?"}
    )
    assert made.status == 303, words(made.body)
    assert [target["id"] for target in values(site)["targets"]] == ["resor", "makt", "kunskap"]
    assert site.post("/matt/prov/flytta", {"kind": "targets", "name": "kunskap", "way": "up"}).status == 303
    assert site.post("/matt/prov/flytta", {"kind": "criteria", "name": "resor-barn", "way": "up"}).status == 303
    assert [target["id"] for target in values(site)["targets"]] == ["resor", "kunskap", "makt"]
    assert [criterion["id"] for criterion in values(site)["targets"][0]["criteria"]] == [
        "resor-barn",
        "resor-vardag",
    ]
    assert site.post(f"{QUESTION}/bort", {"why": "Ersatt."}).status == 303
    assert values(site)["retired"] == [{"id": "resor-barn", "version": "1.0.0", "text": {"sv": "Ersatt."}}]


def test_rules_and_levels_are_changed_and_told_in_words(site: Served) -> None:
    assert "viktade medelvärdet" in words(site.ask("GET", "/matt/prov").body)
    path = "/matt/prov/del/rules"
    assert site.post(path, form_in(site, path) | {"f-criteria": "weakest", "f-coverage": "60 %"}).status == 303
    scoring = values(site)["scoring"]
    assert (scoring["criteria"]["method"], scoring["verdict"]["requires"]["coverage"]) == ("weakest", "60 %")
    reply = site.post(path, form_in(site, path) | {"f-coverage": "mycket"})
    assert (reply.status, "till exempel 80 %" in words(reply.body)) == (409, True)
    assert 'name="f-coverage" value="mycket" aria-invalid="true"' in reply.body
    assert 'id="e-coverage-wrong"' in reply.body
    path = "/matt/prov/del/scale"
    assert site.post(path, form_in(site, path) | {"f-0.label@sv": "Finns inte"}).status == 303
    assert values(site)["scale"][0]["label"] == {"sv": "Finns inte", "en": "Missing"}


def test_a_trial_counts_as_a_review_does_and_writes_nothing(site: Served) -> None:
    before = (site.root / SET).read_bytes()
    answers = {"a-resor-vardag": "level:3", "a-resor-barn": "level:0", "a-makt-samrad": "level:2"}
    told = words(site.post("/matt/prov/prova", answers).body)
    assert "Summa 6 / 3 = 2,0" in told
    assert "Resor 2,0 2 av 2 Makt 2,0 1 av 1 Helheten 2,0 3 av 3" in told
    reply = site.post("/matt/prov/prova", {"a-resor-vardag": "level:9"})
    assert (reply.status, "Nivån 9 finns inte" in words(reply.body)) == (409, True)
    assert (site.root / SET).read_bytes() == before


def test_a_new_version_keeps_the_old_and_shows_what_becomes_of_answers(site: Served) -> None:
    assert site.post("/matt/prov/version", {"version": "1.1.0"}).status == 303
    assert site.post(f"{QUESTION}/bort", {"why": "Ersatt."}).status == 303
    other = "/matt/prov/fraga/makt-samrad"
    assert "Sedan version 1.0.0" in words(site.ask("GET", other).body)
    fields = form_in(site, other) | {
        "f-question@sv": "Vilka bestämde?",
        "change": "substantive",
        "change-text": "Vidare.",
    }
    assert site.post(other, fields).status == 303
    changes = {item["criterion"]: item["kind"] for item in values(site)["changes"]}
    assert changes == {"resor-barn": "retired", "makt-samrad": "substantive"}
    shown = site.ask("GET", "/matt/prov").body
    assert "/granskning/provplan/2026-11/granskaren/arbete" in shown
    moved = site.post("/granskning/provplan/2026-11/granskaren/flytta", {"to": "prov@1.1.0"})
    assert "resor-barn: arkiveras" in words(moved.body)
    assert "makt-samrad: står kvar" not in words(moved.body)
    assert "makt-samrad: " in words(moved.body)
    assert (site.root / "criteria/earlier/prov-1.0.0.yaml").exists()


def test_a_workbook_of_reviews_is_not_brought_in_among_criteria(site: Served, granskning: Run) -> None:
    assert granskning("export", "-o", "bok.xlsx", cwd=site.root).returncode == 0
    book = load_workbook(site.root / "bok.xlsx")
    out = io.BytesIO()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "Alla hördes.":
                    cell.value = "Ändrat."
    book.save(out)
    review = site.root / "strategies/provplan/reviews/2026-11/granskaren.yaml"
    before = review.read_bytes()
    reply = upload(site, {"write": "1"}, "bok.xlsx", out.getvalue())
    assert (reply.status, "inte med frågor" in words(reply.body)) == (409, True)
    assert review.read_bytes() == before


def test_another_page_changes_nothing(site: Served) -> None:
    before = (site.root / SET).read_bytes()
    assert site.post(QUESTION, {"f-question@sv": "X"}, {"Origin": "https://ond.exempel.se"}).status == 403
    assert (site.root / SET).read_bytes() == before


def test_a_spreadsheet_of_57_rows_to_a_review_in_few_steps(site: Served) -> None:
    """Ten minutes for a person; here the steps are counted, and what the program itself takes."""
    begun, steps = time.process_time(), []

    def step(what: str, reply: Any, status: int) -> Any:
        steps.append(what)
        assert reply.status == status, (what, words(reply.body))
        return reply

    step("open Criteria", site.ask("GET", "/matt"), 200)
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", site.port)) as connection:
        connection.request("GET", "/matt-mall", headers={"Cookie": site.cookie, "Host": site.host})
        template = connection.getresponse().read()
    steps.append("take the template")
    book = load_workbook(io.BytesIO(template))
    sheet = book["Frågor"]
    columns: dict[Any, Any] = {cell.value: cell.column for cell in sheet[1]}
    for number in range(57):
        row = {"Målbild": f"Målbild {number // 10 + 1}" if number % 10 == 0 else None,
               "Nummer": f"{number // 10 + 1}.{number % 10 + 1}",
               "Fråga": f"Exempelfråga {number + 1}?", "Varför": "Ett exempel."}  # fmt: skip
        row |= {f"Nivå {level}": f"Kräver {level}" for level in ("0: Saknas", "1: Nämns", "2: Delvis", "3: Styr")}
        for heading, text in row.items():
            sheet.cell(number + 2, columns[heading]).value = text
    book["Om uppsättningen"]["B1"].value = "Exempelmål"
    out = io.BytesIO()
    book.save(out)
    steps.append("fill in 57 rows (the planner's own table is pasted)")
    shown = step("show what is understood", upload(site, {"write": "0"}, "mal.xlsx", out.getvalue()), 200)
    assert "57" in words(shown.body)
    assert not (site.root / "criteria/exempelmal.yaml").exists()
    step("bring it in", upload(site, {"write": "1"}, "mal.xlsx", out.getvalue()), 303)
    step("look it through", site.ask("GET", "/matt/exempelmal?infort=1"), 200)
    step("try it", site.post("/matt/exempelmal/prova", {"a-malbild-1-1-1": "level:2"}), 200)
    fields = {"round": "2026-12", "kind": "reviewer", "reviewer": "Planerare", "criteria": "exempelmal"}
    step("begin the review", site.post("/strategi/provplan/ny", fields), 303)
    at = "/granskning/provplan/2026-12/planerare"
    form = site.ask("GET", f"{at}/fraga").header("location")
    first = step("open the first question", site.ask("GET", form or f"{at}/fraga"), 200)
    assert "Exempelfråga 1?" in first.body
    assert len(values(site, "criteria/exempelmal.yaml")["targets"]) == 6
    assert len(steps) <= 9, steps
    assert time.process_time() - begun < 60
