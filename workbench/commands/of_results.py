"""Commands of the way back: a filled sheet as a file, or typed row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from workbench.app import Workbench
from workbench.base.change import Change, Progress
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Full,
    FullPurpose,
    complain,
    in_full,
    opened,
    print_json,
    progress,
    say,
)
from workbench.commands.picture_answers import Answers, left_open, read_all, settle, tell
from workbench.outreach.results.entering import Entering
from workbench.sheets.picture.review import PictureReview
from workbench.trust.register import Outgoing

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("只看会录入什么,不写入"))]
TakeMine = Annotated[bool, typer.Option("--take-mine", help=_("账本后来有了新记录的行,也按单子上的录入"))]
#: most rows that the missing ones are named of
_NAMED = 12


@command("results")
def results(
    files: Annotated[
        list[Path], typer.Argument(help=_("填好的 xlsx,或者单子的照片、扫描的 PDF(几页可以一起写)"))
    ],
    answer: Answers = None,
    dry_run: DryRun = False,
    take_mine: TakeMine = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> int:
    """Enter a filled sheet, or pictures of sheets, in one change; exit status 2 where a file is refused or a picture leaves a
    question open, 0 where nothing is filled in."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        with progress(quiet=json) as report:
            read = read_all(workbench, files, report)
        if isinstance(read, PictureReview):
            settle(read, answer or ())
            if not json:
                tell(read)
            if read.questions:
                return left_open(workbench, read, as_json=json, in_full=why)
            entering = read.entering()
        elif answer:
            raise WorkbenchError("usage", _("--answer 只用于照片。"), _("表格里的结果请直接改在表格里。"))
        else:
            entering = read
        notices = read.notices if isinstance(read, PictureReview) else None
        enter(
            workbench, entering, dry_run=dry_run, take_mine=take_mine, as_json=json, in_full=why, notices=notices
        )  # fmt: skip
    return 0


@command("keypad")
def keypad(
    typed: Annotated[list[str], typer.Argument(help=_("行号和结果代码,成对写:3 1 7 4"), metavar="ROW CODE")],
    sheet: Annotated[str | None, typer.Option("--sheet", help=_("编号;最近只打过一张时可以不写"))] = None,
    dry_run: DryRun = False,
    take_mine: TakeMine = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Enter pairs of a row number and a result in one change; nothing is entered where one of them is wrong."""
    why = in_full(full, purpose, json)
    words = [word for text in typed for word in text.split()]
    if len(words) % 2:
        raise WorkbenchError(
            "usage", _("行号和结果代码要成对写,最后一个没有配对。"), _("例如:workbench keypad 3 1 7 4")
        )
    with opened(chosen(book)) as workbench:
        pad = workbench.results.keypad(sheet)
        for row, code in zip(words[::2], words[1::2], strict=True):
            entry = pad.type(row, code)
            if entry.fault:
                raise WorkbenchError("bad_row", entry.fault, _("没有录入任何一行,请改好再来。"))
        entering = workbench.results.of_keypad(pad)
        enter(workbench, entering, dry_run=dry_run, take_mine=take_mine, as_json=json, in_full=why)
        if not json and (missing := pad.missing_words(_NAMED)):
            say(missing)


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file given to `import` that was a sheet of our own: what was entered of it."""

    path: Path
    entering: Entering
    change: Change
    dry_run: bool

    def handed_over(self, workbench: Workbench) -> object:
        """The document that stands beside the files of the import, registered like that of `results`."""
        body = self.entering.as_json(self.change.undo_id, 0 if self.dry_run else self.change.count)
        what = Outgoing("results_json", len(body["rows"]) + len(body["conflicts"]))
        return workbench.register.hand_over(what, {"file": str(self.path), **body})

    def show(self) -> None:
        """Print it."""
        say(_("{file} 是本系统打出来的单子,按结果录入:").format(file=self.path.name))
        show(self.entering, self.change, dry_run=self.dry_run)


def take_back(workbench: Workbench, path: Path, report: Progress, *, dry_run: bool) -> ReturnedFile:
    """Enter a sheet of our own that was given to another command. Raises WorkbenchError as `ComingBack.of_file`."""
    entering = workbench.results.of_file(path, report)
    change = Change.nothing() if dry_run else entering.enter()
    return ReturnedFile(path, entering, change, dry_run)


def enter(
    workbench: Workbench,
    entering: Entering,
    *,
    dry_run: bool,
    take_mine: bool,
    as_json: bool,
    in_full: str = "",
    notices: Sequence[str] | None = None,
) -> None:
    """Enter what may be entered, unless it is a dry run, and print what became of every row; `notices` of pictures."""
    if take_mine:
        entering.take_all()
    chosen_rows = len(entering.chosen)
    change = Change.nothing() if dry_run else entering.enter()
    if as_json:
        body = entering.as_json(change.undo_id, 0 if dry_run else chosen_rows)
        named = len(body["rows"]) + len(body["conflicts"])
        whole = body if notices is None else {**body, "questions": [], "notices": list(notices)}
        print_json(workbench.register.hand_over(Outgoing("results_json", named, in_full=in_full), whole))
        return
    show(entering, change, dry_run=dry_run)


def show(entering: Entering, change: Change, *, dry_run: bool) -> None:
    """Print what became of a sheet."""
    say(_("编号 {numbers}").format(numbers=commas(entering.numbers)), style="bold")
    for row in entering.rows if dry_run else ():
        say(_("  第 {row} 号 {who}:{word}").format(row=row.label, who=row.who, word=row.mark.word))
    for row in entering.conflicts:
        words = _("  第 {row} 号 {who}:单子上是 {sheet},账本里 {book},按{taken}")
        taken = _("单子") if entering.taken(row) else _("账本(要按单子录入请加 --take-mine)")
        say(words.format(row=row.label, who=row.who, sheet=row.mark.word, book=row.there, taken=taken))
    for problem in entering.problems:
        complain("  " + problem.message + problem.proposal)
    counts = _("录入 {n} 行,没有填 {empty} 行,已在账本里 {same} 行,有冲突 {conflicts} 行,不能录入 {wrong} 行")
    say(
        counts.format(
            n=0 if dry_run else change.count, empty=entering.empty, same=entering.unchanged,
            conflicts=len(entering.conflicts), wrong=len(entering.problems),
        )
    )  # fmt: skip
    if change.undo_id is not None:
        say(_("撤销请用 workbench undo --change {change}").format(change=change.undo_id))
