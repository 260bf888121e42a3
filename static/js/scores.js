// A column or a block of a sheet goes into the fields from the chosen one on; one with names to the server, to read.
"use strict";
{
  const table = document.querySelector(".scores");
  const fields = [...table.querySelectorAll("[inputmode]")];

  table.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text").trimEnd();
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const first = fields.indexOf(event.target);
    const cells = text.split("\n").flatMap((line, row) => {
      const here = fields.slice(first + 5 * row, first + 5 * row + 5 - (first % 5));
      return line.split("\t").map((cell, column) => [here[column], cell.trim()]);
    });
    if (cells.every(([field, cell]) => field && /^[\d.,]*$/.test(cell))) {
      for (const [field, cell] of cells) field.value = cell;
    } else {
      const {pasted, read} = event.target.form.elements;
      pasted.value = text;
      read.click();
    }
  });
}
