"""亏损急救引导单: one product of one customer on one A4 page for the manager, facts filled in, six steps to be written, three
choices with their conditions; behind it what is agreed, without a word that stays inside the bank, to be signed with a day to
look again (domain 8.6). Masked."""

from collections.abc import Callable, Sequence
from typing import TypedDict

from workbench.base.i18n import _, language, semicolons
from workbench.outreach.losses.loss import LossTalk
from workbench.outreach.losses.recording import STEPS
from workbench.outreach.losses.words import emotions, troubles
from workbench.people.privacy import Cover, print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, footer, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

LOSS_PDF = SheetKind(
    "loss_pdf", ("name_masked", "customer_no_tail", "product", "cost", "loss", "reason"), "losses"
)
#: blank lines that each step has room for
_LINES = {"feeling": 1, "facts": 1, "cause": 2, "choice": 0, "agree": 2, "follow": 1}
_Clean = Callable[[object], str]


class LossFactLine(TypedDict):
    """A fact: its name, its figure, the date it is of."""

    name: str
    words: str
    dated: str


class LossStepLine(TypedDict):
    """A step: its name, what is done, what was written already, boxes to tick, blank lines."""

    title: str
    do: str
    written: str
    boxes: list[str]
    lines: int


class LossChoiceLine(TypedDict):
    """A choice: its name, whether it is offered, conditions, or why not."""

    name: str
    offered: bool
    ticked: bool
    lines: list[str]


class LossPage(TypedDict):
    """The page of one product of one customer; `agreed`: what he may choose; `signed`: whether a page
    is signed, not where persuading has stopped."""

    name: str
    about: str
    alarm: str
    grounds: str
    facts: list[LossFactLine]
    unknown: list[str]
    steps: list[LossStepLine]
    choices: list[LossChoiceLine]
    signed: bool
    agreed: list[str]
    review: str


def loss_pdf(talks: Sequence[LossTalk], rules: Rules, imprint: Imprint) -> Printed:
    """A page for each talk as PDF."""
    one = talks[0] if len(talks) == 1 else None
    name = _("亏损急救引导单")
    if one is not None:
        name = f"{name}_{tail(one.person.customer_no)}"
    return typeset_as(LOSS_PDF, loss_content(talks, rules, imprint), name, len(talks))


def loss_content(talks: Sequence[LossTalk], rules: Rules, imprint: Imprint) -> dict[str, object]:
    """The pages as plain values."""
    as_of = max((one.held.as_of for one in talks), default=None)
    return {
        "lang": language(),
        "title": _("亏损急救引导单"),
        "facts_title": _("事实"),
        "choices_title": _("三种做法(由客户定)"),
        "inside": _("客户经理用,不给客户"),
        "agreement_title": _("书面约定"),
        "agreed_title": _("客户选的做法"),
        "condition_title": _("什么情况下改、怎么改"),
        "review_title": _("复看日期"),
        "signs": [_("客户签字"), _("客户经理签字"), _("日期")],
        "not_offered": _("现在不能选"),
        "pages": [_page(one, rules) for one in talks],
        "risk": typeset(rules.text("loss.risk_notice")),
        "footer": footer(as_of, imprint),
        "watermark": typeset(_("按档案保管;不拍照外发")),
    }


def _page(talk: LossTalk, rules: Rules) -> LossPage:
    person, held = talk.person, talk.held
    cover = Cover([(person.name, person.customer_no)])

    def clean(text: object) -> str:
        return typeset(cover(" ".join(str(text).split())))

    about = [
        _("客户号 **{tail}").format(tail=tail(person.customer_no)),
        rules.text(f"tier.{person.tier}") if person.tier else "",
        held.name,
        held.code,
    ]
    return {
        "name": print_name(person.name),
        "about": clean(" · ".join(filter(None, about))),
        "alarm": clean(talk.stopped),
        "grounds": clean(semicolons(one.sentence for one in talk.grounds)),
        "facts": [
            {
                "name": one.name, "words": clean(one.words), "dated": one.as_of,
            }
            for one in talk.facts
            if one.words
        ],
        "unknown": [clean(one) for one in talk.unknown],
        "steps": [_step(step, talk, rules, clean) for step in STEPS],
        "choices": [
            {
                "name": one.name, "offered": one.offered,
                "ticked": talk.case is not None and talk.case.choice == one.code,
                "lines": [clean(line) for line in (one.conditions if one.offered else (one.why,))],
            }
            for one in talk.choices
        ],
        "signed": not talk.stopped,
        "agreed": [
            _ticked(one.name, talk.case is not None and talk.case.choice == one.code) for one in talk.choices if one.offered
        ],
        "review": (talk.case.review_on if talk.case is not None else None) or "",
    }  # fmt: skip


def _step(step: str, talk: LossTalk, rules: Rules, clean: _Clean) -> LossStepLine:
    case = talk.case
    written = case.texts.get(step, "") if case is not None else ""
    boxes: list[str] = []
    do = rules.text(f"loss.step.{step}.do").format(
        week=rules.whole("loss.week_days"), month=rules.whole("loss.month_days")
    )
    if step == "feeling":
        boxes = [
            _ticked(name, case is not None and case.emotion == code) for code, name in emotions().items()
        ]
        boxes += [""] + [
            _ticked(name, case is not None and case.trouble == code) for code, name in troubles().items()
        ]
    elif step == "cause":
        boxes = [
            _ticked(rules.text(f"loss.cause.{one}"), case is not None and one in case.causes)
            for one in rules.words("loss.causes")
        ]
    elif step == "follow" and case is not None and case.follow is not None:
        days = _("约好的日子:{week}、{month}、复看 {review}")
        written = days.format(week=case.follow.week, month=case.follow.month, review=case.follow.review)
    elif step == "agree" and case is not None:
        written = case.redemption or case.condition
    return {
        "title": rules.text(f"loss.step.{step}"), "do": clean(do), "written": clean(written), "boxes": boxes,
        "lines": 0 if written else _LINES[step],
    }  # fmt: skip


def _ticked(name: str, on: bool) -> str:
    return f"{'■' if on else '□'} {name}"
