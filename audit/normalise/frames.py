"""Reports as pandas frames, for those who go on by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.model import Figure, Grid, Report

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class TabularReport(Report):
    """A report that can be had as frames."""

    def figures(self) -> pd.DataFrame:
        """One row per figure: where it stands (page, box in points), what it means, its value
        (Decimal, in the unit printed) and its text."""
        import pandas as pd  # noqa: PLC0415 - heavy

        titles = {grid.table.id: grid.table.title for grid in self.grids}
        every = [figure for grid in self.grids for figure in grid.figures.values()]
        rows = [_record(figure, titles.get(figure.table, "")) for figure in every]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def tables(self) -> list[pd.DataFrame]:
        """One frame per table, rows named by their labels and columns by their headers; a cell
        is a Decimal in the unit printed, or text. ``attrs``: title, unit, pages."""
        return [_frame(grid) for grid in self.grids]


COLUMNS = (
    "table",
    "title",
    "page",
    "x0",
    "top",
    "x1",
    "bottom",
    "row",
    "column",
    "label",
    "path",
    "header",
    "measure",
    "period_start",
    "period_end",
    "aspect",
    "unit",
    "value",
    "qualifier",
    "text",
)


def _record(figure: Figure, title: str) -> dict[str, Any]:
    box = figure.source.box
    values = (
        figure.table,
        title,
        box.page,
        box.x0,
        box.top,
        box.x1,
        box.bottom,
        figure.row,
        figure.column,
        figure.label,
        " / ".join(figure.path),
        figure.header,
        figure.measure,
        figure.period and figure.period.start,
        figure.period and figure.period.end,
        figure.aspect,
        figure.amount.unit.symbol,
        figure.amount.printed,
        figure.qualifier,
        figure.source.text,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _frame(grid: Grid) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - heavy

    printed: dict[tuple[int, int], object] = dict(grid.texts)
    printed |= {place: figure.amount.printed for place, figure in grid.figures.items()}
    frame = pd.DataFrame(
        [[printed.get((row.index, column.index)) for column in grid.columns] for row in grid.rows],
        index=pd.Index([row.label for row in grid.rows], dtype=object),
        columns=pd.Index([column.header for column in grid.columns], dtype=object),
        dtype=object,
    )
    frame.attrs = {
        "title": grid.table.title,
        "unit": grid.unit.symbol,
        "pages": list(grid.table.pages),
    }
    return frame
