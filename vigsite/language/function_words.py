"""Words that say nothing by themselves (and, then, she, for a long time), by language."""

from __future__ import annotations

from vigsite.language.name_matching import fold

_WORDS = {
    "en": """
    a an the this that these those and or but nor so if then than because as while when where who
    whom whose which what why how there here not no yes too also very just only even still again
    already now once more most much many some any all both each every other another such own same
    i me my mine myself we us our ours you your yours yourself he him his himself she her hers
    herself it its itself they them their theirs themselves one ones oneself
    am is are was were be been being do does did done doing have has had having can could will
    would shall should may might must get gets got go goes went going come comes came let lets
    i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'll
    we're we've we'd we'll they're they've they'd they'll that's there's what's who's let's isn't
    aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't couldn't won't wouldn't
    shouldn't of in on at by for from to into onto up down out off over under about after before
    between through during with without within against around behind beside near next until till
    since along across toward towards away back ever never always often well like way thing things
    time times long while end moment bit lot few quite later minute minutes second seconds day days
    """,
    "fr": """
    le la les l un une des du de d au aux et ou mais donc or ni car que qu qui quoi dont quand si
    comme je j tu il elle on nous vous ils elles me m te t se s lui leur leurs y en ce c cet cette
    ces mon ma mes ton ta tes son sa ses notre nos votre vos est sont etait etaient ete etre suis
    es sommes etes ai as a avons avez ont avait avoir fait faire fait va vont dans sur sous avec
    sans pour par vers chez entre avant apres ne n pas plus moins tres bien aussi puis alors encore
    deja tout tous toute toutes meme la ici
    temps fois longtemps moment fin peu pendant chaque quelques minutes
    """,
    "es": """
    el la los las un una unos unas lo al del de y e o u pero ni que quien como cuando donde si yo tu
    el ella nosotros vosotros ellos ellas usted ustedes me te se nos os le les mi mis tu tus su sus
    es son era eran fue fueron ser estar esta estan estaba ha han habia hay he tiene va van en con
    sin por para a ante desde hasta entre sobre no si mas muy ya tambien luego entonces todo todos
    toda todas este esta estos estas ese esa eso aqui ahi
    tiempo veces vez rato momento fin poco mucho durante cada mismo misma unos minutos
    """,
    "pl": """
    i a o u w z ze we do na po za od dla przy pod nad przed przez bez oraz lub albo ale nie tak to
    ten ta te ci tego tej tym tych ja ty on ona ono my wy oni one mnie mi cie ci go jego jej jemu
    mu nas nam was wam ich im sie jest sa byl byla bylo byli byly byc jestem ma maja mial miala juz
    jeszcze tez tylko bardzo ze zeby gdy kiedy jak co kto gdzie potem wtedy tam tu wszystko
    czas czasu czasie chwila chwili chwile raz razy razem koniec koncu dlugi dlugo dluzszy dluzszego
    pewien pewnym kazdy kazdym kilka minut
    """,
    "ro": """
    un o unui unei niste al a ai ale cel cea cei cele si sau dar ca sa de la din in pe cu fara
    pentru prin spre intre eu tu el ea noi voi ei ele ma te se ne va il ii le lui lor imi iti isi
    meu mea tau ta sau sa este e sunt era erau fost fi am ai are avem aveti au nu da mai foarte
    apoi atunci aici acolo cand unde cum ce cine care tot toate toti acest aceasta
    timp timpul ori moment sfarsit putin mult fiecare data cateva minute
    """,
    "cy": """
    y yr a ac neu ond o i yn ar at am gan wrth dan dros drwy heb hyd yng ym mae oedd roedd sydd sy
    yw ydy bod wedi ei eu ein eich fy dy fi ti fe ef hi ni chi nhw mi hwn hon hynny hyn hefyd iawn
    yna wedyn pan lle pwy beth sut na nid ddim dim bob pob
    amser hir diwedd eiliad ychydig dro munud funud
    """,
    "uk": """
    і й та а але або чи не ні так у в на до з із зі за від для при під над перед через без про по о
    я ти він вона воно ми ви вони мене мені тебе тобі його йому її їй нас нам вас вам їх їм себе
    собі мій моя твій твоя свій своя наш ваш це цей ця ці той та ті є був була було були бути що щоб
    як коли де хто який яка тоді потім тут там вже ще теж також дуже тільки все всі
    час часу часом раз разу разів мить миті кінці кінець довго довгий довгого протягом деякий один
    багато кожного останнім кілька хвилин
    """,
    "so": """
    iyo oo ama laakiin waa in uu ay aan aad wuu way waan waad ka ku u la soo sii si kan tan kuwa
    isaga iyada anigu adigu annagu iyagu waxaa waxay wuxuu ayaa baa ma mar kale hadda markii marka
    waqti muddo dheer dhamaad yar
    """,
    "ar": """
    و ف ب ل ك في من الى على عن مع ان لا ما لم لن قد هو هي هم هن انا نحن انت انتم هذا هذه ذلك تلك
    كان كانت يكون التي الذي الذين ثم او لكن كل بعد قبل عند حتى اذا كما هنا هناك
    وقت الوقت لوقت طويل طويلة مدة لمدة فترة لفترة مرة أخرى لحظة نهاية قليلا بعض منذ نفس زمن الزمن
    دقائق
    """,
    "ur": """
    اور یا لیکن کہ کا کی کے کو نے سے میں پر تک ہے ہیں تھا تھی تھے ہو ہوا ہوئی یہ وہ اس ان جو جب تب
    تو بھی ہی نہیں نہ میں ہم تم آپ اپنا اپنی اپنے پھر اب یہاں وہاں کر کیا
    وقت دیر لمبے عرصے بار لمحہ آخر بہت کافی ایک منٹ
    """,
}


def function_words(language: str) -> frozenset[str]:
    """Return them folded, of a language (a BCP 47 tag) and of English, in which notes may be."""
    base = language.partition("-")[0].lower()
    return frozenset(fold(f"{_WORDS['en']} {_WORDS.get(base, '')}").split())
