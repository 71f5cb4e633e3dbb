"""Aside: what else an answer holds beside the answer, so that no machine closes what only a person would understand.

A table of the words in which people answer about a visit. A text with any other word is read by a person, too, whatever
has been done with the answer: nobody can describe a symptom in these words alone.
"""

import re

from followup.domain.meaning.names import is_first_name
from followup.domain.words.classes import CLASSES
from followup.domain.words.fold import READ_AT_MOST
from followup.domain.words.reading import Reading
from followup.domain.words.table import words_in

_EN = words_in("""
a able about absolutely add affirmative after afternoon afternoons again agree ahead all already alright also always
am an and another any anymore anything anytime apologies appointment appointments appreciate appreciated are around as
asap at attend attending availability available awaits away awesome back be because been before being best bet better
book booked booking both bring brother bump busy but by calendar call called came can cancel canceled canceling
cancellation cancelled cancelling cantwait car chance change changed changes check clinic come coming confirm
confirmed confirming conflict consult cool copy correct could count couple course date daughter day days deal
definitely didnt different do doesnt doing done dont dream drive earlier early else enjoy entendu even evening
evenings everyone excellent excited facial family fantastic find fine first following for forgot forward free friday
from get getting give glad go going good got great guys had happy has have havent having hello here hey hi hold home
hope hoping hour hours how husband i id idea if ill im in indeed instead interested is isnt it its ive job just keep
kids kind kindly know last late later let lets like list little lol long longer look looking lot love lovely luck
lunch maam madame make many may maybe me meeting message messages might mind minute minutes miss missing moment monday
month months more morning mornings move moved moving much my name need needed needing negative new next nice no noon
not note notice now number nvm oclock of off office ok okay on one only onto open opening openings option or other our
out parking past perfect perfectly person pick place plan planned plans please possible postpone prefer probably
problem push pushed put quick rather ready really rebook receive received release remind reminder reminders remove
reschedule ride right roger running said same saturday say schedule scheduled school see send sending session set
shift should sister sitter slot snow so some somebody someone something son soon sooner sorry sounds spot start still
stop storm subscribe such sunday super sure swap switch take team text texts than thank thanks that thatll thats the
their them then there they thing things think this though thought through thurs thursday thx til till time times to
today together tomorrow tomorrows tonight too town traffic treatment trip true try trying tues tuesday two
unfortunately until up update us using vacation very via visit wait waiting waitlist want wanted was way we weather
wed wednesday week weekend weeks welcome well were what whatever when where which who wife will willnot with wonderful
work working works world worries would wouldnt yes yesterday you your yours
""")
_FR = words_in("""
a absente absolument ai aimerais aller allo alors am amener an annulation annule annuler annulez aout apprecie apres
apresmidi april arrive as assez attend au aucun aucune august auriez aussi auto autre autres aux avait avance avancer
avant avec avez avoir avons avril beau beaucoup ben besoin bien bientot bon bonjour bonne bons bonsoir c c_est ca
canceller cancellez cannot ce ceci ceduler cela certain certainement ces cet cette chance change changement changer
chez chose comme commencer compris comptez confirme confirmee confirmer confirmez conflit contente conviendrait
convient correct correcte cours d daccord dans de decaler december decembre deja demain demande depart deplace
deplacee deplacer deplacez des desabonnee desole desolee deux devancer devoir devrai devrais dimanche dispo
disponibilite disponible dispos dois donc donner donnez du ecole elle empechement en encore enfant enfants enfin
enlevez entendu erreur es est et etais etait ete etes etre etudes evidemment excellent faire fait fasse faudrait faut
faute february fera fevrier fille fils finalement fois fonctionne garde gardez gardienne gentil gentille h hate heure
heures hier horaire ici idee il ils imprevu info irait j jamais january janvier je jeudi job jour journee jours
juillet juin july june juste l la le les leur liberer liberez libre lieu liste lundi m ma madame magnifique mai
maintenant mais malheureusement manquer manquerai manquerais march marche mardi mars matin me meilleures meme merci
mercredi mes message messages meteo mettre midi mien mieux mille minutes moi mois moment mon monsieur moyen n nd ne
necessaire neige nolonger non nos note notre nous nouveau nouvelle november novembre october octobre on ou ouais
oublie oui ouin par pardon parfait parfaite parti pas pendant personne peu peut peux place place_la plage plaisir plus
plutot pm possible pour pourra pourrai pourrais pourrait pourriez pouvez pouvoir prefere preferer prendre prends
presence present presente presenter prevu prevue probleme prochain prochaine prochaines prochains puis qu quand que
quel quelle quelqu quelque questions qui quoi rappel rappels rd rdv rebooker receduler recevoir recu regarder remet
remets remette remettez remettre remise rendre rendu repondre reponse reporte reportee reporter reportez repousser
reprendre reserver retard reunion reviens s sa samedi sans se seance semaine semaines september septembre sera serai
serais serait seront service ses si soir soiree son sont souci soucis souhaite st stationnement stress suis suivante
super supprimez sur svp t tantot tard te tel tempete textez texto textos th tot toujours tous tout toute travail
travaille travailler tres trop trouver tu un une va vacances vais vas vendredi venir vers veuillez veut veux viendra
viendrai viendrais viens vient ville visite voir voit vos votre voudrais vous voyage voyons vrai vraiment y
""")
_WORDS = _EN | _FR
#: Words that are answers in one company and signs in another.
_SIGNS = re.compile(
    r"(?<! se) (?:see|voir|vois|voit) (?!you |ya |u |yall |everyone |if |what |when |whether |si |ca avec |avec )"
    r"| cannot (?!come|make|attend|be |do |venir|etre|y |aller|ce |cette|this|that |today|tomorrow|le |la |on |at |"
    r"until|avant|me (?:liberer|presenter|rendre|deplacer)|m y|wait|go (?:to|that|this|there|on (?:that|the|@))|"
    r"confirm|"
    r"[.,?]|$|demain|faire|pour|a |now|anymore|then|it |,|sorry|work|any|next|in |{day}|@time)"
    r"|(?: not| isnt| dont| doesnt| pas| never)(?: [a-z]+){0,2} (?:ok|good|well|great|right|fine|better|bien|correct|"
    r"mieux)(?= )(?! (?:for|time|day|day|to|pour|with|a |at))"
    r"| (?:go|going|keep) on (?=[.,]|$)| (?:worse|pire) ".replace("{day}", CLASSES["day"])
)
_PLAIN = re.compile(
    r"[.,?]|:(?:heart|thumbsup|thumbsdown|liked|laugh|sos):|@(?:time|link|email|phone)|\d+(?:st|nd|rd|th|am|pm|h)?|[a-z]"
)


def says_more(reading: Reading) -> bool:
    """A word stands in the text that no answer about a visit needs, or it is longer than one."""
    text = reading.text
    return (
        len(reading.source) > READ_AT_MOST
        or bool(_SIGNS.search(text))
        or any(not _is_plain(word) for word in text.split())
    )


def _is_plain(word: str) -> bool:
    return word in _WORDS or _PLAIN.fullmatch(word) is not None or is_first_name(word)
