/* Copying a finished document field by field: after copying, the focus is on the next button, so that Enter copies on.
   button [data-copy="field name, empty for all"] [data-from="id of the text"], hidden without script.
   [data-to] of a button, else the action of
   form [data-copy-form]: where it is told what was copied, before it is copied: what is not logged does not leave.
   [data-copied] says what was copied, [data-copy-failed] that nothing was. */

const form = document.querySelector("[data-copy-form]");
const buttons = [...document.querySelectorAll("[data-copy]")];
const fields = buttons.filter((button) => button.dataset.copy);
const said = document.querySelector("[data-copied]");
const failed = document.querySelector("[data-copy-failed]");

if (form) {
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  const help = document.querySelector("[data-copy-help]");
  if (help) help.hidden = !fields.length;
}

async function copy(button) {
  const { copy: field, from } = button.dataset;
  failed.textContent = "";
  const place = document.getElementById(from);
  const text = (place.hidden ? place.textContent : place.innerText || place.textContent).trim();
  try {
    const answer = await fetch(button.dataset.to ?? form.getAttribute("action"), {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        Accept: "application/json",
        "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
      },
      body: new URLSearchParams({ field }),
    });
    if (answer.status === 401 || answer.redirected) {
      return document.dispatchEvent(new CustomEvent("session:over", { detail: { resume: () => copy(button) } }));
    }
    if (!answer.ok) throw new Error(answer.statusText);
    await navigator.clipboard.writeText(text);
  } catch {
    failed.textContent = failed.dataset.words;
    return;
  }
  const label = button.querySelector(".visually-hidden")?.textContent.replace(/^[:\s]+/, "") || said.dataset.all;
  said.textContent = said.dataset.words.replace("{field}", label);
  if (field) fields[fields.indexOf(button) + 1]?.focus();
}
