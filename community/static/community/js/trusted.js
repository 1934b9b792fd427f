// The one Trusted Types policy. It is loaded before every other script and decides what may become code or markup.
// Own modules need nothing from it: they write with textContent and clone <template> elements.
//
// What it lets through:
//   addresses of scripts: the service worker of this origin, /sw.js, and nothing else;
//   markup: an answer htmx has just fetched from this origin, unchanged, on its way into htmx's own parser.
//     Never a string put together in the page, and never innerHTML;
//   code from a string: never.
// A refusal is null, which the browser turns into a TypeError at the place that tried.
(() => {
  "use strict";
  if (!window.trustedTypes) return;

  const WORKER = new URL("/sw.js", location.origin).href;
  const PARSERS = ["Document parseHTMLUnsafe", "DOMParser parseFromString"];
  const KEPT = 8; // answers remembered; each is parsed at once, so a few are plenty
  const answers = [];

  // Capture on the window: heard before anything on the page could change what arrived.
  window.addEventListener("htmx:after:request", ({ detail }) => {
    const { response, text } = detail?.ctx ?? {};
    const ours = response?.raw?.type === "basic" && new URL(response.raw.url).origin === location.origin;
    const html = response?.headers?.get("Content-Type")?.startsWith("text/html");
    if (!ours || !html) return;
    answers.push(text, `<template>${text}</template>`);
    answers.splice(0, answers.length - 2 * KEPT);
  }, true);

  window.trustedTypes.createPolicy("default", {
    createHTML: (markup, _type, sink) => (PARSERS.includes(sink) && answers.includes(markup) ? markup : null),
    createScript: () => null,
    createScriptURL: (address) => (new URL(address, location.origin).href === WORKER ? WORKER : null),
  });
})();
