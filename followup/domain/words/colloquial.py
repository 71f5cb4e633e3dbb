"""How people spell in a text: whole words and short phrases, and the plain form that the rules read."""

import re

_WORDS_EN = """
u:you ur:your r:are plz:please pls:please plse:please pleez:please thx:thanks thnx:thanks tx:thanks tks:thanks
  thks:thanks
thanx:thanks thankyou:thanks ty:thanks tysm:thanks tyvm:thanks thnks:thanks tq:thanks cuz:because bc:because
  coz:because
cus:because b4:before tmrw:tomorrow tmr:tomorrow tmw:tomorrow tomoro:tomorrow tommorow:tomorrow tomorow:tomorrow
tommorrow:tomorrow 2moro:tomorrow 2morrow:tomorrow tmmrw:tomorrow 2day:today 2nite:tonight tonite:tonight
  appt:appointment
appts:appointments apt:appointment appoint:appointment apptmt:appointment appointmnt:appointment aptmt:appointment
resched:reschedule reshedule:reschedule reschedual:reschedule reskedule:reschedule sched:schedule cxl:cancel
  cxld:cancelled
cnx:cancel cncl:cancel msg:message msgs:messages txt:text txts:texts txting:texting txtng:texting num:number
  nbr:number
wanna:want gonna:going gotta:have yess:yes yees:yes yea:yes yeah:yes yeh:yes yah:yes yup:yes yep:yes yepp:yes ya:yes
yas:yes yass:yes yuppers:yes ye:yes yessir:yes yessum:yes okk:ok oki:ok okey:ok okay:ok kk:ok okie:ok okee:ok okie:ok
okeydokey:ok k:ok mkay:ok aight:ok ite:ok alrighty:ok alright:ok cya:see cu:see nope:no nah:no naw:no nop:no noo:no
cnt:cannot cant:cannot cannt:cannot cann:cannot dont:dont dnt:dont doesnt:doesnt shud:should wud:would cud:could
  hav:have
n:and wit:with wif:with w:with wth:with abt:about pt:part rn:now atm:now asap:asap omg:omg hosp:hospital tho:though
idk:unsure dunno:unsure lemme:let gimme:give def:definitely defs:definitely definately:definitely defo:definitely
absolutly:absolutely prolly:probably probly:probably mins:minutes min:minutes hrs:hours hr:hour wk:week wks:weeks
  yr:year
dbl:double aret:arret aretez:arretez arete:arrete yrs:years ppl:people rly:really realy:really rlly:really vry:very
  alot:lot puss:pus pusy:pus toung:tongue
  tounge:tongue
tung:tongue toungue:tongue tonge:tongue throte:throat thoat:throat throught:throat thraot:throat breth:breath
  breeth:breathe
breethe:breathe brethe:breathe breathin:breathing brething:breathing breathng:breathing swollin:swollen swelen:swollen
swolen:swollen swolled:swollen swole:swollen bleedin:bleeding bleading:bleeding bleeing:bleeding stp:stp stpo:stop
  sotp:stop
sezure:seizure siezure:seizure ceizure:seizure alergic:allergic allergick:allergic alergy:allergy rxn:reaction
anaphalaxis:anaphylaxis anaphalactic:anaphylactic anafilaxis:anaphylaxis anaphylactic:anaphylactic vison:vision
blury:blurry blurrry:blurry fevr:fever feaver:fever hedache:headache headake:headache cheast:chest hart:heart
unsub:unsubscribe usubscribe:unsubscribe unsuscribe:unsubscribe unsubscibe:unsubscribe unsubcribe:unsubscribe
unsubscrib:unsubscribe conferm:confirm cfm:confirm ys:yes yse:yes yesh:yes yeap:yes cnfrm:confirm confrim:confirm
  comfirm:confirm cofirm:confirm
  confim:confirm
  confirmd:confirmed
confimed:confirmed confrimed:confirmed conf:confirm cancle:cancel cancell:cancel cancl:cancel cancelation:cancellation
canel:cancel wich:which wat:what wut:what whats:whats whos:whos wher:where wen:when y:y hosptial:hospital er:er
  ambulence:ambulance
absess:abscess infectd:infected infeced:infected ichy:itchy itcy:itchy blistring:blistering bruze:bruise
  brusing:bruising
bruse:bruise oozin:oozing throbing:throbbing hurtin:hurting burnin:burning droppy:droopy drupy:droopy dizy:dizzy
suiside:suicide sucide:suicide suicidle:suicidal bleh:bleh runnin:running comin:coming goin:going doin:doing
plastered:plastered resubscibe:resubscribe recieve:receive adress:address cheque:cheque numbr:number wrng:wrong
  wront:wrong
wong:wrong persn:person persson:person
"""

