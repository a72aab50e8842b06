"""`Maturities`: the maturing money of a year by week and product, and where matured money went; each figure leads to names."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Connection

from db.audit import revision
from db.engine import Book
from workbench.base.collector import quiet_collector
from workbench.base.dates import shift_month, week_days, week_of
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.months import data_date, newest_month, reported_months
from workbench.outreach.maturities.lines import (
    DatedLine,
    by_code,
    matured_lines,
    maturing_lines,
    named_customers,
)
from workbench.outreach.maturities.waves import (
    WHEREABOUTS,
    MaturedMoney,
    MaturedPart,
    MaturingCell,
    MaturingLine,
    MaturityWaves,
    Whereabout,
)
from workbench.outreach.maturities.whereabouts import balances, matured_by_month, whereabouts
from workbench.rules.parameters import Rules

#: (line, fen by WHEREABOUTS)
_Split = tuple[DatedLine, tuple[int, ...]]


class Maturities:
    """Reads the book; what was read is kept while the book stays as it is."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules
        #: revision of the book, and what was read at it by key
        self._kept: tuple[int, dict[object, Sequence[object]]] = (-1, {})

    # -- what comes --------------------------------------------------------------------------------------------

    def waves(self, year: int) -> MaturityWaves:
        """The money that matures in a year after the data date, by ISO week and product family."""
        with quiet_collector(), in_words(), self._book.read() as conn:
            month = newest_month(conn)
            as_of = month and data_date(conn, month)
            if month is None or as_of is None:
                return MaturityWaves(year, None, notes=(_("还没有客户名单,看不到到期。"),))
            lines = self._due(conn, year, month, as_of)
        if not lines:
            words = _("按 {as_of} 的名单,{year} 年没有看得到的到期;没有到期清单或到期日的,看不到。")
            return MaturityWaves(year, as_of, notes=(words.format(as_of=as_of, year=year),))
        cells: dict[tuple[str, str], list[DatedLine]] = defaultdict(list)
        for line in lines:
            cells[_week(line.date), line.family].append(line)
        codes = _in_order({line.family for line in lines})
        placed = sorted(cells.items(), key=lambda one: (one[0][0], codes.index(one[0][1])))
        words = _("只有 {as_of} 的名单已经写明的到期;以后新买的,导入新名单才看得到。")
        return MaturityWaves(
            year, as_of, tuple((code, _product(code)) for code in codes),
            tuple(_cell(week, family, some) for (week, family), some in placed),
            len({line.customer_id for line in lines}), sum(line.fen or 0 for line in lines), (words.format(as_of=as_of),),
        )  # fmt: skip

    def maturing(
        self, year: int, week: str | None = None, family: str | None = None
    ) -> tuple[MaturingLine, ...]:
        """The customers of a cell, of a week, of a family or of the whole year, by day, then the largest amount."""
        with quiet_collector(), in_words(), self._book.read() as conn:
            month = newest_month(conn)
            as_of = month and data_date(conn, month)
            if month is None or as_of is None:
                return ()
            lines = [
                (line, ())
                for line in self._due(conn, year, month, as_of)
                if family in (None, line.family) and week in (None, _week(line.date))
            ]
            return _named(conn, lines)

    def _due(self, conn: Connection, year: int, month: str, as_of: str) -> Sequence[DatedLine]:
        kept = self._at(conn)
        key = ("due", year)
        if key not in kept:
            span = (f"{year}-01-01", f"{year}-12-31")
            kept[key] = maturing_lines(conn, month, as_of, *span, self._rules)
        return kept[key]  # type: ignore[return-value]

    # -- what was ----------------------------------------------------------------------------------------------

    def whereabouts(self) -> MaturedMoney:
        """Where the money went that matured in the last months (`touch.matured_months`)."""
        names = tuple((one, self._rules.text(f"touch.became.{one}")) for one in WHEREABOUTS)
        with quiet_collector(), in_words(), self._book.read() as conn:
            month = newest_month(conn)
            as_of = month and data_date(conn, month)
            if month is None or as_of is None:
                return MaturedMoney(None, names, notes=(_("还没有客户名单,看不到到期。"),))
            split = self._matured(conn, month, as_of)
        if not split:
            words = _("截至 {as_of},名单上没有最近几个月的到期,看不出去向。")
            return MaturedMoney(as_of, names, notes=(words.format(as_of=as_of),))
        parts: dict[tuple[str, str, Whereabout], list[tuple[int, int]]] = defaultdict(list)
        for line, fen in split:
            for became, one in zip(WHEREABOUTS, fen, strict=True):
                if one:
                    parts[line.date, line.family, became].append((line.customer_id, one))
        codes = _in_order({line.family for line, _fen in split})
        order = sorted(parts, key=lambda one: (one[0], codes.index(one[1]), WHEREABOUTS.index(one[2])))
        return MaturedMoney(
            as_of, names, tuple(sorted({line.date for line, _fen in split})),
            tuple(
                MaturedPart(
                    month, family, _product(family), became, len({one for one, _fen in parts[month, family, became]}),
                    sum(fen for _one, fen in parts[month, family, became]),
                )
                for month, family, became in order
            ),
            sum(sum(fen) for _line, fen in split), (self._rules.text("touch.became.note"),),
        )  # fmt: skip

    def matured(
        self, month: str | None = None, family: str | None = None, became: Whereabout | None = None
    ) -> tuple[MaturingLine, ...]:
        """The customers behind a part, the month 'YYYY-MM' as their date; the largest amount first within a month."""
        with quiet_collector(), in_words(), self._book.read() as conn:
            newest = newest_month(conn)
            as_of = newest and data_date(conn, newest)
            if newest is None or as_of is None:
                return ()
            place = None if became is None else WHEREABOUTS.index(became)
            return _named(conn, [
                (line, fen)
                for line, fen in self._matured(conn, newest, as_of)
                if month in (None, line.date) and family in (None, line.family) and (place is None or fen[place])
            ])  # fmt: skip

    def _matured(self, conn: Connection, month: str, as_of: str) -> Sequence[_Split]:
        """By customer, month (in the place of the day) and family."""
        kept = self._at(conn)
        if "matured" not in kept:
            back = self._rules.whole("touch.matured_months")
            months = [shift_month(month, -n) for n in range(back - 1, -1, -1)]
            months = [one for one in months if one in reported_months(conn)]
            by_month = matured_by_month(matured_lines(conn, months, as_of, self._rules))
            ids = sorted({customer for customer, _month in by_month})
            told = balances(conn, ids, [shift_month(one, -n) for one in months for n in (0, 1)])
            split: list[_Split] = []
            for (customer, one), fen in sorted(by_month.items()):
                before, after = told.get((customer, shift_month(one, -1))), told.get((customer, one))
                parts = whereabouts(fen, before, after)
                split += [
                    (DatedLine(customer, one, family, fen[family]), parts[family]) for family in sorted(fen)
                ]
            kept["matured"] = split
        return kept["matured"]  # type: ignore[return-value]

    def _at(self, conn: Connection) -> dict[object, Sequence[object]]:
        at = revision(conn)
        if self._kept[0] != at:
            self._kept = (at, {})
        return self._kept[1]


