"""Commands of the ways into the book: another passphrase, a new recovery code (domain 17)."""

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from db.errors import BookError
from db.stores.address import ServerAddress
from workbench.app import Workbench
from workbench.base import keys
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.pc import default_book
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Force, passphrase, print_json, say
from workbench.trust.passphrases import strength
from workbench.trust.vault import RecoveryCode, check_code


@command("passphrase")
def change(
    recovery: Annotated[
        bool, typer.Option("--recovery", help=_("忘了口令:用恢复码打开,设一个新口令"))
    ] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Give the book another passphrase; nothing else in the file changes. The new one comes from WORKBENCH_NEW_PASSPHRASE, or is
    asked for twice."""
    place = _file(book)
    old = _typed_code() if recovery else passphrase(place)
    if recovery:
        check_code(old)
    with Workbench.open(place, old, face="passphrase") as workbench:
        new = _new_passphrase()
        if recovery:
            workbench.vault.set_passphrase_by_recovery(old, new)
        else:
            workbench.vault.change_passphrase(old, new)
        kept = keys.remembered(place)
        if kept is not None and not workbench.vault.fits(kept):
            keys.forget(place)
    judged = strength(new, (place.stem,))
    if json:
        print_json({"book": str(place), "strength": judged.score, "words": judged.words})
        return
    say(
        _("口令已经换好,下次打开用新口令;强度 {score}/4,{words}").format(
            score=judged.score, words=judged.words
        )
    )
    say(_("以前做的备份没有变,仍然用当时的口令或恢复码打开。"))


@command("recovery")
def recovery(
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help=_("写成恢复单(一页 A4 的 PDF,带二维码),不在屏幕上显示恢复码"))
    ] = None,
    force: Force = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Make a new recovery code, shown once; the one before opens no more. With `pdf` it counts once the sheet is written."""
    place = _file(book)
    with Workbench.open(place, passphrase(place), face="recovery") as workbench:
        workbench.register.check_free(pdf, replace=force)
        before = workbench.vault.recovery_since()

        def written(code: RecoveryCode) -> None:
            if pdf is not None:
                from workbench.sheets.recovery_sheet import recovery_pdf

                sheets = workbench.sheets
                sheets.save(recovery_pdf(code, place, **sheets.foot()), pdf, replace=force)

        code = workbench.vault.new_recovery(written)
        since = workbench.vault.recovery_since()
    if json:
        shown = None if pdf is not None else code.text
        print_json({"recovery": shown, "since": since, "before": before, "pdf": str(pdf) if pdf else None})
        return
    if pdf is not None:
        say(_("恢复单已写入 {path};打印后请删掉这个文件,它能打开账本。").format(path=pdf))
    else:
        say(_("恢复码(只显示这一次,请抄在纸上,锁起来):"))
        for start in (0, 4):
            say("  " + "   ".join(f"{n + 1} {code.groups[n]}" for n in range(start, start + 4)))
    if before is not None:
        say(_("{date} 的恢复码从现在起打不开这个账本了,那张单子请销毁。").format(date=before))


def _file(book: str | None) -> Path:
    """The book's file. Raises BookError file_only for a server, which admits its users by itself; WorkbenchError missing."""
    place = chosen(book) or default_book()
    if isinstance(place, ServerAddress):
        raise BookError("file_only", path=str(place))
    return place


def _typed_code() -> str:
    """The recovery code: from WORKBENCH_PASSPHRASE, where a passphrase would stand, or asked for."""
    if given := os.environ.get("WORKBENCH_PASSPHRASE"):
        return given
    if not sys.stdin.isatty():
        raise WorkbenchError(
            "no_passphrase",
            _("没有恢复码,打不开账本。"),
            _("请在终端里运行,或把恢复码放进环境变量 WORKBENCH_PASSPHRASE。"),
        )
    return getpass.getpass(_("恢复码:"))


def _new_passphrase() -> str:
    """The new passphrase: from WORKBENCH_NEW_PASSPHRASE, or asked for twice. Raises WorkbenchError no_passphrase,
    passphrase_differs."""
    if given := os.environ.get("WORKBENCH_NEW_PASSPHRASE"):
        return given
    if not sys.stdin.isatty():
        raise WorkbenchError(
            "no_passphrase",
            _("没有新口令,口令没有改。"),
            _("请在终端里运行,或设置环境变量 WORKBENCH_NEW_PASSPHRASE。"),
        )
    first = getpass.getpass(_("新口令:"))
    if getpass.getpass(_("再输一遍:")) != first:
        raise WorkbenchError("passphrase_differs", _("两次输入的口令不一样。"), _("请重新运行一次。"))
    return first
