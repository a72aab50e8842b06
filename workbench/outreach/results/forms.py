"""The kinds of numbered sheets that come back: their names, and by which channel their contacts are taken to be."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.base.i18n import _


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A kind of sheet that comes back: `code` without its ending ('plan' of plan_pdf and plan_xlsx), what it is called, the
    channel; `by_hand`: what its paper has room for that no picture tells: 'next' (a date), 'note', 'reason' (why a row was
    missed); `columns`: keys of `sheets.headings` that only sheets of this kind have to be filled in."""

    code: str
    named: Callable[[], str]
    channel: str = "call"
    by_hand: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return self.named()


#: what is filled in of a referral beside the result and the day of the first contact: fields of its task sheet
REFERRAL_COLUMNS = (
    "agreed", "agreed_way", "meeting", "product", "amount_fen", "feedback", "thanked", "status", "close_reason",
)  # fmt: skip
#: Every kind that may come back; a new one is a line here.
FORMS = (
    SheetForm("plan", lambda: _("531 行动计划"), by_hand=("reason",)),
    SheetForm("calls", lambda: _("电访单"), by_hand=("next", "note")),
    SheetForm("day", lambda: _("今日清单"), by_hand=("next",)),
    SheetForm("critical", lambda: _("七类临界客户周清单")),
    SheetForm("outing", lambda: _("外出路线"), "visit", ("note",)),
    SheetForm("journey", lambda: _("旅程卡"), by_hand=("note",)),
    SheetForm("month", lambda: _("客户触点规划表")),
    SheetForm("referrals", lambda: _("转介单"), by_hand=("next", "note"), columns=REFERRAL_COLUMNS),
)
_OTHER = SheetForm("", lambda: _("登记单"))


def form_of(kind: str) -> SheetForm:
    """The form of the code of a `SheetKind`."""
    stem = kind.removesuffix("_pdf").removesuffix("_xlsx")
    return next((one for one in FORMS if one.code == stem), _OTHER)
