"""The end of each book's audit as this PC saw it last: an older book put in its place shows at the next opening."""

import contextlib
import hashlib
import json
from pathlib import Path

from db.audit import Anchor
from db.engine import Book
from db.errors import BookError
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.pc import settings_folder
from workbench.base.small_files import small_text

#: books that are remembered; the longest unseen go first
_MOST = 50
#: a file larger than this is not ours
_LARGEST = 100_000


def changed_since_seen(book: Book) -> WorkbenchError | None:
    """What somebody should know who opens a book that is older than what this PC saw last, or not that book; None when it is as
    it was or has grown, and for one that this PC never saw. Then it is remembered as it is: said once."""
    kept = kept_anchors().get(_place(book))
    held = None
    if kept is not None:
        with contextlib.suppress(BookError):
            held = Anchor.parse(kept)
    with in_words():
        finding = book.held_against(held) if held is not None else None
        stands = book.anchor()
    saw(book)
    if held is None or finding is None:
        return None
    if finding.code == "anchor_beyond":
        words = _("这个账本比这台电脑上次看到的旧:上次审计到 {before},现在只到 {now}。")
    else:
        words = _("这个账本和这台电脑上次看到的不是同一个:上次审计到 {before},现在到 {now}。")
    return WorkbenchError(
        finding.code,
        words.format(before=held.shown, now=stands.shown),
        _("刚恢复过备份或者换过账本,就是正常的,可以接着用;没有换过,请先查清是谁动过账本文件。"),
    )


def saw(book: Book) -> None:
    """Remember where the audit stands. What cannot be remembered is left: no book stays shut for it."""
    with in_words():
        stands = book.anchor()
    kept = kept_anchors()
    place = _place(book)
    kept.pop(place, None)
    kept[place] = f"{stands.number}:{stands.seal}"
    body = json.dumps(dict(list(kept.items())[-_MOST:]), indent=1)
    with contextlib.suppress(OSError, WorkbenchError):
        target = _file()
        part = target.with_suffix(".part")
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(body, "utf-8")
        part.replace(target)


def _place(book: Book) -> str:
    """By what a book is known without its path, which may name somebody."""
    try:
        where = str(book.path.absolute())
    except BookError:  # on a server
        where = book.shown
    return hashlib.sha256(where.encode()).hexdigest()[:32]


def kept_anchors() -> dict[str, str]:
    """Book (without its name) -> where its audit stood. Nothing where the file is none of ours."""
    try:
        raw = json.loads(small_text(_file(), _LARGEST))
    except (OSError, ValueError, RecursionError, WorkbenchError):
        return {}
    return {str(k): v for k, v in raw.items() if isinstance(v, str)} if isinstance(raw, dict) else {}


def _file() -> Path:
    return settings_folder() / "anchors.json"