@lru_cache(maxsize=1000)
def _week(date: str) -> str:
    return week_of(dt.date.fromisoformat(date))


def _cell(week: str, family: str, lines: Sequence[DatedLine]) -> MaturingCell:
    return MaturingCell(
        week, week_days(week)[0].isoformat(), family, _product(family), len({line.customer_id for line in lines}),
        sum(line.fen or 0 for line in lines), sum(line.fen is None for line in lines),
    )  # fmt: skip


def _named(conn: Connection, lines: Sequence[tuple[DatedLine, tuple[int, ...]]]) -> tuple[MaturingLine, ...]:
    named = named_customers(conn, (line.customer_id for line, _parts in lines))
    each = (
        MaturingLine(
            line.customer_id,
            *named[line.customer_id],
            line.date,
            line.family,
            _product(line.family),
            line.fen,
            parts,
        )
        for line, parts in lines
    )
    return tuple(sorted(each, key=lambda one: (one.date, -(one.fen or 0), one.customer_no, one.family)))


def _in_order(codes: Iterable[str]) -> list[str]:
    """The codes of families in the order of the shelf, those that cannot be told last."""
    known = set(codes)
    return [code for code in by_code() if code in known] + [
        code for code in sorted(known) if code not in by_code()
    ]


def _product(code: str) -> str:
    family = by_code().get(code)
    return family.shown if family else _("产品不明")
