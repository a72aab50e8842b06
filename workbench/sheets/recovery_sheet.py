"""The recovery sheet: one page with a book's recovery code in letters and as a picture (domain 17)."""

from pathlib import Path

import segno

from workbench.base.dates import now
from workbench.base.i18n import _, language
from workbench.sheets.content import printed_words
from workbench.sheets.printed import Printed, SheetKind, typeset_as
from workbench.trust.vault import RecoveryCode

RECOVERY_PDF = SheetKind("recovery_pdf", (), "recovery")


def recovery_pdf(
    code: RecoveryCode, book: Path, *, printed_by: str = "", branch: str = "", anchor: str = ""
) -> Printed:
    """The sheet of a code that was made just now. The register keeps that it was written, never the code."""
    at = now()
    paper = {
        "lang": language(),
        "title": _("账本恢复单"),
        "dated": _("制作日期 {date}").format(date=at[:10]),
        "about": [
            [_("账本"), book.name],
            [_("支行"), branch or "—"],
            [_("客户经理"), printed_by or "—"],
        ],
        "wide": 5.5 if language() == "zh" else 9,
        "groups": list(code.groups),
        "qr": segno.make(code.text, error="q", micro=False).svg_inline(border=2),
        "reading": _(
            "8 组,每组 5 个字符,最后一个是校验字符:抄错一个,程序会说是第几组。没有字母 I、L、O、U;O 当 0、I 和 L 当 1 也认。"
        ),
        "use_title": _("忘了口令怎么办"),
        "use": [
            _("打开账本时,在口令的位置输入上面的恢复码;大小写、空格、连字符都不要紧,也可以用扫码枪扫右边的码。"),
            _("打开以后马上设一个新口令:窗口里在“登记簿”的“口令与恢复码”,命令行用 workbench passphrase --recovery。"),
            _("恢复码打开的是账本文件本身:同一个账本在这张单子之后做的备份,也用它打开。"),
        ],
        "keep_title": _("怎么保管"),
        "keep": [
            _("装进信封,封口签名,锁进保险柜或由主管保管;不要和电脑、U 盘放在一起。"),
            _("不要拍照,不要发微信或邮件:谁拿到这张单子和账本文件,谁就能打开全部客户资料。"),
            _("换了新的恢复码,这张单子就打不开账本了,请当面销毁;换码以前做的备份,仍然要用旧单子或当时的口令打开。"),
            _("口令和恢复码都丢了,账本没有任何办法打开,银行和软件作者也不能。"),
        ],
        "signs": [_("制作人"), _("保管人")],
        "footer": [
            _("打印人 {name}").format(name=printed_by or "—"),
            printed_words(at, anchor),
            _("内部资料"),
        ],
    }  # fmt: skip
    return typeset_as(RECOVERY_PDF, paper, _("账本恢复单 {date}").format(date=at[:10]), 0)
