"""The command `losses`: the list with its clocks and reasons, one customer's facts and choices, the guided sheet; masked."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from db import book_key
from db.tables import customers, holdings
from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from tests.workbench.outreach.made import put_customers
from workbench.app import Workbench
from workbench.outreach.losses.recording import LossAgreement, LossNotes

NUMBER = "900000000001"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("losses") / "亏损.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", "2026-11-22")
        with new_workbench(place, PASSPHRASE) as workbench:
            put_customers(workbench.book, [1, 2])
            _lose(workbench)
        yield place


def _lose(workbench: Workbench) -> None:
    """The first customer loses with a fund, of another product no profit is told."""
    with workbench.book.write("import", "holding") as writer:
        person = writer.conn.execute(select(customers.c.id).order_by(customers.c.id)).scalar()
        line = {
            "customer_id": person, "month": "2026-10", "as_of": "2026-10-31", "batch_id": 1, "source_row": 4,
            "kind": "holding", "line": 1, "product_code": "F1", "product_name": "进取一号", "category": "基金",
            "product_risk": "R4", "amount": 8_500_000, "cost": 10_000_000, "profit": -1_500_000,
        }  # fmt: skip
        blank = {"product_code": "F2", "product_name": "二号", "profit": None, "cost": None}
        writer.insert(holdings, [line, line | blank])


def test_the_list_the_talk_and_the_sheet(run: Run, path: Path, tmp_path: Path) -> None:
    body = run("losses", "--json", "--book", path).json
    (one,) = body["losses"]
    assert (one["customer_no"], one["product"], one["loss"], one["loss_share"]) == (
        NUMBER,
        "进取一号",
        15_000.0,
        0.15,
    )
    assert [ground["code"] for ground in one["grounds"]] == ["share", "amount"]
    assert (one["since"], one["state"]) == ("2026-10-31", "late")
    assert body["notes"] == ["1 笔产品看不出盈亏:持有清单没有写「浮动盈亏」"]
    assert "进取一号" in run("losses", "--book", path).out
    talk = run("losses", NUMBER, "--json", "--book", path).json["talks"][0]
    assert [choice["choice"] for choice in talk["choices"]] == ["hold", "reduce", "stage"]
    assert {"name": "成本", "value": "100,000.00 元", "as_of": "2026-10-31", "cannot_tell": None} in talk[
        "facts"
    ]
    file = tmp_path / "引导单.pdf"
    assert run("losses", NUMBER, "--pdf", file, "--book", path).status == 0
    # the guide, and the agreement behind it
    assert len(pypdfium2.PdfDocument(file.read_bytes())) == 2
    everybody = tmp_path / "全部.pdf"
    assert run("losses", "--pdf", everybody, "--json", "--book", path).json["pages"] == 1


def test_what_was_typed_leaves_masked(run: Run, path: Path) -> None:
    with Workbench.open(path, PASSPHRASE) as workbench:
        notes = LossNotes("worry", "drawdown", texts={"facts": "欧阳修3月加过5万"})
        workbench.outreach.losses.record(NUMBER, "F1", notes, LossAgreement("reduce", "欧阳修来办,赎一半"))
    masked = run("losses", NUMBER, "--json", "--book", path)
    assert "欧阳修" not in masked.out
    whole = run("losses", NUMBER, "--json", "--full", "--purpose", "核对", "--book", path).json
    assert whole["cases"][0]["condition"] == "欧阳修来办,赎一半"
    assert run("losses", "--product", "F1", "--book", path).status == 2
    with_none = run("losses", "900000000002", "--json", "--book", path)
    assert (with_none.status, with_none.json["losses"]) == (0, [])
