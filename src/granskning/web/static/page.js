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
  window.addEventListener("beforeunload", (event) => {
    if (written.size || document.querySelector(".state.clash")) event.preventDefault();
  });
})();
