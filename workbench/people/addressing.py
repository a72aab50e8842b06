"""How a customer is addressed: "王女士", by the surname and the sex that a list tells."""

from workbench.base.i18n import _
from workbench.base.readings import surnames


def addressed(name: str | None, gender: str | None) -> str:
    """'王女士', '欧阳先生'; '' where the surname or the sex is not known, or hidden."""
    plain = (name or "").strip()
    surname = plain[:2] if plain[:2] in surnames()[1] and len(plain) > 2 else plain[:1]
    if not surname or not _han(surname) or not gender:
        return ""
    pattern = _("{surname}女士") if "女" in gender else _("{surname}先生") if "男" in gender else ""
    return pattern.format(surname=surname)


def _han(text: str) -> bool:
    return all("㐀" <= sign <= "鿿" or sign >= "\U00020000" for sign in text)
