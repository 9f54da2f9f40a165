"""Which class a name has: the model's word, corrected by the name's own head noun and by the gazetteer where the model is unsure."""

import re

from graphbuild.gazetteer import Gazetteer
from graphbuild.names import family

SURE = 0.9
"""From this score on the model's class of an organisation or place stands."""

_HEADS = {
    "MilitaryForce": "command forces force fleet army navy brigade division"
    " battalion regiment corps squadron marines military guards troops legion infantry flotilla air-force wing",
    "GovernmentBody": "ministry department parliament congress senate court assembly"
    " council agency commission bureau police government cabinet presidency secretariat"
    " office treasury tribunal duma knesset bundestag committee embassy authority directorate board",
    "Alliance": "alliance coalition union league organisation organization bloc community",
    "Organization": "fund trust foundation institute university institution federation society charity observatory association",
    "PoliticalParty": "party",
    "Company": "inc corp ltd plc gmbh ag sa llc group holdings bank airlines motors energy",
    "MediaOrganization": "times post herald tribune gazette daily news television radio guardian journal broadcasting agency",
    "Agreement": "treaty accord accords agreement resolution protocol convention pact compact act memorandum charter declaration truce ceasefire",
    "Weapon": "ied ieds vbied vbieds",
    "Event": "war summit exercise conference olympics games festival revolution election elections dialogue forum",
}  # fmt: skip
_PLAIN = frozenset("forces army navy brigade battalion regiment command fleet corps squadron".split())
"""Heads that leave no doubt, whatever the model says."""
_NOUNS = {
    "Agreement": "agreement deal ceasefire cease-fire truce accord pact treaty memorandum memoranda cessation armistice protocol convention contract"
    " declaration charter letter-of-intent compact",
    "Work": "article report book film novel memoir essay op-ed documentary editorial piece booklet pamphlet dossier white-paper biography poem",
    "Event": "attack assault bombing shelling killing murder assassination massacre beheading raid airstrike ambush explosion shooting coup annexation"
    " invasion referendum drill summit conference ruling verdict judgment blockade takeover blast",
    "MilitaryForce": "army navy",
    "Facility": "airport airfield airbase hospital mosque embassy refinery barracks",
    "Weapon": "missile rocket warhead torpedo projectile bomb grenade mortar icbm shell mine",
}  # fmt: skip
PACTS = frozenset(_NOUNS["Agreement"].split())
"""Nouns for what sides sign or conclude."""
ABSTRACT = frozenset(
    "goal aim objective purpose cause reason idea matter issue sign fact way view result responsibility commitment concern enemy foe adversary".split()
)
"""Nouns for what is thought or meant, or for whoever somebody is against: nobody by that word alone, whatever the model says."""
ATTACKS = frozenset("attack bombing shooting assault massacre explosion blast ambush coup airstrike raid strike".split())
DEEDS = ATTACKS | frozenset(
    "killing murder assassination bloodshed beheading execution burning storming stabbing hanging lynching kidnapping abduction hijacking poisoning"
    " shelling bombardment invasion incursion crackdown blockade siege desecration slaughter torching arson slaying arrest detention seizure"
    " deed crime deportation expulsion imprisonment sentencing looting".split()
)
"""Nouns for what somebody did to others, as others tell it."""
_BY_NOUN = {head: label for label, heads in _NOUNS.items() for head in heads.split()}
_DESCRIBED = {
    "Group": "civilian protester demonstrator rioter marcher hostage captive villager resident inhabitant refugee migrant detainee prisoner inmate"
    " journalist reporter blogger mourner worshipper pilgrim activist campaigner dissident passenger bystander noncombatant worker miner labourer laborer"
    " farmer fisherman shepherd herder settler tourist student pupil schoolgirl schoolboy schoolchild sailor seafarer mariner crewman crewmember"
    " gunman attacker assailant kidnapper bandit pirate robber looter raider bomber sniper arsonist intruder hijacker smuggler trafficker vigilante"
    " mutineer deserter hacker hardliner policeman policewoman soldier serviceman servicewoman airman trooper recruit cadet conscript"
    " reservist veteran peacekeeper bodyguard cleric tribesman elder contractor doctor nurse medic patient teacher surgeon person child girl boy"
    " woman man youth teenager infant bride orphan widow shopper commuter believer convert lawmaker driver guard supporter opponent voter taxpayer consumer"
    " individual financier survivor emissary employee correspondent loyalist fan watchman environmentalist boss trader merchant monk novice nun"
    " pensioner volunteer firefighter evacuee returnee exile immigrant peasant rancher logger hunter family household relative gang mob crowd"
    " businessman businesswoman industrialist entrepreneur tycoon banker scientist researcher academic scholar",
    "Vehicle": "ship vessel boat dhow frigate destroyer submarine warship tanker trawler corvette cruiser freighter ferry tug yacht gunboat minesweeper"
    " helicopter plane jet warplane airliner gunship bulldozer truck lorry bus minibus ambulance convoy",
    "Facility": "building headquarters palace prison jail courtroom courthouse hospital clinic monastery convent church mosque temple synagogue cathedral"
    " warehouse depot refinery factory barracks garrison airport airfield airbase airstrip bunker compound shipyard radar checkpoint"
    " school museum hotel stadium dam bridge pipeline market marketplace terminal silo granary mall supermarket shop store cafe café restaurant nightclub"
    " theatre theater cinema library villa mansion orphanage kindergarten nursery seminary madrasa madrassa shrine chapel cemetery",
    "MilitaryForce": "forces troops battlegroup commando army navy military gendarmerie",
    "ArmedGroup": "rebel insurgent militant guerrilla separatist jihadist",
    "GovernmentBody": "police junta",
}  # fmt: skip
_BY_DESCRIBED = {noun: label for label, nouns in _DESCRIBED.items() for noun in nouns.split()}
_BUILT = {
    noun: frozenset(before.split())
    for noun, before in {
        "base": "air naval military army navy drone missile submarine training logistics supply operating rebel militant guerrilla",
        "plant": "power nuclear processing chemical steel cement water desalination treatment assembly bottling sewage gas oil",
        "station": "police radio television power railway train bus metro radar fire polling pumping border coastguard",
        "camp": "refugee training military army prison labour labor concentration displacement tented rebel militant",
        "centre": "detention medical health training community command shopping cultural",
        "center": "detention medical health training community command shopping cultural",
        "facility": "storage nuclear enrichment military medical training detention port research",
        "site": "nuclear missile radar launch test military storage",
        "post": "border army military police command customs observation",
    }.items()
}
"""Nouns for buildings only behind some words: "power plant", "army posts"."""
_NAMED = {
    "MediaOrganization": "newspaper daily weekly broadcaster magazine tabloid",
    "Company": "company firm conglomerate airline bank shipbuilder carmaker",
    "PoliticalParty": "party",
    "ArmedGroup": "fighter rebel militia militant insurgent guerrilla jihadist mercenary gunman terrorist extremist",
    "MilitaryForce": "brigade battalion regiment squadron",
    "Organization": "foundation institute university charity",
    "Region": "province governorate county district",
    "City": "town village",
    "Facility": "airport airbase airfield refinery dam",
    "Place": "river island mountain valley strait",
}  # fmt: skip
"""Nouns that say what the name before them names: "the Rafael company"."""
_BY_NAMED = {noun: label for label, nouns in _NAMED.items() for noun in nouns.split()}
_PLACES_BY_NOUN = {
    noun: label
    for label, nouns in {
        "Country": "country nation homeland",
        "City": "city town village capital hometown",
        "Region": "region province governorate county district prefecture oblast peninsula",
        "Facility": "airport airfield airbase hospital mosque church prison stadium refinery plant museum hotel school campus station",
        "Place": "river island mountain valley strait lake sea bay desert beach park square street",
    }.items()
    for noun in nouns.split()
}
"""Nouns that say what kind of place a description is of, where the model takes it for a place of another kind."""
_UNSURE = {
    "Event": ("Agreement", "Other"),
    "Agreement": ("Event", "Work", "Other"), "Work": ("Event", "Other"), "MilitaryForce": ("ArmedGroup", "Organization", "GovernmentBody", "Group", "Other"),
}  # fmt: skip
"""Classes of the model that a head noun overrules; any other noun only where the model sees none."""
_LISTED = frozenset(("Alliance", "Organization", "ArmedGroup", "GovernmentBody", "PoliticalParty", "MilitaryForce", "MediaOrganization"))
_SHIPS_AND_ARMS = ("Vehicle", "Weapon")
_PAPERS = frozenset("resolution agreement treaty accord accords pact convention protocol memorandum charter".split())
"""Words in capitals by which a text calls the one it speaks of: "the Resolution"."""
_UNDERTAKINGS = frozenset("operation exercise cyclone hurricane typhoon".split())
"""First words of names of events."""
_FREEING = frozenset("liberation salvation resistance".split())
_ARMED = ("MilitaryForce", "Organization", "GovernmentBody")
"""What a group with such a word in its name is taken for, unless the gazetteer knows better."""
_PLACES = ("City", "Region", "Place", "Facility")
_ALONE = frozenset("coalition alliance parliament army navy senate congress ministry treasury police".split())
"""Heads that are names by themselves, in capitals: "the Coalition"."""
_NO_PARTIES = frozenset(
    "fund trust foundation institute university institution society charity observatory commission committee bureau board agency ministry department"
    " association".split()
)
"""Heads of names of bodies that are hardly ever parties, though models take them for such."""
_LANDFORMS = frozenset(
    "mountain mountains hills river valley strait straits sea ocean island islands archipelago lake desert reef reefs shoal atoll glacier canyon".split()
)
"""Last words of names of land and water."""
_VAGUE_HEADS = frozenset("group bank union".split())
"""Heads that say little before "of": the Bank of Ghana, Group of Twenty, Union of Teachers."""
_OFFICERS = frozenset("Secretary Undersecretary Minister Commissioner Envoy Ambassador Spokesperson Spokesman Spokeswoman Coordinator".split())
"""Last words of offices before what they are for."""
_OF = frozenset("of for on in against".split())
_UNIT = re.compile(
    r"^\d*(?:1st|2nd|3rd|\dth) (?!Century|Congress|Party).*\w|\b(?:Joint|Naval) Task Force\b|^Task (?:Force|Group) (?:\d|\w+$)|^C?[JNS]O?TF\b|^CTF\b"
)
"""Names that only units have: "101st Logistics Group", "Combined Joint Task Force – Sahel", "CJTF-HOA"."""
_SHIP = re.compile(
    r"(?:USS|USNS|USCGC|HMS|HMAS|HMCS|HMNZS|HNLMS|HDMS|HSwMS|HNoMS|BRP|KRI|ROKS|TCG|RFA|INS|JS|PNS|BNS|SLNS|FGS|ESPS|M/?[VT]|FV) [A-Z]\w"
)
"""Names that only ships have: those of a navy, of merchantmen and of trawlers."""
_STRIKE_GROUP = re.compile(r"\b(?:Strike|Ready|Battle|Escort) Group(?: \d+)?$")
"""Names of ships that sail together, and of their aircraft."""
_ARABIC = re.compile(r"Abu \w[\w'’]+(?: \w[\w'’]+)? [aA]l-\w[\w'’]+i|\w[\w'’]+ (?:\w[\w'’]+ )?(?:bin|ibn) (?:[aA]l-)?\w[\w'’-]+(?: [aA]l-\w[\w'’]+)?")
"""Names that only people have: a father's name and an origin ("Abu Ubaida al-Masri"), a son's ("Salem bin Rashid")."""
_KUNYA = re.compile(r"(?:Abu|Umm) [A-Z][\w'’]+")
"""A name of honour after a child: "Abu Omar", where it is no place."""
_BY_HEAD = {head: label for label in reversed(_HEADS) for head in _HEADS[label].split()}


