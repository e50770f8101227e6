"""What the reports of an archive are called, and why some of them were not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from audit.language import NO_BREAK_SPACE, Words, message
from audit.model import Archive, Entry, Period, Status
from audit.output import sentences
from audit.output.plain import clean
from audit.output.status import reason

# A scan has other means than a single audit to read such a report after all.
LIMITS: Mapping[Status, str] = {
    Status.TIMEOUT: message(
        "Reading took too long and was stopped. Scan again with a longer --timeout."
    ),
    Status.TOO_LARGE: message(
        "The report needs more memory than allowed. Scan again with a larger --memory."
    ),
}


def unread(entry: Entry, words: Words) -> str:
    """Why the report was not audited and what to do; "" for an audited one."""
    if entry.status in LIMITS:
        return words.say(LIMITS[entry.status])
    return reason(entry, words)


def by_reason(entries: Iterable[Entry], words: Words) -> dict[str, list[Entry]]:
    """The reports that were not audited by why, most first."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if said := unread(entry, words):
            found.setdefault(said, []).append(entry)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def title(entry: Entry, words: Words) -> str:
    """ "Delårsrapport per 31 augusti 2023"; what is not known of it is left out."""
    period = words.period(entry.period) if entry.period else ""
    said = f"{sentences.kind(words, entry)} {period}".strip()
    return said[:1].upper() + said[1:]


class Shown:
    """The reports of an archive by SHA-256, and what they are called in one language."""

    def __init__(self, archive: Archive, words: Words) -> None:
        self._archive, self._words = archive, words
        self._entries = {one.sha256: one for one in archive.entries}

    def entry(self, sha256: str) -> Entry | None:
        return self._entries.get(sha256)

    def body(self, entry: Entry) -> str:
        """The one name of its body, however the report spells it."""
        return clean(self._archive.bodies.get(entry.sha256, entry.organisation))

    def bodies(self) -> set[str]:
        """The names of all bodies that there are reports of."""
        return {name for one in self._entries.values() if (name := self.body(one))}

    def name(self, entry: Entry) -> str:
        """ "Socialnämnden, Storå kommun · Delårsrapport per 31 augusti 2023", or the file's."""
        parts = (self.body(entry), title(entry, self._words))
        return f"{NO_BREAK_SPACE}· ".join(part for part in parts if part) or file(entry)


def file(entry: Entry) -> str:
    """The first of the files that hold the report."""
    return clean(entry.names[0]) if entry.names else entry.sha256[:12]


def part_of_year(period: Period, words: Words) -> str:
    """ "helår", "jan–apr", "per 31 augusti": the same words for the same part of any year."""
    start, end = period.start, period.end
    if start == end:
        return words.say("balance on {date}", date=f"{end.day}/{end.month}")
    if (start.month, start.day, period.months) == (1, 1, 12):
        return words.say("full year")
    months = [words.month(day.month) for day in (start, end)]
    return "–".join(dict.fromkeys(months))
