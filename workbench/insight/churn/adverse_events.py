"""Events bad for the bank's reputation (domain 4.3, S6): the log of them, and which are in force at a data date."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import Connection, RowMapping, Select, func, or_, select

from db.engine import Book
from db.functions import holds
from db.known import adverse_events
from db.tables import holdings, products, snapshots
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.rules.parameters import Rules

EventScope = Literal["bank", "branch", "product", "region"]
#: what stands between several branches, products or cities of one event
_BETWEEN = re.compile(r"[、,,;;|/\n]+")


def scopes() -> Mapping[EventScope, str]:
    """The scopes of an event in the language of the user, the widest first."""
    return {"bank": _("全行"), "branch": _("机构"), "product": _("产品"), "region": _("地区")}


@dataclass(frozen=True, slots=True)
class AdverseEvent:
    """One event. `targets` are the branches, products or cities concerned, () for the whole bank; `start` is ISO; it
    counts for `days` from then on."""

    id: int
    title: str
    scope: EventScope
    targets: tuple[str, ...]
    start: str
    days: int
    note: str | None
    #: whether a file brought it
    imported: bool

    @property
    def until(self) -> str:
        """The last day (ISO) on which it counts."""
        return (dt.date.fromisoformat(self.start) + dt.timedelta(days=self.days - 1)).isoformat()

    def counts_on(self, day: str) -> bool:
        """Whether it is in force on a day (ISO)."""
        return self.start <= day <= self.until

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "id": self.id, "title": self.title, "scope": self.scope, "targets": list(self.targets),
            "start": self.start, "days": self.days, "until": self.until, "note": self.note,
            "source": "file" if self.imported else "hand",
        }  # fmt: skip


def events_of(conn: Connection, rules: Rules) -> tuple[AdverseEvent, ...]:
    """All events, the newest first."""
    table = adverse_events
    query = select(table).order_by(table.c.start.desc(), table.c.id.desc())
    return tuple(_event(row, rules) for row in conn.execute(query).mappings())


def _event(row: RowMapping, rules: Rules) -> AdverseEvent:
    scope = cast(EventScope, row["scope"])
    return AdverseEvent(
        row["id"], row["title"], scope, () if scope == "bank" else split(row["target"] or ""), row["start"],
        row["days"] or rules.whole("S6.event_days"), row["note"], row["batch_id"] is not None,
    )  # fmt: skip


def split(targets: str) -> tuple[str, ...]:
    """The branches, products or cities that one text names."""
    return tuple(dict.fromkeys(word.strip() for word in _BETWEEN.split(targets) if word.strip()))


class AdverseEvents:
    """The log of events, kept by hand; what an import brings stands in the same table."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def all(self) -> tuple[AdverseEvent, ...]:
        """All events, the newest first."""
        with in_words(), self._book.read() as conn:
            return events_of(conn, self._rules)

    def hint(self, scope: str, target: str) -> str:
        """One sentence on the branches, products or cities that match nobody of the newest month; '' when all do."""
        code = _scope_code(scope)
        with in_words(), self._book.read() as conn:
            month = conn.execute(select(func.max(snapshots.c.month))).scalar()
            if code == "bank" or month is None:
                return ""
            unmet = [one for one in split(target) if conn.execute(_met(code, one, month)).first() is None]
        if not unmet:
            return ""
        words = _("最新名单里没有哪位客户对得上“{names}”:请看写法是否和清单里一样,对不上就不影响任何人。")
        return words.format(names=commas(unmet))

    @property
    def usual_days(self) -> int:
        """The days for which an event counts where nobody says otherwise."""
        return self._rules.whole("S6.event_days")

    @property
    def days_allowed(self) -> tuple[int, int]:
        """The fewest and the most days for which an event may count."""
        param = next(one for one in self._rules.params() if one.key == "S6.event_days")
        return int(param.low or 1), int(param.high or 365)

    def add(
        self, title: str, scope: str, target: str, start: str, days: int | None = None, note: str = ""
    ) -> Change:
        """Add an event; `scope` is a code or its word, `target` names the branches, products or cities. Undoable.

        Raises WorkbenchError no_event_title, too_long, no_such_scope, no_event_target, bad_date, bad_days.
        """
        row = self._checked(title, scope, target, start, days, note)
        with in_words(), self._book.write("event", "add") as writer:
            writer.insert(adverse_events, [row])
            return Change.by(writer, 1)

    def remove(self, event_id: int) -> Change:
        """Remove an event. Undoable. Raises WorkbenchError no_such_event."""
        with in_words(), self._book.write("event", "remove") as writer:
            known = writer.conn.execute(
                select(adverse_events.c.id).where(adverse_events.c.id == event_id)
            ).first()
            if known is None:
                raise WorkbenchError(
                    "no_such_event", _("没有编号 {id} 的不利事件。").format(id=event_id), _("请刷新后再看。")
                )
            writer.delete(adverse_events, [event_id])
            return Change.by(writer, 1)

    def _checked(
        self, title: str, scope: str, target: str, start: str, days: int | None, note: str
    ) -> dict[str, Any]:
        name = " ".join(title.split())
        if not name:
            raise WorkbenchError("no_event_title", _("事件没有标题。"), _("请写一句发生了什么。"))
        most = self._rules.whole("decision.note_most")
        if max(map(len, (name, target, note))) > most:
            raise WorkbenchError(
                "too_long",
                _("标题、涉及范围和备注每项最多 {most} 个字。").format(most=most),
                _("请写短一些。"),
            )
        code = _scope_code(scope)
        if code not in scopes():
            raise WorkbenchError(
                "no_such_scope",
                _("没有“{scope}”这种范围。").format(scope=scope),
                _("可选:全行、机构、产品、地区。"),
            )
        targets = split(target)
        if code != "bank" and not targets:
            raise WorkbenchError(
                "no_event_target",
                _("没有写涉及的机构、产品或城市。"),
                _("请按清单里的写法填写;几个之间用顿号。"),
            )
        try:
            day = dt.date.fromisoformat(start).isoformat()
        except ValueError:
            raise WorkbenchError(
                "bad_date", _("日期“{date}”看不懂。").format(date=start), _("请写成 2026-10-31 这样。")
            ) from None
        low, high = self.days_allowed
        if days is not None and not low <= days <= high:
            raise WorkbenchError(
                "bad_days", _("影响天数 {days} 不对。").format(days=days),
                _("请填 {low} 到 {high} 天。").format(low=low, high=high),
            )  # fmt: skip
        return {
            "title": name, "scope": code, "target": None if code == "bank" else "、".join(targets),
            "start": day, "days": days, "note": note.strip() or None,
        }  # fmt: skip


def _scope_code(scope: str) -> EventScope:
    """The code of a scope by its code or its word; what is neither stays as it is."""
    named = {word: code for code, word in scopes().items()}
    return named.get(scope.strip(), cast(EventScope, scope.strip()))


def _met(scope: EventScope, target: str, month: str) -> Select[tuple[int]]:
    """A customer of a month whom an event of this scope concerns, as signal S6 finds him."""
    s, h = snapshots.c, holdings.c
    if scope == "product":
        name = func.coalesce(h.product_name, products.c.product_name)
        held = holdings.outerjoin(products, products.c.product_code == h.product_code)
        lines = (
            select(h.customer_id)
            .select_from(held)
            .where(h.kind == "holding", h.month == month, or_(h.amount.is_(None), h.amount > 0))
        )
        return lines.where(or_(h.product_code == target, name == target)).limit(1)
    people = select(s.customer_id).where(s.month == month)
    if scope == "branch":
        return people.where(s.branch == target).limit(1)
    stem = target.removesuffix("市")
    return people.where(or_(holds(s.residence_city, stem), holds(s.residence_address, stem))).limit(1)
