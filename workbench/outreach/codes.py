"""The codes of the contact log as outreach knows them; they stand in the rules, because conditions read them too."""

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.rules.contact_codes import ContactCode, codes, contact_codes, ticks

__all__ = [
    "ContactCode",
    "channel_of",
    "code_of",
    "codes",
    "contact_codes",
    "result_by_digit",
    "result_of",
    "ticks",
]


def code_of(value: str, allowed: tuple[tuple[str, str], ...], code: str, message: str) -> str:
    """The code that a value means, be it a code or a name of `allowed` (code, name).

    Raises WorkbenchError with this `code` and `message` ({value} in it).
    """
    plain = value.strip()
    key = {name: key for key, name in allowed}.get(plain, plain)
    if key not in dict(allowed):
        raise _unknown(value, allowed, code, message)
    return key


def channel_of(word: str) -> str:
    """The code of the channel that a code or name means. Raises WorkbenchError no_such_channel."""
    return _meant(word, "channels", "no_such_channel", _("没有「{value}」这个渠道。"))


def result_of(word: str) -> str:
    """The code of the result that a code or name means, today's or an earlier one. Raises WorkbenchError no_such_result."""
    return _meant(word, "results", "no_such_result", _("没有「{value}」这个结果。"))


def result_by_digit(digit: str) -> str | None:
    """The code of the result that a digit of the keypad chooses; None where it chooses none."""
    return next((one.code for one in contact_codes("results") if digit and one.digit == digit), None)


def _meant(word: str, table: str, code: str, message: str) -> str:
    key = next((one.code for one in contact_codes(table) if one.means(word)), None)
    if key is None:
        raise _unknown(word, codes(table), code, message)
    return key


def _unknown(value: str, allowed: tuple[tuple[str, str], ...], code: str, message: str) -> WorkbenchError:
    listed = commas(f"{key}({name})" for key, name in allowed)
    return WorkbenchError(code, message.format(value=value), _("可以用:{codes}。").format(codes=listed))
