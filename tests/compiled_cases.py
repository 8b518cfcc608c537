"""Cases for compiled validation: one graph, and for every construct a shape that some of its nodes break."""

from __future__ import annotations

DATA = """
ex:D rdfs:subClassOf ex:C . ex:E rdfs:subClassOf ex:D .
ex:none a ex:T .
ex:iri a ex:T ; ex:p ex:x ; ex:q ex:x .
ex:iris a ex:T ; ex:p ex:x , ex:y , ex:z ; ex:q ex:y .
ex:blank a ex:T ; ex:p [ ex:r "inner" ] .
ex:whole a ex:T ; ex:p 5 ; ex:q 7 .
ex:wholes a ex:T ; ex:p 5 , 10 ; ex:q 7 .
ex:decimal a ex:T ; ex:p 2.5 ; ex:q 2.5 .
ex:double a ex:T ; ex:p "10"^^xsd:double ; ex:q "abc" .
ex:text a ex:T ; ex:p "abc" ; ex:q "abd" .
ex:long a ex:T ; ex:p "abc def" ; ex:q "ABC" .
ex:empty a ex:T ; ex:p "" .
ex:tagged a ex:T ; ex:p "abc"@en , "abc"@de , "xyz"@en ; ex:q "abc"@en .
ex:chinese a ex:T ; ex:p "开发区"@zh , "zone"@en .
ex:day a ex:T ; ex:p "2024-01-02"^^xsd:date ; ex:q "2024-02-02"^^xsd:date .
ex:noday a ex:T ; ex:p "2024-02-30"^^xsd:date .
ex:nowhole a ex:T ; ex:p "seven"^^xsd:integer .
ex:moment a ex:T ; ex:p "2024-01-02T10:00:00Z"^^xsd:dateTime ; ex:q "2023-01-02T10:00:00Z"^^xsd:dateTime .
ex:own a ex:T ; ex:p "t"^^ex:type ; ex:q ex:own .
ex:self a ex:T ; ex:p ex:self ; ex:q ex:self .
ex:x a ex:C ; ex:r "x" ; ex:s ex:y . ex:y a ex:D ; ex:r "y" ; ex:s ex:z . ex:z a ex:E ; ex:r 1 , 2 .
ex:w a ex:F ; ex:s ex:w .
ex:v a ex:C ; ex:s ex:w .
ex:more a ex:M ; ex:p ex:x .
ex:most a ex:M ; ex:p ex:x .
ex:both a ex:T ; ex:p ex:x , ex:w .
"""

