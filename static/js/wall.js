// The wall: slides in turn, celebrations once, the last figures without a network. It makes nothing between
// answers, so that a page lasts for months. The language of 2017, as Chromium 64 has it.
"use strict";
const MISSED = 3;
const CELEBRATION = 8000;
const SHIFTS = [
	[0, 0],
	[3, 1],
	[5, 3],
	[3, 5],
	[0, 6],
	[-3, 5],
	[-5, 3],
	[-3, 1]
];
const {documentElement: root, body} = document;
const wall = () => document.getElementById("wall");
const slides = () => Array.from(wall().querySelectorAll("[data-slide]"));
const release = wall().dataset.release;
const celebrations = [];
let shown = "",
	turns = 0,
	missed = 0,
	answered = wall().dataset.at,
	timer,
	celebrating = false;

function ask() {
	const question = new XMLHttpRequest();
	question.open("GET", wall().dataset.news);
	question.setRequestHeader("HX-Request", "true");
	question.responseType = "document";
	question.timeout = 5000;
	question.onloadend = () => {
		setTimeout(ask, wall().dataset.every);
		hear(question);
	};
	question.send();
}

// A network's own sign-in may answer, too.
function hear(question) {
	const news = question.status === 200 && question.response && question.response.getElementById("wall");
	const isOurs = question.status === 204 || news;
	missed = isOurs ? 0 : missed + 1;
	if (isOurs) answered = new Date().toISOString();
	if (!news) mark();
	else if (!document.startViewTransition) swap(news);
	else document.startViewTransition(() => swap(news)).ready.catch(() => {});
}

function swap(news) {
	const party = news.querySelector("[data-celebration]");
	if (party) celebrations.push(news.removeChild(party));
	wall().replaceWith(news);
	dim();
	const all = slides();
	const same = all.find((slide) => slide.dataset.slide === shown);
	show(same || all[0]);
	if (!same) wait();
	mark();
	celebrate();
	keep().catch(() => {});
}

function dim() {
	root.classList.toggle("dimmed", wall().classList.contains("dimmed"));
}

function show(slide) {
	for (const other of slides()) other.hidden = other !== slide;
	shown = slide && slide.dataset.slide;
	if (!slide) return;
	for (const row of slide.querySelectorAll("[data-member]"))
		row.style.viewTransitionName = `member-${row.dataset.member}`;
	fit(slide);
}

// Nothing is cut: what does not fit gets smaller, names then shorter; other words break at last.
function fit(part) {
	for (const text of part.querySelectorAll("[data-fit]")) {
		const names = text.querySelectorAll("[data-names]"),
			sizes = names.length ? 6 : 10;
		let step = 0;
		text.classList.remove("fit-broken");
		do {
			text.style.setProperty("--fit", 1 - 0.06 * (step % sizes));
			for (const name of names) name.textContent = name.dataset.names.split("\n")[Math.floor(step / sizes)];
		} while (!isInside(text) && ++step < (names.length ? 18 : 10));
		text.classList.toggle("fit-broken", step === 10);
	}
}

function isInside(text) {
	const box = text.getBoundingClientRect(),
		around = text.parentNode.getBoundingClientRect();
	return text.scrollWidth <= text.clientWidth + 1 && box.top >= around.top - 1 && box.bottom <= around.bottom + 1;
}

function turn() {
	const all = slides();
	const next = all[all.findIndex((slide) => slide.dataset.slide === shown) + 1] || all[0];
	// Between rounds: a new release, and once a day the page.
	const isOld = wall().dataset.release !== release || performance.now() > 24 * 3600000;
	if (next === all[0] && isOld && !missed && !celebrating) return location.reload();
	if (next && next.dataset.slide !== shown) {
		show(next);
		next.classList.add("arrives");
	}
	const [right, down] = SHIFTS[++turns % SHIFTS.length];
	body.style.transform = `translate(${right}px, ${down}px)`;
	wait();
}

function wait() {
	clearTimeout(timer);
	timer = setTimeout(turn, 1000 * (wall().dataset.seconds || 15));
}

// Some browsers want a click first.
async function chime() {
	const audio = new AudioContext();
	setTimeout(() => audio.close(), CELEBRATION);
	await audio.resume();
	[523.25, 659.25, 783.99, 1046.5].forEach((frequency, place) => {
		const from = audio.currentTime + 0.14 * place;
		const tone = new OscillatorNode(audio, {type: "triangle", frequency});
		const loudness = new GainNode(audio, {gain: 0});
		loudness.gain.setTargetAtTime(0.2, from, 0.01).setTargetAtTime(0, from + 0.08, 0.3);
		tone.connect(loudness).connect(audio.destination);
		tone.start(from);
	});
}

function celebrate() {
	if (celebrating || !celebrations.length) return;
	const party = celebrations.shift();
	celebrating = true;
	if ("sound" in wall().dataset) chime().catch(() => {});
	party.hidden = false;
	body.appendChild(party);
	fit(party);
	setTimeout(() => {
		party.remove();
		celebrating = false;
		celebrate();
	}, CELEBRATION);
}

function mark() {
	body.classList.toggle("stale", missed >= MISSED);
	if (missed < MISSED) return;
	for (const time of wall().querySelectorAll(".old time")) time.textContent = moment(new Date(answered));
}

// Old engines do not know every zone.
function moment(when) {
	const parts = {day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit"};
	parts.timeZone = wall().dataset.zone;
	try {
		return when.toLocaleString(root.lang, parts);
	} catch (unknown) {
		delete parts.timeZone;
		return when.toLocaleString(root.lang, parts);
	}
}

// For a start without network.
async function keep() {
	if (!window.caches) return;
	const page = new Request(location.pathname, {credentials: "same-origin"});
	for (const name of await caches.keys()) {
		if (name.startsWith("wall-")) await (await caches.open(name)).add(page);
	}
}

dim();
show(slides()[0]);
wait();
if (Date.now() - new Date(answered) > 60000) missed = MISSED;
mark();
setTimeout(ask, wall().dataset.every);
addEventListener("resize", () => fit(body));
if (document.fonts) document.fonts.ready.then(() => fit(body));
if (navigator.serviceWorker) navigator.serviceWorker.register(`${location.pathname}worker.js`).catch(() => {});
