"""What a person wrote in an e-mail: the words above the quoted mail, and whether they ask us to stop."""

import re

from followup.domain.inbound import Keyword, KeywordHit, keyword, normalise

_WROTE = re.compile(r"^\s*(on|le|el|am)\b.{4,200}(wrote|a écrit|escribió|schrieb)\s?:\s*$", re.IGNORECASE)
_DIVIDER = re.compile(
    r"^\s*(-{2,}\s*(original message|message d['’]origine|forwarded message|message transféré|reply above this line)"
    r"|_{10,}\s*$|--\s*$|(sent from my|envoyé de mon|envoyé depuis|get outlook for|télécharger outlook)\b)",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\s*\*?(from|de|von)\s?:\*?\s", re.IGNORECASE)
_SENT = re.compile(r"^\s*\*?(sent|date|envoyé|to|à|enviado|subject|objet)\s?:\*?\s", re.IGNORECASE)
_ANSWERS = re.compile(r"^\s*((re|rép|ref|réf|tr|fw|fwd|aw|rv)\s?(\[\d+\])?\s?:\s*)+", re.IGNORECASE)
#: In a mail these words speak of a visit as often as of mail, so that a person reads them.
_MEANS_A_VISIT = frozenset({"cancel", "end", "fin"})
_STOP = {
    "en": frozenset({
        "unsubscribe me", "please unsubscribe", "please unsubscribe me", "unsubscribe please", "stop emails",
        "stop e-mails", "stop emailing me", "remove me from your list", "please remove me", "opt me out",
    }),
    "fr": frozenset({
        "desabonnez-moi", "desabonnez moi", "me desabonner", "veuillez me desabonner", "se desabonner",
        "je veux me desabonner", "desinscription", "desinscrivez-moi", "me desinscrire", "arretez les courriels",
    }),
}  # fmt: skip


def above_quote(text: str) -> str:
    """The words above the quoted mail and the signature; the whole text if nothing stands there."""
    lines = text[:20_000].splitlines()
    end = next((n for n in range(len(lines)) if _ends_at(lines, n)), len(lines))
    return "\n".join(lines[:end]).strip() or text[:20_000].strip()


def _ends_at(lines: list[str], n: int) -> bool:
    line, following = lines[n][:300], lines[n + 1][:300] if n + 1 < len(lines) else ""
    if line.lstrip().startswith(">") or _DIVIDER.match(line) or _WROTE.match(line):
        return True
    return bool(_WROTE.match(f"{line} {following}") or (_FROM.match(line) and _SENT.match(following)))


def own_subject(subject: str) -> str:
    """The subject without the marks of an answer."""
    return _ANSWERS.sub("", subject).strip()


def is_answer(subject: str) -> bool:
    """True if the subject is that of the mail answered."""
    return bool(_ANSWERS.match(subject))


def stop_word(subject: str, words: str) -> KeywordHit | None:
    """The words by which a mail, in its subject or as all that it says, asks us to stop; None if it does not."""
    return _stop(words) or _stop(own_subject(subject))


def _stop(text: str) -> KeywordHit | None:
    if len(text) > 60:
        return None
    hit, word = keyword(text), normalise(text)
    if hit is not None and hit.keyword is Keyword.STOP and word not in _MEANS_A_VISIT:
        return hit
    language = next((language for language, phrases in _STOP.items() if word in phrases), "")
    return KeywordHit(Keyword.STOP, language, word, carrier_answers=False) if language else None
