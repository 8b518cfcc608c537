// "Says who?": the reader brings the source's text, the page checks its digest and shows each sentence beside the
// place it is cited from. The page itself holds positions and digests only, and the text goes nowhere.
const encoder = new TextEncoder();

// As the index counts: no byte order mark, LF line ends. Null where it is a folder, or the bytes are not UTF-8.
const textOf = async (file) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()).replace(/\r\n?/g, "\n");
  } catch {
    return null;
  }
};
const quote = (passage, points) => {
  const text = passage.ranges.map(([start, end]) => points.slice(start, end).join("")).join("");
  if (sha256(encoder.encode(text)) !== passage.sha256) return null;
  return text;
};
const sentences = new Map(); // passage → its words, null where these do not have the digest
const quoteIn = (element) => {
  for (const place of sentences.size ? element.querySelectorAll("[data-passage]") : []) {
    const iri = place.dataset.passage;
    if (!sentences.has(iri)) continue;
    place.querySelector("blockquote")?.remove();
    const text = sentences.get(iri);
    const block = make("blockquote", text === null ? both(words["passage-wrong"]) : text);
    if (text !== null) block.lang = "zh-Hans";
    place.append(block);
  }
};
// How many passages can be shown.
const showSentences = (passages, points) => {
  for (const [iri, passage] of Object.entries(passages)) sentences.set(iri, quote(passage, points));
  for (const kind of ["edge", "node"]) for (const row of rows[kind].values()) quoteIn(row);
  return Object.keys(passages).filter((iri) => sentences.get(iri) !== null).length;
};
// What it says of a file that shows nothing: an earlier one is not taken back.
const notTaken = (name) => {
  const more = [...sentences.values()].some((text) => text !== null) ? words["text-still"] : { zh: "", en: "" };
  return { zh: words[name].zh + more.zh, en: words[name].en + more.en };
};
const bring = async (file) => {
  const text = await textOf(file);
  if (text === null) notice = notTaken("text-broken");
  else if (!Object.keys(net.passages).length) notice = words["text-none"];
  else {
    const digest = sha256(encoder.encode(text));
    const about = Object.values(net.passages).find((passages) => passages.sha256 === digest);
    if (about) {
      // Positions count code points, JavaScript's strings count units of 16 bits.
      const n = showSentences(about.passages, Array.from(text));
      notice = sentence("text-right", { n });
      if (state.node || state.edge) show();
    } else {
      notice = notTaken("text-wrong");
    }
  }
  paint();
};

at("text").addEventListener("change", (event) => {
  if (event.target.files.length) bring(event.target.files[0]);
  event.target.value = ""; // so that the same file can be brought again
});
// Without these the browser would leave the page for the file.
let dragged = 0;
const dropping = (on) => {
  dragged = on;
  root.classList.toggle("dropping", dragged > 0);
};
addEventListener("dragenter", (event) => { event.preventDefault(); dropping(dragged + 1); });
addEventListener("dragleave", () => dropping(Math.max(0, dragged - 1)));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  dropping(0);
  if (event.dataTransfer?.files.length) bring(event.dataTransfer.files[0]);
});
