// How much is it so far? Adds up the notes while they are counted; the server counts again.
"use strict";

const counting = document.querySelector(".counting");
const KHMER_ZERO = 0x17e0;

function readWhole(text) {
  const latin = text.replace(/[\u17e0-\u17e9]/g, (digit) => String(digit.charCodeAt(0) - KHMER_ZERO));
  const digits = latin.replace(/[\s,.']/g, "");
  return /^[0-9]{0,12}$/.test(digits) ? Number(digits) : NaN;
}

function addUp() {
  let total = readWhole(counting.elements.other_riel.value);
  for (const field of counting.querySelectorAll("[name^='note_']")) {
    total += Number(field.name.slice("note_".length)) * readWhole(field.value);
  }
  const difference = total - Number(counting.dataset.expected);
  const known = !Number.isNaN(total);
  counting.querySelector("[data-counted]").textContent = known ? total.toLocaleString("en") : "–";
  const sign = difference > 0 ? "+" : "−";
  const said = known && total > 0 && difference !== 0 ? `▲ ${sign}${Math.abs(difference).toLocaleString("en")}` : "";
  counting.querySelector("[data-difference]").textContent = said;
}

counting.addEventListener("input", addUp);
addUp();
