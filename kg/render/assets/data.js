// What the page was made with, read once, and small makers of elements. Texts from the data only ever become text
// nodes: nothing here parses HTML.
const root = document.documentElement;
const at = (id) => document.getElementById(id);
const read = (id) => JSON.parse(at(id).textContent);
const all = read("nodes-data");
const lines = read("edges-data");
const net = read("facets-data");
const words = read("words-data");
const titles = read("titles-data");
const pathsOf = new Map(lines.map((line) => [line.id, []])); // line → the paths that it is a step of
for (const [path, { steps }] of Object.entries(net.paths)) for (const id of steps) pathsOf.get(id).push(path);
const inLegend = (iri) => net.same[iri] || iri; // what shares a line of the legend shares its tick
const nodeOf = new Map(all.map((node) => [node.id, node]));
const lineOf = new Map(lines.map((line) => [line.id, line]));
const links = new Map(all.map((node) => [node.id, []])); // node → its lines
for (const line of lines) {
  links.get(line.from).push(line.id);
  if (line.to !== line.from) links.get(line.to).push(line.id);
}

// The whole number, 0 or more, that a text of the reader's is; at most so much.
const numberIn = (text, most) => Math.min(most, Math.max(0, Math.floor(Number(text) || 0)));

const make = (tag, ...children) => {
  const element = document.createElement(tag);
  element.append(...children);
  return element;
};
const copies = (element) => [...element.childNodes].map((child) => child.cloneNode(true));
// A text in both languages, as the template writes it: the style sheet shows one.
const both = (label) => {
  const part = (lang, code) => {
    const span = make("span", make("bdi", label[lang]));
    span.className = lang;
    span.lang = code;
    return span;
  };
  const holder = document.createDocumentFragment();
  holder.append(part("zh", "zh-Hans"), part("en", "en"));
  return holder;
};
// One of the page's own sentences, filled in; a value is a text, or one for each language.
const sentence = (name, values = {}) => Object.fromEntries(["zh", "en"].map((lang) =>
  [lang, words[name][lang].replace(/\{(\w+)\}/g, (_, key) => {
    const value = values[key];
    return typeof value === "object" ? value[lang] : String(value);
  })]));
const action = (label, data) => {
  const button = make("button", both(label));
  button.type = "button";
  Object.assign(button.dataset, data);
  return button;
};
