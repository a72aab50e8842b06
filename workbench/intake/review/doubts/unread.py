"""Asks about columns whose cells could not be read: most of a figure's, or more than a few of any field's."""

from collections.abc import Iterator

from workbench.base.i18n import _, commas
from workbench.intake.checking.plan import ColumnLook
from workbench.intake.report import CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting, named

EMPTY, UNREAD = "empty_figures", "unread_cells"


def empty_figures(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all figures that would be empty for most rows although their cells hold something."""
    looks = {look.index: look for look in doubting.checked.looks if _empty(look)}
    columns = doubting.open_columns(EMPTY, looks)
    if columns:
        listed = [
            _("{column}:{rows} 行里只读出 {given} 个数,{held} 格里有内容").format(
                column=named(match), rows=looks[match.index].rows, given=looks[match.index].given,
                held=looks[match.index].held,
            )
            for match in columns
        ]  # fmt: skip
        words = _(
            "有 {n} 列数字多数行会是空的:{columns}。请核对这几列的写法和对应的字段;确认无误的,写明原因再写入。"
        ).format(n=len(columns), columns=doubting.some(listed))
        yield doubting.question(EMPTY, words, [doubting.key_of(match) for match in columns])


def unread_cells(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all columns with more than a few cells that could not be read."""
    few, share = doubting.rules.whole("intake.unread_few"), doubting.rules.number("intake.unread_share")
    looks = {
        look.index: look for look in doubting.checked.looks
        if look.unread > max(few, share * len(doubting.checked.keys)) and not _empty(look)
    }  # fmt: skip
    columns = doubting.open_columns(UNREAD, looks)
    if columns:
        listed = doubting.some([_in_words(named(match), looks[match.index]) for match in columns])
        words = _(
            "有 {n} 列里有读不出来的格:{columns}。读不出来的按“不知道”处理,不当作 0。"
            "请核对源表;确认照此写入的,写明原因,同一列以后不再问。"
        ).format(n=len(columns), columns=listed)
        yield doubting.question(UNREAD, words, [doubting.key_of(match) for match in columns])


def _empty(look: ColumnLook) -> bool:
    return look.figure and look.given * 2 < look.rows and look.held - look.given > max(look.given, 1)


def _in_words(column: str, look: ColumnLook) -> str:
    text = _("{column} {n} 格").format(column=column, n=look.unread)
    if not look.errors:
        return text
    words = commas(_("{word} {n} 格").format(word=word, n=number) for word, number in look.errors)
    return _("{text}(其中 {errors})").format(text=text, errors=words)
