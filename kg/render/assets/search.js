// Search: what does not match fades, and the first matches can be chosen from a list.
const search = at("search");
const found = at("found");
const MOST = 8;

const listMatches = () => {
  const text = search.value.trim();
  const ids = matches(text), stating = matchingLines(text, ids.length > 0);
  found.hidden = !text;
  found.replaceChildren(...ids.slice(0, MOST).map((id) => make("li", action(nameOf(id), { node: id }))));
  found.append(...stating.slice(0, MOST).map((id) => {
    const { from, to } = lineOf.get(id);
    return make("li", action(strung([from, to]), { edge: id }));
  }));
  if (text && !ids.length && !stating.length) found.append(make("li", both(words.none)));
};
search.addEventListener("input", () => {
  notice = null;
  state.search = search.value.trim();
  listMatches();
  paint();
});
// All that stands on one place, as if it had been typed.
const searchFor = (place) => {
  clear();
  search.value = place;
  search.dispatchEvent(new Event("input"));
};
search.addEventListener("focus", listMatches);
search.addEventListener("keydown", (event) => {
  const first = found.querySelector("button");
  if (event.key === "Enter" && first) first.click();
  else if (event.key === "ArrowDown" && first) first.focus();
  else return;
  event.preventDefault();
});
found.addEventListener("keydown", (event) => {
  const item = event.target.closest("li");
  const next = event.key === "ArrowDown" ? item.nextElementSibling : event.key === "ArrowUp" ? item.previousElementSibling
    : null;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  (next ? next.firstElementChild : event.key === "ArrowUp" ? search : item.firstElementChild).focus();
  event.preventDefault();
});
addEventListener("pointerdown", (event) => { if (!event.target.closest(".find")) found.hidden = true; });
addEventListener("focusin", (event) => { if (!event.target.closest(".find")) found.hidden = true; });
