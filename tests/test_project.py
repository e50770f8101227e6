"""What is shipped, and what the project's own file promises."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

import audit

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return folder


def under(folder: str, pattern: str) -> set[str]:
    return {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob(pattern)}


def test_the_wheel_has_rules_words_and_type_marker(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"audit/_rules/{page}" for page in under("rules", "*.md")} <= names
    assert {f"audit/{catalogue}" for catalogue in under("audit", "*.mo")} <= names
    assert {f"audit/{module}" for module in under("audit", "*.py")} <= names
    assert "audit/py.typed" in names
    assert {name.split("/")[0] for name in names} == {
        "audit",
        f"granska-{version('granska')}.dist-info",
    }


def test_the_source_distribution_can_be_tested(distributions: Path) -> None:
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"rules/{page}" for page in under("rules", "*.md")} <= names
    assert {f"samples/{path}" for path in under("samples", "*.pdf")} <= names
    assert {f"tests/{path}" for path in under("tests", "test_*.py")} <= names
    assert {"LICENSE", "README.md", "CHANGELOG.md", "docs/sample.svg"} <= names


def test_the_extra_all_holds_every_other() -> None:
    extras = PROJECT["optional-dependencies"]
    named = {
        name
        for line in extras["all"]
        for name in re.search(r"\[(.*)\]", line)[1].split(",")  # type: ignore[index]
    }
    assert named == set(extras) - {"all"}


def test_one_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert newest is not None
    assert audit.__version__ == PROJECT["version"] == newest[1]


def test_no_lock_file() -> None:
    names = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml"}
    assert not names & {path.name for path in ROOT.iterdir()}
    assert not list(ROOT.glob("requirements*.txt"))
