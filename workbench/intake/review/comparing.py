"""Compares checked sheets with the book: differences, a re-issue of the month, movements, candidates for rows."""

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from db.tables import customers
from db.tombstones import Tombstones
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.intake.book import movements
from workbench.intake.book.diff import Diff, compare_customers, usual_length
from workbench.intake.book.diff_keyed import compare_keyed
from workbench.intake.book.diff_lines import compare_lines
from workbench.intake.book.reissue import earlier_issue, left_behind
from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.cells.parsed import as_texts
from workbench.intake.cells.values import CellReader
from workbench.intake.checking.known_numbers import KnownNumbers, bare
from workbench.intake.checking.plan import AcceptedRows, BookFacts
from workbench.intake.columns import custom
from workbench.intake.report import Candidate
from workbench.intake.review.lost_fields import lost_fields
from workbench.intake.review.referring import referring_problems
from workbench.intake.review.reporting import Reporter
from workbench.intake.review.same_month import SameMonthSheets, as_a_whole
from workbench.intake.review.sizes import unlike_sizes
from workbench.intake.review.state import SheetState
from workbench.intake.who.identity import Nameless, candidates
from workbench.intake.who.merging import aliases
from workbench.people.id_hashes import hashed, id_key
from workbench.rules.parameters import Rules

#: Fields that identify a person without a number -> how they are read; in the order of `Nameless`.
_TELLING = {"name": "name", "phone": "phone", "id_no": "idcard", "birth_date": "date"}


def book_facts(conn: Connection) -> BookFacts:
    """What the checks need to know of the book."""
    own = {one.key: one for one in custom.read_all(conn)}
    merged = aliases(conn)
    numbers = conn.execute(select(customers.c.customer_no)).scalars()
    return BookFacts(
        usual_length(conn),
        merged,
        KnownNumbers([*numbers, *merged]),
        own,
        today(),
        Tombstones.of(conn),
        id_key(conn),
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison of a file's sheets with the book, one after the other; `digest` is the hash of the file."""

    conn: Connection
    digest: str
    catalogue: FieldCatalogue
    rules: Rules
    #: customers whom the sheets compared so far bring
    coming: set[str] = field(default_factory=set)

    def compare(self, state: SheetState, checked: AcceptedRows, beside: SameMonthSheets) -> None:
        """Fill the diff of `state` and what is computed from it; `beside` are the sheets of the same month."""
        conn, catalogue, rules = self.conn, self.catalogue, self.rules
        state.shared = (
            dict(beside.shared(checked))
            if catalogue.kinds[checked.kind].policy in ("snapshot", "key")
            else {}
        )
        state.quality = None
        if checked.kind == "customers":
            self._customers(state, checked, beside)
        elif catalogue.kinds[checked.kind].policy == "key":
            state.diff = compare_keyed(conn, checked, catalogue, rules)
        else:
            state.diff = compare_lines(conn, checked, catalogue, rules, frozenset(self.coming))
        state.referring = (
            referring_problems(conn, state, checked, rules) if checked.kind == "referrals" else ()
        )
        state.candidates = _candidates(conn, state, checked, rules)
        state.lost = lost_fields(conn, state, checked, beside, catalogue, rules)

    def _customers(self, state: SheetState, checked: AcceptedRows, beside: SameMonthSheets) -> None:
        conn, rules = self.conn, self.rules
        state.diff = diff = compare_customers(conn, checked, self.catalogue, rules)
        self.coming.update(checked.keys)
        headings = [match.header for match in state.matches]
        state.issue = issue = earlier_issue(conn, checked, headings, self.digest, rules)
        replaced = issue is not None and state.replaces
        present = [*checked.keys, *beside.keys()]
        diff.removed_snapshots = list(left_behind(conn, issue, present)) if issue and replaced else []
        as_a_whole(conn, checked, diff, beside, self.catalogue, rules)
        _not_gone(state, checked, diff, rules)
        before = None if diff.unit_suspect else diff.month_before
        state.sizes = unlike_sizes(conn, checked, before, self.catalogue, rules)
        chain = issue.chain if issue and replaced else ()
        moved = movements.movements(conn, checked, diff.vanished, diff.fresh, rules, replaced=chain)
        state.movements = tuple(
            replace(one, cause=state.causes[one.customer_no], chosen=True)
            if one.customer_no in state.causes
            else one
            for one in moved
        )


def _not_gone(state: SheetState, checked: AcceptedRows, diff: Diff, rules: Rules) -> None:
    """A customer whose row was refused has not left the list."""
    column = state.key_column()
    if column is None or not checked.refusals:
        return
    cells = [state.sheet.columns[column][row] for row in checked.refusals]
    numbers = as_texts(CellReader(rules).column(cells, "id").values)
    refused = {bare(number) or number for number in numbers if number}
    diff.vanished = [pair for pair in diff.vanished if (bare(pair[0]) or pair[0]) not in refused]


def _candidates(
    conn: Connection, state: SheetState, checked: AcceptedRows, rules: Rules
) -> tuple[Candidate, ...]:
    """Candidates for the rows without a customer number; those that a person settled are confirmed."""
    rows = sorted({*checked.nameless, *state.numbers})
    if not rows:
        return ()
    columns = {
        name: as_texts(
            CellReader(rules).column([state.sheet.columns[index][row] for row in rows], kind).values
        )
        for name, kind in _TELLING.items()
        if (index := state.column_of(name)) is not None
    }
    if "id_no" in columns and (key := id_key(conn)) is not None:
        columns["id_no"] = [hashed(key, one) if one else None for one in columns["id_no"]]
    nameless = [
        Nameless(row, *(columns[name][number] if name in columns else None for name in _TELLING))
        for number, row in enumerate(rows)
    ]
    return tuple(
        replace(
            one, row=state.sheet.shown_row(one.row), confirmed=state.numbers.get(one.row) == one.customer_no
        )
        for one in candidates(conn, nameless, rules)
    )


def refuse_unconfirmed(
    reporter: Reporter, state: SheetState, checked: AcceptedRows, without_conflicts: bool
) -> None:
    """Raise what stops a commit: conflicting rows, a wrong unit, totals or guards that nobody confirmed.

    Raises WorkbenchError duplicate_customer, unit_suspect, or the code of a CommitQuestion.
    """
    if checked.conflicts and not without_conflicts:
        words = _("工作表“{sheet}”里有 {n} 个号码出现在不止一行,内容又不同(如第 {rows} 行)。")
        hint = _(
            "请在表里只留正确的一行再导入,或者选择不导入这几位(命令行用 --leave-out-conflicts);账本没有改动。"
        )
        if any(fix.key == "sum" for fix in checked.fixes):
            hint = _("一行是一个账户的,可以选择相加(命令行用 --fix sum:金额相加,其余取第一个有值的)。") + hint
        raise WorkbenchError(
            "duplicate_customer",
            words.format(sheet=state.sheet.name, n=len(checked.conflicts), rows=checked.conflicts[0]), hint,
        )  # fmt: skip
    if state.diff is not None and state.diff.unit_suspect:
        raise WorkbenchError(
            "unit_suspect", state.diff.unit_suspect,
            _("请核对后指定正确的金额单位(命令行用 --unit 元 或 --unit 万元)再导入;账本没有改动。"),
        )  # fmt: skip
    for question in reporter.questions(state):
        if not question.reason:
            raise WorkbenchError(
                question.code, _("工作表“{sheet}”:{words}").format(sheet=question.sheet, words=question.words),
                _("核对无误的,请写明原因再写入(命令行用 --confirm {code}=原因);账本没有改动。").format(code=question.code),
            )  # fmt: skip
