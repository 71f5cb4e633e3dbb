"""Learned: how much words speak for a symptom, in tenths; written by `python -m benchmarks.hunch`."""

BIAS = -1.57
TABLE = """
#10ou:14 #:dis:-8 #:hea:-14 #:lau:-6 #:lik:-11 #:lov:-8 #:rea:-12 #:thu:-16 #@tim:-13 #abon:-5 #abso:-4 #ador:-6
#affi:-5 #afte:13 #agai:-8 #agon:10 #agra:6 #aide:4 #aime:-13 #airw:5 #alle:10 #alon:-5 #alre:-7 #amaz:-14 #ambu:32
#ampo:8 #anap:30 #annu:-21 #anot:-7 #anym:10 #appe:12 #appo:-24 #appr:-7 #apre:17 #arou:5 #arra:7 #arri:-14 #atro:9
#atte:-12 #aucu:-18 #augm:12 #auto:-5 #autr:-10 #avai:-7 #aval:27 #avan:-8 #badl:7 #ball:7 #batt:7 #beat:7 #beau:8
#beca:13 #befo:-10 #bell:-9 #beso:-9 #bigg:5 #blac:21 #blan:17 #blee:28 #bleu:16 #blis:39 #bloc:-5 #bloo:20 #blot:6
#blui:7 #blur:12 #bonj:-5 #bonn:-4 #book:-10 #boss:16 #boto:8 #bouc:12 #boug:10 #boul:5 #bout:5 #brea:49 #brok:-5
#brou:5 #brow:5 #brul:32 #brun:5 #bubb:5 #bump:6 #bunc:7 #burn:31 #cale:-5 #call:11 #canc:-20 #cann:7 #caus:11
#ceas:-10 #cert:-8 #cess:-10 #cett:-10 #chan:-21 #chau:19 #chec:-7 #chee:17 #ches:25 #chil:16 #chok:7 #clea:-4
#clin:-12 #cloq:22 #clos:11 #coeu:18 #coff:-6 #cold:25 #coll:12 #comb:-17 #comm:-5 #comp:-14 #conf:-12 #conn:12 #cons:7
#cont:-12 #conv:26 #corr:-7 #coul:13 #coun:-7 #coup:5 #cout:-5 #cove:9 #craz:5 #crea:13 #cris:9 #croc:14 #crou:13
#crus:18 #cryi:5 #curr:-4 #cutt:6 #dacc:-7 #daug:-5 #deba:6 #debu:-7 #defi:-4 #degr:7 #dele:-7 #deli:5 #dema:-12
#depe:-6 #depl:-9 #depo:-6 #depu:34 #desa:-17 #desc:9 #desi:-13 #deso:-12 #deve:4 #devi:9 #devo:-4 #didn:-6 #diff:12
#dira:7 #disc:7 #disp:-12 #dizz:8 #donn:-5 #doub:29 #doul:18 #driv:-9 #droi:9 #droo:25 #dyin:5 #earl:-10 #ecch:4
#ecri:-8 #elan:13 #embr:14 #emer:22 #empi:17 #enco:10 #endi:8 #enfl:27 #engo:12 #enle:-11 #ente:-5 #envi:10 #envo:-15
#epil:10 #epip:30 #epou:5 #erre:-6 #erup:17 #eten:11 #etou:25 #evan:27 #ever:32 #exci:-6 #excr:11 #extr:4 #eyel:14
#eyes:5 #faci:-6 #faib:12 #fain:25 #fall:-4 #feel:13 #ferm:5 #feve:26 #fiev:18 #fina:-12 #fini:13 #firs:-4 #flak:-12
#flas:5 #floo:5 #flou:4 #flui:7 #fore:4 #foun:7 #frid:-10 #fris:9 #froi:5 #fron:-10 #gard:-6 #gasp:14 #gauc:10 #gett:26
#glow:-8 #goin:13 #gonf:12 #gorg:28 #grac:-5 #gran:5 #grea:-15 #gree:14 #gris:8 #gros:26 #grow:9 #guer:-7 #happ:-11
#hasn:10 #havi:16 #head:4 #heal:-9 #hear:19 #heav:8 #hell:-4 #herp:14 #heur:-7 #hive:20 #hopi:17 #hora:-7 #hosp:16
#huma:-4 #hurt:28 #husb:-7 #impr:-4 #incr:8 #infe:49 #inje:26 #inst:-6 #insu:8 #irre:14 #itch:8 #jama:-14 #jamb:15
#jaun:26 #jenn:-4 #jeud:-11 #keep:17 #kill:6 #lach:-4 #lais:-7 #lang:20 #lase:19 #leak:15 #leav:-7 #lege:-9 #leve:10
#levr:29 #libe:-7 #ligh:9 #liqu:12 #list:-11 #litt:-9 #livi:12 #long:-5 #look:10 #lumi:5 #lump:7 #lund:-5 #magn:-6
#malh:-5 #manq:6 #marb:7 #marc:-9 #mard:-4 #mari:-5 #mark:15 #marq:4 #mauv:11 #mayb:-6 #ment:9 #merc:-22 #mess:-24
#micr:-5 #mieu:-4 #migr:4 #mise:7 #miss:-4 #mome:5 #mond:-4 #morn:-4 #mott:6 #mour:13 #mout:9 #myse:28 #need:-4
#neig:-5 #neve:-16 #nigh:6 #nodu:8 #noir:12 #nolo:-8 #norm:4 #noth:-9 #numb:-11 #nume:-20 #nurs:-5 #offi:-6 #oozi:21
#opti:-8 #opto:-13 #ouai:-5 #outb:7 #ouve:15 #pain:16 #palp:13 #para:25 #parf:-9 #park:-12 #parl:8 #part:5 #pass:20
#patc:14 #pati:-5 #patt:7 #paup:21 #paym:-6 #pein:7 #pens:20 #perd:19 #perf:-9 #pers:-16 #pert:15 #peti:-17 #phon:-9
#phot:-5 #pill:8 #pilu:5 #pimp:-7 #piqu:4 #piss:9 #plac:-11 #plai:14 #plaq:14 #plea:-13 #plei:18 #poin:5 #poit:19
#pomm:9 #port:-7 #poss:-13 #post:-7 #pouv:-8 #pref:-7 #pren:-7 #pric:-9 #prob:-16 #proc:-5 #prom:-13 #prop:12 #puff:11
#purp:11 #quan:-8 #quel:-16 #ques:-4 #raci:10 #raid:5 #rais:5 #rapp:-8 #reac:15 #real:18 #reas:7 #rebo:-8 #rece:-18
#reco:-7 #redd:8 #rega:-4 #rein:-5 #reme:-14 #remi:-12 #remo:-9 #rend:9 #repo:-10 #repr:-8 #resc:-8 #resp:47 #resu:-24
#reta:-13 #reti:-14 #reve:8 #revi:-7 #revo:-7 #righ:15 #roge:-4 #roug:18 #runn:-6 #saig:26 #sali:7 #same:-5 #sara:-7
#satu:-11 #scab:9 #sche:-6 #sean:-5 #sech:-12 #seco:9 #seei:5 #seiz:23 #sera:-14 #serr:21 #serv:4 #sess:-4 #seve:9
#shiv:8 #shoc:7 #shou:-7 #show:7 #siff:9 #sigh:10 #sinc:32 #sist:-8 #skip:5 #slig:-10 #slur:15 #smal:-10 #smel:17
#soak:5 #some:-12 #sorr:-16 #soud:7 #souf:19 #spee:9 #spot:7 #spre:22 #stan:6 #star:-8 #stat:-14 #stin:8 #stop:-12
#stre:7 #stri:6 #stru:9 #sudd:13 #suff:15 #suic:30 #suin:14 #sunb:-7 #suns:-5 #supp:-5 #swal:30 #swel:10 #swol:26
#tach:15 #tell:5 #temp:10 #terr:13 #text:-20 #than:-19 #thes:-12 #thin:13 #thro:35 #thur:-8 #tigh:7 #ting:5 #tomb:16
#tong:21 #touc:7 #tout:9 #towe:5 #traf:-10 #trea:8 #trou:6 #tues:-8 #turn:16 #twic:6 #unbe:13 #unco:7 #unde:9 #unfo:-5
#unst:-7 #unsu:-21 #urge:20 #urti:17 #vend:-6 #veni:-19 #veri:-5 #verr:-5 #vill:-4 #vire:-4 #visa:21 #visi:15 #vivr:30
#vomi:15 #votr:-8 #voud:-7 #voya:-8 #wait:-6 #wate:8 #webs:-4 #wedd:-6 #weep:8 #weir:14 #welt:7 #what:-8 #whee:14
#wher:12 #whic:-7 #whit:14 #whol:7 #will:14 #word:15 #work:-10 #worr:7 #wors:22 #woul:-8 #woun:19 #yell:22 #yest:13
#your:-8 #youv:-6 ,:-19 .:-28 1:-12 101:8 10outof10:14 15:-6 3:7 38_5:14 38_9:9 39:10 4:-7 40:10 5:-16 6:6 8:5 911:32
:disliked::-8 :heart::-14 :laugh::-6 :liked::-11 :loved::-8 :reacted::-12 :thumbsup::-13 ?:-31 @time:-13 able:-4
absolutely:-4 adore:-6 adresse:-6 after:17 again:-8 agonizing:5 agony:5 agrandit:6 ai:18 aide:-14 aidez:5 aimerais:-13
air:38 airway:5 all:9 aller:-9 allergic:6 allergique:16 allo:-7 alone:-4 already:-7 am:-6 amazing:-14 ambulance:32
amene:6 ampoules:8 an:16 ana:-5 anaphylactic:12 anaphylactique:8 anaphylaxis:11 and:37 annule:-11 annuler:-21
another:-7 any:-11 anymore:10 appele:8 appelez:5 appointment:-22 apres:17 are:6 area:7 arm:18 around:5 arrachee:7
arrete:13 arreter:-6 arretez:-10 arrive:-9 as:-9 ask:-6 at:-14 atroce:9 attend:-10 aucune:-15 augmente:12 autobus:-7
autour:6 autre:-10 available:-5 avale:6 avaler:22 avant:-7 avez:-6 b:-7 back:-17 bad:24 badly:7 bat:13 battements:7
be:-17 beats:4 beau:-11 beaucoup:9 because:13 been:15 before:-10 belle:-5 besoin:-9 best:-5 bien:-14 bigger:5 bit:-23
black:11 blacked:9 blanche:12 bleeding:29 bleue:9 bleues:5 blew:4 blister:9 blistered:6 blistering:6 blisters:21
blood:19 blotchy:6 blue:11 bluish:7 blurry:12 body:10 bonjour:-5 bonne:-4 book:-4 booking:-6 boss:-6 bosse:15 botox:8
bouche:12 bouge:6 boule:5 bout:13 bras:21 breath:12 breathe:32 breathing:14 brouillee:5 brown:5 bruise:5 brule:11
brulee:16 brulure:8 bumps:6 bunch:7 burn:18 burned:15 burning:5 burns:6 burnt:7 bus:-5 but:6 c:-14 ca:6 calendar:-5
called:9 came:5 can:-28 cancel:-14 canceller:-6 cannot:7 cause:14 ce:-27 cease:-10 certainement:-5 cessez:-8 cette:-10
change:-10 changer:-8 chaud:10 chaude:7 check:-6 cheek:20 chest:25 chills:16 chin:14 choc:16 choking:8 cleared:-6
clinic:-10 cloque:6 cloques:17 closing:10 coeur:18 coffee:-6 cold:9 coldsore:25 collapsed:14 combien:-17 come:-26
comme:13 commencer:-7 comment:-7 complet:4 completely:-8 completement:-5 confirm:-8 confirme:-6 confirmed:-10
confirmer:-8 confirming:-8 confuse:4 confused:14 confusion:8 connaissance:20 conscience:9 consciousness:10 consent:-7
consentement:-4 convient:-4 convulsing:9 convulsion:11 convulsions:7 correct:-7 cote:18 cou:11 could:-17 coule:27
couler:5 count:-5 couple:-4 coute:-5 covered:9 crazy:5 cream:13 crise:10 croche:14 croute:6 croutes:8 crust:10 crusty:7
crying:5 currently:-4 cut:8 cutting:6 d:9 daccord:-7 dans:14 dark:14 date:-10 day:-13 days:22 debat:6 debut:-7
definitely:-4 deja:-8 delete:-7 delire:5 demain:-15 demande:-5 demange:6 depend:-4 deplacer:-7 deposit:-6 depuis:34
des:28 desabonnement:-5 desabonner:-6 descend:8 desist:-5 desole:-7 desolee:-6 deux:13 devant:6 devenue:6 devient:9
devoir:-4 did:6 didnt:-6 die:14 difference:-5 different:-6 difficile:11 difficulte:8 dirait:7 discharge:9 disparu:-5
dispo:-5 dizzy:6 do:-23 does:-13 dog:-9 dois:-22 donnez:-4 dont:-7 double:22 doubled:8 douleur:16 down:7 dr:-4 drive:-5
driving:-5 droit:9 drooling:4 drooping:10 droopy:11 dry:-7 du:23 dur:7 dure:6 dying:5 earlier:-8 eau:8 ecchymose:4
ecrivez:-5 elance:13 else:-6 embrouille:8 embrouillee:6 emergency:19 empire:17 en:14 encore:10 ending:8 enfle:20
enflee:19 enflent:7 enflure:-10 engourdi:12 enlevez:-9 envie:10 envoyer:-7 envoyez:-4 epilepsie:9 epipen:30
epouvantable:5 er:21 erreur:-6 eruption:17 est:-7 et:48 etend:9 etes:-11 etouffe:22 etre:-28 eu:-11 euh:-5 evanouie:22
every:9 everything:6 everywhere:19 excruciating:11 eye:33 eyelid:16 eyesight:5 f:-7 face:43 facial:-6 faible:8
fainted:18 fais:20 falling:-4 fast:6 faut:-9 feel:24 feels:14 ferme:5 feu:5 fever:20 feverish:8 fievre:18 fille:-8
filler:7 fils:-6 fin:-7 finalement:-9 fine:-20 finir:16 fire:5 first:-4 fit:8 flaking:-4 flaky:-8 flashes:5 floor:5
floue:4 flu:-4 fluid:7 fois:10 foncees:4 fonctionne:-4 for:-5 forehead:4 form:-7 found:7 free:-8 friday:-11 frissons:8
froide:6 from:6 front:-10 gasping:14 gauche:10 gave:7 get:-11 getting:26 give:-5 glowing:-8 going:13 gone:-5 gonfle:10
good:-21 gorge:28 got:12 gout:6 great:-15 green:14 grey:9 grise:8 gros:6 grosse:15 grossit:11 growing:9 guys:-11 gym:-9
haha:-22 half:6 happy:-4 hard:25 hasnt:10 hate:-4 having:16 headache:4 healed:-7 heart:17 heartbeat:8 heavy:5 hello:-4
herpes:14 heure:-6 hey:-4 hi:-7 hier:20 high:5 hives:20 hmm:-9 hopital:17 horaire:-6 hospital:15 hot:17 hour:4 how:-21
huge:6 hurt:10 hurts:25 husband:-7 ici:-5 id:-17 if:-12 ill:-9 imprevu:-5 in:11 increasing:8 infecte:26 infected:22
infectee:5 infection:5 info:-11 injected:5 injection:16 injections:10 instead:-6 insupportable:9 into:10 irregular:7
is:13 it:-12 itchy:5 its:22 ive:9 jamais:-14 jambes:15 jaune:15 jaunes:8 jeudi:-11 joue:25 jour:-7 journee:-13 jours:13
jusqu:-4 just:-5 keep:9 keeps:17 kid:-7 killing:6 know:-5 l:22 la:14 lachez:-5 laissez:-5 langue:20 laser:18 last:19
late:-15 le:9 leaking:15 leave:-5 left:15 legere:-4 legs:12 les:-8 let:-7 lets:-5 lever:6 levre:16 levres:16 liberez:-5
lid:20 life:16 lift:7 light:7 like:14 link:-10 lip:18 lips:26 liquid:6 liquide:7 list:-12 liste:-10 little:-9 live:21
living:12 lol:-29 long:-8 longer:-5 look:-5 looks:14 lose:-5 lost:23 love:-7 lumiere:5 lump:19 lumps:7 lundi:-5 ma:25
machine:6 magnifique:-6 mais:11 make:-22 mal:36 malheureusement:-5 manque:13 marbree:4 marche:-9 mardi:-4 marks:17
marques:4 mauvaise:5 mauve:11 maybe:-6 mdr:-5 me:-9 meds:-5 meme:-6 menton:9 merci:-20 mere:-9 mes:14 message:-12
messages:-18 microneedling:-5 mieux:-4 migraine:4 mild:-8 minute:10 minutes:-10 misere:7 moi:-25 mom:-5 moment:5
monday:-6 month:-4 mottled:6 mourir:13 mouth:9 much:-8 my:13 myself:28 n:-7 name:-6 ne:-13 near:4 neck:11 need:-23
needle:-5 neige:-5 never:-16 new:-8 next:-4 nez:22 night:6 no:-34 nodule:8 noir:15 noire:8 nolonger:-8 non:-22 normal:5
nose:17 not:-23 nothing:-9 now:5 numb:18 number:-21 numbing:10 numero:-20 nurse:-4 oeil:38 of:13 off:-9 office:-6
ok:-25 omw:-5 on:6 one:16 oozing:21 open:19 opened:8 opt:-11 optin:-8 optout:-13 or:-12 ou:6 ouais:-5 oui:-22 oups:-5
out:22 outbreak:7 ouverte:18 over:28 page:-5 paid:-4 pain:35 painful:15 paix:-5 pale:4 palpitations:13 par:5
paramedics:18 parfait:-9 park:-7 parked:-5 parking:-8 parle:7 part:8 parti:-5 partie:-9 partout:24 pas:-16 passed:10
passing:9 patch:5 patches:9 pattern:7 paupiere:22 paye:-4 payment:-6 peau:30 peel:4 peine:7 pele:-9 pense:23 perdre:6
perdu:15 perfect:-6 person:-8 personne:-9 perte:15 petite:-9 peu:-22 peut:-15 peux:-16 phone:-9 pills:8 pilules:5
pimples:-7 pink:-4 pisse:9 place:-10 plaie:8 plaques:12 please:-13 plein:13 pleins:5 plus:7 point:6 poitrine:19
pommes:9 porte:-5 possible:-11 postpone:-7 pour:-16 pouring:6 pouvez:-8 prendre:-4 presente:-7 pression:6 pressure:5
price:-8 prix:-15 probleme:-7 promos:-7 properly:12 pue:8 puffy:6 puis:-12 purple:10 pus:52 qu:5 quand:-8 que:-11
quel:-7 quelle:-8 quelqu:-4 qui:21 quit:-8 quoi:-8 r:-9 racing:10 raide:5 raison:5 rappels:-8 rash:31 raw:18 rdv:-23
reaction:22 really:18 reason:7 rebook:-6 recevoir:-9 recu:-5 red:33 redder:8 remettre:-10 reminders:-10 remove:-12
rendue:8 repond:9 reprendre:-8 reschedule:-8 respiration:5 respire:24 respirer:23 resultat:-8 results:-10 retard:-13
retinol:-5 retirez:-6 reviens:-7 revoke:-6 rf:4 rien:9 right:15 roger:-4 room:5 rouge:21 rouges:12 rougeurs:-4
running:-6 s:25 safe:-4 said:-4 saigne:13 saigner:11 sais:-6 salive:5 same:-4 samedi:-5 sang:27 sans:16 sarah:-7
saturday:-11 saw:-4 scabs:9 schedule:-6 seche:-12 seconds:4 see:7 seeing:5 seizure:16 semaine:-6 send:-5 sens:10
serai:-15 serais:6 serait:-5 serre:9 serrement:9 serviettes:4 sessions:-4 severe:9 shivering:8 shock:7 should:-7
shower:8 shut:4 si:-11 sick:-8 side:18 siffle:5 sight:10 sign:-6 since:32 sister:-8 skin:32 skipping:5 slight:-5
slightly:-5 slot:-8 slurring:11 small:-10 smell:9 smells:8 snow:-4 so:-16 soaked:5 someone:-9 sont:-9 sore:13 sorry:-16
sort:10 souffle:19 sous:6 spam:-6 speech:9 spot:12 spots:7 spreading:22 stand:6 start:-12 started:4 stationnement:-10
stop:-17 stopped:-9 streaks:8 stripes:6 struggling:8 sudden:10 suffit:-5 suffocating:9 suffoque:12 suicidal:12
suicide:11 suicider:8 suinte:12 sunburn:-7 sunscreen:-5 sur:17 sure:-12 svp:-25 swallow:22 swallowing:7 swelling:11
swollen:26 t:-5 tache:8 taches:8 take:-12 talk:8 tard:-12 tellement:5 temp:6 temperature:18 temps:-7 tender:4 terre:6
terrible:5 tete:4 text:-17 texter:-5 textos:-13 texts:-16 than:10 thank:-9 thanks:-16 that:-12 then:-6 there:-14
theres:19 these:-12 thing:-4 think:4 thinking:12 this:-22 throat:25 throbbing:9 through:4 thursday:-8 tight:4 time:-6
tiny:-7 tip:7 tire:-9 tombante:5 tombe:13 tombee:6 tongue:21 took:12 tot:-5 touch:5 tout:-5 toute:10 towels:5 town:-9
trafic:-7 travaille:-4 traverse:8 treatment:9 tres:-6 tu:-16 tuer:26 tuesday:-8 turn:-6 turned:10 turning:7 twice:6
two:8 unbearable:13 unconscious:7 under:11 une:8 unfortunately:-5 unstop:-7 unsubscribe:-15 unsure:-8 up:10 urgence:20
urticaire:17 used:6 utilise:5 va:-13 vendredi:-6 venir:-19 verra:-5 vert:12 very:14 veux:13 vie:16 vif:13 ville:-4
virement:-4 visage:21 vision:28 visit:-9 visite:-4 vite:17 vivre:30 vois:44 voit:-6 vomissements:4 vomiting:8 vos:-10
votre:-8 voudrais:-7 vous:-26 voyant:-6 vraiment:5 vue:20 want:23 was:7 wash:-5 water:8 way:11 we:-9 weak:16 wear:-5
website:-4 wedding:-6 weeks:5 weeping:6 weird:14 well:-5 welts:7 went:12 what:-24 whats:-6 wheezing:15 when:-12
where:15 which:-7 white:18 whitehead:-4 who:-15 whole:7 wife:7 will:-24 willnot:14 with:-6 withdraw:-4 woke:8 words:15
work:-15 works:-7 worried:7 worse:17 worst:6 would:-4 wouldnt:-4 wound:19 x:-9 y:-19 yellow:19 yes:-18 yesterday:10
yet:-7 yeux:8 yo:-5 you:-22 your:-20 youre:-7 youve:-6 z:-5 zero:-16
"""
