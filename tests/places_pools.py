"""What lexers stumble over: names, texts, numbers and comments that look like something else."""

from __future__ import annotations

NAMESPACES = (
    "http://example.org/",
    "http://example.org/a#",
    "urn:x:",
    "file:///some/where/",
    "http://例え.example/é/",
)
LOCALS = (
    "a", "b", "", "a.b", "a..b", "x1.y", "1", "1.5", "v1.2.z", "-a", "a-", ".a", "a.", "a:b", ":", "%41", "a%20b.c",
    "e5", "true", "a'b", "a(b)", "a,b;c", "a/b/c", "a?q=1&r=2#f", "a~!$*+@_", "中文", "𝄞x", "é·", "_", "graph",
    "prefix", "..",
)  # fmt: skip
TEXTS = (
    "", "x", "a.b", '"', "'", '""', "''", '"""', "'''", "\\", "\\\\u0041", "# no comment", "<http://example.org/a>",
    "_:x", "[ ( { } ) ]", "line\nline", "\r", "\r\n", "\t", "a\n# b\n", "中文。", "𝄞𝄞", "\x00\x07\x7f",
    ". ex:a ex:b 1 .",
    "ends with \"", "ends with '", "@prefix p: <q> .", "\u2028", " ",
)  # fmt: skip
NUMBERS = ("1", "01", "-1", "+7", "1.0", ".5", "-0.50", "1e0", "1.E3", "1.5e-7", ".5E+1")
COMMENTS = ("#", "# it's", '# "', '# """', "# <", "# [ ( {", "# ex:a ex:b 1 .", "# 中文𝄞", "# \\")
