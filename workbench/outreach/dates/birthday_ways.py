"""`BirthdayWays`: which birthday a customer keeps: asked, written down, read, taken back (domain 6.6)."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.engine import Book
from db.year import birthday_ways
from workbench.base.birthdays import EVE, BirthdayWay, converted_way, registered_way, written_way
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.lunar import LunarDate
from workbench.outreach.dates.lunar_words import day_words, month_words
from workbench.people.birthdays import way_of
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules

#: a leap year, in which every solar day is tried
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class WayChoice:
    """An answer to the question: the birthday, and what it is in words."""

    way: BirthdayWay
    words: str


@dataclass(frozen=True, slots=True)
class KeptBirthday:
    """What is known of a customer's birthday: `way` his own (None: none named, the registered day counts), `words` what is
    kept ('' where nothing is known), `coming` the next one (ISO), `question` to ask him ('' where nothing is to be asked), and
    the answers to choose from."""

    way: BirthdayWay | None
    words: str
    coming: str | None
    question: str
    choices: tuple[WayChoice, ...]


class BirthdayWays:
    """The birthdays that customers of a book keep."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def of(self, customer_no: str) -> KeptBirthday:
        """What is known of a customer's birthday. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            own, born = way_of(conn, customer_id(conn, customer_no))
        registered = _day(born)
        choices = _choices(registered) if registered else ()
        way = own or (registered_way(registered) if registered else None)
        if way is None:
            return KeptBirthday(None, "", None, "", ())
        return KeptBirthday(
            own,
            way_words(way),
            _coming(way),
            "" if own or not registered else self._question(registered),
            choices,
        )

    def put(self, customer_no: str, way: BirthdayWay) -> Change:
        """Write down which birthday a customer keeps. Undoable. Raises WorkbenchError bad_birthday, no_such_customer."""
        _check(way)
        row = {
            "calendar": way.calendar, "month": way.month, "day": way.day, "leap": int(way.leap),
            "prefer_leap": int(way.prefer_leap), "made": today().isoformat(),
        }  # fmt: skip
        with in_words(), self._book.write("birthday", "put") as writer:
            person = customer_id(writer.conn, customer_no)
            kept = _kept(writer.conn, person)
            if kept is None:
                writer.insert(birthday_ways, [{"customer_id": person, **row}])
            else:
                writer.update(birthday_ways, kept, row)
            return Change.by(writer, 1)

    def forget(self, customer_no: str) -> Change:
        """Take back what a customer said: the registered day counts again. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.write("birthday", "forget") as writer:
            kept = _kept(writer.conn, customer_id(writer.conn, customer_no))
            if kept is not None:
                writer.delete(birthday_ways, [kept])
            return Change.by(writer, sum(writer.counts.values()))

    def _question(self, born: dt.date) -> str:
        """What to ask somebody whose registered birthday may be a lunar date written as solar; '' for the young."""
        year = born.year + self._rules.whole("birthday.ask_from")
        now = today()
        if (now.year, now.month, now.day) < (year, born.month, born.day):
            return ""
        words = _("证件上的生日 {month} 月 {day} 日,是公历还是农历?按哪个过?")
        return words.format(month=born.month, day=born.day)


def way_words(way: BirthdayWay) -> str:
    """A birthday in words: '公历 8 月 15 日', '农历八月十五', '农历闰四月初二,有闰月过闰月', '农历除夕'."""
    if way.calendar == "solar":
        return _("公历 {month} 月 {day} 日").format(month=way.month, day=way.day)
    if (way.month, way.day) == EVE:
        return _("农历除夕")
    lunar = month_words(LunarDate(0, way.month, 1, way.leap)) + day_words(way.day)
    if way.leap and way.prefer_leap:
        return _("农历{day},有闰月过闰月").format(day=lunar)
    return _("农历{day}").format(day=lunar)


def _choices(born: dt.date) -> tuple[WayChoice, ...]:
    """The registered day, the registered date read as lunar, the registered day turned into a lunar date."""
    choices = [WayChoice(registered_way(born), way_words(registered_way(born)))]
    written = written_way(born)
    if written is not None:
        words = _("{day}(证件上写的就是农历)").format(day=way_words(written))
        choices.append(WayChoice(written, words))
    try:
        turned = [converted_way(born)]
    except ValueError:  # born before the table begins
        turned = []
    turned += [converted_way(born, prefer_leap=True) for way in turned if way.leap]
    words = _("{day}(由公历 {date} 换算)")
    choices += [
        WayChoice(way, words.format(day=way_words(way), date=born.isoformat()))
        for way in turned
        if way != written
    ]
    return tuple(choices)


def _check(way: BirthdayWay) -> None:
    """Raises WorkbenchError bad_birthday."""
    lunar = way.calendar == "lunar"
    if lunar:
        right = 1 <= way.month <= EVE[0] and 1 <= way.day <= EVE[1]
    else:
        try:
            right = bool(dt.date(_ANY_YEAR, way.month, way.day)) and not way.leap
        except ValueError:
            right = False
    if not right:
        raise WorkbenchError(
            "bad_birthday",
            _("没有 {month} 月 {day} 日这样的生日。").format(month=way.month, day=way.day),
            _("农历的日子到三十为止,只有农历有闰月。"),
        )


def _kept(conn: Connection, person: int) -> int | None:
    return conn.execute(select(birthday_ways.c.id).where(birthday_ways.c.customer_id == person)).scalar()


def _day(born: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(born or "")
    except ValueError:
        return None


def _coming(way: BirthdayWay) -> str | None:
    try:
        return way.coming(today()).isoformat()
    except ValueError:  # beyond the table
        return None
