"""Writes of referrals within a change: a new line with its task sheet, fields that change, the erasing of who declined."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from db.engine import Book
from db.erasing import kept_rows
from db.journal import Writer
from db.journey import prospects
from db.mgm import referral_tasks
from db.tables import referrals
from db.values import Value
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.referrals.entered import EnteredReferral, filled_in
from workbench.outreach.referrals.reading import tasks
from workbench.outreach.referrals.task import ReferralTask
from workbench.people.find import customer
from workbench.people.privacy import Cover
from workbench.people.prospects.erasing import BLANK
from workbench.people.prospects.taking_in import ended
from workbench.people.tombs import refuse_deleted_phone
from workbench.rules.parameters import Rules

#: field of `ReferralTask` -> column of `referrals`
_LINE: Final[Mapping[str, str]] = {
    "number": "referral_no", "date": "date", "name": "referred_name", "phone": "referred_phone", "relation": "relation",
    "need": "need", "owner": "owner", "agreed": "consent", "result": "contact_result", "meeting": "meeting_date",
    "product": "deal_product", "amount_fen": "deal_amount", "feedback": "feedback_date", "status": "status",
    "close_reason": "close_reason",
}  # fmt: skip
#: field -> column of `referral_tasks`
_SHEET: Final[Mapping[str, str]] = {
    "ask_id": "ask_id", "giver": "giver", "moment": "moment", "channel": "channel", "giver_agreed": "giver_consent",
    "giver_way": "giver_way", "agreed_way": "consent_way", "agreed_at": "consented", "industry": "industry",
    "contacted": "contacted", "thanked": "thanked", "loan": "loan", "reward": "reward", "checked": "checked",
}  # fmt: skip
#: field -> column of the person, where he is noted himself
_PERSON: Final[Mapping[str, str]] = {
    "name": "name", "phone": "phone", "relation": "relation", "need": "need", "agreed": "consent",
}  # fmt: skip

#: fields of `ReferralTask` in which a person writes freely
_REMARKS: Final = (
    "giver_way", "agreed_way", "industry", "owner", "result", "product", "status", "close_reason",
)  # fmt: skip


def read_task(conn: Connection, rules: Rules, referral: int) -> ReferralTask:
    """A referral by the id of its line. Raises WorkbenchError no_such_referral."""
    read = tasks(conn, rules, today().isoformat(), [referrals.c.id == referral])
    if not read:
        raise no_such_referral(str(referral))
    return read[0]


def no_such_referral(word: str) -> WorkbenchError:
    """The refusal of a referral that is not in the book."""
    return WorkbenchError(
        "no_such_referral",
        _("没有转介单 {word}。").format(word=word),
        _("请用 workbench referrals 查看有哪些,写单号。"),
    )


def entered_task(conn: Connection, rules: Rules, new: EnteredReferral) -> ReferralTask:
    """The sheet that a referral as typed would become, without a number. Raises WorkbenchError as `filled_in`,
    no_such_customer, no_name, deleted_person."""
    giver = customer(conn, new.giver_no)
    bare = ReferralTask(
        0, "", today().isoformat(), giver["id"], giver["customer_no"], giver["name"] or "",
        ask_id=new.ask_id, reward=new.reward.strip(),
    )  # fmt: skip
    given = {**new.given, "name": new.name}
    if not new.name.strip():
        raise WorkbenchError("no_name", _("还没有写称呼。"), _("写姓氏就行,例如:赵先生。"))
    made = filled_in(bare, given, rules)
    refuse_deleted_phone(conn, made.phone)
    return made


def insert_task(writer: Writer, task: ReferralTask) -> int:
    """Write a new referral with the next number of its day; the id of its line."""
    line = _columns(task, _LINE) | {
        "customer_id": task.giver_id, "referral_no": next_number(writer.conn, task.date),
        "referred_customer_no": task.account_no,
    }  # fmt: skip
    referral = writer.insert(referrals, [line])[0]
    sheet = _columns(task, _SHEET) | {"customer_id": task.giver_id, "referral_id": referral}
    writer.insert(referral_tasks, [sheet])
    return referral


def update_task(writer: Writer, before: ReferralTask, after: ReferralTask, rules: Rules) -> bool:
    """Write what differs between two states of a sheet; whether anything does. A person who is noted himself ends with it."""
    line, sheet = (_differing(before, after, where) for where in (_LINE, _SHEET))
    if before.contacted != after.contacted:
        line["contact_date"] = after.contacted[:10] if after.contacted else None
    done = bool(line) and writer.update(referrals, before.id, line)
    if sheet and before.task_id is not None:
        done |= writer.update(referral_tasks, before.task_id, sheet)
    elif sheet:
        row = _columns(after, _SHEET) | {"customer_id": after.giver_id, "referral_id": after.id}
        writer.insert(referral_tasks, [row])
        done = True
    person = _differing(before, after, _PERSON)
    if "name" in person:
        person["name"] = person["name"] or ""
    ends = bool(after.close_reason) and not before.close_reason
    if person or ends:
        noted = select(prospects).where(prospects.c.referral_id == before.id)
        for kept in writer.conn.execute(noted).mappings().all():
            dropped = {"state": "dropped", **ended(kept, rules)} if ends and kept["state"] == "open" else {}
            done |= writer.update(prospects, kept["id"], person | dropped)
    return done


def identifying(conn: Connection, referral: int) -> dict[Table, list[int]]:
    """The rows that identify the person of a referral."""
    noted = conn.execute(select(prospects.c.id).where(prospects.c.referral_id == referral)).scalars().all()
    return {prospects: list(noted), referrals: [referral]}


def without_person(task: ReferralTask) -> ReferralTask:
    """The sheet with the name and the telephone of its person masked in every remark."""
    cover = Cover([(task.name, "")])
    masked: dict[str, Any] = {field: cover(getattr(task, field)) for field in _REMARKS}
    return replace(task, **masked)


def erase_person(book: Book, referrals_of: Collection[int], before: Mapping[int, ReferralTask]) -> None:
    """Erase for good what identifies the persons of referrals (ids of their lines): their rows, and remarks that named them, as
    they were `before`."""
    with book.read() as conn:
        rows = [(line, identifying(conn, line)) for line in sorted(referrals_of)]
    gone: dict[Table, list[int]] = {}
    for line, tables in rows:
        for table, ids in tables.items():
            gone.setdefault(table, []).extend(ids)
        task = before[line]
        masked = without_person(task)
        for table, row, columns in ((referrals, line, _LINE), (referral_tasks, task.task_id, _SHEET)):
            blank = {
                columns[field]: getattr(masked, field)
                for field in _REMARKS
                if field in columns and getattr(masked, field) != getattr(task, field)
            }
            if blank and row is not None:
                book.erase("referral_declined", {table: [row]}, {table: blank})
    book.erase("referral_declined", gone, BLANK)


def next_number(conn: Connection, day: str) -> str:
    """The next number of a day (ISO): 'ZJ-20261130-01'. One that was taken back is never given to another: it may stand on
    paper."""
    stem = f"ZJ-{day.replace('-', '')}-"
    used = [
        int(rest)
        for row in kept_rows(conn, referrals).values()
        if (number := str(row.get("referral_no") or "")).startswith(stem)
        and (rest := number.removeprefix(stem)).isdecimal()
    ]
    return f"{stem}{max(used, default=0) + 1:02d}"


def _columns(task: ReferralTask, where: Mapping[str, str]) -> dict[str, Value]:
    row = {column: _stored(getattr(task, field)) for field, column in where.items()}
    if where is _LINE:
        row["contact_date"] = task.contacted[:10] if task.contacted else None
    return row


def _differing(before: ReferralTask, after: ReferralTask, where: Mapping[str, str]) -> dict[str, Value]:
    return {
        column: _stored(getattr(after, field))
        for field, column in where.items()
        if getattr(before, field) != getattr(after, field)
    }


def _stored(value: object) -> Value:
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, int | str) and value != "" else None
