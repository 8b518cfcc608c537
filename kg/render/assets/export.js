// Exports are made here and offered as downloads; what is faded is left out of CSV and GEXF and stays faded in pictures.
const FORMULA = /^[=+\-@\t\r]/;
const XML_WRONG = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const xml = (text) => String(text).replace(XML_WRONG, "\ufffd").replace(/[&<>"'\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
const now = () => {
  const keep = kept();
  const stands = focus(keep);
  return listed(keep, stands);
};
const save = (blob, ending) => {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${net.name.replace(/[^\w.-]+/g, "-") || "network"}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

// The table under the picture, for a spreadsheet: its rows, numbers and words, with the identifiers behind them.
const COLUMNS = ["number", "from", "to", "kind", "status", "claims", "where", "edge-iri", "from-iri", "to-iri",
  "claim-iris", "where-iris"];
const asCsv = () => {
  const shown = now();
  const table = [COLUMNS.map((name) => words[`csv-${name}`][lang])];
  for (const id of net.rows) {
    if (!shown.lines.has(id)) continue;
    const edge = net.edges[id], { from, to } = lineOf.get(id);
    table.push([String(numberOf.get(id)), net.nodes[from][lang], net.nodes[to][lang], net.concepts[edge.kind][lang],
      (edge.status ? net.concepts[edge.status] : words["no-status"])[lang],
      edge.claims.map((iri) => net.claims[iri][lang]).join(" | "),
      edge.evidence.map((iri) => net.evidence[iri][lang]).join(" | "),
      id, from, to, edge.claims.join(" "), edge.evidence.join(" ")]);
  }
  // An apostrophe keeps a spreadsheet from running a cell as a formula; the mark in front tells it the encoding.
  const cell = (text) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\ufeff${table.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
};

// The picture as SVG: what the picture shows now, whole, with title, legend and sources.
const FACE = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif";
const written = (x, y, size, rows, look) => `<text x="${x}" y="${y}" font-size="${size}" ${look}>${rows.map((row, i) =>
  `<tspan x="${x}" dy="${i ? size * 1.2 : 0}">${xml(row)}</tspan>`).join("")}</text>`;
const outline = (node, spot, look) => {
  const corners = node.id.startsWith(DISK) ? "" : net.corners[net.nodes[node.id].kind];
  if (!corners) return `<circle cx="${spot.x}" cy="${spot.y}" r="${node.size}" ${look}/>`;
  const moved = cornersIn(corners)
    .map(([x, y]) => `${(spot.x + x * node.size).toFixed(1)},${(spot.y + y * node.size).toFixed(1)}`);
  return `<polygon points="${moved.join(" ")}" ${look}/>`;
};
// The sign of a mediated link as SVG, half-way along it.
const signMark = (line, [x, y]) => {
  const corners = cornersOf(line.id);
  if (corners === undefined) return "";
  const look = `fill="${colour("--paper")}" stroke="${xml(line.color.color)}" stroke-width="1.6" ` +
    `opacity="${faded(line.id) ? FADED : 1}"`;
  if (!corners) return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${SIGN}" ${look}/>`;
  const moved = cornersIn(corners).map(([dx, dy]) => `${(x + dx * SIGN).toFixed(1)},${(y + dy * SIGN).toFixed(1)}`);
  return `<polygon points="${moved.join(" ")}" ${look}/>`;
};
const stroke = (line, a, b) => {
  const bend = line.smooth && line.smooth.enabled ? line.smooth.roundness * (line.smooth.type === "curvedCW" ? 1 : -1) : 0;
  const [x, y] = [(a.x + b.x) / 2 - (b.y - a.y) * bend, (a.y + b.y) / 2 + (b.x - a.x) * bend];
  const share = signed?.get(line.id) ?? 0.5;
  const on = (from, over, to) => (1 - share) ** 2 * from + 2 * (1 - share) * share * over + share ** 2 * to;
  const dashes = Array.isArray(line.dashes) ? ` stroke-dasharray="${line.dashes.join(" ")}"` : "";
  const look = `stroke="${xml(line.color.color)}" stroke-width="${line.width}" ` +
    `opacity="${faded(line.id) ? FADED : line.color.opacity ?? 1}"${dashes}`;
  const drawn = network.body.edges[line.id], loop = loopOf(drawn);
  if (loop) {
    const spot = pointOn(drawn, share);
    return `<circle cx="${loop.x.toFixed(1)}" cy="${loop.y.toFixed(1)}" r="${loop.radius}" ${look}/>` +
      signMark(line, [spot.x, spot.y]);
  }
  return `<path d="M${a.x} ${a.y}Q${x.toFixed(1)} ${y.toFixed(1)} ${b.x} ${b.y}" ${look}/>` +
    signMark(line, ["x", "y"].map((axis, i) => on(a[axis], [x, y][i], b[axis])));
};
const legendParts = (x, y) => {
  const items = [...document.querySelectorAll(".legend li")];
  let out = "", down = y;
  for (const item of items) {
    const sign = item.querySelector("svg");
    if (sign) {
      const copy = sign.cloneNode(true);
      copy.setAttribute("x", x);
      copy.setAttribute("y", down - 14);
      out += new XMLSerializer().serializeToString(copy).replaceAll("currentColor", colour("--ink"));
    }
    out += written(x + 46, down, 13, [[...item.querySelectorAll(`.${lang}`)].map((e) => e.textContent).join("")],
      `fill="${colour("--ink")}"`);
    down += 22;
  }
  return { out, height: down - y };
};
// `whole`: with title, legend and sources, as a file; without them for the page on paper, which says them itself.
const asSvg = (whole = true) => {
  const drawn = nodes.get();
  const spots = network.getPositions(drawn.map((node) => node.id));
  const boxes = drawn.map((node) => network.getBoundingBox(node.id)).filter(Boolean);
  const edge = (name, pick, start) => boxes.reduce((sum, box) => pick(sum, box[name]), start);
  const [left, top] = [edge("left", Math.min, 0) - 30, edge("top", Math.min, 0) - (whole ? 80 : 20)];
  const legend = legendParts(edge("right", Math.max, 0) + 40, top + 90);
  const width = Math.ceil(edge("right", Math.max, 0) + (whole ? 330 : 30) - left);
  const height = Math.ceil(Math.max(edge("bottom", Math.max, 0) + (whole ? 60 : 20) - top, whole ? legend.height + 120 : 0));
  const [ink, paper] = [colour("--ink"), colour("--paper")];
  const date = new Date().toLocaleDateString("sv");
  const foot = [...viewed.map((label) => label[lang]), net.sources[lang], net.dataset,
    sentence("exported", { date })[lang]];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" ` +
    `height="${height}" font-family="${FACE}"><title>${xml(titles[lang])}</title>` +
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${paper}"/>` +
    (whole ? written(left + 24, top + 36, 22, [titles[lang]], `fill="${ink}" font-weight="600"`) : "") +
    `<g fill="none">${edges.get().filter((line) => spots[line.from] && spots[line.to])
      .map((line) => stroke(line, spots[line.from], spots[line.to])).join("")}</g>` +
    drawn.map((node) => {
      const dashes = node.shapeProperties && node.shapeProperties.borderDashes
        ? ` stroke-dasharray="${node.shapeProperties.borderDashes.join(" ")}"` : "";
      const opacity = faded(node.id) ? FADED : 1;
      // What is faded still lies above its lines.
      return (opacity < 1 ? outline(node, spots[node.id], `fill="${paper}"`) : "") +
        outline(node, spots[node.id], `fill="${xml(node.color.background)}" stroke="${xml(node.color.border)}" ` +
        `stroke-width="${node.borderWidth}" opacity="${opacity}"${dashes}`) +
        written(spots[node.id].x, spots[node.id].y + node.size + 5 + node.font.size, node.font.size, node.label.split("\n"),
          `fill="${node.font.color}" opacity="${opacity}" text-anchor="middle" stroke="${paper}" stroke-width="4" paint-order="stroke"`);
    }).join("") + (whole ? legend.out +
    written(left + 24, top + height - 20, 12, [foot.filter(Boolean).join(" · ")], `fill="${colour("--soft")}"`) : "") +
    "</svg>\n";
};
// A PNG is that SVG drawn twice as large.
const savePng = (svg) => {
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = make("canvas");
    const scale = Math.min(2, 12_000 / Math.max(image.width, image.height)); // browsers refuse larger canvases
    canvas.width = image.width * scale;
    canvas.height = image.height * scale;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, "png"), "image/png");
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
};
const exportAs = (form) => {
  if (form === "csv") save(new Blob([asCsv()], { type: "text/csv" }), "csv");
  else if (form === "gexf") save(new Blob([asGexf()], { type: "application/gexf+xml" }), "gexf");
  else if (form === "svg") save(new Blob([asSvg()], { type: "image/svg+xml" }), "svg");
  else savePng(asSvg());
};
