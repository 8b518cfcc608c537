// What the graph says, claim by claim, as the panel tells it: built when asked for, from the page's data.
const named = (iris) => ({
  zh: iris.map((iri) => net.concepts[iri].zh).join("、"), en: iris.map((iri) => net.concepts[iri].en).join(", "),
});
const spanned = ([first, last]) => {
  const days = first === last ? first : `${first}–${last}`;
  if (first && last) return { zh: days, en: days };
  return first ? sentence("since", { day: first }) : sentence("until", { day: last });
};
const spans = (dates) => dates.flatMap((dates, i) => [i ? "; " : "", both(spanned(dates))]);
// Status and modality look as their lines do in the picture: what is planned must not pass for what is there.
const badge = (iri, label) => {
  const sign = make("span", both(label));
  sign.className = `badge ${net.strokes[iri]}`;
  return sign;
};
// "目标 目标" says nothing twice: where the class begins with the status, the class alone, as the status looks.
const sortOf = (kind, status) => {
  const [first, second] = [{}, {}];
  for (const lang of ["zh", "en"]) {
    const same = kind[lang].startsWith(status[lang]);
    first[lang] = same ? "" : kind[lang];
    second[lang] = same ? kind[lang] : status[lang];
  }
  return [first, second];
};
const claimFact = (iri) => {
  const claim = net.claims[iri];
  const label = make("div", both(claim));
  label.className = "claim";
  label.dataset.iri = iri;
  const sort = make("div");
  sort.className = "sort";
  const [kind, status] = [net.concepts[claim.kind], net.concepts[claim.status]];
  if (kind && status) {
    const [first, second] = sortOf(kind, status);
    sort.append(both(first), " ", badge(claim.status, second));
  } else if (kind) sort.append(both(kind));
  else if (status) sort.append(badge(claim.status, status));
  const list = make("dl");
  const tell = (name, ...value) => list.append(make("dt", both(words[name])), make("dd", ...value));
  if (claim.amount) tell("amount", both(claim.amount));
  if (claim.printed) tell("printed-form", make("bdi", claim.printed.join("; ")));
  if (claim.dates) tell("years", ...spans([claim.dates]));
  if (claim.certainty) tell("certainty", both(net.concepts[claim.certainty]));
  if (claim.derived) tell("derived", both(named(claim.derived)));
  if (claim.open) tell("open", both(named(claim.open)));
  const item = make("li", label, sort, list, make("ul", ...claim.evidence.map(placed)));
  item.className = "fact";
  return item;
};
const listOf = (children) => {
  const list = make("ol", ...children);
  list.className = "claims";
  return list;
};
// The facts of a node under their heading; what it is called is folded, since that is much and says little.
const factsOf = (id) => {
  const all = net.nodes[id].facts;
  const facts = all.filter((iri) => !net.claims[iri].names);
  const namings = all.filter((iri) => net.claims[iri].names);
  const found = [];
  if (facts.length) {
    found.push(make("h3", both(sentence("facts", { n: facts.length }))), listOf(facts.map(claimFact)));
  }
  if (namings.length) {
    found.push(make("details", make("summary", both(sentence("namings", { n: namings.length }))),
      listOf(namings.map(claimFact))));
  }
  return found;
};
// The claims of a link, and the places that belong to none of them.
const claimsOf = (id) => {
  const { claims, evidence } = net.edges[id];
  const told = new Set(claims.flatMap((iri) => net.claims[iri].evidence));
  const others = evidence.filter((iri) => !told.has(iri)).map(placed);
  if (!claims.length && !others.length) return [];
  return [make("h3", both(sentence("claims-of", { n: claims.length }))), listOf([...claims.map(claimFact), ...others])];
};
// The nodes of a path from its beginning to its end, those side by side together; kind and status are its steps'.
const chain = (path) => {
  const steps = net.paths[path].steps.map((id) => lineOf.get(id));
  const tos = new Set(steps.map((line) => line.to));
  let here = [...new Set(steps.map((line) => line.from).filter((id) => !tos.has(id)))];
  const ordered = [];
  while (here.length && ordered.length <= steps.length) {
    const ends = here;
    ordered.push(ends);
    here = [...new Set(steps.filter((line) => ends.includes(line.from)).map((line) => line.to))];
  }
  const named = (language, between) => ordered.map((ids) => ids.map((id) => net.nodes[id][language]).join(between))
    .join(" – ");
  return { zh: named("zh", "、"), en: named("en", ", ") };
};
const pathsThrough = (id) => {
  const items = pathsOf.get(id).map((path) => {
    const { kind, status } = net.edges[net.paths[path].steps[0]], { certainty } = net.paths[path];
    const sort = make("div", both(net.concepts[kind]));
    sort.className = "sort";
    if (status) sort.append(" ", badge(status, net.concepts[status]));
    if (certainty) sort.append(" ", both(net.concepts[certainty]));
    const item = make("li", make("div", both(chain(path))), sort);
    item.className = "fact";
    return item;
  });
  return items.length ? [make("h3", both(sentence("paths-of", { n: items.length }))), listOf(items)] : [];
};
