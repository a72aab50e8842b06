"""The lists of `../shared/data/cases` one by one: each gives what the README beside them calls right.

Skipped where the folder is absent; the same situations made by the tests themselves stand with the part that reads them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Book
from db.tables import customers, holdings, snapshots
from tests.conftest import SHARED_DATA
from tests.workbench.intake.conftest import answered
from workbench.base.errors import WorkbenchError
from workbench.intake.report import ColumnMatch, FileReport
from workbench.intake.room import Intake

FOLDER = SHARED_DATA / "cases"
#: cases that are not right yet
WAITING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Seen:
    """Files taken one after the other into an empty book, questions answered by a reason; the last of them before its
    commit, and the question that stopped it."""

    book: Book
    report: FileReport
    #: the code that stopped the last file; '' when nothing did
    stopped: str

    @property
    def mapping(self) -> list[ColumnMatch]:
        return [match for sheet in self.report.sheets for match in sheet.mapping]

    @property
    def fed(self) -> dict[str, str | None]:
        """Heading -> the field that it feeds without being asked."""
        return {match.header: match.feeds for match in self.mapping}

    @property
    def waiting(self) -> set[str]:
        """Headings whose field is proposed."""
        return {match.header for match in self.mapping if match.open}

    @property
    def questions(self) -> set[str]:
        return {one.code for sheet in self.report.sheets for one in sheet.questions if not one.reason}

    @property
    def problems(self) -> list[Any]:
        return [problem for sheet in self.report.sheets for problem in sheet.problems]

    @property
    def refused(self) -> int:
        return sum(sheet.refused for sheet in self.report.sheets)

    def of_customers(self, *columns: str) -> list[tuple[Any, ...]]:
        """Columns of the customers in the book, by number."""
        with self.book.read() as conn:
            names = (customers.c[name] for name in columns)
            rows = conn.execute(select(*names).order_by(customers.c.customer_no)).all()
        return [tuple(row) for row in rows]

    def figures(self, column: str) -> dict[tuple[str, str], int | None]:
        """(customer number, month) -> a figure in fen."""
        rows_of = select(customers.c.customer_no, snapshots.c.month, snapshots.c[column])
        with self.book.read() as conn:
            rows = conn.execute(rows_of.join(customers, customers.c.id == snapshots.c.customer_id)).all()
        return {(row[0], row[1]): row[2] for row in rows}

    def lines_each(self) -> list[int]:
        """How many holdings each customer has."""
        with self.book.read() as conn:
            owners = list(conn.execute(select(holdings.c.customer_id)).scalars())
        return sorted(owners.count(owner) for owner in set(owners))

    def known_or_asked(self, **fields: str) -> bool:
        """Whether each heading (starting so) feeds its field, or the file waits for an answer about it."""
        return all(
            field in (match.feeds, match.field) and (match.feeds == field or self.stopped != "")
            for start, field in fields.items()
            for match in self.mapping
            if match.header.startswith(start)
        )


def _case_02(seen: Seen) -> bool:
    rounded = [one.column for one in seen.problems if one.code == "number_rounded"]
    return set(rounded) == {"身份证号", "卡号"} and not any(
        "e+" in (one[0] or "") for one in seen.of_customers("extra")
    )


def _x31(seen: Seen) -> bool:
    return seen.known_or_asked(
        本月AUM月日均="aum_daily_average", 所属支行="branch", 风险评级="risk_level", 开户时间="open_date"
    ) and seen.fed["上月AUM月日均"] in (None, "aum_last_month")  # fmt: skip


def _x32(seen: Seen) -> bool:
    month = [value for (_no, month), value in seen.figures("aum_daily_average").items() if month == "2026-10"]
    return bool(seen.stopped) or (len(month) == 10 and None not in month)


def _x35(seen: Seen) -> bool:
    words = " ".join(problem.message for problem in seen.problems)
    levels = {row[0] for row in seen.of_customers("risk_level")}
    return "#N/A" in words and "#REF!" in words and bool(seen.questions) and "#N/A" not in levels


def _numbered_or_asked(seen: Seen) -> bool:
    numbers = [match for match in seen.mapping if match.field == "customer_no"]
    return len(numbers) == 1 and (bool(seen.stopped) or len(seen.of_customers("customer_no")) == 4)


def _totals(seen: Seen) -> bool:
    return "6" not in {no for (no,) in seen.of_customers("customer_no")} and len(seen.of_customers("id")) == 6


#: start of a file's name (several files that belong together: '+') -> whether what came of it is right
EXPECTED: dict[str, Callable[[Seen], bool]] = {
    "case_01": lambda seen: seen.lines_each() == [3, 3, 3],
    "case_02": _case_02,
    "case_07": lambda seen: seen.figures("deposit_balance")["0010000002", "2026-10"] == -98_765
    and seen.figures("deposit_balance")["0010000004", "2026-10"] == 0,
    "case_09b": lambda seen: "Big5" in (seen.report.error or "") or len(seen.of_customers("id")) > 0,
    "case_10": lambda seen: len(seen.of_customers("id")) == 6 and seen.refused == 0,
    "n01": lambda seen: seen.figures("deposit_daily_average")["0010000001", "2026-10"] == 90_025
    and seen.figures("fund_daily_average")["0010000001", "2026-10"] == 4_440,
    "n02c": lambda seen: bool(seen.stopped)
    or seen.figures("loan_balance")["0010000001", "2026-10"] == 12_345_678,
    "n03": lambda seen: {row[0] for row in seen.of_customers("manager_name")} == {"王芳", "李雷", "韩梅"},
    "n04b": lambda seen: seen.figures("demand_balance").get(("0010000001", "2026-10")) in (None, 30_150),
    "n05_": lambda seen: {month for _no, month in seen.figures("aum_daily_average")} == {"2026-09", "2026-10"},
    "n05b": lambda seen: bool(seen.stopped)
    or {month for _no, month in seen.figures("aum_daily_average")} == {"2026-09", "2026-10"},
    "n12": lambda seen: [row[0] for row in seen.of_customers("customer_no")]
    == ["0010000001", "0010000002", "0010000003", "0010000004"],
    "n14_": lambda seen: None not in {row[0] for row in seen.of_customers("manager_name")}
    and len(seen.figures("aum_daily_average")) == 9,
    "n14b": lambda seen: None not in {cell for row in seen.of_customers("branch", "manager_name") for cell in row},
    "n18": lambda seen: seen.stopped != ""
    or (None not in {row[0] for row in seen.of_customers("name")} and len(seen.figures("aum_daily_average")) == 4),
    "x01": lambda seen: seen.figures("deposit_daily_average")["0010000001", "2026-10"] == 10_000,
    "x18": lambda seen: seen.stopped != "" or all(match.feeds for match in seen.mapping),
    "x19_00": _numbered_or_asked,
    "x19_04": _numbered_or_asked,
    "x19_08": _numbered_or_asked,
    "x19_12": _numbered_or_asked,
    "x22": lambda seen: "zeros_lost" in seen.questions
    or (any(fix.key.startswith("zeros") for sheet in seen.report.sheets for fix in sheet.fixes) and seen.stopped != ""),
    "x23_1": _totals,
    "x23_4": _totals,
    "x23_8": _totals,
    "x24a+x24b": lambda seen: seen.stopped != "" or len(seen.of_customers("id")) == 10,
    "x31": _x31,
    "x32a+x32b": _x32,
    "x34": lambda seen: {len(no + name + phone) for no, name, phone in seen.of_customers("customer_no", "name", "phone")}
    <= {23, 24, 25},
    "x35": _x35,
}  # fmt: skip


def _files(case: str) -> list[Path]:
    return [path for start in case.split("+") for path in sorted(FOLDER.glob(f"{start}*"))]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(strict=False)) if case.startswith(tuple(WAITING)) else case
        for case in EXPECTED
    ],
)
def test_a_list_of_the_cases_gives_what_is_right(intake: Intake, book: Book, case: str) -> None:
    files = _files(case)
    if not files:
        pytest.skip("shared/data/cases is not here")
    report, stopped = FileReport(""), ""
    for path in files:
        try:
            session = intake.read(path)
            report = session.report()
            session.commit()
            stopped = ""
        except WorkbenchError as error:
            report = (
                report if report.sheets else FileReport(path.name, error=error.sentence(), code=error.code)
            )
            stopped = error.code
            if stopped in {one.code for sheet in report.sheets for one in sheet.questions}:
                answered(session).commit()
    assert EXPECTED[case](Seen(book, report, stopped)), (case, stopped)


def test_every_file_of_the_cases_has_its_expectation() -> None:
    """`headings.tsv` is measured with the headings."""
    known = {path for case in EXPECTED for path in _files(case)}
    assert {path for path in FOLDER.glob("*.*") if path.suffix in (".xlsx", ".csv")} == known
