"""What the sample branch says of its products: all of it may be said, nothing is a promise, each kind is there (domain 13.4)."""

from pathlib import Path

from tests.books import new_workbench
from workbench.insight.selling.kinds import lines_of
from workbench.insight.shelf.families import families, family_of
from workbench.insight.shelf.levels import level
from workbench.insight.shelf.regimes import regime_of
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import red_lines_in
from workbench.sample.material import products
from workbench.sample.product_sheets import sample_sheets

RULES = Rules.load()


def regimes() -> dict[str, str]:
    """Code of a product of the branch -> its regime."""
    made = {}
    for one in products():
        family = family_of(one.category, one.name, level(one.risk, RULES), families())
        if family is not None:
            made[one.code] = regime_of(family.regime, one.category, one.name, None, RULES)
    return made


def test_every_sheet_is_of_a_product_of_the_branch_or_says_its_kind() -> None:
    known = regimes()
    assert [one.code for one in sample_sheets() if not one.regime and one.code not in known] == []


def test_nothing_that_it_says_crosses_a_red_line_and_all_fits() -> None:
    known = regimes()
    for one in sample_sheets():
        regime = one.regime or known[one.code]
        lines = {line.code: line for line in lines_of(one.template)}
        assert set(one.texts) == set(lines), one.code
        for code, words in one.texts.items():
            assert red_lines_in(words, regime=regime) == (), words
            assert len(words) <= lines[code].most, (one.code, code, len(words))


def test_every_role_model_and_template_is_there() -> None:
    sheets = sample_sheets()
    assert {one.role for one in sheets} == {"lead", "sticky", "profit"}
    assert {one.model for one in sheets} == {"traditional", "service", "product", "mixed"}
    assert {one.template for one in sheets} == {"plain", "structured", "vip"}
    texts = [words for one in sheets for words in one.texts.values()]
    assert len(texts) == len(set(texts))


def test_those_of_no_list_are_taken_in_as_they_stand(tmp_path: Path) -> None:
    own = [one for one in sample_sheets() if one.regime]
    with new_workbench(tmp_path / "支行.book", "春风化雨 2026") as workbench:
        taken = workbench.insight.selling.take_in(own)
    assert (taken.stored, dict(taken.faults)) == (len(own), {})
