"""Sentence embeddings by a model that the user names, a folder or an id on the Hub: static ones, read by model2vec."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..alignment.meaning import Similar
from ..core.findings import PackageError

if TYPE_CHECKING:
    import numpy

EXAMPLE = "minishlab/potion-multilingual-128M"


def similar_by(model: str) -> Similar:
    """Return the similarity function of the model with that path or Hub id. Raises PackageError if it cannot be used."""
    if find_spec("model2vec") is None:
        raise PackageError("--semantic needs model2vec: run `pip install 'readouts[semantic]'`")
    loaded = _load(model)

    @cache
    def embedded(texts: tuple[str, ...]) -> numpy.ndarray:
        return loaded.encode(list(texts), use_multiprocessing=False)

    def similar(left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
        return (embedded(tuple(left)) @ embedded(tuple(right)).T).tolist()

    return similar


def _load(model: str):  # type: ignore[no-untyped-def]
    from huggingface_hub.errors import HfHubHTTPError
    from model2vec import StaticModel
    from safetensors import SafetensorError

    try:
        return StaticModel.from_pretrained(model, normalize=True, force_download=False)
    except (
        HfHubHTTPError,
        SafetensorError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        RuntimeError,
    ) as error:
        raise PackageError(
            f"the model {model} cannot be used ({type(error).__name__}): pass a folder or a Hub id of a static "
            f"embedding model, such as {EXAMPLE}"
        ) from error
