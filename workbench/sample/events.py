"""What happens to a customer besides money: pay, contacts, risk tests, complaints, a move to another city."""

import datetime as dt
from random import Random

from workbench.sample.material import Row, between, material, whole
from workbench.sample.months import Month
from workbench.sample.people import SamplePerson, address_in, age_on, payday_in


class LifeEvents:
    """The dated facts of one customer, month by month.

    `expired`: the risk test is not taken again when it runs out; `high`: contacts follow the shorter gap.
    """

    def __init__(
        self,
        rng: Random,
        person: SamplePerson,
        story: str | None,
        months: tuple[Month, ...],
        expired: bool,
        high: bool,
    ) -> None:
        self._person, self._months = person, months
        last = months[-1].last
        self._pays = self._payroll(rng, story)
        self._paid_before = whole(rng, (6, 60))
        self._tested = self._risk_test(rng, last, expired)
        self._complaints = self._complained(rng, story, last)
        self._contacts = self._contacted(rng, high)
        self._moved = self._move(rng, story)
        self._loan = self._borrowed(rng)
        self._repaid: float = material("branch")["service"]["loan_repaid"]
        notes = material("names")["notes"]
        self._note = rng.choice(notes["texts"]) if rng.random() < notes["share"] else None
        self._points = whole(rng, material("branch")["service"]["points"])
        branch_notes = material("sheets")["notes"]
        noted = rng.random() < branch_notes["branch_note_share"]
        self._branch_note = rng.choice(branch_notes["branch_notes"]) if noted else None

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
            "loan_balance": max(0, int(self._loan * (1 - self._repaid * index))),
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

    def _risk_test(self, rng: Random, last: dt.date, expired: bool) -> tuple[dt.date, bool]:
        """A day on which a risk test expires, and whether it is the last one."""
        if expired:
            return last - dt.timedelta(
                days=whole(rng, material("stories")["unsuitable_holding"]["expired_days"])
            ), True
        return last + dt.timedelta(
            days=whole(rng, (0, material("branch")["service"]["test_valid_days"]))
        ), False

    def _expiry(self, day: dt.date) -> dt.date:
        """When the test known on a day expires; it may have expired for those who never take it again."""
        service = material("branch")["service"]
        valid = dt.timedelta(days=service["test_valid_days"])
        expiry, final = self._tested
        while expiry - valid > day - dt.timedelta(days=0 if final else service["test_margin_days"]):
            expiry -= valid
        while not final and expiry < day + dt.timedelta(days=service["test_margin_days"]):
            expiry += valid
        return expiry

    def _complained(self, rng: Random, story: str | None, last: dt.date) -> list[dt.date]:
        service = material("branch")["service"]
        if story == "complaint":
            rules = material("stories")[story]
            days = sorted(whole(rng, rules["days"]) for _ in range(whole(rng, rules["counts"])))
            return [last - dt.timedelta(days=d) for d in reversed(days)]
        if rng.random() < service["old_complaint_share"]:
            return [last - dt.timedelta(days=whole(rng, service["old_complaint_days"]))]
        return []

    def _contacted(self, rng: Random, high: bool) -> list[dt.date]:
        service = material("branch")["service"]
        gap = service["contact_gap_high" if high else "contact_gap"]
        day = max(self._months[0].first - dt.timedelta(days=whole(rng, gap)), self._person.opened)
        days = []
        while day <= self._months[-1].last:
            days.append(day)
            day += dt.timedelta(days=whole(rng, gap))
        return days

    def _move(self, rng: Random, story: str | None) -> tuple[int, str, str, str | None] | None:
        if story != "moved_away":
            return None
        rules = material("stories")[story]
        place = rng.choice(material("places")["elsewhere"])
        employer = place["employer"] if rng.random() < rules["employer_share"] else self._person.employer
        index = len(self._months) - whole(rng, (1, rules["within_months"]))
        return index, place["city"], address_in(rng, place), employer

    def _borrowed(self, rng: Random) -> int:
        service = material("branch")["service"]
        return int(between(rng, service["loan"])) * 100 if rng.random() < service["loan_share"] else 0
