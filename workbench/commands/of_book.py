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
from workbench.trust.verdicts import anchor_of, anchor_words, finding_json, kinds, sentence, what_to_do


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
        stands = workbench.book.anchor().shown  # the copy has this row, not the one that registers it
        written = workbench.register.back_up(file, replace=force, passphrase=secret)
    if json:
        print_json({"backup": str(written), "audit": stands})
    elif on_server:
        say(_("已备份到 {path},用刚才的口令打开;{audit}").format(path=written, audit=anchor_words(stands)))
    else:
        say(_("已备份到 {path}(口令与账本相同);{audit}").format(path=written, audit=anchor_words(stands)))


@command("restore")
def restore(
    file: Annotated[Path, typer.Argument(readable=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只看恢复后会有什么不同,不写入"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Replace the book by a backup; the present book is kept under another name. `dry_run`: only say what would differ."""
    from workbench.app import Workbench
    from workbench.base.pc import default_book

    if dry_run:
        from workbench.commands.of_backups import show_difference

        show_difference(file, chosen(book), as_json=json)
        return
    target = chosen(book) or default_book()
    done = Workbench.restore(file, target, passphrase(file))
    kept = done.kept
    if json:
        print_json(
            {
                "book": str(target), "kept": str(kept) if kept else None, "deleted_again": list(done.receipts),
                "deletions_unchecked": done.unchecked,
            }
        )  # fmt: skip
    else:
        say(_("已恢复到 {path}").format(path=target))
        if kept:
            say(_("原来的账本留在 {path}").format(path=kept))
        if words := done.words():
            say(words)


@command("verify")
def verify(
    anchor: Annotated[
        str,
        typer.Option(
            "--anchor",
            help=_("纸上页脚或文件里写的审计编号,例如 1234:a1b2c3d4:核对账本是不是那一个、有没有变旧"),
            metavar="N:HASH",
        ),
    ] = "",
    json: AsJson = False,
    book: Book = None,
) -> int:
    """Check the book and print its fingerprint; exit status 2 if something is broken. `anchor`: from paper, to be held against
    the book."""
    held = anchor_of(anchor) if anchor else None
    with opened(chosen(book)) as workbench:
        findings = workbench.book.verify(held)
        counts = workbench.book.count()
        print_of = workbench.book.fingerprint()
        stands = workbench.book.anchor()
    if json:
        print_json(
            {
                "sound": not findings, "failed": kinds(findings), "findings": [finding_json(one) for one in findings],
                "rows": counts, "fingerprint": print_of, "anchor": f"{stands.number}:{stands.seal}",
                "audit": stands.shown,
            }
        )  # fmt: skip
    elif findings:
        complain(_("账本有问题:"))
        for one in findings:
            complain("  " + sentence(one))
        complain(what_to_do(findings))
    else:
        say(
            _("账本完好。内容指纹 {seal},{audit}").format(
                seal=print_of[:16], audit=anchor_words(stands.shown)
            )
        )
        if held is not None:
            say(_("编号 {anchor} 对得上:是同一个账本,没有变旧。").format(anchor=held.shown))
    return 2 if findings else 0


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
