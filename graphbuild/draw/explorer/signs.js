// Classes as shape and colour, statuses as line styles: the same signs as in printed diagrams.

const TURN = Math.PI * 2;

function regular(corners, turn, radius = 1) {
  return Array.from({ length: corners }, (_, i) => [radius * Math.sin(turn + (TURN * i) / corners), -radius * Math.cos(turn + (TURN * i) / corners)]);
}

function star(points) {
  const outer = regular(points, 0, 1.2);
  const inner = regular(points, TURN / points / 2, 0.52);
  return outer.flatMap((corner, i) => [corner, inner[i]]);
}

const PLUS = [[-0.38, -1], [0.38, -1], [0.38, -0.38], [1, -0.38], [1, 0.38], [0.38, 0.38], [0.38, 1], [-0.38, 1], [-0.38, 0.38], [-1, 0.38], [-1, -0.38], [-0.38, -0.38]];

/** Corners of each marker in units of its radius; the circle has none. */
const SHAPES = {
  o: null,
  8: regular(8, TURN / 16, 1.04),
  s: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  p: regular(5, 0, 1.1),
  h: regular(6, 0, 1.08),
  D: regular(4, 0, 1.18),
  d: [[0, -1.2], [0.72, 0], [0, 1.2], [-0.72, 0]],
  "*": star(5),
  P: PLUS,
  "^": regular(3, 0, 1.2),
  v: regular(3, TURN / 2, 1.2),
  ">": regular(3, TURN / 4, 1.2),
  "<": regular(3, -TURN / 4, 1.2),
};

/** Add a marker to the current path of a context. */
function traceMarker(context, marker, x, y, radius) {
  const corners = SHAPES[marker];
  if (!corners) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, TURN);
    return;
  }
  corners.forEach(([dx, dy], i) => (i ? context.lineTo(x + dx * radius, y + dy * radius) : context.moveTo(x + dx * radius, y + dy * radius)));
  context.closePath();
}

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, properties, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The sign of a class, as a small picture. */
function classSign(type) {
  const sign = DATA.classes[type];
  const corners = SHAPES[sign.marker];
  const look = { fill: sign.colour, stroke: "currentColor", "stroke-width": 0.9 };
  const shape = corners ? svg("polygon", { points: corners.map(([x, y]) => `${8 + x * 5.6},${8 + y * 5.6}`).join(" "), ...look }) : svg("circle", { cx: 8, cy: 8, r: 5.6, ...look });
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, shape);
}

/** The line of a status, as a small picture. */
function statusSign(status) {
  const pen = DATA.statuses[status];
  const colour = pen.crossed ? "var(--denied)" : "var(--line)";
  const line = svg("line", { x1: 1, y1: 8, x2: 37, y2: 8, stroke: colour, "stroke-width": 2, "stroke-dasharray": pen.dashes.map((d) => d * 2).join(" ") || "none" });
  const cross = pen.crossed ? [svg("path", { d: "M16 4l8 8m0-8l-8 8", stroke: colour, "stroke-width": 2, fill: "none" })] : [];
  return svg("svg", { viewBox: "0 0 38 16", class: "pen", "aria-hidden": "true" }, line, ...cross);
}
