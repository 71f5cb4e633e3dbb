"""Signs of breath, heart, mind and blood: what may cost a life within the hour."""

from followup.domain.triage.topic import Topic

TOPICS = (
    Topic(
        "breathing",
        r"""
[emergency cannot denies laughs]
{cannot} .. breath|breathe|breathing|breaths|respirer|respire
{cannot} ..2 catch|get|take|pogner|prendre|reprendre|trouver|avoir ..3 breath|air|souffle|oxygen|oxygene
not ..2 breathing
stopped|stops breathing
respire|respirer ..2 pas|nolonger|mal|difficilement|croche|pu
fighting|struggling|gasping|hungry|desperate|starved for air
(?:nolonger|pas|plus) d|de ..1 souffle|air !climatise
not|nolonger|need|pas ..2 enough|getting|assez|d ..1 air
[emergency trouble denies laughs]
{trouble} ..4 breath|breathe|breathing|breaths|respirer|respire|respiration
short|shortness ..2 breath
lungs?|poumons? ..3 tight\w*|hurt\w*|clos\w*|burn\w*|fill\w*|serr\w*|mal|bloqu\w*
{trouble} ..4 (?:get|getting|take|taking|bring|bringing|draw|drawing|suck|sucking|pull|pulling) ..2 air|oxygen
breath\w*|respire|respirer ..3 straw|paille
(?:air|oxygen) ..2 (?:willnot|cannot|not|doesnt) ..2 (?:go|get|come|reach\w*|pass\w*)
air passe|rentre|entre ..1 pas|nolonger|mal
out of breath
breathless|breathlessness|breathlessly
breathing|breath|breathe|respiration|respire|souffle ,,3 {trouble}|labou?red|shallow|funny|weird|off|bad|badly|heavy|
  fast|rapid|worse|restricted|short|tight|noisy|raspy|wrong|faster|harder|wheezy|courte?|coupe|saccadee?|sifflante?|
  rapide|bizarre|vite|fort
heavy|rapid|shallow|labou?red|fast|noisy|bad breathing
heart breath|breathing
souffle court|coupe|bas
court|courte ..1 souffle
manque|manquer|cherche|chercher|besoin|trouve|pogne|perds ..3 air|souffle|respirer
a bout de souffle
essouff?l\w*
respir\w* {very} mal|difficile\w*|vite
ai ?de ?la mal respirer
[emergency any laughs]
(?:my|ma|mon|the) (?:breathing|breath|respiration|souffle|airways?)
(?:enough|assez|any) ..1 (?:air|oxygen|oxygene)
(?:breathing|respirer|respire) ..2 (?:heavy|forced|strange|wrong|impossible|penible|forcee?|bizarre|dur)
[emergency noise]
wheez\w*
gasping
siffl\w* ..3 respir\w*
respir\w* ..3 siffl\w*
je siffle
[emergency choking laughs]
suffocat\w*|suffoqu\w*|etouff\w*
(?:am|im|feel|feeling|feels|like|and|started|keep|sensation|is) ..2 chok\w+
chok\w+ ..2 feeling|sensation|throat|spit|saliva
^ choking
s etouffe
asthma attack|crise_d_asthme
oxygen ..3 low|drop\w*|dropping
turning blue
""",
    ),
    Topic(
        "swallowing",
        r"""
[emergency cannot denies laughs]
cannot ..2 (?:get|keep|hold) ..2 (?:water|food|anything|liquids?|pills?|saliva|spit) down
chok\w* ..2 (?:spit|saliva|salive|own)
{cannot}|not ..3 swallow|swallowing|avaler|avale|drink|saliva|salive
{trouble} ..4 swallow|swallowing|avaler|avale
swallow|swallowing|avaler|avale ..3 {trouble}|impossible|pas|nolonger|mal|bad
drooling|bave
(?:eau|nourriture|bouffe|salive|water|food) ..1 (?:descend|passe|rentre) (?:pas|nolonger|plus)
(?:food|pills?|water|liquids?|nourriture|bouffe|manger|bouchees?|eau) ..4 (?:stuck|lodged|willnot_go|not_go|coming_back|
  comes_back|back_up|reste\w*_prise?|passe_(?:pas|nolonger|plus)|bloqu\w*|coince\w*|remonte\w*) !in_traffic
chok\w* ..3 (?:water|food|liquids?|drink\w*|eat\w*)
avale ..1 travers ..2 (?:depuis|tout|souvent|chaque|quand|encore|sans_arret)
[urgent awry]
avale ..1 travers
""",
    ),
    Topic(
        "airway",
        r"""
[emergency swelling fades]
{airway} ,,6 {swell}|enlarged|thick|thicker|huge|fat|bigger|big|gross\w*|grosse?|epaisse?
{swell}|enlarged|thick|thicker|huge|fat|grosse?|epaisse? ,,5 {airway}
{airway} ..5 clos\w*|shut\w*|tight\w*|block\w*|constrict\w*|narrow\w*|seal\w*|lump|obstruct\w*|serr\w*|ferm\w*|
  bloqu\w*|obstru\w*|etouff\w*|nouee|compress\w*|coince\w*
(?:tight\w*|lump|closing|closed|constrict\w*|closure|knot|serrement|boule|serree?|bloquee?|blocage|etau|serre) ..4
  {airway}
{airway} ..3 tingl\w*|numb|numbness|engourdi\w*|picote\w*
tingl\w*|numb|numbness ..3 {airway}
lump|boule|stuck|pris|prise|coincee? ..3 throat|gorge
(?:my|ma|the|la) (?:tongue|throat|langue|gorge) !sore|dry|scratchy|is_(?:sore|dry|scratchy|fine|ok|good|clear)|seche|
  est_seche|itch\w*|gratte|pique|maternelle
[emergency lips softens fades]
(?:bleue?s?|mauves?|violettes?|grise?s?|blanches?|blue|purple|grey|gray|white) ..2 (?:des|les|mes|mon|my|of|dans|
  aux)? ..1 {lips}
{lips} ..4 (?:double\w*|triple\w*|tripled)
{lips} ,,5 {swollen}|immenses?|enormes?|triple\w*
{swollen}|immenses?|enormes? ,,4 {lips}
[emergency face-fast softens fades]
(?:face|head|visage|tete|lips?|levres?|babines?|neck|cou) ..3 (?:blew|blowing|blown|puffed|ballooned) ..1 up ..2
  {fast}|in|within|en minutes?|seconds?|secondes?
{fast} ,,6 {swell} ,,6 {part}
{part}|everything ,,5 {swell} ,,4 {fast}
{swell} ,,3 {part} ,,4 {fast}
{part} ,,5 {fast} ,,3 {swell}
(?:visage|face|mouth|bouche) ..3 ballon\w*
[emergency voice]
(?:voice|voix) ..4 hoarse|raspy|rauque|enrouee?|gone|weird|strange|muffled|eteinte?|change\w*|bizarre|disparue?|lost
(?:hoarse|raspy|rauque|enrouee?|lost|losing|nolonger|perd\w*) ..3 voice|voix
[urgent throat-itch]
throat|gorge ..3 itch\w*|scratchy|gratte|pique|demange
itchy|scratchy throat
mouth|bouche ..3 tingl\w*|picote\w*
""",
    ),
    Topic(
        "speech",
        r"""
[emergency slurred denies]
(?:speech|voice|words|parle|parler|parole|voix) ..4 (?:drunk|saoule?|soule?|ivre)
(?:sound|sounds|sounding) ..2 drunk
slurr?\w*
speech ..4 off|weird|funny|garbled|slow|problem\w*|trouble|impaired|strange|bad|affected
(?:trouble|hard|difficult\w*|problems?|struggl\w*) ..2 speaking|speak|talking|forming|getting ..3 words|speech|
  properly|clearly|straight|$
(?:trouble|difficult\w*|problems?|struggl\w*) ..1 speaking|talking|forming|speech
cannot (?:talk|speak) ..1 properly|straight|clearly|normally|anymore|well|right_(?!now|at|this|then)\S+|right_\.|
  right_,|comme_il_faut
cannot (?:talk|speak) right $
cannot ..1 form|get|find ..3 words
words ..3 (?:not|arent|willnot|cannot|dont) ..1 (?:come|coming)
words ..4 jumbl\w*|slur\w*|mixed|wrong|scrambled|weird|mumbl\w*
parle\w*|parler ..3 croche|mou|bizarre|bizarrement|drole|difficilement|empate\w*
parle ..1 mal $
(?:misere|difficulte|peine|trouble|dure?) ..2 parler|articuler|elocution
cannot parler ..3 comme_il_faut|correctement|normalement|comme_du_monde|bien|clairement
mots ..4 croche|melange\w*|sortent_(?:mal|pas|nolonger)|bizarre\w*
cherche mes mots
(?:elocution|articulation|parole) ..2 (?:difficile|lente|embrouillee?|pateuse|bizarre|laborieuse)
""",
    ),
    Topic(
        "vision",
        r"""
[emergency lost denies laughs]
(?:vois|voit|voyais) ..1 a_peine !votre|le|la_difference
(?:ai|a) vu (?:noir|flou|double|embrouille|trouble)
(?:trouble|misere|difficulte|hard_time|mal) ..2 (?:seeing|see|voir) !the|le|la|l|un|une|votre|your|how|pourquoi|why|
  any|you|{when}
(?:everything|all|its|it|vue|vision) ..2 (?:wavy|ondul\w*|swimming_in_front)
(?:vois|voit|voyais) ..1 presque ..1 (?:plus|nolonger|rien|pas)
(?:barely|hardly|scarcely) ..1 see !you|him|her|results
cannot ..1 see|voir ?very clear\w*|well|properly|straight|right|out|outta|from|with|through|much|anything|nothing|
  at_all|
  a_thing|good|anymore|normal\w*|far|as_well|de|d|du|rien|clair|comme_il_faut|bien|embrouille
cannot ..1 see|voir $
cannot ..1 see|voir [.,]
cannot ..1 see|voir (?:and|but|since|because|out|after|depuis|et|puis|mais)
(?:lost|loss|losing|lose|lack|no_vision_in|no_sight_in) ..3 vision|eyesight|sight|eye|eyes ?in|of|from
(?:vision|eyesight|sight) ..4 gone|going|lost|missing|fading|faded|disappear\w*|went|dark\w*|black\w*|dim\w*|tunnel\w*
(?:going|went|gone|am|im|became|becoming|suddenly|was) blind
blind ..4 eyes?|side|moment|minute
blindness
(?:my|ma|the|la) (?:vision|eyesight|vue) !is_(?:fine|good|ok|clear|perfect|great|normal|better)|est_(?:bonne|
  correcte|belle|normale)|insurance|plan|exam|sur|d_ensemble|de
(?:vision|vue) ..2 (?:dark|noire?|black|grise?|brouillee?|partielle|going|gone)
(?:vois|voit) ..2 (?:mal|flou|embrouille|noir)
(?:eyes?|everything|all|vision|sight|it) ?just|all|has|suddenly (?:went|gone|going|is|turned) ?all|totally (?:black|
  dark|blank|white) ..3 eyes?|$
(?:perdu?e?|perte|perds|perd|perdre) ..4 vue|vision
(?:vois|voit|voyais|voir) ?vraiment|presque|quasi|juste|encore|comme (?:rien|pas_(?:bien|clair\w*|comme|d|de_l|du|
  avec)|moins|noir|mal|gris|croche|embue)
(?:vois|voit|voir|voyais) pas $
(?:vois|voit|voyais) (?:pas|nolonger) ..1 (?:d|de|du|avec) ..3 oeil|yeux|cote|gauche|droite?
(?:vois|voit|voyais|voir) nolonger
(?:vue|vision) ..4 perdue?|baisse\w*|partie|reduite|diminue\w*|bizarre|drole|change\w*|affectee
aveugle
[emergency blurred denies laughs]
(?:blurr?y|blurred|blurring|blur|double|doubled|fuzzy|cloudy|hazy|foggy|tunnel|distorted|wavy|spotty|patchy|dim|dark|
  sudden|loss_of|losing|weird|strange|change\w*|changing|trouble|problems?|issues?|half|worse|funny|bad) ..2 vision|
  eyesight|sight|seeing|vue
(?:vision|eyesight|sight) ..5 blur\w*|fuzz\w*|cloud\w*|haz\w*|fog\w*|double|distort\w*|wavy|spotty|weird|funny|off|
  bad|worse|chang\w*|not_right|not_clear|strange|issues?|trouble|problem\w*|wrong|affected|spots
(?:see|seeing|saw|sees) ?some|little|these|like|black|dark|white|bright|weird (?:double|spots|flashes|floaters|stars|
  halos|black|blurr?y|blurred|two|lights?|shadows?|dots|streaks|aura|zigzags?)
(?:everything|everythings|things|all|it|its|eyes?|world|text|screen) ..3 blurr?y|blurred|fuzzy|double|doubled|hazy|
  foggy|cloudy
^ ?very blurry|blurred|blurr?y_vision
(?:everything|all|it|its|eyes?|vision|world|tout) ..2 blur
blurry ..4 eyes?|since|after|vision|botox|filler|injection
(?:spots|floaters|flashes|stars|shadow|curtain|lights?|dots|blind_spot) ..4 (?:in|of|before|across|over) ..1 vision|
  eyes?|sight
flashes|flashing ..2 lights?|light|vision
(?:lumieres?|lueurs?|lights?|eclairs?) ..3 (?:devant|dans|in|before|infront) ..2 (?:yeux|oeil|eyes?|vision|vue)
blind spots?
(?:see|seeing|saw|sees|vois|voit) ?only ?just (?:2|two|deux) (?:of|de|d)
(?:vois|voit) (?:tout_)?(?:2|deux) (?:fois|images|doigts|telephones|cells?)
(?:rideau|voile|ombre|tache|curtain|shade|shadow|veil|film) ..3 (?:sur|over|devant|across|on|dans|in) ..3 (?:oeil|yeux|
  eyes?|vue|vision)
floaters
(?:points|dots|taches|spots|choses|things) ..2 (?:noirs?|noires?|black|dark)? ..2 (?:float\w*|flott\w*|dansent|
  bougent)
(?:points|taches|blackhead|mouches) ..3 (?:devant|dans) ..2 yeux
(?:vois|voit|voyais|voir) ?very ?tout ?comme|quasi|presque (?:flou\w*|embrouille\w*|brouille\w*|double|trouble|
  en_double|des_(?:taches|points|eclairs|flash\w*|etoiles|mouches|ombres|lumieres|halos)|embrouille)
(?:vue|vision|yeux|oeil|tout) ..4 flou\w*|embrouille\w*|brouille\w*|trouble|double|voilee?
(?:trouble|probleme|changement)s? ..2 vue|vision
(?:taches|points|eclairs|flash\w*|mouches|voile|ombre) ..3 (?:devant|dans) ..2 yeux|vue|vision|oeil
[emergency eye-pain denies]
(?:eyes?|eyeballs?) ..5 hurts?|hurting|pain|pains|painful|killing|stabbing|ach\w+|throbb\w*|agony|excruciating
(?:pain|pains|hurts?|ache|aching|pressure|stabbing|hurting) ..2 (?:in|behind|around|inside|near|of) ..3 eyes?|
  eyeballs?
(?:eye|ocular) pain
light ..4 hurts?|bother\w*|painful|unbearable|sensitiv\w*|too_bright|stand|kills?|killing
(?:sensitive|sensitivity) ..2 light|lights
cannot ..1 stand|tolerate|handle|open|bear ..3 light|lights
photophobi\w*
(?:mal|douleur\w*|elance\w*) ..3 (?:a|aux|dans|derriere|de|autour|l) ..2 oeil|yeux
(?:oeil|yeux) ..4 mal|douloureux|elance\w*|douleur
lumiere ..4 mal|derang\w*|agress\w*|insupportable|sensible\w*|blesse|brule
sensibl\w* ..3 lumiere
[urgent eye-burn softens fades]
(?:eyes?|oeil|yeux) ..4 burns?|burning|brul\w*|stings?|stinging|sting|pique\w*|chauffe\w*|gritty|scratchy|sore|dry|
  irritat\w*|sec|secs
(?:burning|stinging|gritty) ..2 eyes?
(?:got|splash\w*|went|dripped|drip|acid|peel|product|gel|cream|entre|coule|tombe|recu|produit|acide) ..4 (?:in|into|
  dans) ..2 eyes?|oeil|yeux
[urgent eye-red fades]
(?:eyes?|oeil|yeux|eyelids?|paupieres?|lids?|whites?) ..4 red|redness|pink|bloodshot|goopy|goop|crust\w*|discharge|
  rouges?|coules?|collee?s?|injecte\w*|stuck|infect\w*|sticky|rougeur
(?:red|pink|bloodshot|goopy|crusty|infected) ..1 eyes?|eyelids?
""",
    ),
)
