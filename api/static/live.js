// Keeps the marked parts of an open page as they are in the database: told by /live, or asked from /live/state.
//
// A part is any element with an id and data-live: empty for what the page is about, "*" for any campaign,
// "notices" or "letters". It is fetched with its page and its content replaced; a part in which somebody is
// writing is left alone until that is over. A hidden tab rests.
"use strict";

(() => {
  const body = document.body;
  const said = document.getElementById("live");
  if (!body.dataset.liveMark || !said) return;

  const ASK = 10_000; // between two questions, doubled while nobody answers
  const ASK_MAX = 120_000;
  const STREAM_AGAIN = 30_000; // until the stream is tried again, doubled while there is no room
  const STREAM_AGAIN_MAX = 300_000;
  const REST = 5_000; // between two fetches of the page; longer where the service is slow
  const TAKES = 20; // so many times as long as a fetch took
  const SPREAD = 1_000; // many pages hear of the same change at once; they do not all fetch at once
  const SPREAD_ALL = 20_000;
  const SAID_FOR = 10_000;

  let mark = body.dataset.liveMark;
  let source = null;
  let asking = 0;
  let fetching = 0;
  let silence = 0;
  let failed = 0;
  let restUntil = 0;
  let streamWait = STREAM_AGAIN;
  let streamFrom = 0;
  let over = false;
  const stale = new Set();

  // --- what is told -----------------------------------------------------------------------------

  function say(what, stays = false) {
    clearTimeout(silence);
    const text = said.dataset[what];
    if (said.textContent !== text) said.textContent = text;
    if (!stays) silence = setTimeout(() => (said.textContent = ""), SAID_FOR);
  }

  function concerns(part, told) {
    const topic = part.dataset.live || body.dataset.liveTopic;
    if (topic === "letters") return told.letters;
    if (topic === "notices") return told.all;
    if (told.all) return true;
    if (topic === "*") return Object.keys(told.campaigns).length > 0;
    const [campaign, organisation] = topic.split("/");
    const bodies = told.campaigns[campaign];
    return bodies !== undefined && (!organisation || bodies.length === 0 || bodies.includes(organisation));
  }

  function changed(told) {
    for (const part of document.querySelectorAll("[data-live][id]")) if (concerns(part, told)) stale.add(part.id);
    fetchSoon(told.all ? SPREAD_ALL : SPREAD);
  }

  function counted(open) {
    for (const badge of document.querySelectorAll("[data-live-count]")) {
      const number = badge.querySelector("[data-live-number]");
      if (number.textContent === String(open)) continue;
      number.textContent = String(open);
      badge.hidden = open === 0;
      for (const part of document.querySelectorAll('[data-live="notices"][id]')) stale.add(part.id);
    }
    fetchSoon();
  }

  // --- the page fetched again -------------------------------------------------------------------

  function fetchSoon(spread = SPREAD) {
    if (fetching || over || stale.size === 0 || document.hidden) return;
    fetching = setTimeout(fetchAgain, Math.max(0, restUntil - Date.now()) + 100 + Math.random() * spread);
  }

  async function fetchAgain() {
    fetching = 0;
    if (document.hidden) return;
    if (![...stale].some((id) => !written(document.getElementById(id)))) {
      say("held", true); // goes on when the writing is over
      return;
    }
    const began = Date.now();
    const address = new URL(location.href);
    address.searchParams.delete("done");
    address.hash = "";
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      if (answer.status === 401 || answer.status === 403) end();
      if (!answer.ok) return;
      takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // no connection: what is stale waits for the next word
    } finally {
      restUntil = Date.now() + Math.max(REST, TAKES * (Date.now() - began));
    }
  }

  function takeOver(fresh) {
    let replaced = false;
    let held = false;
    for (const id of [...stale]) {
      const part = document.getElementById(id);
      const newer = fresh.getElementById(id);
      if (part && newer && looks(part) !== looks(newer)) {
        if (written(part)) {
          held = true;
          continue;
        }
        replace(part, newer);
        replaced = true;
      }
      stale.delete(id);
    }
    document.title = fresh.title;
    const more = [...fresh.querySelectorAll("[data-live][id]")].some((part) => !document.getElementById(part.id));
    if (held) say("held", true);
    else if (more) say("more", true);
    else if (replaced) say("changed");
  }

  // Somebody writes here, or wrote and has not sent it, or marks text.
  function written(part) {
    if (!part) return false;
    const form = document.activeElement?.closest("form");
    if (form && part.contains(form)) return true;
    const selection = getSelection();
    if (selection && !selection.isCollapsed && part.contains(selection.anchorNode)) return true;
    return [...part.querySelectorAll("input, select, textarea")].some(differs);
  }

  function differs(field) {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(chosen, 0) && field.options.length > 0;
  }

  // What a reader sees of a part: keys of forms are new in every page, and what is unfolded is the reader's.
  function looks(part) {
    const copy = part.cloneNode(true);
    for (const field of copy.querySelectorAll("input[type=hidden]")) field.removeAttribute("value");
    for (const unfolded of copy.querySelectorAll("details")) unfolded.removeAttribute("open");
    for (const button of copy.querySelectorAll("[data-print]")) button.hidden = true;
    return copy.innerHTML;
  }

  function replace(part, newer) {
    const places = "a, button, summary, [tabindex]";
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const place = focused ? [...part.querySelectorAll(places)].indexOf(focused) : -1;
    const href = focused?.getAttribute("href");
    const unfolded = [...part.querySelectorAll("details")].map((one) => one.open);
    const scrolled = [...part.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
    const [x, y] = [scrollX, scrollY];

    part.replaceChildren(...document.importNode(newer, true).childNodes);
    const details = [...part.querySelectorAll("details")];
    if (details.length === unfolded.length) details.forEach((one, at) => (one.open = unfolded[at]));
    [...part.querySelectorAll(".scroll")].forEach((one, at) => (one.scrollLeft = scrolled[at] ?? 0));
    for (const button of part.querySelectorAll("[data-print]")) button.hidden = false;
    window.htmx?.process(part);
    if (focused) {
      const all = [...part.querySelectorAll(places)];
      const same = href && all.filter((one) => one.getAttribute("href") === href);
      (same?.find((one) => all.indexOf(one) === place) ?? same?.[0] ?? all[place])?.focus({ preventScroll: true });
    }
    scrollTo(x, y);
  }

  document.addEventListener("focusout", () => fetchSoon());
  document.addEventListener("change", () => fetchSoon());

  // --- the stream, or questions -----------------------------------------------------------------

  function follow() {
    rest();
    if (over || document.hidden) return;
    source = new EventSource(`/live?after=${encodeURIComponent(mark)}`);
    source.addEventListener("open", () => {
      streamWait = STREAM_AGAIN;
      answered();
    });
    source.addEventListener("change", (event) => {
      mark = event.lastEventId;
      changed(JSON.parse(event.data));
    });
    source.addEventListener("notices", (event) => {
      mark = event.lastEventId;
      counted(JSON.parse(event.data).open);
    });
    source.addEventListener("error", () => {
      rest();
      streamFrom = Date.now() + streamWait;
      streamWait = Math.min(streamWait * 2, STREAM_AGAIN_MAX);
      askIn(1_000 + Math.random() * 2_000);
    });
  }

  function askIn(milliseconds) {
    clearTimeout(asking);
    if (!over && !document.hidden) asking = setTimeout(ask, milliseconds);
  }

  async function ask() {
    try {
      const answer = await fetch(`/live/state?after=${encodeURIComponent(mark)}`);
      if (answer.status === 401 || answer.status === 403) return end();
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      mark = told.mark;
      answered();
      changed(told);
      counted(told.notices);
    } catch {
      failed += 1;
      if (failed > 1) say("lost", true);
      return askIn(Math.min(ASK * 2 ** failed, ASK_MAX));
    }
    if (Date.now() >= streamFrom) follow();
    else askIn(ASK);
  }

  function answered() {
    if (failed > 1) said.textContent = "";
    failed = 0;
  }

  function rest() {
    clearTimeout(asking);
    source?.close();
    source = null;
  }

  function end() {
    over = true;
    rest();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return rest();
    follow();
    fetchSoon();
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => event.persisted && follow());
  follow();
})();
