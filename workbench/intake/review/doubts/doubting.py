"""What every doubt about a sheet is given, and the question that it makes of it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.base.i18n import _, commas
from workbench.intake.book.diff import Diff
from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.columns.heading_keys import keys
from workbench.intake.report import ColumnMatch, CommitQuestion
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules


@dataclass(frozen=True)
class Doubting:
    """A checked and compared sheet, with what is known of fields and rules."""

    state: SheetState
    checked: AcceptedRows
    diff: Diff
    catalogue: FieldCatalogue
    rules: Rules

    def settled(self, code: str) -> frozenset[str]:
        """The subjects of this doubt that a person answered on an earlier sheet of the dialect."""
        before = self.state.before
        return before.answered.get(code, frozenset()) if before is not None else frozenset()

    def key_of(self, match: ColumnMatch) -> str:
        """The key of a column's heading, by which the dialect remembers it."""
        return self._keys[match.index] if self._keys else ""

    @cached_property
    def _keys(self) -> list[str]:
        layout = self.state.layout
        return keys(layout.names) if layout is not None else []

    def open_columns(self, code: str, indices: Collection[int]) -> list[ColumnMatch]:
        """The columns at these places that were not settled for this doubt on an earlier sheet."""
        settled = self.settled(code)
        return [
            match for match in self.state.matches
            if match.index in indices and self.key_of(match) not in settled
        ]  # fmt: skip

    def question(
        self, code: str, words: str, subjects: Sequence[str] = (), reason: str = ""
    ) -> CommitQuestion:
        """The question of this code, with the reason that was given on this sheet, else with `reason`."""
        given = self.state.reasons.get(code, "") or reason
        return CommitQuestion(self.state.sheet.name, code, words, given, tuple(subjects))

    def some(self, words: Sequence[str]) -> str:
        """The first few words in one line, with the total number when not all are listed."""
        most = self.rules.whole("intake.lost_shown")
        listed = commas(words[:most])
        return listed if len(words) <= most else _("{items}等 {n} 项").format(items=listed, n=len(words))


def named(match: ColumnMatch) -> str:
    """“联系方式”(F 列)."""
    return _("“{column}”({letter} 列)").format(column=match.header, letter=match.letter)


#: one doubt: its questions, open or answered, in the order in which they are shown
Doubt = Callable[[Doubting], Iterator[CommitQuestion]]
