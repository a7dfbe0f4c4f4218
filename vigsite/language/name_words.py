"""Names that are also words, and words that name nobody: one list for all languages on offer.

docs/decisions.md says why it is a list of our own: in every word list that can be installed,
surnames count as words, and a name that counts as a word is protected less.
"""

from __future__ import annotations

from vigsite.language.name_matching import fold

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
    أحمد أسد أسماء أفراح أماني آمال أنوار ابتسام بدور بشرى بيان تاج توفيق ثابت جاد جبر جدي جنة جنى
    جواهر جود حازم حامد حداد حمد حنان حنين خالد خباز خياط راشد راضي رائد رامي رغد رفيق رنا رهف زاهر
    زينة زيد ساجد سارة سامي سليم سليمة سما شادي شاكر شروق شهد شوق صغير صقر ضحى طارق طاهر طويل عابد
    عارف عالي عالية عامر عباس عبير عدي عربي علا عماد عمر عهد عون عيد غادة غالب غالي غلا غيم فاتح
    فارس
    فراس فهد فؤاد قاسم قصي كامل كبير كنز لؤلؤ ليث ليلى لين مالك مازن مبارك متى مجد مجيد محسن محمود
    مختار مراد مرح مطر ملاك ملك ممدوح منصور منير منيرة مها مهدي مؤمن نادر نادية ناصر نبيل نجاة نجاح
    نجار نجم نجمة نجيب نعيم نمر نهى نوال نوح هادي هاني هلا هند هيا وائل وجد وردي وليد ياسر يحيى يزيد
    يسر يسرى يمنى أبيض أحمر أسود
    """,
    "ur": """
    امید آرزو انمول بہار پری پھول تارا ثنا چاند چاندنی حیا خوشی خوشبو دعا دلدار روشن روشنی زندگی
    ساحل ستارہ سحر سردار سونا شبنم شمع شہزادہ صبا عزت غزل فرحت گل گلاب مسکان مہک مہربان موتی
    نرگس نرم نیلم وفا ہیرا کرن کشش راجا رانی بادشاہ ملک ماں باپ بھائی بہن
    آفتاب آسمان اجالا احمد اختر ارمان اعظم افشاں انعام ایمان بادل بدر جان جگنو چمن حنا حیات خزاں دل
    دلکش دیا رحمت رشید رضا ریشم زیب سادہ سایہ سمیع سنبل سویرا شاد شان شاہ شاہد شاہین شفق شکیل شمشیر
    شیر شیریں صابر صنم عادل عالم عظیم عمر عید فرح فضا کامل کریم کشور کلی کمال کنول کومل ماہ مبارک
    محبوب مراد معصوم ناز نازک نسیم نگار نگاہ نور نیک وحید ہما یاسمین
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

KINDS_OF_PLACES = PLACES | frozenset(
    fold(word)
    for word in """
    بستان بلدة بناية جامع جامعة جسر حديقة دوار سوق شقة عمارة قرية قلعة كنيسة محطة مخيم مدينة مسجد
    مسرح مطار مكتبة ملعب منتزه موقف ميدان نادي نهر
    باغ بازار پارک پل مسجد
    """.split()  # noqa: SIM905
)
"""Those and more, folded and without article, which parts of an address are named after: they are
surnames, too, and make no entry an address."""

TITLES = frozenset(
    fold(word)
    for word in """
    mr mrs ms miss mx sir madam dr doctor prof professor nurse rev fr sr
    pan pana panem panu panie pani panią państwo państwa państwu dr doktor mgr ksiądz
    domnul domnului doamna doamnei domnișoara dl dna
    пан пана паном панові пане пані панна панни лікар лікарка доктор господин госпожа
    السيد السيدة سيد سيدة الآنسة آنسة الأستاذ الأستاذة أستاذ أستاذة الدكتور الدكتورة دكتور دكتورة د
    الشيخ شيخ الحاج الحاجة حاج مستر مس
    جناب محترمہ صاحب صاحبہ بیگم ڈاکٹر استاد مسٹر مسز میاں
    mudane marwo dhakhtar macallin
    monsieur madame mademoiselle mme mlle docteur
    señor señora señorita sra srta don doña doctora
    """.split()  # noqa: SIM905
)
"""Folded titles."""
KIN = frozenset(
    fold(word)
    for word in """
    mum mummy mam mammy mom mommy mama mamma dad daddy pa papa granny gran grandma grandpa grandad
    granddad nan nana nanny auntie aunty aunt uncle brother sister baby cousin godmother godfather
    mam-gu mamgu nain taid tad tad-cu tadcu modryb anti ewythr wncwl chwaer brawd
    mamusia tata tatuś babcia babunia dziadek dziadzio dziadziuś ciocia ciotka wujek wuj siostra
    brat niania kuzyn kuzynka
    bunica bunicul mătușa unchiul sora fratele tanti nea
    мама матуся тато татусь баба бабуся бабуня бабця дід дідо дідусь тітка тітонька тьотя дядько
    дядя вуйко сестра брат няня хрещена хрещений кума тётя бабушка дедушка папа
    خالة خالتي خال خالي خالو عمة عمتي عم عمي عمو جدة جدتي جد جدي جدو تيتا تيتة ستي سيدو ماما بابا
    أم أمي أب أبي أخ أخي أخت أختي
    خالہ چچا چاچا چچی پھوپھی پھوپھا ماموں ممانی تایا تائی نانا نانی دادا دادی ماں امی باجی آپا
    باپ بھائی بہن
    hooyo aabbe aabo ayeeyo awoowe eeddo habaryar abti adeer walaal
    maman mamie mamy papi papy mémé pépé tante tonton oncle sœur frère marraine parrain nounou
    cousine
    mamá papá abuela abuelo abuelita abuelito tía tío yaya yayo hermana hermano prima primo madrina
    padrino
    """.split()  # noqa: SIM905
)
"""Folded words for relatives."""
PLACES_AND_SURNAMES = frozenset("park lane street place court close drive calle plaza".split())  # noqa: SIM905
"""Folded words of addresses that are surnames, too."""
ARABIC_PARTICLES = frozenset({"على", "مني", "متى", "الى", "إلى"})
"""Words that say nothing by themselves, as they are spelled; with ي for ى some are names."""


def is_word(name: str) -> bool:
    """Return whether a name is also a word of some language on offer."""
    return fold(name) in ALSO_WORDS
