"""Corrections by hand of a fact or tag of one customer, with a reason and an end; the machine's value is kept beside it
(domain 0-6)."""

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import BindParameter, Connection, Row, Select, case, func, select

from db.engine import Book
from db.known import corrections
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas, with_unit
from workbench.base.money import exact_yuan, to_fen
from workbench.base.sensitivity import OPEN, Sensitivity
from workbench.base.terms import Term, Vocabulary
from workbench.people.find import customer_id
from workbench.people.labels import ordered_fields
from workbench.people.privacy import masked_as
from workbench.rules.parameters import Rules

#: Not correctable: the customer number (merge in 导入 instead) and the answer of `consent` (correct what it rests on).
_FIXED = frozenset({"customer_no", "barred", "barred_until"})
_PHONE = re.compile(r"^\+?[\d-]{5,20}$")
_ID = re.compile(r"^(\d{15}|\d{17}[\dX])$")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `value` and the `machine`'s value as the book stores them (fen, 0/1, ISO, code; None: cannot tell),
    `shown` and `machine_shown` in words. It counts from `date` until the day before `expires` unless a newer one of the
    same key does (`in_force`)."""

    id: int
    key: str
    label: str
    kind: str
    value: Any
    shown: str
    machine: Any
    machine_shown: str
    reason: str
    date: str
    expires: str
    in_force: bool
    #: how its values are masked
    masks: Sensitivity = OPEN

    def as_json(self) -> dict[str, Any]:
        """The correction for the command line, both values in words."""
        return {
            "id": self.id, "key": self.key, "label": self.label, "value": self.shown,
            "machine": self.machine_shown, "reason": self.reason, "date": self.date, "expires": self.expires,
            "in_force": self.in_force,
        }  # fmt: skip


#: Dates that cannot lie in the future.
_PAST = frozenset({"birth_date", "open_date", "assigned_date", "risk_test_date", "last_txn_date"})


class MachineValues(Protocol):
    """The computed values of one customer."""

    def get(self, name: str) -> Value:
        """The value of a column; None: cannot tell."""


class Machine(Protocol):
    """The computed layers, as far as corrections need them."""

    def vocabulary(self, conn: Connection) -> Vocabulary:
        """Every field, measure and tag of the book."""

    def of_customer(self, conn: Connection, customer_id: int) -> MachineValues:
        """Every value of one customer."""


class Corrections:
    """Makes and ends corrections; each write is undoable."""

    def __init__(self, book: Book, rules: Rules, machine: Machine) -> None:
        self._book = book
        self._rules = rules
        self._layers = machine

    def correct(
        self, customer_no: str, key: str, value: str | None, reason: str, expires: str | None = None
    ) -> Change:
        """Correct one fact or tag until `expires` (ISO; None: `correction.days` from today).

        `value` is what a person types ('5万', '是', '2026-10-31', a label or code); None: it cannot be told.
        Raises WorkbenchError no_such_customer, not_correctable, bad_value, no_reason, bad_date.
        """
        why = " ".join(reason.split())
        if len(why) < self._rules.whole("correction.reason_least"):
            raise WorkbenchError("no_reason", _("更正没有写理由。"), _("请写一句为什么,例如:客户当面说明。"))
        end = self._end(expires)
        with in_words():
            with self._book.read() as conn:
                person = customer_id(conn, customer_no)
                term = self._term(conn, key)
                stored = None if value is None else stored_text(value, term)
                if term.name in _PAST and stored is not None and stored > today().isoformat():
                    raise WorkbenchError(
                        "bad_value",
                        _("“{label}”写的是今天以后的日期。").format(label=term.label),
                        _("请写已经过去的日期。"),
                    )
                machine = self._machine(conn, person, term)
            row: dict[str, Value] = {
                "customer_id": person, "key": term.name, "value": stored, "machine": machine, "reason": why,
                "date": today().isoformat(), "expires": end,
            }  # fmt: skip
            with self._book.write("correction", term.name) as writer:
                writer.insert(corrections, [row])
                return Change.by(writer, 1)

    def end(self, correction_id: int) -> Change:
        """End a correction today; it stays on record. Raises WorkbenchError no_such_correction."""
        with in_words(), self._book.write("correction", "end") as writer:
            query = select(corrections.c.expires).where(corrections.c.id == correction_id)
            expires = writer.conn.execute(query).scalar()
            day = today().isoformat()
            if expires is None or expires <= day:
                raise WorkbenchError(
                    "no_such_correction",
                    _("这条更正已经不再有效。"),
                    _("请刷新页面再看。"),
                    correction=correction_id,
                )
            writer.update(corrections, correction_id, {"expires": day})
            return Change.by(writer, 1)

    def choices(self, key: str) -> tuple[tuple[str, str], ...]:
        """(code, name) of the values that a field or tag may take; empty if any value of its kind will do.

        Raises WorkbenchError not_correctable.
        """
        with in_words(), self._book.read() as conn:
            term = self._term(conn, key)
        return (("1", _("是")), ("0", _("否"))) if term.kind == "flag" else term.values

    def of_customer(self, customer_no: str, day: str | None = None) -> tuple[Correction, ...]:
        """All corrections of a customer, the newest first, judged on a day (ISO; None: today).

        Raises WorkbenchError no_such_customer.
        """
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            return of_customer(
                conn, person, day or today().isoformat(), lambda key: self._term(conn, key, known=True)
            )

    def _term(self, conn: Connection, key: str, *, known: bool = False) -> Term:
        """The term of a key. With `known` (a key on record) one that the book no longer has keeps its key as label.

        Raises WorkbenchError not_correctable.
        """
        term: Term | None = self._layers.vocabulary(conn).find(key)
        if term is not None and term.name not in _FIXED:
            return term
        if known:
            return Term(key, key, "text")
        raise WorkbenchError(
            "not_correctable",
            _("“{key}”不能手工更正。").format(key=key),
            _("可以更正画像里的客户信息和标签;客户号请在“导入”里合并。"),
        )

    def _machine(self, conn: Connection, person: int, term: Term) -> str | None:
        """The machine's value as text; while a correction is in force, the one kept with it."""
        for row in in_force(conn, today().isoformat(), only=[person]):
            if row.key == term.name:
                return str(row.machine) if row.machine is not None else None
        value = self._layers.of_customer(conn, person).get(term.name)
        return None if value is None else str(value)

    def _end(self, expires: str | None) -> str:
        if expires is None:
            return (today() + dt.timedelta(days=self._rules.whole("correction.days"))).isoformat()
        end = _date(expires)
        if end <= today().isoformat():
            raise WorkbenchError(
                "bad_date",
                _("失效日期 {date} 不晚于今天。").format(date=end),
                _("请填今天以后的日期,例如半年以后。"),
            )
        return end


