// What the reader has chosen, and what follows from it: which nodes and lines the filters keep, and which of those
// stand out. Nothing here touches the picture.
let lang = root.classList.contains("en") ? "en" : "zh";
const fresh = () => ({
  node: "", edge: "", // at most one of the two is chosen
  off: new Set(), // unticked in the legend: kind:IRI, link:IRI, status:IRI, certainty:IRI, unnamed:
  article: "", zone: "", degree: 0, year: "",
  search: "", ego: 0, path: [],
  folded: null, // paths opened while mediators are folded away; null where every step is drawn
  open: null, // classes opened in the aggregated view; null where every node is drawn
});
let state = fresh();
let awaited = ""; // the node a path is to start from, while the other end is asked for

// Years that the dates of links touch; an end that is open is empty.
const yearOf = (day) => Number(day.slice(0, 4));
const years = Object.values(net.edges).flatMap((edge) => edge.dates.flat().filter(Boolean).map(yearOf));
// A link without a date stays: nobody says that it was not there.
const inYear = ({ dates }) => !state.year || !dates.length || dates.some(([first, last]) =>
  (!first || yearOf(first) <= Number(state.year)) && (!last || Number(state.year) <= yearOf(last)));

const otherEnd = (line, id) => line.from === id ? line.to : line.from;
// A zone with what is linked to it, not through a university or another zone: what stands behind those is not its own.
const stops = new Set(net.stops);
const zones = new Set(net.zones);
const surroundings = new Map();
const ofZone = (zone) => {
  if (!surroundings.has(zone)) {
    const found = new Set([zone]);
    const queue = [zone];
    while (queue.length) {
      const here = queue.pop();
      if (here !== zone && stops.has(net.nodes[here].kind)) continue;
      for (const line of links.get(here)) {
        const there = otherEnd(lineOf.get(line), here);
        if (found.has(there) || zones.has(there)) continue;
        found.add(there);
        queue.push(there);
      }
    }
    surroundings.set(zone, found);
  }
  return surroundings.get(zone);
};

// What the filters keep. A node that loses all its lines to a filter of lines goes with them.
const kept = () => {
  const { off } = state;
  const near = state.zone ? ofZone(state.zone) : null;
  const keptNodes = new Set(), keptLines = new Set(), linked = new Set();
  for (const { id } of all) {
    const node = net.nodes[id];
    if (off.has(`kind:${node.kind}`) || (!node.named && off.has("unnamed:"))) continue;
    if (node.degree < state.degree || (near && !near.has(id))) continue;
    keptNodes.add(id);
  }
  for (const { id, from, to } of lines) {
    const edge = net.edges[id];
    if (off.has(`link:${inLegend(edge.kind)}`) || off.has(`status:${inLegend(edge.status)}`)) continue;
    if (off.has(`certainty:${edge.certainty}`)) continue;
    if ((state.article && !edge.articles.includes(state.article)) || !inYear(edge)) continue;
    if (!keptNodes.has(from) || !keptNodes.has(to)) continue;
    keptLines.add(id);
    linked.add(from).add(to);
  }
  const narrowed = state.article || state.year || [...off].some((key) => /^(link|status|certainty):/.test(key));
  if (narrowed) {
    for (const id of keptNodes) {
      if (!linked.has(id) && (links.get(id).length || state.article)) keptNodes.delete(id);
    }
  }
  return { nodes: keptNodes, lines: keptLines };
};

// Names without what a reader may leave out when typing: case, accents, spaces, hyphens.
const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[\p{M}\s\p{P}]/gu, "");
const names = new Map(all.map(({ id }) => {
  const node = net.nodes[id];
  const initials = node.pinyin.map((text) => text.split(" ").map((part) => part[0]).join(""));
  return [id, { whole: [node.zh, node.en, ...node.aliases, ...node.pinyin].map(plain), initials }];
}));
// Nodes whose name holds the text, those that begin with it first.
const matches = (text) => {
  const wanted = plain(text);
  if (!wanted) return [];
  const found = [];
  for (const { id } of all) {
    const { whole, initials } = names.get(id);
    if (whole.some((name) => name.startsWith(wanted))) found.push([0, id]);
    else if (whole.some((name) => name.includes(wanted))) found.push([1, id]);
    else if (initials.some((name) => name.startsWith(wanted))) found.push([2, id]);
  }
  return found.sort((a, b) => a[0] - b[0]).map(([, id]) => id);
};

