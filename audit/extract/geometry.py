"""Affine maps between PDF user space and the page as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) takes x, y to a·x + c·y + e, b·x + d·y + f (ISO 32000-1, 8.3.3)."""


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """The map that does ``inner`` first, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def placed(
    points: Iterable[tuple[float, float]], matrix: Matrix
) -> tuple[float, float, float, float]:
    """The box (x0, top, x1, bottom) around ``points`` after ``matrix``."""
    a, b, c, d, e, f = matrix
    moved = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    xs, ys = [x for x, _ in moved], [y for _, y in moved]
    return (min(xs), min(ys), max(xs), max(ys))
