// The keyboard in the picture: Tab goes from node to node as one reads, arrows walk along lines.
const BAND = 90; // pixels: nodes about as high as each other are read from left to right
const order = () => all.filter((node) => nodes.get(node.id) && node[shape])
  .sort((a, b) => Math.round(a[shape][1] / BAND) - Math.round(b[shape][1] / BAND) || a[shape][0] - b[shape][0])
  .map((node) => node.id);
const go = (id) => {
  choose("node", id);
  lookAtChoice();
};
// True when there was a next node; at either end Tab leaves the picture as usual.
const stepOn = (step) => {
  const keep = kept();
  const ids = order().filter((id) => keep.nodes.has(id));
  const here = state.node ? ids.indexOf(state.node) : step > 0 ? -1 : ids.length;
  const next = ids[here + step];
  if (next === undefined) return false;
  go(next);
  return true;
};
// The neighbour that lies most nearly in a direction.
const walk = (dx, dy) => {
  if (!state.node || !nodes.get(state.node)) return stepOn(1);
  const keep = kept();
  const near = [...within(state.node, 1, keep)].filter((id) => id !== state.node && nodes.get(id));
  const spots = network.getPositions([state.node, ...near]);
  const here = spots[state.node];
  let best = null;
  for (const id of near) {
    const [x, y] = [spots[id].x - here.x, spots[id].y - here.y];
    const ahead = (x * dx + y * dy) / (Math.hypot(x, y) || 1);
    if (ahead > 0.2 && (!best || ahead > best.ahead)) best = { id, ahead };
  }
  if (best) go(best.id);
  return true;
};
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

frame.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Tab") {
    if (!stepOn(event.shiftKey ? -1 : 1)) return;
  } else if (DIRECTIONS[event.key]) walk(...DIRECTIONS[event.key]);
  else if (event.key === "Enter") panel.focus();
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key !== "Escape") return;
  if (event.target.closest(".find")) {
    search.value = "";
    search.dispatchEvent(new Event("input"));
    frame.focus({ preventScroll: true });
  } else if (state.node || state.edge || awaited || state.path.length) {
    clear();
    frame.focus({ preventScroll: true });
  } else if (document.activeElement === frame) {
    at("tables").focus({ preventScroll: true }); // nobody is kept in the picture by Tab
  }
});
