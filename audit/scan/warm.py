"""What is loaded once by the server that workers fork from, so that no worker begins cold.

That is the readers, the second readers, and how the store packs reports, which is worked out from
the model the first time that it is asked for.
"""

from __future__ import annotations

import gc

import camelot  # noqa: F401
import pdfplumber  # noqa: F401

from audit.model import AuditedReport, Document, Report, Status
from audit.scan import work  # noqa: F401
from audit.store import codec

_EMPTY = Report(Document("", "", (), (), ()), "", "", None, ())
codec.memory(codec.record("", AuditedReport("", Status.NO_TABLES, _EMPTY)).memory or b"")

gc.collect()
gc.freeze()  # what is loaded stays: no worker's collector looks at it, and copies its memory
