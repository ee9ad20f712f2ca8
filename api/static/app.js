// Comfort on top of pages that work without it: sums while counting, keys in the grid, printing.
"use strict";

// The sum of a count row: its columns stay within the valid papers of the sheet; what is left was blank.
function checkRow(row, table) {
  const output = row.querySelector("[data-sum]");
  const inputs = [...row.querySelectorAll("[data-count]")];
  if (!output || inputs.length === 0) return;
  const value = (name) => table.closest("form").elements[name]?.value.trim() ?? "";
  const parts = inputs;
  if (value("collected") === "" || parts.every((input) => input.value.trim() === "")) return;
  const sum = parts.reduce((total, input) => total + Number(input.value), 0);
  const gap = Number(value("collected")) - Number(value("invalid")) - sum;
  const word = gap === 0 ? table.dataset.sumOk : gap > 0 ? table.dataset.sumShort : table.dataset.sumOver;
  output.textContent = gap === 0 ? `${word} ${sum}` : `${word} ${Math.abs(gap)}`;
  output.classList.toggle("error", gap < 0);
  row.classList.toggle("wrong", gap < 0);
  for (const input of parts) input.toggleAttribute("aria-invalid", false);
  if (gap < 0) for (const input of parts) input.setAttribute("aria-invalid", "true");
}

document.addEventListener("focusout", (event) => {
  const table = event.target.closest?.("[data-ballot]");
  const row = event.target.closest?.("tr");
  if (table && row && !row.contains(event.relatedTarget)) checkRow(row, table);
});

// Enter goes down its column instead of sending the form.
document.addEventListener("keydown", (event) => {
  const input = event.target;
  const table = input.closest?.("[data-ballot]");
  if (event.key !== "Enter" || !table || !input.dataset.count) return;
  event.preventDefault();
  const column = [...table.querySelectorAll(`[data-count="${input.dataset.count}"]`)];
  column[column.indexOf(input) + (event.shiftKey ? -1 : 1)]?.focus();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;

// After a refusal the first thing read is the refusal.
(document.getElementById("errors") ?? document.getElementById("refusal"))?.focus({ preventScroll: false });
