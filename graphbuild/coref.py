"""From mentions to chains: which mentions speak of one thing. An uncertain link is left open: no fact is better than a wrong one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from spacy.tokens import Doc, Token

from graphbuild.chains import Chains, is_demonstrative, is_subject, phrase_head, sentence_before
from graphbuild.classes import is_head
from graphbuild.collectives import ACTORS, Collectives
from graphbuild.datelines import dateline_end, opens_line
from graphbuild.descriptions import VAGUE, Descriptions
from graphbuild.gazetteer import Gazetteer
from graphbuild.gazetteer.names import without_possessive
from graphbuild.mentions import TokenMention, sharing_head
from graphbuild.mentions.described import OWN_STATES
from graphbuild.names import BODIES, FAMILIES, MINISTRIES, family, is_acronym_of, is_inner_name, same_person, same_thing, shortens_forces, words_of
from graphbuild.speech import SAY, Speech, disputed, speech_at
from graphbuild.syntax import HELPING, case_of, conjuncts, is_passive, modifiers, objects, possessors, subjects, surface_subjects
from graphbuild.thingnames import is_generic, is_hull_number, without_ship_prefix
from graphbuild.voice import CAPITAL, FIRST_PLURAL, PERFORMATIVE, Named, Voice, is_ongoing, is_performed

ANTECEDENT = 0.5
"""Least probability of a learned antecedent."""
_OTHER_EVENT = 0.7
"""The same for a description that calls an event by another word: "the quarrel" is hardly "the session"."""
_SAME_WORD, _OTHER_WORD = 0.1, 0.8
"""The same for a description that was left open: where it is taken up by the same noun, and by another."""
_FIRST_SINGULAR = frozenset("i me my mine myself".split())
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_HE_OR_SHE = _HE | _SHE
_MALE_ELSEWHERE = frozenset("jean andrea sasha simone michele joan jan dominique".split())
"""Given names of women in the gazetteer's country, and of men in others."""
_LEAVING = frozenset("resign quit retire".split())
_PUTTING = frozenset("appoint name make nominate elect choose pick install".split())
"""Verbs for putting somebody into an office."""
_CULPRITS = frozenset("suspect perpetrator attacker assailant culprit killer assassin bomber kidnapper abductor".split())
"""Nouns for those who have done something to others."""
_AUTHORITIES = frozenset("authorities government officials regime".split())
_MALE_TITLES = frozenset("mr king prince sir lord".split())
_FEMALE_TITLES = frozenset("mrs ms miss queen princess lady dame".split())
_PRESSING = frozenset("press urge push pressure prod ask call beg tell order force compel persuade".split())
_IT = frozenset("it its itself".split())
_STATING = PERFORMATIVE | frozenset("accuse blame vow pledge promise threaten agree decide criticise criticize applaud".split())
"""Verbs of what statements do, in whatever tense they are told."""
_OWN_DEEDS = frozenset(
    "end stop cease halt withdraw pull reduce cut suspend drop abandon lift ease fulfil fulfill honour honor keep change disband disarm explain justify"
    " admit acknowledge".split()
)
"""Verbs whose object is the subject's own, if somebody's."""
_OF_TEXTS = frozenset(
    "call express welcome note reaffirm recall stress underline confirm recognise recognize believe consider remain stand affirm maintain join look"
    " attach value pay owe support offer extend protest announce declare".split()
)
"""Of these, what texts, meetings and things do, too."""
_STATED_BY_SOMEBODY = _STATING - _OF_TEXTS
_ADDRESSED = frozenset("accuse urge blame remind warn condemn criticise criticize ask thank press implore order sue tell inform".split())
"""Verbs whose object can hear or answer for it."""
_FIGHTS = frozenset("fight battle struggle campaign war effort efforts".split())
_WHILE = frozenset("during in at after before since throughout on upon".split())
"""Prepositions with which a sentence opens that says when or where its subject acts: "in her speech"."""
_FOR_ANOTHER = frozenset(
    "place stead absence presence honour honor memory favour favor behalf name defence defense support wake footstep path request invitation side left"
    " right way opinion eye case aid rescue arrival death release arrest heel".split()
)
"""What somebody else than the subject of the sentence is rather said to have: "in his place"."""
_NO_PERSONS = frozenset((*FAMILIES.values(), "organization")) - {"person"}
"""Families of what "it" stands for."""
_THEY = frozenset("they them their theirs themselves".split())
_STATE_OFFICES = frozenset("minister president premier chancellor secretary spokesman spokeswoman spokesperson".split())
_SPEAKING_FOR_STATES = frozenset("minister premier chancellor secretary ambassador".split())
_MINISTERS = frozenset("minister premier chancellor".split())
_HEADS_OF_STATE = frozenset(("President", "Chancellor"))
"""Written with a capital; other presidents may be those of a club."""
_OFFERING = frozenset("offer voice express extend convey lend pledge renew reaffirm reiterate restate declare underline underscore signal".split())
"""Verbs whose object, with a possessive, is what their subject itself feels or gives."""
_OFFICIALS = frozenset("spokesman spokeswoman spokesperson leader director chairman chairwoman head chief commander president secretary-general".split())
_SPEAKING_FOR_OTHERS = _OFFICIALS | _STATE_OFFICES
"""Who speaks for a body or state, whose they are."""
_OF_BODIES = frozenset("executive ceo chairman chairwoman chairperson shareholders subsidiary founder".split())
"""Those whom companies and other bodies have, and no country."""
_OF_STATES = frozenset("police army navy military gendarmerie agency ministry court parliament senate tribunal judiciary".split())
_OF_MANY = frozenset("group organization organisation movement militia faction".split())
"""Those that many people make up, under a name."""
_OF_NO_STATE = frozenset(("ArmedGroup", "PoliticalParty", "Company", "MediaOrganization"))
"""What none of these is, whatever the model says."""
_BESIDE_OFFICE = ("appos", "flat", "nmod:desc")
_NEAR_SPEECH = 150
"""How far apart, in tokens, quotations of one speaker may stand to be read as one speech."""
_PARTS = frozenset(
    "centre center council commission committee mission force forces command court secretariat assembly parliament brigade battalion corps"
    " fair festival museum prize cup championship".split()
)
"""Last words of names of bodies within bodies, and of what bodies hold in their name."""
_CHARGES = frozenset("accusation allegation charge suspicion claim report suggestion statement assertion insinuation".split())
"""Nouns for what somebody says that others did."""
_KINDS = frozenset("council commission committee ministry department court tribunal assembly authority board agency bureau secretariat union congress".split())
"""Words for kinds of bodies by which alone, with a capital, the one that a text is about is called."""
_OPENING = 60
"""How many tokens of a text may name who issues it."""
_PARTS_OF_KNOWN = frozenset("bank fund programme program agency office group team summit staff".split())
_LONGEST_ACRONYM = 8
_LONG_REST = 3
"""How many words behind the name of a known body make another of it: "NATO-Georgia Joint Training Centre"."""
_JOINT = frozenset(("joint", "trilateral", "quadrilateral"))
_STATEMENTS = frozenset("statement declaration communiqué communique".split())
_ISSUE = frozenset("issue adopt release make publish sign give agree".split())
"""What is done with statements by those who speak in them."""
_OF_ALL = frozenset("the of by from between and for foreign prime defence defense heads state affairs on".split())
_OFFICES = frozenset("minister leader president government head secretary state representative ambassador embassy republic kingdom people envoy".split())
"""What stands before the countries that speak together: "the foreign ministers of"."""
_TITLE_REACH = 14
"""How far from a name, in tokens, its titles are looked for."""


def resolve(doc: Doc, mentions: tuple[TokenMention, ...], speeches: tuple[Speech, ...], gazetteer: Gazetteer) -> Chains:
    """Cluster the mentions of a document: names by their words, then nouns and pronouns by model, agreement and speech."""
    chains = Chains(mentions)
    _cluster_names(doc, chains, gazetteer)
    resolver = _Resolver(doc, chains, speeches, gazetteer)
    others = [i for i in range(len(mentions)) if i not in chains.of]
    speaking = [i for i in others if mentions[i].form == "pronoun" and doc[mentions[i].root].lower_ in _FIRST_SINGULAR | FIRST_PLURAL]
    for index in (*(i for i in others if i not in speaking), *speaking):  # who "he" is in "he said" tells who "I" am
        resolver.link(index)
    return chains


def _cluster_names(doc: Doc, chains: Chains, gazetteer: Gazetteer) -> None:
    by_family: dict[str, list[int]] = defaultdict(list)
    country_of = _countries(doc, chains.mentions, gazetteer)
    for index, mention in enumerate(chains.mentions):
        if mention.form != "name" or _is_common(doc, mention):
            continue
        kind = family(mention.label)
        fits = [c for c in by_family[kind] if any(_same_name(doc, i, index, chains.mentions, country_of, gazetteer) for i in chains.members[c])]
        if kind == "person":
            inner = _inner_names(doc, chains, by_family[kind], mention)
            fits = [c for c in fits if not _is_namesake(doc, chains, c, mention)]
            fits = [*fits, *(c for c in inner if _is_first_surname(doc, chains, c, mention))] if fits else inner
        parenthesis = _introduces(doc, chains, index)
        if parenthesis is not None:
            chains.join(index, parenthesis)
        elif fits:
            chains.join(index, max(fits, key=lambda c: (_fit(doc, chains, c, mention), _prominence(doc, chains, c, kind))))
        elif (body := _called_by_kind(doc, chains, by_family[kind], mention)) is not None:
            chains.join(index, body)
        else:
            by_family[kind].append(chains.start(index))


