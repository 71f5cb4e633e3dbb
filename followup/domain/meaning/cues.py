"""Cues: turns of phrase that several intents look for, English and French."""

from followup.domain.words.pattern import any_of

COURTESY = any_of(
    r"""
(?:hi|hello|hey|hiya|howdy|bonjour|bonsoir|allo|salut|coucou|good_morning|good_afternoon|good_evening|bon_matin|hola)
  ?there|all|everyone|team|again|ladies|madame|tous|toutes|la_gang
(?:please|svp|thanks|thank_you|merci|cheers|ta) ?very_much|so_much|again|a_lot|a_bunch|beaucoup|bien|infiniment|
  a_vous|a_lavance|d_avance|much|kindly|everyone
(?:sorry|desolee?|pardon|excusez|excusez_moi|apologies|my_apologies|so_sorry|je_suis_desolee?|mes_excuses|scuse\w*)
:heart:|:sad:
(?:ok|oh|ah|well|so|um|uh|ben|bon|alors|euh|eh|hmm|haha|lol|just|juste|actually|maam|sir|madame|monsieur|hun|dear)
"""
)

YES = r"""
ouin (?:c|ok|parfait|je|j|ca|merci|correct)
yes|oui|ouais|affirmative|absolutely|definitely|certainly|indeed|positively|certainement|absolument|definitivement|
  assurement|evidemment
of|for course|sure
ben ?sur oui|ouais
bien sur
sure ?thing
you bet
"""
WEAK_YES = r"""
ok|daccord|perfect|parfait|parfaite|perfecto|fine|alright|correct|certain|entendu|deal|good|excellent|excellente|
  c_est_bon|c_est_beau|roger|copy|10_4
c_est_ok
:thumbsup:|:liked:
"""

