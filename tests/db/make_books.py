"""Makes the book that tests keep of a schema: a small one with the same facts in every schema, written by the program
of that schema itself, so that its journal, its record and its cipher are what people have on their disks.

python -m tests.db.make_books           the book of this program's schema, into tests/db/books; one that is kept stays

A kept book is never made again. One that is missing is made by the program as it stood when its schema was the newest
(the commit before the next file in db/migrations/versions), with this very file:

cd CHECKOUT && PYTHONPATH=. python FOLDER/tests/db/make_books.py
"""

import datetime as dt
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from db import book_key
from db.engine import Book
from db.schema import HEAD
from db.tables import metadata

#: The same as in tests/conftest.py: a kept book opens under it and these iterations only.
PASSPHRASE = "春风化雨 2026"
ITERATIONS = 1_000
#: of scrypt, since schema 0011
COST = 16
BOOKS = Path(__file__).parent / "books"

Row = dict[str, Any]

_FIRST: dict[str, list[Row]] = {
    "customers": [
        {"customer_no": "0000000001", "name": "张三丰", "name_pinyin": "zhangsanfeng", "name_initials": "zsf",
         "no_reversed": "1000000000", "id_type": "身份证", "id_no": "11010519491231002X", "phone": "13812340001",
         "occupation": "退休", "manager_name": "李敏", "branch": "城东支行", "open_date": "2009-05-01",
         "risk_level": "C2", "marketing_opt_out": 0, "kyc_completeness": 0.75, "batch_id": 1, "source_row": 4,
         "extra": '{"星座": "摩羯"}'},
        {"customer_no": "0000000002", "name": "李四", "name_pinyin": "lisi", "name_initials": "ls",
         "no_reversed": "2000000000", "id_type": None, "id_no": None, "phone": None, "occupation": "企业主",
         "manager_name": "李敏", "branch": "城东支行", "open_date": "2020-02-29", "risk_level": None,
         "marketing_opt_out": 1, "kyc_completeness": None, "batch_id": 1, "source_row": 5, "extra": None},
        {"customer_no": "0000000003", "name": "王小*", "name_pinyin": "wangxiao", "name_initials": "wx",
         "no_reversed": "3000000000", "id_type": None, "id_no": "110105********0021", "phone": "138****0003",
         "occupation": None, "manager_name": None, "branch": "城西支行", "open_date": None, "risk_level": "C5",
         "marketing_opt_out": None, "kyc_completeness": 0.0, "batch_id": 1, "source_row": 6, "extra": None},
    ],
    "snapshots": [
        {"customer_id": n, "month": "2026-01", "as_of": "2026-01-31", "batch_id": 1, "source_row": 3 + n,
         "aum_balance": balance, "aum_daily_average": average, "txn_count_1m": count, "age": age}
        for n, balance, average, count, age in (
            (1, 123_456_789, 120_000_000, 4, 76), (2, 0, None, None, None), (3, -150, 5, 0, 31),
        )
    ],
    "holdings": [
        {"customer_id": 1, "month": "2026-01", "as_of": "2026-01-31", "batch_id": 1, "source_row": 2,
         "product_name": name, "amount": amount, "maturity_date": due, "kind": "holding", "line": line}
        for line, (name, amount, due) in enumerate((("甲存单", 5_000_000, "2026-03-01"), ("乙理财", 7_000_001, None)))
    ],
}  # fmt: skip
_SECOND: dict[str, list[Row]] = {
    "snapshots": [
        {"customer_id": n, "month": "2026-02", "as_of": "2026-02-28", "batch_id": 2, "source_row": 3 + n,
         "aum_balance": balance, "aum_daily_average": average, "txn_count_1m": 1, "age": None}
        for n, balance, average in ((1, 60_000_000, 90_000_000), (2, 100, 99))
    ],
}  # fmt: skip
_TOUCHES: list[Row] = [
    {"customer_id": 1, "date": "2026-02-03", "channel": "call", "result": "appointment",
     "initiated_by": "manager", "next_date": "2026-02-10", "note": "问大额存单利率"},
    {"customer_id": 2, "date": "2026-02-04", "channel": "wecom", "result": "refused",
     "initiated_by": "customer", "next_date": None, "note": None},
]  # fmt: skip
_PLAN: Row = {
    "week": "2026-W06", "state": "confirmed", "created_at": "2026-02-02 08:30:00", "data_date": "2026-01-31",
    "rule_version": "1", "calls": 3, "visits": 1, "header": '{"manager": "李敏", "branch": "城东支行"}',
}  # fmt: skip
_ITEMS: list[Row] = [
    {"plan_id": 1, "block": block, "position": position, "kind": kind, "method": method, "basis": "依据", "action": "动作",
     "script": "话术", "done_when": "完成标准", "due": "2026-02-06", "resource": None, "fallback": None,
     "milestones": "[]", "result": result}
    for block, position, kind, method, result in (
        ("quick_win", 1, "call_red", "红灯 24 小时回访", "done"), ("resource", 1, "quota", "大额存单额度", "missed:no_resource"),
        ("this_week", 1, "land", "留住到期资金", None),
    )
]  # fmt: skip
_LISTED: list[Row] = [
    {"item_id": 1, "customer_id": 1, "position": 1, "reason": "资产下降", "result": "done"},
    {"item_id": 3, "customer_id": 2, "position": 1, "reason": "到期", "result": None},
]
_TAG: Row = {
    "code": "U.OWN.T1.M0", "name": "自建_殷实客户_规则_当月", "label": "殷实客户", "group": "90", "element": "人", "kind": "flag",
    "by": "rule", "rule": "average >= 50万", "layer": 2, "use": ["show", "filter"], "mark": "P", "valid_days": 35,
    "status": "live", "definition": "资产月日均达到 50 万", "principle": "资产多的人需要专人服务", "sensitivity": "C2",
    "version": 1,
}  # fmt: skip
#: What a later schema has room for, by the schema that brought it.
LATER: dict[str, dict[str, list[Row]]] = {
    "0002": {
        "complaints": [{"customer_id": 1, "complaint_no": "T-1", "date": "2026-02-05", "status": "处理中"}],
        "payrolls": [{"customer_id": 2, "date": "2026-02-10", "month": "2026-02", "amount": 850_000}],
        "custom_fields": [{"key": "zodiac", "label": "星座", "kind": "text", "headings": '["星座"]'}],
    },
    "0003": {
        "own_tags": [
            {"code": "U.OWN.T1.M0", "name": "自建_殷实客户_规则_当月", "body": json.dumps(_TAG, ensure_ascii=False)},
        ],
        "tag_marks": [
            {"customer_id": 1, "code": "U.OWN.T1.M0", "value": "1", "reason": "当面核对", "date": "2026-02-06",
             "expires": None, "touch_id": 1},
        ],
        "corrections": [
            {"customer_id": 3, "key": "birth_date", "value": "1995-05-05", "machine": None, "reason": "看了证件",
             "date": "2026-02-06", "expires": "2027-02-06"},
        ],
    },
    "0004": {
        "light_decisions": [
            {"customer_id": 1, "date": "2026-02-09", "kind": "explain", "value": "house", "until": "2026-05-10",
             "note": "付首付", "touch_id": 1},
        ],
        "adverse_events": [
            {"title": "支行装修停业", "scope": "branch", "target": "城东支行", "start": "2026-02-01", "days": 60, "note": None},
        ],
    },
    "0005": {
        "promises": [
            {"customer_id": 1, "text": "周五前送对账单", "due": "2026-02-13", "made": "2026-02-09", "state": "open",
             "ended": None, "touch_id": 1},
        ],
        "pins": [
            {"customer_id": 2, "text": "只收短信", "made": "2026-02-09", "until": "2026-08-09", "silent_until": None},
        ],
        "goals": [{"period": "2026-02", "measure": "aum", "whose": "own", "value": 5_000_000.0}],
        "day_reviews": [
            {"date": "2026-02-09", "objections": "利率低", "tomorrow": "先打到期的", "skill": None, "supervisor": None},
        ],
        "handed_out": [
            {"number": "20260209-1", "kind": "plan_xlsx", "week": "2026-W07", "date": None, "at": "2026-02-09 09:00:00",
             "destroy_by": "2026-03-11", "rows": '[[1, "0000000001", null]]', "change": 3, "replaced": None, "entered": None},
        ],
    },
    "0006": {
        "prospects": [
            {"name": "赵先生", "phone": "13612340009", "source": "referral", "referrer_id": 1, "relation": "同事", "need": "房贷",
             "consent": 1, "created": "2026-02-09", "expires": "2026-08-08", "state": "open"},
        ],
        "journey_marks": [
            {"customer_id": 2, "task": "benefits", "stage": "J2", "since": "2026-01-31", "state": "done", "date": "2026-02-10",
             "note": None, "touch_id": 2},
        ],
    },
    "0007": {
        "own_days": [
            {"code": "own_1", "whose": "branch", "body": '{"name": "城东庙会", "at": "lunar 02-19"}', "off": 0},
        ],
        "contact_intervals": [{"customer_id": 1, "days": 20, "note": "老客户自己说的", "made": "2026-02-09"}],
        "birthday_ways": [
            {"customer_id": 1, "calendar": "lunar", "month": 8, "day": 15, "leap": 0, "prefer_leap": 0, "made": "2026-02-09"},
        ],
        "touch_choices": [
            {"customer_id": 2, "reason": "birthday", "occurrence": "2026-02-20", "day": "2026-02-13", "note": None,
             "made": "2026-02-09"},
        ],
        "drafts": [
            {"customer_id": 2, "date": "2026-02-10", "reason": "birthday", "occurrence": "2026-02-20", "script": "G-201",
             "channel": "wecom", "text": None},
        ],
        "gift_items": [{"name": "春联礼包", "unit": 2_800, "stock": 40, "note": None}],
        "gifts": [
            {"customer_id": 1, "item_id": 1, "idea": "春联礼包", "occasion": "春节", "value": 2_800, "state": "given",
             "needed_by": "2026-02-13", "order_by": "2026-01-14", "given": "2026-02-12", "note": None, "made": "2026-01-10"},
        ],
        "salons": [
            {"name": "防诈骗讲座", "kind": "education", "date": "2026-03-13", "time": "15:00", "place": "二楼会议室", "seats": 20,
             "budget": 60_000, "state": "planned", "note": None},
        ],
        "salon_guests": [
            {"salon_id": 1, "customer_id": 1, "state": "confirmed", "invited": "2026-02-27", "feedback": None,
             "follow_up": None, "touch_id": None},
        ],
    },
    "0008": {
        "office_templates": [
            {"name": "总行回执", "sheet": "名单", "file": "UEsDBA==", "head": 3, "columns": '{"客户号": "customer_no"}',
             "used": None},
        ],
    },
    "0009": {
        "own_scripts": [
            {"code": "own_1", "whose": "own", "body": '{"scene": "open", "text": ["您好,我是小李。"]}', "off": 0, "version": 1,
             "made": "2026-02-09"},
        ],
        "banned_words": [{"word": "稳赚", "instead": "净值会涨也会跌", "why": "8.5", "off": 0, "made": "2026-02-09"}],
        "product_sheets": [{"code": "WM8001", "name": "天天盈", "body": '{"role": "引流"}', "made": "2026-02-09"}],
        "benefits": [{"code": "parking", "name": "停车券", "body": '{"levels": ["L5"]}', "off": 0, "made": "2026-02-09"}],
        "benefit_grants": [
            {"customer_id": 1, "benefit": "parking", "occasion": "2026-02", "state": "issued", "issued": "2026-02-09",
             "valid_until": "2026-05-09", "used": None, "value": 3_000, "note": None},
        ],
    },
    "0010": {
        "complaint_files": [
            {"customer_id": 1, "complaint_id": 1, "owner": "周主任", "against": "李敏", "received": "2026-02-05 09:10",
             "answered": "2026-02-05 09:30", "demand": "退回手续费", "signs": '["elder"]', "before": 4, "after": None},
        ],
        "complaint_steps": [
            {"customer_id": 1, "complaint_id": 1, "step": "listen", "at": "2026-02-05 09:40", "by_whom": "周主任"},
        ],
        "loss_cases": [
            {"customer_id": 2, "product": "乙理财", "opened": "2026-02-09", "risk": 3, "cost": 7_500_000, "value": 7_000_001,
             "loss": 499_999, "emotion": "worry", "choice": "hold", "state": "agreed", "body": "{}"},
        ],
        "win_backs": [
            {"customer_id": 1, "opened": "2026-02-09", "cause": "competition", "strategy": "rival", "rival": "邻行",
             "rival_rate": 1.85, "rival_due": "2026-05-09", "base": 60_000_000, "state": "open", "body": "{}"},
        ],
        "needs": [
            {"customer_id": 2, "text": "孩子九月的学费", "made": "2026-02-04", "consequence": "high", "deadline": "2026-08-20",
             "state": "open", "touch_id": 2},
        ],
        "need_evidence": [{"customer_id": 2, "need_id": 1, "kind": "said", "date": "2026-02-04", "note": None, "touch_id": 2}],
        "family_goals": [
            {"customer_id": 2, "name": "学费", "kind": "school", "amount": 6_000_000, "due": "2026-08-20",
             "set_aside": 2_000_000, "set_aside_on": "2026-02-04", "state": "open", "made": "2026-02-04"},
        ],
        "meetings": [{"customer_id": 1, "date": "2026-02-10", "body": '{"topics": ["存单到期"]}', "made": "2026-02-10"}],
        "service_files": [{"customer_id": 1, "body": '{"contact": "李敏"}', "made": "2026-02-10"}],
        "experts": [{"name": "王律师", "field": "law", "reached": None, "note": None, "off": 0}],
        "expert_bookings": [
            {"customer_id": 1, "expert_id": 1, "date": "2026-02-16", "topic": "遗嘱", "state": "booked"},
        ],
        "referral_asks": [
            {"customer_id": 1, "date": "2026-02-06", "channel": "call", "moment": "gain", "giver": "loyal", "answer": "gave"},
        ],
        "referrals": [
            {"customer_id": 1, "referral_no": "ZJ-1", "date": "2026-02-06", "referred_name": "钱女士", "consent": 1},
        ],
        "referral_tasks": [
            {"customer_id": 1, "referral_id": 1, "ask_id": 1, "giver": "loyal", "moment": "gain", "giver_consent": 1,
             "consented": "2026-02-07 10:00", "loan": 0},
        ],
    },
    "0011": {
        "tombstones": [
            {"kind": "customer_no", "mark": "ab" * 32, "at": "2026-02-08 09:00:00", "receipt": "SC-20260208-1",
             "reason": "本人要求"},
        ],
        "destroyed_papers": [{"audit_id": 1, "day": "2026-02-09", "how": "碎纸", "note": None}],
    },
}  # fmt: skip
#: What was computed once: it is thrown away or computed anew, never a fact.
_COMPUTED: Row = {
    "customer_id": 1, "month": "2026-02", "revision": 2, "rule_version": "1", "risk": 78.5, "light": "red", "rank": 1,
    "aum": 60_000_000, "tier": "L5", "profiles": 0, "cannot_tell": 0, "hard_rule": None, "facts": 0,
}  # fmt: skip