_VALUES = {
    "class": "sh:class ex:C",
    "class_below": "sh:class ex:E",
    "datatype_integer": "sh:datatype xsd:integer",
    "datatype_string": "sh:datatype xsd:string",
    "datatype_tagged": "sh:datatype rdf:langString",
    "datatype_date": "sh:datatype xsd:date",
    "datatype_own": "sh:datatype ex:type",
    **{
        f"nodeKind_{kind}": f"sh:nodeKind sh:{kind}"
        for kind in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
    },
    "minInclusive": "sh:minInclusive 5",
    "minExclusive": "sh:minExclusive 5",
    "maxInclusive": "sh:maxInclusive 5",
    "maxExclusive": "sh:maxExclusive 5",
    "minInclusive_date": 'sh:minInclusive "2024-01-01"^^xsd:date',
    "maxExclusive_moment": 'sh:maxExclusive "2025-01-01T00:00:00Z"^^xsd:dateTime',
    "minLength": "sh:minLength 2",
    "maxLength": "sh:maxLength 3",
    "pattern": 'sh:pattern "^a.c"',
    "pattern_flags": 'sh:pattern "^ABC$" ; sh:flags "i"',
    "languageIn": 'sh:languageIn ( "en" "zh" )',
    "in": 'sh:in ( ex:x "abc" 5 "abc"@en )',
    "in_nothing": "sh:in ( )",
    "node": "sh:node [ sh:nodeKind sh:IRI ; sh:class ex:C ]",
    "not": "sh:not [ sh:datatype xsd:integer ]",
    "and": "sh:and ( [ sh:nodeKind sh:Literal ] [ sh:datatype xsd:string ] )",
    "or": "sh:or ( [ sh:class ex:D ] [ sh:datatype xsd:string ] [ sh:minInclusive 6 ] )",
    "xone": "sh:xone ( [ sh:class ex:C ] [ sh:class ex:D ] [ sh:nodeKind sh:Literal ] )",
    "node_with_property": "sh:node [ sh:property [ sh:path ex:r ; sh:minCount 1 ; sh:datatype xsd:string ] ]",
    "not_property": "sh:not [ sh:path ex:r ; sh:maxCount 1 ]",
    "closed_value": "sh:node [ sh:closed true ; sh:ignoredProperties ( rdf:type ex:r ) ]",
}
_SETS = {
    "minCount": "sh:minCount 1",
    "minCount_two": "sh:minCount 2",
    "maxCount_none": "sh:maxCount 0",
    "maxCount": "sh:maxCount 1",
    "maxCount_two": "sh:maxCount 2",
    "one": "sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI",
    "hasValue": "sh:hasValue ex:x",
    "hasValue_literal": 'sh:hasValue "abc"',
    "uniqueLang": "sh:uniqueLang true",
    "equals": "sh:equals ex:q",
    "disjoint": "sh:disjoint ex:q",
    "lessThan": "sh:lessThan ex:q",
    "lessThanOrEquals": "sh:lessThanOrEquals ex:q",
    "qualified_least": "sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1",
    "qualified_most": "sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMaxCount 1",
    "qualified_two": "sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMinCount 2",
    "property_inside": "sh:property [ sh:path ex:r ; sh:datatype xsd:string ; sh:minCount 1 ]",
}
_PATHS = {
    "inverse": ("[ sh:inversePath ex:p ]", "sh:maxCount 1", "ex:C"),
    "sequence": ("( ex:p ex:r )", "sh:minCount 1", "ex:T"),
    "sequence_values": ("( ex:p ex:r )", "sh:datatype xsd:string", "ex:T"),
    "alternative": ("[ sh:alternativePath ( ex:p ex:q ) ]", "sh:maxCount 1", "ex:T"),
    "zero_or_more": ("[ sh:zeroOrMorePath ex:s ]", "sh:maxCount 1", "ex:C"),
    "zero_or_more_values": ("[ sh:zeroOrMorePath ex:s ]", "sh:class ex:D", "ex:C"),
    "one_or_more": ("[ sh:oneOrMorePath ex:s ]", "sh:minCount 1", "ex:C"),
    "one_or_more_values": ("[ sh:oneOrMorePath ex:s ]", "sh:class ex:E", "ex:C"),
    "zero_or_one": ("[ sh:zeroOrOnePath ex:s ]", "sh:class ex:D", "ex:C"),
    "inverse_of_sequence": ("[ sh:inversePath ( ex:p ex:s ) ]", "sh:minCount 1", "ex:C"),
}
_WHOLE = {
    "node_kind_of_focus": "sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI",
    "class_of_focus": "sh:targetObjectsOf ex:q ; sh:class ex:C",
    "closed": "sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( rdf:type ex:r )",
    "closed_with_property": (
        "sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:s ]"
    ),
    "has_value_of_focus": "sh:targetSubjectsOf ex:p ; sh:hasValue ex:iri",
    "equals_focus": "sh:targetSubjectsOf ex:q ; sh:equals ex:q",
    "disjoint_focus": "sh:targetSubjectsOf ex:q ; sh:disjoint ex:q",
    "target_nodes": 'sh:targetNode ex:x , ex:nowhere , 5 , "text"@en ; sh:class ex:C',
    "target_node": "sh:targetNode ex:nowhere ; sh:property [ sh:path ex:p ; sh:minCount 1 ]",
    "target_node_of_no_length": (
        "sh:targetNode ex:nowhere ; sh:property [ sh:path [ sh:zeroOrMorePath ex:s ] ; sh:class ex:C ]"
    ),
    "target_texts": 'sh:targetNode ex:x , ex:nowhere , "text"@en , "abc" ; sh:class ex:C',
    "inverse_endless": (
        "sh:targetClass ex:C ; sh:property [ sh:path [ sh:oneOrMorePath [ sh:inversePath ex:s ] ] ; sh:minCount 1 ]"
    ),
    "several_targets": (
        "sh:targetClass ex:E , ex:F ; sh:targetNode ex:y ; sh:property [ sh:path ex:r ; sh:maxCount 1 ; "
        "sh:minCount 1 ]"
    ),
    "several_ways": (
        "sh:targetClass ex:T ; sh:targetNode ex:iris , ex:x ; sh:property [ sh:path ex:p ; sh:property "
        "[ sh:path ex:r ; sh:maxCount 0 ] , [ sh:path ex:s ; sh:nodeKind sh:Literal ; sh:class ex:C , ex:D ] ]"
    ),
    "sparql_several_targets": (
        "sh:targetClass ex:T ; sh:targetSubjectsOf ex:p ; sh:targetNode ex:x , ex:iris ; sh:sparql "
        "[ sh:select 'SELECT $this { $this <http://example.org/p> ?value FILTER(isIRI(?value)) }' ]"
    ),
    "sparql_several_ways": (
        "sh:targetClass ex:T ; sh:targetSubjectsOf ex:q ; sh:property [ sh:path ex:p ; sh:property [ sh:path ex:r ; "
        "sh:sparql [ sh:select 'SELECT $this ?value { $this $PATH ?value }' ] ] ]"
    ),
    "implicit": "a sh:NodeShape , rdfs:Class ; sh:property [ sh:path ex:p ; sh:minCount 1 ]",
    "logic_of_focus": (
        "sh:targetClass ex:T ; sh:or ( [ sh:path ex:p ; sh:maxCount 1 ] [ sh:path ex:q ; sh:minCount 1 ] )"
    ),
    "xone_of_focus": (
        "sh:targetClass ex:T ; sh:xone ( [ sh:path ex:p ; sh:minCount 1 ] [ sh:path ex:q ; sh:minCount 1 ] )"
    ),
    "not_of_focus": "sh:targetClass ex:T ; sh:not [ sh:path ex:p ; sh:class ex:C ; sh:minCount 1 ]",
    "nested_count": "sh:targetObjectsOf ex:p ; sh:not [ sh:path [ sh:inversePath ex:p ] ; sh:minCount 4 ]",
    "deep": (
        "sh:targetClass ex:T ; sh:node [ sh:property [ sh:path ex:p ; sh:node [ sh:not [ sh:path ex:s ; "
        "sh:minCount 1 ] ] ] ]"
    ),
    "message_and_severity": (
        "sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:maxCount 1 ; sh:severity sh:Info ; "
        'sh:message "one"@en , "一"@zh ]'
    ),
    "qualified_disjoint": (
        "sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; "
        "sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ] , [ sh:path ex:p ; "
        "sh:qualifiedValueShape [ sh:class ex:F ] ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ]"
    ),
}
_PREFIXES = "ex:prefixes sh:declare [ sh:prefix 'ex' ; sh:namespace 'http://example.org/'^^xsd:anyURI ] ."
_SPARQL = {
    "plain": ("", "SELECT $this ?value WHERE { $this ex:p ?value . $this ex:q ?value }"),
    "path": ("", "SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER(?path = ex:q) }"),
    "no_value": ("", "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:p ?any } }"),
    "filter_on_this": (
        "",
        ("SELECT $this ?value WHERE { $this ex:p ?value FILTER(STRSTARTS(STR($this), CONCAT(STR(?value), "
        "'')) || isLiteral(?value)) }")
    ),
    "branches": ("", "SELECT $this WHERE { { $this ex:p ex:x } UNION { FILTER($this = ex:none) } }"),
    "aggregate": (
        "",
        "SELECT $this (COUNT(?v) AS ?value) WHERE { $this ex:p ?v } GROUP BY $this HAVING(COUNT(?v) > 1)"
    ),
    "subquery": (
        "",
        ("SELECT $this ?value WHERE { $this ex:q ?q { SELECT $this (COUNT(?v) AS ?value) WHERE { $this "
        "ex:p ?v } GROUP BY $this } FILTER(?value > 1) }")
    ),
    "optional": ("", "SELECT $this WHERE { $this a ex:T OPTIONAL { $this ex:q ?q } FILTER(!BOUND(?q)) }"),
    "exists": (
        "",
        ("SELECT $this ?value WHERE { $this ex:p ?value FILTER NOT EXISTS { ?value ex:r ?r ; ex:s ?s . ?s "
        "ex:r ?t } }")
    ),
    "property": ("sh:path ex:p", "SELECT $this ?value WHERE { $this $PATH ?value FILTER(isLiteral(?value)) }"),
    "optional_step": (
        "sh:path ( ex:p [ sh:zeroOrOnePath ex:s ] )",
        "SELECT $this ?value WHERE { $this $PATH ?value FILTER(isIRI(?value)) }",
    ),
    "compound_path": (
        "sh:path ( ex:p ex:r )",
        "SELECT $this ?value WHERE { $this $PATH ?value FILTER(?value = 'x') }"
    ),
}  # fmt: skip

