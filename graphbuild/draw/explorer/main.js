// Puts it together: what a person does, and what then changes.

const canvas = document.getElementById("canvas");
const context = canvas.getContext("2d", { alpha: false });
const byId = (id) => document.getElementById(id);
let waiting = 0;
let settling = 0;
let pathFrom = null;
let lastFocus = null;
let photo = null;

/** With more lines than this, a photo is moved instead of painting every frame. */
const MANY = 800;

/**
 * Paint in the next frame. Why: "content" changed, things "move", they came to "rest", or another "ring" is to be drawn.
 * While things move they are painted the fast way, and once more in full when they rest.
 */
function repaint(why = "content") {
  if (why === "content") photo = null;
  if (why !== "ring") {
    clearTimeout(settling);
    view.moving = why === "move";
    if (view.moving) settling = setTimeout(() => repaint("rest"), 140);
  }
  if (!waiting) waiting = requestAnimationFrame(() => ((waiting = 0), paintNow()));
}

function paintNow() {
  const ratio = devicePixelRatio || 1;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (view.lines.length > MANY) showPhoto(ratio);
  else paint(context, { fast: view.moving });
}

/** Move a photo of the graph that reaches beyond the edges of the screen; where it no longer covers the screen, take a new one. */
function showPhoto(ratio) {
  if (!photo || !covers() || (!view.moving && photo.transform.k !== view.transform.k)) photo = takePhoto(ratio);
  const { scale, left, top } = placeOf(photo);
  context.fillStyle = COLOURS.paper;
  context.fillRect(0, 0, view.width, view.height);
  context.drawImage(photo.canvas, left, top, photo.width * scale, photo.height * scale);
  paintRing(context);
}

function placeOf({ transform, margin }) {
  const { k, x, y } = view.transform;
  const scale = k / transform.k;
  const [left, top] = [x - (transform.x + margin) * scale, y - (transform.y + margin) * scale];
  return scale === 1 ? { scale, left: Math.round(left), top: Math.round(top) } : { scale, left, top };
}

function covers() {
  const { scale, left, top } = placeOf(photo);
  return scale > 0.6 && scale < 1.7 && left <= 0 && top <= 0 && left + photo.width * scale >= view.width && top + photo.height * scale >= view.height;
}

function takePhoto(ratio) {
  const { width, height, transform } = view;
  const margin = Math.round(Math.min(450, 0.35 * Math.max(width, height)));
  const taken = { canvas: h("canvas", {}), transform, margin, width: width + 2 * margin, height: height + 2 * margin };
  taken.canvas.width = taken.width * ratio;
  taken.canvas.height = taken.height * ratio;
  const inner = taken.canvas.getContext("2d", { alpha: false });
  inner.scale(ratio, ratio);
  Object.assign(view, { width: taken.width, height: taken.height, transform: d3.zoomIdentity.translate(transform.x + margin, transform.y + margin).scale(transform.k) });
  paint(inner, { ring: false });
  Object.assign(view, { width, height, transform, labels: null });
  return taken;
}

function resize() {
  const box = byId("view-graph").getBoundingClientRect();
  if (!box.width || !box.height) return;
  const ratio = devicePixelRatio || 1;
  const fresh = view.width === 1;
  Object.assign(view, { width: Math.round(box.width), height: Math.round(box.height) });
  canvas.width = Math.round(view.width * ratio);
  canvas.height = Math.round(view.height * ratio);
  readColours();
  if (fresh) {
    standUp();
    fit();
  }
  repaint();
}

const zoom = d3.zoom().scaleExtent([0.02, 8]).filter((event) => !event.button).clickDistance(5).on("zoom", (event) => ((view.transform = event.transform), repaint("move")));
const surface = d3.select(canvas).call(zoom).on("dblclick.zoom", null);