def make(folder: Path = BOOKS) -> Path | None:
    """Make the book of this program's schema; None when it is kept already."""
    target = folder / f"{HEAD}.book"
    if target.exists():
        return None
    book_key.ITERATIONS = ITERATIONS
    if hasattr(book_key, "COST"):
        book_key.COST = COST
    with tempfile.TemporaryDirectory() as apart:
        path = Path(apart) / target.name
        with Book.create(path, PASSPHRASE) as book:
            fill(book)
        shutil.copyfile(path, target)
    return target


def fill(book: Book) -> None:
    """The facts, in changes that each can be undone; the fifth is one that was undone."""
    tables = metadata.tables
    with book.write("import", "一月.xlsx") as writer:
        for name, rows in _FIRST.items():
            writer.insert(tables[name], rows)
        writer.conn.execute(tables["batches"].insert(), _batch(writer.change_id, "一月.xlsx", "2026-01", 31))
    with book.write("import", "二月.xlsx") as writer:
        for name, rows in _SECOND.items():
            writer.insert(tables[name], rows)
        writer.update(tables["customers"], 2, {"name": "李思", "phone": "13912340002"})
        writer.conn.execute(tables["batches"].insert(), _batch(writer.change_id, "二月.xlsx", "2026-02", 28))
    with book.write("touch", "call") as writer:
        writer.insert(tables["touches"], _TOUCHES)
    with book.write("plan", "2026-W06") as writer:
        writer.insert(tables["plans"], [_PLAN])
        writer.insert(tables["plan_items"], _ITEMS)
        writer.insert(tables["plan_customers"], _LISTED)
    with book.write("touch", "visit") as writer:
        writer.insert(tables["touches"], [_TOUCHES[0] | {"date": "2026-02-07", "note": "记错了"}])
        undone = writer.change_id
    book.reverse(undone)
    with book.write("edit", "一笔持有") as writer:
        writer.delete(tables["holdings"], [2])
    with book.write("later", HEAD) as writer:
        for since, more in LATER.items():
            for name, rows in more.items() if since <= HEAD else ():
                writer.insert(tables[name], rows)
    with book.derive() as conn:
        risks = tables["risks"]
        conn.execute(risks.insert(), {key: value for key, value in _COMPUTED.items() if key in risks.c})
    book.record("export", "list_xlsx", rows=2)


def _batch(change: int, file: str, month: str, day: int) -> Row:
    counts = dict.fromkeys(("new", "changed", "unchanged", "vanished", "refused"), 0)
    return {
        "change_id": change, "at": f"{month}-{day} 09:00:00", "file": file, "file_hash": "ab", "sheet": "客户清单",
        "kind": "customers", "header_row": 3, "as_of": dt.date.fromisoformat(f"{month}-{day}").isoformat(), "month": month,
        "rows": 3, **counts, "mapping": "[]", "totals": "[]", "problems": "[]",
    }  # fmt: skip


if __name__ == "__main__":
    made = make()
    print(f"made {made}" if made else f"{HEAD}.book is kept already")  # noqa: T201
