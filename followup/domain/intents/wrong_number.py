"""Wrong number: whoever wrote is not the patient."""

import re

from followup.domain.inbound import Intent, Reaction, wrong_number
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.meaning.names import names_in
from followup.domain.words.pattern import any_of

_WORTH = re.compile(
    r"wrong|number|numero|not |isnt|person|nobody|stranger|no one|someone|somebody|else|mauvais|faux|tromp|erreur|"
    r"pas|never|jamais|dont|know|conn|owner|patient|client|havent|didnt|no |phone|plus|pu|mistake|who|line|ligne|"
    r"fax|recycl"
)
_STRANGER = any_of(
    r"""
(?:i|ive|we|ve|have) ..1 (?:never|havent|didnt|dont|not) ..2 (?:booked|made|scheduled|been|had|gone|visited|
  signed_up|heard_of|used|registered) ..3 (?:anything|appointment|clinic|with_you|there|you|your|place|visit|any|
  facial) !before_but|yet|confirm\w*
(?:dont|havent|never) have ?an|any|a {visit} ?booked|scheduled with (?:you|u|this|your)
(?:meant|looking|intended|supposed|trying|reach|texting) ..3 (?:someone|somebody|another_person|other_person) ?else
mistaken identity
^ ?sorry|no|hi ?, (?:not|isnt|thats_not|that_is_not|this_isnt|this_is_not|its_not|c_est_pas) ?mine|my|mon|a_moi
  {visit} ?sorry $
^ ?sorry|no ?, (?:not|thats_not|its_not) mine
(?:this|that|it|its|this_is|thats|c_est) ?isnt|not|pas ?not my|mon {visit} $
(?:confused|mistaken|confondez|confondu|mixed_up|mistook) ..3 (?:with|for|avec|someone|somebody|another|quelqu_un)
(?:nolonger|no_longer|doesnt|not|dont|didnt|pas|stopped) ..1 (?:use|uses|using|have|has|own|owns|utilise) ..2
  (?:this|that|ce|the) ..1 (?:number|phone|cell|numero|line)
wrong (?:gal|guy|lady|man|dude|girl|woman|contact|recipient|phone|human|address|party|customer|client|patient|dame|
  gars)
(?:numero|number|cell|phone) ..3 (?:appartient|belongs?|est) ..2 (?:pas|nolonger|plus|not) ..1 (?:a|to)?
(?:appartient|belongs?) ..1 (?:pas|nolonger|plus)
(?:devez|devriez|avez|faites|must|have) ..2 (?:faire|fait|made|faites)? ..1 (?:erreur|une_erreur|a_mistake|mistake)
  !on_my|with_my|dans_mon
(?:sent|texted|envoye|messaged) ..3 (?:by_mistake|in_error|par_erreur|by_accident|wrong_person|mauvaise_personne)
(?:dont|do_not|never|havent|ai|avons) ..2 (?:have|made|booked|pas|jamais) ..3 {visit} ..2 (?:there|here|with_you|
  chez_vous|a_votre|at_your|avec_vous)
(?:this|it|c) ..1 (?:is|s|est) ..1 (?:business|office|store|work|landline|fax|company|un_commerce|un_bureau|
  une_entreprise) ..2 (?:line|number|phone|numero|ligne)
(?:number|numero) ..2 (?:was|is|got|been|a_ete) ..1 (?:recycled|reassigned|changed|reattribue)
(?:not|nolonger|pas) ..1 (?:her|his|their|the_same|la_meme|la_bonne) ..1 (?:anymore|number|person|personne)
^ ?non ?ce|c ?n ?est pas moi ?,|. $
(?:suis|etais) ..1 pas ..1 (?:client\w*|patient\w*) ..2 (?:chez_vous|ici|la|votre|de_vous|a_votre)
(?:pas|nolonger) la bonne|meme personne
^ ?no|nope|non|sorry|hi|desole ?, ?thats|its|this_is|c_est not|pas me|moi
  ?sorry|desole $
(?:never|jamais) ..2 heard of|entendu ?parler ?de|d you|your|this|vous|votre|cette
(?:number|phone|cell|numero) ..2 (?:belongs|appartient) ..3 (?:else|autre|me|moi|now|someone|someone_else)
(?:doesnt|dont|not|nolonger|a_plus|isnt) ..2 (?:have|has|use|own) this number|phone|cell ?anymore
^ ?different|wrong|mauvaise|autre person|personne $
(?:that|this|it|you) ..1 (?:is|are|was|must_be|have) ..2 (?:for|meant_for|intended_for) ..1 (?:someone|somebody) ?else
(?:got|have|gotten) ..2 (?:new|just) ..3 number !of|for
(?:dontknow|dont|unsure|no_idea) ..2 who ..2 (?:that|this|she|he|you_are_looking|it) ..1 is
unsure who ..2 is
(?:vous|tu|t) ..2 tromp\w* $
(?:not|isnt|pas) the right|bonne ?bon person|number|personne
(?:texting|messaging|bothering) ..1 (?:stranger|complete_stranger|random|wrong)
c est pas moi ,,1 ?erreur
(?:im|i_am|am|this_is|its) not ..1 (?:the|your) ..1 (?:patient|person|client|customer|one_you|right_person)
not ..1 (?:her|his|their) ..1 (?:phone|number|cell)
no longer ..1 (?:her|his|their|belongs)
(?:ai|avons) ..1 jamais ..3 (?:pris|eu|ete|mis|reserve|booke|fait_affaire|entendu_parler) ..5 (?:rdv|chez_vous|
  clinique|client\w*|patient\w*|ici|la|vous|traitement)
(?:connais|sais) pas ..1 (?:cette_personne|votre_clinique|qui_c_est_cette|ce_nom|cette_dame)
(?:c|est|ai) pas ..2 mon rdv
pas ..1 votre (?:patiente?|cliente?)
(?:faites|fait|c_est_une) erreur ..2 (?:personne|numero|sur)
erreur de (?:personne|numero|destinataire)
pas le bon numero
"""
)
#: With the name of somebody, `NAME`, whom the writer is not.
_NAMED = (
    (
        r"(?:im|am|this|is|its|thats|suis|est|nor|ni|or|c est|hi im|sorry) (?:is )?(?:not|isnt|wasnt|nolonger|pas|"
        r"plus) (?:a |an |the |dr |docteur |mme |madame |mr |m )?NAME(?!(?:s )?(?:appointment|rdv|mom|mother|mere|"
        r"husband|wife|sister|s appointment))"
    ),
    r"(?:isnt|wasnt|not|nolonger|plus) NAME(?:s )?(?:phone|number|cell|anymore|here|ici)",
    r"(?<=\A )(?:not|pas|no) NAME",
    r"(?<=\A )NAME(?:who|qui)(?= )",
    (
        r"(?:no one|nobody|noone|personne|aucune personne) (?:named|called|by the name of|du nom de|qui s appelle|with "
        r"the name) NAME"
    ),
    r"(?:my name|mon nom|i|je)(?: m)? (?:is not|isnt|is nt|aint|est pas|appelle pas|am not called) NAME",
    (
        r"(?:no|pas de|pas d|nobody named|no one named|nobody called|personne qui s appelle|aucune?) NAME(?:here|at|"
        r"living|in|ici|a ce|chez|qui|$|[.,])"
    ),
    (
        r"(?:dont|never|unsure|pas|ne) (?:know |connais |heard |heard of |connait |of )*(?:any |a |an |this |de |d |"
        r"aucune? |who |cette |ce |qui est )*(?:dr |docteur |doctor |person named )?NAME(?!s? )?"
    ),
    (
        r"(?:belongs?|appartient|numero|cell|number|phone) (?:to |a |de |d |is not |nolonger a |pas a |of "
        r")*NAME(?:anymore|any more|nolonger)"
    ),
    (
        r"(?:no longer|nolonger|pas|doesnt|plus|isnt|not) (?:belongs? )?(?:to |a |de |d |le numero de |le cell de |the "
        r"number of |the number for |the phone of )NAME"
    ),
)


def recognise(heard: Heard) -> str | None:
    """Somebody says that we reach the wrong person; a name counts where it may be the expected one."""
    if not _WORTH.search(heard.reading.raw):
        return None
    said = wrong_number(heard.reading.source, names=heard.names or ())
    if said is not None:
        return f"phrase.{said.rule}"
    if _STRANGER.search(heard.text):
        return "phrase.stranger"
    return "phrase.not-named" if heard.names is None and _named(heard) else None


def _named(heard: Heard) -> bool:
    names = {re.escape(name) for name in names_in(heard.reading.source, heard.reading.raw)}
    if not names:
        return False
    name = f"(?:(?:{'|'.join(names)}) ){{1,2}}"
    return any(re.search(rf"(?<= ){pattern.replace('NAME', name)}", heard.text) for pattern in _NAMED)


INTENT = Meaning(Intent.WRONG_NUMBER, 800, recognise, Reaction.DETACH)
