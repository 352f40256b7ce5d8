// How does somebody mark many applications without a mouse? Space marks one, Shift from the last one on, the arrows go up
// and down. Without this script every box can still be marked by itself.
"use strict";

for (const form of document.querySelectorAll("form[data-choosing]")) {
  const boxes = [...form.querySelectorAll("input[name='application']")];
  const all = form.querySelector("[data-choose-all]");
  const usual = form.querySelector("[data-choose-usual]");
  const chosen = form.querySelector("[data-chosen]");
  if (boxes.length === 0 || !all) continue;
  let last = null;
  let shift = false;

  const isUsual = (box) => box.closest("tr").querySelector(".nothing") !== null;
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    chosen.textContent = String(count);
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };
  const mark = (which, checked) => {
    for (const box of boxes) if (which(box)) box.checked = checked;
    tell();
  };

  for (const hidden of form.querySelectorAll(".choose [hidden]")) hidden.hidden = false;
  all.addEventListener("change", () => mark(() => true, all.checked));
  usual?.addEventListener("change", () => mark((box) => isUsual(box), usual.checked));
  form.addEventListener("keydown", (event) => { shift = event.shiftKey; });
  form.addEventListener("pointerdown", (event) => { shift = event.shiftKey; });

  boxes.forEach((box, at) => {
    box.addEventListener("change", () => {
      if (shift && last !== null) {
        const [from, to] = [Math.min(last, at), Math.max(last, at)];
        for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
      }
      last = at;
      tell();
    });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      boxes[at + step]?.focus();
    });
  });
  tell();
}
