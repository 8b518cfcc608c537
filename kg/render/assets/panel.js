// The side panel: what the tables say of one node or one line, its identifiers as links, and what to do from there.
const facts = at("facts");
const hint = facts.firstElementChild;

// Identifiers are links only where the page is served, for a file has nothing to lead to, and only where they are web
// addresses: nothing else in the data can become one.
const served = /^https?:$/.test(location.protocol);
const linked = (element) => {
  if (!served) return element;
  for (const place of element.querySelectorAll("[data-iri]")) {
    const iri = place.dataset.iri;
    if (!/^https?:\/\/[^\s]+$/.test(iri)) continue;
    const link = make("a", ...place.childNodes);
    link.href = iri;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    place.append(link);
  }
  return element;
};
let marked = null; // the row of what is chosen
const rowTold = (kind, id, from = 0, to = Infinity) => {
  const heads = tableOf[kind].tHead.rows[0].cells;
  const row = rowOf(kind, id);
  const list = make("dl");
  [...row.cells].forEach((cell, i) => {
    if (i < from || i >= to || !cell.textContent.trim()) return;
    list.append(make("dt", ...copies(heads[i])), make("dd", ...copies(cell)));
  });
  return list;
};
// Last, since a reader asks who says so before what it is called by machines.
const identifier = (id) => {
  const code = make("code", id);
  code.dataset.iri = id;
  return make("dl", make("dt", both(words.identifier)), make("dd", code));
};
const edgeFacts = (id) => {
  const list = rowTold("edge", id, 1, 5); // the claims, in the last column, are told in full
  const { dates } = net.edges[id];
  if (dates.length) list.append(make("dt", both(words.years)), make("dd", ...spans(dates)));
  const { certainty } = net.edges[id];
  if (certainty) list.append(make("dt", both(words.certainty)), make("dd", both(net.concepts[certainty])));
  return [list, ...claimsOf(id), ...pathsThrough(id), identifier(id)];
};
const nodeFacts = (id) => {
  const tools = make("div", make("span", both(words.around)));
  tools.className = "around";
  for (const steps of [0, 1, 2, 3]) {
    const button = action(steps ? sentence("step", { n: steps }) : words.off, { ego: steps });
    button.setAttribute("aria-pressed", String(state.ego === steps));
    tools.append(button);
  }
  tools.append(action(words["from-here"], { tool: "path" }));
  const list = make("ol");
  for (const line of links.get(id)) {
    const { cells } = rowOf("edge", line);
    const other = lineOf.get(line).from === id ? cells[2] : cells[1];
    list.append(make("li", ...copies(cells[0]), " ", ...copies(other), " · ", ...copies(cells[3]), " · ",
      ...copies(cells[4]), ...copies(cells[5])));
  }
  const heading = make("h3", both(sentence("links", { n: list.children.length })));
  return [tools, rowTold("node", id, 0, 5), ...(list.children.length ? [heading, list] : []), ...factsOf(id),
    identifier(id)];
};

// The panel and the marked row, by the state.
const show = () => {
  if (marked) marked.classList.remove("chosen");
  marked = state.node ? rowOf("node", state.node) : state.edge ? rowOf("edge", state.edge) : null;
  panel.scrollTop = 0;
  if (!marked) {
    facts.replaceChildren(hint);
    return;
  }
  marked.classList.add("chosen");
  facts.replaceChildren(...(state.node ? nodeFacts(state.node) : edgeFacts(state.edge)));
  linked(facts);
  quoteIn(facts);
};
const choose = (kind, id) => {
  notice = null;
  if (kind === "node" && awaited) {
    state.path = awaited === id ? [] : [awaited, id];
    awaited = "";
  } else if (state.path.length && !(kind === "node" && state.path.includes(id)) && kind !== "edge") {
    state.path = [];
  }
  if (kind !== "node" || (state.node !== id && state.ego && !ego().has(id))) state.ego = 0;
  state.node = kind === "node" ? id : "";
  state.edge = kind === "edge" ? id : "";
  uncover(kind, id);
  show();
  paint();
};
const ego = () => within(state.node, state.ego, kept());
const clear = () => {
  awaited = "";
  state.path = [];
  choose("", "");
};
// What of the picture the choice is about: a whole path, all surroundings, or the node or line itself.
const lookAtChoice = () => {
  // Where the panel lies over the picture, what is chosen is shown above it, and the picture from its top.
  if (covered() && (state.node || state.edge)) picture.scrollIntoView({ block: "start" });
  if (state.path.length) look([...focus(kept()).nodes]);
  else if (state.node) look([...(state.ego ? ego() : [state.node])]);
  else if (state.edge) look([lineOf.get(state.edge).from, lineOf.get(state.edge).to]);
};