def classify_name(name: str, label: str, score: float, gazetteer: Gazetteer) -> str:
    """Return the class of a name.

    A country must be one that the gazetteer knows. Where the model is unsure, an organisation is what its head noun says
    ("Northern Command" is a force), and any name what all gazetteer entries of the name agree on.
    """
    if (told := _told_by_form(name, label, gazetteer)) is not None:
        return told
    if label == "Country" and not _is_country(name, gazetteer):
        return _known_class(name, gazetteer) or _by_head(name) or "Region"
    listed = _known_class(name, gazetteer)
    if listed is None:
        return _class_said(name, label, gazetteer) or _class_of_unknown(name, label, score, gazetteer)
    if listed in _LISTED and (family(label) == "organization" or (family(label) in ("person", "place") and (name.isupper() or " " in name))):
        return listed or label
    if label in _SHIPS_AND_ARMS and (listed == "ArmedGroup" or (listed == "Alliance" and name.isupper())):
        return listed  # "PKK"
    if label in _PLACES and listed in (*_PLACES, "Event"):
        return listed
    return _class_of_unknown(name, label, score, gazetteer, listed)


def _class_of_unknown(name: str, label: str, score: float, gazetteer: Gazetteer, listed: str | None = None) -> str:
    """Return the class of a name that the gazetteer does not know, or as what it hardly is."""
    if label in _SHIPS_AND_ARMS:
        return _make(name, gazetteer) or label
    plain = _by_plain_head(name) if family(label) == "organization" and " " in name else None
    if plain is not None or score >= SURE:
        return plain or label
    by_head = _by_head(name) if family(label) in ("organization", "place") else None
    return by_head or listed or label


