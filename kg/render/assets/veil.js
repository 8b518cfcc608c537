// What stands out is drawn on a sheet above the picture: a veil of the paper's colour, and on it these nodes and lines
// once more. The picture below stays as it is: to draw thousands of nodes anew takes half a second, a sheet nothing.
const FADED = 0.18; // of what lies under the veil
const sheet = make("canvas");
sheet.className = "sheet";
sheet.setAttribute("aria-hidden", "true");
frame.append(sheet);
const pen = sheet.getContext("2d");
let veil = null; // the nodes, lines, disks and folded paths that stand out; null where everything does
let pointed = null; // the node or line under the pointer
let base = null, view = null; // the picture's canvas, and its transform when it was last drawn

// Bundles between disks fade with any choice: nobody chose what they stand for.
const faded = (id) => Boolean(veil) && !Object.values(veil).some((part) => part.has(id));
const partOf = (id) => network.body.nodes[id] || network.body.edges[id];
// One node or line as it looks when it is chosen or pointed at, which the picture below is never told.
const drawPart = (id, { chosen = false, hover = false } = {}) => {
  const part = partOf(id);
  if (!part) return;
  if (chosen) part.select();
  part.hover = hover;
  part.draw(pen)?.drawExternalLabel?.();
  drawSign(pen, id);
  if (chosen) part.unselect();
  part.hover = false;
};
const endsOf = (id) => network.body.edges[id] ? [network.body.edges[id].fromId, network.body.edges[id].toId] : [];
const drawSheet = () => {
  if (!view) return;
  pen.resetTransform();
  if (sheet.width !== base.width || sheet.height !== base.height) [sheet.width, sheet.height] = [base.width, base.height];
  else pen.clearRect(0, 0, sheet.width, sheet.height);
  if (veil) {
    pen.globalAlpha = 1 - FADED;
    pen.fillStyle = colour("--paper");
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.globalAlpha = 1;
  }
  pen.setTransform(view);
  // Lines first: they end below their nodes.
  const looks = (id) => ({ chosen: id === state.edge || id === state.node, hover: id === pointed });
  for (const id of veil ? [...veil.lines, ...veil.folds] : []) drawPart(id, looks(id));
  if (pointed && network.body.edges[pointed] && !veil?.lines.has(pointed)) drawPart(pointed, looks(pointed));
  for (const id of veil ? [...veil.disks, ...veil.nodes] : endsOf(pointed)) drawPart(id, looks(id));
  if (pointed && network.body.nodes[pointed] && !veil?.nodes.has(pointed)) drawPart(pointed, looks(pointed));
};
network.on("afterDrawing", (context) => {
  [base, view] = [context.canvas, context.getTransform()];
  drawSigns(context);
  drawSheet();
});
const setVeil = (clear) => {
  veil = clear.nodes.size === all.length && clear.lines.size === lines.length ? null
    : { ...clear, disks: standingDisks(clear.nodes) };
  drawSheet();
};

// What lies under a point; lines are looked for where they are few enough to be met on purpose.
const LOOKED = 3000;
const under = (point) => network.getNodeAt(point) ?? network.getEdgeAt(point);
let asked = false;
frame.addEventListener("pointermove", (event) => {
  if (asked || event.pointerType === "touch") return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    if (!frame.matches(":hover")) return; // it has left since
    const { left, top } = frame.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top };
    pointAt((lines.length > LOOKED ? network.getNodeAt(point) : under(point)) ?? null);
  });
});
const pointAt = (id) => {
  if (id === pointed) return;
  pointed = id;
  picture.classList.toggle("pointing", Boolean(id));
  drawSheet();
};
frame.addEventListener("pointerleave", () => pointAt(null));
