"""The accounts of an invented municipality and its group, two years, whole and in agreement."""

from __future__ import annotations

from collections.abc import Mapping

from audit.model import Table
from tests.tables import table

INCOME = """
| Belopp i tkr | Not | Kommunen 2024 | Kommunen 2023 | Koncernen 2024 | Koncernen 2023 |
|---|---|---|---|---|---|
| Verksamhetens intäkter              | 1 | 612 418    | 587 120    | 1 204 733  | 1 150 310  |
| Verksamhetens kostnader             | 2 | -2 711 850 | -2 598 644 | -3 150 207 | -3 011 930 |
| Avskrivningar                       | 3 | -118 306   | -112 915   | -231 006   | -219 842   |
| **Verksamhetens nettokostnader**    |   | -2 217 738 | -2 124 439 | -2 176 480 | -2 081 462 |
| Skatteintäkter                      | 4 | 1 688 214  | 1 641 032  | 1 688 214  | 1 641 032  |
| Generella statsbidrag och utjämning | 5 | 561 907    | 540 818    | 561 907    | 540 818    |
| **Verksamhetens resultat**          |   | 32 383     | 57 411     | 73 641     | 100 388    |
| Finansiella intäkter                | 6 | 21 733     | 18 290     | 9 812      | 8 104      |
| Finansiella kostnader               | 7 | -12 640    | -10 911    | -44 020    | -37 506    |
| **Resultat efter finansiella poster** |  | 41 476    | 64 790     | 39 433     | 70 986     |
| Extraordinära poster                | 8 | 0          | 0          | 0          | 0          |
| Skatt                               | 9 |            |            | -6 310     | -8 804     |
| **Årets resultat**                  |   | 41 476     | 64 790     | 33 123     | 62 182     |
"""

BALANCE = """
| Belopp i tkr | Not | Kommunen 2024 | Kommunen 2023 | Koncernen 2024 | Koncernen 2023 |
|---|---|---|---|---|---|
| **TILLGÅNGAR**                          |    |           |           |           |           |
| Immateriella anläggningstillgångar      | 10 | 1 204     | 1 420     | 3 310     | 3 644     |
| Materiella anläggningstillgångar        | 11 | 1 801 512 | 1 712 330 | 3 502 118 | 3 381 870 |
| Finansiella anläggningstillgångar       | 12 | 184 404   | 179 250   | 96 120    | 95 380    |
| **Summa anläggningstillgångar**         |    | 1 987 120 | 1 893 000 | 3 601 548 | 3 480 894 |
| Förråd m.m.                             | 13 | 12 410    | 11 804    | 40 222    | 39 115    |
| Kortfristiga fordringar                 | 14 | 344 551   | 308 582   | 346 513   | 327 973   |
| Kassa och bank                          | 15 | 74 239    | 88 214    | 132 577   | 149 962   |
| **Summa omsättningstillgångar**         |    | 431 200   | 408 600   | 519 312   | 517 050   |
| **SUMMA TILLGÅNGAR**                    |    | 2 418 320 | 2 301 600 | 4 120 860 | 3 997 944 |
| **EGET KAPITAL, AVSÄTTNINGAR OCH SKULDER** |  |          |           |           |           |
| Årets resultat                          |    | 41 476    | 64 790    | 33 123    | 62 182    |
| Övrigt eget kapital                     |    | 1 163 214 | 1 098 424 | 1 479 806 | 1 417 624 |
| **Summa eget kapital**                  | 16 | 1 204 690 | 1 163 214 | 1 512 929 | 1 479 806 |
| Avsättningar för pensioner              | 17 | 140 120   | 135 204   | 140 120   | 135 204   |
| Andra avsättningar                      | 18 | 42 300    | 40 812    | 100 211   | 97 930    |
| **Summa avsättningar**                  |    | 182 420   | 176 016   | 240 331   | 233 134   |
| Långfristiga skulder                    | 19 | 620 000   | 580 000   | 1 904 400 | 1 830 000 |
| Kortfristiga skulder                    | 20 | 411 210   | 382 370   | 463 200   | 455 004   |
| **Summa skulder**                       |    | 1 031 210 | 962 370   | 2 367 600 | 2 285 004 |
| **Summa eget kapital, avsättningar och skulder**|| 2 418 320 | 2 301 600 | 4 120 860 | 3 997 944 |
"""

