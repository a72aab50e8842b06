"""`WinBacks`: who is won back, by which of three strategies, what it takes, and what came back (domain 4.7, 4.9). Every write is
undoable."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from db.cases import win_backs
from db.engine import Book
from db.journal import Writer
from db.tables import customers
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import data_date, newest_month
from workbench.insight.churn.cadence import days_by_level, own_days
from workbench.insight.churn.decisions import UNDECIDED, cause_names, decisions_on
from workbench.insight.tags.engine import Engine
from workbench.outreach.promises.room import put_promise
from workbench.outreach.winback.checking import (
    checked_entry,
    checked_facts,
    checked_strategy,
    checked_words,
    rival_columns,
    since_when,
)
from workbench.outreach.winback.comparing import compared
from workbench.outreach.winback.gaps import gap_facts
from workbench.outreach.winback.reading import assets_now, files, level_of, why_not
from workbench.outreach.winback.reckoning import strategy_of
from workbench.outreach.winback.win_back import (
    GapFact,
    NewWinBack,
    RivalComparison,
    WinBack,
    WinBackBoard,
    WinBackView,
)
from workbench.people.find import customer_id
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.products.room import Matrix


@dataclass(frozen=True, slots=True)
class OpenedWinBack:
    """A file after it was opened."""

    change: Change
    id: int


class WinBacks:
    """Reads and writes the files. `barred`: why a contact out of care is kept from a customer (id) today, '' where it is not."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        engine: Engine,
        matrix: "Matrix",
        barred: Callable[[Connection, int], str],
    ) -> None:
        self._book, self._rules, self._engine, self._matrix = book, rules, engine, matrix
        self._barred = barred

    # -- reading -------------------------------------------------------------------------------------------

    def board(self) -> WinBackBoard:
        """All files, with what came back where it can be told."""
        with in_words(), self._book.read() as conn:
            every = files(conn, self._rules)
            month = newest_month(conn)
            as_of = data_date(conn, month) if month else None
        known = [one.won.fen for one in every if one.won.fen is not None]
        return WinBackBoard(
            as_of,
            tuple(one for one in every if one.state == "open"),
            tuple(one for one in every if one.state != "open"),
            sum(known),
            len(known),
            len(every) - len(known),
        )

    def of(self, customer_no: str) -> WinBackView:
        """One customer: the cause that was confirmed, what it asks for, what we failed at, his files. Raises WorkbenchError
        no_such_customer."""
        with in_words(), self._book.read() as conn:
            return self._view(conn, customer_id(conn, customer_no))

    def comparison(self, case: int) -> RivalComparison:
        """The comparison of a file (id) with the rival. Raises WorkbenchError no_such_win_back."""
        with in_words(), self._book.read() as conn:
            one = self._case(conn, case)
            picture = self._engine.of_customer(conn, one.customer_id)
            return compared(conn, one, picture.values, self._matrix, self._rules)

    def refused(self, customer_no: str) -> str:
        """Why a customer is not won back now, '' where he may be. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            return why_not(conn, person, self._rules, self._barred(conn, person))

    def _view(self, conn: Connection, person: int) -> WinBackView:
        rules, day = self._rules, today()
        row = conn.execute(
            select(customers.c.customer_no, customers.c.name).where(customers.c.id == person)
        ).one()
        cause = self._cause(conn, person)
        often = own_days(conn, person) or days_by_level(rules).get(level_of(conn, person) or "")
        gaps, untold = gap_facts(conn, person, day, often, rules)
        every = files(conn, rules, win_backs.c.customer_id == person)
        strategy = strategy_of(cause)
        return WinBackView(
            row.customer_no,
            row.name or "",
            cause,
            self._cause_words(cause),
            strategy,
            rules.text(f"winback.strategy.{strategy}"),
            gaps,
            untold,
            why_not(conn, person, rules, self._barred(conn, person)),
            next((one for one in every if one.state == "open"), None),
            tuple(one for one in every if one.state != "open"),
        )

    def _cause(self, conn: Connection, person: int) -> str:
        """The cause (code) that was confirmed, '' where none was."""
        decided = decisions_on(conn, today().isoformat(), {person}).get(person, UNDECIDED).cause
        return decided.value or "" if decided is not None else ""

    def _cause_words(self, cause: str) -> str:
        if not cause:
            return _("原因还没有确认,请在预警里确认")
        return next(name for code, name in cause_names(self._rules) if code == cause)

    def _case(self, conn: Connection, case: int, *, open_only: bool = False) -> WinBack:
        one = next(iter(files(conn, self._rules, win_backs.c.id == case)), None)
        if one is None:
            raise WorkbenchError(
                "no_such_win_back",
                _("没有第 {n} 号赢回档案。").format(n=case),
                _("请用 workbench win-backs 核对编号。"),
            )
        if open_only and one.state != "open":
            raise WorkbenchError(
                "win_back_ended",
                _("第 {n} 号赢回已结束:{state}。").format(n=case, state=one.state_words),
                _("要再来一次,请重新开始赢回。"),
            )
        return one

    # -- writing -------------------------------------------------------------------------------------------

    def open(self, customer_no: str, new: NewWinBack | None = None) -> OpenedWinBack:
        """Begin to win a customer back, by the confirmed cause or another strategy with its reason. Raises WorkbenchError
        no_such_customer, win_back_refused, win_back_twice, and as `checking`."""
        new = new or NewWinBack()
        with in_words(), self._book.write("win_back", "open") as writer:
            conn = writer.conn
            person = customer_id(conn, customer_no)
            view = self._view(conn, person)
            if view.case is not None:
                raise WorkbenchError(
                    "win_back_twice",
                    _("这位客户 {opened} 起已经在赢回。").format(opened=view.case.opened),
                    _("请接着那一份写,或者先结束它。"),
                )
            if view.refused:
                raise WorkbenchError("win_back_refused", _("现在不能开始赢回。"), view.refused)
            aum, as_of = assets_now(conn, {person}).get(person, (None, None))
            row: dict[str, Value] = {
                "customer_id": person, "opened": today().isoformat(), "cause": view.cause or None, "base": aum,
                "base_as_of": as_of, "state": "open", **self._columns(conn, new, view, {}),
            }  # fmt: skip
            case = writer.insert(win_backs, [row])[0]
            return OpenedWinBack(Change.by(writer, 1), case)

    def change(self, case: int, new: NewWinBack) -> Change:
        """Write an open file (id) anew. Raises WorkbenchError no_such_win_back, win_back_ended, and as `checking`."""
        with in_words(), self._book.write("win_back", "change") as writer:
            one = self._case(writer.conn, case, open_only=True)
            view = self._view(writer.conn, one.customer_id)
            if new.strategy == one.strategy and not new.why:
                # as it was begun, whatever cause was confirmed since
                view = replace(view, strategy=one.strategy)
            columns = self._columns(writer.conn, new, view, self._body(writer, case))
            writer.update(win_backs, case, {"cause": view.cause or None, **columns})
            return Change.by(writer, 1)

    def apologise(self, case: int, words: str, recovery: str, by: str) -> Change:
        """Write down the one apology, and the small service that is promised for a day (ISO): it stands among the promises, and
        so does the call at the end of the watch. Raises WorkbenchError no_such_win_back, win_back_ended, apologised,
        no_text, too_long, bad_date, past_date."""
        rules, day = self._rules, today()
        with in_words(), self._book.write("win_back", "apologise") as writer:
            one = self._case(writer.conn, case, open_only=True)
            if one.apologised:
                raise WorkbenchError(
                    "apologised",
                    _("{date} 已经道过歉。").format(date=one.apologised),
                    _("同一件事道一次歉;之后看做到没有。"),
                )
            sorry = checked_words(words, _("道歉"), rules)
            if not sorry:
                raise WorkbenchError(
                    "no_text", _("没有写为哪件事道歉。"), _("请写一句,例如:到期没有提前告诉您。")
                )
            small = checked_words(recovery, _("补救"), rules)
            watch = (day + dt.timedelta(days=rules.whole("winback.watch_days"))).isoformat()
            if small:
                put_promise(writer, one.customer_id, small, by, day.isoformat())
            put_promise(writer, one.customer_id, _("服务观察期满,回访一次"), watch, day.isoformat())
            body = self._body(writer, case) | {
                "apology": {"date": day.isoformat(), "words": sorry}, "recovery": small, "watch": watch,
            }  # fmt: skip
            writer.update(win_backs, case, {"body": json.dumps(body, ensure_ascii=False)})
            return Change.by(writer, 1)

    def end(self, case: int, *, won: bool, why: str = "") -> Change:
        """End an open file (id): as won back, which needs a newer list that shows more than before, or as given up with the
        reason. Raises WorkbenchError no_such_win_back, win_back_ended, not_won, no_reason, too_long."""
        with in_words(), self._book.write("win_back", "end") as writer:
            one = self._case(writer.conn, case, open_only=True)
            note = checked_words(why, _("理由"), self._rules)
            if won and not one.won.fen:
                raise WorkbenchError(
                    "not_won",
                    _("名单上还看不出转回:{words}").format(words=one.won.words),
                    _("等新一期的名单,或者写明理由后结束为“不再争取”。"),
                )
            if not won and not note:
                raise WorkbenchError(
                    "no_reason", _("没有写为什么不再争取。"), _("请写一句,例如:客户已搬到外地。")
                )
            body = self._body(writer, case) | {"ended_why": note}
            row: dict[str, Value] = {
                "state": "won" if won else "given_up", "ended": today().isoformat(), "won": one.won.fen,
                "won_as_of": one.won.as_of if one.won.fen is not None else None,
                "body": json.dumps(body, ensure_ascii=False),
            }  # fmt: skip
            writer.update(win_backs, case, row)
            return Change.by(writer, 1)

    def _columns(
        self, conn: Connection, new: NewWinBack, view: WinBackView, body: dict[str, Any]
    ) -> dict[str, Value]:
        """What was typed, as columns; `body` as it stood."""
        rules = self._rules
        strategy, why = checked_strategy(new, view.strategy, rules)
        facts = checked_facts(new.facts, rules, lines_in_force(conn))
        body |= {
            "why": why, "since": since_when(new), "need": checked_words(new.need, _("要办的事"), rules),
            "facts": [
                {"side": one.side, "words": one.words, "source": one.source, "date": one.date} for one in facts
            ],
            "gaps": [
                {"code": one.code, "date": one.date, "words": one.words}
                for one in self._ticked(new.gaps, view, body)
            ],
        }  # fmt: skip
        return {
            "strategy": strategy, "entry": checked_entry(new.entry, rules), **rival_columns(new, rules),
            "body": json.dumps(body, ensure_ascii=False),
        }  # fmt: skip

    @staticmethod
    def _ticked(keys: tuple[str, ...], view: WinBackView, body: dict[str, Any]) -> list[GapFact]:
        """The facts that are so: those proposed now, and those that stood on the file already."""
        stood = [GapFact(**one) for one in body.get("gaps", ())]
        known = {one.key: one for one in (*view.gaps, *stood)}
        unknown = next((key for key in keys if key not in known), None)
        if unknown is not None:
            raise WorkbenchError(
                "no_such_gap",
                _("没有“{key}”这一条。").format(key=unknown),
                _("请用 workbench win-backs 客户号 核对服务空白清单。"),
            )
        return [known[key] for key in dict.fromkeys(keys)]

    @staticmethod
    def _body(writer: Writer, case: int) -> dict[str, Any]:
        text = writer.conn.execute(select(win_backs.c.body).where(win_backs.c.id == case)).scalar_one()
        body: dict[str, Any] = json.loads(text or "{}")
        return body
