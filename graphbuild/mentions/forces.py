"""Armed forces, units and coalitions that the model saw no name in, or cut short."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphbuild.gazetteer import Gazetteer
from graphbuild.language.index import spelled, words_between
from graphbuild.mentions.base import CERTAIN, LONGEST_EVENT, MEMBERS, WHOLES, TokenMention
from graphbuild.mentions.offices import is_ordinal
from graphbuild.names import shortens_forces
from graphbuild.peoples import NATIONS, PEOPLES

_FORCE_NOUNS = frozenset("Forces Force Army Navy Command Corps Brigade Fleet Division Guard Marines Battalion Regiment".split())
_TASK_FORCES = frozenset("CJTF JTF CTF TF CJSOTF JSOTF".split())
_TASK_WORDS = {"task", *(short.lower() for short in _TASK_FORCES)}
_REGIMENTS = frozenset("Marines Regiment Infantry Artillery Cavalry Armor Armour".split())
_ARMS = frozenset("security special armed defence defense democratic naval ground self-defence self-defense".split())
"""What the forces of a country are that are named together."""
_TITLES_BEHIND = frozenset("commander spokesman spokeswoman spokesperson deputy chief director general lt gen maj col".split())
_OF_STATES = frozenset("international global arab multinational military worldwide regional nation member country".split())
_BEFORE_NOUNS = frozenset("amod compound nummod punct advmod obl obl:unmarked nmod dep nsubj flat".split())
"""Labels that parsers give to what stands before a noun: "Saudi-led", "63 nation"."""
_OF_WAR = frozenset("aircraft airstrike strike jet warplane adviser advisor plane helicopter airpower bombing raid".split())
"""What coalitions have that wage war."""
_OF_PARTIES = frozenset("ruling governing opposition government party parliamentary right left wing centre center red black green electoral rainbow".split())
"""Words before a coalition that say whether states or parties make it up."""
_FIGHTING = frozenset("fighter militant rebel militiaman tribesman insurgent gunman soldier guerrilla militia peshmerga volunteer combatant".split())
_DASHES = ("-", "–")
_TROOPS = ("force", "troop", "troops")
"""Nouns for those who fight in the service of a state."""
_BACKED = frozenset("backed supported sponsored funded armed trained equipped aligned affiliated linked allied led inspired".split())
"""Participles that say behind a name whose fighters are meant."""
_BANDS = frozenset("separatist paramilitary jihadist extremist terrorist mercenary group faction proxy force forces troop troops".split())
"""Nouns for those who fight, where it is said for whom."""
_FEW = 3
"""Words between the participle and the noun, and the noun, at most."""
_CRAFT = frozenset("aircraft jet fighter bomber helicopter plane drone tank gunship airlifter tanker frigate destroyer submarine".split())
"""Nouns behind a type of aircraft, vehicle or ship, for what it is."""
_LONGEST_TYPE = 5
"""Longest name of a type, in tokens: "P-8A Poseidon"."""
_SAILING = frozenset("strike battle ready task action".split())


def forces(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Name a country's force that is written in capitals throughout: "British Forces Cyprus", "Iraqi Security Forces"; and its forces for short."""
    named = {i for m in found.values() if m.form == "name" and m.label not in ("Country", "Place", "Person") for i in range(m.start, m.end)}
    countries = {m.start for m in found.values() if m.label == "Country"}
    torn = {m.end: m.start for m in found.values() if m.form == "name" and m.label == "MilitaryForce" and doc[m.end - 1].text not in _FORCE_NOUNS}
    out = []
    for token in doc:
        if token.text not in _FORCE_NOUNS or token.i in named:
            continue
        start, end = token.i, token.i + 1
        while start and doc[start - 1].is_title and doc[start - 1].pos_ in ("PROPN", "ADJ", "NOUN") and start not in countries:
            start -= 1
        while end < len(doc) and doc[end].is_title and doc[end].pos_ == "PROPN" and not _is_model(doc, end):
            end += 1
        if token.i > 2 and doc[token.i - 1].is_title and doc[token.i - 2].lower_ in ("and", "&"):
            start = torn.get(token.i - 2, start)  # "Afghan National Defense and Security Forces"
        if start in countries and start < token.i:
            out.append(TokenMention(start, end, doc[start:end].root.i, "name", "MilitaryForce", 0.8))
    out += _task_forces(doc, found)
    out += _forces_in_small(doc, named, {m.end: m.start for m in found.values() if m.label == "Country"})
    return [*out, *_forces_for_short(doc, [*found.values(), *out])]


def _is_model(doc: Doc, position: int) -> bool:
    """Tell whether a model of aircraft or vehicle begins at a word: the "B" of "Air Force B-1B bombers"."""
    behind = doc[position + 1 : position + 3]
    return len(behind) == 2 and behind[0].text == "-" and not doc[position].whitespace_ and behind[1].text[0].isdigit()


