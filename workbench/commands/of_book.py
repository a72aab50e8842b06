"""Commands of the book: backup, restore, verify, and the demonstration."""

from pathlib import Path
from typing import Annotated

import typer

from db.errors import BookError
from db.stores.address import ServerAddress
from workbench.base.i18n import _
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Force, complain, opened, passphrase, print_json, say
from workbench.trust.passphrases import check_new_passphrase


@command("backup")
def backup(file: Path, force: Force = False, json: AsJson = False, book: Book = None) -> None:
    """Write a complete backup of the book to a file; `force` replaces an existing one."""
    where = chosen(book)
    on_server = isinstance(where, ServerAddress)
    secret = ""
    if on_server:
        secret = passphrase(file, new=True)
        check_new_passphrase(secret)
    with opened(where) as workbench:
        written = workbench.register.back_up(file, replace=force, passphrase=secret)
    if json:
        print_json({"backup": str(written)})
    elif on_server:
        say(_("已备份到 {path},用刚才的口令打开").format(path=written))
    else:
        say(_("已备份到 {path}(口令与账本相同)").format(path=written))


@command("restore")
def restore(
    file: Annotated[Path, typer.Argument(readable=False)], json: AsJson = False, book: Book = None
) -> None:
    """Replace the book by a backup; the present book is kept under another name."""
    from workbench.app import Workbench
    from workbench.base.pc import default_book

    target = chosen(book) or default_book()
    kept = Workbench.restore(file, target, passphrase(file))
    if json:
        print_json({"book": str(target), "kept": str(kept) if kept else None})
    else:
        say(_("已恢复到 {path}").format(path=target))
        if kept:
            say(_("原来的账本留在 {path}").format(path=kept))


@command("verify")
def verify(json: AsJson = False, book: Book = None) -> int:
    """Check the book and print its fingerprint; exit status 2 if something is broken."""
    with opened(chosen(book)) as workbench:
        failed = workbench.book.verify()
        counts = workbench.book.count()
        print_of = workbench.book.fingerprint()
    if json:
        print_json({"sound": not failed, "failed": failed, "rows": counts, "fingerprint": print_of})
    elif failed:
        complain(_("账本有问题:{what}。请用最近的备份恢复。").format(what=", ".join(failed)))
    else:
        say(_("账本完好。内容指纹 {seal}").format(seal=print_of[:16]))
    return 2 if failed else 0


@command("demo")
def demo(
    folder: Annotated[Path | None, typer.Option("--dir", help=_("放在哪个文件夹"))] = None,
    customers: Annotated[int, typer.Option("--customers", help=_("客户数"))] = 1000,
    months: Annotated[int, typer.Option("--months", help=_("月数"))] = 14,
    no_window: Annotated[bool, typer.Option("--no-window", help=_("做完不打开窗口"))] = False,
    json: AsJson = False,
) -> int:
    """Run the demonstration; exit status 1 if a planted story was missed."""
    from workbench.commands.demo import run_demo

    if isinstance(where := chosen(None), ServerAddress):
        raise BookError("file_only", path=str(where))

    return run_demo(folder, customers, months, window=not no_window and not json, as_json=json)
