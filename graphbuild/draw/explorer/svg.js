// A drawing context that writes SVG: the scene is painted once for the screen and once for the file, by the same code.

class SvgContext {
  constructor(width, height) {
    Object.assign(this, { width, height, parts: [], path: [], dashes: [] });
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif", textAlign: "start", lineJoin: "miter" });
    this.ruler = document.createElement("canvas").getContext("2d");
  }

  beginPath() { this.path = []; }
  moveTo(x, y) { this.path.push(`M${short(x)} ${short(y)}`); }
  lineTo(x, y) { this.path.push(`L${short(x)} ${short(y)}`); }
  quadraticCurveTo(a, b, x, y) { this.path.push(`Q${short(a)} ${short(b)} ${short(x)} ${short(y)}`); }
  bezierCurveTo(a, b, c, d, x, y) { this.path.push(`C${short(a)} ${short(b)} ${short(c)} ${short(d)} ${short(x)} ${short(y)}`); }
  closePath() { this.path.push("Z"); }
  setLineDash(dashes) { this.dashes = dashes; }

  /** Whole circles only; the path stands at (x + radius, y). */
  arc(x, y, radius) {
    const r = short(radius);
    this.path.push(`A${r} ${r} 0 1 1 ${short(x - radius)} ${short(y)}A${r} ${r} 0 1 1 ${short(x + radius)} ${short(y)}`);
  }

  stroke() {
    const dashes = this.dashes.length ? ` stroke-dasharray="${this.dashes.map(short).join(" ")}"` : "";
    this.add("path", `d="${this.path.join("")}" fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${dashes}`);
  }

  fill() { this.add("path", `d="${this.path.join("")}" fill="${this.fillStyle}"`); }
  fillRect(x, y, width, height) { this.add("rect", `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${this.fillStyle}"`); }
  fillText(text, x, y) { this.text(text, x, y, `fill="${this.fillStyle}"`); }
  strokeText(text, x, y) { this.text(text, x, y, `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`); }

  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  text(text, x, y, paint) {
    const anchor = { center: "middle", end: "end" }[this.textAlign] || "start";
    this.add("text", `x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" style="font:${escaped(this.font)}" ${paint}`, escaped(text));
  }

  add(tag, attributes, content) {
    const alpha = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
    this.parts.push(content === undefined ? `<${tag} ${attributes}${alpha}/>` : `<${tag} ${attributes}${alpha}>${content}</${tag}>`);
  }

  toString() {
    const { width, height } = this;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n<title>${escaped(DATA.title)}</title>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}

function short(number) {
  return Math.round(number * 100) / 100;
}

function escaped(text) {
  return plain(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\ud800-\udfff]/gu, "\ufffd");
}
