// The card of a node, and the sentences behind a line, a fact or a path.

const card = document.getElementById("card");

function openCard(...content) {
  const close = h("button", { type: "button", class: "close", "aria-label": "Close details", onclick: () => app.clear() }, "\u00d7");
  card.replaceChildren(h("div", {}, close, content));
  card.hidden = false;
  card.scrollTop = 0;
}

function nodeButton(index, text = NODES[index].name) {
  const node = NODES[index];
  return h("button", { type: "button", class: "link", onclick: () => app.select(node, { center: true }) }, name(text));
}

function endPart(end) {
  return Number.isInteger(end) ? nodeButton(end) : h("span", {}, "\u201c", words(end.value), "\u201d");
}

function showNode(node) {
  const positions = node.facts.filter((fact) => fact.relation === "holdsPosition").sort(byTime);
  const others = node.facts.filter((fact) => fact.relation !== "holdsPosition" && state.relations.has(fact.relation));
  const hiddenFacts = node.facts.filter((fact) => !shown.includes(fact)).length;
  openCard(
    h("h2", {}, name(node.name)),
    h("p", { class: "kind" }, classSign(node.type), " ", plain(DATA.classes[node.type].label), ` \u00b7 ${count(node.facts.length, "fact")}`, hiddenFacts ? ` (${hiddenFacts} filtered out)` : ""),
    actions(node),
    section("Other names", node.aliases.map((alias) => name(alias))),
    section("Links", node.links.map((address) => link(address, address.replace(/^https?:\/\/(www\.)?/, "")))),
    section("Positions over time", positions.map((fact) => factRow(fact, node))),
    section("Facts", others.sort(byTime).map((fact) => factRow(fact, node))),
    section("Also held by", heldByOthers(node).map((fact) => factRow(fact, null))),
    section("Also named in", node.also.map((fact) => factRow(fact, null)))
  );
}

/** An office is drawn once for each holder: the facts of the others. */
function heldByOthers(node) {
  return NODES.filter((other_) => other_.id === node.id && other_ !== node).flatMap((other_) => other_.facts);
}

function byTime(a, b) {
  const key = (fact) => (fact.time && (fact.time.start || fact.time.end)) || "~";
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.index - b.index;
}

/** A titled list of at most fifty rows; a button shows the rest. */
function section(title, rows) {
  if (!rows.length) return [];
  const list = h("ul", { class: "rows" }, ...rows.slice(0, 50).map((row) => h("li", {}, row)));
  const more = rows.length > 50 && h("button", { type: "button", class: "plain", onclick: () => (list.append(...rows.slice(50).map((row) => h("li", {}, row))), more.remove()) }, `${rows.length - 50} more`);
  return [h("h3", {}, title), list, more];
}

function actions(node) {
  if (node.x === undefined) return [];
  const button = (text, action, title) => h("button", { type: "button", class: "plain", title, onclick: action }, text);
  return h(
    "div",
    { class: "buttons" },
    button("Only neighbours", () => app.only(node), "Show this entity and what it is linked with"),
    button("Expand", () => app.expand(node), "Show everything it is linked with"),
    button("Collapse", () => app.collapse(node), "Hide neighbours that hang on it alone"),
    button("Path to \u2026", () => app.startPath(node), "Find the shortest way to another entity")
  );
}

function factRow(fact, node) {
  const outward = !node || fact.subject === node.index;
  const text = outward ? [node ? "" : nodeButton(fact.subject), " ", DATA.relations[fact.relation].label, " ", endPart(fact.object)] : [nodeButton(fact.subject), " ", DATA.relations[fact.relation].label, " ", name(node.name)];
  const details = [timeText(fact.time), fact.place !== null ? "in " + endText(fact.place) : "", fact.theme !== null ? endText(fact.theme) : ""].filter(Boolean).join(", ");
  const words_ = [details && h("span", { class: "meta" }, ` ${details}`), h("br", {}), statusPart(fact), " \u00b7 ", h("button", { type: "button", class: "link", "aria-label": `Sentence: ${factText(fact)}`, onclick: () => app.showFact(fact) }, count(fact.evidence.length, "sentence"))];
  return [...text, ...words_];
}

function statusPart(fact) {
  const speaker = saidBy(fact);
  return h("span", { class: `meta status ${fact.status}` }, statusText(fact), speaker ? [" by ", h("bdi", {}, speaker)] : "", ` \u00b7 ${fact.confidence.toFixed(2)}`);
}

