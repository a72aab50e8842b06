"""The reasons to leave customers off a list, by its purpose (domain 11.4)."""

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from db.known import lists
from workbench.base.errors import WorkbenchError
from workbench.base.expressions import Expr
from workbench.base.i18n import _, commas
from workbench.insight.language.formatted import quoted
from workbench.insight.picking.question import ConditionReader
from workbench.insight.products.barring import barred_words
from workbench.insight.tags.definition import filled
from workbench.insight.tags.layers import Layers
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class ExclusionReason:
    """One reason to leave a customer out, as a condition; NULL leaves nobody out."""

    code: str
    label: str
    holds: Expr


def purposes(rules: Rules) -> tuple[tuple[str, str], ...]:
    """The purposes of lists as (code, name in the language in use)."""
    return tuple((code, rules.text(f"picking.purpose.{code}")) for code in rules.words("picking.purposes"))


def purpose_label(rules: Rules, purpose: str) -> str:
    """The name of a purpose; free text is its own name."""
    return dict(purposes(rules)).get(purpose, purpose)


def known_purpose(rules: Rules, purpose: str) -> str:
    """The code of a purpose by its code or name; free text stays. Raises WorkbenchError no_purpose."""
    plain = purpose.strip()
    if not plain:
        raise WorkbenchError(
            "no_purpose",
            _("没有写名单的用途。"),
            _("可以用:{names};也可以自己写。").format(names=commas(f"{c}({n})" for c, n in purposes(rules))),
        )
    return next((code for code, name in purposes(rules) if plain in (code, name)), plain)


def reasons(
    conn: Connection, layers: Layers, rules: Rules, question: ConditionReader, purpose: str
) -> tuple[ExclusionReason, ...]:
    """The reasons of a purpose, in order; free text counts as marketing, to be on the safe side."""
    if not purpose:
        return ()
    code = purpose if purpose in rules.words("picking.purposes") else "marketing"
    return tuple(
        ExclusionReason(
            reason, rules.text(f"picking.reason.{reason}"), _condition(conn, layers, rules, question, reason)
        )
        for reason in rules.words(f"picking.exclude.{code}")
    )


def _condition(
    conn: Connection, layers: Layers, rules: Rules, question: ConditionReader, reason: str
) -> Expr:
    if reason == "control":
        return _control(conn, layers, question)
    if reason == "no_products":
        return question.also(barred_words(rules))
    return question.also(filled(str(rules[f"picking.when.{reason}"]), rules.__getitem__))


def _control(conn: Connection, layers: Layers, question: ConditionReader) -> Expr:
    """Whether the customer is in a control group that has not expired."""
    query = select(lists.c.number).where(
        lists.c.purpose == "control", or_(lists.c.expires.is_(None), lists.c.expires >= layers.day)
    )
    groups = [question.also(f"list({quoted(number)})") for number in conn.execute(query).scalars()]
    return or_(*groups) if groups else layers.customer_id != layers.customer_id
