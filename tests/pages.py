"""A page as a browser would read it, for tests of what we print."""

from html.parser import HTMLParser

import pytest

VOID = {"meta", "br", "hr", "link", "img", "input", "base"}


class Node:
    """An element with what is in it."""

    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.inside = tag, dict(attributes), []

    def all(self, tag="", name=""):
        """Every element below it with a tag and a class."""
        for node in self.inside:
            if isinstance(node, Node):
                if tag in ("", node.tag) and (not name or name in node.attributes.get("class", "").split()):
                    yield node
                yield from node.all(tag, name)

    def one(self, tag="", name=""):
        (node,) = self.all(tag, name)
        return node

    @property
    def text(self):
        return " ".join(" ".join(one.text if isinstance(one, Node) else one for one in self.inside).split())


class Reader(HTMLParser):
    """Builds the tree, and is strict: every element ends, in order."""

    def __init__(self):
        super().__init__()
        self.open = [Node("", ())]

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs)
        node = Node(tag, attrs)
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].inside.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].inside.append(data)

    def handle_comment(self, data):
        pytest.fail(f"a comment: {data}")


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    (root,) = reader.open
    return root