_COMPONENTS = """
ex:Starts a sh:ConstraintComponent ; sh:parameter [ sh:path ex:starts ] , [ sh:path ex:end ; sh:optional true ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:message "{$value} starts {$starts}"@en ;
    sh:ask "ASK { FILTER(STRSTARTS(STR($value), $starts) && (!BOUND($end) || STRENDS(STR($value), $end))) }" ] .
ex:Has a sh:ConstraintComponent ; sh:parameter [ sh:path ex:has ] ;
  sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:message "not {?value}" ;
    sh:select "SELECT $this ?value $has WHERE { $this $PATH ?value FILTER(?value = $has) }" ] ;
  sh:nodeValidator [ a sh:SPARQLSelectValidator ;
    sh:select "SELECT $this WHERE { FILTER NOT EXISTS { $this <http://example.org/p> $has } }" ] .
"""
_CUSTOM = {
    "ask": "sh:property [ sh:path ex:p ; ex:starts 'a' ; sh:message 'the component has its own' ]",
    "ask_optional": "sh:property [ sh:path ex:p ; ex:starts 'a' ; ex:end 'f' ]",
    "ask_path": "sh:property [ sh:path ( ex:p ex:r ) ; ex:starts 'x' ]",
    "ask_several_ways": "sh:property [ sh:path ex:p ; sh:property [ sh:path ex:s ; ex:starts 'x' ] ]",
    "ask_focus": "ex:starts 'http://example.org/t'",
    "select": "sh:property [ sh:path ex:p ; ex:has 'abc' ]",
    "select_focus": "ex:has 'abc'",
}
SHAPES: dict[str, str] = {
    **{f"component_{name}": f"{_COMPONENTS} ex:S sh:targetClass ex:T ; {it} ." for name, it in _CUSTOM.items()},
    **{name: f"ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; {it} ] ." for name, it in _VALUES.items()},
    **{name: f"ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; {it} ] ." for name, it in _SETS.items()},
    **{
        f"path_{name}": f"ex:S sh:targetClass {of} ; sh:property [ sh:path {path} ; {it} ] ."
        for name, (path, it, of) in _PATHS.items()
    },
    **{name: f"ex:{'T' if name == 'implicit' else 'S'} {it} ." for name, it in _WHOLE.items()},
    **{
        f"sparql_{name}": f"{_PREFIXES} ex:S sh:targetClass ex:T ; {shape}{' ; ' if shape else ''}"
        f'sh:sparql [ sh:prefixes ex:prefixes ; sh:message "not {{$this}} {{?value}}" ; sh:select """{query}""" ] .'
        for name, (shape, query) in _SPARQL.items()
    },
}
