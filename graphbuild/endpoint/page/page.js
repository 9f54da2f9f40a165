// The page of the endpoint. All text of the graph goes into the page as text nodes, never as HTML.
"use strict";

const SHOWN = 2000; // rows in the table; the files hold all
const TABLE_FORMATS = [["CSV", "text/csv", "csv"], ["TSV", "text/tab-separated-values", "tsv"], ["JSON", "application/sparql-results+json", "json"], ["XML", "application/sparql-results+xml", "xml"]];
const GRAPH_FORMATS = [["Turtle", "text/turtle", "ttl"], ["N-Triples", "application/n-triples", "nt"], ["JSON-LD", "application/ld+json", "jsonld"], ["RDF/XML", "application/rdf+xml", "rdf"]];
const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;

const by = id => document.getElementById(id);
const editor = by("editor");
let about = { questions: [], prefixes: {}, limits: {} };
let running = null; // the AbortController of the query on its way

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text !== null) made.textContent = text;
  made.append(...children);
  return made;
}

function short(iri) {
  const fitting = Object.entries(about.prefixes).filter(([, namespace]) => iri.startsWith(namespace));
  const [prefix, namespace] = fitting.sort((a, b) => b[1].length - a[1].length)[0] || [null, ""];
  return prefix === null ? iri : `${prefix}:${iri.slice(namespace.length)}`;
}

function say(text, bad = false) {
  by("status").textContent = text;
  by("status").classList.toggle("bad", bad);
}

function numberLines(bad = 0) {
  const lines = by("lines");
  lines.replaceChildren();
  editor.value.split("\n").forEach((_, at) => {
    const line = element("div", String(at + 1));
    if (at + 1 === bad) line.className = "bad";
    lines.append(line);
  });
  lines.scrollTop = editor.scrollTop;
}

function write(sparql) {
  editor.value = sparql;
  numberLines();
}

async function ask(accept) {
  const body = new URLSearchParams({ query: editor.value });
  return fetch("sparql", { method: "POST", body, headers: { Accept: accept }, signal: running?.signal });
}

async function run() {
  running?.abort();
  const mine = running = new AbortController();
  const began = performance.now();
  by("run").disabled = true;
  by("stop").disabled = false;
  by("downloads").hidden = true;
  by("rows").replaceChildren();
  numberLines();
  say("Asking …");
  try {
    const response = await ask("application/sparql-results+json, text/turtle;q=0.9");
    const text = await response.text();
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    response.ok ? show(response.headers.get("Content-Type"), text, seconds) : refuse(text || response.statusText);
  } catch (error) {
    say(error.name === "AbortError" ? "Stopped." : `The endpoint does not answer: ${error.message}`, error.name !== "AbortError");
  } finally {
    if (running === mine) {
      running = null;
      by("run").disabled = false;
      by("stop").disabled = true;
    }
  }
}

function refuse(message) {
  say(message.trim(), true);
  const line = /line (\d+), column (\d+)/.exec(message);
  if (line) numberLines(Number(line[1]));
}

function show(media, text, seconds) {
  if (media.startsWith("text/turtle")) {
    by("rows").append(element("pre", text));
    say(`Triples, in ${seconds} s`);
    offer(GRAPH_FORMATS);
    return;
  }
  const answer = JSON.parse(text);
  if ("boolean" in answer) {
    say(`${answer.boolean ? "Yes" : "No"}, in ${seconds} s`);
    return;
  }
  const { vars } = answer.head, rows = answer.results.bindings;
  const cut = rows.length > SHOWN ? `, the first ${SHOWN} shown` : "";
  say(`${rows.length} ${rows.length === 1 ? "row" : "rows"}${cut}, in ${seconds} s`);
  if (rows.length) by("rows").append(table(vars, rows.slice(0, SHOWN)));
  offer(TABLE_FORMATS);
}

