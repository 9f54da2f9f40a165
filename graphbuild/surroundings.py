"""What the words around a name say of its class, where they leave no doubt: a dateline, a title before it, a noun for a firm, "which"."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from graphbuild.datelines import dateline_end
from graphbuild.gazetteer import Entry, Gazetteer
from graphbuild.language.index import words_between
from graphbuild.names import family
from graphbuild.speech import SAY
from graphbuild.thingnames import is_hull_number

_FIRMS = frozenset(
    "firm company bank producer maker manufacturer developer operator airline carrier brewer retailer shipbuilder publisher supplier contractor"
    " conglomerate miner utility insurer lender start-up startup bottler refiner automaker carmaker drugmaker chipmaker steelmaker supermarket chain"
    " consultancy brewery shipyard exporter importer".split()
)
"""Nouns that firms are called."""
_FIRMS_OR_PEOPLE = frozenset("developer publisher contractor brewer miner".split())
"""Those of them that a man or woman may be called, too: "the developer Ana Lind"."""
_CALLED = frozenset(
    "businessman businesswoman businessperson tycoon magnate oligarch entrepreneur industrialist financier philanthropist billionaire millionaire investor"
    " shipowner landowner hotelier restaurateur owner founder co-founder heir heiress banker lawyer engineer architect economist historian scientist"
    " physicist chemist biologist botanist philosopher sociologist anthropologist archaeologist journalist reporter columnist broadcaster commentator"
    " poet novelist writer author playwright painter sculptor composer musician singer actor actress comedian director conductor footballer striker"
    " activist campaigner dissident politician lawmaker senator diplomat judge prosecutor priest monk nun cleric imam preacher professor lecturer teacher"
    " student doctor surgeon nurse farmer soldier sailor widow widower son daughter brother sister husband wife father mother nephew niece cousin"
    " uncle aunt grandson granddaughter grandfather grandmother man woman boy girl citizen national".split()
)
"""Nouns right before a name that only people are called: "the shipowner Ana Lind"."""
_KINDS = {
    noun: label
    for label, nouns in {
        "MediaOrganization": "newspaper daily weekly tabloid broadcaster magazine",
        "Vehicle": "frigate destroyer corvette submarine warship vessel tanker freighter ship trawler cruiser ferry",
        "Weapon": "missile",
        "Event": "exercise cyclone hurricane typhoon",
        "Facility": "airport prison refinery",
        "City": "town village",
        "Region": "province peninsula",
    }.items()
    for noun in nouns.split()
}
"""Nouns right before a name that say what it is: "the frigate Essen", "the daily Hay Lur"."""
_RENAMED = _KINDS | {
    noun: label
    for label, nouns in {
        "Person": "operative facilitator recruiter emir bombmaker cleric preacher propagandist financier smuggler jihadist",
        "MediaOrganization": "paper broadsheet station website",
        "Weapon": "rocket howitzer interceptor torpedo warhead grenade mortar",
        "Event": "drill manoeuvre maneuver storm earthquake tournament festival holiday conference summit wargame operation",
        "Organization": "university college foundation charity ngo federation association club institute academy",
        "PoliticalParty": "party",
        "Facility": "base airbase airfield airport camp jail dam plant hospital stadium barracks port harbour harbor bridge pipeline",
        "City": "city capital",
        "Region": "region district governorate county oblast",
        "Place": "island islet river lake valley mountain strait reef shoal sea bay desert gorge reservoir lagoon street square neighbourhood neighborhood",
    }.items()
    for noun in nouns.split()
}
"""Nouns that say so behind a comma or a form of "be", too: "Balikatan, their annual exercise", "Essen is a frigate"."""
_RENAMING = ("appos", "flat", "nmod:desc")
_GROUPS = {
    word: label
    for label, words in {
        "ArmedGroup": "rebel militant armed terrorist terror jihadist separatist insurgent guerrilla extremist paramilitary",
        "Organization": "rights aid advocacy campaign lobby pressure relief environmental civic",
    }.items()
    for word in words.split()
}
"""What stands before "group" or "organisation" where that says of which kind they are."""
_BEHIND = {
    **dict.fromkeys("missile rocket howitzer torpedo".split(), "Weapon"),
    **dict.fromkeys("drill exercise".split(), "Event"),
    **dict.fromkeys("region province district governorate county oblast".split(), "Region"),
    **dict.fromkeys("valley river reservoir lagoon strait peninsula mountains gorge street square road heights".split(), "Place"),
    **dict.fromkeys("base airbase airfield barracks prison jail harbour harbor shipyard refinery camp compound intake plant mine".split(), "Facility"),
}
"""Nouns right behind a name that say what it names, unless it is known as something else."""
_NAMED_BEHIND = {"Weapon": ("Vehicle",), "Event": ("Vehicle", "Agreement"), **dict.fromkeys(("Region", "Place", "Facility"), ("City", "Person"))}
_NO_RULERS = frozenset(("ArmedGroup", "MilitaryForce", "GovernmentBody", "Region", "City", "Place", "Organization", "Facility", "Company"))
"""Classes that a ruler is taken for."""
_SITES = {
    **dict.fromkeys("town city village outskirts outskirt suburb vicinity".split(), "City"), **dict.fromkeys("province governorate county".split(), "Region"),
}  # fmt: skip
"""Nouns that say before "of" which kind of place has a name."""
_THINGS = frozenset(("City", "Region", "Place", "Facility", "Vehicle", "Weapon", "Event", "Agreement", "Work"))
_FOR_SHIPS = frozenset(("Person", "City", "Region", "Place", "Organization", "Company", "Facility", "MilitaryForce", "GovernmentBody"))
"""Classes that the names of ships are taken for."""
FOR_PEOPLE = frozenset(("Company", "Organization", "City", "Region", "Place", "Facility", "Vehicle", "PoliticalParty", "ArmedGroup", "MediaOrganization"))
"""Classes that people with rare names are taken for."""
_ACRONYM = (3, 6)
"""Letters of the shortest and longest acronym that is told by its capitals."""
_FIGHTERS = frozenset("elements militants fighters insurgents jihadists gunmen".split())
"""Nouns before "of" for the men of an armed group."""
_LONGEST_PERSON = 4
_WELL_KNOWN = 30_000
"""People in a city from which its name is more likely meant than a namesake's."""
_STUDY = frozenset("study educate graduate teach read degree doctorate professor lecturer student graduate diploma law".split())
_BOOKS = frozenset("book novel memoir booklet history biography poem collection volume essay".split())
_BRINGING = frozenset("publish bring issue".split())
_BODIES = {"Country", "Alliance", "Organization", "GovernmentBody", "MilitaryForce", "ArmedGroup", "PoliticalParty", "Company"}
_TRADES = frozenset(
    "motors airlines airways holdings industries energy technologies pharmaceuticals pharma shipping mining petroleum insurance logistics foods electronics"
    " steel cement telecom shipyards aerospace semiconductors invest capital partners homes properties estates ventures investments brands foodstuffs".split()
)
"""Last words of names of firms."""
_OF_FIRMS = frozenset("executive ceo shareholder subsidiary workforce turnover revenue takeover acquisition share profit stake".split())
"""Nouns for what only firms have or suffer."""
_OF_BODIES = frozenset(
    "treasurer chairman chairwoman chairperson board co-founder cofounder founder shareholder member membership secretary-general secretariat ceo subsidiary"
    " employee staffer payroll boardroom chapter affiliate workforce takeover".split()
)
"""Nouns for who and what only bodies have: nobody is the treasurer of a person."""
_SHARES = frozenset("stake share shareholding holding invest investment".split())
"""What one has, or does, in firms."""
_MAKING = frozenset("found co-found cofound".split())
"""Verbs for what is done to bodies, never to people."""
_BODIES_BEHIND = {
    **dict.fromkeys("coalition bloc".split(), "Alliance"),
    **dict.fromkeys("union federation foundation charity ngo consortium association institute".split(), "Organization"),
    **dict.fromkeys("company firm".split(), "Company"),
    **dict.fromkeys("newspaper daily weekly broadcaster tabloid".split(), "MediaOrganization"),
    "party": "PoliticalParty",
}
"""Nouns right behind a name, and the article before it, that say what it names: "the Umoja coalition"."""
_LEGAL_FORMS = frozenset("llp llc ltd plc inc corp gmbh asa sa nv ag ab oyj spa srl pty".split())


