"""What a table shows, as texts."""

from PySide6.QtWidgets import QTableView


def texts(table: QTableView) -> list[list[str]]:
    """Return all cells, row by row."""
    model = table.model()
    columns = range(model.columnCount())
    return [
        [str(model.index(row, column).data()) for column in columns]
        for row in range(model.rowCount())
    ]


def names(table: QTableView) -> list[str]:
    """Return the first cell of each row."""
    return [row[0] for row in texts(table)]
