"""Repairs dirty text and keeps the way back: every character of the clean text knows the raw characters it came from.

A repair is a function from text to `Edit`s; `clean` applies one after another. What is repaired: the date line (it is no
sentence), mojibake, line ends, odd spaces and invisible characters, words doubled where English does not double them, marks of
footnotes, names in other languages, closing quotation marks that close nothing, and words glued together after a full stop or at
a bracket. Everything is a pure function.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ftfy import fix_encoding_and_explain

from graphbuild.boilerplate import is_boilerplate
from graphbuild.dates import dateline
from graphbuild.records import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]` with `new`; the edits of one repair stand in order and do not overlap."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """A repaired text with the map to the raw one.

    `starts[i]:ends[i]` is the raw range that `text[i]` came from, empty for a space that was put in; both never decrease.
    `paragraphs` are the spans of `text` that hold prose, headings among them, in order; boilerplate lines are left out of
    them and listed in `boilerplate`.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    raw_length: int
    paragraphs: tuple[Span, ...]
    boilerplate: tuple[Span, ...]

    def raw_span(self, start: int, end: int) -> Span:
        """Return the raw offsets of `text[start:end]`: the smallest range that holds all that the characters came from."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.raw_length
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])

    def clean_span(self, start: int, end: int) -> Span:
        """Return the offsets in `text` of what came from the raw range `start:end`: the way there, for annotated documents."""
        first = bisect_left(self.ends, start + 1)
        return Span(first, max(first, bisect_left(self.starts, end)))


def clean(raw: str) -> CleanText:
    """Repair a text.

    >>> fixed = clean("They met in Seoul today today.The talks ended.")
    >>> fixed.text
    'They met in Seoul today. The talks ended.'
    >>> fixed.raw_span(18, 24)
    Span(start=18, end=30)
    """
    text, starts, ends = raw, list(range(len(raw))), list(range(1, len(raw) + 1))
    for repair in REPAIRS:
        text, starts, ends = _apply(list(repair(text)), text, starts, ends)
    spans = list(_paragraphs(text))
    boilerplate = tuple(s for s in spans if is_boilerplate(text[s.start : s.end]))
    return CleanText(text, tuple(starts), tuple(ends), len(raw), tuple(s for s in spans if s not in boilerplate), boilerplate)


def _apply(edits: Sequence[Edit], text: str, starts: list[int], ends: list[int]) -> tuple[str, list[int], list[int]]:
    """Apply edits to a text and its map; what replaces characters one by one keeps their places, else takes the whole range."""
    if not edits:
        return text, starts, ends
    parts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    at = 0
    for edit in [*edits, Edit(len(text), len(text), "")]:
        parts += (text[at : edit.start], edit.new)
        new_starts += starts[at : edit.start]
        new_ends += ends[at : edit.start]
        if len(edit.new) == edit.end - edit.start:
            new_starts += starts[edit.start : edit.end]
            new_ends += ends[edit.start : edit.end]
        else:
            low = starts[edit.start] if edit.start < len(starts) else (ends[-1] if ends else 0)
            new_starts += [low] * len(edit.new)
            new_ends += [ends[edit.end - 1] if edit.end > edit.start else low] * len(edit.new)
        at = edit.end
    return "".join(parts), new_starts, new_ends


def drop_date_line(text: str) -> Iterator[Edit]:
    """Drop the date line: it says when the text was published and is no sentence."""
    head = dateline(text)
    if head:
        yield Edit(head.line.start, head.line.end, "")


_NON_ASCII = re.compile(r"[^\x00-\x7f]+")


def fix_mojibake(text: str) -> Iterator[Edit]:
    """Repair UTF-8 that was read as another encoding, run by run, so that each repaired character has its own range.

    Mojibake of UTF-8 has no ASCII characters in it, so a run of other characters is all that there is to look at.
    """
    for run in _NON_ASCII.finditer(text):
        fixed, steps = fix_encoding_and_explain(run[0])
        if fixed == run[0]:
            continue
        lengths = [len(c.encode("utf-8", "surrogatepass")) for c in fixed]
        if steps and [step[0] for step in steps] == ["encode", "decode"] and sum(lengths) == len(run[0]):
            yield from _one_by_one(run.start(), fixed, lengths)
        else:
            yield Edit(run.start(), run.end(), fixed)


def _one_by_one(start: int, fixed: str, lengths: Sequence[int]) -> Iterator[Edit]:
    for character, length in zip(fixed, lengths, strict=True):
        yield Edit(start, start + length, character)
        start += length


_ODD = re.compile(r"\r\n?|[\x00-\x08\x0b-\x1f\x7f-\x9f\xa0\xad\u1680\u2000-\u200f\u2011\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")


def plain_characters(text: str) -> Iterator[Edit]:
    """Make one line end, one space and one hyphen of their many kinds; drop invisible characters, but not those inside emoji."""
    for match in _ODD.finditer(text):
        character = match[0][0]
        if character == "\u200d" and _joins_emoji(text, match.start()):
            continue
        if character in _LINE_ENDS:
            yield Edit(match.start(), match.end(), "\n")
        elif character == "\u2011":
            yield Edit(match.start(), match.end(), "-")
        else:
            yield Edit(match.start(), match.end(), " " if unicodedata.category(character) == "Zs" else "")


def _joins_emoji(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and all(not text[i].isalnum() and not text[i].isspace() for i in (at - 1, at + 1))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DOUBLED = re.compile(r"(?<![\w'’.-])([^\W\d_]{1,30})((?:[^\S\n]{1,4}|[^\S\n]{0,4}\n[^\S\n]{0,4})(\1))(?![\w'’-])", re.IGNORECASE)
_NEVER_DOUBLED = _words(
    "a an the of and or with from by at for to as if but i he she we they my our their your its his this these those "
    "are were has have be been can could may might must shall should will would"
)
_MAY_DOUBLE = _words(
    # Grammar: "she had had enough", "the fact that that man", "what it is is", "moved on on Monday", "told her her rights".
    "had that is was do does did in on over her you it who what which where one more "
    # Emphasis and sound: "very very", "long long ago", "no no", "bye bye", "tut tut".
    "very really so too much many most far long never ever again always quite pretty well good bad big small little tiny huge great old new deep high "
    "slowly quickly hard fast sweet dear hot cold dark bright ready easy sure yes no nay aye please thank okay right now then there "
    "here come stop help wait hello home work night bye knock hush chop tick tock blah yada ding dong bang clap hear hooray hurrah miles years days hours "
    # A verb and its like-written object.
    "police fish buffalo"
)
_SHORT = 3


def drop_doubled_words(text: str) -> Iterator[Edit]:
    """Drop the second of two like words ("today today") where English does not double them; names, numbers and emphasis stay."""
    for match in _DOUBLED.finditer(text):
        first, second = match[1], match[3]
        if _is_slip(first, second) and not _goes_on(text, match):
            yield Edit(match.start(2), match.end(2), "")


def _is_slip(first: str, second: str) -> bool:
    word = first.lower()
    if not second.islower() or (first != second and not first.istitle() and len(first) > 1):
        return False
    return word in _NEVER_DOUBLED or (first == second and len(word) > _SHORT and word not in _MAY_DOUBLE)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Tell whether the word stands three times or more: that is emphasis or song."""
    word = match[1].lower()
    after = text[match.end() : match.end() + len(word) + 6].lower().split()
    before = text[max(0, match.start() - len(word) - 6) : match.start()].lower().split()
    return word in (after[:1] + before[-1:])


