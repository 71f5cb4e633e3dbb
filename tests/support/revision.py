"""Writes a migration: what `storage/tables.py` has and the revisions do not make yet."""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from followup.storage import migrate
from followup.storage.database import open_database

_VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"
_FIRST = "first"


def write(message: str) -> Path:
    """Write the next revision. `first` writes the first one anew, which is right until it was released."""
    if message == _FIRST:
        for old in _VERSIONS.glob("0001_*.py"):
            old.unlink()
    number = f"{len(list(_VERSIONS.glob('0*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/revision.db")
        migrate.upgrade(database)
        with database.transaction() as conn:
            config = migrate.make_config(conn)
            config.attributes["batch"] = message != _FIRST
            command.revision(config, message, autogenerate=True, rev_id=number)
        database.close()
    (path,) = _VERSIONS.glob(f"{number}_*.py")
    lines = path.read_text().splitlines(keepends=True)
    text = "".join(line for line in lines if "### " not in line)
    if message == _FIRST:  # what no comparison of tables can see
        text = text.replace("import database\n", "import database\nfrom followup.storage import append_only\n")
        text += "    append_only.guard(op.get_bind())\n"
    path.write_text(text)
    for ruff in (["check", "-q", "--fix"], ["format", "-q"]):
        subprocess.run([sys.executable, "-m", "ruff", *ruff, str(path)], check=True)
    return path


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('say why: make revision m="keep the reply of a booking"')
    print(write(sys.argv[1].strip()))
