// Painting: lines by status, nodes by class, names where there is room. Units are CSS pixels.

/** What is seen: facts and nodes that pass the filters, the zoom, and what stands out. */
const view = { transform: d3.zoomIdentity, width: 1, height: 1, nodes: [], lines: [], tree: null, selected: null, line: null, path: null, hover: null, labels: null, moving: false };
const COLOURS = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const key of ["paper", "ink", "soft", "line", "denied", "outline", "accent", "rule"]) COLOURS[key] = style.getPropertyValue("--" + key).trim();
  COLOURS.em = parseFloat(style.fontSize);
}

function radius(node) {
  const least = Math.min(0.7, Math.max(0.22, 15 / Math.sqrt(view.nodes.length)));
  const zoom = Math.min(1.5, Math.max(least, Math.sqrt(view.transform.k)));
  return ((4 + 1.5 * Math.log2(1 + node.weight)) * zoom * COLOURS.em) / 14;
}

function penWidth(line) {
  const sources = Math.max(...line.shown.map((fact) => fact.sources), 1);
  return (0.9 + Math.min(3, 0.7 * Math.log2(sources))) * Math.min(1.4, Math.max(0.7, Math.sqrt(view.transform.k)));
}

/** Ends and bending point of a line on the screen. */
function course(line) {
  const { k, x, y } = view.transform;
  const a = NODES[line.source];
  const b = NODES[line.target];
  const [x1, y1, x2, y2] = [a.x * k + x, a.y * k + y, b.x * k + x, b.y * k + y];
  if (!line.bend) return { x1, y1, x2, y2, cx: (x1 + x2) / 2, cy: (y1 + y2) / 2 };
  const length = Math.hypot(x2 - x1, y2 - y1);
  const bend = line.bend * Math.min(1.2, Math.max(0.4, k)) * 2;
  const [nx, ny] = length > 1e-6 ? [(y1 - y2) / length, (x2 - x1) / length] : [0, -1];
  return { x1, y1, x2, y2, cx: (x1 + x2) / 2 + nx * bend, cy: (y1 + y2) / 2 + ny * bend };
}

function outside(c) {
  const { width, height } = view;
  return Math.max(c.x1, c.x2, c.cx) < 0 || Math.min(c.x1, c.x2, c.cx) > width || Math.max(c.y1, c.y2, c.cy) < 0 || Math.min(c.y1, c.y2, c.cy) > height;
}

function middle(c) {
  return [(c.x1 + c.x2) / 4 + c.cx / 2, (c.y1 + c.y2) / 4 + c.cy / 2];
}

/** Whether something is chosen that the rest should stand back from. */
function chosen() {
  if (view.path) return { nodes: new Set(view.path.nodes), lines: new Set(view.path.lines) };
  if (view.line) return { nodes: new Set([view.line.source, view.line.target]), lines: new Set([view.line]) };
  if (!view.selected || view.selected.x === undefined) return null;
  const lines = view.selected.lines.filter((line) => line.shown.length);
  return { nodes: new Set([view.selected.index, ...lines.map((line) => other(line, view.selected).index)]), lines: new Set(lines) };
}

/** Paint everything; `fast` leaves out what takes long and is not missed while things move, `ring` is drawn around what is chosen. */
function paint(context, { fast = false, ring = true } = {}) {
  const focus = chosen();
  context.globalAlpha = 1;
  context.fillStyle = COLOURS.paper;
  context.fillRect(0, 0, view.width, view.height);
  const seen = [];
  for (const line of view.lines) {
    const c = course(line);
    if (!outside(c)) seen.push([line, c]);
  }
  const [front, back] = [seen.filter(([line]) => focus && focus.lines.has(line)), focus ? seen.filter(([line]) => !focus.lines.has(line)) : seen];
  paintLines(context, back, focus ? 0.16 : view.lines.length > 900 ? 0.55 : 0.85, fast);
  paintLines(context, front, 1, fast);
  const { k, x, y } = view.transform;
  const visible = view.nodes.filter((node) => inside(node.x * k + x, node.y * k + y, 30));
  paintNodes(context, focus ? visible.filter((node) => !focus.nodes.has(node.index)) : visible, focus ? 0.22 : 1);
  if (focus) paintNodes(context, visible.filter((node) => focus.nodes.has(node.index)), 1);
  if (ring) paintRing(context);
  paintLabels(context, visible, front.length ? front : (k > 0.75 || seen.length < 120) && !fast ? seen : [], focus, fast);
}

