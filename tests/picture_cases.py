"""Networks for the tests of pictures and of files: invented ones, and labels that mean harm."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from kg.networks import Claim, Concept, Edge, Evidence, Label, Network, Node, Period
from kg.render import Origin
from kg.render.origin import Source

ZKG = "https://w3id.org/zonekg/ontology#"
VOC = "https://w3id.org/zonekg/vocab/"
ZONE = Concept(ZKG + "DevelopmentZone", Label("开发区", "development zone"))
UNIVERSITY = Concept(ZKG + "University", Label("高校", "university"))
ENTERPRISE = Concept(ZKG + "Enterprise", Label("企业", "enterprise"))
UNNAMED = Concept(ZKG + "UnnamedParty", Label("未具名的参与方", "unnamed party"))
DIRECT = Concept(VOC + "path-kind/direct", Label("直接", "direct"))
VIA = Concept(VOC + "path-kind/via-enterprise", Label("经企业", "via enterprise"))
PLANNED = Concept(VOC + "collaboration-status/planned", Label("规划中", "planned"))
ACHIEVED = Concept(VOC + "collaboration-status/achieved", Label("已达成", "achieved"))
SENTENCE = Evidence("urn:src/page/a5-p2-s3", "page", "article", 5, 2, 3, "sentence", 7)
SIGNED = Claim(
    "urn:claim/signed",
    Label("青石与铁舟签约", "Qingshi and Tiezhou sign"),
    (SENTENCE,),
    period=Period("2024-03-01", "2024-03-31"),
)
WORKS = Claim("urn:claim/works", Label("合作多年", "they work together"), period=Period("2020-01-01", ""))

ORIGIN = Origin(
    (Source("page", Label("某报", "A Paper"), "2025-12", derived=True),),
    "9.8.7",
    "2026-11-24",
)

HOSTILE = {
    "script": "</script><script>alert(1)</script><img src=x onerror=alert(2)>",
    "svg": "</text></svg><svg onload='alert(1)'><use href='http://x.invalid/#a'/>",
    "quotes": "\"' onmouseover='alert(3)' \" &amp; &lt;b&gt; &#60;",
    "comment": "<!-- <script> -->]]>",
    "section": "<![CDATA[x]]>]]><?php echo 1 ?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "rtl": "\u202eabc\u2066\u200fdef",
    "control": "a\x00b\x0bc\x1b[31md\ufffe\uffff\x85e",
    "surrogate": "a\ud800b",
    "dot": 'a"];} digraph {b -> c} \\" \\',
    "backslash": "\\N \\G \\l \\\\n \\",
    "brackets": "<b>bold</b> {a|<p>b} [c=d]",
    "lines": "one\ntwo\r\nthree\u2028four\tfive",
    "template": "{{ 7*7 }}{% raw %}{0}{nodes}",
    "long": "长" * 10_000,
    "word": "x" * 10_000,
}

texts = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="<>&\"'\\{}[];|/-=?! \n\t\x00\x1b\u202e\u200f\ud800\uffff]长a", max_size=40),
)


def network(text: str | None = None) -> Network:
    """A zone, a university, an enterprise and an unnamed party; five links, two of them side by side.

    ``text`` stands wherever a text can stand, except in the names of the nodes that tell them apart.
    """
    label = Label("青石经开区", "Qingshi Zone") if text is None else Label(text, text)

    def said(concept: Concept) -> Concept:
        return concept if text is None else Concept(concept.iri, label)

    claim = SIGNED if text is None else replace(SIGNED, label=label)
    return Network(
        "invented",
        Label("谁与谁相连？", "Who is linked with whom?") if text is None else label,
        (
            Node("urn:n/zone", said(ZONE), label, (label.zh + "!",)),
            Node("urn:n/university", UNIVERSITY, Label("铁舟大学", "Tiezhou University")),
            Node("urn:n/enterprise", ENTERPRISE, Label("禾禾公司", "Hehe Company")),
            Node("urn:n/party", UNNAMED, label, named=False),
        ),
        (
            Edge("urn:e/1", "urn:n/zone", "urn:n/enterprise", said(VIA), said(PLANNED), (claim,), (SENTENCE,)),
            Edge("urn:e/2", "urn:n/enterprise", "urn:n/university", VIA, ACHIEVED, (claim, WORKS), (SENTENCE,)),
            Edge("urn:e/3", "urn:n/zone", "urn:n/university", DIRECT, None, (), (SENTENCE,)),
            Edge("urn:e/4", "urn:n/university", "urn:n/zone", DIRECT, PLANNED),
            Edge("urn:e/5", "urn:n/zone", "urn:n/party", DIRECT, ACHIEVED),
        ),
    )
