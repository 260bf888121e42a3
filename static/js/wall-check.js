// What this screen can and cannot do. In the language of 2009, so that it runs where the wall does not, and says so there.
"use strict";
(function () {
  var root = document.documentElement;
  var items = document.querySelectorAll("li[data-check]");

  function turn(item, can) {
    item.className = can ? "can" : "cannot";
    item.querySelector(".yes").hidden = !can;
    item.querySelector(".no").hidden = can;
  }

  function say(name, can) {
    turn(document.querySelector("li[data-check=" + name + "]"), Boolean(can));
    var all = true;
    for (var place = 0; place < items.length; place += 1) {
      if (items[place].hasAttribute("data-needed") && items[place].className !== "can") all = false;
    }
    turn(document.querySelector("h1"), all);
  }

  function write(name, value) {
    document.querySelector("[data-value=" + name + "]").textContent = value;
  }

  function engine() {
    var named = /(Chrome|Firefox)\/(\d+)/.exec(navigator.userAgent);
    var numbered = /Version\/(\d+).*(Safari)/.exec(navigator.userAgent);
    if (named) return named[1] + " " + named[2];
    return numbered ? numbered[2] + " " + numbered[1] : navigator.userAgent;
  }

  function supports(property, value) {
    return window.CSS && CSS.supports && CSS.supports(property, value);
  }

  function sounds() {
    var Audio = window.AudioContext || window.webkitAudioContext;
    if (!Audio) return false;
    var audio = new Audio();
    var runs = audio.state === "running";
    if (audio.close) audio.close();
    return runs;
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

  write("browser", engine());
  write("size", window.innerWidth + " × " + window.innerHeight);
  setTimeout(function () {
    say("script", root.classList && root.classList.contains("runs-the-wall"));
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
})();
