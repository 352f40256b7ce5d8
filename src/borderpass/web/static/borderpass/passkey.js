// How does a form ask somebody's authenticator? It fetches the options, asks, fills in the answer, and is sent as any form.
//
// <form data-passkey="get" data-begin="/where/the/options/are/" hidden> with an input named "credential" and an element
// with data-passkey-trouble; "create" makes a passkey instead. A browser that has no passkeys never shows the form.
// W3C Web Authentication Level 3, sections 5.1.3 to 5.1.11; browsers that know only Level 2 are served by hand.
"use strict";

const BYTES_IN_OPTIONS = ["challenge", "user.id", "excludeCredentials.*.id", "allowCredentials.*.id"];

function readBase64url(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function writeBase64url(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function readBytesAt(holder, [name, ...rest]) {
  if (holder === undefined) return;
  if (name === "*") holder.forEach((one) => readBytesAt(one, rest));
  else if (rest.length > 0) readBytesAt(holder[name], rest);
  else if (holder[name] !== undefined) holder[name] = readBase64url(holder[name]);
}

function readOptions(kind, options) {
  const parse = kind === "create" ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON";
  if (PublicKeyCredential[parse]) return PublicKeyCredential[parse](options);
  for (const path of BYTES_IN_OPTIONS) readBytesAt(options, path.split("."));
  return options;
}

function writeCredential(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const part = credential.response[name];
    if (part) response[name] = writeBase64url(part);
  }
  return JSON.stringify({ id: credential.id, rawId: writeBase64url(credential.rawId), type: credential.type, response });
}

async function ask(form) {
  const kind = form.dataset.passkey;
  const answer = await fetch(form.dataset.begin, { method: "POST", body: new FormData(form) });
  const { options, problem } = await answer.json();
  if (problem) return problem;
  const publicKey = readOptions(kind, JSON.parse(options));
  const credential = await navigator.credentials[kind]({ publicKey });
  form.elements.credential.value = writeCredential(credential);
  return "";
}

async function askAndSend(form) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  const button = form.querySelector("button");
  const usual = trouble.dataset.usual ?? (trouble.dataset.usual = trouble.textContent);
  trouble.hidden = true;
  button.disabled = true;
  // No network, an answer that is none, a holder who says no: one sentence, and one more try.
  const problem = await ask(form).catch(() => usual);
  button.disabled = false;
  if (problem) {
    trouble.textContent = problem;
    trouble.hidden = false;
  } else {
    form.submit();
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (window.PublicKeyCredential === undefined) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void askAndSend(form);
  });
}
