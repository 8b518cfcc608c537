// The aggregated view: a disk for each class with its count, lines between disks with theirs; a disk opens. Large
// networks begin with it, since single nodes by the thousand tell nothing at first sight.
const LARGE = 2000; // nodes
const classButton = document.querySelector("[data-tool=classes]");
const kindsThere = [...new Set(all.map((node) => net.nodes[node.id].kind))].sort();
const closedKinds = () => new Set(state.open ? kindsThere.filter((kind) => !state.open.has(kind)) : []);
const DISK = "disk ";

const disks = (closed) => {
  const members = new Map([...closed].map((kind) => [kind, []]));
  for (const node of all) members.get(net.nodes[node.id].kind)?.push(node);
  const reach = Math.max(260, ...all.map((node) => Math.hypot(...node[shape]))) * (state.open.size ? 1.25 : 1);
  const away = state.open.size ? reach : Math.min(reach, 90 + 60 * closed.size);
  return [...members].map(([kind, nodes], i) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * i) / members.size;
    const size = 24 + 12 * Math.log10(nodes.length + 1);
    const scale = state.open.size ? Math.max(1, away / 400) : 1; // beside a wide picture a small disk is not seen
    return {
      id: DISK + kind, shape: "dot", size: size * scale, color: nodes[0].color, borderWidth: 3,
      x: Math.round(Math.cos(angle) * away), y: Math.round(Math.sin(angle) * away * (shape === "wide" ? 0.7 : 1)),
      label: `${net.concepts[kind][lang]}\n${nodes.length}`,
      font: { size: 16 * scale, color: colour("--ink"), strokeColor: colour("--paper") },
    };
  });
};
const nameDisks = () => {
  if (state.open) nodes.update(disks(closedKinds()).map(({ id, label }) => ({ id, label })));
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
      label: whole ? String(count) : undefined, arrows: { to: { enabled: false } }, smooth: false,
      font: { size: 14, color: colour("--ink"), strokeColor: colour("--paper") },
    };
  });
};
// Fill the picture by the state: every node, or disks and the nodes of opened classes.
const fill = () => {
  const closed = closedKinds();
  const open = (id) => !closed.has(net.nodes[id].kind);
  painted.clear();
  edges.clear();
  nodes.clear();
  nodes.add([...all.filter((node) => open(node.id)).map((node) => ({ ...node, ...spotOf(node) })),
    ...(closed.size ? disks(closed) : [])]);
  edges.add([...lines.filter((line) => open(line.from) && open(line.to)), ...(closed.size ? bundles(closed) : [])]);
  classButton.setAttribute("aria-pressed", String(Boolean(state.open)));
  select();
  fitOnceDrawn();
};
const openDisk = (kind) => {
  notice = null;
  state.open.add(kind);
  if (!closedKinds().size) state.open = null; // everything is open: that is the full picture
  fill();
  paint();
};
// What a search, a table or an address asks for is drawn, also where its class was closed.
const uncover = (ids) => {
  if (!state.open || ids.every((id) => nodes.get(id))) return;
  for (const id of ids) state.open.add(net.nodes[id].kind);
  if (!closedKinds().size) state.open = null;
  fill();
};
