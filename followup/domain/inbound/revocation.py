"""Revocation: phrases a reasonable person reads as "write to me no more", in English and French.

Conservative both ways: a phrase must name our messages or the person's wish to be left alone, since a missed STOP is
worse than a wrong one; and "stop by at 3" or "the bleeding won't stop" must reach a person as what they are.
"""

import re

from followup.domain.inbound.plain import Clause, clauses
from followup.domain.inbound.saying import Saying, first, read_phrases, words

_LISTS = r"""
noun = texts?|messages?|messaging|sms
  |reminders?|alerts?|notifications?|promos?|promotions?|ads?|adverts?|advertis\w+|offers?|marketing|spam\w*
  |emails?|communications?|updates|follow ups|newsletters?|mailings?
several = texts|messages|sms|reminders|alerts|notifications|promos|promotions|ads|adverts|offers|marketing|emails
  |updates|newsletters?|subscription|membership
nom = textos?|messages?|sms|textes?|rappels
  |promos?|promotions?|pubs?|publicites?|courriels?|emails?|infolettres?|notifications?|alertes|offres
  |communications?|suivis|rabais|relances
ing = text(?:ing|s)|messaging|writing|contacting|e?mailing|sending|spamming|bothering|harassing|annoying|pestering
  |bugging|calling|receiving|getting|blowing up my phone|flooding|bombarding|filling my inbox
all = with|it|this|all|the|these|those|that|your|any|already|please|even|fucking|damn|automated|automatic|of|more
who = me|us|my|this|our|number|name|phone|cell|contact|info|mobile
sort = mailing|text|texting|sms|messages?|messaging|contact|marketing|promo|promotional|distribution|email|call
  |phone|spam|reminder|patient|client|customer
ecrire = ecrire|texter|envoyer|contacter|deranger|achaler|harceler|spammer|relancer|solliciter|appeler|messager
  |importuner|ecoeurer|bombarder|inonder
ecrivez = textez?|textes|ecrivez|ecris|contactez?|contactes
  |derangez?|messagez?|relancez?|achalez?|harcelez?|spammez?|sollicitez?|importunez?
retirez = (?:retir|enlev|effac|supprim|ray|ot|sort|desinscri|radi|barr)\w{0,4}
non = plus|pu|pus|pas|jamais|aucune?
"""
#: What may not stand before a phrase: another's doing or our own, a question, its contrary.
_UNLESS = r"""
not_us = (?:\b(?:i|ill|i ll|i will|i should|we|will i|should i|can i|do i|never|dont|didnt|wont|not|doesnt|cant
  |couldnt|never|they|it|she|he|to not|without|did you|have you|has|if you|when you|until you|unless you|why did you
  |you did|since you|after you|(?<!can )(?<!could )(?<!will )(?<!would )(?<!must )(?<!should )you)|\bi (?:need|have
  |had|got) to) (?:please |just )?$
subject = \b(?:i|you|they|we|he|she|it|why|u) (?:just |really |still )?$
negated = \b(?:dont|not|never|didnt|did i|did you|why|cant|wont)(?: mean to| want to)? (?:ever |please |you |me )?$
sujet = \b(?:vous|tu|on|ils?|elles?|je|j|pourquoi|qui) (?:ne |n |m |me )*$
nie = \b(?:n|ne|pas|avez|avait|as|ont|j|je) (?:m |me |vous |te )?$
others = \b(?:you|they|why)$
asked = \b(?:dont|not|never|didnt|did i|did you|why|cant|wont) (?:ever |please |you |me )?$|\byou $
denied = \b(?:pas|ne|n|jamais|pourquoi|suis|etais|ete|etes)(?: \w+)? ?$
negation = \b(?:n|ne|pas) $
"""
_ENGLISH = r"""
stop.messages unless not_us = \b(?:stop|quit|cease|discontinue)(?: <all>)* (?:<ing>|<noun>)\b
stop.messages = ^(?:please )?end(?: <all>)* <noun>\b
dont.write unless subject = \b(?:dont|never|no longer)(?: (?:ever|please|bother|keep|want you to))* (?:text|message
  |contact|write|email|sms|spam|bother|disturb|texting|messaging)(?: to)?(?: (?:me|us|here|this|my|again|anymore
  |any)\b|$)
dont.send unless subject = \b(?:dont|never|no longer)(?: (?:ever|please))* send(?: (?:me|us|any|anymore|more|these
  |those|your|such|further|out|the))* <noun>\b
dont.want unless others = \b(?:dont|no longer|never)(?: ever)? (?:want|wish|need|care)(?: (?:to|for|any|anymore|more|be
  |get|getting|receive|receiving|see|have|your|these|those|the|such|further|of|this))* (?:<noun>|texted|messaged
  |contacted|emailed|spammed|bothered|on (?:your|this|the) list)\b
not.interested = \b(?:not|no longer) interested in (?:(?:getting |receiving |your |these |any )+<noun>\b
  |(?:getting |receiving )(?:these|this|those|any of (?:this|it))$)
no.more = ^(?:ok |please |i want |want |yes |and )*no more(?: of)?(?: (?:these|those|your|the|of))* <noun>\b
no.more = ^(?:ok |please )*no (?:texts|texting|messages|promos|spam|ads)(?: please| thanks| thank you)*$
take.off unless negated = \b(?:take|remove|delete|drop|erase|cross|strike|scratch|get|block|pull|cut)(?: <who>)+
  (?: off| from| out of| out| of)+(?: of)?(?: (?:your|the|this|that|all|any|every|future|further|these|those))*
  (?: <sort>)* (?:lists?|<noun>|database|system|records|contacts?|everything|files?|phone book)\b
take.off unless negated = \b(?:take|remove|delete)(?: (?:me|us|my number|this number|my name|my phone|my info))
  (?: off| from here| please| now| asap| thanks)*$
leave.alone = \bleave (?:me|us) (?:the (?:fuck|hell) )?alone\b(?! with| in| for)
unsubscribe unless negated = \bunsubscribe\b|\b(?:be|get|want) unsubscribed\b
opt.out unless negated = \bopt(?:ing)? (?:me |us )?out(?:(?: of| from)(?: (?:receiving|getting|your|the|these|those
  |this|all|any|future|further|more|sms))* (?:<noun>|list|everything|service|program)\b|(?: please| now| thanks
  | of this| of these)*$)
turn.off unless negated = \b(?:cancel|turn off|disable|deactivate|switch off|shut off)(?: (?:my|the|all|these|those
  |your|any|future|further|this|please))*(?: (?:text|sms|message|email|promo|reminder|automatic|automated
  |marketing))* <several>\b
consent = \b(?:revok\w+|withdraw\w*)(?: (?:my|all|any|our))* (?:consent|permission|authorization)\b(?! (?:for|to|on
  |of|about)(?: (?:the|my|any|using|taking))* (?:photo|picture|treat|proced|video|image|surg))
enough = \b(?:enough|sick|tired|fed up)(?: and tired)?(?: with| of)(?: (?:all|the|these|those|your|getting|receiving
  |so|many))* <noun>\b
lose.number unless asked = \b(?:lose|forget|delete|erase|block|drop) (?:my|this) (?:number|cell|phone)\b
block.you = \b(?:im|i m|i am|ill|i ll|i will|going to|gonna|be) (?:now )?(?:block|blocking|reporting|report) (?:you
  |this)\b
go.away = ^(?:please |just )*(?:fuck off|piss off|f off|go away|get lost|buzz off)(?: please| now)*\b
"""
_FRENCH = r"""
arretez.ecrire unless nie = \b(?:arret\w*|cess\w+|stop\w*|finis\w*)(?: (?:donc|svp|maintenant|tout|ca))* (?:de |d )
  (?:me |m ?|nous |toujours )*<ecrire>\b
arretez.messages unless nie = \b(?:arret\w*|cess\w+|stop\w*|finie?s?|termine\w*)(?: (?:donc|svp|moi|avec|tous|toutes
  |tout|de|d|les|vos|tes|ces|l|aux|la|envois?|envoyer|m|me|nous|des|recevoir|en|finir|a))* <nom>\b
annulez.messages unless nie = \b(?:annul\w+|supprim\w+|desactiv\w+)(?: (?:tous|toutes|les|vos|ces|l|mes|mon|la
  |l envoi de|de))* (?:textos|messages|textes|rappels|promos|pubs|notifications|alertes|courriels|abonnement
  |inscription a la liste)\b
ecrivez.plus unless sujet = \b(?:<ecrivez>)(?: (?:moi|nous|me))? (?:plus|pu|pus|pas|jamais)(?: jamais)?\b(?! (?:tard
  |tot|souvent|vite|que|longtemps|avant|de detail|de precision|d une|d info|loin|trop|a la|tout de))
envoyez.plus unless sujet = \benvo(?:yez|ie|ies)(?: (?:moi|nous|me))? (?:plus|pu|pus|pas|jamais|aucune?)(?: (?:de|d
  |des|vos|ces|les|aucune?|jamais))* (?:<nom>|rien)\b|\bm ?envo(?:yez|ie|ies) (?:plus|pu|pus|rien)(?: rien)?$
veux.plus = \b(?:veux|veut|desire|souhaite|voulons|vx)(?: vraiment)? (?:<non>)(?: (?:de|d|du|des|vos|tes|ces|les
  |cette|recevoir|avoir|etre|que vous|qu on|me|m|vous|jamais|aucun|autres?|en|rien|plus|faire|voir))* (?:<nom>
  |textee?s?|contactee?s?|ecriviez|sollicitee?s?|derangee?s?|envoyiez|sur (?:votre|la|cette) liste)\b
plus.de = ^(?:svp |ok |merci |s |non )*(?:<non>)(?: (?:de|d|du|vos|ces|autres?|aucune?))* (?:<nom>|rappel)(?: svp
  | merci| a ce numero| maintenant| sur ce numero)*$
retirez unless nie = \b<retirez>(?: (?:moi|nous|me|m|mon|ce|le|mes|ma|nos))+(?: (?:numero|nom|coordonnees|cell\w*
  |telephone|adresse|courriel))?(?: (?:de|d|du|des|votre|vos|la|les|cette|ces|toute?s?|tous|sur|l|envoi|envois
  |dans))+ (?:listes?|base|systeme|contacts|<nom>)\b(?! d (?:attente|annulation))
retirez unless nie = \b<retirez> (?:moi|nous|mon numero|mon number|mon nom|ce numero|mon cell\w*)(?: svp| merci
  | de la| maintenant| tout de suite| d ici)*$
retirez unless nie = \b(?:me|m|nous|etre) <retirez>(?: (?:de|d|du|des|votre|vos|la|les|cette|ces))+ (?:listes?|base
  |systeme|<nom>)\b(?! d (?:attente|annulation))
desabonnez unless denied = \b(?:desabon\w*|desinscri\w*)\b(?! pas)
laissez.tranquille = \blaiss\w+ (?:moi|nous|me) (?:donc )?(?:tranquille|en paix)\b
laissez.tranquille = \b(?:foutez|fichez|fous|fiche|crissez|calissez) (?:moi|nous) (?:donc )?(?:la )?(?:paix
  |patience)\b
laissez.tranquille = \blache[zr]? (?:moi|nous)(?: (?:la patience|tranquille|svp|avec (?:vos|les|tes|ces) \w+
  |un peu))*$
consentement unless negation = \b(?:retir\w*|revoqu\w*|annul\w*)(?: (?:mon|ma|le|tout))+ (?:consentement|permission
  |autorisation)\b(?! (?:pour|aux?|de|des)(?: (?:les|la|mes|l))? ?(?:photo|traitement|image|intervention|video))
assez = \b(?:assez|tanne\w*|ecoeure\w*|marre|ras le bol)(?: (?:de|d|des|recevoir|avec|vos|ces|les|tous))+ <nom>\b
ne.plus = \bne plus (?:etre|recevoir|avoir)(?: \w+){0,3}? (?:<nom>|contactee?s?|sollicitee?s?|liste)\b
achalez unless sujet = \b(?:achalez|derangez|ecoeurez)(?: (?:moi|nous))? (?:plus|pu|pus|pas)\b
"""
PHRASES = read_phrases({"en": _ENGLISH, "fr": _FRENCH}, lists=_LISTS, unless=_UNLESS)