def _called_by_kind(doc: Doc, chains: Chains, clusters: list[int], mention: TokenMention) -> int | None:
    """Return the body last named that "the Council" is short for: "the Peace and Security Council", "the Council of Europe"."""
    word = doc[mention.root].lower_
    alone = mention.end - mention.start == 1 and family(mention.label) == "organization" and doc[mention.root].is_title
    if not alone or word not in _KINDS or mention.start == 0 or doc[mention.start - 1].lower_ != "the":
        return None
    last: dict[int, int] = {}
    for cluster in clusters:
        named = [chains.mentions[i] for i in chains.members[cluster]]
        acting = any(is_subject(doc, m) or (m.start < _OPENING and not possessors(doc[m.root])) for m in named)
        if acting and any(_ends_in(m.text(doc), word) for m in named):
            last[cluster] = max(chains.members[cluster])
    return max(last, key=lambda c: last[c], default=None)


def _ends_in(name: str, word: str) -> bool:
    """Tell whether a longer name says by a word what kind of body it names: "the Security Council", "the Commission of Inquiry"."""
    words = words_of(name)
    return len(words) > 1 and (words[-1] == word or list(words[:2]) == [word, "of"])


def _is_common(doc: Doc, mention: TokenMention) -> bool:
    """Recognise a body that is called by what it is, and not by a name: "the court"."""
    alone = mention.end - mention.start == 1 and family(mention.label) == "organization" and mention.label != "MilitaryForce"
    return alone and doc[mention.root].is_lower and doc[mention.root].tag_ == "NN" and is_demonstrative(doc[mention.root])


def _fit(doc: Doc, chains: Chains, cluster: int, mention: TokenMention) -> bool:
    return any(words_of(chains.mentions[i].text(doc)) == words_of(mention.text(doc)) for i in chains.members[cluster])


def _prominence(doc: Doc, chains: Chains, cluster: int, kind: str) -> tuple[int, int]:
    """Order the things that a shorter name fits: persons who act before others and then by first mention, all else by last mention."""
    members = chains.members[cluster]
    if kind != "person":
        return 0, max(members)
    return any(is_subject(doc, chains.mentions[i]) for i in members), -min(members)


def _is_namesake(doc: Doc, chains: Chains, cluster: int, mention: TokenMention) -> bool:
    """Tell whether a full name is another one than those of a chain, which only a shorter form links to it: "Imee Marcos", "Marcos", "Ferdinand Marcos"."""
    name = mention.text(doc)
    names = (chains.mentions[i].text(doc) for i in chains.members[cluster])
    return len(words_of(name)) > 1 and any(len(words_of(other)) > 1 and not same_person(name, other) for other in names)


def _inner_names(doc: Doc, chains: Chains, clusters: list[int], mention: TokenMention) -> list[int]:
    """Return the only person whose full name holds a name in its middle: "Boric" of "Gabriel Boric Font"."""
    name = mention.text(doc)
    found = [c for c in clusters if any(is_inner_name(name, chains.mentions[i].text(doc)) for i in chains.members[c])]
    return found if len(found) == 1 else []


def _is_first_surname(doc: Doc, chains: Chains, cluster: int, mention: TokenMention) -> bool:
    """Tell whether a word alone is the first of the two surnames of a name of three or more: "García" of "José García Pérez"."""
    words = words_of(mention.text(doc))
    names = (words_of(chains.mentions[i].text(doc)) for i in chains.members[cluster])
    return len(words) == 1 and any(len(name) > 2 and name[-2] == words[0] for name in names)


def _countries(doc: Doc, mentions: tuple[TokenMention, ...], gazetteer: Gazetteer) -> dict[int, str]:
    """Decide which country each country mention means; an ambiguous form ("Korean") means the candidate named most often around it."""
    out: dict[int, str] = {}
    unclear: list[int] = []
    for index, mention in enumerate(mentions):
        if mention.label == "Country" and mention.form == "name":
            entry = gazetteer.country(mention.text(doc)) or gazetteer.metonym_of(mention.text(doc))
            if entry:
                out[index] = entry.id
            else:
                unclear.append(index)
    tally = Counter(out.values())
    for index in unclear:
        known = [(tally[e.id], e.id) for e in gazetteer.candidates(mentions[index].text(doc)) if tally[e.id]]
        default = gazetteer.default(mentions[index].text(doc))
        if known:
            out[index] = max(known)[1]
        elif (whole := _whole_name(doc, mentions, index, out, gazetteer)) is not None:
            out[index] = whole
        elif default:
            out[index] = default.id
    return out


def _whole_name(doc: Doc, mentions: tuple[TokenMention, ...], index: int, known: dict[int, str], gazetteer: Gazetteer) -> str | None:
    """Return the country whose name a mention is only the beginning of: "the North" of North Korea, "North and South Korea"."""
    text = mentions[index].text(doc)
    wholes = {known[i] for i, m in enumerate(mentions) if i in known and m.end - m.start > 1 and doc[m.start].text == text}
    shared = sharing_head(doc, mentions[index], gazetteer)
    return wholes.pop() if len(wholes) == 1 else shared.id if shared is not None else None


def _same_name(doc: Doc, one: int, other: int, mentions: tuple[TokenMention, ...], country_of: dict[int, str], gazetteer: Gazetteer) -> bool:
    a, b = mentions[one].text(doc), mentions[other].text(doc)
    kind = family(mentions[one].label)
    if kind == "country":
        left, right = country_of.get(one), country_of.get(other)
        return left == right if left or right else words_of(a) == words_of(b)
    if kind == "person":
        return same_person(a, b)
    if kind in ("organization", "agreement"):
        if _adds_owner(a, b, gazetteer) or _are_of_two_countries(doc, mentions[one], mentions[other], mentions, country_of):
            return False
        same = _listed_as_one(a, b, gazetteer) or _is_proper_tail(a, b) or (same_thing(a, b) and not _is_part(a, b, gazetteer))
        return (same or _is_same_regime(a, b) or shortens_forces(a, b)) and not _nested(mentions[one], mentions[other])
    return _same_vehicle(a, b) if kind == "vehicle" else words_of(a) == words_of(b)


def _are_of_two_countries(doc: Doc, one: TokenMention, other: TokenMention, mentions: tuple[TokenMention, ...], country_of: dict[int, str]) -> bool:
    """Tell whether two bodies are told to be of two countries: "the Peruvian defence ministry", "Bolivia's defence ministry"."""
    if not all(doc[m.root].lemma_.lower() in MINISTRIES for m in (one, other)):
        return False
    owners = [_owner_of(doc, m, mentions, country_of) for m in (one, other)]
    return None not in owners and owners[0] != owners[1]


def _owner_of(doc: Doc, body: TokenMention, mentions: tuple[TokenMention, ...], country_of: dict[int, str]) -> str | None:
    """Return the country that a body is told to be of, right before its name or at its beginning."""
    before = body.start - 1 if body.start and doc[body.start - 1].tag_ == "POS" else body.start
    return next((country_of[i] for i, m in enumerate(mentions) if i in country_of and (m.end == before or m.start == body.start)), None)


def _same_vehicle(one: str, other: str) -> bool:
    """Tell whether two forms name one vehicle: equal words, a ship's prefix aside where one has none."""
    (prefix, name), (prefix_too, name_too) = (without_ship_prefix(" ".join(words_of(form))) for form in (one, other))
    tail = bool(prefix) != bool(prefix_too) and (name.endswith(f" {name_too}") or name_too.endswith(f" {name}"))  # "ARC Almirante Padilla", "Padilla"
    return (name == name_too or tail) and (prefix == prefix_too or not prefix or not prefix_too)


def _listed_as_one(one: str, other: str, gazetteer: Gazetteer) -> bool:
    """Tell whether two names are those of one body by the gazetteer, and of no other: "AFRICOM", "U.S. Africa Command"."""
    left, right = gazetteer.lookup(one, BODIES), gazetteer.lookup(other, BODIES)
    return len(left) == len(right) == 1 and left[0].id == right[0].id


def _is_proper_tail(one: str, other: str) -> bool:
    """Tell whether the shorter name is the last word of the longer, and says nothing but which one: "Grupo Huascaran", "Huascaran"."""
    short, long = sorted((words_of(one), words_of(other)), key=len)
    word = short[0] if len(short) == 1 else ""
    return len(word) > 3 and len(long) in (2, 3) and long[-1] == word and not is_head(word) and not is_generic(word)


