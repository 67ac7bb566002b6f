"""Input that hypothesis generates: bytes, and texts made of pieces that mean something to a reader."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .readers import READERS

PIECES = ["&a ", "*a", "!!python/object:os.system ", "!x ", "<<: ", "? ", "- ", "[", "{", "}", "]", ": ", "\n", "\t", "'", '"', "|\n", ">\n", "---\n", "\x00", "\ufeff", "\u202e",
          "source:", "statements:", "quote:", "id: s01", "1e999", "0x10", "NO", "2019-02-30", "\ud83d", "=cmd()", "<script>", "\x1b[2J", "../..", "/etc/passwd", '{"table":', "null,"]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join)
INPUTS = st.one_of(
    st.binary(max_size=400), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))
)


def try_invented(name: str, number: int) -> int:
    """Run a reader on generated inputs, the same ones each time; return their number. Exceptions of the reader are raised."""
    given_to_it = 0

    @settings(
        max_examples=number,
        deadline=10_000,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    @given(INPUTS)
    def check(data: bytes) -> None:
        nonlocal given_to_it
        given_to_it += 1
        READERS[name](data)

    check()
    return given_to_it
