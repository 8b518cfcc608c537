// A small hollow sign on a mediated link, so that the kind of its mediator is not told by colour alone.
const SIGN = 5; // half its size, in pixels of the picture
const SEEN = 3; // on the screen at least, but for so many signs that they would hide the lines
const MANY = 500;
const TESTED = 200_000; // signs times nodes; beyond that each sign stands half-way
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73]; // where along its line a sign may stand
const cornersOf = (id) => net.signs[(net.edges[id] ?? folds.get(id))?.kind];
const cornersIn = (text) => text.split(" ").map((pair) => pair.split(",").map(Number));
let signed = null; // line → where along it its sign stands; null until the picture has been drawn

// The circle of a line from a node to itself, up and to the right of that; null for other lines.
const loopOf = ({ from, to, edgeType }) => {
  if (from !== to) return null;
  const [x, y, radius] = edgeType._getCircleData();
  return { x, y, radius };
};
// A point along a line; of a loop vis-network would tell the middle of its node.
const pointOn = (line, share) => {
  const loop = loopOf(line);
  if (!loop) return line.edgeType.getPoint(share);
  const angle = (share - 0.5) * 2 * Math.PI - Math.PI / 4;
  return { x: loop.x + loop.radius * Math.cos(angle), y: loop.y + loop.radius * Math.sin(angle) };
};
// Half-way, or at the nearest place that is under no node or label.
const placeSigns = () => {
  const ids = edges.getIds().filter((id) => cornersOf(id) !== undefined && network.body.edges[id]?.connected);
  const boxes = nodes.getIds().map((id) => network.getBoundingBox(id));
  const free = ({ x, y }) => boxes.every(({ left, top, right, bottom }) =>
    x < left - SIGN || x > right + SIGN || y < top - SIGN || y > bottom + SIGN);
  const few = ids.length * boxes.length < TESTED;
  signed = new Map(ids.map((id) =>
    [id, (few && SHARES.find((share) => free(pointOn(network.body.edges[id], share)))) || 0.5]));
};
const crowded = () => signed.size > MANY && SIGN * network.getScale() < SEEN;
const drawSign = (context, id, paper = colour("--paper")) => {
  if (!signed?.has(id) || crowded()) return;
  const line = network.body.edges[id], corners = cornersOf(id);
  const { x, y } = pointOn(line, signed.get(id));
  const size = Math.max(SIGN, SEEN / network.getScale());
  context.beginPath();
  if (corners) for (const [dx, dy] of cornersIn(corners)) context.lineTo(x + dx * size, y + dy * size);
  else context.arc(x, y, size, 0, 2 * Math.PI);
  context.closePath();
  context.fillStyle = paper;
  context.strokeStyle = line.options.color.color;
  context.lineWidth = size * 0.32;
  context.setLineDash([]);
  context.fill();
  context.stroke();
};
const drawSigns = (context) => {
  if (!signed) placeSigns();
  if (crowded()) return;
  const paper = colour("--paper");
  for (const id of signed.keys()) drawSign(context, id, paper);
};
// Names and places have changed: where signs stand is looked for anew at the next drawing.
for (const event of ["add", "update", "remove"]) {
  nodes.on(event, () => { signed = null; });
  edges.on(event, () => { signed = null; });
}
network.on("dragEnd", () => { signed = null; });