/** On a screen that is higher than wide, a graph that is wider than high is laid on its side. */
function standUp() {
  const [width, height] = ["x", "y"].map((axis) => Math.max(...view.nodes.map((node) => node[axis])) - Math.min(...view.nodes.map((node) => node[axis])));
  if (view.height < view.width * 1.15 || width < height * 1.15) return;
  for (const node of NODES) if (node.x !== undefined) [node.x, node.y] = [node.y, node.x];
  sift();
}

/** Zoom so that all nodes given, or all that are shown, are seen. */
function fit(nodes = view.nodes) {
  if (!nodes.length) return;
  const xs = nodes.map((node) => node.x);
  const ys = nodes.map((node) => node.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const margin = Math.min(110, view.width * 0.12);
  const height = free();
  const k = Math.min(1.6, (view.width - 2 * margin) / Math.max(right - left, 1), (height - Math.min(110, height / 3)) / Math.max(bottom - top, 1));
  surface.call(zoom.transform, d3.zoomIdentity.translate(view.width / 2 - (k * (left + right)) / 2, height / 2 - 8 - (k * (top + bottom)) / 2).scale(k));
}

/** Height of the drawing that no card covers: on narrow screens the card lies over its lower part. */
function free() {
  const sheet = !card.hidden && matchMedia("(max-width: 860px)").matches;
  return sheet ? Math.max(120, card.getBoundingClientRect().top - canvas.getBoundingClientRect().top) : view.height;
}

function reveal(nodes) {
  const { k, x, y } = view.transform;
  const pad = Math.min(60, view.width / 6);
  const seen = nodes.every((node) => inside(node.x * k + x, node.y * k + y, -pad) && node.y * k + y < free() - 40);
  if (seen && k > 0.5) return repaint();
  if (nodes.length > 1) return fit(nodes);
  const scale = Math.max(k, 0.9);
  surface.call(zoom.transform, d3.zoomIdentity.translate(view.width / 2 - scale * nodes[0].x, free() / 2 - scale * nodes[0].y).scale(scale));
}

function changed() {
  sift();
  view.labels = null;
  if (view.line && !view.line.shown.length) view.line = null;
  view.path = null;
  tell();
  if (!byId("view-facts").hidden) buildFactTable();
  if (!byId("view-entities").hidden) buildEntityTable();
  repaint();
}

function tell() {
  const silent = DATA.silent ? ` \u00b7 ${count(DATA.silent, "entity", "entities")} without facts left out` : "";
  byId("count").textContent = `${count(view.nodes.length, "entity", "entities")}, ${count(shown.length, "fact")} of ${FACTS.length.toLocaleString("en")} shown${silent}`;
  byId("empty").hidden = view.nodes.length > 0;
  byId("empty").textContent = FACTS.length ? "No fact passes these filters.\nTake one back, or reset them all." : "This graph has no facts.\nThe documents were read, but nothing that the catalogue describes was found in them.";
}

function hint(text) {
  const box = byId("hint");
  box.textContent = text;
  box.hidden = !text;
}

function briefly(text) {
  hint(text);
  setTimeout(() => byId("hint").textContent === text && hint(""), 5000);
  byId("count").textContent = text;
}

/** What the cards and lists ask for. */
const app = {
  select(node, { center = false, focus = true } = {}) {
    if (pathFrom && node !== pathFrom) return app.endPath(node);
    remember();
    Object.assign(view, { selected: node, line: null, path: null });
    showNode(node);
    afterCard(focus);
    if (node.x !== undefined && !byId("view-graph").hidden && center && view.nodes.includes(node)) reveal([node]);
  },
  showLine(line) {
    remember();
    Object.assign(view, { selected: null, line, path: null });
    showLine(line);
    afterCard(true);
  },
  showFact(fact) {
    remember();
    const line = LINES.find((candidate) => candidate.facts.includes(fact)) || null;
    Object.assign(view, { selected: line ? null : NODES[fact.subject], line: line && line.shown.includes(fact) ? line : null, path: null });
    showFactCard(fact);
    afterCard(true);
    if (view.line && !byId("view-graph").hidden) reveal([NODES[line.source], NODES[line.target]]);
  },
  clear() {
    Object.assign(view, { selected: null, line: null, path: null });
    pathFrom = null;
    hint("");
    card.hidden = true;
    resize();
    (lastFocus && lastFocus.isConnected ? lastFocus : canvas).focus({ preventScroll: true });
  },
  only(node) {
    const kept = new Set([node.index, ...node.facts.flatMap((fact) => [fact.subject, fact.object])]);
    state.hidden = new Set(NODES.filter((candidate) => !kept.has(candidate.index)).map((candidate) => candidate.index));
    changed();
    fit();
    briefly(`${count(view.nodes.length, "entity", "entities")} shown; Reset all filters brings the others back`);
  },
  expand(node) {
    const before = view.nodes.length;
    for (const fact of node.facts) for (const end of [fact.subject, fact.object]) state.hidden.delete(end);
    changed();
    briefly(view.nodes.length > before ? `${count(view.nodes.length - before, "entity", "entities")} more` : "All its neighbours are shown already");
  },
  collapse(node) {
    const neighbours = new Set(node.lines.filter((line) => line.shown.length).map((line) => other(line, node)));
    neighbours.delete(node);
    const leaves = [...neighbours].filter((candidate) => candidate.lines.every((line) => !line.shown.length || other(line, candidate) === node));
    for (const leaf of leaves) state.hidden.add(leaf.index);
    changed();
    briefly(`${leaves.length} hidden, ${neighbours.size - leaves.length} stay: they have other links`);
  },
  startPath(node) {
    pathFrom = node;
    hint(`Path from ${node.label}: choose the other end in the graph, a list or the search. Esc ends.`);
    (byId("view-graph").hidden ? byId("search") : canvas).focus();
  },
  endPath(node) {
    const found = shortestPath(pathFrom, node);
    const from = pathFrom;
    pathFrom = null;
    if (!found) return briefly(`No path from ${from.label} to ${node.label} among the facts shown`);
    hint("");
    remember();
    Object.assign(view, { selected: null, line: null, path: found });
    showPath(found.nodes, found.lines);
    afterCard(true);
    if (!byId("view-graph").hidden) fit(found.nodes.map((index) => NODES[index]));
  },
};

/** Fewest lines from one node to another over what is shown, by breadth. */
function shortestPath(from, to) {
  const before = new Map([[from.index, null]]);
  const queue = [from];
  for (let i = 0; i < queue.length && !before.has(to.index); i++) {
    for (const line of queue[i].lines) {
      const next = other(line, queue[i]);
      if (!line.shown.length || before.has(next.index)) continue;
      before.set(next.index, line);
      queue.push(next);
    }
  }
  if (!before.has(to.index)) return null;
  const path = { nodes: [to.index], lines: [] };
  for (let node = to; before.get(node.index); ) {
    const line = before.get(node.index);
    node = other(line, node);
    path.lines.unshift(line);
    path.nodes.unshift(node.index);
  }
  return path;
}

function remember() {
  if (!card.contains(document.activeElement)) lastFocus = document.activeElement;
}

function afterCard(focus) {
  resize();
  if (focus) card.focus({ preventScroll: true });
}

function showView(which) {
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === which));
  for (const section_ of ["graph", "facts", "entities"]) byId("view-" + section_).hidden = section_ !== which;
  if (which === "facts") buildFactTable();
  if (which === "entities") buildEntityTable();
  if (which === "graph") resize();
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").setAttribute("aria-pressed", String(theme === "dark"));
  readColours();
  repaint();
}

