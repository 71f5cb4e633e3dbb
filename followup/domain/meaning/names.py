"""Names: which words of a text may be somebody's name."""

import re

from followup.domain.words.table import words_in

#: First names that are often typed without a capital; words of other meaning (may, rose, mark) are left out.
_FIRST_NAMES = words_in("""
aaliyah adam adele adriana adrien agathe aisha alain alan alex alexa alexandra alexandre alexis alice alicia alison
amanda amber amelia amelie amy ana andrea andrew andy angela angelina anita ann anna annabelle anne annette annick
annie anthony antoine antonio ariane arnaud arthur ashley audrey aurelie ava aya beatrice benjamin benoit bernadette
bernard beth betty bianca bob bonnie brad brandon brenda brian bridget brigitte britney brittany brooke bruno bryan
caitlin camille carl carla carmen carol carole carolina caroline carolyn carrie catherine cathy cecile cedric celine
chantal charlene charles charlie charlotte chelsea cheryl chloe chris christian christina christine christophe cindy
claire clara claude claudia claudine colette colin connie corinne courtney craig crystal cynthia cyril daisy dan
dana daniel daniela danielle danny daphne dave david deborah debra delphine denis denise dennis derek diana diane
dominique don donna doris dorothy doug dylan ed eddie edith edouard edward elena eliane elisabeth elise elizabeth
ella ellen elodie elsa emily emilie emma emmanuel eric erica erika erin estelle ethan etienne eva eve eveline evelyn
fabien fanny farah fatima fatou felix fernanda florence france francine francis francois francoise frank frederic
frederique gabriel gabrielle gary genevieve geoffrey george gerard germaine gilles gina ginette gisele gloria greg
gregory guillaume guy guylaine gwen hannah harold heather heidi helen helene henri henry herve hilary huguette hugo
ian imane ines ingrid irene isabel isabella isabelle ivan jack jackie jacob jacqueline jacques jade jake james jamie
jane janet janice jason jasmine jean jeanne jeff jeffrey jen jenna jennifer jenny jeremy jerome jess jesse jessica
jessie jill jim joan joanie joanna joanne jocelyn jocelyne joe joel john johanne jon jonathan jordan jose josee
joseph josh joshua josiane joyce juan judith judy julia julian julie julien juliette justin justine kamala karen
karim karina karine karl kate katherine kathleen kathy katia katie katrina kayla keith kelly ken kenneth kevin
khadija kim kimberly kristen kristin kristina kyle lara laura laurence laurent laurie lauren lea leah leila leo leon
leonie leslie liam lilian liliane lily lina linda lindsay lisa lise liz lola loic lorraine louis louise luc lucas
lucia lucie lucy luis luke lydia lyne lynn lynne madeleine maggie magalie malik manon marc marcel marco margaret
margot maria mariam marianne marie marilyn marina mario marion marjolaine marjorie marlene martha martin martine
mary maryse mathieu mathilde matt matthew maude maureen maurice max maxime megan melanie melissa melody mia michael
michel michele micheline michelle miguel mike mireille miriam mohamed mohammed molly monica monique mona morgane
muriel myriam nadia nadine nancy natalia natalie natasha nathalie nathan nellie nicholas nick nicolas nicole nina
noah noemie nora nour oceane odette odile olga oliver olivia olivier omar oscar pablo pamela pascal pascale patel
patricia patrick patty paul paula pauline pedro peggy penny peter philip philippe pierre pierrette priya rachel
rachelle ralph ramona raphael raymond rebecca regine rejean rene renee rhonda richard rita rob robert roberta roger
roland romain ron ronald rosalie rosemary roxane roxanne ruth ryan sabine sabrina sally sam samantha samir samuel
sandra sandy sara sarah sean sebastien serge shannon sharon shawn sheila shelly sherry shirley simon simone solange
sonia sophia sophie stacey stefanie stella stephane stephanie stephen steve steven sue susan suzanne sylvain sylvie
sylvia tamara tanya tara tatiana teresa theo theresa therese thomas tiffany tim timothy tina todd tom tommy tony
tracy trevor tyler valerie vanessa vera veronica veronique vicky victor victoria vincent viola violaine virginia
virginie vivian walter wendy william xavier yan yann yasmine yolande yves yvette yvon yvonne zack zoe zoey
""")


def is_first_name(word: str) -> bool:
    """A folded word that is a well known first name."""
    return word in _FIRST_NAMES


_CAPITAL = re.compile(r"(?<![.!?\n:“\"'’] )(?<!^)\b[A-ZÀ-Ý][a-zà-ÿ'-]{1,}")


def names_in(source: str, raw: str) -> list[str]:
    """Folded words of a text that look like names: known first names, and capitals inside a sentence."""
    known = [word for word in raw.split() if word in _FIRST_NAMES]
    if source.upper() == source or source.title() == source:
        return known
    from followup.domain.words.fold import fold

    capitals = [word for found in _CAPITAL.findall(source) for word in fold(found).split() if len(word) > 1]
    return [*known, *(word for word in capitals if word not in _NO_NAME)]


_NO_NAME = words_in("""
i im ill ive id mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday lundi mardi
mercredi jeudi vendredi samedi dimanche january february march april may june july august september october november
december janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre dr skinpen botox
hydrafacial ipl laser visa interac mastercard stop help start ok google apple iphone uber english french francais
anglais canada quebec montreal toronto ontario vous je merci oui non please thanks
""")
