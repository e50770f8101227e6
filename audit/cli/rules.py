"""``granska rules``: every rule in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from audit.cli import options
from audit.language import Words


@click.command(cls=options.SettledHere)
@options.rules_option
@options.language_option
@options.no_color_option
def rules(folders: Sequence[Path], words: Words, no_color: bool) -> None:
    """List every rule: code, severity, title."""
    from audit.cli.rulebook import chosen  # noqa: PLC0415
    from audit.cli.screen import screen  # noqa: PLC0415
    from audit.output.rules import listing  # noqa: PLC0415

    console = screen(no_color)
    console.print(listing(chosen(folders, None, None), words))
