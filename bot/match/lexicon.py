"""The closed word lists behind the findings, as folded words (`bot.text`).

A list is closed when a grammar book can print it whole: auxiliaries, pronouns, determiners, connectives. Open classes
(verbs, nouns) are not listed, apart from short lists of opposites, units and calendar words, where one word for another
changes what is said. Sources: Quirk et al., "A Comprehensive Grammar of the English Language", chapters 3, 5, 6 and 8.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _set("not never no nobody none nothing nowhere neither nor without hardly scarcely barely")
"""Words that turn a statement round. "n't" is folded to "not"."""

MODALS = _set("will would shall should can could may might must ought")
AUXILIARIES = MODALS | _set("do does did is are was were be been has have had")
HEDGES = _set(
    "probably possibly perhaps maybe likely unlikely apparently allegedly reportedly supposedly seemingly presumably"
    " potentially arguably almost nearly partly somewhat"
)
"""Adverbs with which a speaker, or a reporter, holds back."""

CONDITIONS = _set("if unless provided providing assuming except")
CONTRASTS = _set("but however although though yet nevertheless despite")

FOLLOWING = CONDITIONS | HEDGES | _set("but however although though not only")
"""Words that qualify what stands before them: a claim that stops just before one is cropped."""

LIMITS = CONDITIONS | _set("only not")
"""What "and" and "but" lead in when they qualify."""

NEXT_SENTENCE = LIMITS - {"if", "not", "provided"} | {"however"}
"""The same where a full stop stands between: fewer, since a new "If …" is a statement of its own."""

PRECEDING = NEGATIONS | HEDGES | _set("if unless whether")
"""Words that qualify what stands after them: a claim that starts just after one is cropped."""

QUANTIFIERS = _set(
    "all every each most many much some few several any both half only more less fewer least always often sometimes"
    " never seldom rarely majority minority everyone everybody everything someone somebody something"
)

SETTING_QUANTIFIERS = _set("all every each most many some few several only always often sometimes half")
"""Those that change how much is said where they alone are put in or left out."""

PERSONS: dict[str, str] = {
    word: person
    for person, listed in {
        "first singular": "i me my mine myself",
        "first plural": "we us our ours ourselves",
        "second": "you your yours yourself yourselves",
        "third masculine": "he him his himself",
        "third feminine": "she her hers herself",
        "third neuter": "it its itself",
        "third plural": "they them their theirs themselves",
    }.items()
    for word in listed.split()
}
"""Each personal pronoun and possessive with the person it stands for."""

FUNCTION_WORDS = (
    _set(
        "a an the this that these those there here of to in on at by for from with as into onto upon over under about"
        " and or so than then too very just also is are was were be been being am has have had having do does did"
        " doing done will would shall should can could may might must it its he him his she her they them their we us"
        " our i me my you your who whom whose which what when where how why if but not no yes such own same other"
        " out up down off again once s t"
    )
    | NEGATIONS
    | frozenset(PERSONS)
)
"""Words that carry grammar rather than content; leaving one out weighs less."""

LEMMAS: dict[str, str] = {
    form: forms.split()[0]
    for forms in (
        "be is are was were been being am",
        "have has had having",
        "do does did done doing",
        "go goes went gone going",
        "say says said saying",
        "make makes made making",
        "get gets got gotten getting",
        "take takes took taken taking",
        "come comes came coming",
        "know knows knew known knowing",
        "give gives gave given giving",
        "see sees saw seen seeing",
        "think thinks thought thinking",
        "find finds found finding",
        "tell tells told telling",
        "leave leaves left leaving",
        "feel feels felt feeling",
        "bring brings brought bringing",
        "begin begins began begun beginning",
        "keep keeps kept keeping",
        "hold holds held holding",
        "write writes wrote written writing",
        "stand stands stood standing",
        "lose loses lost losing",
        "pay pays paid paying",
        "meet meets met meeting",
        "run runs ran running",
        "speak speaks spoke spoken speaking",
        "lead leads led leading",
        "grow grows grew grown growing",
        "fall falls fell fallen falling",
        "send sends sent sending",
        "build builds built building",
        "break breaks broke broken breaking",
        "spend spends spent spending",
        "rise rises rose risen rising",
        "buy buys bought buying",
        "sell sells sold selling",
        "fight fights fought fighting",
        "teach teaches taught teaching",
        "man men",
        "woman women",
        "child children",
        "person people persons",
        "this these",
        "that those",
        "a an",
    )
    for form in forms.split()
}
"""Irregular forms of common words, each with the form that stands for all."""

BACKSHIFT: dict[str, str] = {
    "would": "will",
    "could": "can",
    "might": "may",
    "should": "shall",
    "was": "is",
    "were": "are",
    "had": "have",
    "did": "do",
    "has": "have",
    "then": "now",
    "there": "here",
    "that": "this",
    "those": "these",
    "am": "is",
    "are": "is",
}
"""What indirect speech makes of a speaker's own words: "we will" becomes "they would"."""


