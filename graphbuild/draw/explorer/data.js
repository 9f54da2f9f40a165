// The facts of the page, and what is looked up in them.

const DATA = JSON.parse(document.getElementById("data").textContent);
const { nodes: NODES, facts: FACTS } = DATA;

/** Numbers of the facts that a node is an end of, and of those that it says, or where it is the place or the theme. */
NODES.forEach((node, i) => Object.assign(node, { index: i, facts: [], also: [], weight: 0, label: plain(node.label || node.name), lines: [] }));
FACTS.forEach((fact, i) => {
  fact.index = i;
  const ends = new Set([fact.subject, fact.object].filter(Number.isInteger));
  for (const end of ends) {
    NODES[end].facts.push(fact);
    NODES[end].weight += fact.evidence.length;
  }
  for (const other of new Set([fact.speaker, fact.place, fact.theme].filter(Number.isInteger))) if (!ends.has(other)) NODES[other].also.push(fact);
  fact.documents = new Set(fact.evidence.map((evidence) => DATA.passages[evidence.passage].document));
});

/** Lines of the drawing: the facts between two nodes with one direction and one status share a line. */
const LINES = drawnLines();

function drawnLines() {
  const lines = new Map();
  for (const fact of FACTS) {
    if (!Number.isInteger(fact.object)) continue;
    const directed = !DATA.relations[fact.relation].symmetric;
    const swap = !directed && fact.subject > fact.object;
    const [source, target] = swap ? [fact.object, fact.subject] : [fact.subject, fact.object];
    const key = `${source} ${target} ${directed} ${fact.status}`;
    if (!lines.has(key)) lines.set(key, { source, target, directed, status: fact.status, facts: [], shown: [], bend: 0 });
    lines.get(key).facts.push(fact);
  }
  return bent([...lines.values()]);
}

/** Lines between the same two nodes are bent apart. */
function bent(lines) {
  const pairs = new Map();
  for (const line of lines) {
    const key = `${Math.min(line.source, line.target)} ${Math.max(line.source, line.target)}`;
    pairs.set(key, [...(pairs.get(key) || []), line]);
  }
  for (const group of pairs.values()) {
    group.forEach((line, i) => {
      const side = line.source <= line.target ? 1 : -1;
      line.bend = side * (i - (group.length - 1) / 2) * 26 + (line.source === line.target ? 40 + i * 22 : 0);
      NODES[line.source].lines.push(line);
      if (line.source !== line.target) NODES[line.target].lines.push(line);
    });
  }
  return lines;
}

function other(line, node) {
  return NODES[line.source === node.index ? line.target : line.source];
}

function endText(end) {
  return end === null ? "" : Number.isInteger(end) ? NODES[end].label : plain(end.value);
}

function statusText(fact) {
  if (fact.status === "planned" && fact.modality !== "planned") return fact.modality;
  return fact.status;
}

function saidBy(fact) {
  return fact.speaker !== null ? NODES[fact.speaker].label : fact.hearsay ? "somebody unnamed" : "";
}

function timeText(time) {
  if (!time) return "";
  if (time.start === time.end) return time.start;
  return time.start && time.end ? `${time.start} to ${time.end}` : time.start ? `since ${time.start}` : `until ${time.end}`;
}

/** A fact as a sentence of its own, for lists and for those who listen. */
function factText(fact) {
  const parts = [NODES[fact.subject].label, DATA.relations[fact.relation].label, endText(fact.object)];
  if (fact.place !== null) parts.push("in", endText(fact.place));
  if (fact.time) parts.push(`(${timeText(fact.time)})`);
  return parts.join(" ");
}
