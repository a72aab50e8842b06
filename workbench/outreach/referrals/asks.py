"""Asks for a referral: whether a customer may be asked, noting one, and what he answered (domain 7).

Twice a year at most, never within the pause after another ask, never while anything bars it. An ask is a contact too: both are
written in one change."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sqlalchemy import Connection, RowMapping, func, select

from db.engine import Book
from db.journal import Writer
from db.mgm import referral_asks
from db.tables import customers, referrals
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import days_after, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, semicolons
from workbench.insight.products.barring import REFERRAL, bar_names, topic_barred
from workbench.insight.tags.engine import Engine
from workbench.insight.values.values import Values
from workbench.outreach.codes import channel_of, code_of
from workbench.outreach.contacts import NewContact, checked, first_day, put_contacts
from workbench.outreach.referrals.moments import FLAGGED, out_names
from workbench.outreach.referrals.task import GIVER_KINDS, MOMENTS, GiverKind, Moment
from workbench.people.consent import consent_of
from workbench.people.consent_rule import CODES
from workbench.people.find import customer_id
from workbench.people.referring.asked import ask_days_of
from workbench.people.referring.room import flagged
from workbench.rules.parameters import Rules

Answer = Literal["waiting", "gave", "declined"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)
#: the result of the contact that an ask is
_RESULTS: dict[str, str] = {"waiting": "considering", "gave": "referral", "declined": "declined"}
_A = referral_asks.c
_LIGHTS = ("yellow", "orange", "red")


@dataclass(frozen=True, slots=True)
class NewAsk:
    """An ask to be noted. `moment`, `giver`, `answer`: codes or names; `channel`: of the contact; `date` ISO, '': today;
    `ground`: what it was that satisfied him."""

    customer_no: str
    moment: str
    channel: str = "call"
    date: str = ""
    ground: str = ""
    giver: str = ""
    answer: str = "waiting"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReferralAsk:
    """An ask of the book. Days ISO."""

    id: int
    customer_id: int
    customer_no: str
    name: str
    date: str
    channel: str
    moment: Moment | None
    ground: str
    giver: GiverKind | None
    answer: Answer
    note: str


@dataclass(frozen=True, slots=True)
class AskVerdict:
    """Whether a customer may be asked on a day; `why` not, in words, and from which day (ISO) he may be, None where that is not
    known."""

    why: tuple[str, ...] = ()
    from_day: str | None = None

    @property
    def allowed(self) -> bool:
        """Whether nothing bars it."""
        return not self.why

    @property
    def sentence(self) -> str:
        """Why not, and from when; '' where he may be asked."""
        if self.allowed:
            return ""
        why = semicolons(self.why)
        return _("{why};{day} 起可以再请").format(why=why, day=self.from_day) if self.from_day else why


class Asks:
    """The asks of a book. Every write is undoable."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    def all(self) -> tuple[ReferralAsk, ...]:
        """Every ask, the newest first."""
        with in_words(), self._book.read() as conn:
            return asks_of(conn)

    def may(self, customer_no: str, day: str = "") -> AskVerdict:
        """Whether a customer may be asked on a day (ISO, '': today). Raises WorkbenchError no_such_customer."""
        self._engine.ensure()
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            return self._may(conn, person, day or today().isoformat())

    def note(self, ask: NewAsk) -> Change:
        """Write an ask and the contact that it is.

        Raises WorkbenchError no_such_customer, no_such_moment, no_such_giver, no_such_answer, too_soon_to_ask, and
        as `contacts.log_touch`.
        """
        rules = self._rules
        moment = code_of(
            ask.moment, _named(MOMENTS, "moments", rules), "no_such_moment", _("没有「{value}」这种良机。")
        )
        giver = _giver(ask.giver, rules)
        answer = _answer(ask.answer)
        with in_words(), self._book.read() as conn:
            contact = NewContact(
                ask.customer_no, channel_of(ask.channel), _RESULTS[answer], ask.date or None, note=_note(ask)
            )
            date = str(checked(contact, rules, first_day(conn, rules)).row["date"])
            person = customer_id(conn, ask.customer_no)
        self._engine.ensure()
        with in_words(), self._book.write("referral_ask", "ask") as writer:
            self._refuse(writer.conn, person, date)
            put = put_contacts(writer, [contact], rules)
            for error in put.refused.values():
                raise error
            row: dict[str, Value] = {
                "customer_id": person, "date": date, "channel": contact.channel, "moment": moment,
                "ground": ask.ground.strip() or None, "giver": giver, "answer": answer, "note": ask.note.strip() or None,
                "touch_id": put.ids[0],
            }  # fmt: skip
            writer.insert(referral_asks, [row])
            return Change.by(writer, 1)

    def answer(self, ask: int, answer: str, note: str = "") -> Change:
        """Write what a customer answered to an ask (its id). Raises WorkbenchError no_such_ask, no_such_answer."""
        code = _answer(answer)
        with in_words(), self._book.write("referral_ask", "answer") as writer:
            row = _row(writer.conn, ask)
            given: dict[str, Value] = {"answer": code}
            if note.strip():
                given["note"] = note.strip()
            return Change.by(writer, int(writer.update(referral_asks, row["id"], given) or 0))

    def _refuse(self, conn: Connection, person: int, date: str) -> None:
        verdict = self._may(conn, person, date)
        if not verdict.allowed:
            raise WorkbenchError(
                "too_soon_to_ask",
                _("现在不能请这位客户转介:{why}。").format(why=semicolons(verdict.why)),
                _("{day} 起可以再请。").format(day=verdict.from_day)
                if verdict.from_day
                else _("先把上面的事处理好,再找下一次良机。"),
            )

    def _may(self, conn: Connection, person: int, day: str) -> AskVerdict:
        values = self._engine.of_customer(conn, person).values
        return verdict_of(conn, self._rules, person, values, day)


