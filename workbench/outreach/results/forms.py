"""The kinds of numbered sheets that come back: their names, and by which channel their contacts are taken to be."""

from dataclasses import dataclass

from workbench.base.i18n import _


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A kind of sheet that comes back: `code` without its ending ('plan' of plan_pdf and plan_xlsx), its msgid, the channel."""

    code: str
    shipped: str
    channel: str = "call"

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return _(self.shipped)


#: Every kind that may come back; a new one is a line here.
FORMS = (
    SheetForm("plan", "531 行动计划"),
    SheetForm("calls", "电访单"),
    SheetForm("day", "今日清单"),
    SheetForm("critical", "七类临界客户周清单"),
    SheetForm("journey", "旅程卡"),
    SheetForm("referrals", "转介单"),
)
_OTHER = SheetForm("", "登记单")


def form_of(kind: str) -> SheetForm:
    """The form of the code of a `SheetKind`."""
    stem = kind.removesuffix("_pdf").removesuffix("_xlsx")
    return next((one for one in FORMS if one.code == stem), _OTHER)