_WORDS_FR = """
chu:suis chus:suis chuis:suis chui:suis jsuis:suis dair:d_air jannule:annule jarrive:arrive jarriverai:arriverai
  jaime:aime
  jarrete:arrete jss:suis jsui:suis jai:ai jvais:vais jva:vais mva:vais jvas:vais
  vas:vas
jpeux:peux jpe:peux jveux:veux jve:veux jsais:sais jsai:sais jserai:serai jserais:serai jcomprends:comprends
  jcomprend:comprends jpense:pense jcrois:crois
jviens:viens jviendrai:viendrai jarrive:arrive jdois:dois jaimerais:aimerais jecris:ecris japelle:appelle
  jaurais:aurais jetais:etais
jirai:irai jy:y jpourrai:pourrai jpourrais:pourrais jfais:fais jvois:vois jrespire:respire jetouffe:etouffe
  jtravaille:travaille
javais:avais jen:en cest:c_est ces:ces cetait:c_etait cé:c_est c:c_est ya:y_a yavait:y_avait yen:y_en ta:ta tas:as
  tes:tes pis:et
faque:alors ben:ben bin:ben ouaip:ouais ouep:ouais ouaiss:ouais voui:oui wi:oui tjs:toujours tjrs:toujours
  ptet:peut_etre ptete:peut_etre oue:oui oueh:oui ui:oui ouii:oui
  ouiais:ouais
nn:non nan:non nonn:non dsl:desole dsle:desole desoler:desole svp:svp sil:sil stp:svp stplait:svp mci:merci mrc:merci
mrci:merci mersi:merci merki:merci bcp:beaucoup bcoup:beaucoup bocoup:beaucoup qqch:chose qqc:chose qqn:quelqu_un
  qq:quelques
pcq:parce pck:parce pk:pourquoi pkoi:pourquoi pq:pourquoi kan:quand qd:quand cb:combien cmb:combien koi:quoi ki:qui
tt:tout ts:tous tlm:monde jms:jamais auj:aujourdhui ajd:aujourdhui aujourdui:aujourdhui ojd:aujourdhui dm:demain
  dmain:demain
2main:demain rv:rdv rdvs:rdv rendezvous:rdv rendevous:rdv rendezvou:rdv msgs:messages sms:textos txto:texto
dac:daccord dacc:daccord dak:daccord daccor:daccord dacord:daccord accord:accord ok:ok oki:ok okay:ok
apres:apres aprem:apresmidi pm:pm hopital:hopital hosto:hopital hopitale:hopital urgences:urgence ambulence:ambulance
misere:misere misaire:misere mizere:misere resprier:respirer resspirer:respirer respire:respire gorje:gorge
  enflé:enfle
anuler:annuler annuller:annuler anulé:annule anule:annule annulé:annule anulez:annulez cancelle:cancelle
  canceler:canceller
cancele:cancelle cancelez:cancellez canselle:cancelle reporté:reporte ceduler:ceduler cedule:cedule
  receduler:receduler
desabonner:desabonner desabboner:desabonner desabonne:desabonne dezabonner:desabonner numero:numero num:numero
trompez:trompez tromper:tromper inffecte:infecte inffecté:infecte infekte:infecte fievre:fievre fiebre:fievre
saigner:saigner seigne:saigne saigné:saigne segne:saigne etourdie:etourdi malade:malade medeçin:medecin
desabo:desabonner reecrivez:ecrivez gale:croute gales:croutes aret:arret aretez:arretez arete:arrete genre:genre
  ossi:aussi oci:aussi aussy:aussi maintenan:maintenant mtn:maintenant mnt:maintenant
"""


