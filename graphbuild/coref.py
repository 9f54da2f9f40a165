"""From mentions to chains: which mentions speak of one thing. An uncertain link is left open: no fact is better than a wrong one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc, Token

from graphbuild.gazetteer import Gazetteer
from graphbuild.language.inflection import uninflected
from graphbuild.mentions import TokenMention
from graphbuild.names import FAMILIES, family, same_person, same_thing, words_of
from graphbuild.speech import Speech, speech_at
from graphbuild.thingnames import without_ship_prefix
from graphbuild.titles import is_title
from graphbuild.voice import CAPITAL, Named, Voice

_INTRODUCED = frozenset(("Organization", "Company", "Facility", "ArmedGroup", "GovernmentBody", "MediaOrganization", "PoliticalParty", "MilitaryForce"))
"""Classes whose descriptions are entities of their own where the article says that they are new."""
DESCRIBED = frozenset(("Group", "Event", "Work", "Agreement", "Vehicle", "Weapon"))
"""Classes whose members are often described rather than named: "two frigates", "a memorandum"."""
_DESCRIPTION = 7
"""Longest description, in words, that opens a chain."""
ANTECEDENT = 0.5
"""Least probability of a learned antecedent."""
_FIRST_SINGULAR = frozenset("i me my mine myself".split())
_FIRST_PLURAL = frozenset("we us our ours ourselves".split())
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_MALE_ELSEWHERE = frozenset("jean andrea sasha simone michele joan jan dominique".split())
"""Given names of women in the gazetteer's country, and of men in others."""
_MALE_TITLES = frozenset("mr king prince sir lord".split())
_FEMALE_TITLES = frozenset("mrs ms miss queen princess lady dame".split())
_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves".split())
_COUNTRY_NOUNS = frozenset("country nation state".split())
_STATE_NOUNS = frozenset("neighbour neighbor capital government republic power".split())
"""Nouns that stand for countries where several are meant: both capitals."""
_VEHICLE_NOUNS = frozenset("ship vessel frigate destroyer warship boat submarine aircraft plane".split())
_BODY_NOUNS = frozenset("company firm party group organisation organization body ministry bloc force army club union".split())
_SIDE_NOUNS = frozenset(
    "side party country nation state government leader minister president official man woman team army force diplomat general capital neighbour neighbor"
    " ally partner rival republic power ship vessel frigate destroyer warship boat submarine company firm group organisation organization body ministry"
    " bloc union premier commander chief brother sister candidate prisoner hostage envoy negotiator foe enemy signatory"
    " suspect defendant author brother-in-law colleague guest visitor officer ambassador director husband wife couple foreigner chancellor king".split()
)
_STATE_OFFICES = frozenset("minister president premier chancellor secretary spokesman spokeswoman spokesperson".split())
_NEAR_SPEECH = 150
"""How far apart, in tokens, quotations of one speaker may stand to be read as one speech."""
_TITLE_REACH = 14
"""How far from a name, in tokens, its titles are looked for."""
_OFFICE_NOUNS = frozenset(
    "leader minister president official man woman diplomat general counterpart chief commander premier brother sister candidate prisoner hostage envoy"
    " negotiator suspect defendant author colleague guest visitor officer ambassador director husband wife couple foreigner chancellor king".split()
)
_PARTIES = frozenset("side party".split())
_COUNTS = {"two": 2, "both": 2, "pair": 2, "duo": 2, "neither": 2, "either": 2, "three": 3, "trio": 3, "four": 4, "five": 5, "six": 6}
"""Words that say how many a collective stands for."""
_DEFINITE = frozenset("the both all neither either these those our their its his her pair duo trio such".split())
_SENTENCES_BACK = 4
_MEETING_VERBS = frozenset("meet host receive welcome greet join see call telephone phone speak talk confer visit".split())
_MEETING_NOUNS = frozenset("meeting talk talks discussion call conversation phone consultation".split())
_KIND_NOUNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("organization", "organisation", "movement", "militia"), ("ArmedGroup",)),
    **dict.fromkeys(("alliance", "bloc", "union", "coalition"), ("Alliance",)),
    **dict.fromkeys(("party",), ("PoliticalParty",)),
    **dict.fromkeys(("company", "firm", "bank", "carrier"), ("Company",)),
    **dict.fromkeys(("ministry", "department", "court", "parliament", "agency", "commission", "council"), ("GovernmentBody", "Organization")),
    **dict.fromkeys(("assembly", "senate", "regime"), ("GovernmentBody", "Organization")),
    **dict.fromkeys(("force", "army", "navy", "command", "brigade", "battalion", "regiment", "corps"), ("MilitaryForce",)),
    **dict.fromkeys(("ship", "vessel", "frigate", "destroyer", "submarine", "warship", "tanker", "boat", "trawler"), ("Vehicle",)),
    **dict.fromkeys(("exercise", "summit", "conference", "operation"), ("Event",)),
    **dict.fromkeys(("treaty", "pact", "agreement", "accord", "convention", "protocol"), ("Agreement",)),
    "group": ("ArmedGroup", "Company"), "city": ("City",), "town": ("City",), "village": ("City",), "base": ("Facility",),
}  # fmt: skip
"""Common nouns, and the classes that they may take up."""
_MODIFYING = frozenset(("amod", "compound", "nmod:poss"))
_PLACE_NOUNS = frozenset("region area peninsula province city town village district island sea strait".split())
_ONLY = frozenset(("Company", "MediaOrganization", "ArmedGroup", "PoliticalParty", "Vehicle", "Agreement", "Weapon", "MilitaryForce"))
"""Classes of which a text with only one speaks when it says "the" one."""
_SINGULAR = frozenset(("person", "country", "vehicle", "place"))
"""Families of which one alone is hardly "they"."""
_ACTORS = frozenset(("person", "country", "organization"))


