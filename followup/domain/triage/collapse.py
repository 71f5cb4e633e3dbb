"""Signs that the body fails: chest, mind, nerves, bleeding, allergy, and help that was already called."""

from followup.domain.triage.topic import Topic

TOPICS = (
    Topic(
        "chest",
        r"""
[emergency pain]
chest ..4 pain\w*|hurt\w*|tight\w*|pressure|heavy|heaviness|squeez\w*|crush\w*|discomfort|ach\w+|constrict\w*|stabb\w*
(?:pain\w*|pressure|tight\w*|hurts?|hurting|heaviness|weight|ache|aching|squeezing|stabbing|elephant) ..4 chest
(?:mal|douleurs?|serre|serrement|serrements|pression|oppression|pincements?|poids|point|etau|crampes?) ..4 poitrine|
  thorax|sternum
(?:poitrine|thorax|chest) ..4 serr\w*|mal|douleur\w*|oppress\w*|pression|elance\w*|comprime\w*
douleurs? ..3 coeur
oppression
[emergency heart laughs]
heart\w* ..4 rac\w*|pound\w*|skip\w*|flutter\w*|irregular\w*|erratic\w*|fast\w*|stopp\w*|weird|funny|crazy|hard|
  palpitat\w*|hurts?|out_of_control|slow\w*|jumping|rapid\w*
(?:irregular|rapid|racing|fast|erratic|abnormal|slow|pounding) ..1 heart\w*|pulse
palpitations?
heart\w*|pulse|pouls|coeur ..2 (?:all_over|all_over_the_place|dans_tous_les_sens|n_importe|partout)
arr?h?yth?mi\w*|tachycardi\w*
(?:heart|coeur) ..1 (?:at|a|is_at) (?:1[3-9]\d|2\d\d)
(?:heart_rate|pulse|hr|bpm|pouls|rythme_cardiaque) ..3 (?:1[3-9]\d|2\d\d)
(?:pulse|pouls|battements?) ..4 rac\w*|weak\w*|fast|irregul\w*|high|vite|faible|rapide\w*|slow|bizarre\w*|croche
weak pulse
coeur ..4 (?:bat|debat|palpit\w*|vite|irregul\w*|croche|saut\w*|chamade|serre|lache|emballe|arrete|fort|bizarre\w*|
  cogne|mal)
heart attack
heart ..2 (?:going|beating) ..3 (?:miles?|mile|hundred|\d+)
crise ..1 (?:cardiaque|coeur)
cardiac arrest
""",
    ),
    Topic(
        "mind",
        r"""
[emergency fainted denies laughs]
(?:woke|wake|came_to|found_myself|ended_up|reveillee?|retrouvee?) ..2 (?:on_the|on_my|par|sur_le|a) ..1 (?:floor|
  ground|terre|plancher)
(?:feel|feels|feeling|think) ..2 (?:im|i_am|am|like) ..1 (?:dying|going_to_die|gonna_die) !of|to|from|laughing
(?:sens|impression|pense) ..3 (?:mourir|que_je_meurs|m_en_aller) !de|d|pour
(?:pass|passed|passing|passes) ..1 out
(?:black|blacked|blacking) ..1 out
faint|fainted|fainting|faints|fainty
(?:lost|lose|losing|loss_of|lack_of) consciousness
unconscious|unresponsive|syncope|inconsciente?s?
(?:trouve\w*|found|retrouve\w*) ..2 (?:me|m|her|him|moi)? ..3 (?:par_terre|au_sol|on_the_floor|on_the_ground|passed_out)
collapsed?
not|willnot waking|wake ?up
(?:perdu?e?|perte|perdre|perds|perd|sans|pas) ..2 connaissance|conscience
evanoui\w*
tomb\w* ..3 pommes
(?:fait|faire|fais|eu) ..3 (?:malaise|black_?out|blackout)
tomb\w* sans connaissance
""",
    ),
    Topic(
        "responds",
        r"""
[emergency not denies firm]
(?:he|she|hes|shes|husband|wife|hubby|daughter|son|mom|dad|mother|father) ..2 (?:not|isnt|doesnt|willnot|stopped|
  nolonger)
  ..1 respond\w* !to
(?:he|she|hes|shes|husband|wife|daughter|son|mom|dad) ..2 (?:stopped|not|isnt|nolonger) breathing
(?:il|elle|mari|chum|blonde|fille|fils|mere|pere) ..1 respire (?:nolonger|pas|plus) !bien|vite|tres
(?:il|elle|mari|chum|blonde|fille|fils|mere|pere) ..1 (?:repond|reagit|se_reveille) (?:nolonger|pas|plus) !au|a_mes|
  a_mon|a_ses
""",
    ),
    Topic(
        "seizure",
        r"""
[emergency shaking denies]
(?:shak\w*|trembl\w*) ..2 (?:all_over|partout|de_partout|everywhere) ,,5 (?:remember|souviens|rappelle|blacked|souvenir)
[emergency seizure]
seizures?|seizing
convuls\w*
crise ..1 (?:epilepsie|epileptique|convulsi\w*)
epileptic ..2 (?:fit|attack|seizure)
(?:had|having|have|has) ..2 fits? !over|about|with|because
(?:had|having) ..1 (?:a_)?fit $
shaking ..2 uncontrollabl\w*|violently
tremble\w* ..2 (?:sans_arret|partout|incontrolabl\w*)
""",
    ),
    Topic(
        "stroke",
        r"""
[emergency face denies]
(?:mouth|face|bouche|visage) ..2 (?:crooked|lopsided|croche|de_travers|slanted)
(?:face|mouth|cheek|smile|lip|corner) ..5 (?:droop\w*|dropp\w*|dropping|sagg\w*|falling|fell|paraly[sz]\w*|limp|
  slid\w*|willnot_move|not_moving|dead)
(?:droop\w*|dropp\w*|paraly[sz]\w*|sagging|limp) ..3 (?:face|mouth|cheek|smile)
(?:one|left|right|other|half|whole) ..1 side ?of ?my ?face (?:is|has|feels?|went|looks?|s)? ?been (?:droop\w*|
  dropp\w*|paraly[sz]\w*|numb|weak|dead|limp|down|frozen|falling|sagg\w*)
half ?of ?my face ..3 (?:droop\w*|dropp\w*|paraly[sz]\w*|numb|weak|dead|limp|down|frozen|falling|sagg\w*|
  willnot_move|not_moving)
(?:visage|face|bouche|joue|sourire|levre) ..5 (?:tombe\w*|paralys\w*|affaiss\w*|bouge_(?:pas|nolonger|plus)|pend|
  fige\w*|descend\w*)
cannot ..2 (?:smile|sourire|whistle|siffler) ..4 (?:side|cote)
(?:moitie|cote) ..4 (?:visage|face) ..4 (?:tombe\w*|paralys\w*|engourdi\w*|bouge_(?:pas|nolonger|plus)|mort\w*|
  croche|affaiss\w*|fige\w*|pend\w*|faible)
(?:bouche|sourire|visage) ..2 croche ..3 cote
paraly[sz]\w* ..4 (?:side|face|cote|visage|gauche|droite?|arm|leg|bras|jambe)
^ paraly[sz]\w*
stroke
avc
bell_?s palsy|bells palsy
(?:visage|face|bouche|joue|mouth|cheek|smile) ..3 (?:engourdi\w*|numb|paralys\w*) ,,5 (?:tomb\w*|pend\w*|droop\w*|
  dropp\w*|croche|affaiss\w*|falling)
[emergency limbs denies]
(?:neck|cou|head|tete) ..2 (?:too|trop|so|tellement|very|ben) ..1 (?:weak|faible|mou|molle)
(?:too|trop|so|tellement) ..1 (?:weak|faible) ..2 (?:to|pour) ..2 (?:get|stand|walk|sit|move|sortir|lever|marcher|
  tenir|bouger)
(?:weak|faible|mou) ..2 (?:to|pour) ..2 (?:hold|tenir|lift|lever) ..2 (?:head|tete|neck|cou)
(?:bras|jambes?|mains?|doigts|arms?|legs?|hands?|fingers) ..3 (?:repond\w*|obeit|respond\w*|work\w*|working) ..1
  (?:pas|nolonger|not)
(?:cote|side) ..3 (?:engourdi\w*|numb|faible|mort|dead|paraly\w*)
(?:arms?|legs?|hands?|limbs?|muscles?|body|foot|side) ..4 (?:weak\w*|paraly[sz]\w*|limp|gave_out|giving_out|
  willnot_move|not_moving|no_strength)
(?:arms?|legs?|hands?|foot|side|fingers) ..5 numb\w* ..2 weak\w*
weak\w* ,,4 (?:arms?|legs?|side|all_over|everywhere|muscles?|body|limbs?|to_(?:stand|walk|get))
(?:muscle|general|generalized|overall|total|body|full_body) weakness
weak ..2 numb
numb\w* ..2 weak\w*
so|too|very|really|extremely|super weak ,,6 cannot|stand|walk
cannot ..2 (?:move|lift|raise|feel|use|control|hold|grip) ..3 (?:arms?|legs?|hands?|foot|feet|side|head|neck_up|body|
  fingers|limbs?)
cannot ..2 (?:move|feel) ..4 (?:side_of|half_of|left|right) ..3 (?:face|mouth|body|side)
cannot ..2 (?:walk|stand|get_up) !this|today|by|in|to
cannot ..2 (?:walk|stand|get up) $
(?:left|right|one|other) side ..4 numb\w*|weak\w*
numb\w* ..4 (?:left|right|one) side
half ..3 body ..3 numb|weak|paralyzed
(?:bras|jambes?|mains?|corps|muscles?|cote) ..4 (?:faibles?|faiblesse|molles?|mou|mous|paralys\w*|lache\w*|
  sans_force|nolonger_de_force|morte?)
(?:bras|jambes?|mains?|cote) ..5 engourdi\w* ..2 faible\w*
faible\w* ,,4 (?:bras|jambes?|partout|generalis\w*|generale?|musculaire|cote)
faiblesse ..1 (?:generale|musculaire|generalisee|dans)
engourdi\w* ..3 (?:d_un|du|de_mon|tout_le|un|cote) cote ?gauche|droit ?du ?corps
cannot ..2 (?:bouger|lever|levre|sentir|tenir|serrer) ..3 (?:bras|jambes?|mains?|cote|doigts|tete|visage|bouche|pied)
cannot ..1 (?:marcher|tenir_debout)
(?:sens|bouge|bougent) (?:pas|nolonger|plus) ..3 (?:bras|jambes?|mains?|cote|moitie)
[emergency headache]
(?:worst|thunderclap|sudden|explosive|blinding) ..2 headache|migraine
headache ..3 (?:of_my_life|confus\w*|slurr\w*|stiff|numb\w*|weak\w*)
(?:pire|soudain|subit|violent) ..2 mal_de_tete
mal de tete ..2 (?:de_ma_vie|soudain|subit|foudroyant)
[urgent crooked softens]
(?:mouth|smile|lip|face|visage|bouche|sourire|levre) ..3 (?:crooked|lopsided|uneven|slanted|croche|asymetrique|
  de_travers)
""",
    ),
    Topic(
        "bleeding",
        r"""
[emergency unstoppable denies fades]
gush\w*|spurt\w*|hemorr\w* !with|about|joy|over
(?:bled|bleeding|bleeds|soaked) ..1 through
(?:saigne\w*|sang|saignement) ,,5 arret\w* nolonger
(?:blood|bleeding|sang) ..2 (?:keeps?|continue\w*|n_arrete) ..2 (?:coming|flowing|dripping|running|pouring|de_couler|
  couler)
(?:bleed\w*|blood|saign\w*|sang|hemorr?\w*) ,,8 (?:willnot|cannot|doesnt|dont|isnt|wasnt|not|never|hasnt) ..2
  (?:stop\w*|stp|svp|slow\w*|quit|clot\w*|arret\w*|ending)
(?:cannot|willnot|doesnt|isnt|not|hasnt) ..2 (?:stop\w*|stp|control|slow\w*) ,,3 (?:bleed\w*|blood)
(?:bleed\w*|blood|saign\w*|sang) ,,4 (?:nonstop|non_stop|constant\w*|continu\w*|everywhere|heavy|heavily|profuse\w*|
  a_lot|lots|like_crazy|badly|bad|hard|through|gush\w*|pour\w*|spurt\w*|soak\w*|buckets|hours?|sans_(?:arret|cesse|
  bon_sens)|a_flots?|beaucoup|enormement|encore|toujours|partout|abondamment|abondant|en_malade|fort|heures?)
(?:still|keeps?|kept|constant\w*|constantly|continues|continuing|heavy|heavily|profuse\w*|excessive|nonstop|
  uncontroll\w*|severe|serious|massive|lots_of|a_lot_of|so_much|too_much|gushing|pouring|soak\w*) ..3 (?:bleed\w*|
  blood|bloody)
(?:saigne\w*|sang|saignement|hemorragie) ,,4 (?:arrete\w*|arreter|stoppe\w*) (?:pas|nolonger|plus)
(?:saigne\w*|sang|saignement) ,,4 (?:pas|cannot|veut_pas|nolonger|jamais) ..3 arret\w*|stop\w*
cannot ..3 arret\w* ..3 (?:saign\w*|sang)
(?:arrete\w*|cesse|finit) (?:pas|nolonger|plus|jamais) ..2 saign\w*
(?:encore|toujours|beaucoup|plein|trop) ..2 saign\w*
(?:encore|toujours|beaucoup|plein|trop) de sang
piss\w* ..2 sang
(?:bleed\w*|saigne\w*|blood|sang) ..4 (?:en_fou|like_mad|clot\w*|coagule\w*|a_mort)
(?:blood|sang|bleed\w*|saigne\w*) ..4 (?:through|everywhere|soak\w*|travers\w*|pansements?|bandages?|towels?|
  serviettes?|sheets|draps|pool|flaque|partout|gauze)
(?:soak\w*|travers\w*|fill\w*|rempli\w*|imbib\w*) ..4 (?:bandages?|gauze|towels?|pansements?|serviettes?) ..3
  (?:blood|sang)?
hemorragi\w*|hemorrhag\w*
(?:been_)?bleeding (?:for|since) ..3 (?:hours?|minutes|morning|night|yesterday)
saigne\w* depuis
(?:vomit\w*|cough\w*|crache\w*|tousse\w*) ..2 (?:blood|sang)
[urgent bleeding softens fades]
bleed|bleeds|bleeding|bled|saign\w*|:bleeding:
(?:blood|sang) ..3 (?:on|from|in|under|coming|out|sur|coule|sort|dans)
""",
    ),
    Topic(
        "allergy",
        r"""
[emergency reaction fades]
chocs? ..1 allergi\w*
allergi\w* ..2 (?:react\w*|response|attack|shock|rash|swelling|flare\w*|crisis|choc)
react\w* ..2 allergi\w*
reacting ..2 (?:badly|severely|horribly)
(?:severe|serious|extreme|violent|life_threatening|scary|massive|severe_skin) reaction
reaction ..1 (?:severe|grave|serieuse|violente|extreme|forte)
(?:fais|fait|faire|faisais) ..2 (?:allergie|reaction_allergique)
having ..2 allergy ..1 (?:attack|reaction|to)
anaphyla\w*
[emergency epipen]
epipen|adrenaline|adrenalin
[emergency shock]
(?:went|going|gone|go|im|in|into|anaphylactic|septic|etat_de|en) ?into (?:shock|choc) !(?:at|by|over|about|lol|when|
  from|of|how|de|devant|en|du|quand)_
(?:went|going|gone|into|anaphylactic|septic|etat_de) (?:shock|choc)
[urgent reaction]
(?:bad|weird|strange|horrible|terrible|awful|nasty|big|some|having|had|got|skin|bizarre|grosse|mauvaise|drole|une|ma)
  ..2 reaction
reaction ..1 (?:to|a|au|aux|from|bizarre|cutanee|etrange)
skin ..2 react\w*
peau ..2 reagi\w*
took|taking|take|pris ..2 benadryl|antihistami\w*
""",
    ),
    Topic(
        "hospital",
        r"""
[emergency there]
(?:im|i|am|were|was|we|going|go|went|heading|headed|way|rushed|rushing|taken|took|driving|drive|drove|brought|sent|
  admitted|should|stuck|sitting|been|currently|now|waiting|me|her|him) ..3 (?:to|at|in|into|for) ?the|an|a|local
  (?:er|emergency_(?:room|dept|department|ward)|emerg|hospital|icu|a_and_e)
(?:need|needs|want|call|get|should) ..3 (?:er|emergency_room|hospital|ambulance|911)
^ in|at ?the (?:er|emergency_room|emerg|hospital) ?right ?now|rn !is|nurse|parking
^ (?:er|emerg|hospital) ?right now|rn
(?:im|am|in|at|to) ?the emergency $
(?:at|in|to|a) ..3 emerg !meeting|exit|door|vet
(?:suis|etais|vais|en_vais|route|rendue?|amene\w*|emmene\w*|conduit\w*|transporte\w*|aller|y_vais|parti\w*|attends|
  vas|reste|ete|passe|admise?|rentre|direction|devrais) ..5 (?:l_urgence|l_hopital|urgence|urgences|hopital|hosto|
  aux_urgences|aux_soins_intensifs)
^ a l (?:urgence|hopital)
hospitali[sz]e\w*
[emergency call]
(?:call\w*|dial\w*|phon\w*|appel\w*|compos\w*|need|contact\w*|should|le|au) ..3 (?:911|9_1_1|ems|ambulance|ambulances|
  paramedics?|ambulanciers?)
(?:ambulance|paramedics?|ambulanciers?|ems) ..4 (?:with_me|avec_moi|helping|here|coming|way|s_en_vient|arrive\w*|
  en_route|took|now|come|vient|
  s_en_viennent|la|ici)
(?:in|an|by|dans|en|l) ?an|une|the ambulance
^ ambulance|911|911_svp
:ambulance:
[emergency word]
(?:this|it|its|that) ?is|s ..2 (?:an|a)? ?medical|real emergency
medical emergency
^ ?please|help|big emergency ?please|now|help $
^ ?c ?est ?une urgence ?svp $
c est ..1 une urgence
urgence medicale
[urgent word]
^ ?c ?est ?very urgent ?svp|please $
urgent ..3 (?:call|appelez|rappelez|appeler)
(?:call|appelez|rappelez) ..5 (?:urgent|urgence|asap_my_face)
""",
    ),
)
