// What this screen can and cannot do. In the language of 2009, to run where the wall does not.
"use strict";
function say(name, can) {
	document.querySelector("[data-check=" + name + "]").className = can ? "can" : "cannot";
	document.querySelector("h1").className = document.querySelector("[data-needed].cannot") ? "cannot" : "can";
}

function supports(property, value) {
	return window.CSS && CSS.supports && CSS.supports(property, value);
}

function sounds() {
	var Audio = window.AudioContext || window.webkitAudioContext;
	return Audio && new Audio().state === "running";
}

// The empty answer of the page itself, its time on the server beside this screen's.
function ask() {
	var question = new XMLHttpRequest();
	question.open("HEAD", location.pathname);
	question.timeout = 5000;
	question.onload = function () {
		var there = Date.parse(question.getResponseHeader("Date"));
		say("news", question.status === 200);
		say("clock", isNaN(there) || Math.abs(Date.now() - there) < 60000);
	};
	question.send();
}

document.getElementById("size").textContent = innerWidth + " × " + innerHeight;
setTimeout(function () {
	say("script", /runs-the-wall/.test(document.documentElement.className));
}, 0);
say("layout", supports("display", "grid") && supports("--a", "0"));
say("cookie", navigator.cookieEnabled);
say("offline", navigator.serviceWorker && window.caches);
say("sound", sounds());
say("moves", document.startViewTransition);
if (document.fonts) {
	document.fonts.load("16px Inter").then(function (loaded) {
		say("letters", loaded.length > 0);
	});
}
ask();
