"""Classes of words that the rules' tables name in braces, English and French together."""

_DAY_EN = (
    r"monday|tues?|tuesday|wed|weds|wednesday|thu|thur|thurs|thursday|fri|friday|sat|saturday|sunday|"
    r"today|tonight|tomorrow|morning|mornings|afternoon|evening|weekend|weekday|week|weeks|month|noon|lunch|lunchtime"
)
_DAY_FR = (
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|aujourdhui|demain|surlendemain|matin|midi|apres midi|"
    r"apresmidi|soir|soiree|"
    r"semaine|semaines|mois|fin de semaine|week end|avant midi"
)
_MONTH = (
    r"january|february|march|april|june|july|august|september|sept|october|oct|november|nov|december|dec|jan|feb|"
    r"janvier|fevrier|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
)
_VISIT_EN = (
    r"appointment|appointments|visit|booking|bookings|facial|session|treatment|reservation|consult|consultation|app"
)
_VISIT_FR = r"rdv|visite|soin|seance|reservation|consultation|traitement"
_TREATED = (
    r"face|faces|facial|cheeks?|cheekbone|chin|nose|nostrils?|forehead|neck|jaw|jawline|skin|ears?|earlobes?|"
    r"temples?|area|areas|spots?|side|"
    r"legs?|thighs?|shins?|arms?|underarms?|armpits?|back|hands?|bikini|bikini line|site|injection site|scalp|"
    r"under eyes?|marks?|place|tip|philtrum|smile lines?|"
    r"visage|face|joues?|pommettes?|menton|nez|narines?|front|cou|machoire|peau|oreilles?|tempes?|zones?|places?|"
    r"endroits?|cotes?|"
    r"jambes?|cuisses?|bras|aisselles?|mains?|dos|maillot|site|gueule|decollete"
)
_LIPS = r"lips?|levres?|babines?"
_EYES = r"eyes?|eyelids?|lids?|brows?|eyebrows?|eyelash\w*|oeil|yeux|paupieres?|sourcils?|cernes?"

