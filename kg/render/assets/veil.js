// Fading in large pictures: a veil of the paper's colour over everything, and what stands out drawn once more above
// it. To change thousands of nodes and lines one by one takes the drawing library seconds.
const LARGE = 2000;
const veiled = all.length + lines.length > LARGE;
let veil = null; // what stands out; null where everything does

const setVeil = (clear) => {
  if (!veiled) return;
  const whole = clear.nodes.size === all.length && clear.lines.size === lines.length;
  if (whole && !veil) return;
  veil = whole ? null : clear;
  network.redraw();
};
network.on("afterDrawing", (context) => {
  if (!veil) return;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 0.82;
  context.fillStyle = colour("--paper");
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  const { body } = network;
  for (const id of veil.lines) body.edges[id]?.draw(context);
  const disks = [...closedKinds()].map((kind) => DISK + kind);
  for (const id of [...veil.nodes, ...disks]) body.nodes[id]?.draw(context)?.drawExternalLabel?.();
});
