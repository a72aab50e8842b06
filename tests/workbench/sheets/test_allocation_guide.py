"""配置包与新客组合手册 on paper: all five packages, all four combos, the ladder; nobody is named (domain 8.2, 8.3)."""

import pypdfium2
import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.i18n import use_language
from workbench.rules.parameters import Rules
from workbench.sheets.allocation_guide import allocation_guide_content, allocation_guide_pdf


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_packages_combos_and_the_ladder_are_on_a_few_pages(small: SmallBook, language: str) -> None:
    use_language(language)
    try:
        guide = small.insight.allocation.guide()
        content = allocation_guide_content(
            guide, Rules.load(), printed_by="周敏", printed_at="2026-11-30 09:12:00"
        )
        printed = allocation_guide_pdf(content)
    finally:
        use_language("zh")
    document = pypdfium2.PdfDocument(printed.content)
    try:
        assert 2 <= len(document) <= 5
        words = "".join(page.get_textpage().get_text_range() for page in document).replace(" ", "")
    finally:
        document.close()
    assert printed.rows == 0
    assert len(content["packages"]) == 5
    assert len(content["combos"]) == 4
    assert all(len(one["below"]) == 3 for one in content["combos"])
    for range_ in ("15–30%", "70–85%", "30–45%", "8–12%"):
        assert range_ in words
