"""Decline: cannot come, without another time and without the word cancel."""

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.cues import ATTEND, CANNOT_ATTEND, NO
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.words.pattern import any_of
from followup.domain.words.table import texts_in

_BARE = texts_in(
    "n|no|non|nope|negative|no no|non non|no thanks|non merci|no way|no cannot|:thumbsdown:|no thank you|cannot|"
    "oh no|absolutely not|certainement pas|no can do"
)
_OTHER_CANNOT = any_of(
    r"""
cannot ..2 (?:find|see|open|log|remember|access|believe|reach|hear|tell|confirm|wait|afford|figure|pay|
  get_(?:through|the|a_hold|in_to|into|it_to)|read|click|load|send|upload|understand|seem|say|decide|imagine|stop|
  trouver|voir|ouvrir|confirmer|lire|payer|croire|joindre|cliquer|comprendre|acceder|reserver|attendre|me_rappeler|
  me_souvenir|rejoindre|me_connecter|me_stationner)
(?:why|what|how|if|pourquoi|si) ..3 cannot
(?:not|never|wouldnt|dont) ..2 miss|skip
(?:cannot|willnot) ..2 (?:be_late|miss|forget|oublier|manquer|be_longer|be_long|take_long|hurt|be_a_problem|
  etre_en_retard)
"""
)
_THING = any_of(
    r"""
(?:link|lien|page|site|website|app|url|form|formulaire|portal|button|bouton|code|password|card|carte|phone|telephone|
  machine|cream|creme|serum|botox|filler|treatment|traitement) ..2 (?:doesnt|didnt|isnt|willnot|not|pas|nolonger|
  ne_marche|marche|fonctionne) ..2 (?:work\w*|marche|fonctionne|open\w*|load\w*|pas|nolonger)
"""
)


def recognise(heard: Heard) -> str | None:
    """A no to the visit; "no problem" is a yes."""
    if heard.core in _BARE or heard.chosen is Intent.DECLINE:
        return "no"
    text = heard.text
    blocked = _OTHER_CANNOT.search(text) is not None
    if CANNOT_ATTEND.search(text) and not _THING.search(text) and not (blocked and not _without_blocked(text)):
        return "cannot-come"
    if NO.search(text) and not ATTEND.search(text) and not blocked and " ? " not in text:
        return "no-and-more"
    return None


def _without_blocked(text: str) -> bool:
    return CANNOT_ATTEND.search(_OTHER_CANNOT.sub("~ ", text)) is not None


INTENT = Meaning(Intent.DECLINE, 500, recognise, Reaction.BOOKING)
