"""Each clause of the SHACL specification through the compiled engine, on an embedded store.

Values are compared as the store keeps them: it rewrites 5.0 as 5. What the engine refuses, or what the store cannot
tell, stands in a table under the name that ``kg.validation.compiled.gaps`` has for it, and is said when it is met.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset

from kg.engine import Embedded
from kg.terms import Quad
from kg.validation import compiled, read
from kg.validation.shapes import Shapes
from tests.test_shacl_specification import CASES, expected, name, outcome

# Case → the gap for which it is refused.
REFUSED = {
    "components/within_logic": "sparql-nested",
    "sparql/shapes_graph": "sparql-graph",
    "sparql/within_logic": "sparql-nested",
}
# Case → the doubt: the report differs, since the store has lost what it turns on.
DOUBTFUL = {
    "cardinality/max_count_terms": "number-forms",
    "other/has_value": "number-forms",
    "other/in": "number-forms",
    "pairs/equals": "number-forms",
    "range/max_exclusive": "whole-numbers",
    "range/min_exclusive": "whole-numbers",
    "range/out_of_range_of_its_datatype": "whole-numbers",
    "value_type/datatype": "whole-numbers",
}


def kept(report: set[Quad] | str | None) -> set[Quad] | str | None:
    """A report as the store would keep it, its blank nodes labelled canonically."""
    if not isinstance(report, set):
        return report
    dataset = Dataset(Embedded(report).quads())
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_compiled_report_is_the_one_that_the_specification_asks_for(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = expected(case)
    got_code, got = outcome(case, "compiled", capsys)
    right = got_code == code and (report is None or kept(got) == kept(report))
    gap, doubt = REFUSED.get(name(case)), DOUBTFUL.get(name(case))
    if gap is not None:
        assert (got_code, isinstance(got, str)) == (4, True), f"it is translated now: strike {gap} from the table"
        assert compiled.GAPS[gap].why in str(got)
    elif doubt is not None:
        assert not right, f"the store can tell it now: strike {doubt} from the table"
        assert got_code in (0, 1), got
        said = compiled.warnings(Embedded(), compiled.compile(Shapes(read(case))))
        assert compiled.DOUBTS[doubt] in said
    else:
        assert got_code == code, got
        assert right


def test_what_is_refused_or_in_doubt_is_a_case() -> None:
    assert {*REFUSED, *DOUBTFUL} <= set(map(name, CASES))
