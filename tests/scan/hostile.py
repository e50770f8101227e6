"""What a hostile report may do to the process that reads it. Light to load, for that is timed."""

from __future__ import annotations

import os
import time


def loop(*_: object) -> None:
    while True:
        pass


def eat(*_: object) -> None:
    bytearray(4 * 1024**3)


def crash(*_: object) -> None:
    os.abort()


def rest(*_: object) -> None:
    time.sleep(60)
