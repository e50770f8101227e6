"""Sets every sample's report.pdf from its report.typ: ``python samples/build.py``.

Only the fonts that come with Typst are used, so that every machine gives the same pages.
"""

from __future__ import annotations

from pathlib import Path

import typst

HERE = Path(__file__).parent


def build(source: Path) -> bytes:
    """The PDF that ``source`` (report.typ) sets."""
    pdf: bytes = typst.compile(source, ignore_system_fonts=True)
    return pdf


if __name__ == "__main__":
    for source in sorted(HERE.glob("*/report.typ")):
        source.with_name("report.pdf").write_bytes(build(source))
