"""Settings that stand beside the reports: ``granska.toml``, or ``[tool.granska]`` of
``pyproject.toml``, in a report's folder or one above it. The nearest file is taken, alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = "granska.toml"
PROJECT = "pyproject.toml"
LIST, TEXT, NUMBER, FLAG, PATHS, PATH = "list", "text", "number", "flag", "paths", "path"
KEYS: Mapping[str, str] = {
    "select": LIST,
    "ignore": LIST,
    "rules": PATHS,
    "fail-on": TEXT,
    "lang": TEXT,
    "jobs": NUMBER,
    "timeout": NUMBER,
    "no-color": FLAG,
    "accepted": PATH,
}


class SettingsError(Exception):
    """Settings that cannot be used; the words name the file, the line and the key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``values`` by key, paths as they are from here; ``origin`` is the file, None without one."""

    origin: Path | None = None
    values: Mapping[str, object] = field(default_factory=dict)


def nearest(folder: Path) -> Settings:
    """The settings for reports in ``folder``; empty ones where there are none.

    Raises SettingsError.
    """
    for place in (folder, *folder.parents):
        if (own := place / FILE).is_file():
            return _settings(own, _read(own))
        if (project := place / PROJECT).is_file():
            tools = _read(project).get("tool", {})
            if isinstance(tools, dict) and isinstance(found := tools.get("granska"), dict):
                return _settings(project, found)
    return Settings()


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}") from error


def _settings(path: Path, given: Mapping[str, object]) -> Settings:
    values: dict[str, object] = {}
    for key, value in given.items():
        if key not in KEYS:
            known = ", ".join(KEYS)
            raise SettingsError(f"{_place(path, key)}: unknown key {key}; known are {known}.")
        fits, told = _TYPES[KEYS[key]]
        if not fits(value):
            raise SettingsError(f"{_place(path, key)}: {key} must be {told}.")
        values[key] = _placed(path.parent, KEYS[key], value)
    return Settings(path, values)


def _place(path: Path, key: str) -> str:
    """The file and the line that sets ``key``, "granska.toml:3"; the file alone where no line
    begins with it."""
    text = path.read_text("utf-8")
    start = text.find("[tool.granska") if path.name == PROJECT else 0
    begins = rf"""^[ \t]*\[?(?:tool\.granska\.)?["']?{re.escape(key)}["']?[ \t]*[\].=]"""
    found = re.compile(begins, re.MULTILINE).search(text, max(start, 0))
    return f"{path}:{text.count(chr(10), 0, found.start()) + 1}" if found else str(path)


def _placed(folder: Path, kind: str, value: object) -> object:
    """Paths in a file are from that file's folder."""
    if kind == PATH:
        return str(folder / str(value))
    if kind == PATHS and isinstance(value, list):
        return [str(folder / str(one)) for one in value]
    return value


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


_TYPES: Mapping[str, tuple[Callable[[object], bool], str]] = {
    LIST: (_texts, 'a list of texts, for instance ["SUM", "DEV201"]'),
    PATHS: (_texts, 'a list of folders, for instance ["rules"]'),
    TEXT: (lambda value: isinstance(value, str), "text"),
    PATH: (lambda value: isinstance(value, str), "the path of a file"),
    NUMBER: (
        lambda value: isinstance(value, int | float) and not isinstance(value, bool),
        "a number",
    ),
    FLAG: (lambda value: isinstance(value, bool), "true or false"),
}
