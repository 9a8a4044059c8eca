"""Plain words: those that say nothing of a company, in every language a draft may have."""

from __future__ import annotations

from dealwright.agents.staff.grounding.spelling import fold

_FUNCTION = """
cela ceci ça
a an the and or but so if as at by for from in into of off on onto out over to up with without
within about after before during between than then that this these those there here it its is
are was were be been being am do does did done have has had having will would can could may
might must shall should not no nor yes i me my we us our ours you your yours he she his her him
they them their one each every all any some many much more most few less least other another
such same own only just even also too very still yet already again ever never always often
usually mostly now today soon when where while why how what which who whom whose because since
until though although both either whether per via like ones get gets getting got go goes going
let lets make makes made making take takes taking come comes keep keeps kept give gives put see
sees seen saw say says said look looks looked noticed notice noted read reads show shows found
find seems seem means mean sounds turn turns around against among across along der die das den
dem des ein eine einen einem einer eines und oder aber denn weil dass daß ob wenn als wie auch
noch schon nur sehr mehr meist oft immer nie nicht kein keine keinen keiner ist sind war waren
sein bin bist wird werden wurde wurden hat haben habe hatte hatten kann können könnte konnten
muss müssen soll sollen sollte wollen würde würden darf dürfen mag möchte ich mich mir mein
meine meinem meinen wir uns unser unsere unserem unseren unserer sie ihnen ihr ihre ihrem ihren
ihrer ihres du dich dir dein deine er es ihn ihm man sich selbst im auf aus bei beim mit nach
von vom vor zu zum zur über unter um durch für gegen ohne bis seit während zwischen dabei dafür
damit daran darauf daraus davon dazu hier dort da dann doch ja nein jetzt heute bald gerade eben
etwa rund wer wo warum welche welcher welches dies diese dieser dieses diesem diesen jede jeder
jedes alle allem allen beide beiden gelesen sehe gesehen lese steht stehen gibt geht machen
macht kommt kommen bringt lässt lassen zeigt finde fand aufgefallen genau ganz eher wieder
bereits deshalb daher gern gerne mal le la les l un une de d et ou mais donc ni car que qui quoi
dont où quand comme si ne pas plus moins très tout tous toute toutes ce cet cette ces c s y en
au aux à par pour sur sous dans avec sans chez vers entre depuis pendant avant après est sont
était être été suis êtes ai avez avons ont avoir avait peut peuvent pouvez pourrait doit doivent
faut va vont fait font faire je moi mon ma mes nous notre nos vous votre vos il elle ils elles
se leur leurs son sa ses lui même aussi encore déjà souvent toujours jamais ici là alors ainsi
bien peu trop chaque quel quelle quels quelles lu vu vois voir lis remarqué vient viennent prend
prendre mettre met rend el los las lo del al o u pero sino porque pues cuando como donde quien
cual cuyo qué sí más menos muy mucho muchos mucha muchas poco todo todos toda todas este esta
estos estas ese esa eso esos esas aquel ante bajo con contra desde durante hacia hasta para por
según sin sobre tras era eran ser sido siendo está están estar estaba soy somos ha han hay había
haber tiene tienen tener tenía puede pueden podría debe deben van ir hace hacen hacer yo mi mis
nosotros nuestro nuestra nuestros nuestras usted ustedes su sus suyo tú tu tus te él ella ellos
ellas también ya aún todavía siempre nunca aquí ahí allí así cada otro otra otros otras mismo
leído visto veo leo suele suelen dar llega llegan toca queda gli uno una dei degli delle della
dello dell alla allo agli dal dalla nel nella nei sul sulla tra fra e ed perché quando dove chi
che cosa non né più meno molto molti molta molte tutto tutti tutta tutte questo questa questi
queste quello quella è sono essere stato stata sta stanno hanno ho abbiamo avete avere aveva può
possono potrebbe deve devono vanno fa fanno fare io mio mia noi ci nostro nostra nostri nostre
voi vi vostro vostra vostri vostre lei suo sua suoi sue loro anche ancora già sempre mai lì così
bene ogni altro altra altri altre stesso letto vedo leggo spesso di het een maar want omdat dat
deze dit wat waar wanneer hoe dan ook nog niet geen wel meer minder zeer veel alles elk elke
zijn ben bent wordt worden werd heeft hebben heb kan kunnen kunt zou zouden moet moeten wil
willen ik mij mijn wij ons onze uw jouw jullie hij zij ze hun zich daar nu vandaag vaak altijd
nooit op aan af bij naar voor uit onder door tegen zonder tot sinds tussen na om ter ten toen zo
zelf weer gaat gaan komt komen doet doen maakt maken gelezen gezien zie os uma umas dos nas ao
aos às pelo pela pelos pelas mas onde quem qual não nem sim muito muitos muita muitas pouco
estes esse essa isso aquele isto com em sem sob é são eram estão tem têm tinha há pode podem
poderia devem vai vão faz fazem fazer eu meu minha nós nosso nossa nossos nossas você vocês lhe
seu seus suas ele ela eles elas também já ainda aqui assim bem outro outra outros outras mesmo
li vejo
above below beneath beside besides beyond despite except inside near outside past round through
throughout toward towards until upon thus hence therefore however instead otherwise meanwhile
somewhat somehow someone anyone everyone everything anything nothing nobody somebody neither nor
either else whatever whichever whenever wherever whoever once twice
außer außerhalb binnen dank entlang gegenüber gemäß hinter innerhalb laut mithilfe mittels neben
samt seitens statt anstatt trotz unterhalb oberhalb wegen zufolge zuliebe sowie sowohl weder
sondern obwohl obgleich sobald solange sofern falls damit indem nachdem bevor ehe sodass zumal
indes allerdings dennoch trotzdem außerdem zudem ferner sonst somit folglich jedoch etwas nichts
jemand niemand irgend sämtliche mancher manche manches mehrere einige wenige viele
vieles viel wenig weniger deren denen dessen
auprès lors lorsque malgré parmi dès selon outre hormis sauf envers durant afin tandis puisque
quoique jusque jusqu voici voilà derrière dessous dessus dehors dedans loin près autour ailleurs
cependant toutefois néanmoins pourtant puis ensuite enfin d'abord quelque quelques plusieurs aucun
aucune certains certaines celui celle ceux celles chacun chacune
mediante salvo excepto tras dentro fuera cerca lejos delante detrás encima debajo alrededor
además asimismo sin embargo aunque mientras antes después luego entonces apenas casi incluso
alguno alguna algunos algunas alguien algo nadie nada ningún ninguno ninguna varios varias ambos
ambas cualquier demás tanto tanta tantos tantas tan
presso verso oltre dopo prima dietro davanti sotto sopra vicino lontano durante mediante tranne
nonostante secondo lungo tramite invece inoltre tuttavia comunque quindi dunque perciò mentre
appena quasi pure alcuni alcune qualche qualcuno nessuno nessuna niente nulla entrambi
volgens tijdens dankzij ondanks behalve binnen buiten boven beneden achter naast langs rond
rondom sedert vanaf vanwege wegens echter daarom dus toch terwijl zodra hoewel indien tenzij enkele
sommige iemand niemand iets niets beide
perante mediante conforme consoante salvo exceto fora dentro perto longe atrás acima abaixo além
porém contudo entretanto portanto enquanto embora logo depois antes então quase alguns algumas
alguém algo ninguém nada nenhum nenhuma vários várias ambos ambas qualquer tanto tão
"""

