"""Whatever is done to an export, it is read, or a problem says where."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logs_kit import read_words
from stridewise.render.log import render_log

SHAPES = sorted((Path(__file__).parent / "shapes").iterdir())
PARTS = [
    b"",
    b",",
    b";",
    b'"',
    b"\n",
    b"0",
    b"-",
    b".",
    b"9" * 30,
    b"\xff",
    b"\x00",
    b"nan",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"2026",
    b":",
    b"/",
    b"<",
    b"e9",
    b"Infinity",
    b"1e400",
    b"\xe2\x80\xae",
]


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_broken_export_is_read_or_told(tmp_path: Path, data: st.DataObject) -> None:
    """And what is read can be shown."""
    path = data.draw(st.sampled_from(SHAPES))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.sampled_from([0, 1, 2, 5, 20]))] = data.draw(st.sampled_from(PARTS))
    log, told = read_words(tmp_path, bytes(content), path.name)
    assert all(problem.startswith(path.name) for problem in told)
    for form in ("text", "json"):
        assert told or render_log(log, date(2026, 11, 21), form)
