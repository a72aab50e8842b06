"""Expected failures, and faults in data as values: what both faces turn into "what happened, what to do"."""

from dataclasses import dataclass
from typing import Any

from workbench.i18n import _


class WorkbenchError(Exception):
    """An expected failure. `message` says what happened and where, `hint` what to do; both already in the person's language.

    `code` is stable English snake_case; `facts` are safe to log (no customer values).
    """

    def __init__(self, code: str, message: str, hint: str = "", **facts: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.facts = facts

    def sentence(self) -> str:
        """The one sentence (or two) that a person reads."""
        return f"{self.message}{self.hint}"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A fault in the data of one sheet, shown in the preview and exportable; never raised.

    `row` is the row number seen in Excel (1-based), `column` the header as found, `value` the cell as found.
    `level` is 'info', 'warning' or 'refuse' (the row stays out of the book).
    """

    sheet: str
    row: int | None
    column: str | None
    code: str
    message: str
    value: str | None = None
    level: str = "warning"

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "level": self.level,
            "message": self.message,
            "value": self.value,
        }


def wrong_passphrase() -> WorkbenchError:
    return WorkbenchError("wrong_passphrase", _("口令不对,账本没有打开。"), _("请重新输入;大小写和空格都算在内。"))
