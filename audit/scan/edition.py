"""What the results of a scan hang on, beside the files."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model import Edition, Rule


def edition(rules: Iterable[Rule]) -> Edition:
    from audit.rulebook import digest  # noqa: PLC0415

    return Edition(program(), digest(rules))


def program() -> str:
    """The version that runs here, and whether it reads pictures too: "0.1.0+ocr"."""
    import audit  # noqa: PLC0415
    from audit.extract import reads_pictures  # noqa: PLC0415

    return audit.__version__ + ("+ocr" if reads_pictures() else "")
