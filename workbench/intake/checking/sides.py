"""A column that says on which side of the ledger a balance stands (余额方向: 借, 贷): a debit of a deposit is overdrawn."""

from collections.abc import Callable

from workbench.intake.cells.shown import plain, shown
from workbench.intake.checking.work import Work
from workbench.intake.report import ColumnMatch


def turn_debits(work: Work, told: Callable[[str], bool]) -> None:
    """Make the balance beside such a column negative in its rows of debit; `told` says of a field whether a debit tells
    a sign in it. A column with any other word turns nothing."""
    debit, credit = (
        {plain(word) for word in work.rules.words(f"intake.{side}_words")} for side in ("debit", "credit")
    )
    for side in work.headed("intake.side_headings"):
        texts = [plain(shown(cell)) for cell in work.cells(side.index)]
        balances = [
            match for match in work.taken
            if match.field in work.columns and match.field.endswith("_balance") and told(match.field)
        ]  # fmt: skip
        if debit.isdisjoint(texts) or set(texts) - debit - credit - {""} or not balances:
            continue
        match = min(balances, key=lambda one: abs(one.index - side.index))
        _turn(work, match, [row for row, text in enumerate(texts) if text in debit])


def _turn(work: Work, match: ColumnMatch, rows: list[int]) -> None:
    column, parsed = work.columns[match.field or ""], work.parsed[match.field or ""]
    for row in rows:
        value = column[row]
        if isinstance(value, int | float) and value > 0:
            column[row] = -value
            if parsed.numbers is not None:
                parsed.numbers[row] = -value
