/* Drafts on the server: what is typed is saved within 3 s of a pause and when the page goes away.
   <form data-draft="form key" data-draft-object="matter:12" data-draft-url="/luonnos/">
   The municipality is <body data-municipality>. {% draft_state %} in the form shows the state, {% draft_offer %} before
   the form gives a stored draft back; until one has chosen, the form waits, so that nothing is written over, and the
   focus is on the offer.
   POST {"form", "object", "municipality", "body": {name: [values]}} → {"saved_at"}; DELETE the same without body.
   Where the address ends with #jatka, a stored draft is given back at once. [data-draft-left] shows one whose form is
   not there any more, with a button that discards it; or a row of the list of drafts.
   What the server does not keep ({"error": words} with a status from 400 on) is said in these words beside the field
   that one wrote in, and the browser asks before the page is left (leave.js). Where one may not write (403, 404) nothing
   more is sent; a text that is too long (413) or has no room (409) is tried again when one writes on.
   The server removes a draft when its form is saved. Before the fields are filled, the form gets "draft:restore" with
   the body as its detail: a page that adds rows by script makes them then. */

const PAUSE = 2000;
const LONGEST = 10000;
const RETRY = 15000;
const KEEPALIVE_LIMIT = 60000;
const GO_ON = "#jatka";
const SKIPPED = new Set(["csrfmiddlewaretoken", "once", "version", "password"]);

for (const form of document.querySelectorAll("form[data-draft]")) follow(form);
document.addEventListener("htmx:load", (event) => {
  const part = event.detail.elt;
  for (const form of part.matches?.("form[data-draft]") ? [part] : part.querySelectorAll("form[data-draft]")) follow(form);
});

for (const left of document.querySelectorAll("[data-draft-left]")) {
  const { draftLeft, draftObject, draftUrl } = left.dataset;
  left.querySelector("[data-draft-discard]").addEventListener("click", async () => {
    const answer = await send(draftUrl, "DELETE", keyOf(draftLeft, draftObject)).catch(() => null);
    if (!answer?.ok) return;
    const next = left.nextElementSibling ?? left.previousElementSibling;
    left.remove();
    next?.querySelector("[data-draft-discard]")?.focus();
  });
}

function keyOf(form, object) {
  return { form, object, municipality: document.body.dataset.municipality ?? "" };
}

function send(url, method, content, keepalive = false) {
  return fetch(url, {
    method,
    keepalive,
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
    },
    body: JSON.stringify(content),
  });
}

function follow(form) {
  if (form.dataset.draftFollowed) return;
  form.dataset.draftFollowed = "yes";
  const { draft, draftObject = "", draftUrl } = form.dataset;
  const key = keyOf(draft, draftObject);
  let timer = 0;
  let changedAt = 0;
  let leaving = false;
  let stored = "";
  let field = null;
  let forbidden = false;

  async function save(last = false) {
    clearTimeout(timer);
    const body = fieldsOf(form);
    const text = JSON.stringify(body);
    if (!changedAt || leaving || forbidden || text === stored) return;
    changedAt = 0;
    try {
      const answer = await send(draftUrl, "POST", { ...key, body }, last && text.length < KEEPALIVE_LIMIT);
      if (answer.status === 401 || answer.redirected) {
        changedAt = Date.now();
        document.dispatchEvent(new CustomEvent("session:over", { detail: { resume: save } }));
        return;
      }
      if (!answer.ok) {
        const { error } = await answer.json();
        if (!error) throw new Error(answer.statusText);
        forbidden = [403, 404].includes(answer.status);
        showWhyNot(form, field, error);
        return;
      }
      stored = text;
      show(form, new Date((await answer.json()).saved_at));
    } catch {
      changedAt = changedAt || Date.now();
      if (last) return;
      show(form, null);
      timer = setTimeout(save, RETRY);
    }
  }

  form.addEventListener("input", (event) => {
    field = event.target === form ? field : event.target;
    const now = Date.now();
    changedAt = changedAt || now;
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(PAUSE, changedAt + LONGEST - now)));
  });
  form.addEventListener("form:leaving", () => {
    leaving = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = false;
  });
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });

  const offer = document.querySelector(
    `[data-draft-offer="${CSS.escape(draft)}"][data-draft-offer-object="${CSS.escape(draftObject)}"]`,
  );
  if (offer) give(offer, form, () => send(draftUrl, "DELETE", key));
}

