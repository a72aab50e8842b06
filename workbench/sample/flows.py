"""How money moves through an account in a month, and how often: bounded noise around a customer's habits."""

import datetime as dt
from random import Random

from workbench.sample.material import Row, between, material, whole
from workbench.sample.months import Month
from workbench.sample.people import SamplePerson, age_on
from workbench.sample.stories import AssetPath


class Habits:
    """A customer's usual turnover, payments and log-ins; dormant ones have none."""

    def __init__(
        self, rng: Random, person: SamplePerson, path: AssetPath, story: str | None, last: dt.date
    ) -> None:
        rules = material("branch")["flow"]
        balance = next(c for c in reversed(path.closings) if c is not None)
        if balance < 1_000_000:
            bounds = rules["turnover_small"]
        elif balance < material("branch")["drift"]["calm_from"] * 100:
            bounds = rules["turnover"]
        else:
            bounds = rules["turnover_large"]
        self._rng, self._story, self._rules = rng, story, rules
        self.dormant = balance < 10_000
        self._turnover = between(rng, bounds)
        young = age_on(person.birth, last) <= rules["young_age"]
        self._payments = whole(rng, rules["third_party_young" if young else "third_party"])
        self._ticket = between(rng, rules["ticket"])
        self._transactions = whole(rng, rules["transactions"])
        self._logins = whole(rng, rules["logins"])
        self._idle = whole(rng, material("branch")["dormant"]["idle_days"])
        self._first: dt.date | None = None

    def flows(self, index: int, month: Month, path: AssetPath, gain: int, pay: int) -> Row:
        """Flows in fen and counts of a month: in - out + market gain = change of the balance."""
        first = self._first = self._first or month.first
        if self.dormant:
            still = ("inflow", "outflow", "interbank_outflow", "third_party_outflow", "txn_amount_1m")
            none = ("third_party_outflow_count", "txn_count_1m", "mobile_logins")
            row: Row = dict.fromkeys(still + none, 0)
            return row | {"last_txn_date": first - dt.timedelta(days=self._idle)}
        rng, rules = self._rng, self._rules
        closing, before = path.closings[index] or 0, path.before(index)
        base = min(before, closing) or closing
        usual = pay + int(base * self._turnover * (1 + rules["noise"] * rng.uniform(-1, 1)))
        net = closing - before - gain
        inflow, outflow = (usual + net, usual) if net >= 0 else (usual, usual - net)
        interbank = int(
            min(usual * rules["interbank_share"], base * rules["interbank_cap"]) * rng.uniform(0.9, 1.1)
        )
        if net < 0 and self._story == "big_transfer" and index == len(path.closings) - 1:
            interbank -= net
        elif net < -before * 0.1:
            interbank -= int(net * material("stories")["slow_outflow"]["interbank"])
        payments = self._around(self._payments)
        wallet = int(payments * self._ticket * 100 * rng.uniform(0.9, 1.1))
        latest = month.last - dt.timedelta(days=rng.randint(0, 9))
        moved = month.first + dt.timedelta(days=path.flow_days[index] - 1)
        return {
            "inflow": inflow,
            "outflow": outflow,
            "interbank_outflow": interbank,
            "third_party_outflow_count": payments,
            "third_party_outflow": min(wallet, int(usual * rules["third_party_cap"])),
            "txn_count_1m": payments + self._around(self._transactions),
            "txn_amount_1m": inflow + outflow,
            "mobile_logins": self._around(self._logins),
            "last_txn_date": max(latest, moved),
        }

    def _around(self, usual: int) -> int:
        noise: float = self._rules["transaction_noise"]
        return round(usual * (1 + noise * self._rng.uniform(-1, 1)))
