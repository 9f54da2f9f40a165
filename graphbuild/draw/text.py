"""Text in diagrams: wrapped to a width, and measured in points."""

import textwrap
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from graphbuild.display import one_line

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that pictures are alike everywhere."""
LINE_HEIGHT = 1.22


def wrap(text: str, width: int = 22, lines: int = 3) -> tuple[str, ...]:
    """Break a name into at most `lines` lines of about `width` characters; what is left over becomes an ellipsis.

    >>> wrap("President (South Korea)")
    ('President', '(South Korea)')
    """
    shown = one_line(text)
    head, bracket, rest = shown.rpartition(" (")
    if bracket and rest.endswith(")") and lines > 1 and len(head) <= width < len(shown):
        return (head, *textwrap.wrap(f"({rest}", width, max_lines=lines - 1, placeholder=" …"))
    return tuple(textwrap.wrap(shown, width, max_lines=lines, placeholder=" …")) or ("·",)


@lru_cache(maxsize=4096)
def line_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of text in points."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(family=FAMILY, size=size, weight=weight), False)
    return float(width) * 1.03  # what a renderer may add by rounding letters to pixels


def block_size(lines: tuple[str, ...], size: float, weight: str = "normal") -> tuple[float, float]:
    """Return width and height of stacked lines in points."""
    return max(line_width(line, size, weight) for line in lines), len(lines) * size * LINE_HEIGHT