_DELIBERATE = SAY | frozenset(
    "accuse condemn denounce reject refuse urge demand threaten sign agree recognise recognize back support endorse expel summon recall sanction impose"
    " deploy send criticise criticize blame want welcome thank praise invite appoint name nominate consider oppose decide propose seek resign"
    " hope intend plan meet telephone phone visit congratulate apologise apologize brief".split()
)
"""Verbs for what only people, and those who stand for them, decide on."""
KIN = frozenset(
    "wife husband widow widower partner fiancé fiancée fiance fiancee son daughter brother sister sibling twin mother father parent grandson granddaughter"
    " grandmother grandfather nephew niece cousin uncle aunt son-in-law daughter-in-law father-in-law mother-in-law brother-in-law sister-in-law stepson"
    " stepdaughter stepfather stepmother half-brother half-sister child baby".split()
)
"""Nouns for whom somebody is related to."""
_TAKEN = frozenset("recapture retake liberate besiege overrun shell bombard encircle evacuate reclaim reconquer".split())
"""Verbs for what is done to towns."""
_SLAYING = frozenset("kill murder assassinate slay".split())
"""Verbs for what is not done to the towns that are called "Abu …", too."""
_PATIENTS = frozenset("arrest jail imprison extradite sentence marry interrogate handcuff behead".split())
"""Verbs for what is done to people only."""


