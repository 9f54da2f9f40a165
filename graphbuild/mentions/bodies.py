"""Bodies and groups known by name, or called by what they are: where their names begin and end, and what is no part of them."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from graphbuild.classes import class_by_head, class_of_named, is_body
from graphbuild.gazetteer import Gazetteer
from graphbuild.language.index import spelled, words_between
from graphbuild.language.repairs.moves import CALENDAR
from graphbuild.mentions.base import CERTAIN, LONGEST_NAME, MISREAD, OF_COUNTRIES, UNSURE, WHOLES, TokenMention, classify
from graphbuild.names import family, words_of

_NO_REGIME = frozenset(("Country", "City", "Region", "Place", "Facility", "Position"))
_BODY_WORDS = 6
"""Longest name, in words, that is looked up among known bodies."""
_LONGEST_KNOWN = 9
"""Longest name, in words, to which one that the model cut short is completed."""
_WITHIN_NAMES = frozenset("and of for in to & -".split())
"""Words inside a name at which the model may cut it short."""
_NAMING = ("PROPN", "ADP", "DET", "NOUN", "ADJ", "CCONJ")
_APOSTROPHES = frozenset("'’‘`")
_OWNERS = ("country", "organization")
_REGIMES = frozenset("regime dictatorship junta".split())
_REGIMES_OR_MORE = _REGIMES | {"regimes", "dictatorships", "juntas"}
_THINGS = ("Vehicle", "Weapon", "Facility", "Group")
"""Classes of things and people that a body may have without a name of their own."""
_REGIONS = frozenset("Region District Area Sector Group Wing".split())
"""Last words of names of parts of armies, which other things are called, too."""
_SITES = frozenset("hospital airport airfield airbase prison jail dam bridge mosque university stadium hotel refinery camp station school clinic".split())
"""Nouns for buildings that are called by a name before them."""
_TOWNS = {"town": "City", "city": "City", "village": "City", "province": "Region", "district": "Region"}
"""Nouns before "of" and the name of a place, and its class."""
_MANAGERS = frozenset(("chief executive", "ceo", "chairman", "chairwoman", "chairperson", "managing director", "director-general", "general manager"))
"""Offices of firms and the like, which no person has."""
_SERVICES = frozenset("army navy police gendarmerie".split())
_HEADS_UNSEEN = frozenset(
    "movement mission museum committee office commission centre center institute foundation association society council agency trust league federation"
    " confederation observatory network campaign front authority bureau directorate tribunal union alliance coalition academy fund secretariat friends".split()
)
"""Nouns that in capitals end, or begin, the names of bodies."""
_PLAIN_ORGANIZATIONS = frozenset(("museum", "friends", "campaign", "network"))
"""Those that are organizations whatever words stand before them: "Army Museum"."""
_NOT_IN_BODIES = frozenset(("Person", "Event", "Agreement", "Work", "Position", "Facility", "Vehicle"))
"""Classes of names that a body is not made of."""
_BEFORE_COMPLEMENT = frozenset("of for in to against on".split())
_ARTICLES = frozenset("the a an this that its their his her our".split())


def is_pair(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether a name is only several countries in a row, "U.S.-South Korean", or their alliance: they are mentions of their own."""
    if mention.form != "name" or mention.label in ("Event", "Agreement", "Work"):
        return False
    inside = [m for m in found.values() if m is not mention and m.label == "Country" and mention.start <= m.start and m.end <= mention.end]
    covered = {i for m in inside for i in range(m.start, m.end)}
    last = doc[mention.end - 1]
    return len(inside) > 1 and all(t.i in covered or t.is_punct or t.lower_ == "and" for t in doc[mention.start : mention.end - (last.lower_ == "alliance")])


