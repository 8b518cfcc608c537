"""How long a page of a network takes in headless Chromium: to its first drawn frame, and to answer a click.

The time is the page's own clock, which starts when it is opened. A script put in before the page's own notes when
something is first filled on a canvas, and when the frame with it has been painted. A real click on a node then counts
from the press of the button until the frame with the answer has been painted: in the page of kg the panel
(``#facts``) has changed, in that of pyvis the node is selected.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SIZE = (1366, 860)
_FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the template of pyvis asks a CDN for its buttons; nothing is fetched
]  # fmt: skip
_BEFORE = """
window.bench = { drawn: null, answered: null, pressed: null };
bench.painted = (what) => requestAnimationFrame(() => {
  const channel = new MessageChannel(); // answers after the frame
  channel.port1.onmessage = () => { if (bench[what] === null) bench[what] = performance.now(); };
  channel.port2.postMessage(0);
});
{
  const drawing = CanvasRenderingContext2D.prototype, fill = drawing.fill;
  drawing.fill = function (...given) {
    drawing.fill = fill;
    bench.painted("drawn");
    return fill.apply(this, given);
  };
}
"""
# The node nearest to the middle of the picture, as a point of the window.
_AIM = """
const network = window.zonekg ? zonekg.network : window.network;
const canvas = document.querySelector(".vis-network canvas");
canvas.scrollIntoView({ block: "center" });
const frame = canvas.getBoundingClientRect();
let best = null, least = Infinity;
for (const spot of Object.values(network.getPositions())) {
  const { x, y } = network.canvasToDOM(spot);
  const far = Math.hypot(x - frame.width / 2, y - frame.height / 2);
  if (far < least) [best, least] = [[frame.left + x, frame.top + y], far];
}
const answer = () => bench.painted("answered");
const press = (event) => { bench.pressed = event.timeStamp; };
document.addEventListener("pointerdown", press, { capture: true, once: true });
const facts = document.getElementById("facts");
if (facts) new MutationObserver(answer).observe(facts, { childList: true });
else network.once("selectNode", answer);
return best.map(Math.round);
"""
# Two frames have been drawn and nothing else waits.
_SETTLED = """
const done = arguments[0];
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds to the first frame and to the answer to a click; None where the limit was passed."""

    drawn: float | None
    answered: float | None = None


def absent() -> str:
    """What is missing to measure in a browser; empty when nothing is."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "selenium is not installed"
    missing = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return f"no {' and no '.join(missing)}" if missing else ""


def seen(page: Path, fragment: str = "", *, click: bool = True, limit: float = 120.0) -> Seen:
    """Open a page in a browser of its own and measure; it is closed after ``limit`` seconds at the latest."""
    from selenium import webdriver
    from selenium.common.exceptions import TimeoutException
    from selenium.webdriver.common.actions.action_builder import ActionBuilder
    from selenium.webdriver.common.actions.pointer_input import PointerInput

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    options.page_load_strategy = "none"
    for flag in [*_FLAGS, f"--window-size={SIZE[0]},{SIZE[1]}"]:
        options.add_argument(flag)
    driver: Any = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    drawn = None
    try:
        driver.command_executor.client_config.timeout = limit + 30
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _BEFORE})
        end = time.monotonic() + limit
        driver.get(page.as_uri() + fragment)
        drawn = _awaited(driver, "return window.bench && bench.drawn", end)
        if not click or drawn is None:
            return Seen(drawn)
        _awaited(driver, "return document.readyState === 'complete' ? 1 : null", end)
        time.sleep(1)  # a reader does not click in the first frame
        aim = driver.execute_script(_AIM)
        pointer: Any = PointerInput  # selenium gives no types here
        mouse: Any = ActionBuilder(driver, mouse=pointer("mouse", "mouse"), duration=0)
        mouse.pointer_action.move_to_location(*aim)
        mouse.perform()
        driver.execute_async_script(_SETTLED)  # what the page does under the pointer is no answer to a click
        mouse.pointer_action.click()
        mouse.perform()
        return Seen(drawn, _awaited(driver, "return bench.answered && bench.answered - bench.pressed", end))
    except (TimeoutException, OSError):  # it did not answer in time
        return Seen(drawn)
    finally:
        driver.quit()


def _awaited(driver: Any, script: str, end: float) -> float | None:
    """The number of milliseconds that the script gives at last, in seconds; None when that takes too long."""
    while (left := end - time.monotonic()) > 0:
        driver.set_script_timeout(left)
        if found := driver.execute_script(script):
            return float(found) / 1000
        time.sleep(0.05)
    return None
