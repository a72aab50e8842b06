"""What a row of the builder can ask of a term, by its kind, and how that reads in the language of conditions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language import tree
from workbench.insight.language.builder import Operator, Row, as_groups, of_groups
from workbench.insight.language.formatted import formatted, named, quoted
from workbench.insight.language.functions import function_of
from workbench.insight.language.parse import parse
from workbench.insight.language.touched import meant, words
from workbench.insight.language.tree import Node, Query

#: what is typed behind a form: a value of the term's kind, several, a number of days or months, or a contact
Edit = Literal["value", "many", "days", "month", "contact"]
Find = Callable[[str], Term | None]
_DATE_FUNCTIONS = ("days_since", "days_until", "month")


@dataclass(frozen=True, slots=True)
class Form:
    """One comparison: its words, its operator, the function that `wraps` the term.

    `lead` are fixed literals before what is typed, `values` is how many literals are typed.
    """

    words: str
    operator: Operator
    values: int = 1
    edit: Edit = "value"
    wraps: str = ""
    lead: tuple[str, ...] = ()
    #: for a list or a contact: those who are not on it, or had none
    negated: bool = False


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row filled in: `values` are the typed literals in the language of conditions."""

    term: Term
    form: Form
    values: tuple[str, ...] = ()


def lists_term(lists: Iterable[tuple[str, str]]) -> Term:
    """The term for being on a saved list; `lists` are (number, name)."""
    return Term("list()", _("所在的名单"), "enum", values=tuple(lists), aliases=(_("名单"), "list"))


def contact_term() -> Term:
    """The term for a past contact."""
    shown = tuple((code, name) for _column, code, name in words())
    return Term("touched()", _("联系过"), "enum", values=shown, aliases=(_("联系"), "touched"))


def forms(term: Term) -> tuple[Form, ...]:
    """The comparisons that a term allows, the most usual first."""
    if term.name == "list()":
        return (Form(_("在名单里"), ""), Form(_("不在名单里"), "", negated=True))
    if term.name == "touched()":
        return (Form(_("有过"), "", edit="contact"), Form(_("没有过"), "", edit="contact", negated=True))
    presence = (Form(_("没有值"), "is missing", 0), Form(_("有值"), "is told", 0))
    match term.kind:
        case "flag":
            return (Form(_("是"), "", 0), Form(_("否"), "=", 0, lead=("否",)), *presence)
        case "enum":
            order = (Form(_("不低于"), ">="), Form(_("不高于"), "<=")) if term.ordered else ()
            several = (Form(_("属于"), "in", edit="many"), Form(_("不属于"), "not in", edit="many"))
            return (Form(_("是"), "="), Form(_("不是"), "<>"), *order, *several, *presence)
        case "text":
            return (
                Form(_("包含"), "contains"), Form(_("不包含"), "not contains"), Form(_("等于"), "="), *presence,
            )  # fmt: skip
        case "date":
            return (
                Form(_("最近几天内"), "between", edit="days", wraps="days_since", lead=("0",)),
                Form(_("今后几天内"), "between", edit="days", wraps="days_until", lead=("0",)),
                Form(_("已过去超过"), ">", edit="days", wraps="days_since"),
                Form(_("不早于"), ">="), Form(_("不晚于"), "<="), Form(_("介于"), "between", 2),
                Form(_("在几月"), "=", edit="month", wraps="month"), *presence,
            )  # fmt: skip
    return (
        Form(_("不少于"), ">="), Form(_("超过"), ">"), Form(_("不超过"), "<="), Form(_("少于"), "<"),
        Form(_("介于"), "between", 2), Form(_("等于"), "="), *presence,
    )  # fmt: skip


# -- from and to the rows of the builder -----------------------------------------------------------------------


def written(filled: FilledRow) -> Row:
    """The row in the language of conditions; empty, and so left out, while values are missing."""
    term, form = filled.term, filled.form
    if term.name in ("list()", "touched()"):
        if not filled.values:
            return Row("")
        arguments = ", ".join(filled.values)
        function = term.name.removesuffix("()")
        return Row(f"{'not ' if form.negated else ''}{function}({arguments})")
    word = named(term.name)
    subject = f"{form.wraps}({word})" if form.wraps else word
    return Row(subject, form.operator, (*form.lead, *filled.values))


