"""Requests for what a row of the three needs: applied for, answered, with a note (domain 5: the resource slip)."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.engine import Book
from db.tables import plan_items, plans
from db.values import Value
from db.week import resource_requests
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.outreach.promises.room import checked_day


@dataclass(frozen=True, slots=True)
class ResourceRequest:
    """The request of a row (id): the days (ISO) it was `applied` for and `answered` on, `answer` 'yes', 'no' or '', and a
    note; all '' while nobody applied."""

    item_id: int
    applied: str = ""
    answer: str = ""
    answered: str = ""
    note: str = ""

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.answer:
            return _("同意") if self.answer == "yes" else _("不批")
        return _("已申请") if self.applied else _("未申请")


class ResourceRequests:
    """The requests of a book. Every write is undoable."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def of(self, week: str) -> dict[int, ResourceRequest]:
        """Row id -> request, of the three rows of a week's stored plan; a row without one has an empty one."""
        with in_words(), self._book.read() as conn:
            return requests_of(conn, week)

    def apply(self, item: int, note: str = "", day: str | None = None) -> Change:
        """Write down that a row's resource was applied for, on a day (ISO; None: today).

        Raises WorkbenchError no_such_row, bad_date.
        """
        return self._put(item, {"applied": _day(day), "note": note.strip() or None})

    def answer(self, item: int, *, granted: bool, note: str | None = None, day: str | None = None) -> Change:
        """Write down the answer to a request, on a day (ISO; None: today). Raises WorkbenchError no_such_row, bad_date."""
        row: dict[str, Value] = {"answer": "yes" if granted else "no", "answered": _day(day)}
        return self._put(item, row if note is None else row | {"note": note.strip() or None})

    def _put(self, item: int, row: dict[str, Value]) -> Change:
        with in_words(), self._book.write("plan", "request") as writer:
            block = writer.conn.execute(select(plan_items.c.block).where(plan_items.c.id == item)).scalar()
            if block != "resource":
                raise WorkbenchError(
                    "no_such_row",
                    _("第 {row} 号行不是要资源的动作。").format(row=item),
                    _("请用 workbench plan 核对行号。"),
                )
            query = select(resource_requests.c.id).where(resource_requests.c.item_id == item)
            known = writer.conn.execute(query).scalar()
            if known is None:
                writer.insert(resource_requests, [{"item_id": item, **row}])
            else:
                writer.update(resource_requests, known, row)
            return Change.by(writer, 1)


def requests_of(conn: Connection, week: str) -> dict[int, ResourceRequest]:
    """See `ResourceRequests.of`, within a reading."""
    requested = resource_requests.c
    query = (
        select(plan_items.c.id, requested.applied, requested.answer, requested.answered, requested.note)
        .join(plans, plans.c.id == plan_items.c.plan_id)
        .outerjoin(resource_requests, requested.item_id == plan_items.c.id)
        .where(plans.c.week == week, plan_items.c.block == "resource")
        .order_by(plan_items.c.position)
    )
    return {
        row.id: ResourceRequest(
            row.id, row.applied or "", row.answer or "", row.answered or "", row.note or ""
        )
        for row in conn.execute(query)
    }


def _day(text: str | None) -> str:
    return today().isoformat() if text is None else checked_day(text, "")