/** The facts of a line, each with its sentences. */
function showLine(line) {
  const arrow = line.directed ? " \u2192 " : " \u2013 ";
  openCard(h("h2", {}, name(NODES[line.source].name), arrow, name(NODES[line.target].name)), h("p", { class: "kind" }, statusSign(line.status), ` ${line.status} \u00b7 ${count(line.shown.length, "fact")}`), legend(), line.shown.map(factBlock));
}

function showFactCard(fact) {
  openCard(h("h2", {}, name(factText(fact))), legend(), factBlock(fact));
}

function showPath(nodes, lines) {
  const hops = lines.map((line, i) => [h("h3", {}, `${i + 1}. `, name(NODES[nodes[i]].name), " \u2013 ", name(NODES[nodes[i + 1]].name)), line.shown.map(factBlock)]);
  const names = nodes.flatMap((index, i) => [i ? " \u2013 " : "", nodeButton(index)]);
  openCard(h("h2", {}, `Path of ${count(lines.length, "step")}`), h("p", { class: "kind" }, names), legend(), ...hops.flat());
}

function legend() {
  const entry = (kind, label) => h("span", {}, h("mark", { class: kind }, label));
  return h("p", { class: "key", "aria-label": "Marks in the sentences" }, entry("subject", "subject"), entry("object", "object"), entry("trigger", "what says it"), entry("cue", "status, time, place"));
}

/** A fact with all that is known of it, and its sentences. */
function factBlock(fact) {
  const speaker = fact.speaker !== null ? nodeButton(fact.speaker) : fact.hearsay ? "somebody unnamed" : null;
  const quantity = fact.quantity && [fact.quantity.bound && fact.quantity.bound !== "exact" ? fact.quantity.bound : "", fact.quantity.value, fact.quantity.unit || ""].filter(Boolean).join(" ");
  const pairs = [
    ["status", h("span", { class: `status ${fact.status}` }, statusText(fact))],
    ["speaker", speaker],
    ["confidence", fact.confidence.toFixed(2)],
    ["time", fact.time && `${timeText(fact.time)}${fact.time.basis === "dateline" ? " (by the date line)" : ""}`],
    ["place", fact.place !== null && endPart(fact.place)],
    ["about", fact.theme !== null && endPart(fact.theme)],
    ["number", quantity && plain(quantity)],
    ["sources", fact.sources],
    ["fact", h("code", {}, fact.id)],
  ];
  const rows = pairs.filter(([, value]) => value !== null && value !== false && value !== undefined && value !== "").flatMap(([key, value]) => [h("dt", {}, key), h("dd", {}, value)]);
  return h("section", { class: "fact", "aria-label": factText(fact) }, h("p", { class: "says" }, nodeButton(fact.subject), ` ${DATA.relations[fact.relation].label} `, endPart(fact.object)), h("dl", { class: "pairs" }, rows), fact.evidence.map(sentence));
}

/** A sentence in its context; the words that fill the roles are marked. */
function sentence(evidence) {
  const passage = DATA.passages[evidence.passage];
  const doc = DATA.documents[passage.document];
  const [start, end] = evidence.quote;
  const marks = evidence.marks.filter(([, from, to]) => to > from);
  const about = [doc.title && doc.title !== doc.id ? doc.title : doc.id, doc.publisher, doc.published && doc.published.slice(0, 10)].filter(Boolean).map(plain).join(" \u00b7 ");
  const cuts = [...new Set([0, start, end, passage.text.length, ...marks.flatMap(([, from, to]) => [from, to])])].sort((a, b) => a - b);
  const pieces = cuts.slice(0, -1).map((from, i) => piece(passage.text, from, cuts[i + 1], start, end, marks));
  return h("figure", {}, h("blockquote", { tabindex: 0, "aria-label": `From ${about}` }, passage.whole ? "" : h("span", { class: "meta" }, "(text not kept) "), pieces), h("figcaption", { class: "meta" }, doc.url ? link(doc.url, about) : h("bdi", {}, about), ` \u00b7 ${evidence.rule}`));
}

function piece(text, from, to, start, end, marks) {
  const kinds = [...new Set(marks.filter(([, a, b]) => a <= from && to <= b).map(([kind]) => (["subject", "object", "trigger"].includes(kind) ? kind : "cue")))];
  const inner = kinds.reduce((content, kind) => h("mark", { class: kind, title: kind === "trigger" ? "what says it" : kind }, content), words(text.slice(from, to)));
  return from >= start && to <= end ? h("span", { class: "quote" }, inner) : inner;
}
