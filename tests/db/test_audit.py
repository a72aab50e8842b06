"""Each way in which somebody with the passphrase falsifies a book is noticed: by a check alone, or by an anchor from paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.tampering import KINDS, Made, Tampering, falsified, make, tried
from db.audit import Anchor, Finding
from db.engine import Book
from db.errors import BookError
from tests.books import PASSPHRASE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("tampering")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.book_key.COST", 16)
        yield make(folder, PASSPHRASE)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_tampering_is_noticed_also_after_the_program_wrote_again(
    kind: Tampering, made: Made, tmp_path: Path
) -> None:
    alone, on_paper = tried(kind, made, tmp_path, PASSPHRASE)
    assert on_paper
    assert alone is not kind.on_paper_only


def _named(code: str, made: Made, folder: Path) -> set[tuple[str, object]]:
    kind = next(one for one in KINDS if one.code == code)
    with falsified(kind, made, folder, PASSPHRASE) as book:
        return {(one.code, one.table or one.row) for one in book.verify()}


def test_what_was_done_is_named(made: Made, tmp_path: Path) -> None:
    assert _named("balance_changed", made, tmp_path) == {("content", "snapshots")}
    assert _named("journal_changed", made, tmp_path) == {("content", "journal")}
    assert {("audit_moved", 6), ("audit_moved", 7)} <= _named("audit_rows_swapped", made, tmp_path)
    assert ("audit_missing", 6) in _named("audit_row_deleted", made, tmp_path)
    assert ("audit_cut", 6) in _named("newest_audit_rows_cut_off", made, tmp_path)


def test_an_untouched_book_is_sound_and_fits_every_anchor_it_ever_had(made: Made) -> None:
    with Book.open(made.path, PASSPHRASE) as book:
        assert book.verify(made.anchor) == []
        assert book.held_against(made.anchor) is None
        short = Anchor.parse(made.anchor.shown)
        assert (short.number, made.anchor.seal.startswith(short.seal)) == (made.anchor.number, True)
        assert book.verify(short) == []
        ahead = Anchor(made.anchor.number + 1, made.anchor.seal)
        assert book.held_against(ahead) == Finding("anchor_beyond", row=made.anchor.number)
        other = Anchor(made.anchor.number, "0" * 8)
        assert book.held_against(other) == Finding("anchor_differs", row=made.anchor.number)


@pytest.mark.parametrize("text", ["", "12", "a:12345678", "12:1234567", "12:1234567g", "-1:12345678"])
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(BookError) as caught:
        Anchor.parse(text)
    assert caught.value.code == "bad_anchor"


@pytest.mark.parametrize("text", ["12:a1b2c3d4", "#12 A1B2C3D4", " 12:a1b2c3d4 "])
def test_an_anchor_is_taken_as_it_is_printed(text: str) -> None:
    assert Anchor.parse(text) == Anchor(12, "a1b2c3d4")
