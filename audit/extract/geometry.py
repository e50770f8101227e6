"""Affine maps between PDF user space and the page as a reader sees it, and intervals on it."""

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


def merged(intervals: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Intervals from left to right, those together that overlap by more than half a point."""
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted(intervals):
        if found and x0 < found[-1][1] - 0.5:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found
