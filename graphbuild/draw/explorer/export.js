// What is seen, as a file: the picture as PNG and SVG, the facts as rows of facts.jsonl or as CSV.

function save(data, type, suffix) {
  const address = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type }));
  const anchor = h("a", { href: address, download: `graph.${suffix}` });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const EXPORTS = {
  png() {
    const scale = Math.max(2, devicePixelRatio || 1);
    const canvas = h("canvas", { width: Math.round(view.width * scale), height: Math.round(view.height * scale) });
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    paint(context);
    canvas.toBlob((blob) => save(blob, "image/png", "png"), "image/png");
  },
  svg() {
    const context = new SvgContext(view.width, view.height);
    paint(context);
    save(context.toString(), "image/svg+xml", "svg");
  },
  jsonl() {
    save(shown.map((fact) => JSON.stringify(row(fact)) + "\n").join(""), "application/jsonl", "jsonl");
  },
  csv() {
    const heads = ["subject", "relation", "object", "status", "speaker", "time", "place", "confidence", "sources", "document", "sentence", "id"];
    const lines = shown.map((fact) => {
      const evidence = fact.evidence[0];
      const passage = DATA.passages[evidence.passage];
      return [raw(fact.subject), fact.relation, raw(fact.object), statusText(fact), raw(fact.speaker), timeText(fact.time), raw(fact.place), fact.confidence, fact.sources, DATA.documents[passage.document].id, quoteOf(evidence), fact.id];
    });
    save("\ufeff" + [heads, ...lines].map((cells) => cells.map(cell).join(",")).join("\r\n") + "\r\n", "text/csv", "csv");
  },
};

/** A cell of CSV; what a spreadsheet would take for a formula is kept text by an apostrophe. */
function cell(value) {
  const text = String(value ?? "");
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function raw(end) {
  return end === null ? "" : Number.isInteger(end) ? NODES[end].name : end.value;
}

function quoteOf(evidence) {
  return DATA.passages[evidence.passage].text.slice(...evidence.quote);
}

function fullEnd(end) {
  if (!Number.isInteger(end)) return end;
  const { id, type, name: named, aliases, links } = NODES[end];
  return { id, type, name: named, aliases, links };
}

/** The fact as a row of facts.jsonl. */
function row(fact) {
  const evidence = fact.evidence.map((e) => ({ document: DATA.documents[DATA.passages[e.passage].document].id, start: e.start, end: e.end, quote: quoteOf(e), rule: e.rule }));
  const { id, event, relation, time, status, modality, quantity, confidence, sources } = fact;
  const theme = fact.theme !== null && !Number.isInteger(fact.theme) ? fact.theme.value : fullEnd(fact.theme);
  return { id, event, subject: fullEnd(fact.subject), relation, plover: DATA.relations[relation].plover, object: fullEnd(fact.object), place: fullEnd(fact.place), time, theme, status, modality, speaker: fullEnd(fact.speaker), quantity, confidence, sources, evidence };
}