def in_force(conn: Connection, day: str, only: Collection[int] | None = None) -> list[Row[Any]]:
    """The corrections that count on a day (ISO), of all customers or `only` some: the newest of each (customer, key)."""
    c = corrections.c
    query = select(corrections).where(c.date <= day, c.expires > day).order_by(c.id)
    if only is not None:
        query = query.where(c.customer_id.in_(sorted(only)))
    return list({(row.customer_id, row.key): row for row in conn.execute(query)}.values())


def newest(
    day: str, keys: Collection[str], only: Collection[int | BindParameter[int]] | None = None
) -> Select[tuple[int]]:
    """`in_force` as SQL for some keys: a row per customer with any, the stored text of each key as a column (NULL: none in
    force)."""
    c = corrections.c
    last = select(func.max(c.id)).where(c.key.in_(keys), c.date <= day, c.expires > day)
    if only is not None:
        last = last.where(c.customer_id.in_(list(only)))
    values = (func.max(case((c.key == key, c.value))).label(key) for key in keys)
    return (
        select(c.customer_id, *values)
        .where(c.id.in_(last.group_by(c.customer_id, c.key)))
        .group_by(c.customer_id)
    )


def of_customer(
    conn: Connection, person: int, day: str, term_of: Callable[[str], Term]
) -> tuple[Correction, ...]:
    """All corrections of one customer, the newest first, judged on a day (ISO); `term_of` gives the term of a key."""
    standing = {row.id for row in in_force(conn, day, only=[person])}
    c = corrections.c
    history = []
    for row in conn.execute(select(corrections).where(c.customer_id == person).order_by(c.id.desc())):
        term = term_of(row.key)
        value, machine = stored_value(row.value, term.kind), stored_value(row.machine, term.kind)
        history.append(
            Correction(
                row.id, row.key, term.label, term.kind, value, shown_value(value, term), machine,
                shown_value(machine, term), row.reason, row.date, row.expires, row.id in standing, term.masks,
            )
        )  # fmt: skip
    return tuple(history)


