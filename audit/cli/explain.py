"""``granska explain``: one rule page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from audit.cli import options
from audit.language import Words


@click.command(cls=options.SettledHere)
@click.argument("code")
@options.rules_option
@options.language_option
@options.no_color_option
@click.pass_context
def explain(
    ctx: click.Context, code: str, folders: Sequence[Path], words: Words, no_color: bool
) -> None:
    """Explain the rule CODE: what it tests, why that matters, and examples."""
    from audit.cli.rulebook import chosen, near  # noqa: PLC0415
    from audit.cli.screen import screen  # noqa: PLC0415
    from audit.output.rules import page  # noqa: PLC0415

    rules = {rule.code: rule for rule in chosen(folders, None, None)}
    rule = rules.get(code.strip().upper())
    if rule is None:
        click.echo(near(code, tuple(rules), words), err=True)
        ctx.exit(2)
    console = screen(no_color)
    console.print(page(rule, words, min(console.width, 100)))