def verdict_of(conn: Connection, rules: Rules, person: int, values: Values, day: str) -> AskVerdict:
    """Whether a customer (id) may be asked on a day (ISO). `values`: of his layers as they stand now."""
    reasons = list(_reasons(conn, rules, person, values, day))
    days = [until for _why, until in reasons]
    last = max((one for one in days if one is not None), default=None)
    return AskVerdict(tuple(why for why, _until in reasons), None if None in days else last)


def _reasons(
    conn: Connection, rules: Rules, person: int, values: Values, day: str
) -> Iterator[tuple[str, str | None]]:
    """(why not, from which day he may be asked as far as this goes; None: not known)."""
    yield from _limits(ask_days_of(conn, rules, person), _noted_on(conn, person, day), rules, day)
    consent = consent_of(conn, person, day, None, rules)
    if consent.held:
        yield consent.sentence, consent.until
    names = out_names(rules)
    bar = topic_barred(values, rules, REFERRAL)
    if bar and bar not in CODES:
        yield bar_names(rules, REFERRAL)[bar], None
    if values.r_loss_floating_m0 and bar != "loss":
        yield names["loss"], None
    if values.complaints_open and not consent.held:
        yield names["complaint"], None
    if values.light in _LIGHTS:
        yield names["light"], None
    lines = set(conn.execute(select(referrals.c.id).where(referrals.c.customer_id == person)).scalars())
    if lines:
        wrong = [one for ref, ones in flagged(conn, rules).items() if ref in lines for one in ones]
        if any(one.sure and one.bars_ask(rules) for one in wrong):
            yield names[FLAGGED], None


def _limits(days: list[str], noted: bool, rules: Rules, day: str) -> Iterator[tuple[str, str | None]]:
    """The pause after an ask, and how many a year may have; `noted`: an ask of this very day stands in the book. What a contact
    or a list tells of this day is this ask itself."""
    pause, most = rules.whole("tag.referral_pause"), rules.whole("moments.asks_most")
    before = [one for one in days if one < day or (noted and one == day)]
    if before and days_after(before[-1], pause) > day:
        words = _("{date} 刚请过,两次至少相隔 {n} 天")
        yield words.format(date=before[-1], n=pause), days_after(before[-1], pause)
    later = [one for one in days if day < one < days_after(day, pause)]
    if later:
        yield (
            _("{date} 也请过,两次至少相隔 {n} 天").format(date=later[0], n=pause),
            days_after(later[0], pause),
        )
    span = rules.whole("moments.asks_days")
    year = [one for one in before if days_after(one, span) > day]
    if len(year) >= most:
        free = days_after(year[-most], span)
        yield _("一年里已经请过 {n} 次").format(n=len(year)), free


def asks_of(conn: Connection) -> tuple[ReferralAsk, ...]:
    """Every ask of the book, the newest first."""
    query = (
        select(*referral_asks.columns, customers.c.customer_no, customers.c.name)
        .select_from(referral_asks.join(customers, customers.c.id == _A.customer_id))
        .order_by(_A.date.desc(), _A.id.desc())
    )
    return tuple(
        ReferralAsk(
            row["id"], row["customer_id"], row["customer_no"], row["name"] or "", row["date"], row["channel"] or "",
            row["moment"], row["ground"] or "", row["giver"], row["answer"], row["note"] or "",
        )
        for row in conn.execute(query).mappings()
    )  # fmt: skip


def settle(writer: Writer, ask: int) -> None:
    """Within a write: a referral came of an ask (its id). Raises WorkbenchError no_such_ask."""
    row = _row(writer.conn, ask)
    if row["answer"] != "gave":
        writer.update(referral_asks, row["id"], {"answer": "gave"})


def answer_names() -> tuple[tuple[str, str], ...]:
    """(code, name) of what may be answered to an ask."""
    return (("waiting", _("还没回话")), ("gave", _("给了名字")), ("declined", _("婉拒")))


def _row(conn: Connection, ask: int) -> RowMapping:
    row = conn.execute(select(referral_asks).where(_A.id == ask)).mappings().first()
    if row is None:
        raise WorkbenchError("no_such_ask", _("没有第 {n} 次开口的记录。").format(n=ask), _("请刷新后再看。"))
    return row


def _noted_on(conn: Connection, person: int, day: str) -> bool:
    query = select(func.count()).where(_A.customer_id == person, _A.date == day)
    return bool(conn.execute(query).scalar_one())


def _named(codes: tuple[str, ...], key: str, rules: Rules) -> tuple[tuple[str, str], ...]:
    return tuple((code, rules.text(f"{key}.{code}")) for code in codes)


def _giver(word: str, rules: Rules) -> str | None:
    if not word.strip():
        return None
    named = _named(GIVER_KINDS, "moments.giver", rules)
    return code_of(word, named, "no_such_giver", _("没有「{value}」这类转介人。"))


def _answer(word: str) -> str:
    return code_of(word, answer_names(), "no_such_answer", _("没有「{value}」这种回话。"))


def _note(ask: NewAsk) -> str | None:
    words = [_("请转介"), ask.ground.strip(), ask.note.strip()]
    return semicolons(filter(None, words))
