"""What is not the patient's own words: tapbacks of a phone, quoted messages of ours, signatures."""

import re

_REACTION = {
    ":liked:": r"liked|a aime|(?:j ai|vous avez) aime|aime|likes|\U0001f44d|gave a thumbs up to",
    ":loved:": r"loved|a adore|(?:j ai|vous avez) adore|hearted|[\u2764\u2665]\ufe0f?",
    ":disliked:": r"disliked|n a pas aime|a deteste|(?:j ai|vous avez) deteste|\U0001f44e",
    ":questioned:": r"questioned|a mis un point d interrogation(?: sur| a)?|a questionne|s interroge sur|\u2753",
    ":reacted:": (
        r"laughed at|emphasi[sz]ed|a ri(?: de)?|a trouve drole|a souligne|a mis en evidence|a insiste sur"
        r"|a mis un point d exclamation(?: sur| a)?|\u203c\ufe0f?|[\U0001f300-\U0001faff]"
    ),
}
_OPEN, _SHUT = '["\u201c\u201d\u201e\u00ab]', '["\u201c\u201d\u00bb]'
_REACTED_WITH = r"(?:reacted|reacts|a reagi(?: avec)?|a repondu)(?: with)?\s+(\S+)\s+(?:to|a|au)"
_TAPBACK = re.compile(
    rf"^\s*(?:removed an? .{{2,30}} from|(?P<emoji>{_REACTED_WITH})"
    + "".join(f"|(?P<r{n}>{words})(?: to| a)?" for n, words in enumerate(_REACTION.values()))
    + rf")\s*(?:an image|une image|{_OPEN}.*)\s*$",
    re.DOTALL | re.IGNORECASE,
)
#: What a message of ours holds to which a thumb up is an answer.
_ASKS = re.compile(
    r"confirm|reply|repond|\boui\b|\byes\b|\?|\bc (?:to|pour)\b|\b(?:visit|visite|appointment|"
    r"rdv)\b.*\d",
    re.IGNORECASE | re.DOTALL,
)
_YES, _NO = "\U0001f44d\u2705\u2714\U0001f44c", "\U0001f44e\u274c"
_OURS = re.compile(
    rf"{_OPEN}[^\u201c\u201d\u00ab\u00bb\"]*\b(?:reply|repondez|stop|arret|confirm\w*|visit|visite|appointment|"
    r"rendez.?vous|rdv)\b"
    rf"[^\u201c\u201d\u00ab\u00bb\"]*(?:{_SHUT}|$)",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"^\s*(?:on .{4,80} wrote|le .{4,80} a ecrit|-{2,}\s*(?:original message|message original).*|from: .+|de : "
    r".+)\s*:?\s*-*\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^\s*>.*$", re.MULTILINE)
_SIGNATURE = re.compile(
    r"^\s*(?:(?:sent|get outlook) (?:from|for) .*|(?:envoye|telecharge\w*) (?:de|depuis|a partir|par) .*|--\s*)$",
    re.IGNORECASE | re.MULTILINE,
)


def tapback(text: str) -> str | None:
    """The token of a phone's reaction to a message of ours (accents of `text` stripped), or None."""
    found = _TAPBACK.match(text.replace("\u2019", " ").replace("'", " "))
    if found is None:
        return None
    if found["emoji"]:
        emoji = found["emoji"]
        return (
            ":liked:"
            if any(c in emoji for c in _YES)
            else ":disliked:"
            if any(c in emoji for c in _NO)
            else ":reacted:"
        )
    for number, token in enumerate(_REACTION):
        if found[f"r{number}"]:
            return token if token != ":liked:" or _ASKS.search(text) else ":reacted:"
    return ":reacted:"


def own_words(text: str) -> str:
    """`text` (accents stripped) without quoted lines, signatures and quoted words of our own messages."""
    cut = _ATTRIBUTION.search(text)
    if cut and cut.start() > 0:
        text = text[: cut.start()]
    text = _SIGNATURE.sub(" ", _QUOTED_LINE.sub(" ", text))
    return _OURS.sub(" ", text)