_QUOTE = re.compile('[“”"„]')


def drop_stray_quotes(text: str) -> Iterator[Edit]:
    """Drop closing quotation marks that close nothing.

    A quotation may run over paragraphs, each opened anew, so an opening mark without its closing one is no error and stays.
    """
    if "„" in text:  # there “ closes
        return
    is_open = False
    for match in _QUOTE.finditer(text):
        side = _side(text, match.start())
        if side == "open":
            is_open = True
        elif side == "close" and is_open:
            is_open = False
        elif side == "close":
            yield Edit(match.start(), match.end(), "")


def _side(text: str, at: int) -> str:
    """Tell whether a mark opens or closes; a straight one by its neighbours, and not at all after a digit (inches, seconds)."""
    if text[at] != '"':
        return "open" if text[at] == "“" else "close"
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or before.isspace() or before in "([—–-“‘":
        return "open" if after and not after.isspace() else "unknown"
    if before.isdigit():
        return "unknown"
    return "close" if not after or not after.isalnum() else "unknown"


_REFERENCE = re.compile(r"(?<=[\w.,;:!?)\]”\"’'])(?:\[(?:[0-9]{1,3}|note [0-9]{1,3}|citation needed|clarification needed)\])+")


def drop_reference_marks(text: str) -> Iterator[Edit]:
    """Drop the marks of footnotes that encyclopedias put right behind a word or a stop: "headed by his brother,[1]"."""
    for match in _REFERENCE.finditer(text):
        yield Edit(match.start(), match.end(), "")


