"""Fold: any text becomes one canonical line of plain words, with marks for emoji, times, links and clause ends."""

import re
import unicodedata

from followup.domain.words.quoted import own_words, tapback

#: So much is read at once; of a longer text one piece after the other, each with the end of the one before.
READ_AT_MOST, _OVERLAP = 2_000, 500

_EMOJI = {
    ":thumbsup:": "👍✅👌🆗☑✔🙆💯🤙🫡",
    ":thumbsdown:": "👎❌🚫🙅✖",
    ":heart:": "❤♥🙏🥰😍😊☺🤗😘💕💖💗💜💙💚🧡🖤💛🌹💐😇🤩😁😀😃🙂✨🎉😻🫶💓🙌👏",
    ":laugh:": "😂🤣😆😹💀☠😅😜😝🤪",
    ":unsure:": "🤷🤔😕🫤",
    ":ambulance:": "🚑",
    ":bleeding:": "🩸",
    ":sos:": "🆘",
    ":stop:": "🛑⛔",
    ":sad:": "😭😢😞😔☹🙁😣😖😩😫😰😨😱😟🥺",
    "?": "❓❔⁉",
}
_OF_EMOJI = str.maketrans({char: f" {token} " for token, chars in _EMOJI.items() for char in chars})
_PLAIN = str.maketrans(
    {**dict.fromkeys("’‘ʼ´`′＇", "'"), **dict.fromkeys("“”„«»″", '"'), "œ": "oe", "æ": "ae", "ß": "ss", "…": " . ",
     **dict.fromkeys("‐‑‒–—−", "-"), "\u2028": "\n", "\u2029": "\n", "ø": "o", "ł": "l", "đ": "d"}
)  # fmt: skip
_DIGITS = "0123456789"
_DROPPED = {"Mn", "Me", "Cf", "Cc", "Co", "Cs", "Cn", "Sk"}
#: Where one of these characters is, this pattern becomes that ("" for any text).
_FOLDS: list[tuple[frozenset[str], re.Pattern[str], str]] = [
    (frozenset(needed), re.compile(pattern), plain)
    for needed, pattern, plain in (
        ("_*~|", r"[_*~|]", " "),
        ("/.", r"https?://\S+|www\.\S+", " @link "),
        ("@", r"\S+@\S+\.\w+", " @email "),
        (_DIGITS, r"\+?1?[ .-]?\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}", " @phone "),
        (
            _DIGITS,
            (
                r"(?<![\d/])\d{1,2} ?(?:[:h]|hrs?) ?[0-5]\d(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?|\b\d{1,2} "
                r"?h(?:rs?|eures?)?\b(?! ?\d)"
            ),
            " @time ",
        ),
        (".", r"\b([ap])\.m\.?(?=\W|$)", r"\1m "),
        (_DIGITS, r"(\d)[.,](?=\d)", r"\1_"),
        ("°º", r"(\d) ?(?:°|º) ?[cf]?\b", r"\1 degrees "),
        (_DIGITS, r"\b(\d{1,2}) ?(?:/|sur|out of|on) ?(10)\b", r" \1outof10 "),
        ("#", r"#", " number "),
        ("&+", r"&|\+(?!\d)", " and "),
        ("/", r"\bw/o\b", " without "),
        ("/", r"\bw/ ?", " with "),
        ("/", r"\bb/c\b", " because "),
        (".", r"\bs\.v\.p\.?(?=\W|$)", " svp "),
        (".", r"\bs\.t\.p\.?", " stp "),
        (".", r"\br\.d\.?v\.?(?=\W|$)", " rdv "),
        ("'", r"(?<=\b[cdjlmnst])'(?=\w)|(?<=qu)'|(?<=\by)'(?=a)", " "),
        ("'", r"'", ""),
        ("!.;:", r"[!.;:]", " . "),
        ("?", r"\?", " ? "),
        (",", r",", " , "),
        ("\n", r"\n+", " . "),
        ("", r"[^\w\s.,?@\x00]", " "),
    )
]
_TOKEN = re.compile(r":[a-z]+:")
_RUN = re.compile(r"([a-z])\1{2,}")
_MARKS = re.compile(r"(?: [.,])+(?= \?)|(?<= \?)(?: [.,])+|(?: [.,]){2,}")


def pieces(text: str) -> list[str]:
    """The whole text in pieces that can each be read at once and overlap, so that no phrase is cut in all of them."""
    starts = range(0, max(len(text) - _OVERLAP, 1), READ_AT_MOST - _OVERLAP)
    return [text[start : start + READ_AT_MOST] for start in starts]


def fold(text: str) -> str:
    """One line that begins and ends with a space: lower case, no accents, a space between words and marks.

    Never raises. A tapback on a message of ours becomes its token; quoted words of ours are dropped.
    """
    plain = _letters(text[:READ_AT_MOST])
    reaction = tapback(plain)
    if reaction is not None:
        return f" {reaction} "
    plain = own_words(plain).translate(_OF_EMOJI)
    tokens = _TOKEN.findall(plain)
    plain = _TOKEN.sub(" \x00 ", plain)
    signs = set(plain)
    for needed, pattern, replacement in _FOLDS:
        if not needed or not signs.isdisjoint(needed):
            plain = pattern.sub(replacement, plain)
    plain = _RUN.sub(r"\1", plain)
    for token in tokens:
        plain = plain.replace("\x00", token, 1)
    return _spaced(plain)


def _letters(text: str) -> str:
    """Compatibility forms, then lower case without accents; newlines stay."""
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.casefold())
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _DROPPED)
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text.casefold().translate(_PLAIN))


def _spaced(text: str) -> str:
    line = f" {' '.join(text.split())} "
    return _MARKS.sub(_strongest, line)


def _strongest(marks: re.Match[str]) -> str:
    """Of marks in a row the one that ends more: nothing beside a question mark."""
    beside = "?" in (marks.string[marks.end() + 1 : marks.end() + 2], marks.string[marks.start() - 1 : marks.start()])
    return "" if beside else " ." if "." in marks[0] else " ,"
