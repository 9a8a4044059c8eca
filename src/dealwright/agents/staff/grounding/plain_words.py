"""Plain words: those that say nothing of a company, in every language a draft may have."""

from __future__ import annotations

from dealwright.agents.staff.grounding.spelling import fold

_FUNCTION = """
a an the and or but so if as at by for from in into of off on onto out over to up with without within
about after before during between than then that this these those there here it its is are was were be
been being am do does did done have has had having will would can could may might must shall should not
no nor yes i me my we us our ours you your yours he she his her him they them their one each every all
any some many much more most few less least other another such same own only just even also too very
still yet already again ever never always often usually mostly now today soon when where while why how
what which who whom whose because since until though although both either whether per via like ones
get gets getting got go goes going let lets make makes made making take takes taking come comes keep
keeps kept give gives put see sees seen saw say says said look looks looked noticed notice noted read
reads show shows found find seems seem means mean sounds turn turns around against among across along
der die das den dem des ein eine einen einem einer eines und oder aber denn weil dass daß ob wenn als
wie so auch noch schon nur sehr mehr meist oft immer nie nicht kein keine keinen keiner ist sind war
waren sein bin bist wird werden wurde wurden hat haben habe hatte hatten kann können könnte konnten
muss müssen soll sollen sollte will wollen würde würden darf dürfen mag möchte ich mich mir mein meine
meinem meinen wir uns unser unsere unserem unseren unserer sie ihnen ihr ihre ihrem ihren ihrer ihres
du dich dir dein deine er es ihn ihm man sich selbst in im an am auf aus bei beim mit nach von vom vor
zu zum zur über unter um durch für gegen ohne bis seit während zwischen dabei dafür damit daran darauf
daraus davon dazu hier dort da dann doch ja nein jetzt heute bald gerade eben etwa rund was wer wo
warum welche welcher welches dies diese dieser dieses diesem diesen jede jeder jedes alle allem allen
beide beiden gelesen sehe gesehen lese steht stehen gibt geht machen macht kommt kommen bringt lässt
lassen zeigt finde fand aufgefallen genau ganz eher wieder bereits deshalb daher gern gerne mal
le la les l un une des du de d et ou mais donc or ni car que qui quoi dont où quand comme si ne pas plus
moins très tout tous toute toutes ce cet cette ces c s y en au aux à par pour sur sous dans avec sans
chez vers entre depuis pendant avant après est sont était être été suis êtes a ai as avez avons ont
avoir avait peut peuvent pouvez pourrait doit doivent faut va vont fait font faire je me moi mon ma mes
nous notre nos vous votre vos il elle ils elles on se leur leurs son sa ses lui même aussi encore déjà
souvent toujours jamais ici là alors ainsi bien peu trop chaque quel quelle quels quelles lu vu vois
voir lis remarqué vient viennent prend prendre mettre met rend
el los las lo del al y o u pero sino porque pues cuando como donde quien cual cuyo que qué si no ni sí
más menos muy mucho muchos mucha muchas poco todo todos toda todas este esta estos estas ese esa eso
esos esas aquel a ante bajo con contra de desde durante en entre hacia hasta para por según sin sobre
tras es son era eran ser sido siendo está están estar estaba soy somos he ha han hay había haber tiene
tienen tener tenía puede pueden podría debe deben va van ir hace hacen hacer yo me mi mis nosotros nos
nuestro nuestra nuestros nuestras usted ustedes le les su sus suyo tú tu tus te él ella ellos ellas se
también ya aún todavía siempre nunca aquí ahí allí así bien cada otro otra otros otras mismo leído
visto veo leo suele suelen dar da llega llegan toca queda
il lo gli i uno una dei degli delle della dello dell al alla allo ai agli alle dal dalla nel nella nei
sul sulla con su per tra fra e ed o ma perché quando come dove chi che cosa se non né più meno molto
molti molta molte poco tutto tutti tutta tutte questo questa questi queste quello quella è sono era
essere stato stata sta stanno ha hanno ho abbiamo avete avere aveva può possono potrebbe deve devono va
vanno fa fanno fare io mi mio mia noi ci nostro nostra nostri nostre voi vi vostro vostra vostri vostre
lei le suo sua suoi sue loro si anche ancora già sempre mai qui lì così bene ogni altro altra altri
altre stesso letto visto vedo leggo ho spesso di da in a
de het een en of maar want omdat dat die deze dit wie wat waar wanneer hoe als dan ook nog al niet geen
wel meer minder zeer veel alle alles elk elke is zijn was waren ben bent wordt worden werd heeft hebben
heb had kan kunnen kunt zou zouden moet moeten mag wil willen ik mij mijn we wij ons onze u uw je jouw
jullie hij zij ze hun zich er hier daar nu vandaag vaak altijd nooit in op aan af bij met naar van voor
uit over onder door tegen zonder tot sinds tussen na om te ter ten toen zo zelf weer gaat gaan komt
komen doet doen maakt maken gelezen gezien zie las
o os as um uma uns umas do da dos das no na nos nas ao aos à às pelo pela pelos pelas e ou mas porque
quando como onde quem que qual se não nem sim mais menos muito muitos muita muitas pouco todo todos
toda todas este esta estes estas esse essa isso aquele isto com contra de desde durante em entre para
por sem sob sobre é são era eram ser sido está estão estar tem têm ter tinha há pode podem poderia deve
devem vai vão ir faz fazem fazer eu me meu minha nós nosso nossa nossos nossas você vocês lhe seu sua
seus suas ele ela eles elas também já ainda sempre nunca aqui assim bem cada outro outra outros outras
mesmo li vi vejo
"""

