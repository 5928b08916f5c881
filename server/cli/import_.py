"""`hall import`: a hall's units, staff, services, counters and hours from one file."""

from pathlib import Path

import click

from server.catalogue.hall_file import HallFileError, read_hall_file
from server.catalogue.importing import import_hall
from server.cli.db import data_dir_option
from server.cli.opening import first_hall_id, open_workplace, settings_from
from server.work import SYSTEM


@click.command("import")
@data_dir_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(data_dir: Path | None, file: Path) -> None:
    """导入大厅资料 Read units, staff, services, counters and hours from FILE.

    示例 example: config/sample/hall.toml
    """
    try:
        described = read_hall_file(file.read_text(encoding="utf-8"))
    except HallFileError as error:
        raise click.ClickException(
            f"文件有误，没有导入任何内容 the file is wrong, nothing was imported:\n{error}"
        ) from error
    workplace = open_workplace(settings_from(data_dir=data_dir))
    with workplace.write(first_hall_id(workplace), SYSTEM) as work:
        summary = import_hall(work, described)
    click.echo(
        f"已导入 imported: {summary.units} 个单位 units, {summary.people} 名人员 people, "
        f"{summary.services} 个事项 services, {summary.counters} 个窗口 counters"
    )
