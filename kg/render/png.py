"""A network as a PNG: the SVG picture, turned into pixels without a browser.

By resvg, a renderer of SVG in Rust (Apache-2.0 or MIT) through resvg_py (MIT), which PyPI has as wheels for Linux,
macOS and Windows with nothing to install beside them: the optional dependency ``png``. Others looked at: CairoSVG is
LGPL and needs the system's cairo; PyMuPDF is AGPL; with Pillow all drawing would be done a second time. resvg runs no
script and fetches nothing; only the font found is given to it.
"""

from __future__ import annotations

import re

from kg.errors import ResourceMissing
from kg.networks import Language, Network
from kg.render.fonts import chinese_font
from kg.render.origin import UNKNOWN, Origin
from kg.render.svg import svg

SCALE = 2.0  # pixels for each of the SVG's, for sharp letters on paper
_LARGEST = 8_000.0  # pixels a side; a picture of a large network is scaled less
_LEGIBLE = 0.5  # of its own size: a label that would have less than these seven pixels is left out, with all others
_SIZE = re.compile(r' viewBox="0 0 ([\d.]+) ([\d.]+)"')


def png(network: Network, lang: Language = "zh", origin: Origin = UNKNOWN) -> bytes:
    """The picture in one language as PNG, two pixels for one of the SVG's; the same bytes on one machine.

    A large one has fewer, and a very large one no labels. With three edges a node and the layout: 2,000 nodes in
    about 13 s, 10,000, without labels, in 25 s.
    ResourceMissing where resvg_py is not installed or no font with Chinese characters is found.
    """
    try:
        import resvg_py
    except ImportError as fault:
        raise ResourceMissing("PNG needs resvg_py", hint="pip install 'zonekg[png]', or write SVG") from fault
    font = chinese_font()
    drawing = svg(network, lang, origin, largest=_LARGEST / _LEGIBLE).decode("utf-8")
    size = _SIZE.search(drawing)
    longest = max(map(float, size.groups())) if size is not None else 1.0
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing,
            zoom=min(SCALE, _LARGEST / longest),
            skip_system_fonts=True,
            font_files=[str(path) for path in font.files],
            font_family=font.family,
            sans_serif_family=font.family,
        )
    )
