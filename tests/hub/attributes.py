"""Git attributes: which paths of a repository are kept in Git LFS."""

import re
from fnmatch import fnmatchcase

_LFS = "filter=lfs diff=lfs merge=lfs -text"

#: What the Hub puts into the first commit of a dataset repository (its media patterns left out).
_PATTERNS = (
    "*.7z *.arrow *.avro *.bin *.bz2 *.ckpt *.ftz *.gz *.h5 *.joblib *.lfs.* *.lz4 *.mds *.mlmodel *.model "
    "*.msgpack *.npy *.npz *.onnx *.ot *.parquet *.pb *.pickle *.pkl *.pt *.pth *.rar *.safetensors "
    "saved_model/**/* *.tar.* *.tar *.tflite *.tgz *.wasm *.xz *.zip *.zst *tfevents*"
)

DEFAULT = "".join(f"{pattern} {_LFS}\n" for pattern in _PATTERNS.split())


def is_lfs(path: str, attributes: str) -> bool:
    """Whether a `.gitattributes` text puts the path into Git LFS; the last line that matches decides."""
    name = path.rpartition("/")[2]
    lfs = False
    for line in attributes.splitlines():
        pattern, *settings = line.split() or ["#"]
        if pattern.startswith("#"):
            continue
        pattern = pattern.replace("[[:space:]]", " ")
        if fnmatchcase(
            path.lstrip("/") if "/" in pattern else name, pattern.lstrip("/").replace("**/", "*")
        ):
            if "filter=lfs" in settings:
                lfs = True
            elif "-filter" in settings or "!filter" in settings:
                lfs = False
    return lfs


def with_lfs(attributes: str, path: str) -> str:
    """Return the `.gitattributes` text with one more path put into Git LFS."""
    if attributes and not attributes.endswith("\n"):
        attributes += "\n"
    pattern = re.sub(r"\s", "[[:space:]]", re.sub(r"([*?\[])", r"[\1]", path))
    return f"{attributes}{pattern} {_LFS}\n"