def _has_hull_number(doc: Doc, end: int) -> bool:
    """Tell whether the number of a ship stands in brackets behind a name: "the cutter Ana Lind (WPC 1147)"."""
    if end + 2 >= len(doc) or doc[end].text != "(":
        return False
    close = next((i for i in range(end + 2, min(end + 5, len(doc))) if doc[i].text == ")"), None)
    return close is not None and any(c.isdigit() for c in doc[close - 1].text) and is_hull_number(words_between(doc, end + 1, close))


def is_deliberate(verb: Token) -> bool:
    """Tell whether a verb in the active says what only people decide on."""
    return verb.pos_ == "VERB" and verb.lemma_.lower() in _DELIBERATE and not any(c.dep_ == "aux:pass" for c in verb.children)


def class_in_context(doc: Doc, start: int, end: int, label: str, gazetteer: Gazetteer) -> str:
    """Return the class of the name in tokens `start:end`, given that which its own words have: `label`."""
    if _opens_dateline(doc, start, end):
        return "City" if family(label) in ("person", "organization") else label
    if _is_title_of(doc, start, end, label, gazetteer):
        return "Position"
    if label in _FOR_SHIPS and _has_hull_number(doc, end):
        return "Vehicle"
    told = _kind_before(doc, start, end) or _kind_told(doc, start, end) if label not in ("Position", "Country") else None
    known = gazetteer.lookup(words_between(doc, start, end))
    if told is not None and family(told) == "place" and known and all(e.type == "ArmedGroup" for e in known):
        told = None  # a description of the city beside it: "fighters of the Northern Front outside Bam, the second-largest city"
    kind = told or _kind_behind(doc, end, label, known)
    return kind if kind is not None else _class_by_deeds(doc, start, end, label, gazetteer)


def _class_of_site(doc: Doc, start: int, end: int, label: str) -> str | None:
    """Return the class of a place that was taken for somebody, by the noun before "of" or the places beside it: "the town of Issa", "in Zumar and Hit"."""
    if label not in ("Person", "Organization", "Company", "PoliticalParty"):
        return None
    before = doc[start - 2].lemma_.lower() if start > 1 and doc[start - 1].lower_ == "of" else ""
    if before in _SITES:
        return _SITES[before]
    first = doc[start:end].root
    if first.dep_ != "conj" or end - start > 1:
        return None
    while first.dep_ == "conj":
        first = first.head
    within = first.dep_ in ("nmod", "obl") and any(c.dep_ == "case" and c.lower_ == "in" for c in first.children)
    return "City" if within and first.ent_type_ in ("City", "Region", "Place") else None


