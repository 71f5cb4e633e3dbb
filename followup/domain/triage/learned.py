"""Learned: how much words speak for a symptom, in tenths; written by `python -m benchmarks.hunch`."""

SYMPTOM_BIAS = -1.62
SYMPTOM = """
#101_:9 #10ou:14 #:dis:-8 #:hea:-14 #:lau:-5 #:lik:-11 #:lov:-8 #:rea:-13 #:thu:-16 #:uns:-4 #@tim:-15 #abon:-6
#abse:-4 #abso:-4 #advi:-4 #affi:-5 #afte:14 #agai:-9 #agon:10 #agra:6 #aide:5 #aill:-5 #aime:-13 #alle:8 #alon:-6
#alre:-8 #ambu:31 #amen:6 #ampo:7 #anap:30 #angr:5 #annu:-22 #anot:-7 #anti:-4 #anym:11 #anyt:-4 #appe:12 #appo:-23
#appr:-8 #apre:17 #arou:4 #arra:6 #arri:-15 #atro:9 #atte:-13 #aucu:-20 #augm:11 #auto:-6 #autr:-11 #avai:-5 #aval:26
#avan:-9 #badl:7 #bais:-5 #ball:8 #batt:7 #beat:6 #beau:8 #beca:13 #befo:-11 #bell:-5 #beso:-9 #bigg:7 #blac:20
#blan:18 #blee:26 #bleu:17 #blis:39 #bloc:-5 #bloo:21 #blot:6 #blui:7 #blur:13 #bonj:-5 #bonn:-5 #book:-10 #boss:13
#boto:7 #bouc:13 #boug:9 #boul:5 #bout:4 #brea:47 #brok:-6 #brou:6 #brow:4 #brul:33 #brun:5 #bubb:7 #bump:6 #bunc:7
#burn:29 #cale:-5 #call:15 #canc:-20 #cann:9 #carr:5 #caus:10 #ceas:-10 #cert:-8 #cess:-10 #cett:-10 #chan:-21 #chaq:4
#chau:20 #chec:-7 #chee:19 #ches:27 #chil:17 #chok:7 #clin:-11 #cloq:22 #clos:10 #coeu:22 #coff:-6 #cold:24 #coll:13
#comb:-17 #comp:-14 #conf:-11 #conn:12 #cons:6 #cont:-9 #conv:30 #corr:-9 #coul:15 #coun:-7 #coup:5 #cout:-5 #cove:9
#craz:5 #crea:11 #cris:9 #croc:13 #crou:15 #crus:16 #cryi:4 #curr:-4 #cutt:6 #dacc:-7 #deba:7 #debu:-7 #decr:-5
#degr:10 #dele:-8 #deli:7 #dema:-12 #depe:-6 #depl:-11 #depo:-6 #depu:32 #desa:-19 #desc:11 #desi:-14 #deso:-14 #deva:6
#devi:8 #devo:-4 #didn:-6 #diff:13 #dira:8 #disc:7 #disp:-12 #dizz:7 #doct:-5 #doub:33 #doul:20 #driv:-7 #droi:10
#droo:24 #dyin:5 #earl:-10 #ecch:4 #ecri:-10 #effa:-4 #elan:14 #embr:13 #emer:25 #empi:18 #enco:10 #endi:8 #enfa:-5
#enfl:24 #engo:11 #enle:-12 #ente:-5 #envi:10 #envo:-16 #epil:9 #epip:34 #epou:5 #erre:-6 #erup:16 #eten:10 #etou:28
#evan:30 #ever:31 #exci:-6 #excr:10 #eyel:14 #eyes:7 #faci:-9 #faib:13 #fain:26 #fall:-5 #feel:22 #ferm:8 #feve:27
#fiev:19 #fina:-13 #fini:14 #firs:-5 #flak:-12 #flas:5 #floo:5 #flou:4 #flui:6 #fore:6 #foun:7 #frid:-10 #fris:9
#froi:5 #fron:-9 #gard:-6 #gasp:13 #gast:-4 #gauc:15 #gent:-4 #gett:26 #glow:-4 #goin:14 #gonf:11 #gorg:28 #grac:-5
#grea:-10 #gree:14 #gris:8 #gros:28 #grow:9 #guer:-8 #happ:-9 #hasn:11 #havi:21 #head:6 #heal:-9 #hear:22 #heav:7
#hell:-4 #help:4 #herp:14 #heur:-8 #hive:18 #hone:7 #hopi:17 #hora:-7 #hosp:14 #hubb:5 #huma:-4 #hurt:29 #impo:4
#incr:8 #infe:47 #inje:26 #inst:-6 #insu:6 #irre:16 #itch:9 #jama:-14 #jamb:16 #jaun:25 #jenn:-5 #jeud:-9 #keep:17
#kill:8 #lach:-4 #lais:-7 #lang:20 #lase:20 #leak:17 #leav:-8 #lege:-9 #leve:9 #levr:31 #libe:-7 #ligh:11 #liqu:12
#list:-11 #litt:-9 #livi:12 #long:-6 #look:14 #lumi:7 #lump:7 #lund:-5 #malh:-5 #manq:5 #marb:7 #marc:-9 #mari:-5
#mark:14 #mauv:12 #mayb:-7 #ment:10 #merc:-23 #mess:-24 #micr:-8 #mieu:-5 #migr:4 #mise:8 #miss:-4 #moit:6 #mome:5
#mond:-5 #mort:6 #mott:7 #mour:14 #mout:12 #myse:28 #need:-6 #neig:-7 #neve:-17 #nigh:6 #nodu:8 #noir:12 #nolo:-8
#nons:4 #noth:-8 #numb:-11 #nume:-21 #nurs:-5 #offi:-7 #oozi:23 #opti:-8 #opto:-14 #ouai:-7 #oubl:-4 #outb:7 #ouve:15
#pain:18 #palp:13 #para:24 #parf:-10 #park:-10 #parl:10 #part:6 #pass:21 #patc:14 #pati:-4 #patt:8 #paup:22 #paym:-6
#pein:6 #pens:21 #perd:18 #perf:-9 #pers:-16 #pert:15 #peti:-18 #phon:-9 #phot:-5 #pill:11 #pilu:8 #pimp:-7 #piqu:5
#piss:9 #plac:-11 #plai:13 #plaq:13 #plea:-13 #plei:18 #pleu:6 #poin:5 #poit:21 #pomm:9 #port:-8 #poss:-13 #post:-7
#pouv:-8 #pref:-7 #pren:-6 #pric:-10 #prob:-17 #prom:-13 #prop:11 #puff:13 #purp:12 #quan:-7 #quel:-16 #ques:-4
#raci:11 #raid:5 #rais:4 #rapp:-9 #reac:13 #real:18 #reas:7 #rebo:-8 #rece:-18 #reco:-7 #redd:10 #rega:-4 #rein:-5
#reme:-15 #remi:-12 #remo:-11 #rend:9 #repo:-10 #repr:-8 #resc:-10 #resp:50 #resu:-25 #reta:-16 #reti:-16 #reve:8
#revi:-8 #revo:-8 #righ:14 #risq:-4 #roge:-4 #roug:19 #runn:-7 #rush:6 #saig:27 #sali:8 #same:-5 #sara:-7 #satu:-12
#scab:13 #sche:-7 #scre:4 #sean:-5 #sech:-13 #seco:11 #seei:11 #seiz:23 #sema:-4 #sera:-15 #serr:20 #sess:-4 #seve:9
#shak:12 #shiv:8 #shoc:7 #shou:-8 #show:7 #siff:8 #sigh:10 #sinc:32 #sist:-8 #sitt:4 #skip:5 #slig:-10 #slur:17
#smal:-10 #smel:18 #soak:5 #some:-11 #sorr:-17 #sort:13 #soud:7 #souf:19 #spee:9 #spot:7 #spre:22 #stan:6 #star:-9
#stat:-14 #stin:12 #stop:-10 #stre:7 #stri:8 #stru:9 #stuf:5 #sudd:13 #suff:15 #suic:34 #suin:17 #sunb:-7 #suns:-5
#supp:-4 #swal:27 #swea:4 #swel:7 #swol:24 #tach:16 #tell:6 #temp:13 #terr:13 #text:-20 #than:-20 #thes:-14 #thin:15
#thro:35 #thur:-9 #tigh:8 #ting:5 #toda:-5 #tomb:16 #tomo:-4 #tong:21 #touc:10 #tout:8 #towe:5 #traf:-11 #trai:4
#trea:8 #trou:7 #tues:-8 #turn:16 #twic:10 #unbe:13 #unco:7 #unde:11 #unfo:-5 #unst:-7 #unsu:-19 #urge:21 #urti:15
#vaca:-4 #vend:-8 #veni:-23 #veri:-5 #verr:-5 #veui:-4 #vien:5 #vill:-5 #vire:-6 #visa:21 #visi:15 #vivr:33 #vomi:16
#votr:-9 #voud:-8 #voya:-7 #vrai:4 #wait:-7 #wate:11 #webs:-5 #wedd:-6 #weep:8 #weir:15 #welt:8 #what:-9 #whee:16
#wher:13 #whic:-8 #whit:13 #whol:6 #will:16 #word:17 #work:-11 #worr:6 #wors:21 #woul:-10 #woun:19 #wris:5 #yell:21
#yest:12 #your:-8 #youv:-6 #zebr:5 ,:-18 .:-25 1:-14 101:7 101_3:9 10outof10:14 15:-6 150:6 3:5 38_5:14 38_9:8 39:11
4:-8 40:13 5:-11 6:5 911:33 :disliked::-8 :heart::-14 :laugh::-5 :liked::-11 :loved::-8 :reacted::-13 :thumbsup::-13
:unsure::-4 ?:-32 @time:-15 able:-4 absolutely:-4 adrenaline:6 adresse:-6 advil:-4 after:18 again:-9 agonizing:5
agony:6 agrandit:6 ai:16 aide:-12 aidez:5 ailleurs:-5 aimerais:-13 air:39 all:10 aller:-9 allergic:6 allergique:15
allo:-7 alone:-5 already:-8 ambulance:33 amene:8 ampoules:7 an:15 ana:-5 anaphylactic:12 anaphylactique:8
anaphylaxis:11 and:36 angry:5 annule:-11 annuler:-21 another:-7 any:-14 anymore:11 appele:8 appointment:-22 apres:17
are:6 area:11 arm:17 arms:5 around:4 arrachee:6 arrete:13 arreter:-9 arretez:-10 arrive:-10 as:-10 ask:-6 at:-14
atroce:9 attend:-11 aucun:-4 aucune:-17 augmente:11 autobus:-7 autour:6 autre:-11 available:-6 avale:6 avaler:20
avant:-9 avez:-6 away:-7 b:-7 back:-16 bad:24 badly:7 baisse:-5 bat:12 battements:7 be:-14 beau:-13 beaucoup:9
because:13 been:15 before:-11 besoin:-9 best:-6 bien:-16 bigger:7 bit:-23 black:12 blacked:11 blanche:12 bleeding:27
bleue:11 bleues:5 blister:9 blistered:6 blistering:6 blisters:21 blood:20 blotchy:6 blue:12 bluish:7 blurry:12 body:10
bonjour:-5 bonne:-5 book:-4 booking:-6 boss:-6 bosse:13 both:-4 botox:7 bouche:13 bouge:5 boule:5 bout:12 bras:22
breath:13 breathe:32 breathing:13 brouillee:6 bruise:6 brule:12 brulee:16 brulure:9 bumps:5 bunch:7 burn:19 burned:15
burns:6 burnt:7 bus:-6 but:7 by:-5 c:-13 calendar:-5 called:8 calling:7 came:4 can:-30 cancel:-14 canceller:-6 cannot:9
cause:12 ce:-25 cease:-10 certainement:-5 ces:-4 cessez:-8 cette:-10 change:-11 changer:-7 chaque:4 chaud:11 chaude:7
check:-7 cheek:22 chest:27 chills:18 chin:14 choc:17 choking:8 cleared:-6 clinic:-8 cloque:6 cloques:17 closing:9
coeur:22 coffee:-6 cold:10 coldsore:24 collapsed:14 colored:7 colour:-6 combien:-17 come:-30 comme:16 commencer:-7
comment:-10 completely:-7 completement:-4 confirm:-9 confirme:-6 confirmed:-8 confirmer:-8 confirming:-10 confuse:6
confused:15 confusion:8 connais:-4 connaissance:21 conscience:9 consciousness:10 consent:-7 convient:-5 convulsing:8
convulsion:10 convulsions:13 correct:-8 cote:21 cou:11 could:-19 coule:27 couler:7 count:-5 couple:-5 coute:-5
covered:9 crazy:5 cream:11 crise:9 croche:13 croute:7 croutes:8 crust:9 crusty:6 crying:4 currently:-4 cut:9 cutting:6
d:10 daccord:-7 dans:17 dark:13 date:-10 day:-9 days:23 dead:8 debat:7 debut:-7 degree:6 deja:-10 delete:-8 delire:5
demain:-15 demande:-5 demange:6 deplacer:-8 deposit:-6 depuis:32 des:27 desabonnement:-4 desabonner:-8 descend:11
desist:-6 desole:-7 desolee:-7 deux:14 devant:8 devenue:5 devient:8 devoir:-4 did:7 didnt:-6 die:13 difference:-5
different:-7 difficile:12 difficulte:8 dirait:8 discharge:9 disparu:-5 dispo:-5 dit:-6 dizzy:6 do:-22 doctor:-5
does:-14 dog:-8 dois:-23 donnez:-4 dont:-7 double:26 doubled:8 douleur:19 down:10 dr:-5 drive:-5 droit:9 drooping:8
droopy:11 dry:-8 du:23 dur:9 dure:6 dying:5 earlier:-8 eau:13 ecchymose:4 ecrivez:-7 effacez:-4 elance:14 else:-9
embrouille:7 embrouillee:6 emerg:4 emergency:21 empire:18 en:13 encore:10 ending:8 enfle:19 enflee:20 enflent:7
enflure:-13 engourdi:12 engourdissement:-4 enlevez:-9 envie:10 envoyer:-8 envoyez:-5 epilepsie:8 epipen:34
epouvantable:5 er:23 erreur:-6 eruption:16 est:-6 et:47 etend:8 etes:-12 etouffe:21 etre:-27 eu:-13 euh:-5 evanouie:22
evanouir:8 every:10 everything:5 everywhere:18 excruciating:10 eye:35 eyelid:15 eyes:-4 eyesight:7 f:-7 face:50
facial:-8 faible:8 fainted:18 fainting:9 fais:20 fait:5 faites:-5 falling:-5 fast:6 faut:-13 feel:26 feels:20 ferme:5
feu:4 fever:22 feverish:7 fievre:19 fille:-7 filler:6 fils:-7 fin:-8 finalement:-9 fine:-22 finir:17 first:-5 fit:9
flaky:-8 flashes:4 floor:5 flou:6 floue:4 flu:-4 fluid:6 fois:11 foncees:4 fonctionne:-4 for:-5 forehead:6 form:-8
fort:4 found:7 free:-8 friday:-11 frissons:8 froide:6 from:5 front:-9 gasping:13 gastro:-4 gauche:15 gave:4 gentil:-4
get:-7 getting:26 give:-5 glowing:-4 going:14 gone:-10 gonfle:9 good:-27 gorge:28 got:11 gout:9 great:-10 green:14
grey:9 gris:4 grise:8 gros:5 grosse:17 grossit:10 growing:9 guys:-13 gym:-9 haha:-23 half:10 happening:-4 hard:27
hasnt:11 hate:-4 having:21 headache:6 healed:-7 heart:20 heartbeat:7 heavy:4 hello:-4 herpes:14 heure:-6 hey:-4 hi:-5
hier:18 high:8 hives:18 hmm:-9 hold:4 hole:4 honey:7 hopital:17 horaire:-6 hospital:13 hot:15 hour:5 how:-23 hubby:5
huge:7 hurt:12 hurts:26 ici:-4 id:-17 if:-12 ill:-11 importe:5 imprevu:-5 in:11 increasing:8 infecte:24 infected:20
infectee:5 infection:6 info:-13 injected:6 injection:16 injections:9 instead:-6 insupportable:9 interested:-4 into:10
irregular:7 is:13 it:-12 itchy:6 its:26 ive:9 jamais:-14 jambes:16 jaune:15 jaunes:7 jeudi:-9 joue:30 jour:-6
journee:-13 jours:13 jusqu:-4 just:-4 keep:11 keeps:17 kid:-10 kill:4 killing:8 know:-5 l:23 la:14 lachez:-5 laissez:-5
langue:20 laser:19 last:18 late:-17 le:10 leaking:17 leave:-6 left:17 legere:-4 legs:15 les:-5 let:-8 lets:-5 lever:5
levre:20 levres:15 liberez:-4 lid:22 lien:-4 life:18 lift:8 light:6 like:15 link:-10 lip:27 lips:32 liquid:5 liquide:7
list:-15 liste:-10 little:-9 live:21 living:12 lol:-33 long:-10 longer:-5 looks:18 lose:-4 lost:23 love:-9 lumiere:5
lump:20 lumps:7 lundi:-5 ma:23 machine:6 mais:13 make:-23 mal:37 malheureusement:-5 manque:12 marbree:5 marche:-9
mari:6 marks:16 mauvaise:4 mauve:12 maybe:-7 mdr:-5 me:-8 menton:10 merci:-21 mere:-10 mes:14 message:-14 messages:-18
microneedling:-8 mieux:-5 migraine:4 mild:-7 minute:11 minutes:-6 misere:8 moi:-25 moitie:6 moment:5 monday:-7 month:-4
morte:6 mottled:7 mourir:14 mouth:12 much:-9 my:11 myself:28 n:-7 name:-6 ne:-15 near:5 neck:16 need:-25 needle:-5
neige:-5 never:-17 new:-8 next:-5 nez:22 ni:-4 night:6 no:-33 nodule:8 noir:15 noire:8 nolonger:-8 non:-20 nose:20
not:-25 nothing:-8 nuit:-6 numb:14 number:-22 numbing:10 numero:-21 oeil:40 of:11 off:-11 office:-7 ok:-25 omw:-5 on:7
one:16 only:-4 oozing:23 open:19 opened:7 opt:-12 optin:-8 optout:-13 or:-14 ou:11 ouais:-7 oui:-21 oups:-5 out:23
outbreak:7 ouverte:18 over:30 page:-6 pain:38 painful:14 pains:5 paix:-5 pale:7 palpitations:13 par:8 paramedics:17
parfait:-10 park:-7 parked:-5 parking:-6 parle:10 part:8 parti:-5 partie:-15 partout:28 pas:-13 passe:4 passed:11
passing:8 patch:5 patches:9 pattern:8 paupiere:23 paye:-4 payment:-6 peau:33 peel:5 peine:6 pele:-9 pense:21 perdre:7
perdu:16 perfect:-6 person:-8 personne:-9 perte:15 petite:-9 peu:-23 peut:-19 peux:-16 phone:-9 pills:11 pilules:8
pimples:-7 pink:-4 pisse:9 place:-10 plaie:9 plaques:11 please:-13 plein:13 pleins:4 plus:6 point:5 poitrine:21
pommes:9 porte:-5 possible:-11 postpone:-7 pour:-16 pouring:5 pouvez:-8 presente:-7 presenter:-4 pression:6 pressure:5
price:-9 pris:6 prix:-16 probleme:-8 promos:-8 properly:11 pue:13 puffy:6 puis:-12 purple:10 pus:52 qu:4 quand:-7
que:-11 quel:-7 quelle:-9 quelqu:-4 qui:21 quit:-8 quoi:-10 r:-8 racing:11 raide:5 raison:4 rappels:-9 rash:33 raw:18
rdv:-22 reaction:19 really:18 reason:7 rebook:-7 recevoir:-10 recu:-5 red:32 redder:10 remette:-4 remettre:-10
reminders:-10 remove:-13 rendu:4 rendue:7 repond:8 reprendre:-8 reschedule:-10 respiration:9 respire:29 respirer:19
resultat:-8 results:-11 retard:-16 retinol:-5 retirez:-6 reviens:-8 revoke:-6 rf:8 rien:9 right:14 roger:-4 room:5
rouge:20 rouges:11 rougeurs:-4 running:-7 rushed:6 s:27 safe:-7 said:-7 saigne:15 saigner:12 salive:6 same:-4 samedi:-5
sang:30 sans:17 sarah:-7 saturday:-12 saw:-5 scabs:13 schedule:-7 seche:-13 second:5 seconds:4 see:7 seeing:11
seizure:16 semaine:-7 send:-5 sens:11 sera:-5 serai:-16 serais:5 serait:-5 serre:9 serree:4 serrement:9 serviettes:4
severe:9 shaking:9 she:4 shivering:7 shock:7 should:-8 shower:7 shut:6 si:-10 sick:-8 side:19 siffle:5 sight:10 sign:-7
since:32 sister:-8 sitting:6 skin:30 skipping:5 slight:-5 slightly:-5 slot:-8 slurred:4 slurring:13 small:-10 smell:9
smells:8 snow:-5 so:-18 soaked:5 soit:4 someone:-9 sont:-11 soon:-5 sore:13 sorry:-17 sort:10 souffle:19 sous:8 spam:-8
speech:9 spot:8 spots:7 spreading:22 squares:5 stand:6 start:-12 started:4 stationnement:-9 stinks:10 stop:-18
stopped:-8 straight:4 streaks:7 stripes:8 struggling:8 stuff:5 sudden:10 suffit:-5 suffocating:9 suffoque:12
suicidal:11 suicide:12 suicider:9 suinte:16 sunburn:-7 sunscreen:-5 sur:19 sure:-13 svp:-25 swallow:21 swallowing:5
swelling:8 swollen:24 t:-6 tache:7 taches:9 take:-10 talk:10 tard:-12 tellement:6 temp:11 temperature:20 temps:-7
terre:6 terrible:4 tete:5 text:-20 texter:-5 textez:-5 textos:-14 texts:-15 than:13 thank:-9 thanks:-18 that:-14
there:-14 theres:18 these:-14 thing:-6 think:7 thinking:13 this:-21 throat:25 throbbing:9 thursday:-9 tightness:5
time:-7 tiny:-7 tip:6 tire:-9 today:-5 tombante:5 tombe:15 tombee:6 tomber:-5 tongue:21 took:14 tot:-4 touch:8 tout:-6
toute:7 towels:5 town:-10 trafic:-7 travaille:-4 traverse:8 treatment:9 trouble:4 tu:-19 tuer:27 tues:6 tuesday:-8
turn:-6 turned:10 turning:8 twice:10 two:8 unbearable:13 unconscious:7 under:10 une:10 unfortunately:-5 unstop:-7
unsubscribe:-17 unsure:-5 up:11 urgence:21 urticaire:15 used:7 utilise:4 va:-16 vacances:-4 vendredi:-8 venir:-23
verra:-5 vert:12 very:14 veuillez:-4 veux:13 vie:16 vient:5 vif:13 ville:-5 visage:21 vision:29 visit:-10 visite:-4
vite:17 vivre:33 vois:44 voit:-6 vomis:5 vomissements:4 vomiting:8 vos:-9 votre:-9 voudrais:-8 vous:-27 voyant:-6
vraiment:6 vue:22 want:23 was:5 wash:-5 water:11 way:12 we:-9 weak:18 wear:-5 website:-5 wedding:-6 weeks:6 weeping:6
weird:15 welts:8 went:12 what:-25 whats:-6 wheezing:15 when:-8 where:16 which:-8 white:17 whitehead:-4 who:-13 whole:6
wife:5 will:-25 willnot:16 withdraw:-4 woke:9 words:17 work:-15 works:-8 worried:7 worse:17 worst:5 would:-7 wound:19
x:-9 y:-18 yay:-5 yellow:19 yes:-18 yesterday:9 yet:-7 yeux:7 yo:-5 you:-21 your:-18 youre:-7 youve:-6 z:-5 zero:-17
"""
GRAVE_BIAS = 0.4
GRAVE = """
#101_:-6 #10ou:9 #9out:4 #@tim:5 #abou:4 #afte:-8 #agon:6 #agra:-4 #alle:19 #ambu:21 #ampo:-10 #anap:16 #angr:-5
#annu:-8 #anym:7 #appe:10 #apre:-7 #arra:-7 #arre:13 #atro:8 #augm:-16 #auto:5 #aval:17 #badl:4 #batt:5 #beat:4
#beca:-5 #bett:-4 #bigg:-6 #blac:24 #blan:20 #blee:9 #bleu:16 #blin:4 #blis:-37 #bloo:8 #blur:11 #boss:-24 #bouc:7
#boug:5 #bout:-12 #brea:27 #brok:-6 #brui:-26 #brul:-36 #brun:-8 #bubb:-9 #bull:-5 #bump:-11 #burn:-33 #call:10
#canc:-4 #cann:16 #carr:-6 #chau:-25 #chee:-14 #ches:18 #chil:-19 #chok:4 #cloq:-27 #coeu:18 #cold:-33 #comi:-6
#comp:-6 #conf:20 #conn:14 #cons:9 #conv:23 #coul:-18 #creu:-5 #cris:8 #croc:5 #crou:-16 #crus:-12 #cryi:4 #curt:5
#dark:-5 #deba:6 #degr:-10 #deli:8 #dema:-5 #depu:-8 #dern:-6 #desc:-5 #dess:-4 #deva:7 #deve:7 #devi:7 #diff:19
#disc:-7 #dizz:12 #doub:8 #droi:9 #ecch:-5 #elan:-7 #embr:10 #emer:11 #empi:-12 #enco:-12 #enfl:-20 #envi:5 #epil:5
#epip:16 #erup:-16 #eten:-4 #etou:21 #evan:12 #ever:7 #excr:6 #eyeb:-7 #eyel:-22 #eyes:4 #faib:10 #fain:17 #fair:5
#feel:5 #feve:-7 #fiev:-10 #fill:21 #fini:7 #flas:6 #floo:4 #flui:-6 #fonc:-5 #fore:-9 #fret:-11 #fris:-19 #froi:11
#full:-4 #gasp:7 #gauc:4 #gett:-12 #gonf:7 #goop:-8 #gorg:29 #gree:-11 #gris:11 #gros:-8 #grow:-6 #guer:-5 #hasn:-8
#havi:7 #head:-8 #hear:21 #herp:-16 #heur:7 #hive:-8 #hone:-5 #hopi:9 #horr:4 #hosp:10 #hour:6 #incr:-11 #infe:-47
#inje:15 #insu:8 #irre:8 #itch:-18 #jaun:-18 #jour:-14 #kill:10 #lamb:-5 #lang:26 #lase:-21 #late:-8 #leak:-15 #levr:12
#ligh:11 #lign:-4 #line:-5 #liqu:-10 #livi:4 #look:6 #lumi:8 #lump:-5 #mach:-5 #manq:5 #marb:17 #mark:-8 #marq:-5
#mati:-5 #mauv:5 #ment:-5 #migr:-10 #minu:15 #mise:13 #mott:11 #mour:8 #mout:8 #myse:14 #nodu:-6 #noir:15 #nolo:14
#nons:6 #oozi:-17 #open:-8 #othe:-6 #outb:-4 #ouve:-14 #ouvr:-5 #over:-5 #pain:-7 #palp:12 #para:12 #parl:13 #part:-6
#pass:6 #patt:4 #paup:-27 #peel:-13 #perd:16 #pert:7 #peti:-5 #pill:6 #pilu:7 #piss:9 #plai:-12 #plei:-10 #poit:21
#pour:4 #pres:12 #prop:5 #puff:-10 #purp:17 #raci:9 #redd:-10 #redn:-9 #resc:-7 #resp:30 #righ:13 #roug:-38 #saig:24
#scab:-14 #seei:10 #seiz:15 #sema:-13 #serr:14 #seve:7 #shiv:-6 #shoc:4 #siff:4 #sigh:11 #sinc:-10 #slur:13 #smel:-15
#sort:4 #souf:12 #sour:-6 #spee:7 #spot:-6 #spre:-6 #squa:-6 #stil:-12 #stin:-10 #stop:8 #stre:-7 #stri:-8 #stru:4
#stuf:-5 #sudd:10 #suff:6 #suic:17 #suin:-15 #supe:7 #swal:19 #swol:-17 #tach:-5 #tant:7 #tell:4 #temp:-17 #tend:-6
#terr:-8 #text:-6 #ther:-10 #thro:22 #tigh:13 #tong:29 #touc:-12 #trai:-5 #trav:6 #trea:-8 #trem:-7 #trou:11 #turn:14
#unbe:4 #unde:-12 #urge:9 #urti:-7 #uvul:5 #visa:6 #visi:24 #vivr:12 #voic:4 #vomi:18 #vrai:-7 #wate:5 #week:-8
#weep:-11 #weir:-5 #welt:-7 #whee:9 #wher:-14 #whit:17 #whol:5 #will:9 #word:10 #wors:-6 #woun:-10 #wron:5 #yell:-18
#yest:-9 #zebr:-5 101:-6 101_3:-6 10outof10:9 3:-12 38_5:-19 38_9:-6 39:-10 4:-12 40:11 5:-4 6:-5 911:15 9outof10:4
@time:5 about:4 after:-8 agrandit:-4 air:13 allergic:8 allergique:12 ambulance:21 ampoules:-10 an:11 anaphylactic:7
anaphylactique:4 anaphylaxis:5 and:14 angry:-5 annulez:-8 anymore:7 appele:6 apres:-7 are:5 area:-7 arm:8 arms:-5
arrachee:-7 arrete:17 arretez:-5 at:14 atroce:8 au:-5 augmente:-16 autour:5 aux:5 avale:6 avaler:12 avec:6 away:-9
bad:-9 badly:4 battements:5 because:-5 better:-4 bigger:-6 bit:-5 black:16 blacked:8 blanc:5 blanche:17 blanches:-5
bleeding:11 bleue:11 blister:-7 blistered:-6 blistering:-6 blisters:-21 blood:10 blue:17 blurry:10 body:7 bosse:-22
bouche:7 bouge:4 bout:7 boutons:-11 breaking:-6 breath:8 breathe:10 breathing:19 broke:-6 brown:-7 bruise:-22
bruising:-5 brule:-15 brulee:-11 brulure:-9 brunes:-6 bump:-8 bumps:-9 burn:-16 burned:-11 burning:-14 burns:-5
burnt:-6 c:-9 ca:-25 call:6 called:6 calling:4 came:-5 can:-8 cancel:-4 cannot:16 chaud:-15 chaude:-8 cheek:-11
chest:18 chills:-19 chin:-12 choc:8 choking:4 chum:4 cloque:-7 cloques:-21 closing:7 coeur:18 cold:13 coldsore:-33
collapsed:7 colored:-5 come:-9 coming:-6 complet:-6 confuse:7 confused:13 confusion:6 connaissance:14 conscience:5
consciousness:4 convulsion:6 convulsions:10 cote:12 cou:-13 coule:-16 coupe:4 creux:-5 crise:8 croche:5 croute:-9
croutes:-8 crust:-6 crusty:-8 crying:4 curtain:5 d:10 dark:-4 darker:-5 day:-16 days:-22 dead:4 debat:6 degre:-5
degree:-6 delirious:4 demange:-5 dent:-4 depuis:-8 derniere:-6 des:-23 descend:-4 dessous:-4 devant:7 devenue:6
devient:7 did:-6 difficile:6 difficulte:6 difficulty:5 discharge:-6 dizzy:10 dont:10 double:12 douleur:10
douloureuse:-6 douloureux:-5 down:-7 droit:5 drooping:10 droopy:-12 dure:-13 eau:-4 ecchymose:-5 elance:-7
embrouillee:7 emerg:4 emergency:7 empire:-12 encore:-12 end:4 enfle:-11 enflent:9 enflure:-24 envie:5 epilepsie:7
epipen:16 er:8 eruption:-16 est:-7 et:13 etouffe:10 etourdi:7 evanouie:11 every:-5 everything:15 excruciating:6
eyebrow:-11 eyelid:-22 eyes:7 eyesight:4 face:-13 faible:5 faiblesse:4 faint:5 fainted:10 faire:5 fais:-4 fast:18
feel:12 feeling:-5 feels:10 feu:-7 feverish:-4 fievre:-7 filler:21 finir:7 fire:-10 fit:6 floor:4 flou:4 fluid:-6 for:8
forehead:-9 frette:-11 frissons:-14 froide:10 from:-14 fully:-4 gasping:7 gauche:4 gave:4 get:7 getting:-12 go:-5
gonfle:4 goopy:-8 gorge:29 got:-16 gout:5 green:-11 grey:12 gris:4 grise:11 gros:-5 grossit:-9 growing:-6 had:17 half:4
hard:-9 has:4 hasnt:-8 have:-37 having:7 headache:-8 heart:18 her:5 here:7 herpes:-16 heure:7 hier:-14 high:7 hives:-8
hole:-4 honey:-5 hopital:9 hospital:8 hot:-28 hour:8 hours:6 hurt:5 hurts:-6 i:15 im:26 in:12 increasing:-11
infecte:-16 infected:-19 infection:-15 injected:7 injection:15 injections:-5 insupportable:8 into:5 ipl:-5 is:-4 isnt:4
itching:-10 itchy:-10 its:-12 j:5 jaune:-11 jaunes:-5 jaw:-5 je:24 joue:-18 jour:-9 jours:-14 just:6 keep:6 killing:9
l:16 lambeaux:-5 langue:26 laser:-20 last:-6 later:-8 leaking:-15 left:5 legs:-4 leve:-4 levres:15 lid:-26 life:12
light:6 like:17 lines:-5 lip:4 lips:19 liquid:-5 liquide:-5 live:5 living:4 looking:-4 looks:10 lost:11 lumiere:5
lump:-22 lumps:-5 m:9 ma:10 mais:-9 mal:14 manque:5 marbree:9 marks:-8 marques:-5 matin:-5 mauvais:-5 mauvaise:-10
mauve:19 maux:-5 me:27 menton:-5 mes:18 midi:6 migraine:-10 minute:5 minutes:11 misere:13 mon:15 months:-4 more:-18
mottled:11 mourir:8 mouth:8 my:6 myself:14 n:5 near:4 neck:-14 nez:22 nodule:-6 noir:11 noire:9 nolonger:14 noon:5
nose:19 now:6 of:4 off:-18 on:-11 only:-5 oozing:-17 open:-25 opened:-8 other:-6 oui:-9 out:16 outbreak:-4 ouverte:-14
ouvre:-6 overnight:-5 pain:13 painful:-9 palpitations:12 paramedics:7 parle:8 parler:6 part:-5 partout:-8 pas:10
passed:10 passing:4 patch:6 patches:-10 pattern:4 paupiere:-27 peau:-17 peel:-15 peeling:-13 perdu:12 perte:7 pills:6
pilules:7 piquent:-6 pisse:9 plaie:-8 plaque:5 plaques:-8 plein:-6 plus:-18 poitrine:21 pour:7 pouring:4 pression:5
pressure:4 pris:6 properly:5 pue:-7 puffed:-5 puffy:-6 purple:15 pus:-48 qu:-8 que:-5 qui:-8 racing:9 rash:-31 raw:-17
red:-38 redder:-10 redness:-9 rendue:6 reschedule:-7 respiration:6 respire:8 respirer:17 rf:-12 rien:8 right:13
rouge:-22 rouges:-12 rougeur:-9 s:-8 saigne:17 saigner:7 sang:18 sans:6 scab:-7 scabs:-14 second:-6 see:9 seeing:10
seizure:12 semaine:-7 semaines:-6 sens:6 sent:-10 serre:6 serree:4 serrement:5 severe:7 shock:4 si:5 side:7 sight:11
since:-10 skin:-22 slurred:4 slurring:9 smell:-8 smells:-7 so:6 sore:-15 sort:-8 souffle:12 sous:-7 speech:7 spot:-8
spots:-6 spreading:-6 squares:-6 still:-12 stinks:-7 stop:6 stopping:5 streaks:-5 stripes:-8 stuff:-5 sudden:8
suicidal:5 suicide:8 suinte:-12 suis:20 super:7 sur:-16 swallow:9 swallowing:10 swelling:-5 swollen:-17 taches:-8
talk:8 tantot:7 tellement:4 temp:-8 temperature:-17 tender:-6 terrible:-8 tete:-8 than:-19 that:-18 there:-6 theres:-5
think:-12 thinking:10 throat:26 throbbing:-19 through:7 throwing:7 tight:11 to:20 tombee:6 tongue:29 touch:-9 tout:9
traitement:-5 traverse:4 treatment:-7 tremble:-7 trop:6 trouble:10 tu:-5 turning:12 un:11 unbearable:4 under:-14
une:-13 up:5 urgence:9 urticaire:-7 used:5 uvula:5 vais:6 vert:-8 very:-6 veux:12 vie:8 vient:5 vif:-17 visage:6
vision:24 vite:14 vivre:12 voice:4 vois:21 voix:4 vomis:5 vomissements:5 vomiting:9 vous:-5 vraiment:-7 vue:21 want:15
warm:-8 way:6 weak:18 week:-13 weeks:-8 weeping:-6 weird:-5 welts:-7 went:16 what:5 wheezing:9 when:6 where:-14
white:17 whole:5 wife:5 willnot:9 with:6 words:10 worse:-12 worst:6 wound:-10 wrong:5 y:-12 yellow:-16 yes:-5
yesterday:-12 yeux:7 you:-10
"""
