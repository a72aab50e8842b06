"""Asks about headings that are less than sure: their columns feed nothing until a person says what they are."""

from collections.abc import Iterator

from workbench.base.i18n import _, commas
from workbench.intake.catalogue.fields import PERSON, FieldCatalogue
from workbench.intake.columns.dialects import UNSURE
from workbench.intake.columns.heading_keys import keys
from workbench.intake.report import ColumnMatch, CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting, named
from workbench.intake.review.state import SheetState


def unsure_columns(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all columns whose field is proposed by the likeness of the heading, by the cells or for a
    reason."""
    unsure = {match.index for match in doubting.state.matches if match.open and match.why != "misfit"}
    columns = doubting.open_columns(UNSURE, unsure)
    if columns:
        proposals = doubting.some([proposed(match, doubting.catalogue) for match in columns])
        yield doubting.question(
            UNSURE, words(proposals, len(columns)), [doubting.key_of(match) for match in columns]
        )


def words(proposals: str, count: int) -> str:
    """What the question says of the columns."""
    return _(
        "有 {n} 列拿不准,还没有采用:{columns}。是的,请在“对应关系”里确认;"
        "不是的,请改对应的字段;都不采用,写明原因再写入,这些列原样随行保存。"
    ).format(n=count, columns=proposals)


def proposed(match: ColumnMatch, catalogue: FieldCatalogue) -> str:
    """“联系方式”(F 列)疑为“手机号”."""
    label = catalogue[match.field].shown() if match.field else ""
    text = _("{column}疑为“{field}”").format(column=named(match), field=label)
    return f"{text}({match.reason})" if match.reason else text


def unread_columns(state: SheetState, catalogue: FieldCatalogue) -> Iterator[CommitQuestion]:
    """The question of a sheet that cannot be read before a person confirms its key column; a reason is no answer."""
    columns = [match for match in state.matches if match.open]
    if state.layout is None or state.kind == "none":
        return
    if not {state.key, *PERSON} & {match.field for match in columns}:
        return
    names = keys(state.layout.names)
    text = words(commas(proposed(match, catalogue) for match in columns), len(columns))
    yield CommitQuestion(state.sheet.name, UNSURE, text, "", tuple(names[match.index] for match in columns))
