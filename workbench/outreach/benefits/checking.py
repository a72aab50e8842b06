"""What a rule of a benefit may say (domain 8.4, 8.5): its texts, its numbers, what may be given for what."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.conditions import known_segments, level_codes, trigger_of
from workbench.outreach.benefits.shipped import benefit_words
from workbench.outreach.gifts.checking import checked_words
from workbench.outreach.gifts.reading import item_of
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, hold

#: days that a benefit may be valid, and times a year that a customer may get it
_LONGEST, _OFTEN = 1095, 365


def checked_rule(
    conn: Connection, rule: BenefitRule, rules: Rules, lines: Sequence[RedLine] | None = None
) -> BenefitRule:
    """The rule with its texts in one line each. `lines`: the red lines in force, None: those of the book.

    Raises WorkbenchError no_text, too_long, forbidden_gift, red_line, no_such_choice, bad_number, no_such_item, item_for_renewal,
    no_cap.
    """
    _check_choices(rule, rules)
    lines = lines_in_force(conn) if lines is None else lines
    name = _spoken(rule.name, _("权益名称"), "benefit.name_most", rules, lines)
    gives = _spoken(rule.gives, _("权益内容"), "benefit.words_most", rules, lines)
    if not name or not gives:
        what = _("权益名称") if not name else _("权益内容")
        raise WorkbenchError("no_text", _("没有写{what}。").format(what=what), _("请写一句客户得到什么。"))
    evidence = _spoken(rule.evidence, _("凭证"), "benefit.words_most", rules, lines)
    group = ""
    if rule.stack == "group":
        group = _spoken(rule.group, _("同享组"), "benefit.name_most", rules, lines)
    if rule.stack == "group" and not group:
        raise WorkbenchError(
            "no_text", _("选了“同组只享一项”,没有写是哪一组。"), _("请写组名,例如:健康、出行。")
        )
    _check_numbers(rule)
    if trigger_of(rule).stage:
        _check_thanks(rule, f"{name}{gives}", rules)
    if rule.item is not None:
        _check_item(conn, rule, rule.item)
    return replace(
        rule, name=name, gives=gives, evidence=evidence, group=group,
        owner=_line(rule.owner, _("负责人"), "benefit.name_most", rules),
        note=_line(rule.note, _("合规说明"), "benefit.words_most", rules),
        value_fen=None if rule.item is not None else rule.value_fen,
        shipped=False, off=False,
    )  # fmt: skip


def _spoken(text: str, what: str, most: str, rules: Rules, lines: Sequence[RedLine]) -> str:
    """A text that a customer may hear, in one line. Raises WorkbenchError too_long, forbidden_gift, red_line."""
    return hold(checked_words(text, what, rules, most), what, lines)


def _line(text: str, what: str, most: str, rules: Rules) -> str:
    """A text for the bank alone, which may name what is forbidden. Raises WorkbenchError too_long."""
    plain = " ".join(text.split())
    longest = rules.whole(most)
    if len(plain) > longest:
        raise WorkbenchError(
            "too_long",
            _("{what}有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(plain), most=longest),
            _("请写短一些再记下。"),
        )
    return plain


def _check_choices(rule: BenefitRule, rules: Rules) -> None:
    words = benefit_words()
    for what, code, known in (
        (_("触发条件"), rule.trigger, {key: one.name for key, one in words.triggers.items()}),
        (_("达标口径"), rule.measure, {key: one.name for key, one in words.measures.items()}),
        (_("次数"), rule.per, words.periods),
        (_("同享"), rule.stack, words.stacks),
    ):
        if code not in known:
            raise WorkbenchError(
                "no_such_choice",
                _("{what}里没有“{code}”。").format(what=what, code=code),
                _("可以用:{names}。").format(names=commas(_(name) for name in known.values())),
            )
    if not set(rule.levels) <= set(level_codes(rules)) or not known_segments(rule.segments):
        raise WorkbenchError(
            "no_such_choice", _("层级或客群里有不认识的代码。"), _("请从列表里选层级和客群。")
        )


def _check_numbers(rule: BenefitRule) -> None:
    for what, value, least, most in (
        (_("门槛(元)"), _yuan(rule.threshold_fen), 1, 10**10),
        (_("每份成本(元)"), _yuan(rule.value_fen), 0, 10**6),
        (_("全年预算(元)"), _yuan(rule.budget_fen), 0, 10**9),
        (_("每人每年最多几次"), rule.cap, 1, _OFTEN),
        (_("有效天数"), rule.days, 1, _LONGEST),
    ):
        if value is not None and not least <= value <= most:
            words = _("{what}是 {value},要在 {least} 到 {most} 之间。")
            raise WorkbenchError(
                "bad_number",
                words.format(what=what, value=f"{value:,.12g}", least=f"{least:,}", most=f"{most:,}"),
                _("请改好再存;没有上限的就空着。"),
            )


def _check_thanks(rule: BenefitRule, spoken: str, rules: Rules) -> None:
    """What thanks for a referral is capped, and no commission. Raises WorkbenchError no_cap, forbidden_gift."""
    if rule.cap is None:
        raise WorkbenchError(
            "no_cap",
            _("转介致谢没有写每人每年最多几份。"),
            _("请写一个上限并公示;没有上限的致谢等于返佣。"),
        )
    for word in rules.words("referrals.reward_never"):
        if word in spoken:
            raise WorkbenchError(
                "forbidden_gift",
                _("转介致谢里有“{word}”:不能因朋友买产品或贷款给转介人好处。").format(word=word),
                _("请改成服务或活动席位,与朋友办什么无关。"),
                word=word,
            )


def _check_item(conn: Connection, rule: BenefitRule, item: int) -> None:
    item_of(conn, item)
    if trigger_of(rule).no_item:
        raise WorkbenchError(
            "item_for_renewal",
            _("到期承接的权益不能发实物:把钱留下就送东西,是用实物揽存。"),
            _("请改成服务(例如咨询、体检预约),或者换一个触发条件。"),
        )


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100
