from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.json_text import indented_json

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
KEYS = st.text() | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner))


@given(VALUES, st.sampled_from([1, 2, 4]))
def test_indented_json_is_what_the_library_writes(value: Any, indent: int) -> None:
    assert indented_json(value, indent) == json.dumps(value, ensure_ascii=False, indent=indent)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        indented_json({"a": [{1, 2}]}, 1)
