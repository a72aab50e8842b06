"""A part of a zip is unpacked up to a limit, whatever it says of its size."""

import io
import zipfile

import pytest

from workbench.base import packed
from workbench.base.packed import TooMuchPacked, check_size, holds, unpacked


def archive(**parts: bytes) -> zipfile.ZipFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return zipfile.ZipFile(made)


def test_a_part_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    file = archive(a=b"x" * 1_000)
    assert unpacked(file, "a", 1_000) == b"x" * 1_000
    with pytest.raises(TooMuchPacked):
        unpacked(file, "a", 999)
    with pytest.raises(KeyError):
        unpacked(file, "b")
    check_size(file)
    monkeypatch.setattr(packed, "LARGEST", 999)
    with pytest.raises(TooMuchPacked):
        check_size(file)


def test_bytes_are_found_where_two_chunks_meet_and_no_bomb_is_passed_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = 1 << 20
    file = archive(a=b" " * (whole - 3) + b't="e"' + b" " * 9, b=b" " * (2 * whole))
    assert holds(file, "a", (b't="e"', b"t='e'"))
    assert not holds(file, "b", (b't="e"',))
    monkeypatch.setattr(packed, "LARGEST_PART", whole)
    with pytest.raises(TooMuchPacked):
        holds(file, "b", (b't="e"',))
