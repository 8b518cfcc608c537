// The tables under the picture, its accessible twin: they list what stands out. Those of a small network are in the
// page; of a large one rows are made as they are asked for, some at a time.
const AT_ONCE = 200;
const tableOf = { edge: at("edges-table"), node: at("nodes-table") };
const idsOf = { edge: net.rows, node: all.map((node) => node.id) };
const rows = { edge: new Map(), node: new Map() };
for (const kind of ["edge", "node"]) {
  for (const row of tableOf[kind].tBodies[0].rows) rows[kind].set(row.dataset[`${kind}Row`], row);
}
const complete = rows.node.size === all.length && rows.edge.size === lines.length;

// Narrow screens show a row as a card: each cell says its own column.
const headed = (row, kind) => {
  [...tableOf[kind].tHead.rows[0].cells].forEach((head, i) => {
    row.cells[i].dataset.headZh = head.querySelector(".zh").textContent;
    row.cells[i].dataset.headEn = head.querySelector(".en").textContent;
  });
  return row;
};
for (const kind of ["edge", "node"]) for (const row of rows[kind].values()) headed(row, kind);

// Rows as the template writes them.
const goTo = (id) => {
  const button = action(net.nodes[id], { node: id });
  button.className = "go";
  return button;
};
const placed = (iri) => {
  const id = iri.slice(iri.lastIndexOf("/") + 1);
  const code = make("button", id);
  code.type = "button";
  code.className = "go";
  code.dataset.place = id;
  const of = make("span", net.evidence[iri].of);
  of.className = "of";
  const item = make("li", both(net.evidence[iri]), " ", code, " ", of);
  item.className = "where";
  item.dataset.passage = iri;
  return item;
};
const claimed = (iri) => {
  const label = make("div", both(net.claims[iri]));
  label.className = "claim";
  label.dataset.iri = iri;
  return make("li", label, make("ul", ...net.claims[iri].evidence.map(placed)));
};
const cells = {
  edge: (id) => {
    const edge = net.edges[id], line = lineOf.get(id);
    const hidden = make("span", both(words.show));
    hidden.className = "hidden";
    const button = make("button", String(numberOf.get(id)), " ", hidden);
    button.type = "button";
    button.className = "go";
    button.dataset.edge = id;
    const told = new Set(edge.claims.flatMap((iri) => net.claims[iri].evidence));
    const list = make("ul", ...edge.claims.map(claimed), ...edge.evidence.filter((iri) => !told.has(iri)).map(placed));
    list.className = "claims";
    return [button, goTo(line.from), goTo(line.to), both(net.concepts[edge.kind]),
      both(edge.status ? net.concepts[edge.status] : words["no-status"]), list];
  },
  node: (id) => {
    const node = net.nodes[id];
    const name = make("button", make("bdi", node.zh));
    name.type = "button";
    name.className = "go";
    name.lang = "zh-Hans";
    name.dataset.node = id;
    const kind = make("span", both(net.concepts[node.kind]));
    if (!node.named) kind.append(" · ", both(words.nameless));
    const code = make("code", id);
    code.dataset.iri = id;
    const aliases = make("span", ...node.aliases.flatMap((alias, i) => [i ? " · " : "", make("bdi", alias)]));
    return [name, make("bdi", node.en), kind, aliases, String(node.degree), code];
  },
};
const numberOf = new Map(net.rows.map((id, i) => [id, i + 1]));
const rowOf = (kind, id) => {
  if (!rows[kind].has(id)) {
    const row = make("tr", ...cells[kind](id).map((child) => {
      const cell = make("td", child);
      cell.setAttribute("role", "cell");
      return cell;
    }));
    row.setAttribute("role", "row");
    row.dataset[`${kind}Row`] = id;
    quoteIn(row);
    rows[kind].set(id, headed(row, kind));
  }
  return rows[kind].get(id);
};

const most = { edge: AT_ONCE, node: AT_ONCE };
let shownNow = null;
const fillTable = (kind) => {
  const ids = idsOf[kind].filter((id) => shownNow[`${kind}s`].has(id));
  tableOf[kind].tBodies[0].replaceChildren(...ids.slice(0, most[kind]).map((id) => rowOf(kind, id)));
  tableOf[kind].nextElementSibling?.matches(".more") && tableOf[kind].nextElementSibling.remove();
  const left = ids.length - most[kind];
  if (left <= 0) return;
  const more = make("p", action(sentence("more", { n: Math.min(left, AT_ONCE), left }), { tool: "more", kind }));
  more.className = "more";
  tableOf[kind].after(more);
};
const paintTables = (shown) => {
  if (complete) {
    for (const kind of ["edge", "node"]) {
      const ids = kind === "edge" ? shown.lines : shown.nodes;
      for (const [id, row] of rows[kind]) row.hidden = !ids.has(id);
    }
    return;
  }
  const now = { edges: shown.lines, nodes: shown.nodes };
  for (const kind of ["edge", "node"]) {
    const before = shownNow && shownNow[`${kind}s`], after = now[`${kind}s`];
    const same = before && before.size === after.size && [...after].every((id) => before.has(id));
    shownNow = { ...shownNow, [`${kind}s`]: after };
    if (same) continue;
    most[kind] = AT_ONCE;
    fillTable(kind);
  }
};
const listMore = (kind) => {
  const first = tableOf[kind].tBodies[0].rows.length;
  most[kind] += AT_ONCE;
  fillTable(kind);
  tableOf[kind].tBodies[0].rows[first].querySelector("button").focus();
};
