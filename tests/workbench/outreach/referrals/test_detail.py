"""What a moment was in words: the product that came due, the amount signed, praise apart from a problem solved."""

from typing import Any

from db.tables import holdings, touches
from tests.workbench.outreach.referrals.conftest import DAY
from workbench.app import Workbench
from workbench.outreach.referrals.detail import in_detail
from workbench.outreach.referrals.room import Referrals
from workbench.rules.parameters import Rules

RULES = Rules.load()


def test_each_kind_is_told_by_its_own_facts(workbench: Workbench, room: Referrals) -> None:
    contact = {
        "channel": "call",
        "initiated_by": "manager",
        "result": "reached",
        "date": DAY,
        "amount": None,
        "note": None,
    }
    line = {
        "month": "2026-10", "as_of": "2026-10-31", "batch_id": 1, "source_row": 1, "kind": "maturity", "line": 1,
        "maturity_date": DAY, "profit": None,
    }  # fmt: skip
    logged: list[dict[str, Any]] = [
        {"customer_id": 1, "result": "done", "amount": 12_300_000},
        {"customer_id": 2, "note": "转账限额已解决"},
        {"customer_id": 3, "note": "表扬了大堂,但说还没解决"},
    ]
    with workbench.book.write("import", "facts") as writer:
        writer.insert(touches, [{**contact, **one} for one in logged])
        writer.insert(
            holdings,
            [
                {**line, "customer_id": 1, "product_name": "稳健一号", "category": "理财", "profit": 131_300},
                {**line, "customer_id": 2, "product_name": "整存整取一年", "category": "定期存款"},
                {**line, "customer_id": 3, "product_name": "稳健一号", "category": "理财", "profit": -500},
            ],
        )
    kinds = ("deal", "praised", "gained")
    with workbench.book.read() as conn:
        words = in_detail(conn, [(person, DAY, kind) for person in (1, 2, 3) for kind in kinds], RULES)
    assert dict(words) == {
        (1, DAY, "deal"): f"{DAY} 成交 12.3万元",
        (1, DAY, "gained"): f"{DAY} 稳健一号到期,名单上盈利 1,313元",
        (2, DAY, "praised"): f"{DAY} 帮客户解决了问题",
        (2, DAY, "gained"): f"{DAY} 整存整取一年按约定到期",
    }
