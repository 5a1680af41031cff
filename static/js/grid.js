/* The grid of rows to correct.
   [data-grid]      the form; [data-grid-row] its rows. Alt + arrows go from row to row, also J and K outside fields;
                    X chooses the row, O opens it ([data-grid-open]). Enter in a field checks the page again, and
                    one comes back to the same row.
   [data-grid-keys] the help about single keys: hidden for those who have turned these off. */

const keysOn = () => document.body.dataset.shortcuts !== "off";
const STEPS = { j: 1, k: -1, arrowdown: 1, arrowup: -1 };
const FIELDS = "input:not([type=hidden]):not([type=checkbox]), select, textarea";
const PLACE = "grid-place";
const form = document.querySelector("[data-grid]");

document.addEventListener("keydown", (event) => {
  const grid = event.target.closest("[data-grid]") ?? (event.target === document.body ? form : null);
  if (!grid || event.ctrlKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const rows = [...grid.querySelectorAll("[data-grid-row]")];
  const row = event.target.closest("tr");
  const place = rows.indexOf(row?.matches("[data-grid-row]") ? row : row?.previousElementSibling);
  const arrow = key.startsWith("arrow");
  if (STEPS[key] && arrow === event.altKey) {
    if (!arrow && (!keysOn() || typing(event.target))) return;
    go(rows[Math.max(0, Math.min(rows.length - 1, place + STEPS[key]))]);
  } else if (keysOn() && !event.altKey && !typing(event.target) && place >= 0 && key === "x") {
    rows[place].querySelector("input[name=row]")?.click();
  } else if (keysOn() && !event.altKey && !typing(event.target) && place >= 0 && key === "o") {
    rows[place].querySelector("[data-grid-open]")?.click();
  } else return;
  event.preventDefault();
});

const typing = (element) => element.matches(FIELDS);

function go(row) {
  (row?.querySelector(`.bad :is(${FIELDS})`) ?? row?.querySelector("input[name=row]") ?? row?.querySelector("a"))?.focus();
}

form?.addEventListener("submit", () => {
  const row = document.activeElement?.matches(FIELDS) ? document.activeElement.closest("tr") : null;
  if (!row) return;
  const known = row.matches("[data-grid-row]") ? row : row.previousElementSibling;
  const index = [...form.querySelectorAll("[data-grid-row]")].indexOf(known);
  sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, known.id, index]));
});

const [path, id, index] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
sessionStorage.removeItem(PLACE);
if (form && path === location.pathname && !document.querySelector("[data-focus]")) {
  const rows = form.querySelectorAll("[data-grid-row]");
  go(document.getElementById(id) ?? rows[Math.min(index, rows.length - 1)]);
}

if (!keysOn()) for (const words of document.querySelectorAll("[data-grid-keys]")) words.hidden = true;
