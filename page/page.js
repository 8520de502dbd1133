// The face: takes a workbook, asks the worker, shows what it answers. Text of a workbook is only ever set as text.
"use strict";
const WORDS = /*WORDS*/;
const LOCK = /*LOCK*/;
const $ = (id) => document.getElementById(id);
const READY = "Ready. Choose a workbook, begin a new one, or look at an example.";
const open = { name: "", file: null, unsaved: false, canUndo: false, papers: new Set() };
let worker = null, ready = false, busy = false, waiting = null;

const two = (n) => String(n).padStart(2, "0");
const dayOf = (d) => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
function moment() {
  const now = new Date(), ahead = -now.getTimezoneOffset(), far = Math.abs(ahead);
  const local = `${dayOf(now)}T${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  return `${local}${ahead < 0 ? "-" : "+"}${two(Math.floor(far / 60))}:${two(far % 60)}`;
}

function make(tag, words, marks = {}) {
  const made = document.createElement(tag);
  if (words !== undefined) made.textContent = words;
  for (const [name, value] of Object.entries(marks)) made.setAttribute(name, value);
  return made;
}

function say(words) { $("status").textContent = words; }

function setBusy(is) {
  busy = is;
  for (const button of document.querySelectorAll("button:not(#stop)")) {
    const off = is || (button.id === "undo" && !open.canUndo);
    button.setAttribute("aria-disabled", String(off));
  }
  $("stop").hidden = !is;
}

function refuse(problem) {
  $("problem").hidden = false;
  $("problem-what").textContent = problem.what;
  $("problem-where").textContent = problem.where ? `Where: ${problem.where}` : "";
  $("problem-next").textContent = problem.next ? `What to do: ${problem.next}` : "";
  say("There is a problem.");
  $("problem").focus();
}

function start() {
  ready = false;
  if (typeof WebAssembly === "undefined" || typeof DecompressionStream === "undefined") {
    refuse({ what: "This browser can't run the page.", next: "Use a newer Edge, Chrome, Firefox or Safari. Some organisations switch WebAssembly off: ask IT." });
    return;
  }
  const parts = {};
  for (const part of document.querySelectorAll("script[type='text/plain'][data-part]")) parts[part.dataset.part] = part.textContent;
  const { pyodide, worker: own, ...rest } = parts;
  worker = new Worker(URL.createObjectURL(new Blob([pyodide, "\n", own], { type: "text/javascript" })));
  worker.onmessage = ({ data }) => heard(data);
  worker.onerror = () => heard({ broken: "The worker stopped." });
  worker.postMessage({ parts: rest, lock: LOCK });
}

function heard(data) {
  if (data.progress) { say(`${data.progress} …`); return; }
  if (data.ready) {
    ready = true;
    const next = waiting;
    waiting = null;
    if (next) send(next.request, next.file); else { setBusy(false); if ($("problem").hidden) say(READY); }
    return;
  }
  setBusy(false);
  if (data.broken) {
    refuse({ what: "The page could not go on.", where: data.broken, next: "Close other tabs and programs, open the page anew and try again. Your file is as it was." });
    return;
  }
  if (data.answer.error) { refuse(data.answer.error); return; }
  DONE[data.request.do](data.answer, data);
}

function ask(what, more = {}, file = null) {
  if (busy && ready) return;
  if (!ready && waiting) return;
  $("problem").hidden = true;
  const now = new Date();
  const request = { do: what, name: open.name, day: $("day").value || dayOf(now), today: dayOf(now), who: $("who").value.trim(), when: moment(), ...more };
  setBusy(true);
  if (ready) send(request, file); else { waiting = { request, file }; say("Getting ready; then it begins by itself …"); }
}

function send(request, file) { setBusy(true); say("Working …"); worker.postMessage({ request, file }); }

// A table as it is shown; `each` gives what stands in a last column, whose heading is `last`.
function table(id, caption, found, each, last = "Why") {
  const parts = [];
  if (found.words) parts.push(make("p", found.words));
  if (found.rows.length) {
    const made = make("table", undefined, { role: "table" }), head = make("tr", undefined, { role: "row" }), body = make("tbody", undefined, { role: "rowgroup" });
    made.append(make("caption", caption));
    for (const words of found.headings) head.append(make("th", words, { scope: "col", role: "columnheader" }));
    if (each) head.append(make("th", last, { scope: "col", role: "columnheader" }));
    found.rows.forEach((row, n) => {
      const line = make("tr", undefined, { role: "row" });
      row.forEach((words, at) => line.append(make("td", words, { role: "cell", "data-head": found.headings[at] })));
      if (each) { const cell = make("td", undefined, { role: "cell" }); cell.append(each(n)); line.append(cell); }
      body.append(line);
    });
    const top = make("thead", undefined, { role: "rowgroup" });
    top.append(head);
    made.append(top, body);
    const wide = make("div", undefined, { class: "wide", tabindex: "0", role: "region", "aria-label": caption });
    wide.append(made);
    parts.push(wide);
  }
  if (found.more) parts.push(make("p", `And ${found.more.toLocaleString("en-GB")} more; all of them stand in the workbook once it is written.`));
  if (id) $(id).replaceChildren(...parts);
  return parts;
}

// Tables and lines, each under its own heading: what explains a trigger, or is offered.
function pieces(level, part) {
  return [make(level, part.title), ...part.lines.map((words) => make("p", words)), ...table("", part.caption, part)];
}

// Our own drawing, as elements: read as XML, never as a part of the page.
function picture(svg) { return document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true); }

// A figure with what it shows in words, its legend, and its numbers as a table.
function chart(found) {
  const made = make("figure"), head = make("figcaption"), keys = make("ul", undefined, { class: "legend" });
  const more = make("details"), summary = make("summary", `Figures of this chart: ${found.title}`);
  head.append(make("h4", found.title), make("p", found.finding));
  for (const key of found.keys) { const line = make("li"); line.append(picture(key.svg), key.name); keys.append(line); }
  more.append(summary, ...table("", found.title, found));
  made.append(head, picture(found.svg), keys, more);
  return made;
}

// What would be written: shown, ticked, and written on a yes.
function offer(answer, data) {
  $("offer-title").textContent = answer.title;
  $("offer-body").replaceChildren(...answer.lines.map((words) => make("p", words)), ...answer.parts.flatMap((part) => pieces("h4", part)));
  $("ticks").replaceChildren(...answer.ticks.map((tick, n) => {
    const label = make("label", undefined, { class: "tick" }), box = make("input", undefined, { type: "checkbox", value: n });
    box.checked = tick.ticked;
    label.append(box, make("span", tick.words));
    return label;
  }));
  $("offer-ticks").hidden = !answer.ticks.length;
  $("agree").hidden = !answer.confirm;
  $("agree").textContent = answer.confirm;
  $("refuse").textContent = answer.confirm ? "Change nothing" : "Close";
  if (data.request.do !== "agree") open.offered = { label: answer.title, from: data.request.do };
  $("offer").hidden = false;
  say(answer.confirm ? `${answer.title}: nothing was written so far. Look at it, then choose.` : `${answer.title}: ${answer.lines.join(" ")}`);
  $("offer-title").focus();
}

function withdraw(words) {
  $("offer").hidden = true;
  const back = { fix: "fix", import: "list", documents: "documents", minutes: "minutes" }[open.offered.from];
  for (let around = $(back).closest("details"); around; around = null) around.open = true;
  $(back).focus();
  if (words) say(words);
}

function show(answer, data, did) {
  open.name = answer.name;
  open.canUndo = answer.undo;
  if (data.file) open.file = data.file;
  $("day").value = answer.day;
  $("results").hidden = false;
  $("result-title").textContent = `${answer.name}, from ${answer.day_shown}`;
  $("note").hidden = !answer.note;
  $("note").textContent = answer.note;
  const at = answer.sections;
  table("week-table", WORDS["week.summary"], at.week);
  table("check-table", WORDS["check.summary"], at.check);
  table("triggers-table", WORDS["triggers.summary"], at.triggers, (n) => {
    const key = at.triggers.keys[n], button = make("button", "Explain", { type: "button", "aria-label": `Explain ${key}` });
    button.onclick = () => ask("explain", { trigger: key });
    return button;
  });
  table("reviews-table", WORDS["reviews.summary"], at.reviews);
  $("charts").replaceChildren(...(answer.charts.length ? answer.charts.map(chart) : [make("p", "Nothing is recorded yet that could be drawn.")]));
  $("explained").hidden = true;
  $("offer").hidden = true;
  setBusy(false);
  say(did);
  document.title = `${answer.name}: Champion Workbook`;
}

const SAVE_IT = "It is not saved yet: press Save the workbook.";
function ran(answer, data, label) {
  open.unsaved = open.unsaved || answer.written;
  show(answer, data, `Done: ${label}. ${answer.written ? SAVE_IT : "Nothing was written into the workbook."}`);
}

// Documents that were made, each to be saved; why others were not.
function made(answer, data) {
  const found = answer.made, some = found.rows.length > 0;
  open.papers = new Set(found.rows.keys());
  ran(answer, data, `${WORDS["documents.label"]}, ${found.rows.length} made`);
  $("made-title").textContent = WORDS["documents.label"];
  $("made-body").replaceChildren(...table("", "Made, and not saved until you press Save", found, (n) => {
    const button = make("button", "Save", { type: "button", "aria-label": `Save ${found.rows[n][2]}` });
    button.onclick = () => ask("document", { number: n });
    return button;
  }, "Save"), ...found.lines.map((words) => make("p", words)));
  $("all").hidden = !some;
  $("made").hidden = false;
  $("made-title").focus();
}
function withoutPapers() {
  $("made").hidden = true;
  open.papers.clear();
}
// Whether something would be lost that the person wants to keep.
function stays(then) {
  const lost = open.unsaved ? "The workbook that is open has changes that are not saved." : open.papers.size ? "Documents that were made are not saved." : "";
  return Boolean(lost) && !confirm(`${lost} ${then}`);
}
const offeredOr = (next) => (answer, data) => (answer.ticks ? offer : answer.made ? made : next)(answer, data);

const DONE = {
  open: (answer, data) => { withoutPapers(); open.unsaved = Boolean(data.request.again) && open.unsaved; show(answer, data, "Read. Nothing was written into the workbook."); $("result-title").focus(); },
  new: (answer, data) => { withoutPapers(); open.unsaved = true; show(answer, data, `Made. ${SAVE_IT}`); $("result-title").focus(); },
  example: (answer, data) => { withoutPapers(); open.unsaved = false; show(answer, data, "This is an example: invented people and services."); $("result-title").focus(); },
  look: (answer, data) => show(answer, data, `Looked from ${answer.day_shown}.`),
  check: (answer, data) => ran(answer, data, WORDS["check.label"]),
  triggers: (answer, data) => ran(answer, data, WORDS["triggers.label"]),
  fix: offer,
  import: offer,
  minutes: offer,
  documents: offeredOr(made),
  agree: offeredOr((answer, data) => { ran(answer, data, open.offered.label); withdraw(); }),
  document: (answer, data) => { if (data.request.number < 0) open.papers.clear(); open.papers.delete(data.request.number); give(new Blob([data.file], { type: typeOf(answer.file) }), answer.file); say(`${answer.file} was given to your browser to save.`); },
  undo: (answer, data) => { open.unsaved = true; show(answer, data, `Done: ${WORDS["undo.label"]}. Press again to have it back.`); },
  calendar: (answer) => { give(new Blob([answer.text], { type: "text/calendar" }), "reviews.ics"); say("The calendar was given to your browser to save."); },
  explain: (answer) => {
    const parts = answer.lines.map((words) => make("p", words));
    parts.push(...answer.parts.flatMap((part) => pieces("h5", part)));
    parts.push(make("p"));
    parts.at(-1).append(make("a", `Back to ${WORDS["triggers.label"]}`, { href: "#triggers-title" }));
    $("explained-title").textContent = answer.title;
    $("explained-body").replaceChildren(...parts);
    $("explained").hidden = false;
    say(`${WORDS["explain.label"]}: ${answer.title}.`);
    $("explained-title").focus();
  },
};

const TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  html: "text/html",
  zip: "application/zip",
};
const typeOf = (name) => TYPES[name.split(".").pop()] || TYPES.xlsx;
function give(blob, name) {
  const link = make("a", "", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// A file's content; null, and said why, where it can't be had.
async function contentOf(file) {
  if (file.size > Number(WORDS.most)) { refuse({ what: WORDS.too_large, where: file.name, next: WORDS["too_large.next"] }); return null; }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    refuse({ what: "The browser could not read this file.", where: file.name, next: "See that it is a file and no folder, that it is on this computer, and try again." });
    return null;
  }
}

async function bring(files) {
  if (!files.length || busy) return;
  const content = await contentOf(files[0]);
  if (content) ask("import", { list: files[0].name, into: $("into").value, dates: $("dates").value }, content);
  $("list").value = "";  // the same list can be chosen again
}

async function readBack(files) {
  if (!files.length || busy) return;
  const content = await contentOf(files[0]);
  if (content) ask("minutes", { file: files[0].name }, content);
  $("minutes").value = "";  // the same minutes can be chosen again
}

async function take(files) {
  if (!files.length || (busy && (ready || waiting))) return;
  if (files.length > 1) { refuse({ what: "Several files were given at once. None was read.", next: "Give one workbook." }); return; }
  if (stays("Leave them and open the other?")) { $("file").value = ""; return; }
  const file = files[0];
  const content = await contentOf(file);
  if (content) ask("open", { name: file.name }, content);
  $("file").value = "";  // the same workbook can be chosen again, once it was changed
}

function fresh(what, name) {
  if (stays("Leave them?")) return;
  ask(what, { name });
}

function stop() {
  worker.terminate();
  waiting = null;
  start();
  if (open.file) waiting = { request: { do: "open", again: true, name: open.name, day: $("day").value }, file: open.file.slice() };
  setBusy(Boolean(waiting));
  say("Stopped. Nothing was left half-written. Getting ready again …");
  $("status").focus();
}

const unless = (act) => () => { if (!busy || !ready) act(); };
$("file").onchange = () => take([...$("file").files]);
$("new").onclick = () => fresh("new", "programme.xlsx");
$("example").onclick = () => fresh("example", "example.xlsx");
$("list").onchange = () => bring([...$("list").files]);
$("minutes").onchange = () => readBack([...$("minutes").files]);
$("documents").onclick = () => {
  if (open.papers.size && !confirm("Documents that were made are not saved. Make others in their place?")) return;
  ask("documents", { only: $("only").value.split(" ").filter(Boolean) });
};
$("all").onclick = () => ask("document", { number: -1 });
$("mended").onclick = () => ask("import");
$("agree").onclick = () => ask("agree", { chosen: [...$("ticks").querySelectorAll(":checked")].map((box) => Number(box.value)) });
$("refuse").onclick = unless(() => withdraw("Nothing was changed."));
for (const id of ["check", "triggers", "fix", "calendar"]) $(id).onclick = () => ask(id);
$("undo").onclick = () => { if (open.canUndo) ask("undo"); };
$("save").onclick = unless(() => {
  give(new Blob([open.file], { type: typeOf(open.name) }), open.name);
  open.unsaved = false;
  say(`${open.name} was given to your browser to save. Your former file stays as it was, unless you replace it.`);
});
$("stop").onclick = stop;
$("day").onchange = () => { if (open.file && $("day").value) ask("look"); };
addEventListener("dragover", (event) => { event.preventDefault(); $("drop").classList.add("over"); });
addEventListener("dragleave", () => $("drop").classList.remove("over"));
addEventListener("drop", (event) => { event.preventDefault(); $("drop").classList.remove("over"); take([...event.dataTransfer.files]); });
addEventListener("beforeunload", (event) => { if (open.unsaved || open.papers.size) event.preventDefault(); });
$("day").value = dayOf(new Date());
setBusy(false);
start();