@dataclass
class Chains:
    """Clusters of mentions (indexes), and the mentions that stand for several clusters at once."""

    mentions: tuple[TokenMention, ...]
    members: list[list[int]] = field(default_factory=list)
    of: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Mention → the clusters that it stands for: one, several (both sides), or absent."""

    def start(self, mention: int) -> int:
        """Open a cluster with a mention; return its number."""
        self.members.append([mention])
        self.of[mention] = (len(self.members) - 1,)
        return len(self.members) - 1

    def join(self, mention: int, cluster: int) -> None:
        """Add a mention to a cluster."""
        self.members[cluster].append(mention)
        self.of[mention] = (cluster,)

    def label(self, cluster: int) -> str:
        """Return the class of a cluster: that of its names, by summed score."""
        votes: dict[str, float] = defaultdict(float)
        for i in self.members[cluster]:
            mention = self.mentions[i]
            votes[mention.label] += mention.score * (1.0 if mention.form == "name" else 0.1)
        return max(sorted(votes), key=lambda label: votes[label])


def resolve(doc: Doc, mentions: tuple[TokenMention, ...], speeches: tuple[Speech, ...], gazetteer: Gazetteer) -> Chains:
    """Cluster the mentions of a document: names by their words, then nouns and pronouns by model, agreement and speech."""
    chains = Chains(mentions)
    _cluster_names(doc, chains, gazetteer)
    resolver = _Resolver(doc, chains, speeches, gazetteer)
    others = [i for i, m in enumerate(mentions) if m.form != "name" and i not in chains.of]
    speaking = [i for i in others if mentions[i].form == "pronoun" and doc[mentions[i].root].lower_ in _FIRST_SINGULAR | _FIRST_PLURAL]
    for index in (*(i for i in others if i not in set(speaking)), *speaking):  # who "he" is in "he said" tells who "I" am
        resolver.link(index)
    return chains


def _cluster_names(doc: Doc, chains: Chains, gazetteer: Gazetteer) -> None:
    by_family: dict[str, list[int]] = defaultdict(list)
    country_of = _countries(doc, chains.mentions, gazetteer)
    for index, mention in enumerate(chains.mentions):
        if mention.form != "name":
            continue
        kind = family(mention.label)
        fits = [c for c in by_family[kind] if any(_same_name(doc, i, index, chains.mentions, country_of) for i in chains.members[c])]
        parenthesis = _introduces(doc, chains, index)
        if parenthesis is not None:
            chains.join(index, parenthesis)
        elif fits:
            chains.join(index, max(fits, key=lambda c: (_fit(doc, chains, c, mention), max(chains.members[c]))))
        else:
            by_family[kind].append(chains.start(index))


def _fit(doc: Doc, chains: Chains, cluster: int, mention: TokenMention) -> bool:
    return any(words_of(chains.mentions[i].text(doc)) == words_of(mention.text(doc)) for i in chains.members[cluster])


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
        elif default:
            out[index] = default.id
    return out


def _same_name(doc: Doc, one: int, other: int, mentions: tuple[TokenMention, ...], country_of: dict[int, str]) -> bool:
    a, b = mentions[one].text(doc), mentions[other].text(doc)
    kind = family(mentions[one].label)
    if kind == "country":
        left, right = country_of.get(one), country_of.get(other)
        return left == right if left or right else words_of(a) == words_of(b)
    if kind == "person":
        return same_person(a, b)
    if kind in ("organization", "agreement"):
        return same_thing(a, b) and not _nested(mentions[one], mentions[other])
    return _same_vehicle(a, b) if kind == "vehicle" else words_of(a) == words_of(b)


def _same_vehicle(one: str, other: str) -> bool:
    """Tell whether two forms name one vehicle: equal words, a ship's prefix aside where one has none."""
    (prefix, name), (prefix_too, name_too) = (without_ship_prefix(" ".join(words_of(form))) for form in (one, other))
    return name == name_too and (prefix == prefix_too or not prefix or not prefix_too)