function wirePointer() {
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons) return;
    const node = nodeAt(event.offsetX, event.offsetY);
    canvas.classList.toggle("over", Boolean(node || lineAt(event.offsetX, event.offsetY)));
    if (node !== view.hover) {
      view.hover = node;
      repaint("ring");
    }
  });
  canvas.addEventListener("click", (event) => {
    const node = nodeAt(event.offsetX, event.offsetY);
    const line = !node && lineAt(event.offsetX, event.offsetY);
    if (node) app.select(node);
    else if (line) app.showLine(line);
    else if (!pathFrom && !card.hidden) app.clear();
  });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function wireKeys() {
  canvas.addEventListener("keydown", (event) => {
    if (event.key in ARROWS) step(ARROWS[event.key]);
    else if (event.key === "Enter" && view.hover) app.select(view.hover);
    else if (event.key === "+" || event.key === "=") surface.call(zoom.scaleBy, 1.3);
    else if (event.key === "-") surface.call(zoom.scaleBy, 1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("search").focus();
    }
    if (event.key === "Escape" && !typing) {
      byId("export").open = false;
      byId("filters").classList.remove("open");
      byId("filters-toggle").setAttribute("aria-expanded", "false");
      app.clear();
    }
  });
}

/** Go to the nearest node in a direction, and say which it is. */
function step([dx, dy]) {
  const from = view.hover && view.nodes.includes(view.hover) ? view.hover : view.selected && view.nodes.includes(view.selected) ? view.selected : null;
  if (!view.nodes.length) return;
  let best = null;
  let least = Infinity;
  for (const node of view.nodes) {
    if (node === from) continue;
    const [x, y] = from ? [node.x - from.x, node.y - from.y] : [0, 0];
    const along = x * dx + y * dy;
    const cost = from ? (along > 0 ? along + 2.5 * Math.abs(x * dy - y * dx) : Infinity) : -node.weight;
    if (cost < least) [best, least] = [node, cost];
  }
  if (!best) return;
  view.hover = best;
  byId("count").textContent = `${best.label}, ${DATA.classes[best.type].label}, ${count(best.facts.length, "fact")}. Enter opens the card.`;
  reveal([best]);
}

