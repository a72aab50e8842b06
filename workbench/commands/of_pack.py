"""The command of the week's paper: pack."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.commands.app import chosen, command
from workbench.commands.edge import Book, Force, complain, opened, say
from workbench.sheets.pack.making import chosen_parts
from workbench.sheets.pack.registry import PARTS

Phones = Annotated[
    str | None,
    typer.Option(
        "--phones", help=_("电访单印完整电话,写明用途;用途会登记,单子有编号和销毁日期"), show_default=False
    ),
]


@command("pack")
def pack(
    week: Annotated[str | None, typer.Option("--week", help=_("哪一周,YYYY-Www"))] = None,
    parts: Annotated[
        str,
        typer.Option(
            "--parts",
            help=_("要哪几份,用逗号分开:{parts}(默认:除周小结、外出路线和旅程卡外都要)").format(
                parts=commas(f"{kind.code}({kind.name})" for kind in PARTS)
            ),
            show_default=False,
        ),
    ] = "",
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=_("写成 Excel"))] = None,
    phones: Phones = None,
    force: Force = False,
    book: Book = None,
) -> None:
    """Write the paper of a week to files; without any, say what it would hold."""
    why = purpose_of(phones)
    wanted = chosen_parts([one.strip() for one in parts.replace("，", ",").split(",") if one.strip()])
    names = {kind.code: kind.name for kind in PARTS}
    if pdf is None and xlsx is None:
        say(_("本周晨会材料有:{parts}").format(parts=commas(f"{code}({names[code]})" for code in wanted)))
        say(_("请用 --pdf 或 --xlsx 写明放在哪里。"))
        return
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, xlsx, replace=force)
        sheets = workbench.sheets
        written = []
        for path, make in ((pdf, sheets.pack), (xlsx, sheets.pack_xlsx)):
            if path is None:
                continue
            printed = make(wanted, week, phones=why)
            written.append(sheets.save(printed, path, replace=force))
            for sentence in printed.notices if path is pdf else ():
                complain(sentence)
    for path in written:
        say(_("已写入 {path}").format(path=path))


def purpose_of(phones: str | None) -> str:
    """For what telephones are printed in full, '' for masked ones. Raises WorkbenchError no_purpose for an empty purpose."""
    if phones is None:
        return ""
    why = " ".join(phones.split())
    if not why:
        raise WorkbenchError(
            "no_purpose", _("--phones 要写明用途,没有写任何文件。"), _("例如 --phones 周三外呼;用途会登记。")
        )
    return why
