"""`Ledger`: the register read, newest first, in words; papers that are to be destroyed, and their ticking off (domain 17)."""

import datetime as dt
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Join, RowMapping, and_, func, literal, or_, select

from db.engine import Book
from db.journey import prospects
from db.record import audit, batches, changes
from db.tables import customers
from db.trusted import destroyed_papers
from workbench.base.change import Change
from workbench.base.dates import now, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.people.privacy import Cover
from workbench.rules.parameters import Rules
from workbench.trust.ledger_line import (
    GROUPS,
    OUT,
    WAYS,
    LedgerLine,
    Ticked,
    action_words,
    facts_words,
    way_words,
)

_MOST_NOTE = 100
#: digits of a file's hash that are shown
_PRINT = 12
#: values asked for in one statement
_CHUNK = 5000
#: the longest name of a person that is looked for, in characters
_LONGEST = 8
_HAN = re.compile("[\u4e00-\u9fff·]{2,}")
_WORD = re.compile(r"[A-Za-z0-9]{4,}")


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which rows: days (ISO, both counted; '' open), a group of `GROUPS` ('' all), only papers that are due."""

    since: str = ""
    until: str = ""
    group: str = ""
    due: bool = False


class Ledger:
    """Reads the audit. Writes one thing: that a paper was destroyed."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def count(self, what: LedgerFilter) -> int:
        """How many rows a filter has."""
        with in_words(), self._book.read() as conn:
            rows = select(func.count()).select_from(_joined()).where(self._where(what, _never_out(conn)))
            return int(conn.execute(rows).scalar_one())

    def lines(self, what: LedgerFilter, offset: int = 0, limit: int | None = None) -> tuple[LedgerLine, ...]:
        """The rows of a filter, the newest first."""
        with in_words(), self._book.read() as conn:
            never_out = _never_out(conn)
            statement = (
                select(audit, destroyed_papers.c.day, destroyed_papers.c.how, destroyed_papers.c.note)
                .select_from(_joined())
                .where(self._where(what, never_out))
                .order_by(audit.c.id.desc())
                .offset(offset)
            )
            rows = conn.execute(statement if limit is None else statement.limit(limit)).mappings().all()
            summaries = _summaries(conn, rows)
            hashes = _hashes(conn, summaries)
            cover = _cover(conn, rows, summaries)
        return tuple(self._line(row, summaries, hashes, cover, never_out) for row in rows)

    def due(self) -> int:
        """How many papers and files are older than `sheet.destroy_days` and not ticked off."""
        return self.count(LedgerFilter(due=True))

    def tick_off(self, numbers: Collection[int], how: str, note: str = "") -> Change:
        """Keep that papers were destroyed today: `how` of `ways()`. One change, can be undone.

        Raises WorkbenchError no_such_paper (no print or export, or ticked off already), no_such_way, too_long.
        """
        plain = " ".join(note.split())
        if how not in WAYS:
            raise WorkbenchError("no_such_way", _("没有这种销毁方式。"), _("请从列出的方式里选一种。"))
        if len(plain) > _MOST_NOTE:
            raise WorkbenchError("too_long", _("备注最多 {n} 字。").format(n=_MOST_NOTE), _("请写短一些。"))
        with in_words(), self._book.write("destroyed", how, papers=sorted(set(numbers)), how=how) as writer:
            conn = writer.conn
            statement = (
                select(audit.c.id)
                .select_from(_joined())
                .where(
                    audit.c.id.in_(sorted(set(numbers))),
                    _papers(_never_out(conn)),
                    destroyed_papers.c.id.is_(None),
                )
            )
            open_ones = sorted(conn.execute(statement).scalars())
            if not numbers or len(open_ones) < len(set(numbers)):
                raise WorkbenchError(
                    "no_such_paper",
                    _("选中的行里有的不是打印或导出的客户资料,或者已经登记过销毁。"),
                    _("请只选“导出”和“打印”里还没有登记销毁的行。"),
                )
            writer.insert(
                destroyed_papers,
                [
                    {
                        "audit_id": one,
                        "day": today().isoformat(),
                        "how": how,
                        "note": _covered(conn, plain) or None,
                    }
                    for one in open_ones
                ],
            )
            return Change.by(writer, len(open_ones))

    # -- parts ---------------------------------------------------------------------------------------------

    def _where(self, what: LedgerFilter, never_out: Collection[int]) -> ColumnElement[bool]:
        parts: list[ColumnElement[bool]] = [literal(True)]
        if what.since:
            parts.append(audit.c.at >= what.since)
        if what.until:
            parts.append(audit.c.at < (dt.date.fromisoformat(what.until) + dt.timedelta(days=1)).isoformat())
        if what.group == "other":
            parts.append(audit.c.action.not_in([code for codes in GROUPS.values() for code in codes]))
        elif what.group:
            parts.append(audit.c.action.in_(GROUPS[what.group]))
        if what.due:
            parts += [_papers(never_out), audit.c.at < self._oldest(), destroyed_papers.c.id.is_(None)]
        return and_(*parts)

    def _oldest(self) -> str:
        """Papers before this day are due."""
        days = self._rules.whole("sheet.destroy_days")
        return (today() - dt.timedelta(days=days - 1)).isoformat()

    def _line(
        self,
        row: RowMapping,
        summaries: Mapping[str, tuple[str, str]],
        hashes: Mapping[str, str],
        cover: Cover,
        never_out: Collection[int],
    ) -> LedgerLine:
        facts = json.loads(row["facts"])
        code, subject = str(row["action"]), str(row["subject"] or "")
        kind, summary = summaries.get(subject, ("", ""))
        action = action_words(code, summary if kind == code else "", self._rules)
        words = facts_words(code, subject, facts, self._rules)
        if code in ("undo", "redo") and kind:
            words = " · ".join(filter(None, [action_words(kind, summary, self._rules), words]))
        if code == "import" and kind == code:
            print_of = hashes.get(subject, "")
            named = [
                _("文件:{text}").format(text=summary),
                _("文件指纹 {print_of}").format(print_of=print_of[:_PRINT]) if print_of else "",
            ]
            words = " · ".join(filter(None, [*named, words]))
        rows, paper = facts.get("rows"), _is_paper(code, facts) and row["id"] not in never_out
        if row["id"] in never_out:
            words = " · ".join(filter(None, [words, _("没有出纸")]))
        ticked = Ticked(row["day"], way_words(row["how"]), row["note"] or "") if row["day"] else None
        return LedgerLine(
            int(row["id"]), str(row["at"]), str(row["actor"] or ""), code, action, cover(words),
            subject if code in (*OUT, "print_failed") else "", rows if isinstance(rows, int) else None,
            cover(str(facts.get("purpose") or "")), cover(str(facts.get("path") or "")), paper, ticked,
            paper and ticked is None and str(row["at"]) < self._oldest(),
        )  # fmt: skip


