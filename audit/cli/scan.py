"""``granska scan``: audit an archive of reports into a store."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.cli import options
from audit.language import Words

if TYPE_CHECKING:
    from audit.model import Decision, Edition, Entry, Rule, Skipped
    from audit.scan import Scan
    from audit.scan.engine import Engine
    from audit.workers import Done, Limits

STORE = "granska.db"
INTERRUPTED = 130  # 128 and the number of the signal, as shells say it
MOST = 20  # files left out that are named


@click.command()
@click.argument("archive", metavar="ARCHIVE", is_eager=True, callback=options.settle_archive)
@click.option(
    "--store",
    "location",
    metavar="FILE|URL",
    help="What is remembered: an SQLite file (granska.db in the archive), or the URL of a "
    "PostgreSQL database, postgresql+psycopg://….",
)
@click.option(
    "--dask",
    "cluster",
    metavar="ADDRESS|local",
    help="Work on a Dask cluster (tcp://scheduler:8786, or one started here) instead of in "
    "processes of this machine.",
)
@options.output_option(".html", ".xlsx", ".json")
@options.rules_option
@options.select_option
@options.ignore_option
@options.fail_on_option
@options.jobs_option
@options.timeout_option
@click.option(
    "--memory",
    type=click.IntRange(min=1024),
    default=4096,
    metavar="MB",
    help="Give a report up that needs more address space (4096).",
)
@click.option("--again", is_flag=True, help="Read every report anew, whatever is known of it.")
@options.language_option
@options.no_color_option
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@click.pass_context
def scan(
    ctx: click.Context,
    archive: str,
    location: str | None,
    cluster: str | None,
    outputs: Sequence[Path],
    folders: Sequence[Path],
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fail_on: str,
    jobs: int | None,
    timeout: float,
    memory: int,
    again: bool,
    words: Words,
    no_color: bool,
    quiet: bool,
) -> None:
    """Audit every report below ARCHIVE: a folder, a zip, or a URL that fsspec knows.

    What is read is remembered in the store, report by report: a scan that was stopped goes on where
    it stopped, and one that is repeated reads only what is new or has changed. Then each report is
    held against the earlier ones that it speaks of. Exit codes as of the program, and 130 where the
    scan was stopped from the keyboard.
    """
    from audit import store  # noqa: PLC0415
    from audit.cli.progress import follow  # noqa: PLC0415
    from audit.cli.rulebook import chosen  # noqa: PLC0415
    from audit.cli.showing import show, write_all  # noqa: PLC0415
    from audit.model import SourceError  # noqa: PLC0415
    from audit.output.obstacles import sentence  # noqa: PLC0415
    from audit.scan import Scan, sources  # noqa: PLC0415
    from audit.scan.archive import archive as shown_archive  # noqa: PLC0415
    from audit.scan.cluster import EngineError  # noqa: PLC0415
    from audit.scan.edition import edition  # noqa: PLC0415
    from audit.workers import MEGABYTE, Limits  # noqa: PLC0415

    rules: Sequence[Rule] = chosen(folders, select, ignore)
    limits = Limits(timeout, memory * MEGABYTE)
    processes = jobs or os.cpu_count() or 1
    try:
        place = sources.placed(archive)
        title = sources.title(place)
        now = edition(rules)
        with (
            store.opened(location or _beside(place), title) as kept,
            _engine(cluster, processes, limits, now, words) as engine,
        ):
            work = Scan(place, kept, rules, now, engine, again)
            work.find()
            if not work.files:
                _say_skipped(work.skipped, words)
                click.echo(words.say("{archive} holds no PDF.", archive=title), err=True)
                ctx.exit(2)
            kept.decide(_decisions(work))
            follow(work.run(), words, quiet)
            shown = shown_archive(kept, title, {rule.code: rule for rule in rules})
            if not quiet:
                show(shown, words, no_color)
            else:  # the summary names them otherwise
                _say_unread(shown.entries, words)
            _say_skipped(work.skipped, words)
            _say_failed(work.failed, words)
            written = write_all(shown, kept, outputs, words)
    except SourceError as error:
        click.echo(f"{archive}: {sentence(error, words)}", err=True)
        ctx.exit(2)
    except (store.StoreError, EngineError) as error:
        click.echo(error.said(words), err=True)
        ctx.exit(2)
    except KeyboardInterrupt:
        said = words.say("Stopped. What was read is kept; the same command goes on from there.")
        click.echo(said, err=True)
        ctx.exit(INTERRUPTED)
    if work.failed or not written:
        ctx.exit(2)
    ctx.exit(_exit_code(shown.entries, work.skipped, options.failing(fail_on)))


def _beside(place: str) -> str:
    """The store in the archive's folder, in that of an archive in one file, or here."""
    path = Path(place)
    if path.is_dir():
        return str(path / STORE)
    return str(path.parent / STORE) if path.exists() else STORE


