"""One statement in every look, typeface and size: the same cells each time."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.extract.pages import LINES, RULED, SHADED, printed, set_typst, texts, typst_table

STATEMENT = [
    ["Nämnd (mnkr)", "Intäkter", "Kostnader", "Nettokostnad", "Budget", "Avvikelse"],
    ["Kommunstyrelsen", "45,2", "-189,4", "-144,2", "-147,0", "2,8"],
    ["Barn och utbildning", "112,0", "-934,8", "-822,8", "-815,5", "-7,3"],
    ["Socialnämnden", "87,6", "-655,1", "-567,5", "-560,0", "-7,5"],
    ["Samhällsbyggnad och \\ serviceverksamhet", "134,5", "-221,9", "-87,4", "-88,1", "0,7"],
    ["*Summa nämnder*", "379,3", "-2 002,4", "-1 623,1", "-1 611,9", "-11,2"],
    ["Finansförvaltning", "1 702,3", "-55,0", "1 647,3", "1 630,2", "17,1"],
    [
        "*Totalt efter avsättningar och \\ finansnetto*",
        "2 081,6",
        "-2 057,4",
        "24,2",
        "18,3",
        "5,9",
    ],
]
LOOKS = {"ruled": RULED, "lines": LINES, "shaded": SHADED, "none": ""}
FONTS = ("Libertinus Serif", "New Computer Modern")


@pytest.mark.parametrize(("look", "font", "size"), [*product(LOOKS, FONTS, (7, 9))])
def test_the_same_cells(tmp_path: Path, look: str, font: str, size: int) -> None:
    wide = f'#set page(width: 400mm)\n#set text(font: "{font}", size: {size}pt)\n'
    text = "Löpande text som nämner 12,5 mnkr och kommenterar tabellen.\n"
    body = wide + LOOKS[look] + text + typst_table(STATEMENT) + text
    (table,) = set_typst(tmp_path / "a.pdf", body).tables
    assert texts(table) == printed([[cell.strip("*") for cell in row] for row in STATEMENT])
