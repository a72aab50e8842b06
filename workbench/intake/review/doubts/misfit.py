"""Asks where the cells do not fit the field that the heading names, or amounts are not of the size of last month's."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.columns.dialects import MISFIT
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting, named


def misfit_values(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all such columns; those whose cells do not fit feed nothing until a person says so."""
    state = doubting.state
    columns = doubting.open_columns(
        MISFIT, {match.index for match in state.matches if match.why == "misfit" and match.open}
    )
    sizes = [
        _("{column}的金额是上一月的 {times} 倍").format(
            column=named(match), times=_times(state.sizes[match.feeds or ""])
        )
        for match in state.matches
        if match.feeds in state.sizes
    ]
    text = ""
    if columns:
        listed = doubting.some(
            [
                _("{column}的内容不像“{field}”").format(
                    column=named(match), field=doubting.catalogue[match.field or ""].shown()
                )
                for match in columns
            ]
        )
        text = _(
            "有 {n} 列的内容与列名不符,还没有采用:{columns}。确实是的,请在“对应关系”里确认;"
            "不是的,请改对应的字段;都不采用,写明原因再写入。"
        ).format(n=len(columns), columns=listed)
    if sizes:
        text += _("{columns}(同一批客户的中位数)。请核对单位和列的对应;确认无误的,写明原因再写入。").format(
            columns=doubting.some(sizes)
        )
    if text:
        yield doubting.question(MISFIT, text, [doubting.key_of(match) for match in columns])


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 1 else f"1/{1 / ratio:,.0f}"
