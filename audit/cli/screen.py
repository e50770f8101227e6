"""Rich consoles for standard output and standard error."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def screen(no_color: bool) -> Console:
    """Standard output. Text is never read as markup; a sign that the output's encoding lacks
    becomes "?" rather than an error."""
    from rich.console import Console  # noqa: PLC0415

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    plain = no_color or bool(os.environ.get("NO_COLOR"))
    return Console(
        color_system=None if plain else "auto", markup=False, highlight=False, emoji=False
    )


def messages() -> Console:
    """Standard error."""
    from rich.console import Console  # noqa: PLC0415

    return Console(stderr=True, markup=False, highlight=False, emoji=False)
