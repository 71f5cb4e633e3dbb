"""Idioms with words of grave signs: breath, sight, heart, blood, emergencies. `PRICE` is any word of money."""

TABLE = r"""
{cannot} ,,2 (?:breathe|respirer|see|move|voir|bouger|breath) ,,4 (?:jeans|dress|pants|mask|spanx|bra|laughing|laugh|
  traffic|corset|costume|masque|rire|ris|work|job|schedule|congestion|stuffy|stuffed|snoring)
(?:laughing|laughed|laugh|ris|rire|ri|laughing) ,,5 (?:breathe|breath|respirer|souffle|died|dying|passed_out|
  cannot_\S+|crying|mourir|mort|morte|etouffe\w*|etouffer|choke\w*|choking)
(?:breathe|breath|respirer|cannot|died|dying|etouff\w*|chok\w*|crying|mourir|pleure) ,,5 (?:laughing|laughed|laugh|
  rire|ris|hilarious)
(?:takes?|took|taking|steal\w*|stole) ..2 breath ?away
(?:coupe|couper|coupent) ..1 souffle
a couper le souffle
breath\w* ..2 (?:fresh_air|air) !hunger
breath of fresh air
(?:hospital|hopital|er|emergency|urgence) ..1 (?:with|for|avec|pour) ..1 {kin} !who|qui|after|apres
seizure of ..1 my|the|assets|car
ambulance ..3 (?:block\w*|passed|street|road|traffic|bloque\w*|rue)
(?:pris|prise) a la gorge
(?:food_poisoning|stomach_bug|intoxication|gastro|flu|grippe|hangover) ,,6 (?:dizz\w*|etourdi\w*|headaches?|migraines?|
  throwing_up|vomi\w*|puk\w*|nause\w*|faible|weak)
(?:dizz\w*|etourdi\w*|headaches?|throwing_up|vomi\w*|puk\w*|nause\w*) ,,3 (?:from|with|par|de|a_cause|because_of) ,,2
  (?:food_poisoning|stomach_bug|intoxication|gastro|flu|grippe|hangover)
(?:flu|grippe|covid|cold|rhume|gastro|strep|bronchite|bronchitis|virus|pneumonia|sinusite) ,,6 (?:fever|fievre|cough|
  chills|frissons|toux|mal_a_la_gorge|sore_throat|throat_is_sore|vomi\w*)
(?:fever|fievre|cough|toux|mal_a_la_gorge|sore_throat|throat_is_sore|throat_sore|vomi\w*) ,,4 (?:from|with|avec|
  a_cause|de|d|du)? ,,2 (?:flu|grippe|covid|cold|rhume|gastro|strep|bronchite|virus)
(?:headache|mal_de_tete) of|de a|la day|job|week
{cannot} ,,1 (?:breathe|respirer) ,,4 (?:excit\w*|nervous|hate)
blind ,,2 (?:to|love)
(?:etouff\w*|suffocat\w*) ..3 (?:metro|bus|autobus|auto|char|subway)
breathtaking\w*
(?:retien\w*|retenir|perd\w*|gaspille\w*|reprendre) ..1 souffle !depuis|apres_l_injection
(?:hold|holding|hold_your|save|saving|waste|wasting|held|catch|catching) ..1 breath ,,6 (?:wait\w*|until|till|see|
  results?|traffic|minute|bus|run\w*|stairs|be_there|call)
(?:out|short) of breath ,,5 (?:run\w*|ran|bus|stairs|train|late|gym|jog\w*|walk\w*|climb\w*|bike|rush\w*|parking|
  hurry\w*|be_there)
(?:run\w*|ran|bus|stairs|train|late|gym|jog\w*|rush\w*|hurry\w*) ,,5 (?:out|short) of breath
a bout de souffle ,,5 (?:cour\w*|autobus|bus|escaliers?|metro|marche|montee?|jogging|gym)
(?:cour\w*|escaliers?|marche|monte|jogging|gym) ,,5 (?:a_bout_de_souffle|essouffl\w*)
essouffl\w* ,,5 (?:cour\w*|escaliers?|autobus|bus|metro|gym|jogging|marche)
(?:let|give|gives|giving|laisse\w*|need|besoin) ..2 (?:me|moi|minute_to|room_to) ..1 (?:breathe|respirer|souffler)
air ?de (?:rien|famille|vacances|climatise)
(?:air|airs) (?:conditioning|conditioner|canada|miles|port|bnb|fryer)
chok\w+ ,,4 (?:PRICE|coffee|lunch|bill|up)
chok\w+ ..2 up
(?:faint\w*|evanoui\w*|pass\w*_out) ..2 (?:laughing|laughter|rire|excitement|excitation)
(?:wheez\w*|siffl\w*|breathless|essouffl\w*) ..1 (?:dog|cat|chien|chienne|chat|with_excit\w*|with_joy|from_excit\w*|
  d_excit\w*|de_joie)
(?:dog|cat|chien|chienne|chat) ..2 (?:wheez\w*|siffl\w*)
bleeding hearts?
(?:examen|test|exam|clinique|soins) ..1 (?:de_la|pour_la|of)? ?my (?:vue|vision|eyes)
(?:pastilles?|lozenges?|sirop|spray|candies) ..2 (?:gorge|throat)
(?:PRICE) ,,6 (?:mal_a_la_poitrine|mal_au_coeur|crise_de_coeur|chest_pains?|heart_attack)
failli ..3 (?:perdre_connaissance|mourir|tomber|m_evanouir) ,,4 (?:PRICE)
(?:chest|poitrine|throat|gorge|neck|cou) ,,4 (?:price|prices|package|combien|forfait|cost|how_much|hair|poils?|chakra)
(?:how_much|combien|price|package|forfait) ,,4 (?:chest|poitrine|throat|gorge)
(?:im|so|pretty|was|am|bit|little) ..1 choked ..1 (?:i|about|that|up|we|because|but)
(?:911|9_1_1) (?:on|st|street|ave|avenue|rue|boul\w*|blvd|road|rd|chemin|ch)
{cannot} ..2 (?:breathe|respirer) ,,4 (?:busy|occupee?|booked|swamped|debordee?|agenda|schedule)
(?:busy|swamped|booked|debordee?|occupee?) ,,5 {cannot} ..2 (?:breathe|respirer)
(?:PRICE) ,,5 (?:etouff\w*|chok\w*|suffo\w*|faint\w*|evanou\w*)
(?:etouff\w*|suffo\w*|suffocat\w*) ,,4 (?:agenda|horaire|travail|job|semaine|reunions?|weather|heat|chaleur|humidity|
  meteo)
(?:weather|heat|humidity|air|humidite|chaleur|canicule|boss|job|patron|schedule) ..3 (?:suffocat\w*|suffo\w*|
  etouff\w*|stifling)
blind as a bat
aveugle comme une taupe
faint\w* (?:couch|goats?|sofa|of_heart)
eye sight test
etouff\w* ,,4 (?:traffic|trafic|bureau|chaleur|humidite|travail|job|mask|masque|dettes|PRICE|rires?|haha)
(?:traffic|trafic|bureau|chaleur|humidite|canicule|travail|job|rire|fou_rire) ,,3 etouff\w*
{cannot} ..2 (?:swallow|avaler|digest) ..2 (?:PRICE|that|news|pride|pills?|pill|les_prix|pilules?)_?(?:price|bill|
  cost)?
(?:hard|tough|difficile|dur) ..2 (?:to|a) (?:swallow|avaler|digerer) ..3 (?:PRICE)?
(?:PRICE) ..4 (?:hard_to_swallow|dur_a_avaler|difficile_a_avaler|hard_pill|a_avaler)
hard pill to swallow
swallow\w* ..2 pride
(?:tongue|langue) ..3 (?:tied|cheek|twister|a_terre|de_vipere|de_bois|maternelle|francaise|anglaise|dans_ma_poche|
  pendue|sortie)
(?:bite|biting|bit|tip|slip|cat_got|mordu|tourne\w*) ..3 (?:tongue|langue)
(?:lips) ?are sealed
(?:levres|bouche) ..1 (?:scellees?|cousue)
(?:rouge|baume|crayon) a levres
lip (?:gloss|stick|balm|liner|service|filler|fillers|flip|blush|injections?|augmentation|appointment)
lipstick\w*
(?:mouth|bouche) ..2 (?:watering|oreille|bee)
voicemail\w*
(?:voice|voix) mail\w*
lost my voice ,,4 (?:cheer\w*|concert|singing|game|karaoke|cold|screaming_at)
(?:cannot|dont|doesnt|couldnt) ..1 see ?where|why|how|if|what|any|the|my|a|your|it|that|them|anything|this ..5
  (?:link|links|address|times?|appointment|booking|options?|email|message|messages|calendar|map|buttons?|page|
  website|site|availab\w*|slots?|spots?_(?!in)\S+|openings?|results?|difference|improvement|changes?|invoice|receipt|
  photos?|pictures?|form|forms|attachment|instructions|number|confirmation|point|problem|date|parking|sign|entrance|
  door|building|text|schedule|account|portal|name|details)
{cannot} see (?:myself|you|him|her|jenna|dr|doctor|why|how|it_happening|it_working|where|what|if|that_happening|
  that_working|me)
{cannot} see (?:it|that|them|any) ?yet|here|anywhere|on|in $
(?:vois|voit|voir|trouve) ?pas|nolonger ..3 (?:lien|adresse|heures?|rdv|message|courriel|dispos?|disponibilites?|
  page|site|bouton|options?|difference|resultats?|changements?|pourquoi|comment|quand|facture|photos?|calendrier|
  numero|porte|entree|places?|plages?|ou|probleme|interet|rapport|formulaire|confirmation|carte|stationnement|date|
  de_place|ce_que)
cannot voir ..3 (?:lien|adresse|heures?|rdv|message|courriel|dispos?|disponibilites?|page|site|bouton|options?|
  difference|resultats?|facture|photos?|calendrier|numero|docteure?|dre?|julie|formulaire)
(?:see|seeing|saw) (?:you|u|ya|her|him|dr|someone|jenna|results?|about|what|if|the|my|a) ..2 (?:double|
  blurry)?_?(?:chin|booking|booked|bookings|charge|charged)?
(?:seeing|see|saw|booked|booking|charged|vois|facture) ..1 (?:double|doubles|deux_fois|en_double) ,,4 (?:bookings?|
  booked|appointments?|charge\w*|messages?|texts?|calendar|rdv|reservations?|messages?|lol|fatigu\w*|haha|payments?|
  paiements?|textos)
(?:double|doubly) (?:booked|booking|bookings|check|checking|charged|charge|chin|menton|cleanse|espresso|date|text|
  texted|duty|shift)
(?:blurr?y|blurred|floue?) ..1 (?:photos?|pics?|pictures?|image|images|screenshot|video|text|line|lines|link|map)
(?:photos?|pics?|pictures?|image|images|screenshot|video|link|map|scan) ..4 (?:blurr?y|blurred|floue?s?|
  embrouillee?s?|fuzzy)
(?:lost|lose|losing) sight of
perdue?s? de vue
perdu la vue d ensemble
(?:point|a_premiere|belle|garde_a|a_perte_de|en|coup_d|etc) ..1 vue
(?:turn|love_is|went_in|flying|going_in|date) ..1 blind
blind (?:date|dates|spot_mirror|item|trust|faith|buy|box)
(?:blind|aveugle) ..1 (?:without|sans) ..2 (?:glasses|contacts|lunettes|lentilles)
color blind|colorblind|blinds
eye (?:roll|opener|opening|contact|candy|liner|shadow|cream|brow_(?:wax|tint|appointment)|exam|doctor_appointment|
  appointment)
(?:roll\w*|catch|keep|kept|keeping|caught|private|bird_s|apple_of) ..3 eyes?
(?:eyes?|yeux|oeil) ..4 (?:water\w*|tear\w*|pleur\w*|peeled|popp\w*|open_for|de_la_tete|eau|mouilles) ..3
  (?:laugh\w*|rire|onion\w*|joy|happy|movie|PRICE)?
(?:coute|coutent) ..1 yeux ..3 tete
^ mon oeil $
clin d oeil|coup d oeil
(?:see|in|new|different|best|first|good|green|red|traffic|day|night|light|shed|bring|feux?) light
(?:heart|coeur) ..3 (?:skip\w*|rac\w*|melt\w*|burst\w*|flutter\w*|sing\w*|bat|palpite) ,,8 (?:saw|see|seeing|new_me|
  results?|excited|excitement|happy|love|sale|news|PRICE|deal|rabais|photo|mirror|joie|excitation|hate|contente?|
  nerves|bonheur|vos|voir|promos?|special)
(?:excited|excitement|nervous|happy|love|joie|hate|contente?) ,,5 (?:heart|coeur) ..3 (?:skip\w*|rac\w*|pound\w*|bat|
  flutter\w*)
heart ..1 (?:set|warming|felt|broken|breaking|breaker|to_heart|of_gold|of_the|shaped|day|emoji|eyes|melts?|is_full|
  full|and_soul|throb)
(?:broke|breaks|breaking|cross|bless|whole|by|at|bottom_of|all|love|sweet|young|in|change_of|my_poor|home_is_where)
  ..2 (?:hearts?) !(?:rac|pound|skip|is|beat|hurts|stop|attack|rate|palp|has|was|keeps|feels|started)\w*
(?:coup|coups|gros|bon|tout|par|a|bon|de|crise_de|joli|de_tout) (?:de_)?coeur !qui|bat|debat|me|vite
coeur ..1 (?:sur_la_main|brise|joie|a_la|leger|d_or|de_pierre|net)
mal (?:de|au) coeur ,,4 (?:voyant|vu|pense\w*|PRICE|haha|taxes)
(?:heart_attack|crise_(?:de_coeur|cardiaque|du_coeur)|stroke|avc|fainted|faint|passed_out|died|evanouie?|infarctus|
  tombee?_dans_les_pommes|tomber_dans_les_pommes|connaissance|choc|shock\w*|faints?) ,,6 (?:PRICE|when_i_saw|
  seeing_the|voyant|en_voyant|quand_j_ai_vu|bank|visa|visa_bill|taxes|lol|haha|traffic|news|results?|resultats?|
  rabais|how_much|combien)
(?:PRICE|bill) ,,6 (?:heart_attack|crise_(?:de_coeur|cardiaque|du_coeur)|faint|fainted|faints|pass_out|passed_out|
  evanou\w*|tomber_dans_les_pommes|shock\w*|stroke|choke\w*|blind|sick|dizzy|etourdi\w*)
(?:almost|nearly|about|practically|failli|presque|gave_me|gives_me|give_me|giving_me) ,,3 (?:a_heart_attack|
  heart_attack|a_stroke|die|died|dying|mourir|morte?|kill|faire_une_crise) ,,6 (?:when|lol|haha|seeing|saw|voyant|
  PRICE|laughing|quand|de_rire|peur|scared|text|alarm)
(?:stroke|strokes) of (?:luck|genius|midnight|brilliance)
(?:luck|genius|brush|back|different|key|pen) strokes?
pass\w* out ,,6 (?:couch|asleep|sofa|early|at_(?:@time|\d+)|tired|bed|flyers?|cards?|drunk|nap|exhausted|hard_last|
  work|after_work|from_work|watching|missed)
(?:fell_asleep|so_tired|exhausted|drunk) ,,3 pass\w* out
(?:faint|faintly) (?:pink|red\w*|lines?|marks?|scars?|bruis\w*|trace|smell|glow|lighter|yellow|idea|spots?)
black\w* ?out (?:dates?|curtains?|friday|blinds|drunk)
(?:power|blackout|panne|electricity) ..3 (?:out|blackout|outage|courant)
black (?:friday|cat|coffee|bag|dress|belt|tie|card|car|suv|truck|door|fly|hair|clothes|shirt|pen|or_white|list|
  market|mask|tea|pepper)
(?:black|white|blue|grey|gray|purple|red|pink) or (?:black|white|blue|grey|gray|purple|red|pink|nude)
(?:white|red) (?:wine|lie|lies|noise|board|coffee|shirt|top|towel|robe|truck|car|sheets|christmas|rabbit|door|
  building|house|out|dress|bread|rice|pages|carpet|light|flag|hair|eye|head|alert|dress|lipstick|bull|cross|deer|
  pants)
(?:vin|riz|pain|nuit|sapin|carte|serviette|robe|drap|mensonge|liste|tableau|page|neige|marche|cafe|chat|vendredi|
  humour|travail|magie|bete|ceinture|cheveux|poils?|duvet|sac|auto|char|souliers?|manteau|feu|tapis|croix|fil|
  camion|bloc|porte|maison|edifice|batisse|stylo|ciel|jeans|jour|fleur|col|poisson|maillot) (?:blanche?s?|noire?s?|
  rouge|gris\w*|bleue?s?|bleu)
(?:blue|grey|gray) (?:moon|monday|jays?|cross|tooth|sky|skies|bird|car|door|building|eyes|hair|jeans|badge|bin|area|
  light|collar|print|bloods)
(?:feeling|feel|out_of_the|got_the|baby|winter|rhythm|sunday) blues?
(?:bleu|noir|blanc|vert|rouge|gris) (?:ou|marin|pale_ou|ciel|royal) ?bleu|noir|blanc|rouge|rose
(?:fear|peur|trouille|colere) bleue
(?:carte|page|nuit|passe) blanche
(?:idees|bete|marche|caisse|boite|vendredi|black) noires?
(?:grey|gray|white) (?:hair|hairs|area|whiskers)
(?:have|having|with|for|on|ai|avec|pour|sur|got|having|the|a|of) ?very|the|my|la|une|les|une|more ?really (?:black|
  white|pale|fair|dark|darker|brown|light|tanned) skin ?tones?|type|color ?,|is|if|ok|okay|can|does|will|safe|too|
  and|would|$
(?:ai|avec|pour|sur|les|une|des) ?la|une|les|tres peaux? ?tres|plus (?:noires?|blanches?|pales?|foncees?|matte?|
  mates?|brunes?|claires?) !et_(?:froide|ca|enfl)|autour|a_cote|depuis|la_ou|sur|a_l
(?:white|black|peau_blanche) ..1 (?:sunscreen|cast|cream|powder|zinc|mask|residue)
(?:sunscreen|zinc|cream|mineral|ecran|creme|masque|powder|poudre) ,,5 (?:white|whitish|blanche?|grey|gray|blue|purple)
(?:face|skin|visage|peau|lips) ,,4 (?:white|blue|purple|grey|gray|black|blanche?|bleue?|noire?) ,,4 (?:sunscreen|
  zinc|mask|lighting|paint|makeup|ecran|creme|masque|maquillage|ink|clay|charcoal|argile|lipstick|cold_outside|
  froid_dehors)
(?:hair|cheveux|dress|nails?|ongles|car|toenails?) ..3 (?:purple|blue|black|white|grey|gray|mauves?|bleus?|noirs?|
  gris|blancs?)
(?:purple|blue|pink|mauve) (?:hair|shampoo|light|dress|couch|chairs?|elevator|sign|door|building|wall)
(?:nose|nez|ears?|oreilles?|fingers?|toes?|hands?|mains?|doigts|feet|pieds|lips|levres|face) ,,4 (?:frozen|freezing|
  cold|gelee?s?|froide?s?|blue|bleus?|bleues?|numb|gelee?|engourdi\w*) ,,5 (?:out|outside|weather|winter|dehors|
  hiver|snow|neige|wind|vent|bus|pool|skating|parking|waiting|ice)
(?:freezing|cold|frette|froid|winter|snow|minus|froide) ?out|dehors|outside ,,6 (?:fingers?|nose|toes?|hands?|face|
  ears?|doigts|nez|oreilles?|mains?|pieds|lips|levres|frozen|numb|gelee?s?) ..2 (?:numb|frozen|blue|cold|red|
  gelee?s?|engourdi\w*|rouges?|bleu\w*)
(?:suis|est|sommes|m_en_viens|chu) ..1 gelee?s? ?ben|comme ?raide ,,4 (?:dehors|auto|ouvr\w*|char|arret|bus|porte|
  parking)
brain freeze|freeze|frozen_(?:pizza|food|yogurt|account|screen)
(?:a|the|common|head|bad|chest|nasty|terrible|awful|have_a|got_a|caught_a|catching_a|with_a) cold !patch|spot|area|
  skin|sweat
have|got|caught ..2 (?:a_cold|the_flu|covid|strep|bronchitis|pneumonia|sinus\w*|stomach_(?:flu|bug)|sore_throat)
cold (?:outside|weather|brew|front|feet|day|snap|shoulder|drink|pizza|coffee|in_here|in_the|call|calls|season|water)
(?:chest_cold|sore_throat|mal_de_gorge|strep_throat)
off (?:my|your|the) chest
chest (?:of|freezer|drawers|day|press|hair|workout|laser|wax|treatment|appointment)
(?:hair_removal|laser|wax\w*|peel|microneedling|treatment|treat|do) ..3 chest
(?:epilation|laser|traitement|traiter|faire) ..3 (?:poitrine|decollete)
(?:tongue|throat|jaw) ..2 (?:dropped|drop|drops|on_the_floor)
jaw ..1 (?:drop\w*|line_filler)
(?:drop\w*|dropping) (?:off|by|dead|me|in|out|my|her|him|the|a|it|price|prices|ball)
face (?:drop|drops|dropped) ,,4 (?:when|PRICE|saw)
(?:face|fait|faire|pile|volte|pour) (?:a_face|time|book|mask|wash|cream|off|to_face|value)
facebook|facetime
en face de|du|d
face a|au|aux
cannot ..1 move ..2 (?:meeting|appointment|it|that|things|my_(?:shift|meeting|schedule|class|flight|work|
  appointment)|the_(?:meeting|appointment|time|date)|anything)
cannot ..1 (?:lift|use|control|hold|feel) ..3 (?:spirits|link|app|website|page|coupon|gift|traffic|kids|
  the_difference|a_difference|difference)
cannot ..1 (?:walk|stand) ..2 (?:in|by|there|to_the|from|him|her|it|them|this|that|the|you|people|waiting|being)
(?:weak|faible) ..3 (?:signal|wifi|connection|coffee|reseau|battery|internet|spot|week|point|moment|for_chocolate)
(?:slow|rough|bad|weak|long|dead|crazy|busy|big|tough) (?:week|day|month|season|line|signal)
(?:limp|drooping|droopy) ..2 (?:plant|flowers?|hair|handshake)
(?:pores?) ..3 (?:enlarged|huge|big|bigger|large)
(?:enlarged|huge|big|large) pores
(?:bleed|bleeding|bleeds|bled) ,,3 (?:into|over|money|cash|edge|heart|wallet|dry|account|friday|monday|next|the_next|
  schedule|me_dry|wallets?)
(?:bleed\w*|hemorr\w*) ,,4 (?:credit|card|bank|account|wallet|budget|money|visa|cash|finances)
(?:saigne\w*) ..3 (?:blanc|portefeuille|compte|budget|banque|bourse)
(?:bon|mon|bain_de|pur|bon_dieu_de) sang
nose ?bleeds? ,,6 (?:kid|son|daughter|school)
blood (?:work|test|tests|thinners?|type|draw|pressure|sugar|donation|drive|moon|orange|clinic|drive|results?|sweat|
  lab)
(?:give|giving|donat\w*|gave|draw) blood
prise de sang ?demain|lundi|mardi|mercredi|jeudi|vendredi|a|avant|pour|ce
(?:allergic|allergie|allergique|allergiques|allergies) ,,3 (?:mornings?|mondays?|work|waiting|early|bullshit|lundis?|
  matins?|travail|attendre|drama|ex|traffic|prices|men|job|school|hiver|winter)
(?:allergic|allergique|allergies) ,,3 (?:cats?|dogs?|chats?|chiens?|pollen|dust|poussiere|hay|ragweed|arachides?|
  herbe)
(?:seasonal|spring|pollen|saisonnieres?|de_saison|printanieres?|bad) allergies
no known allerg\w*
(?:never|jamais|pas|aucune?|without|sans|no|not|nolonger|any) ..4 (?:allergie|allergies|allergic|allergique|allergy)
(?:positive|great|good|happy|amazing|fun|nice|chain|gut|lovely|mixed|first|best|funny|bonne|belle|super|temps_de|
  priceless|his|her|husbands?|their|everyone|boyfriends?) ..1 reactions?
(?:sale|sticker|culture|total|big|in|future|price|electric|still_in|thermal) shock ,,3 (?:lol|PRICE|at|that|when|
  haha|how)
shock\w* (?:at|by|to|that|how|when|you|absorber|value)
choqu\w* ..2 (?:par|de|que|apres|contre|prix)
(?:choc|shock) ..2 (?:PRICE|culturel|thermique)
(?:er|emergency|urgence|hospital|hopital|icu|ambulance|paramedics?|ambulanciere?|911) ,,3 (?:nurse|nurses|doctor|dr|
  doc|shift|shifts|staff|infirmiere?|medecin|medecins|docteure?|quart|worker|dispatcher|tech|rotation|clerk|
  next_door|residency|schedule|physician|preposee?|training|gown|drama|tv|show|gala|foundation|fondation|parking|
  stationnement|entrance|entree|campus|cafeteria|gift|drive|fleet|show|episode|series)
(?:nurse|doctor|work|works|working|worked|shift|job|employee|volunteer|resident|physician|travaille\w*|travail|
  infirmiere?|medecin|employee?|stage|benevolat|etudie|quart|chiffre|teach|paramedic|ambulancier|ambulanciere) ,,4
  (?:er|emergency|emergency_room|hospital|urgence|hopital|icu|ambulance|ems|911|l_urgence|l_hopital|aux_urgences|
  soins_intensifs|dept)
(?:im|i_am|am|is|suis|as|is_a|was|mon_mari_est|est) ?an|a|une|un (?:er|emergency|paramedic|ambulanciere?|paramedics?|
  911|hospital) ..2 (?:doctor|nurse|dr|doc|dispatcher|worker|tech|\.|,|$|and|so)
(?:er|urgence|hospital|hopital|emergency) ..2 (?:called|asked|needs?|paged|appele\w*|demande\w*|besoin) ..3 (?:me|m|
  de_moi) ,,5 (?:shift|work|in|quart|travail\w*|rentrer|remplacer)
(?:urgence|hopital) ,,2 (?:m_a_appelee?|m_appelle|m_a_demandee?) ,,5 (?:quart|shift|travail\w*|rentrer|remplacer)
(?:near|next_to|by|beside|across|across_from|behind|past|close_to|opposite|pres|proche|a_cote|en_face|derriere|passe|
  at_the_same|face|coin|corner|stuck_behind|pulled_over|followed|let) ..3 (?:hospital|hopital|urgence|ambulance|er)
(?:hospital|hopital|urgence) ..2 (?:parking|lot|entrance|entree|building|stationnement|campus|building|side|street|
  visit\w*)
(?:visit\w*|seeing|picking_up|dropping|visiting|visite\w*|voir) ,,5 (?:hospital|hopital|er|urgence)
(?:family|work|personal|home|wedding|hair|fashion|dental|plumbing|childcare|pet|vet|car|last_minute|small|little|
  school|job|tooth|beauty|makeup|brow|bikini|slight|minor|house|roof|babysit\w*|financial|travel|dog|cat|staffing|
  office) ..1 emergenc(?:y|ies)
emergenc(?:y|ies) ,,4 (?:work|job|home|wedding|family|school|plumber|contact|appointment|babysit\w*|school|meeting|
  vet|dentist|came_up|room_(?:nurse|doctor|physician)|brow|facial|fund|office|exit|leave|with_my|with_the|
  at_the_office|childcare|bills)
(?:had|have|having|got|dealing|was|there_was|is|came|comes|another) ?an|a|with emergenc(?:y|ies) ,,10 (?:cancel|
  reschedule|rebook|move|come|make|postpone|attend|late|later|rdv|change|different|miss|call_you)
in ?an|case ?of|an emergency
urgences? ,,4 (?:familiale?|famille|job|travail|bureau|ecole|maison|dentaire|plomberie|personnelle|enfants?|garderie|
  beaute|sourcils?|chien|chat|collegue|auto|professionnelle|ouvrage|contact|mariage)
(?:ai|eu|avais|pogne|avait|arrive|survenu) ..2 (?:une_)?urgence ,,10 (?:annuler|annulez|reporter|deplacer|venir|
  remettre|rdv|changer|retard|cannot|serai)
pas ?d|une|vraiment|si|l urgence|urgent
(?:pas|rien|nothing|not|isnt|no) ..2 (?:urgent|urgence|presse|emergency|rush)
(?:urgent|urgente) ,,5 (?:meeting|reunion|deadline|dossier|job|besoin_d|matter_at|work|call_from)
(?:911|porsche|sept_11|9_11) ?rue|boul|chemin|av|street|st|ave|avenue|road|rd|main|king|queen|dr|drive|lane (?:rue|
  main|street|st|ave|avenue|road|rd|boul|boulevard|chemin|av|drive|dr|lane|porsche|king|queen|911|sherbrooke|
  \S+_(?:street|st|ave|road|rd|rue))
porsche 911|911 porsche
@phone
(?:kill|kills|killing|killed|killer) (?:time|it|the|two|for|deals?|bees?|look|results?|workout|my_(?:vibe|mood|back|
  feet|wallet|schedule|budget)|him|her|them|us|you|heels|abs|view|price|prices|outfit|skin|instinct|whale|bird|mood|
  vibe)
(?:kill|die|dying|died|tuer|mourir) ..1 (?:for|to|pour|d_envie|of|from|de) (?:that|this|those|a|an|the|it|see|know|
  try|get|have|look|go|come|laughter|laughing|boredom|heat|curiosity|embarrassment|hunger|thirst|envie|faim|soif|
  rire|honte|chaud|chaleur|impatience|ennui|hate|voir|avoir|savoir|venir|fatigue|froid|curiosite|your|my|these|some|
  results?|peur|new|here|waiting|old|stress|them|gene|bonheur)
(?:id|would|will|could|gonna|going_to|might) ?literally kill (?:for|my|him|her|them|someone|somebody|a|you|the|to|
  this)
(?:to|a) (?:die|mourir) for|de|d
(?:results?|skin|brows|look|c_est|resultats?|deal|food|prix) ..2 (?:to|a) (?:die|mourir)
(?:want|wanted|wanna|could|voulais|voudrais|veux|going) ?to ?just (?:die|mourir) ,,3 (?:embarrass\w*|laugh\w*|shame|
  honte|rire|gene|haha|lol|mortified|hot|chaud)
(?:meurs|meurt|meure|mourais|mourir|morte?s?|mort) (?:d|de|en|a) ?envie|faim|rire|chaud|fatigue|honte|hate|soif|
  froid|ennui|impatience|peur|chaleur|curiosite|stress (?:\S+)?
(?:morte?s?|creve\w*) ?ben|de (?:de|raide|fatigue|rire|faim)_?(?:rire|fatigue|faim|fatiguee)?
(?:phone|battery|car|laptop|plant|watch|signal|wifi|cell\w*|telephone|batterie|char|auto|ordi|pile|chat|chien|dog|
  cat|fish|grandm\w*|grandf\w*|dad|mom|father|mother|uncle|aunt|pet) ,,4 (?:dead|died|dying|die|dies|mort|morte|
  meurt|mourir|va_mourir|dead_again|creve)
(?:dead|drop_dead|deadly) (?:tired|battery|line|end|gorgeous|serious|last|on|lift|pool|set|inside_lol|lol|weight|
  phone|car|week|spot)
"""
