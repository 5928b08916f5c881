"""`hall rules`: a regulation preset checked and explained before a hall adopts it."""

from pathlib import Path

import click

from server.attendance.presets.explaining import explain
from server.attendance.presets.files import PresetError, read_preset


@click.group()
def rules() -> None:
    """考勤规定 Regulation presets."""


@rules.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def check(file: Path) -> None:
    """检查一份规定并逐条解释 Check a preset and explain it, sentence by sentence."""
    try:
        preset = read_preset(file)
    except OSError as error:
        raise click.ClickException(f"读不到文件 cannot read: {file} ({error.strerror})") from error
    except PresetError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException(
            f"{len(error.problems)} 处需要改正 to correct: {file}"
        ) from error
    click.secho(f"{preset.hall.name}《{preset.hall.regulation}》", bold=True)
    for sentence in explain(preset):
        click.echo(f"  {sentence}")
    click.secho("检查通过，可以采用。The preset can be adopted.", fg="green")
