"""The rulebook: Markdown pages to rules.

A page is declaration, documentation and fixture at once::

    # DEV201 Avvikelsen stämmer inte / The deviation does not agree

    ```toml
    check = "deviation"
    severity = "error"
    norm = "…"

    [settings]
    ```

    ## Varför
    …
    ## Why
    …
    ## Exempel / Examples
    ### A copied figure
    Title: Prognos; unit: tkr; note: * …
    | … the printed table … |
    Finds: Leanlink / Avvikelse

An example that finds nothing says ``Finds: nothing``. Running text stands in quoted lines, ``> #
Heading`` and ``> A paragraph.``, and what is found there in quotation marks: ``Finds: "29 %"``;
that something is not there is ``Finds: missing``. Of two reports, what the earlier one prints
stands below a line ``Earlier:``, and what the newer one does below ``Newer:``.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from audit.checks import BUILTIN
from audit.checks.across import ACROSS
from audit.model import (
    Across,
    AcrossCheck,
    Check,
    Document,
    Example,
    Kinship,
    Report,
    Rule,
    Severity,
)

READING = "reading"  # the rules on what could not be read: no check, the judge speaks them
KEYS = frozenset({"check", "severity", "norm", "settings"})
NOTHING = "nothing"
MISSING = "missing"  # what is found is that something is not there

_TITLE = re.compile(r"^# (?P<code>[A-Z]{3}\d{3}) (?P<sv>.+?) / (?P<en>.+)$")
_FINDS = re.compile(r"^Finds: (?P<what>.+)$")
_OBSERVED = re.compile(r'"([^"]+)"')
EARLIER, NEWER = "Earlier:", "Newer:"
_NOTE = re.compile(r"^(?:Title|Unit|Note|Period): ", re.IGNORECASE)


class RuleError(Exception):
    """A rule page or a choice of rules that is wrong; the words say what, where and the mend."""


def load(folders: Iterable[Path]) -> tuple[Rule, ...]:
    """The built-in rules by code, and those of ``folders``: a later page takes the place of an
    earlier one with its code.

    Raises RuleError, naming file and line, for a page that is wrong or a code that one folder
    has twice.
    """
    rules: dict[str, Rule] = {}
    for folder in (builtin_folder(), *folders):
        rules |= _folder(folder)
    return tuple(rules[code] for code in sorted(rules))


def builtin_folder() -> Path:
    """Where the built-in pages lie: inside an installed wheel, else beside the package."""
    inside = Path(__file__).parent / "_rules"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "rules"


def check(name: str) -> Check | None:
    """The check called ``name``, a built-in one or one of the entry points ``audit.checks``; None
    where there is none, as for what is said while reading."""
    return None if name == READING else BUILTIN.get(name) or _others().get(name)


def across(name: str) -> AcrossCheck | None:
    """The check across two reports called ``name``; None where there is none."""
    return ACROSS.get(name)


def digest(rules: Iterable[Rule]) -> str:
    """What a rulebook finds hangs on: the SHA-256, in hexadecimal digits, of its pages and of the
    versions in which checks by others are installed. The built-in checks are the program's."""
    found = hashlib.sha256()
    for rule in sorted(rules, key=lambda rule: rule.code):
        said = (rule.code, rule.check, _version(rule.check), rule.source)
        found.update("\0".join(said).encode() + b"\0")
    return found.hexdigest()


def _version(name: str) -> str:
    """Of the distribution that a check by others comes from; "" for a built-in one."""
    if name in BUILTIN or name in ACROSS or name == READING:
        return ""
    from importlib.metadata import entry_points  # noqa: PLC0415

    (point, *_) = (*entry_points(group="audit.checks", name=name), None)
    return f"{point.dist.name} {point.dist.version}" if point and point.dist else ""


@cache
def _others() -> Mapping[str, Check]:
    """Other people's checks. Looking for them costs more than a short report's arithmetic, so it
    waits for a rule that names one."""
    from importlib.metadata import entry_points  # noqa: PLC0415

    return {point.name: point.load() for point in entry_points(group="audit.checks")}


