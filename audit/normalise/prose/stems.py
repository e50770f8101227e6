"""Words as stems, so that "nettokostnaderna" in a sentence meets "Nettokostnad" of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

SHORTEST = 4  # letters of a stem
LONG = 8  # letters of a stem that may be spelled otherwise here and there
BEGINNING = 3  # letters that two spellings share
SPELLED = 90  # per cent alike, for those (rapidfuzz)

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDING = re.compile(
    r"(?:ernas|arnas|ornas|erna|arna|orna|ens|ets|nas|ers|ars|ors|es|et|en|er|ar|or|na|ns|ts|"
    r"e|a|n|t|s)$"
)
_MONTH = (
    "(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|"
    "sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS = re.compile(rf"\b{_MONTH}\.?(?: ?- ?{_MONTH})?\b", re.I)
_PARENTHESES = re.compile(r"\([^()]*\)")
_SCOPE = re.compile(r"[,.;]?\s*\b(?:avser|varav|inkl(?:\.|usive)?|exkl(?:\.|usive)?)\b.*$", re.I)

# What says nothing of which row is meant: kinds of figures, times, units, kinds of organisations.
_GENERAL = (
    "samma motsvarande "
    "och eller i på av för till med från vid om mot per under över efter är var varit blir "
    "blev bli har hade ha att som den det de en ett sig sin sina sitt denna detta dessa inte "
    "även samt än men så där resultat överskott underskott avvikelse avviker budgetavvikelse "
    "utfall prognos årsprognos helårsprognos budget budgeterad årsbudget ram bokslut "
    "redovisat period periodens år året årets årsskiftet helår helåret månad augusti april mars "
    "delår tertial tidigare föregående förra total totalt totala summa samlad samlade sammantaget "
    "netto brutto belopp mål målvärde procent procentuell andel antal tkr mnkr mkr kr kronor "
    "nämnd nämnden styrelse förvaltning verksamhet enhet avdelning stab bolag kommun kommunen "
    "region förbund förbundet område sektor räknar redovisar visar väntas förväntas beräknas "
    "bedöms prognostiseras prognosticeras prognostiserar uppgår uppgick andelen ökning "
    "minskning vilket vilka som sedan alltså dock också därmed därför eller respektive cirka drygt "
    "knappt omkring jämfört jämföra jämförelse motsvarar endast positiv "
    "negativ mindre större stor liten prognostiserad "
    "nettobudget beräknad förväntad vill säga dvs tusen tusental miljon miljoner "
    "första sista två tre fyra fem sex sju åtta nio tio elva tolv viss minus plus ger ge"
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """``word`` without its endings, in small letters. Only for comparing: it may be no word."""
    found = word.casefold()
    while (shorter := _ENDING.sub("", found)) != found and len(shorter) >= SHORTEST:
        found = shorter
    return found


GENERAL = frozenset(map(stem, _GENERAL.split()))


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text``, in order; the parts of "drift- och" and
    "kostnader/intäkter" each for themselves."""
    return tuple(stem(word) for word in _WORD.findall(text))


@lru_cache(maxsize=8192)
def telling(text: str) -> frozenset[str]:
    """The stems of ``text`` that tell one thing from another."""
    return frozenset(stems(_MONTHS.sub(" ", text))) - GENERAL


def core(label: str) -> frozenset[str]:
    """What a row's label is about: without what stands in parentheses, whom it regards and what
    every row may say; all its words where nothing else is left."""
    short = _SCOPE.sub("", _PARENTHESES.sub(" ", label))
    return telling(short) or frozenset(stems(short))


def beginnings(words: Iterable[str]) -> frozenset[str]:
    """How stems begin: one that is ``among`` others begins like one of them."""
    return frozenset(word[:BEGINNING] for word in words)


def among(one: str, words: frozenset[str]) -> bool:
    """Whether a stem is among ``words``, a letter or two apart if it is long."""
    if one in words:
        return True
    return len(one) >= LONG and any(
        abs(len(one) - len(word)) <= 2
        and one[:BEGINNING] == word[:BEGINNING]
        and fuzz.ratio(one, word) >= SPELLED
        for word in words
    )
