"""Says of the rows of a referrals sheet what is wrong with who introduced whom, in the file and the book together (domain 7).

The rows stay: what follows from it is computed of the book afterwards (`people/referring`), so that nothing is lost.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from workbench.base.errors import RowProblem
from workbench.base.i18n import _
from workbench.intake.cells.parsed import as_texts
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.checking.problems import Problems
from workbench.intake.review.state import SheetState
from workbench.people.referring.line import ReferralLine
from workbench.people.referring.reading import plain
from workbench.people.referring.room import findings_among
from workbench.rules.parameters import Rules

#: the fields that say who was introduced, the most telling first
_REFERRED = ("referred_name", "referred_phone", "referred_customer_no")


def referring_problems(
    conn: Connection, state: SheetState, checked: AcceptedRows, rules: Rules
) -> tuple[RowProblem, ...]:
    """One warning for each finding and each new row that it is about; a line that the book has already is not told again."""
    fresh = state.diff.fresh if state.diff is not None else []
    lines = list(_lines(checked, fresh))
    headers = {match.feeds: match.header for match in state.matches}
    key = next((one for one in _REFERRED if one in headers), None)
    cells = as_texts(checked.columns[key]) if key in checked.columns else None
    problems = Problems(state.sheet.name, rules.whole("intake.problems_shown"))
    for finding in findings_among(conn, rules, lines) if lines else ():
        message, proposal = (
            _("{why}。").format(why=finding.sentence),
            _("{what}。").format(what=finding.advice),
        )
        for ref in sorted((one for one in finding.refs if one < 0), reverse=True):
            place = -1 - ref
            value = cells[place] if cells is not None else None
            problems.add(
                RowProblem(
                    state.sheet.name, checked.rows[place], headers.get(key or ""), f"referral_{finding.code}", message, value,
                    "warning", proposal, field=key,
                )
            )  # fmt: skip
    return problems.listed()


def _lines(checked: AcceptedRows, places: list[int]) -> Iterator[ReferralLine]:
    """The rows at these places as lines, each named by its place: -1 for the first."""
    columns = {
        key: as_texts(checked.columns[key]) if key in checked.columns else [None] * len(checked.keys)
        for key in (*_REFERRED, "referral_date", "referral_need", "referral_product", "referral_relation")
    }
    for place in places:
        row = {key: column[place] or "" for key, column in columns.items()}
        yield ReferralLine(
            -1 - place, checked.keys[place], row["referral_date"] or checked.as_of, row["referred_name"],
            plain(row["referred_phone"]), row["referred_customer_no"], f"{row['referral_need']} {row['referral_product']}",
            row["referral_relation"],
        )  # fmt: skip
