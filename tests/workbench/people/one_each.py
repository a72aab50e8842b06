"""A book with one customer for each ground against marketing, all alike but for it."""

import datetime as dt
from typing import Any

from db.engine import Book
from db.tables import complaints, customers, snapshots, touches

DAY = dt.date(2026, 11, 16)
MONTH, AS_OF = "2026-10", "2026-10-31"
#: customer number -> code of the gravest ground, '' for none
GROUNDS = {
    "free": "",
    "opted": "opted_out",
    "opted_by_list": "opted_out",
    "refused": "opted_out",
    "open_long": "complaint",
    "closed_10": "complaint",
    "closed_20": "",
    "undated_80": "complaint",
    "undated_95": "",
    "untold_80": "complaint",
    "untold_95": "",
    "column_80": "complaint",
    "column_95": "",
    "logged_80": "complaint",
    "logged_95": "",
    "minor": "minor",
    "minor_by_birth": "minor",
    "mourning": "bereaved",
    "mourned": "",
    "unanswered": "unanswered",
    "answered": "",
    "two_touches": "tired",
    "one_touch": "",
}
HELD = {no for no, code in GROUNDS.items() if code}


def ago(days: int) -> str:
    return (DAY - dt.timedelta(days=days)).isoformat()


_PERSON: dict[str, dict[str, Any]] = {
    "opted": {"marketing_opt_out": 1},
    "minor_by_birth": {"birth_date": "2008-11-17"},
}
_MONTH: dict[str, dict[str, Any]] = {
    "opted_by_list": {"marketing_opt_out": 1},
    "minor": {"age": 12},
    "minor_by_birth": {"age": None},
    "column_80": {"last_complaint_date": ago(80), "complaint_count": 1},
    "column_95": {"last_complaint_date": ago(95), "complaint_count": 1},
}
_TOUCHES: dict[str, tuple[tuple[int, str], ...]] = {
    "refused": ((400, "refused"),),
    "logged_80": ((80, "complaint"),),
    "logged_95": ((95, "complaint"),),
    "mourning": ((10, "reached"),),
    "mourned": ((49, "reached"),),
    "unanswered": tuple((days, "no_answer") for days in (2, 10, 18, 26, 80)),
    "answered": (*((days, "no_answer") for days in (8, 18, 26, 60)), (70, "reached"), (90, "no_answer")),
    "two_touches": ((0, "reached"), (3, "no_answer")),
    "one_touch": ((1, "reached"), (40, "reached")),
}
_NOTES = {"mourning": "他父亲上周去世,下次先慰问", "mourned": "母亲过世"}
_COMPLAINTS: dict[str, dict[str, Any]] = {
    "open_long": {"date": ago(200), "status": "处理中"},
    "closed_10": {"date": ago(30), "closed_date": ago(10)},
    "closed_20": {"date": ago(30), "closed_date": ago(20)},
    "undated_80": {"date": ago(80), "status": "已办结"},
    "undated_95": {"date": ago(95), "status": "已办结"},
    "untold_80": {"date": ago(80)},
    "untold_95": {"date": ago(95)},
}


def one_each(book: Book) -> dict[str, int]:
    """Fill a book; answers the ids. Each has nearly reached the next line and holds idle demand deposits."""
    with book.write("import", "one each") as writer:
        ids = {}
        for row, no in enumerate(GROUNDS):
            person = {"customer_no": no, "name": "客户" + no, "no_reversed": no[::-1], "open_date": "2015-03-01",
                      "phone": "13800001234", "occupation": "企业主", "marketing_opt_out": 0, **_PERSON.get(no, {})}  # fmt: skip
            ids[no] = writer.insert(customers, [person])[0]
            months = [
                {"customer_id": ids[no], "month": month, "as_of": as_of, "batch_id": 1, "source_row": row + 4,
                 "aum_balance": 19_200_000, "aum_daily_average": 19_200_000, "demand_balance": 19_200_000,
                 "deposit_balance": 19_200_000, "wealth_balance": 0, "fund_balance": 0, "age": 40,
                 "risk_level": "C3", "risk_expiry_date": "2027-06-30", **_MONTH.get(no, {})}
                for month, as_of in (("2026-09", "2026-09-30"), (MONTH, AS_OF))
            ]  # fmt: skip
            writer.insert(snapshots, months)
        for no, rows in _TOUCHES.items():
            for days, result in rows:
                line = {"date": ago(days), "channel": "call", "result": result, "initiated_by": "manager",
                        "note": _NOTES.get(no)}  # fmt: skip
                writer.insert(touches, [{"customer_id": ids[no], **line}])
        for no, case in _COMPLAINTS.items():
            writer.insert(complaints, [{"customer_id": ids[no], "batch_id": 1, "source_row": 4, **case}])
    return ids
