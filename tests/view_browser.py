"""A headless Chromium for the tests of the page, wide and as a telephone, and what these do with it.

Screenshots go to artifacts/screens/, to be looked at.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

__all__ = ["ActionChains", "By", "Keys"]

TOP = Path(__file__).resolve().parent.parent
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM or not DRIVER, reason="chromium and chromedriver are not installed"),
]
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SCREENS = {"wide": (1366, 860), "phone": (390, 844)}


def start(shape: str) -> Any:
    """A browser of one shape; ``shape`` and ``downloads`` (a folder, once set) are kept on it."""
    width, height = SCREENS[shape]
    options = selenium.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS, "--hide-scrollbars", f"--window-size={width},{height}"]:
        options.add_argument(flag)
    if shape == "phone":
        metrics = {"width": width, "height": height, "pixelRatio": 2.0}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = selenium.Chrome(options=options, service=selenium.ChromeService(DRIVER))
    driver.shape = shape
    return driver


def open_page(browser: Any, data: bytes | str, folder: Path, fragment: str = "") -> str:
    """Open the page from a file; its address. Downloads go to the same folder."""
    file = folder / "page.html"
    file.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    browser.get("about:blank")  # a change of the fragment alone would not load the page anew
    browser.get_log("browser"), browser.get_log("performance")
    browser.get(file.as_uri() + fragment)
    wait(browser, "return Boolean(window.zonekg)")
    return file.as_uri()


def wait(browser: Any, script: str, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not browser.execute_script(script):
        assert time.monotonic() < end, f"waited in vain for: {script}"
        time.sleep(0.05)


def downloaded(folder: Path, ending: str, seconds: float = 10) -> bytes:
    """The file that the page made, once it is there."""
    end = time.monotonic() + seconds
    while not (found := [path for path in folder.glob(f"*.{ending}") if path.stat().st_size]):
        assert time.monotonic() < end, f"no .{ending} came"
        time.sleep(0.05)
    return found[0].read_bytes()


def shoot(browser: Any, name: str) -> None:
    folder = TOP / "artifacts/screens"
    folder.mkdir(parents=True, exist_ok=True)
    time.sleep(0.4)  # vis-network draws in the next frame
    browser.save_screenshot(str(folder / f"{name}-{browser.shape}.png"))


def requests(browser: Any, address: str) -> list[str]:
    """What was asked for since the page was opened, other than itself and what it holds."""
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return [
        url for url in found if url.partition("#")[0] != address and not url.startswith(("data:", "blob:", "about:"))
    ]


def facts(browser: Any) -> str:
    return str(browser.find_element(By.ID, "facts").text)


def press(browser: Any, selector: str) -> None:
    """Click without scrolling: buttons of the table are far below."""
    browser.execute_script("document.querySelector(arguments[0]).click()", selector)


def click_picture(browser: Any, script: str) -> None:
    """Click at the point of the picture that the script computes."""
    spot = browser.execute_script(f"const z = window.zonekg; {script}")
    canvas = browser.find_element(By.CSS_SELECTOR, "#picture canvas")
    # Offsets count from the middle of what is in view.
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", canvas)
    middle = canvas.size["width"] / 2, canvas.size["height"] / 2
    actions = ActionChains(browser)
    actions.move_to_element_with_offset(canvas, int(spot["x"] - middle[0]), int(spot["y"] - middle[1])).click()
    actions.perform()


def type_into(browser: Any, selector: str, text: str) -> None:
    """Set the value of a field as typing would."""
    browser.execute_script(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
        "for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));",
        selector,
        text,
    )


def rows(browser: Any, name: str) -> set[str]:
    """The nodes or edges that the table lists now."""
    script = (
        f"return [...document.querySelectorAll('[data-{name}-row]:not([hidden])')].map((r) => r.dataset.{name}Row)"
    )
    return set(browser.execute_script(script))


def width_of(browser: Any) -> int:
    """The width of the screen: a telephone's window grows with what runs over it, so innerWidth tells nothing."""
    return SCREENS[browser.shape][0]


def clear(browser: Any, name: str) -> set[str]:
    """The nodes or edges that the picture does not fade."""
    every = f"zonekg.{name}.getIds()"
    part = {"nodes": "nodes", "edges": "lines"}[name]
    return set(browser.execute_script(f"const veil = zonekg.standing(); return veil ? [...veil.{part}] : {every}"))
