"""The unlock table names what each missing column would make possible, and nothing that is not so."""

from importlib.resources import files

import tomli as tomllib

from workbench.insight.churn.statement import CheckStatement
from workbench.insight.churn.window import Window, WindowCoverage
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.unlock import features, gaps
from workbench.intake.report import ColumnMatch
from workbench.rules.parameters import Rules


def _matches(*keys: str) -> list[ColumnMatch]:
    return [ColumnMatch(index, key, key, "exact") for index, key in enumerate(keys)]


def _ready(*keys: str) -> dict[str, bool | None]:
    return {feature.key: feature.ready for feature in features(keys, catalogue())}


def test_what_the_least_use_needs_comes_first_in_its_order() -> None:
    lacking = gaps([], "customers", catalogue(), dated=False)
    assert [gap.field for gap in lacking[:5]] == [
        "customer_no", "name", "aum_daily_average", "as_of", "manager_name",
    ]  # fmt: skip
    stars = [gap.star for gap in lacking]
    assert stars == sorted(stars, reverse=True)


def test_either_balance_is_enough_for_the_least_use() -> None:
    lacking = {gap.field: gap for gap in gaps(_matches("aum_balance"), "customers", catalogue())}
    assert "最低使用要求" not in lacking["aum_daily_average"].unlocks
    assert "as_of" not in lacking


def test_a_column_that_waits_for_confirmation_is_still_missing() -> None:
    similar = [ColumnMatch(0, "生辰", "birth_date", "similar", 90.0)]
    assert "birth_date" in {gap.field for gap in gaps(similar, "customers", catalogue())}
    assert "birth_date" not in {gap.field for gap in gaps(_matches("birth_date"), "customers", catalogue())}


def test_what_is_possible_already_is_not_promised_again() -> None:
    before = {gap.field: gap.unlocks for gap in gaps([], "customers", catalogue())}
    after = {gap.field: gap.unlocks for gap in gaps(_matches("age"), "customers", catalogue())}
    assert "年轻客户画像" in before["birth_date"]
    assert "年轻客户画像" not in after["birth_date"]


def test_a_feature_that_needs_more_than_one_column_says_so() -> None:
    lacking = {gap.field: gap.unlocks for gap in gaps([], "customers", catalogue())}
    assert "临界到期(还需最近定期到期金额)" in lacking["deposit_maturity_date"]


def test_a_sheet_lacks_only_columns_of_its_kind() -> None:
    lacking = {gap.field for gap in gaps(_matches("customer_no"), "holdings", catalogue())}
    assert "profit" in lacking
    assert not lacking & {"aum_balance", "birth_date", "manager_name"}


def test_ready_missing_and_not_shown_by_columns_are_three_things() -> None:
    ready = _ready("customer_no", "birth_date", "txn_count_1m")
    assert (ready["birthday"], ready["search_phone"], ready["S2"]) == (True, False, None)


def test_every_feature_names_fields_of_the_sheets_that_it_speaks_of() -> None:
    body = tomllib.loads((files("resources") / "unlocks.toml").read_text("utf-8"))
    for feature in body["features"].values():
        fields = {key for way in feature["ways"] for key in way}
        able = {field.key for kind in feature["kinds"] for field in catalogue().of_kind(kind)}
        for kind in feature["kinds"]:
            assert fields & {field.key for field in catalogue().of_kind(kind)}, (feature, kind)
        assert fields <= able, (feature["name"], fields - able)


def test_every_column_that_the_signals_read_unlocks_something() -> None:
    """The columns are asked of the check itself, so that a new signal cannot be forgotten here."""
    read: set[str] = set()

    class Listening(Window):
        def raw(self, name: str, back: int = 0):  # type: ignore[no-untyped-def]
            read.add(name)
            return super().raw(name, back)

    CheckStatement(
        Listening("2026-10", WindowCoverage("2026-10-31", frozenset(), frozenset(), True)),
        Rules.load(),
        guarded=False,
    )
    promised = {gap.field for gap in gaps([], "customers", catalogue()) if gap.unlocks}
    assert read
    assert read - promised == set()
