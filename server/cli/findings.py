"""What `hall doctor` looked at, and how it is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `advice` says what to do when it is not well."""

    subject: str
    well: bool
    found: str
    advice: str = ""


def show(findings: Iterable[Finding]) -> bool:
    """Print a table of findings; whether all is well."""
    found = list(findings)
    table = Table("", "项目 subject", "情况 found", "建议 advice")
    for finding in found:
        mark = "[green]好 ok[/]" if finding.well else "[red]注意 attention[/]"
        table.add_row(mark, finding.subject, finding.found, "" if finding.well else finding.advice)
    Console().print(table)
    return all(finding.well for finding in found)
