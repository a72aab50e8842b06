"""What a salvage came to, in words: what came, what is lost, and what to do next."""

from typing import TYPE_CHECKING

from workbench.base.i18n import _
from workbench.trust.comparing import words_of_table

if TYPE_CHECKING:
    from db.salvaging import Salvaged, SalvagedTable


def report(done: "Salvaged") -> tuple[str, ...]:
    """The lines of the report, the first one about the whole."""
    rows = sum(one.rows for one in done.tables)
    lines = [
        _("已抢救到 {path}:{tables} 张表,{rows} 行;口令和原来一样,原来的文件没有改动。").format(
            path=done.book, tables=len(done.tables), rows=rows
        )
    ]
    if done.bad_pages:
        lines.append(_("{pages} 页里有 {bad} 页损坏。").format(pages=done.pages, bad=done.bad_pages))
    if not done.sealed:
        lines.append(_("文件开头已丢失,各页无法逐一验证;请把几位客户的数字和原来的名单核对一下。"))
    lines += [_of_table(one) for one in done.broken]
    if done.broken:
        lines.append(_("缺的部分请重新导入当时的名单,联系记录请补记;有备份的,先看看备份里是否齐全。"))
    else:
        lines.append(_("没有发现缺失;标签和预警打开后会重新计算。"))
    return tuple(lines)


def _of_table(one: "SalvagedTable") -> str:
    what = words_of_table(one.name)
    if one.lost is None:
        return _("{what}:救回 {rows} 行,坏了 {pages} 页,少了几行说不准。").format(
            what=what, rows=one.rows, pages=one.pages
        )
    if one.orphans:
        return _(
            "{what}:救回 {rows} 行,少了 {lost} 行,其中 {orphans} 行是因为所属的客户或记录没有救回来。"
        ).format(what=what, rows=one.rows, lost=one.lost, orphans=one.orphans)
    return _("{what}:救回 {rows} 行,少了 {lost} 行。").format(what=what, rows=one.rows, lost=one.lost)