CLASSES: dict[str, str] = {
    "day": f"{_DAY_EN}|{_DAY_FR}",
    "month": _MONTH,
    "when": (
        r"(?:(?:the|le|la|les|this|next|ce|cette|on|in|for|pour|en|au|any|un|une|early|late|mid|every|prochaine?|d|"
        rf"de|dans) )*(?:@time|{_DAY_EN}|{_DAY_FR}|{_MONTH})(?: (?:{_DAY_EN}|{_DAY_FR}|{_MONTH}|@time|prochaine?|d "
        rf"apres|suivante?|next|\d{{1,2}}))*|"
        r"(?:at|around|by|a|vers|to|for|the|le|before|after|avant|apres|until|on|pour|au) \d{1,2}(?:st|nd|rd|th|er|e|"
        r"am|pm|h)?(?: (?:ish|oclock))?|\d{1,2}(?:st|nd|rd|th|am|pm|h|ish)"
    ),
    "thattime": (
        r"then|that day|that time|this day|this time|that date|cette (?:journee|date|heure|fois)(?: la)?|ce "
        r"(?:jour|moment|matin|soir)(?: la)?|this one|that one"
    ),
    "visit": f"{_VISIT_EN}|{_VISIT_FR}",
    "my": r"my|our|the|this|that|his|her|both|all|mon|ma|mes|le|la|l|les|notre|ce|cette|son|sa|ses|tous mes",
    "kin": (
        r"(?:my|our|the|his|her|a|mon|ma|mes|notre|nos|le|la|l|son|sa|ses|un|une) (?:(?:little|youngest|oldest|older|"
        r"younger|petite?|grande?|plus jeune|best|meilleure?|best) )?"
        r"(?:son|sons|daughter|daughters|kid|kids|child|children|baby|toddler|boy|boys|girl|girls|husband|wife|hubby|"
        r"partner|boyfriend|girlfriend|fiancee?|bf|gf|"
        r"mom|mum|mother|mama|dad|father|parents?|sister|brother|sis|bro|grand(?:ma|mother|father|pa|son|daughter|"
        r"parents|mere|pere)|nana|aunt|uncle|niece|nephew|cousin|family|"
        r"friend|friends|roommate|coworker|co worker|colleague|boss|neighbou?r|teacher|nanny|babysitter|sitter|dog|"
        r"cat|puppy|kitten|pet|horse|"
        r"fils|gars|garcon|fille|filles|enfants?|bebe|tit gars|mari|chum|conjointe?|blonde|femme|copain|copine|mere|"
        r"maman|pere|papa|parents|soeur|frere|"
        r"beau (?:frere|pere|fils)|belle (?:soeur|mere|fille)|(?:brother|sister|mother|father|son|daughter) in law|"
        r"grand mere|grand pere|mamie|papi|tante|oncle|niece|neveu|cousine|famille|amie?|amis|coloc|collegue|patron|"
        r"patronne|boss|voisine?|gardienne|chien|chienne|chat|chatte|cheval|ado|jumeaux|twins?)"
    ),
    "lips": _LIPS,
    "eyes": _EYES,
    "airway": r"tongue|throat|windpipe|airways?|larynx|uvula|vocal cords?|langue|gorge|luette|trachee|cordes vocales",
    "part": f"{_TREATED}|{_LIPS}|{_EYES}|mouth|bouche|chest|poitrine|bumps?|lumps?",
    "skin": f"{_TREATED}|{_LIPS}|mouth|bouche",
    "swell": (
        r"swell|swells|swelled|swelling|swellings|swollen|puff|puffs|puffy|puffed|puffing|puffiness|balloon\w*|"
        r"inflamed|bloat\w*|o?edema|blew up|blowing up|blown up|"
        r"twice (?:its|the|their)(?: normal)? size|double (?:its|the|their) size|doubled(?: in size)?|"
        r"enfl\w+|gonfl\w+|bouffi\w*|boursouf\w*|oedeme|(?:a|ont|avoir) double"
    ),
    "swollen": (
        r"swell|swells|swelled|swelling|swellings|swollen|balloon\w*|inflamed|o?edema|twice (?:its|the|"
        r"their)(?: normal)? size|enfl\w+|gonfl\w+|boursouf\w*|oedeme"
    ),
    "fast": (
        r"sudden|suddenly|all of a sudden|fast|quick|quickly|rapid|rapidly|within minutes|out of nowhere|instantly|by "
        r"the minute|"
        r"d un coup|tout d un coup|soudain\w*|subit\w*|vite|rapide|rapidement|a vue d oeil|en quelques minutes|minute "
        r"en minute|(?:in|within|en) (?:less than |like |about |moins de |a |une )?(?:\d+|few|five|ten|cinq|dix|"
        r"couple) (?:minutes?|seconds?|secondes?)"
    ),
    "cannot": r"cannot|cant|willnot",
    "trouble": (
        r"trouble|troubles|hard|harder|difficult|difficulty|difficulties|diffculty|tough|struggle|struggles|"
        r"struggling|struggled|problem|problems|issue|issues|painful|pain|hurts|hurt|"
        r"misere|difficulte|difficultes|difficile|mal|peine|dure?|probleme|problemes|complique|gene|douleur|forcer|"
        r"fatiguant"
    ),
    "very": (
        r"very|really|so|super|extremely|super|too|quite|pretty|incredibly|insanely|crazy|mad|beyond|unbelievably|"
        r"real|hella|all|fully|still|also|getting|just|now|a lot|much|"
        r"tres|vraiment|ben|bien|trop|tellement|toute?s?|encore|super|hyper|assez|full|extremement|completement|plus|"
        r"rendue?s?|aussi|maintenant|vite|"
        r"un peu|pas mal|somewhat|a bit|a little|slightly|little|bit|legerement"
    ),
    "be": (
        r"is|are|was|were|am|im|its|be|been|being|looks?|looking|looked|feels?|feeling|felt|seems?|gets?|getting|got|"
        r"gotten|became|becomes?|becoming|turns?|turned|turning|"
        r"goes|going|gone|went|started|starts|keeps|has|have|had|s|est|sont|etait|etaient|es|suis|semble|parait|"
        r"devient|deviennent|devenue?s?|devenait|deviens|tourne\w*|vire\w*|"
        r"rendue?s?|reste|commence|a|ont|se|s est|me|look|feel|c est|c|deviens"
    ),
    "worse": (
        r"worse|worsening|worsen|worsened|growing|grows|grew|bigger|larger|spreading|spreads|spread|increasing|"
        r"increased|increases|expanding|intensifying|intense|"
        r"de plus en plus|more and more|empire|empirer|empirent|pire|pires|augmente|augmenter|augmentent|grossi|"
        r"grossit|grossissent|grossir|grandit|"
        r"agrandit|agrandi|s agrandit|s agrandissent|s etend|etend|etendre|"
        r"amplifie|intensifie|de pire en pire|progresse|double|doubled|doubling"
    ),
    "laugh": r":laugh:|lol|lool|lmao|lmfao|haha|hahaha|ha|hehe|rofl|mdr|ptdr|jk|kidding|joking|blague|joke",
    "media": (
        r"texts?|texting|messages?|messaging|texto|textos|sms|notifications?|alerts?|alertes?|promos?|"
        r"promotions?|promotional|ads?|spam|spamming|reminders?|rappels?|emails?|"
        r"courriels?|newsletters?|infolettres?|pub|pubs|publicites?|offers?|offres?|rabais|deals?|marketing|"
        r"communications?"
    ),
    "list": (
        r"list|lists|mailing list|contacts?|contact list|database|system|subscription|liste|listes|contacts|"
        r"systeme|base de donnees|abonnement|envoi|envois"
    ),
}
