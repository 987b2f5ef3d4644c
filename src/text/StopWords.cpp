// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/StopWords.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace lectern::text {

namespace {

struct List {
    const char16_t *language;
    const char16_t *function;
    const char16_t *weak;
};

// clang-format off
constexpr std::array kLists = {
    List{u"en",
        u"a about above across after again against all along already also although always am among an and another any are as at away "
        u"be because been before being below between both but by came can cannot could did do does doing done down during each either "
        u"else etc even ever every few for from further get given got had has have having he hence her here hers him his how however i "
        u"if in instead into is it its itself just least less like made make many may me might mine more most much must my neither "
        u"never no nor not now of off often on once one only onto or other others our out over own per quite rather same shall she "
        u"should since so some such than that the their theirs them then there therefore these they this those though through thus to "
        u"together too toward towards under until up upon us very via was we well were what whatever when where whereas whether which while "
        u"who whole whom whose why will with within without would yes yet you your yours don't doesn't isn't can't won't it's two three let",
        u"able accept accepted according account achieve act add added adding addition additional advise affect aforementioned agree allow allowed allows "
        u"appear appears appended applied apply applying appropriate approximate argument arguments ask assign assigned associated assume assumed "
        u"available avoid back base based basic become becomes began begin begins believe best better beyond big bring brought build built call called "
        u"calls capable care carry case cases cause caused causes certain change changed changes check choose chose chosen clear click close come comes "
        u"common commonly compared compute computed computing conf consider considered consist consists contain contained containing contains continue "
        u"corresponding correspond create created creates creating current currently deal decide define defined defines defining denote denoted depend "
        u"depending depends derive derived describe described describes describing desired detail details determine determined develop developed "
        u"differ difference different directly display displayed displays distinct due early easily easy effect else enable enough ensure enter entire "
        u"equal equals especially estimate estimated evaluate evaluated evidence exactly example examples except exist exists expect expected explain explicit "
        u"explicitly express fact far fast feel figure figures fill final finally find finds fine first fit fits follow followed following follows "
        u"form formed forms found four five fraction full function fully gave general generally generate generated get give gives giving go goes going good "
        u"great greater half hand happen help high higher highest hold holds idea ideal identify imagine implement implemented implies important improve improves "
        u"include included includes including increase increased increasingly indicate indicated indicates individual input inside intended introduce introduced involve involved "
        u"issue item items keep kept kind kinds know known large larger largest last late later latter lead leads leave left let lets level "
        u"light likely list listed little long longer look looking low lower main mainly major manner match matter mean means meant meet "
        u"mention mentioned merely minor modern moreover multiple name named near nearly necessary need needed needs new next none normally "
        u"note noted notes nothing number numbers numerous observe observed obtain obtained obvious occur occurs offer ok old open order ordinary original "
        u"otherwise output page pages part particular particularly parts pass past people perform performed perhaps permit place placed plus point points "
        u"poor possible possibly present presented presents prevent previous previously print probably problem proceed produce produced produces proper properly "
        u"propose proposed provide provided provides providing put quick quickly quiet raise read reader readers ready real really reason reasonable recent "
        u"recently reduce refer referred refers reflect regard regarding related relative relevant remain remaining remains remember remove removed replace replaced "
        u"report reported represent represented represents require required requires respectively rest result resulting results return returned returns right "
        u"run running runs said satisfy saw say says second section sections see seem seems seen select selected send sense sent separate serious "
        u"set sets setting several short show showed shown shows similar similarly simple simply single six small smaller sometimes soon sort special specific "
        u"specifically specified specify stand start started starting state stated still stop strong subject submit subset sufficient sufficiently suggest suggested suitable "
        u"suppose supposed sure table tables take taken takes taking tell ten tend term terms tested thank thing things think third time times today "
        u"took top total treat true try trying turn twice type types typical typically unable unless unlike usage use used useful user uses "
        u"using usual usually value values various vary view want wants way ways went wide wish word words work worked working works worth write "
        u"writing written wrong year years zero chapter paragraph subsection appendix continued title contents thereto herein thereof thereby pursuant hereby respect extent "
        u"null void obsolete nonnegative whichever wherever elsewhere forget forgot anyone someone everyone anything something everything everywhere somewhere"},
    List{u"de",
        u"aber alle allem allen aller alles als also am an andere anderen anderer auch auf aus außerdem bei beim bereits bis bzw da dabei dadurch "
        u"dafür daher dann daran darauf darf das dass daß davon dazu dem den denen denn der deren des dessen dich die dies diese diesem diesen dieser dieses "
        u"dir doch dort du durch ein eine einem einen einer eines einige er es etwa etwas euch für gegen genau gibt hat hatte hatten habe haben hier hin hinter ich "
        u"ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja je jede jedem jeden jeder jedes jedoch jetzt kann kein keine keinen können könnte man mehr "
        u"mein mich mir mit muss musste müssen nach neben nein nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie "
        u"sind so sodass solche soll sollen sollte somit sondern sowie über um und uns unser unter viel vom von vor während wann war waren was weil welche "
        u"welcher wenn wer werden wie wieder will wir wird wo wurde wurden würde z zu zum zur zwar zwischen zwei falls außer",
        u"abbildung abschnitt allgemein anhang anzahl art beispiel beispiele bemerkung beweis definition ende fall fälle folge form frage ganz gelten gilt "
        u"größe grund gut jahr jahre jahren kapitel lassen lässt liegt machen macht mal möglich möglichkeit neue neuen nächste punkt punkte satz sätze seite "
        u"seiten setze sei seien siehe stelle stellen tabelle teil teile übung aufgabe lösung weise weitere wert werte wort zahl zahlen zeit zeige ziel "
        u"lemma korollar folgende folgenden folgendes zeigen damit mindestens höchstens genannt heißt heißen"},
    List{u"fr",
        u"à afin ai ainsi alors an après au aucun aucune aussi autre autres aux avait avant avec avoir ayant c car ce cela celle celles celui ces cet cette ceux chaque "
        u"chez ci comme comment contre d dans de déjà depuis des deux doit doivent donc dont du elle elles en encore entre est et étaient était été être eu eux "
        u"fait faire font il ils j je jusqu l la là le les leur leurs lors lorsque lui m ma mais me même mêmes mes moins mon n ne ni non nos notre nous on ont "
        u"or ou où par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi pourrait puis qu quand que quel quelle quelles quelque quelques quels qui "
        u"quoi s sa sans se sera seront ses seulement si son sont sous sur t ta tel telle telles tels tes toi ton tous tout toute toutes très trois tu un une "
        u"vers voici voilà vos votre vous y avez",
        u"ajouter ailleurs année années article aujourd'hui autrement avoir besoin bien bon bonne cas chapitre chose choses dernier dernière dire effet exemple "
        u"exemples façon figure fin fois forme grand grande grandes grands manière mettre mise nombre nouveau nouvel nouvelle page pages partie peine petit petite "
        u"place point possible premier première présent présente prendre prévu rendre section selon seul seule suite suivant suivante suivants tableau temps titre "
        u"trouver type usage utiliser valeur valeurs voir vue"},
    List{u"es",
        u"a además al algo algún alguna algunas algunos ante antes aquel aquella así aún aunque cada como con contra cual cuales cualquier cuando cuanto cuya cuyo de del "
        u"desde después donde dos durante e él el ella ellas ellos en entonces entre era eran es esa esas ese eso esos esta está están estaba estas este esto estos estar "
        u"fue fueron ha había haber hace hacer hacia han hasta hay he incluso la las le les lo los luego más me mediante menos mi mientras misma mismo mucho muchos muy "
        u"nada ni ningún ninguna no nos nosotros nuestra nuestro o os otra otras otro otros para pero poco por porque pueda puede pueden pues que qué quien quienes se sea "
        u"sean según ser será si sí sido sin sino sobre son su sus también tan tanto te tener tiene tienen toda todas todo todos tras tres tu tus un una unas uno unos usted "
        u"y ya yo",
        u"año años artículo bien buen buena bueno capítulo caso casos cosa cosas dar decir debe deben dicha dicho ejemplo ejemplos fin figura forma gran grande hecho manera mayor "
        u"mejor menor modo nueva nuevo número página páginas parte primer primera primero puede punto sección siguiente siguientes sólo solo tabla tiempo tipo título "
        u"último usar uso valor valores veces ver vez"},
    List{u"it",
        u"a abbiamo ad agli ai al alcuni alcune alla alle allo anche ancora aveva avere c che chi ci ciò coi col come con contro cosa così cui da dagli dai dal dalla dalle "
        u"dallo degli dei del dell della delle dello deve devono di dopo dove due durante e è ed egli erano era essere essi esse fa fare fino fra fu gli ha hanno i il in "
        u"infatti invece io l la le lei li lo loro lui ma mentre meno mi mia mio molti molto ne né negli nei nel nell nella nelle nello no noi non nostra nostro o ogni "
        u"ognuno oltre oppure per perché però più poi possono prima può qual quale quali qualche quando quanto quella quelle quelli quello questa queste questi questo quindi "
        u"sarà se sé secondo sei sempre senza si sia siamo sono sopra sotto sta stata state stati stato su sua sue sugli sui sul sulla sulle suo suoi tale tali tra tre tu "
        u"tutta tutte tutti tutto un una uno vi voi",
        u"anno anni articolo bene buon buona capitolo caso casi cose dire esempio esempi figura fine forma grande maggiore migliore minore modo nuova nuovo numero pagina "
        u"pagine parte parti possibile primo punto seguente seguenti sezione solo stesso stessa tabella tempo tipo titolo ultimo usare uso valore valori vedere volta volte"},
    List{u"pt",
        u"a à ainda além algum alguma algumas alguns ante antes ao aos apenas após aquela aquele aqueles as às assim até cada com como contra cuja cujo da das de dela dele deles "
        u"depois desde dessa desse desta deste do dois dos durante e é ela elas ele eles em entre era eram essa essas esse esses esta está estão estas este estes eu foi foram "
        u"há isso isto já lhe lhes mais mas me mesma mesmo meu minha muito muitos na não nas nem nenhum nessa nesse nesta neste no nos nós nossa nosso num numa o onde os ou "
        u"outra outras outro outros para pela pelas pelo pelos pode podem pois por porque porém qual quais qualquer quando quanto que quem são se seja sem sempre ser será seu "
        u"seus si sido sob sobre sua suas também tão tem têm ter toda todas todo todos três tu tudo um uma umas uns você vocês",
        u"ano anos artigo bem bom boa capítulo caso casos coisa coisas deve devem dizer exemplo exemplos fim figura forma grande maior melhor menor modo nova novo número página "
        u"páginas parte partes ponto possível primeira primeiro seção seguinte seguintes só tabela tempo tipo título último usar uso valor valores ver vez vezes"},
    List{u"nl",
        u"aan al alle alleen als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen geweest haar had hadden heb hebben heeft hem het "
        u"hier hij hoe hun iemand iets ik in indien is ja je jij jullie kan kon kunnen maar me meer men met mij mijn moet moeten na naar niet niets nog nu of om omdat onder ons "
        u"onze ook op over reeds te tegen toch toen tot tussen u uit uw van veel voor waar waren was wat we wel welke werd werden wie wij wil worden wordt zal ze zei zelf zich zij "
        u"zijn zo zoals zonder zou zullen bijvoorbeeld echter elk elke beide twee",
        u"aantal artikel bepaald deel delen dezelfde einde figuur gaan gebruik gebruiken geval gevallen goed groot grote hoofdstuk jaar jaren keer komen laatste maken manier nieuwe "
        u"pagina plaats punt soort staan tabel tijd titel verschillende volgende voorbeeld voorbeelden waarde waarden woord zie"},
    List{u"ru",
        u"а без более больше будет будут бы был была были было быть в вам вас ваш вдоль ведь весь во вот все всего всей всех вы где да даже для до его ее её если есть еще ещё же за "
        u"здесь и из или им их к как какая какой ко когда которая которого которое которой которые которым которых который кто куда ли либо между меня мне многие может могут мой мы "
        u"на над надо нам нас наш не него нее неё нет ни них но ну о об однако один одна одно он она они оно от перед по под поэтому при про раз с сам свои своих свой свою себя со "
        u"так также такая такие такой там тем теперь то тогда того тоже той только том тот три тут ты у уже хотя чего чем через что чтобы эта эти этих это этого этой этом этот эту я "
        u"два две кроме после этому вашей вашего вами",
        u"приложение сначала большой вид виде возможно время всегда глава год года году данная данное данной данный должен должна должно должны другие других другой имеет использовать использования "
        u"использование используется используйте количество лет можно например несколько новый нужно общий очень первый подробнее пока получить помощью пример примеры раздел разделе "
        u"рисунок самый следует следующая следующие следующий случае случай смотрите страница страницы таблица тип типа требуется часть число является являются"},
    List{u"sv",
        u"alla allt att av bara blev bli blir de dem den denna deras dess det detta dig din du där då efter ej eller en er ett fram från för ha hade han har hans hon hur här i icke "
        u"inga ingen inom inte jag kan kunde man med mellan men mig min mot mycket ni nu när något några och om oss på samma sedan sig sin sina ska skall skulle som så till under upp "
        u"ut utan vad var vara varit vi vid vilka vilken är än även åt över",
        u"avsnitt del exempel fall figur första kapitel olika sida sidan sätt tabell tid värde år"},
    List{u"pl",
        u"a aby ale ani albo bardzo bez będzie być był była było były by co coś czy dla do gdy gdzie go i ich im inne innych ja jak jako je jednak jego jej jest jeśli jeżeli już każdy kiedy "
        u"która które którego której który których którym lub ma mają może można na nad nam nas nawet nie niego nich o od ona one oni ono oraz po pod poza przed przez przy są się tak "
        u"także tam te tego tej ten też to tu tych tylko tym u w we wszystko z za ze że został została",
        u"część liczba należy nowy przykład przypadku rok roku rozdział rysunek sposób strona tabela wartość"},
};
// clang-format on

QSet<QString> setOf(const char16_t *words)
{
    const QStringList list = QString::fromUtf16(words).split(u' ', Qt::SkipEmptyParts);
    return {list.begin(), list.end()};
}

} // namespace

const StopWords &stopWords(const QString &language)
{
    static const auto all = [] {
        std::array<StopWords, kLists.size()> made;
        for (std::size_t i = 0; i < kLists.size(); ++i)
            made.at(i) = {setOf(kLists.at(i).function), setOf(kLists.at(i).weak)};
        return made;
    }();
    static const StopWords none;
    const auto *list = std::find_if(kLists.begin(), kLists.end(),
                                    [&](const List &l) { return language == QStringView(l.language); });
    return list == kLists.end() ? none
                                : all.at(static_cast<std::size_t>(std::distance(kLists.begin(), list)));
}

const QStringList &stopWordLanguages()
{
    static const QStringList names = [] {
        QStringList list;
        for (const List &entry : kLists)
            list.append(QString::fromUtf16(entry.language));
        return list;
    }();
    return names;
}

} // namespace lectern::text
