"""Learned: how much words speak for a symptom, in tenths; written by `python -m benchmarks.hunch`."""

SYMPTOM_BIAS = -1.57
SYMPTOM = """
#101_:9 #10ou:14 #:dis:-8 #:hea:-14 #:lau:-5 #:lik:-11 #:lov:-8 #:rea:-14 #:thu:-16 #@tim:-15 #abon:-4 #abso:-4
#advi:-4 #affi:-5 #afte:14 #agai:-10 #agon:11 #agra:6 #aide:5 #aill:-5 #aime:-13 #airw:4 #alle:8 #alon:-6 #alre:-8
#ambu:31 #amen:6 #ampo:7 #anap:30 #angr:6 #annu:-22 #anot:-7 #anti:-5 #anym:11 #appe:12 #appo:-23 #appr:-8 #apre:16
#arou:4 #arra:6 #arri:-15 #atro:9 #atte:-13 #aucu:-19 #augm:12 #auto:-6 #autr:-11 #avai:-5 #aval:25 #avan:-9 #badl:7
#bais:-5 #ball:7 #batt:7 #beat:7 #beau:8 #beca:13 #befo:-11 #bell:-5 #beso:-10 #bigg:7 #blac:19 #blan:17 #blee:26
#bleu:16 #blis:39 #bloc:-5 #bloo:19 #blot:6 #blui:7 #blur:12 #bonj:-5 #bonn:-5 #book:-9 #boss:14 #boto:8 #bouc:13
#boug:9 #boul:5 #bout:5 #brea:47 #brok:-6 #brou:5 #brow:4 #brul:33 #brun:5 #bubb:7 #bull:4 #bump:6 #bunc:7 #burn:29
#cale:-5 #call:15 #canc:-20 #cann:8 #carr:5 #caus:12 #ceas:-9 #cert:-8 #cess:-10 #cett:-10 #chan:-21 #chau:20 #chec:-7
#chee:19 #ches:27 #chil:18 #chok:7 #clin:-13 #cloq:22 #clos:10 #coeu:20 #coff:-6 #cold:24 #coll:13 #colo:4 #comb:-17
#comp:-14 #conf:-12 #conn:12 #cons:6 #cont:-9 #conv:27 #corr:-9 #coul:17 #coun:-7 #coup:5 #cout:-5 #cove:9 #craz:5
#crea:11 #cris:9 #croc:14 #crou:15 #crus:16 #cryi:4 #curr:-4 #cutt:6 #dacc:-7 #daug:-4 #deba:7 #debu:-7 #decr:-5
#defi:-4 #degr:11 #dele:-8 #deli:7 #dema:-12 #depe:-6 #depl:-11 #depo:-6 #depu:32 #dern:4 #desa:-18 #desc:12 #desi:-13
#deso:-14 #deva:5 #devi:8 #devo:-4 #didn:-6 #diff:12 #dira:8 #disc:7 #disp:-12 #dizz:6 #doct:-5 #doub:32 #doul:19
#driv:-7 #droi:9 #droo:26 #dyin:4 #earl:-10 #ecch:4 #ecri:-10 #effa:-4 #elan:14 #embr:13 #emer:25 #empi:17 #enco:10
#endi:8 #enfl:24 #engo:11 #enle:-13 #ente:-5 #envi:10 #envo:-16 #epil:9 #epip:31 #epou:5 #erre:-6 #erup:16 #eten:10
#etou:28 #evan:29 #ever:31 #exci:-6 #excr:10 #eyel:13 #eyes:5 #faci:-9 #faib:12 #fain:25 #fall:-4 #feel:21 #ferm:7
#feve:27 #fiev:19 #fina:-13 #fini:14 #firs:-4 #flak:-12 #flas:5 #floo:4 #flou:4 #flui:6 #fore:5 #foun:7 #frid:-10
#fris:9 #froi:5 #fron:-9 #gard:-6 #gasp:13 #gast:-5 #gauc:14 #gauz:4 #gent:-4 #gett:26 #glow:-4 #goin:14 #gonf:12
#gorg:28 #grac:-5 #grea:-11 #gree:14 #grip:-4 #gris:8 #gros:27 #grow:9 #guer:-8 #happ:-9 #hasn:10 #havi:20 #head:6
#heal:-9 #hear:21 #heav:7 #hell:-4 #help:4 #herp:14 #heur:-8 #hive:20 #hone:7 #hope:-4 #hopi:17 #hora:-7 #hosp:14
#hubb:5 #huma:-4 #hurt:29 #impo:4 #impr:-4 #incr:8 #infe:47 #inje:27 #inst:-6 #insu:6 #irre:13 #itch:9 #jama:-14
#jamb:16 #jaun:25 #jenn:-4 #jeud:-9 #keep:17 #kill:8 #lach:-4 #lais:-7 #lang:20 #lase:19 #leak:16 #leav:-7 #lege:-9
#leve:10 #levr:31 #libe:-7 #ligh:11 #liqu:12 #list:-11 #litt:-9 #livi:12 #long:-5 #look:14 #lumi:8 #lump:7 #lund:-5
#malh:-5 #manq:5 #marb:7 #marc:-9 #mari:-5 #mark:14 #mauv:13 #mayb:-7 #ment:10 #merc:-22 #mess:-24 #micr:-8 #mieu:-5
#migr:4 #mise:8 #miss:-4 #moit:7 #mome:5 #mond:-5 #mort:6 #mott:6 #mour:14 #mout:12 #myse:28 #need:-5 #neig:-7
#neve:-17 #nigh:6 #nodu:8 #noir:11 #nolo:-8 #nons:4 #noth:-8 #numb:-11 #nume:-21 #nurs:-5 #offi:-7 #oozi:23 #opti:-8
#opto:-14 #ouai:-6 #oubl:-4 #outb:7 #ouve:15 #pain:19 #palp:13 #para:24 #parf:-10 #park:-10 #parl:10 #part:4 #pass:21
#patc:14 #pati:-4 #patt:8 #paup:22 #paym:-6 #pein:6 #pens:19 #perd:18 #perf:-8 #pers:-16 #pert:15 #peti:-18 #phon:-9
#phot:-5 #pill:11 #pilu:7 #pimp:-7 #piqu:5 #piss:9 #plac:-11 #plai:13 #plaq:13 #plea:-13 #plei:18 #pleu:6 #poin:5
#poit:21 #pomm:8 #port:-8 #poss:-13 #post:-7 #pouv:-8 #pref:-7 #pren:-6 #pric:-10 #prob:-17 #proc:-5 #prom:-13 #prop:11
#puff:13 #purp:13 #quan:-7 #quel:-16 #ques:-4 #raci:9 #raid:5 #rais:4 #rapp:-8 #reac:13 #real:18 #reas:7 #rebo:-8
#rece:-18 #reco:-7 #redd:10 #rega:-4 #rein:-5 #reme:-15 #remi:-12 #remo:-11 #rend:9 #repo:-10 #repr:-8 #resc:-9
#resp:49 #resu:-26 #reta:-15 #reti:-15 #reve:8 #revi:-8 #revo:-8 #righ:14 #roge:-4 #roug:19 #runn:-7 #rush:6 #saig:28
#sali:8 #same:-5 #sara:-7 #satu:-12 #scab:13 #sche:-7 #scre:4 #sean:-5 #sech:-13 #seco:11 #seei:11 #seiz:23 #sema:-5
#sera:-15 #serr:20 #sess:-4 #seve:10 #shak:12 #shiv:8 #shoc:7 #shou:-8 #show:7 #siff:8 #sigh:10 #sinc:32 #sist:-8
#sitt:4 #skip:5 #slig:-10 #slur:15 #smal:-10 #smel:17 #soak:5 #sole:-4 #some:-11 #sorr:-17 #sort:11 #soud:7 #souf:19
#spee:9 #spot:7 #spre:22 #stan:6 #star:-8 #stat:-14 #stin:12 #stop:-10 #stra:4 #stre:7 #stri:8 #stru:9 #stuf:5 #sudd:13
#suff:14 #suic:31 #suin:17 #sunb:-7 #suns:-5 #swal:28 #swea:4 #swel:8 #swol:24 #tach:15 #tell:6 #temp:13 #terr:13
#text:-20 #than:-20 #thes:-14 #thin:15 #thro:35 #thur:-9 #tigh:8 #ting:5 #toda:-4 #tomb:16 #tomo:-4 #tong:21 #touc:9
#tout:12 #towe:5 #traf:-11 #trea:8 #trou:7 #tues:-8 #turn:16 #twic:7 #unbe:13 #unco:7 #unde:10 #unfo:-4 #unst:-7
#unsu:-19 #urge:20 #urti:17 #vaca:-4 #vend:-8 #veni:-22 #veri:-5 #verr:-5 #veui:-4 #vien:5 #vill:-5 #vire:-6 #visa:20
#visi:16 #vivr:33 #vomi:16 #votr:-9 #voud:-7 #voya:-7 #vrai:4 #wait:-6 #wate:11 #webs:-5 #wedd:-6 #weep:8 #weir:16
#welt:8 #what:-8 #whee:16 #wher:13 #whic:-7 #whit:14 #whol:7 #will:16 #word:17 #work:-11 #worr:6 #wors:21 #woul:-10
#woun:19 #wris:4 #yell:21 #yest:12 #your:-8 #youv:-6 #zebr:5 ,:-18 .:-25 1:-14 10:-5 101:8 101_3:9 10outof10:14 15:-6
3:5 38_5:14 38_9:8 39:11 4:-8 40:13 5:-10 6:5 8:5 911:34 :disliked::-8 :heart::-14 :laugh::-5 :liked::-11 :loved::-8
:reacted::-14 :thumbsup::-13 ?:-31 @time:-15 able:-5 absolutely:-4 adrenaline:6 adresse:-7 advil:-4 after:17 again:-10
agonizing:5 agony:6 agrandit:6 ai:17 aide:-12 aidez:5 ailleurs:-5 aimerais:-13 air:39 airway:4 all:11 aller:-9
allergic:6 allergique:15 allo:-7 alone:-5 already:-8 ambulance:33 amene:8 ampoules:7 an:15 ana:-5 anaphylactic:12
anaphylactique:8 anaphylaxis:11 and:36 angry:6 annule:-11 annuler:-21 another:-7 any:-13 anymore:11 appele:7
appointment:-22 apres:16 are:5 area:11 arm:18 arms:5 around:4 arrachee:6 arrete:12 arreter:-8 arretez:-10 arrive:-10
as:-8 ask:-6 at:-15 atroce:9 attend:-11 aucune:-17 augmente:12 autobus:-7 autour:6 autre:-11 available:-6 avale:5
avaler:21 avant:-8 avez:-5 away:-7 b:-7 back:-16 bad:24 badly:7 baisse:-5 bat:12 battements:7 be:-14 beau:-13
beaucoup:9 because:13 been:15 before:-11 besoin:-10 best:-5 bien:-16 big:5 bigger:7 bit:-23 black:10 blacked:11
blanche:11 bleeding:27 bleue:11 bleues:5 blister:10 blistered:6 blistering:6 blisters:20 blood:19 blotchy:6 blue:11
bluish:7 blurry:12 body:10 bonjour:-5 bonne:-5 book:-4 booking:-5 boss:-6 bosse:13 botox:8 bouche:13 bouge:5 boule:5
bout:13 bras:21 breath:12 breathe:33 breathing:13 brouillee:5 brown:4 bruise:6 brule:12 brulee:16 brulure:10 bumps:6
bunch:7 burn:20 burned:15 burns:6 burnt:7 bus:-6 but:7 by:-5 c:-13 calendar:-4 called:8 calling:7 came:4 can:-29
cancel:-14 canceller:-6 cannot:8 cause:14 ce:-25 cease:-9 certainement:-5 ces:-4 cessez:-8 cette:-10 change:-11
changer:-7 chaud:11 chaude:7 check:-6 cheek:22 chest:27 chills:18 chin:14 choc:17 choking:8 cleared:-6 clinic:-10
cloque:6 cloques:17 closing:9 coeur:20 coffee:-6 cold:9 coldsore:24 collapsed:14 colored:7 combien:-17 come:-30
comme:16 commencer:-7 comment:-9 complet:4 completely:-7 completement:-4 confirm:-9 confirme:-6 confirmed:-8
confirmer:-7 confirming:-10 confuse:4 confused:13 confusion:8 connais:-4 connaissance:21 conscience:9 consciousness:10
consent:-7 convient:-5 convulsing:9 convulsion:10 convulsions:8 correct:-8 cote:20 cou:11 could:-19 coule:26 couler:7
count:-5 couple:-5 coute:-5 covered:9 crazy:5 cream:11 crise:10 croche:14 croute:7 croutes:8 crust:9 crusty:7 crying:4
currently:-4 cut:9 cutting:6 d:10 daccord:-7 dans:17 dark:13 date:-10 day:-9 days:23 dead:8 debat:8 debut:-7
definitely:-4 degre:4 degree:6 deja:-10 delete:-8 delire:5 demain:-15 demande:-5 demange:6 deplacer:-9 deposit:-6
depuis:32 derniere:4 des:27 desabonnement:-4 desabonner:-8 descend:11 desist:-5 desole:-7 desolee:-7 deux:12 devant:8
devenue:5 devient:8 devoir:-4 did:7 didnt:-6 die:13 difference:-6 different:-7 difficile:11 difficulte:8 dirait:8
discharge:9 disparu:-5 dispo:-5 dit:-6 dizzy:5 do:-22 doctor:-5 does:-14 dog:-8 dois:-23 donnez:-4 dont:-7 double:26
doubled:8 douleur:18 down:10 dr:-4 drive:-5 droit:9 drooling:4 drooping:8 droopy:13 dry:-8 du:22 dur:9 dure:6 dying:4
earlier:-8 eau:13 ecchymose:4 ecrivez:-6 effacez:-4 elance:14 else:-9 embrouille:7 embrouillee:6 emerg:4 emergency:21
empire:17 en:14 encore:10 ending:8 enfle:19 enflee:19 enflent:7 enflure:-12 engourdi:12 enlevez:-10 envie:10 envoyer:-8
envoyez:-5 epilepsie:9 epipen:31 epouvantable:5 er:21 erreur:-6 eruption:16 est:-6 et:47 etend:8 etes:-12 etouffe:21
etre:-26 eu:-11 euh:-5 evanouie:21 evanouir:9 every:9 everything:6 everywhere:18 excruciating:10 eye:34 eyelid:15
eyesight:5 f:-7 face:50 facial:-8 faible:8 fainted:16 fainting:9 fais:20 fait:5 faites:-5 falling:-4 fast:6 faut:-12
feel:26 feels:20 ferme:5 feu:4 fever:22 feverish:7 fievre:19 fille:-8 filler:5 fils:-6 fin:-6 finalement:-9 fine:-22
finir:17 first:-4 fit:9 flaky:-8 flashes:4 floor:4 flou:6 floue:4 flu:-4 fluid:6 fois:9 foncees:4 fonctionne:-4 for:-5
forehead:5 form:-7 fort:4 found:7 free:-8 friday:-11 frissons:8 froide:6 from:4 front:-9 gasping:13 gastro:-5 gauche:14
gauze:4 gave:5 gentil:-4 get:-7 getting:26 give:-5 glowing:-4 going:14 gone:-8 gonfle:9 good:-27 gorge:28 got:12 gout:8
great:-11 green:14 grey:9 grippe:-4 grise:8 gros:5 grosse:16 grossit:11 growing:9 guerit:-4 guys:-13 gym:-9 had:4
haha:-23 half:10 happening:-4 hard:27 has:5 hasnt:10 hate:-5 having:20 headache:6 healed:-7 heart:19 heartbeat:8
heavy:5 hello:-4 herpes:14 heure:-7 hey:-4 hi:-5 hier:18 high:5 hives:20 hmm:-9 hold:4 hole:4 honey:7 hopefully:-4
hopital:17 horaire:-6 hospital:13 hot:15 hour:5 how:-23 hubby:5 huge:6 hurt:10 hurts:26 id:-17 if:-12 ill:-11 importe:5
imprevu:-5 in:11 increasing:8 infecte:25 infected:21 infectee:5 infection:5 info:-13 injected:7 injection:16
injections:9 instead:-6 insupportable:9 into:10 irregular:7 is:14 it:-12 itchy:6 its:26 ive:10 jamais:-14 jambes:16
jaune:14 jaunes:7 jaw:4 jeudi:-9 joue:29 jour:-5 journee:-13 jours:14 jusqu:-4 just:-4 keep:11 keeps:17 kid:-8 kill:4
killing:8 know:-5 l:23 la:14 lachez:-5 laissez:-5 langue:20 laser:18 last:20 late:-16 le:10 leaking:16 leave:-5 left:16
legere:-4 legs:15 les:-4 let:-8 lets:-4 lever:6 levre:20 levres:15 liberez:-4 lid:22 life:18 lift:8 light:6 like:15
link:-10 lip:26 lips:31 liquid:5 liquide:7 list:-14 liste:-10 little:-9 live:21 living:12 lol:-32 long:-8 longer:-5
looks:18 lose:-4 lost:23 love:-9 lumiere:5 lump:20 lumps:7 lundi:-5 ma:23 machine:6 mais:13 make:-23 mal:36
malheureusement:-5 manque:11 marbree:4 marche:-10 mari:6 marks:16 mauvaise:5 mauve:13 maybe:-7 mdr:-5 me:-8 menton:10
merci:-21 mere:-11 mes:13 message:-14 messages:-18 microneedling:-8 mieux:-5 migraine:4 mild:-7 minute:11 minutes:-9
misere:8 moi:-25 moitie:7 moment:5 monday:-7 month:-4 morte:6 mottled:6 mourir:14 mouth:12 much:-9 my:12 myself:28 n:-7
name:-6 ne:-14 near:5 neck:15 need:-25 needle:-5 neige:-5 never:-17 new:-8 next:-4 nez:21 ni:-4 night:6 no:-33 nodule:8
noir:15 noire:8 nolonger:-8 non:-19 nose:19 not:-26 nothing:-8 nuit:-5 numb:14 number:-22 numbing:10 numero:-21 oeil:40
of:11 off:-11 office:-7 ok:-25 omw:-5 on:7 one:15 only:-4 oozing:23 open:19 opened:8 opt:-11 optin:-8 optout:-13 or:-14
ou:11 ouais:-6 oui:-20 oups:-5 out:23 outbreak:7 ouverte:18 over:29 page:-6 paid:-4 pain:38 painful:14 pains:5 paix:-6
pale:7 palpitations:13 par:8 paramedics:17 parfait:-10 park:-7 parked:-5 parking:-6 parle:9 part:8 parti:-6 partie:-13
partout:27 pas:-13 passe:4 passed:12 passing:9 patch:5 patches:9 pattern:8 paupiere:23 paye:-5 payment:-6 peau:33
peel:5 peine:6 pele:-9 pense:22 perdre:7 perdu:15 perfect:-5 person:-8 personne:-9 perte:15 petite:-9 peu:-23 peut:-17
peux:-16 phone:-9 pills:11 pilules:7 pimples:-7 pink:-4 pisse:9 place:-10 plaie:9 plaques:11 please:-13 plein:13
pleins:4 plus:6 point:5 poitrine:21 pommes:8 porte:-5 possible:-10 postpone:-7 pour:-17 pouring:6 pouvez:-8 presente:-7
pression:5 pressure:5 price:-9 pris:6 prix:-16 problem:-4 probleme:-8 promo:-4 promos:-8 properly:11 pue:12 puffy:6
puis:-12 purple:11 pus:53 quand:-7 que:-10 quel:-7 quelle:-9 quelqu:-4 qui:21 quit:-8 quoi:-10 r:-8 racing:9 raide:5
raison:4 rappels:-8 rash:33 raw:18 rdv:-22 reaction:19 really:18 reason:7 rebook:-6 recevoir:-9 recu:-5 red:32
redder:10 remettre:-10 reminders:-10 remove:-13 rendu:4 rendue:7 repond:8 reprendre:-8 reschedule:-9 respiration:7
respire:30 respirer:20 resultat:-8 resultats:-4 results:-11 retard:-15 retinol:-5 retirez:-6 reviens:-8 revoke:-6 rf:9
rien:9 right:14 roger:-4 room:5 rouge:20 rouges:11 rougeurs:-4 running:-7 rushed:6 s:27 safe:-7 said:-7 saigne:15
saigner:12 salive:6 same:-4 samedi:-5 sang:29 sans:17 sarah:-7 saturday:-11 saw:-5 scabs:13 schedule:-7 seance:-4
seche:-13 second:5 seconds:4 see:6 seeing:11 seizure:16 semaine:-7 send:-5 sens:10 sera:-5 serai:-16 serais:5 serait:-5
serre:9 serrement:9 serviettes:4 severe:10 shaking:9 she:4 shivering:7 shock:7 should:-8 shower:8 shut:6 si:-10 sick:-8
side:19 siffle:5 sight:10 sign:-7 since:32 sister:-8 sitting:6 skin:30 skipping:5 slight:-5 slightly:-5 slot:-8
slurring:12 small:-10 smell:9 smells:8 snow:-5 so:-18 soaked:5 soit:4 soleil:-4 someone:-10 sont:-11 soon:-5 sore:14
sorry:-17 sort:10 souffle:19 sous:8 spam:-8 speech:9 spot:8 spots:7 spreading:21 squares:6 stand:6 start:-12 started:4
stationnement:-9 stinks:10 stop:-18 stopped:-8 straight:4 streaks:7 stripes:8 struggling:8 stuff:5 sudden:10 suffit:-5
suffocating:9 suffoque:12 suicidal:12 suicide:10 suicider:10 suinte:16 sunburn:-7 sunscreen:-5 sur:18 sure:-13 svp:-25
swallow:21 swallowing:6 swelling:9 swollen:24 t:-6 tache:8 taches:8 take:-9 talk:10 tard:-12 tellement:6 temp:11
temperature:21 temps:-7 terre:6 terrible:5 tete:5 text:-20 texter:-5 textez:-5 textos:-14 texts:-14 than:13 thank:-9
thanks:-17 that:-14 there:-14 theres:18 these:-14 thing:-5 think:7 thinking:12 this:-21 throat:24 throbbing:9 through:4
thursday:-9 tightness:4 time:-8 tiny:-7 tip:7 tire:-9 today:-4 tombante:4 tombe:14 tombee:6 tongue:21 took:14 tot:-4
touch:8 tout:-6 toute:10 towels:5 town:-9 traffic:-4 trafic:-7 travaille:-4 traverse:8 treatment:9 trouble:4 tu:-18
tuer:26 tues:6 tuesday:-8 turn:-6 turned:9 turning:8 twice:7 two:8 unbearable:13 unconscious:7 under:10 une:10
unfortunately:-4 unstop:-7 unsubscribe:-17 unsure:-5 up:12 urgence:20 urticaire:17 used:5 utilise:5 va:-15 vacances:-4
vendredi:-8 venir:-22 verra:-5 vert:12 very:14 veuillez:-4 veux:12 vie:17 vient:4 vif:13 ville:-5 virement:-4 visage:20
vision:28 visit:-9 visite:-4 vite:17 vivre:33 vois:44 voit:-6 vomis:5 vomissements:4 vomiting:8 vos:-8 votre:-9
voudrais:-7 vous:-27 voyant:-6 vraiment:6 vue:21 want:23 was:6 wash:-5 water:11 way:12 we:-8 weak:18 wear:-5 website:-5
wedding:-6 weeks:6 weeping:6 weird:16 welts:8 went:12 what:-24 whats:-6 wheezing:15 when:-9 where:16 which:-7 white:18
whitehead:-4 who:-16 whole:7 wife:5 will:-25 willnot:16 withdraw:-4 woke:10 words:17 work:-15 works:-8 worried:7
worse:17 worst:5 would:-7 wouldnt:-4 wound:19 x:-9 y:-20 yay:-5 yellow:19 yes:-18 yesterday:9 yet:-8 yeux:8 yo:-5
you:-21 your:-19 youre:-7 youve:-6 z:-5 zero:-16
"""
GRAVE_BIAS = 0.38
GRAVE = """
#101_:-6 #10ou:10 #@tim:5 #afte:-9 #agon:6 #agra:-4 #alle:19 #ambu:21 #ampo:-10 #anap:16 #angr:-6 #annu:-7 #anym:7
#appe:11 #apre:-9 #arra:-7 #arre:13 #atro:9 #augm:-16 #auto:5 #aval:17 #badl:4 #batt:5 #beca:-5 #bett:-5 #bigg:-7
#blac:24 #blan:20 #blee:9 #bleu:16 #blin:4 #blis:-36 #bloo:7 #blur:10 #boss:-24 #bouc:7 #boug:5 #bout:-11 #brea:27
#brok:-5 #brui:-26 #brul:-36 #brun:-7 #bubb:-8 #bull:-5 #bump:-11 #burn:-32 #call:10 #canc:-4 #cann:16 #carr:-6
#chau:-26 #chee:-15 #ches:18 #chil:-19 #chok:5 #cloq:-27 #coeu:17 #cold:-33 #comi:-6 #comp:-5 #conf:19 #conn:14 #cons:9
#conv:21 #coul:-18 #creu:-5 #cris:9 #croc:5 #crou:-16 #crus:-12 #cryi:4 #curt:5 #dark:-5 #deba:6 #degr:-10 #deli:8
#dema:-4 #depu:-8 #dern:-5 #desc:-5 #dess:-4 #deva:7 #deve:8 #devi:7 #diff:18 #disc:-7 #dizz:11 #doub:8 #droi:7 #dusk:4
#ecch:-5 #elan:-7 #embr:11 #emer:11 #empi:-12 #enco:-11 #endi:4 #enfl:-20 #envi:5 #epil:5 #epip:15 #erup:-16 #etou:20
#evan:11 #ever:7 #excr:6 #eyeb:-7 #eyel:-22 #faib:10 #fain:15 #fair:4 #feel:5 #feve:-6 #fiev:-10 #fill:20 #fini:7
#flas:6 #floo:5 #flui:-6 #fonc:-4 #fore:-9 #fret:-11 #fris:-19 #froi:11 #gasp:7 #gele:-4 #gett:-11 #goin:4 #gonf:7
#goop:-8 #gorg:29 #gree:-10 #gris:11 #gros:-9 #grow:-6 #guer:-5 #hasn:-7 #havi:6 #head:-7 #hear:21 #herp:-16 #heur:7
#hive:-8 #hone:-5 #hopi:9 #horr:4 #hosp:10 #hour:7 #hurt:-4 #incr:-11 #infe:-47 #inje:16 #insu:8 #irre:7 #itch:-18
#jaun:-19 #jour:-13 #kill:9 #lamb:-5 #lang:26 #lase:-21 #late:-8 #leak:-15 #leve:4 #levr:13 #ligh:11 #line:-5 #liqu:-10
#livi:4 #look:6 #lumi:8 #lump:-5 #mach:-5 #manq:5 #marb:15 #mark:-7 #marq:-5 #mati:-5 #ment:-5 #migr:-10 #minu:14
#mise:14 #mott:9 #mour:9 #mout:8 #myse:14 #nodu:-6 #noir:14 #nolo:15 #nons:6 #oozi:-17 #open:-8 #othe:-6 #outb:-4
#ouve:-13 #ouvr:-5 #over:-6 #pain:-7 #palp:12 #para:12 #parl:12 #part:-7 #pass:6 #patt:4 #paup:-27 #peel:-13 #perd:16
#pert:8 #peti:-5 #pill:6 #pilu:7 #piss:9 #plai:-12 #plei:-10 #poit:21 #pour:5 #pres:12 #prop:5 #puff:-10 #purp:15
#raci:9 #redd:-10 #redn:-9 #resc:-7 #resp:30 #righ:12 #roug:-37 #saig:25 #scab:-14 #seei:10 #seiz:16 #sema:-13 #serr:14
#seve:8 #shiv:-6 #shoc:4 #siff:4 #sigh:11 #sinc:-10 #slur:11 #smel:-15 #souf:11 #sour:-6 #spee:8 #spot:-6 #spre:-6
#squa:-7 #stil:-11 #stin:-10 #stop:9 #stre:-7 #stri:-8 #stru:4 #stuf:-5 #sudd:10 #suff:6 #suic:14 #suin:-15 #supe:7
#swal:20 #swol:-17 #tach:-6 #tant:7 #tell:4 #temp:-17 #tend:-6 #terr:-7 #text:-6 #ther:-9 #thro:22 #tigh:14 #tong:29
#touc:-12 #trai:-4 #trav:6 #trea:-7 #trem:-7 #trou:12 #turn:15 #unbe:4 #unde:-12 #urge:8 #urti:-7 #visa:6 #visi:24
#vivr:13 #voic:4 #vomi:19 #vrai:-7 #wate:6 #week:-8 #weep:-10 #weir:-4 #welt:-7 #whee:9 #wher:-13 #whit:18 #whol:5
#will:9 #word:11 #wors:-7 #woun:-10 #wron:5 #yell:-18 #yest:-9 #zebr:-5 101:-6 101_3:-6 10outof10:10 3:-11 38_5:-19
38_9:-6 39:-10 4:-12 40:11 5:-4 6:-5 911:15 @time:5 after:-9 agrandit:-4 air:13 allergic:8 allergique:12 ambulance:21
ampoules:-10 an:11 anaphylactic:7 anaphylactique:4 anaphylaxis:5 and:14 angry:-6 annulez:-7 anymore:7 appele:6 apres:-9
are:5 area:-7 arm:8 arms:-5 arrachee:-7 arrete:17 arretez:-5 at:13 atroce:9 au:-4 augmente:-16 autour:5 aux:5 avale:6
avaler:12 away:-9 bad:-8 badly:4 battements:5 because:-5 better:-5 bigger:-7 bit:-5 black:15 blacked:8 blanc:5
blanche:17 blanches:-5 bleeding:12 bleue:11 blister:-7 blistered:-6 blistering:-6 blisters:-20 blood:9 blue:16
blurry:10 body:8 bosse:-22 bouche:7 bouge:4 bout:8 boutons:-10 bras:4 breaking:-6 breath:7 breathe:11 breathing:18
broke:-5 brown:-7 bruise:-21 bruising:-5 brule:-15 brulee:-11 brulure:-8 brunes:-6 bump:-8 bumps:-9 burn:-16 burned:-10
burning:-14 burns:-5 burnt:-6 c:-9 ca:-25 call:6 called:6 calling:4 came:-5 can:-8 cancel:-4 cannot:16 chaud:-15
chaude:-8 cheek:-12 chest:18 chills:-19 chin:-12 choc:8 choking:5 chum:4 cloque:-7 cloques:-20 closing:7 coeur:17
cold:13 coldsore:-33 collapsed:7 colored:-5 come:-9 coming:-6 complet:-5 confuse:6 confused:13 confusion:7
connaissance:14 conscience:5 consciousness:4 convulsion:6 convulsions:7 cote:12 cou:-12 coule:-16 coupe:4 creux:-5
crise:9 croche:5 croute:-8 croutes:-8 crust:-6 crusty:-8 crying:4 curtain:5 d:11 darker:-5 day:-16 days:-21 dead:4
debat:6 degre:-5 degree:-6 delirious:4 demange:-5 dent:-4 depuis:-8 derniere:-5 des:-22 descend:-4 dessous:-4 deux:-4
devant:7 devenue:6 devient:7 did:-7 difficile:5 difficulte:7 difficulty:5 discharge:-6 dizzy:9 dont:11 double:12
douleur:9 douloureuse:-6 douloureux:-5 down:-7 droit:5 drooping:11 droopy:-13 dure:-13 dusky:4 eau:-4 ecchymose:-5
elance:-7 embrouillee:7 emerg:4 emergency:7 empire:-12 encore:-11 end:4 ending:4 enfle:-11 enflent:9 enflure:-24
envie:5 epilepsie:7 epipen:15 er:7 eruption:-16 est:-6 et:12 etouffe:11 etourdi:6 evanouie:9 every:-6 everything:15
excruciating:6 eyebrow:-10 eyelid:-22 eyes:7 face:-14 faible:5 faint:5 fainted:9 faire:4 fast:18 feel:12 feeling:-4
feels:9 feu:-7 fievre:-8 filler:22 finir:7 fire:-9 fit:6 floor:5 flou:5 fluid:-6 fois:-5 for:9 forehead:-9 frette:-11
frissons:-14 froide:10 from:-14 gasping:7 gave:4 gelee:-4 get:7 getting:-11 go:-4 going:4 gonfle:5 goopy:-8 gorge:29
got:-16 gout:5 green:-10 grey:12 grise:11 gros:-5 grossit:-9 growing:-6 had:16 half:4 hard:-9 has:5 hasnt:-7 have:-37
having:6 headache:-7 heart:18 her:6 here:7 herpes:-16 heure:7 hier:-13 high:6 hives:-8 hole:-4 honey:-5 hopital:9
hospital:9 hot:-28 hour:8 hours:7 hurt:5 hurts:-7 i:15 im:26 in:12 increasing:-11 infecte:-16 infected:-19
infection:-14 injected:8 injection:16 injections:-5 insupportable:8 into:5 ipl:-9 isnt:4 itching:-10 itchy:-10 its:-11
j:6 jaune:-12 jaunes:-5 jaw:-5 je:24 joue:-18 jour:-9 jours:-13 just:6 keep:6 killing:9 l:16 lambeaux:-5 langue:26
laser:-20 last:-5 later:-8 leaking:-15 left:5 leve:-4 levres:15 lid:-25 life:12 light:7 like:17 lines:-5 lips:19
liquid:-5 liquide:-5 live:5 living:4 looking:-4 looks:10 lost:12 lumiere:6 lump:-21 lumps:-5 m:10 ma:10 mais:-9 mal:13
manque:5 marbree:6 marks:-7 marques:-5 matin:-5 mauvais:-4 mauvaise:-10 mauve:17 maux:-4 me:27 menton:-5 mes:18
migraine:-10 minute:5 minutes:9 misere:14 mon:16 more:-17 mottled:9 mourir:9 mouth:8 my:7 myself:14 n:4 near:4 neck:-13
nez:22 nodule:-6 noir:12 noire:9 nolonger:15 nose:19 now:7 of:5 off:-17 on:-12 only:-5 oozing:-17 open:-25 opened:-8
other:-6 oui:-9 out:17 outbreak:-4 ouverte:-13 ouvre:-5 overnight:-6 pain:12 painful:-9 palpitations:12 paramedics:7
parle:6 parler:6 part:-5 partout:-8 pas:9 passed:10 passing:4 patch:6 patches:-10 pattern:4 paupiere:-27 peau:-17
peel:-14 peeling:-13 perdu:12 perte:8 pills:6 pilules:7 piquent:-6 pisse:9 plaie:-8 plaque:5 plaques:-7 plein:-6
plus:-18 poitrine:21 pour:7 pouring:5 pression:5 pris:6 properly:5 pue:-8 puffed:-5 puffy:-5 purple:13 pus:-47 qu:-7
que:-4 qui:-8 racing:9 rash:-30 raw:-17 red:-38 redder:-10 redness:-9 rendue:6 reschedule:-7 respiration:5 respire:9
respirer:18 rf:-12 rien:8 right:12 rouge:-22 rouges:-11 rougeur:-9 s:-8 saigne:17 saigner:7 sang:18 sans:6 scab:-7
scabs:-14 second:-6 see:9 seeing:10 seizure:12 semaine:-7 semaines:-6 sens:5 sent:-10 serre:6 serree:4 serrement:5
severe:8 shock:4 si:5 side:7 sight:11 since:-10 skin:-23 slurred:5 slurring:7 smell:-8 smells:-7 so:6 sore:-15 sort:-8
souffle:11 sous:-6 speech:8 spot:-8 spots:-6 spreading:-6 squares:-7 still:-11 stinks:-7 stop:5 stopping:5 streaks:-5
stripes:-8 stuff:-5 sudden:8 suffoque:4 suicidal:5 suicide:7 suinte:-11 suis:21 super:7 sur:-17 swallow:10
swallowing:11 swelled:4 swelling:-5 swollen:-17 taches:-9 talk:8 tantot:7 tellement:4 temp:-7 temperature:-17 tender:-6
terrible:-7 tete:-7 than:-19 that:-18 there:-5 theres:-4 think:-11 thinking:9 throat:26 throbbing:-19 through:8
throwing:7 tight:11 to:20 tombante:-4 tombee:6 tongue:29 too:4 touch:-9 tout:9 traitement:-4 traverse:4 treatment:-6
tremble:-7 trop:6 trouble:10 tu:-5 turning:12 un:11 unbearable:4 under:-14 une:-13 up:6 urgence:8 urticaire:-7 used:5
vais:6 vers:-4 vert:-8 very:-6 veux:12 vie:8 vient:5 vif:-17 visage:6 vision:24 vite:15 vivre:13 voice:4 vois:21 voix:4
vomis:5 vomissements:5 vomiting:10 vous:-6 vraiment:-7 vue:21 want:15 warm:-8 way:6 weak:18 week:-12 weeks:-8
weeping:-6 weird:-4 welts:-7 went:15 what:5 wheezing:9 where:-13 white:18 whole:5 wife:5 willnot:9 with:4 words:11
worse:-13 worst:6 wound:-10 wrong:5 y:-13 yellow:-16 yes:-5 yesterday:-12 yeux:6 you:-10
"""