def _table(text: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in text.split())
    return {word: plain.replace("_", " ") for word, _, plain in pairs if word != plain}


EN, FR = _table(_WORDS_EN), _table(_WORDS_FR)
_BOTH = {**FR, **EN}
#: Words that mean one thing in one language and another in the other.
_FRENCH_ONLY = {
    "c",
    "ya",
    "pis",
    "ben",
    "ces",
    "num",
    "n",
    "y",
    "r",
    "w",
    "u",
    "k",
    "er",
    "pt",
    "conf",
    "as",
    "sms",
    "pm",
    "accord",
}


#: `jsens`, `jme`: no French word begins so but by a `je` run into the next.
_JE = re.compile(r"j[bcdfglmnpqrstv][a-z]+")


def plain_word(word: str, *, french: bool) -> str:
    """The plain spelling of one folded word, or the word itself."""
    if french:
        known = FR.get(word) or ("" if word in _FRENCH_ONLY else EN.get(word, ""))
        return known or (plain_word(word[1:], french=True) if _JE.match(word) else word)
    if word in EN:
        return EN[word]
    return word if word in _FRENCH_ONLY else FR.get(word, word)


_PHRASES = [
    (r"je (?:voie|vois|voyais) pus", "je vois nolonger"),
    (r"je voie", "je vois"),
    (r"yeux voient", "yeux vois"),
    (r"je fasse", "je fais"),
    (r"j aie", "j ai"),
    (r"(?:ca )?se peut (?:tu|ti|il|elle|y) que", "est ce normal que"),
    (r"rendez ?vous|\brdvous", "rdv"),
    (r"e mails?", "email"),
    (r"(?:see|c|love|thank|u|miss) yes", "see you"),
    (r"c u", "see you"),
    (r"aujourd hui", "aujourdhui"),
    (r"d accord|dakor|d acc", "daccord"),
    (r"s il (?:vous|te) pla(?:it|is)", "svp"),
    (r"opt ?(?:ing)? out", "optout"),
    (r"opted out", "optout"),
    (r"opt (?:me )?(?:back )?in", "optin"),
    (r"epi pens?|epinephrine|epipens", "epipen"),
    (r"cold ?sores?", "coldsore"),
    (r"feux? sauvages?", "coldsore"),
    (r"bouton(?:s)? de fievre|fever blisters?", "coldsore"),
    (r"white ?heads?", "whitehead"),
    (r"black ?heads?", "blackhead"),
    (r"points? noirs?", "blackhead"),
    (r"boutons? blancs?|points? blancs?|grains? de milium", "whitehead"),
    (r"re ?scheduling|re schedule|re sched", "reschedule"),
    (r"re ?booking|re book", "rebook"),
    (r"re ?subscribe", "resubscribe"),
    (r"un subscribe", "unsubscribe"),
    (r"s t o p", "stop"),
    (r"(?:stp|svp)(?= (?:texting|messaging|sending|contacting|spamming|bothering) )", "stop"),
    (r"black and blue", "bruised"),
    (r"black eye", "bruise"),
    (
        (
            r"(?<= un )bleus?|(?<= le )bleus?|(?<= mon )bleus?|(?<= petit )bleus?|(?<= petits )bleus?|(?<= gros )bleus?"
            r"|(?<= des )bleus?|(?<= les )bleus?|(?<= mes )bleus?|(?<= ce )bleus?"
        ),
        "bruise",
    ),
    (r"bleus?(?= (?:qui|enormes?|douloureux|dure?s?|et dur) )", "bruise"),
    (r"o clock", "oclock"),
    (r"non ?stop", "nonstop"),
    (r"b(?= there )", "be"),
    (r"thru", "through"),
    (r"(?:i )?do not know|dont know|do not no|not sure|unsure|no idea|no clue|not certain|cannot tell", "unsure"),
    (r"do not", "dont"),
    (r"does not", "doesnt"),
    (r"did not", "didnt"),
    (r"is not|isn t|aint", "isnt"),
    (r"are not", "arent"),
    (r"was not", "wasnt"),
    (r"have not", "havent"),
    (r"has not", "hasnt"),
    (r"i am|i m", "im"),
    (r"it is", "its"),
    (r"cannot wait|cant wait|can not wait|couldnt wait|could not wait", "cantwait"),
    (
        (
            r"(?:cannot|cant|couldnt|could not) (?:complain|be happier|be better|ask for|agree more|thank you|recommend"
            r"|stop (?:smiling|looking|staring))"
        ),
        "happy",
    ),
    (r"(?:will|wont) (?:not )?be able to (?=not)", ""),
    (r"(?:wont|will not|would not|wouldnt|not going to|not going|not) be able to", "cannot"),
    (
        (
            r"can ?not|can t|couldnt|could not|unable to|(?:isnt |wasnt |arent |im )?not able to|no longer able to|"
            r"can no longer|can (?:only )?(?:barely|hardly|scarcely)|can never|cant even"
        ),
        "cannot",
    ),
    (r"will not|wont|won t|im not going(?: to)?|not going to|not gonna|wouldnt be|would not be", "willnot"),
    (r"kinda|kind of|sorta|sort of", "somewhat"),
    (
        (
            r"(?:ne )?(?:peux|peut|pourrai|pourrais|pourra|pourrait|pourrons|pouvons|peuvent|pouvais|pouvait|peus|peu) "
            r"(?:malheureusement |vraiment |juste |toujours |quasi |meme )?(?:pas|nolonger|plus|point|presque (?:pas|"
            r"nolonger|plus))(?= )"
        ),
        "cannot",
    ),
    (
        (
            r"(?:ne )?(?:suis|serai|etais|est|sera|serais|reste) (?:vraiment |juste |toujours )?(?:pas|nolonger|plus) "
            r"(?:capable|en mesure)(?: d[e]?)?(?= )"
        ),
        "cannot",
    ),
    (
        (
            r"(?:n )?arriv(?:e|ais|erai|erais) (?:vraiment |juste |toujours |meme )?(?:pas|nolonger|plus)(?: "
            r"vraiment)?(?: a)?(?= )"
        ),
        "cannot",
    ),
    (
        r"(?:pas|nolonger) capable(?: d[e]?)?(?= )|incapable(?: d[e]?)?(?= )|pas moyen d[e]?(?= )|impossible d[e](?= )",
        "cannot",
    ),
    (r"(?:est )?impossible pour moi", "cannot"),
    (r"ne (?:peux|pourrai|pourrais|puis|pourrons)(?= (?:\w+ )?(?:etre|venir|me|m|y|assister|faire|aller))", "cannot"),
    (r"(?<= mini )bleu", "bruise"),
]
#: All phrases as one expression; a word may be part of two, so it is applied twice.
_ALL = re.compile("(?<= )(?:" + "|".join(f"(?P<p{n}>{pattern})" for n, (pattern, _) in enumerate(_PHRASES)) + ")(?= )")
_PLAIN = {f"p{n}": plain for n, (_, plain) in enumerate(_PHRASES)}


def plain_phrases(text: str) -> str:
    """Short phrases of a canonical text in one spelling each; `text` begins and ends with a space."""
    return _ALL.sub(_plain_phrase, _ALL.sub(_plain_phrase, text))


def _plain_phrase(found: re.Match[str]) -> str:
    return _PLAIN[found.lastgroup or ""]