_LANGUAGES = (
    "Albanian Amharic Arabic Armenian Azerbaijani Belarusian Bengali Berber Bulgarian Burmese Catalan Chinese Croatian Czech Danish Dari Dutch Estonian"
    " Filipino Finnish French Georgian German Greek Hausa Hebrew Hindi Hungarian Indonesian Irish Italian Japanese Kazakh Khmer Korean Kurdish Kyrgyz Latin"
    " Latvian Lithuanian Macedonian Malay Mongolian Nepali Norwegian Pashto Persian Polish Portuguese Punjabi Romanian Russian Serbian Sinhala Slovak"
    " Slovene Somali Spanish Swahili Swedish Tajik Tamil Thai Tibetan Tigrinya Turkish Turkmen Ukrainian Urdu Uyghur Uzbek Vietnamese Welsh"
).split()
_GLOSS = re.compile(rf"\s?\((?:{'|'.join(_LANGUAGES)}):[^()\n]{{1,200}}\)")


def drop_glosses(text: str) -> Iterator[Edit]:
    """Drop what a name is in other languages: "Hamra (Arabic: …, Kurdish: …)"."""
    for match in _GLOSS.finditer(text):
        yield Edit(match.start(), match.end(), "")


_GLUED_STOP = re.compile(r"(?<=[a-z][a-z\])”])[.!?]”?(?=[“\[(]?[A-Z][a-z])")
_GLUED_QUOTE = re.compile(r"(?<=[.!?,]”)(?=[A-Za-z])")
_GLUED_BRACKET = re.compile(r"(?:(?<=\s)|^)[\[(](?=[^\[\]()\n]{0,120}[A-Z ])[^\[\]()\n]{3,120}[\])](?=[A-Za-z]{2})", re.MULTILINE)
_GLUED_OPENING = re.compile(r"(?<=[a-z]{2})(?=\([A-Z][a-z]{2})")
_TOKEN_EDGE = re.compile(r"\s")
_ADDRESS = re.compile(r"://|www\.|@|[\\/_]|\.(?-i:[a-z]{2,5})\W*\Z|\.(?:com|org|net|gov|int|edu|mil|info)\b", re.IGNORECASE)


def part_glued_words(text: str) -> Iterator[Edit]:
    """Put in the missing space after a full stop, a closing quotation mark or a bracket; never inside addresses and file names."""
    places = {match.end() for pattern in (_GLUED_STOP, _GLUED_QUOTE, _GLUED_BRACKET, _GLUED_OPENING) for match in pattern.finditer(text)}
    for place in sorted(places):
        if not _in_address(text, place):
            yield Edit(place, place, " ")


def _in_address(text: str, place: int) -> bool:
    """Tell whether the token around a place is an address, a path or a file name; tokens are cut at 200 characters each side."""
    left = re.split(_TOKEN_EDGE, text[max(0, place - 200) : place])[-1]
    right = re.split(_TOKEN_EDGE, text[place : place + 200], maxsplit=1)[0]
    return _ADDRESS.search(left + right) is not None


def join_wrapped_lines(text: str) -> Iterator[Edit]:
    """Make a space of each line end within a paragraph, so that a sentence that was wrapped is one line."""
    for span in _paragraphs(text):
        for match in re.compile(r"\n").finditer(text, span.start, span.end):
            yield Edit(match.start(), match.end(), " ")


Repair = Callable[[str], Iterator[Edit]]
REPAIRS: tuple[Repair, ...] = (
    drop_date_line, fix_mojibake, plain_characters, drop_doubled_words, drop_reference_marks, drop_glosses, drop_stray_quotes, part_glued_words,
    join_wrapped_lines,
)  # fmt: skip
"""In this order: mojibake before spaces, since a no-break space may be half of a character; quotes before what is glued to them."""

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")
_WRAP_WIDTHS = range(50, 101)
_WRAPPED_LINES = 3
_BULLET = re.compile(r"\s*(?:[-*•–·]|[0-9]{1,2}[.)])\s")


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs: blocks between blank lines, and their lines unless the block is wrapped at a column."""
    for block in _BLOCK.finditer(text):
        lines = block[0].split("\n")
        wrapped = len(lines) >= _WRAPPED_LINES and all(len(line) in _WRAP_WIDTHS for line in lines[:-1])
        start = at = block.start()
        for i, line in enumerate(lines):
            at += len(line) + 1
            following = lines[i + 1] if i + 1 < len(lines) else None
            if following is None or not (wrapped or following.lstrip()[:1].islower()) or _BULLET.match(following):
                yield _trimmed(text, start, at - 1)
                start = at


def _trimmed(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    return Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