def _told_by_form(name: str, label: str, gazetteer: Gazetteer) -> str | None:
    """Return the class that only names of a form have, whatever the model says: people's with an origin, offices, units."""
    if label not in ("Person", "Place", "Region", "City") and _ARABIC.fullmatch(name) and not gazetteer.lookup(name):
        return "Person"
    if label in (*_SHIPS_AND_ARMS, "ArmedGroup", "Organization", "Company") and _KUNYA.fullmatch(name) and not gazetteer.lookup(name):
        return "Person"
    if label not in ("Vehicle", "Person") and _SHIP.match(name) and not gazetteer.lookup(name):
        return "MilitaryForce" if name.endswith("roup") else "Vehicle"
    if family(label) == "organization" and _STRIKE_GROUP.search(name):
        return "MilitaryForce"
    title = gazetteer.title(name) if label in ("Position", "Person") else None
    titled = title is not None and (label == "Position" or title.kind == "office")  # "MP" is also a party of Sweden
    if titled or (family(label) == "organization" and _is_office(name)):
        return "Position"
    if label in ("Facility", "City") and _is_landform(name) and not gazetteer.lookup(name):
        return "Place"
    if label in ("Facility", "City", "Place") and " " in name and name.split()[-1] in ("region", "province", "oblast", "governorate", "prefecture"):
        return "Region"
    return "MilitaryForce" if family(label) == "organization" and _UNIT.search(name) and not gazetteer.lookup(name) else None


