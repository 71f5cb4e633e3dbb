"""The long words that the rules look for: a word that is nearly one of these is read as it."""

from followup.domain.words.table import words_in

EN = words_in("""
breathe breathing breath swallow swallowing throat tongue swelling swollen blister blisters blistered blistering
bleeding bleed infected infection seizure seizures convulsion convulsions unconscious fainted fainting passed vision
blurry blurred double wheezing suffocating choking gasping anaphylaxis anaphylactic allergic reaction ambulance
hospital emergency paramedics paralyzed paralysed drooping droopy slurred speech numbness weakness confused
confusion delirious palpitations heartbeat racing pounding irregular unbearable excruciating agonizing severe
painful throbbing purple mottled blotchy oozing weeping leaking draining discharge crusty yellow streaks spreading
redness redder fever chills shivering itchy itching hives welts rash burning burned burnt blistery bruise bruised
bruising bruises dizzy dizziness vomiting suicide suicidal eyelid headache migraine discoloration nodule tender
peeling flaking cancel cancelled canceled cancelling canceling cancellation reschedule rescheduled rescheduling
postpone appointment confirm confirmed confirming confirmation unsubscribe resubscribe subscription messages texting
message stopped number address tomorrow tuesday wednesday thursday saturday unfortunately available availability
unavailable absolutely definitely perfect appreciate treatment injection injections microneedling question makeup
sunscreen normal schedule earlier instead different another someone closing closed tight tightness tingling
collapsed heart chest dizzy faint stroke purple black swells burning stinging leaking infection painful sensitive
appointment weekend afternoon morning evening receptionist parking cheeks forehead eyebrow shoulder bandage soaking
pouring uncontrollably coughing trouble problem difficulty
""")

FR = words_in("""
respirer respire respiration misere difficulte avaler langue gorge levres levre enflure enflee enfle enfler gonfle
gonflee gonflement saigne saigner saignement evanouie evanoui connaissance convulsions epilepsie poitrine coeur
palpitations embrouille brouillee trouble insupportable douleur douloureux douloureuse allergique allergie reaction
anaphylactique ambulance hopital urgence suicide suicider mourir paralyse paralysee engourdi engourdie faiblesse
etourdie etourdi marbree violette mauve infection infecte infectee cloques cloque ampoules brulure brulures brulee
brule fievre frissons urticaire plaques eruption rougeur rougeurs paupiere visage demange suinte croutes boursoufle
ecchymose annuler annulez annule annulation canceller cancellez reporter deplacer remettre changer devancer
repousser confirmer confirme confirmee rendezvous desabonner desabonnez reabonner desinscrire desinscrivez recevoir
arretez arreter textos messages numero mauvais trompez personne disponible disponibilite malheureusement empechement
demain mercredi vendredi samedi dimanche parfait merci maquiller maquillage traitement injection injections
stationnement question adresse normal pharmacie ferme serree bloque poitrine noircit blanchit picote chatouille
tombante affaissee insensible enflammee irritee bouillante brulante pansement pansements vomissements vomis
gonflements cicatrice boursouflee
""")
