// The aggregated view: a disk for each class with its count, lines between disks with theirs; a disk opens. Large
// networks begin with it, since single nodes by the thousand tell nothing at first sight.
const LARGE = 2000; // nodes; a network of more begins with its classes
const classButton = document.querySelector("[data-tool=classes]");
const kindsThere = [...new Set(all.map((node) => net.nodes[node.id].kind))].sort();
const closedKinds = () => new Set(state.open ? kindsThere.filter((kind) => !state.open.has(kind)) : []);
const DISK = "disk ";

// Disks stand in a ring: by themselves, or around the nodes of the classes that are open.
const disks = (closed) => {
  const members = new Map([...closed].map((kind) => [kind, []]));
  const spots = [];
  for (const node of all) {
    const { kind } = net.nodes[node.id];
    if (closed.has(kind)) members.get(kind).push(node);
    else spots.push(node[shape]);
  }
  const ends = [0, 1].map((axis) => spots.reduce(([low, high], spot) =>
    [Math.min(low, spot[axis]), Math.max(high, spot[axis])], [Infinity, -Infinity]));
  const middle = spots.length ? ends.map(([low, high]) => (low + high) / 2) : [0, 0];
  const away = spots.length ? ends.map(([low, high]) => (high - low) / 2 * 1.2 + 160)
    : shape === "wide" ? [90 + 60 * closed.size, 70 + 36 * closed.size] : [60 + 18 * closed.size, 80 + 30 * closed.size];
  const scale = spots.length ? Math.max(1, Math.max(...away) / 450) : 1; // beside a wide picture a small disk is not seen
  return [...members].map(([kind, nodes], i) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * i) / members.size;
    return {
      id: DISK + kind, shape: "dot", size: (24 + 12 * Math.log10(nodes.length + 1)) * scale, color: nodes[0].color,
      borderWidth: 3, x: Math.round(middle[0] + Math.cos(angle) * away[0]),
      y: Math.round(middle[1] + Math.sin(angle) * away[1]), label: "",
      font: { size: 22 * scale, color: colour("--ink"), strokeColor: colour("--paper") },
    };
  });
};
// The disks of which something stands out.
const standingDisks = (standing) => {
  const closed = closedKinds();
  return new Set([...closed.size ? standing : []].map((id) => net.nodes[id].kind).filter((kind) => closed.has(kind))
    .map((kind) => DISK + kind));
};
// A disk's name with its count: how many of it stand out, of how many.
const nameDisks = (standing) => {
  const counts = new Map([...closedKinds()].map((kind) => [kind, [0, 0]]));
  for (const { id } of counts.size ? all : []) {
    const count = counts.get(net.nodes[id].kind);
    if (!count) continue;
    count[1] += 1;
    if (standing.has(id)) count[0] += 1;
  }
  const changes = [...counts].map(([kind, [some, whole]]) => ({
    id: DISK + kind, label: `${net.concepts[kind][lang]}\n${some < whole ? `${some}/` : ""}${whole}`,
  })).filter(({ id, label }) => nodes.get(id).label !== label);
  if (changes.length) nodes.update(changes);
};
const bundles = (closed) => {
  const spot = (id) => closed.has(net.nodes[id].kind) ? DISK + net.nodes[id].kind : id;
  const counts = new Map();
  for (const line of lines) {
    const [a, b] = [spot(line.from), spot(line.to)].sort();
    if (a === b || (a === line.from && b === line.to) || (b === line.from && a === line.to)) continue;
    const key = JSON.stringify([a, b]);
    counts.set(key, (counts.get(key) || 0) + 1);
  }
  return [...counts].map(([key, count]) => {
    const [from, to] = JSON.parse(key);
    const whole = from.startsWith(DISK) && to.startsWith(DISK);
    return {
      id: `bundle ${key}`, from, to, width: 1 + 2 * Math.log10(count), color: { color: colour("--soft"), opacity: 0.6 },
      label: whole ? String(count) : undefined, arrows: { to: { enabled: false } },
      smooth: whole ? { enabled: true, type: "curvedCW", roundness: 0.12 } : false, // straight ones cross in one point
      font: { size: 18, color: colour("--ink"), strokeColor: colour("--paper") },
    };
  });
};
// Fill the picture by the state: every node, or disks and the nodes of opened classes. All is handed over at once, as
// it is to look: each change of data that the drawing library hears of, it draws.
const fill = () => {
  const closed = closedKinds();
  const open = (id) => !closed.has(net.nodes[id].kind);
  const away = foldedAway();
  const shades = inks();
  dress = dressCode(shades);
  network.setData({ nodes: [], edges: [] });
  edges.clear();
  nodes.clear();
  nodes.add([...all.filter((node) => open(node.id) && !away.nodes.has(node.id)).map((node) => ({ ...node, ...spotOf(node), ...dressed(node, shades) })),
    ...(closed.size ? disks(closed) : [])]);
  edges.add([...lines.filter((line) => open(line.from) && open(line.to) && !away.lines.has(line.id)),
    ...(closed.size ? bundles(closed) : []), ...foldLines(away)]);
  network.setData({ nodes, edges });
  classButton.setAttribute("aria-pressed", String(Boolean(state.open)));
  foldButton.setAttribute("aria-pressed", String(Boolean(state.folded)));
  fitOnceDrawn();
};
// Fill it anew in front of a reader who has moved about in it, and does not want to be moved away.
const refill = () => {
  const view = whole ? null : { position: network.getViewPosition(), scale: network.getScale() };
  fill();
  if (!view) return;
  whole = false;
  network.moveTo(view);
};
const openDisk = (kind) => {
  notice = null;
  state.open.add(kind);
  if (!closedKinds().size) state.open = null; // everything is open: that is the full picture
  fill();
  paint();
};
// What a search, a table or an address asks for is drawn, also where its class or its path was closed.
const uncover = (kind, id) => {
  const ids = kind === "edge" ? [lineOf.get(id).from, lineOf.get(id).to] : kind === "node" ? [id] : [];
  const hidden = ids.filter((end) => !nodes.get(end));
  if (!hidden.length && (kind !== "edge" || edges.get(id))) return;
  for (const end of state.open ? hidden : []) state.open.add(net.nodes[end].kind);
  if (state.open && !closedKinds().size) state.open = null;
  const through = closedPaths().filter(([, path]) => path.lines.includes(id) || path.inner.includes(id));
  for (const [path] of through) openPath(path);
  refill();
};
