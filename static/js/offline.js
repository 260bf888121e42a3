// Installs the service worker, and sends the score that it kept: once there is a network, and only as the member who
// typed it, since a phone may be shared.
"use strict";
{
  const SUBMIT = `${location.origin}/submit/`;
  const ME = "/me";
  const me = document.body.dataset.me;

  function field(name, value) {
    return Object.assign(document.createElement("input"), {type: "hidden", name, value});
  }

  function send(typed) {
    const form = Object.assign(document.createElement("form"), {method: "post", action: SUBMIT});
    typed.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    form.append(...Array.from(typed, ([name, value]) => field(name, value)));
    document.body.append(form);
    form.submit();
  }

  async function sendWhatWasKept() {
    const outbox = await caches.open("outbox");
    const kept = await outbox.match(SUBMIT);
    if (!kept) return outbox.put(ME, new Response(me));
    const typedBy = await (await outbox.match(ME))?.text();
    const typed = await kept.text();
    if (typedBy !== me || sessionStorage.sent === typed) return;
    sessionStorage.sent = typed; // a site that is ill is not asked again at every page
    send(new URLSearchParams(typed));
  }

  function fillInToday() {
    const now = new Date();
    const today = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
    for (const day of document.querySelectorAll("input[type=date]")) day.value ||= today;
  }

  async function leaveWhenAnswered() {
    const answered = navigator.onLine && (await fetch("/healthz").then((answer) => answer.ok, () => false));
    if (answered) location.assign("/");
    else setTimeout(leaveWhenAnswered, 1000);
  }

  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(`/service-worker.js?in=${document.documentElement.lang}`);
    if (me) sendWhatWasKept();
    else if (document.body.classList.contains("kept")) setTimeout(leaveWhenAnswered, 1000);
    else fillInToday();
  }
}
