"""Commands of the safety of data: the backups that are made by themselves, what a restore would change, salvage."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from db.stores.address import ServerAddress
from workbench.base.i18n import _
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, complain, opened, passphrase, print_json, say

if TYPE_CHECKING:
    from db.salvaging import Salvaged


@command("backups")
def backups(
    now: Annotated[bool, typer.Option("--now", help=_("现在做一份,放进备份文件夹"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """List the backups beside the book; with `now` make one first."""
    from workbench.trust.backups import why_words

    with opened(chosen(book)) as workbench:
        made = workbench.backups.now() if now else None
        there = workbench.backups.lying()
        folder = workbench.backups.folder
    if json:
        lines = [{"path": str(one.path), "why": one.why, "day": one.day, "bytes": one.size} for one in there]
        print_json({"folder": str(folder), "made": str(made) if made else None, "backups": lines})
        return
    if made is not None:
        say(_("已备份到 {path}(口令与账本相同)").format(path=made))
    say(_("备份文件夹 {folder}:{n} 份").format(folder=folder, n=len(there)))
    for one in there:
        words = "  {day}  {why}  {size:.1f} MB  {name}"
        say(words.format(day=one.day, why=why_words(one.why), size=one.size / 1e6, name=one.path.name))


def show_difference(file: Path, where: "Path | ServerAddress | None", *, as_json: bool) -> None:
    """Print what a restore of `file` would change in the book."""
    from workbench.base.errors import WorkbenchError
    from workbench.trust.comparing import compare, returning_words, sentence

    with opened(where) as workbench:
        try:
            one = compare(workbench.book, file)
        except WorkbenchError as error:
            if error.code != "wrong_passphrase":
                raise
            one = compare(workbench.book, file, passphrase(file))
    if as_json:
        print_json({**asdict(one), "path": str(one.path)})
        return
    say(sentence(one))
    if one.month_now != one.month_then:
        words = _("最新名单:现在 {now},备份 {then}")
        say(words.format(now=one.month_now or _("无"), then=one.month_then or _("无")))
    for table in one.tables:
        say(_("{what}:现在 {now} 行,备份 {then} 行").format(what=table.words, now=table.now, then=table.then))
    if one.gone:
        say(_("会少 {n} 位客户").format(n=one.gone))
    if one.back:
        say(_("会多出 {n} 位客户").format(n=one.back))
    if words := returning_words(one):
        say(words)
    for lost in one.lost:
        say(f"  {lost.at}  {lost.words}")


@command("salvage")
def salvage(
    target: Annotated[Path, typer.Argument(help=_("新账本放在哪里(扩展名 .book)"))],
    json: AsJson = False,
    book: Book = None,
) -> int:
    """Make a new book from what can be read of a damaged one; exit status 2 when something of it is lost."""
    from db.errors import BookError
    from workbench.app import Workbench
    from workbench.base.pc import default_book

    where = chosen(book) or default_book()
    if isinstance(where, ServerAddress):
        raise BookError("file_only", path=str(where))
    done = Workbench.salvage(where, target, passphrase(where))
    if json:
        tables = [{**asdict(one), "whole": one.whole} for one in done.tables]
        head = {"source": str(done.source), "book": str(done.book), "pages": done.pages}
        print_json({**head, "bad_pages": done.bad_pages, "sealed": done.sealed, "tables": tables})
    else:
        _tell(done)
    return 2 if done.broken else 0


def _tell(done: "Salvaged") -> None:
    from workbench.trust.salvage_words import report

    first, *rest = report(done)
    say(first)
    for line in rest:
        complain(line)
