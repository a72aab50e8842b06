"""Asks when a title excepts a column from the sheet's unit and no column has that heading."""

from collections.abc import Iterator

from workbench.base.i18n import _, commas
from workbench.intake.form.unit_exceptions import excepted_unit, unit_exceptions
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting

CODE = "unit_exception"


def unplaced_units(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all exceptions that fit no column of figures."""
    state = doubting.state
    if state.layout is None:
        return
    units = unit_exceptions(state.layout.above, certain=True)
    settled = doubting.settled(CODE)
    unplaced = [
        (name, unit) for name, unit in units.items()
        if name not in settled and not any(excepted_unit(m.header, {name: unit}) for m in state.matches)
    ]  # fmt: skip
    if unplaced:
        words = _(
            "标题里说{columns}的单位与其他列不同,可是找不到这样的列,各列都按“{unit}”读入。请核对金额;没有这样的列的,写明原因再写入。"
        ).format(
            columns=commas(_("“{name}”({unit})").format(name=name, unit=unit) for name, unit in unplaced),
            unit=state.unit,
        )
        yield doubting.question(CODE, words, [name for name, _unit in unplaced])
