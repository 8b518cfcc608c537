(() => {
  "use strict";
  const root = document.documentElement;
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const nodes = new vis.DataSet(read("nodes-data"));
  const edges = new vis.DataSet(read("edges-data"));
  const titles = read("titles-data");
  const all = nodes.get();
  const lines = edges.get();
  const picture = document.getElementById("picture");
  const facts = document.getElementById("facts");
  const panel = document.getElementById("panel");
  const hint = facts.firstElementChild;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const rows = (name) => new Map([...document.querySelectorAll(`[data-${name}-row]`)].map((row) =>
    [row.getAttribute(`data-${name}-row`), row]));
  const edgeRows = rows("edge");
  const nodeRows = rows("node");
  const links = new Map(all.map((node) => [node.id, []]));
  for (const line of lines) {
    links.get(line.from).push(line.id);
    if (line.to !== line.from) links.get(line.to).push(line.id);
  }
  // Narrow screens show a row as a card: each cell says its own column.
  for (const table of document.querySelectorAll("table")) {
    const heads = [...table.tHead.rows[0].cells];
    for (const row of table.tBodies[0].rows) {
      heads.forEach((head, i) => {
        row.cells[i].dataset.headZh = head.querySelector(".zh").textContent;
        row.cells[i].dataset.headEn = head.querySelector(".en").textContent;
      });
    }
  }

  // Phones hold the picture upright: the layout for that was computed too.
  let shape = "";
  const arrange = () => {
    const wanted = picture.clientWidth < picture.clientHeight ? "tall" : "wide";
    if (wanted === shape) return false;
    shape = wanted;
    nodes.update(all.map((node) => ({ id: node.id, x: node[shape][0], y: node[shape][1] })));
    return true;
  };
  arrange();

  const network = new vis.Network(picture, { nodes, edges }, read("options-data"));
  const frame = picture.querySelector(".vis-network");
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-describedby", "keys");
  const fit = () => network.fit({ animation: false, maxZoomLevel: 1.3 });
  fit();
  network.once("afterDrawing", () => requestAnimationFrame(fit)); // only then is the size of the labels known
  new ResizeObserver(() => { if (arrange()) requestAnimationFrame(fit); }).observe(picture);
  // The wheel scrolls the page until the picture is in use.
  const wheel = (zoomView) => network.setOptions({ interaction: { zoomView } });
  wheel(false);
  frame.addEventListener("focus", () => wheel(true));
  frame.addEventListener("blur", () => wheel(false));

  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  let chosen = null;
  let lang = "zh";
  const paint = () => {
    const ink = colour("--ink"), paper = colour("--paper"), soft = colour("--line");
    const near = new Set(), nearLines = new Set();
    if (chosen && chosen.kind === "node") {
      near.add(chosen.id);
      for (const id of links.get(chosen.id)) {
        const line = edges.get(id);
        nearLines.add(id);
        near.add(line.from).add(line.to);
      }
    } else if (chosen) {
      const line = edges.get(chosen.id);
      nearLines.add(line.id);
      near.add(line.from).add(line.to);
    }
    nodes.update(all.map((node) => {
      const clear = !chosen || near.has(node.id);
      const font = { size: node.sizes[lang], color: clear ? ink : soft, strokeColor: paper };
      return { id: node.id, opacity: clear ? 1 : 0.25, font };
    }));
    edges.update(lines.map((line) => ({
      id: line.id, color: { ...line.color, opacity: !chosen || nearLines.has(line.id) ? 1 : 0.18 },
    })));
  };

  const say = (wanted) => {
    lang = wanted;
    root.className = `${lang}${chosen ? " chosen" : ""}`;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    document.title = titles[lang];
    frame.setAttribute("aria-label", picture.getAttribute(`data-label-${lang}`));
    for (const button of document.querySelectorAll("[data-lang]")) {
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    }
    nodes.update(all.map((node) => ({ id: node.id, label: node[lang] })));
    paint();
  };

  const make = (tag, ...children) => {
    const element = document.createElement(tag);
    element.append(...children);
    return element;
  };
  const copies = (element) => [...element.childNodes].map((child) => child.cloneNode(true));
  const listed = (row, from = 0) => {
    const heads = row.closest("table").tHead.rows[0].cells;
    const list = make("dl");
    [...row.cells].forEach((cell, i) => {
      if (i < from || !cell.textContent.trim()) return;
      list.append(make("dt", ...copies(heads[i])), make("dd", ...copies(cell)));
    });
    return list;
  };

  const mark = (kind, id) => {
    for (const row of document.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
    chosen = kind ? { kind, id } : null;
    root.classList.toggle("chosen", Boolean(chosen));
    panel.scrollTop = 0;
    paint();
  };
  const clear = () => {
    network.unselectAll();
    mark(null);
    facts.replaceChildren(hint);
  };
  const showEdge = (id) => {
    const row = edgeRows.get(id);
    if (!row) return;
    mark("edge", id);
    network.selectEdges([id]);
    row.classList.add("chosen");
    facts.replaceChildren(listed(row, 1));
  };
  const showNode = (id) => {
    const row = nodeRows.get(id);
    if (!row) return;
    mark("node", id);
    network.selectNodes([id]);
    row.classList.add("chosen");
    const list = make("ol");
    for (const line of links.get(id)) {
      const cells = edgeRows.get(line).cells;
      const other = edgeRows.get(line).dataset.from === id ? cells[2] : cells[1];
      list.append(make("li", ...copies(cells[0]), " ", ...copies(other), " · ", ...copies(cells[3]), " · ",
        ...copies(cells[4]), ...copies(cells[5])));
    }
    facts.replaceChildren(listed(row), list);
  };
  // Bring nodes into view, above the panel where that lies over the picture; leave the picture alone if they are.
  const covered = () => getComputedStyle(panel).position === "fixed" ? picture.clientHeight * 0.45 : 0;
  const look = (ids) => {
    const spots = Object.values(network.getPositions(ids));
    const below = covered();
    const seen = spots.map((spot) => network.canvasToDOM(spot)).every((spot) => spot.x > 30 && spot.y > 30 &&
      spot.x < picture.clientWidth - 30 && spot.y < picture.clientHeight - below - 60);
    if (seen) return;
    const middle = {
      x: spots.reduce((sum, spot) => sum + spot.x, 0) / spots.length,
      y: spots.reduce((sum, spot) => sum + spot.y, 0) / spots.length,
    };
    network.moveTo({ position: middle, offset: { x: 0, y: -below / 2 }, animation: still.matches ? false : { duration: 300 } });
  };
  const zoom = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.1, network.getScale() * factor)) });

  network.on("click", (event) => {
    frame.focus({ preventScroll: true });
    if (event.nodes.length) showNode(event.nodes[0]);
    else if (event.edges.length) showEdge(event.edges[0]);
    else return clear();
    if (covered()) look(network.getSelectedNodes().length ? network.getSelectedNodes()
      : network.getConnectedNodes(network.getSelectedEdges()[0]));
  });
  for (const name of ["Node", "Edge"]) {
    network.on(`hover${name}`, () => picture.classList.add("pointing"));
    network.on(`blur${name}`, () => picture.classList.remove("pointing"));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { tool, node, edge } = button.dataset;
    const below = button.closest("#tables");
    if (button.dataset.lang) say(button.dataset.lang);
    else if (tool === "all") fit();
    else if (tool === "in") zoom(1.3);
    else if (tool === "out") zoom(1 / 1.3);
    else if (tool === "close") { clear(); frame.focus({ preventScroll: true }); }
    else if (node) { showNode(node); look([node]); }
    else if (edge) { showEdge(edge); look([edges.get(edge).from, edges.get(edge).to]); }
    if ((node || edge) && below) picture.scrollIntoView({ block: "center" });
    if (node || edge) panel.focus({ preventScroll: true });
  });

  // One node after another, as one reads: from left to right in the picture.
  const order = [...all].sort((a, b) => a.wide[0] - b.wide[0] || a.wide[1] - b.wide[1]).map((node) => node.id);
  frame.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step && order.length) {
      const at = chosen && chosen.kind === "node" ? order.indexOf(chosen.id) : step > 0 ? -1 : 0;
      const id = order[(at + step + order.length) % order.length];
      showNode(id);
      look([id]);
    } else if (event.key === "Enter") panel.focus();
    else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !chosen) return;
    clear();
    frame.focus({ preventScroll: true });
  });

  dark.addEventListener("change", paint);
  addEventListener("beforeprint", () => { paint(); fit(); network.redraw(); });
  addEventListener("afterprint", paint);
  say(root.classList.contains("en") ? "en" : "zh");
  window.zonekg = { network, nodes, edges };
})();
