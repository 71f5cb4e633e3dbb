"""Table: words and whole texts written one after the other."""


def words_in(table: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(table.split())


def texts_in(table: str) -> frozenset[str]:
    """The texts of a table, which stand between `|`."""
    return frozenset(table.split("|"))