// Lines that stand on a place (第5篇第2段第3句, a5-p2-s3); where nothing is called so, also those whose claims hold it.
const placesOf = new Map(Object.entries(net.evidence).map(([iri, { zh, en }]) =>
  [iri, { begins: [zh, en].map(plain), is: plain(iri.slice(iri.lastIndexOf("/") + 1)) }]));
const claimWords = new Map(Object.entries(net.claims).map(([iri, { zh, en }]) => [iri, [zh, en].map(plain)]));
const matchingLines = (text, named) => {
  const wanted = plain(text);
  if (wanted.length < 2) return [];
  return net.rows.filter((id) => net.edges[id].evidence.some((iri) => {
    const { begins, is } = placesOf.get(iri);
    return is === wanted || begins.some((words) => words.startsWith(wanted));
  }) || (!named && net.edges[id].claims.some((iri) => claimWords.get(iri).some((words) => words.includes(wanted)))));
};

// Nodes within so many steps of one, over kept lines.
const within = (start, steps, keep) => {
  const found = new Set([start]);
  let edge = [start];
  for (let step = 0; step < steps && edge.length; step += 1) {
    edge = edge.flatMap((id) => links.get(id).filter((line) => keep.lines.has(line))
      .map((line) => otherEnd(lineOf.get(line), id))).filter((id) => !found.has(id) && found.add(id));
  }
  return found;
};
// A shortest path over kept lines, as nodes; empty where there is none. The first of equals, so always the same.
const shortest = (start, end, keep) => {
  const before = new Map([[start, null]]);
  const queue = [start];
  while (queue.length && !before.has(end)) {
    const here = queue.shift();
    for (const line of links.get(here)) {
      const there = otherEnd(lineOf.get(line), here);
      if (!keep.lines.has(line) || before.has(there)) continue;
      before.set(there, here);
      queue.push(there);
    }
  }
  const path = [];
  if (before.has(end)) for (let id = end; id !== null; id = before.get(id)) path.unshift(id);
  return path;
};
// All kept lines between nodes of a set; on a path only those between one node and the next.
const between = (ids, keep) => new Set(lines.filter((line) =>
  keep.lines.has(line.id) && ids.has(line.from) && ids.has(line.to)).map((line) => line.id));
const along = (path, keep) => {
  const steps = new Set(path.slice(1).flatMap((id, i) => [`${path[i]} ${id}`, `${id} ${path[i]}`]));
  return new Set(lines.filter((line) => keep.lines.has(line.id) && steps.has(`${line.from} ${line.to}`))
    .map((line) => line.id));
};

// What stands out among what is kept, or null where everything does.
const focus = (keep) => {
  if (state.path.length === 2) {
    const path = shortest(...state.path, keep);
    return { nodes: new Set(path.length ? path : state.path), lines: along(path, keep), path };
  }
  if (state.node && state.ego) {
    const found = within(state.node, state.ego, keep);
    return { nodes: found, lines: between(found, keep) };
  }
  if (state.node) {
    const near = links.get(state.node).filter((line) => keep.lines.has(line));
    return {
      nodes: new Set([state.node, ...near.map((line) => otherEnd(lineOf.get(line), state.node))]),
      lines: new Set(near),
    };
  }
  if (state.edge) {
    // With the paths that it is a step of: whom it leads from and to.
    const ids = [state.edge, ...pathsOf.get(state.edge).flatMap((path) => net.paths[path].steps)];
    return { nodes: new Set(ids.flatMap((id) => [lineOf.get(id).from, lineOf.get(id).to])), lines: new Set(ids) };
  }
  if (state.search) {
    const found = new Set(matches(state.search));
    const stating = matchingLines(state.search, found.size > 0);
    const lines = new Set([...between(found, keep), ...stating]);
    for (const id of stating) found.add(lineOf.get(id).from).add(lineOf.get(id).to);
    return { nodes: found, lines };
  }
  return null;
};
// What the tables list: what the filters keep, of it only what a search, a path or a view of surroundings asks for.
const listed = (keep, stands) => {
  const narrow = stands && (state.path.length || (state.node && state.ego) || (state.search && !state.node && !state.edge));
  if (!narrow) return keep;
  const part = (ids, some) => new Set([...ids].filter((id) => some.has(id)));
  return { nodes: part(keep.nodes, stands.nodes), lines: part(keep.lines, stands.lines) };
};
