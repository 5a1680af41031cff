/* The frame of every page.
   "/" puts the cursor into the search field, unless one is writing or <body data-shortcuts="off">.
   <details data-menu> closes with Escape and when something else is chosen.
   [data-focus]   takes the focus when the page, or a part of it, has been loaded.
   [data-print]   a button that prints the page.
   [data-request-failed] says that an htmx request failed, until one succeeds: in the words of the answer ({"error": text}) or
                  in its data-words.
   [data-page-address] a field that holds the address of the page: it follows what an htmx request makes of the address.
   htmx requests carry the CSRF token of <meta name="csrf-token">, which a new sign-in may change. */

const writing = (element) => element.closest("input, textarea, select, [contenteditable], dialog[open]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  }
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.body.dataset.shortcuts === "off" || writing(event.target)) return;
  const find = document.getElementById("find");
  if (!find) return;
  event.preventDefault();
  find.focus();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

function focusIn(part) {
  const target = part.matches?.("[data-focus]") ? part : part.querySelector?.("[data-focus]");
  target?.focus();
}

focusIn(document);
// an address with a fragment takes the focus away while the page loads
addEventListener("load", () => {
  if (document.activeElement === document.body) focusIn(document);
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.requestConfig?.triggeringEvent) focusIn(event.detail.elt);
});

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
});

document.addEventListener("htmx:pushedIntoHistory", () => {
  for (const field of document.querySelectorAll("[data-page-address]")) field.value = location.pathname + location.search;
});

function tellRequest(failed, xhr) {
  const place = document.querySelector("[data-request-failed]");
  const words = failed ? (wordsOf(xhr) ?? place?.dataset.words) : "";
  if (place && place.textContent !== words) place.textContent = words;
}

function wordsOf(xhr) {
  if (!xhr.getResponseHeader("Content-Type")?.startsWith("application/json")) return undefined;
  try {
    return JSON.parse(xhr.responseText).error;
  } catch {
    return undefined;
  }
}

document.addEventListener("htmx:afterRequest", (event) => {
  const { successful, xhr } = event.detail;
  if (xhr.status !== 401) tellRequest(!successful && xhr.status !== 422, xhr);
});
