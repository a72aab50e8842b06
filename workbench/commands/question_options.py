"""How each question of a list is answered on the command line: by mending its cause, or with a reason."""

from workbench.base.i18n import _
from workbench.intake.report import CommitQuestion

_OPTIONS: dict[str, tuple[str, ...]] = {
    "lost_columns": ("--map",),
    "idle_columns": ("--map",),
    "misfit_values": ("--map",),
    "unsure_columns": ("--accept-similar", "--map"),
    "zeros_lost": ("--fix zeros",),
    "month_unclear": ("--sheet, --as-of",),
}


def options(question: CommitQuestion) -> str:
    """'--map 列名=字段 / --confirm lost_columns=原因': what may be added to the command, the last with a reason."""
    column = _("--map 列名=字段")
    ways = [column if option == "--map" else option for option in _OPTIONS.get(question.code, ())]
    return " / ".join([*ways, _("--confirm {code}=原因").format(code=question.code)])
