"""The 24 solar terms (二十四节气) of any year from 1899 to 2100, from the table of `lunar` (domain 6.2)."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from workbench.base.lunar import term_days

#: code of a term -> its place in a solar year, 小寒 first; two fall into each month
TERMS: Mapping[str, int] = MappingProxyType(
    {
        code: place
        for place, code in enumerate(
            (
                "xiaohan", "dahan", "lichun", "yushui", "jingzhe", "chunfen", "qingming", "guyu", "lixia", "xiaoman",
                "mangzhong", "xiazhi", "xiaoshu", "dashu", "liqiu", "chushu", "bailu", "qiufen", "hanlu", "shuangjiang",
                "lidong", "xiaoxue", "daxue", "dongzhi",
            )
        )
    }
)  # fmt: skip


def term_day(year: int, code: str) -> dt.date:
    """The solar day of a term in a solar year. Raises KeyError for an unknown code, ValueError outside 1899 to 2100."""
    place = TERMS[code]
    return dt.date(year, place // 2 + 1, term_days(year)[place])