def _adds_owner(one: str, later: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a name adds a country to one before that has none and is the text's own: "the National Guard", "the Chadian National Guard"."""
    short, long = words_of(one), words_of(later)
    if len(short) >= len(long) or not is_generic(" ".join(short)):
        return False
    rest = long[len(short) :] if long[: len(short)] == short else long[: -len(short)] if long[-len(short) :] == short else ()
    added = " ".join(w for w in rest if w not in ("of", "the"))
    return bool(added) and (gazetteer.country(added.title()) is not None or gazetteer.country(rest[-1].title()) is not None)


def _is_same_regime(one: str, other: str) -> bool:
    """Tell whether two names are those of one ruler's regime: "the Asad regime", "Bashar al-Asad's regime"."""
    (ruler, _, noun), (ruler_too, _, noun_too) = (name.rpartition(" ") for name in (one, other))
    rulers = [without_possessive(r) for r in (ruler, ruler_too)]
    return noun == noun_too and noun in ("regime", "dictatorship") and all(rulers) and same_person(*rulers)


def _is_part(one: str, other: str, gazetteer: Gazetteer) -> bool:
    """Tell whether the longer of two names is that of a body within the body of the shorter: "UN", "UN Security Council"."""
    short, long = sorted((one, other), key=lambda name: len(words_of(name)))
    rest = words_of(long)[len(words_of(short)) :]
    if not rest or words_of(long)[: len(words_of(short))] != words_of(short):
        return False
    whole = {e.id for e in gazetteer.lookup(short, BODIES)}
    return rest[-1] in _PARTS or (bool(whole) and (rest[-1] in _PARTS_OF_KNOWN or len(rest) >= _LONG_REST))


def _nested(one: TokenMention, other: TokenMention) -> bool:
    return one.start < other.end and other.start < one.end


def _introduces(doc: Doc, chains: Chains, index: int) -> int | None:
    """Recognise an acronym in brackets right after the name that it stands for: "Combined Forces Command (CFC)"."""
    mention = chains.mentions[index]
    text = mention.text(doc)
    if (told := _told_acronym(doc, chains, index)) is not None:
        return told
    if mention.start < 2 or doc[mention.start - 1].text != "(" or mention.end >= len(doc) or doc[mention.end].text != ")":
        return None
    pennant = is_hull_number(text) or (mention.label == "Vehicle" and any(c.isdigit() for c in text) and " " not in text)
    if not pennant and (sum(c.isupper() for c in text) < 2 or " " in text):
        return None
    line = next((i for i in range(mention.start, -1, -1) if opens_line(doc, i)), 0)
    if (dateline_end(doc, line) or 0) > mention.end - 1:
        return None  # "MOSCOW (TASS) –"
    before = [i for i, m in enumerate(chains.mentions[:index]) if m.end == mention.start - 1 and m.form == "name" and i in chains.of]
    alike = [i for i in before if pennant or not _is_somebody_else(chains.mentions[i], mention, doc)]
    return chains.of[alike[0]][0] if alike else None


def _told_acronym(doc: Doc, chains: Chains, index: int) -> int | None:
    """Recognise an acronym that the words before it give as another name of a body: "the Grey Wolves Front, or FGL,", "… known by its French acronym FGL"."""
    mention = chains.mentions[index]
    text = mention.text(doc)
    if mention.end - mention.start != 1 or not text.isupper() or len(text) > _LONGEST_ACRONYM or family(mention.label) not in ("organization", "agreement"):
        return None
    near = (i for i in range(index - 1, -1, -1) if chains.mentions[i].form == "name" and i in chains.of and chains.mentions[i].end <= mention.start)
    before = next((i for i in near if family(chains.mentions[i].label) == family(mention.label)), None)
    if before is None or chains.mentions[before].end - chains.mentions[before].start < 2:
        return None
    between = [t.lower_ for t in doc[chains.mentions[before].end : mention.start]]
    if not 0 < len(between) <= _TITLE_REACH:
        return None
    comma = between.index(",") if "," in between else 0
    between = between[comma:] if between[0] == "of" else between
    behind = doc[mention.end].text if mention.end < len(doc) else "."
    renamed = between in ([",", "or"], [",", "or", "the"]) and behind in (",", ".", ")")
    called = between[:1] in ([","], ["("]) and any(w in ("acronym", "initials", "abbreviation") for w in between)
    last = between[:1] == ["("] and between[-1] in (";", ",") and behind == ")"  # "(French: Front des forces; FDF)"
    return chains.of[before][0] if renamed or called or last else None


def _is_somebody_else(name: TokenMention, short: TokenMention, doc: Doc) -> bool:
    """Tell whether a short name behind a country, place or person is of another kind, and not made of its initials: "Ana Lind (PSD)"."""
    kinds = family(name.label), family(short.label)
    return kinds[0] in ("country", "place", "person") and kinds[0] != kinds[1] and not is_acronym_of(short.text(doc), name.text(doc))


def _is_told_apart(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether a clause says which event is meant, as one yet to come: "the talks that will be held in Geneva" are no talks told before."""
    clauses = [c for c in doc[mention.root].children if c.dep_ == "acl:relcl" and doc[c.left_edge.i - 1].text != ","]
    return mention.label in ("Event", "Other") and any(g.lower_ in ("will", "shall") for c in clauses for g in c.children)


class _Resolver:
    """Links nouns and pronouns, in text order, to clusters that stand before them."""

    def __init__(self, doc: Doc, chains: Chains, speeches: tuple[Speech, ...], gazetteer: Gazetteer) -> None:
        self.doc, self.chains, self.speeches, self.gazetteer = doc, chains, speeches, gazetteer
        self.at = {(m.start, m.end): i for i, m in enumerate(chains.mentions)}
        self.by_root: dict[int, int] = {}
        for i, mention in enumerate(chains.mentions):
            self.by_root.setdefault(mention.root, i)
        self.learned = _learned_antecedents(doc, self.at)
        self.collectives, self.descriptions = Collectives(doc, chains), Descriptions(doc, chains, gazetteer)
        self.voice = Voice(doc, list(self._named()), speeches)

    @cached_property
    def _countries(self) -> dict[str, int]:
        """The clusters of the countries that the text names, by their ids in the gazetteer."""
        countries: dict[str, int] = {}
        for i, mention in enumerate(self.chains.mentions):
            entry = self.gazetteer.country(mention.text(self.doc)) if mention.label == "Country" and mention.form == "name" and i in self.chains.of else None
            if entry:
                countries.setdefault(entry.id, self.chains.of[i][0])
        return countries

    def _named(self) -> Iterable[Named]:
        """Yield the names with their clusters; a capital also as a sign of its country, where the text names that too."""
        for i, mention in enumerate(self.chains.mentions):
            if mention.form != "name" or i not in self.chains.of:
                continue
            yield mention.start, mention.end, mention.root, mention.label, self.chains.of[i][0]
            capital = self.gazetteer.metonym_of(mention.text(self.doc)) if mention.label == "City" else None
            if capital and capital.id in self._countries:
                yield mention.start, mention.end, mention.root, CAPITAL, self._countries[capital.id]

    def link(self, index: int) -> None:
        """Link one mention, or leave it open (a described group, event or work opens a cluster of its own)."""
        mention = self.chains.mentions[index]
        clusters = self._clusters_of(index, mention)
        if clusters and len(clusters) == 1:
            self.chains.join(index, clusters[0])
        elif clusters:
            self.chains.of[index] = clusters
        elif mention.form == "name" or (mention.form == "noun" and self.descriptions.opens(mention)):
            self.chains.start(index)

    def _clusters_of(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        word = self.doc[mention.root].lower_
        if mention.form == "pronoun":
            return self._pronoun(index, mention, word)
        if self.doc[mention.start].lower_ == "both":
            return self.collectives.of(mention)  # never one alone
        if self._jointly and self.collectives.are_principals(mention):  # "We, the ministers of Chad and Mali, … The ministers thanked Togo"
            named = self.collectives.of(mention)
            return named if named and all(family(self.chains.label(c)) == "person" for c in named) else self._jointly
        if (state := self._state_told(index, mention)) is not None:
            return state
        before = self.descriptions.beside(mention) or self.collectives.of(mention) or self.descriptions.named(mention)
        if self.descriptions.is_capital(mention):
            return before or self.descriptions.capital(mention)
        before = before or self.descriptions.introduced(index, mention)
        if before or _is_told_apart(self.doc, mention):
            return before
        return self._fitting(mention, self._taken_up(index, mention))

    def _taken_up(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Return what a description takes up, by the model or by its words."""
        return (
            (() if self.descriptions.is_office(mention) else self._by_model(index, mention))
            or self._described(index, mention)
            or self.descriptions.before(index, mention)
            or self._only_named_so(mention)
        )

    def _fitting(self, mention: TokenMention, found: tuple[int, ...]) -> tuple[int, ...]:
        """Leave out for "the suspects" who has done nothing, and for "the capital" a city that is none of a country named."""
        word = self.doc[mention.root].lemma_.lower()
        if word == "capital":
            return self._capital_named(found)
        return () if word in _CULPRITS and not self._have_acted(found) else found

    def _state_told(self, index: int, mention: TokenMention) -> tuple[int, ...] | None:
        """Return the state that a phrase tells to be somebody's, or whose authorities it names; None of any other phrase."""
        if owner := self._whose_state(mention):
            return self._state_of_person(owner) or self._not_of_another(owner, self._by_model(index, mention))
        return self._authorities_in(mention) or None

    def _authorities_in(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the country in which authorities are told to be: "accused the authorities in Belarus"."""
        behind = mention.end + 1
        if self.doc[mention.root].lower_ not in _AUTHORITIES or behind >= len(self.doc) or self.doc[mention.end].lower_ != "in":
            return ()
        place = next((i for i, m in enumerate(self.chains.mentions) if m.start == behind and m.form == "name" and m.label in ("Country", "City")), None)
        if place is None:
            return ()
        capital = self.gazetteer.metonym_of(self.chains.mentions[place].text(self.doc)) if self.chains.mentions[place].label == "City" else None
        if capital is not None:
            return (self._countries[capital.id],) if capital.id in self._countries else ()
        return self.chains.of.get(place, ()) if self.chains.mentions[place].label == "Country" else ()

    def _capital_named(self, found: tuple[int, ...]) -> tuple[int, ...]:
        """Leave out a city that is no capital of a country that the text names, for "the capital"."""
        forms = [self.chains.mentions[i].text(self.doc) for c in found for i in self.chains.members[c]]
        states = [state for form in forms if (state := self.gazetteer.metonym_of(form)) is not None]
        known = any(state.id in self._countries for state in states) or any(family(self.chains.label(c)) == "country" for c in found)
        return found if known else ()

    def _have_acted(self, clusters: tuple[int, ...]) -> bool:
        """Tell whether those who are called attackers or suspects are told to have done something, or are armed: not the engineers whom others attacked."""
        mentions = [self.chains.mentions[i] for c in clusters for i in self.chains.members[c]]
        acting = any(self.doc[m.root].dep_ in ("nsubj", "obl:agent") and self.doc[m.root].head.pos_ == "VERB" for m in mentions)
        return acting or any(m.label in ("ArmedGroup", "MilitaryForce") for m in mentions)

    def _whose_state(self, mention: TokenMention) -> tuple[int, ...]:
        """Return whose state a phrase is for: "Ana Lind said that her country would leave"; nobody where it is for none."""
        owner = self.doc[mention.start]
        if owner.tag_ != "PRP$" or self.doc[mention.root].lower_ not in OWN_STATES:
            return ()
        whose = next((i for i, m in enumerate(self.chains.mentions) if m.start == owner.i and m.form == "pronoun"), None)
        person = self._pronoun(whose, self.chains.mentions[whose], owner.lower_) if whose is not None else ()
        return person if len(person) == 1 and family(self.chains.label(person[0])) == "person" else ()

    def _state_of_person(self, person: tuple[int, ...]) -> tuple[int, ...]:
        """Return the country whose office somebody holds."""
        found = self._side_of(person) or self._known_country(person)
        return found if len(found) == 1 and self.chains.label(found[0]) == "Country" else ()

    def _not_of_another(self, person: tuple[int, ...], found: tuple[int, ...]) -> tuple[int, ...]:
        """Leave out a country for which only somebody else holds an office."""
        holders = {h.person for h in self.descriptions.holders.held if h.side == found}
        return () if holders and person not in holders else found

    def _only_named_so(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the only regime or coalition that the text names, before or after: "the regime and its allies …", of the Assad regime."""
        word = self.doc[mention.root].lower_
        if word not in ("regime", "junta", "coalition") or self.doc[mention.start].lower_ != "the" or mention.end - mention.start != 2:
            return ()
        named = ((i, m) for i, m in enumerate(self.chains.mentions) if m.form == "name" and m.end - m.start > 1 and self.doc[m.end - 1].lower_ == word)
        found = {self.chains.of[i] for i, _ in named if i in self.chains.of}
        return found.pop() if len(found) == 1 else ()

    def _denoted(self, root: Token) -> tuple[int, ...]:
        """Return what the mention with a root stands for, nothing where there is none."""
        return self.chains.of.get(self.by_root.get(root.i, -1), ())

    def _owner_in_relative(self, mention: TokenMention, word: str) -> tuple[int, ...]:
        """Return whom a clause describes in whose object "his" or "its" stands: "met Berg, who blamed his predecessor", "a firm whose board fired its head"."""
        owned = self.doc[mention.root].head
        while owned.dep_ in ("nmod:desc", "appos", "flat", "compound") and owned.head.i != owned.i:
            owned = owned.head  # "fired its chief executive, Anna Berg"
        clause = owned.head
        while clause.dep_ in ("conj", "xcomp") and clause.head.pos_ == "VERB":
            clause = clause.head
        if self.doc[mention.root].dep_ != "nmod:poss" or owned.dep_ not in ("obj", "iobj", "obl") or clause.dep_ != "acl:relcl" or clause.i > owned.i:
            return ()
        doing = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
        whose = doing is not None and (doing.lower_ in ("who", "which", "that") or any(c.lower_ == "whose" for c in doing.children))
        clusters = self._denoted(phrase_head(clause.head)) if whose else ()
        kinds = {"person"} if word in _HE_OR_SHE else {"organization", "country"}
        fitting = len(clusters) == 1 and family(self.chains.label(clusters[0])) in kinds
        return clusters if fitting and not (word in _HE_OR_SHE and self._is_named_otherwise(clusters, mention)) else ()

    def _put_into_office(self, mention: TokenMention) -> tuple[int, ...]:
        """Return who was put into office in the sentence before one that tells that "he" left it: "appointed Villalba foreign minister. He resigned"."""
        verb = self.doc[mention.root].head
        if self.doc[mention.root].dep_ != "nsubj" or verb.lemma_ not in _LEAVING or self.doc[mention.root].i != verb.sent.start or not verb.sent.start:
            return ()
        before = self.doc[verb.sent.start - 1].sent.root
        named = next((c for c in before.children if c.dep_ == "obj"), None) if before.lemma_ in _PUTTING else None
        clusters = self._denoted(named) if named is not None else ()
        return clusters if len(clusters) == 1 and family(self.chains.label(clusters[0])) == "person" and not self._is_named_otherwise(clusters, mention) else ()

    def _pronoun(self, index: int, mention: TokenMention, word: str) -> tuple[int, ...]:
        if word in _FIRST_SINGULAR:
            return self._speaker(mention)
        if word in FIRST_PLURAL:
            return self._our_side(index, mention)
        if word.endswith(("self", "selves")) and (own := self._emphasised(mention)):
            return own
        if word in _HE_OR_SHE | {"its"} and (own := self._owner_in_relative(mention, word)):
            return own
        if word in _HE_OR_SHE:
            return self._put_into_office(mention) or self._person_meant(index, mention, word)
        if own := self._owner(mention, word):
            return own
        return self._it(index, mention) if word in _IT else self._they(index, mention, word) if word in _THEY else ()

    def _it(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Return what "it" stands for."""
        bodies = {"organization"} if any(t.lower_ in _OF_BODIES for t in self.doc[mention.end : mention.end + 2]) else set()
        speaking = {"organization", "country"} if self._is_somebody(mention) else set()
        kinds = bodies or speaking or _NO_PERSONS
        found = self._by_model(index, mention, kinds) or self._salient_subject(index, mention)
        if (saying := self._saying(mention)) and not self._is_in_sentence(found, mention):
            return saying
        return found or self._acted_on_before(mention) or self._spoken_for(mention)

    def _they(self, index: int, mention: TokenMention, word: str) -> tuple[int, ...]:
        """Return whom "they" stands for."""
        if word == "them" and case_of(self.doc[mention.root]) in ("among", "amongst"):
            return self._by_model(index, mention)  # "all parties, among them the rebels": not the two who spoke of them
        if several := self._persons_together(index, mention):
            return several
        return self.collectives.listed_with(self._by_model(index, mention), mention) or self.collectives.pair_before(mention)

    def _person_meant(self, index: int, mention: TokenMention, word: str) -> tuple[int, ...]:
        """Return whom "he" or "she" means."""
        if own := self._owner_of_first(mention) or self._named_behind(mention):
            return own
        families = {"person"} if word in _HE else {"person", "vehicle"}
        found = self._by_model(index, mention, families, named=True) or self._by_model(index, mention, families)
        if not found or self._is_named_otherwise(found, mention):  # "Ana Lind met Rui Costa. He …"
            return self._salient_person(mention, named=bool(found)) or found
        return self._person_at_hand(found, mention) or found

    def _person_at_hand(self, found: tuple[int, ...], mention: TokenMention) -> tuple[int, ...]:
        """Return who acts in the sentence so far, else in the one before an opening pronoun, where whom the model chose is spoken of in neither."""
        quoted = speech_at(self.speeches, mention.start) is not None
        if quoted or self._is_in_sentence(found, mention) or any(family(self.chains.label(c)) != "person" for c in found):
            return ()
        sentence = self.doc[mention.root].sent
        if acting := self._acting_persons(sentence.start, mention.start, mention):
            return acting if len(acting) == 1 else ()
        first = next((t.i for t in sentence if not (t.is_space or t.is_punct)), sentence.start)
        before = sentence_before(self.doc, mention.start)
        spoken_of = any(before <= self.chains.mentions[i].start < sentence.start for c in found for i in self.chains.members[c])
        if first != mention.start or before == sentence.start or spoken_of:
            return ()
        acting = self._acting_persons(before, sentence.start, mention)
        return acting if len(acting) == 1 else ()

    def _acting_persons(self, start: int, end: int, mention: TokenMention) -> tuple[int, ...]:
        """Return the persons who are subjects in a stretch of text and whom "he" or "she" may mean."""
        inside = ((i, m) for i, m in enumerate(self.chains.mentions) if start <= m.start and m.end <= end and m.label == "Person" and is_subject(self.doc, m))
        clusters = dict.fromkeys(self.chains.of[i] for i, m in inside if i in self.chains.of and speech_at(self.speeches, m.start) is None)
        return tuple(c for one in clusters if self._may_be_third(one, mention) and not self._is_named_otherwise(one, mention) for c in one)

    def _emphasised(self, mention: TokenMention) -> tuple[int, ...]:
        """Return whom "himself" or "itself" stands beside: "Mali, itself a member"; else who acts in its clause: "which has itself arrested them"."""
        pronoun = self.doc[mention.root]
        beside = [i for i, m in enumerate(self.chains.mentions) if m.end == mention.start - 1 and m.form == "name" and i in self.chains.of]
        if beside and self.doc[mention.start - 1].text == "," and pronoun.dep_ not in ("obj", "iobj"):
            near = self.chains.of[beside[-1]]
        else:
            verb = pronoun.head  # in "recalled Costa to explain himself" it would have to be found out who explains
            acting = subjects(verb) if verb.pos_ in ("VERB", "AUX") and _has_subject(verb) else []
            near = self._clusters_at(acting[0].i) if len(acting) == 1 and acting[0].i != pronoun.i else ()
        kinds = {family(self.chains.label(c)) for c in near}
        wanted = {"person"} if pronoun.lower_ in _HE_OR_SHE else _NO_PERSONS if pronoun.lower_ in _IT else set(ACTORS)
        return near if kinds <= wanted else ()

    def _owner_of_first(self, mention: TokenMention) -> tuple[int, ...]:
        """Return whose the first of two things is, whose the second then is, too: "Costa's wife, Ana, and his two sons"."""
        noun = self.doc[mention.root].head
        first = noun.head
        if self.doc[mention.root].dep_ != "nmod:poss" or noun.dep_ != "conj" or first.pos_ not in ("NOUN", "PROPN"):
            return ()
        found = {c for owner in possessors(first) for c in self._clusters_at(owner.i)}
        fits = all(family(self.chains.label(c)) == "person" for c in found) and self._may_be_third(tuple(found), mention)
        return tuple(found) if len(found) == 1 and fits else ()

    def _named_behind(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the subject of a sentence that opens with a phrase about him: "Asked about his debts, Costa …", "During her visit, Lind …"."""
        pronoun = self.doc[mention.root]
        root = pronoun.sent.root
        subject = next((s for s in root.children if s.dep_ in ("nsubj", "nsubj:pass")), None)
        if subject is None or subject.i < pronoun.i or subject.pos_ != "PROPN" or any(c.dep_ == "conj" for c in subject.children):
            return ()
        opening = next((a for a in (pronoun, *pronoun.ancestors) if a.head.i == root.i), pronoun)
        if opening.i > subject.i or not self._tells_of_subject(opening, pronoun):
            return ()
        found = self._clusters_at(subject.i)
        fits = len(found) == 1 and family(self.chains.label(found[0])) == "person" and self._may_be_third(found, mention)
        return found if fits and not self._is_named_otherwise(found, mention) else ()

    def _tells_of_subject(self, opening: Token, pronoun: Token) -> bool:
        """Tell whether a pronoun in the phrase that opens a sentence can hardly mean another than its subject."""
        if any(t.pos_ == "PROPN" and t.ent_type_ == "Person" for t in self.doc[pronoun.sent.start : pronoun.i]):
            return False
        if opening.dep_ == "advcl":
            return opening.lower_ == "asked" and not _has_subject(opening)  # "Asked whether he knew …"
        if opening.dep_ != "obl":
            return False
        own = pronoun.dep_ == "nmod:poss" and pronoun.head.i == opening.i and case_of(opening) in _WHILE and opening.lemma_.lower() not in _FOR_ANOTHER
        where = pronoun.dep_ == "nsubj" and pronoun.head.dep_ == "acl:relcl" and pronoun.head.head.i == opening.i
        return own or (where and any(c.lower_ == "where" for c in pronoun.head.children))

    def _persons_together(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Return the two or more of whom the text goes on to tell, where the model took a country or body for the persons that "they" are."""
        found = self._by_model(index, mention)
        alone = len(found) == 1 and family(self.chains.label(found[0])) in ("country", "organization") and self._is_one_named(found)
        if mention.label != "Person" or not alone or self._is_called_by_members(found):
            return ()
        return self.collectives.pair_before(mention) or self.collectives.last_several(mention)

    def _is_called_by_members(self, clusters: tuple[int, ...]) -> bool:
        """Tell whether those who are in a body act in the text: "the members of the Security Council"."""
        roots = [self.doc[self.chains.mentions[i].root] for c in clusters for i in self.chains.members[c]]
        return any(r.dep_ == "nmod" and r.head.tag_ in ("NNS", "NNPS") and case_of(r) in ("of", "from") for r in roots)

    def _owner(self, mention: TokenMention, word: str) -> tuple[int, ...]:
        """Return whom "it" or "they" are bound to by the words around them, whatever stood before."""
        if word in _IT | _THEY and (own := self._giver(mention) or self._owner_of_fight(mention) or self._charged(mention) or self._speaking_on(mention)):
            return own
        if word in _IT:
            return self._owner_of_deed(mention) or self._owner_beside(mention) or self._spoken_on_behalf_of(mention)
        return ()

    def _spoken_on_behalf_of(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the body of whom its own official tells, where nobody else could be meant: "a spokesman for the Lind Fund denied that its men had fled"."""
        told = next((t for t in self.doc[mention.root].ancestors if t.dep_ == "ccomp" and t.head.lemma_ in SAY and t.head.i < mention.root), None)
        saying = next((s for s in told.head.children if s.dep_ == "nsubj" and s.i < told.head.i), None) if told is not None else None
        if told is None or saying is None:
            return ()
        offices = [t for t in (saying, *saying.children) if t.lemma_.lower() in _SPEAKING_FOR_OTHERS and (t is saying or t.dep_ in _BESIDE_OFFICE)]
        found = {c for t in offices for o in (*possessors(t), *modifiers(t, "for"), *modifiers(t, "of")) for c in self._clusters_at(o.i)}
        bodies = [c for c in found if family(self.chains.label(c)) in ("organization", "country")]
        others = (m for i, m in enumerate(self.chains.mentions) if told.left_edge.i <= m.start < mention.start and i in self.chains.of)
        alone = not any(family(m.label) in ("organization", "country", "vehicle") for m in others)
        return tuple(bodies) if len(bodies) == 1 and alone and told.left_edge.i > saying.i else ()

    def _speaking_on(self, mention: TokenMention) -> tuple[int, ...]:
        """Return who goes on with a statement: "The members of the Council condemned the raid on the peacekeepers. They called on Mali to …"."""
        pronoun = self.doc[mention.root]
        first = next((t for t in pronoun.sent if not (t.is_space or t.is_punct or t.tag_ == "LS")), pronoun)
        verb = pronoun.sent.root
        if first.i != pronoun.i or pronoun.dep_ != "nsubj" or pronoun.head.i != verb.i or verb.lemma_.lower() not in _STATING or not pronoun.sent.start:
            return ()
        before = self.doc[sentence_before(self.doc, mention.start)].sent.root
        if before.lemma_.lower() not in _STATING or before.pos_ != "VERB":
            return ()
        heads = [noun for t in before.children if t.dep_ == "nsubj" and t.i < before.i for noun in conjuncts(t)]
        members = any(h.lemma_.lower() == "member" for h in heads)
        found = [self._clusters_at(n.i) for h in heads for n in ([c for c in h.children if case_of(c) == "of"] if members else [h])]
        clusters = tuple(dict.fromkeys(c for one in found for c in one))
        several = members or len(clusters) > 1 or any(h.lower_ in _THEY for h in heads)
        alike = all(family(self.chains.label(c)) in (ACTORS if several else ("organization", "country")) for c in clusters)
        return clusters if all(found) and alike and several == (pronoun.lower_ in _THEY) else ()

    def _giver(self, mention: TokenMention) -> tuple[int, ...]:
        """Return who offers, voices or renews what a possessive stands at, which is always their own: "offered Lula their support"."""
        noun = self.doc[mention.root].head
        verb = noun.head
        if self.doc[mention.root].dep_ != "nmod:poss" or noun.dep_ != "obj" or noun.i < mention.start:
            return ()
        lead = [s for s in subjects(verb) if s.i < verb.i]
        above = bool(lead) and lead[0].sent.start != verb.sent.start  # of an item whose subject stands above: "2. Reiterates its condemnation"
        if verb.lemma_.lower() not in _OFFERING and not above:
            return ()
        acting = [self._clusters_at(t.i) for s in lead for t in conjuncts(s)]
        found = [c for clusters in acting for c in clusters]
        plural = self.doc[mention.root].lower_ in _THEY
        return tuple(dict.fromkeys(found)) if all(acting) and (plural or len(found) == 1) else ()

    def _saying(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the country or body that says what "it" did: "Iran said it had nothing to do with the raid"."""
        clause = self.doc[mention.root].head
        verb = clause.head
        told = self.doc[mention.root].dep_ in ("nsubj", "nsubj:pass") and clause.dep_ == "ccomp" and verb.i < clause.i and verb.lemma_ in SAY
        own = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i] if told else []
        found = self._clusters_at(own[0].i) if len(own) == 1 and own[0].tag_ in ("NN", "NNP") else ()
        return found if len(found) == 1 and family(self.chains.label(found[0])) in ("country", "organization") else ()

    def _is_somebody(self, mention: TokenMention) -> bool:
        """Tell whether "it" does or suffers what only those do who can speak: "It has been called upon to stop", "it denied", "they accused it of"."""
        pronoun = self.doc[mention.root]
        verb = pronoun.head
        passive = pronoun.dep_ == "nsubj:pass"
        if pronoun.dep_ == "nsubj" or (passive and verb.lemma_ == "call"):
            return verb.lemma_.lower() in _STATED_BY_SOMEBODY or (passive and any(c.lower_ in ("on", "upon") for c in verb.children))
        return (passive or pronoun.dep_ in ("obj", "iobj")) and verb.lemma_.lower() in _ADDRESSED

    def _is_in_sentence(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether something is spoken of in the sentence of a mention, before it."""
        first = self.doc[mention.root].sent.start
        return any(first <= self.chains.mentions[i].start < mention.start for c in clusters for i in self.chains.members[c])

    def _charged(self, mention: TokenMention) -> tuple[int, ...]:
        """Return who denies somebody else's charge that "it" did something: "Sudan rejected Chad's accusation that it had shelled the camp"."""
        clause = self.doc[mention.root].head
        noun = clause.head
        told = self.doc[mention.root].dep_ in ("nsubj", "nsubj:pass") and clause.dep_ == "acl" and noun.lemma_.lower() in _CHARGES
        verb = disputed(noun) if told and noun.i < clause.i else None
        bringing = {c for t in (*possessors(noun), *modifiers(noun, "by")) for c in self._clusters_at(t.i)} if verb is not None else set()
        if verb is None or not bringing or is_passive(verb):
            return ()
        denying = [s for s in subjects(verb) if s.i < verb.i]
        found = self._clusters_at(denying[0].i) if len(denying) == 1 and not any(c.dep_ == "conj" for c in denying[0].children) else ()
        found = self._state_of(found) or found
        fitting = all(family(self.chains.label(c)) in ("country", "organization") for c in found)
        return found if fitting and not bringing & set(found) else ()

    def _owner_of_deed(self, mention: TokenMention) -> tuple[int, ...]:
        """Return whose own deed or thing a possessive stands at: who is to end something ends their own: "pressed Sudan to end its attacks"."""
        noun = self.doc[mention.root].head
        verb = noun.head
        pressed = verb.dep_ == "advcl" and verb.head.lemma_.lower() in _PRESSING  # parsers read "press X to end" as "in order to end"
        if self.doc[mention.root].dep_ != "nmod:poss" or noun.dep_ != "obj" or verb.lemma_.lower() not in _OWN_DEEDS or not (pressed or verb.dep_ == "xcomp"):
            return ()
        heads = [c for c in verb.head.children if c.dep_ == "obj"] if pressed else subjects(verb)
        found = {c for head in heads for c in self._clusters_at(head.i)}
        fitting = [c for c in found if family(self.chains.label(c)) in _NO_PERSONS]
        return tuple(fitting) if len(found) == 1 else ()

    def _owner_of_fight(self, mention: TokenMention) -> tuple[int, ...]:
        """Return whose fight it is that others help them in: "is helping the Iraqi army in its fight against ISIL"."""
        noun = self.doc[mention.root].head
        verb = noun.head
        if self.doc[mention.root].dep_ != "nmod:poss" or noun.dep_ != "obl" or case_of(noun) != "in" or verb.lemma_ not in HELPING:
            return ()
        helped = [o for o in objects(verb) if o.i < mention.start] if noun.lemma_ in _FIGHTS else []
        return self._clusters_at(helped[0].i) if helped and (self.doc[mention.root].lower_ in _THEY) == (helped[0].tag_ in ("NNS", "NNPS")) else ()

    def _owner_beside(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the body or country that a possessive right behind it means: "sanctions on Delta Trading and its owner"."""
        noun = self.doc[mention.root].head
        beside = noun.dep_ == "conj" and self.doc[mention.root].dep_ == "nmod:poss" and mention.start and self.doc[mention.start - 1].lower_ == "and"
        found = self._clusters_at(noun.head.i) if beside and noun.head.pos_ == "PROPN" else ()
        return found if all(family(self.chains.label(c)) in ("organization", "country") for c in found) else ()

    def _by_model(self, index: int, mention: TokenMention, families: Iterable[str] | None = None, *, named: bool = False) -> tuple[int, ...]:
        """Take the chain whose mentions are the likeliest antecedents together, if it is likely enough and of the right kind."""
        belief: dict[tuple[int, ...], float] = defaultdict(float)
        for antecedent, probability in self.learned.get(index, ()):
            clusters = self.chains.of.get(antecedent, ())
            if clusters and self._suits(clusters, mention, families) and not (named and self._is_named_otherwise(clusters, mention)):
                belief[clusters] += probability
        best = max(sorted(belief), key=lambda c: belief[c], default=())
        return best if best and belief[best] >= (ANTECEDENT if self._is_called_alike(best, mention) else _OTHER_EVENT) else ()

    def _is_called_alike(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether a mention calls an event by a word that its cluster has, or whether something else than an event is meant."""
        if mention.form != "noun" or any(family(self.chains.label(c)) != "event" for c in clusters):
            return True
        words = {self.doc[self.chains.mentions[i].root].lemma_.lower() for c in clusters for i in self.chains.members[c]}
        return self.doc[mention.root].lemma_.lower() in words

    def _described(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Open a chain with a description that was left open, where the model is sure that this one takes it up; surer if it does so in other words."""
        for antecedent, probability in self.learned.get(index, ()):
            other = self.chains.mentions[antecedent]
            same_word = self.doc[other.root].lemma_.lower() == self.doc[mention.root].lemma_.lower()
            kinds = {family(m.label) for m in (other, mention) if m.label not in VAGUE}
            open_ = antecedent not in self.chains.of and other.form == "noun" and not self.doc[other.root].is_upper
            if open_ and len(kinds) < 2 and probability >= (_SAME_WORD if same_word else _OTHER_WORD):
                return (self.chains.start(antecedent),)
        return ()

    def _suits(self, clusters: tuple[int, ...], mention: TokenMention, families: Iterable[str] | None) -> bool:
        labels = {family(self.chains.label(c)) for c in clusters}
        if families is not None and not labels <= set(families):
            return False
        if mention.form == "pronoun" and not self._may_be_third(clusters, mention):
            return False
        if mention.form == "noun" and mention.label == "Other" and (labels & ACTORS or self._is_named_unlike(clusters, mention)):
            return False  # what the model gives no class is a thing or a deed: "the strikes"
        if mention.form == "noun" and self._is_called_otherwise(clusters, mention):
            return False
        word = self.doc[mention.root].lemma_.lower()
        if mention.form == "noun" and word in _OF_MANY and self.doc[mention.root].tag_ == "NN" and self._are_people(clusters):
            return False
        if mention.form == "noun" and self._is_strange(clusters, word):
            return False
        if mention.form == "noun" and mention.label == "Group" and labels == {"person"} and self.doc[mention.root].tag_ in ("NN", "NNP"):
            return True  # "his son", "an architect": one of a kind
        known = mention.form == "pronoun" or mention.label in ("", "Other") or labels & {family(mention.label)}
        return bool(known) or ("country" in labels and mention.label in ("Place", "GovernmentBody"))

    def _is_strange(self, clusters: tuple[int, ...], word: str) -> bool:
        """Tell whether a noun for a body of a state, or for those who are no army, cannot mean some clusters: an army is not "the group"."""
        labels = {self.chains.label(c) for c in clusters}
        strange = _OF_NO_STATE - {"MediaOrganization"} if word == "agency" else _OF_NO_STATE
        return (word in _OF_STATES and bool(labels & strange)) or (word == "group" and labels == {"MilitaryForce"})

    def _is_called_otherwise(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether a description's own words say that it means another than something: another number of them, another sort of body, another office."""
        if self.collectives.is_counted(mention) and self._is_one_named(clusters):
            roots = [self.doc[self.chains.mentions[i].root] for i in self.chains.members[clusters[0]]]
            return family(self.chains.label(clusters[0])) in ACTORS and not any(r.tag_ == "NNS" for r in roots)  # "the two firms" are never one
        return self.descriptions.is_of_other_kind(clusters, mention) or self.descriptions.holds_elsewhere(clusters, mention)

    def _are_people(self, clusters: tuple[int, ...]) -> bool:
        """Tell whether clusters are of people without a name, in the plural: "the attackers" are not "the group" that sent them."""
        members = [self.chains.mentions[i] for c in clusters for i in self.chains.members[c]]
        return all(m.form != "name" for m in members) and any(m.form == "noun" and self.doc[m.root].tag_ == "NNS" for m in members)

    def _is_one_named(self, clusters: tuple[int, ...]) -> bool:
        """Tell whether clusters are a single one that has a name."""
        return len(clusters) == 1 and any(self.chains.mentions[i].form == "name" for i in self.chains.members[clusters[0]])

    def _is_named_unlike(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether clusters have names, of which none holds the word for what is described."""
        names = [m for c in clusters for i in self.chains.members[c] if (m := self.chains.mentions[i]).form == "name"]
        return bool(names) and all(self.doc[mention.root].lower_ != t.lower_ for m in names for t in self.doc[m.start : m.end])

    def _may_be_third(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether "he" or "she" may be somebody: of that gender, and neither who is speaking just then nor who does something to "him"."""
        word = self.doc[mention.root].lower_
        if set(clusters) & (self._acting_on(mention) | self._beside_it(mention)):
            return False
        gender = "male" if word in _HE else "female" if word in _SHE else None
        if gender is None:
            return True
        speech = speech_at(self.speeches, mention.start)
        speaking = self._clusters_at(speech.speaker) if speech and speech.speaker is not None else ()
        return all(self._gender(c) in (None, gender) and c not in speaking for c in clusters)

    def _acting_on(self, mention: TokenMention) -> set[int]:
        """Return who does something to what a pronoun stands for, and so is somebody else: otherwise it were "himself" (binding theory, principle B)."""
        token = self.doc[mention.root]
        if token.dep_ not in ("obj", "iobj", "obl:agent") or token.tag_ != "PRP" or token.lower_.endswith(("self", "selves")):
            return set()
        acting = [s for s in (*subjects(token.head), *surface_subjects(token.head)) if s.i != token.i]
        before = [s for s in acting if s.head.i == token.head.i and s.i < token.head.i]
        heads = [s for subject in (before[-1:] or acting) for s in (subject, *(c for c in subject.children if c.dep_ in ("appos", "flat", "nmod:desc")))]
        return {c for head in heads for c in self._clusters_at(head.i)}

    def _beside_it(self, mention: TokenMention) -> set[int]:
        """Return who takes part in what a pronoun's bearer does, and so is somebody else: "Costa, whom he accused"; "flanked by Costa, he spoke"."""
        token = self.doc[mention.root]
        if token.dep_ not in ("nsubj", "nsubj:pass"):
            return set()
        verb = token.head
        opening = [token.sent[0]] if token.i and self.doc[token.i - 1].text == "," else []  # whatever the parser made of it
        participles = [c for c in (*verb.children, *opening) if c.i < token.i and c.tag_ in ("VBN", "VBG") and not _has_subject(c)]
        others = [o for c in participles if c.dep_ == "advcl" or c in opening for o in c.children if o.i < token.i]
        heads = [o for o in others if o.dep_ in ("obj", "iobj", "obl", "obl:agent")]
        if verb.dep_ == "acl:relcl" and any(c.tag_ == "WP" and c.dep_ in ("obj", "iobj", "obl") for c in verb.children):
            heads.append(verb.head)
        renamed = [c for h in heads for c in h.children if c.dep_ in ("appos", "flat", "nmod:desc", "conj")]
        return {c for head in (*heads, *renamed) for c in self._clusters_at(head.i)}

    def _speaker(self, mention: TokenMention) -> tuple[int, ...]:
        speech = speech_at(self.speeches, mention.start)
        if speech is None:
            return self._author()
        return self._clusters_at(speech.speaker) if speech.speaker is not None else ()

    def _clusters_at(self, root: int) -> tuple[int, ...]:
        """Return what a word stands for; the holder for an office that is named with one: "the foreign secretary, Ana Lind"."""
        mentions = self.chains.mentions
        index = self.by_root.get(root)
        if index is not None and index in self.chains.of and mentions[index].label != "Position":
            return self.chains.of[index]
        if index is None and (body := self._whose_members(self.doc[root])):
            return body
        inner = [i for i, m in enumerate(mentions) if m.start <= root < m.end and i in self.chains.of]
        beside = [i for i, m in enumerate(mentions) if i in self.chains.of and self.doc[m.root].head.i == root and self.doc[m.root].dep_ in _BESIDE_OFFICE]
        holders = [i for i in beside if mentions[i].label == "Person" and index in self.chains.of]
        found = next(iter((*holders, *inner, *beside)), None)
        return self.chains.of[found] if found is not None else ()

    def _whose_members(self, head: Token) -> tuple[int, ...]:
        """Return the body for which its members act together: "the members of the Security Council"."""
        together = head.lower_ == "members" and any(c.lower_ == "the" for c in head.children)
        named = [self.by_root.get(m.i) for m in modifiers(head, "of")] if together else []
        return next((self.chains.of[i] for i in named if i is not None and i in self.chains.of), ())

    def _our_side(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        speech = speech_at(self.speeches, mention.start)
        sides = {"country", "organization"}
        speaker = self._clusters_at(speech.speaker) if speech and speech.speaker is not None else ()
        if speech and speech.speaker is not None and (speaker or not self._jointly):
            own = tuple(c for c in speaker if family(self.chains.label(c)) in sides)
            told = self._not_others(mention, self._by_model(index, mention, {"country"}))
            held = self._side_of(speaker) or own or self._known_country(speaker) or told or self._acting_beside(speaker) or self._at_home(speaker, mention)
            held = self._state_of(held) or held
            if held and not self._are_others(mention, held):
                return held
            learned = self._not_others(mention, self._by_model(index, mention, sides) or self._subject_before(mention, speech))
            one = speaker if self._speaks_alone(speaker, self.doc[mention.root]) else ()
            if self._is_minister(speaker) and any(self.chains.label(c) != "Country" for c in learned):
                learned = ()
            quoted = self.doc[speech.start - 1].is_quote
            return (self._voice_at(mention) if speech.verb is None or (not quoted and self._offices_of(speaker)) else ()) or learned or one
        if self._jointly and (speech is None or speech.speaker is not None):  # "the leaders of Chad and Mali issued this declaration: …"
            return self._jointly
        own_voice = (self._voice_at(mention) or self._not_others(mention, self._side_of(self._author()))) if speech is None else ()
        return own_voice or self._not_others(mention, self._by_model(index, mention, sides))

    def _speaks_alone(self, speaker: tuple[int, ...], pronoun: Token) -> bool:
        """Tell whether "we", whose side nothing shows, may be taken for the person who says it: in what is done by saying it, or an office is held for."""
        if any(family(self.chains.label(c)) != "person" for c in speaker):
            return False
        return is_performed(pronoun) or (is_ongoing(pronoun) and bool(self._offices_of(speaker)))

    def _is_minister(self, clusters: tuple[int, ...]) -> bool:
        """Tell whether somebody has an office of a state, for which alone they speak."""
        words = [t.lower_ for office in self._offices_of(clusters) for t in self.doc[office.start : office.end]]
        return bool(_SPEAKING_FOR_STATES.intersection(words)) and "general" not in words

    def _offices_of(self, clusters: tuple[int, ...]) -> list[TokenMention]:
        return [office for c in clusters for name in self._named_in(c) for office in self._titles_beside(name)]

    def _named_in(self, cluster: int) -> list[TokenMention]:
        return [m for i in self.chains.members[cluster] if (m := self.chains.mentions[i]).form == "name"]

    def _titles_beside(self, name: TokenMention) -> list[TokenMention]:
        """Return the offices right before a name, and right behind it after a comma."""
        offices = [m for m in self.chains.mentions if m.label == "Position" and m.form == "name"]
        behind = self.doc[name.end].text == "," if name.end < len(self.doc) else False
        return [m for m in offices if m.end <= name.start <= m.end + 1 or (behind and name.end < m.start <= name.end + 2)]

    @cached_property
    def _jointly(self) -> tuple[int, ...]:
        """Return the countries for which a joint statement speaks: "We, the foreign ministers of Chad, Mali and Niger, …", else those of its heading."""
        for we in (t for t in self.doc if t.lower_ == "we" and t.i + 2 < len(self.doc) and t.nbor().text == ","):
            if len(found := self._listed(we.i + 2)) > 1:
                return found
        first_line = next((t.i for t in self.doc if "\n" in t.text), 0)
        opening = self.doc[: max(first_line, self.voice.heading)]
        for statement in (t for t in opening if t.lower_ in _STATEMENTS):
            if len(found := self._issuers(statement)) > 1:
                return found
        for joint in (t for t in opening if t.lower_ in _JOINT and t.nbor().lower_ in _STATEMENTS):
            below = next((t.i for t in self.doc[joint.i :] if t.i >= self.voice.heading and not t.is_space), joint.i)
            if len(found := self._listed(joint.i + 2) or self._listed(below)) > 1:
                return found
        return ()

    def _issuers(self, statement: Token) -> tuple[int, ...]:
        """Return the countries that issue a statement, as the words at it say: "statement by the leaders of Chad and Mali", "the two met and issued a"."""
        behind = self.doc[statement.i + 1 : statement.i + 3]
        by = next((t.i for t in behind if t.lower_ in ("by", "of", "from")), None)
        if by is not None and (by == statement.i + 1 or behind[0].lemma_.lower() in _ISSUE):
            return self._listed(by + 1)
        verb = statement.head
        issuing = subjects(verb) if statement.dep_ == "obj" and verb.lemma_.lower() in _ISSUE else []
        return self._listed(issuing[0].left_edge.i) if issuing and issuing[0].i < verb.i else ()

    def _listed(self, start: int) -> tuple[int, ...]:
        """Return the countries listed from a token on, behind what they have a part in: "the foreign ministers of Chad, Mali and Niger"."""
        countries = ((i, m) for i, m in enumerate(self.chains.mentions) if m.label == "Country" and m.form == "name" and i in self.chains.of)
        starts = {m.start: (m, self.chains.of[i]) for i, m in countries}
        position = next((i for i in range(start, min(start + _TITLE_REACH, len(self.doc))) if i in starts), len(self.doc))
        if not all(t.lower_ in _OF_ALL or t.lemma_.lower() in _OFFICES for t in self.doc[start:position]):
            return ()
        out: list[int] = []
        while position < len(self.doc):
            if position in starts:
                mention, clusters = starts[position]
                out += [c for c in clusters if c not in out]
                position = mention.end
            elif self.doc[position].lower_ in (",", "and", "the", "of", "&"):
                position += 1
            else:
                break
        return tuple(out)

    def _voice_at(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the country or body whose voice a mention stands in."""
        found = self.voice.at(mention.start)
        return (found,) if found is not None else ()

    def _are_others(self, mention: TokenMention, clusters: tuple[int, ...]) -> bool:
        return any(self.voice.is_other(mention.start, c) for c in clusters)

    def _not_others(self, mention: TokenMention, clusters: tuple[int, ...]) -> tuple[int, ...]:
        """Leave it open who "we" are rather than name somebody who meets "us" as somebody else, what the text is about, or what an office is for."""
        return () if self._are_others(mention, clusters) or any(self._is_portfolio(c) or self.voice.is_topic(c) for c in clusters) else clusters

    def _is_portfolio(self, cluster: int) -> bool:
        """Tell whether a country is named only as what somebody's office is for: "the Special Representative for Syria"."""
        offices = [m for m in self.chains.mentions if m.label == "Position" and m.form == "name"]
        named = [m for i in self.chains.members[cluster] if (m := self.chains.mentions[i]).form == "name"]
        return bool(named) and all(any(o.start < m.start and m.end <= o.end for o in offices) for m in named)

    def _subject_before(self, mention: TokenMention, speech: Speech | None) -> tuple[int, ...]:
        """Find a country or body that is the subject earlier in the same speech (or sentence): "the United States … and we"."""
        low = self._speech_start(speech) if speech else self.doc[mention.start].sent.start
        for i in range(len(self.chains.mentions) - 1, -1, -1):
            other = self.chains.mentions[i]
            earlier = low <= other.start < mention.start and other.form == "name" and i in self.chains.of
            if earlier and is_subject(self.doc, other) and family(other.label) in ("country", "organization"):
                return self.chains.of[i]
        return ()

    def _speech_start(self, speech: Speech) -> int:
        """Return where the speaker's words begin, earlier quotations close by included."""
        if speech.speaker is None:
            return speech.start
        speaker = self._clusters_at(speech.speaker)
        same = [
            s.start for s in self.speeches if s.speaker is not None and 0 <= speech.start - s.start <= _NEAR_SPEECH and self._clusters_at(s.speaker) == speaker
        ]
        return min(same, default=speech.start)

    def _side_of(self, clusters: tuple[int, ...]) -> tuple[int, ...]:
        """Find the country or body whose office a speaker holds, from the words beside his titles."""
        for cluster in clusters:
            for i in self.chains.members[cluster]:
                beside = self._office_holder_side(self.chains.mentions[i])
                if beside:
                    return beside
        return ()

    def _acting_beside(self, clusters: tuple[int, ...]) -> tuple[int, ...]:
        """Find the country for which a minister or president without one acts: the only one that acts in a sentence that names him."""
        for mention in (self.chains.mentions[i] for c in clusters for i in self.chains.members[c]):
            before = self.doc[mention.start - 1].lower_ if mention.start else ""
            if mention.form != "name" or before not in _STATE_OFFICES:
                continue
            sentence = self.doc[mention.start].sent
            acting = {
                self.chains.of[i]
                for i, m in enumerate(self.chains.mentions)
                if sentence.start <= m.start < sentence.end and m.label == "Country" and m.form == "name" and i in self.chains.of and is_subject(self.doc, m)
            }
            if len(acting) == 1:
                return acting.pop()
        return ()

    def _known_country(self, clusters: tuple[int, ...]) -> tuple[int, ...]:
        """Find the country whose office the gazetteer knows a speaker in, if the text names it."""
        names = {m.text(self.doc) for c in clusters for i in self.chains.members[c] if (m := self.chains.mentions[i]).form == "name" and m.label == "Person"}
        known = {e.country for name in names if " " in name for e in self.gazetteer.lookup(name, {"Person"}) if e.country}
        found = {self._countries[country] for country in known if country in self._countries}
        return tuple(found) if len(known) == 1 and found else ()

    def _at_home(self, clusters: tuple[int, ...], mention: TokenMention) -> tuple[int, ...]:
        """Find the country of the last date line for a speaker with an office of state that names no country: "Foreign Minister Lind"."""
        titled = any(
            self.doc[m.start - 1].text in _HEADS_OF_STATE or self.doc[m.start - 1].lower_ in _MINISTERS
            for c in clusters
            for i in self.chains.members[c]
            if (m := self.chains.mentions[i]).form == "name" and m.start and m.label == "Person"
        )
        home = self.voice.home(mention.start) if titled else None
        return (home,) if home is not None else ()

    def _state_of(self, clusters: tuple[int, ...]) -> tuple[int, ...]:
        """Return the country that a ministry or another body of its government speaks for: "Armenia's Defence Ministry", "the Kyrgyz Border Service"."""
        if len(clusters) != 1 or self.chains.label(clusters[0]) != "GovernmentBody":
            return ()
        names = [m for i in self.chains.members[clusters[0]] if (m := self.chains.mentions[i]).form == "name"]
        owners = {
            self.chains.of[i][0]
            for i, m in enumerate(self.chains.mentions)
            if m.label == "Country" and m.form == "name" and i in self.chains.of
            for body in names
            if (body.start <= m.start < body.end) or self._owns(m, body)
        }
        if owners:
            return tuple(owners) if len(owners) == 1 else ()
        known = {e.country for m in names for e in self.gazetteer.lookup(m.text(self.doc), {"GovernmentBody"})}  # the Pentagon
        return tuple(self._countries[c] for c in known if len(known) == 1 and c in self._countries)

    def _owns(self, country: TokenMention, body: TokenMention) -> bool:
        """Tell whether the name of a body stands right behind its country, or right before it and "of"."""
        head, other = self.doc[country.root], self.doc[body.root]
        before = head.head.i == other.i and head.dep_ in ("nmod:poss", "amod", "compound", "nmod") and country.end <= body.start
        after = body.end < country.start and self.doc[body.end].lower_ == "of" and country.start - body.end <= 2  # "of the"
        return before or after

    def _office_holder_side(self, mention: TokenMention) -> tuple[int, ...]:
        """Read the side off the title before or after a name: "Kenya's security minister, X", "X, spokesman for the army"."""
        named = [
            (i, m) for i, m in enumerate(self.chains.mentions) if m.form == "name" and i in self.chains.of and abs(m.start - mention.start) <= _TITLE_REACH
        ]
        titles = [m for _, m in named if m.label == "Position"]
        before = sorted((t for t in titles if t.end <= mention.start and self._joins(t.end, mention.start, named)), key=lambda t: -t.end)
        after = next((t for t in titles if mention.end < t.start <= mention.end + 4 and self.doc[mention.end].text == ","), None)
        for title in (*before, after):
            if title is None:
                continue
            sides = [(i, m) for i, m in named if family(m.label) in ("country", "organization")]
            possessor = [i for i, m in sides if 0 <= title.start - m.end <= 1 and (title.start == m.end or self.doc[m.end].tag_ == "POS")]
            behind = mention.end if title.end == mention.start else title.end  # "President Ana Lind of Norway"
            complement = [i for i, m in sides if any(end < m.start <= end + 3 and self.doc[end].lower_ in ("of", "for") for end in (title.end, behind))]
            if possessor or complement:
                return self.chains.of[(possessor or complement)[0]]
        return ()

    def _joins(self, start: int, end: int, named: list[tuple[int, TokenMention]]) -> bool:
        """Tell whether nothing but a comma, honorifics, ranks or the title's complement stands between a title and a name."""
        inside = {i for _, m in named if m.label != "Person" for i in range(m.start, m.end)}
        return all(
            i in inside or self.doc[i].text in (",", ".") or self.doc[i].lower_ in ("of", "for", "the", "mr", "mrs", "ms", "dr", "and")
            for i in range(start, end)
        )

    def _author(self) -> tuple[int, ...]:
        """Return the person whose words a text in the first person is, as its heading, opening or last line shows."""
        people = ((m.start, self.chains.of[i]) for i, m in enumerate(self.chains.mentions) if m.label == "Person" and m.form == "name" and i in self.chains.of)
        return next((clusters for start, clusters in people if self.voice.is_byline(start)), ())

    def _salient_person(self, mention: TokenMention, *, named: bool = False) -> tuple[int, ...]:
        """Take the person of the sentence or the one before, if only one could be meant; none, if asked so, with a name of the other gender."""
        first = sentence_before(self.doc, mention.start)
        found = {
            c
            for i, m in enumerate(self.chains.mentions)
            if first <= m.start < mention.start and m.label == "Person" and m.form in ("name", "noun")
            for c in self.chains.of.get(i, ())
            if self._may_be_third((c,), mention) and not (named and self._is_named_otherwise((c,), mention))
        }
        return tuple(found) if len(found) == 1 else ()

    def _gender(self, cluster: int) -> str | None:
        """Return the gender that the honorifics of a cluster show, else most of its pronouns."""
        members = [self.chains.mentions[i] for i in self.chains.members[cluster]]
        honorifics = [self.doc[m.start - 1].lower_.rstrip(".") for m in members if m.start]
        shown = [g for word in honorifics if (g := _gender_of(word, _MALE_TITLES, _FEMALE_TITLES))]
        pronouns = [g for m in members if (g := _gender_of(self.doc[m.root].lower_, _HE, _SHE))]
        return shown[0] if shown else max(("male", "female"), key=pronouns.count) if pronouns else None

    def _is_named_otherwise(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether a given name is one of the other gender; this is a hint, as names differ between countries."""
        gender = _gender_of(self.doc[mention.root].lower_, _HE, _SHE)
        names = (self._gender_of_name(self.chains.mentions[i]) for c in clusters for i in self.chains.members[c])
        return next((g != gender for g in names if g), False)

    def _gender_of_name(self, mention: TokenMention) -> str | None:
        first = self.doc[mention.start]
        full = mention.label == "Person" and mention.form == "name" and mention.end - mention.start > 1
        if not full or first.nbor().text == "-" or first.lower_ in _MALE_ELSEWHERE:
            return None
        return self.gazetteer.gender(first.text)

    def _salient_subject(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Take the only country or body that is the subject of the sentence so far."""
        sentence = self.doc[mention.start].sent
        found = {
            c
            for i, m in enumerate(self.chains.mentions)
            if sentence.start <= m.start < mention.start
            and m.form == "name"
            and is_subject(self.doc, m)
            and family(m.label) in ("country", "organization", "vehicle")
            for c in self.chains.of.get(i, ())
        }
        return tuple(found) if len(found) == 1 and not found & self._acting_on(mention) else ()

    def _spoken_for(self, mention: TokenMention) -> tuple[int, ...]:
        """Take the only body or country that is a subject of the sentence before for whose official speaks: "…," said its spokesman, Abdi Noor"."""
        if mention.end >= len(self.doc) or self.doc[mention.end].lemma_.lower() not in _OFFICIALS:
            return ()
        start, end = sentence_before(self.doc, mention.start), self.doc[mention.start].sent.start
        named = [i for i, m in enumerate(self.chains.mentions) if start <= m.start < end and m.form == "name" and self._acts_alone(m)]
        found = {c for i in named for c in self.chains.of.get(i, ())}
        return tuple(found) if len(found) == 1 and all(family(self.chains.label(c)) in ("organization", "country") for c in found) else ()

    def _acts_alone(self, mention: TokenMention) -> bool:
        """Tell whether a name, or the noun that it stands behind, is a subject without company: "the militia Red Line said"."""
        root = self.doc[mention.root]
        head = root.head if root.dep_ in ("appos", "flat", "nmod:desc") and root.head.pos_ == "NOUN" else root
        return head.dep_ in ("nsubj", "nsubj:pass") and not any(c.dep_ == "conj" for c in (*root.children, *head.children))

    def _acted_on_before(self, mention: TokenMention) -> tuple[int, ...]:
        """Take the only other country or body so far for what the subject does something to again: "Poland stands with Ukraine and will give it tanks"."""
        acting = self._acting_on(mention)
        sentence = self.doc[mention.start].sent
        named = {
            c
            for i, m in enumerate(self.chains.mentions)
            if sentence.start <= m.start < mention.start and m.form == "name" and family(m.label) in ("country", "organization")
            for c in self.chains.of.get(i, ())
        }
        others = named - acting
        return tuple(others) if acting & named and len(others) == 1 else ()


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubj:pass") for c in verb.children)


def _gender_of(word: str, male: frozenset[str], female: frozenset[str]) -> str | None:
    return "male" if word in male else "female" if word in female else None


def _learned_antecedents(doc: Doc, at: dict[tuple[int, int], int]) -> dict[int, list[tuple[int, float]]]:
    """Read the model's scored antecedents from the Doc, as indexes into our mentions; best first."""
    out: dict[int, list[tuple[int, float]]] = {}
    if not Doc.has_extension("antecedents"):
        return out
    for place, candidates in doc._.antecedents.items():
        index = _mention_at(doc, place, at)
        if index is None:
            continue
        scored = [(other, probability) for key, probability in candidates if (other := _mention_at(doc, key, at)) is not None and other < index]
        out[index] = sorted(scored, key=lambda pair: (-pair[1], -pair[0]))
    return out


def _mention_at(doc: Doc, place: tuple[int, int], at: dict[tuple[int, int], int]) -> int | None:
    """Return the mention that the model means by a span: the same words, or those without the article before and the possessive ending, or year, behind."""
    start, end = place
    bare = start + (doc[start].pos_ == "DET" and end > start + 1)
    dated = end - start > 2 and doc[end - 1].is_digit and doc[end - 2].pos_ == "ADP"  # "the border protocol in 2004"
    ends = (end, end - 1) if doc[end - 1].tag_ == "POS" else (end, end - 2) if dated else (end,)
    return next((at[s, e] for e in ends for s in (start, bare) if (s, e) in at), None)
