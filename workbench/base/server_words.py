"""What is said of a book on a server: what happened, what to do. No address here ever tells a password."""

from db.errors import BookError
from workbench.base.i18n import _


def of_server(error: BookError) -> tuple[str, str] | None:
    """Both sentences, with `{path}` for the address; None when a failure reads the same for a file."""
    there = error.facts.get("server")
    if error.code == "bad_address" and error.facts.get("part") in ("service", "servicefile"):
        return (
            _("账本地址里不能用 service:它从别的文件读取服务器和加密方式。"),
            _("请把服务器、数据库和 sslmode 直接写在地址里。"),
        )
    words = {
        "bad_address": (
            _("账本地址看不懂(为免泄露口令,不显示原文)。"),
            _(
                "写法:postgresql://用户@服务器:端口/数据库?sslmode=verify-full,"
                "或本机的 postgresql:///数据库?host=/套接字所在文件夹。"
            ),
        ),
        "insecure_address": (
            _("没有连接服务器:这样写的地址,数据可能以明文经过网络。"),
            _("请在地址后面写 ?sslmode=verify-full(至少 require),或改用本机套接字 ?host=/文件夹。"),
        ),
        "no_driver": (
            _("打开服务器上的账本要用 psycopg 3,这里没有装。"),
            _("请管理员安装本程序的可选组件 postgresql(psycopg[binary]);账本文件不需要它。"),
        ),
        "no_server": (
            _("连不上服务器:{path}。"),
            _("请检查地址和网络;服务器不支持 TLS、证书对不上,也会连不上。"),
        ),
        "server_gone": (
            _("与服务器的连接中断,{path} 保持操作之前的状态。"),
            _("请等服务器恢复后重新运行。"),
        ),
        "server_busy": (
            _("服务器繁忙,{path} 保持操作之前的状态。"),
            _("请稍后重试;一再出现时请管理员看看连接数和内存。"),
        ),
        "server_read_only": (
            _("服务器上的账本 {path} 现在只读(备用机,或正在维护)。"),
            _("请连接主服务器,或等维护结束。"),
        ),
        "no_database": (
            _("服务器上没有这个数据库(或模式):{path}。"),
            _("请管理员先建一个空的数据库。"),
        ),
        "wrong_encoding": (
            _("数据库 {path} 的编码不是 UTF8,放不下中文。"),
            _("请管理员用 UTF8 编码新建一个空的数据库。"),
        ),
        "not_admitted": (
            _("服务器拒绝连接,或者没有权限:{path}。"),
            _("请检查用户和口令(口令放在口令文件或 PGPASSWORD 里),或请管理员授权。"),
        ),
        "not_empty": (_("{path} 里已经有别的表,没有动它。"), _("请另用一个空的数据库或模式。")),
        "not_alike": (
            _("复制出来的内容与原来的不一致,没有保留。"),
            _("原来的账本没有改动;请把这条提示告诉技术同事。"),
        ),
        "file_only": (_("这件事只能对账本文件做;{path} 在服务器上。"), ""),
        "window_needs_file": (
            _("窗口只打开账本文件,从不连接服务器。"),
            _("服务器上的账本请用命令行;也可以先备份成文件再打开:workbench backup 文件 --book 地址。"),
        ),
    }
    of_place = {
        "missing": (
            _("{path} 里还没有账本。"),
            _("请先导入一份名单(workbench import 文件),或恢复一份备份(workbench restore 文件)。"),
        ),
        "exists": (
            _("{path} 里已经有一个账本了,没有动它。"),
            _("请打开它,或另用一个空的数据库或模式。"),
        ),
        "not_a_book": (_("{path} 里的表不是本系统的账本。"), _("请检查数据库和模式的名字。")),
    }
    return words.get(error.code) or (of_place.get(error.code) if there else None)