def read(row: Row, find: Find, *, negated: bool = False) -> FilledRow | None:
    """The row as a form can show it; None where it says more than a form can."""
    node = parse(row.subject).condition
    wraps = ""
    if isinstance(node, tree.Call):
        function = function_of(node.function)
        name = function.name if function else ""
        if name in ("list", "touched") and row.operator == "":
            return _special(name, node, find, negated=negated)
        if name in _DATE_FUNCTIONS and node.arguments:
            wraps, node = name, node.arguments[0]
        elif name in ("tag", "signal", "field") and node.arguments:
            node = tree.Name(tree.word_of(node.arguments[0]))
    term = find(node.word) if isinstance(node, tree.Name) else None
    if term is None:
        return None
    return _plain(term, row, wraps, negated=negated)


def _special(name: str, node: tree.Call, find: Find, *, negated: bool) -> FilledRow | None:
    term = find(f"{name}()")
    word = tree.word_of(node.arguments[0]) if node.arguments else ""
    if term is None or not word:
        return None
    form = next(form for form in forms(term) if form.negated == negated)
    if name == "list":
        number = next((code for code, label in term.values if word in (code, label)), None)
        return None if number is None else FilledRow(term, form, (quoted(number),))
    meanings = meant(word)
    days = node.arguments[1] if len(node.arguments) > 1 else None
    if not meanings or not (days is None or isinstance(days, tree.Number)):
        return None
    return FilledRow(term, form, (quoted(meanings[0][1]), *((days.text,) if days else ())))


def _plain(term: Term, row: Row, wraps: str, *, negated: bool) -> FilledRow | None:
    if negated and not (term.kind == "flag" and row.operator == "" and not wraps):
        return None
    if term.kind == "flag" and row.operator in ("", "=") and row.values in ((), ("是",)):
        row = Row(row.subject, "=", ("否",)) if negated else Row(row.subject)
    for form in forms(term):
        lead, values = row.values[: len(form.lead)], row.values[len(form.lead) :]
        if (form.operator, form.wraps, form.lead) != (row.operator, wraps, lead):
            continue
        whole = len(values) == form.values or (form.edit == "many" and bool(values))
        if whole and all(_can_be_typed(term, form, value) for value in values):
            return FilledRow(term, form, values)
    return None


def _can_be_typed(term: Term, form: Form, text: str) -> bool:
    node = literal(text)
    number = isinstance(node, tree.Number) or (
        isinstance(node, tree.Negative) and isinstance(node.inner, tree.Number)
    )
    if form.edit in ("days", "month"):
        return isinstance(node, tree.Number) and node.text.isdecimal()
    match term.kind:
        case "enum":
            return choice(term, text) is not None
        case "text":
            return isinstance(node, tree.Text)
        case "date":
            return isinstance(node, tree.Date)
        case "flag":
            return isinstance(node, tree.TruthValue)
    return number


def literal(text: str) -> Node | None:
    """The syntax node of a literal; None when it cannot be read."""
    try:
        condition = parse(f"x = {text}").condition
    except WorkbenchError:
        return None
    return condition.right if isinstance(condition, tree.Compare) else None


def choice(term: Term, text: str) -> str | None:
    """The code of an enumeration's value given as code or label; None when there is none."""
    node = literal(text)
    word = tree.word_of(node) if node is not None else ""
    plain = "".join(word.split()).lower()
    return next(
        (code for code, label in term.values if plain in (code.lower(), "".join(label.split()).lower())), None
    )


def finder(terms: Sequence[Term]) -> Find:
    """A lookup of these terms by name, label or alias; spaces and case do not matter."""
    by_word: dict[str, Term] = {}
    for term in terms:
        for word in (term.name, term.label, *term.aliases):
            by_word.setdefault("".join(word.split()).lower(), term)
    return lambda word: by_word.get("".join(word.split()).lower())


# -- the whole text ----------------------------------------------------------------------------------------------


def limit_text(query: Query) -> str:
    """'top 50 by average', '' without a limit."""
    return formatted(Query(None, query.limit)) if query.limit is not None else ""


def unlimited(text: str) -> str:
    """The condition without its 'first n by …'."""
    query = parse(text)
    return of_groups(as_groups(query)) if query.limit is not None else text


def sole_list(text: str) -> str | None:
    """The list that a condition asks for, if it asks for nothing else; None otherwise."""
    query = parse(text)
    node = query.condition
    if query.limit is None and isinstance(node, tree.Call) and node.arguments:
        function = function_of(node.function)
        if function is not None and function.name == "list":
            return tree.word_of(node.arguments[0])
    return None
