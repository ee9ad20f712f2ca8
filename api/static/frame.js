// Keys and menus of the frame; every one of them does what a link or a summary does without it.
"use strict";

// "/" and "?" open what the links at the head and foot of the page lead to, without leaving a half-filled form.
function open(name, event) {
  const dialog = document.getElementById(name);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-opens]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) open(link.dataset.opens, event);
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const writing = /^(input|select|textarea)$/i.test(event.target.tagName) || document.querySelector("dialog[open]");
  if (writing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "/") open("find", event);
  if (event.key === "?") open("keys", event);
});
