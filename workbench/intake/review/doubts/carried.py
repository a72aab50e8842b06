"""Asks where blanks were filled from above though the form of the sheet only suggests it, or figures stand over rows."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.catalogue.fields import heading
from workbench.intake.report import ColumnMatch, CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting

LABELS = "labels_carried"
FIGURES = "merged_figures"


def guessed_labels(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all columns whose labels seem to hold for the blank rows below them."""
    sheet = doubting.state.sheet
    columns = _open(doubting, LABELS, [m for m in doubting.state.matches if m.index in sheet.guessed])
    if columns:
        words = _(
            "{columns}每组只写了一次,下面的空格已按上面的值读入。请核对;确实如此的,写明原因再写入;"
            "空格就是没有的,请不采用这一列,或在源表里填好再导入。"
        ).format(columns=_in_words(doubting, columns))
        yield doubting.question(LABELS, words, _subjects(columns))


def merged_figures(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all columns of figures that are merged over rows of several customers, or over several lines."""
    state, catalogue = doubting.state, doubting.catalogue
    lines = catalogue.kinds[state.kind].policy != "snapshot"
    columns = [
        match for match in state.matches
        if match.field is not None and match.index in state.sheet.carried
        and catalogue[match.field].kind in ("money", "count", "number")
        and (lines or _over_customers(doubting, match.index))
    ]  # fmt: skip
    columns = _open(doubting, FIGURES, columns)
    if columns:
        words = _(
            "{columns}是几行合并成一格的数字,现在每一行都按这个数读入。每行确实都是这个数的,写明原因再写入;"
            "是几行的合计的,请在源表里分开填写。"
        ).format(columns=_in_words(doubting, columns))
        yield doubting.question(FIGURES, words, _subjects(columns))


def _over_customers(doubting: Doubting, column: int) -> bool:
    """Whether a carried figure stands in the row of another customer than the row above."""
    state = doubting.state
    key = state.key_column()
    if key is None:
        return True
    cells = state.sheet.columns[key]
    return any(cells[row] != cells[row - 1] for row in state.sheet.carried[column])


def _open(doubting: Doubting, code: str, columns: list[ColumnMatch]) -> list[ColumnMatch]:
    """The columns that no earlier sheet of the dialect settled."""
    settled = doubting.settled(code)
    return [match for match in columns if heading(match.header).plain not in settled]


def _subjects(columns: list[ColumnMatch]) -> list[str]:
    return [heading(match.header).plain for match in columns]


def _in_words(doubting: Doubting, columns: list[ColumnMatch]) -> str:
    carried, words = doubting.state.sheet.carried, _("“{header}”({letter} 列,{n} 格)")
    return doubting.some(
        [
            words.format(header=match.header, letter=match.letter, n=len(carried[match.index]))
            for match in columns
        ]
    )
