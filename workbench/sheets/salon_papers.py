"""Invitations and name badges of a salon. They go to the guests themselves, so names stand on them in full (domain 17)."""

import datetime as dt
from typing import TypedDict

from db.values import Json
from workbench.base.i18n import _, language
from workbench.outreach.salons.letters import SalonLetters
from workbench.outreach.salons.salon import Salon
from workbench.sheets.content import typeset, weekday
from workbench.sheets.printed import Printed, SheetKind, typeset_as
from workbench.trust.verdicts import anchor_words

FIELDS = ("name",)
LETTERS_PDF = SheetKind("salon_letters_pdf", FIELDS, "salon_letters")
LABELS_PDF = SheetKind("salon_labels_pdf", FIELDS, "salon_labels")


class LetterPaper(TypedDict):
    """A letter: the same for all but for `salutations`, one a page; `facts`: (heading, words) of when and where."""

    lang: str
    title: str
    audit: str
    heading: str
    salutations: list[str]
    greeting: str
    body: list[str]
    facts: list[list[str]]
    closing: str
    signed: list[str]


class LabelPaper(TypedDict):
    """Badges: `names` (name, title), over `about` of the salon; `cut`: a line of the foot."""

    lang: str
    title: str
    names: list[list[str]]
    about: str
    cut: str


def salon_letters(letters: SalonLetters, manager: str, day: dt.date, anchor: str = "") -> Printed:
    """The invitations of a salon, a letter a page; they go to customers, so `anchor` (`Anchor.shown`) stands in what the file
    says of itself."""
    salon = letters.salon
    reply = _("请在 {day} 前告诉我们您是否参加,我们为您留座。").format(day=_dated(salon.steps.remind))
    facts = [[_("时间"), f"{_dated(salon.date)} {weekday(salon.date)} {salon.time}".strip()]]
    if salon.place:
        facts.append([_("地点"), salon.place])
    paper: LetterPaper = {
        "lang": language(),
        "title": _("邀请函"),
        "audit": anchor_words(anchor),
        "heading": _("邀 请 函"),
        "salutations": [typeset(_("{whom}:").format(whom=one.salutation)) for one in letters.people],
        "greeting": typeset(_("您好!")),
        "body": [typeset(_("我们准备了一场“{name}”,诚邀您参加。").format(name=salon.name)), typeset(reply)],
        "facts": [[head, typeset(words)] for head, words in facts],
        "closing": typeset(_("如果以后不想再收到邀请,告诉我们一声就好。")),
        "signed": [*filter(None, [manager and typeset(_("客户经理 {name}").format(name=manager))]), _dated(day.isoformat())],
    }  # fmt: skip
    return _registered(
        typeset_as(LETTERS_PDF, {**paper}, _name(_("邀请函"), salon), len(letters.people)), salon
    )


def salon_labels(letters: SalonLetters, manager: str, day: dt.date, anchor: str = "") -> Printed:
    """The name badges of a salon, 24 on an A4."""
    salon = letters.salon
    paper: LabelPaper = {
        "lang": language(),
        "title": _("名签"),
        "names": [[one.name or _("客户"), one.title] for one in letters.people],
        "about": typeset(f"{salon.name} · {_dated(salon.date)}"),
        "cut": typeset(
            " · ".join(
                filter(
                    None,
                    [
                        _("沿细线裁开 · {manager} {day} 打印 · 活动后销毁").format(
                            manager=manager, day=day.isoformat()
                        ),
                        anchor_words(anchor),
                    ],
                )
            )
        ),
    }
    return _registered(typeset_as(LABELS_PDF, {**paper}, _name(_("名签"), salon), len(letters.people)), salon)


def _registered(printed: Printed, salon: Salon) -> Printed:
    """The sheet with what it is for, as the register keeps it."""
    facts: dict[str, Json] = {"purpose": _("活动邀请"), "salon": salon.id}
    return Printed(printed.kind, printed.content, printed.name, printed.rows, facts=facts)


def _name(what: str, salon: Salon) -> str:
    return f"{what} {salon.date} {salon.name}"


def _dated(day: str) -> str:
    """'2026 年 11 月 20 日'."""
    year, month, date = map(int, day.split("-"))
    return typeset(_("{year} 年 {month} 月 {day} 日").format(year=year, month=month, day=date))
