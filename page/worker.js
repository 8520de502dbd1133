// Runs Python beside the page, so that the page never freezes. Pyodide's own script stands before this.
"use strict";
let python = null;
const tell = (words) => postMessage({ progress: words });

async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function start(parts, lock) {
  tell("Unpacking the program");
  const own = {};
  for (const name of Object.keys(parts)) own[name] = await unpacked(parts[name]);
  const address = URL.createObjectURL(new Blob([own.asm], { type: "text/javascript" }));
  const module = await import(address);
  // Pyodide asks for its parts by their addresses; they are here already, and nothing else is to be had.
  const files = {
    "pyodide.asm.wasm": [own.wasm, "application/wasm"],
    "python_stdlib.zip": [own.stdlib, "application/zip"],
  };
  self.fetch = async (what) => {
    const name = String((what && what.url) || what).split("/").pop();
    if (!files[name]) throw new Error("Not here: " + name);
    const [bytes, type] = files[name];
    return new Response(new Blob([bytes], { type }), { headers: { "content-type": type } });
  };
  tell("Starting Python");
  const pyodide = await loadPyodide({
    indexURL: "https://nowhere.invalid/",
    packageBaseUrl: "https://nowhere.invalid/",
    stdLibURL: "https://nowhere.invalid/python_stdlib.zip",
    lockFileContents: lock,
    createPyodideModule: module.default,
  });
  const site = pyodide.runPython('import sysconfig; sysconfig.get_paths()["purelib"]');
  for (const name of Object.keys(own)) {
    if (name.startsWith("wheel-")) pyodide.unpackArchive(own[name], "wheel", { extractDir: site });
  }
  pyodide.globals.set("tell", tell);
  pyodide.runPython(`
import importlib
importlib.invalidate_caches()
from addin.frontends.page.desk import Desk
desk = Desk(tell)
def ask(request, data):
    return desk.ask(request, None if data is None else data.to_bytes())
def content():
    return desk.content
def given():
    return desk.given
`);
  python = pyodide;
}

function bytesOf(what) {
  const bytes = python.globals.get(what)();
  const view = bytes.getBuffer("u8");
  const copy = view.data.slice();
  view.release();
  bytes.destroy();
  return copy;
}

// What gives the workbook anew, and what gives another file.
const BOOK = ["open", "new", "example", "check", "triggers", "documents", "agree", "undo"];
self.onmessage = async ({ data }) => {
  try {
    if (data.parts) {
      await start(data.parts, data.lock);
      postMessage({ ready: true });
      return;
    }
    const answer = JSON.parse(python.globals.get("ask")(JSON.stringify(data.request), data.file || undefined));
    const what = BOOK.includes(data.request.do) ? "content" : data.request.do === "document" ? "given" : "";
    const file = what && !answer.error ? bytesOf(what) : null;
    postMessage({ answer, file, request: data.request }, file ? [file.buffer] : []);
  } catch (error) {
    postMessage({ broken: String((error && error.message) || error) });
  }
};
