"""Stop: no more messages, by keyword or in the patient's own words."""

import re

from followup.domain.inbound import Intent, Keyword, Reaction, revocation
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.triage import Severity
from followup.domain.words.pattern import any_of
from followup.domain.words.table import texts_in

#: Words without one of which nobody asks for silence; the others are spared the look for phrases.
_WORTH = re.compile(
    r"abonn|stop|send|spam|revo|fini|opt|stp|arret|quit\b|ceas|cess|unsub|subscr|opt|desab|desin|list|text|messag|"
    r"msg|sms|promo|spam|alone|"
    r"tranq|paix|patience|"
    r"retir|enlev|\bot[eo]|remove|delete|take (?:me|us|my|off)|block|bloq|number|numero|\bnum\b|go away|piss off|"
    r"fuck|get lost|consent|contact|writ|ecri|"
    r"\bpub|rappel|remind|alert|notif|mail|courriel|assez|tanne|ecoeur|achal|derang|lach|foute|fich|envo|marre|"
    r"enough|efface|supprim|"
    r"\bray|radi|barr|sortez|discontinu|halt|revok|withdr|report|solicit|bother|haras|harcel|pester|bug|erase|alto|parar|"
    r"baja|no mas|marketing|offer|offre|off\b|turn|mute|unenrol|regist|sign|trop|besoin|decriss|diable|pourriel|suffit|"
    r"rather|rid|lose|forget|oubli|perd|leave me|permission|wish|want|getting|disturb|appel|rien|annoy|fatig|enerv|"
    r"service|voulez|pouvez|reply|"
    r"autoris|refus|interess|no more|these|much|demand|"
    r"newsletter|infolettre|communic|update|phone|cell|recevoir|receiv|hear from|database|system|laiss"
)
_NOT = any_of(
    r"""
(?:dont|never|jamais) stop ..2 {media}|texting|sending|messag\w*|writing|reminding
(?:stop|arret\w*) ,,4 (?:trop|too|so) (?:gentil\w*|kind|sweet|fine?s?|funny|drole)
please|^ ?please (?:dont|never) ?ever (?:stop|unsubscribe|optout|remove)
(?:dont|never|didnt) ..1 want ..3 (?:stop|unsubscribe|optout) !receiving
n (?:arretez|arrete|enlevez|desabonnez) (?:pas|surtout_pas)
veux pas (?:arreter|me_desabonner)
(?:accident|accidentally|mistake|mistakenly|erreur|didnt_mean|oops|par_accident) ..6 (?:stop|unsubscribe\w*|optout|
  desabonn\w*|arret)
(?:stop|unsubscribe\w*|optout|desabonn\w*|arret) ..6 (?:accident|accidentally|mistake|mistakenly|erreur)
"""
)
_KEYWORDS = texts_in(
    "stop|stopall|stop all|unsubscribe|unsubscribe me|quit|revoke|optout|opt out|remove me|stop texting|arret|"
    "arrete|arreter|arretez|desabonner|"
    "end subscription|end my subscription|fin d abonnement|fin abonnement|fin de l abonnement|"
    "arretez tout|arrete tout|stop tout|"
    "end all|end these|end texts|end this|shut it off|turn it off|enough|enough already|thats enough|that is enough|"
    "assez|ca suffit|c est assez|ca va faire|decrissez|decrisse|"
    "spam|harassment|pourriel|spamming|mute|mute me|:stop:|stop please|bloquez moi|bloque moi|cease|cesser|"
    "cessez|cesse|desabonnement|desabonnez moi|desinscrire|desinscription|no mas|alto|parar|baja"
)
#: Wishes beside the phrases of `revocation`, which are tried first.
_MORE = any_of(
    r"""
^ ?please (?:no_more|no|nolonger|plus|pas) ..3 {media} ?please|svp|thanks|merci $
(?:dont|not|never|stop|quit) ..1 (?:send|text|message|contact|write|email|bother|textez|ecrivez|envoyez) ..1 (?:me|
  us|this_number|this_phone|m|any_more) !the|your|when|if|when|until|back|at_work
(?:asked|told|telling|said|begging|demande|dit) ..3 (?:stop|arreter|arretez|d_arreter|cesser)
(?:block|blocking|blocked|bloquer|bloque) ..1 (?:me|you|this_number|vous|ce_numero|your_number)
(?:not|pas) ..1 interested|interesse|interessee [.,] ..1 (?:remove|stop|delete|unsubscribe|retirez|arretez|enlevez)
(?:ca_suffit|assez|enough|fed_up|tannee?|ecoeuree?) ..3 {media}
(?:fini|finis|finies) ..1 {media}
^ ?please|svp (?:cease|desist|discontinue|revoke|halt)
(?:get|take|remove|delete|drop|scrub|strike|wipe) ..1 (?:me|my_number|this_number|my_info) ?please|now|svp|
  immediately $
(?:ne|de_ne|plus) ..1 (?:etre|voulons|veux|souhaite|desire) ..2 (?:contactee?s?|sollicitee?s?|textee?s?|derangee?s?)
(?:nolonger|pas) ..1 etre (?:contactee?|sollicitee?|derangee?|textee?)
^ ?please no more|nolonger|plus|stop (?:texting|messaging|texts?|messages?) ?please|thanks $
(?:why|pourquoi) ..6 (?:texting|messaging|textez|ecrivez|messages|texts) ,,3 (?:stop|arretez|arret|cessez)
(?:lache\w*|fiche\w*|fouti?\w*|laisse\w*) ..1 (?:moi|nous) ..2 (?:paix|tranquille|patience)
^ ?svp cessez|cesse|finissez ?svp|ca|tout $
how ..3 (?:stop|unsubscribe|optout|get_off|turn_off) ..3 (?:{media}|list|this|unsubscribing)
comment ..4 (?:arreter|desabonner|stopper|cesser) ..3 {media}
^ ?comment ..4 (?:desabonner|me_desabonner)
(?:stp|stop|stahp) ,,2 (?:texting|messaging|sending|contacting|spamming|bothering)
^ ?please|svp (?:remove|delete|unlist|retirez|enlevez) ?me|moi ?please|svp $
(?:want|get|need|let|take) ..2 (?:out|off) ..2 (?:this|that|your|the|of) ..1 (?:list|texts|group|thread)
(?:dont|not|never|no_longer|withdraw) ..1 consent ..2 (?:these|your|any|receiving|getting|to) ..2 {media}
^ ?svp ?, ?de ne (?:nolonger|plus|pas) ..1 (?:me|m|nous) (?:texter|ecrire|contacter|envoyer|deranger|achaler|relancer)
svp ?, ?de ne (?:nolonger|plus|pas) ..1 (?:me|m|nous) (?:texter|ecrire|contacter|envoyer|deranger|achaler|relancer)
(?:veux|voudrais|souhaite) (?:pas|nolonger) ..1 recevoir (?:ca|cela|ces|vos|de_vos|rien|{media}) !traitement
(?:veux|want) nolonger ..1 rien recevoir
(?:enlev\w*|retir\w*|supprim\w*|effac\w*|ray\w*) ..1 (?:mon|nom|numero|moi|ca|mes_coordonnees) ..2 (?:de|d|dans) ..1
  {list} !d_attente|attente|d_annulation
(?:i_am|im|am) ..1 done ..2 {media}
(?:way_too_many|too_many|trop_de) {media} ,,3 (?:stop|arretez|arret)
(?:but|mais|and|et|,|please|svp) (?:no_more|nolonger|plus|no|aucune?|stop_the) ?de|d|of ?your|vos|the|these|promo|
  marketing {media} ?please|svp|thanks|merci $
(?:annul\w*|cancel\w*) ..2 (?:abonnement|subscription|inscription)
^ ?please|svp stop|arretez ?svp|please $
(?:no|non|nolonger|pas|never|rather_not|jamais)(?:_(?:more|of|these|those|your|any|to|on|on_the|to_the|for|a|aux|de|d|vos|les|
  des|want|get|getting|be|send|recevoir|receive|such|further|ca|ces|this|merci|pour|merci_pour))* (?:{media}|texted|
  contact|textee?s?) !from_you|about|de_vous|
  yet|encore|recu|received|today|link|problem
(?:dont|never|nolonger|not|pas|jamais) ..1 (?:give|gave|donne|have|avez) ..3 (?:permission|consent|autorisation|accord)
(?:permission|consent|autorisation|consentement) ..2 (?:revoked|withdrawn|retiree?|revoquee?|gone)
(?:get_rid_of|lose|scrub|forget|delete|erase|remove|wipe|trash|oubli\w*|perd\w*|effac\w*|enlev\w*|retir\w*|supprim\w*|
  jet\w*) ..1 (?:my|mon|mes|this|ce|me) ..1 (?:number|num|numero|infos?|information|coordonnees|contact|details|cell|
  name|
  nom) !from_the_(?:form|account)|and_(?:put|use)|its_now|has|est_rendu
(?:scrub|wipe|erase|purge) ..3 {list}
want off ?of this|the|your|that ..1
^ ?please|svp off|remove ?me ?from ?the|this|your list ?please|svp $
(?:texting|messaging|contacting) ?me (?:needs|has) to (?:stop|end|cease)
(?:how|comment) ..3 (?:stop|end|quit|arrete|arreter|finir) (?:these|this|those|that|them|ca) ?ces|les ?{media} ?\? $
leave me|us be $
(?:appelez|appelle|textez|ecrivez|envoyez) (?:nolonger|plus|pas|rien) ?jamais (?:ici|a_ce_numero|rien)
^ ?svp nolonger|plus rien ?svp|merci $
(?:dis|dit|said|say|telling|repete) ..3 (?:stop|arret|arreter|d_arreter)
(?:fatigant\w*|tannant\w*|achalant\w*|gossant\w*|enerv\w*|annoy\w*|irritat\w*|hate|deteste|harass\w*|sick_of|
  tannee?) ,,3
  {media}
{media} ..3 (?:fatigant\w*|tannant\w*|achalant\w*|gossant\w*|enerv\w*|annoying|irritating|unwanted)
(?:cancel|annul\w*|end) (?:this|the|ce|cette|le) (?:service|subscription|program|programme|abonnement)
(?:etre|me|nous) (?:retiree?|enlevee?|desabonnee?|radiee?) ?de ?la ?liste ?svp $
^ ?ok|thanks|merci|svp|please ?pouvez|voulez|peux ?vous|tu ?ben ?de|donc ?me|m ?etre retirer|retiree?|
  desinscrire ?svp|merci $
^ ?please|svp enlev\w*|retir\w*|supprim\w* ?moi (?:ca|tout_ca|de_la|d_ici|de_votre_(?:banque|registre|fichier|dossier))
{media} c est non $
(?:stop|arret\w*) (?:with|avec) ?all|tout this|that|ca|cela $
(?:ecrivez|textez|appelez|contactez) ?moi (?:nolonger|plus|pu) $
arret\w* ,,1 j en veux pas|nolonger|plus
(?:wish|want|like|asked|asking|need) ..2 be (?:removed|unsubscribed|taken_off|deleted|off_this|off_the)
(?:stop|arreter|cesser|arretez) ?de (?:getting|receiving|recevoir) ..1 (?:these|this|it|them|ca|tout_ca|{media})
^ ?i (?:dont|nolonger) want (?:these|those|this|them) ?anymore ?please $
^ ?please|svp (?:take|get|enlev\w*|retir\w*|ot[ez]+) (?:me|moi) ?off ?please|svp|merci|thanks ?and|et ?thanks|thank|
  merci ?you $
dont (?:reply|respond|answer|contact) ..2 again
(?:one_more|another|un_autre|encore_un|me_again) ..3 (?:{media}|time) ,,3 (?:report|sue|lawyer|police|block|plainte|
  avocat|bloque|
  signale)
(?:envoy\w*|send) ..1 (?:pas|nolonger) (?:ca|cela|this|these)
arret\w* de ?me|m (?:enerver|ecoeurer|gosser|tanner|niaiser|harceler|bombarder)
^ ?merci|svp ?de ?ne nolonger|plus|pas (?:me|m|nous) (?:texter|ecrire|contacter|envoyer|deranger|achaler|relancer|
  appeler)
^ (?:can|could|would|will) you ?please|just stop ?please|now|already|it|this|that|these|thanks ?\? $
(?:want|need) (?:these|those|this|the|your|all|them) ?{media} to (?:stop|end|cease)
(?:it|this|these|them) stop ,,4 {media}
^ ?please|svp no_more|nolonger ?of ?these|those|this|that|them|it|please ?please|thanks|svp $
(?:didnt|never|not|havent|jamais|pas) ..1 (?:sign|signed|ask|asked|subscribe\w*|agree\w*|optin|register\w*|request\w*|
  consent\w*|authori[sz]e\w*|demande|accepte|autorise|consenti\w*|inscrite?|abonnee?|donne) ..4 {media} !about|from
(?:didnt|never|not|havent) ..1 (?:sign|signed|ask|asked|subscribe\w*|agree\w*|request\w*) ..1 (?:for|to|up_for) (?:this|
  these|any_of_this|that) $
^ j ai ?jamais|pas (?:demande|accepte|autorise) (?:ca|cela) $
^ ?ok|omg|wow|so|but|,|no|non|hey (?:this|thats|its|you|youre|it|c|cest|c_est|that) ?is|are|est ?just|pure|
  nothing_but|du|de_la|s (?:spam|spamming|
  harassment|harassing|junk|harcelement|pourriel|abuse) ?me|la|ca ,,2 $
^ spam [.,] ..3
(?:report\w*|signal\w*|denonc\w*) ..3 (?:spam|harassment|crtc|police|harcelement|pourriel)
(?:way_too_many|too_many|so_many|trop_de) ..1 {media} !but|and_i|is|about
(?:turn|switch|shut) ?off (?:them|these|those|this) ?all ?off ?please $
(?:turn|switch|shut) (?:them|these|those) off
^ ?please (?:mute|unenrol\w*|unlist|deregister|unregister|blacklist) ?me|us|this_number|my_number ?please $
(?:only|just) email ?me ?from_now_on|only|please|instead $
^ ?please|svp ?only email|courriel only|seulement|please|svp
(?:no|not|nolonger|dont) ..1 need ..2 (?:text\w*|messag\w*|send\w*|writ\w*|remind\w*) ,,3 (?:anymore|again|further|
  these|those|longer|more)
(?:no|not|dont) ..1 need to keep (?:texting|sending|messaging|writing|contacting|reminding)
(?:nolonger|plus|pas) besoin de|d ..1 {media}
^ ?merci|svp pas besoin de ?me|m (?:ecrire|texter|envoyer|contacter|relancer) ?svp|merci $
dont|never|stop text\w*|message|contact|write ?me|us (?:after_this|past_this|beyond_this)
(?:stop|kill|end|cut|ditch|halt|drop|axe|quit) ?out ?with (?:the|your|these|those|all|sending) ..1 {media}
cess\w+ ..2 (?:envois?|communications?|tout) $
(?:stop|arret\w*) ?la|now ,,3 (?:trop|assez|suffit|enough|too_much|too_many) $
ne (?:nolonger|plus|pas) (?:ecrire|texter|envoyer|contacter|appeler) ..3 $
(?:autorise|accepte|consens|tolere|permets|authori[sz]e|consent|agree) ?to ?nolonger|pas ..3 (?:nolonger|pas|these|your|
  receiv\w*|recevoir|les|vos) ..2 {media}
(?:refuse|refuser|refusing|decline) ..4 (?:receiv\w*|recevoir|be_contacted|etre_contactee?)
(?:refuse|refuser|refusing) ..3 {media}
interess\w* (?:pas|nolonger|plus) ..2 {media}
(?:pas|nolonger|plus) interess\w* ,,1 (?:arret\w*|cess\w*|enlev\w*|retir\w*)
(?:diable|chier|promener|hell) ,,2 (?:with|avec) ..2 {media}
(?:gardez|garde|keep|shove) (?:vos|your|tes) ..1 {media} $
(?:pas|not|no) par|by|via (?:texto\w*|texts?)
(?:je_vous|je_t|jvous|je_te) bloque"""
)
#: STOP run into what the writer then tells of the body.
_THEN_A_SYMPTOM = any_of("^ (?:stop|arret|arretez) (?:je|j|i|im|ive|jai)")


def recognise(heard: Heard) -> str | None:
    """A clear wish about messages; STOP inside a sentence about something else is none."""
    hit = heard.keyword
    if hit is not None and hit.keyword is Keyword.STOP:
        return f"keyword.{hit.word.replace(' ', '-')}"
    if heard.core in _KEYWORDS:
        return "keyword.polite"
    if heard.judged.severity.rank >= Severity.URGENT.rank and _THEN_A_SYMPTOM.search(heard.text):
        return "keyword.then-a-symptom"
    if not _WORTH.search(heard.reading.raw) or _NOT.search(heard.text):
        return None
    said = revocation(heard.reading.source)
    if said is not None:
        return f"phrase.{said.rule}"
    return "phrase.about-messages" if _MORE.search(heard.text) else None


INTENT = Meaning(Intent.STOP, 700, recognise, Reaction.SUPPRESS)
