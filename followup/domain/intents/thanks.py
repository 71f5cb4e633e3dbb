"""Thanks: thanks or good news with no answer about a visit."""

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.cues import UNSURE
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.words.pattern import any_of

_THANKS = any_of(
    r"""
(?:no|aucun|pas_de|zero) ..1 (?:problem\w*|probleme|issues?|trouble|souci) (?:since|depuis|so_far|after|apres|
  with_(?:my|the)|whatsoever|jusqu)
you|vous|youre ?are|etes|guys ?really (?:the_best|amazing|awesome|rock|wonderful|les_meilleur\w*)
(?:so|very|too|really|trop|vraiment|super|ben) (?:kind|sweet|nice|thoughtful|fine|gentille?|fin) ?of ?you
(?:es|etes) ?trop|ben|vraiment|super|tellement fine?s?|gentille?s?|adorable
life ?saver
lache\w* pas ?vous|la ?patate|etes
thanks|thank_you|thankyou|thank|merci|mercis|appreciate\w*|appreciated|cheers|grateful|blessed|reconnaissante?|
  remercie\w*|gentils?|gentille|gentil|sweet_of_you|kind_of_you|apprecie\w*
:heart:
(?:you|vous|toute|team|equipe|clinic|clinique|jenna|staff) ..3 (?:best|amazing|awesome|great|wonderful|fantastic|
  meilleure?s?|fins?|fines?|incroyables?|extraordinaires?|geniale?s?|formidables?|rock|top|super|fin|super_fine|
  adorables?|lovely)
(?:love|loving|loved|aime|adore|like|obsessed|thrilled|happy|pleased|satisfied|impressed|contente?|satisfaite?|
  heureuse|ravie|enchantee?) ..4 (?:results?|skin|it|face|glow|look|lips|resultats?|peau|visage|service|ca|
  experience|treatment|traitement|progress|everything|with|du|de|so_far|votre)
(?:healing|healed|feeling|doing|going|looking|looks|feels|heals|recovering|guerit|gueri|cicatrise\w*|remets) ..2
  (?:great|good|well|fine|nicely|perfectly|amazing|awesome|better|fantastic|beautifully|wonderful|bien|super|
  parfaitement|a_merveille|excellent)
(?:everything|all|tout|skin|face|its|it|peau|ca|results?) ..3 (?:good|great|fine|well|perfect|amazing|bien|beau|
  belle|parfait|magnifique|glowing|brille|super|normal|ok|smooth|correct|douce|clear|fantastic|beautiful|splendide|
  incroyable|numero_un)
(?:no|zero|aucune?|pas_de|pas_d) ..2 (?:issues?|problems?|complaints?|concerns?|complications?|probleme|problemes|
  complication|plainte|effets|inquietudes?|soucis?|side_effects?|worries_here)
(?:glowing|magnifique|all_good|tout_va_bien|tout_est_beau|tout_est_bien|ca_va_bien|va_super|merveilleux|
  super_contente|tellement_contente|good_to_know|c_est_gentil|trop_fin|au_top)
(?:happy|merry|joyeux|bonne|joyeuses|have_a|great|nice|good) ..2 (?:holidays|birthday|day|weekend|journee|
  fin_de_semaine|soiree|fetes|christmas|noel|new_year|annee|evening|one|semaine|job|work|service)
(?:all|fully|completely|totally) ..1 (?:healed|better|cleared|good_now|recovered)
five stars|5_stars|5_etoiles
"""
)


def recognise(heard: Heard) -> str | None:
    """Nobody waits for an answer."""
    if UNSURE.search(heard.text):
        return None
    if _THANKS.search(heard.text):
        return "said"
    return "good-news" if heard.judged.good_news and heard.judged.severity.rank <= 1 else None


INTENT = Meaning(Intent.THANKS, 200, recognise, Reaction.NOTHING)
