"""Scope: what is said about a sign and takes weight from it: denied, gone, supposed, another's, a little, in jest."""

import re

from followup.domain.words.classes import CLASSES

_SYMPTOM = (
    r"swell\w*|swollen|red|redness|rednes|pain\w*|hurt\w*|ach\w+|sore\w*|tender\w*|itch\w*|bruis\w*|burn\w*|"
    r"blister\w*|bleed\w*|infect\w*|pus|fever\w*|chills|rash\w*|hives|"
    r"bumps?|lumps?|warm\w*|hot|heat|numb\w*|discharge|ooz\w*|puff\w*|irritat\w*|peel\w*|flak\w*|dry\w*|discomfort|"
    r"dizz\w*|nausea\w*|vomit\w*|coldsores?|headaches?|vision|breathing|"
    r"trouble|problems?|issues?|difficulty|scab\w*|marks?|spots?|reaction\w*|complications?|allerg\w*|droop\w*|"
    r"smell\w*|"
    r"enfl\w*|gonfl\w*|rouge\w*|rougeur\w*|mal|douleur\w*|douloureu\w*|cloques?|ampoules?|boutons?|plaques?|"
    r"fievre\w*|frissons|saign\w*|brul\w*|pique|demange\w*|infect\w*|"
    r"croutes?|chaude?s?|chaleur|engourdi\w*|ecchymoses?|urticaire|eruptions?|sensibl\w*|misere|difficulte|rhume|"
    r"bosses?"
)
_PASS = (
    r"more|any|real|really|major|signs?|of|bad|serious|visible|other|unusual|significant|much|new|further|actual|"
    r"weird|extra|lingering|a|an|type|kind|sort|trace|hint|with|"
    rf"{CLASSES['part']}|side|effects|noticeable|at|all|whatsoever|single|bit|sort|from|in|is|to|"
    r"de|d|du|des|la|les|le|l|un|une|trop|aucune?s?|signes?|trace|traces|grosse?|vraie?|autres?|meme|non|plus|tout|"
    r"grand|chose|encore|seule?|l_air|vraiment|tres|si|tant|especially"
)
_LISTED = r"or|nor|and no|ou|ni|et pas|and not|,"
_VERBS = (
    r"have|had|has|having|get|got|getting|feel|felt|feeling|see|seen|seeing|notice|noticed|noticing|experience|"
    r"experienced|experiencing|been|be|too|that|very|even|look|looks|looking|"
    r"seem|seems|actually|my|the|on|currently|yet|since|develop|developed|anything|like|so|super|overly|quite|"
    r"become|became|gone|turned|started|show|shown|showing|observed|thankfully|"
    r"eu|vu|fait|remarque|senti|ete|air|ai|a|est|devenue?|semble|ca|c|mon|ma|mes|constate|note|observe|ressenti|"
    r"sens|vois|remarquer|avoir|au|visage|peau"
)
_NO = (
    r"no|zero|without|none|neither|nor|nothing|0|free of|absence of|lack of|aucune?s?|sans|ni|nolonger|jamais|rien|"
    r"pas|plus aucune?|any"
)
_NOT = r"not|isnt|arent|wasnt|werent|dont|doesnt|didnt|havent|hasnt|hadnt|never|no longer|pas|nolonger|jamais"
_DENIED = re.compile(
    rf" (?:(?:{_NO})(?: (?:{_PASS}|{_SYMPTOM}|{_LISTED}))*|(?:{_NOT})(?: (?:{_VERBS}|{_PASS}|{_SYMPTOM}|"
    rf"{_LISTED}))*) $".replace("_air", " air")
)
_NOT_DENIED = re.compile(
    r" (?:not|pas|isnt|no) (?:only|just|juste|seulement|idea|wonder|doubt|joke|lie|matter|relief|rest|sleep)(?= )| "
    r"no , $| non , $| no $(?<!.)"
)
_EMPHASIS = re.compile(r"(?:like this|this bad|so bad|such|as bad|comme ca|aussi|autant|a ce point)\b")
_INNER = re.compile(
    r"(?<! part)(?<! va)(?<! passe)(?<! descend)(?<! guerit)(?<! lache)(?<! baisse)(?<! diminue)(?<! desenfle)"
    r"(?<! seche)(?<! ferme)"
    r" (?:not|isnt|arent|wasnt|doesnt|dont|no|never|havent|hasnt|without|nor|pas|nolonger|jamais|aucune?|sans|zero|"
    r"neither)(?= )(?! mal (?:de|a|fort|rouge|enfl)| arret| cesse| bon sens| fin | only| just| sure| better| gone|"
    r" going (?:away|down)| healing| improving| closing| drying| slowing)"
)
_AFTER_DENIED = re.compile(
    r"(?:(?:is|was|s|are|has|its)? ?(?:not|isnt|wasnt|arent|never|hasnt been|not been) (?:been )?(?:a |an |too |"
    r"that |very |really )*"
    r"(?:problem|issue|bad|there|happening|present|visible|concern|noticeable)|(?:free|less)\b|none\b|non\b|"
    r", (?:but |and )?(?:i )?(?:dont|havent|didnt|hadnt)(?: have| had| see| seen| got| notice| noticed)*(?: any)? $|"
    r", (?:mais |et )?j en (?:ai|vois) pas|nul(?:le)?\b|: no\b|zero\b|est pas (?:un probleme|la|present))"
)
_ANSWERED_NO = re.compile(r"(?:no|nope|none|non|nah|aucune?|pas du tout|jamais|zero)(?= )")
_VERB = re.compile(
    r" (?:brule|saigne|enfle|gonfle|gratte|pique|chauffe|coule|suinte|elance|demange|tire|pele|mal|tourne|pue|bat|"
    r"brulent|piquent|coulent|saignent|demangent) $"
)
_VERB_DENIED = re.compile(r"(?:pas|nolonger|jamais) (?!mal (?!du)|que |qu |juste |sure )")
_BE = (
    r"(?:is|are|was|were|has|have|had|its|s|seems?|seem|looks?|feels?|all|now|been|finally|completely|totally|"
    r"entirely|pretty much|mostly|basically|almost|already|just|did|eventually|quickly|slowly|definitely|also|both|"
    r"pretty|fully|,|and|but)"
)
_GONE = (
    r"(?:gone|went away|disappeared|vanished|healed(?: up)?|cleared(?: up)?|clearing(?: up)?|subsid\w*|resolv\w*|"
    r"stopp\w*|fad(?:ed|ing)|passed|settl\w*|went down|gone down|going down(?! (?:from|my|the|to|toward|into|her|"
    r"his|vers))|go(?:es)? down|"
    r"gone away|going away|calm\w* down|better(?! than| now but)|improv\w*|getting better|normal(?: again)?|under "
    r"control|history|in the past|done|over with|over now|dissipat\w*|died down|"
    r"dried up|minimal|barely there|a thing of the past|lifted|fine now|fine|ok now|good now|back to normal)"
)
_BE_FR = (
    r"(?:est|sont|a|ont|c est|s est|se sont|va|commence a|deja|tout|toute|tous|toutes|completement|presque|enfin|"
    r"bien|ben|beaucoup|vraiment|pas mal|maintenant|,|et|etait|vite|se|s|rendue?)"
)
_GONE_FR = (
    r"(?:partie?s?|disparue?s?|disparu|gueri\w*|passee?s?(?! (?:de|d|du|a|au|aux) )|"
    r"finie?s?|resorbe\w*|descendue?s?|diminue\w*|arrete\w*|"
    r"baisse\w*|calme\w*|mieux|en va|en vont|ameliore\w*|desenfle\w*|tombee?|estompe\w*|"
    r"sous controle|revenue? a la normale|normale?|correcte?s?|terminee?)"
)
_RESOLVED_AFTER = re.compile(
    rf"(?:{_BE} ){{0,4}}{_GONE}(?= )|(?:(?:it|that|but it|mais ca|ca|mais|elle|il) )?(?:{_BE_FR} "
    rf"){{0,4}}{_GONE_FR}(?= )|nolonger (?:la|present)"
)
_RESOLVED_BEFORE = re.compile(
    r" (?:stopped|no longer(?: \w+)?|used to(?: \w+)?|got rid of|gotten rid of|over|recovered from|healed from|"
    r"healed|cured|bye bye|goodbye|less|finie?s?|moins d?e?|desormais sans|gueri\w* d\w*|arrete d?e?|"
    r"(?:a|ont) arrete d?e?|fini d?e?|debarrassee? d\w*|remise? d\w*|nolonger)(?: (?:my|the|that|ma|mon|mes|la|l|"
    r"le|les|d|de))? $"
)
_RECOVERED = re.compile(
    rf"(?:{_BE} |{_BE_FR} ){{0,4}}(?:gone|went away|disappeared|cleared up|resolved|back to normal|fine now|ok now|"
    r"good now|all better|much better|gueri\w*|disparue?s?|partie?s?|revenue? a la normale|mieux)(?= )"
)
_OVER_LATER = re.compile(
    r" (?:but|and|mais|et|,) (?:\w+ ){0,4}(?:fine|ok|okay|good|better|gone|mieux|beau|correcte?|passee?|"
    r"finie?|terminee?)(?: (?:now|since|maintenant|depuis|today|after|again)|(?= [.,]| $))"
)
_NOT_OVER = re.compile(r" (?:worse|still|again|back|encore|pire|revenue?|toujours|not|pas|isnt)(?= )")
_AFTER_ALL = re.compile(r"(?:^| )(?:but|mais) ")
_MISTAKEN = re.compile(r" (?:thought|pensais|croyais) (?:(?!but |mais )\w+ ){0,4}$")
_GONE_INSIDE = re.compile(r" (?:gone|went away|disappeared|went down|disparue?s?|partie?s?|guerie?s?) (?:and|et|,) ")
_BACK = re.compile(
    r" (?:back|again|returned|came back|revenue?s?|revient|recommence\w*|de retour|reappeared) (?!to normal|to "
    r"work|a la normale|to routine|in )"
)
_IF = re.compile(
    r" (?:does \w+ (?:\w+ )?(?:make|cause|hurt|leave|swell|burn)|est ce (?:douloureux|souffrant|dangereux)|what if|"
    r"what happens if|what happens when|in case|incase|whether|et si|au cas ou|advenant|si jamais|"
    r"(?<!know )(?<!sure )(?<!wondering )(?<!wonder )(?<!see )(?<!tell )(?<!ask )(?<!me )(?<!not )(?<!idk "
    r")(?<!check )(?<!unsure )if (?:i|it|you|the|there|someone|people|we|my \w+|anyone|things|that|this) "
    r"(?:were to |ever |should |would )?(?:get|gets|have|has|had|start|starts|develop|develops|become|becomes|turn|"
    r"turns|happen|happens|experience|notice|swell|swells|bleed|bleeds|blister|faint|see|burn|burns|react|reacts|"
    r"feel|go|goes|look|looks)|"
    r"si (?:j|je|ca|on|la|le|ma|mon|il|elle) (?:\w+ )?(?:enfle|gonfle|ai|a|fait|fais|devient|deviens|saigne|brule|"
    r"infecte|arrive|developpe|remarque|commence|vois|perds|tombe|vient|sens|suis)|"
    r"ressemble a quoi|what (?:does|do|would)(?! (?:it|this|that) mean)|traitez(?: vous)?|soignez(?: vous)?|"
    r"enlevez vous|(?:quelque chose|de quoi|un traitement|anything|something) (?:pour|for) (?:les|des|the|my|mes)?|"
    r"risks? of|risques? de|risques? d|chances? of|chances? de|chances? d|odds of|possibilit\w+ (?:of|de|d)|"
    r"probabilit\w+ (?:of|de|d)|likelihood of|danger (?:of|de)|potential(?:ly)?|"
    r"(?:can|could|does|do|will|would|might|may|did|ever) (?:it|this|that|the|laser|botox|filler|fillers|ipl|"
    r"microneedling|peel|peels|you|people|patients|everyone|anyone|most|i|they|treatment|rf|one|some|your|"
    r"hydrafacial|prp)\b(?! (?:see|tell|check|look|call|help|be infected|please|also|not|just|still|explain|have "
    r"someone|get someone|get a|get me|be having))|"
    r"(?:peut|peuvent|pourrait|pourraient|risque|risquent|va t|peut il|peut elle|peut on|puis je|vais je|va tu|vas "
    r"tu|peut tu)(?: (?:me|m|causer|donner|il|elle|on|tu|avoir|faire|y avoir|t il|t elle|vraiment|ca|d|de|rendre|"
    r"la|le|les))*|"
    r"est ce (?:que|qu) (?:ca|le|la|l|les|on|il|elle|tout le monde|je vais|tu|vous|un|une|j vais|vais)(?: \w+)? "
    r"(?:peut|va|fait|font|risque|peuvent|vont|pourrait|donne|cause|arrive|aura|avoir|etre)|"
    r"(?:is|are|was) it (?:true|possible|common)|est ce qu?e? (?:ca|le laser|l injection|le traitement|le filler|"
    r"le botox|le peeling|le microneedling) (?:saigne|enfle|brule|pique|fait|laisse|cause|donne|gonfle|elance)|est "
    r"ce (?:vrai|possible|frequent|dangereux)|c est (?:vrai|possible) qu?e?|side effects?|effets secondaires|"
    r"how (?:long|much|soon|bad|often|common|likely|do you|do i|to|would)(?: \w+){0,2}|combien de temps|prevent|"
    r"preventing|avoid|avoiding|prevention|pour eviter|eviter|prevenir|comment (?:eviter|traiter|prevenir|traitez|"
    r"reduire)|"
    r"afraid of|scared of|fear of|worried about getting|nervous about|worry about|peur (?:de|d|que)|crainte de|"
    r"signs of|symptoms of|treat|treatment for|treats|causes?|causing|cause|mention(?:ed|s)?|read about|heard "
    r"about|"
    r"heard (?:that|of|people)|entendu (?:dire|parler)|lu (?:que|qu|sur)|articles?|reviews?|hypothetical\w*|"
    r"(?:going to|gonna|will|would) (?:i|it|there|my \w+|this)? ?(?:be|get|have|swell|bleed|hurt|burn|leave|cause|"
    r"give)|"
    r"do (?:people|patients|you|clients|most)|est ce dangereux|after how many|quels sont|c est quoi|sujette? a|"
    r"prone to|tendance a|protects?|allowed)(?= )"
)
_TELLS = re.compile(
    r" (?:(?:because|cause|since|car|parce que|but|mais|so|and|et|puis) )?(?:i|im|ive|my|j|je|mon|ma|"
    r"mes|the|la|le|les|its|it|ca|c) "
)
_THERE = re.compile(r" (?:on|over|sur) (?:the|my|these|those|les|mes|ces) $")
#: After a question, without a comma, what the writer has begins: `can i take a benadryl my throat is swelling`.
_ANEW = re.compile(
    r" (?!(?:if|when|that|makes?|causes?|on|in|of|to|with|have|get|wash|touch|for|from|is|are|leave|hurt|burn|at|put|"
    r"about|turn|see|ice|use|does|do|will|can|would|could|and|si|que|quand|dans|sur|de|pour) )[a-z]+ "
    r"(?:my|ma|mon|mes) $"
)
_IS = re.compile(r" (?:is|are|feels?|keeps?|has|est|sont|enfle|serre|gonfle|brule|[a-z]+ing)(?= )")
_ASKING = re.compile(
    r" (?:just curious|curious|just asking|asking for info|asking (?:before|for a friend|in advance)|"
    r"before (?:i )?book\w*|researching|doing (?:my )?research|considering|"
    r"thinking (?:of|about) (?:booking|getting|doing|trying)|je magasine|je pense "
    r"(?:a )?(?:reserver|booker|essayer|prendre)|first timer|first time|premiere fois|jamais essaye|before i "
    r"(?:commit|decide|try)|avant de (?:me decider|commencer|venir)|je m informe|avant de (?:reserver|booker|"
    r"prendre)|par curiosite|curieuse|je me renseigne|hypothetically|in general|en general|simple question de "
    r"curiosite|looking into)(?= )"
)
_CERTAIN = re.compile(
    r" (?:is it normal|normal (?:that|to|for|que|si|d)|should i (?:be worried|worry)|right now|now|i think|je "
    r"pense|since|depuis|today|this morning|help|asap|please call|en ce moment|la la|maintenant)(?= )"
)
_PAST_AFTER = re.compile(
    r"(?:[^.?\s]+ ){0,5}(?:as a (?:kid|child|teen\w*|baby)|when i was (?:a |little|young|younger|small|in |"
    r"pregnant|\d)|(?:\S+ )?(?:years|yrs|months|decades) ago|last (?:year|month)|le mois (?:passe|dernier)|a few "
    r"years|in (?:19|20)\d\d|in the past|"
    r"once (?:before|years|as)|in (?:my )?(?:childhood|high school|college|university)|before (?:at|with|elsewhere|"
    r"from)|"
    r"quand j etais|(?:il )?y a \w+ (?:ans|annees|mois)|dans le passe|par le passe|l an passe|l annee (?:passee|"
    r"derniere)|etant (?:jeune|enfant|petite?)|dans mon enfance|au secondaire|enfant|bebe|avant (?:a|avec|chez|"
    r"dans))(?= )"
)
_PAST_BEFORE = re.compile(
    r" (?:history of|past|previous(?:ly)?|prior|used to (?:have|get|faint|suffer)|childhood|years ago (?:i "
    r")?(?:had|got)|when i was \w+(?: \w+)? i (?:had|got)|prone to|tend to get|tendency to|i sometimes get|i "
    r"usually get|used to|always get|i get \w+ every|antecedents? d?e?|deja (?:eu|fait|ete)|"
    r"j ai tendance a|historique d?e?|sujette? (?:a|aux)|quand j etais \w+(?: \w+)?|j avais souvent|il y a \w+ ans "
    r"j ai|suffer(?:ed)? from \w*|autrefois)(?: (?:an?|one|de|d|une?|des|faire|bad|mild|severe|mes|my|l|la|le))* $"
)
_FIRST = re.compile(
    r" (?:i|im|ive|me|my|myself|j|je|moi|mon (?!mari|chum|fils|gars|pere|frere|chien|chat|ami|bebe|enfant|copain|"
    r"conjoint)|ma (?!fille|mere|soeur|blonde|femme|copine|conjointe|tante|grand)|mes (?!enfants|parents|filles)|"
    r"m|nous|it|its|ca|c|they say|says|said|think|thinks|noticed|notices|told|tells|trouve|dit|pense|remarque) "
)
_KIN = re.compile(
    r" (?:(?<=\A )(?:husband|wife|hubby|mom|dad|son|daughter|kid|baby|dog|cat|chum|blonde|mari|fils|fille|gars|bebe)"
    r"(?! (?:called|calls|calling|phoned|a appele|appelle|gave|drove|took|brought|found|says|said|thinks))|"
    rf"{CLASSES['kin']}|he|hes|she|shes|he is|she is|his|her)(?:s)?(?= )"
)
_ME = re.compile(r" (?:me|m|us|nous) ")
_TREATED = re.compile(
    r" (?:laser|filler|fillers|botox|tox|injections?|injected|peel|peeling|microneedling|skinpen|treatment|treated|"
    r"ipl|prp|hydrafacial|rf|facial|procedure|clinic|(?:since|after|from|with|of|by) your|your (?:treatment|clinic|"
    r"cream|machine|product|place|office|nurse|doctor|stuff|patient)|traitement|traitee?|soin|chez vous|patient|"
    r"patiente|appointment with you|numbing)(?= )"
)
_ERRAND = re.compile(
    r" (?:move|moving|resched\w*|rebook\w*|reschedule|cancel\w*|change|postpone|push|late|running|miss|cannot "
    r"(?:come|make|be|attend|do)|cant come|another (?:day|time)|different|next week|instead|work|covering|school|"
    r"vet|appointment|home with|staying|stay|pick|take (?:him|her|them)|have to|need to|got to|willnot|not coming|"
    r"have to stay|"
    r"annul\w*|report\w*|deplac\w*|remettre|changer|retard|cannot (?:venir|etre|me|y|aller)|ecole|garderie|job|"
    r"travail|veterinaire|rdv|dois|faut|rester|autre (?:jour|moment|date)|peux pas)(?= )"
)
_SOFT = (
    r"little|bit|slight|slightly|mild|mildly|minor|small|tiny|faint|light|lightly|barely|somewhat|few|touch of|"
    r"hint of|manageable|minimal|minimally|petite?s?|petit peu|peu|legere?s?|legerement|leger|faiblement|"
    r"quelques|tit|ti|mini|micro|moindrement|pas trop|not too|not very|not that|not so|hardly|vaguely|vaguement"
)
_SOFT_BEFORE = re.compile(rf" (?:{_SOFT}) (?:[^.,?\s]+ ){{0,3}}$")
_SOFT_INSIDE = re.compile(rf" (?:{_SOFT})(?= )")
_SOFT_AFTER = re.compile(
    rf"(?:a |is |are |un |, |just |but |very |only |pretty |looks? |feels? |est |mais |tres )*(?:{_SOFT})(?= )(?! "
    r"(?:worse|more|bigger|plus|worried|pire|concerned|scared))|(?:is |its )?(?:not (?:too |that |so )?bad|pas "
    r"(?:si |trop )pire|normal(?! ?\?)|to be expected|as expected)"
)
_HARD = re.compile(
    r" (?:worse|worsening|growing|bigger|spreading|more (?:and more|than|swollen|red|painful|every|each)|"
    r"increasing|getting|than yesterday|very|really|so|super|extremely|badly|empire\w*|augmente\w*|de plus en plus|"
    r"pire|tres|vraiment|ben|plus \w+ qu\w*|grossi\w*|etend\w*|repand\w*|tellement|every day|each day|a lot|huge|"
    r"fast)(?= )"
)
_LAUGH = re.compile(rf" (?:{CLASSES['laugh']})(?= )")
_NORMAL = re.compile(
    r" (?:is|are|c est|est ce|est) (?:some |the |a |any |little |bit of |du|de la|la|le|l|de l|normale?|tu|normal "
    r"d avoir|normal d etre)* ?$|normal (?:la|le|l|les|un peu de|d avoir un peu) $"
)
_WHEN = re.compile(
    r" (?:when|how long|quand|combien de temps|how soon|how many days|a partir de quand)(?: [a-z]+){0,5} $"
)
_NORMAL_AFTER = re.compile(
    r"(?:and \w+ |or \w+ |on (?:the )?(?:first|second|third) \w+ |at first |after \w+ )?(?:normale?|ok|okay|"
    r"expected|common|typical|supposed|to be expected|est tu normal|au jour|on (?:the )?(?:first|second) day|"
    r"jour)\b"
)


