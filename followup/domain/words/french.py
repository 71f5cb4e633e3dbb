"""Which language a text is in, and the French words that mean one thing and its contrary: `pus`, `pu` and `plus`."""

import re

from followup.domain.words.table import words_in

_FRENCH = words_in("""
je tu il elle nous vous ils elles on ce ca cela mon ma mes ton votre vos notre nos le la les du des un une au aux et
ou mais est suis ai as avez avons ont sont pas plus pour dans sur avec sans chez qui que quoi quand comment combien
merci bonjour oui non rdv svp demain mardi lundi mercredi jeudi vendredi samedi dimanche tres ben peux veux dois
fait faire depuis encore bien etre serai c_est y_a j l d m n qu en de moi toi pis peau douleur arret arrete annuler
reporter desole tout
""")
_ENGLISH = words_in("""
i im you he she we they it its my your the a an and or but is are was were be been have has had do does did dont not
no to of in on at for with without from this that what when where who how yes please thanks thank hi hello tomorrow
today can cannot will would could should want need see me stop cancel time day appointment just so if my am
""")

#: `pus` is the fluid after these words; in French it else stands for the `plus` of negation.
_FLUID_BEFORE = re.compile(
    r" (?:du|le|ce|de|of|some|mon|with|avec|plein|beaucoup|jaune|vert|et|comme|petit|pustules?) pus(?= )|(?<= du) "
    r"pu(?= )"
)
_FLUID_AFTER = re.compile(
    r" pus(?= (?:jaune|vert|blanc|blanchatre|qui|dans|sur|partout|sort|coule|filled|coming|in|on|from|around) )"
)
_NEGATION = "nolonger"
#: After these `pu` is the participle of `pouvoir`.
_HAVE = "ai|as|a|ont|avons|avez|avais|avait|aurais|aurait|jamais|toujours"
_WANT = (
    r"(?:ai|as|a|est|etait|etais|suis|veux|veut|voulons|voudrais|peux|peut|pourrai|arrive|vois|voit|respire|avale|"
    r"sens|saigne|brule|elance|enfle|pique|"
    r"coule|suinte|gratte|chauffe|fait|bouge|ouvre|recois|recevoir|ecrivez|ecris|textez|envoyez|contactez|achalez|"
    r"derangez|appelez|vis|vivre|crois|pense|parle|"
    r"demange|tire|marche|fonctionne|interesse|viens|vient|viendrai|sert|dors|tiens|endure|existe|appartient|"
    r"reviens|dispo|mal)"
)
_AFTER_PLUS = (
    r"(?:besoin|envie|gout|capable|en mesure|dispo|disponible|interesse|interessee|aucune?s?|rien|personne|jamais|"
    r"du tout|pantoute|recevoir|venir|avoir|y aller|"
    r"le temps|l intention|mon numero|a ce numero|respirer|avaler|parler|bouger|vivre|m ecrire|me texter|me "
    r"deranger|m envoyer)"
)
_RULES = [
    (re.compile(rf"(?<= )(?!(?:{_HAVE}) )([a-z]+) pu(?= )"), rf"\1 {_NEGATION}"),
    (re.compile(r"\A plus(?= (?:de|d) )(?!.* (?:que|qu) )"), f" {_NEGATION}"),
    (re.compile(r"(?<= )(n|ne) ((?:[a-z]+ ){1,4}?)(?:plus|pus|pu)(?= (?!en |tard|tot|rouge|enfle|mal qu|grand|gros|"
    r"que ))"), rf"\1 \2{_NEGATION}"),
    (re.compile(rf"(?<= )(?:plus|pus|pu)(?= {_AFTER_PLUS} )"), _NEGATION),
    (re.compile(r"(?<= )(?:plus|pus|pu)(?= (?:[a-z]+ ){1,4}(?:pantoute|du tout) )"), _NEGATION),
    (re.compile(r" (veux|veut|vois|voit|peux|peut|arrive|respire) (?:plus|pus|pu)(?= )(?! (?:tard|tot|vite|souvent|d "
    r"info|de details|de detail))"), rf" \1 {_NEGATION}"),
    (re.compile(rf"(?<= )({_WANT}) (?:pus|pu)(?= )"), rf"\1 {_NEGATION}"),
    (re.compile(r"(?<= )(?:pus|pu)(?= (?:de|d|mal|rouge|enflee?s?|gonflee?s?|aucune?|besoin|capable|rien|envie|dispo|"
    r"le|la|l|a|en|chaud|douleur) )"), _NEGATION),
]  # fmt: skip


def is_french(text: str, hint: str) -> bool:
    """Whether a folded text reads as French; the hint decides unless the words say otherwise."""
    words = text.split()
    french, english = sum(w in _FRENCH for w in words), sum(w in _ENGLISH for w in words)
    if hint.lower().startswith("fr"):
        return not (english >= 2 and english > 2 * french)
    return french > 2 * english


def settle_plus(text: str) -> str:
    """`plus`, `pus` and `pu` that deny become `nolonger`; all that compares or is unclear stays, as does the fluid."""
    if not (" plus " in text or " pus " in text or " pu " in text):
        return text
    text = _FLUID_AFTER.sub(" pusfluid", _FLUID_BEFORE.sub(lambda m: m[0].rpartition(" ")[0] + " pusfluid", text))
    if text == " pus ":
        text = " pusfluid "
    for pattern, plain in _RULES:
        text = pattern.sub(plain, text)
    return text.replace(" pusfluid ", " pus ")
