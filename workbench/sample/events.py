"""What happens to a customer besides money: pay, contacts, risk tests, complaints, a move to another city."""

import datetime as dt
from random import Random

from workbench.sample.material import Row, between, material, whole
from workbench.sample.months import Month
from workbench.sample.people import Person, address_in, age_on, payday_in


class Agenda:
    """The dated facts of one customer, month by month."""

    def __init__(self, rng: Random, person: Person, story: str | None, months: tuple[Month, ...]) -> None:
        self._person, self._months = person, months
        last = months[-1].last
        self._pays = self._payroll(rng, story)
        self._paid_before = whole(rng, (6, 60))
        self._tested = self._risk_test(rng, story, last)
        self._complaints = self._complained(rng, story, last)
        self._contacts = self._contacted(rng)
        self._moved = self._move(rng, story)
        self._loan = self._borrowed(rng)
        notes = material("names")["notes"]
        self._note = rng.choice(notes["texts"]) if rng.random() < notes["share"] else None
        self._points = whole(rng, material("branch")["service"]["points"])
        branch_notes = material("sheets")["notes"]
        told = rng.random() < branch_notes["branch_note_share"]
        self._branch_note = rng.choice(branch_notes["branch_notes"]) if told else None

    def paid(self, index: int) -> int:
        """The pay that arrives in a month, in fen; 0 for none."""
        day_and_pay = self._pays[index]
        return day_and_pay[1] if day_and_pay else 0

    def facts(self, index: int) -> Row:
        """The fields of a month's row that are not balances or flows."""
        person, month = self._person, self._months[index]
        city, address, employer = person.city, person.address, person.employer
        if self._moved is not None and index >= self._moved[0]:
            _index, city, address, employer = self._moved
        pay_days = [p[0] for p in self._pays[: index + 1] if p]
        run = 0
        for pay in self._pays[: index + 1]:
            run = run + 1 if pay else 0
        complaints = [d for d in self._complaints if d <= month.last]
        contacts = [d for d in self._contacts if d <= month.last]
        return {
            "customer_no": person.customer_no,
            "name": person.name,
            "gender": person.gender,
            "birth_date": person.birth,
            "age": age_on(person.birth, month.last),
            "id_type": person.id_type,
            "id_no": person.id_no,
            "phone": person.phone,
            "occupation": person.occupation,
            "employer": employer,
            "residence_city": city,
            "residence_address": address,
            "education": person.education,
            "marital_status": person.marital_status,
            "manager_name": person.manager_name,
            "manager_no": person.manager_no,
            "branch": person.branch,
            "open_date": person.opened,
            "loan_balance": max(0, int(self._loan * (1 - 0.006 * index))),
            "is_payroll": self._pays[index] is not None,
            "payroll_employer": person.employer if person.pay else None,
            "payroll_amount": self.paid(index),
            "last_payroll_date": pay_days[-1] if pay_days else None,
            "payroll_months": run + self._paid_before if run == index + 1 else run,
            "risk_level": person.risk_level,
            "risk_expiry_date": self._expiry(month.last),
            "wecom_friend": person.wecom,
            "marketing_opt_out": person.opt_out,
            "utility_autopay": person.utility,
            "complaint_count": len(complaints),
            "last_complaint_date": complaints[-1] if complaints else None,
            "last_contact_date": contacts[-1] if contacts else None,
            "note": self._note,
            "points": self._points,
            "branch_note": self._branch_note,
        }

    def _payroll(self, rng: Random, story: str | None) -> list[tuple[dt.date, int] | None]:
        person, count = self._person, len(self._months)
        if not person.pay:
            return [None] * count
        missed = whole(rng, material("stories")[story]["missed_months"]) if story == "payroll_stops" else 0
        noise = material("employers")["pay_noise"]
        return [
            (payday_in(person, month.first, rng), round(person.pay * (1 + noise * rng.uniform(-1, 1)), -2))
            if index < count - missed
            else None
            for index, month in enumerate(self._months)
        ]

    def _risk_test(self, rng: Random, story: str | None, last: dt.date) -> tuple[dt.date, bool]:
        """The expiry of some test, and whether it was never taken again."""
        service = material("branch")["service"]
        if story == "unsuitable_holding" and self._person.risk_level not in _levels_of_holders(self._person):
            raise AssertionError
        return last, bool(service)

    def _expiry(self, day: dt.date) -> dt.date:
        return day

    def _complained(self, rng: Random, story: str | None, last: dt.date) -> list[dt.date]:
        service = material("branch")["service"]
        if story == "complaint":
            rules = material("stories")[story]
            days = sorted(whole(rng, rules["days"]) for _ in range(whole(rng, rules["counts"])))
            return [last - dt.timedelta(days=d) for d in reversed(days)]
        if rng.random() < service["old_complaint_share"]:
            return [last - dt.timedelta(days=whole(rng, service["old_complaint_days"]))]
        return []
