// The wall: one slide after the other, a celebration once, and the last figures when the server is out of reach.
// The server decides what is shown; between its answers nothing is made here, so that a page lasts for months.
"use strict";
{
  const MISSED = 3;
  const CELEBRATION = 8_000;
  const DAY = 24 * 3_600_000;
  const SHIFTS = [[0, 0], [3, 1], [5, 3], [3, 5], [0, 6], [-3, 5], [-5, 3], [-3, 1]];
  const body = document.body;
  const wall = () => document.getElementById("wall");
  const slides = () => [...wall().querySelectorAll("[data-slide]")];
  const release = wall().dataset.release;
  const celebrations = [];
  let shown = "", turns = 0, missed = 0, answered = wall().dataset.at, timer, celebrating = false;

  // Only one slide is there at a time; its rows can be followed to their new places.
  function show(slide) {
    for (const other of slides()) other.hidden = other !== slide;
    shown = slide?.dataset.slide;
    for (const row of slide?.querySelectorAll("[data-member]") ?? []) row.style.viewTransitionName = `member-${row.dataset.member}`;
  }

  function turn() {
    const all = slides();
    const next = all[all.findIndex((slide) => slide.dataset.slide === shown) + 1] ?? all[0];
    // Between two rounds a new release is loaded, and each day the page, so that nothing a browser gathers stays: only
    // while the server answers.
    const isOld = wall().dataset.release !== release || performance.now() > DAY;
    if (next === all[0] && isOld && !missed && !celebrating) return location.reload();
    if (next && next.dataset.slide !== shown) {
      show(next);
      next.classList.add("arrives");
    }
    body.style.translate = SHIFTS[++turns % SHIFTS.length].map((pixels) => `${pixels}px`).join(" ");
    wait();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(turn, 1000 * (wall().dataset.seconds ?? 15));
  }

  // Four notes upwards. Where the browser wants a click first, it waits for one until it is closed.
  async function chime() {
    const audio = new AudioContext();
    setTimeout(() => audio.close(), CELEBRATION);
    await audio.resume();
    for (const [place, frequency] of [523.25, 659.25, 783.99, 1046.5].entries()) {
      const from = audio.currentTime + 0.14 * place;
      const tone = new OscillatorNode(audio, { type: "triangle", frequency });
      const loudness = new GainNode(audio, { gain: 0 });
      loudness.gain.setTargetAtTime(0.2, from, 0.01).setTargetAtTime(0, from + 0.08, 0.3);
      tone.connect(loudness).connect(audio.destination);
      tone.start(from);
      tone.stop(from + 2);
    }
  }

  // It lies over the slides, outside of what the next answer replaces.
  function celebrate() {
    if (celebrating || !celebrations.length) return;
    const party = celebrations.shift();
    celebrating = true;
    if ("sound" in wall().dataset) chime().catch(() => {});
    party.hidden = false;
    body.append(party);
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
    const zone = { dateStyle: "medium", timeStyle: "short", timeZone: wall().dataset.zone };
    const words = new Intl.DateTimeFormat(document.documentElement.lang, zone).format(new Date(answered));
    for (const time of wall().querySelectorAll(".old time")) time.textContent = words;
  }

  // What a start without network shows.
  async function keep() {
    for (const name of (await globalThis.caches?.keys()) ?? []) {
      if (name.startsWith("wall-")) await (await caches.open(name)).add(location.pathname);
    }
  }

  // What some network's sign-in or proxy answers with is not ours.
  const isOurs = (xhr) => xhr.status === 204 || xhr.responseText.includes('<main id="wall"');

  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!isOurs(detail.xhr)) detail.shouldSwap = false;
  });

  body.addEventListener("htmx:afterSwap", () => {
    const party = wall().querySelector("[data-celebration]");
    if (party) celebrations.push(wall().removeChild(party));
    const all = slides();
    const same = all.find((slide) => slide.dataset.slide === shown);
    show(same ?? all[0]);
    if (!same) wait();
    celebrate();
    keep().catch(() => {});
  });

  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    const isAnswered = detail.successful && isOurs(detail.xhr);
    missed = isAnswered ? 0 : missed + 1;
    if (isAnswered) answered = new Date().toISOString();
    mark();
  });

  show(slides()[0]);
  wait();
  if (Date.now() - new Date(answered) > 60_000) {
    missed = MISSED;
    mark();
  }
  navigator.serviceWorker?.register(`${location.pathname}worker.js`).catch(() => {});
}
