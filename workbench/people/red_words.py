"""The red lines in force in a book: those that come with the program, without what a branch left out, and its own words
(domain 8.5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.engine import Book
from db.journal import Writer
from db.playbook import banned_words
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, by_subject, red_lines_in, shipped_lines

_W = banned_words.c


@dataclass(frozen=True, slots=True)
class RedWord:
    """A word of the editor, with its red line; `own`: a branch added it, `off`: the shipped one is left out."""

    line: RedLine
    own: bool
    off: bool = False

    @property
    def word(self) -> str:
        """The word itself."""
        return self.line.word


def lines_in_force(conn: Connection) -> tuple[RedLine, ...]:
    """The red lines of a book, the longest word first, as of `rules.red_lines.red_lines_in`."""
    return tuple(one.line for one in _words(conn) if not one.off)


def _words(conn: Connection) -> list[RedWord]:
    """Every word, the longest first."""
    kept = {row.word: row for row in conn.execute(select(banned_words).order_by(_W.id))}
    off = {word for word, row in kept.items() if row.off}
    every = [RedWord(one, own=False, off=one.word in off) for one in shipped_lines()]
    every += [
        RedWord(RedLine(row.word, row.why or "", row.instead or ""), own=True)
        for row in kept.values()
        if not row.off
    ]
    return sorted(every, key=lambda one: -len(one.word))


class RedWords:
    """The words that nobody says to a customer, as a branch has them. Every write can be undone."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def all(self) -> tuple[RedWord, ...]:
        """Every word: the branch's own first, then those left out, then the others in the order of their file."""
        with in_words(), self._book.read() as conn:
            words = _words(conn)
        order = {line.word: place for place, line in enumerate(by_subject())}
        return tuple(sorted(words, key=lambda one: (not one.own, not one.off, order.get(one.word, 0))))

    def lines(self) -> tuple[RedLine, ...]:
        """Those in force."""
        with in_words(), self._book.read() as conn:
            return lines_in_force(conn)

    def crossed(self, text: str) -> tuple[RedLine, ...]:
        """The red lines that a text crosses, whatever it is said for."""
        return red_lines_in(text, self.lines())

    def add(self, word: str, why: str = "", instead: str = "") -> Change:
        """Add a word of the branch's own, or write one of its own anew. Raises WorkbenchError no_text, too_long, known_word."""
        plain = self._checked(word, "red_words.word_most", _("词"))
        if not plain:
            raise WorkbenchError("no_text", _("没有写词。"), _("请写一个不能说的词。"))
        reason = self._checked(why, "red_words.text_most", _("为什么"))
        allowed = self._checked(instead, "red_words.text_most", _("可以说"))
        if red_lines_in(allowed, [RedLine(plain, "", "")]):
            raise WorkbenchError(
                "known_word", _("“可以说”里又有“{word}”。").format(word=plain), _("请换一个说法。")
            )
        with in_words(), self._book.write("red_words", "add") as writer:
            kept = _kept(writer, plain)
            if any(one.word == plain for one in shipped_lines()):
                raise WorkbenchError(
                    "known_word",
                    _("“{word}”已经是程序自带的禁用词。").format(word=plain),
                    _("停用过的,请在表里恢复。"),
                )
            values = {"why": reason or None, "instead": allowed or None, "off": 0}
            if kept is None:
                writer.insert(banned_words, [{"word": plain, "made": today().isoformat(), **values}])
            else:
                writer.update(banned_words, kept, values)
            return Change.by(writer, 1)

    def leave_out(self, word: str) -> Change:
        """A word counts no more: one of the branch's own is deleted, a shipped one is left out. Raises WorkbenchError
        no_such_word."""
        with in_words(), self._book.write("red_words", "leave_out") as writer:
            kept, shipped = _kept(writer, word), any(one.word == word for one in shipped_lines())
            if kept is not None and not shipped:
                writer.delete(banned_words, [kept])
            elif shipped and kept is None:
                row = {"word": word, "why": None, "instead": None, "off": 1, "made": today().isoformat()}
                writer.insert(banned_words, [row])
            else:
                raise _unknown(word)
            return Change.by(writer, 1)

    def restore(self, word: str) -> Change:
        """A shipped word that was left out counts again. Raises WorkbenchError no_such_word."""
        with in_words(), self._book.write("red_words", "restore") as writer:
            kept = _kept(writer, word, off=True)
            if kept is None:
                raise _unknown(word)
            writer.delete(banned_words, [kept])
            return Change.by(writer, 1)

    def _checked(self, text: str, most: str, what: str) -> str:
        plain, longest = " ".join(text.split()), self._rules.whole(most)
        if len(plain) > longest:
            raise WorkbenchError(
                "too_long",
                _("“{what}”有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(plain), most=longest),
                _("请写短一些。"),
            )
        return plain


def in_force(book: Book) -> Sequence[RedLine]:
    """The red lines of a book, for who holds no connection."""
    with in_words(), book.read() as conn:
        return lines_in_force(conn)


def _kept(writer: Writer, word: str, *, off: bool | None = None) -> int | None:
    """The id of the row of a word; `off`: only where it says so."""
    query = select(_W.id).where(_W.word == word)
    if off is not None:
        query = query.where(_W.off == int(off))
    return writer.conn.execute(query).scalar()


def _unknown(word: str) -> WorkbenchError:
    return WorkbenchError("no_such_word", _("禁用词里没有“{word}”。").format(word=word))
