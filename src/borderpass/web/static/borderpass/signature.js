// How does somebody sign on a screen? With a finger, a pen or the mouse; what is drawn goes with the form as a PNG.
"use strict";

const INK = "#0d1526";
const PEN_PX = 5;

for (const form of document.querySelectorAll("form[data-signing]")) {
  const part = form.querySelector("[data-signature]");
  const pad = part.querySelector("canvas");
  const sent = part.querySelector("input[name='signature']");
  const pen = pad.getContext("2d");
  let drawn = false;

  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [((event.clientX - box.left) * pad.width) / box.width, ((event.clientY - box.top) * pad.height) / box.height];
  };
  const dot = (x, y) => {
    pen.beginPath();
    pen.arc(x, y, PEN_PX / 2, 0, 2 * Math.PI);
    pen.fill();
  };

  part.hidden = false;
  pen.lineWidth = PEN_PX;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = pen.fillStyle = INK;

  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    const [x, y] = place(event);
    dot(x, y);
    pen.beginPath();
    pen.moveTo(x, y);
    drawn = true;
  });
  pad.addEventListener("pointermove", (event) => {
    if (!pad.hasPointerCapture(event.pointerId)) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) pen.lineTo(...place(one));
    pen.stroke();
  });
  part.querySelector("[data-wipe]").addEventListener("click", () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    drawn = false;
  });
  form.addEventListener("submit", () => {
    sent.value = drawn ? pad.toDataURL("image/png") : "";
  });
}
