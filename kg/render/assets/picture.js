// The picture: vis-network with positions computed beforehand, and how one moves about in it.
const picture = at("picture");
const panel = at("panel");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const nodes = new vis.DataSet();
const edges = new vis.DataSet();

// Phones hold the picture upright: the layout for that was computed too.
let shape = "";
const wantedShape = () => picture.clientWidth < picture.clientHeight ? "tall" : "wide";
const spotOf = (node) => ({ id: node.id, x: node[shape][0], y: node[shape][1] });
const arrange = (again = false) => {
  if (wantedShape() === shape && !again) return false;
  shape = wantedShape();
  if (state.open) fill(); // the places of disks follow from the others
  else nodes.update(all.filter((node) => nodes.get(node.id)).map(spotOf));
  return true;
};
shape = wantedShape();

const options = read("options-data");
const network = new vis.Network(picture, { nodes, edges }, options);
const frame = picture.querySelector(".vis-network");
frame.setAttribute("role", "application");
frame.setAttribute("aria-describedby", "keys");

let whole = true; // all is shown, until the reader moves about
const fit = () => {
  network.fit({ animation: false, maxZoomLevel: 1.3 });
  whole = true;
};
for (const event of ["zoom", "dragStart"]) network.on(event, () => { whole = false; });
const fitOnceDrawn = () => {
  fit();
  // Only then is the size of the labels known; what is looked at by then stays in view.
  network.once("afterDrawing", () => requestAnimationFrame(() => { if (whole) fit(); }));
};
new ResizeObserver(() => {
  if (arrange() || whole) requestAnimationFrame(fit);
}).observe(picture);
// The wheel scrolls the page until the picture is in use. To turn zooming off and on by an option would draw it anew.
picture.addEventListener("wheel", (event) => {
  if (document.activeElement !== frame) event.stopPropagation();
}, { capture: true, passive: true });

// Bring nodes into view, above the panel where that lies over the picture; leave the picture alone if they are.
const covered = () => getComputedStyle(panel).position === "fixed" ? picture.clientHeight * 0.45 : 0;
const look = (ids) => {
  const there = ids.filter((id) => nodes.get(id));
  if (!there.length) return;
  const spots = Object.values(network.getPositions(there));
  const below = covered();
  const seen = spots.map((spot) => network.canvasToDOM(spot)).every((spot) => spot.x > 30 && spot.y > 30 &&
    spot.x < picture.clientWidth - 30 && spot.y < picture.clientHeight - below - 60);
  if (seen) return;
  const [xs, ys] = [spots.map((spot) => spot.x), spots.map((spot) => spot.y)];
  const [width, height] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
  whole = false;
  network.moveTo({
    position: { x: Math.min(...xs) + width / 2, y: Math.min(...ys) + height / 2 },
    scale: Math.min(network.getScale(), picture.clientWidth / (width + 220), (picture.clientHeight - below) / (height + 160)),
    offset: { x: 0, y: -below / 2 },
    animation: still.matches ? false : { duration: 300 },
  });
};
const zoom = (factor) => {
  whole = false;
  network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)) });
};

// Physics is off until a button asks for it; afterwards another puts everything back.
const moveButton = document.querySelector("[data-tool=move]");
const backButton = document.querySelector("[data-tool=back]");
const moving = () => moveButton.getAttribute("aria-pressed") === "true";
const move = (on) => {
  moveButton.setAttribute("aria-pressed", String(on));
  network.setOptions({
    physics: on ? { enabled: true, stabilization: false, barnesHut: { springLength: 130, avoidOverlap: 0.3 } }
      : { enabled: false },
  });
  if (on) backButton.hidden = false;
};
const putBack = () => {
  move(false);
  backButton.hidden = true;
  arrange(true);
  fit();
};
network.on("dragEnd", ({ nodes: dragged }) => {
  if (!dragged.length) return;
  backButton.hidden = false;
  network.unselectAll(); // what is chosen is the page's own affair
});
