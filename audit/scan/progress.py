"""How far a scan is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is: ``done`` of ``total`` files, or pairs of reports once ``comparing``.
    ``known`` of the files needed nothing to be done; in the others ``pages`` were read, and
    ``findings`` made."""

    total: int
    done: int = 0
    known: int = 0
    pages: int = 0
    findings: int = 0
    comparing: bool = False
