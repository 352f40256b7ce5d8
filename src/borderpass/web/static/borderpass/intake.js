// How does the form of the counter help the hand? Every button works without this file; this presses them in time.
//
// A card that was read is taken at once, a place is looked for while it is typed, a chosen file goes off by itself, and
// what was typed is kept on the server. Nothing of it is kept in the browser. When the network is gone the form stays as
// it is, says so, and is kept as soon as the network is back.
"use strict";

{
  const CARD_CHARACTERS = 90, CARD_BEGINS = /IDKHM[0-9]?$/i, FROM_HOME = /\bP\d{4}-?\d{2}-?\d{6}-?[0-9A-Z]\s*$/i;
  const TYPING_PAUSE_MS = 250, KEEPING_PAUSE_MS = 1500, RETRY_MS = 5000;
  const find = (id) => document.getElementById(id);
  const press = (id) => find(id)?.click();
  let edits = 0, kept = 0, leaving = false;
  const timers = {};

  function later(name, pauseMs, work) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(work, pauseMs);
  }

  function keep() {
    const place = find("saved");
    if (place) window.htmx.trigger(place, "keep");
  }

  function cookie(name) {
    return document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  }

  // Without scripts these buttons send what was chosen; with them choosing is enough.
  function prepare() {
    for (const one of document.querySelectorAll("#intake [data-without-script]")) one.hidden = true;
  }

  function edited(event) {
    if (!event.target.closest("#intake-form")) return;
    unmark(event.target.name);
    edits += 1;
    later("keep", KEEPING_PAUSE_MS, keep);
  }

  // What was changed by hand is not what the card says any more.
  function unmark(name) {
    const read = find("id_read");
    find(`f-${name}`)?.querySelector(".read")?.remove();
    if (read) read.value = read.value.split(",").filter((one) => one !== name).join(",");
  }

  function cardIsComplete(text) {
    return text.replace(/\s/g, "").length === CARD_CHARACTERS || FROM_HOME.test(text);
  }

  // A reader types wherever the hand last was: what begins as a card does belongs into the card's field.
  function moveCard(field) {
    const begun = field.value.match(CARD_BEGINS)?.[0], card = find("id_card");
    if (!begun || !card) return false;
    field.value = field.value.slice(0, -begun.length);
    card.value = begun;
    card.focus();
    return true;
  }

  document.addEventListener("input", (event) => {
    const { id, value } = event.target;
    if (id !== "id_card" && event.target.tagName === "INPUT" && moveCard(event.target)) return;
    if (id === "id_card") {
      if (cardIsComplete(value)) later("card", TYPING_PAUSE_MS, () => press("read-card"));
      return;
    }
    if (id === "id_place") later("place", TYPING_PAUSE_MS, () => press("find-place"));
    edited(event);
  });

  document.addEventListener("change", (event) => {
    const { id, files } = event.target;
    if (id === "id_picture") return files.length && press("send-picture");
    if (id === "id_paper") return files.length && press("send-paper");
    if (id === "id_card" || id === "id_place") return;
    edited(event);
    if (event.target.closest("#levels")) press("choose-place");
    else later("keep", 0, keep);
  });

  // Enter in the search takes the first place found; the arrows go through them.
  document.addEventListener("keydown", (event) => {
    const found = [...document.querySelectorAll("#places button")];
    const at = found.indexOf(event.target), inField = event.target.id === "id_place";
    if (inField && event.key === "Enter") {
      event.preventDefault();
      if (found.length > 0) found[0].click();
      else press("find-place");
    } else if ((inField || at >= 0) && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const next = found[at + (event.key === "ArrowDown" ? 1 : -1)] ?? (event.key === "ArrowUp" ? find("id_place") : null);
      if (next) {
        event.preventDefault();
        next.focus();
      }
    }
  });

  // Somebody who signed in again has another token than this page was made with.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = cookie("csrftoken");
    if (token) event.detail.parameters.csrfmiddlewaretoken = token;
    event.detail.elt.dataset.edits = String(edits);
  });

  function lost() {
    const strip = find("net");
    if (strip) strip.hidden = false;
    later("retry", RETRY_MS, keep);
  }

  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:responseError", lost);
  window.addEventListener("online", keep);

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful && event.detail.xhr?.status !== 422) return;
    kept = Math.max(kept, Number(event.detail.elt.dataset.edits ?? 0));
    clearTimeout(timers.retry);
    const strip = find("net");
    if (strip) strip.hidden = true;
  });

  // A page that is led away by the server (taken in, or to be signed in again) has been kept there.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Redirect")) leaving = true;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && kept < edits) event.preventDefault();
  });
  document.addEventListener("submit", () => {
    if (!window.htmx) leaving = true;
  });

  // The hand goes on where the next thing is to be typed.
  function goOn(part) {
    if (part === "card") {
      const wrong = document.querySelector("#card .says.wrong") && !find("id_document_number")?.value;
      find(wrong ? "id_card" : "id_name_khmer")?.focus();
    } else if (part === "address" && ["id_place", null].includes(focused())) {
      find(find("id_village")?.value ? "id_occupation" : "id_village")?.focus();
    }
  }

  function focused() {
    return document.activeElement === document.body ? null : (document.activeElement?.id ?? null);
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    prepare();
    goOn(event.target.id);
  });

  document.addEventListener("DOMContentLoaded", prepare);
}
