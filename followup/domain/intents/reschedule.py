"""Reschedule: another time is asked for or offered, whatever yes or no stands beside it."""

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.cues import CANNOT_ATTEND
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.words.pattern import any_of

#: Wishes, read where a "cannot come" has been taken out.
_ASKS = any_of(
    r"""
(?:mornings?|afternoons?|evenings?|weekends?|{day}) ..1 (?:are|is|would_be|works?) ..1 (?:better|best|easier)
{when} ..1 (?:c_est|est_ce|est|ca_serait|serait) ..1 possible
(?:is|be|it|that) ..1 (?:ok|okay|possible|fine|alright) ..2 (?:come|do|make_it|book|be_there) ..2 (?:{when}|later|
  earlier|another|a_different)
(?:can|could|would|will|peux|pouvez|peut) (?:you|u|we|i|vous|tu|on) ..1 (?:do|make|have|manage|faire) ..1 (?:{when}|
  @time|\d{1,2}) !of|minutes
(?:as|avez|auriez|aurais) ..2 (?:quelque_chose|de_quoi|une_place|de_la_place|des_places|un_trou) ..3 (?:{when}|fin|
  debut|le|en|pour|apres|avant|plus)
# verbs of moving
(?:reschedul\w*|rebook\w*|postpon\w*|recedul\w*|reprogramm\w*)
(?:move|moving|push|pushing|bump|shift|switch|swap|change|changing|slide|adjust|modify|alter|transfer|delay) ..1
  (?:my|it|the|this|that|our|appointment|time|date|times|days|dates|day|back|up|forward|{when}|{visit}|around|over|
  out|ahead|us|me) !mind|phone|number|address|email|name|card|pillow\w*|insurance|provider|colou?r|{month}_plan|
  password|diet|routine|skincare|sheets|bandage
(?:bring|move|bump) ..2 (?:forward|up|ahead)
(?:can|could|want|need|like|have|love|possible|would|must|gotta|please) ..3 (?:change|switch|move|postpone|swap|
  adjust|push) !my_mind|my_phone|my_number|my_address|my_email|my_name|my_card|mind|the_subject|insurance|provider|
  to_the_other
next (?:appointment|slot|spot|opening|date|available) ..2 (?:available|you_have|open|possible)
^ (?:move|switch|swap|change|push|postpone|other_time|different_time|another_time|new_time|other_day|new_date) ?it|
  please $
change to
# another time
(?:different|another|other|new|alternate|alternative|better) ..1 (?:times?|days?|dates?|slots?|appointments?|spots?|
  weeks?|openings?|timeslots?|hours?|moment|booking|option|options) !address|to_confirm
(?:earlier|later|sooner) (?:times?|dates?|slots?|appointments?|spots?|openings?|one|availabilit\w*|possible|
  available) !reminder|is_when
(?:some|an)other time
another one ..2 {when}
# what is free
(?:any|have|got|anything|something|is_there|are_there|whats|what_is) ..2 (?:earlier|later|sooner|openings?|available|
  availabilit\w*|slots?|open|free|time_slots?) !parking|party|to_park|from_the|food|coffee|for_parking|refills
(?:anything|something|what) ..1 else ..3 (?:available|open|have|free|this|next|{when}|got|work|do_you)
(?:anything|something|any_time|any_spots?|any_times?|a_spot|a_time|room|spots?|opening) ..2 (?:{when}|before|after|
  next|this|in_the|left|open|available) !my_treatment|the_treatment|my_facial|my_appointment
(?:do|u|you|dyu|got|have) ..2 (?:have|got|for) {when} !appointment|visit|for_me|booked
(?:how|what) about ..1 (?:{when}|later|earlier|next|a_different|another)
(?:next|soonest|first|earliest|latest|your|other|more|what) ..1 (?:availabilit\w*|available|opening|openings)
(?:wait|waiting|cancellation|cancel|standby) list
waitlist
when ..1 (?:else|can_i_come|are_you_free|could_i_come|is_the_next|is_your_next|can_you_see|can_you_fit|can_i_book|
  would_you_have|do_you_have|can_i_get_in|is_the_soonest|are_you_available|can_i_be_seen)
(?:let|lmk|tell|text|call) ..2 (?:know|me) ,,3 (?:what|when|if) ,,5 (?:available|opening|openings|free|open|
  works_for_you|availability|sooner|earlier|comes_up|cancellation)
# an offer in place of it
instead !of_(?:calling|texting|the_cream|a_call|text)
rather than ?at|on|the {when}
est ce que {when} ..2 (?:possible|dispo\w*|libre|ouvert)
(?:is|est) {when} ..2 (?:possible|available|open|free|libre)
{when} ..2 (?:would|is|be|works|might|will_be|looks|suits) ..1 (?:better|best|easier|preferable|more_convenient|ideal)
(?:better|best|easier) ..1 (?:for_me|for_us|if_(?:we|i|it)|time|day|to_come|{when})
(?:would|could|can|will|does|is|if) ..1 {when} ..2 (?:work|available|possible|open|ok|okay|better|free|instead|
  doable) !for_parking|still
(?:prefer|preference|rather|love) ..3 (?:{when}|earlier|later|another_day)
(?:not|no|nope|nah|cannot) ,,4 (?:but|maybe|only|try|rather) ..3 {when} !is_fine_to
not {when} ..3 {when}
{when} ..3 (?:no_good|not_good|isnt_good|not_possible|is_bad|is_out) ,,5 (?:{when}|later|earlier|another)
i can ..1 (?:do|come|make|be_there) ..1 (?:{when}|another|next|anytime|any_time) !for_my|for_the_appointment|
  as_planned
(?:im|i_am|we_are|i|am|only) ..1 (?:free|available|off|open) ..1 (?:{when}|after|before|any|next|anytime|all_day|
  from|until|weekends|mornings|evenings) !to_(?:call|talk)|of_charge|for_a_call|by_phone
(?:only|just) ..1 (?:available|free|dispo) ..3 (?:{when}|evenings|weekends|mornings|soir)
(?:end|beginning|start|middle|first_week|last_week|later_part) of ..1 (?:month|week|{month}) ..3 (?:better|works|
  instead|please|best|good|ok|would|\?|$)
(?:lets|let_s|can_we|could_we|we_could|please|and|but|id) ..1 (?:do|make_it|try|say|make_that|aim_for) ..1 (?:{when}|
  another|later|earlier|next) !works
make it {when} instead|please|if|\?|rather
# coming at another time
(?:reprendre|rependre) ..3 (?:{when}|plus_tard|une_autre)
(?:shift|move) my appointment
(?:come|come_in|be_seen|get_in|book) ..2 (?:the_following|following|the_next|another|a_different) ..1 (?:week|day|
  month|time)
(?:can|could|may|possible|like|need|want|possibility|chance|way|love|hoping|hope|try|mind|prefer|rather|
  wanna|lets|should) ..3 (?:come|do|make_it|get_in|see_(?:her|him|you|jenna|dr)|be_seen|book|have_it|meet|stop_by|
  pop_in|pop_by|drop_in|drop_by|swing_by|come_in|come_by|schedule|do_it|do_that|go|get_an_appointment|get_one|
  be_there) ?in|by|for ?at|on|around|by|after|before|an|a|half|the ?hour|bit|little|couple|few|day|week|hours|
  minutes|same (?:{when}|earlier|later|sooner|next|another|different|anytime)
(?:stop|drop|swing|pop) ..1 (?:by|in|over) ..2 (?:{when}|later|earlier)
(?:fit|squeeze|sneak|get|slot|pencil) ..1 (?:me|us) ..1 (?:in|down) !touch|to_sleep
(?:put|book|schedule|move|slot|get) ..1 (?:me|us|it|my_\S+) ..2 (?:down_for|in_for|for|on|to|after|before|earlier|
  later|next) ..1 (?:{when}|another|later|earlier|next|different|that|a_time|whatever)
(?:book|schedule) ..2 (?:for|on|in|after|at) {when} !is|was
(?:get|need|want|book|schedule|make) ..2 (?:a_new|another|new) ..1 {visit}
(?:later|earlier|sooner) ?in|on|that|the|this|today|please|if|time|date|than|by|is|would|works ?the ?same|day|week|
  month|afternoon|morning|possible|you|please|fine|great|better|be (?:day|week|month|afternoon|morning|possible|
  please|can|better|slot|appointment|works|time|than|instead|like|if|\?|$)
(?:have|got) ..2 (?:a_later|an_earlier|a_sooner|another|other)
# French
(?:veux|dois|voudrais|voudrai|faut|faudrait|aimerais|besoin|peut_on|on_peut|pouvons_nous|peux|pouvez|possible|serait|
  aller|va|vais|devoir|faudra|desire|souhaite|prefere|prefererais|pourrait_on|pourrais|peux_tu) ..3 (?:report\w*|
  deplac\w*|remett\w*|devanc\w*|repouss\w*|decal\w*|cedul\w*|chang\w*|avancer|retarder|modifi\w*|switch\w*) !moi_sur|
  d_adresse|de_numero|mon_adresse|mon_numero|ma_carte|mon_pansement
(?:report\w*|deplac\w*|remett\w*|devanc\w*|repouss\w*|decal\w*|rebook\w*|switch\w*|avancer|avancez|retarder) ..3
  (?:{visit}|{when}|ca|a|au|mon|ma|le|cela|svp|de|plus|pour|date|\?|$|une|un|en|celui|tout|possible) !sur_la_liste|
  argent
^ (?:report\w*|deplac\w*|remett\w*|chang\w*|devanc\w*|repouss\w*|rebook\w*) ?svp|le|ca|mon $
(?:changer|changez|changement|changeons|modifier|modification|modifiez) ..4 (?:{visit}|{when}|date|heure|journee|
  moment|jour|plage|ca|horaire) !d_idee|d_adresse|dans_ma
autres? ..1 (?:dates?|moments?|journees?|jours?|heures?|plages?|rdv|disponibilites?|dispos?|fois|semaine|options?|
  places?|possibilites?|creneaux?|creneau) !questions?
(?:avez|auriez|aurais|as|reste|aurait|y_a|possible|reste_t|avoir|serait|a) ..4 (?:place|places|dispos?|disponibles?|
  disponibilites?|de_libre|libre|trou|plus_tot|plus_tard|ouverture|ouvertures|desistement|autre_chose)
  !stationnement|pour_me_stationner|pour_stationner|parking|assise|vestiaire|bon
(?:avez|auriez|aurais|as) ..3 (?:chose|un_moment|du_temps|une_plage|des_plages) ..3 {when}
(?:avez|auriez) ..2 {when} !rdv
(?:a_la_place|au_lieu|plutot) !que_(?:m_appeler|textos?|d_appeler|de_texter)
{when} ,,2 (?:ce_serait|serait|ca_serait|c_est|sera|est) ..1 (?:mieux|preferable|plus_facile|ideal)
{when} ..1 (?:ca|ce|cela|me|m) ..2 (?:irait|marcherait|fonctionnerait|conviendrait|adonnerait|arrangerait|va_mieux|
  convient_mieux)
(?:irait|marcherait|fonctionnerait|conviendrait|arrangerait|accommoderait)
(?:aimerais_mieux|preferer\w*|prefere|prefererais|mieux) ..3 (?:{when}|pour_moi|plus_tard|plus_tot|avant|apres|venir|
  si_c) !que_vous_appeliez|maintenant
(?:peut|pourrait|pouvez|pourriez|peux|possible|possibilite|pourrais|puis|aimerais|voudrais|faudrait|moyen|voulais|
  pourrions|pouvons) ..4 (?:venir|mettre|faire|voir|passer|prendre|booker|donner|reserver|aller|avoir|caser|rentrer|
  placer|inscrire) ..3 (?:@time|{day}|{month}|plus_tard|plus_tot|une_autre|un_autre|a_\d+|vers_\d+|pour_le|le_\d+)
(?:possible|possibilite) ,,3 (?:@time|a_\d+|{day}|{month}|plus_tot|plus_tard)
(?:je|moi|on|serais|suis|etre) ..2 (?:dispo\w*|libre|disponible) ..2 (?:juste|seulement|le|la|a_partir|apres|avant|
  les|en|{when}|plutot|uniquement|toute|jusqu|mais) !pour_repondre|au_telephone
(?:prochaines?|vos|quelles?|d_autres) ..1 (?:dispos?|disponibilites?|plages?)
(?:no|non|nope) ,,1 (?:but|mais) ,,6 (?:yes|oui|works|ok|correct|would|could|marche\w*)
(?:do|have|got|any) ..4 (?:spot|slot|opening|spots|slots) !parking|on_my|for_my_car
(?:non|nope|pas|cannot) ,,2 (?:plutot|mais|par_contre) ..3 (?:{when}|plus_tard|plus_tot|une_autre|l_autre)
(?:oui|ok|daccord|yes) ,,1 (?:mais|but) ..2 (?:a|vers|plutot|apres|avant|plus_tard|plus_tot|at|around|later|earlier|
  after|make_it|can_we|could_we|en|le|on|l) !retard|little|few|question|bit ..3 (?:{when}|plutot|possible|svp|tard|
  tot|midi|later|earlier)
(?:oui|ok|yes|daccord) ,,1 (?:mais|but) ..2 (?:plus_tard|plus_tot|later|earlier|another|une_autre|un_autre|can_we|
  could_we|can_i_come|i_need|je_prefer\w*|plutot)
(?:trop|too) (?:tot|tard|early|late|soon|loin) ,,4 (?:{when}|pouvez|avez|can|have|possible|plus|earlier|later)
(?:veux|voudrais|aimerais|besoin|prendre|faut|need|cherche|avoir|donn\w*) ..3 (?:un_autre|une_autre|nouveau|nouvelle|
  autre) ..1 (?:rdv|appointment|date|place|heure|moment|journee)
(?:veux|voudrais|aimerais|prendre|besoin_d_un|pourrais_je_avoir_un|fixer) ..2 rdv ..3 {when}
(?:rappel\w*|ecri\w*|texte\w*|appel\w*) ..3 (?:quand|si) ..4 (?:place|dispo\w*|libere|annulation|desistement)
(?:mett\w*|inscri\w*|plac\w*|cas\w*|book\w*) (?:moi|nous) ..2 (?:{when}|plus_tard|plus_tot|a_\d+|en_\S+) !liste
(?:plus_tot|plus_tard) ..3 (?:possible|svp|dans|si|en|\?|$|la|cette|journee|ce_serait|ca|pour)
"""
)
#: Another time after a "cannot come".
_INSTEAD_OF_COMING = any_of(
    r"""
(?:put|mettez|mets) ..1 (?:me|moi) ?on|at|in|for|a|le {when}
^ c ,,1 (?:but|mais) ..3 (?:{when}|later|plus_tard|after|apres)
^ ?yes|oui|ok ..1 (?:but|mais) (?:not|pas) ?on|le {when}
(?:{when}|end_of_(?:the_)?(?:day|week|month)|fin_de_(?:journee|semaine)) ..1 (?:works|work|is|would_be|serait|est) ?much
  best|better|mieux|preferable
(?:fin|debut) de journee|soiree|semaine|mois ,,2 possible ?\? $
not|pas {when} [.,] {when} \?
cannot ,,2 ..3 (?:{when}|semaine_d_apres|semaine_prochaine|semaine_suivante|lendemain|day_after|week_after|next_week|
  next_month) ?la|d|instead ?apres \?
cannot ,,6 (?:but|how_about|can_(?:i|we|you)|could|what|maybe|try|only|do_you|is_there|mais|par_contre|avez|est_ce|
  plutot|peut|autre|possible|je_peux|y_a|any) ,,5 (?:{when}|another|other|later|earlier|after|different|next|autre|
  plus_tard|plus_tot|possible|place|dispo\w*|open|available)
(?:doesnt|not|isnt|willnot|pas|nolonger) ..3 (?:work|available|good|dispo|bon|convient|marche) ,,5 (?:but|how|what|
  mais|par_contre|plutot|peut|can|could|maybe|avez|est_ce) ..4 (?:{when}|other|another|later|earlier|autre|plus)
cannot {when} ,,2 (?:but|mais|et) ..2 {when}
(?:cannot|willnot) ,,6 {when} [.,] ..1 {when} ?\?
cannot ,,4 \d+ ,,1 ..1 (?:\d+|{when}) ..2 (?:would|works|is|instead|ok|good|better|\?)
(?:travaille|travail|working|work) ..3 {when}? ,,4 (?:est_ce|peut|could|can|how_about|what_about|avez) ..4 (?:{when}|
  possible|autre|another)
(?:travaille|working) ,,3 est ce que {when}
not|pas {when} ,,2 (?:but|mais|plutot) ..2 {when}
cannot ,,6 but ..2 can ..2 (?:do|come|make) \d+
"""
)
_NOT = any_of(
    r"""
(?:place|places|spot|room|space) ..2 (?:stationner|stationnement|garer|park|parking|poussette|auto)
(?:called|texted|emailed|wrote|spoke|talked|phoned|asked|told|paid|booked|appele|ecrit|texte|parle) ..2 (?:earlier|
  before|plus_tot) $
(?:no|not|dont|pas|aucune?|nothing|never|without|n|ne|rien|no_need|havent|hasnt) ..3 (?:chang\w*|move|moved|
  reschedul\w*|deplac\w*|report\w*) !that|{when}
(?:what|when|which|a_quelle|quelle|quel|quels|c_est_quand|c_est_quoi) ..3 (?:time|day|date|heure|heures|jour|is_my|
  est_mon|mon_rdv|prochain_rdv|my_next|my_appointment|next_appointment|is_it|my_visit) !could|can|do_you_have|works|
  work|are_you|would|d_autre|else|autre|is_available|avez|have|slots?|serait|vous_convient|do_you
(?:did|has|have|was|were|is|been|est|avez|a|had) ..3 (?:rescheduled|moved|changed|postponed|deplacee?|reportee?|
  change) ..3 \?
(?:change|changed|new|updated?|nouveau|nouvelle|change\w*|changement) ..2 (?:phone|number|address|email|adresse|
  numero|courriel|card|carte|insurance|name|nom|job|d_adresse|de_numero|d_idee|mind)
(?:confirm\w*|repond\w*|answer|reply|rappell\w*|know|ecri\w*|redis|call_you|text_you) ..2 (?:plus_tard|later)
(?:call|phone|email|text|virtual|virtually|zoom) ..2 instead
(?:arriv\w*|show_up|be_there|get_there|venir|come) ..2 (?:early|d_avance|en_avance)
arriv\w* ..2 (?:plus_tot|earlier)
(?:if|si|what_happens_if|how_do|policy|politique|fee|frais|how_late|charged) ..4 (?:reschedul\w*|change|deplac\w*|
  report\w*|move) ,,8 \?
"""
)
_STRONG = any_of(
    r"(?:reschedule|rebook|postpone|recedul\w*|reporter|deplacer|remettre|instead|plutot|a_la_place|au_lieu|"
    r"devancer|repousser)"
)


def recognise(heard: Heard) -> str | None:
    """Another time; not a question about the present one."""
    if heard.chosen is Intent.RESCHEDULE:
        return "chosen"
    text = heard.text
    if _INSTEAD_OF_COMING.search(text):
        return "instead"
    rest = CANNOT_ATTEND.sub("~ ", text)
    if not _ASKS.search(rest):
        return None
    return None if _NOT.search(rest) and (" ? " in rest or not _STRONG.search(_NOT.sub("~ ", rest))) else "another-time"


INTENT = Meaning(Intent.RESCHEDULE, 550, recognise, Reaction.BOOKING)
