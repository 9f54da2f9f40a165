"""What is shown: text from documents made safe, so that nothing in it steers a terminal or a drawing, and pictures for notebooks."""

import calendar
import html
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def one_line(text: str) -> str:
    r"""Return the text on one line, without control characters, direction marks and what Unicode has not assigned.

    >>> one_line("a\x1b[31m\u202eb\n c\x07")
    'a[31mb c'
    """
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN)


_YEARLESS = re.compile(r"--(\d\d)(?:-(\d\d))?")


def day_of_year(date: str) -> str:
    """Return a day or month whose year is not told as people write it; another date stays as it is.

    >>> day_of_year("--06-20"), day_of_year("--06"), day_of_year("2024-06-20")
    ('20 June', 'June', '2024-06-20')
    """
    found = _YEARLESS.fullmatch(date)
    if not found or not 1 <= int(found[1]) <= 12:
        return date
    month = calendar.month_name[int(found[1])]
    return f"{int(found[2])} {month}" if found[2] else month


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture or page that shows itself in a notebook; `data` are the bytes of its file."""

    form: str
    """png, svg, pdf or html."""
    data: bytes = field(repr=False)

    def save(self, path: Path | str) -> Path:
        """Write it to a file, and return the path."""
        Path(path).write_bytes(self.data)
        return Path(path)

    def _repr_svg_(self) -> str | None:
        return self.data[self.data.index(b"<svg") :].decode() if self.form == "svg" else None

    def _repr_png_(self) -> bytes | None:
        return self.data if self.form == "png" else None

    def _repr_html_(self) -> str | None:
        """Show a page in a frame of its own: its styles and scripts do not mix with the notebook's, which its scripts cannot reach."""
        if self.form != "html":
            return None
        look = "width:100%;height:640px;border:1px solid #c8ccd0"
        rights = "allow-scripts allow-downloads allow-popups"
        return f'<iframe title="Explorer of the graph" sandbox="{rights}" style="{look}" srcdoc="{html.escape(self.data.decode())}"></iframe>'
