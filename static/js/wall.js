// The wall: one slide after the other, a celebration once, and the last figures when the server is out of reach.
// The server decides what is shown; between its answers nothing is made here, so that a page lasts for months.
// Televisions keep the engine that they were sold with: this is the language of 2017, which Chromium 64 runs as it is.
"use strict";
{
  const MISSED = 3;
  const PATIENCE = 5000;
  const CELEBRATION = 8000;
  const DAY = 24 * 3600000;
  const SHIFTS = [[0, 0], [3, 1], [5, 3], [3, 5], [0, 6], [-3, 5], [-5, 3], [-3, 1]];
  const SMALLER = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4];
  const root = document.documentElement;
  const body = document.body;
  const wall = () => document.getElementById("wall");
  const slides = () => Array.from(wall().querySelectorAll("[data-slide]"));
  const release = wall().dataset.release;
  const celebrations = [];
  let shown = "", turns = 0, missed = 0, answered = wall().dataset.at, timer, celebrating = false;

  // Ask for news as htmx would on the other pages: the wall with something new in it, or an empty answer.
  function ask() {
    const question = new XMLHttpRequest();
    question.open("GET", wall().dataset.news);
    question.setRequestHeader("HX-Request", "true");
    question.responseType = "document";
    question.timeout = PATIENCE;
    question.onloadend = () => {
      setTimeout(ask, wall().dataset.every);
      hear(question);
    };
    question.send();
  }

  // What some network's sign-in or proxy answers with is not ours.
  function hear(question) {
    const news = question.status === 200 && question.response && question.response.getElementById("wall");
    const isOurs = question.status === 204 || Boolean(news);
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

  // What lies over the slides, and the edge of the screen, are as dark as they are.
  function dim() {
    root.classList.toggle("dimmed", wall().classList.contains("dimmed"));
  }

  // Only one slide is there at a time; its rows can be followed to their new places.
  function show(slide) {
    for (const other of slides()) other.hidden = other !== slide;
    shown = slide && slide.dataset.slide;
    if (!slide) return;
    for (const row of slide.querySelectorAll("[data-member]")) row.style.viewTransitionName = `member-${row.dataset.member}`;
    fit(slide);
  }

  // Names and headings are never cut: what does not fit gets smaller, and only a word that is far too long is broken.
  function fit(part) {
    for (const text of part.querySelectorAll("[data-fit]")) {
      text.classList.remove("fit-broken");
      for (const size of SMALLER) {
        text.style.setProperty("--fit", size);
        if (isInside(text)) break;
      }
      text.classList.toggle("fit-broken", !isInside(text));
    }
  }

  function isInside(text) {
    const box = text.getBoundingClientRect(), around = text.parentNode.getBoundingClientRect();
    return text.scrollWidth <= text.clientWidth + 1 && box.top >= around.top - 1 && box.bottom <= around.bottom + 1;
  }

  function refit() {
    const slide = slides().find((each) => !each.hidden);
    if (slide) fit(slide);
  }

  function turn() {
    const all = slides();
    const next = all[all.findIndex((slide) => slide.dataset.slide === shown) + 1] || all[0];
    // Between two rounds a new release is loaded, and each day the page, so that nothing a browser gathers stays: only
    // while the server answers.
    const isOld = wall().dataset.release !== release || performance.now() > DAY;
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

  // Four notes upwards. Where the browser wants a click first, it waits for one until it is closed.
  async function chime() {
    const audio = new AudioContext();
    setTimeout(() => audio.close(), CELEBRATION);
    await audio.resume();
    [523.25, 659.25, 783.99, 1046.5].forEach((frequency, place) => {
      const from = audio.currentTime + 0.14 * place;
      const tone = new OscillatorNode(audio, { type: "triangle", frequency });
      const loudness = new GainNode(audio, { gain: 0 });
      loudness.gain.setTargetAtTime(0.2, from, 0.01).setTargetAtTime(0, from + 0.08, 0.3);
      tone.connect(loudness).connect(audio.destination);
      tone.start(from);
      tone.stop(from + 2);
    });
  }

  // It lies over the slides, outside of what the next answer replaces.
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
    const isStale = missed >= MISSED;
    body.classList.toggle("stale", isStale);
    if (!isStale) return;
    const words = moment(new Date(answered), wall().dataset.zone);
    for (const time of wall().querySelectorAll(".old time")) time.textContent = words;
  }

  // An old engine may not know a zone that has got a new name since: then the screen's own says it.
  function moment(when, timeZone) {
    const parts = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" };
    try {
      return when.toLocaleString(root.lang, Object.assign({ timeZone }, parts));
    } catch (unknown) {
      return when.toLocaleString(root.lang, parts);
    }
  }

  // What a start without network shows; until Chromium 72 nothing was fetched with the screen's cookie unless one said so.
  async function keep() {
    if (!window.caches) return;
    const page = new Request(location.pathname, { credentials: "same-origin" });
    for (const name of await caches.keys()) {
      if (name.startsWith("wall-")) await (await caches.open(name)).add(page);
    }
  }

  dim();
  show(slides()[0]);
  wait();
  if (Date.now() - new Date(answered) > 60000) {
    missed = MISSED;
    mark();
  }
  setTimeout(ask, wall().dataset.every);
  addEventListener("resize", refit);
  if (document.fonts) document.fonts.ready.then(refit);
  if (navigator.serviceWorker) navigator.serviceWorker.register(`${location.pathname}worker.js`).catch(() => {});
}
