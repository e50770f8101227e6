"""The command line: one file per command. What a command needs is imported when it runs, so that
help and wrong usage answer at once."""

from __future__ import annotations

import click

from audit.cli.accept import accept
from audit.cli.check import check
from audit.cli.compare import compare
from audit.cli.explain import explain
from audit.cli.export import export
from audit.cli.rules import rules
from audit.cli.scan import scan
from audit.cli.tables import tables

__all__ = ["main"]

# The help text stands in the README: its width must not hang on the reader's terminal.
SETTINGS = {"max_content_width": 100, "terminal_width": 100, "help_option_names": ["-h", "--help"]}


@click.group(context_settings=SETTINGS)
@click.version_option(package_name="granska", prog_name="granska", message="%(prog)s %(version)s")
def main() -> None:
    """Audit the figures of Swedish municipal reports: sums, deviations, comparisons between years.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or a report that could
    not be read.
    """


for command in (check, compare, scan, export, tables, rules, explain, accept):
    main.add_command(command)
