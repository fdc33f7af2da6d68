"""XML whose elements know their place; what the reader of a watch's manifest refuses is tested there too."""

import pytest

from negsplit.diagnostics import Source
from negsplit.formats.xml_tree import MAX_ELEMENTS, XmlError, read_bytes, read_text, span

TEXT = """<?xml version="1.0" encoding="UTF-16"?>
<größe:a xmlns="x">
  <b ä='1' c = "2>3"/><!-- <no/> --><größe:d>é&amp;</größe:d><b c="4"/>
</größe:a>"""


def places(text, **attributes):
    source = Source("x", text)
    return [(one.tag, span(source, one).text) for one in read_text(source).iter()]


def test_elements_and_attributes_know_their_place_in_any_letters():
    source = Source("x", TEXT)
    root = read_text(source)
    b, d, last = root
    assert places(TEXT) == [("a", "<größe:a"), ("b", "<b"), ("d", "<größe:d"), ("b", "<b")]
    assert span(source, b, "c").text == 'c = "2>3"'
    assert span(source, b, "ä").text == "ä='1'"
    assert (span(source, last).line, span(source, last, "c").text) == (3, 'c="4"')
    assert span(source, d, "nothing").text == "<größe:d"
    assert (d.text, b.attrib) == ("é&", {"ä": "1", "c": "2>3"})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<a>\n<!DOCTYPE b>", 2),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", 1),
        ("<ä>\n\nß & </ä>", 3),
        ("<ä>\n<b></c></ä>", 2),
        ("", 1),
        ("<a", 1),
        ("<a>\x00</a>", 1),
    ],
)
def test_an_error_says_where(text, line):
    with pytest.raises(XmlError) as error:
        read_text(Source("x", text))
    at = error.value.at
    assert (error.value.line, text[:at].count("\n") + 1) == (line, line)
    assert 0 <= at <= len(text)
    assert "&" not in text or "DOCTYPE" in text or "&" in text[at - 2 : at + 2]


def test_what_is_too_much_ends_at_once(monkeypatch):
    with pytest.raises(XmlError, match="deeper than 32"):
        read_text(Source("x", "<a>" * 100_000))
    assert MAX_ELEMENTS == 100_000
    monkeypatch.setattr("negsplit.formats.xml_tree.MAX_ELEMENTS", 1_000)
    with pytest.raises(XmlError, match="more than 1000 elements"):
        read_text(Source("x", "<a>" + "<b/>" * 1_000))
    assert read_text(Source("x", f"<a>{'<b/>' * 999}</a>")) is not None


def test_bytes_are_read_in_the_encoding_they_name():
    assert read_bytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".encode("latin-1")).text == "é"
    with pytest.raises(XmlError, match="encoding"):
        read_bytes(b"<?xml version='1.0' encoding='utf-7'?><a/>")