ATTEND = any_of(
    r"""
(?:ill|i_will|we_will|will|well|be|gonna|going_to) be ..1 (?:in|there|present|by) ..1 (?:{when}|for)
^ will be there !late|soon|in_a|shortly
(?:received|noted|got_it|and|all|great|ok|thanks|,) confirmed
count on me|us|it
^ we are good $
consider me|us there|in|confirmed
(?:vais|va|vas) y (?:etre|aller) $
^ ?its|c_est ?a|une date $
^ (?:aye|affirm|bet|for_sure|deal|booked|locked_in|good_to_go|sounds_like_a_plan|im_down|i_m_down)
(?:locked_in|good_to_go|im_down|game_on|save_my_(?:spot|place|seat)|keep_my_(?:spot|appointment|visit|booking)|
  keep_it)
(?:wouldnt|would_not) dream of missing
(?:planning|plan) on it
(?:gardez|garde) ..1 (?:ma_place|mon_rdv|mon_rendez)
(?:on|nous) ..1 (?:sera|serons|va_etre) ..1 (?:la|present\w*)
not going ..1 miss
(?:suis|serai|sera|serons) la ?pour {when} $
^ ?encore|toujours|still|tjs (?:bon|correct|good|ok) ?for|pour|avec ?me|moi $
(?:ill|i_will|we_will|well|will|i|we|im|gonna|going_to|shall|be|we_ll) ..2 be there !in_\d+|in_a|soon|shortly|late|
  before|earlier|around_\S+_instead
^ be there !in_\d+|in_a|soon|shortly
(?:ill|i_will|we_will|will|im|we_are|were|am|plan_on|planning_on|still|we) ..1 (?:coming|attending|attend|come)
  !at_\d|later|with_a_question|down|tomorrow_instead|early|from|late|home|instead|up_with|back_to
(?:i|we|will|ill) ..1 (?:can|will|shall|could) ..1 (?:make|attend|come|make_it) !up|later|earlier|if|at_\d|another
see you|ya|u|everyone|guys|all !never|another|some_other|next_year
see|c you|ya|u ..1 (?:{thattime}|there|{when})
see|catch you|ya !never
(?:look|looking) forward
cantwait
(?:im|i_am|we_are|were|all|still|its|that_is|thats|all_are) ..1 (?:good|set|on|confirmed|ok) ..1 (?:for|to_go|
  with_that|{when}|{thattime})
all set|confirmed
still (?:on|good|coming|works|happening_for_me)
(?:plan|planning|intend|intending) ..2 (?:being_there|to_be_there|coming|to_come|attending|to_attend)
(?:wouldnt|willnot|would_not|not_going_to|not_going|not_gonna|dont_want_to|never) ..2 miss it|this|that|the
(?:wouldnt|would_not|not) ..3 missing it|this
(?:wouldnt|would_not) cancel ..2 for the|anything ?world
(?:count|put) (?:me|us) in
(?:works|good|great|fine|perfect|ok|suits|is_good|sounds_good|excellent) ..1 (?:for_me|for_us|with_me|by_me)
(?:that|this|it|time|date|{when}|{thattime}) (?:works|is_(?:good|great|fine|perfect|ok)|will_work|will_be_fine|suits)
  !better|best|unless
(?:sounds|sound) (?:good|great|perfect|fine|like_a_plan|lovely|amazing|wonderful)
works !best|better|only|if|for_them|better|on_me|until
(?:thatll|that_will|that_would|itll|it_will) ..1 (?:work|be_(?:fine|perfect|great|good)) !not|better
(?:im|i_am|still) ..1 able to (?:make|come|attend)
i can ..1 (?:do_that|make_that|be_there|come) !if|later|instead|another|but|\?
(?:its|it_is|thats|that_is) ..1 (?:yes|a_yes)
will do
^ ?tout c ?est beau|bon|correct|parfait|merveilleux|excellent
(?:will|gonna|going_to) be (?:present|in_attendance)
(?:i|hereby|to|im|like_to|want_to|can|please|am|me|we|just|happy_to|confirmed|is|are|yes|,) ..1 (?:confirm|
  confirming|confirmed|reconfirm\w*) !that_i_cannot|i_got|i_received|receipt|i_cannot|if|whether|later|until|what|
  when|how|where|the_address|
  price|with_you|cancel\w*
^ (?:confirm|confirmed|confirming|reconfirming) !cancel\w*
no|not ?a problem|problems|prob|conflict|conflicts|objection !with_my|finding
no|not ?a issue|issues|trouble for|with|at_all|making|being|coming|,|. {when}|that|me|being|making|there|coming|see|
  ill|i
no need to|for ..1 (?:change|reschedule|move|cancel)\w*
no changes?|change ?on|needed|from
(?:serai|serais|seront|serons|vais_etre|va_etre|allons_etre|y) ..1 (?:la|present|presente|presents|presentes|au_rdv|
  serai|sera|serons|vais|va)
y (?:serai|serons|vais|sera) !pas|nolonger|voir
{when} ..1 c_est (?:parfait|bon|beau|correct|excellent|ok|super|good)
(?:je|j|on|nous) (?:viens|vien|viendrai|viendra|viendrons|vient|me_presenterai|arrive_a) !pas|nolonger|plus|de|d|te|
  vous|plus_tard|en_retard|si|seulement|juste|jamais
(?:je|j) ..1 confirme\w* !que_j_ai_(?:eu|recu|lu)|avoir_(?:eu|recu)|reception|pas|nolonger|plus_tard|que_je_(?:ne|
  cannot|serai_pas|viens_pas)|demain|l_annulation|bientot
confirme\w* ..1 (?:presence|rdv|pour|avec_plaisir|mon)
(?:c|est|tout|rdv|bien|presence) ..1 confirmee?
^ confirmee?|confirmer|confirmation $
(?:ca|cela|{when}|heure|date|rdv) ..1 (?:marche|convient|fonctionne|fait|adonne|roule)
  !pas|nolonger|bien_\?|tu|mal|~|\d+|dix|deux|trois|quatre|cinq|
  six|sept|huit|neuf|une|un|des|plusieurs|quelques|longtemps|
  mieux|plus
(?:me|nous) (?:convient|va) !pas|nolonger|mieux|mal
(?:c|tout|est|ca) ..1 (?:beau|bon|correct|parfait|good|excellent|ok|super|en_ordre) ..1 (?:pour|{when}|a_demain|
  merci_a|je_serai|j_y|on_se_voit)
correct pour
a !matin|midi|soir (?:demain|bientot|tantot|plus|{day}|tout_a_l_heure|tres_bientot|@time|la_prochaine|ce_soir|tout) $
a (?:demain|bientot|tantot|tres_bientot) !si|j_aimerais
(?:on|nous) se voit|verra|revoit
(?:hate|hate_de|au_plaisir|bien_hate)
(?:manquerais|manquerai|raterais|raterai|manque|oublierai|oublie) (?:pas|certainement_pas) ..1
n ai pas oublie
sans faute|probleme
compte\w* sur moi
(?:pas|aucun|y_a_pas) ?de|d (?:probleme|problemes|trouble|troubles|souci|soucis|tracas|chicane|conflit) !de_sante|a|
  depuis|apres|avec_ma|avec_mon
toujours (?:bon|ok|correct|valide|d_accord|partante?|prevu)
c est note
ca me va|convient
ca va (?:pour|{when}|aller|daccord)
present|presente $
je me presente|presenterai ?{when}
(?:count|im|i_am|we_are|were) in $
^ (?:hell|heck|damn) (?:yes|yeah)
(?:telle?_que_prevue?|comme_prevu|as_planned|as_scheduled)
"""
)

