"""What a table shows, as texts."""

from PySide6.QtWidgets import QTableView


def names(table: QTableView) -> list[str]:
    """Return the first cell of each row."""
    model = table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]
