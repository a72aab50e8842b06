"""Why a picture is not taken: one clear sentence each."""

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _


def damaged() -> WorkbenchError:
    """A file that is no picture, or one that broke off."""
    return WorkbenchError(
        "damaged_picture",
        _("这个文件打不开:不是图片或扫描件,或者已经损坏。"),
        _("请重新拍照或扫描(JPG、PNG、TIFF 或 PDF)。"),
    )


def unreadable_kind() -> WorkbenchError:
    """A picture of a telephone in a format that is not read."""
    return WorkbenchError(
        "picture_kind", _("这是 HEIC 格式的照片,本系统不读。"), _("请在手机里改存为 JPG 再来。")
    )


def too_large() -> WorkbenchError:
    """A picture or file beyond what is read."""
    return WorkbenchError(
        "picture_too_large", _("图片太大,没有读。"), _("请缩小后再来;一页 A4 用 200 到 300 dpi 扫描就够。")
    )


def too_small() -> WorkbenchError:
    """A picture with too few pixels for the boxes."""
    return WorkbenchError(
        "picture_too_small", _("图片太小,看不清方框。"), _("请用 150 dpi 以上重新扫描,或者靠近一点重拍。")
    )


def no_codes() -> WorkbenchError:
    """A sharp picture without a code of ours."""
    return WorkbenchError(
        "no_codes",
        _("图片上没有找到单子四角的识别码。"),
        _("请拍有结果方框的那一面,四个角都要在画面里;以前打印的没有识别码,请用小键盘录入。"),
    )


def blurred() -> WorkbenchError:
    """A picture that is not sharp enough."""
    return WorkbenchError(
        "blurred", _("图片太模糊,识别码或方框读不清。"), _("请对好焦、光线足一些,重新拍照或扫描。")
    )


def cropped(page: int) -> WorkbenchError:
    """A picture that lacks a corner of the page."""
    return WorkbenchError(
        "cropped",
        _("第 {page} 页没有拍全,有角落在画面外。").format(page=page),
        _("请把整张纸、四个角都拍进来,重新拍照或扫描。"),
    )


def covered(page: int) -> WorkbenchError:
    """A picture on which too few codes of a page can be read."""
    return WorkbenchError(
        "covered",
        _("第 {page} 页四角的识别码有两个以上读不出:被遮住、折起或者弄脏了。").format(page=page),
        _("请把纸铺平、四角露出来,重新拍照或扫描。"),
    )


def unclear(page: int) -> WorkbenchError:
    """A picture whose boxes do not stand where the codes say."""
    return WorkbenchError(
        "unclear",
        _("第 {page} 页的方框看不清:纸没有铺平,或者照片太模糊。").format(page=page),
        _("请把纸铺平,从正上方重新拍照,或者用扫描仪扫描。"),
    )


def other_book() -> WorkbenchError:
    """A sheet of another book."""
    return WorkbenchError(
        "other_book",
        _("这张单子是另一个账本打出来的,没有录入。"),
        _("请打开那个账本再录入,或者选本账本打的单子。"),
    )


def no_such_sheet(number: str) -> WorkbenchError:
    """A number that this book never handed out."""
    return WorkbenchError(
        "no_such_sheet",
        _("本账本没有打过编号 {number} 的单子,没有录入。").format(number=number),
        _("请核对编号,或者打开打印它的那个账本。"),
    )
