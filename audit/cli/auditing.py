"""Running the audit for a command, and saying on standard error what could not be read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import IO

import click

from audit.cli.screen import messages
from audit.language import Words
from audit.model import AuditedReport, Rule, Status
from audit.output.status import FOLDER, FORBIDDEN, MISSING, NOT_A_PDF, reason

HEADER = b"%PDF-"
WITHIN = 1024  # bytes from the start that readers search for the header

READ = {Status.AUDITED, Status.NO_TABLES}


def audit_all(
    paths: Sequence[Path],
    rules: Sequence[Rule],
    pages: Collection[int] | None,
    jobs: int | None,
    timeout: float,
    progress: bool,
) -> list[AuditedReport]:
    """Every report in the order of ``paths``, with a bar on a terminal's standard error."""
    from audit.runner import run  # noqa: PLC0415

    refused = {path: said for path in paths if (said := refuse(path))}
    good = [path for path in paths if path not in refused]
    workers = min(jobs or os.cpu_count() or 1, max(len(good), 1))
    audited = run(good, rules, pages, workers, timeout)
    from rich.progress import track  # noqa: PLC0415 - loads while the workers read

    console = messages()
    done: Iterator[AuditedReport] = iter(
        track(
            audited,
            total=len(good),
            description="",
            console=console,
            transient=True,
            disable=not (progress and console.is_terminal),
        )
    )
    audits = [refused[path] if path in refused else next(done) for path in paths]
    return [*audits, *done]


def refuse(path: Path) -> AuditedReport | None:
    """The outcome of a path that holds no PDF; None when it is worth reading."""
    try:
        with path.open("rb") as file:
            start = file.read(WITHIN)
    except FileNotFoundError:
        return AuditedReport(str(path), Status.FAILED, None, detail=MISSING)
    except (IsADirectoryError, NotADirectoryError):
        return AuditedReport(
            str(path), Status.FAILED, None, detail=FOLDER if path.is_dir() else MISSING
        )
    except PermissionError:
        detail = FOLDER if path.is_dir() else FORBIDDEN  # Windows refuses to open a folder
        return AuditedReport(str(path), Status.FAILED, None, detail=detail)
    except (OSError, ValueError) as error:
        return AuditedReport(str(path), Status.FAILED, None, detail=str(error))
    if HEADER not in start:
        return AuditedReport(str(path), Status.DAMAGED, None, detail=NOT_A_PDF)
    return None


def say_unread(audits: Iterable[AuditedReport], words: Words) -> None:
    """One line on standard error for each report that was not audited."""
    for audited in audits:
        if said := reason(audited, words):
            click.echo(f"{audited.path}: {said}", err=True)


def write(path: Path, content: str | bytes, words: Words) -> bool:
    """Write ``content``, all of it or nothing: an earlier file stays until the new one is whole.

    False, with a line on standard error, where that is not possible.
    """
    data = content.encode() if isinstance(content, str) else content
    return write_by(path, lambda file: file.write(data), words)


def write_by(path: Path, writer: Callable[[IO[bytes]], object], words: Words) -> bool:
    """As ``write``, of what ``writer`` writes into the file that it is handed."""
    try:
        _replace(
            Path(os.path.realpath(path)), writer
        )  # where a link leads, so that it goes on leading there
    except OSError as error:
        said = words.say(
            "{path} could not be written ({error}). Choose another place.",
            path=path,
            error=error.strerror or error,
        )
        click.echo(said, err=True)
        return False
    return True


def refuse_parquet(outputs: Iterable[Path], words: Words) -> None:
    """Raises click.UsageError for an output that needs what is not installed."""
    for path in outputs:
        if path.suffix.lower() == ".parquet" and find_spec("pyarrow") is None:
            said = words.say(
                "{path}: writing Parquet needs pyarrow; install it with {command}.",
                path=path,
                command="pip install 'granska[parquet]'",
            )
            raise click.UsageError(said)


def refuse_reports(reports: Iterable[Path], outputs: Iterable[Path], words: Words) -> None:
    """Raises click.UsageError where an output would overwrite a report."""
    read = list(reports)
    for path in outputs:
        if any(_same(path, report) for report in read):
            said = words.say("{path} is a report to read. Choose another file to write.", path=path)
            raise click.UsageError(said)


def _same(path: Path, report: Path) -> bool:
    if os.path.realpath(path) == os.path.realpath(report):
        return True
    try:
        return path.samefile(report)  # by whatever name or link
    except OSError:  # one of them is not there
        return False


def _replace(path: Path, writer: Callable[[IO[bytes]], object]) -> None:
    """Put a file that ``writer`` fills in the place of ``path``. Raises OSError."""
    if path.exists():
        path.open("ab").close()  # what may not be written is not replaced either
    if path.exists() and not path.is_file():  # a pipe, a device: nothing there to keep
        with path.open("wb") as file:
            writer(file)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            writer(file)
        shutil.copymode(path, name) if path.exists() else os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """What new files are denied; there is no way to ask but to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def exit_code(audits: Iterable[AuditedReport], fail_on: Collection[str], written: bool) -> int:
    """2 when something could not be read or written, 1 with findings of ``fail_on`` that nobody has
    accepted, else 0."""
    every = list(audits)
    if not written or any(audited.status not in READ for audited in every):
        return 2
    findings = chain.from_iterable(audited.findings for audited in every)
    return int(any(one.severity in fail_on and not one.accepted for one in findings))
