"""Income statements: municipality and group, old and new layouts, boards, companies, Finland."""

from __future__ import annotations

import pytest

from tests.checks.support import differing, money, run

MUNICIPAL = """
| Belopp i tkr | Not | Kommunen 2024 | Kommunen 2023 | Koncernen 2024 | Koncernen 2023 |
|---|---|---|---|---|---|
| Verksamhetens intäkter              | 1 | 612 418   | 587 120   | 1 204 733 | 1 150 310 |
| Verksamhetens kostnader             | 2 | {cost}    | -2 598 644 | -3 150 207 | -3 011 930 |
| Avskrivningar                       | 3 | -118 306  | -112 915  | -231 006  | -219 842  |
| **Verksamhetens nettokostnader**    |   | {net}     | -2 124 439 | -2 176 480 | -2 081 462 |
| Skatteintäkter                      | 4 | 1 688 214 | 1 641 032 | 1 688 214 | 1 641 032 |
| Generella statsbidrag och utjämning | 5 | 561 907   | 540 818   | 561 907   | 540 818   |
| **Verksamhetens resultat**          |   | {result}  | 57 411    | 73 641    | 100 388   |
| Finansiella intäkter                | 6 | 21 733    | 18 290    | 9 812     | 8 104     |
| Finansiella kostnader               | 7 | -12 640   | -10 911   | -44 020   | -37 506   |
| **Resultat efter finansiella poster** |  | 41 476   | 64 790    | 39 433    | 70 986    |
| Extraordinära poster                | 8 | 0         | 0         | 0         | 0         |
| Skatt                               | 9 |           |           | -6 310    | -8 804    |
| **Årets resultat**                  |   | {year}    | 64 790    | 33 123    | 62 182    |
"""
RIGHT = {"cost": "-2 711 850", "net": "-2 217 738", "result": "32 383", "year": "41 476"}

OLD = """
| Mkr | Bokslut 2009 | Bokslut 2008 |
|---|---|---|
| Verksamhetens intäkter      | 241,6   | 229,9   |
| Verksamhetens kostnader     | -1 012,4 | -973,0 |
| Avskrivningar               | -41,2   | -39,7   |
| Verksamhetens nettokostnader | -812,0 | -782,8  |
| Skatteintäkter              | 676,1   | 661,3   |
| Kommunalekonomisk utjämning | 141,8   | 128,2   |
| Finansiella intäkter        | 8,3     | 9,9     |
| Finansiella kostnader       | -6,1    | -9,4    |
| Resultat före extraordinära poster | {before} | 7,2 |
| Extraordinära intäkter      | 0,0     | 3,1     |
| Extraordinära kostnader     | 0,0     | -0,4    |
| Årets resultat              | 8,1     | 9,9     |
"""

UNSIGNED = """
| Belopp i tkr | Utfall 2024 | Budget 2024 | Utfall 2023 |
|---|---|---|---|
| Verksamhetens intäkter       | 84 120  | 80 400  | 79 655  |
| Verksamhetens kostnader      | {cost}  | 409 100 | 398 214 |
| Avskrivningar                | 21 340  | 21 000  | 20 118  |
| Verksamhetens nettokostnader | 350 197 | 349 700 | 338 677 |
| Skatteintäkter               | 290 441 | 288 000 | 281 990 |
| Generella statsbidrag        | 71 908  | 70 300  | 68 515  |
| Finansnetto                  | -1 044  | -900    | -876    |
| Årets resultat               | 11 108  | 7 700   | 10 952  |
"""

BOARD = """
| Tkr | Budget 2024 | Utfall 2024 | Avvikelse |
|---|---|---|---|
| Verksamhetens intäkter       | 38 613   | 40 013   | 1 400   |
| Personalkostnader            | -210 300 | -212 410 | -2 110  |
| Lokalkostnader               | -31 022  | -30 885  | 137     |
| Övriga kostnader             | -63 127  | {other}  | 573     |
| Verksamhetens kostnader      | -304 449 | -305 849 | -1 400  |
| Verksamhetens nettokostnader | -265 836 | {net}    | 0       |
| Kommunbidrag                 | 265 836  | 265 836  | 0       |
| Årets resultat               | 0        | 0        | 0       |
"""

