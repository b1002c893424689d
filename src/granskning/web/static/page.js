"use strict";
// What the page needs beside htmx: it says how saving goes, tries again when the contact is lost, and warns before
// words that are not saved are left behind.
(() => {
  const words = document.body.dataset;
  const written = new Map(); // per form: how many times something was written that is not saved yet
  const sent = new Map();
  const state = (form) => document.getElementById(form.id.replace("form-", "state-"));
  const tell = (form, text, mark) => {
    const place = state(form);
    if (place) { place.textContent = text; place.classList.toggle("clash", mark); }
  };
  const formOf = (event) => {
    const asked = event.detail.elt;
    return (asked && (asked.form || asked.closest("form[id^='form-']"))) || null;
  };
  const leave = (form) => written.set(form.id, (written.get(form.id) || 0) + 1);
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[id^='form-']");
    if (form) { leave(form); tell(form, words.unsaved, false); }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event);
    if (form) { sent.set(form.id, written.get(form.id)); tell(form, words.saving, false); }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event);
    if (form && event.detail.successful && sent.get(form.id) === written.get(form.id)) written.delete(form.id);
  });
  document.addEventListener("htmx:responseError", (event) => {
    const form = formOf(event);
    if (!form) return;
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const said = page.querySelector("main p");
    tell(form, words.refused + " " + (said ? said.textContent : event.detail.xhr.responseText.slice(0, 200)), true);
  });
  document.addEventListener("htmx:sendError", (event) => {
    const form = formOf(event);
    if (!form) return;
    leave(form);
    tell(form, words.trying, true);
    setTimeout(() => { if (document.contains(form)) htmx.trigger(form, "submit"); }, 3000);
  });
  // What is not saved is kept in this browser, and offered back when the page is opened again.
  const DRAFT = "granskning-draft:";
  const keyOf = (form) => DRAFT + form.getAttribute("action").split("?")[0];
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !/^(hidden|submit|button)$/.test(field.type) && field.tagName !== "BUTTON" && (field.type !== "radio" || field.checked))
    .map((field) => [field.name, field.value]);
  const keep = (form) => { try { localStorage.setItem(keyOf(form), JSON.stringify(fieldsOf(form))); } catch { /* no room */ } };
  const forget = (form) => { try { localStorage.removeItem(keyOf(form)); } catch { /* nothing kept */ } };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[id^='form-']");
    if (form) keep(form);
  });
  document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("form[id^='form-']").forEach((form) => {
    const place = state(form);
    if (place && !place.classList.contains("clash") && !written.has(form.id) && place.textContent.trim()) { forget(form); delete form.dataset.written; }
    if (place && place.dataset.fields) {
      for (const [name, value] of Object.entries(JSON.parse(place.dataset.fields))) {
        const field = form.elements[name], before = field && field.value;
        const put = () => { if (field.value === before) field.value = value; };
        if (field) { if (field === document.activeElement) field.addEventListener("blur", put, { once: true }); else put(); }
      }
      delete place.dataset.fields;
    }
    form.querySelectorAll("[aria-describedby^='found-']").forEach((field) => {
      const slot = document.getElementById(field.getAttribute("aria-describedby"));
      if (slot) field.toggleAttribute("aria-invalid", slot.childElementCount > 0 && !slot.id.includes("-item-")), field.hasAttribute("aria-invalid") && field.setAttribute("aria-invalid", "true");
    });
  }));
  const putBack = (form, fields) => {
    for (const [name, value] of fields) {
      const field = form.elements[name];
      if (!field) continue;
      if (field instanceof RadioNodeList) field.value = value; else field.value = value;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.querySelectorAll("form[id^='form-']").forEach((form) => {
    let fields = null;
    try { fields = JSON.parse(localStorage.getItem(keyOf(form)) || "null"); } catch { /* none */ }
    if (!fields || form.querySelector("fieldset[disabled]")) return;
    if (JSON.stringify(fields) === JSON.stringify(fieldsOf(form))) { forget(form); return; }
    const notice = document.createElement("p"), back = document.createElement("button"), drop = document.createElement("button");
    notice.className = "draft"; notice.append(words.draft + " ", back, " ", drop);
    back.type = drop.type = "button"; back.textContent = words.draftBack; drop.textContent = words.draftDrop;
    back.addEventListener("click", () => { notice.remove(); putBack(form, fields); form.querySelector("input, textarea").focus(); });
    drop.addEventListener("click", () => { forget(form); notice.remove(); form.querySelector("input, textarea").focus(); });
    form.prepend(notice);
  });
  // a form that is sent whole, and not as it is written, is left by being sent
  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("hx-post")) { written.delete(event.target.id); document.querySelectorAll(".state.clash").forEach((place) => place.classList.remove("clash")); }
  });
  window.addEventListener("beforeunload", (event) => {
    if (written.size || document.querySelector(".state.clash")) event.preventDefault();
  });
})();
