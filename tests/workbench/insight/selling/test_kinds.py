"""The lines and templates of product sheets: what they begin with fits, and crosses no red line (domain 8.5)."""

import pytest

from workbench.insight.selling.checking import filled
from workbench.insight.selling.kinds import every_line, lines_of, margins, models, regimes, roles, templates
from workbench.rules.red_lines import red_lines_in


def test_roles_and_models_are_those_of_the_outlines() -> None:
    assert [one.name for one in roles()] == ["引流", "粘性", "利润"]
    assert [one.name for one in models()] == ["传统型", "服务导向型", "产品导向型", "综合型"]
    assert [one.name for one in margins()] == ["低", "中", "高"]
    assert {"deposit", "wealth", "loan", "service"} <= {one.code for one in regimes()}


def test_the_two_templates_of_the_outlines_begin_with_words() -> None:
    assert [one.name for one in templates().values()] == ["一般产品", "结构化产品", "贵宾提升产品"]
    assert filled("plain") == {}
    for code in ("structured", "vip"):
        assert set(filled(code)) == {line.code for line in lines_of("plain")}


@pytest.mark.parametrize("template", ["structured", "vip"])
@pytest.mark.parametrize("regime", ["structured", "wealth", "service"])
def test_what_a_template_begins_with_fits_and_may_be_said(template: str, regime: str) -> None:
    most = {line.code: line.most for line in lines_of(template)}
    for code, words in filled(template).items():
        assert len(words) <= most[code], (code, len(words))
        assert red_lines_in(words, regime=regime) == (), words


def test_what_is_written_stands_above_what_a_template_begins_with() -> None:
    assert filled("vip", {"first": "我写的", "exit": " "})["first"] == "我写的"
    assert filled("vip", {"exit": " "})["exit"] == filled("vip")["exit"]


def test_every_line_has_a_code_of_its_own() -> None:
    codes = [line.code for line in every_line()]
    assert len(codes) == len(set(codes)) == 13