function inside(x, y, margin) {
  return x > -margin && y > -margin && x < view.width + margin && y < view.height + margin;
}

/** Lines of one look are stroked together, in portions: a rasteriser is slow with very long paths. */
function paintLines(context, seen, alpha, fast) {
  const groups = new Map();
  for (const [line, c] of seen) {
    const width = Math.round(penWidth(line) * 2) / 2;
    const key = line.status + width;
    if (!groups.has(key)) groups.set(key, { status: line.status, width, courses: [] });
    groups.get(key).courses.push([line, c]);
  }
  context.globalAlpha = alpha;
  context.lineJoin = "round";
  for (const { status, width, courses } of groups.values()) {
    const pen = DATA.statuses[status];
    context.strokeStyle = context.fillStyle = pen.crossed ? COLOURS.denied : COLOURS.line;
    context.lineWidth = width;
    context.setLineDash(pen.dashes.map((d) => d * Math.max(1.3, width)));
    for (let from = 0; from < courses.length; from += 24) strokeCourses(context, courses.slice(from, from + 24));
    context.setLineDash([]);
    if (pen.crossed) paintCrosses(context, courses);
    if (!fast || courses.length < 400) paintArrows(context, courses, width);
  }
  context.globalAlpha = 1;
}

function strokeCourses(context, courses) {
  context.beginPath();
  for (const [line, c] of courses) {
    context.moveTo(c.x1, c.y1);
    if (line.source === line.target) context.bezierCurveTo(c.x1 - 40, c.cy, c.x1 + 40, c.cy, c.x2, c.y2);
    else if (line.bend) context.quadraticCurveTo(c.cx, c.cy, c.x2, c.y2);
    else context.lineTo(c.x2, c.y2);
  }
  context.stroke();
}

/** Half of the cross of a denied line, and how far along the line it lies. */
const CROSS_AT = 0.28;
function crossArm() {
  return 4 * Math.min(1, Math.max(0.45, 1.4 * Math.sqrt(view.transform.k)));
}

function paintCrosses(context, courses) {
  const arm = crossArm();
  context.lineWidth = 0.45 * arm;
  context.beginPath();
  for (const [, c] of courses) {
    const [x, y] = at(c, CROSS_AT);
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x + arm, y - arm);
    context.lineTo(x - arm, y + arm);
  }
  context.stroke();
}

function at(c, t) {
  const [a, b, d] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  return [a * c.x1 + b * c.cx + d * c.x2, a * c.y1 + b * c.cy + d * c.y2];
}

function paintArrows(context, courses, width) {
  const size = (5 + 1.4 * width) * Math.min(1, Math.max(0.4, 1.4 * Math.sqrt(view.transform.k)));
  context.beginPath();
  for (const [line, c] of courses) {
    const length = Math.hypot(c.x2 - c.cx, c.y2 - c.cy);
    if (!line.directed || length < size + 4) continue;
    const [ux, uy] = [(c.x2 - c.cx) / length, (c.y2 - c.cy) / length];
    const back = radius(NODES[line.target]) + 1;
    const [tx, ty] = [c.x2 - ux * back, c.y2 - uy * back];
    context.moveTo(tx, ty);
    context.lineTo(tx - ux * size - uy * size * 0.42, ty - uy * size + ux * size * 0.42);
    context.lineTo(tx - ux * size + uy * size * 0.42, ty - uy * size - ux * size * 0.42);
    context.closePath();
  }
  context.fill();
}

