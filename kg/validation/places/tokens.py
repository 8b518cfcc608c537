"""The tokens of Turtle, TriG, N-Triples and N-Quads as regular expressions; and all up to a statement's end as one.

The patterns follow the grammars of RDF 1.1 with the language direction of RDF 1.2. All loops are possessive, so that
no input makes them slow: those of one character by their quantifier, those of a group as an atomic group around them,
since before Python 3.11.5 a possessive group takes what does not match (https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

import re

_BASE = (
    "A-Za-zÀ-ÖØ-öø-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START = rf"{_BASE}_"
_WORD = rf"{_START}\-\u00b7\u0300-\u036f\u203f\u2040"  # what stands in names, without digits
_NAME = rf"{_WORD}0-9"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

_PREFIX = rf"(?>(?:[{_BASE}](?>(?:[{_NAME}]|\.+(?=[{_NAME}]))*))?):"
_LOCAL = rf"(?>(?:(?:[{_START}:0-9]|{_ESCAPE})(?>(?:[{_NAME}:]++|{_ESCAPE}|\.+(?=[{_NAME}:]|{_ESCAPE}))*))?)"
_LABEL = rf"_:[{_START}0-9](?>(?:[{_NAME}]++|\.+(?=[{_NAME}]))*)"
_IRI = r"""<(?>(?:[^<>"{}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)>"""
_TAG = r"@[A-Za-z]++(?>(?:-++[A-Za-z0-9]++)*)"
_NUMBER = r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"
_STRING = (
    r'"""(?>(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*)"""|"(?!"")(?>(?:[^"\\\r\n]++|\\.)*)"'
    r"|'''(?>(?:[^'\\]++|\\[\s\S]|'{1,2}(?!'))*)'''|'(?!'')(?>(?:[^'\\\r\n]++|\\.)*)'"
)
_SPACE = r"(?>(?:[ \t\r\n]++|#[^\r\n]*+)*)"

# White space and comments, maybe none.
SPACE = re.compile(_SPACE)
# White space and one token, whose kind is the name of the group. No group matches at the end or at what is no token.
TOKEN = re.compile(
    _SPACE + rf"(?:(?P<iri>{_IRI})|(?P<label>{_LABEL})|(?P<name>{_PREFIX}{_LOCAL})|(?P<string>{_STRING})"
    rf"|(?P<number>{_NUMBER})|(?P<tag>{_TAG})|(?P<mark>\^\^|[.;,\[\](){{}}])|(?P<word>[A-Za-z]++))?"
)
# The tokens that can name a node, as they are written. Strings are taken whole, since anything may stand in them; so
# are words, since to try each of their letters for the beginning of a name would take the square of their length.
MENTIONS = re.compile(rf"{_IRI}|{_STRING}|#[^\r\n]*+|{_LABEL}|{_PREFIX}{_LOCAL}|{_NUMBER}|{_TAG}|[{_NAME}]++")
# All tokens, without groups; what is no token is passed over.
ALL = re.compile(
    rf"{_IRI}|{_STRING}|#[^\r\n]*+|{_LABEL}|{_PREFIX}{_LOCAL}|{_NUMBER}|{_TAG}|\^\^|[\[\]()]|[{_NAME}]++"
)
# A declaration of a prefix or the base, whole.
DECLARATION = re.compile(
    rf"(?:@prefix{_SPACE}(?P<p1>{_PREFIX}){_SPACE}(?P<i1>{_IRI}){_SPACE}\."
    rf"|@base{_SPACE}(?P<i2>{_IRI}){_SPACE}\."
    rf"|(?i:PREFIX)(?![{_NAME}:]){_SPACE}(?P<p3>{_PREFIX}){_SPACE}(?P<i3>{_IRI})"
    rf"|(?i:BASE)(?![{_NAME}:]){_SPACE}(?P<i4>{_IRI})"
    rf"|@version{_SPACE}(?:{_STRING}){_SPACE}\.|(?i:VERSION)(?![{_NAME}:]){_SPACE}(?:{_STRING}))"
)
# What a statement begins with: its subject, or a bracket.
SUBJECT = re.compile(rf"{_IRI}|{_LABEL}|{_PREFIX}{_LOCAL}|[\[(]")
EMPTY_LIST = re.compile(rf"\({_SPACE}\)")
# The name of a graph before its block.
GRAPH_NAME = re.compile(
    rf"(?:(?i:GRAPH)(?![{_NAME}:]))?{_SPACE}(?:(?P<iri>{_IRI})|(?P<label>{_LABEL})|(?P<name>{_PREFIX}{_LOCAL})|\[{_SPACE}\])?{_SPACE}"
)
# All up to what ends a statement: a dot, a brace, or a language tag with a dot behind it. A dot within a name or a
# number is passed over where its neighbours alone show it to be one; see DOUBTFUL.
REST = re.compile(
    rf"""(?>(?:[^"'<#.@{{}}\\]++|<[^>\r\n]*+>|{_STRING}|#[^\r\n]*+|{_TAG}(?!\.)"""
    rf"|(?<=[{_WORD}])\.++(?=[{_NAME}:%\\])|(?<=[0-9])\.(?=[0-9])|(?<![{_NAME}:.])\.(?=[0-9])"
    rf"|\\.(?>(?:\.++(?=[{_NAME}:%\\]))?))*)"
)
# A dot that only the token before it can judge: ``1.a`` ends a statement, ``ex:1.a`` does not.
DOUBTFUL = re.compile(rf"(?<=[0-9:])\.+(?=[{_NAME}:%\\])")
TAG = re.compile(_TAG)
# The end of a word without escapes, last character first.
WORD_BACKWARDS = re.compile(rf"[{_NAME}:.]*+")
