"""The program `workbench` itself: the options before a command, and the window when there is no command."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.app import Workbench
from workbench.base.i18n import _
from workbench.commands.edge import WindowWanted

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    help=_("客户经理工作台:离线导入客户名单、看预警、排 531 计划、打印。不带命令时打开窗口。"),
)
_before: dict[str, Path | None] = {}


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    book: Annotated[Path | None, typer.Option("--book", help=_("账本文件"), readable=False)] = None,
    lang: Annotated[str | None, typer.Option("--lang", help=_("语言:zh 或 en"))] = None,
) -> None:
    """The options before a command; without a command raises WindowWanted. `lang` is handled earlier, before any text is
    made."""
    _before["book"] = book
    if context.invoked_subcommand is None:
        if book is not None:
            Workbench.place(book)  # a folder, a device or a pipe is refused here, not behind a window
        raise WindowWanted(book)


def chosen(path: Path | None) -> Path | None:
    """The book named after the command, else the one named before it; None for neither."""
    return path or _before.get("book")
