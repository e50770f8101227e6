"""PDFium's functions with plain addresses for pointers: what is asked for every glyph and every
part of a path would else cost more in Python's wrapping than in the library."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

POINTER, INT = ctypes.c_void_p, ctypes.c_int


def direct(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """``function`` of the library again, taking ``arguments`` and returning ``result`` as they
    are. The interpreter's lock is kept during the call, which is shorter than giving it away.

    Raises ImportError when the library lacks it.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    if address is None:
        raise ImportError("PDFium lacks a function that granska needs")
    prototype = ctypes.PYFUNCTYPE(result, *arguments)
    return prototype(address)


def address(handle: Any) -> int | None:
    """Where a handle of the library points."""
    return ctypes.cast(handle, ctypes.c_void_p).value
