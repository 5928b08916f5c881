"""`hall doctor`: is this machine fit to run a hall, and what to do if not."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from server import schema
from server.cli.db import data_dir_option
from server.cli.findings import Finding, show
from server.cli.hardware import examine_hardware
from server.cli.opening import settings_from
from server.cli.options import allow_simulators_option
from server.cli.voice import voice_findings
from server.database import Database, journal_pragmas, sqlite_module, wal_is_safe
from server.settings import Settings

LEAST_FREE_MIB = 500
CJK_FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("C:/Windows/Fonts/msyh.ttc"),
)


@click.command()
@data_dir_option
@click.option(
    "--hardware",
    is_flag=True,
    help="每台设备实测一次：打印、点亮、播报、读取 try out every device of this computer",
)
@click.option(
    "--wait",
    "wait_seconds",
    type=click.FloatRange(min=0),
    default=10.0,
    show_default=True,
    help="等待按键、刷证、扫码的秒数 seconds to wait for a key, a card, a code",
)
@allow_simulators_option
def doctor(
    data_dir: Path | None, hardware: bool, wait_seconds: float, allow_simulators: bool
) -> None:
    """检查本机 Check this machine, its data and its devices."""
    settings = settings_from(data_dir=data_dir)
    well = show(examine(settings))
    if hardware:
        well &= show(
            examine_hardware(settings, wait_seconds=wait_seconds, simulators=allow_simulators)
        )
    sys.exit(0 if well else 1)


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything that a hall needs here."""
    version = sqlite_module().sqlite_version_info
    yield Finding(
        "SQLite",
        wal_is_safe(version),
        f"{'.'.join(map(str, version))}, {' '.join(journal_pragmas(version))}",
        "此版本较慢但安全 safe but slower; install a newer SQLite",
    )
    yield from _database(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free // 2**20
    yield Finding("磁盘 disk", free >= LEAST_FREE_MIB, f"{free} MiB", "请清理磁盘 free some space")
    font = next((str(path) for path in CJK_FONTS if path.exists()), None)
    yield Finding(
        "中文字体 Chinese font",
        font is not None,
        font or "没有 none",
        "apt-get install fonts-wqy-microhei",
    )
    yield from voice_findings(settings)


def _database(settings: Settings) -> Iterator[Finding]:
    path = settings.sqlite_path
    if path is not None and not path.exists():
        yield Finding("数据库 database", True, "尚未创建 not made yet")
        return
    database = Database(settings.effective_database_url)
    try:
        verdict = schema.integrity(database)
        present = schema.current_revision(database)
    except DatabaseError as error:
        verdict, present = str(error.orig), None
    finally:
        database.close()
    yield Finding(
        "数据库 database",
        verdict == "ok",
        verdict,
        "请从备份恢复 restore a backup: hall db restore",
    )
    yield Finding(
        "表结构 schema",
        present == schema.latest_revision(),
        f"{present} / {schema.latest_revision()}",
        "hall db upgrade",
    )
