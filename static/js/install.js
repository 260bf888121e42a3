// A browser that can install the site says so.
"use strict";
addEventListener("beforeinstallprompt", (offer) => {
	const button = document.getElementById("install");
	offer.preventDefault();
	button.onclick = () => offer.prompt();
	button.closest("section").hidden = false;
});
