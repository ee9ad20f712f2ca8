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

// A long text that is being written is kept on this device, by who writes, form and field, until what was sent is
// done or its writer signs out. What is asked about first, refused or has met a fault is not done.
const drafts = {
  off: "kiemdiem:drafts-off",
  who: [...(document.querySelector(".who-is")?.textContent ?? "")].reduce((sum, one) => (sum * 31 + one.codePointAt(0)) >>> 0, 7),
  sent: "kiemdiem:sent",
  asked: [], // texts the question on this page is about: they are sent with its yes
  key: (field) => `kiemdiem:draft:${drafts.who}:${field.form.getAttribute("action")}:${field.name}`,
  clear: () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("kiemdiem:draft:")) localStorage.removeItem(key);
  },
  wanted: () => localStorage.getItem(drafts.off) === null,
};
function draftNote(field) {
  const words = document.getElementById("draft-words")?.dataset;
  if (!words) return null;
  let note = field.parentElement.querySelector(":scope > .draft");
  if (!note) {
    note = document.createElement("p");
    note.className = "draft";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    const drop = document.createElement("button");
    drop.type = "button";
    drop.dataset.dropDraft = "";
    drop.textContent = words.off;
    note.append(said, drop);
    field.after(note);
  }
  return note;
}
function tellDraft(field, what) {
  const note = draftNote(field);
  if (note) note.firstChild.textContent = document.getElementById("draft-words").dataset[what];
}
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.tagName !== "TEXTAREA" || field.form?.method !== "post" || !drafts.wanted()) return;
  if (field.value === field.defaultValue) localStorage.removeItem(drafts.key(field));
  else localStorage.setItem(drafts.key(field), field.value);
  tellDraft(field, "kept");
});
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/sign-out") drafts.clear();
  const keys = [...event.target.querySelectorAll("textarea")].map(drafts.key);
  if (event.submitter?.name === "confirmed") keys.push(...drafts.asked);
  if (keys.length && event.target.method === "post") sessionStorage.setItem(drafts.sent, JSON.stringify(keys));
});
document.addEventListener("click", (event) => {
  if (!event.target.matches?.("[data-drop-draft]")) return;
  drafts.clear();
  localStorage.setItem(drafts.off, "1");
  for (const note of document.querySelectorAll(".draft")) note.remove();
});
{
  const written = [...document.querySelectorAll("form[method=post] textarea")];
  const again = new Set(written.filter((field) => field.value !== "").map(drafts.key));
  const sent = JSON.parse(sessionStorage.getItem(drafts.sent) ?? "[]");
  if (document.querySelector("#confirmation form")) drafts.asked = sent;
  sessionStorage.removeItem(drafts.sent);
  if (!drafts.asked.length && !document.querySelector("[data-problem]"))
    for (const key of sent) if (!again.has(key)) localStorage.removeItem(key);
  for (const field of written) {
    const kept = drafts.wanted() && localStorage.getItem(drafts.key(field));
    if (!kept || kept === field.value || field.value !== "") continue;
    field.value = kept;
    tellDraft(field, "found");
  }
}