def _is_landform(name: str) -> bool:
    """Tell whether a name is that of land or water: "Mount Sinjar", "the Hamrin Mountains", "Lake Chad"."""
    words = name.lower().split()
    return len(words) > 1 and (words[0] in ("mount", "mt.", "lake", "lakes") or words[-1] in _LANDFORMS)


def _is_office(name: str) -> bool:
    """Tell whether a name is that of an office with its portfolio: "Cabinet Secretary for Foreign Affairs", "Under-Secretary of State"."""
    return (office := re.split(r"\s(?:for|of)\s", name)[0]) != name and office.split("-")[-1].split()[-1] in _OFFICERS


def _class_said(name: str, label: str, gazetteer: Gazetteer) -> str | None:
    """Return the class that the words of a name leave no doubt about, if it is often taken for `label`: "Operation Sea Guard" is no ship."""
    words = [word.strip(".,") for word in name.lower().split()]
    if len(words) == 1:
        return "Agreement" if words[0] in _PAPERS and family(label) in ("person", "organization", "place") else None
    if label in ("Vehicle", "Weapon", "Agreement", "Person") and (words[0] in _UNDERTAKINGS or _is_of_year(name)):
        return "Event"
    if label in _ARMED and _FREEING & set(words) and not words[0].startswith("people"):  # the People's Liberation Army is China's
        return "ArmedGroup"
    if label in ("ArmedGroup", *_ARMED) and words[-1] == "group" and words[-2] in ("strike", "ready", "battle", "escort"):
        return "MilitaryForce"  # "the Nimitz Carrier Strike Group"
    if words[-1] in ("regime", "junta", "dictatorship") and family(label) == "organization":
        return "GovernmentBody"
    return _group_said(words, name, gazetteer) if words[-1] == "group" and label == "Company" else _said_by_head(words, label)


def _said_by_head(words: list[str], label: str) -> str | None:
    """Return the class that the head of a name says, if it is taken for a party, firm, body or event: "World Monuments Fund", "the Criminal Code"."""
    head = next((words[i - 1] for i in range(1, len(words)) if words[i] in _OF), words[-1])
    if label == "PoliticalParty" and head in _NO_PARTIES:
        return _BY_HEAD[head]
    if label in ("PoliticalParty", "Company") and head == "brigades":
        return "ArmedGroup"
    if label == "Event" and head == "crossing":
        return "Facility"
    if label == "Agreement" and _BY_NOUN.get(head) == "Event":
        return "Event"  # "conference on Somalia"
    return "Agreement" if head in ("code", "law") and family(label) == "organization" and label != "Company" else None


