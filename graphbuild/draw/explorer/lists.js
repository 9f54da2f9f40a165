// The same as the drawing, as tables: what is shown can be read without seeing it.

const PAGE = 200;

function buildFactTable() {
  const rows = shown.map((fact) => () => h("tr", {},
    h("td", {}, nodeButton(fact.subject)),
    h("td", {}, h("button", { type: "button", class: "link", onclick: () => app.showFact(fact), "aria-label": `Sentence: ${factText(fact)}` }, DATA.relations[fact.relation].label)),
    h("td", {}, endPart(fact.object)),
    h("td", {}, h("span", { class: `status ${fact.status}` }, statusText(fact)), saidBy(fact) ? [" by ", h("bdi", {}, saidBy(fact))] : ""),
    h("td", {}, [timeText(fact.time), fact.place !== null ? endText(fact.place) : ""].filter(Boolean).join(", ")),
    h("td", { class: "number" }, fact.confidence.toFixed(2)),
    h("td", { class: "number" }, fact.evidence.length)
  ));
  fill("view-facts", `${count(shown.length, "fact")} shown of ${FACTS.length.toLocaleString("en")}. A relation opens its sentences.`, ["subject", "relation", "object", "status", "when, where", "conf.", "sentences"], rows);
}

function buildEntityTable() {
  const degree = new Map();
  for (const line of view.lines) for (const end of new Set([line.source, line.target])) degree.set(end, (degree.get(end) || 0) + 1);
  const numbers = shown.reduce((all, fact) => {
    for (const end of new Set([fact.subject, fact.object].filter(Number.isInteger))) all.set(end, (all.get(end) || 0) + 1);
    return all;
  }, new Map());
  const ranked = [...view.nodes].sort((a, b) => numbers.get(b.index) - numbers.get(a.index) || (a.label < b.label ? -1 : 1));
  const rows = ranked.map((node) => () => h("tr", {},
    h("td", {}, nodeButton(node.index, node.label)),
    h("td", {}, classSign(node.type), " ", plain(DATA.classes[node.type].label)),
    h("td", { class: "number" }, numbers.get(node.index) || 0),
    h("td", { class: "number" }, degree.get(node.index) || 0),
    h("td", {}, node.aliases.map(plain).join(", "))
  ));
  fill("view-entities", `${count(view.nodes.length, "entity", "entities")} shown`, ["entity", "class", "facts", "links", "other names"], rows);
}

/** Fill a view with a table, a page at a time. */
function fill(id, caption, heads, rows) {
  const body = h("tbody", {});
  const more = h("button", { type: "button", class: "plain" });
  const grow = () => {
    const from = body.childElementCount;
    body.append(...rows.slice(from, from + PAGE).map((row) => row()));
    more.hidden = body.childElementCount >= rows.length;
    more.textContent = `Show ${Math.min(PAGE, rows.length - body.childElementCount)} more of ${(rows.length - body.childElementCount).toLocaleString("en")}`;
  };
  more.addEventListener("click", grow);
  const numeric = new Set(["conf.", "sentences", "facts", "links"]);
  const table = h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col", class: numeric.has(head) ? "number" : null }, head)))), body);
  document.getElementById(id).replaceChildren(h("div", { class: "table" }, table, more));
  grow();
}

/** What a search finds: entities by name, then facts by their words. */
function search(text) {
  const wanted = folded(text).split(" ").filter((part) => part && part !== "\u00b7");
  if (!wanted.length) return [];
  const fits = (words_) => wanted.every((part) => words_.includes(part));
  const found = NODES.filter((node) => [node.label, node.name, ...node.aliases].some((alias) => fits(folded(alias))));
  const rank = (node) => (folded(node.name) === folded(text) ? 0 : folded(node.name).startsWith(wanted[0]) ? 1 : 2);
  found.sort((a, b) => rank(a) - rank(b) || b.weight - a.weight || a.index - b.index);
  const facts = found.length >= 8 ? [] : FACTS.filter((fact) => fits(folded(factText(fact)))).slice(0, 6);
  return [...found.slice(0, 8).map((node) => ({ node })), ...facts.map((fact) => ({ fact }))];
}