function give(offer, form, remove) {
  form.inert = true;
  const close = () => {
    form.inert = false;
    form.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  };
  const restore = () => {
    const left = fill(form, JSON.parse(offer.dataset.draftBody));
    form.dispatchEvent(new Event("input", { bubbles: true }));
    if (left.length) showLeftover(offer, left);
    else offer.hidden = true;
    close();
  };
  offer.querySelector("[data-draft-restore]").addEventListener("click", restore);
  // once the other scripts of the page listen too
  if (location.hash === GO_ON && document.readyState !== "complete") {
    document.addEventListener("DOMContentLoaded", restore, { once: true });
  }
  offer.querySelector("[data-draft-discard]").addEventListener("click", async () => {
    const answer = await remove().catch(() => null);
    if (!answer?.ok) return show(form, null);
    offer.hidden = true;
    close();
  });
}

function fieldsOf(form) {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || ["password", "file", "submit", "button"].includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type) && !field.checked) {
      body[field.name] ??= [];
      continue;
    }
    const values = field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value];
    body[field.name] = [...(body[field.name] ?? []), ...values];
  }
  return body;
}

// Fills the fields and returns the texts that found none.
function fill(form, body) {
  form.dispatchEvent(new CustomEvent("draft:restore", { detail: body, bubbles: true }));
  const left = [];
  // what the server kept of a refused form has no word of a box that was not checked
  for (const field of form.elements) if (field.type === "checkbox" && !(field.name in body)) check(field, false);
  for (const [name, given] of Object.entries(body)) {
    if (SKIPPED.has(name)) continue;
    const values = [given].flat().map(String);
    const fields = [...form.elements].filter((field) => field.name === name);
    if (!fields.length) left.push(...values.filter((value) => value.trim().length > 1));
    fields.forEach((field, place) => {
      if (["checkbox", "radio"].includes(field.type)) return check(field, values.includes(field.value));
      if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
      else field.value = values[place] ?? "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  return left;
}

function check(field, on) {
  field.checked = on;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function showLeftover(offer, texts) {
  const intro = offer.querySelector("[data-draft-leftover]");
  intro.hidden = false;
  for (const text of texts) {
    const line = document.createElement("p");
    line.className = "panel s";
    line.textContent = text;
    intro.after(line);
  }
  offer.querySelector("[data-draft-restore]").hidden = true;
}

function show(form, time) {
  const saved = form.querySelector("[data-draft-saved]");
  const failed = form.querySelector("[data-draft-failed]");
  if (failed) failed.textContent = time ? "" : failed.dataset.words;
  failed?.classList.remove("visually-hidden");
  form.querySelector("[data-draft-why]")?.remove();
  askBeforeLeaving(form, !time);
  if (!saved) return;
  saved.hidden = !time;
  if (time) saved.querySelector("[data-draft-time]").textContent = saved.dataset.words.replace("{time}", clock(time));
}

// The words are read aloud where the state of the draft stands, and seen beside the field.
function showWhyNot(form, field, words) {
  show(form, null);
  const failed = form.querySelector("[data-draft-failed]");
  if (failed) failed.textContent = words;
  if (!field) return;
  const why = document.createElement("p");
  why.className = "wrong mb-2";
  why.dataset.draftWhy = "";
  why.textContent = words;
  (field.closest("[id^=div_]") ?? field).after(why);
  failed?.classList.add("visually-hidden");
}

function askBeforeLeaving(form, unsaved) {
  if (unsaved) form.dataset.warn = "unsaved";
  else delete form.dataset.warn;
}

function clock(time) {
  const minutes = String(time.getMinutes()).padStart(2, "0");
  return `${time.getHours()}${document.documentElement.lang === "en" ? ":" : "."}${minutes}`;
}
