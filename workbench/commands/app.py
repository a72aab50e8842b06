"""The program `workbench` itself: the options before a command, and the window when there is no command."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer import main as typer_main
from typer.core import TyperCommand, TyperGroup

from db.errors import BookError
from db.stores.address import ServerAddress, place
from workbench.base.i18n import _
from workbench.commands.registry import BY_COMMAND, COMMANDS
from workbench.commands.window_wanted import WindowWanted

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

_F = TypeVar("_F", bound=Callable[..., object])


class CommandsOnDemand(TyperGroup):
    """The commands of the registry, each imported when it is called."""

    def __init__(self, **given: Any) -> None:
        """`given` as of TyperGroup; a mistyped name is held against all names, so those not imported yet stand in by name."""
        super().__init__(**given)
        for name in BY_COMMAND:
            self.commands.setdefault(name, TyperCommand(name))

    def list_commands(self, ctx: "Context") -> list[str]:
        """All names, in the order of the registry."""
        return list(BY_COMMAND)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """The command of a name, imported now; None where there is none."""
        entry = BY_COMMAND.get(cmd_name)
        if entry is None:
            return None
        _before["command"] = cmd_name
        import_module(f"workbench.commands.{entry.module}")
        made = typer_main.get_group(app).commands
        return made.get(cmd_name)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """What each command is for, without importing any."""
        with formatter.section(_("命令")):
            formatter.write_dl([(entry.name, entry.about()) for entry in COMMANDS])


app = typer.Typer(
    cls=CommandsOnDemand,
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    help=_("客户经理工作台:离线导入客户名单、看预警、排 531 计划、打印。不带命令时打开窗口。"),
)
_before: dict[str, str | None] = {}


def command(name: str) -> Callable[[_F], _F]:
    """Decorator of the function that is the command `name` of the registry."""
    return app.command(name, help=BY_COMMAND[name].about())


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    book: Annotated[
        str | None, typer.Option("--book", help=_("账本文件,或服务器上的账本 postgresql://…"), metavar="PATH")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help=_("语言:zh 或 en"))] = None,
    lock: Annotated[bool, typer.Option("--lock", help=_("写出的文件都加口令;可以写在命令后面"))] = False,
    approved_by: Annotated[
        str, typer.Option("--approved-by", help=_("超过行数上限时,确认的主管;可以写在命令后面"))
    ] = "",
    approval_reason: Annotated[str, typer.Option("--approval-reason", help=_("主管为什么同意"))] = "",
) -> None:
    """The options before a command; without a command raises WindowWanted. `lang`, `lock` and the approval are handled earlier
    (`cli`, `ways_out.taken`), so that they may stand anywhere."""
    _before["book"] = book
    if context.invoked_subcommand is None:
        path = chosen(None)
        if isinstance(path, ServerAddress):
            raise BookError("window_needs_file")
        if path is not None:
            from workbench.app import Workbench

            Workbench.place(path)  # a folder, a device or a pipe is refused here, not behind a window
        raise WindowWanted(path)


def running() -> str:
    """The command that was called, for the register of the book; '' where there is none."""
    return _before.get("command") or ""


def chosen(book: str | None) -> Path | ServerAddress | None:
    """The book named after the command, else before it. Raises BookError bad_address, insecure_address."""
    named = book if book is not None else _before.get("book")
    return None if named is None else place(named)
