"""Once the date is known, the heading of the own month feeds its field and those of other months are asked."""

from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.mapping import Memory, match_columns
from workbench.intake.columns.own_month import of_date
from workbench.intake.report import ColumnMatch
from workbench.rules.parameters import Rules

NAMES = ["客户号", "9月AUM余额", "10月AUM余额", "存款余额"]


def _read(rules: Rules, names: list[str], as_of: str | None = None) -> list[ColumnMatch]:
    return match_columns(names, "customers", catalogue(), rules, memory=Memory(as_of=as_of))


def _fed(matches: list[ColumnMatch]) -> dict[str, str]:
    return {match.header: match.feeds for match in matches if match.feeds}


def test_a_date_that_is_chosen_later_decides_like_one_known_from_the_start(rules: Rules) -> None:
    for as_of in ("2026-10-31", "2026-09-30", "2026-08-31"):
        later = of_date(_read(rules, NAMES), as_of, "customers", catalogue(), rules)
        assert _fed(later) == _fed(_read(rules, NAMES, as_of))
        moved = of_date(_read(rules, NAMES, "2026-10-31"), as_of, "customers", catalogue(), rules)
        assert _fed(moved) == _fed(later)
    assert "10月AUM余额" not in _fed(_read(rules, NAMES))


def test_a_field_that_another_column_feeds_stays_with_it(rules: Rules) -> None:
    names = ["客户号", "AUM余额", "10月AUM余额"]
    later = of_date(_read(rules, names), "2026-10-31", "customers", catalogue(), rules)
    assert _fed(later) == {"客户号": "customer_no", "AUM余额": "aum_balance"}


def test_a_column_that_a_person_chose_is_left_alone(rules: Rules) -> None:
    chosen = [ColumnMatch(0, "9月AUM余额", "aum_balance", "chosen")]
    assert of_date(chosen, "2026-10-31", "customers", catalogue(), rules) == chosen
