// How is the photo of an applicant taken, and the frame laid on it? With the camera of the counter, by hand or by keys.
//
// The picture goes to the server whole; the frame is three numbers, shares of it, and the server cuts. Without this file
// a photo comes from a file, and the frame lies around the face.
"use strict";

{
  const RATIO = 5 / 4, STEP = 0.01, GROWTH = 0.04, LEAST = 0.05, LOOK_PAUSE_MS = 400;
  const find = (id) => document.getElementById(id);
  let stream = null, drag = null, timer = 0;

  function stop() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    const camera = find("camera");
    if (camera) camera.hidden = true;
  }

  async function open() {
    const trouble = find("camera-trouble");
    trouble.hidden = true;
    try {
      const wanted = { width: { ideal: 1920 }, height: { ideal: 1440 } };
      stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch {
      trouble.hidden = false;
      return;
    }
    const view = find("camera-view");
    view.srcObject = stream;
    find("camera").hidden = false;
    await view.play();
    find("camera-shoot").focus();
  }

  function shoot() {
    const view = find("camera-view"), canvas = document.createElement("canvas");
    if (!view.videoWidth) return;
    [canvas.width, canvas.height] = [view.videoWidth, view.videoHeight];
    canvas.getContext("2d").drawImage(view, 0, 0);
    canvas.toBlob((blob) => {
      const sent = new DataTransfer(), field = find("id_picture");
      sent.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
      field.files = sent.files;
      stop();
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }, "image/jpeg", 0.92);
  }

  function readFrame(crop) {
    const { width, height } = crop.viewBox.baseVal;
    const [x, y, across] = ["left", "top", "width"].map((name) => Number(find(`id_frame_${name}`).value));
    return { x: x * width, y: y * height, across: across * width, width, height };
  }

  function layFrame(crop, { x, y, across, width, height }) {
    const most = Math.min(width, height / RATIO), least = LEAST * width;
    const wide = Math.min(Math.max(across, least), most), high = wide * RATIO;
    const left = Math.min(Math.max(x, 0), width - wide), top = Math.min(Math.max(y, 0), height - high);
    const frame = crop.querySelector(".frame");
    for (const [name, value] of Object.entries({ x: left, y: top, width: wide, height: high })) frame.setAttribute(name, value);
    const outside = `M0 0H${width}V${height}H0ZM${left} ${top}h${wide}v${high}h-${wide}z`;
    crop.querySelector(".outside").setAttribute("d", outside);
    find("id_frame_left").value = (left / width).toFixed(4);
    find("id_frame_top").value = (top / height).toFixed(4);
    find("id_frame_width").value = (wide / width).toFixed(4);
    clearTimeout(timer);
    timer = setTimeout(() => find("lay-frame")?.click(), LOOK_PAUSE_MS);
  }

  function pointIn(crop, event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(crop.getScreenCTM().inverse());
    return { x: at.x, y: at.y };
  }

  document.addEventListener("pointerdown", (event) => {
    const crop = event.target.closest?.("#crop");
    if (!crop) return;
    const at = pointIn(crop, event), frame = readFrame(crop), corner = 0.2 * frame.across;
    const grows = at.x > frame.x + frame.across - corner && at.y > frame.y + frame.across * RATIO - corner;
    drag = { crop, at, frame, grows };
    crop.setPointerCapture(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const { crop, at, frame, grows } = drag, now = pointIn(crop, event);
    const moved = grows
      ? { ...frame, across: frame.across + now.x - at.x }
      : { ...frame, x: frame.x + now.x - at.x, y: frame.y + now.y - at.y };
    layFrame(crop, moved);
  });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { drag = null; });

  document.addEventListener("keydown", (event) => {
    const crop = event.target;
    if (crop.id !== "crop") return;
    const frame = readFrame(crop), step = STEP * frame.width, growth = GROWTH * frame.across;
    const larger = { x: frame.x - growth / 2, y: frame.y - (growth * RATIO) / 2, across: frame.across + growth };
    const smaller = { x: frame.x + growth / 2, y: frame.y + (growth * RATIO) / 2, across: frame.across - growth };
    const moved = {
      ArrowLeft: { x: frame.x - step }, ArrowRight: { x: frame.x + step },
      ArrowUp: { y: frame.y - step }, ArrowDown: { y: frame.y + step },
      "+": larger, "=": larger, "-": smaller,
    }[event.key];
    if (!moved) return;
    event.preventDefault();
    layFrame(crop, { ...frame, ...moved });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (button?.id === "camera-open") void open();
    if (button?.id === "camera-shoot") shoot();
    if (button?.id === "camera-close") stop();
  });

  function prepare() {
    const button = find("camera-open");
    if (button) button.hidden = navigator.mediaDevices?.getUserMedia === undefined;
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (["photo", "intake"].includes(event.detail.target?.id)) stop();
  });
  document.addEventListener("htmx:afterSettle", prepare);
  document.addEventListener("DOMContentLoaded", prepare);
  window.addEventListener("pagehide", stop);
}
