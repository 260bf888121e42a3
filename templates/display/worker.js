// Lets a wall start without network: it keeps the last page and what that needs, a store for each release.
"use strict";
const STORE = "wall-{{ release }}";
const PAGE = "{% url 'display' %}";
const NEEDED = [PAGE{% for asset in assets %}, "{{ asset }}"{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("wall-") && name !== STORE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

async function answer(request) {
  const fetched = await fetch(request).catch(() => Response.error());
  if (fetched.ok) return fetched;
  return (await caches.match(request, { ignoreVary: true })) ?? fetched;
}

self.addEventListener("fetch", (event) => {
  const asks = event.request.headers.has("HX-Request");
  if (event.request.method === "GET" && !asks) event.respondWith(answer(event.request));
});
