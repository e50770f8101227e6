"""A few reports, audited at the same time and given back in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from audit import workers
from audit.model import AuditedReport, Rule
from audit.workers import Done, Job, Limits

PIPELINE = "audit.pipeline"  # heavy, and only workers need it


def run(
    paths: Sequence[Path],
    rules: Sequence[Rule],
    pages: Collection[int] | None,
    jobs: int,
    timeout: float,
) -> Iterator[AuditedReport]:
    """Audit every path, ``jobs`` at a time, and yield the reports in the order of ``paths``.

    What the work needs begins to load at once, before anyone asks for a report. A report that
    takes longer than ``timeout`` seconds, or more than workers.MEMORY, is given up with the status
    that says so.
    """
    workers.prepare([PIPELINE])
    todo = [Job(index, _audit, (path, tuple(rules), pages)) for index, path in enumerate(paths)]
    return _in_order(workers.run(todo, jobs, Limits(timeout)))


def _in_order(ended: Iterator[Done]) -> Iterator[AuditedReport]:
    done: dict[int, AuditedReport] = {}
    following = 0
    for one in ended:
        done[one.job.key] = _report(one)
        while following in done:
            yield done.pop(following)
            following += 1


def _report(done: Done) -> AuditedReport:
    if done.failure is None:
        audited: AuditedReport = done.result
        return audited
    return AuditedReport(str(done.job.arguments[0]), done.failure, None, detail=done.detail)


def _audit(path: Path, rules: Sequence[Rule], pages: Collection[int] | None) -> AuditedReport:
    from audit.pipeline import audit  # noqa: PLC0415

    return audit(path, rules, pages)


def apart(
    work: Callable[..., bytes], arguments: tuple[object, ...], timeout: float
) -> bytes | None:
    """What ``work`` makes of ``arguments`` in a process of its own, with the limits of a report's;
    None where it fails, or takes longer than ``timeout`` seconds."""
    made: bytes | None = workers.alone(Job(None, work, arguments), Limits(timeout)).result
    return made
