"""Pinyin labels, so that Chinese names are found by who types Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.errors import BuildError
from kg.terms import Literal, NamedNode, Triple
from kg.vocab import PREFIXES

LANGUAGE = "zh-latn-pinyin"
PINYIN = NamedNode(PREFIXES["zkg"] + "pinyin")  # the curator's own reading of a preferred label

_HIDDEN = NamedNode(PREFIXES["skos"] + "hiddenLabel")
_PREFERRED = NamedNode(PREFIXES["skos"] + "prefLabel")
_LABELS = (_PREFERRED, NamedNode(PREFIXES["skos"] + "altLabel"))
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A run of Han characters, or of anything else that is read: letters and digits.
_RUN = re.compile(rf"(?P<han>{_HAN.pattern}+)|(?P<other>(?:(?!{_HAN.pattern})[^\W_])+)")


def pinyin_labels(triples: Iterable[Triple]) -> list[Triple]:
    """For each zh label two hidden ones, toneless: syllables apart ("ping yao xian") and together ("pingyaoxian").

    ``zkg:pinyin`` of a subject, syllables apart, gives the readings of the characters of its preferred label
    wherever they stand in its labels. BuildError when it has not one syllable a character, or there are two.
    """
    names: dict[NamedNode, list[tuple[bool, str]]] = {}
    readings: dict[NamedNode, str] = {}
    for triple in triples:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(value, Literal):
            continue
        if triple.predicate == PINYIN:
            if readings.setdefault(subject, value.value) != value.value:
                raise BuildError(f"{subject} has two readings in zkg:pinyin", hint="keep one")
        elif triple.predicate in _LABELS and (value.language or "").split("-")[0] == "zh":
            names.setdefault(subject, []).append((triple.predicate == _PREFERRED, value.value))
    found: dict[Triple, None] = {}
    for subject, labels in sorted(names.items(), key=lambda item: item[0].value):
        own = _own(subject, labels, readings.get(subject))
        for _, label in sorted(labels):
            syllables = list(_syllables(label, own))
            if not any(_HAN.match(character) for character in label):
                continue  # nothing to read: the label itself is in Latin letters
            for text in (" ".join(syllables), "".join(syllables)):
                found[Triple(subject, _HIDDEN, Literal(text, language=LANGUAGE))] = None
    return list(found)


def _own(subject: NamedNode, labels: list[tuple[bool, str]], reading: str | None) -> dict[str, str]:
    """Character → the syllable that the curator gave it."""
    if reading is None:
        return {}
    preferred = "".join(label for is_preferred, label in labels if is_preferred)
    characters = _HAN.findall(preferred)
    syllables = reading.lower().split()
    if len(characters) != len(syllables):
        raise BuildError(
            f"zkg:pinyin of {subject} has {len(syllables)} syllables for the {len(characters)} characters "
            f"of its preferred label {preferred!r}",
            hint="one syllable a Chinese character, with spaces between, without tones",
        )
    return dict(zip(characters, syllables, strict=True))


def _syllables(label: str, own: dict[str, str]) -> Iterator[str]:
    """The syllables of a label, and its Latin words and numbers as they are, in lower case."""
    from pypinyin import Style, lazy_pinyin  # slow to import: 0.3 s

    for run in _RUN.finditer(label):
        if run["han"] is None:
            yield run["other"].lower()
            continue
        guessed = lazy_pinyin(run["han"], style=Style.NORMAL, v_to_u=False)
        for character, syllable in zip(run["han"], guessed, strict=True):
            yield own.get(character, syllable)
