"""Whose voice a text in the first person is: the country or body that "we" are where no attribution says so.

Official statements, speeches and answers to the press say "we" for whoever issues them. What shows who that is: a name beside the
pronoun ("We, the Government of Kenya"), the heading, the signature, and whom the text lets welcome, condemn and call on others in
the present tense. Whoever meets "us" in a clause as somebody else ("Mali asked us") is not meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from spacy.tokens import Doc, Token

from graphbuild.datelines import dateline_end
from graphbuild.names import family
from graphbuild.speech import SAY, Speech, speech_at
from graphbuild.syntax import case_of

FIRST_PLURAL = frozenset("we us our ours ourselves".split())
PERFORMATIVE = frozenset(
    "condemn welcome express call urge reaffirm support deplore regret thank congratulate reject deny wish stand note appeal reiterate mourn demand"
    " denounce commend remain protest extend offer confirm inform announce declare recognise recognize believe consider remind deem categorically salute join"
    " affirm underline stress maintain oppose hope expect ask request invite share warn accept refute dismiss clarify recall seek intend stay"
    " attach value look pay owe".split()
)
"""What those who issue statements do in them, in the present tense."""
_GRATEFUL = frozenset("grateful thankful indebted appalled outraged horrified saddened shocked proud".split())
"""What they say that they are."""
_WISHES = frozenset("thought prayer heart condolence sympathy".split())
"""What is with those whom they condole."""
_BEFORE = frozenset("continue want like wish remain".split())
"""Verbs before what they do: "we would like to thank"."""
_REFUSED = frozenset("accept recognise recognize seek intend wish".split())
"""What they say that they do not do."""
_BODIES = frozenset("government ministry department embassy mission office presidency republic kingdom state delegation sultanate emirate commonwealth".split())
_COUNCILS = frozenset("council committee commission".split())
_ISSUING = _BODIES | frozenset(
    "foreign prime first finance economy interior justice defence defense energy trade health ministers heads state leaders chiefs representatives permanent"
    " presidents speakers ambassadors governors members member states countries parties governments people european".split()
)
"""Words that say as what those speak for a body who call themselves "we": "We, the Foreign Ministers of the Member States of"."""
_ELSEWHERE = frozenset("in at from as of within inside across throughout outside near on by".split())
"""Prepositions after which a name says where or as what, not who else takes part."""
_TOPICAL = frozenset("in on at about against to with between".split())
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_SPEECHES = frozenset("statement remark speech address update communique communiqué debate briefing motion".split())
_PLIGHTS = frozenset("situation crisis conflict war".split())
_BESIDE, _HEADING, _SIGNATURE, _PERFORMS, _ASKED, _ACTS, _OTHER, _TOPIC = 20.0, 6.0, 5.0, 3.0, 2.0, 1.0, -8.0, -4.0
CAPITAL = "Capital"
"""The class of a capital, as a sign of its country."""
_TAKEN_UP = 5.0
"""Of an alliance that a sentence speaks of in the present tense, where the next begins with "we"."""
_SHARE = {"GovernmentBody": 0.5, CAPITAL: 0.8}
"""A ministry speaks for its country, which is rather meant where it is named; in a capital guests speak, too."""
_MOST = 3
"""How many acts of one name count."""
_LONGEST_LINE = 30
_LONGEST_ISSUER = 14
"""How far, in tokens, "we" may stand before the name of the body whose members speak."""
_LISTENING = frozenset("members honourable honorable dear distinguished colleagues excellencies ladies friends mr madam".split())
_CREDITS = frozenset("by from written author the".split())
_LEAST, _LEAD = 1.0, 1.0

Named = tuple[int, int, int, str, int]
"""Start, end, head word, class and cluster of a name."""


class Voice:
    """Weighs the countries and bodies of one document."""

    def __init__(self, doc: Doc, names: Iterable[Named], speeches: tuple[Speech, ...]) -> None:
        self.doc, self.speeches = doc, speeches
        self.names = [n for n in names if family(n[3]) in ("country", "organization") or n[3] == CAPITAL]
        self._found: dict[str | None, int | None] = {}

    def at(self, token: int) -> int | None:
        """Return the cluster whose voice holds a token, None if nothing shows it."""
        key = self.key(token)
        if key not in self._found:
            self._found[key] = self._decide(key)
        return self._found[key]

    def is_other(self, token: int, cluster: int) -> bool:
        """Tell whether a cluster meets "us" as somebody else, in the voice that holds a token."""
        return cluster in self._others.get(self.key(token), {})

    def is_topic(self, cluster: int) -> bool:
        """Tell whether the text says of a cluster that it speaks about it."""
        return cluster in self._topics

    @cached_property
    def _topics(self) -> frozenset[int]:
        told = (n for n in self.names if self._is_spoken_on(self.doc[n[2]]) or (n[0] < self.heading and self._is_topic(n[0])))
        return frozenset(cluster for *_, cluster in told)

    def home(self, token: int) -> int | None:
        """Return the country of the last date line before a token that opens with a capital, or names the country behind a city: "OSH, Kyrgyzstan –"."""
        found = None
        for start, _ in self._lines:
            if start > token:
                break
            dash = dateline_end(self.doc, start)
            if dash and self.doc[start].ent_type_ in ("City", "Country"):
                here = [n for n in self.names if start <= n[0] < dash and (n[3] == CAPITAL or n[3] == "Country")]
                found = here[-1][4] if here else None
        return found

    def key(self, token: int) -> str | None:
        """Return what tells the voices of a document apart: the speaker's word, None for the text's own."""
        speech = speech_at(self.speeches, token)
        if speech is None:
            return None
        return "" if speech.speaker is None else self.doc[speech.speaker].lower_

    def _decide(self, key: str | None) -> int | None:
        scores: dict[int, float] = defaultdict(float)
        for start, end, _, label, cluster in self.names:
            if label == CAPITAL and end < len(self.doc) and self.doc[end].is_title:
                continue  # "Washington Summit Declaration"
            scores[cluster] += self._share(start, end, label) * (self._standing(start) + (self._beside(start, end) if label != CAPITAL else 0.0))
        for cluster in self._topics:
            scores[cluster] += _TOPIC
        share = {cluster: self._share(start, end, label) for start, end, _, label, cluster in self.names if label != CAPITAL}
        for cluster, acts in self._acts(key).items():
            scores[cluster] += share[cluster] * sum(sorted(acts, reverse=True)[:_MOST])
        for cluster, times in self._others.get(key, {}).items():
            scores[cluster] += _OTHER * times
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < _LEAST or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _LEAD):
            return None
        return self._state_of(ranked)

    def _share(self, start: int, end: int, label: str) -> float:
        """Return how much of a sign counts for a name: less of a ministry, in whose name its country rather speaks, than of a council or committee."""
        council = label == "GovernmentBody" and any(t.lower_ in _COUNCILS for t in self.doc[start:end])
        return 1.0 if council else _SHARE.get(label, 1.0)

    def _state_of(self, ranked: Sequence[tuple[int, float]]) -> int:
        """Return who speaks of those who may, best first: a ministry speaks for its country, where one does what statements do and is no other to it."""
        label = {cluster: label for _, _, _, label, cluster in self.names}
        best = ranked[0][0]
        if label.get(best) != "GovernmentBody":
            return best
        speaking = {cluster for cluster, acts in self._acts(None).items() if max(acts) >= _PERFORMS}
        speaking |= {cluster for start, end, _, _, cluster in self.names if self._standing(start) or self._beside(start, end)}
        states = [(cluster, score) for cluster, score in ranked if label.get(cluster) == "Country" and cluster in speaking]
        clear = states and states[0][1] >= _LEAST and (len(states) == 1 or states[0][1] - states[1][1] >= _LEAD)
        return states[0][0] if clear else best

    def _beside(self, start: int, end: int) -> float:
        """Weigh "We, the Government of Kenya", "we in Kenya"."""
        before = [t.lower_ for t in self.doc[max(0, start - _LONGEST_ISSUER) : start]]
        if before[-2:] == ["people", "of"] and (self.doc[start - 2].dep_ not in ("obj", "obl", "nmod", "conj") or "behalf" in before):
            return _HEADING
        place = next((i for i in range(len(before) - 1, -1, -1) if before[i] in ("we", "us")), None)
        if place is None:
            return 0.0
        between = before[place + 1 :]
        named = between[:1] == [","] and all(w in (",", "the", "of", "and") or w in _ISSUING for w in between)
        return _BESIDE if named or between in (["in"], ["in", "the"]) else 0.0

    def _standing(self, start: int) -> float:
        """Weigh the heading and the signature: short first and last lines without a verb of their own."""
        if start < self.heading:
            return 0.0 if self._is_addressed(start) or self._is_topic(start) else _HEADING
        return _SIGNATURE if start >= self._signature else 0.0

    def _is_topic(self, start: int) -> bool:
        """Tell whether a name in the heading says where or of whom something is told: "Statement on the elections in Chad"."""
        begin = next((line[0] for line in self._lines if line[0] <= start < line[1]), start)
        if any(t.text == ":" for t in self.doc[begin:start]):
            return True  # "Second Report: Chad's part in the war"
        return any(t.lower_ in _TOPICAL for t in self.doc[max(0, start - 2) : start] if t.i == start - 1 or self.doc[start - 1].lower_ == "the")

    def _is_spoken_on(self, name: Token) -> bool:
        """Tell whether a name says what a statement is about: "a statement on Sudan", "the crisis in Mali"."""
        noun, case = name.head, case_of(name)
        return name.dep_ == "nmod" and (
            (case in ("on", "about", "regarding", "concerning") and noun.lemma_.lower() in _SPEECHES) or (case == "in" and noun.lemma_.lower() in _PLIGHTS)
        )

    def _is_addressed(self, start: int) -> bool:
        """Tell whether a name stands in the line that addresses those who listen: "Members of the Seimas,"."""
        begin, stop = next((line for line in self._lines if line[0] <= start < line[1]), (start, start))
        words = [t for t in self.doc[begin:stop] if not t.is_space]
        return bool(words) and words[0].lower_ in _LISTENING and words[-1].text in (",", "!", ":")

    def is_byline(self, token: int) -> bool:
        """Tell whether a name stands where authors and speakers are named: heading, "By …", an opening up to a colon, or first in the last line."""
        if token < self.heading or token < self._opening or token >= self._signature:
            return True
        start, stop = self._last_line
        first = next((t.i for t in self.doc[start:stop] if t.is_alpha and t.lower_ not in _CREDITS), stop)
        return bool(start) and stop - start <= _LONGEST_LINE and token == first

    @cached_property
    def _opening(self) -> int:
        """Return where a first paragraph that introduces a speaker ends: "Halifax, 10 December. Commodore Anand, on taking command:"."""
        start, stop = self._lines[0]
        words = [t for t in self.doc[start:stop] if not t.is_space]
        return stop if words and words[-1].text == ":" and len(words) <= _LONGEST_LINE else 0

    @cached_property
    def _last_line(self) -> tuple[int, int]:
        return next(((a, b) for a, b in reversed(self._lines) if b > a), (0, 0))

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        out, begin = [], 0
        for token in self.doc:
            if token.is_space and "\n" in token.text:
                out.append((begin, token.i))
                begin = token.i + 1
        return [*out, (begin, len(self.doc))]

    @cached_property
    def heading(self) -> int:
        """Return the token at which the heading ends, 0 if there is none."""
        end = 0
        for start, stop in self._lines[:3]:
            if stop - start > _LONGEST_LINE or not self._is_title(start, stop):
                break
            end = stop
        return end if end < len(self.doc) else 0

    @cached_property
    def _signature(self) -> int:
        start, stop = self._last_line
        return start if start and stop - start <= _LONGEST_LINE and self._is_title(start, stop) else len(self.doc)

    def _is_title(self, start: int, stop: int) -> bool:
        return not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in self.doc[start:stop])

    def _acts(self, key: str | None) -> dict[int, list[float]]:
        """Weigh what names do in a voice: in the text's own, or in the questions and answers around a speaker."""
        out: dict[int, list[float]] = defaultdict(list)
        for start, _, root, label, cluster in self.names:
            head = self._subject_head(self.doc[root]) if label not in (CAPITAL, "ArmedGroup") else None  # of whom statements speak as others
            if head is None or self.key(start) != ("" if key else key):
                continue
            verb = head.head
            if key:
                out[cluster].append(_ASKED if self._is_asked(verb) else 0.0)
                continue
            refused = verb.lemma_ in _REFUSED and any(c.lower_ == "does" for c in verb.children)
            present = verb.tag_ in ("VBZ", "VBP") or refused
            performs = verb.lemma_.lower() in PERFORMATIVE and present and verb.dep_ in ("ROOT", "conj", "parataxis")
            direct = head.i == root
            taken_up = label == "Alliance" and direct and present and verb.dep_ == "ROOT" and self._goes_on_as_we(verb)
            out[cluster].append((_TAKEN_UP if taken_up else _PERFORMS if performs else _ACTS) * (1.0 if direct else 0.5))
        return out

    def _goes_on_as_we(self, verb: Token) -> bool:
        """Tell whether the sentence behind that of a verb opens with "we": "The Coalition obeys the law of war. We will continue to strike …"."""
        end = verb.sent.end
        return end < len(self.doc) and self.doc[end].lower_ == "we" and self.doc[end].dep_ in _SUBJECTS

    def _is_asked(self, verb: Token) -> bool:
        """Tell whether a question asks what somebody does: "Will France leave?" asks France."""
        last = next((t for t in reversed(list(verb.sent)) if not t.is_space), verb)
        return last.text == "?" and verb.dep_ in ("ROOT", "conj")

    def _subject_head(self, name: Token) -> Token | None:
        """Return the subject that a name is, or that it owns: "the Ministry of Foreign Affairs of Kenya condemns"."""
        node = name
        for _ in range(4):
            if node.dep_ in _SUBJECTS:
                return node if node.i == name.i or node.lemma_.lower() in _BODIES else None
            if node.dep_ not in ("nmod", "nmod:poss", "amod", "compound", "conj", "appos") or node.head.i == node.i:
                return None
            node = node.head
        return None

    @cached_property
    def _others(self) -> dict[str | None, dict[int, int]]:
        """Count, per voice, how often each cluster takes part in a clause beside "us" as somebody else."""
        roots = {root: cluster for _, _, root, label, cluster in self.names if label != CAPITAL}
        out: dict[str | None, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        asked = {self.doc[s.speaker].lower_ for s in self.speeches if s.speaker is not None and s.verb is None}
        for token in self.doc:
            key = self.key(token.i)
            ours = token.lower_ in FIRST_PLURAL or _is_said_of_others(token)
            keys: Iterable[str | None] = (key,) if ours else sorted(asked) if key == "" and token.lower_ == "you" else ()
            met = [roots[o.i] for o in self._co_arguments(token) if o.i in roots and not self._beside(o.left_edge.i, o.i)] if keys else []
            for one in keys:
                for cluster in met:
                    out[one][cluster] += 1
        return out

    def _co_arguments(self, token: Token) -> Iterator[Token]:
        """Yield who takes part in the clause where "we" acts or "us" is acted on, and who says something of "us"."""
        if token.dep_ == "nmod:poss":
            return
        verb = token.head
        joined = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and not any(g.dep_ in _SUBJECTS for g in c.children)]
        yield from (o for c in joined if token.dep_ in _SUBJECTS for o in c.children if o.dep_ in ("obj", "iobj"))  # "we met and thanked Mali"
        for child in verb.children:
            takes_part = child.dep_ in (*_SUBJECTS, "obj", "iobj") or (child.dep_ in ("obl", "obl:agent") and case_of(child) not in _ELSEWHERE - {"by"})
            takes_part = takes_part or (child.dep_ == "obl" and verb.lemma_ == "call" and case_of(child) in ("on", "upon"))
            if takes_part and child.i != token.i:
                yield child
                yield from (s for c in (child, *child.children) if c.dep_ in ("ccomp", "acl") for s in c.children if s.dep_ in _SUBJECTS)
                yield from (c for c in child.children if c.dep_ == "conj" or (c.dep_ == "nmod" and child.lemma_.lower() in _BODIES))
        if token.dep_ in _SUBJECTS and verb.dep_ == "ccomp" and verb.head.lemma_ in SAY:
            yield from (c for c in verb.head.children if c.dep_ in _SUBJECTS)


