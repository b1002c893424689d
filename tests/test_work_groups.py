"""Groups of tests come together: under a pytest new to it pytest-xdist has ignored their marks, without a word."""

from __future__ import annotations

import pytest


@pytest.mark.xdist_group("work-groups")
def test_a_mark_reaches_the_worker(request: pytest.FixtureRequest) -> None:
    grouped = request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@work-groups" if grouped else "worker")