def known_types(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find types of aircraft and ships that the gazetteer knows where the model saw no name: "three Spanish Eurofighters", "P-8A Poseidon aircraft"."""
    named = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    position = 0
    while position < len(doc):
        first = doc[position]
        lengths = range(min(_LONGEST_TYPE, len(doc) - position), 0, -1) if first.text[0].isupper() and position not in named else ()
        length = next((n for n in lengths if named.isdisjoint(range(position, position + n)) and _is_type(doc, position, position + n, gazetteer)), 0)
        if length:
            end = position + length
            yield TokenMention(position, end, doc[position:end].root.i, "name", "Vehicle", CERTAIN)
        position += max(1, length)


def _is_type(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether words are the type of a craft: with a number, in the plural, or before the word for what it is."""
    last, after = doc[end - 1], doc[end].lemma_.lower() if end < len(doc) else ""
    several = last.text.endswith("s") and (last.tag_ in ("NNPS", "NNS") or doc[start - 1].pos_ in ("NUM", "ADJ"))
    if not (several or after in _CRAFT or any(c.isdigit() for t in doc[start:end] for c in t.text)) or last.text in _DASHES:
        return False
    text = words_between(doc, start, end)
    return any(types == {"Vehicle"} for form in (text, text.removesuffix("s")) if (types := {e.type for e in gazetteer.lookup(form)}))


def units_of_regiments(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Name a battalion with its regiment, of which the comma parts it: "3rd Battalion, 6th Marines"."""
    regiments = {m.start: m for m in found.values() if is_ordinal(doc[m.start]) and doc[m.end - 1].text in _REGIMENTS}
    out = []
    for mention in found.values():
        regiment = regiments.get(mention.end + 1)
        numbered = is_ordinal(doc[mention.start]) and doc[mention.end - 1].text in ("Battalion", "Squadron")
        if regiment is not None and numbered and doc[mention.end].text == ",":
            out.append(replace(mention, end=regiment.end, label="MilitaryForce", certainty=CERTAIN))
    return out


def _task_forces(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Name a task force by the name behind those words, whatever the model took that for: "Task Force Al Taqaddum", "CJTF-OIR"."""
    for token in (t for t in spelled(doc, _TASK_WORDS) if t.i + 2 < len(doc)):
        if token.text in _TASK_FORCES and token.nbor().text == "-" and not token.whitespace_ and doc[token.i + 2].is_upper:
            yield TokenMention(token.i, token.i + 3, doc[token.i : token.i + 3].root.i, "name", "MilitaryForce", CERTAIN)
        if token.text != "Task" or token.nbor().text not in ("Force", "Group") or any(m.start < token.i < m.end for m in found.values() if m.form == "name"):
            continue
        end = token.i + 2
        while end < len(doc) and (doc[end].tag_ in ("NNP", "NNPS") or doc[end].like_num) and doc[end].text[0] not in "(,":
            end += 1
        if end > token.i + 2:
            yield TokenMention(token.i, end, doc[token.i : end].root.i, "name", "MilitaryForce", CERTAIN)


def _forces_in_small(doc: Doc, named: set[int], countries: dict[int, int]) -> Iterator[TokenMention]:
    """Name a country's force that is written small behind the nationality: "Iraqi security forces", "French special forces"."""
    so_called = [(t, countries.get(t.i - (t.nbor(-1).lower_ in _ARMS))) for t in spelled(doc, ("forces",)) if t.i]
    of_arms = {doc[start].lower_ for token, start in so_called if start is not None and token.nbor(-1).lower_ in _ARMS}
    for token, start in so_called:
        if start is not None and token.i not in named and (token.nbor(-1).lower_ in _ARMS or doc[start].lower_ in of_arms):
            yield TokenMention(start, token.i + 1, token.i, "name", "MilitaryForce", 0.8)


def _forces_for_short(doc: Doc, found: list[TokenMention]) -> Iterator[TokenMention]:
    """Find "Iraqi forces" in a text that names the Iraqi Security Forces."""
    named = {(m.start, m.end) for m in found if m.form == "name"}
    countries = {m.end: m.start for m in found if m.form == "name" and m.label == "Country"}
    full = [m.text(doc) for m in found if m.form == "name" and m.label == "MilitaryForce"]
    for token in spelled(doc, ("forces",)):
        start = countries.get(token.i) if token.text == "forces" else None
        if start is not None and (start, token.i + 1) not in named and any(shortens_forces(words_between(doc, start, token.i + 1), name) for name in full):
            yield TokenMention(start, token.i + 1, token.i, "name", "MilitaryForce", 0.8)


def named_task_forces(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Name a task force in full, with what comes before it and the operation behind a dash: "Combined Joint Task Force – Inherent Resolve"."""
    for mention in [m for m in found.values() if m.form == "name"]:
        if words_between(doc, mention.end - 2, mention.end) == "Task Force" and mention.start and doc[mention.start - 1].text in ("Multinational", "Combined"):
            yield replace(mention, start=mention.start - 1, label="MilitaryForce")
        if words_between(doc, mention.end - 2, mention.end) != "Task Force" or mention.end + 1 >= len(doc) or doc[mention.end].text not in ("-", "–", "—"):
            continue
        end = mention.end + 1
        while end < len(doc) and doc[end].is_title and doc[end].tag_ in ("NNP", "NN", "JJ") and doc[end].lower_ not in _TITLES_BEHIND:
            end += 1
        if end > mention.end + 1:
            yield TokenMention(mention.start, end, doc[mention.start : end].root.i, "name", "MilitaryForce")


def behind_name(doc: Doc, mention: TokenMention, name: TokenMention) -> TokenMention:
    """Cut the end of a longer name off the front of a title: "Inherent Resolve Commander"."""
    if mention.label != "Position" or not name.start < mention.start < name.end < mention.end:
        return mention
    return replace(mention, start=name.end, root=doc[name.end : mention.end].root.i)


def coalitions(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find coalitions of states that are written small: "the international coalition", "the Saudi-led coalition", and "the coalition" beside one of these.

    What rules, or opposes who does, is another kind of coalition.
    """
    named = {i for m in found.values() if m.form == "name" and m.label != "Country" for i in range(m.start, m.end)}
    told = [t for t in spelled(doc, ("coalition",)) if t.i not in named and t.pos_ in ("NOUN", "PROPN")]
    starts = {t.i: _start_of_coalition(t) for t in told}
    named_so = (doc[m.end - 1] for m in found.values() if m.form == "name" and m.label in WHOLES)
    among = any(start is not None and start < i for i, start in starts.items()) or any(t.lower_ == "coalition" for t in named_so)
    among = among or any(t.text == "Coalition" and not t.is_sent_start for t in told)
    among = among or any(t.dep_ == "compound" and t.head.lemma_.lower() in _OF_WAR for t in told)
    for i, start in starts.items():
        if start is not None and (start < i or among):
            yield TokenMention(start, i + 1, i, "name", "Alliance", CERTAIN)


def of_members(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find the body in "Coalition nations", "Alliance members" where the model saw no name."""
    named = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    for token in (t for t in spelled(doc, ("coalition", "alliance")) if t.i + 1 < len(doc)):
        capital = token.text in ("Coalition", "Alliance") and token.nbor().lower_ in MEMBERS and token.head.i == token.i + 1
        if capital and token.i not in named:
            yield TokenMention(token.i, token.i + 1, token.i, "name", "Alliance", 0.8)


def _start_of_coalition(noun: Token) -> int | None:
    """Return where the words begin that say of what kind a coalition is; None if it is one of parties, or one among several."""
    start = noun.i
    if start - noun.sent.start > 2 and noun.nbor(-1).lower_ in ("led", "backed") and noun.nbor(-2).text in ("-", "–"):
        start -= 3  # "Saudi-led", which in "Saudi-led coalition warplanes" is read with the warplanes
    while start > noun.sent.start and _is_before_coalition(noun.doc[start - 1], noun):
        start -= 1
    words = {t.lower_ for t in noun.doc[start : noun.i]}
    before = noun.nbor(-1) if noun.i else noun
    plain = start == noun.i and noun.tag_ in ("NN", "NNP") and before.text not in ("-", "–") and (before.lower_ == "the" or noun.dep_ == "compound")
    of_states = any(w in _OF_STATES or w.isdigit() for w in words) or bool({"led", "backed"} & words) or any(w.startswith(("anti", "counter")) for w in words)
    return start if (plain or of_states) and not words & _OF_PARTIES else None


def _is_before_coalition(word: Token, noun: Token) -> bool:
    within = word.head.i == noun.i or (noun.i - word.i < LONGEST_EVENT and noun in word.ancestors)
    return within and word.i < noun.i and word.dep_ in _BEFORE_NOUNS


def ship_groups(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find the force that sails with a ship and has its name: "the USS Nimitz carrier strike group"."""
    ships = {m.end: m.start for m in found.values() if m.form == "name" and m.label == "Vehicle"}
    out = []
    for noun in doc[2:] if ships else ():
        if noun.lemma_.lower() == "group" and noun.nbor(-1).lower_ in _SAILING:
            start = next((ships[end] for end in range(noun.i - 1, noun.i - 4, -1) if end in ships), None)
            if start is not None:
                out.append(TokenMention(start, noun.i + 1, noun.i, "name", "MilitaryForce", CERTAIN))
    return out


def without_type(doc: Doc, mention: TokenMention) -> TokenMention:
    """Cut a type of aircraft off the name of the force that flies it: "Air Force B-1B"."""
    if mention.label != "MilitaryForce" or mention.form != "name":
        return mention
    end = next((i for i in range(mention.start + 1, mention.end) if doc[i - 1].text in _FORCE_NOUNS and _is_model(doc, i)), mention.end)
    return mention if end == mention.end else replace(mention, end=end, root=doc[mention.start : end].root.i)


def without_forces(doc: Doc, mention: TokenMention) -> TokenMention:
    """Take the command for its forces: "U.S. Central Command forces", "CENTCOM Forces"."""
    before = doc[mention.end - 2] if mention.end - mention.start > 1 else None
    own = before is not None and doc[mention.end - 1].lower_ == "forces" and mention.label == "MilitaryForce" and mention.form == "name"
    if not own or before is None or not (before.lower_ == "command" or before.text.endswith("COM")):
        return mention
    end = mention.end - 1
    return replace(mention, end=end, root=doc[mention.start : end].root.i)


def fighters_backed(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find those who fight for somebody, by whom they are backed: "Iranian-backed militia groups", "five ISIS-linked militants"."""
    names = [m for m in found.values() if m.form == "name"]
    taken = {m.root for m in found.values() if m.form == "name" or m.label != "Other"}
    out = []
    for backed in spelled(doc, sorted(_BACKED)):
        backer = next((m for m in names if m.end == backed.i - 1), None)
        if backer is None or doc[backed.i - 1].text not in _DASHES:
            continue
        behind = doc[backed.i + 1 : backed.i + 1 + _FEW]
        noun = next((t for t in behind if t.tag_ == "NNS"), next((t for t in behind if t.lemma_.lower() == "militia"), backed))
        between = doc[backed.i + 1 : noun.i]
        plain = all(t.tag_ in ("JJ", "NN", "NNP", "VBN") for t in between)
        if not plain or noun.lemma_.lower() not in _FIGHTING | _BANDS or noun.i in taken:
            continue
        before = doc[backer.start - 1] if backer.start else backed
        start = backer.start - (before.like_num or before.lower_ in ("several", "some", "many", "dozens"))
        if not any(m.start < noun.i < m.end or (m.start > backer.end and m.end <= noun.i + 1) for m in names):
            out.append(TokenMention(start, noun.i + 1, noun.i, "noun", "Group", 0.6))
    return out


def peoples(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Take peoples and believers for groups, and their adjectives for no names: "the Yazidis", "the Yazidi community", "the Kurdish language"."""
    for key, mention in list(found.items()):
        word = doc[mention.start]
        if mention.form != "name" or mention.end != mention.start + 1 or mention.label in ("MediaOrganization", "Position", "Work"):
            continue
        described = mention.end < len(doc) and word.nbor().pos_ == "NOUN" and word.head.i > word.i
        if word.lower_ in NATIONS and (described or word.tag_ == "JJ"):
            del found[key]
        elif word.lower_.removesuffix("s") in NATIONS and (word.lower_.endswith("s") or (mention.start and word.nbor(-1).lower_ == "the")):
            found[key] = replace(mention, label="Group")
    named = {i for m in found.values() for i in range(m.start, m.end)}
    unseen = (t for t in doc if t.is_title and t.i not in named and t.lower_.endswith("s") and t.lower_[:-1] in NATIONS and t.pos_ in ("PROPN", "NOUN"))
    return found | {(t.i, t.i + 1): TokenMention(t.i, t.i + 1, t.i, "name", "Group", CERTAIN) for t in unseen}


def fighters_of_peoples(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Take the fighters of a people or creed for a group, not for the people: "Kurdish fighters", "Kurdish and Yezidi fighters"."""
    names = [m for m in found.values() if m.form == "name" and doc[m.root].lemma_.lower() in _FIGHTING]
    roots = {m.root for m in found.values() if m.form == "name"}
    out = []
    for noun in doc[1:]:
        forces = noun.lemma_.lower() in _TROOPS and noun.i not in roots
        if (noun.lemma_.lower() not in _FIGHTING and not forces) or noun.tag_ != "NNS":
            continue
        start = noun.i
        while start and (doc[start - 1].lower_ in PEOPLES | {"and", "tribal"} or (start < noun.i and doc[start - 1].text == ",")):
            start -= 1
        while start < noun.i and doc[start].lower_ not in PEOPLES:
            start += 1
        if start < noun.i and not any(m.start < start < m.end for m in names):
            out.append(TokenMention(start, noun.i + 1, noun.i, "name", "MilitaryForce" if forces else "Group", CERTAIN))
    return out