class Around:
    """What stands around one stretch of a canonical text, in its own sentence."""

    def __init__(self, text: str, start: int, end: int) -> None:
        cut = max(text.rfind(" . ", 0, start), text.rfind(" ? ", 0, start))
        self.before = text[cut + 2 if cut >= 0 else 0 : start]
        stops = [at for at in (text.find(" . ", end - 1), text.find(" ? ", end - 1)) if at >= 0]
        self.after = text[end : min(stops) + 1 if stops else len(text)]
        self.inside = f" {text[start:end]}"
        self.sentence = self.before + text[start:end] + self.after
        self.text = text
        self.rest = text[min(stops) + 3 :] if stops else ""
        self.asks = bool(stops) and text[min(stops) : min(stops) + 3] == " ? "

    def is_denied(self, *, inner: bool) -> bool:
        """The sign is said not to be there."""
        if _VERB.search(self.inside) and _VERB_DENIED.match(self.after):
            return True
        if inner and _INNER.search(self.inside):
            return True
        if _AFTER_DENIED.match(self.after) and not self.inside.endswith((" not ", " pas ")):
            return True
        if self.asks and not self.after.strip("., ") and _ANSWERED_NO.match(self.rest):
            return True
        before = _answered(self.before)
        return bool(_DENIED.search(before)) and not _EMPHASIS.match(self.after)

    def is_gone(self) -> bool:
        """The sign was there and is not any more."""
        gone = (
            _GONE_INSIDE.search(self.inside)
            or _RESOLVED_AFTER.match(self.after)
            or (self.inside.endswith(" fever ") and self.after.startswith("broke "))
            or _RESOLVED_BEFORE.search(self.before)
        )
        if gone:
            return not _BACK.search(self.after)
        mistaken = _MISTAKEN.search(self.before) and _AFTER_ALL.search(self.after)
        return bool(mistaken) or self._is_over()

    def _is_over(self) -> bool:
        """Further on it is said to be over."""
        return bool(_OVER_LATER.search(f" {self.after}")) and not _NOT_OVER.search(f" {self.after}")

    def is_recovered(self) -> bool:
        """A grave sign is plainly over; that it is less is not enough."""
        over = _RECOVERED.match(self.after) or self._is_over()
        return bool(over) and not _BACK.search(self.after)

    def is_supposed(self) -> bool:
        """The sign is asked about or feared, not told."""
        if _ASKING.search(self.text):
            return True
        before = _own_clause(self.before)
        found = _IF.search(before + self.inside[1:].split(" ")[0] + " ") or _IF.search(before)
        if not found or _CERTAIN.search(self.sentence) or _THERE.search(self.before):
            return False
        begins_anew = _ANEW.search(before[found.end() - 1 :]) and _IS.search(f"{self.inside}{self.after[:20]}")
        return not begins_anew

    def is_past(self) -> bool:
        """The sign belongs to an old story."""
        return bool(_PAST_AFTER.match(self.after) or _PAST_BEFORE.search(self.before))

    def is_anothers(self) -> bool:
        """Somebody else has it, and no treatment is named."""
        before = list(_KIN.finditer(self.before))
        if not before and not _KIN.match(self.inside):
            return False
        between = f" {self.before[before[-1].end() :].strip()} " if before else ""
        if _ME.search(between + self.inside):
            return False
        return not _FIRST.search(between) and not _TREATED.search(self.sentence)

    def has_errand(self) -> bool:
        """The text asks for something else, too: a visit, a delay."""
        return bool(_ERRAND.search(self.text))

    def is_little(self) -> bool:
        """The sign is said to be small, and not to grow."""
        soft = _SOFT_BEFORE.search(self.before) or _SOFT_INSIDE.search(self.inside) or _SOFT_AFTER.match(self.after)
        return bool(soft) and not _HARD.search(self.sentence)

    def is_in_jest(self) -> bool:
        """There is laughter in the text."""
        return bool(_LAUGH.search(self.text)) and not _TREATED.search(self.text)

    def is_whether_normal(self) -> bool:
        """The text asks whether such a sign in general is normal."""
        if _WHEN.search(self.before):
            return True
        return (
            bool(_NORMAL.search(self.before)) and bool(_NORMAL_AFTER.match(self.after)) and " my " not in self.sentence
        )


def _own_clause(before: str) -> str:
    """What follows the last comma of `before`, where somebody begins to tell of themselves there."""
    *_, last = before.rpartition(" , ")
    return f" {last}" if _TELLS.match(f" {last}") else before


def _answered(before: str) -> str:
    """`before` without a `no` that answers a question rather than denies what follows."""
    return _NOT_DENIED.sub(" ~", before)
