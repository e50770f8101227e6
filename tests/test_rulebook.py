"""Rule pages: what a wrong one gets told, whose page counts, and which rules are chosen."""

from __future__ import annotations

import dataclasses
import pickle
import re
from pathlib import Path

import pytest

from audit import rulebook
from audit.rulebook import RuleError

PAGE = """\
# TST101 En summa / A total

```toml
check = "footing"
severity = "error"
norm = ""

[settings]
kind = "labelled"
```

## Varför

Därför.

## Why

Because.

## Exempel / Examples

### A total that is off

Title: Drift; unit: tkr

| Verksamhet | Utfall 2021 |
|---|---|
| Skola | 12 |
| Summa | 13 |

Finds: Summa / Utfall 2021
"""


def folder(path: Path, text: str, name: str = "TST101.md") -> Path:
    path.mkdir(parents=True, exist_ok=True)
    (path / name).write_text(text, encoding="utf-8")
    return path


def test_a_page_of_ones_own(tmp_path: Path) -> None:
    rules = {rule.code: rule for rule in rulebook.load([folder(tmp_path, PAGE)])}
    rule = rules["TST101"]
    assert (rule.title["sv"], rule.title["en"]) == ("En summa", "A total")
    assert rule.settings == {"kind": "labelled"}
    assert rule.examples[0].suspects == (("Summa", "Utfall 2021"),)
    assert "SUM101" in rules


def test_a_page_replaces_the_built_in_of_its_code(tmp_path: Path) -> None:
    own = folder(tmp_path, PAGE.replace("TST101", "SUM101"), "SUM101.md")
    found = [rule for rule in rulebook.load([own]) if rule.code == "SUM101"]
    assert [rule.title["en"] for rule in found] == ["A total"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('severity = "error"', 'severty = "error"', "severty"),
        ('severity = "error"', 'severity = "grave"', "severity"),
        ('check = "footing"', 'check = "fotting"', "fotting"),
        ("Finds: Summa / Utfall 2021", "Finds: nothing", "finds something"),
        ("Finds: Summa / Utfall 2021", "", "Finds"),
        ("# TST101 ", "# ", "first line"),
        ('norm = ""', "norm = ", "TST101.md"),
    ],
)
def test_a_wrong_page_names_its_file_and_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    own = folder(tmp_path, PAGE.replace(old, new))
    with pytest.raises(RuleError, match=re.escape(said)) as error:
        rulebook.load([own])
    assert re.search(r"TST101\.md:\d+: ", str(error.value))


def test_one_code_twice_in_a_folder(tmp_path: Path) -> None:
    own = folder(tmp_path / "a", PAGE).parent
    folder(tmp_path / "b", PAGE)
    with pytest.raises(RuleError, match="TST101"):
        rulebook.load([own])


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such folder"):
        rulebook.load([tmp_path / "missing"])


def test_rules_are_chosen_by_family_and_code() -> None:
    rules = rulebook.load([])
    codes = [rule.code for rule in rulebook.select(rules, ("SUM", "dev201"), ("SUM106",))]
    assert codes == ["DEV201", "SUM101", "SUM102", "SUM103", "SUM104", "SUM105"]
    assert rulebook.select(rules, (), ()) == rules


def test_an_unknown_code_is_told_what_is_near() -> None:
    with pytest.raises(RuleError, match="SUM101"):
        rulebook.select(rulebook.load([]), ("SUM1O1",), ())


def test_rules_can_be_sent_to_a_worker() -> None:
    rules = rulebook.load([])
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_the_digest_is_that_of_the_pages(tmp_path: Path) -> None:
    rules = rulebook.load(())
    digest = rulebook.digest(rules)
    assert re.fullmatch(r"[0-9a-f]{64}", digest)
    assert rulebook.digest(reversed(rules)) == digest
    assert rulebook.digest(rules[1:]) != digest
    changed = dataclasses.replace(rules[0], source=rules[0].source + " ")
    assert rulebook.digest([changed, *rules[1:]]) != digest


def test_the_digest_is_another_with_another_version_of_a_check_by_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    rule = dataclasses.replace(rulebook.load(())[0], check="theirs")
    digests = set()
    for version in ("1", "2"):
        info = tmp_path / "theirs.dist-info"
        info.mkdir(exist_ok=True)
        head = f"Metadata-Version: 2.1\nName: theirs\nVersion: {version}\n"
        (info / "METADATA").write_text(head, "utf-8")
        (info / "entry_points.txt").write_text("[audit.checks]\ntheirs = os:path\n", "utf-8")
        digests.add(rulebook.digest([rule]))
    assert len(digests) == 2
