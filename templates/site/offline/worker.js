// {% load static %}Keeps what was typed without a network, and shows a page there in the language of who installed this.
"use strict";
const LANGUAGE = new URL(location).searchParams.get("in") ?? "en";
const SHELL = `shell-{{ version }}-${LANGUAGE}`;
const PAGES = {offline: "{% url 'offline' %}", kept: "{% url 'kept' %}"};
const FILES = [
	"{% static 'built/base.css' %}",
	"{% static 'built/components.css' %}",
	"{% static 'font/inter.woff2' %}",
	"{% static 'img/icon.svg' %}",
	"{% static 'js/offline.js' %}",
];

addEventListener("install", (event) => {
	skipWaiting();
	event.waitUntil(
		caches.open(SHELL).then((shell) => shell.addAll([...Object.values(PAGES), ...FILES].map(forAnybody))),
	);
});

addEventListener("activate", (event) => {
	const isOld = (name) => name.startsWith("shell-") && name !== SHELL;
	event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

addEventListener("fetch", (event) => {
	const {request} = event;
	const {pathname} = new URL(request.url);
	if (request.method === "POST" && pathname === "{% url 'submit' %}") event.respondWith(submit(request));
	else if (FILES.includes(pathname)) event.respondWith(fetch(request).catch(() => caches.match(pathname)));
	else if (request.method === "GET" && request.mode === "navigate" && !pathname.startsWith("{% url 'display' %}"))
		event.respondWith(fetch(request).catch(() => page(PAGES.offline)));
});

function forAnybody(path) {
	return new Request(path, {credentials: "omit", headers: {"Accept-Language": LANGUAGE}});
}

function page(path) {
	return caches.match(path, {ignoreVary: true});
}

async function submit(request) {
	const typed = new URLSearchParams(await request.clone().text());
	const outbox = await caches.open("outbox");
	try {
		const answer = await fetch(request);
		if (answer.type === "opaqueredirect") await outbox.delete(typed.get("kept"));
		return answer;
	} catch {
		typed.delete("csrfmiddlewaretoken");
		await outbox.put(`${request.url}?for=${typed.get("me")}&on=${typed.get("taken_on")}`, new Response(typed));
		return page(PAGES.kept);
	}
}
