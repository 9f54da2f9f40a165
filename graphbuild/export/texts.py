"""Characters that formats cannot hold: each becomes U+FFFD, the sign for a character that is not there."""

import re
from typing import Final

REPLACED: Final = "\ufffd"
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document can hold, not even escaped."""
SURROGATES: Final = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
"""Halves of surrogate pairs without the other half, which no encoding can hold; they come from broken JSON."""


def whole(text: str) -> str:
    r"""Return a text that every encoding can hold.

    >>> whole("Ad\ud800a")
    'Ad�a'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def utf8(text: str) -> bytes:
    """Return a text in UTF-8, whatever stands in it."""
    return whole(text).encode()


def for_xml(text: str) -> str:
    """Return a text that XML can hold."""
    return NOT_XML.sub(REPLACED, whole(text))
