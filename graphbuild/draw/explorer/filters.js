// What is shown: facts that pass every filter, and the nodes that are their ends.

const state = {
  classes: new Set(Object.keys(DATA.classes)),
  relations: new Set(Object.keys(DATA.relations)),
  statuses: new Set(Object.keys(DATA.statuses)),
  confidence: 0,
  document: null,
  from: null,
  to: null,
  undated: true,
  hidden: new Set(),
};

/** The facts that are shown, in the order of the list. */
let shown = [];

/** Days at which a dated fact begins or ends, in order: the steps of the time slider. */
const STEPS = [...new Set(FACTS.flatMap((fact) => (fact.days || []).filter((day) => day !== null)))].sort((a, b) => a - b);

function passes(fact) {
  return (
    state.relations.has(fact.relation) &&
    state.statuses.has(fact.status) &&
    fact.confidence >= state.confidence &&
    (state.document === null || fact.documents.has(state.document)) &&
    inTime(fact) &&
    endPasses(fact.subject) &&
    (!Number.isInteger(fact.object) || endPasses(fact.object))
  );
}

function inTime(fact) {
  if (state.from === null) return true;
  if (!fact.days) return state.undated;
  const [start, end] = fact.days;
  return (start === null || start <= state.to) && (end === null || end >= state.from);
}

function endPasses(end) {
  return state.classes.has(NODES[end].type) && !state.hidden.has(end);
}

/** Apply the filters: work out the facts, lines and nodes that are shown. */
function sift() {
  shown = FACTS.filter(passes);
  const kept = new Set(shown);
  for (const line of LINES) line.shown = line.facts.filter((fact) => kept.has(fact));
  view.lines = LINES.filter((line) => line.shown.length);
  const ends = new Set(shown.flatMap((fact) => (Number.isInteger(fact.object) ? [fact.subject, fact.object] : [fact.subject])));
  view.nodes = [...ends].sort((a, b) => a - b).map((i) => NODES[i]);
  view.tree = d3.quadtree(view.nodes, (node) => node.x, (node) => node.y);
}

function reset() {
  Object.assign(state, { classes: new Set(Object.keys(DATA.classes)), relations: new Set(Object.keys(DATA.relations)), statuses: new Set(Object.keys(DATA.statuses)) });
  Object.assign(state, { confidence: 0, document: null, undated: true, hidden: new Set(), from: STEPS.length ? STEPS[0] : null, to: STEPS.length ? STEPS[STEPS.length - 1] : null });
}

/** Build the column of filters; `changed` is called whenever one is moved. */
function buildFilters(changed) {
  const tally = (key) => FACTS.reduce((all, fact) => all.set(key(fact), (all.get(key(fact)) || 0) + 1), new Map());
  const statuses = tally((fact) => fact.status);
  const relations = tally((fact) => fact.relation);
  const ends = new Set(FACTS.flatMap((fact) => [fact.subject, fact.object].filter(Number.isInteger)));
  const classes = [...ends].reduce((all, i) => all.set(NODES[i].type, (all.get(NODES[i].type) || 0) + 1), new Map());
  const families = new Map();
  for (const name of relations.keys()) families.set(DATA.relations[name].family, [...(families.get(DATA.relations[name].family) || []), name]);
  const panel = document.getElementById("filters");
  panel.replaceChildren(
    heading("Class", () => toggleAll(state.classes, Object.keys(DATA.classes), changed)),
    ...Object.keys(DATA.classes).filter((type) => classes.has(type)).map((type) => option(state.classes, type, DATA.classes[type].label, classes.get(type), classSign(type), changed)),
    heading("Status", null),
    ...Object.keys(DATA.statuses).filter((status) => statuses.has(status)).map((status) => option(state.statuses, status, status, statuses.get(status), statusSign(status), changed)),
    heading("Confidence", null),
    confidenceSlider(changed),
    heading("Relation", () => toggleAll(state.relations, Object.keys(DATA.relations), changed)),
    ...[...families.keys()].sort().map((family) => familyOf(family, families.get(family), relations, changed)),
    heading("Document", null),
    documentChoice(changed),
    h("p", {}, h("button", { type: "button", class: "plain", id: "reset", onclick: () => (reset(), buildFilters(changed), buildTimeline(changed), changed()) }, "Reset all filters"))
  );
}

function heading(text, all) {
  return h("h2", {}, text, all && h("button", { type: "button", onclick: all, "aria-label": `All or none: ${text}` }, "all / none"));
}

function toggleAll(chosenOnes, every, changed) {
  const full = every.every((item) => chosenOnes.has(item));
  chosenOnes.clear();
  if (!full) every.forEach((item) => chosenOnes.add(item));
  buildFilters(changed);
  changed();
}

