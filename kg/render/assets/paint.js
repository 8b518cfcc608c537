// Picture, tables and the line above them, drawn by the state. What is left out fades; nothing jumps.
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
const status = at("status");
let notice = null; // what the page says until the next choice

// The colours of text and paper, which differ in the dark; asked once for all nodes, since each question costs.
const inks = () => ({ ink: colour("--ink"), paper: colour("--paper") });
// A node in these colours and in the language of now. Hollow means the colour of the paper, and the ring around what is
// chosen is that of the ink.
const dressed = (node, { ink, paper }) => {
  const background = net.nodes[node.id].named ? node.color.background : paper;
  const chosen = { background, border: ink };
  return {
    id: node.id, label: node[lang], font: { size: node.sizes[lang], color: ink, strokeColor: paper },
    color: { background, border: node.color.border, highlight: chosen, hover: chosen },
  };
};
let dress = ""; // the language and the ink that the picture is in
const dressCode = ({ ink }) => `${lang} ${ink}`;
const paintPicture = (clear) => {
  const shades = inks();
  if (dress !== dressCode(shades)) {
    dress = dressCode(shades);
    nodes.update(all.filter((node) => nodes.get(node.id)).map((node) => dressed(node, shades)));
  }
  nameDisks(clear.nodes);
  setVeil(clear);
};
const nameOf = (id) => ({ zh: net.nodes[id].zh, en: net.nodes[id].en });
const strung = (ids) => ({
  zh: ids.map((id) => net.nodes[id].zh).join(" – "), en: ids.map((id) => net.nodes[id].en).join(" – "),
});
// What is to be said of the view, the most telling first; and a way out of it where there is one.
let viewed = []; // what of it an export repeats
const paintStatus = (shown, stands) => {
  const said = [];
  let ending = "";
  if (state.open) {
    const disks = closedKinds();
    const away = all.filter((node) => disks.has(net.nodes[node.id].kind));
    const gone = lines.filter((line) => !edges.get(line.id)).length;
    if (disks.size) said.push(sentence("grouped", { disks: disks.size, nodes: away.length, edges: gone }));
  }
  if (state.folded) {
    const away = foldedAway();
    said.push(sentence("folded", { paths: away.closed.length, nodes: away.nodes.size }));
  }
  if (awaited) {
    said.push(sentence("other-end", { name: nameOf(awaited) }));
  } else if (stands && stands.path) {
    const [from, to] = state.path.map(nameOf);
    said.push(stands.path.length ? sentence("path", { n: stands.path.length - 1, names: strung(stands.path) })
      : sentence("no-path", { from, to }));
    const weak = [...stands.lines].map((id) => net.edges[id].certainty).filter(Boolean);
    if (weak.length) said.push(sentence("path-certainty", { certainty: net.concepts[weak[0]] }));
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
  viewed = awaited ? [] : said;
  status.replaceChildren(...[...(notice ? [notice] : []), ...said].flatMap((label) => [both(label), " "]));
  if (ending) status.append(action(words.end, { tool: "end", end: ending }));
};

const paint = () => {
  const keep = kept();
  const stands = focus(keep);
  const part = (ids, some) => stands ? new Set([...ids].filter((id) => some.has(id))) : ids;
  // What the reader chose stands out even where a filter would have faded it: it is what the panel tells of.
  const clear = { nodes: new Set(part(keep.nodes, stands?.nodes)), lines: new Set(part(keep.lines, stands?.lines)) };
  withPaths(clear, keep);
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
  const turned = lang !== wanted;
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
  if (turned && whole) fitOnceDrawn(); // labels of another language take other room
};