def _is_of_year(name: str) -> bool:
    """Recognise the name of an exercise by its year: "African Lion 22", "Golden Dragon 2024"."""
    *words, year = name.split()
    return len(words) > 1 and bool(re.fullmatch(r"(?:20)?[0-4]\d", year)) and all(word.isalpha() and word[0].isupper() for word in words)


def _group_said(words: list[str], name: str, gazetteer: Gazetteer) -> str | None:
    """Return the class of a group that is no firm: "the Trilateral Contact Group", "the Lima Group" of countries."""
    if words[-2] in ("contact", "working", "support", "monitoring", "study"):
        return "Organization"
    if words[-2] in ("task", "strike", "battle", "forces", "tactical", "ready", "escort"):
        return "MilitaryForce"
    return "Alliance" if gazetteer.metonym_of(name.rsplit(" ", 1)[0]) is not None else None


def _by_plain_head(name: str) -> str | None:
    """Return the class that a word of a name leaves no doubt of: "Northern Command", "Church of Norway"."""
    if re.split(r"\s[–—-]\s", name)[0].split()[-1].lower() in _PLAIN:
        return "MilitaryForce"
    return "Organization" if "church" in (name.split()[0].lower(), name.split()[-1].lower()) else None


def is_body(name: str) -> bool:
    """Tell whether a name of several words ends as names of bodies do: "Combined Forces Command"."""
    return " " in name and name.split()[-1].lower() in _BY_HEAD


def is_head(word: str) -> bool:
    """Tell whether a word says what bodies, agreements or events are: "council", "treaty"."""
    return word in _BY_HEAD or word in _BY_NAMED


def classify_noun(head: str, label: str) -> str:
    """Return the class of a description, given the lemma of its head: a deal is an agreement, not an event, the country is no city."""
    if label in _PLACES and head in _PLACES_BY_NOUN:
        return _PLACES_BY_NOUN[head]
    known = _BY_NOUN.get(head)
    return known if known is not None and label in _UNSURE.get(known, ("Other",)) else label


def class_of_described(head: str, before: str = "") -> str | None:
    """Return the class of people, vehicles, buildings and forces that have no name, given the lemma of the noun for them and the word before it."""
    return _BY_DESCRIBED.get(head) or ("Facility" if before in _BUILT.get(head, ()) else None)


def class_of_named(noun: str, before: str) -> str | None:
    """Return the class of a name that stands before a noun, given its lemma and the word between: "Rafael company", "Yonhap news agency"."""
    return "MediaOrganization" if (noun, before) == ("agency", "news") else _BY_NAMED.get(noun)


def class_by_head(name: str) -> str:
    """Return the class that the last words of a name of a body say."""
    return _by_head(name) or "Organization"


def _by_head(name: str) -> str | None:
    """Return the class that the last words of a longer name say: "Northern Command", "U.S. Forces Korea"."""
    words = [w.lower().strip(".,") for w in name.split()]
    if "news" in words:
        return "MediaOrganization"
    of = next((i for i, word in enumerate(words) if i and word in _OF), len(words))
    if of < len(words):
        return _BY_HEAD.get(words[of - 1]) if words[of - 1] not in _VAGUE_HEADS else None
    last = [w for w in (words[1:] or words)[-2:] if w in _BY_HEAD and (len(words) > 1 or w in _ALONE)]
    return _BY_HEAD[last[-1]] if last else None


def _make(name: str, gazetteer: Gazetteer) -> str | None:
    """Return whether a model is of a ship, aircraft or weapon, as the gazetteer has it or its family: "Scud-B" is a Scud."""
    listed = _known_class(name, gazetteer)
    return listed if listed in _SHIPS_AND_ARMS else gazetteer.class_of_make(name)


def _is_country(name: str, gazetteer: Gazetteer) -> bool:
    return gazetteer.country(name) is not None or any(e.type == "Country" for e in gazetteer.candidates(name)) or gazetteer.metonym_of(name) is not None


def _known_class(name: str, gazetteer: Gazetteer) -> str | None:
    """Return the class on which all entries of this name agree; None if there are none, or several classes."""
    types = {entry.type for entry in gazetteer.lookup(name)}
    return types.pop() if len(types) == 1 else None
