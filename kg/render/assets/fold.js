// Mediators folded away: each path of several steps becomes one line from its beginning to its end, and opens again.
const FOLD = "path ";
const foldButton = document.querySelector("[data-tool=fold]");
const paths = new Map(); // path → its lines, its two ends and what lies between
for (const [path, { steps: ids }] of Object.entries(net.paths).filter(([, { steps }]) => steps.length > 1)) {
  const steps = ids.map((id) => lineOf.get(id));
  const [froms, tos] = [new Set(steps.map((line) => line.from)), new Set(steps.map((line) => line.to))];
  const ends = [...froms].filter((id) => !tos.has(id)), others = [...tos].filter((id) => !froms.has(id));
  if (ends.length !== 1 || others.length !== 1) continue; // no way from one thing to another
  paths.set(path, { lines: ids, from: ends[0], to: others[0], inner: [...tos].filter((id) => froms.has(id)) });
}
foldButton.hidden = !paths.size;
const folds = new Map([...paths].map(([path, { lines: [first] }]) => [FOLD + path, net.edges[first]]));

const closedPaths = () => state.folded ? [...paths].filter(([path]) => !state.folded.has(path)) : [];
// What is not drawn while these paths are closed: their lines, and mediators that nothing else leads to.
const foldedAway = () => {
  const closed = closedPaths();
  const gone = new Set(closed.flatMap(([, path]) => path.lines));
  const ends = new Set(closed.flatMap(([, { from, to }]) => [from, to]));
  const inner = closed.flatMap(([, path]) => path.inner)
    .filter((id) => !ends.has(id) && links.get(id).every((line) => gone.has(line)));
  return { lines: gone, nodes: new Set(inner), closed };
};
// The lines of closed paths. Those between the same two nodes bend apart, all to one side where a line of one step is
// drawn there too.
const pair = ({ from, to }) => JSON.stringify([from, to].sort());
const foldLines = ({ closed }) => {
  const together = new Map();
  for (const [path, ends] of closed) together.set(pair(ends), [...together.get(pair(ends)) ?? [], path]);
  const taken = new Set(together.size ? lines.map(pair) : []);
  return closed.map(([path, { from, to, lines: [first] }]) => {
    const beside = together.get(pair({ from, to }));
    const middle = taken.has(pair({ from, to })) ? -1 : (beside.length - 1) / 2;
    const bend = (beside.indexOf(path) - middle) * Math.min(0.22, 0.7 / beside.length) * (from < to ? 1 : -1);
    const smooth = { enabled: bend !== 0, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) };
    return { ...lineOf.get(first), id: FOLD + path, from, to, smooth };
  });
};
// A path stands out when one of its lines does, since what is chosen may be the mediator that is not drawn; but not
// where a filter leaves out a step or its mediator, for then it leads nowhere. Paths share steps: what stood out before
// is asked, not what the last path brought along.
const withPaths = (clear, keep) => {
  const before = new Set(clear.lines);
  const touched = closedPaths().filter(([, { lines: ids }]) => ids.some((id) => before.has(id)));
  const whole = touched.filter(([, { lines: ids }]) => ids.every((id) => keep.lines.has(id)));
  for (const [, { lines: ids }] of touched) for (const id of ids) clear.lines.delete(id);
  for (const [, { lines: ids, from, to }] of whole) {
    for (const id of ids) clear.lines.add(id);
    clear.nodes.add(from).add(to);
  }
  clear.folds = new Set(whole.map(([path]) => FOLD + path));
};
const openPath = (path) => {
  state.folded.add(path);
  if (!closedPaths().length) state.folded = null;
};
// The step that leads to the end of a path: it tells of the collaboration itself.
const lastStep = (path) => paths.get(path).lines.find((id) => lineOf.get(id).to === paths.get(path).to);