COMPANY = """
| Belopp i tkr | 2024 | 2023 |
|---|---|---|
| Nettoomsättning                            | 152 310 | 147 882 |
| Övriga rörelseintäkter                     | 2 114   | 1 976   |
| Råvaror och förnödenheter                  | -41 200 | -40 118 |
| Övriga externa kostnader                   | -38 456 | -36 902 |
| Personalkostnader                          | -29 871 | {staff} |
| Avskrivningar av materiella anläggningstillgångar | -26 310 | -25 780 |
| Rörelseresultat                            | 18 587  | 18 394  |
| Ränteintäkter och liknande resultatposter  | 412     | 388     |
| Räntekostnader och liknande resultatposter | -9 644  | -8 815  |
| Resultat efter finansiella poster          | 9 355   | 9 967   |
| Bokslutsdispositioner                      | -2 000  | -2 500  |
| Resultat före skatt                        | 7 355   | 7 467   |
| Skatt på årets resultat                    | -1 515  | -1 538  |
| Årets resultat                             | 5 840   | 5 929   |
"""

COOPERATIVE = """
| kr | 2024 | 2023 |
|---|---|---|
| Årsavgifter och hyror   | 4 812 440  | 4 610 108  |
| Övriga rörelseintäkter  | 61 204     | 55 310     |
| Summa rörelseintäkter   | 4 873 644  | 4 665 418  |
| Driftkostnader          | -2 604 118 | -2 511 907 |
| Personalkostnader       | -188 402   | -180 655   |
| Avskrivningar           | -911 300   | -911 300   |
| Summa rörelsekostnader  | -3 703 820 | -3 603 862 |
| Rörelseresultat         | 1 169 824  | 1 061 556  |
| Ränteintäkter           | 18 230     | 11 402     |
| Räntekostnader          | -1 033 711 | -840 117   |
| Summa finansiella poster | -1 015 481 | -828 715  |
| Årets resultat          | {year}     | 232 841    |
"""

FINNISH = """
| 1 000 euro | 2024 | 2023 |
|---|---|---|
| Verksamhetsintäkter          | 21 340  | 20 118  |
| Verksamhetskostnader         | -98 705 | -94 312 |
| Verksamhetsbidrag            | -77 365 | -74 194 |
| Skatteinkomster              | 61 208  | 58 930  |
| Statsandelar                 | 22 415  | {state} |
| Finansiella intäkter och kostnader | -611 | -540 |
| Årsbidrag                    | 5 647   | 6 273   |
| Avskrivningar och nedskrivningar | -4 980 | -4 790 |
| Räkenskapsperiodens resultat | 667     | 1 483   |
"""

OVERVIEW = """
| Mnkr | 2024 | 2023 | 2022 | 2021 |
|---|---|---|---|---|
| Verksamhetens intäkter  | 231,8 | 220,4 | 221,7 | 206,9 |
| Verksamhetens kostnader | {cost} | -224,4 | -220,9 | -205,0 |
| Årets resultat          | 4,2   | -4,0  | 0,8   | 1,9   |
| Soliditet (%)           | 36    | 47    | 49    | 50    |
"""


def found(text: str) -> list[tuple[str, str, str]]:
    return differing(run("income-statement", money(text, title="Resultaträkning")))


