"""Every failure of a book on a server has its own sentences, which name the address and never hold an open place."""

import re

import pytest

from db.errors import BookError
from db.stores import sqlstates
from workbench.base.errors import worded

CODES = {
    *sqlstates._CODES.values(), *sqlstates._CLASSES.values(), "bad_address", "insecure_address", "no_driver", "no_server",
    "not_empty", "not_alike", "wrong_encoding", "file_only", "window_needs_file", "missing", "exists", "not_a_book", "newer",
}  # fmt: skip
SHOWN = "postgresql://me@server/book"


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_failure_has_its_words(code: str) -> None:
    told = worded(BookError(code, path=SHOWN, server=True))
    assert told.code == code
    assert told.message.endswith(("。", "。)"))
    assert not re.search(r"[{}]", told.sentence())
    assert "备份 None" not in told.sentence()


def test_what_is_said_of_a_file_is_not_said_of_a_server() -> None:
    for code in ("missing", "exists", "not_a_book"):
        file, server = (
            worded(BookError(code, path="a.book", server=there)).sentence() for there in (False, True)
        )
        assert file != server


def test_a_service_is_refused_with_the_reason() -> None:
    assert "service" in worded(BookError("bad_address", path="postgresql://…", part="service")).message
    assert "service" not in worded(BookError("bad_address", path="postgresql://…", part="host")).message
