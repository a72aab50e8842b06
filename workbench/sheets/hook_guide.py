"""钩子产品配置指南 on paper: every product that opens the door, A4, black-and-white safe; nobody is named (domain 3)."""

from typing import TypedDict

from workbench.base.dates import now
from workbench.base.i18n import _, language, sentences
from workbench.insight.products.hooks import PARTS
from workbench.insight.selling.guide import GuideEntry, HookGuide
from workbench.sheets.content import printed_words, spoken, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

HOOK_GUIDE_PDF = SheetKind("hook_guide_pdf", ("totals",), "hooks")


class HookPart(TypedDict):
    """One of the four parts of a score; `value` 0-1, -1 where it cannot be told."""

    name: str
    text: str
    value: float


class HookBlock(TypedDict):
    """A product: its score, its terms, for whom it is, what is said, what is looked at first."""

    number: str
    name: str
    about: str
    score: str
    parts: list[HookPart]
    terms: list[str]
    lines: list[list[str]]
    say: str
    spoken: bool
    checks: list[str]


class HookPaper(TypedDict):
    """The guide."""

    lang: str
    title: str
    dated: str
    about: list[str]
    score: str
    say: str
    checks: str
    nobody: str
    hooks: list[HookBlock]
    asked_title: str
    asked: list[str]
    page: str
    footer: list[str]


def hook_guide_pdf(guide: HookGuide, *, printed_by: str = "", branch: str = "", anchor: str = "") -> Printed:
    """The guide as PDF, as many A4 pages as it takes."""
    content = hook_content(guide, printed_by=printed_by, branch=branch, anchor=anchor)
    return typeset_as(HOOK_GUIDE_PDF, content, _("钩子产品配置指南"), 0)


def hook_content(guide: HookGuide, *, printed_by: str, branch: str, anchor: str = "") -> HookPaper:
    """The guide as plain values, in the language in use."""
    dates = [
        _("产品清单 {date}").format(date=guide.as_of or _("日期未注明")),
        *([_("客户数据 {date}").format(date=guide.customers_as_of)] if guide.customers_as_of else []),
    ]
    opening = [one for one in guide.entries if not one.on_request]
    return {
        "lang": language(),
        "title": _("钩子产品配置指南"),
        "dated": " · ".join(dates),
        "about": [typeset(one) for one in about_words()],
        "score": _("得分"),
        "say": _("怎么说"),
        "checks": _("先核对"),
        "nobody": typeset(_("产品清单里没有现在能买的产品。")),
        "hooks": [_block(number, one) for number, one in enumerate(opening, 1)],
        "asked_title": typeset(_("不拿来敲门的:风险等级高,客户问起、测评够了再讲")),
        "asked": [_on_request(one) for one in guide.entries if one.on_request],
        "page": typeset(_("第 {n} 页,共 {all} 页")),
        "footer": [
            *([_("网点 {branch}").format(branch=branch)] if branch else []),
            _("打印人 {name}").format(name=printed_by or "—"),
            printed_words(now(), anchor),
            _("本系统口径 · 内部资料"),
        ],
    }


def about_words() -> tuple[str, ...]:
    """How the score is made and what it is not, for the window and for paper."""
    return (
        _("得分由门槛、灵活、优势、易懂四项加权,看不出的一项不计分;只排次序,不代表对某位客户合适。"),
        _("提产品之前先看这位客户的风险测评;卖完了、过了募集期的不在这里。"),
    )


def unsaid_words(one: GuideEntry) -> str:
    """What stands where there is no script of a product yet."""
    if one.on_request:
        return _("不拿它敲门,没有开口的话")
    return _("还没有话术,先用上面的三句话") if one.sheet else _("还没有话术")


def _block(number: int, one: GuideEntry) -> HookBlock:
    offered = one.hook.offered
    about = [one.regime, *([one.sheet.role_name] if one.sheet else []), offered.product_code]
    terms = [
        *one.hook.known_terms,
        *([one.benchmark] if one.benchmark else []),
    ]
    lines = [
        [_("适合的客群"), one.fits],
        [_("适合的客户"), one.people],
        *([[_("三句话"), _three(one)]] if one.sheet else []),
    ]
    return {
        "number": str(number),
        "name": typeset(offered.name),
        "about": " · ".join(about),
        "score": one.score,
        "parts": [
            {"name": name, "text": text, "value": -1 if (value := one.hook.parts[part]) is None else value}
            for (name, text), part in zip(one.parts, PARTS, strict=True)
        ],
        "terms": [typeset(term) for term in terms],
        "lines": [[what, typeset(words)] for what, words in lines if words],
        "say": typeset(spoken(one.script) or unsaid_words(one)),
        "spoken": bool(one.script),
        "checks": [typeset(check) for check in one.checks],
    }  # fmt: skip


def _on_request(one: GuideEntry) -> str:
    """A product that opens no talk, in one line: its terms, whom it suits."""
    words = " · ".join(filter(None, (one.hook.offered.name, one.regime, *one.hook.known_terms, one.people)))
    return typeset(words)


def _three(one: GuideEntry) -> str:
    texts = one.sheet.texts if one.sheet else {}
    return sentences(texts[key] for key in ("first", "second", "third") if texts.get(key))
