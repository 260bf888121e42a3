// Installs the service worker, which keeps what was typed without a network for the member who typed it, and brings
// that back into the form once they are signed in: a phone may be shared, so nothing is sent unasked, and who was here
// is forgotten by the first page without a session.
"use strict";
{
  const SUBMIT = `${location.origin}/submit/`;
  const {dataset} = document.body;
  const notice = document.getElementById("kept");
  const whose = document.querySelector("[data-whose]");
  const isKept = document.body.classList.contains("kept");
  const form = Array.from(document.forms).find(({action, elements}) => action === SUBMIT && elements.kept);

  function fill(values) {
    for (const [name, value] of values) if (form.elements[name]) form.elements[name].value = value;
  }

  async function offerWhatWasKept() {
    const outbox = await caches.open("outbox");
    const kept = (await outbox.keys()).find(({url}) => ["", dataset.me].includes(new URL(url).searchParams.get("for")));
    if (!kept || !notice) return;
    const [look, filled, throwAway] = notice.children;
    notice.hidden = false;
    throwAway.addEventListener("click", () => outbox.delete(kept).then(() => location.reload()));
    look.hidden = Boolean(form || document.getElementById("closed"));
    throwAway.hidden = !look.hidden;
    if (!form) return;
    const values = new URLSearchParams(await (await outbox.match(kept)).text());
    fill([...values, ["me", dataset.me], ["kept", kept.url]]);
    filled.hidden = false;
  }

  async function nameWhomItIsFor() {
    const {me = "", name = ""} = localStorage;
    const typedBy = isKept ? await whoTypedLast() : me;
    if (name && typedBy === me) whose.textContent = `${whose.dataset.whose} ${name}`;
    if (form) fill([["me", me], ["taken_on", new Date().toLocaleDateString("sv")]]); // Sweden's: 2027-01-31
  }

  async function whoTypedLast() {
    const last = (await (await caches.open("outbox")).keys()).pop();
    return last && new URL(last.url).searchParams.get("for");
  }

  async function leaveWhenAnswered() {
    const answered = navigator.onLine && (await fetch("/healthz").then((answer) => answer.ok, () => false));
    if (answered) location.assign(SUBMIT);
    else setTimeout(leaveWhenAnswered, 1000);
  }

  if ("serviceWorker" in navigator) {
    if (dataset.me || whose) navigator.serviceWorker.register(`/service-worker.js?in=${document.documentElement.lang}`);
    if (dataset.me) {
      Object.assign(localStorage, {me: dataset.me, name: dataset.name});
      offerWhatWasKept();
    } else if (whose) nameWhomItIsFor();
    else for (const key of ["me", "name"]) localStorage.removeItem(key);
    if (isKept) setTimeout(leaveWhenAnswered, 1000);
  }
}