_GENERIC = """
ask asked asking help helps helped helping work works working write writes writing wrote think thought
reason reasons thing things moment time times point points question questions idea ideas way ways topic
part parts case cases fit fits matter matters need needs want wants know knows hear talk call note line
lines word words short brief quick good great nice right best better happy glad congratulations congrats
hello hi dear thanks thank kind regards worth interesting interested curious relevant useful hard easy
simple simply new team teams company companies business businesses firm firms people place places week
weeks month months year years day days next last recent recently start starts started begin first likely
probably perhaps maybe really exactly quite rather enough sure least step steps use uses used using
change changes grow grows big bigger small larger run runs running site website page news headline post
anfrage arbeit arbeiten arbeitet helfen hilft unterstützen unterstützt schreiben schreibe grund gründe
sache sachen moment zeit zeiten punkt frage fragen idee thema themen teil fall fälle passt passen
brauchen braucht wissen weiß hören gespräch telefonat kurz kurze kurzer kurzes kurzen gut gute guten
guter schön freut freue glückwunsch gratuliere hallo guten tag liebe lieber danke grüße interessant
spannend wichtig leicht schwer einfach neu neue neuen neuer neues team teams firma firmen unternehmen
betrieb betriebe leute menschen woche wochen monat monate monaten jahr jahre jahren tage tagen nächste
nächsten letzte letzten kürzlich neulich zuerst vermutlich wahrscheinlich vielleicht wirklich genug
schritt schritte nutzen nutzt anlass meldung seite webseite website nachricht überschrift häufig denke
dachte liegt stelle erfahrung beispiel ergebnis worten worum
aide aident aider aidons travail travaille travaillent travailler écris écrire raison raisons chose
choses moment temps point question questions idée idées façon sujet partie cas besoin besoins veut savoir
entendre échange échanger appel court courte bref brève bon bonne bravo félicitations bonjour merci
cordialement intéressant utile difficile facile simple simplement nouveau nouvelle nouveaux nouvelles
équipe équipes entreprise entreprises société sociétés gens lieu semaine semaines mois an ans année
années jour jours prochain prochaine dernier dernière récemment début souvent sans doute vraiment assez
étape actualité site annonce page titre intérêt permets message demande
ayuda ayudan ayudar ayudamos trabajo trabaja trabajan trabajar escribo escribir razón razones motivo cosa
cosas momento tiempo tiempos punto pregunta preguntas idea ideas manera forma tema parte caso casos
necesita necesitan necesidad quiere saber hablar charla conversación llamada breve corto corta buen bueno
buena enhorabuena felicidades hola gracias saludos interesante útil difícil fácil sencillo simplemente
nuevo nueva nuevos nuevas equipo equipos empresa empresas compañía gente lugar semana semanas mes meses
año años día días próximo próxima último última recientemente probablemente quizá realmente bastante paso
pasos noticia web página titular interés
aiuta aiutano aiutare aiutiamo lavoro lavora lavorano lavorare scrivo scrivere ragione ragioni motivo
cosa cose momento tempo punto domanda domande idea idee modo tema parte caso casi bisogno sapere parlare
conversazione chiamata breve buono buona buon complimenti congratulazioni salve buongiorno gentile grazie
saluti interessante utile difficile facile semplice semplicemente nuovo nuova nuovi nuove team squadra
azienda aziende impresa imprese società gente luogo settimana settimane mese mesi anno anni giorno giorni
prossimo prossima ultimo ultima recente recentemente spesso probabilmente forse davvero abbastanza passo
notizia sito pagina titolo interesse
helpt helpen werk werkt werken schrijf schrijven reden redenen ding dingen moment tijd tijden punt vraag
vragen idee ideeën manier onderwerp deel geval gevallen nodig weten horen gesprek telefoontje kort korte
goed goede gefeliciteerd hallo beste geachte dank groet interessant nuttig moeilijk makkelijk eenvoudig
nieuw nieuwe team teams bedrijf bedrijven onderneming mensen plaats week weken maand maanden jaar jaren
dag dagen volgende laatste onlangs waarschijnlijk misschien echt genoeg stap stappen aanleiding bericht
nieuws website pagina kop interesse
ajuda ajudam ajudar ajudamos trabalho trabalha trabalham trabalhar escrevo escrever razão razões motivo
coisa coisas momento tempo ponto pergunta perguntas ideia ideias forma maneira tema parte caso casos
precisa precisam necessidade saber falar conversa chamada breve curto curta bom boa parabéns olá obrigado
cumprimentos interessante útil difícil fácil simples simplesmente novo nova novos novas equipa equipe
equipas empresa empresas companhia gente lugar semana semanas mês meses ano anos dia dias próximo próxima
último última recentemente provavelmente talvez realmente bastante passo passos notícia site página
título interesse
"""

FUNCTION_WORDS = frozenset(fold(word) for word in _FUNCTION.split())
"""Articles, pronouns, auxiliaries and the like."""

PLAIN_WORDS = FUNCTION_WORDS | frozenset(fold(word) for word in _GENERIC.split())
"""These and the small change of letters between businesses."""
