"""What makes a finding the same finding tomorrow, whatever else moved in files and shapes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kg.terms import BlankNode, NamedNode, Term
from kg.validation.paths import to_sparql
from kg.validation.report import Finding

# A part of what is hashed: another way to make fingerprints gets another number.
_VERSION = 1


def fingerprint(finding: Finding) -> str:
    """64 hexadecimal digits for root shape, path, component, named constraint, focus node and value.

    Order, lines, messages, severity and the labels of blank nodes do not count. So two findings may share one
    fingerprint, those of two blank nodes for example: who compares has to count.
    """
    parts = [
        _VERSION,
        "" if finding.root is None else finding.root.value,
        None if finding.path is None else to_sparql(finding.path),
        finding.component.value,
        finding.constraint.value if isinstance(finding.constraint, NamedNode) else None,
        lasting(finding.focus),
        None if finding.value is None else lasting(finding.value),
    ]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode("utf-8")).hexdigest()


def lasting(term: Term) -> str:
    """N-Triples; of a blank node only that it is one, since its label is a parser's.

    A file's IRI, which a relative one becomes, is told from the working folder: another checkout has another.
    """
    if isinstance(term, NamedNode) and term.value.startswith("file:"):
        return f"<{term.value.removeprefix(f'{Path.cwd().as_uri()}/')}>"
    return "_:" if isinstance(term, BlankNode) else str(term)
