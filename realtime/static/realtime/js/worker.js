/**
 * Help without a network. This worker keeps the public help page, the offline page and what they are drawn with, and
 * nothing else: no page anybody signed in to see is ever stored (a phone may be shared).
 */

const KEPT = "porchlight-public-1";
const HELP = "/help/";
const OFFLINE = "/offline/";

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
  else if (["style", "font", "image"].includes(request.destination)) event.respondWith(fetch(request).catch(() => kept(request)));
});

/** The network first; without it, help itself, or the page that leads there. */
async function visit(request, address, event) {
  try {
    const answer = await fetch(request);
    if (address.pathname === HELP && answer.ok) event.waitUntil(keep(HELP));
    return answer;
  } catch {
    if (address.pathname === HELP) return kept(HELP);
    return (await caches.match(OFFLINE)) ?? kept(HELP);
  }
}

async function kept(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
}

async function gather() {
  await keep(HELP);
  await keep(OFFLINE).catch(() => {}); // the offline page is a kindness, help is a promise
}

/** The page and its style sheets, asked for as nobody in particular. */
async function keep(path) {
  const cache = await caches.open(KEPT);
  const answer = await fetch(path, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const page = await answer.clone().text();
  await Promise.all([...page.matchAll(/href="(\/[^"]+\.css)"/g)].map(([, sheet]) => cache.add(sheet)));
  await cache.put(path, answer);
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
}