NO = any_of(
    r"""
^ (?:no|non|nope|negative|negatif) !problem\w*|prob|worries|change|changes|need|issues?|trouble|questions?|doubt|
  conflict\w*|hablo|entiendo|comprendo|english|ingles|comprends|way_(?:i_would_miss|id_miss)|more_(?:swelling|pain|redness|bruis\w*)|swelling|pain|redness|
  sweat|stress|biggie|complaints?|side|rush|i_(?:will|
  can|am)_(?:be|make|come)|im_(?:coming|good_for)|ill_be
"""
)

CANNOT_ATTEND = any_of(
    r"""
^ ?yes|oui|ok [.,] ?actually|wait|oops|attends|finalement no|non $
^ ?ok ?thanks|merci ..2 (?:but|mais) ?finally|finalement no|non|nope $
(?:so|alors|donc|fait_que) no|non|nope $
cannot get off|away|out|there|to_you|time|free|a_sitter
count me out
(?:no|not) ..1 (?:go|happening) $
(?:{when}|date|time|day|moment) ..1 (?:isnt|not|wasnt|is_not|doesnt|willnot) ..2 (?:good|great|ideal|convenient|
  possible|work|suit|ok|best|fit|workable)
(?:jury_duty|funeral|enterrement|funerailles|court_date) !was|last
(?:est|suis|sommes|serai|serons) ..1 en vacances !jusqu|jusqu_au
(?:dont|didnt|do_not) ..1 (?:think|believe|feel_like) ..1 (?:i|we|id|ill) ..1 (?:can|could|will|am|be|make|ll|should|
  coming|come|attend|able)
(?:think|guess|afraid) ..1 (?:not|i_cannot|i_willnot)
(?:pense|crois|penserais) pas ..2 (?:pouvoir|venir|etre|y_aller|que_je|capable|y_etre)
^ ?malheureusement|helas non|no|not ?malheureusement $
^ (?:unfortunately|regretfully|sadly) (?:no|not|cannot)
(?:serai|serons|sera|pars|partons|partie?) ..2 (?:vacances|voyage)
(?:will|ill|we_will) ..1 be ..1 (?:on_vacation|on_holidays?|travell?ing|abroad)
cannot ..1 (?:come|make|attend|be|do|show|keep_(?:it|my|the|that|this)|go|swing|commit|honou?r|possibly|today|
  tomorrow|that|this|any|it|due|
  because|as|sorry|{when}|{thattime}|at|on|afterall|after_all|$|\.|,|unfortunately|venir|y|etre|me|m|faire|assister|
  aller|malheureusement|ce|cette|finalement|demain|pour|le|la|a|dsl|desole\w*|car|parce|je|on)
cannot $
(?:i|we|ill|will|but|and|sorry|just) ..2 (?:willnot|not_be|never) ..1 (?:be|make|come|attend|show|there|coming|
  attending|able|available|here|going)
willnot (?:be_(?:there|able|in|attending|coming|available|showing|here)|make|come|attend|show)
willnot $
not (?:coming|attending|available|free|able|in_town|around|showing_up|possible|gonna_(?:make|work)|{when}|{thattime})
not going to (?:make|work|come|be)
(?:willnot|isnt|wasnt|not|is_not) ..1 (?:work|gonna_work|possible|doable|feasible|an_option) !on_my|yet|out
(?:out|outside) of ..1 (?:country|town|province|city|state)
(?:have|got) ..2 (?:exam|class|wedding|funeral|meeting|flight|surgery|conflict|practice|court|interview) ,,4 (?:no|
  sorry|so|cannot|that_day|$)
(?:im|i_am|am|we_are|is) ..1 (?:unavailable|away|out_of_town|travelling|traveling|out_of_the_country|out_of_province|
  on_vacation|double_booked|abroad)
unavailable
(?:something|smth|sth) ..2 (?:came|has_come|popped|pop|just_came) up
(?:have|got|has|gotta|called|scheduled|stuck|supposed|need_to|needed_at) ..3 (?:work|working|to_work|at_work|
  into_work|a_meeting|overtime|extra_shift|a_shift) !on_my|around|out
(?:have|going|will|ill|got|need|gotta) ..1 to ..1 (?:miss|pass|skip|decline|bail|sit) !on_the|by|a_kidney
(?:im|i_am|i_m|i) ..1 work\w* ..1 (?:{thattime}|this|{when})
(?:doesnt|dont|willnot|not|didnt|isnt_going_to|cannot) work !yet|out|for_my|properly|on_my|\.\s|,_the
(?:no|not) ..1 good ..2 (?:for|that|day|time|me|$)
(?:have|going|gonna|will|ill|got|need) ..2 (?:miss|pass|skip|decline|bail|sit_this)
no can do
no way ..2 (?:can|could|i_am_able)
(?:no_longer|nolonger|not) ..1 (?:available|free|dispo\w*|able)
(?:schedul\w*|time|work|timing|a) conflict
(?:wish|wanted) ..2 (?:could|to_come|to_be_there|to_make)
not this time|maybe_next_time|next_time
(?:respectfully|must|have_to|will) decline
(?:car|ride|truck|babysitter|sitter|flight) ..3 (?:broke|died|dead|cancelled|canceled|fell_through|bailed|delayed|
  in_the_shop|towed)
(?:family|work|personal|medical) emergency
(?:pas|nolonger|plus) ..1 (?:dispo|disponible|disponibles|libre|possible|faisable)
indisponible|indispo
(?:serai|sera|serons|suis|viendrai|viens|vient|viendra|vais|pourrai|irai|va|reviens) ..1 (?:pas|nolonger|absente?)
  ..1 (?:la|present|presente|presentes?|venir|y_etre|etre|me_presenter|y_aller|pouvoir|$|capable|en_mesure|demain|
  mardi|lundi|mercredi|jeudi|vendredi|samedi|ce|cette|finalement|desole\w*|au|a)
(?:viendrai|viens|viendra) ..1 (?:pas|nolonger)
(?:ai|eu|a|avoir|petit|un|gros|autre|dernier|j_ai) ..2 (?:empechement|imprevu|conflit|contretemps|engagement)
empechement|imprevu
(?:ai|have|got) ..2 (?:autre_rdv|autre_chose|quelque_chose|chose|something_else|another_(?:appointment|commitment|
  engagement)|plans|other_plans|obligation) ..4 (?:heure|moment|time|date|jour|{when}|{thattime}|la|prevu|then)
(?:ne|n|suis|serai) ..1 pas en ville
(?:je|on) travaill\w* ..2 (?:finalement|cette|ce|demain|{day}|jusqu|toute|le|a_cette|de_jour|,|$)
(?:dois|obligee?|faut) ..2 (?:travailler|rentrer_au_travail|aller_travailler)
(?:ca|cela|{when}|date|heure|moment|ce|me|nous) ..2 (?:marche|fonctionne|convient|va|adonne|marchera|fonctionnera|
  ira) ..1 (?:pas|nolonger)
(?:marchera|ira|convient|conviendra) pas
passer ..1 tour
(?:pas|nolonger) ..1 possible !de_savoir|d_avoir|de_venir_(?:a|plus)|de_(?:deplacer|changer|reporter|remettre|mettre|
  devancer)
impossible
(?:a_l_exterieur|en_voyage|hors_de_la_ville|en_dehors_de_la_ville|a_l_etranger)
(?:dois|devrai|vais|va|faut) ..2 (?:manquer|decliner|refuser|sauter|passer)
pas cette fois
(?:auto|char|voiture|transport|gardienne) ..4 (?:brisee?|brise|panne|morte?|garage|lache\w*|annule\w*|demarre_pas|
  malade)
"""
)

