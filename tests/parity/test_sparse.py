"""A book whose lists lack nearly every column: what cannot be told is NULL on both stores, and never nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from db.record import custom_fields
from db.tables import customers
from tests.parity import surfaces
from tests.parity.comparing import compare_rows
from tests.parity.pair import Pair, empty_pair, scatter
from workbench.app import Workbench
from workbench.insight.tags.layers import LAYERS

CUSTOMERS = 60
MONTHS = ("2026-08-31", "2026-09-30", "2026-10-31")
HEADINGS = ("客户号", "客户姓名", "金融资产余额", "金融资产月日均", "出生日期")
NAMES = "赵钱孙李周吴郑王冯陈"


def write_months(folder: Path) -> list[Path]:
    """Three lists of five columns, some cells empty, some customers coming and going."""
    chance = Random(11)
    files = []
    for number, day in enumerate(MONTHS):
        year, month, date = day.split("-")
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append([f"个人客户资产月报({year}年{month}月{date}日)"])
        sheet.append(list(HEADINGS))
        for place in range(CUSTOMERS):
            if (place + number) % 17 == 0:
                continue
            usual = (0.0, 99.99, 50_000.0, 200_000.0, 12_345.67 * place)[place % 5]
            lost = 0.4 if place % 20 == 9 and number == 2 else 1.0
            average = None if place % 7 == 3 else round(usual * lost * (1 + number * 0.02), 2)
            balance = None if place % 4 == 1 else round(usual * lost * (0.95 + chance.random() / 10), 2)
            name = NAMES[place % 10] + NAMES[place // 10]
            born = f"19{50 + place % 50}-{1 + place % 12:02d}-{1 + place % 28:02d}" if place % 3 else None
            sheet.append([f"{7_000_000_000 + place}", name, balance, average, born])
        files.append(folder / f"名单_{year}{month}.xlsx")
        book.save(files[-1])
    return files


@pytest.fixture(scope="module")
def sparse(_quickly: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("sparse")
    with empty_pair(folder) as pair:
        for file in write_months(folder):
            pair.both(_imported, file)
        pair.both(_own_fields)
        scatter(pair.postgresql.book)
        pair.both(lambda workbench: workbench.insight.engine.ensure())
        yield pair


def _imported(workbench: Workbench, file: Path) -> None:
    session = workbench.intake.read(file)
    session.confirm_similar()
    session.commit()


def _own_fields(workbench: Workbench) -> None:
    """A person's own fields of every kind, and cells that could not be read and stayed as they were found."""
    kinds = {
        "爱好": "text",
        "规模": "number",
        "孩子": "count",
        "月供": "money",
        "签约": "flag",
        "纪念日": "date",
    }
    with workbench.book.write("fields", "own") as writer:
        rows = [
            {"key": f"f{place}", "label": label, "kind": kind, "headings": "[]"}
            for place, (label, kind) in enumerate(kinds.items())
        ]
        writer.insert(custom_fields, rows)
        cells = [
            {
                "爱好": "茶",
                "规模": "12.5",
                "孩子": "2",
                "月供": "5000.005",
                "签约": "是",
                "纪念日": "2020-02-29",
            },
            {"爱好": "", "规模": "约12万", "孩子": "2个", "月供": "1e3", "签约": "不详", "纪念日": "春天"},
            {"规模": "-3.25", "孩子": "2.5", "月供": "0", "签约": "否"},
        ]
        ids = writer.conn.execute(select(customers.c.id).order_by(customers.c.id)).scalars().all()
        extras = [json.dumps(cells[place % 3], ensure_ascii=False) for place in range(len(ids))]
        writer.update_many(
            customers, [(row_id, {"extra": extra}) for row_id, extra in zip(ids, extras, strict=True)]
        )


def test_what_cannot_be_told_is_so_in_every_column(sparse: Pair) -> None:
    first, second = sparse.both(lambda workbench: workbench.book.fingerprint())
    assert first == second
    cells = 0
    for number in LAYERS:
        left, right = sparse.both(surfaces.layer, number)
        cells += compare_rows(f"sparse tags_{number}", left, right, "customer_id")
    assert cells > 300 * CUSTOMERS * 0.9


def test_the_check_of_little_is_the_same(sparse: Pair) -> None:
    sparse.compare("sparse results", surfaces.results)
    sparse.compare("sparse check", surfaces.check)


def test_rooms_that_know_little_say_the_same(sparse: Pair) -> None:
    sparse.compare("sparse boards", surfaces.boards)
    sparse.compare("sparse week", surfaces.week, "2026-W47")
    sparse.compare("sparse portraits", surfaces.portraits, every=1_000)
