// Buttons, boxes and clicks: each changes the state and has it painted.
const boxes = [...document.querySelectorAll("[data-off]")];
const showControls = () => {
  for (const box of boxes) box.checked = !state.off.has(box.dataset.off);
  for (const name of ["article", "zone", "degree"]) if (at(name)) at(name).value = state[name];
  search.value = state.search;
  if (years.length) {
    at("year").value = state.year || at("year").max;
    at("year-shown").textContent = state.year || "";
  }
};
// A filter shows its result: what was chosen before would hide it, unless surroundings or a path are being narrowed.
const change = (how) => {
  notice = null;
  how();
  if ((state.node || state.edge) && !state.ego && !state.path.length) {
    [state.node, state.edge] = ["", ""];
    show();
  }
  paint();
};
for (const box of boxes) {
  box.addEventListener("change", () => change(() => state.off[box.checked ? "delete" : "add"](box.dataset.off)));
}
for (const name of ["article", "zone"]) {
  at(name)?.addEventListener("change", (event) => change(() => { state[name] = event.target.value; }));
}
at("degree").addEventListener("input", (event) => change(() => {
  state.degree = numberIn(event.target.value, 1e6);
}));
// The slider is there only where edges have periods; one step beyond the last year means any year.
if (years.length) {
  const slider = at("year");
  slider.min = Math.min(...years);
  slider.max = Math.max(...years) + 1;
  slider.hidden = false;
  slider.labels[0].hidden = false;
  slider.addEventListener("input", () => change(() => {
    state.year = slider.value === slider.max ? "" : slider.value;
    at("year-shown").textContent = state.year;
  }));
}

const reset = () => {
  const { open, folded } = state;
  state = { ...fresh(), open, folded };
  awaited = "";
  notice = null;
  showControls();
  show();
  paint();
};
const tools = {
  all: fit,
  in: () => zoom(1.3),
  out: () => zoom(1 / 1.3),
  move: () => move(!moving()),
  back: putBack,
  reset,
  close: () => { clear(); frame.focus({ preventScroll: true }); },
  classes: () => {
    state.open = state.open ? null : new Set();
    state.folded = null;
    move(false);
    fill();
    paint();
  },
  fold: () => {
    state.folded = state.folded ? null : new Set();
    state.open = null;
    move(false);
    fill();
    paint();
  },
  more: (button) => listMore(button.dataset.kind),
  path: () => { awaited = state.node; state.path = []; paint(); },
  end: (button) => {
    if (button.dataset.end === "path") state.path = [];
    state.ego = 0;
    show();
    paint();
  },
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { tool, node, edge, place, ego: steps } = button.dataset;
  const below = button.closest("#tables");
  if (button.dataset.lang) say(button.dataset.lang);
  else if (button.dataset.export) exportAs(button.dataset.export);
  else if (tool) tools[tool](button);
  else if (place) searchFor(place);
  else if (steps !== undefined) {
    state.ego = Number(steps);
    state.path = [];
    show();
    paint();
    lookAtChoice();
    facts.querySelector(`[data-ego="${state.ego}"]`).focus({ preventScroll: true });
  } else if (node) choose("node", node);
  else if (edge) choose("edge", edge);
  if (node || edge) {
    lookAtChoice();
    found.hidden = true;
    if (below) picture.scrollIntoView({ block: "center" });
    panel.focus({ preventScroll: true });
  }
});

network.on("click", ({ pointer }) => {
  frame.focus({ preventScroll: true });
  const node = network.getNodeAt(pointer.DOM), edge = node ? undefined : network.getEdgeAt(pointer.DOM);
  if (node && node.startsWith(DISK)) return openDisk(node.slice(DISK.length));
  if (folds.has(edge)) choose("edge", lastStep(edge.slice(FOLD.length))); // which opens the path
  else if (node) choose("node", node);
  else if (lineOf.has(edge)) choose("edge", edge);
  else return clear();
  if (covered() || state.path.length) lookAtChoice();
});

// Colours of labels are the style sheet's, which differ in the dark and on paper.
const repaint = () => { if (state.open) refill(); paint(); };
dark.addEventListener("change", repaint);
addEventListener("beforeprint", () => {
  root.classList.add("printing"); // the style of paper begins only after this event, too late for the picture
  at("printed").replaceChildren(" · ", both(sentence("printed", { date: new Date().toLocaleDateString("sv") })));
  repaint();
  const drawing = new DOMParser().parseFromString(asSvg(false), "image/svg+xml").documentElement;
  drawing.setAttribute("class", "paper");
  picture.append(document.importNode(drawing, true)); // a canvas is empty on paper
});
addEventListener("afterprint", () => {
  picture.querySelector(".paper")?.remove();
  at("printed").replaceChildren();
  root.classList.remove("printing");
  repaint();
});
restore();
window.zonekg = { network, nodes, edges, sha256, faded, signs: () => signed, standing: () => veil };