function table(vars, rows) {
  const head = element("tr", null, ...vars.map(name => {
    const cell = element("th", name);
    cell.scope = "col";
    return cell;
  }));
  const lines = rows.map(row => element("tr", null, ...vars.map(name => cell(row[name]))));
  return element("table", null, element("thead", null, head), element("tbody", null, ...lines));
}

function cell(term) {
  if (!term) return element("td", "");
  if (term.type === "uri") return element("td", null, link(term.value));
  const made = element("td", term.value);
  made.dir = "auto";
  if (term.value.length > 60) made.className = "long";
  if (NUMBER.test(term.datatype || "")) made.className = "number";
  if (term["xml:lang"]) made.append(" ", element("small", term["xml:lang"]));
  return made;
}

function link(iri) {
  const made = element("button", short(iri));
  made.title = `${iri} – what is said of it`;
  made.addEventListener("click", () => {
    by("question").value = "";
    by("parameters").replaceChildren();
    write(`SELECT ?property ?value WHERE {\n  <${iri}> ?property ?value .\n}\nORDER BY ?property ?value`);
    run();
  });
  return made;
}

function offer(formats) {
  by("formats").replaceChildren(...formats.map(([label, media, suffix]) => {
    const made = element("button", label);
    made.type = "button";
    made.addEventListener("click", () => save(media, suffix));
    return made;
  }));
  by("downloads").hidden = false;
}

async function save(media, suffix) {
  const response = await ask(media);
  if (!response.ok) return refuse(await response.text());
  const made = element("a", "");
  made.href = URL.createObjectURL(await response.blob());
  made.download = `${by("question").value || "answer"}.${suffix}`;
  made.click();
  URL.revokeObjectURL(made.href);
}

function chosen() {
  return about.questions.find(question => question.name === by("question").value);
}

function choose() {
  const question = chosen();
  by("parameters").replaceChildren(...Object.entries(question?.parameters || {}).map(([name, text]) => {
    const input = element("input", null);
    input.name = name;
    input.placeholder = text;
    input.addEventListener("change", fill);
    input.addEventListener("keydown", event => { if (event.key === "Enter") fill().then(run); });
    return element("label", `${name} `, input);
  }));
  fill();
}

async function fill() {
  const question = chosen();
  if (!question) return;
  const given = new URLSearchParams([...by("parameters").querySelectorAll("input")].map(input => [input.name, input.value]));
  const response = await fetch(`questions/${encodeURIComponent(question.name)}?${given}`);
  const text = await response.text();
  if (response.ok) {
    write(text);
    say("Ready to ask.");
  } else {
    write("");
    say(`Needed: ${Object.entries(question.parameters).filter(([, meaning]) => meaning.includes("(required)")).map(([name]) => name).join(", ")}`);
  }
}

async function start() {
  about = await (await fetch("about")).json();
  by("source").textContent = about.title;
  by("explorer").hidden = !about.explorer;
  by("limits").textContent = `A query may run ${about.limits.seconds} s and answer ${about.limits.rows.toLocaleString("en")} rows. Nothing can be changed, and nothing is fetched.`;
  by("question").append(...about.questions.map(({ name, title }) => {
    const option = element("option", title);
    option.value = name;
    return option;
  }));
  for (const [prefix, namespace] of Object.entries(about.prefixes)) by("prefixes").append(element("dt", `${prefix}:`), element("dd", namespace));
  const given = new URLSearchParams(location.search).get("query");
  write(given || "SELECT ?who ?relation ?whom ?status WHERE {\n  ?claim rdf:subject/rdfs:label ?who ;\n         rdf:predicate ?relation ;\n         rdf:object/rdfs:label ?whom ;\n         gb:status ?status .\n}\nORDER BY ?who ?relation ?whom\nLIMIT 100\n");
}

by("question").addEventListener("change", choose);
by("run").addEventListener("click", run);
by("stop").addEventListener("click", () => running?.abort());
editor.addEventListener("input", () => numberLines());
editor.addEventListener("scroll", () => { by("lines").scrollTop = editor.scrollTop; });
editor.addEventListener("keydown", event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
start();