# -- values as text ----------------------------------------------------------------------------------------


def stored_text(typed: str, term: Term) -> str:
    """What a person typed, as the text that is stored. Raises WorkbenchError bad_value (with what would do), bad_date."""
    text = " ".join(typed.split())
    plain = text.replace(",", "").replace("，", "")
    field = _field_kinds().get(term.name, "")
    if not text or len(text) > _LONGEST:
        raise _bad(term, typed, _("请写 1 到 {n} 个字。").format(n=_LONGEST))
    if term.values:
        codes = {word: code for code, name in term.values for word in (code, name)}
        if text not in codes:
            raise _bad(
                term, typed, _("可以用:{values}。").format(values=commas(name for _code, name in term.values))
            )
        return codes[text]
    if term.kind == "flag":
        return _flag(term, text)
    if term.kind == "date":
        return _date(text)
    if term.kind == "money":
        fen = to_fen(plain)
        if fen is None:
            raise _bad(term, typed, _("请写金额,例如 50000 或 5万。"))
        return str(fen)
    if term.kind in ("count", "number", "ratio"):
        return _number(term, plain.removesuffix(term.unit) if term.unit else plain)
    if field == "phone" and not _PHONE.match(text):
        raise _bad(term, typed, _("请写电话号码,只用数字。"))
    if field == "idcard" and not _ID.match(text.upper()):
        raise _bad(term, typed, _("请写 18 位身份证号。"))
    if field == "gender" and text not in ("男", "女"):
        raise _bad(term, typed, _("请写 男 或 女。"))
    return text


def stored_value(text: str | None, kind: str) -> Any:
    """A stored text as a value: int for money (fen), counts and flags, float for shares and numbers, else the text."""
    if text is None:
        return None
    if kind in ("money", "flag", "count"):
        return round(float(text))
    if kind in ("ratio", "number"):
        return float(text)
    return text


def shown_value(value: Any, term: Term) -> str:
    """A value of a term in words, with its unit; 无法判断 for None."""
    if value is None:
        return _("无法判断")
    if term.values:
        return dict(term.values).get(str(value), str(value))
    if term.kind == "flag":
        return _("是") if value else _("否")
    if term.kind == "money":
        return _("{yuan} 元").format(yuan=exact_yuan(round(value)))
    if term.kind == "ratio":
        return f"{value:.1%}"
    if term.kind == "number":
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return with_unit(value, _(term.unit) if term.unit else "")


def _number(term: Term, plain: str) -> str:
    percent = plain.endswith("%")
    try:
        number = Decimal(plain.removesuffix("%"))
    except ArithmeticError:
        raise _bad(term, plain, _("请写数字。")) from None
    if not number.is_finite():
        raise _bad(term, plain, _("请写数字。"))
    if term.kind == "count":
        if percent or number != number.to_integral_value() or number < 0:
            raise _bad(term, plain, _("请写不小于 0 的整数。"))
        return str(int(number))
    return str(float(number / 100 if percent else number))


def _flag(term: Term, text: str) -> str:
    for stored, words in (("1", ("是", "有", "1", "true", "yes")), ("0", ("否", "无", "0", "false", "no"))):
        if text.lower() in words:
            return stored
    raise _bad(term, text, _("请写 是 或 否。"))


def _date(text: str) -> str:
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("“{text}”不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None


def _bad(term: Term, typed: str, hint: str) -> WorkbenchError:
    return WorkbenchError(
        "bad_value",
        _("“{value}”不能作为“{label}”的值。").format(
            value=masked_as(term.masks.screen, typed.strip()), label=term.label
        ),
        hint,
        key=term.name,
    )


def _field_kinds() -> dict[str, str]:
    return {key: kind for key, _label, kind in ordered_fields()}
