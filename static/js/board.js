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

	personal();
	document.body.addEventListener("htmx:afterSettle", personal);
	document.body.addEventListener("news", () => {
		document.getElementById("announcement").textContent = live().querySelector("[data-news]")?.dataset.news;
	});
}
