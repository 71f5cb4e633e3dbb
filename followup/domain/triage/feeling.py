"""What a patient feels: pain, fever, numbness, faintness, and fear that something is wrong."""

from followup.domain.triage.topic import Topic

TOPICS = (
    Topic(
        "pain",
        r"""
[emergency severe denies]
(?:unbearable|excruciating|agoni[sz]ing|intolerable|insane|extreme|severe|horrific|intense|worst|crazy|unreal|
  crippling|debilitating|blinding|terrible|horrible|awful|immense|massive|serious|acute|violent|shooting|stabbing|
  out_of_control) ..2 pains? !in_the|free
pains? ..4 (?:unbearable|excruciating|agoni[sz]ing|intolerable|insane|extreme|severe|horrific|intense|10|9|10outof10|
  9outof10|8outof10|crazy|unreal|crippling|killing|out_of_control|awful|horrible|terrible|worst|too_much|
  off_the_charts|beyond)
(?:so|too) much pain
(?:in|total|complete|pure|absolute) ..1 (?:agony|misery)
agony|excruciating\w*
(?:10outof10|9outof10)
(?:hurts?|hurting|sore|aches?) ..3 (?:unbearabl\w*|excruciating\w*|insanely|more_than_anything|beyond|i_(?:am|m|
  could)_cry\w*|im_(?:crying|screaming)|cannot_(?:stand|take|bear|sleep|function))
cannot ..1 (?:stand|take|bear|handle|tolerate) ..2 pain
pain ..4 (?:cannot|crying|screaming|woke_me|keeping_me_up)
(?:screaming|crying|writhing|doubled) ..3 (?:pain|agony)
worst ..3 pain
pains? ..3 (?:through_the_roof|off_the_scale|maxed_out)
(?:hurts?|hurting|pain|sore) ..2 (?:so_much|so_bad|so_badly|too_much) ..3 (?:scream\w*|cry|crying|die|vomit|throw_up|
  cannot|faint|tears)
(?:tellement|trop|si) mal ..4 (?:que|qu) ..2 (?:pleure|crie|hurle|dors|mange|vomi\w*|tiens|braille|cannot)
en cannot ..4 (?:mal|douleurs?|souffrir)
cannot take ..1 anymore ,,3 (?:pain|hurts?)
(?:douleurs?|mal) ..3 (?:insupportables?|atroces?|intolerables?|intenses?|extremes?|horribles?|epouvantables?|
  inhumaine?|vives?|severes?|terribles?|violentes?|effrayantes?|10outof10|9outof10|sur_10|pas_endurables?|
  insoutenables?|irreelles?|aigues?|folle|malade)
(?:insupportable|insoutenable|atroce|pas_endurable|intolerable)
(?:pas|nolonger) endurable
mal ..3 (?:a_(?:mourir|mort|hurler|crier|pleurer|en_(?:pleurer|mourir|crier|hurler))|sans_bon_sens|en_(?:crisse|criss|
  tabarnak|osti|estie|tabarnouche|calisse|sacrament|ciboire)|au_(?:point|boutte|bout|coton))
(?:douleurs?|pain) ..4 (?:pleurer|tears|crying|cry)
(?:hurle|crie|pleure|braille) ..4 (?:douleur|mal)
pire ..2 (?:douleur|mal)
souffre ..2 (?:martyre|enormement|le_martyre|atrocement)
[urgent growing]
(?:pain|hurts?|hurting|sore\w*|tender\w*|ache\w*|aching) ..6 {worse}|more_(?:and_more|every|each|than|now|today|as)|
  increas\w*
{worse} ..3 (?:pain|hurts?|soreness|tenderness|douleurs?|mal)
more ..2 (?:pain\w*|hurts?|sore|tender)
(?:douleurs?|mal) ..3 (?:empire\w*|augmente\w*|de_plus_en_plus|pire|s_intensifie|croissante?|grandissante?)
(?:de_plus_en_plus|plus) ..1 (?:mal|douloureu\w*|sensible) !du_tout
fait plus mal
de plus en plus ..2 (?:mal|douloureu\w*)
[urgent throbbing]
throb\w*|pulsing|pulsating|elance\w*
ca bat (?:dans|fort|la|sur)
(?:ca|peau|joue) ..2 (?:pulse|bat) ..2 (?:fort|dans|joue|sans)
[urgent pain softens fades]
(?:pain|pains|painful|painfully|hurting|aching|achy|aches?|soreness) !free
hurts?
(?:really|very|so|super|extremely|still|more|pretty) ..1 (?:sore|tender|sensitive)
(?:douleurs?|douloureu\w*|souffre|souffrance)
(?:fait|font|faisait|fesait|faire) ..3 mal
mal ..1 (?:a|au|aux|dans|sur|partout|autour|quand|ou|au) !coeur|confirmer|vous|joindre|trouver|me|lire|comprendre|
  stationner|voir|ouvrir|croire|dormir
(?:ai|avais|ait) ..2 (?:tres|vraiment|trop|super|ben|full|tellement|bien|assez|encore|toujours|beaucoup) mal
  !compris|de|d|a_croire|a_voir|choisi
(?:ai|avais) ?encore|toujours|tres|vraiment|trop|super|ben|full|tellement|pas_mal|bien|un_peu|assez mal
(?:tres|vraiment|encore|super|trop|hyper|tellement|ben) sensibles?
sore ?to ?the ?touch ..2 (?:days|week|weeks)
[routine sore]
sore|tender|tenderness|sensitive|sensitivity|discomfort|uncomfortable|stings?|stinging|achy
sensibles?|sensibilite|inconfort\w*|picotement\w*|endolori\w*|courbatur\w*
""",
    ),
    Topic(
        "headache",
        r"""
[urgent headache softens fades]
(?:bad|severe|awful|terrible|horrible|intense|splitting|pounding|massive|killer|constant|really_bad|worst|crazy|
  persistent|huge|big|brutal|nonstop|daily|ongoing) ..2 (?:headaches?|migraines?)
(?:headaches?|migraines?) ..6 (?:days?|since|week|weeks|after|nonstop|everyday|every_day|willnot_go|not_going|still|
  worse|severe|bad|constant|hours)
migraines?
(?:gros|grosse|terrible|terribles|intense|intenses|fort|forte|atroce|epouvantable|violent|violents|constant) ..2
  (?:mal_de_tete|maux_de_tete|migraines?|mal_a_la_tete)
(?:mal_de_tete|maux_de_tete|mal_a_la_tete|migraines?) ..5 (?:jours?|depuis|semaines?|apres|sans_arret|terribles?|
  intenses?|part_pas|encore|toujours|fort|atroces?)
head ..2 (?:pounding|splitting|killing|exploding|throbbing)
tete ..3 (?:explose\w*|elance\w*|fend)
[routine headache fades]
headaches?|mal_(?:de|a_la)_tete|maux_de_tete
""",
    ),
    Topic(
        "fever",
        r"""
[urgent fever fades]
fever|fevers|feverish|fievre|fievres|fievreuse|fievreux
(?:temp|temperature) ..3 (?:high|up|3[89]\S*|4[01]\S*|10[0-5]\S*|running|spiked|elevee?|monte\w*)
(?:running|have|got|having|high|fais|ai|fait) ..3 (?:temp|temperature|38_\d|39|39_\d|40)
(?:10[0-5]|3[89]|4[01])(?:\D\d)? ..3 (?:temp|temperature|fever|fievre)
3[89]_?\d? degrees|fever|fievre
[urgent chills fades]
chills
(?:have|having|got|with|and|bad|the) ..1 chills
shivering|shivers|shaking_and_(?:cold|hot|feverish)
(?:tremble|trembles|shaking) ..4 (?:frette|freezing)
frissons|grelotte\w*|frissonne\w*
(?:cannot|dont) ..3 (?:warm_up|get_warm)
""",
    ),
    Topic(
        "nerves",
        r"""
[urgent numb denies softens fades]
(?:numbing|freezing|anesthesi\w*|gel) ..3 (?:hasnt|not|pas|nolonger|doesnt) ..2 (?:worn|gone|went|wear\w*|parti\w*|
  passe\w*) ?off
numb ..5 (?:since|days?|still|weeks?|after|hours|not|hasnt|willnot|and)
(?:still|completely|totally|is|are|feels?|feel|went|gone|half|so|all|lips?|cheek|chin|face|skin|forehead) ..2 numb
  !er|ing_cream
numbness
cannot ..1 (?:feel|sens|sentir) ..3 (?:{part}|anything|fingers|rien)
{part} ..3 frozen !berries|treats
(?:loss|lost|no) ..2 (?:feeling|sensation) !that|like|about
engourdi\w*|engourdissement\w*
(?:peau|joue|levres?|visage|face|menton|nez|front|babines?|bouche|bras|c|encore|toujours|reste\w*) ..3 gelee?s?
  !dehors|ben|a_matin|dans_l_auto|comme|,_ouvr\w*
(?:sens|sent) (?:nolonger|plus|pas) ..3 (?:{part}|rien)
perte ..1 sensation
nerve ..1 (?:damage|pain)
(?:muscle|facial|arm|leg) ..1 weakness
faiblesse
twitching ..3 (?:eye|face|since|nonstop|lip)
[urgent droop denies fades]
(?:eyelids?|lids?|brows?|eyebrows?|eye|eyes|paupieres?|sourcils?|oeil|yeux) ..6 (?:droop\w*|dropp\w*|dropping|heavy|
  half_closed|half_shut|sagg\w*|falling|fell|willnot_open|not_open\w*|doesnt_open|lower_than|hang\w*|tomb\w*|
  lourde?s?|ferme\w*|descend\w*|affaiss\w*|plus_basse?|baisse\w*|a_moitie|mi_close|closing|close|closed|ouvre_(?:pas|
  mal|nolonger))
(?:droop\w*|dropp\w*|sagg\w*|heavy|falling|saggy|ptosis|fallen|half_closed) ..2 (?:eyelids?|lids?|brows?|eyebrows?|
  eyes?)
(?:ptosis|droopy|drooping)
cannot ..2 (?:open|close|keep_open|keep|ouvrir|fermer) ..4 (?:eyelids?|lids?|eyes?|oeil|yeux|paupieres?|it_open)
(?:barely|hardly) ..2 open ..2 eye
""",
    ),
    Topic(
        "faintness",
        r"""
[urgent dizzy fades]
dizz\w*|lightheaded\w*|woozy|vertigo|vertiges?
light headed\w*
(?:room|head|everything|world) ..2 spinning
etourdi\w*|etourdissement\w*
tete ..2 tourne\w*|legere
[urgent vomiting fades]
vomi\w*|puking|puke|puked|throwing_up|threw_up|throw_up|barf\w*
nause\w*|queasy
sick to ?my stomach
mal (?:au|de) coeur
renvoye\w* ..2 (?:toute_la|depuis|sans)
stomach|abdominal cramps
diarrhea|diarrhee
[emergency doom laughs]
(?:sense|feeling|feel|feelings|sentiment|impression) ..2 (?:impending_)?doom
(?:sentiment|sensation|impression) ..2 mort ..1 imminente
[emergency confused denies]
(?:burning_up|bouillante?|brulante?|shivering|frissons|chills) ,,4 (?:confus\w*|delir\w*|disorient\w*) !about|by|on
confus\w*|delir\w*|disorient\w* ,,3 (?:burning_up|bouillante?|shivering|frissons|chills)
(?:fever\w*|fievr\w*|temperature) ,,4 (?:n_importe_quoi|nonsense|gibberish|delir\w*|hallucin\w*)
(?:fever\w*|fievr\w*|temperature) ,,5 (?:unsure|sais_(?:pas|nolonger)|dont_know|forgot) ..2 (?:day|where|who|ou|
  quel_jour|
  mon_nom|name)
confus\w*|disorient\w*|melee?|perdue? ,,4 fever\w*|fievr\w*|temperature
(?:very|so|really|getting|am|im|is|are|feel|feeling|seem|seems|all|and|become|became|fever|acting) ?very confused
  !about|by|on|with|as|which|when|where|how|if|what|why|abt|because
(?:and|,|fever|fievre|with|et|avec) confusion
confusion ..2 (?:fever|fievre|since|mental\w*)
(?:fievre|fever|temperature) ,,3 (?:et|and|puis|with|avec) ..2 (?:confuse?s?|confused|melee?|delir\w*|perdue?)
delirious|delirium|delirant\w*|delire\w*
disoriented|desoriente\w*|disorientation
(?:suis|toute|tout|est|rendue?) ..1 (?:confuse?|melee?) !dans|avec|sur|entre|pour|a_propos|par
talking nonsense
not making sense
[urgent unwell]
(?:feel|feeling|look|looking|felt) ..2 (?:awful|horrible|terrible|really_sick|very_sick|so_sick|very_unwell|weak|
  like_im_dying|like_death|clammy|drowsy|really_ill|faint_and) !about|for|that|because|but|bad_about
out of it !and_\S+_it
perd\w* la carte
clammy
(?:im|am|look|turned|very|so|really|suis) ..1 pale !skin
(?:sens|feel|sent) ..2 (?:vraiment_mal|tres_mal|pas_bien|partir|vraiment_pas_bien|faible|drole|bizarre)
""",
    ),
    Topic(
        "bruise",
        r"""
[urgent growing fades]
(?:bruis\w*|hematomas?|ecchymoses?) ..9 (?:still|encore|keeps) ..2 {worse}
(?:bruis\w*|hematomas?|ecchymoses?) ..5 {worse}|hard|painful|hurts?|doubled|huge|giant|lump|hot|swollen|deux_fois|
  enorme|grossi\w*|s_agrandit|agrandi\w*|dure?|chaude?
{worse}|painful|huge|massive|giant|enorme|hard ..2 (?:bruis\w*|hematoma|ecchymoses?)
hematom\w*|haematom\w*
[routine bruise fades]
bruis\w*|ecchymoses?
""",
    ),
    Topic(
        "wrong",
        r"""
[urgent wrong denies]
(?:something|smth|thing) ..2 (?:wrong|off|not_right|isnt_right) ..3 (?:{part}|with_me|treatment|injection|filler)
(?:{part}) ..3 (?:wrong|not_right|not_normal|doesnt_look_(?:right|good|normal)|dont_look_(?:right|good|normal)|
  looks_(?:terrible|awful|horrible|bad|deformed|weird)|isnt_right|disfigured|deformed|ruined|messed_up|destroyed|
  is_(?:horrible|awful|getting_worse))
(?:worried|concerned|scared|freaking|freaked|panicking|anxious|alarmed) ..4 (?:{part}|reaction|infection|healing|
  spots?|this_spot)
(?:ruined|botched|destroyed|messed_up|damaged|disfigured) ..2 (?:{part})
complications?
(?:isnt|not|nt|doesnt_look|doesnt_seem) ?very normal
(?:c|est|parait|semble|semblent|sont|trouve) ..2 (?:vraiment_)?pas normal
pas normal ..3 (?:{part}|ca|depuis|que)
(?:{part}) ..4 (?:bizarre|pas_normale?|pas_correcte?|defigure\w*|deforme\w*|horrible|epouvantable|pas_belle?|laide?|
  inquiet\w*|magannee?|maganee?)
(?:inquiete?|inquietee?|peur|stresse\w*|capote|panique) ..5 (?:{part}|reaction|infection)
(?:getting|gotten|got|is|its|much|becoming|became|even|gets|even) ..1 worse !every_year|traffic|at_work|than_the
(?:c|ca|est|vient|devient|de) ..1 (?:pire|empire) !que_ca|des_cas|aller|rien
ca empire
nerve damage
bad ..2 (?:shape|situation) ..2 (?:face|skin)
""",
    ),
)
