"""The program `workbench` itself: the options before a command, and the window when there is no command."""

from pathlib import Path
from typing import Annotated

import typer

from db.errors import BookError
from db.stores.address import ServerAddress, place
from workbench.app import Workbench
from workbench.base.i18n import _
from workbench.commands.edge import WindowWanted

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    help=_("客户经理工作台:离线导入客户名单、看预警、排 531 计划、打印。不带命令时打开窗口。"),
)
_before: dict[str, str | None] = {}


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    book: Annotated[
        str | None, typer.Option("--book", help=_("账本文件,或服务器上的账本 postgresql://…"), metavar="PATH")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help=_("语言:zh 或 en"))] = None,
) -> None:
    """The options before a command; without a command raises WindowWanted. `lang` is handled earlier, before any text is
    made."""
    _before["book"] = book
    if context.invoked_subcommand is None:
        path = chosen(None)
        if isinstance(path, ServerAddress):
            raise BookError("window_needs_file")
        if path is not None:
            Workbench.place(path)  # a folder, a device or a pipe is refused here, not behind a window
        raise WindowWanted(path)


def chosen(book: str | None) -> Path | ServerAddress | None:
    """The book named after the command, else before it. Raises BookError bad_address, insecure_address."""
    named = book if book is not None else _before.get("book")
    return None if named is None else place(named)
