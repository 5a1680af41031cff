/* Rows that can be added and taken away, such as the goals of a measurement and their factors.
   [data-rows]      holds the rows, an input [data-count] with their number, a <template data-row="__x__"> of an empty
                    row in which __x__ stands for its number, and a button [data-add], which without script is sent.
   [data-one]       a row; its checkbox [data-remove] hides the parts [data-removable] of the row and can be undone.
   A draft with more rows than the page gets its rows before it is filled ("draft:restore", see drafts.js). */

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add]");
  if (!button) return;
  event.preventDefault();
  const row = add(button.closest("[data-rows]"));
  row.querySelector("textarea, select, input:not([type=hidden], [type=radio], [type=checkbox])")?.focus();
  button.form.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-remove]")) show(event.target);
});

document.addEventListener("draft:restore", (event) => {
  const form = event.target;
  // the goals come before their factors, whose boxes are there only when the goal is
  for (let box, grew = true; grew; ) {
    grew = false;
    for (box of form.querySelectorAll("[data-rows]")) {
      const count = part(box, "[data-count]");
      const wanted = Number([event.detail[count.name]].flat()[0] ?? 0);
      while (Number(count.value) < Math.min(wanted, 40)) {
        add(box);
        grew = true;
      }
    }
  }
});

function add(box) {
  const template = part(box, "template[data-row]");
  const count = part(box, "[data-count]");
  const html = template.innerHTML.replaceAll(template.dataset.row, count.value);
  template.insertAdjacentHTML("beforebegin", html);
  count.value = Number(count.value) + 1;
  return template.previousElementSibling;
}

function show(check) {
  const body = check.closest("[data-one]").querySelector("[data-removable]");
  if (body) body.hidden = check.checked;
}

// The part of this box, not of a box inside it.
function part(box, selector) {
  return [...box.querySelectorAll(selector)].find((found) => found.closest("[data-rows]") === box);
}
