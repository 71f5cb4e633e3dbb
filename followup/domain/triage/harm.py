"""Words of somebody who may harm themselves: an emergency whatever else is said."""

from followup.domain.triage.topic import Topic

TOPICS = (
    Topic(
        "self-harm",
        r"""
[emergency self-harm denies firm]
(?:nobody|no_one|noone|personne) ..2 (?:would|will|s|me|m)? ..2 (?:miss|ennui\w*|manque\w*|notice|care) ,,5 (?:gone|
  dead|la|here|morte?|disparai\w*)
(?:took|take|taking|swallow\w*|avale\w*|pris|prendre) ..2 (?:bunch|bottle|handful|lot|lots|too_many|all|plein|
  beaucoup|trop|boite|bouteille|toutes?) ..2 (?:pills|tylenol|pilules|medicaments|comprimes|meds|drugs|cachets|
  somniferes)
(?:cut|cutting|slit|slitting|slash\w*|coupe\w*|ouvr\w*|taillade\w*) ..2 (?:wrists?|veins?|veines|poignets?)
(?:no|not|dont|cannot|nolonger|any|what_is|whats|what|pas|nolonger|voit|vois) ..3 (?:point|reason|raison|but|sens)
  ..2 (?:living|live|alive|going_on|life|go_on|vivre|continuer|la_vie)
kill|killing|hang|hanging|shoot|shooting|drown|harm|harming|cut|cutting|unalive myself
hurt|hurting myself ?on ?purpose $
(?:want|wanna|going|gonna|will|might|could|thinking|thought|urge|urges|ideas?|plan|planning|tempted|about|feel|
  feeling|like) ..4 (?:hurt|hurting|harm|harming|cut|cutting|end|ending) ..1 (?:myself|my_life|it_all|things|
  everything)
suicid\w* !squad|doors|mission|risk_form
(?:want|wants|wish|going|ready|rather|prefer|better|just|try|tried|trying|hope|hoping) ..2 (?:die|be_dead|not_exist|
  disappear_forever) !of|from|for|laughing|my|in_a|your|on_the|when|seeing|how|my_hair
(?:want|wants|wish|going|ready|rather|prefer|just|hope|hoping) ..2 (?:die|be_dead|not_exist) $
wish ..2 (?:was|were|am) ..2 (?:dead|never_born|not_here|not_alive|gone)
better off (?:dead|without_me)
(?:dont|not|cannot|nolonger|no_longer|no_reason|tired_of|sick_of|done|nothing) ..4 (?:live|living|alive|life|
  be_alive|be_here|exist|existing|go_on_living|live_for|on_living|go_on)_?(?:anymore|any_longer|like_this)? !here|
  there|in|at|near|close|far|on|with|by|too|around|nearby|downtown|help|hold|sale|line|until|that|this|vacation|for|
  to|without|and_on
(?:dont|not|cannot|no_longer|nolonger|no_reason|tired_of|sick_of|nothing) ..4 (?:live|living|alive|be_alive|exist|
  existing|live_for|go_on|be_here) ?anymore|longer|like ?this $
(?:dont|not) ..2 want ..1 (?:be_here|live|exist|be_alive|wake_up|be_around) ?anymore
(?:end|ending|take|taking) ..1 my ?own life
(?:want|wanna|going|gonna|ready|just|rather|to) ..2 end it ?all|now|tonight $
end|ending it all
(?:overdos\w*|took|take|taking|swallow\w*) ?all|whole|a|too|of ?my|the ?whole|many|bottle (?:overdose|pills|
  sleeping_pills)
overdos\w*
(?:no|any|a|the|see|another) ..1 (?:reason|point|will|purpose) ..1 (?:live|living|going_on|to_go_on|be_alive|
  keep_going|to_live|in_living)
(?:dont|cannot|nolonger) ..2 (?:see|find|have) ..3 (?:reason|point|purpose) ..2 (?:live|living|go_on|alive|going)
jump\w* ..3 (?:bridge|window|balcony|roof)
(?:life|living) ..3 (?:not_worth|isnt_worth|worthless|pointless|meaningless|over)
(?:sert|servait) ..1 rien ..2 (?:vivre|continuer|exister|rester_en_vie)
goodbye ..2 (?:forever|world|cruel)
(?:vais|je_vas|veux|voudrais|envie|pense|penser|songe|de|a|j|je|vouloir|fini\w*|par|idees?|essay\w*|j_ai|peur|gout) ..1
  (?:me|m) ..2 (?:tuer|suicider|pendre|faire_du_mal|tirer_une_balle|mutiler|ouvrir_les_veines|couper_les_veines|
  jeter_en_bas)
(?:veux|voudrais|veut|aimerais|envie|prefererais|pense|penser|prefere|idee|idees|gout|souhaite|vais|songe) ..3
  (?:mourir|crever|disparaitre|morte?) !de|d|pour|tellement|rire
(?:veux|voudrais|aimerais|envie|prefererais|pense|prefere|souhaite|gout|hate) ..3 (?:mourir|crever|disparaitre|
  etre_morte?) $
(?:en|d_en) finir ?avec ?la|ma|toute|cette ?vie $
finir ..2 ma vie
en finir [.,]
en finir avec (?:la_vie|tout|moi|mes_jours|cette_vie)
(?:fin|terme) a (?:mes_jours|ma_vie)
(?:nolonger|pas|aucune?|perdu|plus) ..3 (?:envie|gout|raison|force|gout) ..1 (?:vivre|continuer|d_exister|exister|
  de_vivre|la_vie|de_la_vie)
(?:veux|peux|cannot|suis|tannee?|ecoeuree?|capable) ..3 vivre ?nolonger|plus|pas $
veux (?:pas|nolonger|plus) (?:vivre|exister|etre_la|continuer_a_vivre)
(?:tannee?|fatiguee?|ecoeuree?) de (?:vivre|la_vie)
(?:serais|serait|seriez) mieux ..1 (?:morte?|sans_moi)
vie ..3 (?:vaut_(?:pas|nolonger)|sert_a_rien|finie|plus_la_peine)
(?:pris|prendre|avale) ..3 (?:toutes_mes|boite_de|bouteille_de|trop_de) ..2 (?:pilules|medicaments|comprimes)
idees (?:suicidaires|noires)
cannot (?:continuer_a|go_on) (?:vivre|living|like_this|anymore)
cannot go on $
(?:pas|nolonger) ..2 (?:gout|envie) ,,6 (?:vivre|etre_ici|etre_la|d_etre_ici|d_etre_la)
cannot go on ,
""",
    ),
)