def _is_said_of_others(pronoun: Token) -> bool:
    """Tell whether "I" do to somebody what is done to others: thank, urge, condemn them."""
    return pronoun.lower_ == "i" and pronoun.dep_ in _SUBJECTS and (pronoun.head.lemma_.lower() in PERFORMATIVE or pronoun.head.lower_ in _GRATEFUL)


def is_ongoing(pronoun: Token) -> bool:
    """Tell whether "we" do something in a clause that is not over: "we are working with", "we have been clear", "we will stand by"."""
    verb = pronoun.head
    if pronoun.dep_ != "nsubj" or verb.pos_ not in ("VERB", "ADJ"):
        return False
    helping = {c.lower_ for c in verb.children if c.dep_ in ("aux", "cop")}
    return bool(helping & {"are", "have", "will", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "shall"}) or (not helping and verb.tag_ in ("VBP", "VB"))


def is_performed(pronoun: Token) -> bool:
    """Tell whether "we" do in a clause what is done by saying it: "we condemn", "we would like to thank", "we renew our call", "our thoughts are with"."""
    verb = pronoun.head
    if pronoun.dep_ == "nmod:poss":
        if verb.lemma_.lower() in _WISHES and verb.dep_ in _SUBJECTS:
            return True
        verb = verb.head
        if not any(c.dep_ in _SUBJECTS and c.lower_ in ("i", "we") for c in verb.children):
            return False
    elif pronoun.dep_ not in _SUBJECTS:
        return False
    helping = {c.lower_ for c in verb.children if c.dep_ in ("aux", "cop")}
    present = bool(helping & {"would", "'d", "’d", "are", "am"}) or (not helping and (verb.tag_ in ("VBP", "VBZ", "VB") or verb.lower_ == verb.lemma_))
    later = next((c for c in verb.children if c.dep_ == "xcomp" and verb.lemma_ in _BEFORE), verb)
    return present and (later.lemma_.lower() in PERFORMATIVE or later.lower_ in _GRATEFUL)
