"""Builds and checks by a real Dask cluster on loopback: a scheduler and two workers, started once for the file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.edges.cluster import client
from granskning.edges.cluster.client import Cluster
from granskning.edges.cluster.ends import differences, parts_here
from granskning.edges.cluster.host import JobKind
from granskning.edges.limits import Limit
from granskning.edges.printing.deciding_libraries import DECIDING
from granskning.edges.printing.pdf import Printed
from granskning.errors import ClusterError, GranskningError, OtherPartsError, WorkerDiedError
from granskning.i18n import Translator
from granskning.tasks.folder.cluster import SchedulerChoice, open_cluster
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.build import Built, build
from granskning.tasks.reports.printing import Job, print_all
from in_process import run_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(find_spec("distributed") is None, reason="the extra granskning[cluster] is not installed"),
]  # looked for and not loaded: only the worker that these tests come to needs it

EXAMPLE = Path(__file__).parents[1] / "unit" / "reporting" / "exempel"
CLOCK = 120.0
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("GRANSKNING_", "DASK_"))}


class Machines:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path, keys: Mapping[str, Path] | None = None) -> None:
        self.keys = keys or {}
        self.workers: list[subprocess.Popen[bytes]] = []
        self._folder = folder
        self._tls = [part for name, path in self.keys.items() for part in (f"--tls-{name}", str(path))]
        named = folder / "scheduler.json"
        protocol = ["--protocol", "tls"] if keys else []
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(named)]
        self.scheduler = self._start("scheduler", *options, *protocol)
        until = time.monotonic() + CLOCK
        while not named.exists() or not named.read_text("utf-8"):
            assert time.monotonic() < until
            time.sleep(0.05)
        self.address = str(json.loads(named.read_text("utf-8"))["address"])

    def file(self, name: str) -> Path:
        return self._folder / name

    @property
    def choice(self) -> SchedulerChoice:
        return SchedulerChoice(self.address, self.keys.get("ca-file"), self.keys.get("cert"), self.keys.get("key"))

    def add_worker(self) -> None:
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(self._folder)]
        self.workers.append(self._start("worker", self.address, *options))

    def kill_worker(self) -> None:
        worker = self.workers.pop()
        worker.kill()
        worker.wait()

    def kill_scheduler(self) -> None:
        self.scheduler.kill()
        self.scheduler.wait()

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words, *self._tls]
        with (self._folder / "log").open("ab") as log:
            environment = {**ENVIRONMENT, "PYTHONPATH": str(self._folder)}
            return subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self._folder)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    cluster = Machines(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.add_worker()
        cluster.add_worker()
        yield cluster
    finally:
        cluster.close()


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("folder") / "arbetsmapp"
    shutil.copytree(EXAMPLE, root, copy_function=shutil.copyfile)
    return root


@contextmanager
def _patience(alone: float = 1.0) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "_PATIENCE", 3.0)
        patch.setattr(client, "_ALONE", alone)
        yield


def _build(root: Path, name: str, choice: SchedulerChoice | None, only: str, **options: Any) -> Built:
    root, loaded = open_workspace(root)
    return build(root, loaded, Translator("en"), folder=root / name, scheduler=choice, workers=1, only=only, **options)


def _pdfs(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.pdf")}


def test_a_worker_is_killed_midway_and_nothing_is_lost_doubled_or_otherwise(machines: Machines, example: Path) -> None:
    told: list[str] = []
    kill = threading.Timer(1.0, machines.kill_worker)  # when each of the two has a page to print: that takes longer

    def hear(output: str) -> None:
        told.append(output)
        if output == "portfolio.html":
            kill.start()

    by_cluster = _build(example, "cluster", machines.choice, "[cp]*", tell=hear)
    kill.join()
    assert len(machines.workers) == 1
    assert by_cluster.failed == ()
    assert sorted(told) == sorted(set(told)) == list(by_cluster.written)
    assert len(_pdfs(example / "cluster")) == 2
    _build(example, "desk", None, "c*")
    [(name, data)] = _pdfs(example / "desk").items()
    assert _pdfs(example / "cluster")[name] == data
    assert _build(example, "cluster", machines.choice, "[cp]*").written == ()


DYING = """
import os
from contextlib import nullcontext
from granskning.edges.cluster.host import JobKind

def die_at_first(mark, word):
    if word == "dies":
        try:
            os.mkdir(mark)
        except FileExistsError:
            return "alive"
        os._exit(9)
    return word

