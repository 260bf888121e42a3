// What was typed without a network is kept for the member who typed it, and brought back into the form once they are
// signed in. A phone may be shared: nothing is sent unasked, no name stays.
"use strict";
{
	const {me, name} = document.body.dataset;
	const isKept = document.body.classList.contains("kept");
	const whose = document.querySelector("[data-whose]");
	const notice = document.getElementById("kept");
	const {form} = document.querySelector("[name=kept]") || {};

	function fill(values) {
		for (const [name, value] of values) if (form.elements[name]) form.elements[name].value = value;
	}

	async function offerWhatWasKept() {
		const outbox = await caches.open("outbox");
		const kept = (await outbox.keys()).find(({url}) => RegExp(`for=(${me})?&`).test(url));
		if (!kept || !notice) return;
		const [look, filled, throwAway] = notice.children;
		notice.hidden = false;
		throwAway.addEventListener("click", () => outbox.delete(kept).then(() => location.reload()));
		look.hidden = Boolean(form || document.getElementById("closed"));
		throwAway.hidden = !look.hidden;
		if (!form) return;
		fill([...new URLSearchParams(await (await outbox.match(kept)).text()), ["me", me], ["kept", kept.url]]);
		filled.hidden = false;
	}

	async function nameWhomItIsFor() {
		const {me = "", name = ""} = localStorage;
		const today = new Date().toLocaleDateString("sv"); // as 2027-01-31
		if (form) fill(Object.entries({me, taken_on: today}));
		const last = isKept && (await (await caches.open("outbox")).keys()).pop();
		if (name && (!last || last.url.includes(`for=${me}&`))) whose.textContent = `${whose.dataset.whose} ${name}`;
	}

	async function leaveWhenAnswered() {
		const {ok} = navigator.onLine && (await fetch("/healthz").catch(() => false));
		if (ok) location.assign("/submit/");
		else setTimeout(leaveWhenAnswered, 1000);
	}

	if ("serviceWorker" in navigator) {
		if (me || whose) navigator.serviceWorker.register(`/service-worker.js?in=${document.documentElement.lang}`);
		if (me) {
			Object.assign(localStorage, {me, name});
			offerWhatWasKept();
		} else if (whose) nameWhomItIsFor();
		else localStorage.clear();
		if (isKept) setTimeout(leaveWhenAnswered, 1000);
	}
}
