// The view in the page's address, after the #, so that a view can be kept and handed on.
const SIMPLE = ["node", "edge", "article", "zone", "year", "search"];
let restoring = false;

const addressOf = () => {
  const parts = new URLSearchParams({ lang });
  for (const name of SIMPLE) if (state[name]) parts.set(name, state[name]);
  for (const name of ["degree", "ego"]) if (state[name]) parts.set(name, state[name]);
  for (const key of [...state.off].sort()) parts.append("off", key);
  for (const id of state.path) parts.append("path", id);
  if (state.open) {
    parts.set("classes", "closed");
    for (const kind of [...state.open].sort()) parts.append("open", kind);
  } else if (all.length > LARGE) parts.set("classes", "open");
  if (state.folded) {
    parts.set("mediators", "folded");
    for (const path of [...state.folded].sort()) parts.append("unfold", path);
  }
  return `#${parts}`;
};
function keepAddress() {
  if (restoring || addressOf() === location.hash) return;
  try {
    history.replaceState(null, "", addressOf());
  } catch {
    // A page inside a notebook has no address of its own, and some browsers refuse a hundred changes in a row.
  }
}
// Only what this page knows is taken from an address; the rest is ignored.
const stateFrom = (text) => {
  const parts = new URLSearchParams(text);
  const got = fresh();
  const has = { node: nodeOf, edge: lineOf };
  for (const name of ["node", "edge"]) if (has[name].has(parts.get(name))) got[name] = parts.get(name);
  if (got.node) got.edge = "";
  for (const name of ["article", "zone"]) {
    const value = parts.get(name);
    if (value && [...(at(name)?.options || [])].some((option) => option.value === value)) got[name] = value;
  }
  const year = parts.get("year") || "";
  if (/^\d{4}$/.test(year) && Number(year) >= Math.min(...years) && Number(year) <= Math.max(...years)) got.year = year;
  got.search = (parts.get("search") || "").slice(0, 200);
  got.degree = numberIn(parts.get("degree"), 1e6);
  got.ego = got.node ? numberIn(parts.get("ego"), 3) : 0;
  const boxes = new Set([...document.querySelectorAll("[data-off]")].map((box) => box.dataset.off));
  got.off = new Set(parts.getAll("off").filter((key) => boxes.has(key)));
  const path = parts.getAll("path").filter((id) => nodeOf.has(id));
  if (path.length === 2 && path[0] !== path[1]) got.path = path;
  const closed = parts.get("classes") === "closed" || (all.length > LARGE && parts.get("classes") !== "open");
  if (closed) got.open = new Set(parts.getAll("open").filter((kind) => kindsThere.includes(kind)));
  if (parts.get("mediators") === "folded" && paths.size && !got.open) {
    got.folded = new Set(parts.getAll("unfold").filter((path) => paths.has(path)));
  }
  return { got, wanted: parts.get("lang") };
};
const restore = () => {
  const { got, wanted } = stateFrom(location.hash.includes("=") ? location.hash.slice(1) : "");
  restoring = true;
  state = got;
  awaited = "";
  if (state.open && state.node) state.open.add(net.nodes[state.node].kind);
  if (wanted === "en" || wanted === "zh") lang = wanted;
  fill();
  showControls();
  show();
  say(lang);
  restoring = false;
  // Behind the fitting of the picture, which waits for the size of its labels.
  if (covered()) network.once("afterDrawing", () => requestAnimationFrame(() => requestAnimationFrame(lookAtChoice)));
};
addEventListener("hashchange", () => { if (location.hash.includes("=")) restore(); });
