"""Small books for the insight tests: customers with months told in yuan, filled through the one write door."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db import book_key
from db.engine import Book
from db.known import check_runs
from db.record import audit, batches
from db.tables import BALANCES, MEASURES, customers, holdings, snapshots, touches
from tests.books import new_book
from workbench.base.dates import month_end, shift_month, today
from workbench.insight.churn.verdict import CustomerRisk, SignalVerdict
from workbench.insight.room import Insight
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.room import Leads
from workbench.rules.parameters import Rules

_PASSPHRASE = "correct horse"
MONTH = "2026-10"
AS_OF = "2026-10-31"
_MONEY = {f"{b}_{m}" for b in BALANCES for m in MEASURES} | {
    "inflow", "outflow", "interbank_outflow", "third_party_outflow", "txn_amount_1m", "payroll_amount",
    "merchant_amount", "loan_balance", "deposit_maturity_amount", "wealth_maturity_amount",
}  # fmt: skip


class SmallBook:
    """A book of few customers. Figures are in yuan, months count back from 2026-10 (0 is the newest)."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ids: dict[str, int] = {}
        self._insight: tuple[str, Insight] | None = None
        #: the ranking of a month at a state of the book, so that a test may ask about many customers one by one
        self._ranked: dict[tuple[object, ...], list[CustomerRisk]] = {}

    @property
    def insight(self) -> Insight:
        """The room, one as long as the rules stay the same, as behind the facade."""
        rules = Rules.load()
        if self._insight is None or self._insight[0] != rules.version:
            self._insight = (rules.version, Insight(self.book, rules))
        return self._insight[1]

    def leads(self, week: str) -> list[Lead]:
        """The reasons to contact somebody in a week."""
        rules, insight = Rules.load(), self.insight
        return Leads(self.book, rules, insight.months, insight.checking, insight.engine).of(week)

    def ruled(self, **overrides: Any) -> Insight:
        return Insight(
            self.book, Rules.load("general", {k.replace("__", "."): v for k, v in overrides.items()})
        )

    def customer(self, no: str, **facts: Any) -> int:
        row = {"name": "客户" + no, "no_reversed": no[::-1], "open_date": "2015-03-01", **facts}
        with self.book.write("import", "customer") as writer:
            self.ids[no] = writer.insert(customers, [{"customer_no": no, **row}])[0]
        return self.ids[no]

    def month(self, no: str, back: int = 0, *, batch: int = 1, row: int = 4, **told: Any) -> None:
        """One month's row of a customer (made when new)."""
        self._rows(no, [{"back": back, "batch": batch, "row": row, **told}])

    def months(self, no: str, runs: Mapping[str, list[Any]], **steady: Any) -> None:
        """Several months at once: each list runs from the oldest to the newest month (0)."""
        length = max(len(run) for run in runs.values())
        self._rows(
            no,
            [
                {"back": length - 1 - place, **{k: run[place] for k, run in runs.items()}, **steady}
                for place in range(length)
            ],
        )

    def _rows(self, no: str, rows: list[dict[str, Any]]) -> None:
        """Monthly rows by one change, in their order."""
        if no not in self.ids:
            self.customer(no)
        with self.book.write("import", "month") as writer:
            writer.insert(snapshots, [self._row(no, **row) for row in rows])

    def _row(self, no: str, back: int, *, batch: int = 1, row: int = 4, **told: Any) -> dict[str, Any]:
        month = shift_month(MONTH, -back)
        figures = {k: round(v * 100) if k in _MONEY and v is not None else v for k, v in told.items()}
        return {
            "customer_id": self.ids[no], "month": month, "as_of": month_end(month).isoformat(),
            "batch_id": batch, "source_row": row, **figures,
        }  # fmt: skip

    def flat(self, no: str, yuan: float = 300_000, months: int = 9, **told: Any) -> None:
        """A customer whose assets never moved."""
        self.months(no, {"aum_balance": [yuan] * months, "aum_daily_average": [yuan] * months}, **told)

    def hold(self, no: str, back: int = 0, *, kind: str = "holding", **line: Any) -> None:
        month = shift_month(MONTH, -back)
        money = {k: round(v * 100) for k, v in line.items() if k in ("amount", "cost", "profit")}
        with self.book.write("import", "holding") as writer:
            writer.insert(
                holdings,
                [
                    {
                        "customer_id": self.ids[no], "month": month, "as_of": month_end(month).isoformat(),
                        "batch_id": 1, "source_row": 4, "kind": kind, "line": 1, **line, **money,
                    }
                ],
            )  # fmt: skip

    def touch(self, no: str, days_ago: int, result: str = "reached", initiated_by: str = "manager") -> None:
        date = (dt.date.fromisoformat(AS_OF) - dt.timedelta(days=days_ago)).isoformat()
        with self.book.write("touch", "touch") as writer:
            row = {"date": date, "channel": "phone", "result": result, "initiated_by": initiated_by}
            writer.insert(touches, [{"customer_id": self.ids[no], **row}])

    def batch(self, **facts: Any) -> int:
        """An import of the newest month's list of customers."""
        row = {
            "at": "2026-11-02 09:00:00", "file": "月报.xlsx", "file_hash": "0", "sheet": "客户清单",
            "kind": "customers", "as_of": AS_OF, "month": MONTH, "rows": 1, "new": 1, "changed": 0, "unchanged": 0,
            "vanished": 0, "refused": 0, "mapping": "[]", "totals": "[]", "problems": "[]", **facts,
        }  # fmt: skip
        with self.book.write("import", "batch") as writer:
            writer.insert(customers, [{"customer_no": f"batch-{self.book.revision()}", "name": "占位"}])
            inserted = writer.conn.execute(batches.insert(), {"change_id": writer.change_id, **row})
            return int(inserted.inserted_primary_key[0])

    # -- answers -------------------------------------------------------------------------------------------

    def risk(self, no: str, month: str | None = None) -> CustomerRisk:
        return next(one for one in self._ranking(month) if one.customer_no == no)

    def _ranking(self, month: str | None) -> list[CustomerRisk]:
        with self.book.read() as conn:
            state = (
                conn.execute(select(func.max(audit.c.id))).scalar(),
                *conn.execute(select(check_runs.c.month, check_runs.c.revision).order_by(check_runs.c.month)),
            )
        key = (month, today(), Rules.load().version, *state)
        if key not in self._ranked:
            self._ranked[key] = self.insight.ranking(month)
        return self._ranked[key]

    def verdict(self, no: str, code: str) -> SignalVerdict | None:
        """The verdict of a signal that was hit, None when it was not."""
        return next((v for v in self.risk(no).signals if v.code == code), None)

    def severity(self, no: str, code: str) -> int:
        found = self.verdict(no, code)
        return found.severity if found else 0

    def unknown(self, no: str, code: str) -> bool:
        return code in self.risk(no).cannot_tell


class KeptSmallBook:
    """A small book filled once; tests open copies of it."""

    def __init__(
        self, folder: Path, today: str, fill: Callable[[SmallBook], object], *, layers: bool = True
    ) -> None:
        """`fill` writes the customers on the day `today`; `layers`: whether those are computed too."""
        self._path = folder / "kept.book"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(book_key, "COST", 16)
            patch.setenv("WORKBENCH_TODAY", today)
            with new_book(self._path, _PASSPHRASE) as book:
                made = SmallBook(book)
                fill(made)
                if layers:
                    made.insight.engine.ensure()
        self._ids = made.ids

    @contextmanager
    def copied(self, path: Path) -> Iterator[SmallBook]:
        """A copy at `path`, open."""
        shutil.copyfile(self._path, path)
        with Book.open(path, _PASSPHRASE) as book:
            opened = SmallBook(book)
            opened.ids = dict(self._ids)
            yield opened


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallBook]:
    with new_book(tmp_path / "small.book", _PASSPHRASE) as book:
        yield SmallBook(book)
