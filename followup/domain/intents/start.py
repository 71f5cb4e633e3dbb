"""Start: messages again, after a stop."""

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.words.pattern import any_of
from followup.domain.words.table import texts_in

_KEYWORDS = texts_in(
    "begin|resume|opt me in|opt in please|unblock me|debloquez moi|enroll me|re enroll me|start|unstop|debut|"
    "reprendre|commencer|recommencer|subscribe|resubscribe|iniciar|restart|optin|sabonner|"
    "abonner|s abonner|abonnez moi|abonne moi|"
    "reactiver|reactivez|reabonner|reabonnez moi|me reabonner|inscription|start again|opt in|subscribe me|sign me "
    "up|resubscribe me|"
    "inscrivez moi"
)
_PHRASES = any_of(
    r"""
(?:put|get|turn|switch) ..1 me ..1 back ..1 on ?please $
(?:want|like|wish|wanna|going|please) ..2 optin
(?:want|like|wish|wanna|going) ..1 to ..1 (?:opt|sign|subscribe|resubscribe|enroll|re_enroll) ?back (?:in|up|back_in|
  $)
(?:add|put|include|enroll) ..1 (?:me|my_number) ..1 (?:to|on|back_on|in|onto) ..3 (?:list|texts?|messages?|
  reminders?|notifications?) !wait
(?:re_)?enroll\w* ..1 me ..2 (?:in|for)? ..1 (?:reminders?|texts?|messages?)
(?:may|can|could) ..1 (?:text|message|write|contact) ..1 me ..2 (?:again|now|anytime)
(?:debloque\w*|reactive\w*|unblock\w*) ..1 (?:moi|me|mon_numero|my_number)
(?:veux|voudrais|aimerais) ..2 {media} ..1 (?:nouveau|encore|finalement)
(?:pouvez|peux|tu_peux) ..2 (?:recrire|reecrire|retexter|recommencer|re_ecrire)
(?:veux|voudrais|aimerais|want|like) ..1 (?:les|vos|des|the|your|my) ?text|sms|visit (?:rappels?|textos?|reminders?|
  texts|messages?) ?finalement|please|again|svp|afterall|after ?all|encore $
resubscribe|reabonn\w*|reinscri\w*
subscribe me !to_your
(?:re|back) ?on ?the|your (?:text|mailing|sms)? list
(?:sign|opt|add|put|get) ..2 (?:me|my_number|us) ..3 (?:back|again|up|in|on) ..3 (?:list|texts?|messages?|reminders?|
  sms|again|notifications?|alerts?|updates) !for_(?:the|a)_appointment
(?:sign|opt|add|put) (?:me|us) ?back (?:back|up|in) ?up|again|please $
(?:want|like|wish|love|need|would) ..4 (?:reminders?|texts?|messages?|notifications?|updates) ..3 (?:again|back|
  on_again|turned_on)
(?:want|like|wish|love|need|ready|happy) ..3 (?:receive|get|receiving|getting|have) ..3 (?:reminders?|texts?|
  messages?|notifications?|updates) !about_my_next|when
(?:start|resume|restart|begin|continue|keep|reactivate|reenable|enable|unblock) ..4 (?:texting|messaging|texts?|
  messages?|reminders?|sending|notifications?|alerts?|updates)
(?:turn|switch) ..4 (?:reminders?|texts?|messages?|notifications?|alerts?) ..2 (?:on|back_on)
(?:turn|switch) (?:back_)?on ..4 (?:reminders?|texts?|messages?|notifications?|alerts?)
(?:you|u) can (?:text|message|contact|write|start) ..2 (?:me|texting|again) ..2 (?:again|now)
(?:undo|cancel|reverse|ignore|disregard) ..3 (?:stop|unsubscribe|optout)
(?:didnt|did_not|dont) mean to (?:unsubscribe|stop|optout|send_stop|text_stop)
(?:unsubscribe\w*|optout|stop|arret|desabonn\w*) ..4 (?:sans_(?:faire_)?expres|by_accident|accident|accidentally|
  by_mistake|mistake|par_erreur|
  par_accident)
(?:accidentally|mistakenly|by_accident|by_mistake) ..4 (?:unsubscribe\w*|stop|optout)
(?:recevoir|avoir|reprendre|recommenc\w*|remettre|reactive\w*|continuer|continuez|relanc\w*|repren\w*) ..4 {media}
  ..3 (?:encore|nouveau|de_nouveau|a_nouveau|svp|$)
(?:veux|voudrais|aimerais|souhaite|pret|prete) ..3 (?:recevoir|ravoir|reprendre|avoir) ..4 {media} !nolonger|pas|que
(?:recommenc\w*|reprene?z|continue\w*|commence\w*) ..3 (?:texter|ecrire|messages?|textos?|rappels?|envoyer|envois?)
(?:remett\w*|rajout\w*|ajout\w*|rembarqu\w*|inscri\w*|abonn\w*|reactiv\w*) (?:moi|nous|mon_numero|me) ..4 (?:liste|
  textos?|messages?|rappels?|envois?|$)
pouvez ..3 (?:texter|ecrire|envoyer) ..4 (?:encore|nouveau|maintenant)
(?:ai|suis) ..3 desabonn\w* ..3 (?:erreur|accident)
"""
)
_NOT = any_of(
    r"""
(?:why|pourquoi|stop|dont|quit) ,,6 (?:keep|continue\w*|start\w*) ..4 (?:texting|messaging|texts?|messages?|sending)
(?:keep|continue\w*) ..4 (?:texting|messaging|texts?|messages?|sending) ,,6 (?:stop|annoying|enough|arret\w*)
(?:when|quand|should|can_i|do_i|dois|puis|faut|je_peux) ..4 (?:start|commencer|reprendre|recommencer|resume)
(?:dont|not|never|no_longer|longer|ne|n|pas|nolonger) ..3 (?:want|wish|veux|receive|recevoir|souhaite|start|get)
"""
)


def recognise(heard: Heard) -> str | None:
    """A wish for messages; "when can I start my retinol" is none."""
    if heard.core in _KEYWORDS:
        return "keyword"
    found = _PHRASES.search(heard.text)
    return "phrase" if found and not _NOT.search(heard.text[: found.end()]) else None


INTENT = Meaning(Intent.START, 690, recognise, Reaction.RESTORE)
