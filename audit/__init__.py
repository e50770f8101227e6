"""granska audits the arithmetic of Swedish municipal interim reports.

``audit.check("report.pdf")`` gives an AuditedReport with its ``findings``; ``audit.read`` only the
report, with ``figures()`` and ``tables()`` as pandas frames.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.model import AuditedReport
    from audit.normalise import TabularReport

__all__ = ["__version__", "check", "read"]


def __getattr__(name: str) -> str:
    """``__version__``, looked up when it is asked for: finding it costs more than most imports."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415

    return version("granska")


def read(path: str | Path) -> TabularReport:
    """The report at ``path``, read and normalised, nothing checked.

    Raises audit.model.UnreadableError when the PDF cannot be read.
    """
    from audit.extract import read as extract  # noqa: PLC0415 - loads PDFium
    from audit.normalise import normalise  # noqa: PLC0415

    return normalise(extract(Path(path)))


def check(path: str | Path) -> AuditedReport:
    """The report at ``path``, audited by the built-in rules, in this process."""
    from audit import pipeline, rulebook  # noqa: PLC0415

    return pipeline.audit(Path(path), rulebook.load(()), None)
