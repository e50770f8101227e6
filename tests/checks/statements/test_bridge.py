"""The bridge from the operations' net cost to the income statement's."""

from __future__ import annotations

from tests.checks.support import differing, money, run

OPERATIONS = """
| Belopp i mnkr | Utfall 2025 | Budget 2025 | Utfall 2024 |
|---|---|---|---|
| Kommunstyrelsen              | -180,2   | -182,0   | -171,1   |
| Barn- och utbildningsnämnden | -1 010,4 | -1 002,0 | -980,0   |
| Socialnämnden                | -905,5   | -890,0   | -871,6   |
| Tekniska nämnden             | -120,3   | -121,0   | -119,9   |
| Summa nämnder                | {total}  | -2 195,0 | -2 142,6 |
"""
BRIDGE = """
| Belopp i mnkr | 2025 | 2024 |
|---|---|---|
| Nettokostnad enligt driftredovisningen | {opening} | -2 142,6 |
| Avgår interna poster, internränta      | {item}    | 20,3     |
| Pensionskostnader                      | -101,2    | -90,4    |
| Övriga finansposter                    | -5,0      | -5,0     |
| Verksamhetens nettokostnader enligt resultaträkningen | -2 290,5 | -2 217,7 |
"""
OPENING = "Nettokostnad enligt driftredovisningen"
CLOSING = "Verksamhetens nettokostnader enligt resultaträkningen"


def bridged(total: str = "-2 216,4", opening: str = "-2 216,4", item: str = "32,1") -> list[str]:
    tables = (
        money(OPERATIONS.format(total=total), title="Driftredovisning per nämnd"),
        money(BRIDGE.format(opening=opening, item=item), title="Avstämning mot resultaträkningen"),
    )
    return [label for label, _, _ in differing(run("bridge", *tables))]


def test_a_bridge_is_the_sum_of_its_rows_and_begins_where_the_operations_end() -> None:
    assert bridged() == []
    assert bridged(item="23,1") == [CLOSING]
    assert bridged(opening="-2 261,4") == [CLOSING, OPENING]
    assert bridged(total="-2 261,4") == [OPENING]


def test_a_bridge_from_what_the_operations_do_not_print_is_not_tied_to_them() -> None:
    """Boards may be shown in another way than the bridge begins with: then no column agrees."""
    table = BRIDGE.replace("-2 142,6 |", "-2 100,0 |").replace("20,3 ", "-22,3")
    tables = (
        money(OPERATIONS.format(total="-2 216,4"), title="Driftredovisning per nämnd"),
        money(table.format(opening="-2 200,0", item="15,7"), title="Avstämning"),
    )
    assert differing(run("bridge", *tables)) == []


def test_a_bridge_back_to_the_operations() -> None:
    text = """
    | Belopp i tkr | 2025 | 2024 |
    |---|---|---|
    | Verksamhetens nettokostnader enligt resultaträkningen | -813 552 | -776 385 |
    | Avskrivningar   | 44 870 | 43 006 |
    | Internränta     | -12 410 | -11 870 |
    | Kapitalkostnader | -60 112 | {cost} |
    | Nettokostnader enligt driftredovisningen | -841 204 | -802 550 |
    """
    assert differing(run("bridge", money(text.format(cost="-57 301")))) == []
    found = differing(run("bridge", money(text.format(cost="-75 301"))))
    assert [label for label, _, _ in found] == ["Nettokostnader enligt driftredovisningen"]


def test_rows_beside_the_bridge_that_are_no_part_of_it_decide_nothing() -> None:
    text = BRIDGE.replace("| Övriga", "| Antal nämnder | 4,0 | 4,0 |\n| Övriga")
    assert differing(run("bridge", money(text.format(opening="-2 216,4", item="32,1")))) == []
