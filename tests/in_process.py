"""The command line in the process of the tests: what it says and its exit code, without a start."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from granskning.cli.app import run as run_command
from patience import PROCESSOR, limited

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def run_here(
    arguments: Sequence[str], folder: Path, env: Mapping[str, str], processor: float = PROCESSOR
) -> subprocess.CompletedProcess[str]:
    """Run `granskning` in this process, as if started in the folder, with this environment and nothing to read."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with (
        mock.patch.dict(os.environ, env, clear=True),
        contextlib.chdir(folder),
        Path(os.devnull).open(encoding="utf-8") as nothing,
        mock.patch.object(sys, "stdin", nothing),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        limited(processor),
    ):
        code = run_command(list(arguments))
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8").replace("\r\n", "\n"))
    return subprocess.CompletedProcess(arguments, code, *texts)