def is_royal(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether a name is only the adjective of a kingdom, which is a mention of its own: "Royal Australian" of its navy."""
    inner = found.get((mention.start + 1, mention.end)) if mention.form == "name" else None
    return inner is not None and inner.label == "Country" and doc[mention.start].lower_ == "royal"


def is_shortened(mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether a name is only the beginning or, of a body, the end of a longer one of its family: "Yonhap" within "Yonhap news agency"."""
    if mention.form != "name" or mention.label in ("Country", "Position"):
        return False
    longer = [m for (start, end), m in found.items() if start == mention.start and end > mention.end and m.form == "name"]
    if family(mention.label) == "organization":  # "Security Council" within "UN Security Council"
        longer += [m for (start, end), m in found.items() if start < mention.start and end == mention.end and m.form == "name"]
    return any(family(m.label) == family(mention.label) for m in longer)


def is_front_of_site(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> bool:
    """Tell whether a name of somebody unknown is only what a building is called by: "al-Shifa" of "al-Shifa hospital", not "al-Qaida headquarters"."""
    if mention.form != "name" or family(mention.label) not in ("organization", "person") or (mention.start, mention.end + 1) not in found:
        return False
    site = found[mention.start, mention.end + 1].label == "Facility" and doc[mention.end].lower_ in _SITES
    return site and not gazetteer.lookup(mention.text(doc))


def is_government(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether a mention is a country's government, which is the country that is named inside it."""
    if mention.label not in ("Country", "GovernmentBody", "Organization", "PoliticalParty"):
        return False
    heads = {doc[i].lemma_.lower() for i in (mention.root, mention.end - 1)}  # in "Syrian Government websites" both words hang on the third
    if heads.isdisjoint(OF_COUNTRIES):
        return False
    return any(m.label == "Country" and mention.start <= m.start and m.end <= mention.end and m is not mention for m in found.values())


def cities_owning(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find the cities that begin the name of a building as its possessor, and are known: "Kabul's Serena Hotel", not "Lord's Cricket Ground"."""
    for mention in found.values():
        if mention.label not in ("Facility", "Place") or mention.form != "name":
            continue
        end = next((i for i in range(mention.start + 1, mention.end - 1) if doc[i].tag_ == "POS"), None)
        if end is None or (mention.start, end) in found or gazetteer.gender(doc[mention.start].text) is not None:
            continue
        if gazetteer.city(words_between(doc, mention.start, end)) is not None:
            yield TokenMention(mention.start, end, doc[mention.start : end].root.i, "name", "City", CERTAIN)


def firms_led(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find the firms taken for people that have a chairman or the like: "Izalco's chief executive", "the director-general of Radio Sava"."""
    people = [m for m in found.values() if m.form == "name" and m.label == "Person"]
    full = {words[-1] for m in people if m.end - m.start > 1 and (words := words_of(m.text(doc)))}
    bodies = [m for m in found.values() if m.form == "name" and family(m.label) == "organization"]
    for mention in people:
        words = words_of(mention.text(doc))
        if not words:  # "A." may be a name
            continue
        if mention.end - mention.start == 1 and (words[-1] in full or gazetteer.gender(mention.text(doc)) is not None):
            continue
        if _is_before_manager(doc, mention.end) or (mention.end - mention.start > 1 and _is_behind_manager(doc, mention.start)):
            longer = {words_of(m.text(doc)): m.label for m in bodies if set(words) <= set(words_of(m.text(doc)))}
            if len(longer) < 2:  # "Hallam" may be the club or its trust
                yield replace(mention, label=next(iter(longer.values()), "Company"), certainty=CERTAIN)


def _is_before_manager(doc: Doc, end: int) -> bool:
    """Tell whether a possessive ending and an office that only firms and the like have stand at a word: "'s chief executive"."""
    behind = doc[end + 1 : end + 3]
    if end >= len(doc) or doc[end].tag_ != "POS" or not len(behind):
        return False
    return behind[0].lower_ in _MANAGERS or behind.text.lower() in _MANAGERS


def _is_behind_manager(doc: Doc, start: int) -> bool:
    """Tell whether an office that only firms and the like have, and "of", stand before a word: "the chief executive of"."""
    before = doc[max(0, start - 4) : max(0, start - 1)]
    if not len(before) or doc[start - 1].lower_ != "of":
        return False
    return any(before[n:].text.lower() in _MANAGERS for n in range(len(before)))


def without_owner(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Cut the country, body or city that has it off a name: "UNIFIL's Maritime Task Force", "Burkina Faso's Bam province", "Kabul's Serena Hotel"."""
    building = mention.label in ("Facility", "Place")
    owners = [m for m in found.values() if m.start == mention.start and m.end < mention.end and m.form == "name"]
    led = mention.label == "PoliticalParty"
    owners = [m for m in owners if family(m.label) in _OWNERS or (building and m.label == "City") or (led and m.label == "Person")]
    start = max((m.end + (doc[m.end].tag_ == "POS") for m in owners if "POS" in (doc[m.end].tag_, doc[m.end - 1].tag_)), default=mention.start)
    if led and start == mention.start:
        start = _behind_leader(doc, mention, found)
    whole = mention.form != "name" or start == mention.start or mention.label in ("Event", "Agreement", "Work")
    if whole or not start < mention.end or not doc[start].is_title:
        yield mention
    elif (start, mention.end) not in found:
        yield replace(mention, start=start, root=doc[start : mention.end].root.i)
        if not owners:
            yield TokenMention(mention.start, start - 1, mention.start, "name", "Person", UNSURE)


def _behind_leader(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> int:
    """Return where the name of a party begins behind the surname of its leader, whom the text names in full elsewhere: "Lind's Unity Party"."""
    mark = mention.start + 1
    if mark + 1 >= mention.end or doc[mark].tag_ != "POS":
        return mention.start
    leader = any(m.label == "Person" and m.form == "name" and doc[m.end - 1].text == doc[mention.start].text for m in found.values())
    return mark + 1 if leader else mention.start


def body_and_whole(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Part a body from the one that it belongs to: "Indian Navy's Eastern Fleet", "Southern Command of the Ghana Army", "army's Northern Brigade"."""
    known = mention.form != "name" or family(mention.label) != "organization" or bool(gazetteer.lookup(mention.text(doc)))
    inner = range(mention.start + 1, mention.end - 1)
    owned = None if known else next((i for i in inner if doc[i].tag_ == "POS" and not doc[i + 1].is_lower), None)
    of = None if known or owned is not None else next((i for i in inner if doc[i].lower_ == "of" and _is_part(doc, mention.start, i, mention.end)), None)
    if owned is not None and (_is_whole(doc, mention.start, owned, gazetteer) or _is_office_of_ministry(doc, mention.start, owned, mention.end)):
        sides = ((mention.start, owned), (owned + 1, mention.end))
    elif of is not None and _is_whole(doc, start := of + 1 + (doc[of + 1].lower_ == "the"), mention.end, gazetteer) and not doc[start].is_lower:
        sides = ((start, mention.end), (mention.start, _before_bracket(doc, mention.start, of)))
    else:
        yield mention
        return
    (first, last), own = sides
    yield replace(mention, start=own[0], end=own[1], root=doc[own[0] : own[1]].root.i)
    if not doc[first].is_lower:
        yield TokenMention(first, last, doc[first:last].root.i, "name", mention.label, mention.score, UNSURE)


def _is_part(doc: Doc, start: int, of: int, end: int) -> bool:
    """Tell whether the words before "of" end as names of bodies do, or name a region of an army: "Second Region of the Royal Thai Army"."""
    last = doc[_before_bracket(doc, start, of) - 1]
    if last.text in ("Ministry", "Department") and end - of == len(("of", "Defense")):
        return False  # what a ministry is for is no body
    return is_body(f"the {last.text}") or (last.text in _REGIONS and doc[end - 1].text in ("Army", "Navy", "Force", "Forces", "Police", "Guard"))


def _before_bracket(doc: Doc, start: int, end: int) -> int:
    """Return where a name ends before its acronym in brackets: "Peace and Security Council (PSC)"."""
    return next((i for i in range(start + 1, end - 1) if doc[i].text == "(" and doc[end - 1].text == ")"), end)


def _is_office_of_ministry(doc: Doc, start: int, owned: int, end: int) -> bool:
    """Tell whether a ministry owns what follows, a body by its own words: "Department of the Treasury's Office of Foreign Assets Control"."""
    first = next((t for t in doc[start:owned] if t.text in ("Department", "Ministry")), None)
    part = doc[owned + 1 : end]
    return first is not None and first.nbor().lower_ in ("of", "for") and (is_body(part.text) or is_body(f"the {part[0].text}") or part[-1].text == "Service")


def _is_whole(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether words name a body that has parts: one that the gazetteer knows, an acronym, a country's navy, or "army" alone."""
    text = words_between(doc, start, end)
    if end - start == 1 and doc[start].is_lower:
        return text in _SERVICES
    listed = any(e.type in WHOLES for e in gazetteer.lookup(text))
    acronym = end - start == 1 and doc[start].is_upper and len(text) > 2
    return listed or acronym or (is_body(text) and end - start < 4 and gazetteer.country(doc[start].text) is not None)


def parts_of_pair(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[tuple[tuple[int, int], TokenMention]]:
    """Split "U.S. Forces Korea and Combined Forces Command", which the model took for one name, where both sides name bodies, people or things of one kind."""
    cut = next((i for i in range(mention.start + 1, mention.end - 1) if doc[i].lower_ == "and"), None)
    alike = cut is not None and cut - mention.start > 1 and doc[cut - 1].text == doc[mention.end - 1].text and mention.end - cut > 2
    owned = cut is not None and any(t.tag_ == "POS" for t in doc[mention.start : cut])  # "the African Union's Peace and Security Council"
    people = cut is not None and mention.label == "Person" and doc[cut - 1].is_title and doc[cut + 1].is_title
    alike = alike or people
    parted = mention.form == "name" and not owned and (people or family(mention.label) == "organization" or (alike and family(mention.label) == "place"))
    sides = [(mention.start, cut), (cut + 1, mention.end)] if cut is not None and parted else []
    if not sides or (not alike and not all(_names_body(doc, start, end, gazetteer) for start, end in sides)):
        yield (mention.start, mention.end), mention
        return
    for start, end in sides:
        start += doc[start].lower_ == "the"
        yield (start, end), replace(mention, start=start, end=end, root=doc[start:end].root.i)


def _names_body(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether words, or the first of them, name a body or an alliance."""
    form = words_between(doc, start, end)
    return is_body(form) or any(is_body(words_between(doc, start, within)) for within in range(start + 2, end)) or _is_alliance(form, gazetteer)


def _is_alliance(form: str, gazetteer: Gazetteer) -> bool:
    return any(entry.type == "Alliance" for entry in gazetteer.lookup(form))


def known_in_full(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Take a name to the end of the longest that the gazetteer knows from its first word on: "Islamic State of Iraq" before "and the Levant"."""
    for mention in found.values():
        if mention.form != "name" or family(mention.label) not in ("organization", "place") or mention.end >= len(doc):
            continue
        if doc[mention.end].lower_ not in _WITHIN_NAMES:
            continue
        furthest = min(len(doc), mention.start + _LONGEST_KNOWN)
        ends = (end for end in range(furthest, mention.end + 1, -1) if doc[end - 1].is_title or doc[end - 1].is_upper)
        end = next((end for end in ends if len(_known_groups(words_between(doc, mention.start, end), gazetteer)) == 1), None)
        if end is not None:
            label = _known_groups(words_between(doc, mention.start, end), gazetteer)[0]
            yield replace(mention, end=end, root=doc[mention.start : end].root.i, label=label, certainty=CERTAIN)


def _known_groups(name: str, gazetteer: Gazetteer) -> list[str]:
    """Return the classes of the bodies and armed groups that have a name, one for each."""
    return [label for _, label in sorted({(e.id, e.type) for e in gazetteer.lookup(name) if family(e.type) == "organization"})]


def known_bodies(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> list[TokenMention]:
    """Find bodies that the gazetteer knows where the model saw no name: "the UN", or the one in "Foreign Office minister"."""
    named = {i for m in found.values() if m.form == "name" and m.label not in ("Country", "Position") for i in range(m.start, m.end)}
    out, position = [], 0
    while position < len(doc):
        first = doc[position]
        longest = 0
        if first.is_title or first.is_upper:
            most = min(_BODY_WORDS, len(doc) - position)
            longest = next((n for n in range(most) if position + n in named), most)
        length = next((n for n in range(longest, 0, -1) if _is_body(doc, position, position + n, named, gazetteer)), 0)
        if length:
            label = _bodies(words_between(doc, position, position + length), gazetteer)[0]
            out.append(TokenMention(position, position + length, doc[position : position + length].root.i, "name", label, 0.9))
        position += max(1, length)
    return out


def known_groups_alone(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find armed groups of one word with an apostrophe in it where the model saw no name: "Da'esh"."""
    named = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    for token in doc:
        if token.i not in named and token.text[0].isupper() and _APOSTROPHES & set(token.text[1:-2]) and _known_groups(token.text, gazetteer) == ["ArmedGroup"]:
            yield TokenMention(token.i, token.i + 1, token.i, "name", "ArmedGroup", 0.9)


def bodies_unseen(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find bodies that their own words call so in capitals, where the model saw none, or a part: "the Lind Museum of Glass in Bam", "the 4 May Movement"."""
    names = [m for m in found.values() if m.form == "name" and (family(m.label) == "organization" or m.label in _NOT_IN_BODIES)]
    begun = {m.start: m.end for m in names if m.label not in _NOT_IN_BODIES and doc[m.start].lower_ in _HEADS_UNSEEN}
    taken = {i for m in names if m.start not in begun for i in range(m.start, m.end)}
    for head in spelled(doc, _HEADS_UNSEEN):
        if head.i in taken or not head.is_title or head.tag_ not in ("NNP", "NNPS"):
            continue
        start, end = _start_of_body(doc, head.i, taken), max(_end_of_complement(doc, head.i + 1), begun.get(head.i, 0))
        article = start > 0 and doc[start - 1].lower_ in ("the", "a", "an")
        running = article and any(t.is_lower and t.pos_ in ("VERB", "AUX") for t in head.sent)
        if running and end - start > 1 and not _is_known_otherwise(start, end, found):
            label = "Organization" if head.lower_ in _PLAIN_ORGANIZATIONS else class_by_head(words_between(doc, start, head.i + 1))
            yield TokenMention(start, end, head.i, "name", label, UNSURE, UNSURE)
    yield from _named_by_cause(doc)


def _is_known_otherwise(start: int, end: int, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether words are within a name, or hold something that the name of a body does not."""
    held = any(m.label in _NOT_IN_BODIES and m.start < end and start < m.end for m in found.values())
    return held or any(m.start <= start and end <= m.end and m.form == "name" for m in found.values())


def _named_by_cause(doc: Doc) -> Iterator[TokenMention]:
    """Find bodies called by what their people want or fight: "Doctors Without Borders", "Mothers Against Violence"."""
    for preposition in spelled(doc, ("without", "against")):
        first, last = preposition.i - 1, preposition.i + 1
        named = 0 < last < len(doc) and doc[first].is_title and preposition.is_title and doc[last].is_title
        if named and doc[first].tag_ in ("NNS", "NNPS") and not doc[first].is_sent_end:
            yield TokenMention(first, last + 1, first, "name", "Organization", CERTAIN)


def _start_of_body(doc: Doc, head: int, taken: set[int]) -> int:
    """Go left over the words in capitals before the noun for a body, possessors and a date included: "Attorney General's Office", "4 May Movement"."""
    start = head
    while start:
        before = doc[start - 1]
        owner = before.tag_ == "POS" and start > 1 and doc[start - 2].is_title and doc[start - 2].ent_type_ not in ("Country", "City")
        day = before.tag_ == "CD" and before.text.isdigit() and doc[start].lower_ in CALENDAR
        inside = before.i in taken or (owner and start - 2 in taken)
        if inside or not (owner or day or (before.text[0].isupper() and before.tag_ in ("NNP", "NNPS", "JJ") and before.lower_ not in _ARTICLES)):
            break
        start -= 1
    of = start > 2 and doc[start - 2].lower_ == "of" and doc[start - 1].lower_ == "the" and doc[start - 3].is_title
    owned = next((i + 1 for i in range(head - 1, start, -1) if doc[i].tag_ == "POS"), start)
    return owned if of else start  # "Department of the Treasury's Office": the owner is a part of a longer name


def _end_of_complement(doc: Doc, end: int) -> int:
    """Go right over what a body is of, for or in, in capitals: "Committee to Protect Reporters", "Museum of Glass"; not over where it is."""
    while end + 1 < len(doc) and doc[end].lower_ in _BEFORE_COMPLEMENT:
        first = end + 1 + (doc[end + 1].lower_ == "the")
        if first >= len(doc) or not doc[first].is_title or doc[first].lower_ in CALENDAR or doc[first].ent_type_ == "Person":
            break
        if doc[end].lower_ == "in" and doc[first].ent_type_ != "Country":
            break
        end = first
        while end < len(doc) and doc[end].is_title and doc[end].ent_type_ != "Person":
            end += 1
    return end


def groups_within(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find the armed group whose a thing is by its description, where the model saw no name within: "a Daesh truck bomb"."""
    starts = {m.start for m in found.values() if family(m.label) == "organization"}
    for mention in found.values():
        if mention.form != "name" or mention.label not in _THINGS or not doc[mention.end - 1].is_lower:
            continue
        first = next((i for i in range(mention.start, mention.end) if doc[i].is_title or doc[i].is_upper), mention.end)
        ends = range(mention.end - 1, first, -1) if first not in starts else ()
        end = next((end for end in ends if _known_groups(words_between(doc, first, end), gazetteer) == ["ArmedGroup"]), None)
        if end is not None:
            yield TokenMention(first, end, doc[first:end].root.i, "name", "ArmedGroup", 0.9)


def _is_body(doc: Doc, start: int, end: int, named: set[int], gazetteer: Gazetteer) -> bool:
    first, last = doc[start], doc[end - 1]
    short = end - start == 1
    if (short and not (first.is_upper and len(first) > 1 and first.pos_ == "PROPN")) or (not short and not (first.is_title and last.is_title)):
        return False
    words = [doc[i] for i in range(start, end)]
    if any(t.i in named or t.is_space for t in words) or not all(t.pos_ in _NAMING or "-" in (t.text, doc[t.i - 1].text) for t in words):
        return False
    return len(_bodies(words_between(doc, start, end), gazetteer)) == 1


def _bodies(name: str, gazetteer: Gazetteer) -> list[str]:
    """Return the classes of the bodies that have a name, one for each."""
    classes = ("Alliance", "Organization", "GovernmentBody", *(("ArmedGroup", "MilitaryForce") if " " in name or "-" in name else ()))
    return [label for _, label in sorted({(e.id, e.type) for e in gazetteer.lookup(name) if e.type in classes})]


def regimes(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> list[TokenMention]:
    """Name a regime after the name before it: "the Asad regime", "Asad's regime" is a body of its own, whatever the model takes it for."""
    names = [m for _, m in sorted(found.items(), reverse=True) if m.form == "name"]
    whole = [m for m in names if m.label == "ArmedGroup" and m.end - m.start > 1 and doc[m.end - 1].lemma_.lower() in _REGIMES]
    behind = [(regime.i - (regime.i > 0 and regime.nbor(-1).tag_ == "POS"), regime.i) for regime in spelled(doc, _REGIMES_OR_MORE)]
    ends = {end for end, _ in behind}
    ruling = {m.end: m.start for m in names if m.end in ends and classify(doc, m, gazetteer).label not in _NO_REGIME}
    out = [replace(m, label="GovernmentBody") for m in whole if classify(doc, m, gazetteer).label not in _NO_REGIME]
    return out + [TokenMention(ruling[end], noun + 1, noun, "name", "GovernmentBody") for end, noun in behind if end in ruling]


def named_by_noun(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find names that the model does not see, or not as what the noun behind them says that they are: "the Rafael company", "Fars news agency"."""
    names = {m.end: m for m in found.values() if m.form == "name"}
    named = {i for m in names.values() for i in range(m.start, m.end)}
    out = []
    for noun in doc:
        if noun.pos_ != "NOUN" or not noun.i or noun.i in named:
            continue
        news = noun.nbor(-1).lower_ == "news"
        label = class_of_named(noun.lemma_.lower(), "news" if news else "")
        if label is None:
            continue
        end = noun.i - news
        known = names.get(end)
        if known is not None and known.label not in ("Country", "Position") and (news or known.label in MISREAD.get(label, ())):
            start = known.start
        else:
            start = _start_of_name(doc, end, named)
        if start < end:
            end += 2 * news + (label == "Facility")  # a dam is called by the word, too
            out.append(TokenMention(start, end, doc[start:end].root.i, "name", label, 0.6))
    return out


def towns_unseen(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find places that the model does not see behind a noun for a place: "liberated the town of Hit"."""
    named = {i for m in found.values() if m.form == "name" and m.label != "Facility" for i in range(m.start, m.end)}
    out = []
    for of in spelled(doc, ("of",)):
        label = _TOWNS.get(doc[of.i - 1].lower_) if of.i else None
        end = of.i + 1
        while end < len(doc) and doc[end].tag_ == "NNP" and doc[end].is_title and end not in named:
            end += 1
        if label is not None and of.i + 1 < end <= of.i + 1 + LONGEST_NAME and end not in named:
            out.append(TokenMention(of.i + 1, end, doc[of.i + 1 : end].root.i, "name", label, 0.6))
    return out


def _start_of_name(doc: Doc, end: int, named: set[int]) -> int:
    """Return where the capitals that end at a word begin, which are no name yet; `end` if there are none, too many, or half a sentence of them."""
    start = end
    while start and doc[start - 1].tag_ in ("NNP", "NNPS") and doc[start - 1].is_title and doc[start - 1].lower_ not in CALENDAR and start - 1 not in named:
        start -= 1
    torn = start < end and (doc[start].is_sent_start or doc[start - 1].tag_ in ("NNP", "NNPS", "HYPH"))
    return end if torn or end - start > LONGEST_NAME else start
