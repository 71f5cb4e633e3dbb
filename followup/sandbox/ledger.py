"""What a stand-in was told, kept in memory and, if it has a file, in lines of JSON that outlive it."""

import json
from pathlib import Path
from typing import Any, TextIO

Entry = dict[str, Any]


class Ledger:
    """Append-only; a line cut off by a crash is passed over on the next start."""

    def __init__(self, path: Path | None = None) -> None:
        self.entries: list[Entry] = []
        self._file: TextIO | None = None
        if path is not None:
            self.entries = list(_read(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a", encoding="utf-8")

    def add(self, **fields: Any) -> Entry:
        """Store one entry before anything is answered; `index` counts from 0."""
        entry = {"index": len(self.entries), **fields}
        self.entries.append(entry)
        if self._file is not None:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()
        return entry

    def since(self, index: int, kind: str = "") -> list[Entry]:
        return [entry for entry in self.entries[max(index, 0) :] if not kind or entry.get("kind") == kind]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _read(path: Path) -> list[Entry]:
    entries: list[Entry] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            entries.append({**json.loads(line), "index": len(entries)})
        except ValueError:
            continue
    return entries
