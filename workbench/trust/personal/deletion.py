"""Deletion of a person's data on his request: what goes, what stays and why, and the receipt (PIPL 47, domain 17)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.journey import prospects
from db.record import audit
from db.removing import Blanked, CoveredTexts, Removal, Removed, kept_by_id, rows_of
from db.tables import customers, referrals, snapshots
from db.values import Json, whole
from workbench.base.i18n import _
from workbench.people.privacy import print_name, tail
from workbench.people.prospects.erasing import BLANK
from workbench.rules.parameters import Rules
from workbench.trust.personal.extract import column_word, table_word
from workbench.trust.personal.person import KnownPerson, PersonCover
from workbench.trust.personal.places import name_places, number_places


@dataclass(frozen=True, slots=True)
class Gone:
    """One part of what goes: a table and its rows, or with `column` texts in rows about others that are covered."""

    table: str
    title: str
    column: str
    count: int

    def as_json(self) -> dict[str, Json]:
        """As a document tells it."""
        return {"table": self.table, "title": self.title, "column": self.column or None, "count": self.count}


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a deletion takes away, or took. `receipt` and `at` are '' for one that is only shown.

    `registered`: rows of the register that are about him and stay; `namesakes`: others of his name, for whose sake texts are not
    searched for it.
    """

    shown: str
    reason: str
    gone: tuple[Gone, ...]
    registered: int
    namesakes: int
    receipt: str = ""
    at: str = ""

    @property
    def rows(self) -> int:
        """Rows that go."""
        return sum(one.count for one in self.gone if not one.column)

    @property
    def texts(self) -> int:
        """CoveredTexts in rows about others that are covered."""
        return sum(one.count for one in self.gone if one.column)

    @property
    def stays(self) -> tuple[str, ...]:
        """What stays and why, a sentence each."""
        sealed = _(
            "登记簿里与本人有关的 {n} 条记录保留:只有号码尾号、时间、事由和文件路径,法规要求留存处理记录。"
        ).format(n=self.registered)
        alike = _("账本里还有 {n} 位同名客户,别处文字里只写姓名的地方分不清是谁,没有改动。").format(
            n=self.namesakes
        )
        return (
            *((sealed,) if self.registered else ()),
            *((alike,) if self.namesakes else ()),
            _("以前做的备份里还有这些数据,到期轮换后才没有;账本旁边“备份”文件夹里的,可以现在就删掉。"),
            _("已经打印或导出的材料不在账本里,请按登记簿逐份销毁。"),
            _("行内系统里的数据不受影响;以后的名单里再有本人,导入时不收这一行。"),
        )

    def as_json(self) -> dict[str, Json]:
        """As a document tells it; no value of the person."""
        return {
            "receipt": self.receipt or None, "at": self.at or None, "reason": self.reason, "rows": self.rows,
            "texts": self.texts, "gone": [one.as_json() for one in self.gone], "stays": list(self.stays),
            "registered": self.registered, "namesakes": self.namesakes,
        }  # fmt: skip


def removal(conn: Connection, one: KnownPerson, reason: str, receipt: str) -> Removal:
    """All that goes with a person. `reason` must not name him: it is kept."""
    rows = rows_of(conn, one.ids)
    noted = kept_by_id(conn, prospects, "phone", one.phones) if one.phones else {}
    rows.setdefault(prospects, set()).update(noted)
    cover = PersonCover(one.strong, one.named)
    return Removal(
        rows,
        (
            CoveredTexts(number_places(), one.strong, PersonCover(one.strong)),
            CoveredTexts(name_places(), one.named, cover),
        ),
        _referred(conn, one, rows.get(referrals, set())),
        _lines(conn, one),
        one.marks,
        receipt,
        cover(reason),
    )


def deletion(rules: Rules, one: KnownPerson, done: Removed, registered: int, reason: str) -> Deletion:
    """What was taken away, in words."""
    gone = [Gone(table, table_word(rules, table), "", count) for table, count in sorted(done.rows.items())]
    gone += [
        Gone(table, table_word(rules, table), column_word(rules, column, table), count)
        for (table, column), count in sorted(done.texts.items())
    ]
    shown = " ".join(filter(None, [print_name(one.names[0]) if one.names else "", tail(one.customer_no)]))
    return Deletion(shown, PersonCover(one.strong, one.named)(reason), tuple(gone), registered, one.namesakes)


def next_receipt(conn: Connection, day: str) -> str:
    """The next number of a receipt of a day (ISO): 'SC-20261201-01'."""
    stem = f"SC-{day.replace('-', '')}-"
    used = conn.execute(
        select(audit.c.subject).where(audit.c.subject.startswith(stem, autoescape=True))
    ).scalars()
    numbers = [int(one.removeprefix(stem)) for one in used if one and one.removeprefix(stem).isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:02d}"


def _referred(conn: Connection, one: KnownPerson, own: set[int]) -> tuple[Blanked, ...]:
    """Lines in which others referred him: what identifies him in them goes, the line of the giver stays."""
    named = {
        **kept_by_id(conn, referrals, "referred_customer_no", one.numbers),
        **(kept_by_id(conn, referrals, "referred_phone", one.phones) if one.phones else {}),
        **{
            number: row
            for number, row in (
                kept_by_id(conn, referrals, "referred_name", one.named) if one.named else {}
            ).items()
            if not row.get("referred_phone")
        },
    }
    ids = tuple(sorted(named.keys() - own))
    blank = {**BLANK[referrals], "referred_customer_no": None}
    return ((referrals, ids, blank),) if ids else ()


def _lines(conn: Connection, one: KnownPerson) -> Mapping[int, set[int]]:
    """The rows of imported files that were about him: import -> row numbers."""
    lines: dict[int, set[int]] = {}
    for table, column in ((customers, customers.c.id), (snapshots, snapshots.c.customer_id)):
        for row in kept_by_id(conn, table, column.name, one.ids).values():
            batch, line = whole(row.get("batch_id")), whole(row.get("source_row"))
            if batch is not None and line is not None:
                lines.setdefault(batch, set()).add(line)
    return lines