def _engine(
    cluster: str | None, processes: int, limits: Limits, edition: Edition, words: Words
) -> AbstractContextManager[Engine]:
    """Raises click.UsageError where Dask is not installed, EngineError where no cluster is."""
    from audit.scan.engine import Local  # noqa: PLC0415

    if cluster is None:
        return nullcontext(Local(processes, limits))
    if find_spec("distributed") is None:
        said = words.say(
            "--dask needs Dask; install it with {command}.", command="pip install 'granska[dask]'"
        )
        raise click.UsageError(said)
    from audit.scan.cluster import Cluster  # noqa: PLC0415

    return Cluster(cluster, processes, limits, edition.program)


def _decisions(work: Scan) -> dict[str, tuple[Decision, ...]]:
    """What auditors have accepted, by folder of the archive, from the files beside the reports.

    Raises click.UsageError where one of them cannot be used.
    """
    from audit.accepted import FILE, AcceptedError, load  # noqa: PLC0415
    from audit.scan.sources.names import original  # noqa: PLC0415
    from audit.store.store import folder  # noqa: PLC0415

    root = Path(work.location)
    if not root.is_dir():
        return {}
    places = dict.fromkeys(folder(source.name) for source in work.files)
    try:
        found = {place: load(root / original(place) / FILE) for place in places}
    except AcceptedError as error:
        raise click.UsageError(str(error)) from error
    return {place: decisions for place, decisions in found.items() if decisions}


def _say_skipped(skipped: Sequence[Skipped], words: Words) -> None:
    from audit.output.obstacles import sentence  # noqa: PLC0415
    from audit.output.plain import clean  # noqa: PLC0415

    for one in skipped[:MOST]:
        click.echo(f"{clean(one.name)}: {sentence(one, words)}", err=True)
    if (more := len(skipped) - MOST) > 0:
        click.echo(words.count("{n} more was left out.", "{n} more were left out.", more), err=True)


def _say_failed(failed: Sequence[Done], words: Words) -> None:
    if failed:
        said = words.count(
            "{n} report could not be held against others ({detail}). The next scan tries again.",
            "{n} reports could not be held against others ({detail}). The next scan tries again.",
            len(failed),
            detail=f"{failed[0].failure} {failed[0].detail}",
        )
        click.echo(said, err=True)


def _say_unread(entries: Sequence[Entry], words: Words) -> None:
    from audit.cli.auditing import say_unread  # noqa: PLC0415
    from audit.model import AuditedReport, Status  # noqa: PLC0415
    from audit.output.plain import clean  # noqa: PLC0415

    unread = [entry for entry in entries if entry.status is not Status.AUDITED]
    say_unread(
        (
            AuditedReport(clean(entry.names[0]), entry.status, None, detail=entry.detail)
            for entry in unread[:MOST]
        ),
        words,
    )
    if (more := len(unread) - MOST) > 0:
        said = words.count("{n} more was not read.", "{n} more were not read.", more)
        click.echo(said, err=True)


def _exit_code(entries: Sequence[Entry], skipped: Sequence[Skipped], failing: Sequence[str]) -> int:
    """2 where something could not be read, 1 with findings of ``failing`` that nobody has
    accepted, else 0."""
    from audit.cli.auditing import READ  # noqa: PLC0415
    from audit.model import Obstacle  # noqa: PLC0415

    unread = any(one.obstacle is not Obstacle.LOOP for one in skipped)
    if unread or any(entry.status not in READ for entry in entries):
        return 2
    return int(any(getattr(entry, f"{severity}s") for entry in entries for severity in failing))
