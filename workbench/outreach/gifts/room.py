"""`Gifts`: the gift ledger of a book and its stock: written down, ordered, given, dropped. Every write is undoable."""

from collections import Counter

from sqlalchemy import Connection, select

from db.engine import Book
from db.journal import Writer
from db.values import Value
from db.year import gift_items, gifts
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.workdays import workdays_of
from workbench.outreach.gifts.checking import check_cap, check_consent, checked_amount, checked_words
from workbench.outreach.gifts.from_benefits import items_by_benefit
from workbench.outreach.gifts.gift import Gift, GiftLedger, NewGift
from workbench.outreach.gifts.reading import (
    gift_of,
    gifts_of,
    given_of,
    in_stock,
    in_year,
    item_of,
    items_of,
    order_day,
    shortages,
)
from workbench.outreach.promises.room import checked_day
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules

_OPEN = ("idea", "ordered")


class Gifts:
    """The gifts of a book."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def ledger(self, year: int) -> GiftLedger:
        """The gifts that count in a year, the stock, and what is short for all that are ahead."""
        with in_words(), self._book.read() as conn:
            made, items = gifts_of(conn, in_year(year)), items_of(conn)
            ahead = gifts_of(conn, gifts.c.state.in_(_OPEN))
            short = shortages(items, ahead, workdays_of(conn), self._rules)
        spent = sum(one.value_fen for one in made if one.state == "given")
        planned = sum(one.value_fen for one in made if one.state in _OPEN)
        cap = self._rules.whole("gift.cap") * 100
        return GiftLedger(year, made, items, short, spent, planned, cap, in_stock(items, ahead))

    def of(self, customer_no: str) -> tuple[Gift, ...]:
        """The gifts of a customer. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            return gifts_of(conn, gifts.c.customer_id == customer_id(conn, customer_no))

    def orders(self, year: int) -> dict[str, int]:
        """Workday (ISO) of a year -> how many gifts are ordered by it; none that the stock has."""
        days: Counter[str] = Counter()
        with in_words(), self._book.read() as conn:
            ideas = gifts_of(conn, gifts.c.state.in_(_OPEN))
            there = in_stock(items_of(conn), ideas) if ideas else frozenset()
        days.update(one.order_by for one in ideas if one.state == "idea" and one.id not in there)
        return {day: n for day, n in sorted(days.items()) if day[:4] == f"{year:04d}"}

    def budget(self, year: int) -> dict[str, int]:
        """Day (ISO) -> fen of the gifts given or needed on it, dropped ones apart."""
        days: dict[str, int] = {}
        with in_words(), self._book.read() as conn:
            for one in gifts_of(conn, in_year(year), gifts.c.state != "dropped"):
                day = one.given or one.needed_by
                days[day] = days.get(day, 0) + one.value_fen
        return days

    # -- the ledger ----------------------------------------------------------------------------------------

    def put(self, new: NewGift, gift: int | None = None) -> Change:
        """Write a gift down as an idea, or write one (id) anew that is not given yet.

        Raises WorkbenchError no_text, too_long, forbidden_gift, bad_date, past_date, bad_amount, no_such_item, over_cap, barred,
        no_such_customer, no_such_gift, gift_ended.
        """
        with in_words(), self._book.write("gift", "put") as writer:
            conn = writer.conn
            old = _open(conn, gift) if gift is not None else None
            person = customer_id(conn, new.customer_no)
            row = self._row(conn, new, old)
            check_consent(conn, person, self._rules)
            year = int(str(row["needed_by"])[:4])
            check_cap(conn, person, year, _fen(row), self._rules, but=gift or 0)
            if gift is not None:
                writer.update(gifts, gift, {"customer_id": person, **row})
            else:
                row |= {"customer_id": person, "state": "idea", "given": None, "made": today().isoformat()}
                writer.insert(gifts, [row])
            return Change.by(writer, 1)

    def order(self, gift: int) -> Change:
        """Mark a gift as ordered; of a thing of the stock one more is counted. Raises WorkbenchError no_such_gift,
        gift_ended."""
        with in_words(), self._book.write("gift", "order") as writer:
            one = _open(writer.conn, gift, "idea")
            if one.item_id is not None:
                _add(writer, one.item_id, 1)
            writer.update(gifts, gift, {"state": "ordered"})
            return Change.by(writer, 1)

    def give(self, gift: int, day: str = "") -> Change:
        """Mark a gift as given on a day (ISO; '': today), with what its thing costs now; one is taken off the stock.

        Raises WorkbenchError no_such_gift, gift_ended, bad_date, date_in_future, none_left, over_cap, barred.
        """
        on = checked_day(day, "0001-01-01") if day.strip() else today().isoformat()
        if on > today().isoformat():
            raise WorkbenchError(
                "date_in_future", _("{day} 还没有到。").format(day=on), _("请填送出的那一天,今天或以前。")
            )
        with in_words(), self._book.write("gift", "give") as writer:
            one = _open(writer.conn, gift)
            check_consent(writer.conn, one.customer_id, self._rules)
            item = None if one.item_id is None else item_of(writer.conn, one.item_id)
            if item is not None and item.stock < 1:
                words = _("“{name}”没有库存了。").format(name=item.name)
                raise WorkbenchError("none_left", words, _("请先记下订货,或者改一样礼品。"))
            value = one.value_fen if item is None else item.unit_fen
            check_cap(writer.conn, one.customer_id, int(on[:4]), value, self._rules, but=gift)
            writer.update(gifts, gift, {"state": "given", "given": on, "value": value})
            return Change.by(writer, 1)

    def drop(self, gift: int) -> Change:
        """Give a gift up; what was ordered stays in the stock. Raises WorkbenchError no_such_gift, gift_ended."""
        with in_words(), self._book.write("gift", "drop") as writer:
            _open(writer.conn, gift)
            writer.update(gifts, gift, {"state": "dropped"})
            return Change.by(writer, 1)

    # -- the stock -----------------------------------------------------------------------------------------

    def put_item(self, name: str, unit: str, stock: int, note: str = "", item: int | None = None) -> Change:
        """Write a thing of the stock: what one costs (yuan) and how many there are, counted; with `item` (id) in its place.

        Raises WorkbenchError no_text, too_long, forbidden_gift, bad_amount, bad_count, item_twice, no_such_item.
        """
        plain = checked_words(name, _("名称"), self._rules)
        _needs_text(plain)
        if stock < 0:
            raise WorkbenchError("bad_count", _("数量不能小于 0。"), _("请填现有几件。"))
        about = checked_words(note, _("备注"), self._rules, "gift.note_most") or None
        row: dict[str, Value] = {"name": plain, "unit": checked_amount(unit), "stock": stock, "note": about}
        with in_words(), self._book.write("gift", "item") as writer:
            same = writer.conn.execute(select(gift_items.c.id).where(gift_items.c.name == plain)).scalar()
            if same is not None and same != item:
                raise WorkbenchError(
                    "item_twice", _("库存里已经有“{name}”。").format(name=plain), _("请改它的数量。")
                )
            if item is None:
                writer.insert(gift_items, [row])
            else:
                item_of(writer.conn, item)
                writer.update(gift_items, item, row | {"stock": stock + given_of(writer.conn).get(item, 0)})
            return Change.by(writer, 1)

    def restock(self, item: int, count: int) -> Change:
        """Add an order of so many to the stock. Raises WorkbenchError no_such_item, bad_count."""
        if count < 1:
            raise WorkbenchError("bad_count", _("订的数量至少是 1。"), _("请填订了几件。"))
        with in_words(), self._book.write("gift", "restock") as writer:
            _add(writer, item, count)
            return Change.by(writer, count)

    def remove_item(self, item: int) -> Change:
        """Take a thing off the stock that no gift is of. Raises WorkbenchError no_such_item, item_used."""
        with in_words(), self._book.write("gift", "remove_item") as writer:
            one = item_of(writer.conn, item)
            used = len(gifts_of(writer.conn, gifts.c.item_id == item))
            if used:
                words = _("礼品账里有 {n} 笔是“{name}”,不能删。")
                raise WorkbenchError(
                    "item_used", words.format(n=used, name=one.name), _("不再用就把数量改成 0。")
                )
            if item in items_by_benefit(writer.conn).values():
                raise WorkbenchError(
                    "item_used",
                    _("有权益规则发的是“{name}”,不能删。").format(name=one.name),
                    _("请先在「权益」页改那条规则,或者把数量改成 0。"),
                )
            writer.delete(gift_items, [item])
            return Change.by(writer, 1)

    # -- parts ---------------------------------------------------------------------------------------------

    def _row(self, conn: Connection, new: NewGift, old: Gift | None) -> dict[str, Value]:
        item = None if new.item is None else item_of(conn, new.item)
        idea = checked_words(new.idea or (item.name if item else ""), _("礼品"), self._rules)
        _needs_text(idea)
        first = min(today().isoformat(), old.needed_by if old else "9999")
        needed_by = checked_day(new.needed_by, first)
        return {
            "item_id": new.item,
            "idea": idea,
            "occasion": checked_words(new.occasion, _("缘由"), self._rules),
            "value": item.unit_fen if item else checked_amount(new.amount),
            "needed_by": needed_by,
            "order_by": order_day(workdays_of(conn), needed_by, self._rules),
            "note": checked_words(new.note, _("备注"), self._rules, "gift.note_most") or None,
        }


def _open(conn: Connection, gift: int, *states: str) -> Gift:
    """A gift in one of these states, none given: not given and not dropped. Raises WorkbenchError no_such_gift, gift_ended."""
    one = gift_of(conn, gift)
    if one.state not in (states or _OPEN):
        raise WorkbenchError(
            "gift_ended", _("“{idea}”已经订了、送了或不送了。").format(idea=one.idea), _("请撤销那一步再改。")
        )
    return one


def _add(writer: Writer, item: int, count: int) -> None:
    """So many more of a thing (id)."""
    item_of(writer.conn, item)
    stock = writer.conn.execute(select(gift_items.c.stock).where(gift_items.c.id == item)).scalar_one()
    writer.update(gift_items, item, {"stock": stock + count})


def _needs_text(text: str) -> None:
    if not text:
        raise WorkbenchError("no_text", _("没有写送什么。"), _("请写一样实物或服务,例如:时令茶叶。"))


def _fen(row: dict[str, Value]) -> int:
    value = row["value"]
    return value if isinstance(value, int) else 0
