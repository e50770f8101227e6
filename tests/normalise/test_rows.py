"""What rows are: role, level, path, marks."""

from __future__ import annotations

from audit.model import Aspect, Role, Row
from audit.normalise import normalise
from tests.tables import document, table

TABLE = """
| Belopp i tkr                  | Utfall 2021 | Budget 2021 |
|---|---|---|
| Inkomster                     |         |         |
| > Avgifter                    | 100     | 110     |
| > Bidrag                      | 50      | 40      |
| **Summa inkomster**           | 150     | 150     |
| *varav interna*               | 20      | 15      |
| Leanlink*                     | -22 100 | 0       |
| Energi^5^                     | 48      | 50      |
| Total sjukfrånvaro, %         | 6,6     | 8,2     |
| Män                           | 4,6     | 5,8     |
| Kvinnor                       | 7,1     | 8,9     |
"""


def _rows() -> dict[str, Row]:
    (grid,) = normalise(document(table(TABLE))).grids
    return {row.label: row for row in grid.rows}


def test_roles() -> None:
    roles = {label: row.role for label, row in _rows().items()}
    assert roles["Inkomster"] is Role.HEADING
    assert roles["Avgifter"] is Role.ITEM
    assert roles["Summa inkomster"] is Role.TOTAL
    assert roles["varav interna"] is Role.OF_WHICH


def test_levels_and_paths() -> None:
    rows = _rows()
    assert (rows["Avgifter"].level, rows["Avgifter"].path) == (1, ("Inkomster",))
    assert rows["varav interna"].path[-1] == "Summa inkomster"
    assert rows["Kvinnor"].path[-1] == "Total sjukfrånvaro, %"


def test_a_total_ends_what_stands_under_a_heading() -> None:
    assert _rows()["Summa inkomster"].path == ("Inkomster",)
    assert _rows()["Leanlink"].path == ()


def test_marks_leave_the_label() -> None:
    rows = _rows()
    assert rows["Leanlink"].marks == ("*",)
    assert rows["Energi"].marks == ("5",)


def test_the_total_of_women_and_men() -> None:
    assert _rows()["Total sjukfrånvaro, %"].aspect is Aspect.TOTAL
