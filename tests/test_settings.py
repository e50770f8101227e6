"""Settings beside the reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.settings import SettingsError, nearest


def test_the_nearest_file_is_taken_alone(tmp_path: Path) -> None:
    below = tmp_path / "2026" / "T1"
    below.mkdir(parents=True)
    assert nearest(below).values == {} or nearest(below).origin is not None
    (tmp_path / "granska.toml").write_text('select = ["SUM"]\nrules = ["own"]\n', "utf-8")
    found = nearest(below)
    assert found.origin == tmp_path / "granska.toml"
    assert found.values == {"select": ["SUM"], "rules": [str(tmp_path / "own")]}
    (below / "pyproject.toml").write_text('[tool.granska]\nlang = "sv"\n', "utf-8")
    assert nearest(below).values == {"lang": "sv"}


def test_another_project_s_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "granska.toml").write_text('lang = "sv"\n', "utf-8")
    below = tmp_path / "below"
    below.mkdir()
    (below / "pyproject.toml").write_text("[tool.other]\nx = 1\n", "utf-8")
    assert nearest(below).values == {"lang": "sv"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1\n", "unknown key colour"),
        ('select = "SUM"\n', "select must be a list"),
        ('jobs = "two"\n', "jobs must be a number"),
        ("no-color = 1\n", "no-color must be true or false"),
        ("lang =\n", "line 1"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "granska.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=rf"granska\.toml.*{said}"):
        nearest(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("granska.toml", 'lang = "sv"\n\ncolour = 1\n', 3),
        ("granska.toml", '"colour" = 1\n', 1),
        ("granska.toml", "jobs = 2\n[colour]\nx = 1\n", 2),
        ("granska.toml", "colour.deep = 1\n", 1),
        ("pyproject.toml", "[project]\ncolour = 1\n[tool.granska]\ncolour = 1\n", 4),
        ("pyproject.toml", "[tool]\ngranska = {colour = 1}\n", None),
    ],
)
def test_an_unknown_key_is_named_with_its_line(
    tmp_path: Path, name: str, text: str, line: int | None
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        nearest(tmp_path)
    place = f"{tmp_path / name}:{line}:" if line else f"{tmp_path / name}:"
    assert str(caught.value).startswith(f"{place} unknown key colour; known are select,")
