// The standings are made once for everybody: this marks the viewer's own row, lets rows move to their new places, and
// tells screen readers what changed.
"use strict";
{
	const live = () => document.getElementById("live");

	function personal() {
		const me = document.body.dataset.me;
		for (const row of live().querySelectorAll("tr[data-member]")) {
			row.classList.toggle("me", row.dataset.member === me);
			row.style.viewTransitionName = `member-${row.dataset.member}`;
		}
	}

	function announce() {
		const news = live().querySelector("[data-news]")?.dataset.news;
		document.getElementById("announcement").textContent = news ?? "";
	}

	personal();
	document.body.addEventListener("htmx:afterSettle", (event) => {
		if (live().contains(event.target) || event.target === live()) personal();
	});
	document.body.addEventListener("news", announce);
}
