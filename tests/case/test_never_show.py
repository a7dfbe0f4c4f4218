"""`never_show` in daily use: words are words, names are names, in every language on offer."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.helpers.families import Family
from vigsite.case.case_file import CaseFile
from vigsite.case.load import load_case
from vigsite.case.name_standing import Standing
from vigsite.case.never_show import NeverShow, never_show
from vigsite.language.dictionary import is_everyday_word
from vigsite.language.name_words import is_word

CASE, CYCLE = "case.yml", "1-tea/cycle.yml"


def forbidden(*entries: str, language: str = "en", called: str = "Rowan") -> NeverShow:
    """What a case with these entries forbids."""
    person = {"called": called, "role": "child"}
    written = {
        "vigsite": "1",
        "never_show": list(entries),
        "family": {"called": "Us", "people": {"p": person}},
        "practitioner": {"called": "Sam", "contact": "sam@example.org"},
        "language": language,
    }
    return never_show(CaseFile.model_validate(written))


def standing(text: str, *entries: str, language: str = "en") -> str:
    """What becomes of a text, by the worst that it holds."""
    hits = forbidden(*entries, language=language).hits(text)
    return max((hit.standing for hit in hits), default=Standing.NEAR).name if hits else "FREE"


TABLE = [
    # a word and a name: small letters, inside a sentence, at its beginning
    ("en", "Will", "What will you do?", "SMALL"),
    ("en", "Will", "We saw Will smile.", "WAITS"),
    ("en", "Will", "Will Ash wait?", "WAITS"),
    ("en", "Will", "Will you wait?", "NEAR"),
    ("en", "Will", "You waited. Will Ash wait again?", "WAITS"),
    ("en", "Will", "Mum asked, “Will Ash wait?”", "WAITS"),
    ("en", "Will", "Mum: Will Ash wait?", "WAITS"),
    ("en", "Will", "Mum said “hello” Will", "WAITS"),
    # an abbreviation ends no sentence
    ("en", "Rose", "We saw St. Rose", "WAITS"),
    ("en", "Rose", "with E. Rose", "WAITS"),
    ("en", "Rose", "so did I. Rose is there", "WAITS"),
    ("pl", "Malina", "na ul. Malina", "WAITS"),
    ("uk", "Надія", "на вул. Надія", "WAITS"),
    ("en", "Will", "the boy (Will) waits", "WAITS"),
    ("en", "Rose", "Mrs. Rose came", "WAITS"),
    ("en", "Rose", "the Roses came", "WAITS"),
    ("en", "May", "You may wait", "SMALL"),
    ("en", "Look", "Look, a spoon", "WAITS"),
    ("en", "Play", "time to play", "SMALL"),
    ("en", "Will", "We saw Willow", "NEAR"),
    ("en", "Will", "Willing to wait", "FREE"),
    ("cy", "Eira", "mae eira yma", "SMALL"),
    ("cy", "Eira", "Eira sydd yma", "WAITS"),
    ("cy", "Eira", "gyda Eira", "WAITS"),
    ("cy", "Angharad", "gyda angharad", "REFUSED"),
    ("pl", "Malina", "to jest malina", "SMALL"),
    ("pl", "Malina", "Malina jest tu", "WAITS"),
    ("pl", "Malina", "widzi Malinę", "WAITS"),
    ("pl", "Kowalczyk", "dał Kowalczykowi", "REFUSED"),
    ("pl", "Kowalczyk", "kowalczykowi", "REFUSED"),
    ("pl", "Kowalski", "z panią Kowalską", "REFUSED"),
    ("pl", "Ala", "Mama ma to, ale czeka", "SMALL"),
    ("pl", "Ala", "Ale czeka", "NEAR"),
    ("pl", "Ala", "widzi Alę", "REFUSED"),
    ("ro", "Floarea", "o floarea", "SMALL"),
    ("ro", "Floarea", "vine Floarea", "WAITS"),
    ("ro", "Popescu", "casa Popescului", "WAITS"),
    ("uk", "Надія", "є надія", "SMALL"),
    ("uk", "Надія", "Надія є", "WAITS"),
    ("uk", "Надія", "каже Надія", "WAITS"),
    ("uk", "Оксана", "з Оксаною", "REFUSED"),
    ("en", "Оксана", "з оксаною", "REFUSED"),
    ("ar", "محمد", "ابتسم لمحمد", "REFUSED"),
    ("ar", "نور", "رأت النور", "NEAR"),
    ("ur", "گلاب", "یہ گلاب ہے", "WAITS"),
    ("ur", "فاطمہ", "یہ فاطمہ ہے", "REFUSED"),
    ("so", "Ubax", "waa ubax", "SMALL"),
    ("so", "Ubax", "waa Ubax", "WAITS"),
    ("so", "Ubax", "Ubax waa kan", "WAITS"),
    ("so", "Maxamed", "waa maxamed", "REFUSED"),
    ("fr", "Claire", "une eau claire", "SMALL"),
    ("fr", "Claire", "avec Claire", "WAITS"),
    ("fr", "Claire", "« Claire ! »", "WAITS"),
    ("fr", "Lefèvre", "chez lefevre", "REFUSED"),
    ("es", "Luz", "una luz", "SMALL"),
    ("es", "Luz", "¿Luz?", "WAITS"),
    ("es", "Luz", "con Luz", "WAITS"),
    ("es", "Pérez", "con perez", "REFUSED"),
    ("he", "נועה", "לנועה", "REFUSED"),
    # a word that the dictionary of the language has
    ("en", "Field", "out across the field", "SMALL"),
    ("en", "Field", "Field of flowers", "WAITS"),
    ("en", "Field", "with Mrs Field", "WAITS"),
    ("en", "Field", "mrsfield", "REFUSED"),
    ("en", "Imogen Field", "out across the field", "NEAR"),
    ("en", "Jones", "with jones", "REFUSED"),
    ("pl", "Maja", "Od maja tak jest", "SMALL"),
    ("pl", "Maja", "i Maja czeka", "WAITS"),
    ("pl", "Iskra", "zapala się iskra", "SMALL"),
    ("pl", "Iskra", "Iskra w oku", "WAITS"),
    ("pl", "Nowak", "nowak", "REFUSED"),
    ("en", "Josh", "Josh waits, and josh laughs", "REFUSED"),
    ("pl", "Przychodnia Zdrowie", "Na zdrowie!", "NEAR"),
    ("uk", "Калинка", "про калинку", "SMALL"),
    ("uk", "Роман", "Я читаю романи", "SMALL"),
    ("uk", "Роман", "з Романом", "WAITS"),
    ("uk", "Злата", "Злата дитина", "WAITS"),
    ("uk", "Коваленко", "коваленко", "REFUSED"),
    ("ar", "حضانة العصافير", "تغني للعصافير", "WAITS"),
    ("ar", "وحدة حماية الأسرة", "يصعد وحده", "FREE"),
    ("ar", "وحدة حماية الأسرة", "من وحدة حماية الأسرة", "REFUSED"),
    # parts of an address that everybody says
    ("en", "Little Acorns Nursery", "a little cup", "FREE"),
    ("pl", "Żłobek „Pod Dębem”", "Pod stołem", "FREE"),
    ("pl", "Żłobek „Pod Dębem”", "był pod dębem", "NEAR"),
    # joined, and beside digits
    ("en", "Okafor", "MrsOkafor", "REFUSED"),
    ("en", "Okafor", "mrsokafor", "REFUSED"),
    ("en", "Okafor", "OkaforFamily", "REFUSED"),
    ("en", "Okafor", "THEOKAFORFAMILY", "REFUSED"),
    ("en", "Okafor", "BABYOkafor", "REFUSED"),
    ("en", "Okafor", "Okafor2019", "REFUSED"),
    ("en", "Okafor", "the OKAFOR’S", "REFUSED"),
    ("en", "Okafor", "Okaforish", "NEAR"),
    ("en", "Okafor", "babyokafor", "NEAR"),
    ("en", "McDonald", "MrsMcDonald", "REFUSED"),
    ("en", "O'Brien", "obriens", "REFUSED"),
    ("uk", "Оксана", "ПаніОксана", "REFUSED"),
    # addresses, numbers and several words
    ("en", "12 Acacia Avenue", "at 12, acacia avenue", "REFUSED"),
    ("en", "12 Acacia Avenue", "12AcaciaAvenue", "REFUSED"),
    ("en", "12 Acacia Avenue", "down Acacia", "WAITS"),
    ("en", "12 Acacia Avenue", "an avenue of acacia", "NEAR"),
    ("en", "07700 900123", "call 07700-900 123", "REFUSED"),
    ("en", "07700 900123", "17700900123", "FREE"),
    ("en", "07700 900123", "tel:+447700900123", "REFUSED"),
    ("en", "07700 900123", "+44 (0)7700 900 123", "REFUSED"),
    ("en", "07700 900123", "0044 7700 900123", "REFUSED"),
    ("en", "+44 7700 900123", "07700 900123", "REFUSED"),
    ("pl", "+48 601 222 333", "601 222 333", "REFUSED"),
    ("uk", "+380 50 111 22 33", "0501112233", "REFUSED"),
    ("ar", "0599 123 456", "٠٥٩٩ ١٢٣ ٤٥٦", "REFUSED"),
    ("en", "Kowalczyk", "Kowalczykowi", "REFUSED"),
    ("en", "Okafor", "we saw Oka-\nfor wait", "REFUSED"),
    ("en", "Okafor", "we saw Oka- for wait", "REFUSED"),
    ("en", "Rose", "we saw Rosie", "NEAR"),
    ("en", "Rose", "dear Rosa", "NEAR"),
    ("en", "St Mary's School", "at Mary's", "REFUSED"),
    ("en", "St Mary's School", "at St Mary’s", "REFUSED"),
    ("uk", "вулиця Миру", "на вулиці Миру", "REFUSED"),
    ("uk", "проспект Перемоги 5", "на проспекті Перемоги", "REFUSED"),
    ("ar", "خديجة", "قالت خديجه", "REFUSED"),
    ("ur", "علی", "یہ علي ہے", "REFUSED"),
    ("ar", "الحسيني", "للحسيني", "REFUSED"),
    ("ar", "الحسيني", "عائلة حسيني", "WAITS"),
    ("ar", "المصري", "أكل مصري بعد اللعب", "WAITS"),
    ("ar", "الملك", "طفلتي تشبه الملكة", "FREE"),
    ("ar", "شارع السلام 12", "السلام عليكم", "NEAR"),
    ("ar", "حداد", "رأت حـــداد", "WAITS"),
    ("en", "Okafor", "with O K A F O R", "REFUSED"),
    ("en", "Okafor", "with Oka\nfor", "NEAR"),
    ("en", "Blackwood", "with Mrs Black Wood", "NEAR"),
    ("ar", "الخطيب", "السيدة الخط\nيب", "NEAR"),
    ("en", "Okafor", "with Mrs Okafer", "NEAR"),
    ("en", "Okafor", "with Mrs Okafour", "NEAR"),
    ("uk", "Коваленко", "прийшла Коваленчиха", "NEAR"),
    ("uk", "Гнатюк", "прийшла Гнатючка", "NEAR"),
    ("en", "Wei Lu", "with Mrs Lu", "REFUSED"),
    ("en", "14 Elm St", "in Elm Street", "REFUSED"),
    ("en", "14 Elm St", "an elm", "NEAR"),
    ("en", "St Mary's Primary School", "at St Marys", "REFUSED"),
    ("en", "41 Queen's Drive", "on Queens Drive", "REFUSED"),
    ("en", "Smith's Lane 4", "down Smiths Lane", "REFUSED"),
    ("en", "O'Brien", "with Mrs Brien", "REFUSED"),
    ("en", '"Hillcrest" Academy', "we went to Hillcrest", "WAITS"),
    ("en", "Little Acorns Nursery", "so #littleacorns", "NEAR"),
    ("en", "Grange Park Infants", "in the park, by the grange, with infants", "NEAR"),
    ("en", "22 Park Road", "Park twice a week.", "FREE"),
    ("en", "0161 496 0123", "ring 496 0123", "NEAR"),
    ("pl", "Przedszkole „Tęcza”", "jest w Tęczy", "WAITS"),
    ("pl", "ul. Mickiewicza 15", "na placu Mickiewicz", "REFUSED"),
    ("pl", "SP nr 12", "chodzi do SP12", "REFUSED"),
    ("uk", "школа «Веселка»", "у школі «Веселка»", "REFUSED"),
    ("uk", "школа «Веселка»", "пішли у «Веселку»", "WAITS"),
    ("ar", "مدرسة الأمل", "كل الأمل لكما.", "NEAR"),
    ("uk", "Ясла «Веселка»", "казка про веселку", "NEAR"),
    ("uk", "Лев", "мій лев сміється", "SMALL"),
    ("uk", "Коваленко", "був Кова-\nленко", "REFUSED"),
    ("en", "Adaeze Okafor", "okafor waits", "REFUSED"),
    ("en", "Rowan Okafor", "Rowan waits", "FREE"),
    ("en", "therapy", "Therapy helps", "REFUSED"),
    ("en", "church", "at church", "REFUSED"),
    ("en", "Will", "You wait", "FREE"),
    # the same name in the letters of another script
    ("en", "Шевченко", "with Mrs Shevchenko", "NEAR"),
    ("pl", "Шевченко", "z panią Szewczenko", "NEAR"),
    ("uk", "Shevchenko", "прийшла Шевченко", "NEAR"),
    ("uk", "Гнатюк", "Mrs Hnatiuk waits", "NEAR"),
    ("uk", "Гнатюк", "Mrs Gnatyuk waits", "NEAR"),
    ("uk", "Kowalczyk", "з Ковальчик", "NEAR"),
    ("en", "الخطيب", "with Mrs Khateeb", "NEAR"),
    ("ar", "Al-Khatib", "السيدة الخطيب", "NEAR"),
    ("ar", "المصري", "Mrs El-Masry waits", "NEAR"),
    ("ur", "Siddiqui", "مسز صدیقی", "NEAR"),
    ("en", "الخطيب", "with the Kitchen table", "FREE"),
    ("en", "Шевченко", "she shovelled, and Chen came", "FREE"),
    ("uk", "Kowalczyk", "ковальчик — дитина коваля", "NEAR"),
    ("en", "Ткаченко", "Tkachenko family at tea", "NEAR"),
    ("en", "Ткаченко", "write to o.tkachenko@example.com", "NEAR"),
    ("pl", "Szczepańska", "Бабуся каже: Щепанська", "NEAR"),
    ("en", "نور", "I saw Noor laugh", "NEAR"),
    ("en", "نور", "Near you, and in the north", "FREE"),
    ("ar", "جميل", "Mr Jameel is here", "NEAR"),
    ("ar", "Fairweather", "عائلة فيرويذر هنا", "NEAR"),
    ("ar", "Imogen", "أرى إيموجين تضحك", "NEAR"),
    ("en", "Fairweather", "Бабуся каже: Фейрвезер", "NEAR"),
    ("en", "вул. Грушевського, 18", "Hrushevsky Street is there", "NEAR"),
    # Arabic: grammar, endings, letters that are mixed up
    ("ar", "أبو زيد", "عند أبي زيد", "REFUSED"),
    ("ar", "القحطاني", "أنا قحطانية", "NEAR"),
    ("ar", "الحداد", "نحن الحدادين", "NEAR"),
    ("ar", "القحطاني", "عائلة القحتاني", "NEAR"),
    ("ar", "القحطاني", "عائلة ق. تضحك", "NEAR"),
    ("ar", "أمل", "تصفقان له معًا.", "FREE"),
    # as addresses, hashtags and mail write it
    ("en", "22 Park Road", "We live in Park Rd.", "REFUSED"),
    ("en", "14 Elm St", "in Elm Street", "REFUSED"),
    ("pl", "ul. Nowa 14/6", "ulica Nowa 14/6", "REFUSED"),
    ("uk", "вул. Миру 8", "вулиця Миру, 8", "REFUSED"),
    ("fr", "12 avenue Foch", "12 av. Foch", "REFUSED"),
    ("es", "Calle Luna 3", "c/ Luna 3", "REFUSED"),
    ("en", "Wood", "Go #teamwood", "NEAR"),
    ("en", "Wood", "in the woodland", "FREE"),
    ("en", "Wood", "write to willwood@example.com", "NEAR"),
    ("en", "Will Wood", "write to willwood@example.com", "REFUSED"),
    ("en", "Ткаченко", "love from #tkachenkofamily", "NEAR"),
    ("uk", "Ткаченко", "Ми #родинаткаченків", "NEAR"),
    ("uk", "Мороз", "Пиши: v.moroz@example.com", "NEAR"),
    # apart, cut in two, cut short, misspelt
    ("en", "Fairweather", "F-A-I-R-W-E-A-T-H-E-R", "REFUSED"),
    ("en", "Fairweather", "The Fair-Weather family", "NEAR"),
    ("en", "Hartley", "the hart-ley family", "NEAR"),
    ("en", "Fairweather", "The F’weathers at their best", "NEAR"),
    ("en", "Ibrahim", "and now I'm there", "FREE"),
    ("en", "Fairweather", "Mrs F is proud", "NEAR"),
    ("en", "van der Berg", "Mrs Vandenberg came", "NEAR"),
    ("uk", "Ткаченко", "Так написали: Ткоченко", "NEAR"),
    ("uk", "Швець", "знаю пана Шевця", "WAITS"),
    ("pl", "Grudzień", "Znam pana Grudnia", "WAITS"),
    # a vowel that changes before an ending
    ("uk", "Харків", "Ми з Харкова", "REFUSED"),
    ("uk", "Київ", "жили у Києві", "WAITS"),
    ("uk", "Тернопіль", "ми з Тернополя", "REFUSED"),
    ("uk", "Кравець", "для Кравця", "WAITS"),
    ("uk", "Заєць", "для Зайця", "WAITS"),
    ("pl", "Gołąb", "u Gołębiów", "WAITS"),
    ("pl", "Kozioł", "dla Kozła", "WAITS"),
    ("pl", "Stępień", "dla Stępnia", "REFUSED"),
    ("pl", "Marzec", "dla Marca", "WAITS"),
    # Arabic and Urdu: what is a word stands for itself
    ("ar", "علي", "انظري على مهلك", "NEAR"),
    ("ar", "علي", "قال علي نعم", "WAITS"),
    ("ar", "علي", "السيد على هنا", "WAITS"),
    ("ar", "علي", "يا على تعال", "WAITS"),
    ("ar", "منى", "أخذ مني الكوب", "NEAR"),
    ("ar", "عبد الله", "إن شاء الله", "FREE"),
    ("ar", "عبد الله", "ابتسم عبدالله", "REFUSED"),
    ("ar", "عبدالله", "ابتسم عبد الله", "REFUSED"),
    ("ar", "عبد الله الشمري", "ابتسم عبدالله", "REFUSED"),
    ("ar", "عبد الله الشمري", "بسم الله", "FREE"),
    ("ar", "عمر الشمري", "ابتسم عمر", "WAITS"),
    ("ar", "زيد الشمري", "ابتسم زيد", "WAITS"),
    ("ar", "عيد", "في يوم عيد", "WAITS"),
    ("ar", "لين", "قلب لين", "WAITS"),
    ("ar", "أحمد", "السيد أحمد", "WAITS"),
    ("ar", "شهد", "حلو مثل شهد", "WAITS"),
    ("ar", "ليلى", "ليلى والذئب", "WAITS"),
    ("ar", "خالة أمل", "خالة تضحك", "FREE"),
    ("ar", "خالة أمل", "خالة أمل تضحك", "WAITS"),
    ("ar", "خالة أمل", "مع أمل كبير", "WAITS"),
    ("ar", "محمد", "ابتسم محمد", "REFUSED"),
    ("ur", "عید", "یہ عید ہے", "WAITS"),
    ("en", "عبد الرحمن", "with Abdulrahman", "NEAR"),
    ("en", "عبد الرحمن", "with Abdul Rahman", "NEAR"),
    ("en", "عبد الرحمن", "with Abd al-Rahman", "NEAR"),
    ("en", "عبدالله", "with Abdullah", "NEAR"),
    ("en", "عبد الله الشمري", "with Abdullah", "NEAR"),
    ("ar", "Abdullah", "مع عبد الله", "NEAR"),
    # a dictionary word with a capital is asked about, wherever
    ("en", "Brown", "Reading Brown Bear", "WAITS"),
    ("en", "Rose", "Ring o' Roses", "WAITS"),
    ("en", "Wolf", "What's the time, Mr Wolf?", "WAITS"),
    ("pl", "Pani Sowa", "Czytamy „Pani Sowa”", "WAITS"),
    ("pl", "Pani Sowa", "z panią Sową", "WAITS"),
    ("pl", "Pani Sowa", "Pani doktor", "FREE"),
    ("pl", "Maja Wilk", "Czerwony Kapturek i Wilk", "WAITS"),
    ("pl", "Maja Wilk", "z Mają Wilk", "REFUSED"),
    ("uk", "Зелена", "Зелёна травка", "WAITS"),
    ("uk", "Зелена", "бачу Зелёна травка", "WAITS"),
    ("en", "Детский сад", "в детском саду", "SMALL"),
    ("pl", "Детский", "в детском", "SMALL"),
    ("uk", "Роман Зелений", "Зелений чай", "NEAR"),
    ("en", "May Park", "with May Park", "REFUSED"),
    ("en", "May Park", "you may park there", "SMALL"),
    # words for relatives and titles are no part by themselves
    ("en", "Granny Rose", "Then Granny laughed", "FREE"),
    ("en", "Granny Rose", "with Granny Rose", "WAITS"),
    ("en", "Granny Okafor", "with Granny Okafor", "REFUSED"),
    ("en", "Granny Rose", "Granny rose to her feet", "SMALL"),
    ("uk", "тётя Роза", "с тётей", "FREE"),
    ("uk", "тьотя Роза", "бачить тьотю Розу", "WAITS"),
    ("es", "Sr. Paz", "el Sr. mira", "FREE"),
    ("fr", "Tante Rose", "avec Tante", "FREE"),
    ("so", "Ayeeyo Ubax", "waa Ayeeyo", "FREE"),
    ("cy", "Nain Eira", "gyda Nain", "FREE"),
    ("ro", "Bunica Floarea", "cu Bunica", "FREE"),
    ("ur", "خالہ نور", "خالہ ہنسی", "FREE"),
    # a surname that is a kind of place counts behind a title
    ("en", "May Park", "with Mrs Park", "WAITS"),
    ("pl", "Ewa Park", "z panią Park", "WAITS"),
    ("ar", "علي", "الآنسة على هنا", "WAITS"),
    ("en", "May Park", "the Park family", "WAITS"),
    ("en", "May Park", "and Park laughs", "NEAR"),
    ("en", "May Park", "in the park", "FREE"),
    ("en", "May Park", "Park first, then tea", "FREE"),
    ("en", "May Park", "with May", "WAITS"),
    ("en", "Mark Lane", "with Dr Lane", "WAITS"),
    ("en", "Dr Lane", "with Dr Lane", "WAITS"),
    ("en", "Lane", "with Dr. Lane", "WAITS"),
    ("en", "Okafor Park", "with okafor", "REFUSED"),
    # a month has a capital, whoever is called so
    ("en", "May", "and May laughs", "WAITS"),
    ("en", "May", "on the sofa in May", "NEAR"),
    ("en", "June", "since last June", "NEAR"),
    # cut short
    ("en", "Okafor", "Well done, Mrs O.", "NEAR"),
    ("pl", "Kowalska", "Pani Kow. patrzy", "NEAR"),
    ("pl", "Kowalska", "Pani K-ska patrzy", "NEAR"),
    ("en", "Okafor-Brown", "with Mrs O-B", "NEAR"),
    ("en", "Ewa Okafor", "film of E.O.", "NEAR"),
    ("en", "Little Acorns Nursery", "At LAN he is quiet", "NEAR"),
    ("pl", "SP nr 12", "do szkoły podstawowej nr 12", "NEAR"),
    ("en", "Okafor", "I did it, I. You too", "FREE"),
    ("en", "Irving", "so did I. Then we", "FREE"),
    ("en", "Sitton", "We sit. Then you wait", "FREE"),
    ("en", "Olive Kay", "it is OK", "FREE"),
    ("en", "Anna Bell", "a b c", "FREE"),
    ("pl", "SP nr 12", "ma 12 lat", "FREE"),
    # what it is called at home
    ("en", "Catherine Blackwood", "Cathy waits", "NEAR"),
    ("en", "Catherine Blackwood", "and Kate waits", "NEAR"),
    ("en", "Liz Moss", "Elizabeth waits", "NEAR"),
    ("en", "William Moss", "Will you wait?", "FREE"),
    ("en", "Imogen", "Immy, look at me!", "NEAR"),
    ("en", "Imogen", "I love you, Immie", "NEAR"),
    ("en", "Maria", "Marry me, mum says", "FREE"),
    ("pl", "Grzegorz", "Grześ czeka", "NEAR"),
    ("pl", "Katarzyna", "Chodź, Kasiu!", "NEAR"),
    ("pl", "Aleksandra", "Chodź, Olu!", "NEAR"),
    ("uk", "Дмитро", "Ходи, Дімо!", "NEAR"),
    ("uk", "Любов", "Мене звуть Люба", "NEAR"),
    ("en", "Catherine Blackwood", "the kitty waits", "FREE"),
    ("pl", "SP nr 12", "chodzi do SP 12", "REFUSED"),
    ("pl", "Szkoła Podstawowa nr 12", "chodzi do SP 12", "NEAR"),
    ("pl", "SP nr 7", "do szkoły 7", "NEAR"),
    ("pl", "Szkoła Podstawowa nr 7", "do szkoły nr 7", "NEAR"),
    ("pl", "Przedszkole nr 15", "do przedszkola miejskiego nr 15", "NEAR"),
    ("pl", "SP nr 7", "ma 7 klocków", "FREE"),
    ("uk", "школа № 7", "у школі 7", "NEAR"),
    ("uk", "ЗДО № 15", "у садочку 15", "NEAR"),
    ("ro", "Școala nr. 5", "la școala 5", "NEAR"),
    ("fr", "École no 3", "à l’école 3", "NEAR"),
    ("ar", "مدرسة رقم 4", "في المدرسة 4", "NEAR"),
    ("en", "School 7", "he is 7", "FREE"),
    # a birthday in another form
    ("en", "12/03/2019", "born on 12.3.2019", "NEAR"),
    ("en", "12/03/2019", "on 2019-03-12", "NEAR"),
    ("en", "12/03/2019", "since 12 March", "NEAR"),
    ("en", "12/03/2019", "on March 12th, 2019", "NEAR"),
    ("en", "12/03/2019", "on the 12th of March", "NEAR"),
    ("pl", "12.03.2019", "od 12 marca", "NEAR"),
    ("pl", "12.03.2019", "marzec był trudny", "NEAR"),
    ("uk", "12 березня 2019", "12.03.19", "NEAR"),
    ("en", "2019-05-12", "on 12 May", "NEAR"),
    ("en", "2019-05-12", "you may wait", "FREE"),
    ("en", "2019-05-12", "at 0:12.5", "FREE"),
    ("en", "12/03/2019", "we march on, 12 times", "FREE"),
    ("ar", "12 مارس 2019", "يوم 12/3", "NEAR"),
    ("pl", "Olka 12.03.2019", "widzi Olkę", "REFUSED"),
    # what it is called at home, in all forms
    ("pl", "Krzysztof Kowal", "dla Krzyśka", "NEAR"),
    ("pl", "Krzysztof Kowal", "Krzysiek czeka", "NEAR"),
    ("uk", "Ксенія", "Ксюша читає", "NEAR"),
    ("uk", "Ксенія", "бачить Ксюшу", "NEAR"),
    ("uk", "Олександр", "разом із Сашком", "NEAR"),
    ("pl", "Zofia Zając", "Zosieńka śpi", "NEAR"),
    ("uk", "Роман Зелений", "разом з Ромчиком", "NEAR"),
    ("pl", "Adam Lis", "widzi Adamczyka", "NEAR"),
    ("pl", "Kamil Sowa", "Kamień leży", "FREE"),
    ("ar", "فاطمة", "مع فطوم", "NEAR"),
    # and what no name is called
    ("en", "Will Hopkins", "Hop like a bunny", "FREE"),
    ("en", "Will Hopkins", "hop, hop", "FREE"),
    ("en", "Mark Lane", "“Mary had a little lamb”", "FREE"),
    ("en", "Mark Lane", "we sang Mary had a little lamb", "FREE"),
    ("en", "Mark Lane", "with Marky", "NEAR"),
    ("en", "Penelope", "with Penny", "NEAR"),
    ("en", "William Moss", "with Billy", "NEAR"),
    ("en", "William Moss", "Billy waits", "NEAR"),
    # a first name with a slip, cut short, or a diminutive of its beginning
    ("en", "Gemma Hughes", "Jemma laughs", "NEAR"),
    ("en", "Gemma Hughes", "Gemna laughs", "NEAR"),
    ("en", "Emma Hughes", "Ema laughs", "NEAR"),
    ("en", "Emma Hughes", "Emam laughs", "NEAR"),
    ("en", "Gemma Hughes", "with Gem", "NEAR"),
    ("en", "Mark Lane", "Mary laughs", "FREE"),
    ("en", "Maria Lane", "Mania laughs, Maxis too", "FREE"),
    ("pl", "Tomasz Kowalczyk", "Tomsz czeka", "NEAR"),
    ("pl", "Tomasz Kowalczyk", "Tomuś czeka", "NEAR"),
    ("pl", "Tomasz Kowalczyk", "widzi Tomeczka", "NEAR"),
    ("pl", "Tomasz Kowalczyk", "Tata Kowal czeka", "NEAR"),
    ("pl", "Kowalczyk", "to K owalczyk", "NEAR"),
    ("uk", "Оксана Коваленко", "Оскана каже", "NEAR"),
    ("uk", "Оксана Коваленко", "каже Окся", "NEAR"),
    # words that begin as its forms do
    ("pl", "Iga Lis", "Idzie rak", "FREE"),
    ("pl", "Iga Lis", "daj to Idze", "REFUSED"),
    ("uk", "Віра Мороз", "Вірю в тебе", "FREE"),
    ("uk", "Віра Мороз", "каже «Вірю»", "FREE"),
    ("uk", "Віра Мороз", "бачу Віру", "WAITS"),
    ("uk", "Сергій Мороз", "пісня «Серце»", "FREE"),
    ("uk", "Сергій Мороз", "місяць Серпень", "FREE"),
    ("uk", "Сергій Мороз", "бачу Сержика", "NEAR"),
    ("uk", "Оксана Мороз", "ковдра Оксамитова", "FREE"),
    # an Arabic title that is a surname, and parts of an address that are places to everybody
    ("ar", "السيد", "السيد أرنب", "WAITS"),
    ("ar", "فاطمة السيد", "السيد أرنب", "FREE"),
    ("ar", "فاطمة السيد", "عائلة السيد", "WAITS"),
    ("ar", "شارع المدرسة 12", "في المدرسة", "NEAR"),
    ("ar", "مدرسة الحديقة", "في الحديقة", "NEAR"),
    ("ar", "حي الجامع 5", "في الجامع", "NEAR"),
    ("ar", "شارع شباط 12", "في شباط", "NEAR"),
    ("ar", "14 شباط 2019", "في شباط", "NEAR"),
    ("uk", "Віра Мороз", "вона каже: Вірю", "FREE"),
    # a street with its house number alone
    ("pl", "ul. Ogrodowa 15/3", "Ogrodowa 15/3", "REFUSED"),
    ("pl", "ul. Ogrodowa 15/3", "na OGRODOWA 15", "REFUSED"),
    ("pl", "ul. Ogrodowa 15/3", "na Ogrodowej 15", "REFUSED"),
    ("pl", "ul. Ogrodowa 15/3", "ma 15 klocków", "FREE"),
    ("pl", "ul. 3 Maja 5", "święto 3 Maja", "FREE"),
    ("uk", "вул. Садова, 12, Київ", "Садова, 12", "REFUSED"),
    ("en", "14 Station Road, Leeds", "at 14 Station", "REFUSED"),
    ("en", "Flat 2, 14 Rose Lane", "at 14 Rose", "REFUSED"),
    ("en", "14 Rose Lane", "you counted 14 roses", "NEAR"),
    ("pl", "ul. Ogrodowa 15/3", "na Ogrod. 15/3", "NEAR"),
    ("pl", "ul. Ogrodowa 15/3", "ul. Ogr. 15", "NEAR"),
    ("en", "14 Station Road", "at 14 Stn Rd", "NEAR"),
    ("en", "14 Station Road", "14 Songs", "FREE"),
    ("en", "2019-05-12", "on May the 12th", "NEAR"),
    ("en", "2019-05-12", "the twelfth of May", "NEAR"),
    ("en", "2019-05-12", "May the twelfth", "NEAR"),
    ("en", "2019-05-12", "I may be the twelfth", "FREE"),
    ("en", "2021-05-21", "the twenty-first of May", "NEAR"),
    ("en", "2021-05-01", "the twenty-first of May", "FREE"),
    ("en", "2021-05-12", "in May 2021", "NEAR"),
    ("pl", "14.02.2019", "od 14 II 2019", "NEAR"),
    ("pl", "15.03.2021", "od 15.III.2021", "NEAR"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "entry", "text", "becomes"), TABLE)
def test_what_becomes_of_a_sentence(language: str, entry: str, text: str, becomes: str) -> None:
    assert standing(text, entry, language=language) == becomes


def test_a_short_name_by_which_the_pages_call_somebody_is_no_likeness() -> None:
    assert forbidden("Catherine Moss", called="Cathy").hits("Cathy waits") == []
    assert forbidden("Ben-Ali", called="B.").hits("and B. waits") == []


def test_the_table_has_every_language_on_offer() -> None:
    assert {row[0] for row in TABLE} >= {"en", "cy", "pl", "ro", "uk", "ar", "ur", "so", "fr", "es"}


NAME = st.text("abcdefghijklmnopqrstuvwxyzéłżșğаеїклорш", min_size=3, max_size=9).filter(
    lambda name: not is_word(name)
)
AROUND = st.sampled_from(["", "we saw ", "She waits. ", "“", "Mrs", "12", "(", "x: ", "¿"])


LANGUAGE = st.sampled_from(sorted({row[0] for row in TABLE}))


@settings(deadline=None)  # dictionaries take their time
@given(LANGUAGE, NAME, AROUND, st.sampled_from(["", " waits", "’s", "2019", "!", "_"]), st.data())
def test_no_name_that_is_no_word_passes(
    language: str, name: str, before: str, behind: str, data: st.DataObject
) -> None:
    """In any capitals, wherever it stands as a word of its own or behind a Mrs."""
    assume(not is_everyday_word(name, language))
    raised = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    typed = "".join(c.upper() if up else c for c, up in zip(name, raised, strict=True))
    if before == "Mrs":  # of a name as short as Ann only the capital tells where it begins
        typed = typed.capitalize() if len(name) < 4 else typed[0].upper() + typed[1:]
    text = f"{before}{typed}{behind}"
    assert standing(text, name.capitalize(), language=language) == "REFUSED"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hi. Will Mrs. Rose wait at St. Anne? Yes.", "Will Mrs. Rose wait at St. Anne?"),
        ("Tak. Will, Wiśniowa 8 m. 6, ul. Nowa. Nie.", "Will, Wiśniowa 8 m. 6, ul. Nowa."),
        ("Will waits, e.g. for E. Fox, approx. 5 times. No.", None),
        ("So did I. Will did. I do.", "Will did."),
        ("Mum said no. Will did, ok. I do.", "Will did, ok."),
        ("Так і я. Will тут, вул. Садова. Ні.", "Will тут, вул. Садова."),
    ],
)
def test_a_sentence_is_quoted_whole(text: str, sentence: str | None) -> None:
    whole = sentence or text.removesuffix(" No.")
    assert forbidden("Will").waiting_in([text]) == {whole: ["Will"]}


def test_a_sentence_is_what_waits() -> None:
    found = forbidden("Will", "May").waiting_in(
        ["He looked up.  Will Ash\nwait? You may.", "May Ash? We will."]
    )
    assert found == {"Will Ash": ["Will"], "May Ash?": ["May"]}


def test_a_fault_has_its_place_and_what_was_let_through_is_one_notice(quiet: Family) -> None:
    quiet.change(CASE, "[Featherstone]", "[Will, Adaeze Okafor]")
    quiet.change(CYCLE, "setting: Tea at home", "setting: what will be")
    quiet.change(CYCLE, 'strengths: ["You gave time."]', 'strengths: ["You will. Will Okafors?"]')
    report = load_case(quiet.directory).report
    [fault] = report.faults
    assert str(fault).endswith(
        "review.strengths 1 holds 'Okafor', a form or part of 'Adaeze Okafor', which case.yml "
        "forbids (never_show); take it out"
    )
    assert fault.line is not None
    [small] = [notice.message for notice in report.notices if "small letters" in notice.message]
    assert small.startswith("holds 'will' in small letters (also in line")


def test_a_field_that_names_somebody_is_never_a_word(quiet: Family) -> None:
    quiet.change(CASE, "[Featherstone]", "[Will]")
    quiet.change(CASE, "contact: sam@example.org", "contact: will@example.org")
    assert "practitioner.contact" in str(load_case(quiet.directory).report.faults)


def test_a_word_of_a_nursery_is_one_notice_in_all_its_forms(quiet: Family) -> None:
    quiet.change(CASE, "[Featherstone]", '["Przedszkole „Bajka”"]\nlanguage: pl')
    quiet.change(CYCLE, "setting: Tea at home", "setting: to jest bajka")
    quiet.change(CYCLE, 'strengths: ["You gave time."]', 'strengths: ["Z bajką. O bajce, bajki."]')
    told = [notice.message for notice in load_case(quiet.directory).report.notices]
    [one] = [message for message in told if "never_show" in message]
    assert one.startswith("holds 'bajka' (also in line")
