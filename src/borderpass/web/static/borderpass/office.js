// What is easier with scripts in an office: a hand scanner may be used wherever one is, and an error is found at once.
"use strict";

// A hand scanner types faster than any hand. What it types outside a field goes into the field that finds things.
const TYPED_BY_HAND_MS = 35;
const SURE_AFTER = 4;
const find = document.getElementById("find");
let typed = "";
let typedAt = 0;

function isField(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

document.addEventListener("keydown", (event) => {
  if (!find || event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
  typed = event.timeStamp - typedAt < TYPED_BY_HAND_MS ? typed + event.key : event.key;
  typedAt = event.timeStamp;
  if (typed.length < SURE_AFTER) return;
  event.preventDefault();
  find.value = typed;
  typed = "";
  find.focus();
});

const wrong = document.querySelector("[aria-invalid='true']") || document.getElementById("errors");
if (wrong) wrong.focus();
