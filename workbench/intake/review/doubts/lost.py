"""Asks when fields that the list of the month before reported are fed by no column now."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.columns.dialects import LOST
from workbench.intake.columns.unlock import darkened, monthly
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting
from workbench.intake.review.state import Lost


def lost_columns(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all lost fields; the dialect remembers them as given up once it was answered."""
    lost = doubting.state.lost
    if lost is not None:
        yield doubting.question(LOST, _in_words(doubting, lost), tuple(lost.columns))


def _in_words(doubting: Doubting, lost: Lost) -> str:
    """Which fields are no longer reported, the former names of their columns, and the features that need them."""
    catalogue = doubting.catalogue
    similar = {match.field: match.header for match in doubting.state.matches if match.open}
    named = []
    for key, column in lost.columns.items():
        label = catalogue[key].shown()
        words = _("{field}(上次的列名是“{column}”)") if column != label else "“{field}”"
        if key in similar:
            words = _("{field}(上次的列名是“{column}”,这张表的“{header}”可能就是它)")
        named.append(words.format(field=label, column=column, header=similar.get(key, "")))
    text = _("{month} 的清单有、这份文件没有(或全是空的):{columns}。").format(
        month=lost.month, columns=doubting.some(named)
    )
    if dark := darkened(lost.reported, lost.columns, catalogue):
        text += _("少了它们,这些功能本月用不了:{features}。").format(features=doubting.some(dark))
    elif any(monthly(catalogue[key]) for key in lost.columns):
        text += _("本月就没有这几项。")
    else:
        text += _("账本里原有的值沿用,不再更新。")
    return text + _("换了列名的,请在“对应关系”里指出是哪一列;确实不再提供的,写明原因再写入。")
