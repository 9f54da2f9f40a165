// Text from documents becomes text nodes and nothing else; what cannot be seen in it is shown.

/** Make an element; properties starting with "on" listen, "class" and names with a dash are attributes; children are nodes or text. */
function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** A name or label: on one line, without direction marks and control characters; never empty. */
function plain(text) {
  return String(text).replace(UNSEEN, "").replace(/\s+/g, " ").trim() || "\u00b7";
}

/** A name whose direction cannot disturb what stands beside it. */
function name(text) {
  return h("bdi", {}, plain(text));
}

/** Words of a document as they are: direction marks and control characters become small boxes with their code. */
function words(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(UNSEEN)) {
    const code = "U+" + found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    parts.push(text.slice(from, found.index), h("span", { class: "odd", title: "invisible character" }, code));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return h("bdi", {}, parts.map((part) => (typeof part === "string" ? part.replace(/\n\s*\n/g, "\n\n") : part)));
}

function count(number, word, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? word : many || word + "s"}`;
}

/** An ordinal of Python's calendar as an ISO date. */
function isoDay(ordinal) {
  return new Date((ordinal - 719163) * 864e5).toISOString().slice(0, 10);
}

/** Only web addresses become links. */
function link(address, label) {
  if (!/^https?:\/\//i.test(address)) return plain(label || address);
  return h("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, plain(label || address));
}

/** For comparing names: without accents and case. */
function folded(text) {
  return plain(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
