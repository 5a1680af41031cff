/* The queue's list.
   [data-queue]       the list; its rows are .q with a link. J and K move, O opens, X chooses; while the list has the focus, or nothing
                      that one types into or presses: then from the open row, else from the first. O or Enter on the row
                      that is open goes to the heading of its matter (#avoin), Escape in the matter comes back.
   [data-queue-keys]  a button that turns the keys off and on for this browser; data-on and data-off are its words.
   [data-chosen]      what is done to the chosen rows: shown while there are any; X chooses the row that has the focus.
                      They stay chosen while one opens matters of the same view.
   [data-queue-count] an address that tells how many the list holds now and how many are new; the title follows it.
   The place of the list is remembered while one opens rows of it. */

const KEY = "queue-keys";
const keysOn = () => document.body.dataset.shortcuts !== "off" && localStorage.getItem(KEY) !== "off";

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return toList(event);
  const free = event.target.matches("body, [tabindex='-1']") && document.querySelector("[data-queue]");
  const list = event.target.closest("[data-queue]") || free;
  if (!list || event.ctrlKey || event.altKey || event.metaKey || !keysOn()) return;
  const row = event.target.closest(".q") || list.querySelector(".q:has([aria-current])");
  const rows = [...list.querySelectorAll(".q")];
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (step) move(rows, row, step);
  else if (event.key.toLowerCase() === "o") row?.querySelector("a")?.click();
  else if (event.key.toLowerCase() === "x" && row) choose(row);
  else return;
  event.preventDefault();
});

// Escape in a field, a menu or a dialog means these.
function toList(event) {
  const { target } = event;
  if (!target.closest(".open") || target.closest("input, textarea, select, [data-menu], dialog")) return;
  document.querySelector("[data-queue] .q [aria-current]")?.focus();
}

function move(rows, row, step) {
  const place = rows.indexOf(row);
  const next = place < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, place + step));
  rows[next]?.querySelector("a")?.focus();
}

function choose(row) {
  const box = row.querySelector("input[type=checkbox]");
  box.checked = !box.checked;
  tellChosen();
}

const boxes = () => [...document.querySelectorAll("[data-queue] .q input[type=checkbox]")];

// With script the verbs wait until something is chosen; without it they are always there.
function tellChosen() {
  const bar = document.querySelector("[data-chosen]");
  if (!bar) return;
  const all = boxes();
  const n = all.filter((box) => box.checked).length;
  const words = bar.querySelector("[data-chosen-words]");
  const every = bar.querySelector("[data-choose-all]");
  every.hidden = false;
  every.checked = n > 0 && n === all.length;
  every.indeterminate = n > 0 && n < all.length;
  words.textContent = n ? `${n} ${words.dataset.some}` : words.dataset.none;
  bar.querySelector("[data-chosen-verbs]").hidden = !n;
  keepChosen();
}

// The chosen rows stay so while one opens matters of the same view: their numbers only, in this window.
const CHOSEN = `chosen:${document.body.dataset.municipality ?? ""}`;

function view() {
  const query = new URLSearchParams(location.search);
  for (const name of ["avoin", "teko"]) query.delete(name);
  return query.toString();
}

function keepChosen() {
  const ids = boxes()
    .filter((box) => box.checked)
    .map((box) => box.value);
  if (!ids.length) return sessionStorage.removeItem(CHOSEN);
  sessionStorage.setItem(CHOSEN, JSON.stringify({ ids, view: view(), at: location.pathname }));
}

// Coming from elsewhere, such as the page where they were given away, one begins anew.
function chooseAgain() {
  const kept = JSON.parse(sessionStorage.getItem(CHOSEN) ?? "null");
  if (!kept) return;
  const again = ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);
  const here = again || (document.referrer && new URL(document.referrer).pathname === kept.at);
  if (here && kept.view === view()) for (const box of boxes()) box.checked ||= kept.ids.includes(box.value);
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-chosen]") && event.submitter?.value === "ota") sessionStorage.removeItem(CHOSEN);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-all]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.closest("[data-queue]")) tellChosen();
});

