"""Ordinary words that look like a word of the lexicon and are not: spelling leaves them alone."""

from followup.domain.words.table import words_in

ORDINARY = words_in("""
absolutes adressa adressee adresser adresses adressez adulation affaisse affaissees affaissent affaisser affaissera
affaisserez affaisses affaissez affaissiez agonizingly agresse allergies allergiques ambulances ambulancier
ambulante ambulantes ambulants ampoule ampoulee ampoulees anneler annexation annotation annuel annul annula annular
annulations annulee annulera annules annuliez anther appointaient appointant appointements appointent appointerent
appointments appreciable appreciais appreciait appreciant appreciated appreciates appreciative appreciee arrete
arretee arretera arretes arretiez avale avalee avalera avales avalez avoidable bafouillee bandaged bandages
barbouillee blacks blanchi blanchie blanchir blanchis blank blaster blasters bleaching bleeds bleep bleeping blend
blending blinkered blithering block bloqua bloquee bloquer bloques bloquez blotch blurted bluster blustering
blustery bolstered bolstering bondage bouillait bouillant bouillantes bouillants bouillent bouillonne bouillotte
boule boursoufla boursouflees boursouflent boursoufler boursouflera boursoufles boursouflure braise braised braises
braising breach breaching breadth breathed breather breathes breaths breathy bredouillee breed breeding brillante
brise brises brouillage brouillant brouille brouillees brouillent brouiller brouillera brouillerez brouillerie
brouilles brouillez brouilliez brouillon broutille broutilles bruce bruine bruines bruire bruiser brula brulant
brulantes brulants brulees bruler brules brulez brume brune brunt brute bruyante burent buried burner burnings burns
burped burping burry burst burying cancelation cancellations cancels cancer chanceler chancelez chancelier
chanceliez chancelle chancellera chancellery chancelles chancellor change changea changed changee changeling
changera changers changes changeur changez channeling channelled channelling chanter charger chatouiller chatouilles
chatouilleux chatouillis cheat checks cheek cheeky cheers chess chests chesty chiles chill chilli chilly chocking
choeur choque choques chowing cicatrices cicatriciel cicatrisa cicatrise cicatrisee cicatriser cicatrises cicatrisez
claque claques clique cliques cloaque cloaques cloned cloning cloquer close closer closes closet closez closings
cloue cloues cloutes cloying codeur coeurs coking collapse collapses collusion compulsion compulsions concealed
concealer concealing conceding concision conclusion conclusions concussion concussions conduisions conferred
conferring confession confiding confining confire confirma confirmant confirmations confirmees confirment confirmera
confirmerai confirmeras confirmerez confirmes confirmez confirmiez confirmions confirmons confirms confiscation
conform conformation conforme conformed conformee conformees conformer conformera conformes conformez conforming
confortee conforter confucian confuse confuses confusing confusions connaissances connaissant consultions contused
contusion contusions conversion conversions convulsif convulsifs convulsing convulsive convulsives cooking coque
coques couching coutes creatrice creeks crest croque croques crottes croules croupes croute crouter crust crusts
curatrice decoloration dedain dedirions defierent definitively degazonner deglacer delacer delicious delirions
deliriously delivrions demanche demande demangea demangee demanger demanges deplace deplacee deplacera deplaces
deplacez derange desabonna desabonne desabonnee desabonnees desabonnent desabonnera desabonnerai desabonneras
desabonnerez desabonnes desabonniez desarconner desarconnez desirions detain detalonner devance devancee devancera
devances devancez devancier dicterent diffament diffamerent differaient differait differant differees difference
differend differends differente differentes differently differents differera differerent differeront differing
differons difficile difficult difficultes difficulties diffident diffusent diffuserent diluerent dimanches
discharged discharges disponibilites disponibles disposable ditzy doable domain doubla doubled doublee doubler
doubles doublet doublez doubly douceur douleurs douloureuses drooling droop dropping ecchymoses ecchymosis
embrouilla embrouillee embrouillees embrouillent embrouiller embrouillera embrouilles embrouillez embrouilliez
emergence emergences emergente emergents empechaient empechements empechent empecherent empecheront empiecement
empocherent enfer enfile enfilee enfiler enfla enflamme enflammees enflamment enflammer enflammera enflammerez
enflammes enflammez enflammiez enflees enflera enfles enflez enflures engourdies engourdir engourdira engourdirez
engourdis engourdisse engourdit epanoui epanouie epilepsies epileptic eruptions etourdies etourdir etourdis etourdit
evanouies evanouir evanouis evanouit evenings excruciatingly eyebrows eyelids faiblesses faiblisse faiblisses
faiblissez fainter faints faking feint feler femme ferie ferma fermee fermer fermes fermez ferre ferue feter fevers
feves fewer fiant fiere fievres firme fiver flaming flanking flaring flaying flint foreheads forme frisions frisons
frisson froissons gaping gassing gawping george gondolement gondolements gonfla gonflaient gonflees gonfler
gonflerent gonfleront gonfles gonflez gorged gorgee gorger gorges gouge grasping haves headaches heard hears hearst
heartbeats heartbreak heartfelt hearth heartiest hearts hearty heurt hides hikes hines hires hiver hivers hospitalo
hospitals inception incessible inching induction inductions infarction infect infecta infectees infecter infectes
infectez infectiez infecting infections infectious infectons infects infeste infested infestee inflation inflection
inflections infliction infraction ingestion injecte injected injectee injecterions injecterons injectiez injecting
injectons injectors injonction injonctions injunction injunctions insecte insensibles insertion insertions
inspection inspections insupportables intention intentions invectivons invention inventions inversible irregularly
irregulier irrite irritees irriter irrites irritez lange langee langues langui languie largue leading leafing
leaning leaping leasing leaving lepre lepres levee levees lever levers leves levies levure levures lievre lievres
livre livres longue magouiller makeups maquillages maquillais maquillait maquillant maquille maquillee maquillees
maquillent maquillera maquillerai maquilleras maquillerez maquilles maquilleur maquilleurs maquillez maquilliez
marbre marbrees marbrer marbres marci massage massages maude mauvaise mauves mauvis mercis mercredis mercy messaged
messager messagers meuve migraines misee miser misera miseres miserez misery moaning mooning mornings mouillage
mourning mouvais murir nimber nodules noirci noircie noircir noircis norma normale normals norman notule numbed
numbers numeros oohing packing paiements palpations palpitating palpitation palpiterions palpitions pansaient
panserent panseront paques parafait parait paralysa paralysees paralysent paralyser paralysera paralyserez paralyses
paralysez paralysie paralysies paralysiez paralysis paralyze paralyzes paramedic paramedical parements parfaite
parfaits pariait paring parkings parlait parlement parlements parsemant parsement parsing partait parting passe
passee passel passer passerent passes passez pasted paupieres paused pavements payements pealing peeing peeking
peelings peeping peering penserent perfecto perfects perking personnel personnes pharmacien pharmaciens pharmacies
pharmacist picore picoter pilote pincement pincements pissed pivote plagues planques plaque plaquee plaquees plaquer
plaquez poitrines poring postponed postpones pouding pouncing pouting prefect probleme problems puisement puisements
purples questions racine racking raging raking raping raring rating raving razing reabonne reabonnee reabonnees
reabonnent reabonnera reabonnerai reabonneras reabonnerez reabonnes reabonnez reabonniez reactions reader rebrousser
receptionists receptionniste receptions redaction redevoir redress refaconner regazonner rehausser remette remettra
remettrez remporter render rendezvoused reparation replisser reporte reported reportee reportera reporters reportes
reportez repousse repoussee repoussees repoussent repoussera repousserai repousseras repousserez repousses repoussez
repoussiez repoussoir respira respirations respirator respiree respirera respires respirez respite restoration
retrousser rongeur rongeurs rouleur rouleurs routeur routeurs rudder saigna saignaient saignee saignements saignera
saignerent saigneront saignes saignez saine sainement sainte saintement sallow samedis saturdays scheduled scheduler
schedules screaming sectionnement selling sells sensitifs sensitively sensitives sensitized serenading seriee serre
serrees serrer serres serrez sever severed severes severs sevre sevree shaking shallow shelling shells shimmering
shopped shoulders shoveling showering shredding shriveling signe signer signerent singing sirree slavering slinging
slopped slurped smelling smells snaking sniveling soaping soaring socking soigne soigner soignerent someones
souscription spelling spells spurred staking stationnaient stationnements stationnent stationnerent stationneront
steaks stepped stinking stoke stomped stooped stoppe stoppee stopper stoppes stoppez streak streaking streaky
streaming streams strike stringing strobe strode stroked strokes strove subscriptions suffocation suffocations
suicida suicidee suicidera suicides suicidez suint suinta suinter suite swallows swell swellings swilling swinging
swiveling tacitement tangling tangue tende tended tenders tendes tendeur tendez tendre tenner tenter tenting testing
textes texts threat throats throaty thronging thursdays tights tinder tinkling tombant tombantes tombants tomorrows
tondue tongued tongues tracterent trainerent traitaient traitements traiterent traiteront treatments trempez
tristement trompe tromped trompee tromper trompes trompiez troubla troubled troublee troubler troubles troublez
tuesdays unassailable unavoidable unbearably unbeatable unbreakable unconsciously uncontrollable unfortunate
unfortunates unreadable urgences urgency urgente vagissements vendredis vidage violente violettes virage visages
visions vison vissage voilette vomie vomies vomir vomissement vomit vomits vrombissements wednesdays weeding weeing
weekends welds wells wheeling wilts yellows
""")
