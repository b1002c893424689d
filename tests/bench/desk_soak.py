"""Twenty users on the desk's later views, saving at once: what was acknowledged is in the files, and memory is flat.

`python tests/bench/desk_soak.py [ROUNDS]`; no part of the tests. Everything that is written holds markup that would
act, were it not shown as text; `--browser` opens the views afterwards in Chromium and counts what did act.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "serving")]

from chromium import launched  # noqa: E402  # the paths above come first
from openpyxl import Workbook  # noqa: E402
from served import Served, serving  # noqa: E402
from set_forms import SET, form_in  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

USERS = 20
ACTS = (
    """<img src=x onerror="window.hit=1"><script>window.hit=1</script>"><svg/onload=window.hit=1> {{7*7}}"""
    """ javascript:window.hit=1//"""
)
QUESTIONS = ("resor-vardag", "resor-barn", "makt-samrad")
RULE = "/matt/prov/regler/scoring.gates"


def tell(line: str) -> None:
    """A line of the outcome."""
    sys.stdout.write(line + "\n")


class User:
    """One user: who, what was acknowledged as saved, and what was refused with both texts shown."""

    def __init__(self, site: Served, number: int) -> None:
        self.site, self.number = site, number
        self.role = f"anvandare-{number}"
        self.at = f"/granskning/provplan/2026-11/{self.role}"
        self.kept: dict[tuple[str, str], str] = {}
        self.clashes = self.refused = self.views = self.saves = self.turn = 0

    def work(self, rounds: int) -> None:
        """Save an answer, a remark and a part of the set, and look at the views, over and over."""
        for _ in range(rounds):
            turn = self.turn = self.turn + 1
            question = QUESTIONS[turn % len(QUESTIONS)]
            self._answer(question, f"Svar {self.number}.{turn} {ACTS}")
            text = f"Synpunkt {self.number}.{turn} {ACTS}"
            self._keep(f"{self.at}/synpunkt/{question}", {"text": text, "role": "Controller"}, ("remark", text), text)
            self._rule(f"Skäl {self.number}.{turn} {ACTS}")
            for path in (f"{self.at}/fraga/{question}", RULE, "/matt/prov", "/matt/prov/del/rules", "/",
                         "/ut-och-in", "/tidigare-bedomning", f"{self.at}/lamna-in"):  # fmt: skip
                assert self.site.ask("GET", path).status == 200, path
                self.views += 1

    def _answer(self, question: str, text: str) -> None:
        body = self.site.ask("GET", self.at).body
        found = re.search(rf'name="base" value="([^"]*)" form="form-{question}"', body)
        assert found, question
        fields = {"base": html.unescape(found[1]), "justification": text}
        self._keep(f"{self.at}/svar/{question}", fields, ("answer", question), text, {"HX-Request": "true"})

    def _rule(self, text: str) -> None:
        """A reason of the gate that all users change: one at a time wins, the others see both texts."""
        at = f"{RULE}.0"
        self._keep(at, form_in(self.site, at) | {"f-why@sv": text, "f-why@en": text}, ("rule", ""), text)

    def _keep(self, path: str, fields: dict[str, str], what: tuple[str, str], text: str, headers: Any = None) -> None:
        reply = self.site.post(path, fields, headers)
        if reply.status in (200, 303):
            self.kept[what] = text
            self.saves += 1
        elif reply.status == 409:
            self.clashes += 1
        else:
            self.refused += 1
            tell(f"{path} {reply.status} {reply.body[:200]}")


def folder(root: Path) -> None:
    """The base folder with a review for each user."""
    shutil.copytree(TESTS / "cases/base", root, copy_function=shutil.copyfile)
    round_ = root / "strategies/provplan/reviews/2026-11"
    text = (round_ / "granskaren.yaml").read_text("utf-8")
    for number in range(USERS):
        role = f"anvandare-{number}"
        (round_ / f"{role}.yaml").write_text(text.replace("reviewer: granskaren", f"reviewer: {role}"), "utf-8")