UNSURE = any_of(
    r"""
unsure|maybe|perhaps|possibly|probably|potentially|might|tbd|undecided|tentative|tentatively|iffy|depends|depending|
  peut_etre|probablement|possiblement|eventuellement
(?:i|we) think so|i_can|ill_be|that_works|yes
should be (?:fine|able|ok|good|there|possible)
hopefully|hoping|espere|esperons
(?:let|keep) ..1 (?:know|posted|you_know|check|think|see|get_back|confirm_later|ask)
(?:get|circle|come) back to you
(?:will|ill|i_ll|need|have|gotta|let_me|going_to|lemme) ..2 (?:check|see|ask|think|verify|find_out|look) !you|ya|u|
  forward|great|amazing
(?:confirm|answer|reply|respond|decide|know|tell_you|text_you|book|say) ..1 (?:later|soon|tomorrow|asap|tonight|
  shortly|in_a_bit|once|when|by|for_sure_yet|yet)
cannot ..1 (?:confirm|say|commit|promise|decide|answer)
not ..1 (?:confirm\w*|decided|convinced|certain|100)
(?:havent|not) ..2 (?:decided|made_up|figured)
(?:trying|try) to
who knows
^ ?i think|guess|suppose ?so $
i think|guess $
^ ?yes|oui|ok|c|yeah [.,] ..1 (?:actually|wait|attends|finalement|oops|sorry|non|no|hold_on) ..2 (?:no|non|cannot|nope)
yes|oui (?:wait|attends|actually|finalement) ..2 (?:no|non|cannot)
(?:yes|oui) (?:to|au|a|pour) ..2 (?:no|non) (?:to|au|a|pour)
leaning|tentative|tentatively
pencil me in
y pense|reflechis
will|ill|i_ll|gonna let ..1 know
well|we_will see
whatever
:unsure:
(?:sais|sait) ..1 (?:pas|nolonger)
(?:pas|nolonger) ..1 (?:sure?|certaine?|decide\w*|convaincue?)
(?:vais|va|dois|laissez|laisse|attendez|faut) ..3 (?:voir|verifier|y_penser|penser|reflechir|regarder|demander|
  valider|checker) !plus|jamais|le_dr
(?:vous|te|t) ..1 (?:reviens|redis|reviendrai|redirai|rappelle_plus|confirme_plus|dirai|tiens_au_courant|redonne|
  recontacte)
on verra|va_voir
a (?:voir|confirmer)
ca depend
confirme\w* ..2 (?:plus_tard|demain|ce_soir|bientot|d_ici|des_que|pas|quand)
cannot (?:confirmer|dire|repondre|garantir|promettre)
je (?:pense|crois) ..1 (?:que|oui|pas)
normalement
"""
)

