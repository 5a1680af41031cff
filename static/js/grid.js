/* The grid of rows to correct.
   [data-grid]      the form; [data-grid-row] its rows. Alt + arrows go from row to row, also J and K outside fields;
                    X chooses the row, O opens it ([data-grid-open]).
   [data-grid-keys] the help about single keys: hidden for those who have turned these off. */

const keysOn = () => document.body.dataset.shortcuts !== "off";
const STEPS = { j: 1, k: -1, arrowdown: 1, arrowup: -1 };
const FIELDS = "input:not([type=hidden]):not([type=checkbox]), select, textarea";

document.addEventListener("keydown", (event) => {
  const grid = event.target.closest("[data-grid]");
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

if (!keysOn()) for (const words of document.querySelectorAll("[data-grid-keys]")) words.hidden = true;