def lost(root: Path, users: list[User]) -> Iterator[str]:
    """What was acknowledged and is in no file."""
    everything = {path: " ".join(path.read_text("utf-8").split()) for path in root.rglob("*.yaml")}
    gates = everything[root / SET]
    for user in users:
        for (kind, _), text in user.kept.items():
            if kind == "rule":
                continue  # the next one to win writes over it, having seen it
            words = " ".join(text.split())
            if not any(words in said or words.replace('"', '\\"') in said for said in everything.values()):
                yield f"{user.role}: {text[:40]}"
    if users and not any(" ".join(text.split()).replace('"', '\\"') in gates or " ".join(text.split()) in gates
                         for user in users for (kind, _), text in user.kept.items() if kind == "rule"):  # fmt: skip
        yield "the gate's reason is nobody's"


def memory(process: int) -> int:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024


def acting(site: Served) -> tuple[int, int]:
    """How many views were opened in a browser, and in how many something acted."""
    rows: Any = Workbook()
    rows.active.append(["Fråga", "Bedömning", "Motivering", ACTS])
    rows.active.append(["resor-vardag", 2, ACTS, ACTS])
    rows.active.append([ACTS, 2, ACTS, None])
    out = io.BytesIO()
    rows.save(out)
    book = Path(tempfile.mkdtemp()) / "b'><img src=x onerror=window.hit=1>.xlsx"
    book.write_bytes(out.getvalue())
    at = "/granskning/provplan/2026-11/anvandare-0"
    site.post("/matt/prov/variant", {"title": ACTS})
    site.post("/matt/prov/malbild/makt/ny-fraga", {"question": ACTS})
    site.post("/matt/prov/ny-malbild", {"title": ACTS, "picture": ACTS, "question": f"{ACTS}?"})
    views = ["/matt", "/matt/prov", RULE, f"{RULE}.0", "/matt/prov/del/rules", "/matt/prov/regler/scoring.criteria",
             "/matt/prov/prova", f"{at}/fraga/resor-vardag", f"{at}/lamna-in", at, f"{at}/rapport?form=html",
             "/matt/prov/rapport?form=html", "/tidigare-bedomning", "/ut-och-in", "/"]  # fmt: skip
    hits = 0
    with launched() as browser:
        tab = browser.new_context(bypass_csp=True)  # so that only the escaping stands between
        tab.set_default_timeout(300_000)
        tab.request.get(site.door)
        page = tab.new_page()
        for path in views:
            page.goto(site.address + path)
            hits += bool(page.evaluate("window.hit === 1 || !!document.querySelector('main img[src=x]')"))
        page.goto(site.address + "/tidigare-bedomning")
        page.fill("#a-role", "Strateg")
        page.fill("#a-round", "2024-05")
        page.set_input_files("#a-file", str(book))
        page.locator("button[value='0']").click()
        page.wait_for_load_state()
        hits += bool(page.evaluate("window.hit === 1 || !!document.querySelector('main img[src=x]')"))
        assert ACTS[:12] in page.locator("main").inner_text()
    return len(views) + 1, hits


def main() -> None:
    """Run it, and tell the figures."""
    rounds = next((int(word) for word in sys.argv[1:] if word.isdigit()), 6)
    root = Path(tempfile.mkdtemp()) / "mapp"
    folder(root)
    with serving(root) as site:
        users = [User(site, number) for number in range(USERS)]
        assert site.process is not None
        marks, started = [memory(site.process.pid)], time.monotonic()
        for part in (1, rounds // 2, rounds - rounds // 2 - 1):
            threads = [threading.Thread(target=user.work, args=(part,)) for user in users]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            marks.append(memory(site.process.pid))
        gone = list(lost(root, users))
        saves, clashes = sum(user.saves for user in users), sum(user.clashes for user in users)
        tell(f"{USERS} users, {rounds} rounds, {time.monotonic() - started:.0f} s, {sum(u.views for u in users)} views")
        tell(f"saves acknowledged {saves}, clashes told {clashes}, other answers {sum(u.refused for u in users)}")
        tell(f"lost {len(gone)} {gone[:3]}; memory in MB at start and after each part {marks}")
        if "--browser" in sys.argv:
            tell(f"views opened with injected texts, and acting: {acting(site)}")


if __name__ == "__main__":
    main()