// The count in the title is kept up to date, also while the page lies behind another.
async function count(place) {
  const answer = await fetch(place.dataset.queueCount, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { total, words } = await answer.json();
  document.title = document.title.replace(/^\(\d+\)/, `(${total})`);
  if (words && place.dataset.words !== words) {
    place.dataset.words = words;
    const link = document.createElement("a");
    link.href = location.href.split("#")[0];
    link.textContent = words;
    place.replaceChildren(link);
  }
}

function watchCount() {
  const counted = document.querySelector("[data-queue-count]");
  if (counted) count(counted);
}
if (document.querySelector("[data-queue-count]")) setInterval(watchCount, 60_000);
addEventListener("pageshow", tellChosen);

function tellKeys() {
  for (const button of document.querySelectorAll("[data-queue-keys]")) {
    const off = localStorage.getItem(KEY) === "off";
    button.textContent = off ? button.dataset.off : button.dataset.on;
    button.setAttribute("aria-pressed", String(!off));
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-queue-keys]")) {
    localStorage.setItem(KEY, localStorage.getItem(KEY) === "off" ? "on" : "off");
    tellKeys();
  }
  const list = event.target.closest("[data-queue] a")?.closest("[data-queue]");
  if (list) {
    // detail is 0 when the keyboard pressed the link
    const place = { page: scrollY, list: list.scrollTop, keys: event.detail === 0 };
    sessionStorage.setItem(`place:${location.pathname}`, JSON.stringify(place));
  }
});

// The row that is open, pressed by the keyboard, leads into its matter; heard before htmx, which would open it again.
document.addEventListener("click", intoMatter, true);

function intoMatter(event) {
  const heading = document.getElementById("avoin");
  const again = event.detail === 0 && event.target.closest("[data-queue] .q [aria-current]");
  if (!heading || !again || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  heading.focus();
}

// A matter came beside the list: its row is the open one, and it is seen from its beginning.
function opened(article) {
  const split = article.closest(".split");
  const list = split?.querySelector("[data-queue]");
  if (!list) return;
  const asked = new URLSearchParams(location.search).get("avoin");
  for (const link of list.querySelectorAll(".q a")) {
    if (new URL(link.href).searchParams.get("avoin") === asked) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  keepOpen(split, asked);
  split.classList.add("has-open");
  scrollTo(0, Math.min(scrollY, split.offsetTop));
  // on a narrow screen the matter stands in the place of the list, and with it the row that had the focus
  if (!list.getClientRects().length) document.getElementById("avoin")?.focus();
}

// What was made with the list, before the matter came beside it, leads to where this matter is open.
function keepOpen(split, asked) {
  const leading = (address) => {
    const url = new URL(address);
    url.searchParams.set("avoin", asked);
    url.searchParams.delete("teko");
    return url.href;
  };
  for (const form of split.querySelectorAll("[data-chosen]")) form.action = leading(form.action);
  for (const link of split.querySelectorAll(".pager a")) link.href = leading(link.href);
}

// The open row, beside its matter. The page itself moves only for the last rows, and never away from the matter.
function showCurrent(list) {
  const row = list.querySelector(".q:has([aria-current])");
  if (!row || !list.closest(".split.has-open")) return;
  const [inside, around] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
  if (inside.top < around.top || inside.bottom > Math.min(around.bottom, innerHeight)) {
    list.scrollTop += inside.top - around.top - list.clientHeight / 2;
    if (!location.hash) row.scrollIntoView({ block: "nearest" });
  }
}

// Coming from this same page: the list is where it was, the open record is seen from its beginning.
function backToPlace(list) {
  const kept = sessionStorage.getItem(`place:${location.pathname}`);
  if (!kept || !document.referrer || new URL(document.referrer).pathname !== location.pathname) return;
  const { page, list: rows, keys } = JSON.parse(kept);
  const split = list.closest(".split.has-open");
  list.scrollTop = rows;
  if (location.hash) return;
  scrollTo(0, split ? Math.min(page, split.offsetTop) : page);
  if (split && keys) list.querySelector("[aria-current]")?.focus({ preventScroll: true });
}

const queue = document.querySelector("[data-queue]");
if (queue) backToPlace(queue);
if (queue) showCurrent(queue);
if (queue) chooseAgain();

tellKeys();
document.addEventListener("htmx:afterSettle", (event) => {
  tellKeys();
  if (event.target.id === "avattu") opened(event.target);
  if (event.target.id === "jono") tellChosen();
});
