// Walking through a record without loading the whole page again: links, arrow keys and the slider ask for one event.
"use strict";

const parts = ["replay-head", "replay-bands", "replay-list", "replay-now"];
const slider = document.getElementById("event");
let asked = 0;

function addressOf(number) {
  return `${slider.form.getAttribute("action")}?v=${number}`;
}

function showCurrent() {
  const list = document.getElementById("replay-list");
  const line = list?.querySelector("[aria-current]");
  if (!line || list.scrollHeight <= list.clientHeight) return;
  const top = line.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + line.offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = top - list.clientHeight / 3;
}

// The slider and all links share one way; of several quick steps only the last answer is shown.
async function go(address, push) {
  const turn = ++asked;
  let text;
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    text = await answer.text();
  } catch {
    location.assign(address);
    return;
  }
  if (turn !== asked) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  const scrolled = document.getElementById("replay-list")?.scrollTop ?? 0;
  const held = document.activeElement?.rel || "";
  for (const name of parts) {
    const fresh = page.getElementById(name);
    if (fresh) document.getElementById(name)?.replaceWith(fresh);
  }
  const list = document.getElementById("replay-list");
  if (list) list.scrollTop = scrolled;
  const told = page.getElementById("event");
  if (told && slider) {
    slider.value = told.value;
    slider.setAttribute("aria-valuetext", told.getAttribute("aria-valuetext") ?? "");
  }
  if (held) document.querySelector(`#replay-head a[rel="${held}"]`)?.focus();
  if (push) history.pushState({}, "", address);
  showCurrent();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#replay-head a[rel], #replay-bands a, #replay-list a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href, true);
});

// Arrow keys walk, as fast as they are pressed; inside the slider and other fields they keep their own meaning.
document.addEventListener("keydown", (event) => {
  if (!slider || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (/^(input|select|textarea)$/i.test(event.target.tagName) || document.querySelector("dialog[open]")) return;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const number = Number(slider.value) + (step ?? 0);
  if (!step || number < Number(slider.min) || number > Number(slider.max)) return;
  event.preventDefault();
  slider.value = number;
  go(addressOf(number), true);
});

slider?.addEventListener("change", () => go(addressOf(slider.value), true));
slider?.form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(addressOf(slider.value), true);
});
addEventListener("popstate", () => go(location.href, false));
showCurrent();