CONDITION = any_of(
    r"""
(?:yes|ok|sure|coming|come|there|works|good|fine|great|perfect|confirm|confirmed|go|attend|make_it|oui|daccord|viens|
  parfait|correct|confirme|viendrai|bon|ca_me_va|ca_marche|veux|would|pourrais) ,,3 (?:if|as_long|only_if|provided|
  providing|unless|assuming|so_long|on_condition|but_only|si|a_condition|pourvu|tant_que|seulement_si|sauf_si|
  a_moins|en_autant|du_moment)
^ (?:if|si|only_if|as_long_as) ..8 (?:yes|ok|sure|ill|i_will|coming|oui|je_viens|daccord)
(?:mais|but|yes|oui|ok) ,,1 (?:seulement|juste|only) (?:si|if|pour|for|with|avec)
(?:if|si) (?:the|it|its|there|its_with|c|ca|le|la|je|i|mon|my|you|vous|on|we) ..8 (?:then_yes|sinon|otherwise|
  alors_oui|then_i|if_not|else_cancel)
"""
)

QUESTION = any_of(
    r"""
(?:confirmez|dites|donnez|redonnez|rappelez) moi ..1 (?:heure|adresse|date|prix|jour)
(?:faites|fais) vous ca
vous (?:faites|faisez) (?:ca|cela)
^ ?svp|and|please ?text|send|textez|ecrivez|envoyez|give ?me|moi ?the|your|l|votre (?:address|adresse|prices?|prix|
  hours|
  directions|location) ?again|please|svp ?again|please|svp $
^ [a-z]+ez vous (?:les|des|du|la|le|aussi|un|une|l)
^ ?and|so|but|also|et|puis|mais|just|quick|hi|,|. ?, (?:what|whats|where|wheres|when|whens|why|how|hows|who|whos|
  which|whose|can|could|do|does|did|is|are|am|was|will|would|should|have|has|may|any|anyone|isnt|arent|doesnt|
  dont_you|cannot_you|shall) !do|let_you_know|it_is_noted|come|be_(?:there|here|coming)|you_soon
(?:what|where|when|why|how|who|which) (?:time|is|are|do|does|did|should|can|could|will|would|was|am|much|many|long|
  about|to|if|kind|type|day|happens|i|early|far|often|soon|late)
(?:is|are|was|were|do|does|did|can|could|will|would|should|may|have|has|am) (?:i|you|we|it|there|they|this|my|your|
  he|she|dr|jenna|anyone|someone) !all|both|guys|so|too
\?
(?:wondering|curious|question|questions|quick_question|(?:want|wanted|like|meant|forgot)_to_(?:know|ask)|
  like_to_know|tell_me|let_me_know_(?:if|
  what|how|when|where|the)|do_you_know|any_idea|need_to_know|ask_(?:you|about)|could_you_tell|remind_me|
  forgot_(?:what|when|where|
  my|the))
(?:est_ce|est_ce_que|est_ce_qu|qu_est_ce|c_est_quoi|combien|comment|pourquoi|quand|quoi|quel|quelle|quels|quelles|
  ou_(?:est|se|c_est|etes|sont|dois|je|vous)|puis_je|dois_je|faut_il|y_a_t|peut_on|a_t_il|avez_vous|acceptez_vous|
  etes_vous|faites_vous|donnez_vous|prenez_vous|offrez_vous|pouvez_vous|pourriez_vous|peux_tu|pourrais_tu|serait_il|
  suis_je|ai_je|vais_je|allez_vous|savez_vous|auriez_vous|vendez_vous|est_il|est_elle|sont_ils|sont_elles|sera_t)
(?:a|va|vais|est|peut|fait|as|ai|faut|ca|sont|ont|c_est) (?:tu|ti) \S+
(?:vous|on|ca|il|elle|y|mon|ma|je) ..2 \S+ (?:tu|ti) \S+
(?:oublie|perdu|rappelle_plus|rappelle_nolonger) ..2 (?:heure|adresse|date|journee|numero_de_porte)
\S+ (?:tu|ti) (?:un|une|le|la|les|du|de|des|bon|normal|correct|ok|possible|venir|me|m|mon|ma|annule|encore|toujours|
  besoin|a|faire|mettre|prendre|aller|manger|boire|combien|avec|mal|bien|droit)
(?:vous|tu) (?:etes|es|avez|as|ouvrez|fermez|prenez|faites) ..2 (?:ou|situes?|situee?s?|ouverts?|combien|quoi|qui|
  rendu)
\S+ (?:ou|combien|quand|comment|quoi) $
(?:c_est|est|cest) ..1 (?:ou|quand|combien|qui|avec_qui|quoi|a_quelle|a_quel|quelle|quel|dans_quel)
(?:a_quelle_heure|de_quelle|avec_qui|dans_quel|jusqu_a_quelle|qui_va|qui_est|c_est_qui)
(?:je_me_demand\w*|j_aimerais_savoir|voudrais_savoir|veux_savoir|question|savoir_si|me_dire)
"""
)

