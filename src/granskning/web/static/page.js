"use strict";
// What the page needs beside htmx: it says how saving goes, tries again when the contact is lost, and warns before
// words that are not saved are left behind.
(() => {
  const words = document.body.dataset;
  const waiting = new Set();
  const state = (form) => document.getElementById(form.id.replace("form-", "state-"));
  const tell = (form, text, mark) => {
    const place = state(form);
    if (place) { place.textContent = text; place.classList.toggle("clash", mark); }
  };
  const formOf = (event) => {
    const found = event.detail.elt && event.detail.elt.closest("form[id^='form-']");
    return found || null;
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[id^='form-']");
    if (form) waiting.add(form.id);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event);
    if (form) tell(form, words.saving, false);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event);
    if (form && event.detail.successful) waiting.delete(form.id);
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
    waiting.add(form.id);
    tell(form, words.trying, true);
    setTimeout(() => { if (document.contains(form)) htmx.trigger(form, "submit"); }, 3000);
  });
  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
})();
