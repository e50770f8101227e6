"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from audit.language import LANGUAGES, Words, default_language, translation

SEVERITIES = ("error", "warning", "note")  # the most severe first
TIMEOUT = 300.0  # seconds for one report

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Pages(click.ParamType[frozenset[int]]):
    """ "6-9,12" as the set of page numbers {6, 7, 8, 9, 12}."""

    name = "pages"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[int]:
        if isinstance(value, frozenset):
            return value
        return frozenset(page for part in str(value).split(",") for page in self._range(part))

    def _range(self, part: str) -> range:
        found = re.fullmatch(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?", part)
        if not found:
            self.fail(f"{part!r} is no page or range of pages; write for instance 6-9,12.")
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last:
            self.fail(f"{part!r} is no range of pages; pages count from 1.")
        return range(first, last + 1)


class Codes(click.ParamType[tuple[str, ...]]):
    """ "SUM,DEV201" as ("SUM", "DEV201")."""

    name = "codes"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        codes = tuple(code.strip().upper() for code in str(value).split(",") if code.strip())
        for code in codes:
            if not re.fullmatch(r"[A-Z]{3}\d{0,3}", code):
                self.fail(f"{code!r} is no rule code or family; write for instance SUM,DEV201.")
        return codes


class Names(click.ParamType[tuple[str, ...]]):
    """ "p8t1,p9t2" as ("p8t1", "p9t2")."""

    name = "names"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        return tuple(name.strip() for name in str(value).split(",") if name.strip())


class Output(click.ParamType[Path]):
    """A file to write, whose suffix is one of ``suffixes`` and says what is written."""

    name = "file"

    def __init__(self, suffixes: Sequence[str]) -> None:
        self.suffixes = tuple(suffixes)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.suffix.lower() not in self.suffixes:
            self.fail(f"{value}: the file's suffix must be one of {', '.join(self.suffixes)}.")
        return path


def words_of(ctx: click.Context, param: click.Parameter, value: str | None) -> Words:
    return translation(value or default_language())


def settle(ctx: click.Context, param: click.Parameter, value: tuple[Path, ...]) -> object:
    """Take the settings that stand beside the first report, or above it, for the options that
    are not given. Raises click.UsageError where they are wrong."""
    _take(ctx, value[0].absolute().parent if value else Path.cwd())
    return value


def settle_archive(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """As ``settle``, with the settings in an archive's folder or above it; here for a URL."""
    _take(ctx, Path.cwd() if "://" in value else Path(value).absolute())
    return value


class SettledHere(click.Command):
    """A command on no report: it takes the settings that stand in the working folder, or above.
    Raises click.UsageError where they are wrong."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _take(ctx, Path.cwd())
        return super().parse_args(ctx, args)


def _take(ctx: click.Context, folder: Path) -> None:
    from audit.settings import SettingsError, nearest  # noqa: PLC0415

    try:
        found = nearest(folder)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    ctx.default_map = {_OPTIONS.get(key, key): _given(said) for key, said in found.values.items()}


# What a setting's option is called inside, where that is not its own name.
_OPTIONS = {"fail-on": "fail_on", "no-color": "no_color", "rules": "folders", "lang": "words"}


def _given(said: object) -> object:
    """A setting as the command line would give it: codes with commas, folders one by one."""
    if isinstance(said, list) and all(re.fullmatch(r"[A-Za-z]{3}\d{0,3}", one) for one in said):
        return ",".join(said)
    return said


settled_pair_argument = click.argument(
    "reports",
    metavar="OLD.pdf NEW.pdf",
    nargs=2,
    is_eager=True,
    callback=settle,
    type=click.Path(path_type=Path),
)
settled_reports_argument = click.argument(
    "reports",
    metavar="REPORT.pdf...",
    nargs=-1,
    required=True,
    is_eager=True,
    callback=settle,
    type=click.Path(path_type=Path),
)
accepted_option = click.option(
    "--accepted",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Accepted findings (granska-accepted.toml beside the report).",
)
language_option = click.option(
    "--lang",
    "words",
    type=click.Choice(LANGUAGES),
    callback=words_of,
    help="Language of the output (the locale's; English unless that is Swedish).",
)
pages_option = click.option(
    "--pages", type=Pages(), help="Only these pages, for instance 6-9,12.", metavar="PAGES"
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Reports to audit at the same time (one for each processor).",
)
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=TIMEOUT,
    metavar="SECONDS",
    help="Give a report up after so long (300).",
)
rules_option = click.option(
    "--rules",
    "folders",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of rule pages beside or over the built-in ones; repeatable.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="What goes to standard output (text).",
)
select_option = click.option(
    "--select", type=Codes(), metavar="CODES", help="Only these rules: SUM,DEV201."
)
ignore_option = click.option("--ignore", type=Codes(), metavar="CODES", help="Not these rules.")
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    help="Least severity that makes the exit code 1 (error).",
)
no_color_option = click.option("--no-color", is_flag=True, help="No colours (as NO_COLOR does).")


def failing(fail_on: str) -> tuple[str, ...]:
    """The severities that make the exit code 1."""
    return SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()


def output_option(*suffixes: str) -> Decorator:
    return click.option(
        "-o",
        "--output",
        "outputs",
        multiple=True,
        type=Output(suffixes),
        metavar="FILE",
        help=f"Also write FILE; its suffix says what ({' '.join(suffixes)}); repeatable.",
    )
