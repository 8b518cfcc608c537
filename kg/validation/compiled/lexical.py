"""The lexical spaces of datatypes as regular expressions (of XPath's kind, whole matches)."""

from __future__ import annotations

from kg.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_ZONE = "(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = "-?([1-9][0-9]{3,}|0[0-9]{3})"
_LEAP = "-?([0-9]*[0-9]{2}(0[48]|[2468][048]|[13579][26])|[0-9]*([02468][048]|[13579][26])00)"
_TIME = "(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?|24:00:00([.]0+)?)"
_MONTH_DAY = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
_DATE = f"({_YEAR}-{_MONTH_DAY}|{_LEAP}-02-29)"
_FLOAT = "([+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)"
_DAYS_TIME = "T([0-9]+H([0-9]+M)?([0-9]+([.][0-9]+)?S)?|[0-9]+M([0-9]+([.][0-9]+)?S)?|[0-9]+([.][0-9]+)?S)"

_FRACTIONS = {_XSD + name for name in ("decimal", "double", "float")}
_FORMS = {
    "boolean": "(true|false|1|0)",
    "decimal": "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)",
    "integer": "[+-]?[0-9]+",
    "double": _FLOAT,
    "float": _FLOAT,
    "date": f"{_DATE}{_ZONE}",
    "dateTime": f"{_DATE}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_DATE}T{_TIME}{_ZONE[:-1]}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-(0[1-9]|1[0-2]){_ZONE}",
    "gMonth": f"--(0[1-9]|1[0-2]){_ZONE}",
    "gDay": f"---(0[1-9]|[12][0-9]|3[01]){_ZONE}",
    "gMonthDay": f"--({_MONTH_DAY}|02-29){_ZONE}",
    "duration": f"-?P([0-9]+Y([0-9]+M)?([0-9]+D)?({_DAYS_TIME})?|[0-9]+M([0-9]+D)?({_DAYS_TIME})?"
    f"|[0-9]+D({_DAYS_TIME})?|{_DAYS_TIME})",
    "yearMonthDuration": "-?P([0-9]+Y([0-9]+M)?|[0-9]+M)",
    "dayTimeDuration": f"-?P([0-9]+D({_DAYS_TIME})?|{_DAYS_TIME})",
    "hexBinary": "([0-9a-fA-F]{2})*",
    "base64Binary": "([A-Za-z0-9+/ ]*=? ?=?)",
}

# The least and the greatest value of the types of whole numbers.
WHOLE: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}


def whole_number(datatype: str) -> tuple[int | None, int | None] | None:
    """The bounds of a type of whole numbers; None for any other datatype (an IRI)."""
    return WHOLE.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None


def is_numeric(datatype: str) -> bool:
    """Whether the values of a datatype (an IRI) are numbers."""
    return whole_number(datatype) is not None or datatype in _FRACTIONS


def form(datatype: str) -> str | None:
    """The regular expression of a datatype's lexical forms; None when every text is one, or it is not known."""
    if not datatype.startswith(_XSD):
        return None
    name = datatype.removeprefix(_XSD)
    inner = _FORMS["integer"] if name in WHOLE else _FORMS.get(name)
    return None if inner is None else f"^({inner})$"
