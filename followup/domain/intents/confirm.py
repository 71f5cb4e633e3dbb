"""Confirm: an unconditional yes; the one intent that must rather be missed than mistaken."""

import re

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.cues import ATTEND, CANNOT_ATTEND, CONDITION, LATE, UNSURE, WEAK_YES, YES
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.meaning.reserve import is_reserved
from followup.domain.words.classes import CLASSES
from followup.domain.words.pattern import any_of, lines_of
from followup.domain.words.table import texts_in

_YES = any_of(
    "".join(f"^ {line}\n" for line in lines_of(YES))
    + r"^ (?:hi|hello|hey|bonjour|allo|salut|well|ok|merci|thanks|hi_there|bon_matin|good_morning|ah|oh) ..2 (?:yes|"
    r"oui|ouais|absolutely)"
)
_WEAK = any_of(
    "".join(f"^ {line}\n" for line in lines_of(WEAK_YES))
    + r"^ ?thats|that_is|its|c_est|yes|oui (?:perfect|parfait|good|fine|ok|great|correct|beau|bon)"
)
_BARE = texts_in(
    "nickel|100|perf|top|c confirm|c confirmed|"
    "c confirme|y confirm|y confirmed|c yes|yes c|c oui|oui c|you got it|confirme|je "
    "confirme|c est confirme|y|yes|ok|o|oui|ouais|:thumbsup:|:liked:|perfect|parfait|"
    "daccord|confirm|confirmed|sure|certain|fine|correct|absolutely|definitely|si|:thumbsup: :thumbsup:|yes yes|"
    "oui oui|"
    "yes sure|sure yes|sure thing|of course|yes ok|ok yes|ok oui|c est beau|c est bon|bien sur|excellent|ok "
    "perfect|ok parfait|no problem|ok good|ok great|ok cool|"
    "deal|yes confirm|yes confirmed|oui confirme|okdoke|okie dokie|ok dokie|aucun probleme|pas de probleme|yes "
    "correct|why not|sure why not|yes please|oui svp|c est parfait|merveilleux|"
    "yes perfect|oui parfait|perfect yes|oui certain|ok c est beau|ok c est bon|c correct|yes c est correct|ok "
    "super|oui super|super oui|yes great|yes good|excellent oui|cest bon|"
    "yes absolutely|yes definitely|yes of course|oui absolument|oui bien sur|oui certainement|certainement|"
    "evidemment|indeed|affirmative|entendu|oui c est bon|oui c est beau|oui c est parfait|y es"
)
_ABOUT_CONFIRMING = any_of(
    r"""
(?:did|do|does|have|has|am|is|should|can|how|what|if|whether|when|where|suis|ai|est|dois|comment|need|puis|faut|
  besoin|avez|a_t) ..5 (?:confirm\w*|reconfirm\w*) ,,6 \?
(?:did|do|should|how|what|must|if|comment|que_dois|quoi|dois) ..4 (?:confirm\w*|reconfirm\w*)
(?:am|suis|is|est) ..3 confirm\w* \?
(?:reply|answer|respond|say|send|text|press|repondre|ecrire|envoyer|dire|click|cliquer|use) ..3 (?:to|pour) confirm\w*
(?:link|lien|button|bouton|page|site) ..5 confirm\w*
confirm\w* ..5 (?:link|lien|button|bouton|page|site|email|number|code|courriel)
(?:not|cannot|willnot|havent|dont|ne|n|pas|nolonger|unable|before_i|avant_de) ..3 confirm\w* !pas_oublie
confirm\w* ..4 (?:cannot|not_attend|not_be|willnot|wont|annul\w*|cancel\w*|you_received|the_price|whether|what|
  serai_pas|viendrai_pas)
(?:you|u|someone|vous|tu|please|can|could|pouvez) ..2 confirm\w* ..3 (?:the|my|if|that|whether|what|when|where|how|
  address|price|time|heure|adresse|prix|si|que|quand|mon_rdv_est|with|for_me|,_\?|\?)
"""
)
_ABOUT_ELSE = any_of(
    r"""
^ (?:yes|oui|ok|yeah) (?:is|are) ..2 (?:still|happening|on|open|confirmed|cancel\w*)
^ (?:yes|ok|oui|sure|yeah) ,,1 (?:who|whos|qui|c_est_qui|cest_qui)
^ ?yes|oui|ok|yeah ..2 (?:got|received|saw|read|recu|lu|vu|have) ..3 (?:message|messages|text|texts|email|emails|
  courriel|texto|reminder|rappel|it|ca)
^ (?:yes|oui) ?, (?:this_is|its|c_est|that_is|thats) ..1 (?:me|moi|her|him|she|he|[a-z]+_speaking) $
^ (?:yes|oui) ?, this is ..2 $
^ ?yes|oui|ok|sure ..2 (?:please)? ?please|svp (?:call|phone|text|send|email|appelez|rappelez|envoyez|help|tell|let|
  remove|add|explain|check|dites)
^ ?yes|oui|ok ..1 (?:i_have|i_had|j_ai|i_need|i_want|i_got|id_like|i_would|je_voudrais|j_aimerais|can_you|could_you|
  pouvez_vous) ..2 (?:question|questions|help|aide|know|savoir|info|talk|parler|complaint|plainte)
^ (?:good|great|ok|fine|perfect|super|excellent|cool|nice|bon|bien|parfait) ..1 (?:to_know|info|question|idea|
  article|tip|tips|service|job|evening|afternoon|news|work|luck|a_savoir|point|results?|resultat\w*|matin|journee|
  apres|soiree|fin_de)
"""
)
_BUT = any_of(
    r"""
(?:but|mais|except|however|sauf|although|par_contre|cependant|only_thing|excepte)
"""
)
_HARMLESS_BUT = any_of(
    r"""
(?:but|mais|though|however|par_contre|although) ,,8 (?:late|retard|traffic|trafic|minutes?|excited|nervous|nerveuse?|
  question|park\w*|stationnement|bring\w*|daughter|hate|wait|stressee?|~|{media}|stop|arret\w*|stopper|cessez|early|
  d_avance|en_avance|looking_forward|thanks|merci)
"""
)
_OK_THANKS = any_of(
    r"^ ?thats|its|c_est|that_is (?:ok|daccord|great|super|cool|nice|awesome|perfect|parfait|wonderful|excellent|"
    r"lovely|fantastic|amazing) ?, "
    r"?great|super|awesome (?:thanks|merci|thank_you|thank) ?you ?so|"
    r"very|beaucoup|bien ?much ?, ?:heart: ?bonne|have|great ?a ?journee|soiree|good|great|nice ?day|evening $"
)
_LATE_TAIL = any_of(
    r"""
?but|mais|though|,|et|and (?:might|may|maybe|possibly|probably|je_vais|vais|il_se_peut|ill|will|could|running|but|
  mais) ,,7 (?:late|retard) ?tho
"""
)
_LAUGHS = re.compile(rf" (?:{CLASSES['laugh']}) ")
_NEGATED = re.compile(
    r" (?:isnt|not|doesnt|dont|arent|wasnt|wont|willnot|cannot|never|hardly|pas|nolonger)"
    r"(?! (?:a |de |d )?(?:soucis?|probl\w+|trouble|stress|tracas|doute|worries))(?: [^.,?\s]+){0,2} $"
)
#: How any letter may end; below a question it promises no visit.
_SIGN_OFF = any_of("a|see|talk|until bientot|plus|tantot|you|ya|u|later|then ?soon|later|then $")
_ASKING = any_of(
    r"""
^ ?and|so|also|et|puis (?:what|whats|where|when|why|how|who|which|can|could|do|does|did|is|are|am|was|will_(?!do|
  be_there|be_in|come|see)\S+|
  would|should|have|has|may|any)
^ ?et|puis (?:est_ce|combien|comment|pourquoi|quand|quel|quelle|quels|quelles|ou|puis_je|dois_je|faut_il|avez_vous|
  y_a|c_est_quoi|c_est_ou|qui|a_quelle)
(?:if|whether|wondering|wonder|savoir_si|demande_si|me_dire_si)
\S+ (?:tu|ti) (?:un|une|le|la|les|du|de|des|bon|normal|correct|ok|possible|venir|encore|toujours|ouvert)
"""
)


