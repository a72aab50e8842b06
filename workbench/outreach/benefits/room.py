"""`Benefits`: the rules of a book, who is eligible, what was issued, used, and what runs out. Every write is undoable."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from db.journal import Writer
from db.playbook import benefit_grants, benefits
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import days_after, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.outreach.benefits.benefit import BenefitPerson, BenefitRule, Refused
from workbench.outreach.benefits.checking import checked_rule
from workbench.outreach.benefits.eligible import Eligibility
from workbench.outreach.benefits.grants import OPEN, grants_of, sums_of
from workbench.outreach.benefits.issuing import Issuing
from workbench.outreach.benefits.of_referrals import give_back, use_up
from workbench.outreach.benefits.own_rules import KnownRules, keep, kept_id, rule_of, rules_in_force
from workbench.outreach.benefits.reading import BenefitReader
from workbench.outreach.gifts.checking import checked_words
from workbench.outreach.gifts.reading import items_of
from workbench.outreach.promises.room import checked_day
from workbench.people.find import customer_id
from workbench.people.red_words import lines_in_force
from workbench.rules.red_lines import RedLine

_G = benefit_grants.c


@dataclass(frozen=True, slots=True)
class Issued:
    """How many got a benefit, and who did not and why."""

    change: Change
    issued: int
    refused: tuple[Refused, ...] = ()


class Benefits(BenefitReader):
    """The benefits of a book: what `BenefitReader` tells of them, and every write."""

    # -- what customers get ----------------------------------------------------------------------------------

    def issue(self, code: str, numbers: Sequence[str], reason: str = "") -> Issued:
        """Give a benefit to customers, each who may have it; where nobody may, the first refusal is raised. `reason`: why
        somebody gets it who does not meet the conditions.

        Raises WorkbenchError no_such_benefit, benefit_off, no_such_customer, nobody, too_long, and as `Issuing.check`.
        """
        if not numbers:
            raise WorkbenchError("nobody", _("没有选客户。"), _("请先选一位或几位客户。"))
        why = checked_words(reason, _("理由"), self._rules, "benefit.words_most")
        self._engine.ensure()
        day = today()
        refused: list[Refused] = []
        with in_words():
            with self._book.read() as conn:
                _layers, who = self._eligible(conn, day)
                rule = _on(conn, code)
                eligibility = who.of(rule)
            with self._book.write("benefit", "issue") as writer:
                conn = writer.conn
                known = {one.code: one for one in rules_in_force(conn)}
                issuing = self._issuing(conn, rule, known, day, eligibility, why)
                last: WorkbenchError | None = None
                done = 0
                for number in dict.fromkeys(numbers):
                    person = customer_id(conn, number)
                    his = grants_of(conn, known, self._rules, _G.customer_id == person)
                    try:
                        issuing.check(conn, person, his)
                    except WorkbenchError as error:
                        last = last or error
                        refused.append(Refused(number, error.message))
                    else:
                        self._give(writer, rule, issuing, person, day, why)
                        done += 1
                if last is not None and not done:
                    raise last
                return Issued(Change.by(writer, done), done, tuple(refused))

    def use(self, customer_no: str, code: str, day: str = "") -> Change:
        """Write down that a customer used what he has of a benefit, on a day (ISO; '': today), that which runs out first.

        Raises WorkbenchError no_such_customer, no_such_benefit, none_open, bad_date, date_in_future, past_date.
        """
        on = _day_of_use(day)
        with in_words(), self._book.write("benefit", "use") as writer:
            conn = writer.conn
            person, rule = customer_id(conn, customer_no), rule_of(conn, code)
            his = grants_of(conn, {rule.code: rule}, self._rules, _G.customer_id == person)
            mine = [one for one in his if one.benefit == rule.code]
            open_now = sorted(
                (one for one in mine if _usable(one, on)), key=lambda one: one.valid_until or "9999"
            )
            if not open_now:
                raise _none_open(rule, mine)
            return self._use(writer, open_now[0], on)

    def use_grants(self, grants: Sequence[int], day: str = "") -> Change:
        """The same of grants by id. Raises WorkbenchError no_such_grant, grant_ended, bad_date, date_in_future, past_date."""
        on = _day_of_use(day)
        with in_words(), self._book.write("benefit", "use") as writer:
            for one in self._some(writer.conn, grants, on):
                self._use(writer, one, on)
            return Change.by(writer, len(grants))

    def drop(self, grants: Sequence[int], why: str = "") -> Change:
        """Take grants (ids) back that were not used: their money and things are free again. Raises WorkbenchError no_such_grant,
        grant_ended, too_long."""
        note = checked_words(why, _("理由"), self._rules, "benefit.words_most")
        with in_words(), self._book.write("benefit", "drop") as writer:
            for one in self._some(writer.conn, grants):
                row: dict[str, Value] = {"state": "dropped"}
                writer.update(benefit_grants, one.grant, row | ({"note": note} if note else {}))
                give_back(writer, one)
            return Change.by(writer, len(grants))

    # -- rules -----------------------------------------------------------------------------------------------

    def put(self, rule: BenefitRule) -> Change:
        """Keep a rule as the branch's own, in the place of that of its code ('': a new one), and use it. Raises WorkbenchError as
        `checked_rule`, and benefit_twice."""
        with in_words(), self._book.write("benefit", "put") as writer:
            conn = writer.conn
            self._put(writer, rule, KnownRules(rules_in_force(conn)), lines_in_force(conn))
            return Change.by(writer, 1)

    def put_many(
        self, rules: Sequence[BenefitRule], refuse: Callable[[int, WorkbenchError], object]
    ) -> Change:
        """Keep rules in one change; of a name that there is already, in its place. `refuse(place, error)` is told of each that
        may not be kept; the others are."""
        kept = 0
        with in_words(), self._book.write("benefit", "import") as writer:
            conn = writer.conn
            known, lines = KnownRules(rules_in_force(conn)), lines_in_force(conn)
            for place, rule in enumerate(rules):
                try:
                    self._put(writer, replace(rule, code=known.code_of(rule.name)), known, lines)
                except WorkbenchError as error:
                    refuse(place, error)
                else:
                    kept += 1
            return Change.by(writer, kept)

    def leave_out(self, code: str) -> Change:
        """Use a rule no longer: what was given by it stays. Raises WorkbenchError no_such_benefit."""
        with in_words(), self._book.write("benefit", "leave_out") as writer:
            keep(writer, rule_of(writer.conn, code), off=True)
            return Change.by(writer, 1)

    def restore(self, code: str) -> Change:
        """Use a rule again that was left out; a shipped one that is in use becomes again as it was shipped. Raises WorkbenchError
        no_such_benefit."""
        with in_words(), self._book.write("benefit", "restore") as writer:
            rule = rule_of(writer.conn, code)
            own = kept_id(writer.conn, rule.code)
            if rule.off:
                keep(writer, rule)
            elif rule.shipped and own is not None:
                writer.delete(benefits, [own])
            return Change.by(writer, 1)

    # -- parts -----------------------------------------------------------------------------------------------

    def _issuing(
        self,
        conn: Connection,
        rule: BenefitRule,
        known: dict[str, BenefitRule],
        day: dt.date,
        eligibility: Eligibility,
        reason: str,
    ) -> Issuing:
        items = {one.id: one for one in items_of(conn)}
        sums = sums_of(grants_of(conn, known, self._rules, _G.benefit == rule.code), day.year)
        item = items.get(rule.item) if rule.item is not None else None
        return Issuing(
            rule, known, self._rules, day, eligibility, reason, spent_fen=sums.spent_fen, item=item
        )

    def _give(
        self, writer: Writer, rule: BenefitRule, issuing: Issuing, person: int, day: dt.date, why: str
    ) -> None:
        days = rule.days if rule.days is not None else self._rules.whole("benefit.valid_days")
        row: dict[str, Value] = {
            "state": "issued", "issued": day.isoformat(), "valid_until": days_after(day.isoformat(), days), "used": None,
            "value": issuing.value_fen, "note": why or None,
        }  # fmt: skip
        key: dict[str, Value] = {
            "customer_id": person, "benefit": rule.code, "occasion": issuing.occasion,
        }  # fmt: skip
        again = writer.conn.execute(
            select(_G.id).where(*(_G[name] == value for name, value in key.items()))
        ).scalar()
        if again is None:
            writer.insert(benefit_grants, [key | row])
        else:  # taken back before
            writer.update(benefit_grants, again, row)
        if not why:
            use_up(writer, rule, person, self._rules, day.isoformat())

    def _use(self, writer: Writer, one: BenefitPerson, on: str) -> Change:
        issued = one.issued or "0001-01-01"
        if on < issued:
            words = _("“{name}”{day} 才发,不会在那之前用掉。")
            raise WorkbenchError(
                "past_date",
                words.format(name=one.title, day=issued),
                _("请填 {day} 或以后。").format(day=issued),
            )
        writer.update(benefit_grants, one.grant, {"state": "used", "used": on})
        return Change.by(writer, 1)

    def _some(self, conn: Connection, grants: Sequence[int], on: str = "") -> tuple[BenefitPerson, ...]:
        """Grants by id that can still be used or taken back, or could be used on a day (ISO). Raises WorkbenchError
        no_such_grant, grant_ended."""
        read = self._grants(conn, rules_in_force(conn), _G.id.in_(list(grants)))
        if not grants or len(read) < len(set(grants)):
            raise WorkbenchError("no_such_grant", _("这一份权益已经不在了。"), _("请刷新页面再选。"))
        ended = next((one for one in read if not (_usable(one, on) if on else one.state in OPEN)), None)
        if ended is not None:
            state = self._rules.text(f"benefit.state.{ended.state}")
            words = _("“{name}”这一份是“{state}”,不能再登记使用或作废。")
            raise WorkbenchError(
                "grant_ended", words.format(name=ended.title, state=state), _("记错了请撤销那一步。")
            )
        return read

    def _put(self, writer: Writer, rule: BenefitRule, known: KnownRules, lines: Sequence[RedLine]) -> None:
        checked = checked_rule(writer.conn, rule, self._rules, lines)
        same = known.code_of(checked.name)
        if same and same != checked.code:
            raise WorkbenchError(
                "benefit_twice",
                _("已经有“{name}”这项权益。").format(name=checked.name),
                _("请改那一项,或者换一个名称。"),
            )
        checked = checked if checked.code else replace(checked, code=known.new_code())
        keep(writer, checked)
        known.add(checked)


def _day_of_use(day: str) -> str:
    """The day (ISO) on which something was used, '' for today. Raises WorkbenchError bad_date, date_in_future."""
    on = checked_day(day, "0001-01-01") if day.strip() else today().isoformat()
    if on > today().isoformat():
        raise WorkbenchError(
            "date_in_future", _("{day} 还没有到。").format(day=on), _("请填用掉的那一天,今天或以前。")
        )
    return on


def _usable(one: BenefitPerson, on: str) -> bool:
    """Whether it could be used on a day: one that ran out since was used in time, and is written down only now."""
    return one.state in OPEN or (one.state == "expired" and on <= (one.valid_until or ""))


def _on(conn: Connection, code: str) -> BenefitRule:
    """A rule that is in use. Raises WorkbenchError no_such_benefit, benefit_off."""
    rule = rule_of(conn, code)
    if rule.off:
        raise WorkbenchError(
            "benefit_off", _("“{name}”已经停用,不能发。").format(name=rule.title), _("请先恢复这条规则。")
        )
    return rule


def _none_open(rule: BenefitRule, mine: Sequence[BenefitPerson]) -> WorkbenchError:
    expired = max((one.valid_until or "" for one in mine if one.state == "expired"), default="")
    if expired:
        words = _("“{name}”{day} 已经到期,没有用掉。").format(name=rule.title, day=expired)
        return WorkbenchError("none_open", words, _("到期的不能再登记使用;下一期再发。"))
    return WorkbenchError(
        "none_open",
        _("这位客户没有还没用的“{name}”。").format(name=rule.title),
        _("请先发放,再登记使用。"),
    )
