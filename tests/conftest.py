"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no fault of the code: workbooks and PDFs take longer than Hypothesis's 200 ms.
settings.register_profile("granska", deadline=None)
settings.load_profile("granska")
