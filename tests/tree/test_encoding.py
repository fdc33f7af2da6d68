"""Which bytes are text."""

import pytest

from negsplit.tree.source import MAX_BYTES, load_bytes, read


def test_utf8_with_and_without_a_byte_order_mark():
    for data in (b"a: \xc3\xa9\n", b"\xef\xbb\xbfa: \xc3\xa9\n"):
        source, diagnostics = load_bytes("w.yaml", data)
        assert source is not None
        assert (source.name, source.text, diagnostics) == ("w.yaml", "a: é\n", [])
        assert read(source) == ([{"a": "é"}], [])


@pytest.mark.parametrize(
    ("data", "line", "column", "byte"),
    [
        (b"a: b\nc: Gr\xf6\xdfe\n", 2, 6, "0xf6"),
        (b"\xc3\xa9: \xc3", 1, 4, "0xc3"),
        (b"\xef\xbb\xbfa\xff", 1, 2, "0xff"),
        (b"a: \xed\xa0\x80", 1, 4, "0xed"),
        ("a: b".encode("utf-16"), 1, 1, "0xff"),
    ],
)
def test_a_byte_that_is_not_utf8_is_pointed_to(data: bytes, line: int, column: int, byte: str):
    source, (diagnostic,) = load_bytes("w.yaml", data)
    assert source is None
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.column) == ("encoding", line, column)
    assert byte in diagnostic.message
    assert "UTF-8" in diagnostic.help[0]


def test_a_nul_byte_is_pointed_to():
    source, (diagnostic,) = load_bytes("w.yaml", b"a: b\nc\0d")
    assert source is None
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.column) == ("encoding", 2, 2)


def test_size_is_limited():
    assert load_bytes("w.yaml", b"#" * MAX_BYTES)[1] == []
    source, (diagnostic,) = load_bytes("w.yaml", b"#" * (MAX_BYTES + 1))
    assert source is None
    assert diagnostic.code == "too-large"
    assert str(MAX_BYTES + 1) in diagnostic.message


def test_a_lone_carriage_return_ends_a_line_in_messages_too():
    source, _ = load_bytes("w.yaml", b"a: b\rc: d\r\ne: f: g\r")
    assert source is not None
    (diagnostic,) = read(source)[1]
    assert diagnostic.span is not None
    assert diagnostic.span.line == 3


@pytest.mark.parametrize(
    ("char", "name", "cure"),
    [
        ("\x00", "U+0000", "delete"),
        ("\x1b", "U+001B", "delete"),
        ("\x7f", "U+007F", "delete"),
        ("\x85", "U+0085", "new line"),
        ("\u2028", "U+2028", "new line"),
        ("\ufeff", "U+FEFF", "delete"),
        ("\ufffe", "U+FFFE", "delete"),
    ],
)
def test_a_character_no_file_holds_is_pointed_to(char: str, name: str, cure: str):
    source, _ = load_bytes("w.yaml", b"x")
    assert source is not None
    _, (diagnostic,) = read(type(source)("w.yaml", f"a: b\nc: d{char}e\n"))
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.column) == ("yaml-syntax", 2, 5)
    assert name in diagnostic.message
    assert cure in diagnostic.help[0]
