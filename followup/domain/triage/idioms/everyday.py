"""Idioms with words of death, pain, skin and the body's parts. `PRICE` is any word of money."""

TABLE = r"""
dead|morte?|mort :laugh:|lol|haha|lmao
dead skin ?cells?|is|off
peaux? mortes?
dead|dying :laugh:
(?:im|i_am) ?so|literally dead ?lol|haha|:laugh:|tired|,|.|$
(?:dying|die|died) ,,3 (?:to_(?:see|know|try|get|come|have|book)|laughing|laughter|over_here|hunger|boredom|lol|haha|
  :laugh:|inside_lol|my_hair|my_eyebrows|hair|heat)
dying (?:my|her|the|hair|eyebrows)
(?:heat|traffic|weather|job|kids|boss|shoes|feet_in|humidity|suspense|work|wait|waiting|cold|prices?|back_to_back|
  chaleur|trafic|heels) ..3 (?:killing|kills|tue|me_tue|tuent|unbearable|insane|a_pain|torture|is_pain)
(?:me|te) (?:tue|tuent) ,,4 (?:chaleur|humidite|job|travail|trafic|enfants|attente)
une tuerie
a tuer
end (?:of|up|time|date|result|results|user|game|at|before|zone|goal|by|on|around|early|late)
(?:at|by|on|in|the|week|dead|front|back|year|month|south|north|east|west|high|loose|cul_de_sac|this|that|my) end !my|
  it
(?:end|ending|ends) ,,2 (?:shift|meeting|class|work|day|week|month|call|subscription|membership|texts?|messages?|
  contract|abonnement|service|late|early)
en finir avec (?:les|ces|mes|cette|ce|la_cellulite|mon|ma|le|l)_?(?:poils?|taches?|rides?|acne|cicatrices?|pilosite|
  boutons?|traitements?|series?)?
(?:life|vie) (?:saver|changing|savers|got|happens|long|style|insurance|hack|is_busy|is_crazy|gets|sociale|changed|
  active|de_fou)
(?:save\w*|change\w*|changing|sauve\w*|love|loving|aime|story_of|best_of|time_of|real|busy|such_is|time|social|night|
  new|whole|enjoy|my_work|that_s|c_est_la|pour_la|toute_ma|belle|vive_la) ..2 (?:life|vie) !anymore|myself|is_over
(?:c_est_la|qualite_de|cout_de_la|niveau_de|assurance) vie
(?:cut|cutting|coupe|couper|coupee) ..2 (?:myself|me|moi) ,,4 (?:shav\w*|cook\w*|kitchen|rasant|cuisin\w*|paper|
  knife_while|finger|doigt|off|some_slack|short)
cut (?:it|off|short|the|down|back|in|my_(?:hair|bangs|trip|finger|hours)|hair|price|short)
hurt\w* ,,3 (?:to_ask|feelings|feeling|wallet|my_(?:wallet|bank|soul|budget|pride)|the_(?:wallet|bank|budget)|ask|
  bank_account|budget)
(?:hurt|hurts|hurting) myself ,,6 (?:gym|running|skiing|hockey|knee|back|ankle|shoulder|foot|at_work|hiking|soccer|
  fell|falling|biking|workout|working_out|yoga|moving|wrist|leg|toe|stairs|ice)
(?:knee|back|ankle|shoulder|wrist|hip|tooth|foot|toe|elbow|calf|hamstring|period|muscle|stomach|tummy|neck_from|
  back_went|dent|dents|genou|cheville|epaule|dos|ventre|pied|orteil|regles|coude|hanche|poignet) ..2 (?:hurt\w*|
  pain\w*|ache\w*|aching|sore|surgery|sprained|fait_mal|douleur|barre|bloque|gave_out|out)
(?:pain|sore|mal|hurts|ache) ..2 (?:knee|back|ankle|shoulder|wrist|hip|tooth|foot|genou|dos|cheville|epaule|dents?|
  ventre|stomach|tummy|pied|hanche|regles|period)
mal (?:aux?|de|a_la|a_l|au) (?:dents?|dos|ventre|genou|cheville|epaule|pieds?|estomac|hanche|jambes_apres|regles)
pains? (?:in_(?:the|my)_(?:butt|neck|ass|rear|arse|a)|to_|free|point|au|quotidien|de_|grille|a_l)
(?:a|such_a|total|royal|real|big|what_a|is_a|huge|bit_of_a) pain !in_my|since|that|and|when|from|after|killer
(?:traffic|parking|construction|commute|website|scheduling|rescheduling|app|portal|boss|weather) ..3 pain
no pain no gain
(?:growing|spare|took|take|taking|worth|labou?r) ..2 pains?
(?:sore|painful) (?:subject|loser|topic|reminder|losers|spot_for_me)
eyesore
(?:blister\w*|ampoules?|cloques?) ,,6 (?:foot|feet|heel|hiking|shoes?|running|talon|pieds?|souliers|jardin|rateau)
(?:foot|feet|heel|hiking|shoes?|talon|pieds?|souliers) ,,4 (?:blister\w*|ampoules?|cloques?)
(?:PRICE) ..3 saigne\w*
(?:ai|eu|avoir|as|a|avez|de_la) ?du|de|beaucoup|pas mal (?:a|de|d) (?:vous|me|confirmer|joindre|trouver|lire|
  comprendre|voir|stationner|rejoindre|croire|ouvrir|cliquer|acceder|payer|reserver|choisir|repondre|parler_avec|
  le_lien|reserver|prendre|faire|me_connecter|me_liberer|attendre|me_rendre|stationnement)
du mal (?:a|avec) (?:vous|le|la|votre|confirmer|trouver|stationner|joindre|lire|payer|ouvrir|choisir|cliquer|attendre)
mal de trouver|de_stationn\w*
mal (?:ecrit|lu|compris|entendu|pris|prise|chanceu\w*|inscrite?|note|barree?|habillee?|organisee?|placee?|
  stationnee?|choisi|cote|aise|de_mer|du_siecle|elevee?|genee?|fait_de|tombe)
ca ?tombe mal
(?:ca|rdv|date|jour|journee|fete|conge|il|elle|y) ..2 tombe\w* (?:mal|bien|bon|un|le|en|sur|pile|de_sommeil|
  de_fatigue|malade|amoureu\w*|dans_l_oeil|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|dans_mes|enceinte|
  pendant) !connaissance|un_cote
pas mal !a_la|au|aux|a_l|a_mes|dans|fort
pas si mal|pas_trop_mal|pas_mal_de
(?:plus|moins|pas|rien|sans|aucun|de) mal ?a dire
(?:excuse\w*|desole\w*|sans|vouloir|pense|aucun|dit|rien|y_a_pas|c_est_pas) ..1 mal $
(?:allez|va|vas|ca_va) ?pas mal
burning (?:question|questions|man|calories|desire|to|issue|candle|oil|gas|bridges)
(?:burn\w*) ,,2 (?:calories|dinner|toast|supper|food|cookies|cake|out|fat|candle|gas|rubber|midnight|bridges|wood|
  house|oven|rice|cd|hole|pocket|thru|through)
(?:burned|burnt|burn) out
(?:brule\w*|brulee?s?|brulant) ,,3 (?:fatigue|poches|etapes|feu_rouge|toast|souper|diner|rotie|epuise\w*|lumiere|
  steak|repas|d_envie|gateau|calories|essence|patates|rotis|poulet|four|sous_sol|ampoule|bulb|semaine|toaster|pain)
(?:suis|toute|vraiment|tellement|est|etais|tout|complet\w*) ..1 brulee?s? ?, ?grosse|longue|de|ce|apres|du|,
  (?:semaine|journee|fatigue|soir|travail|job|mois|fin|week|quart|shift|annee)
ampoules? ..2 (?:brulee?|led|lumiere|grillee?|cuisine|vitamine|serum)
(?:nid|chaud|beau_gros|gros|petit|jeu|feu|feux) ?de ?d feu
feu (?:vert|rouge|jaune|de_camp|d_artifice|artifice|la)
feux (?:d_artifice|de_circulation|rouges?)
en feu ?vos|ce|les|le|tes|ton|ta ..1 (?:promos?|rabais|prix|deals?|resultats?|soir|photos?|site|look|service)
(?:promos?|rabais|prix|deals?|resultats?|clinique|equipe|service|look) ..3 en feu
(?:deal|deals|sale|price|prices|results?|look|promo|special|outfit|brows|service|clinic|team|playlist) ..3 (?:fire|
  sick|insane|killer|wicked|dope|crazy|nuts|deadly|unreal|bomb)
(?:fire|camp|house|forest) (?:alarm|drill|place|fighter|fighters|department|hall|truck|works|sale|pit|exit|wood|and)
(?:dinner|house|forest|kitchen|building|stove|barbecue|bbq|oven|car) ..3 (?:on_fire|fire|en_feu|burned|burnt)
fire\w*works?
(?:hot) (?:date|mess|yoga|pilates|water|coffee|tea|tub|sauce|dog|dogs|flash_sale|flashes|chocolate|take|topic|
  commodity|day|days|weather|summer|sun|deal|deals|off|ticket|girl|mom|shower|showers|tubs|spring|springs|stone|wax|
  tip|seat|plate|lunch|meal|pink|spot_for_lunch|and_humid|and_heavy|outside|out|in_here|bath|glue)
hot flash\w* ,,2 (?:sale|lol|menopause|again)
(?:its|so|too|really|very|is|damn|getting|boiling|super|stupid|way) ..1 hot ?out|outside|today|here|in|there|and|
  this|these ..2 (?:out|outside|today|here|day|weather|summer|car|walk|drive|bike|humid|office|room|studio|
  waiting_room|bus|week)
(?:fait|faire|fera|faisait|journee|trop|tellement|si) ..2 chaude?s? ?dehors|a|aujourdhui|pour|ici|dans|, ..2
chaud ?en|et|ou lapin|froid|business
(?:warm|hot|chaude?) (?:up|welcome|weather|meal|regards|wishes|clothes|hug|hello|day|days|season|front|enough|water|
  eau|soupe|bouillon|saison|temps)
(?:heat|ac|chauffage|heating|furnace) (?:wave|is_on|is_off|stroke|in_the|of_the|warning|index|not_working|broke)
this heat
(?:swell) (?:time|idea|guy|job|day|see|,|.|news|plan)
^ ?thats swell
(?:swell\w*|swollen|gonfle\w*|enfl\w*|inflate\w*|inflated|bouffi\w*|bloated) ,,3 (?:pride|prices?|ego|head_lol|PRICE|
  budget|orgueil|fierte|facture|prix|ego|bloc|tete_enflee)
(?:PRICE|ego|budget|pneus?|ballons?|ballounes?|matelas|inbox|schedule|agenda|horaire) ..3 (?:gonfl\w*|enfl\w*|
  swollen|inflated|bloated|bursting|explose\w*|doubled|double|huge|insane|a_double|augmente\w*)
(?:gonfl\w*) (?:a_bloc|les_pneus|le_matelas|des_ballons|le_prix|les_prix|mes_pneus)
ca me gonfle
(?:ankle|ankles|feet|foot|knee|toe|legs_from|pregnancy|cheville|chevilles|pieds?|genou) ..3 (?:swollen|swelling|
  swelled|swells|enfl\w*|gonfl\w*)
(?:rash) (?:decision|decisions|of|move|guard|choice|driver)
(?:baby|babys|son|sons|daughter|daughters|diaper|heat|kid|kids|dog|dogs|his|her_baby|bebe) ..3 rash
rash guards?
(?:going|healing|looking|doing|feeling|feels|looks) ..1 (?:well|great|good|amazing|awesome|fantastic) !but|until|except
(?:face|skin|peau|lips|visage) ..3 (?:amazing|glowing|brille|magnifique|belle|beautiful|gorgeous)
respire ?tres|super bien|normalement
crusty old
spread\w* the (?:word|love|news)
vision board
(?:wallet|portefeuille|budget|bank_account|bank) ..2 (?:bleed\w*|saigne\w*)
marble ?size\w*|sized
ca fait (?:tu|ti) mal
(?:is|does|will) it (?:painful|sore|hurt|be_painful) ?much|alot|lot|bad ?\? $
itch\w* (?:to|for)
seven year itch
piqu\w* ,,3 (?:curiosite|jasette|interet|colere|crise|nique|nic|assiette|attention|du_nez|a_la|mes_mots|ton_tour|
  ma_place)
(?:gratte|gratter) (?:ciel|la_glace|mon_char|les_fonds|mon_pare|la_neige|un_peu_d_argent|guitare|l_auto)
gratteux|pique_nique
infect\w* ,,3 (?:laugh|laughter|energy|enthusiasm|smile|joy|virus|computer|laptop|phone|rire|sourire|ear|sinus|tooth|
  throat|kidney|bladder|urinary|uti|lung|chest|toe|urinaire|oreilles?|dent|gorge|sinus)
(?:ear|ears|sinus|tooth|throat|kidney|bladder|urinary|yeast|uti|lung|chest|toenail|toe|covid|eye_infection_from|
  tooth_abscess|otite|urinaire|dentaire|oreilles?|sinusite) ..2 infect\w*
otite\w*|sinusite|bronchite|pneumonie
travel bug
chill ?and|out|,|.|day|vibes|day|at|with|see|about|person|mode
(?:so|pretty|super|just|very|really|am|im|stay|all|thats|its|no_worries|gotta|lets|gonna|netflix_and|to|was|that_is|
  sounds) ..1 chill
chilling|chillin|chillax\w*|chilled
(?:chills) ,,4 (?:song|movie|music|results?|happy|beautiful|so_good|story|gave_me|good)
(?:gave|give|gives|giving|got) ..2 chills ,,4 (?:song|movie|music|results?|good|happy|reading|beautiful|how)
(?:frissons) ,,4 (?:joie|bonheur|beau|chanson|musique|concert|plaisir|excitation)
(?:cabin|spring|baby|hay|gold|scarlet|saturday_night|playoff|stage|disco|world_cup|beaver|yellow|jungle|puppy|summer|
  wedding|pitch) fever
fever (?:tree|dream|pitch|for|season)
fievres? (?:du|des|de_la|de_l|acheteu\w*|electorale) ?du|samedi|series|achat\w*|magasin\w*|hockey|sucres|lundi|
  vendredi|soir|playoffs|jeu|or|printemps ?\S*
(?:rhume|fievre) des foins
(?:temperature|temp|degrees|degres) ,,3 (?:outside|weather|room|dehors|minus|moins|exterieure|de_la_piece|
  celsius_outside|in_here|today|in_the)
(?:minus|moins|its|fait|it_is|plus_de|forecast|feels_like|above|ressenti|meteo) ..1 \d+ degrees
(?:38|39|40|41|100|101|102|103|104) ?\S+ (?:years|ans|dollars|bucks|minutes|km|rue|st|street|main|cad|piastres|weeks|
  semaines|percent|sherbrooke|queen|king|each|per|plus_tax)
(?:numbing|numb) (?:cream|creme|gel|spray|agent|lotion) !reaction ..2 (?:works?|great|good|how|before|ok|needed|work|
  please|apply|do|is|for|first|ready|extra|included|time|worked|early|again)
(?:creme|gel) (?:gelante?|anesthesiante?|anesthesique|engourdissante?) !\S+_reaction
(?:comfortably|brain|butt|mind|my_(?:brain|butt|mind|bum|ass)) ..1 numb
numb\w* ,,3 (?:winter|cold|sitting|work|waiting|typing|dentist|from_the_(?:dentist|cold)|chair)
(?:dentist|dentiste|dental|freezing_from|root_canal|filling|plombage) ,,5 (?:numb\w*|swollen|swelling|drool\w*|
  frozen|gelee?|engourdi\w*|enfl\w*)
(?!(?:a|had)_)\S+ fits? (?:in|into|me|my|perfectly|better|well|the|my|great|best|right|like|for|bit|with|you|us|$)
(?:a|any|having|had|throw\w*|throwing|threw|boss) ..1 fits? ,,3 (?:over|about|because|at|when|if|with|lol|PRICE|kid|
  toddler|tantrum)
(?:no|that|this|which|what|if_it|it|time|perfect|good|better|best|tight|outfit|doesnt|dont|would|will|slot) ..1 fits?
(?:shaking|tremble\w*) ,,3 (?:head|excitement|cold|excited|nerves|froid|like_a_leaf|hands_with|hand|things)
(?:seize|seized|seizing) (?:the|day|opportunity|up)
(?:dizzy|spinning|etourdi\w*|tete_me_tourne|vertige) ,,4 (?:excitement|excited|happy|joy|PRICE|choices?|options|
  schedule|joie|prix|class|busy|love|choix|numbers|bike|plates)
spin (?:class|studio|cycle|bike)|spinning_class
(?:sick|malade|ill) (?:of|deal|tired_of|day|days|leave|note|results?|beat|bay|kids|comme|ben|de_voir|ce|kid|
  with_jealousy|and_tired|dog)
(?:cest|c_est|est|c|super|trop|full|tellement|vraiment) (?:malade|debile|ecoeurant|fou|capote|hallucinant|sick|dement)
(?:comme|look|resultats?|service|job|prix|beau|deal|rabais|promos?) (?:malade|debile|ecoeurante?|de_fou|capotee?s?)
(?:debile|malade|ecoeurant) (?:comme|ben|raide|votre|vos|le)
(?:cramp\w*) ,,2 (?:style|rire|rires|schedule|leg|legs|foot|period|menstru\w*|horaire)
(?:vomit|barf|puke|nause\w*|ecoeure\w*) ,,4 (?:PRICE|color|colour|couleur|drive|morning_sickness|pregnan\w*|enceinte|
  gastro|flu|hangover|hungover|car|bus|daughter|son)
morning sickness
(?:confus\w*|melee?|melange\w*) ,,3 (?:about|by|on|with_the|with_all|date|dates|time|times|text|message|messages|
  address|
  appointment|booking|horaire|rdv|instructions|which|heures?|schedule|dans_mes|price|prix|lieu)
(?:im|am|a_bit|little|so|bit|getting|very|got) ?so confused ?, ..3 (?:about|do|is|did|which|what|when|where|
  i_thought|thought|why|who|was|how)
(?:suis|toute?) ?toute melee? ?, ..2 (?:dans|c|est|quelle|mon|quand|entre|avec|mes|je)
^ ?im|so ?so confused $
(?:weeping|crying|cry|tears|pleure\w*|larmes) ,,3 (?:joy|happy|laugh\w*|happiness|rire|joie|movie|bonheur)
(?:tears|crying) of joy
weeping willow|(?:leak\w*|leaking|drain\w*|coule) ,,4 (?:pipe|pipes|roof|sink|water_heater|ceiling|basement|faucet|
  toilet|robinet|toit|tuyau|toilette|lavabo|bain|budget|bank|phone|battery|tire|tires|emotionally|mentally|emotional|
  mental|week|day|energy|work)
(?:pipe|roof|sink|ceiling|basement|faucet|toilet|robinet|toit|tuyau|plumber|plombier|tire|eau_chaude|heater) ,,4
  (?:leak\w*|burst|flood\w*|coule\w*|drain\w*|suinte\w*|creve\w*)
(?:brain|green|bullet|bike|drain|storm|gutter|bath) drain
(?:smell\w*|sent) !pas|nolonger|not ..2 (?:amazing|good|great|lovely|delicious|bon|nice|so_good|divine|heavenly|
  like_(?:lavender|roses|
  heaven)|fish|rat|fishy|le_brule|la_lavande)
(?:green|yellow) (?:light|belt|door|pages|cab|bus|line|house|bin|sign|tea|smoothie|salad|shirt|thumb)
(?:ligne|line|lignes) (?:jaune|verte|orange|bleue|up|ups|of_business|rouge_du_metro)
(?:thin|picket|bus|dotted|subway|ttc|metro) lines?
red line ?is|to metro|subway|delay\w*
(?:rouge|red) ,,3 (?:calendrier|agenda|carpet|tapis|feu|light|in_the|budget|levres|dress|robe|vin|wine|nez|onglet|
  banque|compte)
(?:dans|in) (?:le|the) (?:rouge|red)
(?:red|rouge) (?:cross|flag|flags|bull|carpet|dress|wine|light|eye_flight|hair|lipstick|tape|alert|door|building|
  brick|meat|sox|wings|car|a_levres|ou|or|deer)
see red|voir_rouge
(?:rouge|red|verte?|vert|bleue?) ..1 (?:de|with|d) ..1 (?:colere|gene|honte|envie|anger|embarrassment|envy|rage)
(?:code|tapis|fil|petit_chaperon|croix|numero|carton|feu) rouge
(?:in_the|tickled|pretty_in|hot|millennial|turned|dusty) pink
rose (?:ou|gold|and|petals|wine|water|quartz|garden|street|bonbon|pale_ou)
(?:vie_en|vin|eau_de|rue|bouton_de|the) rose
(?:bouton|boutons) ,,4 (?:confirm\w*|lien|site|page|cliqu\w*|marche_pas|fonctionne_pas|annuler|rouge_sur|application|
  app|chemise|manteau|ascenseur|porte|appuy\w*|peser|pese)
(?:appuy\w*|cliqu\w*|pese\w*|peser|click\w*|press\w*) ..3 (?:bouton|button)
(?:plaque|plaques) ,,3 (?:immatriculation|auto|char|vehicule|commemorative|tournante|d_auto|dentaire|tectonique|
  stationnement)
(?:licen[cs]e|dental|home) plates?|plaque
(?:tache|taches) ,,3 (?:travail|menageres?|a_faire|quotidiennes|au_bureau|vin|cafe|chandail|domestiques)
(?:bump|bumps|bumped|bumping) ,,2 (?:up|into|back|down|forward|ahead|it|me|my_appointment|in_the_road|the_appointment)
(?:baby|speed|goose|fist|road|goose) bumps?
(?:burnt|burned|burn|bit|biting|brulee?|mordue?|pierc\w*|stuck) ..4 (?:tongue|langue|lip|levre) ..4 (?:coffee|soup|
  tea|pizza|food|lol|haha|cafe|soupe|the|lunch|diner|souper)
(?:tongue|langue|lip|nose|eyebrow) ..1 (?:pierc\w*|ring|perc\w*)
(?:short|out) of breath ,,3 (?:excite\w*|joy|laugh\w*|happi\w*)
(?:rough|bumpy|tight) (?:day|week|night|start|ride|road|schedule|budget|patch|month|weekend|morning|year|on_time|
  timeline|squeeze|fit|money|spot)
(?:schedule|time|timing|budget|money|hours|traffic|its) ..2 tight ?schedule|for|,|.|but
(?:hang|sit|hold|sleep|sit) tight
serree? ?dans|cette|au|niveau ?mon|le|mes horaire|temps|budget|semaine|journee|argent
(?:gorge|poitrine) (?:profonde|de_poulet|du|de_dinde)
(?:bruised|bruise) ,,2 (?:ego|banana|bananas|pride|apples?|feelings|orgueil)
(?:scar|scars|scarred|scarring|cicatrices?|keloids?) ,,4 (?:for_life|old|acne|treat\w*|removal|c_section|cesarienne|
  acneique\w*|traiter|remove|reduce|anciennes?|fade|lighter|better|consult\w*|enlever|attenuer|from_(?:acne|surgery|
  when|my))
(?:acne|old|surgery|chicken_pox|surgical|vieilles?|d_acne) ..1 (?:scars?|scarring|cicatrices?)
(?:dark|heavy|under_eye) (?:circles?|chocolate|horse|roast|web|mode|secret|blue|hair|rum|traffic|workload|schedule|
  week|rain|snow|lifting|box|boxes|hitter|metal|accent|meal|period|coat)
(?:its|was|gets|be|getting|when_its|too|still|so|parking|pitch|after) dark ?out|by|outside|at|when|early|before|in|
  and ..1
(?:age|sun|liver) spots? ,,4 (?:treat\w*|remov\w*|laser|cost|how|can|do|price|consult|before|get_rid)
(?:parking|lunch|camping|sweet|soft|vacation|last|open|another|available|hot|next|early|earlier|later|friday|tuesday|
  monday|wednesday|thursday|saturday|free|empty|any) spots?
(?:my|your|a|the|that|this) spots? (?:for|on|at|open|available|is_open|in_the_(?:schedule|lot|class)|to_someone|away)
(?:brain|computer|system|flight|bank|server|hot|crash|traffic) (?:fog|crash|damage|storm)
(?:collapse\w*|crash\w*) ,,4 (?:bed|couch|tired|market|housing|site|website|server|lit|divan|bridge|tent|shelf|
  after_work|from_work|app)
(?:wrong) (?:day|date|time|address|link|clinic|person|number|month|email|name|week|place|way|entrance|spelling|
  charge|amount)
(?:bad|terrible|horrible|awful|worst) (?:traffic|weather|day|timing|time|date|week|news|hair|service|parking|memory|
  connection|signal|reception|with_(?:names|dates)|at|roads|idea|storm|drivers?|luck)
(?:weather|traffic|roads?|meteo|trafic|routes?|parking|service|stationnement|storm|tempete|construction|ride|commute|
  deadline|boss|job|hours|wait|economy|meetings?) ,,3 (?:bad|terrible|horrible|awful|worse|worst|worsening|pire|
  empire\w*|epouvantable|atroce|insane|insupportable|intense|unbearable|brutal|crazy|damaged|scary|getting_worse)
(?:insupportable|atroce|unbearable|horrible|terrible) ,,2 (?:attente|wait|chaleur|heat|trafic|traffic|temperature|
  boss|patron|collegue|bruit|noise|service|weather|meteo|humidite)
(?:intense|severe|extreme|massive|serious) (?:workout|week|day|deadline|weather|traffic|snow|storm|discount|cold|
  heat|training|class|meeting|schedule|sale)
(?:severe|grave|serieux) (?:weather|intemperies|problemes?_(?:familia\w*|de_gardienne))
scared ?me|us|to|of ?half needles?|death|aiguilles?|ask|commit
(?:peur|scared|afraid|nervous|stressee?) ,,3 (?:needles?|aiguilles?|piqures?|dentist|dentiste|manquer|oublier|late|
  retard|miss|lose|perdre)
(?:strike|struck) ..2 (?:throat|chest|mind)
(?:forme|peau|en|dans|vers|bras|main|coup|coude|sous|tour) (?:de_main|de_bras)
(?:second|other|give|lend|need|hand|one) hands? ?,|in|out|with|made|off
on the other hand|by hand|handy|hands_down|hands_full
(?:arm|bras|leg|jambe) and a leg
(?:cost\w*|coute\w*) ..3 (?:arm|bras|leg|fortune|yeux)
(?:shoulder|side|head|back|left|right) (?:hustle|note|dish|street|door|parking|entrance|table|gig|by_side|kick|
  project|walk)
(?:trouble|troubles|trouver|problem|problems|issue|issues|misere|difficulte|difficultes|mal|hard_time) ,,4
  (?:finding|parking|link|logging|opening|booking|confirming|confirmer|getting_(?:there|here|off|in_touch|through|
  out|a_hold)|page|website|site|app|reaching|scheduling|paying|rejoindre|stationner|trouver|joindre|reserver|ouvrir|
  payer|lien|lire|voir_le|voir_la|sleeping|my_car|with_my_car|babysit\w*|with_work|childcare|garderie|signing|
  remembering|deciding|choosing|getting_a|garder)
"""
