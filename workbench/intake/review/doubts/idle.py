"""Asks about columns of money, dates, phones or numbers that feed nothing, so that none is dropped unseen."""

from collections.abc import Iterator

from workbench.base.i18n import _
from workbench.intake.catalogue.fields import heading
from workbench.intake.report import ColumnMatch, CommitQuestion
from workbench.intake.review.doubts.doubting import Doubting, named

CODE = "idle_columns"
_FORMS = frozenset({"number", "date", "phone", "idcard"})


def idle_columns(doubting: Doubting) -> Iterator[CommitQuestion]:
    """One question for all such columns; what a person made a field of its own or kept apart is answered."""
    plain = [heading(word).plain for word in doubting.rules.words("intake.unasked_headings")]
    idle = {look.index for look in doubting.checked.looks if look.field is None and look.form in _FORMS}
    columns = [
        match for match in doubting.open_columns(CODE, idle)
        if match.how == "unknown" and not heading(match.header).plain.endswith(tuple(plain))
    ]  # fmt: skip
    if columns:
        words = _(
            "有 {n} 列是数字、日期或号码,却不进任何字段:{columns}。请在“对应关系”里指出是哪个字段,或做成自定义字段"
            ";只作备查的,写明原因再写入,以后不再问。"
        ).format(n=len(columns), columns=doubting.some([_with_reason(match) for match in columns]))
        yield doubting.question(CODE, words, [doubting.key_of(match) for match in columns])


def _with_reason(match: ColumnMatch) -> str:
    return f"{named(match)}({match.reason})" if match.reason else named(match)
