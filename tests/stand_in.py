"""Programs that tests put in the place of others, in Python."""

import sys

STARTED = f"#!/bin/sh\n'''exec' \"{sys.executable}\" -S \"$0\" \"$@\"\n' '''\n"
"""The head of such a program: the path of Python may have blanks, which no line that begins with `#!` can hold."""
