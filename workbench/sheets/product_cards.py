"""产品卡片 on paper: what a branch says of a product beside the figures of the list, one to an A4 page or two (domain 13.4)."""

from collections.abc import Sequence
from typing import TypedDict

from workbench.base.dates import now
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, language
from workbench.insight.selling.sheet import ProductSheet
from workbench.rules.parameters import Rules
from workbench.sheets.content import printed_words, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

PRODUCT_CARDS_PDF = SheetKind("product_cards_pdf", (), "product_cards")
#: the three sentences, which are printed large
_SENTENCES = ("first", "second", "third")


class ProductCard(TypedDict):
    """A card: what the product is, the figures of the list, the three sentences, the other lines."""

    code: str
    name: str
    role: str
    about: str
    regime: str
    figures: list[str]
    sentences: list[list[str]]
    lines: list[list[str]]
    review: str
    due: bool


class ProductCardsPaper(TypedDict):
    """Cards; `several`: two to a page."""

    lang: str
    title: str
    several: bool
    listed: str
    heading: str
    cards: list[ProductCard]
    warning: str
    page: str
    footer: list[str]


def product_cards_pdf(
    sheets: Sequence[ProductSheet],
    rules: Rules,
    *,
    several: bool = False,
    printed_by: str = "",
    branch: str = "",
    anchor: str = "",
) -> Printed:
    """The cards as PDF, one to an A4 page, `several`: two. Raises WorkbenchError no_sheets for none."""
    if not sheets:
        raise WorkbenchError(
            "no_sheets", _("还没有产品卡片,没有可打印的。"), _("请先在“产品”的“产品卡片”里写一张。")
        )
    content = cards_content(
        sheets, rules, several=several, printed_by=printed_by, branch=branch, anchor=anchor
    )
    name = (
        _("产品卡片 {code}").format(code=sheets[0].code)
        if len(sheets) == 1
        else _("产品卡片 {n} 张").format(n=len(sheets))
    )
    return typeset_as(PRODUCT_CARDS_PDF, content, name, 0)


def cards_content(
    sheets: Sequence[ProductSheet],
    rules: Rules,
    *,
    several: bool,
    printed_by: str,
    branch: str,
    anchor: str = "",
) -> ProductCardsPaper:
    """The cards as plain values, in the language in use."""
    return {
        "lang": language(),
        "title": _("产品卡片"),
        "several": several,
        "listed": _("产品清单"),
        "heading": _("三句话讲清"),
        "cards": [_card(one, rules) for one in sheets],
        "warning": typeset(_("内部资料,不给客户看;讲产品以说明书和风险揭示书为准,客户的风险等级不够不提。")),
        "page": typeset(_("第 {n} 页,共 {all} 页")),
        "footer": [
            *([_("网点 {branch}").format(branch=branch)] if branch else []),
            _("打印人 {name}").format(name=printed_by or "—"),
            printed_words(now(), anchor),
        ],
    }


def _card(one: ProductSheet, rules: Rules) -> ProductCard:
    figures = one.listed.figures(rules) if one.listed else (_("不在现在的产品清单上,数字以说明书为准"),)
    sentences: list[list[str]] = []
    lines: list[list[str]] = []
    for code, name, words in one.lines:
        line = [name.rpartition(":")[2] if code in _SENTENCES else name, typeset(words)]
        (sentences if code in _SENTENCES else lines).append(line)
    review = (
        _("{day} 就该复核了,复核前先不用") if one.due else _("{day} 复核")
    ).format(day=one.review)  # fmt: skip
    return {
        "code": one.code,
        "name": typeset(one.name),
        "role": one.role_name,
        "about": typeset(one.about),
        "regime": one.regime_name,
        "figures": [typeset(figure) for figure in figures],
        "sentences": sentences,
        "lines": lines,
        "review": typeset(review),
        "due": one.due,
    }
