"""Cancel: the appointment is to be dropped, or the slot given away."""

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.words.pattern import any_of

_WORD = any_of(r"cancel\w*|annul\w*|cancell\w*|resili\w*")
_ASKS = any_of(
    r"""
(?:qu_est_ce|que|what|quoi) ,,6 (?:si|if) ..2 (?:annul\w*|cancel\w*)
(?:can|could|may|puis|peux|est_ce_que) ..3 (?:cancel|annuler) ,,5 (?:fee|fees|charge\w*|penalty|frais|refund|deposit|
  depot|late|online)
(?:can|could|may) ..1 (?:i|we) ..1 still ..1 cancel
^ ?also|and|hi|, (?:is|was|did|has|have|are|were|do|does|what|whats|why|how|when|if|est_ce|estce|quel|quelle|quels|
  pourquoi|comment|combien|mon_rdv_est|c_est|a_t|avez_vous|est|sont|puis|suis) ,,10 (?:cancel\w*|annul\w*) !it|
  it_please|please|my|mon|svp|le_rdv
(?:is|was|been|being|getting|got|did_you|you|they|have_you|est|ete|etait|avez|a|ont|seront|sera) ..2 (?:cancelled|
  canceled|annulee?s?|annule|cancel) ..3 \?
(?:cancellation|annulation|cancel) ..1 (?:policy|fee|fees|policies|list|charge|frais|politique|deadline|window|rule|
  terms|notice_period|insurance)
(?:policy|politique|frais|fee|fees|delai|list|liste|penalty|penalite) ..3 (?:cancel\w*|annul\w*)
(?:if|si|when|unless|in_case|to|before|how_late|how_do|how_can|how_to|can_we_still|until_when|quand|what_if|jusqu_a)
  ..2 (?:i|on|je|j|we|you) ..2 (?:cancel\w*|annul\w*) ,,8 \?
(?:what_happens|que_se_passe|qu_arrive|charged|facture|penalite|lose_my|perdre|rembourse\w*|refund\w*|deposit|depot)
  ,,6 (?:cancel\w*|annul\w*)
(?:cancel\w*|annul\w*) ,,6 (?:charged|penalite|frais|fee|refund\w*|rembourse\w*|depot) ..3 \?
(?:rdv|appointment|visite?|facial|clinic|it|il|session) ..2 (?:est|is|was|ete|still|a_ete|sera)? ..2 (?:cancelled|
  canceled|annulee?) ,,8 \?
^ (?:cancelled|canceled|annule|annulee) \?
^ (?:is_it|it_is|its|c_est|est_ce|c_est_tu|est_ce_que_c_est) ..1 (?:cancelled|canceled|annule|annulee)
(?:did|do|can|should) i ..2 cancel\w* ..3 already
(?:besoin|dois|faut|need|have) ..3 (?:annuler|cancel) \?
"""
)
_DENIES = any_of(
    r"""
(?:dont|not|never|pas|ne|n|didnt|no_need_to|willnot|rather_not|wasnt|hate_to|havent|no_plans_to|jamais) ..3
  (?:cancel\w*|annul\w*) !your|vos|les_textos
(?:dont|not|never) ..3 want ..2 cancel
(?:meeting|babysitter|sitter|nanny|ride|daycare|gardienne|garderie|coworker|driver|uber|lift|flight|shift|class|trip|
  vol|reunion|cours|party|plans|school|practice|kid|daughter|son|other|another|his|
  her|their) ..4 (?:cancelled|canceled|annulee?|cancels|got_cancelled)
(?:cancellation|annulation|cancellations|annulations|desistement) ..3 (?:comes|come|open\w*|available|pops|list|
  liste|let_me|place|dispo)
(?:any|if_you_have|had|si_vous_avez|une|des|have_a|someone|quelqu_un|anyone|anybody) ..2 (?:cancel\w*|cancellations?|
  annul\w*) !my|mon
(?:noise|sound) cancel\w*
(?:wouldnt|would_not|never) ..2 cancel\w*
(?:cancelled|canceled|annule) ..2 (?:last|la_derniere|yesterday|hier|before|previous)
(?:cancel\w*|annul\w*) (?:yesterday|hier|by_mistake|par_erreur|already|last)
"""
)
_DROPS = any_of(
    r"""
(?:dont|nolonger|not|no_longer|pas|plus) ..1 (?:want|need|veux|interested|besoin) ..3 (?:filler|botox|laser|peel|
  peeling|injections?|lip_flip|hydrafacial|microneedling)s? ?anymore
(?:give|giving|offer|let|gave|release|free|pass|open) ..3 (?:my|the|this|that) ..1 (?:spot|slot|place|time|
  appointment|timeslot|seat|space) ..3 (?:away|else|someone|somebody|another|up|other|them|to|have|,|$)
(?:someone|somebody|anyone|another) ..3 (?:have|take|use|can_have) ..2 (?:my|the|this) ..1 (?:spot|slot|place|time|
  appointment)
(?:release|free_up|open_up|forfeit|relinquish|give_up|let_go_of) ..3 (?:spot|slot|place|time|appointment|booking)
(?:take|remove|get|strike|pull|drop|cross|delete|scratch) ..2 (?:me|my_name|us) ..1 (?:off|from|out) ..3 (?:schedule|
  calendar|books?|agenda|appointment|slot|{when}|waitlist|system_for)
(?:drop|delete|remove|scrap|erase|forget|nix|void|kill|undo|scratch|ditch|withdraw|retract) ..3 (?:{visit}|
  reservation)
(?:drop|delete|remove|scrap|forget) ..1 (?:my|the|that|about_the|this) ..1 {when} ?{visit}
call ..3 off !me|you|the_number
(?:no_longer|dont|nolonger|not|cannot|willnot) ..3 (?:want|need|needing|require|interested|do|going_through|
  go_through|proceed|moving_forward|continue|keep|besoin|veux|poursuivre|go_ahead|faire|garder) ..4 {visit} !to_be|
  on_the|texts?|messages?|until|more_info|info|time|reminder\w*|that_day|{when}
(?:decided|going|want|prefer|rather) ..1 (?:against|not_to_(?:do|proceed|continue|go|have|come_at_all)|to_drop|not_do)
(?:decided|choose|chose|opted|thought_better) ..1 not to (?:do|proceed|go|continue|get|have)
changed my mind ,,4 (?:{visit}|filler|botox|laser|peel|dont|not)
change d idee ..6 (?:{visit}|veux|viens|annul\w*)
(?:donn\w*|laiss\w*|offr\w*|ced\w*|liber\w*|ceder) ..3 (?:ma|la|mon|cette) ..1 (?:place|plage|creneau|rdv|tour)
  !{when}_|a_quelle
(?:enlev\w*|retir\w*|supprim\w*|effac\w*|ray\w*|ot\w{1,3}|barr\w*|biff\w*) ..3 (?:{visit}|horaire|agenda|calendrier|
  reservation)
(?:enlev\w*|retir\w*|ray\w*) (?:moi|nous) ..3 (?:horaire|agenda|calendrier|{when})
(?:nolonger|plus) ..1 besoin ..3 {visit}
(?:veux|souhaite|desire|voudrais|interessee?) ..1 (?:nolonger|plus|pas) ..4 (?:{visit}|venir|du_tout_le|le_faire|
  faire_ca|faire_le|continuer)
laiss\w* ..1 (?:faire|tomber) ..3 {visit}
laiss\w* (?:faire|tomber) ..1 (?:pour|ca|le|mon|$)
(?:oubli\w*|oublions) ..2 (?:ca|rdv|le_rdv|mon_rdv|tout) ..3 (?:rdv|{when}|$|pour)
(?:viendrai|ferai|reviendrai) (?:nolonger|pas) ..3 {visit}
(?:pas|nolonger) ..1 continuer ..3 {visit}
"""
)


def recognise(heard: Heard) -> str | None:
    """A wish to drop the visit; not a question whether it was dropped, nor the word in another sense."""
    if heard.chosen is Intent.CANCEL:
        return "chosen"
    text = heard.text
    if _DROPS.search(text) and not _ASKS.search(text):
        return "give-away"
    if not _WORD.search(text) or _ASKS.search(text) or _DENIES.search(text):
        return None
    return "asked"


INTENT = Meaning(Intent.CANCEL, 600, recognise, Reaction.BOOKING)