function option(chosenOnes, value, label, number, sign, changed) {
  const box = h("input", { type: "checkbox", value, onchange: () => (box.checked ? chosenOnes.add(value) : chosenOnes.delete(value), changed()) });
  box.checked = chosenOnes.has(value);
  return h("label", { class: "option" }, box, sign, h("span", {}, plain(label)), h("span", { class: "number" }, number.toLocaleString("en")));
}

function familyOf(family, names, numbers, changed) {
  const rows = names.sort((a, b) => numbers.get(b) - numbers.get(a)).map((relation) => option(state.relations, relation, DATA.relations[relation].label, numbers.get(relation), null, changed));
  const total = names.reduce((sum, relation) => sum + numbers.get(relation), 0);
  const few = Object.keys(DATA.relations).length <= 14;
  return h("details", { open: few || names.some((relation) => !state.relations.has(relation)) }, h("summary", {}, `${family} (${total.toLocaleString("en")})`), ...rows);
}

function confidenceSlider(changed) {
  const told = h("output", {}, state.confidence.toFixed(2));
  const slider = h("input", { type: "range", min: 0, max: 1, step: 0.05, value: state.confidence, id: "confidence", "aria-label": "Least confidence", oninput: () => ((state.confidence = Number(slider.value)), (told.textContent = state.confidence.toFixed(2)), changed()) });
  return h("div", {}, slider, h("span", { class: "meta" }, "at least ", told));
}

function documentChoice(changed) {
  const label = (doc) => plain([doc.title || doc.id, doc.published ? `(${doc.published.slice(0, 10)})` : ""].join(" "));
  const options = DATA.documents.map((doc, i) => h("option", { value: i, selected: state.document === i }, label(doc)));
  const choice = h("select", { id: "document", "aria-label": "Document", onchange: () => ((state.document = choice.value === "" ? null : Number(choice.value)), changed()) }, h("option", { value: "" }, `All ${count(DATA.documents.length, "document")}`), ...options);
  return choice;
}

/** Build the time slider with its histogram; without dated facts there is none. */
function buildTimeline(changed) {
  const box = document.getElementById("timeline");
  box.hidden = STEPS.length < 2;
  if (box.hidden) return;
  const last = STEPS.length - 1;
  const told = h("output", { id: "span" });
  const move = (which, slider, low, high) => {
    const value = Math.min(Math.max(Number(slider.value), low()), high());
    slider.value = value;
    state[which] = STEPS[value];
    retell();
    changed();
  };
  const from = h("input", { type: "range", min: 0, max: last, value: STEPS.indexOf(state.from), id: "from", "aria-label": "From", oninput: () => move("from", from, () => 0, () => Number(to.value)) });
  const to = h("input", { type: "range", min: 0, max: last, value: STEPS.indexOf(state.to), id: "to", "aria-label": "To", oninput: () => move("to", to, () => Number(from.value), () => last) });
  const undated = h("input", { type: "checkbox", id: "undated", onchange: () => ((state.undated = undated.checked), changed()) });
  undated.checked = state.undated;
  const bars = histogram();
  const retell = () => {
    // Where both thumbs lie at one end, the one that can still move lies on top.
    from.style.zIndex = Number(from.value) > last / 2 ? 2 : 1;
    told.textContent = `${isoDay(state.from)} to ${isoDay(state.to)}`;
    [from, to].forEach((slider, i) => slider.setAttribute("aria-valuetext", isoDay(i ? state.to : state.from)));
    for (const bar of bars.children) bar.setAttribute("opacity", Number(bar.dataset.step) >= Number(from.value) && Number(bar.dataset.step) <= Number(to.value) ? 1 : 0.25);
  };
  const without = FACTS.filter((fact) => !fact.days).length;
  box.replaceChildren(bars, told, h("div", { class: "ends" }, from, to), h("label", { class: "option" }, undated, `${without.toLocaleString("en")} undated`));
  retell();
}

/** How many facts begin in each of eighty parts of the scale. */
function histogram() {
  const columns = 80;
  const place = new Map(STEPS.map((day, i) => [day, i]));
  const part = (i) => Math.floor(((i + 0.5) / STEPS.length) * columns);
  const bars = new Array(columns).fill(0);
  for (const fact of FACTS) if (fact.days) bars[part(place.get(fact.days[0] === null ? fact.days[1] : fact.days[0]))]++;
  const most = Math.max(...bars, 1);
  const height = (n) => (n ? 2 + (22 * Math.sqrt(n)) / Math.sqrt(most) : 0);
  const rects = bars.map((n, i) => svg("rect", { x: (i * 100) / columns + 0.1, y: 24 - height(n), width: 100 / columns - 0.2, height: height(n), fill: "var(--accent)", "data-step": Math.round(((i + 0.5) * STEPS.length) / columns - 0.5) }));
  return svg("svg", { viewBox: "0 0 100 24", preserveAspectRatio: "none", "aria-hidden": "true" }, ...rects);
}