def _pairs(text: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split("/")) for pair in text.split("; "))


OPPOSITES = _pairs(
    "still/no longer; on/off; in/out; more/less; more/fewer; most/least; always/never; for/against; with/without;"
    " support/oppose;"
    " supports/opposes; supported/opposed; accept/reject; accepts/rejects; accepted/rejected; increase/decrease;"
    " increased/decreased; increase/cut; raise/cut; raise/lower; raised/lowered; rise/fall; rises/falls;"
    " rose/fell; up/down; higher/lower; high/low; before/after; true/false; right/wrong; good/bad; better/worse;"
    " best/worst; win/lose; won/lost; open/close; opened/closed; open/closed; start/stop; begin/end; began/ended;"
    " allow/ban; allowed/banned; allow/forbid; approve/reject; approved/rejected; strong/weak; stronger/weaker;"
    " strengthen/weaken; safe/dangerous; safer/riskier; success/failure; succeed/fail; succeeded/failed;"
    " guilty/innocent; guilty/not guilty; early/late; earlier/later; first/last; 1st/last; everyone/nobody;"
    " everything/nothing; all/none; all/no; some/no; any/no; above/below; over/under; deny/confirm;"
    " denied/confirmed; denies/confirms; love/hate; loved/hated; already/not yet; buy/sell; bought/sold;"
    " gain/loss; profit/loss; peace/war; friend/enemy; friends/enemies; ally/enemy; allies/enemies;"
    " ready/unwilling; can/cannot; include/exclude; included/excluded; agree/disagree; agreed/refused;"
    " accept/refuse; accepted/refused; keep/abandon; stay/leave; remain/leave; yes/no; minimum/maximum;"
    " maximum/minimum; short/long; quick/slow; public/private; hot/cold; easy/hard; rich/poor; left/right;"
    " north/south; east/west; new/old; young/old"
)
"""Words whose exchange turns the sense round."""

NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti")

ENDINGS = frozenset({""}) | _set("s es ed d ing e er ers est ly al 's y ies ied ion ions ation")
"""What regular forms of one word differ by."""

UNITS = _set(
    "second seconds minute minutes hour hours day days week weeks month months year years decade decades century"
    " centuries meter meters kilometer kilometers mile miles foot feet inch inches yard yards acre acres hectare"
    " hectares gram grams kilogram kilograms kilo kilos ton tons tonne tonnes pound pounds ounce ounces liter liters"
    " gallon gallons barrel barrels degree degrees percent percentage point points dozen hundred hundreds thousand"
    " thousands million millions billion billions trillion trillions quarter quarters half third thirds twice double"
    " triple milliliter milliliters centiliter centiliters millimeter millimeters centimeter centimeters milligram"
    " milligrams microgram micrograms kilowatt kilowatts watt watts megawatt megawatts gigawatt gigawatts"
)

CALENDAR = _set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september october november december yesterday today tomorrow tonight spring summer autumn winter"
)
""""May" is missing: it is a modal more often than a month."""

FILLERS = _set("um uh er erm ah oh hmm mm uhm")
FILLER_PHRASES = frozenset({"you know", "i mean", "kind of", "sort of", "well", "you see", "so", "like", "look"})

PLACES = _set(
    "afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bangladesh belarus"
    " belgium bolivia bosnia brazil britain bulgaria cambodia cameroon canada chile china colombia congo croatia cuba"
    " cyprus denmark ecuador egypt england estonia ethiopia europe finland france gaza georgia germany ghana greece"
    " guatemala guinea haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan"
    " jordan kazakhstan kenya korea kosovo kuwait laos latvia lebanon libya lithuania luxembourg macedonia madagascar"
    " malaysia mali malta mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands"
    " nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar"
    " romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland"
    " syria taiwan tanzania thailand tunisia turkey uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen"
    " zambia zimbabwe africa asia london paris berlin moscow kyiv kiev beijing brussels washington madrid rome tokyo"
    " us usa uk eu un nato"
)
"""Countries and capitals: names even where a sentence begins with them, which case alone does not tell."""

TITLES = _set(
    "mr mrs ms miss dr prof professor sir dame lord lady president minister premier chancellor senator governor mayor"
    " general admiral colonel captain secretary judge justice king queen prince princess pope bishop archbishop rev"
    " chief coach spokesman spokeswoman spokesperson representative congressman congresswoman ambassador"
)
"""What stands before a name and is not part of it."""

NAME_PARTICLES = _set("a an the of for de la el and 's")

SOMEBODYS = _set("administration government campaign office camp cabinet team ministry family foundation lawyers aides")
"""What makes another speaker of the name before it."""
