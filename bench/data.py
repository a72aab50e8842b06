"""Makes what the measurements run on: a head-office list of any size and a book of many months, by seed."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter
from sqlalchemy import insert, select

from db.engine import Book
from db.journal import Writer
from workbench.base.dates import month_end, shift_month
from workbench.people.names import pinyin

PASSPHRASE = "bench-passphrase"
#: The newest month of the synthetic book.
LAST = "2026-10"
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建国文辉力春燕鹏飞宇浩然子轩梓涵欣怡嘉"
HEADERS = (
    "客户编号", "客户名称", "性别", "年龄", "手机号码", "职业", "工作单位", "居住城市", "客户经理", "归属机构",
    "客户层级", "开户日期", "金融资产余额", "金融资产月日均", "活期余额", "定期余额", "理财余额", "基金余额", "保险余额",
    "贷款余额", "近1月交易笔数", "近1月交易金额", "当月转入金额", "当月转出金额", "跨行转出金额", "手机银行登录次数",
    "最近交易日期", "是否代发", "上月代发金额", "风险等级",
)  # fmt: skip
#: What the imports of `book_of_months` say of their columns.
TOLD = (
    "customer_no", "name", "phone", "open_date", "branch", "risk_level", "aum_balance", "aum_daily_average",
    "deposit_balance", "wealth_balance", "inflow", "outflow", "interbank_outflow", "txn_count_1m", "txn_amount_1m",
    "age", "product_count", "is_payroll", "payroll_amount", "last_txn_date", "residence_city", "complaint_count",
)  # fmt: skip
MAPPING = json.dumps(
    [{"column": name, "field": name, "how": "exact", "columns": [["snapshots", name]]} for name in TOLD]
)


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))


def rows(count: int, seed: int = 1, changed: float = 0.0) -> Iterator[list[object]]:
    """`count` rows of `HEADERS`; a share `changed` of them with another balance than without it."""
    chance, other = random.Random(seed), random.Random(seed + 1)
    for number in range(count):
        demand, time, wealth, fund = (round(chance.lognormvariate(9, 1.6), 2) for _ in range(4))
        if other.random() < changed:
            demand = round(demand * 0.9 + 1, 2)
        aum = round(demand + time + wealth + fund, 2)
        flow = round(chance.lognormvariate(8, 1.5), 2)
        yield [
            f"{number:010d}", _name(chance), chance.choice("男女"), chance.randint(18, 88),
            f"13{chance.randrange(10**9):09d}", chance.choice(("个体经营者", "企业职员", "退休", "教师", "医生")),
            f"第{chance.randrange(4000)}公司", chance.choice(("杭州", "宁波", "温州")), chance.choice(("张三", "李四")),
            f"支行{chance.randrange(40):03d}", chance.choice(("普通", "白金", "钻石")),
            f"20{chance.randint(1, 24):02d}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}",
            aum, round(aum * 0.98, 2), demand, time, wealth, fund, 0.0, 0.0, chance.randint(0, 60), flow * 3, flow * 1.1,
            flow, round(flow * 0.4, 2), chance.randint(0, 30), f"2026-10-{chance.randint(1, 31):02d}",
            chance.choice("是否"), round(chance.lognormvariate(8.8, 0.4), 2), f"C{chance.randint(1, 5)}",
        ]  # fmt: skip


def workbook(path: Path, count: int, changed: float = 0.0, as_of: str = "2026年10月31日") -> Path:
    """A head-office list: title row, note row, header, rows, 合计."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("客户清单")
    sheet.write(0, 0, "个人客户资产月报")
    sheet.write_row(1, 0, [f"数据日期:{as_of}", "单位:元"])
    sheet.write_row(2, 0, HEADERS)
    totals = [0.0] * len(HEADERS)
    for number, row in enumerate(rows(count, changed=changed), 3):
        sheet.write_row(number, 0, row)
        for column in range(12, 20):
            totals[column] += float(row[column])  # type: ignore[arg-type]
    bottom = [round(total, 2) if 12 <= column < 20 else "" for column, total in enumerate(totals)]
    sheet.write_row(count + 3, 0, ["合计", f"{count}户", *bottom[2:]])
    book.close()
    return path


