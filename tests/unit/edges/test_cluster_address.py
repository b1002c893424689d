"""Which schedulers may be spoken to, and with which keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from granskning.edges.cluster.address import VARIABLES, scheduler_address
from granskning.errors import UsageError
from in_process import run_here


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.8.0.1", "[::1]", "LOCALHOST"])
def test_this_computer_may_be_spoken_to_in_the_clear(host: str) -> None:
    place = scheduler_address(f"tcp://{host}:8786")
    assert (place.address, place.keys) == (f"tcp://{host}:8786", None)


@pytest.mark.parametrize("host", ["10.0.0.7", "kluster.exempel.se", "127.0.0.1.exempel.se", "[2001:db8::1]"])
def test_another_computer_may_not(host: str) -> None:
    with pytest.raises(UsageError, match="not encrypted"):
        scheduler_address(f"tcp://{host}:8786")


@pytest.mark.parametrize(
    "address",
    ["", "127.0.0.1:8786", "tcp://", "tcp://127.0.0.1", "http://127.0.0.1:8786", "inproc://x:1", "tcp://[::1:8786",
     "tcp://127.0.0.1:99999", "tcp://127.0.0.1:8786/x", "tls://me@127.0.0.1:8786", "ws://127.0.0.1:80"],
)  # fmt: skip
def test_what_is_no_address_is_told_so(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a scheduler"):
        scheduler_address(address)


def test_keys_are_asked_for_and_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    address = "tls://kluster.exempel.se:8786"
    with pytest.raises(UsageError, match="--tls-ca, --tls-cert, --tls-key is not given"):
        scheduler_address(address)
    file = tmp_path / "a.pem"
    with pytest.raises(UsageError, match="cannot be read"):
        scheduler_address(address, file, file, file)
    file.write_text("no key", "utf-8")
    with pytest.raises(UsageError, match="used together"):
        scheduler_address(address, file, file, file)
    for variable in VARIABLES.values():
        monkeypatch.setenv(variable, str(file))
    with pytest.raises(UsageError, match="used together"):
        scheduler_address(address)


@pytest.mark.parametrize("command", ["build", "check"])
def test_the_command_line_says_it_in_a_sentence_and_ends_with_two(command: str, workspace_folder: Path) -> None:
    for address in ("tcp://10.0.0.7:8786", "kluster"):
        told = run_here(["--lang", "en", command, "--scheduler", address], workspace_folder, {"PATH": "/usr/bin:/bin"})
        assert told.returncode == 2, told.stderr
        assert told.stdout == ""
        assert "Traceback" not in told.stderr
        assert address in told.stderr


@pytest.fixture
def workspace_folder() -> Path:
    return Path(__file__).parents[2] / "cases" / "base"