CASH_FLOW = """
| Belopp i tkr | Not | Kommunen 2024 | Kommunen 2023 | Koncernen 2024 | Koncernen 2023 |
|---|---|---|---|---|---|
| **Den löpande verksamheten**             |    |          |          |          |          |
| Årets resultat                           |    | 41 476   | 64 790   | 33 123   | 62 182   |
| Justering för av- och nedskrivningar     | 3  | 118 306  | 112 915  | 231 006  | 219 842  |
| Ökning/minskning kortfristiga fordringar |    | -1 380   | -6 650   | -4 011   | -41 914  |
| Kassaflöde från den löpande verksamheten |    | 158 402  | 171 055  | 260 118  | 240 110  |
| **Investeringsverksamheten**             |    |          |          |          |          |
| Investering i materiella tillgångar      | 21 | -214 177 | -192 048 | -355 403 | -303 148 |
| Försäljning av materiella tillgångar     |    | 1 800    | 1 400    | 3 500    | 3 000    |
| Kassaflöde från investeringsverksamheten |    | -212 377 | -190 648 | -351 903 | -300 148 |
| **Finansieringsverksamheten**            |    |          |          |          |          |
| Nyupptagna lån                           | 19 | 60 000   | 45 000   | 114 400  | 110 000  |
| Amortering                               | 19 | -20 000  | -20 000  | -40 000  | -40 000  |
| Kassaflöde från finansieringsverksamheten |   | 40 000   | 25 000   | 74 400   | 70 000   |
| **Årets kassaflöde**                     |    | -13 975  | 5 407    | -17 385  | 9 962    |
| Likvida medel vid årets början           |    | 88 214   | 82 807   | 149 962  | 140 000  |
| Likvida medel vid årets slut             | 15 | 74 239   | 88 214   | 132 577  | 149 962  |
"""

REQUIREMENT = """
| Belopp i tkr | 2024 | 2023 |
|---|---|---|
| Årets resultat enligt resultaträkningen              | 41 476 | 64 790  |
| - Samtliga realisationsvinster                       | -6 214 | -3 402  |
| + Realisationsvinster enligt undantagsmöjlighet      | 0      | 0       |
| +/- Orealiserade vinster och förluster i värdepapper | -8 262 | -5 088  |
| = Årets resultat efter balanskravsjusteringar        | 27 000 | 56 300  |
| - Reservering av medel till resultatutjämningsreserv | 0      | -12 000 |
| = Årets balanskravsresultat                          | 27 000 | 44 300  |
"""

EQUITY = """
| Belopp i tkr | Kommunen 2024 | Kommunen 2023 | Koncernen 2024 | Koncernen 2023 |
|---|---|---|---|---|
| Ingående eget kapital | 1 163 214 | 1 098 424 | 1 479 806 | 1 417 624 |
| Årets resultat        | 41 476    | 64 790    | 33 123    | 62 182    |
| Utgående eget kapital | 1 204 690 | 1 163 214 | 1 512 929 | 1 479 806 |
"""

OVERVIEW = """
| Kommunen | 2024 | 2023 |
|---|---|---|
| Årets resultat (tkr)  | 41 476 | 64 790 |
| Soliditet (%)         | 49,8   | 50,5   |
| Kassalikviditet (%)   | 101,8  | 103,8  |
"""

PARTS: Mapping[str, str] = {
    "Resultaträkning": INCOME,
    "Balansräkning": BALANCE,
    "Kassaflödesanalys": CASH_FLOW,
    "Balanskravsutredning": REQUIREMENT,
    "Not 16 Eget kapital": EQUITY,
    "Flerårsöversikt": OVERVIEW,
}


def accounts(title: str = "", right: str = "", wrong: str = "") -> list[Table]:
    """All statements, each on a page of its own; in the one called ``title`` the first line that
    holds ``right`` prints ``wrong`` there instead."""
    tables = []
    for page, (name, text) in enumerate(PARTS.items(), 1):
        assert name != title or right in text, f"{title} does not print {right}"
        printed = text.replace(right, wrong, 1) if name == title else text
        tables.append(table(printed, title=name, unit="tkr", page=page))
    return tables
