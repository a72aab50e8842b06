"""What is undone is said in words: the kind of write and whom it is about, masked as on the screen."""

import ast
from pathlib import Path

from db.tables import customers, touches
from db.values import Value
from tests.workbench.conftest import SmallBook
from workbench.people.change_words import KINDS, change_words

ROOT = Path(__file__).parents[3]


def _words(small: SmallBook, number: int) -> str:
    with small.book.read() as conn:
        return change_words(conn, number)


def _contact(customer_id: int) -> dict[str, Value]:
    return {
        "customer_id": customer_id, "date": "2026-11-16", "channel": "call", "result": "reached",
        "initiated_by": "manager",
    }  # fmt: skip


def test_a_contact_is_said_with_its_customer_masked(small: SmallBook) -> None:
    one = small.customer("6222000011", name="王小明")
    with small.book.write("touch", "call") as writer:
        writer.insert(touches, [_contact(one)])
    assert _words(small, writer.change_id) == "登记联系(王** 0011)"
    with small.book.write("touch", "correct") as writer:
        writer.update(touches, 1, {"note": "问大额存单"})
    assert _words(small, writer.change_id) == "更正联系(王** 0011)"


def test_several_customers_are_counted_and_a_named_thing_says_its_name(small: SmallBook) -> None:
    ids = [small.customer(f"62220000{n}", name="李四") for n in (10, 11, 12)]
    with small.book.write("results", "A-1") as writer:
        writer.insert(touches, [_contact(one) for one in ids])
    assert _words(small, writer.change_id) == "录入结果(3 位客户)"
    with small.book.write("import", "名单_202610.xlsx") as writer:
        writer.update(customers, ids[0], {"note": "新"})
    assert _words(small, writer.change_id) == "导入名单“名单_202610.xlsx”"


def test_a_list_of_hundreds_is_not_looked_through_and_an_unknown_change_has_words(small: SmallBook) -> None:
    one = small.customer("6222000011", name="王小明")
    with small.book.write("touch", "call") as writer:
        writer.insert(touches, [_contact(one) for _time in range(201)])
    assert _words(small, writer.change_id) == "登记联系"
    assert _words(small, writer.change_id + 1) == "一次改动"


def test_every_kind_of_write_has_words() -> None:
    kinds = {
        call.args[0].value
        for path in (ROOT / "workbench").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "write"
        and len(call.args) == 2
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(kinds) > 30
    assert sorted(kinds - KINDS.keys()) == []
