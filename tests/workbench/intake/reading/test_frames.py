"""What goes into the pipe comes out of it: every kind of cell, every shape of block."""

import datetime as dt
import io
import marshal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.reading.frames import Sender, SheetOut, Trouble, pack, receive, unpack
from workbench.intake.reading.reader import _Growing

CELLS = st.one_of(
    st.just(""), st.text(max_size=8), st.floats(allow_nan=False), st.integers(-(2**70), 2**70), st.booleans(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(),
)  # fmt: skip


def _sent(what: Any) -> Any:
    return marshal.loads(marshal.dumps(what))  # noqa: S302  (our own bytes)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=40), max_size=5))
def test_cells_come_out_as_they_went_in(columns: list[list[Any]]) -> None:
    packed, timed = pack(columns)
    back, timed = _sent((packed, timed))
    for column, given_back in zip(columns, unpack(back, timed), strict=True):
        frames_sent = [""] * len(column) if given_back is None else list(given_back)
        assert frames_sent == column
        assert [type(cell) for cell in frames_sent] == [type(cell) for cell in column]


def test_equal_numbers_of_different_kinds_stay_different() -> None:
    column = [1, 1.0, True] * 300
    packed, timed = pack([column])
    assert [type(cell) for cell in unpack(packed, timed)[0] or ()] == [type(cell) for cell in column]


def test_a_text_that_repeats_is_kept_once() -> None:
    cities = [("杭州市西湖区" * 20)[: 100 + n % 2] for n in range(5_000)]
    packed, timed = pack([cities])
    back = unpack(_sent(packed), timed)[0]
    assert list(back or ()) == cities
    assert len(set(map(id, back or ()))) == 2


class _Kept:
    def __init__(self) -> None:
        self.frames: list[tuple[Any, ...]] = []

    def send(self, *frame: Any) -> None:
        self.frames.append(frame)

    def sheet(self) -> Any:
        growing = _Growing(self.frames[0][1], self.frames[0][2])
        for frame in self.frames:
            if frame[0] == "block":
                growing.blocks.append((frame[1], unpack(frame[2], frame[3])))
                growing.height += frame[1]
        return growing.whole(self.frames[-1])


@given(
    st.lists(st.lists(st.sampled_from(["", "甲", 2.5, dt.date(2026, 10, 31)]), max_size=4), max_size=12),
    st.integers(1, 5),
)
def test_ragged_blocks_make_one_rectangle(rows: list[list[Any]], cut: int) -> None:
    kept = _Kept()
    out = SheetOut(cast("Sender", kept), 1_000_000, "表")
    for at in range(0, len(rows), cut):
        out.rows(rows[at : at + cut])
    out.end(first_row=1)
    width = max(map(len, rows), default=0)
    sheet = kept.sheet()
    if width:
        assert [sheet.row(n) for n in range(sheet.height)] == [
            [*row, *[""] * (width - len(row))] for row in rows
        ]
    else:
        assert sheet.columns == ()


@given(st.lists(st.sampled_from([["甲", "乙"], ["", ""], [], [1.0]]), max_size=12))
def test_empty_rows_count_only_between_filled_ones(rows: list[list[Any]]) -> None:
    kept = _Kept()
    out = SheetOut(cast("Sender", kept), 1_000_000, "表")
    for row in rows:
        out.add(row)
    out.end()
    sheet = kept.sheet()
    filled = [n for n, row in enumerate(rows) if any(cell != "" for cell in row)]
    assert sheet.height == (filled[-1] - filled[0] + 1 if filled else 0)
    if filled:
        assert sheet.first_row == filled[0] + 1


def test_a_row_far_below_is_refused_before_the_rows_between_are_made() -> None:
    out = SheetOut(cast("Sender", _Kept()), 1_000_000, "表")
    out.add(["甲"])
    out.skip(10**12)
    with pytest.raises(Trouble) as caught:
        out.add(["乙"])
    assert caught.value.code == "too_large"


def test_frames_are_whole_or_none() -> None:
    pipe = io.BytesIO()
    sender = Sender(cast("io.RawIOBase", SimpleNamespace(write=lambda part: pipe.write(bytes(part)[:5]))))
    sender.send("form", "xlsx")
    sender.send("done")
    pipe.seek(0)
    bodies = [receive(pipe) or b"" for _frame in range(2)]
    assert b"xlsx" in bodies[0]
    assert b"done" in bodies[1]
    assert receive(pipe) is None
    assert receive(io.BytesIO(b"\x09\x00\x00\x00\x00\x00\x00\x00abc")) is None
