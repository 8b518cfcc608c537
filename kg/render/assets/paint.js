// Picture, tables and the line above them, drawn by the state. What is left out fades; nothing jumps.
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
const status = at("status");
const painted = new Map(); // what each node and line looks like now: only changes are drawn anew
let notice = null; // what the page says until the next choice

const changed = (key, look) => {
  if (painted.get(key) === look) return false;
  painted.set(key, look);
  return true;
};
const paintPicture = (clear) => {
  const ink = colour("--ink"), paper = colour("--paper"), soft = colour("--faded");
  const nodeChanges = [], lineChanges = [];
  for (const node of all) {
    const stands = veiled || clear.nodes.has(node.id);
    if (!nodes.get(node.id)) continue;
    // Only what differs is handed over: with thousands of nodes the drawing library's part is what takes time.
    const change = { id: node.id };
    if (!changed(node.id, `${stands} ${lang} ${ink}`)) continue;
    change.opacity = stands ? 1 : 0.22;
    change.font = { size: node.sizes[lang], color: stands ? ink : soft, strokeColor: paper };
    if (changed(`label ${node.id}`, lang)) change.label = node[lang];
    if (changed(`ink ${node.id}`, ink)) {
      // Hollow means the colour of the paper, and the ring around what is chosen that of the ink, dark or light.
      const background = net.nodes[node.id].named ? node.color.background : paper;
      const chosen = { background, border: ink };
      change.color = { background, border: node.color.border, highlight: chosen, hover: chosen };
    }
    nodeChanges.push(change);
  }
  for (const line of lines) {
    const stands = veiled || clear.lines.has(line.id);
    if (!edges.get(line.id) || !changed(`line ${line.id}`, String(stands))) continue;
    lineChanges.push({ id: line.id, color: { ...line.color, opacity: stands ? 1 : 0.15 } });
  }
  if (nodeChanges.length) nodes.update(nodeChanges);
  if (lineChanges.length) edges.update(lineChanges);
  nameDisks(clear.nodes);
  setVeil(clear);
};
const nameOf = (id) => ({ zh: net.nodes[id].zh, en: net.nodes[id].en });
const strung = (ids) => ({
  zh: ids.map((id) => net.nodes[id].zh).join(" – "), en: ids.map((id) => net.nodes[id].en).join(" – "),
});
// What is to be said of the view, the most telling first; and a way out of it where there is one.
const paintStatus = (shown, stands) => {
  const said = [];
  let ending = "";
  if (notice) said.push(notice);
  if (state.open) {
    const disks = closedKinds();
    const away = all.filter((node) => disks.has(net.nodes[node.id].kind));
    const gone = lines.filter((line) => !edges.get(line.id)).length;
    if (disks.size) said.push(sentence("grouped", { disks: disks.size, nodes: away.length, edges: gone }));
  }
  if (awaited) {
    said.push(sentence("other-end", { name: nameOf(awaited) }));
  } else if (stands && stands.path) {
    const [from, to] = state.path.map(nameOf);
    said.push(stands.path.length ? sentence("path", { n: stands.path.length - 1, names: strung(stands.path) })
      : sentence("no-path", { from, to }));
    ending = "path";
  } else if (state.node && state.ego) {
    said.push(sentence("around-now", { name: nameOf(state.node), n: state.ego }));
    ending = "ego";
  }
  if (shown.nodes.size < all.length || shown.lines.size < lines.length) {
    said.push(sentence("shown", {
      nodes: shown.nodes.size, allNodes: all.length, edges: shown.lines.size, allEdges: lines.length,
    }));
  }
  status.replaceChildren(...said.flatMap((label) => [both(label), " "]));
  if (ending) status.append(action(words.end, { tool: "end", end: ending }));
};

const paint = () => {
  const keep = kept();
  const stands = focus(keep);
  const part = (ids, some) => stands ? new Set([...ids].filter((id) => some.has(id))) : ids;
  // What the reader chose stands out even where a filter would have faded it: it is what the panel tells of.
  const clear = { nodes: new Set(part(keep.nodes, stands?.nodes)), lines: new Set(part(keep.lines, stands?.lines)) };
  if (state.node) clear.nodes.add(state.node);
  if (state.edge) {
    clear.lines.add(state.edge);
    for (const id of stands.nodes) clear.nodes.add(id);
  }
  const shown = listed(keep, stands);
  paintPicture(clear);
  paintTables(shown);
  paintStatus(shown, stands);
  root.classList.toggle("chosen", Boolean(state.node || state.edge));
  keepAddress();
};

const say = (wanted) => {
  lang = wanted;
  root.classList.remove("zh", "en");
  root.classList.add(lang);
  root.lang = lang === "zh" ? "zh-Hans" : "en";
  document.title = titles[lang];
  frame.setAttribute("aria-label", picture.getAttribute(`data-label-${lang}`));
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  }
  // Options and hints hold one text only.
  for (const option of document.querySelectorAll("option[data-zh]")) option.textContent = option.dataset[lang];
  at("search").placeholder = at("search").dataset[lang === "zh" ? "hintZh" : "hintEn"];
  paint();
};
