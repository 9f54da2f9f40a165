"""What kind of thing an ambiguous name means where it stands: country, region, city, person or body. Corrects the class of mentions."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from graphbuild.datelines import dateline_end
from graphbuild.gazetteer import Entry, Gazetteer
from graphbuild.mentions import TokenMention
from graphbuild.names import family, words_of
from graphbuild.places import Surroundings, candidates, lies_in, only_country, place_meant
from graphbuild.surroundings import is_deliberate
from graphbuild.thingnames import without_ship_prefix

_PLACES = frozenset(("City", "Region", "Place"))
_IN = frozenset("in near outside around inside throughout".split())
_AT = frozenset("on of against".split())
_TRAVEL = frozenset("travel fly journey go come return head leave depart proceed continue drive sail rush hurry move arrive".split())
"""Verbs of those who go to a city."""
_LONGEST_TRADE = 4
"""How many words at most say what a firm is, between a city and its name."""
_BARRAGES = frozenset("attack strike airstrike raid assault bombing bombardment shelling siege barrage rocket battle".split())
"""Nouns for what hits a city, not the state that sits in it."""
_SHELLING = frozenset(
    "bomb shell bombard pound strafe storm besiege encircle capture seize recapture retake evacuate flee enter reach visit tour leave loot ransack".split()
)
"""Verbs for what is done to a city, not to the state that sits in it."""
_HITTING = _BARRAGES | frozenset("missile drone shell mortar artillery bomb jet warplane aircraft explosion blast".split())
_LOCATIVE = _IN | frozenset("to at from into toward towards across".split())
_REGION_OFFICES = frozenset("governor lieutenant senator legislature congressman congresswoman representative attorney sheriff statehouse".split())
_STATE_OFFICES = frozenset("president premier foreign defense defence ambassador embassy king queen sultan emir army navy troops soldiers military".split())
_REGION_NOUNS = frozenset("region province governorate prefecture district".split())
_ACTING = frozenset(("nsubj", "nsubj:pass", "nmod:poss", "obj", "obl:agent"))
_STATE_WORDS = frozenset(("state", "State"))
_KNOWN = 100_000
_FAR_MORE = 2
_FAR_SURER = 1.2
_CLASS_BY_FIRST = {
    **dict.fromkeys(("camp", "fort", "hotel", "port of"), "Facility"),
    **dict.fromkeys(("lake", "gulf of", "strait of", "straits of", "sea of", "bay of", "isle of"), "Place"),
}  # fmt: skip
_CLASS_BY_LAST = {
    **dict.fromkeys("airport airfield airbase base barracks bridge hospital stadium prison dam refinery shipyard terminal".split(), "Facility"),
    **dict.fromkeys("sea strait straits river lake island islands bay ocean gulf desert".split(), "Place"),
    **dict.fromkeys("province governorate oblast county prefecture".split(), "Region"),
}  # fmt: skip
_SURE = 3.0
_HINT = 2.0


@dataclass(frozen=True)
class Around:
    """The countries and regions that a text names: ids by sentence (its first token), and of the whole text."""

    near: Mapping[int, frozenset[str]]
    named: frozenset[str]
    after: Mapping[int, TokenMention] = field(default_factory=dict)
    before: Mapping[int, TokenMention] = field(default_factory=dict)

    def of(self, doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Surroundings:
        """Return what surrounds a mention."""
        outer, inner = self.after.get(mention.start), self.before.get(mention.start)
        within = _containers(outer.text(doc), gazetteer) if outer else ()
        near = self.near.get(doc[mention.root].sent.start, frozenset())
        return Surroundings(near, self.named, within, (inner.text(doc),) if inner else ())


def read_senses(doc: Doc, mentions: Sequence[TokenMention], gazetteer: Gazetteer) -> tuple[TokenMention, ...]:
    """Give each ambiguous name the class of what it means in its text.

    "Georgia" is the state where a city of the state or an American office stands with it; "Korea" where both Koreas are spoken of is
    the peninsula; "Washington" after "Denzel Washington" is a person; a name has one class in a text; a country's name within the name of
    another place ("Northern Ireland", "New Mexico") is no mention.
    """
    kept = [m for m in mentions if not _inside_other_place(doc, m, mentions, gazetteer)]
    kept = [_titled(m, kept) for m in (_body(doc, m, gazetteer) for m in kept)]
    kept = list(_one_sense(doc, [_surname(doc, _ship(doc, m, kept), kept) for m in kept], gazetteer))
    firms = frozenset(m.start for m in kept if m.form == "name" and m.label in ("Company", "MediaOrganization"))
    kept = [_half(doc, _acting_capital(doc, _located_capital(doc, m, gazetteer, firms), gazetteer), kept) for m in kept]
    around = surroundings(doc, kept, gazetteer)
    tally = Counter(c.id for m in kept if m.label == "Country" and m.form == "name" and (c := gazetteer.country(m.text(doc))))
    kept = [_both(doc, _region_so_called(doc, m, gazetteer), tally, gazetteer) for m in kept]
    kept = list(_states(doc, kept, around, gazetteer))
    around = surroundings(doc, kept, gazetteer)
    return tuple(_place(doc, m, around, gazetteer) for m in kept)


def surroundings(doc: Doc, mentions: Sequence[TokenMention], gazetteer: Gazetteer) -> Around:
    """Collect the countries and regions that a text names without doubt, and which place names a comma joins."""
    after, before = {}, {}
    names = {m.start: m for m in mentions if m.form == "name" and (m.label in _PLACES or m.label == "Country")}
    for mention in names.values():
        outer = names.get(mention.end + 1) if mention.end + 1 < len(doc) and doc[mention.end].text == "," else None
        if outer is not None and mention.label in _PLACES and (_may_hold(doc, mention, outer, gazetteer) or _closes_off(doc, mention, outer, gazetteer)):
            after[mention.start], before[outer.start] = outer, mention
    near: dict[int, set[str]] = defaultdict(set)
    starts = [sentence.start for sentence in doc.sents for _ in range(sentence.start, sentence.end)]
    for mention in names.values():
        if mention.start not in after:
            near[starts[mention.root]].update(_certain(doc, mention, gazetteer))
    return Around({s: frozenset(ids) for s, ids in near.items()}, frozenset(i for ids in near.values() for i in ids), after, before)


def _certain(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the ids that a name means without doubt: a country; a region, or a capital, with its country."""
    text = mention.text(doc)
    if mention.label == "Country":
        country = gazetteer.country(text) or gazetteer.metonym_of(text)
        if country:
            yield country.id
    elif mention.label in _PLACES and not gazetteer.is_ambiguous(text):
        found = candidates(text, gazetteer)
        sure = [e for e in found if e.type == "Region" and only_country(found)] or [e for e in found[:1] if e.type == "City" and _is_alone(found)]
        for entry in sure:
            yield from filter(None, (entry.country, entry.id if entry.type == "Region" else None))


