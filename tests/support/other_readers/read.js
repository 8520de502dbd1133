// Reads workbooks with exceljs and SheetJS, and prints what each sees: sheets, their texts but for those of formulas, and tables.
"use strict";
const fs = require("fs");
const ExcelJS = require("exceljs");
const SheetJS = require("xlsx");

/** The text that a cell of exceljs shows; "" where it holds none. */
function textOf(value) {
  if (typeof value === "string") return value;
  if (value === null || typeof value !== "object") return "";
  if (value.richText) return value.richText.map((run) => run.text).join("");
  if (value.text !== undefined) return textOf(value.text);
  return "";
}

async function byExcelJS(data) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(data);
  const sheets = {}, tables = [];
  for (const sheet of book.worksheets) {
    const texts = new Set();
    sheet.eachRow((row) => row.eachCell((cell) => cell.formula || texts.add(textOf(cell.value))));
    texts.delete("");
    sheets[sheet.name] = [...texts];
    tables.push(...sheet.model.tables.map((table) => table.name));
  }
  return { sheets, tables };
}

function bySheetJS(data) {
  const book = SheetJS.read(data);
  const sheets = {};
  for (const name of book.SheetNames) {
    const cells = Object.entries(book.Sheets[name]).filter(([place, cell]) => place[0] !== "!" && cell.t === "s" && !cell.f);
    sheets[name] = [...new Set(cells.map(([, cell]) => cell.v))].filter((text) => text !== "");
  }
  return { sheets };
}

(async () => {
  const found = {};
  for (const path of process.argv.slice(2)) {
    const data = fs.readFileSync(path), told = (found[path] = {});
    for (const [name, read] of [["exceljs", byExcelJS], ["SheetJS", bySheetJS]]) {
      try {
        told[name] = await read(data);
      } catch (error) {
        told[name] = { error: String(error && error.message) };
      }
    }
  }
  process.stdout.write(JSON.stringify(found));
})();
