"""The words of resolutions: which verbs do what, and which words go with them.

Drawn from how the organs of the United Nations draft: operative paragraphs begin with a verb of
the organ in the present ("Requests"), in outcome documents with "We request", in decisions often
in the past ("Requested"), in lettered items in the bare form or the infinitive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CALL: Final = "call"
REQUEST: Final = "request"
ENCOURAGE: Final = "encourage"
INVITE: Final = "invite"
RECOGNISE: Final = "recognise"
NOTE: Final = "note"
REAFFIRM: Final = "reaffirm"
RECALL: Final = "recall"
WELCOME: Final = "welcome"
EMPHASISE: Final = "emphasise"
DECIDE: Final = "decide"
OTHER: Final = "other"


def word_set(text: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of the organ.

    ``asks``: it asks somebody to do something. ``lists``: an infinitive list may hang on it
    ("commits to promote … and encourage …"), so that a bare verb after it is no new clause.
    """

    lemma: str
    kind: str
    asks: bool = False
    lists: bool = False


def _s(base: str) -> str:
    if base.endswith(("s", "x", "ch", "sh")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _ed(base: str) -> str:
    if base in _PAST:
        return _PAST[base]
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


def _ing(base: str) -> str:
    if base in {"be", "see"}:
        return base + "ing"
    if base in {"commit", "recommit", "set", "regret", "refer"}:
        return base + base[-1] + "ing"
    if base.endswith("e"):
        return base[:-1] + "ing"
    return base + "ing"


_PAST: Final = {
    "take": "took",
    "draw": "drew",
    "pay": "paid",
    "bear": "bore",
    "commit": "committed",
    "recommit": "recommitted",
    "set": "set",
    "give": "gave",
    "see": "saw",
    "find": "found",
    "regret": "regretted",
    "refer": "referred",
    "undertake": "undertook",
    "begin": "began",
    "uphold": "upheld",
    "spare": "spared",
}

_ASKING: Final = {
    REQUEST: "request ask instruct direct entrust task",
    CALL: "call urge appeal exhort demand implore",
    ENCOURAGE: "encourage",
    INVITE: "invite",
    OTHER: "recommend",
}
_SAYING: Final = {
    RECOGNISE: "recognize recognise acknowledge",
    NOTE: "note observe take",
    REAFFIRM: "reaffirm reiterate affirm confirm renew recommit rededicate re-affirm repeat",
    RECALL: "recall",
    WELCOME: "welcome commend applaud congratulate thank appreciate praise pay hail salute",
    EMPHASISE: (
        "emphasize emphasise stress underline underscore highlight re-emphasize re-emphasise "
        "draw accentuate restress"
    ),
    OTHER: (
        "express regret deplore condemn denounce look consider support remain continue remind "
        "believe expect intend await concur share reject refer declare proclaim object "
        "regard deem see understand remember pay hope wish suggest "
        "is reserve strive protest advise advocate communicate forward refrain "
        "disapprove deprecate censure assure uphold respect promote"
    ),
}
_DECIDING: Final = (
    "decide resolve adopt approve endorse authorize authorise establish agree determine designate "
    "accept commit pledge undertake elect appoint extend mandate conclude aim launch "
    "vow dedicate reauthorize appropriate apportion"
)


def _forms() -> tuple[dict[str, Verb], dict[str, Verb], dict[str, Verb], dict[str, Verb]]:
    third: dict[str, Verb] = {}
    bare: dict[str, Verb] = {}
    past: dict[str, Verb] = {}
    gerund: dict[str, Verb] = {}

    def add(base: str, verb: Verb) -> None:
        third.setdefault(_s(base), verb)
        bare.setdefault(base, verb)
        past.setdefault(_ed(base), verb)
        gerund.setdefault(_ing(base), verb)

    for kind, words in _ASKING.items():
        for base in words.split():
            add(base, Verb(base, kind, asks=True))
    for base in _DECIDING.split():
        add(base, Verb(base, DECIDE, lists=True))
    for kind, words in _SAYING.items():
        for base in words.split():
            add(base, Verb(base, kind))
    third["is"] = bare["are"] = Verb("be", OTHER)
    for table in (third, bare):
        table.pop("iss", None)
    return third, bare, past, gerund


THIRD, BARE, PAST, GERUND = _forms()

# Heads that stand at the beginning of a paragraph only: too common within one to end a clause.
ONLY_FIRST: Final = word_set(
    "is are continue see regard deem hope wish aim share set support promote respect uphold "
    "launch extend consider conclude establish determine designate adopt accept appropriate "
    "advise refer object forward await intend expect believe understand refrain communicate "
    "observe remain strive reserve promise elect appoint take pay draw look find agree approve "
    "undertake"
)

ADVERBS: Final = word_set(
    "also further again strongly once more moreover however therefore accordingly thus hereby "
    "furthermore additionally too likewise similarly finally lastly simultaneously deeply "
    "gravely seriously particularly especially highly warmly firmly fully sincerely still yet "
    "nevertheless nonetheless consequently equally urgently solemnly categorically "
    "unequivocally vigorously respectfully kindly cordially repeatedly now today here "
    "specifically notably expressly explicitly always then formally duly profoundly jointly "
    "earnestly reverently instead subsequently collectively"
)

# "in this regard", "to that end": (first word, second words, third words).
CONNECTIVE_FIRST: Final = frozenset({"in", "to", "for", "with", "on", "of", "at"})
CONNECTIVE_SECOND: Final = frozenset({"this", "that", "these", "those", "such", "its", "the"})
CONNECTIVE_THIRD: Final = word_set(
    "regard respect context connection end ends light spirit vein purpose effect aim view "
    "endeavour basis manner occasion matter same"
)

EMOTIONS: Final = word_set(
    "appreciation satisfaction concern interest regret gratitude alarm pleasure dismay anxiety "
    "thanks indignation sadness sorrow outrage approval hope pride disappointment consternation "
    "sympathy admiration respect joy relief unease apprehension encouragement great deep grave "
    "serious utmost profound keen particular"
)

# Nouns that belong to the opening: "Reaffirms its commitment", "Expresses its appreciation".
COMPLEMENTS: Final = word_set(
    "commitment commitments request call appeal invitation appreciation gratitude concern "
    "concerns support demand condemnation thanks satisfaction intention determination readiness "
    "resolve willingness solidarity conviction regret hope sympathy condolences encouragement "
    "recommendation belief confidence admiration alarm dismay disappointment outrage pride "
    "indignation grief sorrow sadness need expectation desire view opposition rejection "
    "congratulations best interest anxiety profound strong deep grave serious full"
)

ASKING_NOUNS: Final = {
    "request": REQUEST,
    "requests": REQUEST,
    "call": CALL,
    "calls": CALL,
    "appeal": CALL,
    "demand": CALL,
    "demands": CALL,
    "invitation": INVITE,
    "invitations": INVITE,
    "encouragement": ENCOURAGE,
}

PASSIVE: Final = {
    "urged": CALL,
    "called": CALL,
    "requested": REQUEST,
    "encouraged": ENCOURAGE,
    "invited": INVITE,
    "asked": REQUEST,
    "instructed": REQUEST,
}

MODALS: Final = word_set("shall should must may will can")

# Words after "to" that are no infinitive.
NOT_INFINITIVE: Final = word_set(
    "the a an its their his her our your my this that these those all which whom whose any each "
    "such other both it them him us you me one two three four five six several many some no "
    "every in on of at by with within and or for from as to if what when where whether more "
    "most less armed food human measures existing bilateral multilateral freedom treaties "
    "development discrimination education information countries efforts paragraph paragraphs "
    "provisions conflict conflicts resolution resolutions article articles international "
    "regional national local relevant common individual good sustainable arms similar people "
    "peoples persons women men children girls boys youth society states governments "
    "stakeholders peace security justice health water energy work-related trade technology "
    "technologies data services knowledge life climate violence terrorism racism poverty hunger "
    "disasters disaster affected integrated appropriate social economic political public "
    "private civil global world humanity mankind victims refugees migrants various different "
    "certain current future new previous past recent specific particular potential possible "
    "adequate effective quality markets finance resources capital credit land property "
    "employment decent equal full and/or date itself themselves himself herself infringements "
    "zero universal"
)
NOT_INFINITIVE_ENDINGS: Final = (
    "tion",
    "tions",
    "ness",
    "ity",
    "ities",
    "ism",
    "ous",
    "ical",
    "ional",
    "ental",
    "ments",
    "ing",
    "ance",
    "ence",
    "ships",
    "ship",
)
INFINITIVE_ALTHOUGH: Final = word_set(
    "apportion commence sequence sanction bring function mention position condition commission "
    "petition partition station auction caution question finance advance influence enhance "
    "balance reference sentence experience distance freelance evidence ration ring sing cling "
    "swing spring"
)

# "States able to", "in order to": the infinitive belongs to the word before it.
TAKES_INFINITIVE: Final = word_set(
    "yet able position wishing seeking willing order as ready failed fail fails continue "
    "continues committed need needs right efforts effort measures used required unable likely "
    "aims aim intended opportunity commitment commitments obligation obligations steps capacity "
    "ability abilities capacities intention desire designed trying attempting beginning going "
    "entitled eligible authorized having has have had continuing striving wish wishes decided "
    "agreed working means way ways refusing aiming attempts expected planning intending action "
    "actions desiring applying prepared called sought seek determined empowered mandated"
)

# Base forms after "that X" ("requests that the Secretary-General submit").
BASE_VERBS: Final = word_set(
    "be have do take give make submit report provide continue ensure consider keep present "
    "prepare convene hold establish develop include adopt strengthen promote implement support "
    "work participate contribute cooperate undertake review conduct address cease refrain "
    "comply respect allow facilitate desist withdraw release end stop pay bring carry put "
    "update appoint transmit inform examine assess explore identify enhance increase allocate "
    "maintain pursue seek invite request engage act follow use share issue finalize complete "
    "reflect remain become receive apply set study appear focus serve go come meet invest "
    "reduce eliminate protect build create designate nominate fulfil honour abide commit accede "
    "ratify sign intensify accelerate mainstream integrate extend expand exercise immediately "
    "not urgently fully also further promptly brief circulate launch organize"
)

# What an addressee is: the head noun of who is asked.
ACTORS: Final = word_set(
    "regime staff personnel troops components kingdom republic military state states government "
    "governments party parties stakeholder stakeholders country countries nation nations people "
    "peoples member members organ organs organization organizations organisation organisations "
    "entity entities agency agencies fund funds programme programmes program commission "
    "commissions committee committees subcommittee council councils board boards body bodies "
    "mechanism mechanisms facilitator facilitators co-facilitators donor donors partner "
    "partners institution institutions institute institutes community communities sector "
    "sectors society societies academia women men youth girls boys persons individuals citizens "
    "office offices commissioner rapporteur rapporteurs director directors secretary "
    "secretaries secretary-general president presidents presidency chair chairs chairperson "
    "chairpersons chairman co-chairs bureau bureaux secretariat secretariats system group "
    "groups forum forums fora union unions bank banks assembly assemblies conference team teams "
    "coordinator coordinators authority authorities administration administrator "
    "administrations ministry ministries minister ministers parliament parliaments "
    "parliamentarians legislators actors actor those industry industries business businesses "
    "enterprise enterprises company companies corporations corporation association associations "
    "foundation foundations philanthropies partnership partnerships alliance alliances "
    "coalition coalitions network networks initiative envoy representative representatives "
    "adviser advisor expert experts panel panels tribunal court courts judges prosecutors "
    "lawyers registrar division department departments section unit units mission missions "
    "operation operations force forces contingents university universities schools researchers "
    "scientists scholars educators teachers employers workers manufacturers producers providers "
    "operators platforms developers leaders leadership practitioners media journalists "
    "publishers charities philanthropists investors creditors shareholders lenders insurers "
    "cities municipalities mayors regions territories territory power powers movement movements "
    "delegation delegations delegates participants contributors signatories applicants "
    "laureates constituencies groupings federation confederation centre centres center academy "
    "observatory laboratory service services inspector auditors auditor ombudsman ombudspersons "
    "counsel holder holders mandate-holders procedures procedure focal points point consortium "
    "chamber chambers command commander population populations internationally troika quartet "
    "facility directorate high-level executives executive heads head chief chiefs inspectorates "
    "hospitals libraries museums regulators registries registrars registry signatory he she it "
    "them they others all everyone anyone ones combatants rebels militias militia army "
    "opposition junta dprk drc icao imo unodc ohchr undp unhcr unicef wfp who fao unesco itu "
    "unctad unep unido un-women ilo imf wto wipo"
)
# Heads that lean on the words before them: "agencies, funds and programmes".
DEPENDENT: Final = word_set(
    "organ organs body bodies entity entities agency agencies fund funds programme programmes "
    "mechanism mechanisms forum forums fora organization organizations institution institutions "
    "bureau office offices procedures groups networks processes instruments initiatives "
    "arrangements territories departments commissions committees services partnerships "
    "platforms companies enterprises authorities associations units centres conferences "
    "missions regions coalitions"
)
ABSTRACT: Final = word_set(
    "input inputs feedback time effort efforts measure measures step steps action actions use "
    "work support dialogue focus cooperation collaboration implementation development "
    "establishment strengthening policies policy strategy strategies contributions contribution "
    "increase access investment investments participation continuation conclusion conclusions "
    "attention progress need needs process processes priority research assistance training "
    "exchange sharing creation adoption return release end cessation ceasefire approach "
    "approaches plan plans resources funding means commitment commitments engagement reform "
    "reforms withdrawal solution solutions respect role inclusion integration promotion "
    "protection expansion application opportunities ways activities proposals views comments "
    "legislation laws data recommendations report reports consultations discussion discussions "
    "negotiations improvement improvements alignment synergies"
)
ABSTRACT_ENDINGS: Final = (
    "tion",
    "tions",
    "ment",
    "ments",
    "ness",
    "ance",
    "ence",
    "ings",
    "sion",
    "sions",
    "ship",
    "ships",
    "ity",
    "ities",
    "ism",
    "ing",
)
DETERMINERS: Final = frozenset({"the"})

# Words that end the head of a noun phrase.
AFTER_HEAD: Final = word_set(
    "contained of for on in to from with by that which who whose whom at under within concerned "
    "involved as among between against into upon including represented party mentioned listed "
    "present based able outside beyond throughout across worldwide alike where when not without "
    "other-than via through over towards after before responsible accredited established "
    "interested themselves itself capable affected having"
)
ADJECTIVES: Final = word_set(
    "developed developing public private bilateral multilateral regional subregional "
    "international national local global governmental intergovernmental non-governmental "
    "relevant specialized other interested concerned academic technical scientific humanitarian "
    "economic social civil political administrative financial commercial industrial "
    "philanthropic religious traditional interregional nongovernmental nuclear-weapon emerging "
    "existing competent appropriate new bretton federal municipal central subnational domestic "
    "transnational multinational judicial legislative executive parliamentary professional "
    "small medium large micro- small- micro medium-sized educational cultural linguistic ethnic "
    "host transit origin destination faith-based community-based women-led youth-led business "
    "high- middle- low-income triangular urban rural coastal environmental medical legal "
    "digital statistical monetary non-state troop- police-contributing police troop donor "
    "recipient sending receiving flag port"
)

# Words that begin something between commas that is not who is asked.
ADVERBIAL: Final = word_set(
    "among in within as at by through with upon on where when while if taking working acting "
    "under for pursuant consistent subject inter during from without after before given noting "
    "bearing recalling using building drawing once until unless based having to per via "
    "notwithstanding following according should whenever wherever because since so despite "
    "irrespective regardless respecting utilizing making guided mindful jointly individually "
    "collectively together whether either recognizing emphasizing welcoming stressing also "
    "further therefore accordingly again strongly not"
)
# Those that may run on over further commas: "with A, B and C", "in consultation with A, B and C".
LISTING_WORDS: Final = word_set("with by through among between from together including using via")
LISTING_NOUNS: Final = word_set(
    "consultation cooperation collaboration coordination partnership conjunction close concert "
    "dialogue full particular co-operation association contact"
)
NAMING: Final = word_set("including especially particularly notably")

# Gerunds that begin a remark of the organ, not part of what is asked.
REMARKS: Final = word_set(
    "noting recognizing recognising acknowledging emphasizing emphasising stressing underlining "
    "underscoring recalling reaffirming welcoming reiterating affirming expressing commending"
)

ABBREVIATIONS: Final = word_set(
    "no nos para paras mr ms mrs dr vol vols chap art arts st vs sect sects ed eds e.g i.e cf "
    "fig rev add corr approx prof gen inc ltd co sr jr e g i p pp s res"
)

# The organs that speak of themselves by name ("The Security Council requests …").
SPEAKERS: Final = word_set(
    "council assembly committee commission conference board meeting parties party forum bureau "
    "congress plenary subcommittee body group"
)

# "is deeply concerned", "remain committed".
STATES: Final = word_set(
    "concerned seized alarmed committed convinced encouraged determined aware conscious mindful "
    "confident resolved dismayed appalled grateful united guided"
)
