"""Every draft can be previewed, its gaps marked; and no command stands in what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from served import Served, words

from granskning.web.parts import page_hints

AT = "/granskning/provplan/2026-11/granskaren"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
MESSAGES = Path(__file__).parents[2] / "src/granskning/locale/sv/LC_MESSAGES/messages.po"


def question_in(body: str, number: str) -> str:
    """The words of one question's article in a report."""
    articles = re.findall(r'(?s)<article class="question".*?</article>', body)
    return next(words(article) for article in articles if words(article).startswith(number))


EVIDENCE = """\
    evidence:
      - edition: remiss
        page: 1
        quote: >-
          Omsorgsresor nämns en gång.
"""
DRAFTS = {
    "justification": ("    justification: >-\n      Omsorgsresor nämns en gång.\n", "", "Motiveringen saknas."),
    "evidence": (EVIDENCE, "", "Belägg saknas."),
}


@pytest.mark.parametrize("name", DRAFTS)
def test_a_gap_is_marked_at_its_question(site: Served, name: str) -> None:
    old, new, gap = DRAFTS[name]
    path = site.root / REVIEW
    text = path.read_text("utf-8")
    assert gap not in question_in(site.ask("GET", f"{AT}/rapport?form=html").body, "1.1")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert site.ask("GET", f"{AT}/rapport").status == 200
    assert gap in question_in(site.ask("GET", f"{AT}/rapport?form=html").body, "1.1")


WRONG = [("level: 1", "level: 9"), ("level: 1", "level:"), ("- edition: remiss", "- edition: x"),
         ("full_text", "contents"), ("status: draft", "status: submitted")]  # fmt: skip


@pytest.mark.parametrize("change", WRONG)
def test_a_draft_with_errors_is_previewed(site: Served, change: tuple[str, str]) -> None:
    path = site.root / REVIEW
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    assert site.ask("GET", f"{AT}/rapport").status == 200
    assert site.ask("GET", f"{AT}/rapport?form=html").status == 200


def test_a_preview_names_role_and_reports_as_people_do(site: Served) -> None:
    settings = site.root / "granskning.yaml"
    settings.write_text(settings.read_text("utf-8") + "roles:\n  granskaren:\n    title: Utredare resor\n", "utf-8")
    body = site.ask("GET", f"{AT}/rapport").body
    assert "Utredare resor" in words(body)
    assert "Tjänsteskrivelse" in words(body)
    assert "Remissyttrande" in words(body)
    assert not {"granskaren", "collection", "decision", "statement"} & set(words(body).split())


def test_what_cannot_be_previewed_says_why_without_a_command(site: Served) -> None:
    path = site.root / REVIEW
    path.write_text(path.read_text("utf-8").replace("retrieved: 2026-11-20", "retrieved: i går"), "utf-8")
    reply = site.ask("GET", f"{AT}/rapport")
    assert reply.status == 409
    assert "Öppna filen som text: det som är fel står intill." in words(reply.body)
    assert "granskning check" not in reply.body


def test_hints_for_the_page_are_of_messages_that_there_are() -> None:
    catalogue = MESSAGES.read_text("utf-8").replace('"\n"', "")
    for message in page_hints._ON_THE_PAGE:  # noqa: SLF001
        assert f'msgid "{message}"' in catalogue.replace('""\n', '"'), message
    assert page_hints.page_words("run: granskning doctor at once") == ""
    assert page_hints.page_words("choose another file") == "choose another file"