def recognise(heard: Heard) -> str | None:
    """A yes to the visit that nothing else in the text takes back."""
    if heard.chosen is Intent.CONFIRM:
        return "chosen"
    if _OK_THANKS.search(heard.text):
        return None
    if heard.core == "ok" and _LAUGHS.search(heard.text):
        return None
    if heard.core in _BARE and " ? " not in heard.text:
        return "yes"
    text = _LATE_TAIL.sub("~ ", heard.text)
    if UNSURE.search(text) or CONDITION.search(_told(text)) or CANNOT_ATTEND.search(text):
        return None
    if is_reserved(text):
        return None
    if _BUT.search(text) and not _HARMLESS_BUT.search(text):
        return None
    return _in_sentence(_told(text), good_news=heard.judged.good_news, late=LATE.search(heard.text) is not None)


def _in_sentence(text: str, *, good_news: bool, late: bool) -> str | None:
    yes = _YES.search(text)
    if _ABOUT_CONFIRMING.search(text) and not yes:
        return None
    if _ABOUT_ELSE.search(text) and not ATTEND.search(text):
        return None
    if yes:
        return "yes-and-more"
    if _will_come(text):
        return "will-come"
    if good_news or late:
        return None
    return "fine" if _WEAK.search(text) and _is_short(text) and ":laugh:" not in text else None


def _will_come(text: str) -> bool:
    """A promise to come that no `not` in its own clause turns round."""
    found = ATTEND.search(text)
    return found is not None and not _NEGATED.search(text[: found.start()])


def _told(text: str) -> str:
    """The clauses of a text that ask nothing: a yes inside a question is none."""
    told = []
    text = _SIGN_OFF.sub("", text) if " ? " in text else text
    for sentence in re.findall(r"[^.?]+[.?]?", text):
        for clause in sentence.rstrip("?. ").split(" , "):
            asked = sentence.endswith("?") or _ASKING.search(f" {clause.strip()} ")
            begun = _YES.search(f" {clause.strip()} ")
            if clause.strip() and (not asked or begun):
                told.append(f"{clause.strip()} ,")
    return f" {' '.join(told)} "


def _is_short(text: str) -> bool:
    """Besides the yes there is little else."""
    return sum(w not in {".", ",", "?"} for w in text.split()) <= 6


INTENT = Meaning(Intent.CONFIRM, 400, recognise, Reaction.BOOKING)
