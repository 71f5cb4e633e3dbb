"""Editions: each version of each template as files, and the choice of a language among them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LAST_RESORT = "en-CA"


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of one template: its files by name (`en-CA.j2`)."""

    ref: str
    version: str
    files: Mapping[str, str]

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages it speaks."""
        return tuple(sorted(name.removesuffix(".j2") for name in self.files))


def read_editions(home: Path) -> Iterator[Edition]:
    """Every folder with `.j2` files below `home`, as it is on disk."""
    for folder in sorted({path.parent for path in home.rglob("*.j2")}):
        ref = folder.relative_to(home).as_posix()
        files = {path.name: _text(path) for path in sorted(folder.glob("*.j2"))}
        yield Edition(ref, content_hash(ref, files), files)


def content_hash(ref: str, files: Mapping[str, str]) -> str:
    """16 hex digits that change with any letter of any file."""
    digest = hashlib.sha256(ref.encode())
    for name, text in sorted(files.items()):
        digest.update(b"\0" + name.encode() + b"\0" + text.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def choose_locale(locales: Sequence[str], wanted: str, fallback: str) -> str:
    """The exact language, else one with the same base, else the same for the fallback, else en-CA, else the first."""
    for choice in (wanted, fallback, LAST_RESORT):
        if found := _matching(locales, choice):
            return found
    return locales[0]


def base_of(locale: str) -> str:
    """The language without its region: `fr` of `fr-CA`."""
    return locale.replace("_", "-").partition("-")[0].lower()


def _matching(locales: Iterable[str], wanted: str) -> str | None:
    exact = wanted.replace("_", "-").lower()
    near = [locale for locale in locales if base_of(locale) == base_of(wanted)]
    return next((locale for locale in near if locale.lower() == exact), near[0] if near else None)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape").replace("\r\n", "\n").removeprefix("\ufeff")
