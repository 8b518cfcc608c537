"""Rules: CONSTRUCT queries that derive triples, each once, in the order that their headers ask for."""

from __future__ import annotations

from collections.abc import Iterable

from kg.build.plan import Graphs, graph_iri, has_blank_node
from kg.engine import Embedded
from kg.errors import BuildError, Place, QueryError
from kg.templates import Template, order
from kg.terms import Quad


def derive(graphs: Graphs, rules: Iterable[Template]) -> None:
    """Run the rules over the union of what is there so far; each one's new triples go to its own graph.

    What is asserted, or derived before, is not derived again. BuildError for a rule that makes a blank node
    (its label would change from run to run), takes its graph's name from another, or cannot be run.
    """
    engine = Embedded(graphs.quads())
    for rule in order(rules):
        where = Place(rule.path)
        if rule.constructs != "rule":
            raise BuildError("a rule should say `constructs: rule`", where=where)
        name = f"derived/{rule.name}"
        if name in graphs.names():
            raise BuildError(f"the graph {name} is taken; rename the rule", where=where)
        try:
            triples = engine.construct(rule.text)
        except QueryError as fault:
            raise BuildError(f"the rule cannot be run: {fault}", where=where) from fault
        for triple in triples:
            if has_blank_node(triple):
                raise BuildError(
                    f"the rule makes or copies a blank node: {triple.subject} {triple.predicate} {triple.object}",
                    where=where,
                    hint="mint an IRI from the inputs: BIND(IRI(CONCAT(…)) AS ?new)",
                )
        new = sorted((triple for triple in triples if triple not in graphs), key=str)
        graphs.add(name, new, file=f"queries/rules/{rule.name}.rq")
        graph = graph_iri(name)
        engine.extend(Quad(t.subject, t.predicate, t.object, graph) for t in new)