def _joined() -> Join:
    return audit.outerjoin(destroyed_papers, destroyed_papers.c.audit_id == audit.c.id)


def _never_out(conn: Connection) -> frozenset[int]:
    """The prints of which no page came out of the printer: there is nothing to be destroyed."""
    failed = conn.execute(select(audit.c.facts).where(audit.c.action == "print_failed")).scalars()
    facts = [json.loads(one) for one in failed]
    return frozenset(one["print"] for one in facts if "print" in one and not one.get("pages"))


def _papers(never_out: Collection[int]) -> ColumnElement[bool]:
    """Prints and files with rows about customers: not what a program was handed, nor a form or a book of totals, nor a print
    that never came out."""
    facts = audit.c.facts
    empty = or_(facts.contains('"rows": 0}'), facts.contains('"rows": 0,'))
    return and_(
        or_(audit.c.action == "print", and_(audit.c.action == "export", facts.contains('"path": '))),
        ~empty,
        audit.c.id.not_in(sorted(never_out)),
        ~facts.contains('"fields": []'),
        ~facts.contains('"fields": ["totals"]'),
        or_(audit.c.subject.is_(None), audit.c.subject.not_like("register_%")),
    )


def _is_paper(code: str, facts: Mapping[str, object]) -> bool:
    """As `_papers`, of one row, whatever became of it."""
    leaves = code == "print" or (code == "export" and "path" in facts)
    return leaves and facts.get("rows") != 0 and facts.get("fields") not in ([], ["totals"], ["registered"])


def _summaries(conn: Connection, rows: Sequence[RowMapping]) -> dict[str, tuple[str, str]]:
    """Kind and summary of the changes that the rows name, by their number as text."""
    numbers = {int(row["subject"]) for row in rows if (str(row["subject"] or "").isdecimal() and '"counts"' in row["facts"])
               or (row["action"] in ("undo", "redo") and str(row["subject"] or "").isdecimal())}  # fmt: skip
    if not numbers:
        return {}
    statement = select(changes.c.id, changes.c.kind, changes.c.summary).where(
        changes.c.id.in_(sorted(numbers))
    )
    return {str(row.id): (row.kind, row.summary) for row in conn.execute(statement)}


def _hashes(conn: Connection, summaries: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The hash of the file of each import among the changes, by the change's number as text."""
    imports = [int(number) for number, (kind, _summary) in summaries.items() if kind == "import"]
    if not imports:
        return {}
    statement = select(batches.c.change_id, batches.c.file_hash).where(batches.c.change_id.in_(imports))
    return {str(row.change_id): str(row.file_hash) for row in conn.execute(statement)}


def _cover(conn: Connection, rows: Sequence[RowMapping], summaries: Mapping[str, tuple[str, str]]) -> Cover:
    """Masks whatever names a customer or a prospect in the texts of the rows: purposes, reasons, names of files."""
    texts = {str(text) for row in rows for text in json.loads(row["facts"]).values() if isinstance(text, str)}
    return _covering(conn, texts | {summary for _kind, summary in summaries.values()})


def _covering(conn: Connection, texts: Collection[str]) -> Cover:
    """The customers and prospects whose name or number stands in texts. Asks for the pieces of the texts, not for every
    customer: a book may hold a hundred thousand."""
    pieces = sorted(_pieces(texts))
    pairs: list[tuple[str, str]] = []
    for start in range(0, len(pieces), _CHUNK):
        some = pieces[start : start + _CHUNK]
        named = select(customers.c.name, customers.c.customer_no).where(
            or_(customers.c.name.in_(some), customers.c.customer_no.in_(some))
        )
        pairs += [(str(name or ""), str(number)) for name, number in conn.execute(named)]
        others = select(prospects.c.name).where(prospects.c.name.in_(some))
        pairs += [(str(name), "") for name in conn.execute(others).scalars()]
    return Cover(pairs)


def _pieces(texts: Collection[str]) -> set[str]:
    """What in texts may be a name or a number: words of letters and digits, and every run of 2 to 8 Chinese characters."""
    pieces: set[str] = set()
    for text in texts:
        pieces.update(_WORD.findall(text))
        for run in _HAN.findall(text):
            pieces.update(run[at : at + size] for at in range(len(run)) for size in range(2, _LONGEST + 1))
    return pieces


def _covered(conn: Connection, text: str) -> str:
    return _covering(conn, {text})(text) if text else ""


def register_title() -> str:
    """The name of the register on paper and in files."""
    return _("登记簿 {at}").format(at=now()[:10])
