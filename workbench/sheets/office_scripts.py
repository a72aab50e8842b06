"""总行话术: the form in which head office's set of scripts is filled in outside and comes back (domain 10.1)."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib

from workbench.base.errors import RowProblem
from workbench.insight.genes.data import letters, segments
from workbench.insight.measures.cues import LETTERS
from workbench.insight.selling.kinds import regimes
from workbench.outreach.codes import contact_codes
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.own import OfficeTaken
from workbench.rules.parameters import Rules
from workbench.sheets.forms_back.fixed_form import FixedForm, FormColumn, FormKind, FormRead, FormRow, refuse
from workbench.sheets.forms_back.form_cells import FormValue
from workbench.sheets.forms_back.template import form_template
from workbench.sheets.printed import Printed

_NEEDED = frozenset({"code", "scene", "text"})
_SEVERAL = ("segment", "style", "stage", "channel")
_STAGES = ("J1", "J2", "J3", "J4", "J5")
_RISKS = ("1", "2", "3", "4", "5")
#: characters of a column: the widest holds the text
_WIDTHS = {"code": 8, "text": 60, "never": 24}
_MOST = 300
_APART = re.compile(r"[;;\n]+")


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((files("resources") / "playbook" / "office_form.toml").read_text("utf-8"))


def office_form(rules: Rules) -> FixedForm:
    """The form, with the words of this program for scenes, segments and the rest."""
    body = _words()
    choices: dict[str, dict[str, str]] = {
        "scene": {one.code: one.name for one in library().scenes.values()},
        "segment": {one.code: one.name for one in segments()},
        "style": {code: letters()[code].name for code in LETTERS},
        "stage": {code: rules.text(f"journey.{code}") for code in _STAGES},
        "channel": {one.code: one.shipped for one in contact_codes("channels")},
        "regime": {one.code: one.name for one in regimes()},
        "risk": {one: f"R{one}" for one in _RISKS},
    }
    columns = []
    for one in body["heading"]:
        key = one["key"]
        kind: FormKind = "choices" if key in _SEVERAL else "choice" if key in choices else "text"
        columns.append(
            FormColumn(
                key, one["name"], kind, one["how"], key in _NEEDED, choices.get(key, {}), _MOST,
                width=_WIDTHS.get(key, 14),
            )
        )  # fmt: skip
    return FixedForm("office_scripts", body["title"], body["about"], tuple(columns), tuple(_examples()))


def office_template(rules: Rules) -> Printed:
    """The empty form as a workbook."""
    return form_template(office_form(rules))


def office_rows(read: FormRead) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The rows of a filled form, (number, entry) each, in their order."""
    return tuple((row.text("code"), _entry(row)) for row in read.rows)


def refused_scripts(read: FormRead, taken: OfficeTaken) -> tuple[RowProblem, ...]:
    """Every row that stayed out, in the order of the file: by the form, and by the playbook with its reason."""
    stayed = [
        refuse(read.rows[at], error.code, error.sentence()) for at, error in sorted(taken.faults.items())
    ]
    return tuple(sorted((*read.refused, *stayed), key=lambda one: (one.sheet, one.row or 0)))


def _entry(row: FormRow) -> dict[str, Any]:
    entry: dict[str, Any] = {"scene": row.text("scene"), "text": row.text("text")}
    entry |= {name: list(row.several(name)) for name in _SEVERAL if row.several(name)}
    entry |= {name: row.text(name) for name in ("regime", "source") if row.text(name)}
    if row.text("risk"):
        entry["risk"] = int(row.text("risk"))
    if never := [one.strip() for one in _APART.split(row.text("never")) if one.strip()]:
        entry["never"] = never
    return entry


def _examples() -> Sequence[dict[str, FormValue]]:
    return [
        {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}
        for one in _words()["example"]
    ]
