"""The README says what is so: its commands, its help texts, its picture."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main
from docs.picture import PICTURE, picture

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = [
    body for _, body in re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
]
HELPS = [block for block in BLOCKS if re.match(r"\$ granska.* --help\n", block)]


def test_two_commands_set_up_and_run_everything() -> None:
    first, second = (block.splitlines() for block in BLOCKS[:2])
    setup = "python3 -m venv .venv && .venv/bin/pip install"
    assert len(first) == len(second) == 1
    assert first[0].startswith(setup)
    assert second[0].startswith(setup)
    assert "&& .venv/bin/granska check samples/" in first[0]
    assert second[0].endswith("&& .venv/bin/python -m pytest")
    assert "[all]" in second[0]


def test_the_sample_of_the_first_command_is_there() -> None:
    assert (ROOT / BLOCKS[0].split()[-1]).is_file()


@pytest.mark.parametrize("block", HELPS, ids=[block.splitlines()[0] for block in HELPS])
def test_help_is_the_program_s(block: str) -> None:
    """Only the words count: how click breaks lines is its own affair."""
    command, _, said = block.partition("\n")
    program, *arguments = command.removeprefix("$ ").split()
    result = CliRunner().invoke(main, arguments, prog_name=program)
    assert said.split() == result.output.split()


def test_these_helps_are_shown() -> None:
    assert [block.splitlines()[0] for block in HELPS] == [
        "$ granska --help",
        "$ granska check --help",
        "$ granska scan --help",
    ]


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def shown(svg: str) -> list[str]:
    """The texts of a picture in order. The frame round them may change with rich."""
    return [html.unescape(text) for text in re.findall(r"<text [^>]*>(.*?)</text>", svg)]


def test_the_picture_is_what_the_program_prints() -> None:
    assert shown(PICTURE.read_text("utf-8")) == shown(picture()), "run: python docs/picture.py"


def test_the_picture_fetches_nothing() -> None:
    assert re.findall(r"url\((?!#)|@import|href", PICTURE.read_text("utf-8")) == []