KIND = JobKind("dying:KIND", die_at_first, lambda: nullcontext(()))
"""


def test_a_job_whose_process_died_is_done_again_and_told_of(machines: Machines, tmp_path: Path) -> None:
    machines.file("dying.py").write_text(DYING, "utf-8")
    kind = JobKind("dying:KIND", print, lambda: nullcontext(()))
    told: list[tuple[int, GranskningError]] = []
    taken: list[int] = []

    def jobs() -> Iterator[tuple[str, str]]:
        for number, word in enumerate(["lives", "dies", *["lives"] * 20]):
            taken.append(number)
            yield str(tmp_path / "mark"), word

    with open_cluster(machines.choice, DECIDING) as cluster:
        outcomes = cluster.run(kind, jobs(), Limit(30.0), lambda place, error: told.append((place, error)))
        done = [next(outcomes)]
        assert len(taken) <= 2 * cluster.threads  # the rest is made when it is needed
        done += outcomes
    assert dict(done) == {number: "alive" if number == 1 else "lives" for number in range(22)}
    [(place, error)] = told
    assert (place, type(error)) == (1, WorkerDiedError)


def test_a_page_that_a_worker_printed_once_more_is_told_of_by_its_name() -> None:
    class Told(Cluster):
        def __init__(self) -> None:
            """Of no scheduler."""

        def run(
            self,
            kind: JobKind,  # noqa: ARG002
            jobs: Iterable[tuple[Any, ...]],
            limit: Limit,  # noqa: ARG002
            tell: Callable[[int, GranskningError], None] = lambda _place, _error: None,
        ) -> Iterator[tuple[int, Any]]:
            tell(1, WorkerDiedError("died ({code})", "", code="–"))
            return ((place, Printed(b"")) for place, _ in enumerate(jobs))

    told: list[tuple[str, str]] = []
    jobs = [Job("a.pdf", "x"), Job("b.pdf", "longer")]
    printed = print_all(jobs, {}, fonts=Path(), cluster=Told(), tell=lambda name, why: told.append((name, str(why))))
    assert [name for name, _ in printed] == ["b.pdf", "a.pdf"]
    assert told == [("a.pdf", "the printing process died (exit code –)")]


def test_a_check_by_the_cluster_tells_what_a_check_at_the_desk_tells(machines: Machines, example: Path) -> None:
    review = example / "strategies/exempelplan/reviews/2026-11/strateg-jamstalldhet.yaml"
    text = review.read_text("utf-8")
    review.write_text(text.replace("status: ", "stauts: ", 1), "utf-8")
    arguments = ["--lang", "en", "--no-cache", "check", "--format", "json"]
    at_desk = run_here(arguments, example, ENVIRONMENT)
    by_cluster = run_here([*arguments, "--scheduler", machines.address], example, ENVIRONMENT)
    review.write_text(text, "utf-8")
    assert (by_cluster.returncode, by_cluster.stdout) == (1, at_desk.stdout)
    assert "stauts" in by_cluster.stdout


def test_other_parts_are_refused_and_named(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    real = parts_here(DECIDING)
    assert differences(real, real) == []
    monkeypatch.setattr(client, "parts_here", lambda _libraries: {**real, "weasyprint": "1.0"})
    with pytest.raises(OtherPartsError, match=r"weasyprint .* ≠ 1\.0"), open_cluster(machines.choice, DECIDING):
        pass


def test_mutual_tls_lets_in_who_has_the_keys_and_nobody_else(tmp_path: Path, example: Path) -> None:
    keys, strange = _make_keys(tmp_path / "ours"), _make_keys(tmp_path / "theirs")
    locked = Machines(tmp_path, keys)
    with ExitStack() as stack:
        stack.callback(locked.close)
        stack.enter_context(_patience())
        assert locked.address.startswith("tls://")
        for choice in (
            SchedulerChoice(locked.address, keys["ca-file"], strange["cert"], strange["key"]),
            SchedulerChoice(locked.address, strange["ca-file"], keys["cert"], keys["key"]),
            SchedulerChoice(locked.address.replace("tls:", "tcp:")),
        ):
            with pytest.raises(ClusterError, match="no scheduler answers"), open_cluster(choice, DECIDING):
                pass
        with pytest.raises(ClusterError, match="no workers"), open_cluster(locked.choice, DECIDING):
            pass
        locked.add_worker()
        stack.enter_context(pytest.MonkeyPatch.context()).setattr(client, "_PATIENCE", CLOCK)
        named = {"GRANSKNING_TLS_CA": "ca-file", "GRANSKNING_TLS_CERT": "cert", "GRANSKNING_TLS_KEY": "key"}
        environment = {**ENVIRONMENT, **{variable: str(keys[name]) for variable, name in named.items()}}
        by_cluster = run_here(["check", "--scheduler", locked.address], example, environment)
        assert by_cluster.returncode == 0, by_cluster.stderr


def test_a_cluster_that_is_lost_ends_in_a_sentence_and_what_is_made_stays(machines: Machines, example: Path) -> None:
    kill = threading.Timer(0.5, machines.kill_worker)

    def hear(_output: str) -> None:
        kill.start()

    with _patience(), pytest.raises(ClusterError, match="is lost"):
        _build(example, "lost", machines.choice, "c*", tell=hear)
    assert _pdfs(example / "lost") == {}
    again = _build(example, "lost", None, "c*", formats=["html"])
    assert (again.written, len(again.unchanged)) == ((), 1)
    machines.add_worker()
    kill = threading.Timer(0.5, machines.kill_scheduler)
    (example / "lost").joinpath(again.unchanged[0]).unlink()
    with pytest.raises(ClusterError, match="is lost"):
        _build(example, "lost", machines.choice, "c*", tell=hear)
    assert _pdfs(example / "lost") == {}
    machines.close()
    with _patience(), pytest.raises(ClusterError, match="no scheduler answers"):
        _build(example, "lost", machines.choice, "c*")


def _make_keys(folder: Path) -> dict[str, Path]:
    """An authority, and a certificate of it with its key."""
    folder.mkdir()
    ca, ca_key, cert, key, asked = (folder / name for name in ("ca.pem", "ca.key", "cert.pem", "key.pem", "asked"))
    new = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    commands: tuple[list[str | Path], ...] = (
        [*new, "-x509", "-days", "2", "-subj", "/CN=CA", "-keyout", ca_key, "-out", ca],
        [*new, "-subj", "/CN=cluster", "-keyout", key, "-out", asked],
        [
            "openssl",
            "x509",
            "-req",
            "-in",
            asked,
            "-CA",
            ca,
            "-CAkey",
            ca_key,
            "-CAcreateserial",
            "-days",
            "2",
            "-out",
            cert,
        ],
    )
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    return {"ca-file": ca, "cert": cert, "key": key}
