"""The words of each language: complete, compiled, and filled in as they should be."""

from __future__ import annotations

import ast
import datetime as dt
import string
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages import catalog as babel
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from audit import language
from audit.language import DOMAIN, LANGUAGES, LOCALE, default_language, translation
from audit.model import Period

CODE = Path(language.__file__).parent
TRANSLATED = [name for name in LANGUAGES if name != "en"]

Message = str | tuple[str, str]


def messages() -> set[Message]:
    """Every message of the code: the literal arguments of ``say``, ``message`` and ``count``.

    The syntax tree is read rather than the tokens, for Babel's extractor sees no call within an
    f-string.
    """
    return {
        found
        for path in CODE.rglob("*.py")
        for found in _messages(ast.parse(path.read_text("utf-8")))
    }


def _messages(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        literals = [one.value for one in node.args if isinstance(one, ast.Constant)]
        texts = [text for text in literals if isinstance(text, str)]
        if name in {"say", "message"} and texts:
            yield texts[0]
        elif name == "count" and len(texts) == 2:
            yield texts[0], texts[1]


def forms(message: babel.Message) -> list[str]:
    """The translation, in singular and plural where it has both."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def catalogue(name: str) -> babel.Catalog:
    with (LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=name)


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_message_is_translated_and_nothing_else(name: str) -> None:
    known = catalogue(name)
    translated = {
        (message.id if isinstance(message.id, str) else tuple(message.id)): message
        for message in known
        if message.id
    }
    assert messages() - translated.keys() == set(), "untranslated"
    assert translated.keys() - messages() == set(), "no longer in the code"
    assert not known.obsolete
    for message in translated.values():
        assert not message.fuzzy, message.id
        assert all(forms(message)), message.id


@pytest.mark.parametrize("name", TRANSLATED)
def test_translations_fill_in_the_same_names(name: str) -> None:
    for message in catalogue(name):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        expected = set().union(*map(fields, ids))
        if message.id:
            assert set().union(*map(fields, forms(message))) == expected, message.id


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", TRANSLATED)
def test_the_compiled_catalogue_is_the_source(name: str) -> None:
    compiled = translation(name).catalogue
    for message in catalogue(name):
        if isinstance(message.id, str):
            found = [compiled.gettext(message.id)] if message.id else forms(message)
        else:
            found = [compiled.ngettext(message.id[0], message.id[1], n) for n in (1, 2)]
        assert found == forms(message), f"pybabel compile -D {DOMAIN} -d audit/locale"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "sv_FI"}, "sv"),
        ({"LANG": "sv_SE", "LC_ALL": ""}, "sv"),
    ],
)
def test_default_language(environment: dict[str, str], expected: str) -> None:
    assert default_language(environment) == expected


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        ("0", "0", "0"),
        ("-1777", "−1 777", "−1 777"),
        ("1234567.50", "1 234 567,50", "1 234 567.50"),
        ("-0.5", "−0,5", "−0.5"),
        ("1E+3", "1 000", "1 000"),
    ],
)
def test_numbers(value: str, swedish: str, english: str) -> None:
    number = Decimal(value)
    assert translation("sv").number(number) == swedish.replace(" ", "\N{NO-BREAK SPACE}")
    assert translation("en").number(number) == english.replace(" ", "\N{NO-BREAK SPACE}")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_numbers_keep_every_digit(number: Decimal) -> None:
    for name in LANGUAGES:
        printed = translation(name).number(number)
        plain = printed.replace("\N{NO-BREAK SPACE}", "").replace("−", "-").replace(",", ".")
        assert Decimal(plain) == number


def test_dates_and_periods() -> None:
    swedish, english = translation("sv"), translation("en")
    months = Period(dt.date(2021, 1, 1), dt.date(2021, 8, 31))
    assert swedish.period(months) == "per den 31 augusti 2021"
    assert english.period(months) == "as of 31 August 2021"
    assert swedish.period(Period(dt.date(2020, 1, 1), dt.date(2020, 12, 31))) == "2020"


def test_braces_in_a_text_from_elsewhere_do_no_harm() -> None:
    assert translation("sv").translate("{what} {0.__class__}") == "{what} {0.__class__}"


def test_percent_is_rounded_down() -> None:
    assert translation("en").percent(Decimal("0.999")) == "99%"
    assert translation("sv").percent(Decimal(1)) == "100\N{NO-BREAK SPACE}%"