LATE = any_of(
    r"""
(?:running|run|be|am|im|few|bit|little|minutes|gonna|going_to|going|min|probably|already|arriving|arrive|5|10|15|20|
  super|slightly|so) ..2 late !afternoon|evening|night|for_work|at_night|fee|cancel\w*|august|september|morning
(?:stuck|caught|held) ..2 (?:traffic|up|trafic|train|bus|behind)
(?:on|en) (?:my_way|the_way|route|chemin)
(?:be|arrive|arriving|almost|nearly|get|getting|soon|will_be) ..1 there ..1 (?:in|soon|shortly|\d+|now)
(?:en|du|de|un_peu_de|petit|un|leger) retard
(?:retard|trafic|traffic)
(?:j|je|on) arrive !pas|a|nolonger
"""
)

ARRIVED = any_of(
    r"""
(?:im|i_am|we_are|were|am|just|i) ..1 (?:here|outside|downstairs|upstairs|parked|parking|arrived|pulling_up|
  pulled_up|in_the_(?:lobby|parking|lot|waiting)|at_the_(?:door|clinic|front|entrance)|waiting)
^ (?:here|outside|arrived|parked|omw)
just (?:got_here|parked|arrived|pulled)
(?:suis|sommes|on_est|je_suis) ..2 (?:arrivee?s?|dehors|stationnee?s?|la|devant|en_bas|dans_l_entree|a_la_porte|
  a_la_reception|dans_le_stationnement|dans_la_salle|rendue?s?) $
(?:viens|vient) d arriver
"""
)