@pytest.mark.parametrize(
    "text",
    [
        MUNICIPAL.format(**RIGHT),
        OLD.format(before="8,1"),
        UNSIGNED.format(cost="412 977"),
        BOARD.format(other="-62 554", net="-265 836"),
        COMPANY.format(staff="-28 664"),
        COOPERATIVE.format(year="154 343"),
        FINNISH.format(state="22 077"),
        OVERVIEW.format(cost="-227,6"),
    ],
)
def test_a_sound_statement_is_silent_and_tested(text: str) -> None:
    comparisons = run("income-statement", money(text, title="Resultaträkning"))
    assert comparisons
    assert all(comparison.holds for comparison in comparisons)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"cost": "2 711 850"}, [("Verksamhetens nettokostnader", "-2217738", "3205962")]),
        ({"net": "-2 217 783"}, [
            ("Verksamhetens nettokostnader", "-2217783", "-2217738"),
            ("Verksamhetens resultat", "32383", "32338"),
        ]),
        ({"year": "41 746"}, [("Årets resultat", "41746", "41476")]),
    ],
)  # fmt: skip
def test_one_fault_in_a_municipality(
    change: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    assert found(MUNICIPAL.format(**{**RIGHT, **change})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OLD.format(before="8,7"), [
            ("Resultat före extraordinära poster", "8.7", "8.1"),
            ("Årets resultat", "8.1", "8.7"),
        ]),
        (UNSIGNED.format(cost="421 977"), [("Verksamhetens nettokostnader", "350197", "359197")]),
        (BOARD.format(other="-62 554", net="-256 836"), [
            ("Verksamhetens nettokostnader", "-256836", "-265836"),
            ("Årets resultat", "0", "9000"),
        ]),
        (COMPANY.format(staff="-26 864"), [("Rörelseresultat", "18394", "20194")]),
        (COOPERATIVE.format(year="145 343"), [("Årets resultat", "145343", "154343")]),
        (FINNISH.format(state="20 277"), [("Årsbidrag", "6273", "4473")]),
        (OVERVIEW.format(cost="227,6"), [("Årets resultat", "4.2", "459.4")]),
    ],
)  # fmt: skip
def test_one_fault_in_other_layouts(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


def test_an_overview_that_leaves_items_out_decides_nothing() -> None:
    text = OVERVIEW.format(cost="-227,6").replace("-220,9", "-213,3").replace("-205,0", "-195,0")
    comparisons = run("income-statement", money(text))
    assert differing(comparisons) == []
    assert [bool(comparison.undecided) for comparison in comparisons] == [False, False, True, True]


def test_a_row_that_the_norm_does_not_know_is_meant_or_not() -> None:
    text = """
    | Belopp i tkr | Utfall 2024 | Utfall 2023 |
    |---|---|---|
    | Verksamhetens intäkter       | 84 120  | 79 655 |
    | Verksamhetens kostnader      | -412 977 | -398 214 |
    | Interna poster               | 9 310   | 9 012 |
    | Verksamhetens nettokostnader | -319 547 | -318 559 |
    """
    comparisons = run("income-statement", money(text))
    assert differing(comparisons) == []
    assert any(comparison.undecided for comparison in comparisons)


def test_a_column_that_prints_all_its_costs_the_other_way_is_no_error() -> None:
    text = """
    | Belopp i tkr | Utfall 2024 | Utfall 2023 | Budget 2024 |
    |---|---|---|---|
    | Verksamhetens intäkter       | 84 120   | 79 655   | 80 400  |
    | Verksamhetens kostnader      | -412 977 | -398 214 | 409 100 |
    | Avskrivningar                | -21 340  | -20 118  | 21 000  |
    | Verksamhetens nettokostnader | -350 197 | -338 677 | -349 700 |
    """
    assert found(text) == []


LAST = """
| Belopp i mnkr | {whose} 2025 | {whose} 2024 |
|---|---|---|
| Verksamhetens nettokostnader      | -2 290,5 | -2 217,7 |
| Skatteintäkter                    | 2 332,4  | 2 250,1  |
| Verksamhetens resultat            | 41,9     | 32,4     |
| Finansnetto                       | 3,1      | 9,1      |
| Resultat efter finansiella poster | 45,0     | 41,5     |
| Årets resultat                    | 45,0     | 45,1     |
"""


def test_the_last_two_results_of_a_municipality_are_the_same() -> None:
    """A group's summary may leave its tax out."""
    assert found(LAST.format(whose="Kommunen")) == [("Årets resultat", "45.1", "41.5")]
    assert found(LAST.format(whose="Koncernen")) == []
    assert found(LAST.format(whose="Kommunen").replace("45,1", "41,5")) == []


BY_FUNCTION = """
| Belopp i tkr | 2024 | 2023 |
|---|---|---|
| Hyresintäkter            | 141 630 | 144 309 |
| Övriga förvaltningsintäkter | 2 500 | 2 310  |
| Nettoomsättning          | 144 130 | 146 619 |
| Driftkostnader           | -61 219 | -60 316 |
| Underhållskostnader      | {upkeep} | -22 288 |
| Fastighetsskatt          | -2 904  | -2 759  |
| Avskrivningar            | -29 627 | -27 603 |
| Bruttoresultat           | 26 420  | {gross} |
| Central administration   | -6 218  | {central} |
| Rörelseresultat          | 20 202  | 27 532  |
"""
BY_FUNCTION_RIGHT = {"upkeep": "-23 960", "gross": "33 653", "central": "-6 121"}


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({}, []),
        ({"upkeep": "-29 360"}, [("Bruttoresultat", "26420", "21020")]),
        (
            {"gross": "36 353"},
            [("Bruttoresultat", "36353", "33653"), ("Rörelseresultat", "27532", "30232")],
        ),
        ({"central": "-1 621"}, [("Rörelseresultat", "27532", "32032")]),
    ],
)
def test_costs_by_function(wrong: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    """ÅRL bilaga 3: all that stands between net sales and gross result makes the latter."""
    assert found(BY_FUNCTION.format(**BY_FUNCTION_RIGHT | wrong)) == expected


def test_a_gross_result_among_key_figures_is_no_step() -> None:
    assert not found("""
| Belopp i tkr | 2024 | 2023 | 2022 |
|---|---|---|---|
| Nettoomsättning | 144 130 | 146 619 | 139 004 |
| Bruttoresultat  | 26 420  | 33 653  | 31 200  |
| Rörelseresultat | 20 202  | 27 532  | 25 118  |
| Årets resultat  | 2 559   | 9 075   | 8 411   |
""")