def _class_by_deeds(doc: Doc, start: int, end: int, label: str, gazetteer: Gazetteer) -> str:
    """Return the class that shows in what is done with, or at, what a name stands for."""
    told = _body_in_context(doc, start, end, label) or _class_of_site(doc, start, end, label) or _class_as_called(doc, start, end, label, gazetteer)
    if told is not None:
        return told
    if label in ("Company", "Person", "City") and _is_studied_at(doc, start, end, label):
        return "Organization"
    if label in _NO_RULERS and _is_ruler(doc, start, end, gazetteer):
        return "Person"
    if label == "MediaOrganization" and _brings_books_out(doc, start, end):
        return "Company"
    if label == "Person" and (fallen := _class_of_fallen(doc, start, end, gazetteer) or _body_by_what_it_has(doc, start, end, gazetteer)) is not None:
        return fallen
    if (label in _THINGS or family(label) == "organization") and _is_treated_as_person(doc, start, end, label, gazetteer):
        return "Person"
    if family(label) in ("organization", "place") and _bears_title(doc, start, end, gazetteer):
        return "Person"
    return (_area(doc, start, end, gazetteer) or label) if label == "City" else label


def _area(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> str | None:
    """Return the class of what is no city, as there are villages in it, it has a governor, or an article: "twenty villages in Kelba", "the Isra"."""
    root = doc[start:end].root
    entries = gazetteer.lookup(words_between(doc, start, end))
    cases = {c.lower_ for c in root.children if c.dep_ == "case"}
    holds = "in" in cases and root.head.lemma_.lower() in ("village", "town", "district") and root.head.tag_ == "NNS"
    governed = "of" in cases and root.head.lemma_.lower() == "governor"
    if (holds or governed) and all(e.type != "City" or e.population < _WELL_KNOWN for e in entries):
        return "Region"
    article = start > 0 and doc[start - 1].lower_ == "the" and doc[start - 1].head.i == root.i
    return "Place" if article and not entries else None


def _opens_dateline(doc: Doc, start: int, end: int) -> bool:
    """Recognise a name in capitals that opens a date line: "MILLBROOK —", "LIMA, Aug 17 (AP) -"."""
    if len(doc[start]) < 4 or not all(doc[i].is_upper or doc[i].is_punct for i in range(start, end)):
        return False
    dash = dateline_end(doc, start)
    return dash is not None and doc[dash].text != ":" and (dash == end or doc[end].text in (",", "("))


def _is_title_of(doc: Doc, start: int, end: int, label: str, gazetteer: Gazetteer) -> bool:
    """Recognise a title that was taken for a body: "Justice Ana Lind", "MP Rui Andrade"."""
    title = gazetteer.title(words_between(doc, start, end)) if family(label) == "organization" and end - start == 1 else None
    behind = end + (end < len(doc) and doc[end].text == ".")  # "Spc. Rui Andrade"
    return title is not None and title.kind != "honorific" and behind < len(doc) and _is_person(doc, behind)


def _is_person(doc: Doc, start: int) -> bool:
    return any(span.start == start and span.label_ == "Person" and span._.form == "name" for span in doc.spans.get("mentions", ()))


def _kind_before(doc: Doc, start: int, end: int) -> str | None:
    """Return the class that the noun right before a name gives it, where the two are one phrase."""
    if not start or doc[start - 1].tag_ != "NN":
        return None
    noun, root = doc[start - 1], doc[start:end].root
    if noun.lower_ == "broadcaster" and end - start > 1 and root.ent_type_ == "Person":
        return None  # whom one hears on the air
    return _KINDS.get(noun.lower_) if noun.head.i == root.i or root.head.i == noun.i else None


def _kind_told(doc: Doc, start: int, end: int) -> str | None:
    """Return the class of which a description in apposition, or a predicate, says that a name is: "its mission, Irini", "Irini is an exercise"."""
    root = doc[start:end].root
    heads = [c for c in root.children if c.dep_ == "appos" and c.i >= end]
    heads += [root.head] if root.dep_ == "appos" and not any(c.dep_ in _RENAMING and root.head.i < c.i < root.i for c in root.head.children) else []
    heads += [root.head] if root.dep_ == "nsubj" and any(c.dep_ == "cop" and c.lower_ in ("is", "was") for c in root.head.children) else []
    found = (_kind_of(head) for head in heads if head.tag_ == "NN")
    return next((kind for kind in found if kind is not None), None)


def _kind_of(noun: Token) -> str | None:
    """Return the class of what a description describes, by its head: "a drill", "a separatist group", "the news agency"."""
    before = [c.lower_ for c in noun.children if c.dep_ in ("amod", "compound")]
    word = noun.lemma_.lower()
    if word in ("group", "organisation", "organization", "movement"):
        return next((_GROUPS[w] for w in before if w in _GROUPS), None)
    if word == "agency":
        return "MediaOrganization" if "news" in before else None
    return _RENAMED.get(word)


def _kind_behind(doc: Doc, end: int, label: str, known: Sequence[Entry]) -> str | None:
    """Return the class that the noun right behind a name gives it, if it is often taken for what it was: "the SM-2 missile", "the Tohoku region"."""
    noun = doc[end] if end < len(doc) else None
    kind = _BEHIND.get(noun.lemma_.lower()) if noun is not None and noun.tag_ in ("NN", "NNS", "NNP") else None
    if kind is None or label not in _NAMED_BEHIND[kind] or noun is None or doc[end - 1].head.i not in (noun.i, *(t.i for t in doc[end - 1].ancestors)):
        return None
    return kind if kind == "Region" or not known else None


def _is_studied_at(doc: Doc, start: int, end: int, label: str) -> bool:
    """Recognise a university by what people do at it: "she read law at Waseda", "a degree from Dalhousie"."""
    root = doc[start:end].root
    cases = {c.lower_ for c in root.children if c.dep_ == "case"}
    return root.head.lemma_.lower() in _STUDY and bool(cases & ({"at"} if label == "City" else {"at", "from"}))


def _is_ruler(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Recognise the person after whom a regime is called: "the Asad regime", "Asad's regime"."""
    noun = end + (end < len(doc) and doc[end].tag_ == "POS")
    regime = noun < len(doc) and doc[noun].lemma_.lower() in ("regime", "dictatorship") and end - start == 1
    return regime and not any(e.type != "City" for e in gazetteer.lookup(words_between(doc, start, end)))


def _brings_books_out(doc: Doc, start: int, end: int) -> bool:
    """Recognise a publisher of books: "his memoir, published by Marlin Press", "a booklet which Marlin Press brings out"."""
    root = doc[start:end].root
    verb = root.head
    if root.dep_ not in ("nsubj", "obl:agent", "obl") or verb.lemma_.lower() not in _BRINGING:
        return False
    about = [verb.head] if verb.dep_ in ("acl", "acl:relcl") else []
    about += [c for c in verb.children if c.dep_ in ("obj", "nsubj:pass")]
    return any(t.lemma_.lower() in _BOOKS for t in about)


def _body_in_context(doc: Doc, start: int, end: int, label: str) -> str | None:
    """Return the class of a body that was taken for a person, a country, an event or an agreement."""
    if label in ("Person", "Country"):
        return _renaming_body(doc[start:end].root, end)
    body = {"Event": "Organization", "Agreement": "Alliance"}.get(label)
    return body if body is not None and _has_members(doc[start:end].root) else None


def _renaming_body(root: Token, end: int) -> str | None:
    """Return the class of a firm or group that a description behind a name says it is: "Emirates, the airline", "Civitas Maximus, a Geneva-based group"."""
    nouns = [c for c in root.children if c.dep_ == "appos" and c.i > end and c.tag_ == "NN" and root.doc[end].text == ","]
    words = {c.lemma_.lower() for c in nouns}
    if words & {"airline", "automaker", "carmaker", "bank", "retailer", "shipbuilder", "broadcaster"}:
        return "Company"
    return "Organization" if words & {"group", "organisation", "organization", "charity", "ngo", "think-tank"} and root.ent_type_ != "Country" else None


def _has_members(root: Token) -> bool:
    """Recognise a body by its members: "a member of the Black Sea Forum", "will join the Forum"."""
    member = root.dep_ == "nmod" and root.head.lemma_.lower() in ("member", "membership", "founder")
    return member or (root.dep_ == "obj" and root.head.lemma_.lower() in ("join", "rejoin", "leave", "quit") and root.lemma_.lower() in ("forum", "pact"))


def _body_by_what_it_has(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> str | None:
    """Return the class of a body that was taken for a person, by what only bodies have or suffer: "Rigger's treasurer", "she founded Rigger"."""
    if gazetteer.gender(doc[start].text) is not None or _is_surname(doc, start, end):
        return None
    root = doc[start:end].root
    if root.pos_ != "PROPN":
        return None
    behind = _BODIES_BEHIND.get(doc[end].lower_) if end < len(doc) and doc[end].tag_ == "NN" else None
    if behind is not None and start and doc[start - 1].lower_ == "the" and doc[end - 1].head.i in (doc[end].i, root.i):
        return behind
    head, cases = root.head, {c.lower_ for c in root.children if c.dep_ == "case"}
    word = head.lemma_.lower()
    if root.dep_ in ("nmod", "obl") and "in" in cases and word in _SHARES:
        return "Company"
    if root.dep_ == "nmod:poss" or (root.dep_ == "nmod" and "of" in cases):
        return "Organization" if word in _OF_BODIES else None
    made = root.dep_ in ("obj", "nsubj:pass") and word in _MAKING
    return "Organization" if made else None


def _is_surname(doc: Doc, start: int, end: int) -> bool:
    """Tell whether somebody's longer name ends like this one."""
    own = [t.lower_ for t in doc[start:end]]
    people = (s for s in doc.spans.get("mentions", ()) if s.label_ == "Person" and s._.form == "name" and len(s) > len(own))
    return any([t.lower_ for t in s[-len(own) :]] == own for s in people)


def _is_treated_as_person(doc: Doc, start: int, end: int, label: str, gazetteer: Gazetteer) -> bool:
    """Recognise a person by what only people do or suffer, if nothing else is known by the name: "Petro said", "Usuga was arrested"."""
    root = doc[start:end].root
    if end - start > _LONGEST_PERSON or root.pos_ != "PROPN" or not all(t.is_title or not t.is_alpha or t.is_upper for t in doc[start:end]):
        return False
    verb = root.head
    speaks = verb.lemma_.lower() in ("say", "tell", "add", "reply")  # parties and ships without another word condemn and visit, but rarely speak
    owned = start > 0 and doc[start - 1].tag_ == "POS"  # "Moldova's Sandu appoints"
    acts = root.dep_ == "nsubj" and (speaks or ((owned or end - start > 1) and is_deliberate(verb))) and label in _THINGS - {"Vehicle", "Weapon"}
    suffers = root.dep_ in ("obj", "iobj", "nsubj:pass") and verb.lemma_.lower() in _PATIENTS
    slain = {verb.lemma_.lower(), *(c.lemma_.lower() for c in verb.children if c.dep_ == "conj")} & _SLAYING
    suffers = suffers or (doc[start].text in ("Abu", "Umm") and root.dep_ in ("obj", "nsubj:pass") and bool(slain))
    kin = root.dep_ in ("nmod", "nmod:poss") and verb.lemma_.lower() in KIN
    known = gazetteer.lookup(words_between(doc, start, end)) if not owned else ()
    well_known = any(e.type != "City" or e.capital or e.population >= _WELL_KNOWN for e in known)
    return (acts or suffers or kin) and doc[start - 1 if start else 0].lower_ != "the" and not well_known


def _class_of_fallen(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> str | None:
    """Return the class of a firm, or of a known town that is taken or fought over, which was taken for a person: "Ramadi fell to the rebels"."""
    if _is_firm(doc, start, end):
        return "Company"
    root = doc[start:end].root
    taken = root.dep_ in ("obj", "nsubj:pass") and root.head.lemma_ in _TAKEN
    falls = root.dep_ == "nsubj" and root.head.lemma_ == "fall" and any(c.dep_ == "obl" and c.i > root.head.i for c in root.head.children)
    towns = gazetteer.lookup(words_between(doc, start, end)) if taken or falls else ()
    return "City" if towns and all(e.type == "City" for e in towns) else None


def _class_as_called(doc: Doc, start: int, end: int, label: str, gazetteer: Gazetteer) -> str | None:
    """Return the class that the words before a name give it: "elements of Ansar", "the shipowner Ana Lind", "Togo's XYZ"."""
    if label in ("Person", "City") and _is_of_fighters(doc, start, end, gazetteer):
        return "ArmedGroup"
    if label in FOR_PEOPLE and _is_called_as_person(doc, start, end, gazetteer):
        return "Person"
    return _class_of_acronym(doc, start, end, gazetteer) if label == "Person" else None


def _is_called_as_person(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Recognise a person who was taken for a firm or place, by the noun right before two names or more: "the shipowner Ana Lind"."""
    if not start or end - start < 2 or doc[start - 1].tag_ != "NN":
        return False
    noun, root = doc[start - 1], doc[start:end].root
    called = noun.lower_ in _CALLED or (noun.lower_ in _FIRMS_OR_PEOPLE and gazetteer.gender(doc[start].text) is not None)
    names = doc[end - 1].is_title and all(t.is_title or t.text == "-" or t.is_lower for t in doc[start:end])
    one = noun.head.i == root.i or root.head.i == noun.i or (root.dep_ == noun.dep_ == "appos" and root.head.i == noun.head.i)
    return called and names and one and not gazetteer.lookup(words_between(doc, start, end), _BODIES)


def _is_of_fighters(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Recognise an armed group by those who are told to be of it: "elements of Jama'at Sunna", "fighters of"."""
    of = start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _FIGHTERS
    return of and doc[start:end].root.dep_ == "nmod" and not gazetteer.lookup(words_between(doc, start, end)) and gazetteer.gender(doc[start].text) is None


def _class_of_acronym(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> str | None:
    """Return the class of a body that was taken for a person though it is an acronym with an article or owner: "the XYZ", "Togo's XYZ"."""
    word = doc[start]
    if end - start > 1 or not start or not (word.is_upper and word.is_alpha and _ACRONYM[0] <= len(word) <= _ACRONYM[1]):
        return None
    if doc[start - 1].lower_ != "the" and doc[start - 1].tag_ != "POS":
        return None
    kinds = {e.type for e in gazetteer.lookup(word.text, _BODIES)}
    return kinds.pop() if len(kinds) == 1 else "Organization"


def _is_firm(doc: Doc, start: int, end: int) -> bool:
    """Recognise a firm that was taken for a person: "Ratcliff LLP", "the sugar producer Mitr Phol", "San Miguel, which tried"."""
    if doc[end - 1].lower_.rstrip(".") in _LEGAL_FORMS | _TRADES and end - start > 1:
        return True
    owner = doc[start:end].root
    if owner.dep_ in ("nmod", "nmod:poss") and owner.head.pos_ == "NOUN" and owner.head.lemma_.lower() in _OF_FIRMS and end - start > 1:
        return True
    noun = doc[start - 1] if start else None
    root = doc[start:end].root
    renames = noun is not None and noun.lemma_.lower() in _FIRMS and noun.tag_ == "NN" and noun.head.i in (root.i, *(t.i for t in noun.ancestors))
    renames = renames and not (noun is not None and noun.lower_ in _FIRMS_OR_PEOPLE and end - start > 1)  # the model's word stands
    return (renames and noun is not None and (root.head.i == noun.i or noun.head.i == root.i)) or _has_which(doc, root, end)


def _has_which(doc: Doc, root: Token, end: int) -> bool:
    """Tell whether "which" takes a name up: it does of no person."""
    if end + 1 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ != "which":
        return False
    return doc[end + 1].dep_ in ("nsubj", "nsubj:pass", "obj") and any(c.dep_ == "acl:relcl" and doc[end + 1] in c.subtree for c in root.children)


def _bears_title(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Recognise a person who was taken for a body or place, by the title of a person right before: "PRIME MINISTER HARROW'S CALL"."""
    if not 0 < end - start < 3 or not start or gazetteer.lookup(words_between(doc, start, end), _BODIES) or doc[start - 1].tag_ not in ("NNP", "NN"):
        return False
    titles = (gazetteer.title(words_between(doc, first, start)) for first in range(max(0, start - 3), start))
    title = next((t for t in titles if t is not None), None)
    own = doc[start:end].root
    return title is not None and title.kind != "honorific" and doc[start - 1].dep_ in ("nmod:desc", "compound", "flat") and own.pos_ == "PROPN"
