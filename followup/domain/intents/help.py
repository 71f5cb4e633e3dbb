"""Help: who writes here, how to answer, a person please."""

from followup.domain.inbound import Intent, Keyword, Reaction
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.words.pattern import any_of
from followup.domain.words.table import texts_in

_KEYWORDS = texts_in(
    "a l aide|operator|agent|help|info|aide|help me|aidez moi|aide moi|information|ayuda|need help|i need help|"
    "besoin d aide|au secours|"
    ":sos:|infos|more info|plus d info"
)
_ASKS = any_of(
    r"""
(?:who|qui) ..2 (?:gave|donne) ..3 (?:number|numero|info\w*)
^ ?c|r|x ?\? confirm\w*|c|what ?is|c_quoi|quoi what|quoi|c ?\? $
^ c quoi ?le|un c|r|x $
^ what is c|r|x
who ..1 am_i|i ..2 (?:speaking|talking|texting|chatting)
who ..1 (?:sent|send|wrote|texted) ..1 (?:this|it|me|that)
(?:a|avec) qui ..2 (?:honneur|l_honneur|affaire)
(?:talk|speak|parler|discuter) ..2 (?:on|by|over|au|par)? ..1 (?:the)? ..1 (?:phone|telephone)
(?:is_there|have|whats|what_is|y_a_t_il|avez_vous) ..2 (?:phone|number|numero|telephone) ..3 (?:call|reach|appeler|
  joindre|rejoindre|\?|$)
(?:what|que|quoi|how) ..5 (?:text|reply|answer|write|send|respond|type|repondre|ecrire) ..1 (?:back|exactly|here|ici)
^ ?svp (?:appelez|rappelez|appelle|rappelle|telephonez) ?moi|nous ..1 (?:quand|des_que|aussitot|lorsque)
^ ?please|svp ?an|a|un|une (?:operator|agent|representative|receptionist|humain|human) ?please|svp $
^ ?is|are|am ?this|you|i|it ?the|your ?a clinic|clinique|spa|office ?\?
(?:what|que|quoi) ..2 (?:c|r|x|it|1|2|3|letters|lettres) ..3 (?:mean|means|stand_for|veut_dire|veulent_dire|
  signifie\w*)
(?:what|que|quoi) ..1 (?:does|do|veut|veulent) ..4 (?:mean|dire|signifier)
(?:do|should|dois|faut) ..3 (?:reply|respond|answer|text|repondre|ecrire) ..2 (?:yes|oui|c|r|x|back|y|1)
^ ?real|a|an|un|une ?live|vrai|vraie (?:human|person|agent|operator|representative|someone|personne|humain|
  receptioniste|receptionist) ?please|svp $
^ ?c est quoi|koi ?ca|sa ?la|le ?message ?\? $
(?:wrong|bad|dead|broken|mauvais) ..1 (?:link|lien)
(?:who|whos) ..2 (?:texting|messaging|writing|calling)
whose|whos ..1 (?:number|phone|text|message)
(?:how|comment) ..2 (?:this|it|ca) ..1 (?:work|works|marche|fonctionne) $
(?:how|what) ..3 (?:reply|respond|answer|repondre) ..1 (?:to|with)? $
^ je comprends|comprend pas $
(?:a|avec) qui ..2 (?:parle|ecris|texte|j_ecris)
who ..1 (?:is|are|am_i|r|s) ..2 (?:this|you|it|texting|messaging|that|sending|writing|calling) !my|doing|going
^ ?sorry|hi|hello|um|, ?, (?:who|whos|qui|c_est_qui) ?dis|this|is_this|that|sa|ca|la|you|u|est|de $
(?:who|whos) this|dis
who ..1 (?:texting|messaging|sending)
(?:what|which|whats) ..3 (?:clinic|business|company|place|office|number|is_this|this_about|this_for|this_regarding|
  organization|store)_?(?:is_this|this_is|from|about|regarding|for)? ..2 (?:this|from|about|texting|regarding|\?|$|
  for|it) !my_appointment|located|open|should_i_call
what ..1 (?:is|s) ..1 this ?text|message|number|about|for|regarding $
what ..1 (?:is|s) this ..1 (?:about|regarding|for|in_regards?|concerning)
where ..2 (?:did_you_get|get) ..1 (?:my_number|this_number|my_info)
(?:is_this|are_you|am_i_talking|am_i_texting|c_est_tu|est_ce|etes_vous|parle_a) ..3 (?:bot|robot|spam|scam|legit|
  real|human|automated|computer|ai|person|humain|machine|arnaque|fraude|automatique|vraie_personne)
(?:talk|speak|chat|parle|parler|connect\w*|discuter|reach|jaser) ..2 (?:to|with|a|avec) ..3 (?:someone|somebody|
  person|human|front_desk|desk|office|secretary|clinic|team|agent|operator|nurse|manager|doctor|dr|staff|
  receptionist|representative|rep|anyone|real|you|quelqu_un|personne|
  infirmiere?|docteure?|medecin|reception|humain|vous|gerante?|responsable|people|reception|owner|jenna|practitioner|
  provider|actual)
(?:real|actual|live|vraie?) (?:person|human|personne|humain)
^ ?please|svp (?:call|phone|appelez|rappelez) ?please|svp $
(?:comprends|comprend|understand) (?:pas|nolonger|not) ..3 (?:message|texto|text|question)
pas compris ..3 (?:message|texto)
is ..1 (?:someone|anyone|anybody) there
(?:vous_etes|etes_vous|c_est) ..1 quelle clinique
(?:quelqu_un|quelquun|someone|qqn) ..2 (?:m_aider|aider|help|aide)
comment ..3 (?:reponds|repondre|repond)
(?:call|phone|ring) (?:me|us) !at_\S+_if|if|later|to_confirm|when_you_are_ready|{when}_to_confirm|names|crazy|old
(?:give|shoot|make) ..1 (?:me|us) ..1 (?:call|ring|shout)
(?:can|could|would|have|please|need|want|may|will) ..3 (?:someone|you|somebody|nurse|u|anyone|dr|doctor|reception|
  clinic) ..2 (?:call|phone|ring|reach_out|contact) ..1 (?:me|us|back)
(?:appelez|rappelez|appeler|rappeler|appelle|rappelle|telephonez|contactez) ..1 (?:moi|nous) !pas|l_heure|mon_rdv|
  quand
(?:pouvez|pourriez|peux|peut|pourrait|veuillez|voulez|quelqu_un|aimerais_que_vous|infirmiere) ..4 (?:m|me|nous)
  (?:appel\w*|rappel\w*|telephon\w*|contact\w*|joindre) !l_heure|l_adresse|mon_rdv|quand|quelle|a_quelle|la_date
(?:call_?back|rappel_telephonique)
(?:dont|doesnt|not|unsure|cannot|confused|lost|pas|comprends|sais) ,,5 (?:understand|reply|respond|answer|comprends|
  comprendre|repondre|how_to|quoi_ecrire|quoi_repondre|what_to_(?:do|say|press|text)|comment_faire|how_this|
  comment_ca) !yet|back
(?:how|what|comment|que|quoi|where|qu_est_ce) ..4 (?:reply|respond|answer|repondre|repond|repondez|press|
  respond_with|ecrire_pour|type) !takes|soon
(?:how|comment) ..4 (?:confirm|confirmer|confirme) !my_identity
(?:what|que|quoi) ..5 (?:to|pour) confirm\w*
(?:link|lien|page|site|website|app|url|form|formulaire|portal|button|bouton|password|login|log_in|questionnaire|code)
  ,,5 (?:doesnt|not|isnt|wont|willnot|broken|cannot|error|expired|marche_pas|fonctionne_pas|marche_nolonger|brise|
  pas|bug\w*|down|failed|stuck|erreur|invalid\w*|nolonger|blank|dead|crash\w*|frozen|trouble) !email_me
(?:cannot|trouble|problem|issue|issues|difficult\w*|misere|mal|du_mal|probleme|hard_time|help|aide) ,,5 (?:link|lien|
  page|site|website|app|url|form|formulaire|portal|book_online|en_ligne|online|log_in|login|me_connecter|open_it|
  click|cliquer|questionnaire|booking_page|button|bouton|qr_code|confirmer|payer_en_ligne|confirming|upload)
(?:need|want|require|besoin|get|use|some) ..2 (?:help|assistance|aide|d_aide) !me_decide|my
help ..1 (?:with|me|please|us|avec)
(?:aidez|aide) (?:moi|nous)
(?:what|which|a_quel|quel|le|your|good) ..3 (?:phone_number|number|numero|telephone|numero_de_telephone) ..4 (?:call|
  reach|joindre|appeler|contacter|rejoindre|reach_you|call_you|is_the_clinic|you_at|de_la_clinique|vous)
(?:how|comment) ..4 (?:contact|reach|call|joindre|contacter|rejoindre|get_a_hold|get_hold) ..2 (?:you|someone|vous|
  clinic|quelqu_un|clinique)
qui (?:etes_vous|est_ce|parle|ecrit|texte|m_ecrit|m_ecrivez|vous_etes|me_texte|m_envoie|t_es)
(?:vous_etes|t_es|tu_es|etes_vous) qui
(?:c_est|est) ?tu|ti ?un|une (?:robot|machine|spam|arnaque|bot|fraude|vraie_personne)
c est qui !qui|mon|la_docteure|le_docteur|va|avec
c est ..1 (?:quoi_ce|de_qui|de_la_part_de_qui|qui_ce|de_quelle|quelle_clinique|quoi_cette|pour_quoi_ce)
(?:d_ou|de_ou|d_ou_vient|provenance) ..2 (?:vient|viens|provient|sort|message|numero|texto)
de (?:quelle_clinique|la_part_de_qui|qui)
(?:quel|c_est_quoi) ..2 (?:est_ce_numero|ce_numero|ce_message|cette_clinique|ce_texto|clinique)
(?:comment|ou) ..3 (?:eu|obtenu|pris) ..2 (?:mon_numero|mes_coordonnees)
(?:more|plus_d|need|want|besoin_d) (?:info|information|infos|informations) ..1 (?:please|svp|$)
"""
)


def recognise(heard: Heard) -> str | None:
    """HELP, or a wish for a person, for the sender's name, for the way to answer."""
    hit = heard.keyword
    if (hit is not None and hit.keyword is Keyword.HELP) or heard.core in _KEYWORDS:
        return "keyword"
    return "asks-for-a-person" if _ASKS.search(heard.text) else None


INTENT = Meaning(Intent.HELP, 350, recognise, Reaction.PERSON)
