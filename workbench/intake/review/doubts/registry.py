"""All doubts about a sheet, in the order in which they are asked."""

from collections.abc import Iterator

from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.carried import guessed_labels, merged_figures
from workbench.intake.review.doubts.doubting import Doubt, Doubting
from workbench.intake.review.doubts.guard import guarded
from workbench.intake.review.doubts.idle import idle_columns
from workbench.intake.review.doubts.lost import lost_columns
from workbench.intake.review.doubts.misfit import misfit_values
from workbench.intake.review.doubts.months import unclear_months
from workbench.intake.review.doubts.summed import summed_rows
from workbench.intake.review.doubts.totals import wrong_totals
from workbench.intake.review.doubts.units import unplaced_units
from workbench.intake.review.doubts.unread import empty_figures, unread_cells
from workbench.intake.review.doubts.unsure import unsure_columns
from workbench.intake.review.doubts.zeros import lost_zeros

DOUBTS: tuple[Doubt, ...] = (
    unclear_months,
    wrong_totals,
    lost_zeros,
    summed_rows,
    lost_columns,
    unsure_columns,
    misfit_values,
    idle_columns,
    empty_figures,
    unread_cells,
    guessed_labels,
    merged_figures,
    unplaced_units,
    guarded,
)


def questions(doubting: Doubting) -> Iterator[CommitQuestion]:
    """Every question about the sheet, open or answered."""
    for doubt in DOUBTS:
        yield from doubt(doubting)