def select(
    rules: Sequence[Rule], chosen: Sequence[str], ignored: Sequence[str]
) -> tuple[Rule, ...]:
    """The rules whose code or family is in ``chosen`` (all, when that is empty) and not in
    ``ignored``.

    Raises RuleError for a word that is neither code nor family of any rule.
    """
    known = {rule.code for rule in rules} | {rule.code[:3] for rule in rules}
    for word in (*chosen, *ignored):
        if word.upper() not in known:
            near = difflib.get_close_matches(word.upper(), sorted(known), n=3)
            hint = f" Did you mean {', '.join(near)}?" if near else ""
            raise RuleError(f"There is no rule or family of rules {word}.{hint}")
    wanted = {word.upper() for word in chosen}
    unwanted = {word.upper() for word in ignored}
    return tuple(
        rule
        for rule in rules
        if (not wanted or {rule.code, rule.code[:3]} & wanted)
        and not {rule.code, rule.code[:3]} & unwanted
    )


def index(rules: Sequence[Rule]) -> str:
    """The text of rules/README.md: every rule in a line."""
    lines = [
        "# The rulebook",
        "",
        "One page a rule. This list is made from the pages; `granska explain CODE` prints one.",
        "",
        "| rule | severity | Swedish | English |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| [{rule.code}]({rule.code[:3].lower()}/{rule.code}.md) | {rule.severity} |"
        f" {rule.title['sv']} | {rule.title['en']} |"
        for rule in rules
    ]
    return "\n".join(lines) + "\n"


def _folder(folder: Path) -> dict[str, Rule]:
    if not folder.is_dir():
        raise RuleError(f"{folder}: there is no such folder of rule pages.")
    found: dict[str, Rule] = {}
    for path in sorted(folder.rglob("*.md")):
        if path.name == "README.md":
            continue
        try:
            rule = page(path.read_text(encoding="utf-8"), str(path))
        except UnicodeDecodeError as error:
            raise RuleError(f"{path}:1: the page is not UTF-8 ({error.reason}).") from error
        if rule.code in found:
            raise RuleError(f"{path}:1: {rule.code} has a page already: {found[rule.code].origin}")
        found[rule.code] = rule
    return found


def page(text: str, origin: str) -> Rule:
    """The rule that a page declares.

    Raises RuleError, naming ``origin`` and the line.
    """
    lines = text.splitlines()
    title = _TITLE.match(lines[0]) if lines else None
    if title is None:
        raise RuleError(f"{origin}:1: the first line must read '# ABC123 svensk titel / title'.")
    declared, start = _declaration(lines, origin)
    examples = tuple(_examples(lines, origin))
    if declared["check"] != READING and not any(
        example.suspects or example.observed for example in examples
    ):
        raise RuleError(f"{origin}:{len(lines)}: the page needs an example that finds something.")
    rule = Rule(
        code=title["code"],
        check=str(declared["check"]),
        severity=_severity(declared, origin, start),
        title={"sv": title["sv"].strip(), "en": title["en"].strip()},
        why={"sv": _section(lines, "Varför", origin), "en": _section(lines, "Why", origin)},
        settings=_settings(declared, origin, start),
        norm=_text(declared, "norm", origin, start),
        examples=examples,
        source=text,
        origin=origin,
    )
    _try_settings(rule, start)
    return rule


def _try_settings(rule: Rule, line: int) -> None:
    """Run the check on a report without tables: it refuses settings that it cannot use."""
    placed = replace(rule, origin=f"{rule.origin}:{line}")
    nothing = Report(Document("", "", (), (), ()), "", "", None, ())
    try:
        if (tested := check(rule.check)) is not None:
            list(tested(nothing, placed))
        elif (beside := across(rule.check)) is not None:
            list(beside(Across(nothing, nothing, Kinship.PRECEDING), placed))
    except ValueError as error:
        raise RuleError(str(error)) from error


def _text(declared: Mapping[str, object], name: str, origin: str, line: int) -> str:
    value = declared.get(name, "")
    if not isinstance(value, str):
        raise RuleError(f"{origin}:{line}: {name} must be text.")
    return value


def _declaration(lines: Sequence[str], origin: str) -> tuple[dict[str, object], int]:
    """The page's TOML block and the line on which it begins."""
    try:
        start = lines.index("```toml")
        end = lines.index("```", start + 1)
    except ValueError:
        raise RuleError(f"{origin}:2: the page needs a block ```toml … ```.") from None
    try:
        declared = tomllib.loads("\n".join(lines[start + 1 : end]))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{origin}:{start + 2}: {error}") from error
    unknown = sorted(set(declared) - KEYS)
    if unknown:
        known = ", ".join(sorted(KEYS))
        raise RuleError(f"{origin}:{start + 2}: unknown key {unknown[0]}; known are {known}.")
    name = str(declared.get("check"))
    if name != READING and check(name) is None and across(name) is None:
        names = ", ".join(sorted({*BUILTIN, *ACROSS, *_others(), READING}))
        raise RuleError(f"{origin}:{start + 2}: unknown check {name!r}; known are {names}.")
    return declared, start + 2


