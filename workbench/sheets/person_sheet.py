"""What a book holds about a person, for himself, and the receipt when it was deleted (domain 17). The extract is the one paper
that is not masked: it goes to the person whom it is about."""

from dataclasses import replace
from typing import Final, TypedDict

from workbench.base.i18n import _, language
from workbench.people.privacy import tail
from workbench.sheets.content import Imprint, footer, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as
from workbench.trust.personal.deletion import Deletion
from workbench.trust.personal.extract import HeldRows, PersonExtract

PERSON_PDF: Final = SheetKind("person_pdf", ("name", "customer_no", "phone", "id_no", "cells"), "person")
RECEIPT_PDF: Final = SheetKind("deletion_receipt_pdf", ("name_masked", "customer_no_tail"), "person")
#: Columns by which a row is told from the others, the first that it has.
_HEADS: Final = ("date", "month", "day", "made", "opened", "due", "received", "at")


class PersonPart(TypedDict):
    """A part: rows of what, and the values."""

    title: str
    rows: list[list[str]]


class PersonPaper(TypedDict):
    """The whole paper as plain values; `first_width`: of the first column, in mm."""

    lang: str
    title: str
    number: str
    lead: list[str]
    first_width: int
    parts: list[PersonPart]
    closing_title: str
    closing: list[str]
    signatures: list[str]
    footer: list[str]


def extract_pdf(made: PersonExtract, imprint: Imprint) -> Printed:
    """The extract as PDF, A4."""
    name = _("本人信息清单_{tail}").format(tail=tail(made.customer_no))
    printed = typeset_as(PERSON_PDF, extract_content(made, imprint), name, 1)
    return replace(printed, facts={"customer_no_tail": tail(made.customer_no)})


def extract_content(made: PersonExtract, imprint: Imprint) -> PersonPaper:
    """The extract as plain values."""
    parts: list[PersonPart] = [
        {"title": place.title, "rows": _rows(place)} for place in made.places if place.rows
    ]
    closing = [
        _("提到本人的其他文字:{what},{n} 处。").format(what=one.title, n=one.count) for one in made.mentions
    ]
    closing += [
        _("撤销过、只为恢复而留着的:{what} {n} 行。").format(what=place.title, n=place.taken_back)
        for place in made.places
        if place.taken_back
    ]
    closing.append(_("登记簿(导入、导出、打印、查看)里与本人有关的:{n} 条。").format(n=made.registered))
    closing.append(_("认为有错的,请告诉客户经理更正;也可以要求删除,删除后给回执。"))
    closing.append(_("这份清单只有本工作台里的数据;行内系统的资料请向本行查询。"))
    return {
        "lang": language(),
        "title": _("本人信息清单"),
        "number": f"{made.name} {made.customer_no}".strip(),
        "lead": [typeset(_("截至 {day},本工作台里关于本人的全部数据,共 {n} 行。").format(day=made.made[:10], n=made.count))],
        "first_width": 34,
        "parts": parts,
        "closing_title": _("另外"),
        "closing": [typeset(one) for one in closing],
        "signatures": [],
        "footer": footer(imprint.printed_at[:10], imprint),
    }  # fmt: skip


def receipt_pdf(gone: Deletion, imprint: Imprint) -> Printed:
    """The receipt of a deletion as PDF, A4."""
    return typeset_as(
        RECEIPT_PDF, receipt_content(gone, imprint), _("删除回执_{no}").format(no=gone.receipt), 1
    )


def receipt_content(gone: Deletion, imprint: Imprint) -> PersonPaper:
    """The receipt as plain values."""
    rows = [[one.title, _("{n} 行").format(n=one.count)] for one in gone.gone if not one.column]
    texts = [[one.title, _("遮住 {n} 处").format(n=one.count)] for one in gone.gone if one.column]
    parts: list[PersonPart] = [{"title": _("删除的数据"), "rows": rows}]
    if texts:
        parts.append({"title": _("别处文字里提到本人的"), "rows": texts})
    return {
        "lang": language(),
        "title": _("个人信息删除回执"),
        "number": gone.receipt,
        "lead": [
            typeset(_("本人:{who}").format(who=gone.shown)),
            typeset(_("时间:{at};原因:{reason}").format(at=gone.at[:16], reason=gone.reason)),
            typeset(
                _("已删除 {rows} 行,遮住 {texts} 处文字,撤销和恢复用的旧值一并删除,找不回来。").format(
                    rows=gone.rows, texts=gone.texts
                )
            ),
        ],
        "first_width": 60,
        "parts": parts,
        "closing_title": typeset(_("没有删除的,以及原因")),
        "closing": [typeset(one) for one in gone.stays],
        "signatures": [_("经办人"), _("复核人"), _("本人"), _("日期")],
        "footer": footer(imprint.printed_at[:10], imprint),
    }


def _rows(place: HeldRows) -> list[list[str]]:
    if place.table == "customers":
        return [[label, shown] for row in place.rows for _column, label, shown in row]
    return [_row(row) for row in place.rows]


def _row(row: tuple[tuple[str, str, str], ...]) -> list[str]:
    """A row: by what it is told from the others, then the rest."""
    head = next((name for name in _HEADS if any(column == name for column, _label, _shown in row)), "")
    first = next((shown for column, _label, shown in row if column == head), "")
    rest = [f"{label} {shown}" for column, label, shown in row if column != head]
    return [first, "　".join(rest)]
