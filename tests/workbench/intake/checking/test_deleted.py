"""A list does not bring back who had his data deleted: his rows are refused by name of the receipt, and repeat no value."""

import hmac
from typing import Any

import pytest

from db.tombstones import Tombstones
from tests.workbench.intake.by_hand import look
from workbench.intake.checking.checks import BookFacts
from workbench.people.tombs import name_phone

KEY = b"k" * 32
HEAD = ["客户号", "姓名", "手机号", "证件号码", "存款余额"]


def marked(kind: str, value: str) -> BookFacts:
    """A book that remembers one deleted person."""
    mark = hmac.digest(KEY, f"{kind}\x00{value}".encode(), "sha256").hex()
    return BookFacts(tombstones=Tombstones(KEY, {kind: {mark: "SC-20261201-01"}}))


@pytest.mark.parametrize(
    ("kind", "value", "row"),
    [
        ("customer_no", "123456", ["0000123456", "甲", "", "", 1.0]),
        ("id_no", "11010519491231002X", ["0000000001", "甲", "", "11010519491231002x", 1.0]),
        ("name_phone", name_phone("甲", "13812341234"), ["0000000001", "甲", "13812341234", "", 1.0]),
    ],
)
def test_his_row_is_refused_whatever_names_him(kind: str, value: str, row: list[Any]) -> None:
    other = ["0000000009", "乙", "13999999999", "", 2.0]
    sheet = look(HEAD, [row, other], facts=marked(kind, value))
    assert sheet.checked.keys == ["0000000009"]
    fault = sheet.one("deleted_person")
    assert (fault.row, fault.level, fault.value) == (2, "refuse", None)
    assert "SC-20261201-01" in fault.message


def test_a_name_alone_refuses_nobody() -> None:
    sheet = look(
        HEAD, [["0000000001", "甲", "", "", 1.0]], facts=marked("name_phone", name_phone("甲", "13812341234"))
    )
    assert sheet.checked.keys == ["0000000001"]
