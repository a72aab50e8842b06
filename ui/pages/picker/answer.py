"""What the book answers to a condition: who meets it, who is left out, for whom it cannot be decided."""

from dataclasses import dataclass

from ui.pages.picker.forms import unlimited
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language.parse import parse
from workbench.insight.picking.facts import Exclusions, Tally
from workbench.insight.picking.room import Picking


@dataclass(frozen=True, slots=True)
class ConditionAnswer:
    """What the book answers to a condition."""

    text: str
    purpose: str
    tally: Tally
    words: str
    terms: tuple[Term, ...]
    excluded: Exclusions | None
    #: customers for whom the condition cannot be decided, whatever its limit
    unknown: int

    @property
    def limited(self) -> bool:
        """Whether the condition takes only the first n."""
        return parse(self.text).limit is not None

    @property
    def left(self) -> int:
        """The customers that stay after exclusions."""
        return self.tally.count if self.excluded is None else self.excluded.left

    def why_nobody(self) -> str:
        """Why no customer stays, and what to do about it."""
        if self.tally.count:
            return _("符合条件的 {n} 户都按用途排除了。换一个用途,或看左边的原因。").format(
                n=f"{self.tally.count:,}"
            )
        if self.unknown:
            return _("没有能确定符合条件的客户;{n} 户缺资料,无法判断。放宽条件,或先补齐资料。").format(
                n=f"{self.unknown:,}"
            )
        return _("没有符合条件的客户。放宽一条,或把“全部满足”改成“任一满足”。")


def answer(picking: Picking, text: str, purpose: str) -> ConditionAnswer:
    """Count a condition; purpose '' excludes nobody. Raises WorkbenchError bad_expression, no_data."""
    tally = picking.count(text)
    whole = unlimited(text)
    unknown = tally.cannot_tell if whole == text else picking.count(whole).cannot_tell
    excluded = picking.excluded(text, purpose) if purpose else None
    return ConditionAnswer(text, purpose, tally, picking.words(text), picking.terms(text), excluded, unknown)