def book_of_months(
    path: Path,
    customers: int,
    months: int,
    last: str = LAST,
    seed: int = 7,
    *,
    earlier: Callable[[], object] | None = None,
) -> None:
    """A book with `customers` x `months` snapshots whose balances wander, written without the intake.

    `earlier` is called when all months but the newest are in the book.
    """
    from db import tables

    chance = random.Random(seed)
    with Book.create(path, PASSPHRASE) as book, book.write("bench", "synthetic book") as writer:
        people = []
        for number in range(customers):
            name, phone = _name(chance), f"13{chance.randrange(10**9):09d}"
            keys = pinyin([name])
            no = f"{number:010d}"
            people.append(
                {
                    "customer_no": no, "name": name, "name_pinyin": keys[0][0], "name_initials": keys[1][0], "phone": phone,
                    "no_reversed": no[::-1], "phone_reversed": phone[::-1], "open_date": "2018-05-01",
                    "branch": f"支行{number % 40:03d}", "risk_level": f"C{number % 5 + 1}",
                }
            )  # fmt: skip
        ids = writer.insert(tables.customers, people)
        aum = [int(chance.lognormvariate(11.5, 1.4) * 100) for _ in ids]
        for back in range(months - 1, 0, -1):
            _month(writer, chance, ids, aum, shift_month(last, -back))
    if earlier is not None:
        earlier()
    with Book.open(path, PASSPHRASE) as book, book.write("bench", "newest month") as writer:
        _month(writer, chance, ids, aum, last)


def _month(writer: Writer, chance: random.Random, ids: list[int], aum: list[int], month: str) -> None:
    """One month's list; `aum` holds the balances of the customers and wanders on."""
    from db import record, tables

    as_of = month_end(month).isoformat()
    counts = dict.fromkeys(("new", "changed", "unchanged", "vanished", "refused"), 0)
    counts["rows"] = len(ids)
    listed = {"change_id": writer.change_id, "at": as_of, "file": f"{month}.xlsx", "file_hash": month}
    listed |= {"sheet": "客户清单", "kind": "customers", "as_of": as_of, "month": month}
    listed |= {"mapping": MAPPING, "totals": "[]", "problems": "[]"}
    writer.conn.execute(insert(record.batches), {**listed, **counts})
    batch = []
    for n, customer in enumerate(ids):
        before = aum[n]
        aum[n] = max(0, int(before * chance.gauss(1.0, 0.12)))
        out = int(abs(before - aum[n]) * 1.4)
        batch.append(
            {
                "customer_id": customer, "month": month, "as_of": as_of, "batch_id": 1, "source_row": n + 4,
                "aum_balance": aum[n], "aum_daily_average": (aum[n] + before) // 2,
                "deposit_balance": aum[n] // 2, "wealth_balance": aum[n] // 3, "inflow": out // 2,
                "outflow": out, "interbank_outflow": out // 3, "txn_count_1m": chance.randint(0, 40),
                "txn_amount_1m": out * 3, "age": 20 + n % 60, "product_count": n % 6,
                "is_payroll": int(n % 3 == 0), "payroll_amount": 800_000 if n % 3 == 0 else None,
                "risk_level": f"C{n % 5 + 1}", "last_txn_date": as_of, "residence_city": "杭州",
                "branch": f"支行{n % 40:03d}", "complaint_count": 0,
            }
        )  # fmt: skip
    writer.insert(tables.snapshots, batch)


def add_transactions(path: Path, months: list[str], days: int = 4, seed: int = 11) -> int:
    """Transactions of every customer on `days` days of each month; answers how many sums of a day they are."""
    from db import tables

    chance, count = random.Random(seed), 0
    with Book.open(path, PASSPHRASE) as book, book.write("bench", "synthetic transactions") as writer:
        ids = (
            writer.conn.execute(select(tables.customers.c.id).order_by(tables.customers.c.id)).scalars().all()
        )
        for month in months:
            batch = []
            for customer in ids:
                for day in chance.sample(range(1, 29), days):
                    inflow, outflow = (
                        int(chance.lognormvariate(10.7, 1.3)),
                        int(chance.lognormvariate(10.7, 1.3)),
                    )
                    own = outflow // 2 if chance.random() < 0.1 else 0
                    batch.append(
                        {
                            "customer_id": customer, "date": f"{month}-{day:02d}", "month": month, "inflow": inflow,
                            "outflow": outflow, "inflow_count": 1, "outflow_count": 2, "active_count": 2,
                            "largest_inflow": inflow, "largest_outflow": outflow * 2 // 3, "interbank_outflow": own,
                            "same_name_outflow": own, "third_party_outflow": outflow // 4, "third_party_count": 1,
                            "counterparties": _spent(chance, outflow, own), "rows": 3, "batch_id": 1, "source_row": 4,
                        }
                    )  # fmt: skip
            writer.insert(tables.flows, batch)
            count += len(batch)
    return count


def _spent(chance: random.Random, outflow: int, own: int) -> str:
    """Outflow by class of counterparty, as the import keeps it: on most days none is known."""
    if own:
        return json.dumps({"same_name": own})
    if chance.random() < 0.2:
        kinds = ("property", "school", "hospital", "securities", "insurance", "internet")
        return json.dumps({chance.choice(kinds): outflow // 2})
    return "{}"