def _nested(one: TokenMention, other: TokenMention) -> bool:
    return one.start < other.end and other.start < one.end


def _introduces(doc: Doc, chains: Chains, index: int) -> int | None:
    """Recognise an acronym in brackets right after the name that it stands for: "Combined Forces Command (CFC)"."""
    mention = chains.mentions[index]
    text = mention.text(doc)
    if mention.start < 2 or doc[mention.start - 1].text != "(" or mention.end >= len(doc) or doc[mention.end].text != ")":
        return None
    if sum(c.isupper() for c in text) < 2 or " " in text:
        return None
    before = [i for i, m in enumerate(chains.mentions[:index]) if m.end == mention.start - 1 and m.form == "name" and i in chains.of]
    return chains.of[before[0]][0] if before else None


class _Resolver:
    """Links nouns and pronouns, in text order, to clusters that stand before them."""

    def __init__(self, doc: Doc, chains: Chains, speeches: tuple[Speech, ...], gazetteer: Gazetteer) -> None:
        self.doc, self.chains, self.speeches, self.gazetteer = doc, chains, speeches, gazetteer
        self.at = {(m.start, m.end): i for i, m in enumerate(chains.mentions)}
        self.by_root: dict[int, int] = {}
        for i, mention in enumerate(chains.mentions):
            self.by_root.setdefault(mention.root, i)
        self.learned = _learned_antecedents(doc, self.at)
        self.voice = Voice(doc, list(self._named()), speeches)

    def _named(self) -> Iterable[Named]:
        """Yield the names with their clusters; a capital also as a sign of its country, where the text names that too."""
        countries: dict[str, int] = {}
        for i, mention in enumerate(self.chains.mentions):
            entry = self.gazetteer.country(mention.text(self.doc)) if mention.label == "Country" and mention.form == "name" and i in self.chains.of else None
            if entry:
                countries.setdefault(entry.id, self.chains.of[i][0])
        for i, mention in enumerate(self.chains.mentions):
            if mention.form != "name" or i not in self.chains.of:
                continue
            yield mention.start, mention.end, mention.root, mention.label, self.chains.of[i][0]
            capital = self.gazetteer.metonym_of(mention.text(self.doc)) if mention.label == "City" else None
            if capital and capital.id in countries:
                yield mention.start, mention.end, mention.root, CAPITAL, countries[capital.id]

    def link(self, index: int) -> None:
        """Link one mention, or leave it open (a described group, event or work opens a cluster of its own)."""
        mention = self.chains.mentions[index]
        clusters = self._clusters_of(index, mention)
        if clusters and len(clusters) == 1:
            self.chains.join(index, clusters[0])
        elif clusters:
            self.chains.of[index] = clusters
        elif mention.form == "noun" and self._is_description(mention) and (mention.label in DESCRIBED or self._is_new(mention)):
            self.chains.start(index)

    def _is_new(self, mention: TokenMention) -> bool:
        """Tell whether a phrase introduces a body or building without a name: "a Chinese company", "an oil refinery"."""
        return mention.label in _INTRODUCED and self.doc[mention.start].lower_ in ("a", "an", "another") and mention.end - mention.start > 2

    def _is_description(self, mention: TokenMention) -> bool:
        """Tell whether a phrase describes something short enough to be called by it."""
        return (
            mention.end - mention.start <= _DESCRIPTION
            and self.doc[mention.root].tag_.startswith("NN")
            and self.doc[mention.start].tag_ not in ("WP", "WDT", "PRP$")
        )

    def _clusters_of(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        word = self.doc[mention.root].lower_
        if mention.form == "pronoun":
            return self._pronoun(index, mention, word)
        return (
            self._entitled(mention)
            or self._collective(index, mention)
            or self._named_within(mention)
            or self._titled(index, mention)
            or self._by_model(index, mention)
            or self._country_noun(index, mention)
            or self._kind_noun(mention)
            or self._repeated(index, mention)
            or self._only_of_class(index, mention)
        )

    def _entitled(self, mention: TokenMention) -> tuple[int, ...]:
        """Link the word for a work to its title right after it: the report "Hard Ground"."""
        if mention.label != "Work":
            return ()
        title = next((i for i, m in enumerate(self.chains.mentions) if m.start == mention.end + 1 and m.label == "Work" and m.form == "name"), None)
        return self.chains.of.get(title, ()) if title is not None else ()

    def _pronoun(self, index: int, mention: TokenMention, word: str) -> tuple[int, ...]:
        if word in _FIRST_SINGULAR:
            return self._speaker(mention)
        if word in _FIRST_PLURAL:
            return self._our_side(index, mention)
        if word in _HE or word in _SHE:
            families = {"person"} if word in _HE else {"person", "vehicle"}
            return self._by_model(index, mention, families, named=True) or self._by_model(index, mention, families) or self._salient_person(mention)
        if word in _IT:
            return self._by_model(index, mention, set(FAMILIES.values()) | {"organization"} - {"person"}) or self._salient_subject(index, mention)
        if word in _THEY:
            return self._listed_with(self._by_model(index, mention), mention) or self._pair_before(mention)
        return ()

    def _by_model(self, index: int, mention: TokenMention, families: Iterable[str] | None = None, *, named: bool = False) -> tuple[int, ...]:
        """Take the chain whose mentions are the likeliest antecedents together, if it is likely enough and of the right kind."""
        belief: dict[tuple[int, ...], float] = defaultdict(float)
        for antecedent, probability in self.learned.get(index, ()):
            clusters = self.chains.of.get(antecedent, ())
            if clusters and self._suits(clusters, mention, families) and not (named and self._is_named_otherwise(clusters, mention)):
                belief[clusters] += probability
        best = max(sorted(belief), key=lambda c: belief[c], default=())
        return best if best and belief[best] >= ANTECEDENT else ()

    def _suits(self, clusters: tuple[int, ...], mention: TokenMention, families: Iterable[str] | None) -> bool:
        labels = {family(self.chains.label(c)) for c in clusters}
        if families is not None and not labels <= set(families):
            return False
        if mention.form == "pronoun" and not self._may_be_third(clusters, mention):
            return False
        if mention.form == "noun" and mention.label == "Other" and labels & _ACTORS:
            return False  # what the model gives no class is a thing or a deed: "the strikes"
        known = mention.form == "pronoun" or mention.label in ("", "Other") or labels & {family(mention.label)}
        return bool(known) or ("country" in labels and mention.label in ("Place", "GovernmentBody"))

    def _may_be_third(self, clusters: tuple[int, ...], mention: TokenMention) -> bool:
        """Tell whether "he" or "she" may be somebody: of that gender, and not the one who is speaking just then."""
        word = self.doc[mention.root].lower_
        gender = "male" if word in _HE else "female" if word in _SHE else None
        if gender is None:
            return True
        speech = speech_at(self.speeches, mention.start)
        speaking = self._clusters_at(speech.speaker) if speech and speech.speaker is not None else ()
        return all(self._gender(c) in (None, gender) and c not in speaking for c in clusters)

    def _speaker(self, mention: TokenMention) -> tuple[int, ...]:
        speech = speech_at(self.speeches, mention.start)
        if speech is None:
            return self._author()
        return self._clusters_at(speech.speaker) if speech.speaker is not None else ()

    def _clusters_at(self, root: int) -> tuple[int, ...]:
        index = self.by_root.get(root)
        if index is None or index not in self.chains.of:
            inner = [i for i, m in enumerate(self.chains.mentions) if m.start <= root < m.end and i in self.chains.of]
            following = [
                i
                for i, m in enumerate(self.chains.mentions)
                if i in self.chains.of and self.doc[m.root].head.i == root and self.doc[m.root].dep_ in ("appos", "flat", "nmod:desc")
            ]
            index = next(iter(inner or following), None)
        return self.chains.of.get(index, ()) if index is not None else ()

    def _our_side(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        speech = speech_at(self.speeches, mention.start)
        sides = {"country", "organization"}
        if speech and speech.speaker is not None:
            speaker = self._clusters_at(speech.speaker)
            own = tuple(c for c in speaker if family(self.chains.label(c)) in sides)
            held = self._side_of(speaker) or own or self._acting_beside(speaker)
            if held and not self._are_others(mention, held):
                return held
            learned = self._not_others(mention, self._by_model(index, mention, sides) or self._subject_before(mention, speech))
            return (self._voice_at(mention) if speech.verb is None else ()) or learned
        own_voice = (self._voice_at(mention) or self._not_others(mention, self._side_of(self._author()))) if speech is None else ()
        return own_voice or self._not_others(mention, self._by_model(index, mention, sides))

    def _voice_at(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the country or body whose voice a mention stands in."""
        found = self.voice.at(mention.start)
        return (found,) if found is not None else ()

    def _are_others(self, mention: TokenMention, clusters: tuple[int, ...]) -> bool:
        return any(self.voice.is_other(mention.start, c) for c in clusters)

    def _not_others(self, mention: TokenMention, clusters: tuple[int, ...]) -> tuple[int, ...]:
        """Leave it open who "we" are rather than name somebody who meets "us" as somebody else."""
        return () if self._are_others(mention, clusters) else clusters

    def _subject_before(self, mention: TokenMention, speech: Speech | None) -> tuple[int, ...]:
        """Find a country or body that is the subject earlier in the same speech (or sentence): "the United States … and we"."""
        low = self._speech_start(speech) if speech else self.doc[mention.start].sent.start
        for i in range(len(self.chains.mentions) - 1, -1, -1):
            other = self.chains.mentions[i]
            earlier = low <= other.start < mention.start and other.form == "name" and i in self.chains.of
            if earlier and self._is_subject(other) and family(other.label) in ("country", "organization"):
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
                if sentence.start <= m.start < sentence.end and m.label == "Country" and m.form == "name" and i in self.chains.of and self._is_subject(m)
            }
            if len(acting) == 1:
                return acting.pop()
        return ()

    def _office_holder_side(self, mention: TokenMention) -> tuple[int, ...]:
        """Read the side off the title before or after a name: "Kenya's security minister, X", "X, spokesman for the army"."""
        named = [
            (i, m) for i, m in enumerate(self.chains.mentions) if m.form == "name" and i in self.chains.of and abs(m.start - mention.start) <= _TITLE_REACH
        ]
        titles = [m for _, m in named if m.label == "Position"]
        before = max((t for t in titles if t.end <= mention.start and self._joins(t.end, mention.start, named)), key=lambda t: t.end, default=None)
        after = next((t for t in titles if mention.end < t.start <= mention.end + 4 and self.doc[mention.end].text == ","), None)
        for title in (before, after):
            if title is None:
                continue
            sides = [(i, m) for i, m in named if family(m.label) in ("country", "organization")]
            possessor = [i for i, m in sides if 0 <= title.start - m.end <= 1 and (title.start == m.end or self.doc[m.end].tag_ == "POS")]
            complement = [i for i, m in sides if title.end < m.start <= title.end + 3 and self.doc[title.end].lower_ in ("of", "for")]
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
        people = (
            (m.start, self.chains.of[i]) for i, m in enumerate(self.chains.mentions) if m.label == "Person" and m.form == "name" and i in self.chains.of
        )
        return next((clusters for start, clusters in people if self.voice.is_byline(start)), ())

    def _is_subject(self, mention: TokenMention) -> bool:
        return self.doc[mention.root].dep_ in ("nsubj", "nsubj:pass", "nsubj:outer")

    def _salient_person(self, mention: TokenMention) -> tuple[int, ...]:
        """Take the person of the sentence or the one before, if only one could be meant."""
        first = self._previous_sentence_start(mention)
        found = {
            c
            for i, m in enumerate(self.chains.mentions)
            if first <= m.start < mention.start and m.label == "Person" and m.form in ("name", "noun")
            for c in self.chains.of.get(i, ())
            if self._may_be_third((c,), mention)
        }
        return tuple(found) if len(found) == 1 else ()

    def _previous_sentence_start(self, mention: TokenMention) -> int:
        sentence = self.doc[mention.start].sent
        return self.doc[sentence.start - 1].sent.start if sentence.start else 0

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
            and self._is_subject(m)
            and family(m.label) in ("country", "organization", "vehicle")
            for c in self.chains.of.get(i, ())
        }
        return tuple(found) if len(found) == 1 else ()

    def _titled(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link "the secretary" to the last person whose title has the same head word."""
        head = self.doc[mention.root]
        if mention.label not in ("Person", "Position") or not _is_definite(head):
            return ()
        for i in range(index - 1, -1, -1):
            other = self.chains.mentions[i]
            if other.label == "Position" and other.form == "name" and head.lower_ in (self.doc[other.root].lower_, self.doc[other.end - 1].lower_):
                holder = self._holder(other)
                if holder:
                    return holder
        return ()

    def _holder(self, position: TokenMention) -> tuple[int, ...]:
        """Find the person right after a title, else right before it with a comma and no verb between."""
        people = [(i, m) for i, m in enumerate(self.chains.mentions) if m.label == "Person" and m.form == "name" and i in self.chains.of]
        for i, m in people:
            if m.start == position.end or (m.start == position.end + 1 and self.doc[position.end].text == ","):
                return self.chains.of[i]
        for i, m in people:
            between = self.doc[m.end : position.start]
            if 0 < len(between) <= 5 and between[0].text == "," and not any(t.pos_ in ("VERB", "AUX") for t in between):
                return self.chains.of[i]
        return ()

    def _collective(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Resolve "the two countries", "both sides", "the three" to the last so many that were named together."""
        head = self.doc[mention.root]
        words = {t.lower_ for t in self.doc[mention.start : mention.end]}
        count = next((number for word, number in _COUNTS.items() if word in words), None)
        if count is None or not words & _DEFINITE:
            return ()
        bare = head.lower_ in _COUNTS
        noun = head.lemma_.lower() if bare or head.lemma_.lower() in _SIDE_NOUNS else uninflected(head.lower_, "NOUN", _SIDE_NOUNS.__contains__)
        if noun is None or not (bare or "neither" in words or "either" in words or head.lower_.endswith("s") or head.tag_ in ("NNS", "NNPS")):
            return ()
        kinds: tuple[Callable[[str], bool], ...] = (_kind_of(noun),)
        if noun in _PARTIES:  # both sides are persons only where nobody else could be meant
            kinds = (lambda kind: kind in ("country", "organization"), *kinds)
        for kind in kinds:
            found = (self._last_pair(mention, kind) if count == 2 else ()) or self._last_group(mention, kind, count)
            if found:
                return found
        return ()

    def _last_group(self, mention: TokenMention, kind: Callable[[str], bool], count: int) -> tuple[int, ...]:
        """Find the last so many of one kind that are listed together, else the only so many of the last sentences."""
        named = [
            (i, m)
            for i, m in enumerate(self.chains.mentions)
            if m.end <= mention.start and m.form == "name" and len(self.chains.of.get(i, ())) == 1 and kind(family(m.label))
        ]
        listed: list[tuple[int, TokenMention]] = []
        for i, one in reversed(named):
            if listed and not (family(one.label) == family(listed[-1][1].label) and self._together(one, listed[-1][1])):
                if len({self.chains.of[j][0] for j, _ in listed}) == count:
                    break
                listed = []
            listed.append((i, one))
        found = {self.chains.of[i][0] for i, _ in listed}
        return tuple(sorted(found)) if len(found) == count else self._only(mention, named, count)

    def _only(self, mention: TokenMention, named: list[tuple[int, TokenMention]], count: int) -> tuple[int, ...]:
        """Take the names of the sentence so far and of those before it, at most three, if at some border there are just so many of one family."""
        start = self.doc[mention.start].sent.start
        for _ in range(_SENTENCES_BACK):
            near = [(i, m) for i, m in named if m.start >= start and self.doc[m.root].dep_ not in _MODIFYING]
            for kind in dict.fromkeys(family(m.label) for _, m in reversed(near)):
                found = {self.chains.of[i][0] for i, m in near if family(m.label) == kind}
                if len(found) == count:
                    return tuple(sorted(found))
            if not start:
                break
            start = self.doc[start - 1].sent.start
        return ()

    def _listed_with(self, clusters: tuple[int, ...], mention: TokenMention) -> tuple[int, ...]:
        """Widen the one that "they" would be to all that were listed with it just before: "Sweden and Finland … their"."""
        if len(clusters) != 1 or family(self.chains.label(clusters[0])) not in _SINGULAR:
            return clusters
        first = self._previous_sentence_start(mention)
        near = [(i, m) for i, m in enumerate(self.chains.mentions) if first <= m.start and m.end <= mention.start and len(self.chains.of.get(i, ())) == 1]
        for _, own in reversed([(i, m) for i, m in near if self.chains.of[i] == clusters]):
            top = self._top_of_list(own)
            listed = {self.chains.of[i][0] for i, m in near if m.form == "name" and family(m.label) == family(own.label) and self._top_of_list(m) == top}
            if len(listed) > 1:
                return tuple(sorted(listed))
        return clusters

    def _top_of_list(self, mention: TokenMention) -> int:
        """Return the first head of the coordination in which a mention stands."""
        head = _phrase_head(self.doc[mention.root])
        while head.dep_ == "conj" and head.head.i < head.i:
            head = _phrase_head(head.head)
        return head.i

    def _pair_before(self, mention: TokenMention) -> tuple[int, ...]:
        """Resolve "they" to the two that are the coordinated subject of this sentence or the one before, or met in it."""
        first = self._previous_sentence_start(mention)
        near = [
            (i, m)
            for i, m in enumerate(self.chains.mentions)
            if first <= m.start and m.end <= mention.start and m.form == "name" and len(self.chains.of.get(i, ())) == 1
        ]
        acting = [(i, m) for i, m in near if family(m.label) in _ACTORS and (m.label == "Person" or self.doc[m.root].dep_ not in _MODIFYING)]
        likes = [(a, b) for a, b in pairwise(acting) if family(a[1].label) == family(b[1].label) and self._act_together(a[1], b[1])]
        pairs = [(self.chains.of[i][0], self.chains.of[j][0]) for (i, _), (j, _) in likes]
        found = {tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1]}
        return found.pop() if len(found) == 1 else ()

    def _last_pair(self, mention: TokenMention, kind: Callable[[str], bool]) -> tuple[int, ...]:
        named = [
            (i, m)
            for i, m in enumerate(self.chains.mentions)
            if m.end <= mention.start and i in self.chains.of and len(self.chains.of[i]) == 1 and kind(family(m.label))
        ]
        for (i, one), (j, other) in reversed(list(pairwise(named))):
            pair = (self.chains.of[i][0], self.chains.of[j][0])
            if pair[0] != pair[1] and self._together(one, other):
                return pair
        distinct = list(dict.fromkeys(self.chains.of[i][0] for i, _ in reversed(named)))
        return tuple(sorted(distinct)) if len(distinct) == 2 else ()

    def _together(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether two mentions are coordinated, hyphenated, or subject and object of one meeting-like clause."""
        between = [t.lower_ for t in self.doc[one.end : other.start]]
        return between in (["-"], ["–"], ["and"], ["with"], ["and", "the"], ["with", "the"]) or self._are_conjuncts(one, other) or self._meet(one, other)

    def _act_together(self, one: TokenMention, other: TokenMention) -> bool:
        top = _phrase_head(self.doc[one.root])
        return (self._are_conjuncts(one, other) and top.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer")) or self._meet(one, other)

    def _are_conjuncts(self, one: TokenMention, other: TokenMention) -> bool:
        left, right = _phrase_head(self.doc[one.root]), _phrase_head(self.doc[other.root])
        return right.dep_ == "conj" and right.head.i == left.i

    def _meet(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether one meets the other in a clause: "Okoye met Lindqvist", "held talks with"."""
        left, right = _phrase_head(self.doc[one.root]), _phrase_head(self.doc[other.root])
        if left.dep_ not in ("nsubj", "nsubj:pass"):
            return False
        verb = left.head
        direct = right.head.i == verb.i and right.dep_ in ("obj", "obl") and verb.lemma_ in _MEETING_VERBS
        return direct or (right.dep_ in ("nmod", "obl") and right.head.head.i == verb.i and right.head.lemma_ in _MEETING_NOUNS)

    def _named_within(self, mention: TokenMention) -> tuple[int, ...]:
        """Link "the Indo-Pacific region", "the city of Basra" to the place named inside: the noun only says what it is."""
        head = self.doc[mention.root]
        if head.lemma_ not in _PLACE_NOUNS:
            return ()
        inside = [
            i for i, m in enumerate(self.chains.mentions) if mention.start <= m.start and m.end <= mention.end and m.form == "name" and i in self.chains.of
        ]
        fits = [i for i in inside if family(self.chains.mentions[i].label) == "place" and (self.chains.mentions[i].end == head.i or self._is_of(i, head))]
        return self.chains.of[fits[0]] if len(fits) == 1 else ()

    def _is_of(self, index: int, head: Token) -> bool:
        named = self.doc[self.chains.mentions[index].root]
        return named.head.i == head.i and any(c.dep_ == "case" and c.lower_ == "of" for c in named.children)

    def _kind_noun(self, mention: TokenMention) -> tuple[int, ...]:
        """Link "the terrorist group", "the frigate", "the ministry" to the only thing of that kind named so far, or the only one whose name says so."""
        head = self.doc[mention.root]
        kinds = _KIND_NOUNS.get(head.lemma_.lower(), ())
        if (
            head.tag_ != "NN"
            or not kinds
            or not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in head.children)
            or any(c.dep_ in ("nmod", "acl:relcl", "appos") for c in head.children)
        ):
            return ()
        before = [
            (i, m) for i, m in enumerate(self.chains.mentions) if m.start < mention.start and m.form == "name" and m.label in kinds and i in self.chains.of
        ]
        named = {self.chains.of[i] for i, m in before if head.lower_ in {t.lower_ for t in self.doc[m.start : m.end]}}
        distinct = {self.chains.of[i] for i, _ in before}
        return named.pop() if len(named) == 1 else distinct.pop() if len(distinct) == 1 and not named else ()

    def _repeated(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link a description to the last one with the same head: "a bridge … the bridge"; one that was left open opens a chain."""
        head = self.doc[mention.root]
        if _is_new(head) or head.lemma_.lower() in _OFFICE_NOUNS | _COUNTRY_NOUNS | _PARTIES or is_title(head.text.capitalize(), self.gazetteer):
            return ()
        for i in range(index - 1, -1, -1):
            other = self.chains.mentions[i]
            if other.form == "noun" and other.end <= mention.start and self._same_head(other, mention) and self._same_modifiers(other, mention):
                return self.chains.of.get(i) or ((self.chains.start(i),) if self._is_description(other) else ())
        return ()

    def _same_head(self, one: TokenMention, other: TokenMention) -> bool:
        a, b = self.doc[one.root], self.doc[other.root]
        return a.lemma_.lower() == b.lemma_.lower() and a.tag_ == b.tag_ and a.pos_ in ("NOUN", "PROPN")

    def _same_modifiers(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether the second of two descriptions adds nothing that would make it another: "the bridge" to "a stone bridge", not "the second bridge"."""
        first, second = self._modifiers(one), self._modifiers(other)
        return second <= first if _is_definite(self.doc[other.root]) else second == first

    def _modifiers(self, mention: TokenMention) -> set[str]:
        """Return what modifies the head of a description, possessors by their words: "his house" is not "her house"."""
        words = self.doc[mention.start : mention.end]
        return {t.lower_ for t in words if t.i != mention.root and (t.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB") or t.tag_ == "PRP$")}

    def _only_of_class(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link "the company", "the newspaper" to the only thing of its class so far."""
        head = self.doc[mention.root]
        if mention.label not in _ONLY or head.tag_ != "NN" or not _is_demonstrative(head) or any(c.dep_ in ("nmod", "acl:relcl", "acl") for c in head.children):
            return ()
        found = {self.chains.of[i] for i in range(index) if self.chains.mentions[i].label == mention.label and i in self.chains.of}
        return found.pop() if len(found) == 1 else ()

    def _country_noun(self, index: int, mention: TokenMention) -> tuple[int, ...]:
        """Link "the country" to the country that was the last subject, or the last named if only one is near."""
        head = self.doc[mention.root]
        if head.tag_ != "NN" or head.lemma_ not in _COUNTRY_NOUNS or not _is_definite(head):
            return ()
        first = self._previous_sentence_start(mention)
        near = [(i, m) for i, m in enumerate(self.chains.mentions) if first <= m.start < mention.start and m.label == "Country" and i in self.chains.of]
        subjects_ = [i for i, m in near if self._is_subject(m)]
        distinct = {self.chains.of[i] for i, _ in near}
        if subjects_:
            return self.chains.of[subjects_[-1]]
        return distinct.pop() if len(distinct) == 1 else ()


def _kind_of(noun: str) -> Callable[[str], bool]:
    """Return which families of entities a collective noun may stand for."""
    if noun in _COUNTRY_NOUNS | _STATE_NOUNS:
        return lambda kind: kind == "country"
    if noun in _OFFICE_NOUNS:
        return lambda kind: kind == "person"
    if noun in _VEHICLE_NOUNS:
        return lambda kind: kind == "vehicle"
    if noun in _BODY_NOUNS:
        return lambda kind: kind in ("organization", "country")
    return lambda kind: kind in _ACTORS


def _gender_of(word: str, male: frozenset[str], female: frozenset[str]) -> str | None:
    return "male" if word in male else "female" if word in female else None


def _phrase_head(token: Token) -> Token:
    """Climb from a name to the head of its phrase: from "Okoye" to "minister" in "the minister, Okoye"."""
    while token.dep_ in ("appos", "flat", "compound", "nmod:desc") and token.head.i != token.i and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    return token


def _is_definite(head: Token) -> bool:
    """Tell whether a noun phrase points back: the, this, that, possessive, or a bare title as in headlines."""
    determiners = [c.lower_ for c in head.children if c.dep_ == "det"]
    return any(d in ("the", "this", "that", "these", "those", "both") for d in determiners) or any(c.dep_ == "nmod:poss" for c in head.children)


def _is_new(head: Token) -> bool:
    """Tell whether a noun phrase introduces what it describes: a, some, another, a number."""
    return any(c.dep_ in ("nummod", "det") and c.lower_ not in ("the", "this", "that", "these", "those", "both") for c in head.children)


def _is_demonstrative(head: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in head.children)


def _learned_antecedents(doc: Doc, at: dict[tuple[int, int], int]) -> dict[int, list[tuple[int, float]]]:
    """Read the model's scored antecedents from the Doc, as indexes into our mentions; best first."""
    out: dict[int, list[tuple[int, float]]] = {}
    if not Doc.has_extension("antecedents"):
        return out
    for (start, end), candidates in doc._.antecedents.items():
        index = at.get((start, end))
        if index is None:
            continue
        scored = [(at[key], probability) for key, probability in candidates if key in at]
        out[index] = sorted(scored, key=lambda pair: (-pair[1], -pair[0]))
    return out
