"""What engines do otherwise than SPARQL 1.1 and RDF 1.1 say, named in this one place; a test holds each against them.

Values: an engine that gives another lexical form, or another datatype, for what was stored or computed; equal in
value space, but not as terms, so that a rule about lexical forms cannot be checked there. Patterns: a query that an
engine answers wrongly, and what queries here say instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal as OneOf

from kg.terms import Literal
from kg.vocab import XSD

Name = OneOf["oxigraph", "virtuoso"]  # embedded is Oxigraph too


@dataclass(frozen=True, slots=True)
class ValueDeviation:
    """``stored`` comes back as ``given`` from this engine; in value space they are one."""

    engine: Name
    stored: Literal
    given: Literal


@dataclass(frozen=True, slots=True)
class PatternDeviation:
    """On ``data`` (Turtle), an engine answers ``query`` with another number of values than ``right``.

    ``instead`` is a query that says the same and that the engine answers rightly: how queries here are written.
    """

    engine: Name
    name: str
    why: str
    data: str
    query: str
    right: int
    instead: str


def _value(engine: Name, kind: str, stored: str, given: str, given_kind: str | None = None) -> ValueDeviation:
    return ValueDeviation(
        engine, Literal(stored, datatype=XSD[kind]), Literal(given, datatype=XSD[given_kind or kind])
    )


VALUES: tuple[ValueDeviation, ...] = (
    # Oxigraph stores numbers and booleans by value, in one datatype for all whole numbers.
    _value("oxigraph", "integer", "007", "7"),
    _value("oxigraph", "integer", "+5", "5"),
    _value("oxigraph", "integer", "-0", "0"),
    _value("oxigraph", "decimal", "1.10", "1.1"),
    _value("oxigraph", "decimal", ".5", "0.5"),
    _value("oxigraph", "double", "1.0E3", "1000"),
    _value("oxigraph", "float", "1.50", "1.5"),
    _value("oxigraph", "boolean", "1", "true"),
    _value("oxigraph", "boolean", "0", "false"),
    _value("oxigraph", "int", "07", "7", "integer"),
    _value("oxigraph", "long", "7", "7", "integer"),
    _value("oxigraph", "nonNegativeInteger", "07", "7", "integer"),
    _value("oxigraph", "positiveInteger", "7", "7", "integer"),
    # So does Virtuoso, which keeps the datatypes, but has no booleans and makes seconds of durations.
    _value("virtuoso", "integer", "007", "7"),
    _value("virtuoso", "integer", "+5", "5"),
    _value("virtuoso", "integer", "-0", "0"),
    _value("virtuoso", "integer", "99999999999999999999999", "99999999999999999999999", "decimal"),
    _value("virtuoso", "decimal", "1.10", "1.1"),
    _value("virtuoso", "decimal", ".5", "0.5"),
    _value("virtuoso", "double", "1.0E3", "1000.0"),
    _value("virtuoso", "float", "1.50", "1.5"),
    _value("virtuoso", "boolean", "true", "1"),
    _value("virtuoso", "boolean", "false", "0"),
    _value("virtuoso", "int", "07", "7"),
    _value("virtuoso", "nonNegativeInteger", "07", "7"),
    _value("virtuoso", "duration", "P1D", "86400.0"),
)

# What a query computes: Virtuoso's truth values are the integers 1 and 0.
TRUTHS: dict[Name, dict[Literal, Literal]] = {
    "virtuoso": {
        Literal("1", datatype=XSD.integer): Literal("true", datatype=XSD.boolean),
        Literal("0", datatype=XSD.integer): Literal("false", datatype=XSD.boolean),
    }
}

# An Oxigraph server with --union-default-graph answers a query with FROM from all graphs, and says nothing of it.
PASSES_OVER_FROM = "oxigraph"

# Virtuoso calls blank nodes nodeID://b1 in its results, which is no label.
VIRTUOSO_BLANK = re.compile(rb'("type":\s*"bnode",\s*"value":\s*)"nodeID://')

# Virtuoso 7.2.5 answers an ASK as a SELECT would be: one row of this column for yes, none for no.
VIRTUOSO_ASKED = "__ASK_RETVAL"

_CHANGE = '<urn:c> a <urn:C> ; <urn:note> "one"@en , "eins"@de .'
PATTERNS: tuple[PatternDeviation, ...] = (
    PatternDeviation(
        "virtuoso",
        "a filter inside OPTIONAL on a variable that VALUES binds outside of it",
        "the filter finds the variable unbound",
        _CHANGE,
        """SELECT ?note WHERE {
          VALUES ?lang { "en" }
          ?c a <urn:C> OPTIONAL { ?c <urn:note> ?note FILTER(LANG(?note) = ?lang) }
        }""",
        1,
        """SELECT ?note WHERE {
          ?c a <urn:C> OPTIONAL { VALUES ?lang { "en" } ?c <urn:note> ?note FILTER(LANG(?note) = ?lang) }
        }""",
    ),
    PatternDeviation(
        "virtuoso",
        "VALUES of UNDEF joined with a UNION that binds",
        "the variable is lost; a parameter left out has its blocks taken away (Template.fill)",
        "<urn:c> <urn:first> <urn:d> .",
        """SELECT ?x WHERE {
          VALUES ?x { UNDEF }
          { ?c <urn:first> ?x BIND(1 AS ?y) } UNION { ?c <urn:other> ?x BIND(2 AS ?y) }
        }""",
        1,
        "SELECT ?x WHERE { { ?c <urn:first> ?x BIND(1 AS ?y) } UNION { ?c <urn:other> ?x BIND(2 AS ?y) } }",
    ),
)
