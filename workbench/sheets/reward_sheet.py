"""The ledger of what givers were thanked with, on paper, ready to be signed: rule, referral, cap, value (domain 7, 8.5)."""

from collections.abc import Sequence
from typing import TypedDict

from workbench.base.dates import today
from workbench.base.i18n import _, language
from workbench.base.money import exact_yuan
from workbench.outreach.benefits.of_referrals import RewardLine
from workbench.people.privacy import print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, footer, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

REWARDS_PDF = SheetKind("rewards_pdf", ("name_masked", "customer_no_tail", "benefit", "referral"), "rewards")


class RewardRow(TypedDict):
    """A row of the sheet; `quiet`: nothing is given, nobody signs."""

    number: str
    giver: str
    referral: str
    benefit: str
    rule: str
    had: str
    value: str
    issued: str
    state: str
    quiet: bool


def rewards_pdf(lines: Sequence[RewardLine], rules: Rules, imprint: Imprint) -> Printed:
    """The ledger as PDF."""
    paper = rewards_content(lines, rules, imprint)
    return typeset_as(REWARDS_PDF, paper, f"{_('转介权益台账')} {today().isoformat()}", len(lines))


def rewards_content(lines: Sequence[RewardLine], rules: Rules, imprint: Imprint) -> dict[str, object]:
    """The sheet as plain values."""
    given = [one for one in lines if one.issued is not None and one.state != "dropped"]
    values = [one.value_fen for one in given if one.value_fen is not None]
    words = _("共 {n} 件:已发 {given} 份,{value} 元;可发 {earned} 份;核对后不发 {barred} 件。")
    return {
        "lang": language(),
        "title": _("转介权益台账"),
        "says": typeset(
            words.format(
                n=len(lines),
                given=len(given),
                value=exact_yuan(sum(values)) if values else "0",
                earned=sum(one.state == "earned" for one in lines),
                barred=sum(one.state == "barred" for one in lines),
            )
        ),
        "heads": [
            _("号"), _("转介人"), _("转介单号"), _("权益"), _("规则号"), _("今年/每年限"), _("价值(元)"), _("发放日"), _("状态"),
            _("转介人签收"),
        ],
        "rows": [_row(number, one, rules) for number, one in enumerate(lines, 1)],
        "nobody": typeset(_("还没有可以致谢的转介。")),
        "notes": [
            typeset(
                _("权益按公示的规则和上限发放,不与朋友买什么、存多少、贷多少挂钩;自己转介自己、循环、员工和中介的转介不发。")
            ),
            typeset(_("规则为本系统口径,可以改;以本行公示的为准。")),
        ],
        "signs": [_("经办"), _("复核"), _("主管"), _("日期")],
        "footer": footer(today().isoformat(), imprint),
    }  # fmt: skip


def state_word(line: RewardLine, rules: Rules) -> str:
    """Where a reward stands, in words."""
    code = line.state
    return rules.text(f"reward.state.{code}" if code in ("earned", "barred") else f"benefit.state.{code}")


def cap_words(line: RewardLine) -> str:
    """How many he had of it in the year, of how many."""
    cap = line.rule.cap
    return f"{line.had}/{cap}" if cap is not None else _("{n}/不限").format(n=line.had)


def _row(number: int, one: RewardLine, rules: Rules) -> RewardRow:
    return {
        "number": str(number),
        "giver": f"{print_name(one.task.giver_name)} {tail(one.task.giver_no)}".strip(),
        "referral": one.task.number or str(one.task.id),
        "benefit": typeset(one.rule.title),
        "rule": one.rule.code,
        "had": cap_words(one),
        "value": exact_yuan(one.value_fen),
        "issued": one.issued or "—",
        "state": typeset(state_word(one, rules)),
        "quiet": one.issued is None or one.state == "dropped",
    }