def _is_alone(places: Sequence[Entry]) -> bool:
    """Tell whether the first is the only place of a name, or the only city that news beyond its region speaks of."""
    abroad = [p for p in places[1:] if p.country != places[0].country]
    return len(places) == 1 or (places[0].capital and not any(p.population >= _KNOWN or p.type == "Region" for p in abroad))


def _may_hold(doc: Doc, inner: TokenMention, outer: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether a city or region of the first name may lie in what the second one means."""
    containers = _containers(outer.text(doc), gazetteer)
    return any(lies_in(c, o, gazetteer) for c in candidates(inner.text(doc), gazetteer) for o in containers)


def _closes_off(doc: Doc, inner: TokenMention, outer: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether a region stands behind a city between commas: "in Paris, Ontario, on Monday", though no such city is known there."""
    behind = doc[outer.end].text if outer.end < len(doc) else "."
    region = any(e.type == "Region" for e in candidates(outer.text(doc), gazetteer)) and gazetteer.country(outer.text(doc)) is None
    listed = outer.end + 1 < len(doc) and behind == "," and doc[outer.end + 1].pos_ == "PROPN"
    return inner.label == "City" and region and behind in (",", ".", ";", ")") and not listed


def _containers(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the countries and regions of a name."""
    country = gazetteer.country(name)
    countries = (country,) if country else tuple(e for e in gazetteer.candidates(name) if e.type == "Country")
    return (*countries, *(e for e in candidates(name, gazetteer) if e.type == "Region"))


def _inside_other_place(doc: Doc, mention: TokenMention, mentions: Sequence[TokenMention], gazetteer: Gazetteer) -> bool:
    """Tell whether a country is only a word in the name of another place that the gazetteer knows."""
    if mention.label != "Country" or mention.form != "name":
        return False
    outer = [m for m in mentions if m is not mention and m.form == "name" and m.label in _PLACES and m.start <= mention.start and mention.end <= m.end]
    return any(m.end - m.start > mention.end - mention.start and candidates(m.text(doc), gazetteer) for m in outer)


def _body(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Read an acronym in capitals that the model took for a place as the international body of that name: "the U.N. mission"."""
    text = mention.text(doc)
    if mention.form != "name" or mention.label not in _PLACES or not text.isupper() or " " in text:
        return mention
    bodies = [e for e in gazetteer.lookup(text) if e.type in ("Alliance", "Organization") and e.country is None]
    return replace(mention, label=bodies[0].type) if len(bodies) == 1 else mention


def _titled(mention: TokenMention, mentions: Sequence[TokenMention]) -> TokenMention:
    """Read the name of a place right behind a title as the person who holds it: "Secretary Kerry", "Governor Houston"."""
    if mention.form != "name" or mention.label not in (*_PLACES, "Facility"):
        return mention
    titled = any(m.label == "Position" and m.form == "name" and m.end == mention.start for m in mentions)
    return replace(mention, label="Person") if titled else mention


def _ship(doc: Doc, mention: TokenMention, mentions: Sequence[TokenMention]) -> TokenMention:
    """Read the name of a ship that the text names with its prefix, here without it, as the ship: "HMS Somerset fired … Somerset's crew"."""
    if mention.form != "name" or mention.label in ("Vehicle", "Country", "Position") or _is_located(doc, mention, _LOCATIVE):
        return mention
    name = " ".join(words_of(mention.text(doc)))
    named = (m for m in mentions if m.label == "Vehicle" and m.form == "name" and m is not mention)
    ships = {without_ship_prefix(" ".join(words_of(m.text(doc)))) for m in named}
    return replace(mention, label="Vehicle") if any(prefix and rest == name for prefix, rest in ships) else mention


def _surname(doc: Doc, mention: TokenMention, mentions: Sequence[TokenMention]) -> TokenMention:
    """Read a name that is the surname of somebody named before as the person: "Michael Jordan met … Jordan said"."""
    if mention.form != "name" or mention.label in ("Person", "Position") or mention.end - mention.start > 1 or _is_located(doc, mention, _LOCATIVE):
        return mention
    word = words_of(mention.text(doc))
    people = [m for m in mentions if m.label == "Person" and m.form == "name" and m.start < mention.start and m.end - m.start > 1]
    surname = any(words_of(m.text(doc))[-1:] == word for m in people)
    if not surname:
        return mention
    same = any(m is not mention and m.label == mention.label and words_of(m.text(doc)) == word and _is_located(doc, m, _LOCATIVE) for m in mentions)
    return replace(mention, label="Person") if not same and doc[mention.root].dep_ in _ACTING else mention


def _one_sense(doc: Doc, mentions: Sequence[TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Give all mentions of one name in a text the class that the surer of them have (one sense per discourse, Gale et al. 1992).

    Names of countries and of their capitals, which may stand for either, are left as they are.
    """
    belief: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    certain = [words_of(mention.text(doc)) if _has_one_sense(doc, mention, gazetteer) else None for mention in mentions]
    for mention, words in zip(mentions, certain, strict=True):
        if words is not None:
            belief[words][mention.label] += mention.score * mention.certainty
    for mention, words in zip(mentions, certain, strict=True):
        if words is None:
            yield mention
            continue
        votes = belief[words]
        kinds: dict[str, float] = defaultdict(float)
        for label, score in votes.items():
            kinds[family(label)] += score
        best = max(sorted(kinds), key=lambda kind: kinds[kind], default=family(mention.label))
        if best == family(mention.label) or kinds[best] < _FAR_SURER * kinds[family(mention.label)]:
            yield mention
        else:
            yield replace(mention, label=max(sorted(label for label in votes if family(label) == best), key=lambda label: votes[label]))


def _has_one_sense(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> bool:
    if mention.form != "name" or mention.label in ("Position", "Country"):
        return False
    text = mention.text(doc)
    return gazetteer.country(text) is None and not gazetteer.is_ambiguous(text) and gazetteer.metonym_of(text) is None


def _is_located(doc: Doc, mention: TokenMention, prepositions: frozenset[str]) -> bool:
    return any(c.dep_ == "case" and c.lower_ in prepositions for c in doc[mention.root].children)


def _located_capital(doc: Doc, mention: TokenMention, gazetteer: Gazetteer, firms: Collection[int] = ()) -> TokenMention:
    """Read a capital in which something happens, that is shot at, or has offices or firms, as the city: "media in Pyongyang", "attack on Kyiv"."""
    if mention.label != "Country" or mention.form != "name" or gazetteer.country(text := mention.text(doc)):
        return mention
    head = doc[mention.root].head
    behind = [t.lower_ for t in doc[mention.end : mention.end + 2]]
    local = behind == ["chief", "minister"] or behind[:1] in (["mayor"], ["police"], ["airport"], ["university"]) or behind == ["high", "court"]
    local = local or behind == ["-", "based"] or _is_before_firm(doc, mention, firms)
    shelled = head.pos_ == "NOUN" and head.lemma_.lower() in _BARRAGES and _is_located(doc, mention, _AT)
    shelled = shelled or (doc[mention.root].dep_ in ("obj", "nsubj:pass") and (head.lemma_.lower() in _SHELLING or _is_hit(head)))
    if not shelled and not local and not _is_located(doc, mention, _IN) and not _is_destination(doc[mention.root]):
        return mention
    capital = next((c for c in gazetteer.cities(text) if c.capital), None)
    return replace(mention, label="City") if capital else mention


def _is_destination(capital: Token) -> bool:
    """Tell whether somebody travels to a capital: "will fly to Seoul, Beijing and Tokyo"."""
    while capital.dep_ == "conj":
        capital = capital.head
    to = any(c.dep_ == "case" and c.lower_ in ("to", "for", "from", "into") for c in capital.children)
    return to and capital.dep_ == "obl" and capital.head.lemma_.lower() in _TRAVEL


def _is_before_firm(doc: Doc, city: TokenMention, firms: Collection[int]) -> bool:
    """Tell whether only what a firm is stands between a city and its name: "the Bratislava property developer Bona", "Manama's Ithraa Bank"."""
    if city.end < len(doc) and doc[city.end].tag_ == "POS" and city.start in firms:
        return True
    start = next((at for at in range(city.end, min(city.end + _LONGEST_TRADE, len(doc))) if at in firms), None)
    return start is not None and all(t.tag_ == "POS" or (t.is_lower and t.pos_ in ("NOUN", "ADJ")) for t in doc[city.end : start])


def _is_hit(verb: Token) -> bool:
    """Tell whether a verb says what arms hit: "was hit by missiles", "drones struck"."""
    by = [c for c in verb.children if c.dep_ in ("nsubj", "obl:agent", "obl")]
    return verb.lemma_.lower() in ("hit", "strike", "rock", "shake", "target") and any(c.lemma_.lower() in _HITTING for c in by)


def _acting_capital(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Read a capital that does what only people decide on as its country: "Bishkek accuses Dushanbe"."""
    if mention.label != "City" or mention.form != "name" or not gazetteer.metonym_of(mention.text(doc)):
        return mention
    root = doc[mention.root]
    if dateline_end(doc, mention.start):
        return mention  # "MINSK (AP) - Svetlana …"
    acts = root.dep_ in ("nsubj", "obl:agent") and is_deliberate(root.head)
    blamed = root.dep_ in ("obj", "iobj", "nsubj:pass") and root.head.lemma_.lower() in ("accuse", "blame", "urge", "warn", "sanction", "thank")
    return replace(mention, label="Country") if acts or blamed else mention


def _half(doc: Doc, mention: TokenMention, mentions: Sequence[TokenMention]) -> TokenMention:
    """Read "the North" as the country, where the text names one that begins so: North Korea."""
    word = doc[mention.start]
    if mention.form != "name" or mention.end - mention.start > 1 or word.text not in ("North", "South") or doc[mention.start - 1].lower_ != "the":
        return mention
    whole = any(m.label == "Country" and m.end - m.start > 1 and doc[m.start].text == word.text for m in mentions)
    return replace(mention, label="Country") if whole else mention


def _both(doc: Doc, mention: TokenMention, tally: Counter[str], gazetteer: Gazetteer) -> TokenMention:
    """Read the name of two countries, of which the text speaks of neither far more than of the other, as the land of both: a war in Korea."""
    if mention.label != "Country" or mention.form != "name" or not gazetteer.is_ambiguous(text := mention.text(doc)) or gazetteer.demonym_of(text):
        return mention
    options = gazetteer.candidates(text)
    counts = sorted((tally[c.id] for c in options), reverse=True)
    both = len(counts) > 1 and all(c.type == "Country" for c in options) and counts[1] > 0 and counts[0] < _FAR_MORE * counts[1]
    return replace(mention, label="Place") if both else mention


def _region_so_called(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Read an ambiguous name as a region where the text calls it one: "the Greek region of Macedonia"."""
    called = mention.label == "Country" and mention.form == "name" and doc[mention.root].head.lemma_.lower() in _REGION_NOUNS
    of = called and any(c.dep_ == "case" and c.lower_ == "of" for c in doc[mention.root].children)
    return replace(mention, label="Region") if of and gazetteer.is_ambiguous(mention.text(doc)) else mention


def _states(doc: Doc, mentions: Sequence[TokenMention], around: Around, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Tell the state from the country of one name; a mention without evidence of its own means what the text means elsewhere."""
    shared = {i: regions for i, m in enumerate(mentions) if (regions := _regions_beside(doc, m, gazetteer))}
    own = {i: _evidence(doc, mentions, i, regions[0], around, gazetteer) for i, regions in shared.items()}
    whole: dict[str, float] = defaultdict(float)
    for i, (for_region, for_country) in own.items():
        comma = mentions[i].start in around.before
        whole[shared[i][0].id] += (1.0 if comma else _HINT) * ((for_region >= _SURE) - (for_country >= _SURE))
    for i, mention in enumerate(mentions):
        if i not in shared:
            yield mention
            continue
        region = shared[i][0]
        for_region, for_country = own[i]
        general = _general(doc, mentions, mention, region, around, gazetteer) + whole[region.id]
        balance = for_region - for_country if max(own[i]) >= _SURE else for_region - for_country + general
        yield replace(mention, label="Region" if balance > 0 else "Country")


def _regions_beside(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> list[Entry]:
    """Return the regions that a mention may mean beside a country: of "Georgia" the state."""
    if mention.form != "name" or mention.label not in (*_PLACES, "Country") or not gazetteer.is_ambiguous(text := mention.text(doc)):
        return []
    found = gazetteer.candidates(text)
    return [e for e in found if e.type == "Region"] if any(e.type == "Country" for e in found) and not any(e.type == "City" for e in found) else []


def _evidence(doc: Doc, mentions: Sequence[TokenMention], index: int, region: Entry, around: Around, gazetteer: Gazetteer) -> tuple[float, float]:
    """Weigh what stands right at a mention: for the region, for the country."""
    mention = mentions[index]
    countries = [e for e in gazetteer.candidates(mention.text(doc)) if e.type == "Country"]
    for_region = for_country = 0.0
    inner = around.before.get(mention.start)
    if inner is not None:
        cities = gazetteer.cities(inner.text(doc))
        for_region += _SURE * any(lies_in(c, region, gazetteer) for c in cities)
        for_country += _SURE * any(c.country == country.id for c in cities for country in countries)
    offices = _words_at(doc, mention)
    followed = mention.end < len(doc) and doc[mention.end].text in _STATE_WORDS
    for_region += _SURE * bool(offices & _REGION_OFFICES or followed)
    for_country += _SURE * bool(offices & _STATE_OFFICES)
    for other in mentions:
        if other is not mention and other.form == "name" and _side_by_side(doc, mention, other):
            for_country += _HINT * (other.label == "Country" and gazetteer.country(other.text(doc)) is not None)
            for_region += _HINT * any(e.type == "Region" and e.country == region.country for e in candidates(other.text(doc), gazetteer))
    return for_region, for_country


def _words_at(doc: Doc, mention: TokenMention) -> set[str]:
    """Return the words that say whose office it is: those before a name, and behind one in the genitive or an adjective."""
    root = doc[mention.root]
    behind = 4 if root.dep_ in ("nmod:poss", "amod", "compound") else 0
    return {root.head.lower_, *(t.lower_ for t in doc[max(0, mention.start - 3) : min(len(doc), mention.end + behind)])}


def _side_by_side(doc: Doc, one: TokenMention, other: TokenMention) -> bool:
    left, right = doc[one.root], doc[other.root]
    return (right.dep_ == "conj" and right.head.i == left.i) or (left.dep_ == "conj" and left.head.i == right.i)


def _general(doc: Doc, mentions: Sequence[TokenMention], mention: TokenMention, region: Entry, around: Around, gazetteer: Gazetteer) -> float:
    """Weigh what the text names elsewhere: cities of the region against cities of the country; a bare name is the country's."""
    countries = {e.id for e in gazetteer.candidates(mention.text(doc)) if e.type == "Country"}
    balance = -1.0
    free = {m.text(doc) for m in mentions if m.form == "name" and m.label in (*_PLACES, "Country") and m.start not in around.after}
    for name in sorted(free - {mention.text(doc)}):
        found = gazetteer.cities(name)[:1]
        balance += _HINT * any(lies_in(c, region, gazetteer) for c in found) - _HINT * any(c.country in countries for c in found)
    others = {i for i in around.named if i.startswith("region/") and i != region.id}
    return balance + 1.0 * any((e := gazetteer.get(i)) is not None and e.country == region.country for i in sorted(others))


def _class_said(name: str, gazetteer: Gazetteer) -> str | None:
    """Return the class that a place's name says by itself, unless a city bears it: "Lake Chad", "Camp Lemonnier"; not "Port of Spain"."""
    words = name.lower().split()
    if len(words) < 2 or any(c.type == "City" for c in candidates(name, gazetteer)):
        return None
    first = words[0] if words[1] != "of" else f"{words[0]} of"
    return _CLASS_BY_FIRST.get(first) or _CLASS_BY_LAST.get(words[-1])


def _place(doc: Doc, mention: TokenMention, around: Around, gazetteer: Gazetteer) -> TokenMention:
    """Give a city or region that the gazetteer knows its class: "Ontario" with Canada around it is no city."""
    said = _class_said(mention.text(doc), gazetteer) if mention.form == "name" and family(mention.label) == "place" else None
    if said:
        return replace(mention, label=said)
    if mention.form != "name" or mention.label not in ("City", "Region"):
        return mention
    label = "Region" if mention.start in around.before else mention.label
    meant = place_meant(mention.text(doc), label, around.of(doc, mention, gazetteer), gazetteer)
    return replace(mention, label=meant.type) if meant and meant.type != mention.label else mention