_GENERIC = """
ask asked asking help helps helped helping work works working write writes writing wrote think
thought reason reasons thing things moment time times point points question questions idea ideas
way ways topic part parts case cases fit fits matter matters need needs want wants know knows
hear talk call note line lines word words short brief quick good great nice right best better
happy glad congratulations congrats hello hi dear thanks thank kind regards worth interesting
interested curious relevant useful hard easy simple simply new team teams company companies
business businesses firm firms people place places week weeks month months year years day days
next last recent recently start starts started begin first likely probably perhaps maybe really
exactly quite rather enough sure least step steps use uses used using change changes grow grows
big bigger small larger run runs running site website page news headline post anfrage arbeit
arbeiten arbeitet helfen hilft unterstützen unterstützt schreiben schreibe grund gründe sache
sachen zeit zeiten punkt frage fragen idee thema themen teil fall fälle passt passen brauchen
braucht wissen weiß hören gespräch telefonat kurz kurze kurzer kurzes kurzen gut gute guten
guter schön freut freue glückwunsch gratuliere hallo tag liebe lieber danke grüße interessant
spannend wichtig leicht schwer einfach neu neue neuen neuer neues firma firmen unternehmen
betrieb betriebe leute menschen woche wochen monat monate monaten jahr jahre jahren tage tagen
nächste nächsten letzte letzten kürzlich neulich zuerst vermutlich wahrscheinlich vielleicht
wirklich genug schritt schritte nutzen nutzt anlass meldung seite webseite nachricht überschrift
häufig denke dachte liegt stelle erfahrung beispiel ergebnis worten worum aide aident aider
aidons travail travaille travaillent travailler écris écrire raison raisons chose choses temps
idée idées façon sujet partie cas besoin besoins veut savoir entendre échange échanger appel
court courte bref brève bon bonne bravo félicitations bonjour merci cordialement intéressant
utile difficile facile simplement nouveau nouvelle nouveaux nouvelles équipe équipes entreprise
entreprises société sociétés gens lieu semaine semaines mois an ans année années jour jours
prochain prochaine dernier dernière récemment début souvent sans doute vraiment assez étape
actualité annonce titre intérêt permets message demande ayuda ayudan ayudar ayudamos trabajo
trabaja trabajan trabajar escribo escribir razón razones motivo cosa cosas momento tiempo
tiempos punto pregunta preguntas manera forma tema parte caso casos necesita necesitan necesidad
quiere saber hablar charla conversación llamada breve corto corta buen bueno buena enhorabuena
felicidades hola gracias saludos interesante útil difícil fácil sencillo simplemente nuevo nueva
nuevos nuevas equipo equipos empresa empresas compañía gente lugar semana semanas mes meses año
años día días próximo próxima último última recientemente probablemente quizá realmente bastante
paso pasos noticia web página titular interés aiuta aiutano aiutare aiutiamo lavoro lavora
lavorano lavorare scrivo scrivere ragione ragioni cose tempo domanda domande modo casi bisogno
sapere parlare conversazione chiamata buono buona buon complimenti congratulazioni salve
buongiorno gentile grazie saluti interessante semplice semplicemente nuovo nuova nuovi nuove
squadra azienda aziende impresa imprese società luogo settimana settimane mese mesi anno anni
giorno giorni prossimo prossima ultimo ultima recente recentemente spesso probabilmente forse
davvero abbastanza passo notizia sito pagina titolo interesse helpt helpen werk werkt werken
schrijf schrijven reden redenen ding dingen tijd tijden punt vraag vragen ideeën manier
onderwerp deel geval gevallen nodig weten horen gesprek telefoontje kort korte goed goede
gefeliciteerd beste geachte dank groet nuttig moeilijk makkelijk eenvoudig nieuw nieuwe bedrijf
bedrijven onderneming mensen plaats weken maand maanden jaar jaren dag dagen volgende laatste
onlangs waarschijnlijk misschien echt genoeg stap stappen aanleiding bericht nieuws kop ajuda
ajudam ajudar ajudamos trabalho trabalha trabalham trabalhar escrevo escrever razão razões coisa
coisas ponto pergunta perguntas ideia ideias maneira precisa precisam necessidade falar conversa
chamada curto curta bom boa parabéns olá obrigado cumprimentos simples simplesmente novo nova
novos novas equipa equipe equipas companhia mês ano anos dia dias provavelmente talvez passos
notícia título
"""

FUNCTION_WORDS = frozenset(fold(word) for word in _FUNCTION.split())
"""Articles, pronouns, auxiliaries and the like."""

PLAIN_WORDS = FUNCTION_WORDS | frozenset(fold(word) for word in _GENERIC.split())
"""These and the small change of letters between businesses."""
