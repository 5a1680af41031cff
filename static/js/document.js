/* A document that is being written: kept on the server within 3 s of a pause, when a field is left, when the page goes.
   <form data-document data-save-url="…"> with input [data-saves], the count that the text goes on from.
   POST of the form → {"saves", "saved_at", "gaps": [{"id", "words"}], "wrong": {id: words}}; 409 {"error", "conflict"}.
   [data-doc-saved]  when it was saved; [data-doc-failed] that it was not, with a button that copies the text and, where
                     another page has saved, one that shows both; [data-doc-gaps] what is missing, as links.
   The form gets "document:saved" with what the server told.
   What was not saved is tried again every 10 s. A link to a field opens the part that it lies in. */

const PAUSE = 2000;
const LONGEST = 8000;
const RETRY = 10000;
const KEEPALIVE_LIMIT = 60000;
const GROUPS = "details.area, details.group, details.meta-line";

for (const form of document.querySelectorAll("form[data-document]")) follow(form);

function follow(form) {
  const saves = form.querySelector("[data-saves]");
  const failed = form.querySelector("[data-doc-failed]");
  const status = form.querySelector("[data-doc-status]");
  let timer = 0;
  let changedAt = 0;
  let leaving = false;
  let sending = false;
  let over = false;

  async function save(last = false) {
    clearTimeout(timer);
    if (!changedAt || leaving || over) return;
    if (sending) return again(PAUSE);
    const since = changedAt;
    changedAt = 0;
    sending = true;
    const body = new URLSearchParams(new FormData(form)).toString();
    if (!last) show(form, "");
    try {
      const answer = await fetch(form.dataset.saveUrl, {
        method: "POST",
        keepalive: last && body.length < KEEPALIVE_LIMIT,
        headers: {
          "Content-Type": "application/x-www-form-urlencoded",
          Accept: "application/json",
          "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
        },
        body,
      });
      if (answer.status === 401 || answer.redirected) {
        changedAt = since;
        fail(failed.dataset.words);
        document.dispatchEvent(new CustomEvent("session:over", { detail: { resume: () => save() } }));
        return;
      }
      const told = await answer.json();
      if (answer.status === 409) {
        over = true;
        changedAt = since;
        fail(told.error);
        failed.querySelector("[data-doc-both]").hidden = !told.conflict;
        return;
      }
      if (!answer.ok) throw new Error(answer.statusText);
      saves.value = told.saves;
      tell(told);
    } catch {
      changedAt = changedAt || since;
      if (last) return;
      fail(failed.dataset.words);
      again(RETRY);
    } finally {
      sending = false;
    }
  }

  function again(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  function fail(words) {
    show(form, null);
    failed.hidden = false;
    const place = failed.querySelector("[role=alert]");
    if (place.textContent !== words) place.textContent = words;
  }

  function tell(told) {
    const { saved_at, gaps, wrong } = told;
    const words = show(form, clock(new Date(saved_at)));
    if (!failed.hidden || !status.textContent) status.textContent = words;
    failed.hidden = true;
    failed.querySelector("[role=alert]").textContent = "";
    if (gaps) listGaps(form, gaps);
    for (const place of form.querySelectorAll("[data-wrong]")) {
      const id = place.id.replace(/-virhe$/, "");
      place.textContent = wrong[id] ?? "";
      const field = document.getElementById(id);
      if (wrong[id]) field?.setAttribute("aria-invalid", "true");
      else field?.removeAttribute("aria-invalid");
      if (field?.matches("input")) field.classList.toggle("is-invalid", Boolean(wrong[id]));
    }
    form.dispatchEvent(new CustomEvent("document:saved", { detail: told }));
  }

  form.addEventListener("input", (event) => {
    // what is written in its place is not from before
    const before = event.target.closest(".field")?.querySelector(".from-before");
    if (before && event.target.matches("textarea, input[type=text]")) {
      before.hidden = event.target.value.trim() !== event.target.defaultValue.trim();
    }
    const now = Date.now();
    changedAt = changedAt || now;
    again(Math.max(0, Math.min(PAUSE, changedAt + LONGEST - now)));
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) save();
  });
  form.addEventListener("form:leaving", () => {
    leaving = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", (event) => {
    // from the browser's memory: another save may have been made since
    if (event.persisted) location.reload();
  });
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && changedAt && !failed.hidden) event.preventDefault();
  });

  failed.querySelector("[data-doc-copy]").addEventListener("click", async (event) => {
    await navigator.clipboard.writeText(textOf(form));
    status.textContent = event.target.dataset.done;
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-not-asked]")) leaveOut(event.target);
  });
  for (const box of form.querySelectorAll("[data-not-asked]")) leaveOut(box);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) reveal(document.getElementById(link.hash.slice(1)), event);
  });
  const first = form.querySelector("[data-focus]");
  if (first) reveal(first);
}

function leaveOut(box) {
  box.closest(".area-body").classList.toggle("left-out", box.checked);
}

// Opens what the field lies in, and puts the focus into it.
function reveal(target, event) {
  if (!target) return;
  for (let part = target.closest(GROUPS); part; part = part.parentElement.closest(GROUPS)) part.open = true;
  const field = target.matches("input, textarea, select, [tabindex]") ? target : null;
  const choice = target.querySelector?.("input:checked, input:not([type=hidden])");
  const place = target.matches("[role=group]") && choice ? choice : field;
  if (!place) return;
  event?.preventDefault();
  place.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}

function show(form, time) {
  const saved = form.querySelector("[data-doc-saved]");
  saved.hidden = time === null;
  const words = time ? saved.dataset.words.replace("{time}", time) : saved.dataset.saving;
  saved.querySelector("span").textContent = words;
  return words;
}

function listGaps(form, gaps) {
  const list = form.querySelector("[data-doc-gaps]");
  const icons = document.querySelector("use")?.getAttribute("href")?.split("#")[0] ?? "";
  list.replaceChildren(
    ...gaps.map(({ id, words }) => {
      const item = document.createElement("li");
      item.className = "todo";
      const link = document.createElement("a");
      link.href = `#${id}`;
      link.textContent = words;
      item.append(icon(`${icons}#warn`), " ", link);
      return item;
    }),
  );
  form.querySelector("[data-doc-full]").hidden = gaps.length > 0;
}

function icon(href) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("class", "i");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", href);
  picture.append(use);
  return picture;
}

// What was written, field by field, for the clipboard.
function textOf(form) {
  const found = [];
  for (const field of form.querySelectorAll("textarea, input[type=text], select")) {
    const value = field.matches("select") ? field.selectedOptions[0]?.textContent : field.value;
    const label = field.labels?.[0]?.textContent.trim().replace(/\s+/g, " ") ?? "";
    if (field.value.trim()) found.push(`${label}\n${value}`);
  }
  return found.join("\n\n");
}

function clock(time) {
  const minutes = String(time.getMinutes()).padStart(2, "0");
  return `${time.getHours()}${document.documentElement.lang === "en" ? ":" : "."}${minutes}`;
}
