// What is easier with scripts: a picture may be dropped, the check starts at once, and what went wrong is said.
// Without them the plain form works.
"use strict";

const form = document.getElementById("verify-form");
const unreachable = document.getElementById("unreachable");

function watchForm() {
  const input = document.getElementById("picture");
  const drop = document.getElementById("drop");
  const tooLarge = document.getElementById("too-large");
  document.getElementById("at-once").hidden = false;

  function start() {
    const file = input.files[0];
    tooLarge.hidden = !file || file.size <= Number(form.dataset.maxBytes);
    if (file && tooLarge.hidden) form.requestSubmit();
  }

  input.addEventListener("change", start);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    start();
  });
}

if (form) {
  watchForm();
  // An old verdict must never stand beside a new question, nor an old picture be sent with a new text.
  form.addEventListener("htmx:beforeRequest", () => {
    document.getElementById("answer").replaceChildren();
    unreachable.hidden = true;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status) document.getElementById("picture").value = "";
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    form.addEventListener(name, () => { unreachable.hidden = false; });
  }
}
