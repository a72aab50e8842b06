"""Commands of what is said of products: hooks (the guide), products (the sheets and the homework form)."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas, headed, semicolons
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Force, complain, opened, out, print_json, progress, say
from workbench.insight.selling.guide import HookGuide
from workbench.insight.selling.sheet import ProductSheet
from workbench.trust.register import Outgoing

if TYPE_CHECKING:
    from workbench.app import Workbench


@command("hooks")
def hooks(
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    force: Force = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Print the guide of hook products, or write it as PDF. Raises WorkbenchError two_outputs."""
    _one_output(pdf, json)
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        with progress(json):
            guide = workbench.insight.selling.guide(workbench.outreach.playbook.of_hook)
        if json:
            print_json(workbench.register.hand_over(Outgoing("hooks_json", 0), guide.as_json()))
            return
        if pdf is not None:
            from workbench.sheets.hook_guide import hook_guide_pdf

            sheet = hook_guide_pdf(guide, **workbench.sheets.foot())
            workbench.sheets.save(sheet, pdf, replace=force)
            say(_("已写入 {path}").format(path=pdf))
            return
    _show_guide(guide)


def _show_guide(guide: HookGuide) -> None:
    if not guide.entries:
        say(_("还没有产品清单,或清单里没有现在能买的产品。"))
    for one in guide.entries:
        name = f"{one.score}  {one.hook.offered.name}({one.regime})"
        say(name, style="bold")
        say("  " + commas((*one.hook.known_terms, *([one.benchmark] if one.benchmark else []))))
        for what, words in (
            (_("适合的客群"), one.fits),
            (_("适合的客户"), one.people),
            (_("怎么说"), one.script),
            (_("先核对"), semicolons(one.checks)),
        ):
            if words:
                say("  " + headed(what, words))


@command("products")
def products(
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF,一页一张"))] = None,
    several: Annotated[bool, typer.Option("--several", help=_("PDF 一页两张"))] = False,
    code: Annotated[str | None, typer.Option("--code", help=_("只要一张:产品代码"))] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help=_("存一份空白产品包(已有的卡片写在里面)"))
    ] = None,
    take: Annotated[Path | None, typer.Option("--import", help=_("导入填好的产品包"))] = None,
    force: Force = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Print the product sheets, write them as PDF, write their form, or take a filled one in (status 2 where rows stayed out).

    Raises WorkbenchError two_outputs, no_such_sheet, no_sheets, and what reading a form raises.
    """
    _one_output(pdf, json and pdf is not None)
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, template, replace=force)
        selling = workbench.insight.selling
        if take is not None:
            _take_in(workbench, take, json)
            return
        sheets = (selling.sheet(code),) if code else selling.sheets()
        if template is not None:
            from workbench.sheets.product_homework import product_template

            workbench.sheets.save(product_template(sheets, workbench.rules), template, replace=force)
            say(_("已写入 {path}").format(path=template))
            return
        if pdf is not None:
            from workbench.sheets.product_cards import product_cards_pdf

            made = product_cards_pdf(sheets, workbench.rules, several=several, **workbench.sheets.foot())
            workbench.sheets.save(made, pdf, replace=force)
            say(_("已写入 {path}").format(path=pdf))
            return
        if json:
            body = {"products": [one.as_json() for one in sheets]}
            print_json(workbench.register.hand_over(Outgoing("products_json", 0), body))
            return
    _show_sheets(sheets)


def _take_in(workbench: "Workbench", path: Path, json: bool) -> None:
    from workbench.sheets.product_homework import new_sheets, product_form, refused_rows

    with progress(json) as report:
        read = workbench.filled_form(product_form(workbench.rules), path, report)
    taken = workbench.insight.selling.take_in(new_sheets(read))
    stayed = refused_rows(read, taken)
    if json:
        body = {"stored": taken.stored, "refused": [one.as_json() for one in stayed]}
        print_json(workbench.register.hand_over(Outgoing("products_json", 0), body))
    else:
        say(_("存下 {n} 张卡片。").format(n=taken.stored))
        for one in stayed:
            complain(one.message)
    if stayed:
        raise typer.Exit(2)


def _show_sheets(sheets: Sequence[ProductSheet]) -> None:
    if not sheets:
        say(_("还没有产品卡片。"))
        return
    table = Table(_("角色"), _("代码"), _("产品"), _("种类"), _("模型"), _("利润"), _("复核"))
    for one in sheets:
        table.add_row(
            one.role_name, one.code, one.name, one.regime_name, one.model_name, one.margin_name, one.review
        )
    out().print(table)


def _one_output(pdf: Path | None, json: bool) -> None:
    if pdf is not None and json:
        raise WorkbenchError("two_outputs", _("--pdf 和 --json 不能一起用。"), _("请一次只要一种。"))
