"""Signs on the skin: colour, swelling, infection, burns, rashes and marks."""

from followup.domain.triage.topic import Topic

TOPICS = (
    Topic(
        "colour",
        r"""
[emergency colour]
(?:nose|lips?|tip|nez|levres?|bout) ..3 (?:turn\w*|going|went|goes|gone|becoming|devien\w*|devenue?s?|vire\w*) ..1
  (?:dark|darker|foncee?s?|fonce)
{skin} ..4 (?:white|whitish|grey|gray|greyish|grayish|blue|bluish|purple|purplish|violet|mottl\w*|marbled|dusky|
  black|blackish|blanched|ashen|lacy)
(?:turn|turns|turned|turning|went|going|goes|gone|became|becoming|getting|got|is|are|looks?|looking|its) ?very ?all|
  almost ?a (?:white|whitish|grey|gray|bluish|mottled|dusky|purple|black|blanched|marbled) ?and|around|since|after|
  where|near|with|now|on|from|,|. (?:$|and|around|since|after|where|near|with|now|on|from|filler|cold|blotchy|
  painful|hurts|numb|,|\.)
(?:turn|turns|turned|turning|went|going|goes|gone|became|becoming|looking|looks) ?very ?a ?bit ?kind ?of (?:white|
  grey|gray|blue|bluish|purple|black|mottled|dusky)
(?:white|whitish|grey|gray|greyish|grayish|blue|bluish|purple|purplish|violet|black|blackish|mottled|marbled|dusky|
  lacy|dead|blanched) ..1 (?:skin|lips?|patch|area|nose|cheek|chin|forehead|pattern|tissue|blotch\w*|spot|tip|ring|
  halo|streak\w*|discolou?ration|marks|web\w*|lines)
(?:purple|blue|grey|gray|black) ..1 (?:spots|patches)
mottl\w*|marbl\w*|lacy
(?:fishnet|net|lace|web|spider_web|spiderweb|filet|dentelle|toile) ..3 (?:purple|blue|mauve|violet\w*|bleu\w*|red)
fishnet
{lips} ..6 (?:cold|froide?s?) $
blotchy|blotches ..2 (?:purple|blue|white|grey|gray|violet)
(?:purple|blue|white|grey|gray|violet) ..2 blotch\w*
blanching|blanched
(?:peau|levres?|nez|joues?|menton|zone|front|bout|tour|autour|place|endroit|c|narine|tempe|ca|cou|visage|babines?)
  ..4 (?:blanche?s?|blancs?|gris|blanchatre|blanchi\w*|grise?s?|grisatre|bleue?s?|bleut\w*|bleuatre|mauves?|violet|
  violette?s?|
  violac\w*|marbre\w*|noire?s?|noirci\w*|livides?)
(?:devien\w*|devenue?s?|rendue?s?|vire\w*|tourne\w*) ..2 (?:blanche?|grise?|bleue?|mauve|violette?|violet|marbree?|
  noire?|blanchatre|noirci\w*|bleutee?)
taches? ..1 (?:noire|grise|mauve|bleue|violette|violacee) !depuis_(?:l_ipl|le_laser|l_epilation)
taches? ..1 (?:noire|grise|mauve|bleue|violette|violacee) $
(?:plaques?|taches?|patch|patches|spots?|zones?|areas?|ronds?) ..2 (?:bleu\w*|gris\w*|mauves?|violac\w*|bluish|
  blueish|greyish|grayish|purplish)
plaques? ..2 (?:noires?|grises?|mauves?|bleues?|violettes?|violacees?|marbree?s?)
(?:blanchit|blanchi|bleuit|noircit)
(?:marbre\w*|marbrures?)
[emergency drained denies]
{skin} ..4 (?:no_colou?r|lost_its_colou?r|perdu_sa_couleur|nolonger_de_couleur)
[emergency cold]
(?:skin|lips?|area|cheek|nose_tip|lip|spot|patch|it|chin) ..3 (?:cold|icy|ice_cold) ?to|and|compared|where|since|,
  (?:touch|the_touch|numb|white|grey|gray|pale|painful|blue|purple|to|the|filler|injection|filler|$)
skin ?very|is|feels|also|and cold|icy
cold ..2 (?:white|grey|gray|blue|numb) ..2 (?:skin|patch|area|lip)
(?:peau|joue|levre|zone|menton) ..3 (?:froide|glacee)
[emergency dead]
necro\w*
(?:vascular|artery|vessel|arterial) ..1 (?:occlusion|block\w*|compromise)
occlusion|occluded
(?:blocked|clogged|bloquee?|bouchee?) ..1 (?:artery|vessel|blood_vessel|artere|vaisseau)
(?:peau|levres?|nez|joue|lips?|nose|skin) ..2 (?:l_air|looks?) (?:morte?|dead)
(?:skin|tissue|peau|chair) ..3 (?:dying|dead|died|morte|meurt|rotting|pourri\w*)
[urgent pale-patch]
{skin} ..4 pale
(?:white|pale|light|lighter|blanches?|blancs?|pales?|claires?) ..1 (?:squares?|carres?|stripes?|grid)
(?:squares?|carres?) ..2 (?:white|pale|light|blancs?|pales?)
(?:white|pale|light|lighter|blanches?|pales?|claires?) ..1 (?:patch|patches|spots|areas|marks|taches?|plaques?|
  zones?|marques?)
(?:taches?|plaques?|zones?|marques?) ..2 (?:blanches?|pales?|claires?|decolore\w*)
(?:lost|loss|perdu) ..2 (?:pigment\w*|colou?r|couleur)
hypopigment\w*
[urgent dark-patch]
(?:taches?|plaques?|marques?|spots?|patches|marks) ..3 (?:apparu\w*|appeared|showed_up|sorties?|nouvelles?)
(?:dark|darker|brown|brownish|black|darkened|hyperpigment\w*) ..2 (?:patch\w*|marks?|areas?|stripes?|lines?|welts?|
  splotch\w*|blotch\w*|spots?|squares?|grid|streaks?|rings?|dots?)
(?:patch\w*|marks?|areas?|stripes?|lines?|skin|spots?|splotch\w*) ..3 (?:dark|darker|brown|darkened|darkening|
  discolou?r\w*|hyperpigment\w*)
(?:discolou?r\w*|hyperpigment\w*|hyperpigmentation|darkening|pigmentation)
(?:taches?|plaques?|marques?|zones?|lignes?|peau|rayures?) ..3 (?:foncee?s?|fonce|brunes?|brune|brunatres?|sombres?|
  pigmente\w*|plus_foncee?s?)
""",
    ),
    Topic(
        "swelling",
        r"""
[urgent swelling denies softens fades]
(?:face|head|visage|tete|lips?|levres?|babines?|neck|cou) ..3 (?:blew|blowing|blown|puffed|ballooned) ?right|all up
swell|swells|swelled|swelling|swellings|swollen
(?:{part}) ..5 (?:puff\w*|balloon\w*|inflamed|bloat\w*|blew_up|blowing_up|blown_up|huge|twice|doubled|double|massive)
{part} ,,3 (?:deux|2|trois|3) fois plus gros\w*|enfl\w*|grande?s?
(?:one|une|un|left|right) ..1 {part} ..5 (?:bigger|larger|fatter|gross\w*|grande|twice_the_size) ..3 (?:other|autre)
(?:puffy|puffed|puffing|puffiness|inflamed|inflammation|oedema|edema|oedeme|bloated)
enfl\w+|gonfl\w+|renfl\w+|regonfl\w+|bouffi\w*|boursouf\w*
(?:a|ont) (?:double|triple)
(?:eye|eyes) ..3 (?:swollen|swelled|sealed|stuck)_shut
(?:oeil|yeux) ..3 (?:ferme|fermes|fermee|ouvre_(?:pas|nolonger|plus)|ouvrent_pas)
[urgent growing fades]
(?:swell\w*|swollen|puff\w*|bump|lump|it|bruise|bruising|spot|size|hematoma|ball|enfl\w*|gonfl\w*|bosse|bruise|ca|
  ecchymose|joue|bouton|boule) ..4 {worse}|more|doubled|twice
{worse} ..2 (?:swell\w*|bump|lump|enflure|bosse|bruise|bruising|gonflement|hematoma)
plus (?:enfl\w*|gonfl\w*|bouffi\w*)
[urgent lump fades]
(?:hard|painful|sore|hot|warm|red|tender|firm|itchy|big|growing|large|weird|inflamed|throbbing|new|huge|infected) ..2
  (?:lumps?|nodules?|bumps?|ball|knot|mass|cyst|boil)
(?:lumps?|nodules?|bumps?|ball|knot|mass|cyst) ..5 (?:hard|painful|sore|hot|warm|red|hurts?|firm|itch\w*|throb\w*|
  growing|bigger|inflamed|infected|pain|tender|burning)
(?:lumps?|bumps?|bosses?|boules?) ..2 (?:all_over|everywhere|partout)
nodules?|granulom\w*|abces|abscess\w*|boils?|cyst|kyste|furoncle
(?:bosses?|boules?|masse|grosseur) ..4 (?:dures?|chaudes?|rouges?|douloureu\w*|mal|grossi\w*|infect\w*|pique\w*|
  enfl\w*|sensibles?)
(?:grosses?|dures?|chaudes?) ..1 (?:bosses?|boules?|masse|grosseur)
""",
    ),
    Topic(
        "infection",
        r"""
[urgent pus]
pus
(?:pus|pustul\w*|purul\w*)
[urgent infected fades]
infect\w*
cellulit\w*|impetigo|staph|mrsa|septic\w*|shingles|zona
looks|look|seems|getting ..1 septic
[urgent oozing fades]
ooz\w+|weeping|suint\w*
weep|weeps
discharge|drainage
(?:drain\w*|leak\w*|seep\w*|fluid|liquid) ..4 (?:{part}|fluid|liquid|yellow\w*|green\w*|clear|pus|out|from|wound|
  blister\w*)
(?:{part}|its|it|still|wound|spot|fluid|liquid) ..3 (?:leaking|draining|seeping|leaks|drains|seeps)
(?:yellow\w*|green\w*|honey|cloudy|golden) ..3 (?:crust\w*|fluid|liquid|stuff|discharge|goo\w*|scab\w*|ooz\w*|bumps?|
  gunk|substance|blister\w*|stain\w*)
crust\w* ..3 (?:yellow\w*|honey|green\w*|ooz\w*|fluid|leak\w*)
crusty|crusting|crusted
coule\w* ..3 (?:jaune|vert|blanc|liquide|sans_arret|encore|de_la|du)
(?:ca|plaie|peau|bouton|cloque|liquide|boutons|croutes?) ..2 coule\w*
(?:liquide|jus|ecoulement\w*) ..3 (?:jaune\w*|vert\w*|sort|coule|clair|qui)
croutes? ..2 (?:jaun\w*|miel|verte?s?|epaisses?|suint\w*|coul\w*)
[urgent smell]
(?:smell\w*|odou?r|stink\w*|reek\w*|foul) ..4 (?:bad|weird|funny|foul|awful|horrible|gross|nasty|rotten|wound|spot|
  area|coming|strange|rank|off)
(?:smells?|smelling) ..1 (?:funky|rank|fishy|sour|musty|putrid)
(?:bad|weird|funny|foul|awful|horrible|gross|nasty|rotten|strange) ..1 (?:smell\w*|odou?r)
(?:stinks|reeks|smelly)
(?:sent|odeur) ..2 (?:mauvais\w*|pas_bon|bizarre|drole|fort|pourri\w*)
(?:ca|plaie|peau|bouton) pue|pu
mauvaise odeur
[urgent streaks]
red ..1 (?:streak\w*|lines?|stripes?|trail\w*|track\w*)
(?:streak\w*|lines?) ..4 (?:red|going_up|up_my|down_my|spreading|from_the)
(?:lignes?|trainees?|stries?|traits?|train\w*) ..2 rouges?
""",
    ),
    Topic(
        "redness",
        r"""
[urgent growing fades]
redder|more_red|rouge_vif
(?:red\w*|rouges?|rougeur|plaque|rash) ,,8 (?:in|en|within) ..1 (?:hours?|heures?|minutes)
(?:rougeur|redness) ..2 (?:fachee|angry)
(?:rougeur|redness|red|rouge) ..4 (?:to|a|au|jusqu|till) ..2 (?:jaw|neck|ear|chest|eye|machoire|cou|oreille|poitrine|
  oeil) ,,3
  (?:overnight|nuit|hour|heure|this_morning|matin)
(?:rougeurs?|redness|rash|plaques?|infection|eruption) ..4 (?:s_etend\w*|etend\w*|s_etale\w*|se_repand\w*|
  s_agrandi\w*|gagne\w*)
(?:redness|red|pinkness|rougeur|rougeurs|heat|chaleur|darkness) ..5 {worse}|moving|travel\w*|creeping|climbing|
  racing|shooting|running_up|going_up|
  expand\w*|monte\w*|descend\w*|repand\w*|propage\w*|gagne|envahi\w*|rendue?
{worse} ..3 (?:red|redness|rougeur|rouge|rouges)
(?:getting|gets|got|turning|turned|becoming|became|even|much|growing) ..2 (?:red|redder) !carpet|dress|wine|light
(?:getting|gets|turning|turned|becoming|even|growing) ..2 red $
plus rouges? (?:qu|que|encore|et|pis|puis|$|depuis|aujourdhui|autour|,|.)
de plus en plus ..2 rouges?
(?:it|its|rash|infection|ca|c|plaques?|boutons?|eruption) ..3 (?:spread\w*|etend\w*|repand\w*|propage\w*|grandit|
  agrandi\w*|s_etend|se_repand) !the_word|the_love|word|love
(?:spread\w*|etend\w*|repand\w*|propage\w*) ..3 (?:{part})
spreading
[urgent hot fades]
(?:peau|visage|face|joues?|front) ..3 (?:bouillante?|brulante?|chaude)
(?:skin|face|cheeks?) ..3 (?:boiling|burning_up|hot)
red\w*|swollen|pink|skin|face|cheeks?|area|spot|bump|chin|it|its|lump|forehead|nose|leg|arm|side|site ..4 (?:hot|
  warm|burning_hot|boiling|on_fire|heat) !and_dry|weather|outside|water|yoga|in_here|out|day|shower
(?:hot|warm) ..2 (?:to_(?:the_)?touch|and_(?:red|swollen|throbbing|hard|painful|tender|sore|puffy)|skin|spot|area|
  lump|face|red|swollen)
(?:rouges?|enfl\w*|peau|visage|face|joues?|zone|bosse|front|menton|nez|jambes?) ..4 (?:chaude?s?|chauffe\w*|
  bouillante?|brulante?)
(?:chaude?s?|brulante?) ..2 (?:au_toucher|et_(?:rouge|enfl\w*|dure?|douloureu\w*)|rouge)
ca chauffe
[urgent very-red softens fades]
(?:very|really|so|super|bright|extremely|beet|angry|fire|crazy|deep|dark|insanely|way_too|quite|lobster|blood|fiery|
  cherry|tomato) ..1 red !carpet|dress|wine|light|eye|hair
red ..1 (?:as_a|like_a|and_(?:swollen|angry|sore|inflamed|painful|itchy|burning|raw|bumpy|puffy|hard|tender|hot|warm|
  throbbing|hurts?))
(?:very|really|so|super|extremely|tres|ben|vraiment|super|toute?s?|bien|tellement|trop|full|completement) rouges?
rouges? ..3 (?:ben_raide|au_boutte?|comme_un|en_crime|en_maudit|vif|et_(?:enfl\w*|douloureu\w*|ca))
(?:angry|inflamed|irritated) ..1 (?:skin|red|looking)
[routine red fades]
red|redness|reddish|pink|pinkish|pinkness|rosy|flushed|rouges?|rougeurs?|rosee?s?|rougit
warm|tiede
""",
    ),
    Topic(
        "broken",
        r"""
[urgent blister fades]
(?:cloches?|boutons?|poches?|bulles?) d eau
blister\w*|bubbl(?:ed|ing|es)|bubbles|cloqu\w*
ampoules? !de_(?:vitamine|serum)|brulee?s?_(?:au|dans)|led
(?:peau|visage|joue) ..3 bulles?
bulles? ..3 (?:peau|eau|visage)
[urgent burn fades]
burnt|burned|burns|burn ..4 (?:{part}|me|laser|marks?|ipl|peel|treatment|skin|blister\w*|since|from)
(?:{part}|laser|peel|ipl|treatment|treatments|she|they|you|got|me|was|bad|badly|actual|like_a|chemical|degree|have|
  thermal|laser) ..3 (?:burnt|burned|burns|burn)
(?:burn|burnt|burned) ..1 (?:marks?|spots?|scars?|areas?)
(?:brulures?|brulee?s?|brule) ..4 (?:{part}|laser|peeling|depuis|traitement|degre|au|a_cause|ipl|creme|vous|seance)
(?:{part}|ai|des|suis|marques?|me|m|avez|ete|grosse|laser|m_a|toute) ..2 (?:brulures?|brulee?s?|bruler) !de_fatigue|
  a_la_job|au_travail|par_la|,_grosse
marques? ..1 brulures?
(?:look|looks|looking|looked) ..1 (?:burnt|burned)
brulee?s? par (?:la|le|l|votre|une|vos) (?:machine|laser|appareil|creme|produit|peel\w*|ipl|epilation)
^ brulures?|burns|burn $
[urgent burning softens fades]
burning|burns ..3 (?:since|after|still|so|really|a_lot|badly|like|days?|hours?|bad|sensation|feeling|face|skin|from|
  now|and|more|worse|$)
(?:{part}|its|it|still|is|are|was|feels?|feeling|like|keeps|constant|been) ..3 (?:burning|burns|stinging|on_fire)
  !question|calories|deals?|to_know
(?:burning|stinging) ..2 (?:{part}|pain|sensation|feeling|hot|that|sting|bad)
(?:{part}) ..4 (?:on_fire|en_feu)
(?:brule|brulent|brulait|bruler|chauffe|chauffent) ..3 (?:encore|toujours|depuis|beaucoup|fort|sans|tellement|
  vraiment|pas_mal_fort|en|comme|apres|au|le|la|et|puis|partout|$)
(?:ca|peau|visage|face|joues?|zone|me|yeux) ..2 (?:brule|brulent|brulait|chauffe) !les_poches|d_envie|de
ca me brule
[urgent open]
(?:open|opened|raw|deep|bleeding|infected|gaping|weeping|new) ..1 (?:wounds?|sores?|skin|flesh|cut|spots?|areas?|
  patch\w*)
(?:wounds?|sores?|cuts?|incision|scabs?|stitches) ..3 (?:open|opened|opening|reopened|raw|bleed\w*|ripped|torn|
  popped|split)
sores ..2 (?:on|around|all|my)
ulcers?|ulcer\w*
wounds?
(?:skin|{part}) ..4 (?:raw|coming_off|came_off|falling_off|fell_off|sloughing|ripped_off|peeled_off|tore|torn|
  split\w*|cracked|broken|broke)
(?:came|coming|peeled|peeling|ripped|tore|falling|fell) off ,,4 (?:skin|raw|blood\w*|bleed\w*|painful|in_sheets|
  sheets|chunks|scab|bleeding)
peeling off in (?:sheets|chunks)
plaies?|ulceres?
(?:peau|chair|joue|visage) ..4 (?:a_vif|arrache\w*|lambeaux|decolle\w*|fendue?|ouverte?|creve\w*)
a vif
(?:peau|visage) ..2 (?:decoll\w*|leve|part_en|s_en_va_en|pele_au_sang)
(?:slough\w*)
(?:coupure|entaille|plaie|blessure) ..2 (?:ouverte?|profonde|qui_\S+|infect\w*)
(?:lambeaux|arrachee?)
[urgent scab-bleeds]
scabs? ..4 (?:bleed\w*|blood\w*|ooz\w*|pus|yellow|infect\w*|black)
croutes? ..3 (?:saign\w*|sang|noires?|infect\w*)
[urgent marks fades]
(?:marks?|lines?|burns?|patches|welts?|squares?|pattern|redness|scabs) ..3 (?:stripes?|striped|grid|squares?|
  rectang\w*|checker\w*|track\w*|zebra|railroad|tram)
(?:striped?|stripes|grid|checker\w*|zebra|rectangular|square|track|tram|railroad) ..1 (?:marks?|burns?|lines?|
  pattern|welts?|scars?|scabs)
(?:marques?|lignes?|rayures?|brulures?|taches?) ..2 (?:carree?s?|rayee?s?|rectang\w*|quadrill\w*|zebr\w*|en_lignes?|
  en_carres?)
zebr\w*
(?:barres?|carreaux|carres?|stripes?|bars?|grille|rayures?) ..4 (?:brunes?|foncees?|brown|visage|face|cuisses?|jambes?|
  peau|legs?|thighs?|shins?|bikini|joues?|cheeks?)
(?:dent|dents|hollow|hole|crater|dimple|indent\w*|divot|sunken|pit) ..4 (?:{part}|since|after|where|rf)
(?:{part}) ..3 (?:dented|hollow|sunken|indented|caved|sinking)
(?:creux|trou|trous|depression|enfoncement) ..4 (?:{part}|depuis|rf|la_ou)
(?:scar|scars|scarring|scarred|cicatrices?|keloid\w*) ..3 (?:new|since|from_the|after|left|worse|laser|treatment|
  depuis|apres|laisse\w*)
(?:new|laser|left_a|leaving|have) ..2 (?:scars?|scarring|scarred)
welts?
""",
    ),
    Topic(
        "rash",
        r"""
[urgent hives fades]
hives|urticaires?|welts
[urgent rash fades]
rash\w*|eruptions?|dermat(?:itis|ite)
plaques? ..5 (?:rouges?|pique\w*|gratte\w*|demange\w*|partout|visage|face|cou|joues?|corps|boursouf\w*|chaudes?|
  depuis)
(?:ai|des|plein|pleine|grosses|avec|de|couverte?) ..2 plaques
(?:red|itchy|rashy|bumpy) ..1 (?:red|itchy|rashy|bumpy) ..1 {part}
red ..1 (?:bumps|spots|dots) ..3 (?:all_over|everywhere|itch\w*|spread\w*)
(?:boutons?|bumps) ..3 (?:pique\w*|demange\w*|grattent|itch\w*|partout_(?:pis|et)_ca)
folliculit\w*
[urgent coldsore]
coldsores?
herpes|herpe
[urgent itch softens fades]
itch\w* ..3 (?:so|like_crazy|like_mad|bad|badly|everywhere|all_over|unbearable|nonstop|constant\w*|a_lot|intense|
  severe|crazy|welts|bumps|rash)
(?:so|very|really|super|extremely|crazy|insanely|constantly|unbearabl\w*|intense|severe|intensely) ..1 itch\w*
itch\w* ..3 bump\w*
(?:pique\w*|gratte\w*|demange\w*) ..3 (?:partout|sans_arret|en_malade|tellement|beaucoup|fort|sans_bon_sens|ben|
  au_boutte|sans_cesse|comme|sans_bon)
demange\w* ..3 (?:boutons|plaques|rouge)
[routine itch fades]
itch\w*|demange\w*|gratte|grattent|picote\w*
(?:ca|me|peau|visage|face|joues?) ..2 (?:pique|piquent|gratte|tire|tiraille)
""",
    ),
)
