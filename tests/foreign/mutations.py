"""Bytes of a file with something cut, doubled, swapped or overwritten, as transfers and editors do it."""

from __future__ import annotations

from hypothesis import strategies as st

_BYTES = b'\x00\x1b\xff"\\{}[]:,-0e9 \n'


@st.composite
def mutations(draw: st.DrawFn, data: bytes) -> bytes:
    """Up to three such accidents."""
    for _ in range(draw(st.integers(1, 3))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        piece, rest = data[start:end], data[end:]
        match draw(st.sampled_from(("cut", "double", "swap", "write", "end"))):
            case "cut":
                data = data[:start] + rest
            case "double":
                data = data[:end] + piece + rest
            case "swap":
                data = rest + piece + data[:start]
            case "write":
                data = data[:start] + draw(st.sampled_from(_BYTES)).to_bytes() + data[start + 1 :]
            case "end":
                data = data[:end]
    return data
