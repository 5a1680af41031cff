/* The writing page of a note, form[data-note] (js/document.js keeps what is written).
   input[name=source]   its data-kind chooses the set [data-went] of how it went; data-long opens what is [data-shut].
   [data-agreed]        rows of what was agreed: the last one is always empty; [data-agreed-away] takes a row away.
   [data-next-other]    is asked only when another time is chosen.
   [data-follows]       what follows when the note is finished, as the server tells it after each saving.
   Control+Enter finishes the note. Without script all of it is done by buttons that send the form. */

for (const form of document.querySelectorAll("form[data-note]")) follow(form);

function follow(form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "source") choose(form, event.target);
    if (event.target.name === "next_time") askTime(form);
  });
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-agreed-one]");
    if (row && !row.nextElementSibling && event.target.value) add(form);
  });
  form.addEventListener("click", (event) => {
    const away = event.target.closest("[data-agreed-away]");
    const more = event.target.closest("[data-agreed-more]");
    if (!away && !more) return;
    event.preventDefault();
    if (away) takeAway(form, away.closest("[data-agreed-one]"));
    else last(form).querySelector("input").focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-note-finish]"));
    } else if (event.target.matches("[data-agreed-one] input")) {
      // goes on to the next row instead of sending the form
      event.preventDefault();
      const next = event.target.closest("[data-agreed-one]").nextElementSibling;
      if (next) next.querySelector("input").focus();
    } else if (event.target.matches("input:not([type=checkbox], [type=radio])")) {
      event.preventDefault();
    }
  });
  form.addEventListener("document:saved", (event) => tell(form, event.detail));
  if (form.querySelector("[data-agreed]")) askTime(form);
}

function choose(form, source) {
  for (const set of form.querySelectorAll("[data-went]")) {
    const shown = set.dataset.went === source.dataset.kind;
    set.hidden = !shown;
    set.disabled = !shown;
    // all sets are one group of radio buttons: what is first in the set is chosen until something else is
    if (shown && !set.querySelector(":checked")) set.querySelector("input").checked = true;
  }
  for (const part of form.querySelectorAll("[data-shut]")) {
    if (!filled(part)) part.open = source.hasAttribute("data-long") && !part.querySelector("[name='question.to']");
  }
}

function filled(part) {
  return [...part.querySelectorAll("input, textarea, select")].some((field) => {
    if (field.type === "hidden" || field.name.endsWith(".worker") || field.name === "next_time.place") return false;
    return field.matches("[type=radio], [type=checkbox]") ? field.checked && field.value : field.value;
  });
}

const rows = (form) => [...form.querySelectorAll("[data-agreed-one]")];
const last = (form) => rows(form).at(-1) ?? add(form);

function add(form) {
  const count = form.querySelector("[data-agreed-count]");
  const template = form.querySelector("[data-agreed-row]");
  const html = template.innerHTML.replaceAll("__n__", count.value);
  form.querySelector("[data-agreed]").insertAdjacentHTML("beforeend", html);
  count.value = Number(count.value) + 1;
  return rows(form).at(-1);
}

function takeAway(form, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next ?? add(form)).querySelector("input").focus();
  if (!rows(form).length || last(form).querySelector("input").value) add(form);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function askTime(form) {
  const chosen = form.querySelector("[name=next_time]:checked")?.value;
  for (const field of form.querySelectorAll("[data-next-other]")) field.hidden = chosen !== "muu";
}

// The time goes with what the note tells of: the server says it, where nobody is typing one.
function showTime(form, time) {
  const line = form.querySelector("[data-note-time]");
  if (!line || line.closest("details").contains(document.activeElement)) return;
  for (const name of ["day", "start", "end", "place"]) form.elements[name].value = time[name];
  line.textContent = time.meta;
}

function tell(form, { follows, problem, time }) {
  showTime(form, time);
  const list = form.querySelector("[data-follows]");
  if (!list) return;
  const none = list.querySelector("[data-follows-none]");
  const icons = none.querySelector("use").getAttribute("href").split("#")[0];
  const lines = follows.map(({ picture, words }) => line(`${icons}#${picture}`, words));
  if (problem) lines.unshift(line(`${icons}#warn`, problem, "wrong"));
  list.replaceChildren(...lines, none);
  none.hidden = lines.length > 0;
}

function line(href, words, css = "") {
  const item = document.createElement("li");
  item.className = css;
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("class", "i");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", href);
  picture.append(use);
  const text = document.createElement("span");
  text.textContent = words;
  item.append(picture, " ", text);
  return item;
}
