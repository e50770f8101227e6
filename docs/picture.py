"""Makes docs/sample.svg, the README's picture of the sample's audit: ``python docs/picture.py``."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

import audit
from audit.language import translation
from audit.output.terminal import closing, render

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "linkoping-ks-2021-08" / "report.pdf"
PICTURE = ROOT / "docs" / "sample.svg"
WIDTH = 96

# A picture fetches nothing: rich's own frame names fonts that a server would have to give.
FRAME = re.sub(r"@font-face {{.*?}}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def picture() -> str:
    """The SVG of what ``granska check`` prints for the sample, in Swedish."""
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        markup=False,
        highlight=False,
        emoji=False,
    )
    audited, words = audit.check(SAMPLE), translation("sv")
    console.print(render(audited, words, WIDTH))
    console.print(closing([audited], 1, words))
    return console.export_svg(title="granska check", unique_id="granska", code_format=FRAME)


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
