"""What all commands share: opening the book, its passphrase, output, and errors as sentence and exit status."""

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.making import Place
from db.stores.address import ServerAddress
from workbench.app import Workbench
from workbench.base.change import Progress as Report
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.pc import default_book
from workbench.base.unseen import escaped, seen
from workbench.commands import ways_out
from workbench.commands.app import running

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# a text: `chosen` makes a file or a server's address of it, and a path would fold the slashes of an address
Book = Annotated[
    str | None,
    typer.Option(
        "--book",
        help=_("账本文件,或服务器上的账本 postgresql://…(默认:本机数据文件夹里的账本)"),
        show_default=False,
        metavar="PATH",
    ),
]
Force = Annotated[bool, typer.Option("--force", help=_("文件已有时覆盖它(账本除外)"))]
AsJson = Annotated[bool, typer.Option("--json", help=_("在标准输出打印一个 JSON 文档"))]
Full = Annotated[
    bool, typer.Option("--full", help=_("JSON 里的姓名、号码不遮盖;要用 --purpose 写明用途,会登记"))
]
OutPurpose = Annotated[str, typer.Option("--purpose", help=_("用途:导出文件和不遮盖的 JSON 要写明,会登记"))]
FullPurpose = Annotated[str, typer.Option("--purpose", help=_("为什么要不遮盖的 JSON"))]


@cache
def out() -> "Console":
    """Standard output, for tables and for lines with a style; made when something needs one."""
    return _console()


@cache
def err() -> "Console":
    """Standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool = False) -> "Console":
    """Where nothing in a cell is markup, and a terminal acts on none of it."""
    from rich.console import Console

    class PlainConsole(Console):
        """Shows the letters of a text and nothing else."""

        def render_str(self, text: str, **how: Any) -> "Text":
            """A text as it may be shown."""
            return super().render_str(seen(text), **how)

    return PlainConsole(stderr=stderr, markup=False, emoji=False)


def say(text: str, style: str = "") -> None:
    """Print a line on standard output, never wrapped: a script may read it. A terminal acts on nothing in it."""
    text = seen(text)
    if style and sys.stdout.isatty():
        out().print(text, style=style, highlight=False, soft_wrap=True, markup=False)
    else:
        sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Print a sentence on standard error: a refusal or a warning."""
    err().print(seen(text), style="red", highlight=False, soft_wrap=True, markup=False)


def passphrase(path: Path, *, new: bool = False) -> str:
    """The passphrase of a book: from WORKBENCH_PASSPHRASE, the key ring, or a prompt (twice for a new book).

    Raises WorkbenchError no_passphrase, passphrase_differs.
    """
    return _secret_of(path, new=new)[0]


def _secret_of(path: Path, *, new: bool) -> tuple[str, bool]:
    """The same, and whether the key ring kept it."""
    if given := os.environ.get("WORKBENCH_PASSPHRASE"):
        return given, False
    if not new:
        from workbench.base.keys import remembered

        if kept := remembered(path):
            return kept, True
    if not sys.stdin.isatty():
        raise WorkbenchError(
            "no_passphrase",
            _("没有口令,打不开账本 {path}。").format(path=path),
            _("请在终端里运行,或设置环境变量 WORKBENCH_PASSPHRASE。"),
        )
    first = getpass.getpass(_("账本口令:"))
    if new and getpass.getpass(_("再输一遍:")) != first:
        raise WorkbenchError("passphrase_differs", _("两次输入的口令不一样。"), _("请重新运行一次。"))
    return first, False


@contextmanager
def opened(where: Path | ServerAddress | None, *, may_create: bool = False) -> Iterator[Workbench]:
    """Open the book of a command (None: the usual one); with `may_create` make it if there is none.

    Raises WorkbenchError missing, and what opening a book raises.
    """
    book = default_book() if where is None else where
    place = Workbench.place(book)
    if may_create and place is not Place.TAKEN:
        with Workbench.create(book, _key_of(book, new=True)[0]) as workbench:
            if words := workbench.moved_aside():
                complain(words)
            yield workbench
        return
    if place is Place.FREE and isinstance(book, Path):
        raise WorkbenchError(
            "missing",
            _("没有找到账本 {path}。").format(path=book),
            _("请先导入一份名单:workbench import 文件,或用 --book 指明账本。"),
        )
    secret, kept = _key_of(book, new=False)
    with Workbench.open(book, secret, face=running(), kept=kept) as workbench:
        ways_out.apply(workbench.register)
        yield workbench
        tell_rule_faults(workbench)


def _key_of(book: Path | ServerAddress, *, new: bool) -> tuple[str, bool]:
    """As `_secret_of` for a file; a server admits its users by itself."""
    return _secret_of(book, new=new) if isinstance(book, Path) else ("", False)


def tell_rule_faults(workbench: Workbench) -> None:
    """Print the faults of the person's own rule file, if the command has read the rules."""
    if "rules" in vars(workbench):
        for fault in workbench.rules.faults:
            complain(fault.sentence())


def print_json(body: object) -> None:
    """One JSON document on standard output; money in yuan is a number like every other figure."""
    sys.stdout.write(escaped(json.dumps(body, ensure_ascii=False, indent=1, default=_plain)) + "\n")


def _plain(value: object) -> int | float | str:
    """What JSON has no words for: an amount as a number, all else as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def in_full(full: bool, purpose: str, json: bool) -> str:
    """The purpose of an unmasked JSON document, '' if it is masked. Raises WorkbenchError no_purpose, full_without_json."""
    why = " ".join(purpose.split())
    if not full:
        return ""
    if not json:
        raise WorkbenchError(
            "full_without_json", _("--full 只用于 --json。"), _("窗口里看完整信息,请在画像页写明理由。")
        )
    if not why:
        raise WorkbenchError(
            "no_purpose", _("--full 要写明用途,没有打印任何内容。"), _("请加上 --purpose 用途;用途会登记。")
        )
    return why


@contextmanager
def progress(quiet: bool = False) -> Iterator[Report]:
    """A progress bar on standard error; nothing if that is no terminal."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(
        *columns, TimeRemainingColumn(), console=err(), transient=True, disable=quiet or not err().is_terminal
    ) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda share, what: bar.update(task, completed=share, description=what)


def refused(error: WorkbenchError, as_json: bool = False) -> int:
    """Print a refusal, as JSON too if wanted; the exit status 2."""
    if as_json:
        print_json({"error": {"code": error.code, "message": error.message, "hint": error.hint}})
    complain(error.sentence())
    return 2
