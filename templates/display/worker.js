// Lets a wall start without network: the last page and what it needs, a store for each release. As old as wall.js.
"use strict";
const STORE = "wall-{{ release }}";
const PAGE = "{% url 'display' %}";
const NEEDED = [PAGE].concat("{{ assets|join:' ' }}".split(" "));

// Until Chromium 72 nothing was fetched with the screen's cookie unless one said so.
const asked = (address) => new Request(address, {credentials: "same-origin"});

self.addEventListener("install", (event) => {
	event.waitUntil(
		caches
			.open(STORE)
			.then((store) => store.addAll(NEEDED.map(asked)))
			.then(() => self.skipWaiting())
	);
});

self.addEventListener("activate", (event) => {
	const isOld = (name) => name.startsWith("wall-") && name !== STORE;
	event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

async function answer(request) {
	const fetched = await fetch(request).catch(() => Response.error());
	if (fetched.ok) return fetched;
	return (await caches.match(request, {ignoreVary: true})) || fetched;
}

self.addEventListener("fetch", (event) => {
	const asks = event.request.headers.has("HX-Request");
	if (event.request.method === "GET" && !asks) event.respondWith(answer(event.request));
});
