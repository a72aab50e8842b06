"""A control total in words, for an import under way and for a past one."""

from workbench.base.i18n import _
from workbench.intake.report import ControlTotal


def total_line(total: ControlTotal) -> str:
    """A control total in one line: the figure of the 合计 row against the sum of the rows."""
    return _("    {sign} 合计 {column}:表上 {told:,.2f},逐行相加 {sum:,.2f}").format(
        sign="✓" if total.matches else "✗", column=total.column, told=total.sheet_total, sum=total.computed
    )
