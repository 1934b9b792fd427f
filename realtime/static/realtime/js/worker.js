/**
 * Help without a network. This worker keeps the public help page, the offline page and what they are drawn with, and
 * nothing else: no page anybody signed in to see is ever stored here. What a phone that is only its owner's shows without a
 * network is drawn into the offline page by its own script, from what the phone keeps sealed.
 */

const KEPT = "porchlight-public-2"; // leave.js knows how it begins
const HELP = "/help/";
const PLAIN = { [HELP]: "/help/?kept" }; // it names nobody, and says that it cannot know who reads
const OFFLINE = "/offline/";
const ASKED = "Porchlight-Asked-In"; // the language of the page that made this be fetched again
const PARTS = /(?:href|src)="(\/static\/[^"#]+\.(?:css|js|svg|woff2))/g;
const DRAWN = ["style", "font", "image", "script", ""];

self.addEventListener("install", (event) => {
  event.waitUntil(gather().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(request, address, event));
  else if (address.pathname.startsWith("/static/") && DRAWN.includes(request.destination)) event.respondWith(fetch(request).catch(() => kept(request)));
});

/** The network first; without it, help itself, or the page that leads there. */
async function visit(request, address, event) {
  try {
    const answer = await fetch(request);
    if (address.pathname === HELP && answer.ok) event.waitUntil(keep(HELP));
    else event.waitUntil(follow(answer.headers.get("Content-Language")));
    return answer;
  } catch {
    if (address.pathname === HELP) return kept(HELP);
    return (await caches.match(OFFLINE, { ignoreVary: true })) ?? kept(HELP);
  }
}

async function kept(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
}

/** What is kept speaks as the pages around it do: as somebody chose, and after they signed out as the device does. */
async function follow(language) {
  const help = await caches.match(HELP, { ignoreVary: true });
  if (!language || !help) return;
  const known = ["Content-Language", ASKED].map((name) => help.headers.get(name));
  if (!known.includes(language)) await gather(language);
}

async function gather(language = "") {
  await keep(HELP, language);
  await keep(OFFLINE).catch(() => {}); // the offline page is a kindness, help is a promise
}

/** The page and what it is drawn with. Cookies go along for the language's sake; whose they are is not asked there. */
async function keep(path, asked = "") {
  const cache = await caches.open(KEPT);
  const answer = await fetch(PLAIN[path] ?? path, { credentials: "same-origin", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const page = await answer.text();
  const parts = new Set([...page.matchAll(PARTS)].map(([, part]) => part));
  await Promise.all([...parts].map((part) => cache.add(part)));
  const headers = new Headers(answer.headers);
  headers.set(ASKED, asked); // on the clinic's tablet help speaks as the device does, however often it is asked
  await cache.put(path, new Response(page, { status: answer.status, headers }));
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
}
