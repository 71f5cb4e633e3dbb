"""Reserve: what may stand beside a yes and takes something of it back, so that a person decides.

A promise to come is unconditional, of the time to come and the writer's own. A `not`, a condition, a past, a later word
or a delay beside it is a doubt, unless the turn of phrase is one of those that are known to say yes.
"""

from followup.domain.words.pattern import any_of

#: Turns of phrase with a `no`, an `if` or a past in them that say yes, or are said in courtesy.
_EXPLAINED = any_of(
    r"""
no|not|aucun\w*|pas ?a|de|d ..1 (?:problem\w*|prob|probl\w*|worries|issues?|trouble|troubles|conflict\w*|conflit\w*|
  soucis?|doubt|doute|biggie|sweat|stress|tracas|chicane|questions?|objections?|changes?|changements?)
no need ?to|for \S+
(?:wouldnt|willnot|not|dont|pas|nolonger) ..3 (?:miss|missing|cancel|skip|manquer\w*|oublier\w*|raterai\w*|annuler\w*)
(?:manquerais?|manque|raterais?|oublierai|oublie|ai_oublie) (?:pas|certainement_pas)
ai pas oublie
cantwait
^ no ?, nothings changed|nothing
no reason ?to ?change|cancel|move
never been more ready
(?:no|dont|not) ..2 need to (?:change|move|cancel|reschedule)
^ no ?, ?i (?:dont|~)
ok|okay|fine|alright if i bring
same ..1 time ?as ?last ?week|time|year
no|dont|stop ..1 (?:more_)?(?:text|message|contact|write|promo|{media})
why not
if (?:anything|something|that_changes|needed|you_need|not_ill|any_changes|thats_ok)
si (?:vous_avez_besoin|jamais)
(?:i|we) (?:got|received|saw|read|had_forgotten|forgot|almost_forgot|was_going_to|was_wondering) ..3 (?:message|text|
  reminder|email|it|this)
(?:j|nous) ai (?:bien_)?(?:recu|lu|vu)
as (?:discussed|planned|scheduled|agreed)
"""
)
_RESERVE = any_of(
    r"""
no|non|not|isnt|dont|doesnt|didnt|wont|willnot|cannot|cant|never|nolonger|neither|nor|wasnt|arent|havent|hasnt|wouldnt|
  couldnt|shouldnt
pas|jamais|aucune?|ni
if|unless|once|provided|providing|assuming|whenever|until|depending|depends|subject_to|as_long_as|so_long_as|
  only_when|as_soon_as|contingent|pending|in_case
si|quand|lorsque|dependamment|dependant|sauf|a_moins|tant_que|des_que|aussitot|pourvu|selon|condition|en_autant|
  une_fois|apres_que|jusqu_a_ce
when (?:i|my|we|the|its|you|they|he|she)
after (?:my|i|the|we) !noon
(?:i|we|it|he|she) ..1 (?:was|were|had|went|came|did|paid|called|tried|cancelled|canceled|attended|showed|left|missed|
  rescheduled|asked|sent|told|saw|spoke)
(?:been|already) ..1 (?:there|came|went|paid|done|did|been|charged|gone|had|left|cancelled|canceled|called)
(?:i|we|my) ..2 (?:was|were|been|got) ..2 (?:charged|told|billed|there|here)
yesterday|hier
i moved
(?:i|je) ..2 (?:still_have|have|ai) ..2 (?:problem|probleme|issue|complaint|plainte)
(?:please|svp|oui|yes|ok) ..1 (?:rappelez|appelez|call|phone) moi|me
^ yes|oui|yeah|ok ?hello|allo|hi \?|,_\?
last (?:{day}|time|visit|appointment)
(?:j|je) (?:etais|avais|suis_alle\w*|suis_venue?|suis_passe\w*)
(?:j|on|nous) (?:ai|a|avons) ..1 (?:ete|eu|appele|paye|annule|essaye|laisse|parle|demande|attendu|fait|manque)
(?:ill|i_will|we_will|will|gonna|going_to|let_me|lemme|have_to|need_to|gotta|well|i_ll|im_going_to|about_to|trying_to|
  ill_just) ..2 (?:call|phone|ring|text|email|write|check|try|ask|see_(?!you|u|ya)\S+|look|think|get_back|let|talk|
  verify|confirm_(?:later|when)|reply|respond|answer|message|contact|figure|find|decide|speak)
(?:ok|sure|yes|alright) (?:checking|looking|thinking|trying|waiting|calling) !forward
(?:vous|te|t) ..1 (?:appelle|appellerai|rappelle|rappellerai|ecris|ecrirai|texte|texterai|contacte|contacterai|reviens|
  reviendrai|redis|redirai|reponds|repondrai|confirmerai|tiens)
(?:vais|va|vas|dois|faut|peux|veux) ..3 (?:appeler|rappeler|essayer|ecrire|texter|contacter|regarder|verifier|voir|
  demander|penser|parler|checker|revenir|repondre|confirmer|valider)
(?:je|j|on) (?:regarde|verifie|essaie|essaye|demande|check|checke|attends?|pense|reflechis|appelle|rappelle|hesite|
  cherche|valide|doute)
(?:still|encore|toujours|im|am|just|are) ..1 (?:thinking|waiting|deciding|checking|looking|unsure|attends?|hesit\w*)
(?:someone|somebody|{kin}) ..1 (?:will|va|can|is_going_to) ..1 (?:call|text|phone|appeler|texter|write|email|drive)
hold|wait|hang ?on|up|a|un ?sec|second|minute|moment|peu $
(?:one|a|just|un|une|1|quelques|few|give_me) ..2 (?:sec|secs|second|seconds|seconde|secondes|moment|instant|minute|
  min|minutes|mins) !early|late|away|before|avant|de_retard|en_retard|d_avance|walk|drive|out|retard|tot
^ yes|yeah|ok|sure|oui right $
"""
)


def is_reserved(text: str) -> bool:
    """True if something in the text besides the yes is not explained by it."""
    return _RESERVE.search(_EXPLAINED.sub("~ ", text)) is not None