_STOP = {
    "en": words("stop stopall unsubscribe cease desist optout"),
    "fr": words("arret arretez arrete arreter cesser cessez desabonnement desabonner"),
}
_AROUND = {
    "en": words(
        "please now already ok okay just it this that all immediately asap thanks thank you again hey hi hello yo and"
        " seriously omg lol i said say the fuck fucking hell for god s sake last time yes no so sorry texts these those"
        " with them yeah yep ty but are is annoying annoyed would could can you will just like want need to be"
    ),
    "fr": words(
        "avec svp merci maintenant de suite ca cela immediatement donc la bon bonjour allo non oui ok je moi vous"
        " tu pouvez pourriez voulez peux vouloir veux ben deja mais plus pu nolonger"
    ),
}
_SHOUTED = re.compile(
    r"^\W*(?P<first>STOP|ARR[EÊ]T|UNSUBSCRIBE)\b(?! (?i:by|in|at|using|taking)\b)|\b(?P<last>STOP|ARR[EÊ]T)\W*$"
)


def revocation(text: str) -> Saying | None:
    """The phrase by which somebody asks for no more messages, or None. Exact keywords are looked for elsewhere."""
    said = list(clauses(text))
    for clause in said:
        found = _alone(clause, len(said)) or first(PHRASES, clause.words)
        if found is not None:
            return found
    return _shouted(text) if said else None


def _alone(clause: Clause, of: int) -> Saying | None:
    """A clause that says "stop" and nothing else; as a question beside other clauses it asks about something."""
    said = clause.words.split()
    if len(said) > 8 or (clause.asked and of > 1):
        return None
    stops = {language for language, some in _STOP.items() if some & set(said)}
    rest = set(said) - _STOP["en"] - _STOP["fr"]
    if not stops or rest - _AROUND["en"] - _AROUND["fr"]:
        return None
    french = "fr" in stops or (rest - _AROUND["en"] and not rest - _AROUND["fr"])
    return Saying("stop.alone", "fr" if french else "en")


def _shouted(text: str) -> Saying | None:
    """STOP in capitals at one end of words that are not shouted."""
    found = _SHOUTED.search(text)
    if found is None or text.upper() == text:
        return None
    return Saying("stop.shouted", "fr" if "ARR" in found[0] else "en")
