"""The sample branch as a book: its lists written, imported one after the other, registered, and marked as made up."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db import vault
from db.engine import Book
from workbench.app import Workbench
from workbench.base.change import Progress, silent
from workbench.base.dates import month_of, shift_month, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.pc import SAMPLE_PASSPHRASE, sample_book
from workbench.base.settings import SAMPLE
from workbench.intake.report import FileReport
from workbench.sample.branch import SampleBranch, make_branch
from workbench.sample.past_benefits import put_past_benefits
from workbench.sample.past_care import put_past_care
from workbench.sample.past_cases import put_past_cases
from workbench.sample.past_plans import put_past_plans
from workbench.sample.product_sheets import put_product_sheets
from workbench.sample.truth import is_sample

#: share of the work that writing the lists takes
_WRITING = 0.3


@dataclass(frozen=True, slots=True)
class SampleBook:
    """The open book, the branch that it was made from, and what its imports reported."""

    workbench: Workbench
    branch: SampleBranch
    files: tuple[FileReport, ...]


def make_sample(
    folder: Path | None = None, customers: int = 1000, months: int = 14, progress: Progress = silent
) -> SampleBook:
    """Make the branch with its newest list of last month; an earlier sample in the folder is replaced.

    Nothing half made stays behind. Raises WorkbenchError not_a_demo for a folder with anybody else's files, sample_size,
    sample_folder, and Cancelled.
    """
    book = sample_book(folder)
    lists = book.parent / _("名单")
    _must_be_ours(lists, book)
    branch = make_branch(
        lists,
        customers,
        months,
        last_month=shift_month(month_of(today().isoformat()), -1),
        progress=lambda done, total: progress(_WRITING * done / total, _("写样本支行的名单")),
    )
    with in_words():
        vault.remove(book)
    workbench = Workbench.create(book, SAMPLE_PASSPHRASE)
    try:
        files = _import(workbench, (*branch.files, *branch.lists), progress)
        register(workbench, branch)
        workbench.set("branch", _("样本支行(虚构数据)"))
        workbench.set(SAMPLE, True)
    except BaseException:
        workbench.close()
        with in_words():
            vault.remove(book)
        raise
    return SampleBook(workbench, branch, tuple(files))


def open_sample(folder: Path | None = None) -> Workbench | None:
    """The book of a sample branch that was made before, open; None where there is none, or one that was not finished."""
    book = sample_book(folder)
    if not book.exists():
        return None
    try:
        workbench = Workbench.open(book, SAMPLE_PASSPHRASE)
    except WorkbenchError as error:
        if error.code == "wrong_passphrase":
            return None
        raise
    if workbench.is_sample:
        return workbench
    workbench.close()
    return None


def register(workbench: Workbench, branch: SampleBranch) -> None:
    """Record what a manager writes down by hand: family and company links, observed cues, services, plans of past
    weeks, what is said of the products, benefits, hard moments, needs, experts and referrals."""
    for tie in branch.ties:
        workbench.insight.links.add(
            tie.customer_no, tie.kind, other_no=tie.other_no, other_name=tie.other_name, note=tie.note
        )
    for card in branch.cards:
        workbench.insight.genes.tick(card.customer_no, card.cues, card.day.isoformat())
    for done in branch.services:
        workbench.insight.towers.record_service(
            done.customer_no, done.kind, done.day.isoformat(), done.until.isoformat() if done.until else None
        )
    put_past_plans(workbench, branch.planned)
    put_product_sheets(workbench)
    put_past_benefits(workbench)
    put_past_cases(workbench)
    put_past_care(workbench)


def _import(workbench: Workbench, files: Sequence[Path], progress: Progress) -> list[FileReport]:
    done = []
    for number, path in enumerate(files):
        progress(_WRITING + (1 - _WRITING) * number / len(files), _("导入 {file}").format(file=path.name))
        session = workbench.intake.read(path)
        session.confirm_similar()
        done.append(session.commit())
    return done


def _must_be_ours(lists: Path, book: Path) -> None:
    """Refuse a folder whose book or lists are not an earlier sample's: those are replaced.

    Raises WorkbenchError not_a_demo, and what opening a book raises.
    """
    if lists.is_dir() and any(lists.iterdir()) and not is_sample(lists):
        raise _not_ours(lists)
    if not book.exists() or not book.stat().st_size:
        return
    try:
        with in_words():
            Book.open(book, SAMPLE_PASSPHRASE).close()
    except WorkbenchError as error:
        if error.code == "wrong_passphrase":
            raise _not_ours(book) from error
        raise


def _not_ours(what: Path) -> WorkbenchError:
    return WorkbenchError(
        "not_a_demo",
        _("{path} 不是样本支行留下的,没有动它。").format(path=what),
        _("请用 --dir 另选一个空文件夹。"),
    )
