"""The rules that a command works with."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import click

from audit import rulebook
from audit.language import Words
from audit.model import Rule


def chosen(
    folders: Sequence[Path], select: tuple[str, ...] | None, ignore: tuple[str, ...] | None
) -> tuple[Rule, ...]:
    """The built-in rules and those of ``folders``, as selected.

    Raises click.UsageError where a rule page is wrong or a code is unknown.
    """
    try:
        return rulebook.select(rulebook.load(folders), select or (), ignore or ())
    except rulebook.RuleError as error:
        raise click.UsageError(str(error)) from error


def near(code: str, codes: Sequence[str], words: Words) -> str:
    """A sentence on an unknown code, with those that it may have been meant for."""
    typed = code.strip().upper()
    meant = difflib.get_close_matches(typed, codes, n=3, cutoff=0.6) or [
        known for known in codes if known[:3] == typed[:3]
    ]
    said = words.say("There is no rule {code}.", code=code)
    if meant:
        return said + " " + words.say("Did you mean {codes}?", codes=", ".join(meant))
    return said + " " + words.say("granska rules lists them all.")
