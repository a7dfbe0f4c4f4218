"""Names that are also words, and words that name nobody: one list for all languages on offer.

docs/decisions.md says why it is a list of our own: in every word list that can be installed,
surnames count as words, and a name that counts as a word is protected less.
"""

from __future__ import annotations

from vigsite.case.names import fold

_WORDS = {
    "en": """
    al an angel april art august autumn bill chance chase daisy dawn don drew faith frank grace
    grant guy holly hope hunter ivy joy june lily mark may melody mercy miles olive page pat
    patience pearl penny poppy ray rich river rob robin rose ruby sky star storm sue summer
    sunny teddy violet wade will winter amber basil berry blossom brook buddy carol charity
    christian cliff crystal destiny duke earl eve ginger harmony hazel heather honey iris jack
    jasmine jay jewel justice kit lance laurel merit misty nick pansy pepper prince queen rain
    rocky rod rosemary rusty sage sandy scarlet scout serenity skip sonny sterling tiger trinity
    victor willow win woody baker banks barber bell best bird bishop black bloom blue bond brown
    bull burn burns bush butcher carpenter church cook court cross dark day dean down east
    english farm fields fish fisher flower flowers forest fox french gardener gates gold golden
    good gray green grey grove hall hand hands hardy head hill hills home hook house hunt hurt
    job key king kitchen knight lake lamb lane large law light little lock long lord love low
    major marsh meadow meadows mill mills moon moss new noble north park parks peace piper plant
    plum pond pool poor pope porter potter power price read reed rice ring rivers rock root rush
    salt savage sharp shepherd ship short silver singer small smart snow south speed spring
    steel stone strong swan sweet swift tree vale wall walker ward waters weaver well wells west
    wheeler white wild wise wolf wood woods worth wren young about after again all also always
    and any are as ask at away back be because been before begin but by call calm can care chat
    child close come could did do does done each eat end enjoy even ever every eye face fair
    fall feel find first for friend from fun gentle get gift give glad go great had happy has
    have he hear help her here him his hold how if in into is it its join just keep kind know
    last laugh lead learn left let life like listen look make many me meet moment more most move
    much must my near need never next nice no not now of off on one only open or our out over
    own pause play please rest right room round said same say see share she show sing sit sleep
    slow smile so some song soon start stay still stop story take talk tell than that the then
    they thing think this time to today together too touch treat try turn two under up us wait
    walk want warm was watch water way we went were what when where who why wish with word work
    would year yes yet you your aunt auntie baby brother dad daddy gran grandad grandma grandpa
    granny mam mama maman mami mamma mum mummy nan nana nanny pa papa papi sister tata tato
    twins uncle
    """,
    "cy": """
    haf mai non aderyn blodyn blodau bach brenin bron bryn bugail carreg celyn coch coed cwm dyn
    eira enfys eos gaeaf glas gof gwanwyn gwawr gwen gwyn gwynt haul heddwch heulwen hydref
    llwyd llyn lleuad mair mawr medi mêl melyn mor môr mynydd nant nefoedd nia olwen pont rhosyn
    saer seren teg tân tirion wyn ynys awel briallu ceri eurgain fflur glaw hedd a ac ar am
    edrych chwarae dewch ewch gwena gwrando mae nawr yna yn y yr dw bydd beth pam pwy ble
    """,
    "pl": """
    jagoda kalina maja malina róża baran biały bogaty brat cichy czarny czerwony dąb dobry dzięcioł
    gołąb gruszka góra głowa jaskółka jesień jeleń kaczka kania karp kaczor kogut kos kot kowal
    kozioł krawiec król kruk kruszyna kwiatek kwiecień lato leszcz lis lipiec luty mały marzec
    miły młynarz mróz mucha nadzieja niedziela niedźwiedź nowy orzeł piątek pokora pogoda rak
    ryba rybak sikora skóra sobota sowa sroka stary szczęsny szewc słowik sól wiara wiśnia wilk
    wolny wróbel wrona zając zima zięba złoty żak żuk żaba a ale bo co czy dla do i jak jest
    może na nie no o od patrz pan po popatrz się tak to tu w wiosna z za że
    """,
    "ro": """
    mai alb albu barbu cojocaru crai craiu croitoru dulce floare floarea frumos ghiocel iarna
    iepure lăcrămioara lungu luna lup lupu mare marea măr mărgărit micu moraru morar munteanu
    negru olaru păun pescaru popa primăvara roșu roz rusu soare stea toamna turcu ursu urs
    vânătoru vara zâna zidaru viorea viorica trandafir bujor crin crina violeta brad a acum aici
    am ce cum da dar de este hai în la mă nu o pe și se te tu un uite uită va vezi
    """,
    "uk": """
    баба бабуся дід дідусь лев левиця
    вера віра любов мир надежда надія роза слава бик білий береза вовк ворона голуб гай гончар
    гора горобець гриб дуб жук журавель заєць золото зима зірка зоря їжак калина карась квітка
    квітень клен коваль коза козак кіт король кравець криниця кучер кухар лис липа лилія лід
    літо лелека лебідь мак малина малий мельник мороз музика муха орел осінь перець пиріг писар
    рибак сад світ синиця сірко сова сокіл соловей солод сонце сорока старий ткач хміль чайка
    чорний швець шпак ягода яворина ясень а але дай де є і його й як мама тато на не ні о що це
    та так ти то у в з за чи дивись може
    """,
    "ar": """
    أمل أمين أمير إيمان آية بدر بسمة بركة بشير جمال جميل جميلة حبيب حبيبة حسن حكيم حلم حياة خير
    دعاء ذكرى ربيع رحمة رجاء رزق رضا ريم زهرة زهور زين سالم سحر سعادة سعيد سلام سماء سيف شريف
    شمس صابر صادق صالح صباح صبر صفاء ضياء طيب عادل عزيز عفاف غزال فجر فرح فرحة فضل فوز قمر كريم
    كمال كوثر لطيف ليل ماهر مسعود منى منال ندى نسمة نعمة نهار نور هبة هدى هلال هناء وداد ورد
    وردة وسام وعد وفاء يقين يوم ياسمين أب أم أخ أخت
    """,
    "ur": """
    امید آرزو انمول بہار پری پھول تارا ثنا چاند چاندنی حیا خوشی خوشبو دعا دلدار روشن روشنی زندگی
    ساحل ستارہ سحر سردار سونا شبنم شمع شہزادہ صبا عزت غزل فرحت گل گلاب مسکان مہک مہربان موتی
    نرگس نرم نیلم وفا ہیرا کرن کشش راجا رانی بادشاہ ملک ماں باپ بھائی بہن
    """,
    "so": """
    bilan barwaaqo cad cadceed caano dahab dayax deeq deeqa dheer farax gacal geel geed guul
    hodan hibo hooyo aabbe iftiin ilays ilwaad kaafi libaax madow nabad nuur qalin qamar qorrax
    roble roob sagal sahan subax ubax udgoon weyn xareed xasilloon yar fiican waa waxaa iyo oo
    ma in ka ku la u si eeg kaalay
    """,
    "fr": """
    aime blanche claire clement constant desire fleur pierre prudence reine abeille ange aurore
    avril beau belle berger blanc blé bon bonheur bois bonnet boucher boulanger brun capucine
    cerise chevalier clair clémence content cerf cher colombe constance couturier dame désirée
    doux églantine espérance étoile fabre fort france franc garance gentil grand gras gros hiver
    iris jardinier jasmin joie joli juste laurier léger lis long loup lune maçon marchand
    marguerite meunier merle mont moulin neige noël noir océane olive pastel patience perle
    petit pomme pont poirier printemps roche roi rose roux rivière rouge sage soleil tendre
    tisserand vallée vert victoire ville violette vrai à au avec bien ce dans de des elle en
    encore et il ils je la le les ma mais me merci moi mon ne non nous on ou oui par pas plus
    pour que qui regarde sa se si son sur ta te tu un une vous y
    """,
    "es": """
    alba alma blanca clara consuelo domingo dolores esperanza estrella leon luz mar mercedes
    nieves paz pilar rosa sol abril agua amada ángel aurora azul bella blanco bravo bueno
    caballero calle campo campos casa castillo cielo cordero cortés cruz delgado dulce feliz
    flor flores fuente fuentes franco gallo gato gloria gracia guerra guerrero herrero hierro
    iglesias jazmín jardín justo lago leal león libertad linda lobo luna maestro marino mayo
    mayor mercado milagros molina molino montaña monte montes moreno negro nieve niño nieto
    noche novia olivo oliva paloma palma pastor perla pino plata prado primavera ramos redondo
    reina rey reyes ríos río rocío rojo romero rubio salud santo santos serrano sierra soledad
    socorro toro torre torres trinidad valle verde victoria vega violeta virtudes a ahora al
    aquí como con de del el él ella en es esto la las lo los me mi mira mía muy no nos o para
    pero por que qué se sí si su te tú un una vamos y ya yo
    """,
}
"""Of each language, what is a name to some families and a word to all others."""
ALSO_WORDS = frozenset(fold(word) for words in _WORDS.values() for word in words.split())
"""Folded."""
NO_NAMES = frozenset(
    """
    a al and bin bint da das de del della den der di die dos du e el en et family familie famille
    familia i la las le les los mac mr mrs ms miss dr of our the und van von y
    ابو ابي ابا ام ابن بن بنت عبد ال
    """.split()  # noqa: SIM905  # a list of quoted words reads worse
)
"""Folded words that name nobody when they stand in a longer name, as those of the calendar."""
CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    """.split()  # noqa: SIM905
)
"""Folded words that English writes with a capital wherever they stand."""
PLACES = frozenset(
    fold(word)
    for word in """
    academy apartment ave avenue centre center clinic college crescent drive estate flat hospital
    infant infants junior juniors kindergarten lane nursery park playgroup preschool primary rd road
    saint school service services st street
    surgery team terrace unit university
    canolfan ffordd heol meithrinfa stryd ysbyty ysgol
    al aleja gabinet nr os osiedle ośrodek plac podstawowa poradnia przedszkole przychodnia szkoła
    szpital ul ulica żłobek
    aleea bulevardul centrul clinica grădinița liceul piața policlinica spitalul strada școala
    бульвар вул вулиця гімназія дитсадок дитячий клініка лікарня ліцей майдан площа поліклініка
    провулок просп проспект садок центр школа ясла
    شارع طريق مدرسة روضة حضانة مستشفى عيادة مركز معهد وحدة حي ساحة سڑک گلی اسکول ہسپتال محلہ مرکز
    dugsi waddo isbitaal xaafad xarun
    allée boulevard chemin clinique crèche école hôpital impasse lycée maternelle place rue
    avenida barrio calle centro clínica colegio escuela guardería jardín paseo plaza
    """.split()  # noqa: SIM905
)
"""Folded words of addresses, schools and clinics, which name no place by themselves."""


def is_word(name: str) -> bool:
    """Return whether a name is also a word of some language on offer."""
    return fold(name) in ALSO_WORDS
