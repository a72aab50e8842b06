"""Every question of a list tells how it is answered on the command line."""

from workbench.commands.question_options import options
from workbench.intake.report import CommitQuestion


def test_a_cause_that_can_be_mended_comes_before_the_reason() -> None:
    assert options(CommitQuestion("清单", "unsure_columns", "")) == (
        "--accept-similar / --map 列名=字段 / --confirm unsure_columns=原因"
    )
    assert options(CommitQuestion("清单", "zeros_lost", "")) == "--fix zeros / --confirm zeros_lost=原因"


def test_any_other_question_takes_a_reason() -> None:
    assert options(CommitQuestion("清单", "total_mismatch", "")) == "--confirm total_mismatch=原因"
