"""Fetches and bundles what the page of `graphbuild draw` needs of d3, so that drawing needs no npm: needs node, npm and the network.

Zoom and search in the plane come from d3, painting is ours: with 2,000 nodes and 5,000 lines (4x zoomed, two cores, headless Chromium
without a graphics card) the median frame of a pan took 165 ms with cytoscape 3.34 and 25 ms with force-graph 1.52, which has no shapes and
labels without overlap; sigma 3.0 needs WebGL, by software 180 ms. benchmarks/page.py measures the page.

Run it after changing a version; the result, graphbuild/draw/explorer/d3.min.js, is committed. Two runs give the same bytes.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).parent.parent / "graphbuild" / "draw" / "explorer" / "d3.min.js"
VERSIONS = {"d3-selection": "3.0.0", "d3-zoom": "3.0.0", "d3-quadtree": "3.0.1"}
BUNDLER = "esbuild@0.28.2"
ENTRY = 'export { select } from "d3-selection";\nexport { zoom, zoomIdentity } from "d3-zoom";\nexport { quadtree } from "d3-quadtree";\n'
BUNDLE = ["npx", "esbuild", "entry.js", "--bundle", "--minify", "--format=iife", "--global-name=d3", "--charset=ascii", "--legal-comments=none"]
BANNER = "/*! {parts} | Copyright 2010-2021 Mike Bostock, ISC License, see d3.LICENSE | bundled by scripts/page_library.py */\n"


def main() -> int:
    """Write the bundle and its licence; return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        (folder / "entry.js").write_text(ENTRY, encoding="utf-8")
        packages = [f"{package}@{version}" for package, version in VERSIONS.items()]
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *packages, BUNDLER], cwd=folder, check=True)
        bundle = subprocess.run(BUNDLE, cwd=folder, check=True, capture_output=True, text=True).stdout
        licences = [(folder / "node_modules" / package / "LICENSE").read_text(encoding="utf-8") for package in ("d3-zoom", "d3-ease")]
    TARGET.write_text(BANNER.format(parts=", ".join(packages)) + bundle, encoding="utf-8")
    TARGET.with_name("d3.LICENSE").write_text("\nd3-ease, which is part of the bundle:\n\n".join(licences), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
