"""What can be expected after a treatment, and questions on care: read on the next business day."""

from followup.domain.triage.topic import Topic

TOPICS = (
    Topic(
        "healing",
        r"""
[routine healing denies fades]
(?:un_peu|tres|assez|encore|toujours|super) (?:sec|seche|secs|rugueux|rugueuse)
(?:bumps|dots) ..3 (?:forehead|front|chin|cheeks?|face|nose)
(?:skin|face|its|it|still|is|are|im|started|been|keeps|lightly|slightly|my|am|just|normal|of|and|a_bit|bit|day|,|
  will|already|^) ..3 (?:peeling|flaking|flaky|flakey|shedding|scaly)
(?:peeling|flaking|flakiness|shedding) ..3 (?:normal|day|still|skin|face|a_|tiny|bit|off|lots|ok|expected|after|
  since|already|around|$|like|started|right)
flaky|flakes|flaking|flakey|scaly
(?:skin|face|feels?|is|so|bit|very|really|slightly|little|super|still|and|patches|lips|my|,) ..1 dry|dryness|parched
dry (?:and|skin|patches|flaky)
(?:skin|face|feels?|is|so|bit|very|really|some|slightly|and|super) ..2 (?:tight|tightness|rough|sandpaper\w*|
  leathery|sunburnt|sunburned|like_a_sunburn|bumpy|textured)
(?:pimples?|breakouts?|breaking_out|broke_out|zits?|acne|milia|whitehead|blackhead|purging)
(?:small|tiny|little|few|couple|minor|slight|some|petite?s?|quelques|one|mini|micro|une|un) ..2 (?:bumps?|lumps?|
  scabs?|crusts?|spots?|dots|bosses?|boutons?|croutes?|points|pelures?)
scabs?|croutes?
(?:peau|visage|face|ca|nez|joues?) ..3 (?:pele|pelent|peler|seche|secs?|tire|tiraille\w*|rugueuse?|desquame\w*|
  peluche)
pelures?|pele|pelent|peler|desquam\w*|tiraille\w*
(?:boutons?|acne|comedons?)
hairs? ..4 (?:grow\w*|shed\w*|fall\w*|still|coming|there|back)
poils? ..4 (?:repouss\w*|pouss\w*|tomb\w*|encore|toujours|la)
[routine ipl]
(?:spots?|freckles?|taches?) ..5 (?:darker|dark|coffee|fonce\w*|foncees?|black|noires?|brown|brunes?|pepper\w*|
  flake\w*|scab\w*) ..4 (?:ipl|l_ipl|bbl|photofacial|photorajeunissement|pulsed)
(?:ipl|bbl|photofacial) ..5 (?:spots?|freckles?|taches?) ..3 (?:darker|dark|coffee|fonce\w*|foncees?|black|noires?)
spots ..2 like coffee
[routine effect denies]
(?:nothing|no_change|no_difference|no_results?|pas_de_(?:resultats?|changement|difference)|aucun_(?:resultat|
  changement)|not_(?:working|seeing|kicked)|hasnt_(?:kicked|worked|done)|havent_seen|doesnt_work|didnt_work|
  isnt_working|dont_see) ..6 (?:botox|tox|toxin|yet|treatment|filler|days?|dysport|injection\w*|difference|results?|
  happening)
(?:botox|tox|toxin|dysport|filler|treatment) ..3 (?:nothing|not_working|hasnt|isnt_working|doesnt_work|didnt_work|
  wore_off|uneven|fait_(?:rien|pas)|marche_(?:pas|nolonger)|agit_pas)
rien ..6 (?:botox|injections?|jours|traitement|effet)
(?:one|left|right|un|other) ..1 (?:eyebrow|brow|sourcil|eye|side) ..4 (?:higher|lower|uneven|different|haut|bas|
  bigger)
(?:uneven|asymmetr\w*|asymetr\w*) ..3 (?:brows?|eyebrows?|forehead|lips?|smile|results?|botox|face)
(?:forehead|brow|front|sourcils?) ..3 (?:heavy|lourde?s?|tight|frozen|stiff)
(?:can|do|will) ..2 (?:still_)?(?:see|feel) ..2 (?:bumps?|lumps?|lines)
""",
    ),
    Topic(
        "care",
        r"""
[routine care]
(?:can|could|may|should|when|how|what|which|is|ok|okay|safe|do|does|allowed|puis|peux|peut|dois|doit|faut|quand|quel|
  quelle|quels|quelles|est|droit|recommence\w*|recommencer|combien|ok|possible|correct|normal) ,,8 (?:makeup|make_up|
  mascara|concealer|cache_cernes?|lotions?|foundation|sunscreen|spf|retinol|retinoids?|tretinoin|acids?|serums?|
  vitamin\w*|moisturi[sz]\w*|creams?|cleansers?|wash\w*|shower\w*|bath\w*|sauna|steam|hot_tub|pool|swim\w*|gym|
  work_out|workout|working_out|exercis\w*|run|yoga|sweat\w*|sun|tan|tanning|alcohol|wine|drink\w*|tylenol|advil|
  ibuprofen|aspirin|arnica|shav\w*|wax\w*|ice|icing|sleep\w*|massage|touch|fly|kiss|smok\w*|straw|vaccine|maquill\w*|
  ecran\w*|solaire|cremes?|hydrat\w*|nettoy\w*|laver|douche\w*|bain|baigne\w*|piscine|spa|entrain\w*|sport|courir|
  soleil|bronz\w*|alcool|vin|boire|raser|epil\w*|cire|glace|dormir|masser|avion|fumer|exfoli\w*|antibiotiques|
  antihistami\w*|products?|produits?|hike|bike|golf|train|plane)
(?:retinol|makeup|sunscreen|moisturi[sz]er|serum|vitamin_c|spf|advil|tylenol|ecran_solaire|maquillage|creme) ..3
  (?:ok|okay|when|after|yet|quand|correct|safe|before|avant|apres|\?)
(?:quelle?s?|what|which) ..3 (?:lotion|creme|serum|produits?|products?|cream|moisturi[sz]er|cleanser|nettoyant)
aftercare|post_care|soins_(?:apres|post) !sheet|instructions_email
[routine condition]
pregnan\w*|enceinte|breast_?feed\w*|breastfeed\w*|nursing|allaite\w*
accutane|isotretin\w*
blood thinners?|anticoag\w*|coumadin|eliquis|xarelto|warfarin
(?:allergic|allergy|allergies|allergique|allergie|allergies) ,,4 (?:latex|lidocaine|lido|nuts?|penicillin\w*|
  penicilline|seafood|shellfish|aspirin\w*|numbing|nickel|fish|bees?|eggs?|albumin|metal|tape|adhesive|noix|
  fruits_de_mer)
(?:antibiotic\w*|antibiotiques|medication\w*|medicaments?|prednisone|steroids?)
(?:keloids?|diabet\w*|lupus|autoimmun\w*|auto_immun\w*|pacemaker|epilep\w*|myasthen\w*|eczema|psoriasis|rosacea|
  rosacee|melasma)
[routine normal]
(?:is|are) ..4 (?:normal|expected|typical|common)
normal ..4 (?:that|to|if|for|after|que|de|si|apres|day|on)
(?:c|est|ce) ..3 normal
^ ?is ?this|it|that|c ?est ?tu|ce normal
supposed to
[routine side-effects]
side effects?|effets_secondaires
""",
    ),
)