function wireSearch() {
  const input = byId("search");
  const list = byId("found");
  let hits = [];
  let at_ = 0;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (hit) => {
    close();
    if (hit.node) app.select(hit.node, { center: true });
    else app.showFact(hit.fact);
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at_)));
    if (hits.length) input.setAttribute("aria-activedescendant", "hit-" + at_);
  };
  const show = () => {
    hits = search(input.value);
    at_ = 0;
    const item = ({ node, fact }, i) => h("li", { role: "option", id: "hit-" + i, onpointerdown: (event) => (event.preventDefault(), choose(hits[i])) }, node ? [classSign(node.type), name(node.label), h("small", {}, count(node.facts.length, "fact"))] : [h("span", {}, h("bdi", {}, factText(fact))), h("small", {}, statusText(fact))]);
    list.replaceChildren(...(hits.length ? hits.map(item) : [h("li", { role: "option", "aria-disabled": "true" }, "Nothing found")]));
    list.hidden = !plain(input.value) || plain(input.value) === "\u00b7";
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") at_ = (at_ + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % Math.max(hits.length, 1);
    else if (event.key === "Enter" && hits.length && !list.hidden) return choose(hits[at_]);
    else if (event.key === "Escape") return input.value && !list.hidden ? close() : canvas.focus();
    else return undefined;
    event.preventDefault();
    return mark();
  });
}

function wireButtons() {
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => showView(button.dataset.view));
  const zooms = { in: () => surface.call(zoom.scaleBy, 1.4), out: () => surface.call(zoom.scaleBy, 1 / 1.4), fit: () => fit() };
  for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", zooms[button.dataset.zoom]);
  for (const button of document.querySelectorAll("[data-export]"))
    button.addEventListener("click", () => {
      byId("export").open = false;
      EXPORTS[button.dataset.export]();
    });
  byId("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  byId("filters-toggle").addEventListener("click", () => byId("filters-toggle").setAttribute("aria-expanded", String(byId("filters").classList.toggle("open"))));
}

function start() {
  byId("title").textContent = plain(DATA.title);
  byId("source").textContent = plain(DATA.source);
  reset();
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  buildFilters(changed);
  buildTimeline(changed);
  sift();
  tell();
  wirePointer();
  wireKeys();
  wireSearch();
  wireButtons();
  new ResizeObserver(resize).observe(byId("view-graph"));
  resize();
}

start();