AUTOMATIC = any_of(
    r"""
(?:thank_you|thanks|merci) ..2 (?:for|de|d|pour) ,,3 (?:contact\w*|message|email|courriel|reaching) ,,3 (?:we|our|
  nous|notre|i_will|je) ..1 (?:will|repondr\w*|vous|team|equipe|office|bureau)
(?:will|repondrons|reply|respond|repondr\w*) ..4 (?:within|d_ici|sous|dans_les) ..2 (?:24|48|business|hours|heures|
  jours)
(?:im|i_am|am|currently) ..1 driving !you|to|there|up|down|in|over|from|myself|home
(?:je|j) (?:conduis|suis_(?:au_volant|en_train_de_conduire))
(?:auto|automatic) reply|response|message
this is an automated reply|response|message
^ automated reply|response|message
autoreply|autoresponse|autoresponder
reponse automatique
reponse auto
(?:out|away) ..2 (?:of_(?:the_)?office|from_my_(?:desk|phone|email))
(?:absente?|hors) ..2 bureau
(?:absente?|vacances|vacation|conge|leave|holidays?) ,,4 (?:jusqu|until|till|through|back_on|de_retour|retour|
  returning|will_return|return)
(?:do_not_disturb|dont_disturb|ne_pas_deranger|driving_mode|mode_conduite|focus_mode|sleep_mode) !me|us|again
(?:will|ill|i_ll) ..2 (?:see|read|reply|respond|get_back|return|answer|call_you_back) ..4 (?:later|when|as_soon|once|
  possible|message_later|upon|im_back)
(?:repondrai|repondrons|rappellerai|rappelle|reponds) ..3 (?:plus_tard|des_que|aussitot|possible|a_mon_retour|
  des_mon|quand)
(?:in_a_meeting|en_reunion|cannot_talk|can_i_call_you_later|i_ll_call_you_later|ill_call_you_later|en_conference|
  cannot_parler|what_s_up_cannot)
(?:message|number|mailbox|boite|numero|email|inbox) ..3 (?:not_monitored|unmonitored|undeliverable|non_surveillee?|
  pleine|is_full|not_in_service|pas_en_service|hors_service)
(?:thank_you|thanks|merci) ..2 (?:for|de|pour|d_avoir) ..1 (?:contacting|your_(?:message|email|inquiry)|reaching_out|
  votre_(?:message|courriel|appel)|nous_avoir_(?:contacte|ecrit)|contacte|communique) ,,4 (?:we_will|our|nous|
  a_member|un_membre|someone_will|office|business|hours|heures)
"""
)