function paintNodes(context, nodes, alpha) {
  const { k, x, y } = view.transform;
  const classes = new Map();
  for (const node of nodes) classes.set(node.type, [...(classes.get(node.type) || []), node]);
  context.globalAlpha = alpha;
  context.strokeStyle = COLOURS.outline;
  context.lineWidth = 1;
  for (const [type, members] of classes) {
    const sign = DATA.classes[type];
    context.fillStyle = sign.colour;
    for (let from = 0; from < members.length; from += 40) {
      context.beginPath();
      for (const node of members.slice(from, from + 40)) traceMarker(context, sign.marker, node.x * k + x, node.y * k + y, radius(node));
      context.fill();
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

function paintRing(context) {
  const { k, x, y } = view.transform;
  for (const node of new Set([view.selected, view.hover])) {
    if (!node || node.x === undefined || !view.nodes.includes(node)) continue;
    context.strokeStyle = COLOURS.accent;
    context.lineWidth = node === view.selected ? 2.5 : 1.5;
    context.beginPath();
    const r = radius(node) * 1.2 + 4;
    context.moveTo(node.x * k + x + r, node.y * k + y);
    context.arc(node.x * k + x, node.y * k + y, r, 0, TURN);
    context.stroke();
  }
}

/** Names of nodes and labels of lines; none is set over another, the most important are set first. */
function paintLabels(context, visible, lines, focus, fast) {
  const placed = fast && view.labels ? view.labels.filter(({ node }) => !node || visible.includes(node)) : placeLabels(context, visible, lines, focus);
  if (!fast) view.labels = placed;
  const { k, x, y } = view.transform;
  context.textAlign = "center";
  context.lineJoin = "round";
  for (const label of placed) {
    if (fast && !label.node) continue;
    const [cx, cy] = label.node ? [label.node.x * k + x + label.dx, label.node.y * k + y + label.dy] : [label.x, label.y];
    context.globalAlpha = label.faint ? 0.3 : 1;
    context.font = label.font;
    context.strokeStyle = COLOURS.paper;
    context.lineWidth = 3;
    context.setLineDash([]);
    if (!fast) context.strokeText(label.text, cx, cy);
    context.fillStyle = label.node ? COLOURS.ink : COLOURS.soft;
    context.fillText(label.text, cx, cy);
  }
  context.globalAlpha = 1;
}

function placeLabels(context, visible, lines, focus) {
  const { k, x, y } = view.transform;
  const taken = new Shelf(COLOURS.em * 4);
  const placed = [];
  const family = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
  const size = COLOURS.em * Math.min(1.05, Math.max(0.82, 0.86 * Math.sqrt(k)));
  const near = (node) => (focus && focus.nodes.has(node.index) ? 1 : 0);
  const ranked = [...visible].sort((a, b) => near(b) - near(a) || b.weight - a.weight || a.index - b.index);
  // In a crowd a name may cover small nodes: else no name could be set at all.
  for (const node of visible.length > 300 ? ranked.slice(0, 60) : visible) taken.add(node.x * k + x, node.y * k + y, radius(node) * 1.8, radius(node) * 1.8);
  for (const node of ranked.slice(0, 700)) {
    const font = `${near(node) || node.weight > 6 ? "600 " : ""}${size.toFixed(1)}px ${family}`;
    context.font = font;
    const text = cut(node.label);
    const width = context.measureText(text).width;
    const [cx, cy, r] = [node.x * k + x, node.y * k + y, radius(node)];
    const beside = r + 4 + width / 2;
    const places = inView([[0, r + size * 0.7], [0, -r - size * 0.7], [beside, 0], [-beside, 0]], cx, width);
    const place = places.find(([dx, dy]) => taken.free(cx + dx, cy + dy, width + 4, size * 1.1));
    if (!place) continue;
    taken.add(cx + place[0], cy + place[1], width + 4, size * 1.1);
    placed.push({ node, text, font, dx: place[0], dy: place[1] + size * 0.35, faint: focus && !near(node) });
  }
  return [...placed, ...placeLineLabels(context, lines, taken, `italic ${(size * 0.92).toFixed(1)}px ${family}`, size, focus)];
}

/** Places beside a node at x, those first that no edge of the screen cuts, then the ones below and above it moved inward. */
function inView(places, x, width) {
  const half = width / 2 + 3;
  const whole = ([dx]) => x + dx >= half && x + dx <= view.width - half;
  const seen = x >= 0 && x <= view.width && width + 6 < view.width;
  const inward = seen ? places.slice(0, 2).map(([, dy]) => [Math.min(Math.max(x, half), view.width - half) - x, dy]) : [];
  return [...places.filter(whole), ...inward, ...places.filter((place) => !seen && !whole(place))];
}

function placeLineLabels(context, lines, taken, font, size, focus) {
  const placed = [];
  context.font = font;
  // A cross says that the line does not hold: no label may cover it.
  for (const [line, c] of lines) if (DATA.statuses[line.status].crossed) taken.add(...at(c, CROSS_AT), 2 * crossArm(), 2 * crossArm());
  for (const [line, c] of lines.slice(0, 600)) {
    const [cx, cy] = middle(c);
    const text = lineLabel(line);
    const width = context.measureText(text).width;
    if (Math.hypot(c.x2 - c.x1, c.y2 - c.y1) < width * 0.8 || !taken.free(cx, cy, width, size)) continue;
    taken.add(cx, cy, width, size);
    placed.push({ x: cx, y: cy + size * 0.32, text, font, faint: focus && !focus.lines.has(line) });
  }
  return placed;
}

function lineLabel(line) {
  const labels = [...new Set(line.shown.map((fact) => DATA.relations[fact.relation].label))];
  return labels.length > 2 ? `${labels[0]}, ${labels[1]} +${labels.length - 2}` : labels.join(", ");
}

function cut(text) {
  const letters = [...text];
  return letters.length > 34 ? letters.slice(0, 33).join("").trimEnd() + "\u2026" : text;
}

/** Rectangles that are taken, found by cells. */
class Shelf {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  *keys(x, y, width, height) {
    for (let i = Math.floor((x - width / 2) / this.cell); i <= (x + width / 2) / this.cell; i++)
      for (let j = Math.floor((y - height / 2) / this.cell); j <= (y + height / 2) / this.cell; j++) yield i * 65536 + j;
  }

  add(x, y, width, height) {
    for (const key of this.keys(x, y, width, height)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([x, y, width, height]);
    }
  }

  free(x, y, width, height) {
    for (const key of this.keys(x, y, width, height))
      for (const [ox, oy, w, t] of this.cells.get(key) || []) if (Math.abs(x - ox) * 2 < width + w && Math.abs(y - oy) * 2 < height + t) return false;
    return true;
  }
}

/** The node at a place of the screen, else none. */
function nodeAt(px, py) {
  const [wx, wy] = view.transform.invert([px, py]);
  const node = view.tree && view.tree.find(wx, wy, 24 / view.transform.k);
  if (!node) return null;
  const { k, x, y } = view.transform;
  return Math.hypot(node.x * k + x - px, node.y * k + y - py) <= Math.max(radius(node) * 1.2 + 3, 9) ? node : null;
}

/** The line nearest to a place of the screen, if it is near. */
function lineAt(px, py) {
  let best = null;
  let least = 7;
  for (const line of view.lines) {
    const c = course(line);
    if (px < Math.min(c.x1, c.x2, c.cx) - 8 || px > Math.max(c.x1, c.x2, c.cx) + 8 || py < Math.min(c.y1, c.y2, c.cy) - 8 || py > Math.max(c.y1, c.y2, c.cy) + 8) continue;
    const steps = line.bend ? 12 : 1;
    for (let i = 0; i < steps; i++) {
      const distance = toSegment(px, py, at(c, i / steps), at(c, (i + 1) / steps));
      if (distance < least) [best, least] = [line, distance];
    }
  }
  return best;
}

function toSegment(px, py, [ax, ay], [bx, by]) {
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = square ? Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / square)) : 0;
  return Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay));
}
