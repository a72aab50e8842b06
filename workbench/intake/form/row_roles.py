"""Says of one row whether it is data, a repeated header or title, a total, a note, or blank."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.intake.catalogue.fields import catalogue
from workbench.rules.parameters import Rules

Role = Literal["title", "header", "data", "total", "subtotal", "note", "blank", "template"]

_ID_LIKE = re.compile(r"(?=.*\d)[0-9A-Za-z_\-./*]+")
_RULED = re.compile(r"[-=_*~—–─━═…·.+|\s]+")
_PAGE = re.compile(r"(第\d+页|共\d+页|[-—]\d+[-—]|PAGE\d+|\d+/\d+页)", re.IGNORECASE)
_LABELLED = re.compile(r"(?!\d)[^:]{1,12}:")
_WORD = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"[-+(¥]?[\d,.]+[%)]?(?:[户人笔个]|万元|亿元|元)?")


#: Characters of a cell that decide the role of its row; a cell may hold a million.
LONGEST = 400


def plain(text: str) -> str:
    """Half-width, capitals, no spaces: the form in which words are compared; a long text counts by its beginning."""
    return "".join(unicodedata.normalize("NFKC", text[:LONGEST]).split()).upper()


def id_like(text: str) -> bool:
    """Whether a text could be somebody's number: a digit, and nothing but digits, Latin letters and -_./*"""
    return _ID_LIKE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words that name rows, in their plain form."""

    totals: tuple[str, ...]
    subtotals: tuple[str, ...]
    #: running totals (本年累计)
    running: tuple[str, ...]
    pages: tuple[str, ...]
    notes: tuple[str, ...]
    #: words for the whole bank or branch, which label a total only where nothing else stands (全行)
    whole: tuple[str, ...]
    #: words for figures about the list that are no sums (户均, 最大值)
    figures: tuple[str, ...]
    #: headings of fields that a line of labels and values tells of the rows below it
    labels: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rules: Rules) -> "RowWords":
        """The words of the rules in force."""

        def words(name: str) -> tuple[str, ...]:
            return tuple(plain(word) for word in rules.words(f"intake.{name}"))

        fields = [catalogue()[key] for key in rules.words("intake.line_fields")]
        labels = frozenset(plain(word) for one in fields for word in (one.label, *one.synonyms))
        return cls(
            words("total_words"), words("subtotal_words"), words("running_words"), words("page_words"),
            words("note_words"), words("whole_words"), words("figure_words"), labels,
        )  # fmt: skip

    def all_totals(self) -> tuple[str, ...]:
        """The words of all kinds of totals."""
        return (*self.totals, *self.subtotals, *self.running)

    def runs(self, text: str) -> bool:
        """Whether a label is that of a running total."""
        return any(word in text for word in self.running)

    def total(self, text: str, *, loose: bool, longer: int = 6) -> Role | None:
        """The role of a row with this label (plain form), None for no total: '合计', '合计:', '本页小计',
        '全行合计(14183户)', but not a name that contains the word.

        `loose` also takes a label with up to `longer` characters more, as in the key column.
        """
        bare = re.sub(r"(?<!^)[(:].*$|[^\w]+$", "", text)
        if any(word in bare for word in self.pages) and len(bare) <= 8:
            return "subtotal"
        for role, spellings in (("subtotal", self.subtotals), ("total", self.totals)):
            for word in spellings:
                if bare == word or (loose and _with_label(bare, word, longer)):
                    return "subtotal" if role == "subtotal" else "total"
        ends = any(bare == word or (loose and bare.endswith(word)) for word in self.running)
        return "total" if ends and len(bare) <= longer + 2 else None

    def pairs(self, texts: Sequence[str]) -> bool:
        """Whether the filled cells of a row (plain form) are labels and values in turn: 客户经理 | 王芳 | 工号 | 00123."""
        names, values = texts[::2], texts[1::2]
        return (
            bool(texts) and len(names) == len(values)
            and all(name.endswith(":") or name in self.labels for name in names)
            and not any(value.endswith(":") or value in self.labels for value in values)
        )  # fmt: skip

    def starts_note(self, text: str) -> bool:
        """Whether a text (in plain form) begins like a note, or is a page number."""
        return text.startswith(self.notes) or (len(text) <= 24 and bool(_PAGE.search(text)))


def _with_label(bare: str, word: str, longer: int) -> bool:
    if not (bare.startswith(word) or bare.endswith(word)) or len(bare) > len(word) + longer:
        return False
    # SUMMER is no SUM
    return not word.isascii() or bool(re.fullmatch(rf"[^A-Z]*{re.escape(word)}[^A-Z]*", bare))


def role(
    cells: Sequence[str], key: int, heads: Sequence[Sequence[str]], above: frozenset[str], words: RowWords
) -> Role:
    """The role of a row whose key cell (index `key`) is no number.

    `cells` are the row's cells as shown, `heads` the rows of the header and its joined names, `above` the texts of
    the rows over the header. In doubt it is data: a wrong guess must never lose a customer.
    """
    filled = [text for text in cells if text]
    if not filled:
        return "blank"
    if any(_repeats(cells, head, len(filled)) for head in heads):
        return "header"
    if "  ".join(filled) in above:
        return "title"
    texts = [plain(text) for text in filled]
    if all(_RULED.fullmatch(text) for text in texts):
        return "note"
    first = plain(cells[key]) or texts[0]
    if named := words.total(first, loose=True):
        return named
    bare = [text for text in texts if not _NUMBER.fullmatch(text)]
    for text in bare:
        # another column's label: the very word, or the only text of the row
        if named := words.total(text, loose=len(bare) == 1):
            return named
    if len(bare) == 1 and bare[0] in words.whole and len(texts) > 1:
        return "total"
    if len(bare) == 1 and bare[0].rstrip(":") in words.figures:
        return "note"
    if words.starts_note(first) and len(filled) <= max(3, len(cells) // 3):
        return "note"
    if len(filled) <= 4 and all(_LABELLED.match(text) or _PAGE.search(text) for text in texts):
        return "note"
    if words.pairs(texts):
        return "note"
    if len(filled) == 1 and len(cells) > 2 and _WORD.search(first) and not id_like(first):
        # a name that stands alone under its heading may be a person's
        at_key = bool(cells[key]) or cells.index(filled[0]) == 0
        return "note" if at_key or len(first) > 4 else "data"
    return "data"


def _repeats(cells: Sequence[str], head: Sequence[str], filled: int) -> bool:
    """Whether most of the row's texts are those of a header row, each in its own column."""
    same = sum(text == name for text, name in zip(cells, head, strict=False) if text)
    return same > filled * 0.6
