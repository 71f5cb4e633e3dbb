"""Files that come with the program: used where a clinic's own `templates` folder has none."""

from pathlib import Path

from followup.domain.errors import ConfigFault, Fault

_HOMES = (Path(__file__).parents[1] / "_packaged" / "templates", Path(__file__).parents[2] / "templates")


def own_or_shipped(folder: Path, name: str) -> Path:
    """`folder/name`, else the shipped one; ConfigFault if there is neither."""
    found = next((home / name for home in (folder, *_HOMES) if (home / name).exists()), None)
    if found is None:
        raise ConfigFault((Fault(str(folder / name), "there is no such file", "templates"),))
    return found