def _severity(declared: Mapping[str, object], origin: str, line: int) -> Severity:
    try:
        return Severity(str(declared.get("severity")))
    except ValueError:
        raise RuleError(f"{origin}:{line}: severity must be error, warning or note.") from None


def _settings(declared: Mapping[str, object], origin: str, line: int) -> dict[str, object]:
    settings = declared.get("settings", {})
    if not isinstance(settings, dict):
        raise RuleError(f"{origin}:{line}: settings must be a table: [settings].")
    return dict(settings)


def _section(lines: Sequence[str], heading: str, origin: str) -> str:
    """The text under a heading of the second level."""
    try:
        start = lines.index(f"## {heading}") + 1
    except ValueError:
        raise RuleError(f"{origin}:{len(lines)}: the page needs a part '## {heading}'.") from None
    end = next((i for i in range(start, len(lines)) if lines[i].startswith("## ")), len(lines))
    return "\n".join(lines[start:end]).strip()


def _examples(lines: Sequence[str], origin: str) -> Iterator[Example]:
    starts = [number for number, line in enumerate(lines) if line.startswith("### ")]
    for start, end in pairwise([*starts, len(lines)]):
        body = lines[start + 1 : end]
        found = next((match for line in body if (match := _FINDS.match(line))), None)
        if found is None:
            raise RuleError(f"{origin}:{start + 1}: the example needs a line 'Finds: …'.")
        body, earlier = _parted(body)
        rows = tuple(_row(line) for line in body if _is_row(line))
        text = tuple(quoted(body))
        observed = tuple(_OBSERVED.findall(found["what"])) or _missing(found["what"])
        suspects = tuple(_suspects(_OBSERVED.sub("", found["what"]), origin, start + 1))
        notes = tuple(line for line in body if _NOTE.match(line))
        every = (*text, *notes, *(cell for row in rows for cell in row))
        for words in observed:
            if not any(words in passage.replace("^", "") for passage in every):
                raise RuleError(f"{origin}:{start + 1}: the example has no words '{words}'.")
        printed = {cell.strip("*^ >") for row in rows for cell in row}
        for place in (words for pair in suspects for words in pair):
            if place not in printed:
                raise RuleError(f"{origin}:{start + 1}: the example's table has no cell '{place}'.")
        yield Example(
            title=lines[start][4:].strip(),
            rows=rows,
            suspects=suspects,
            line=start + 1,
            note=next(iter(notes), ""),
            text=text,
            observed=observed,
            earlier=earlier,
        )


def _parted(body: Sequence[str]) -> tuple[Sequence[str], tuple[str, ...]]:
    """The lines of the report that an example is of, and those of an earlier one, if any."""
    if EARLIER not in body or NEWER not in body:
        return body, ()
    start, end = body.index(EARLIER), body.index(NEWER)
    return body[end + 1 :], tuple(body[start + 1 : end])


def _missing(what: str) -> tuple[str, ...]:
    return ("",) if what.strip() == MISSING else ()


def quoted(body: Sequence[str]) -> Iterator[str]:
    """The passages of an example's text: headings ("# …"), notes ("^1^ …", without their carets),
    and paragraphs whose lines go on."""
    paragraph: list[str] = []
    for line in [*body, ""]:
        said = line[1:].strip() if line.startswith("> ") else ""
        if paragraph and (not said or said.startswith(("#", "^"))):
            yield " ".join(paragraph)
            paragraph = []
        if said.startswith("#"):
            yield said
        elif said:
            paragraph.append(said)


def _is_row(line: str) -> bool:
    return line.startswith("|") and bool(line.strip("|:- "))


def _row(line: str) -> tuple[str, ...]:
    return tuple(
        cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")
    )


def _suspects(what: str, origin: str, line: int) -> Iterator[tuple[str, str]]:
    if what.strip() in (NOTHING, MISSING):
        return
    for part in filter(str.strip, what.split(";")):
        row, slash, column = part.partition(" / ")
        if not slash:
            raise RuleError(f"{origin}:{line}: 'Finds:' takes 'row / column; …' or 'nothing'.")
        yield row.strip(), column.strip()
