// What stands out as GEXF 1.3, for Gephi, as `kg view --format gexf` writes the whole.
const pairs = (named) => named.map(([name, value]) => ` ${name}="${xml(value)}"`).join("");
const attributes = (values) =>
  `<attvalues>${values.map(([name, value]) => `<attvalue${pairs([["for", name], ["value", value]])}/>`).join("")}</attvalues>`;
const declared = (owner, ids) => `<attributes class="${owner}" mode="static">${ids.map((id) =>
  `<attribute id="${id}" title="${id}" type="${id === "named" ? "boolean" : "string"}"/>`).join("")}</attributes>`;
const token = (text) => text.split(/\s+/).filter(Boolean).join(" "); // as the schema wants labels
const tint = (hex) => `<viz:color${pairs([1, 3, 5].map((i) => ["rgb"[(i - 1) / 2], parseInt(hex.slice(i, i + 2), 16)]))}/>`;
// Gephi refuses a period that overlaps another of the same edge: those that do become one.
const joined = (dates) => {
  const apart = [];
  for (const [start, end] of [...dates].sort()) {
    const last = apart.at(-1);
    if (!last || (last[1] && start > last[1])) apart.push([start, end]);
    else if (last[1] && (!end || end > last[1])) last[1] = end;
  }
  return apart;
};
const spells = (dates) => dates.length ? `<spells>${joined(dates).map(([start, end]) =>
  `<spell${pairs([["start", start], ["end", end]].filter(([, day]) => day))}/>`).join("")}</spells>` : "";

const asGexf = () => {
  const shown = now();
  const spots = network.getPositions(all.map((node) => node.id).filter((id) => nodes.get(id)));
  const nodeParts = all.filter(({ id }) => shown.nodes.has(id)).map((node) => {
    const about = net.nodes[node.id];
    const { x, y } = spots[node.id] ?? spotOf(node);
    const { background, border } = node.color;
    return `<node${pairs([["id", node.id], ["label", token(about[lang])]])}>${attributes([["label_zh", about.zh],
      ["label_en", about.en], ["kind", about.kind], ["named", about.named]])}${
      tint(about.named ? background : border)}<viz:position x="${x}" y="${-y}" z="0"/><viz:size value="${node.size}"/></node>`;
  });
  // Gephi makes one of the edges that join the same nodes and are of one kind, unless their kinds are told apart.
  const times = new Map();
  const kindOf = (from, to, kind) => {
    const key = JSON.stringify([...[from, to].sort(), kind]);
    times.set(key, (times.get(key) ?? 0) + 1);
    const name = kind.replace("#", "/").split("/").pop();
    return times.get(key) > 1 ? `${name} ${times.get(key)}` : name;
  };
  const there = lines.filter(({ id }) => shown.lines.has(id));
  const lineParts = there.map(({ id, from, to, color, width }) => {
    const edge = net.edges[id];
    return `<edge${pairs([["id", id], ["source", from], ["target", to], ["label", token(net.concepts[edge.kind][lang])],
      ["weight", Math.max(1, new Set(edge.claims).size)], ["kind", kindOf(from, to, edge.kind)]])}>${
      attributes([["link", edge.kind], ["status", edge.status], ["claims", edge.claims.join(" ")],
        ["evidence", edge.evidence.join(" ")]])}${spells(edge.dates)}${tint(color.color)}<viz:thickness value="${width}"/></edge>`;
  });
  const mode = there.some(({ id }) => net.edges[id].dates.length)
    ? 'mode="dynamic" timeformat="date" timerepresentation="interval"' : 'mode="static"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" ` +
    `version="1.3"><meta><creator>ZoneKG</creator><description>${
      xml([titles[lang], net.sources[lang], net.dataset].filter(Boolean).join("\n"))}</description></meta>` +
    `<graph defaultedgetype="undirected" idtype="string" ${mode}>` +
    `${declared("node", ["label_zh", "label_en", "kind", "named"])}${
      declared("edge", ["link", "status", "claims", "evidence"])}` +
    `<nodes>${nodeParts.join("\n")}</nodes><edges>${lineParts.join("\n")}</edges></graph></gexf>\n`;
};
