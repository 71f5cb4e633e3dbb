"""Files that come with the program: used where a clinic's own folder has none."""

from pathlib import Path

from followup.domain.errors import ConfigFault, Fault

_ROOTS = (Path(__file__).parents[1] / "_packaged", Path(__file__).parents[2])


def own_or_shipped(folder: Path, name: str, *, kind: str = "templates") -> Path:
    """`folder/name`, else the shipped one of that `kind` (templates, config); ConfigFault if there is neither."""
    homes = (folder, *(root / kind for root in _ROOTS))
    found = next((home / name for home in homes if (home / name).exists()), None)
    if found is None:
        raise ConfigFault((Fault(str(folder / name), "there is no such file", kind),))
    return found
