"""产品包: the form in which product sheets are filled in outside and come back (domain 13.4)."""

from collections.abc import Iterable, Sequence

from workbench.base.errors import RowProblem
from workbench.base.i18n import _
from workbench.insight.selling.checking import filled
from workbench.insight.selling.kinds import (
    PLAIN,
    NamedCode,
    every_line,
    homework,
    margins,
    models,
    regimes,
    roles,
    templates,
)
from workbench.insight.selling.room import SheetsTaken
from workbench.insight.selling.sheet import NewSheet, ProductSheet
from workbench.rules.parameters import Rules
from workbench.sheets.forms_back.fixed_form import FixedForm, FormColumn, FormKind, FormRead, FormRow, refuse
from workbench.sheets.forms_back.form_cells import FormValue
from workbench.sheets.forms_back.template import form_template
from workbench.sheets.printed import Printed

#: columns that every row has to fill; what a template needs besides is told by the room
_NEEDED = frozenset({"code", "role", "model", "margin"})
_SHORT, _LONG = 12, 30


def product_form(rules: Rules) -> FixedForm:
    """The form: what a sheet is, then its lines; its examples are the two templates of the outlines."""
    words, columns = homework(), []
    choices = {
        "template": {code: one.name for code, one in templates().items()},
        "role": _by_code(roles()),
        "model": _by_code(models()),
        "margin": _by_code(margins()),
        "regime": _by_code(regimes()),
    }
    for key, name, how in words.headings:
        kind: FormKind = "choice" if key in choices else "day" if key == "review" else "text"
        columns.append(
            FormColumn(
                key, name, kind, how, key in _NEEDED, choices.get(key, {}), rules.whole("sheets.name_most"), width=_SHORT
            )
        )  # fmt: skip
    lines = [FormColumn(one.code, one.name, how=one.hint, most=one.most, width=_LONG) for one in every_line()]
    return FixedForm("product_sheets", words.title, words.about, (*columns, *lines), _examples())


def product_template(sheets: Sequence[ProductSheet], rules: Rules) -> Printed:
    """The form as a workbook, with the sheets that there are."""
    rows = [
        {
            "code": one.code, "name": one.name, "template": one.template, "role": one.role, "model": one.model,
            "margin": one.margin, "regime": one.regime, "review": one.review, **one.texts,
        }
        for one in sheets
    ]  # fmt: skip
    return form_template(product_form(rules), rows)


def new_sheets(read: FormRead) -> tuple[NewSheet, ...]:
    """The rows of a filled form as sheets to be stored, in their order."""
    return tuple(_new(row) for row in read.rows)


def refused_rows(read: FormRead, taken: SheetsTaken) -> tuple[RowProblem, ...]:
    """Every row that stayed out, in the order of the file: by the form, and by the room with its reason."""
    stayed = [
        refuse(read.rows[at], error.code, error.sentence()) for at, error in sorted(taken.faults.items())
    ]
    return tuple(sorted((*read.refused, *stayed), key=lambda one: (one.sheet, one.row or 0)))


def _new(row: FormRow) -> NewSheet:
    texts = {one.code: row.text(one.code) for one in every_line() if row.text(one.code)}
    return NewSheet(
        row.text("code"), row.text("name"), row.text("template") or PLAIN, row.text("role"), row.text("model"),
        row.text("margin"), row.text("regime"), texts, row.text("review"),
    )  # fmt: skip


def _by_code(among: Iterable[NamedCode]) -> dict[str, str]:
    return {one.code: one.name for one in among}


def _examples() -> tuple[dict[str, FormValue], ...]:
    made = []
    for code, one in templates().items():
        if one.fill:
            texts: dict[str, FormValue] = {**filled(code)}
            own: dict[str, FormValue] = {line.code: _(line.hint) for line in one.own}
            made.append(
                {"name": _(one.name), "template": code, "role": one.role, "model": one.model, "margin": one.margin, **own}
                | texts
            )  # fmt: skip
    return tuple(made)
