"""A font with Chinese characters for pictures made of pixels, looked for where systems keep theirs.

The search, in this order; the first that fits is taken:

1. ``$ZONEKG_FONT``: a file (.ttf, .otf, .ttc). It must hold Chinese characters.
2. Files of known names (Noto Sans CJK, Source Han Sans, PingFang, Microsoft YaHei, WenQuanYi, …) below the folders of
   fonts of Linux, macOS and Windows: the user's before the system's. A bold file beside it is taken along.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Place, ResourceMissing

FONT_VARIABLE = "ZONEKG_FONT"
_FOLDERS = (
    "~/.local/share/fonts", "~/.fonts", "/usr/local/share/fonts", "/usr/share/fonts",
    "~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts",
    "~/AppData/Local/Microsoft/Windows/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
# Simplified Chinese first, sans serif first.
_NAMES = (
    "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "NotoSansSC-Regular.ttf", "NotoSansCJK-Regular.ttc",
    "SourceHanSansSC-Regular.otf", "SourceHanSans-Regular.ttc", "SourceHanSansCN-Regular.otf", "PingFang.ttc",
    "Hiragino Sans GB.ttc", "STHeiti Light.ttc", "msyh.ttc", "Deng.ttf", "simhei.ttf", "wqy-microhei.ttc",
    "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf", "NotoSerifCJK-Regular.ttc", "simsun.ttc",
)  # fmt: skip
_HINT = (
    "install a font with Chinese characters (Debian and Ubuntu: apt install fonts-noto-cjk), "
    f"or name a file in ${FONT_VARIABLE}; or write SVG, which needs none"
)
_CJK_BIT = 59  # of OS/2's ranges of Unicode: CJK Unified Ideographs


@dataclass(frozen=True, slots=True)
class Font:
    """The name of a family of letters, and the files that hold it."""

    family: str
    files: tuple[Path, ...]


def chinese_font(folders: tuple[str, ...] = _FOLDERS, variables: Mapping[str, str] = os.environ) -> Font:
    """The font to draw with. ResourceMissing, with a hint, where none is found or the named one does not do."""
    named = variables.get(FONT_VARIABLE)
    if named:
        family = _family(Path(named))
        if family is None:
            raise ResourceMissing(
                f"${FONT_VARIABLE} names no font with Chinese characters", where=Place(named), hint=_HINT
            )
        return Font(family, (Path(named),))
    for path in _candidates(folders):
        family = _family(path)
        if family is not None:
            bold = [
                path.with_name(path.name.replace(*pair)) for pair in (("-Regular", "-Bold"), ("msyh.", "msyhbd."))
            ]
            return Font(family, (path, *(other for other in bold if other != path and other.is_file())))
    raise ResourceMissing("no font with Chinese characters was found", hint=_HINT)


def _candidates(folders: tuple[str, ...]) -> Iterator[Path]:
    """The files of known names, the best name first; of one name, the first in order."""
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for directory, _, names in os.walk(Path(folder).expanduser()):
            for name in names:
                if name in _NAMES:
                    found.setdefault(name, []).append(Path(directory) / name)
    for name in _NAMES:
        yield from sorted(found.get(name, []))


def _family(path: Path) -> str | None:
    """The family of a font file, in a collection that for simplified Chinese; None when it does not do."""
    try:
        data = path.read_bytes()
        starts = [0]
        if data[:4] == b"ttcf":
            (count,) = struct.unpack_from(">I", data, 8)
            starts = list(struct.unpack_from(f">{min(count, 100)}I", data, 12))
        families = [name for start in starts if (name := _face(data, start))]
    except (OSError, struct.error):
        return None
    return next((name for name in families if name.endswith((" SC", " GB", " CN"))), next(iter(families), None))


def _face(data: bytes, start: int) -> str | None:
    """The English family name of the font that begins here; None where it has none or holds no Chinese."""
    (count,) = struct.unpack_from(">H", data, start + 4)
    tables: dict[bytes, int] = {}
    for place in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * place)
        tables[tag] = offset
    if b"OS/2" not in tables or b"name" not in tables:
        return None
    (ranges,) = struct.unpack_from(">I", data, tables[b"OS/2"] + 42 + 4 * (_CJK_BIT // 32))
    return _name(data, tables[b"name"]) if ranges >> (_CJK_BIT % 32) & 1 else None


def _name(data: bytes, table: int) -> str | None:
    """The family (name 16, else 1) in English as Windows has it, else in whatever language comes first."""
    _, count, strings = struct.unpack_from(">HHH", data, table)
    best: tuple[tuple[bool, bool], str] | None = None
    for place in range(count):
        platform, _, language, kind, length, offset = struct.unpack_from(">6H", data, table + 6 + 12 * place)
        if platform != 3 or kind not in (1, 16):
            continue
        begin = table + strings + offset
        name = data[begin : begin + length].decode("utf-16-be", errors="replace")
        key = (language != 0x409, kind != 16)
        if best is None or key < best[0]:
            best = (key, name)
    return None if best is None else best[1]
