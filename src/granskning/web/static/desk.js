"use strict";
// One question a view: words marked in the document become evidence, keys choose levels and go on, findings wait
// until a question that was empty has been left, and what is not saved is kept in this browser until it is.
(() => {
  const article = () => document.querySelector("article.question.one");
  const formOf = () => document.querySelector("article.question.one form[id^='form-']");
  const isText = (element) => element && (/^(TEXTAREA|SELECT)$/.test(element.tagName) ||
    (element.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(element.type)));

  // --- words of the document ---------------------------------------------------------------------------------
  const cite = document.getElementById("cite");
  if (cite) {
    document.addEventListener("selectionchange", () => {
      const chosen = document.getSelection(), text = document.getElementById("document-text");
      if (!chosen || !text || !chosen.rangeCount || !text.contains(chosen.anchorNode)) return;
      const words = chosen.toString().replace(/-\n(?=[a-zåäö])/g, "").replace(/\s+/g, " ").trim();
      if (words) document.getElementById("cite-quote").value = words;
    });
    cite.addEventListener("submit", (event) => {
      const form = document.getElementById(cite.dataset.form);
      if (!form || !window.htmx) return;
      event.preventDefault();
      const fields = Object.fromEntries(["cite-quote", "cite-page", "cite-edition"].map((name) => [name, cite.elements[name].value]));
      if (!fields["cite-quote"].trim()) return;
      htmx.ajax("POST", cite.getAttribute("action"), { source: form, values: fields }).then(() => {
        document.getSelection().removeAllRanges();
        cite.elements["cite-quote"].value = "";
        const pieces = document.querySelectorAll("article.question.one details.piece > summary[id^='s-']");
        if (pieces.length) pieces[pieces.length - 1].focus();
      });
    });
  }

  // --- findings of a question that is being written for the first time ------------------------------------------
  const freshen = () => {
    const place = article();
    if (!place) return;
    const judged = place.querySelector("input[name='judgement']:checked");
    const number = place.querySelector("input[name='number']");
    if (!(judged && judged.value) && !(number && number.value)) place.classList.add("fresh");
  };
  freshen();
  document.addEventListener("focusout", (event) => {
    const place = event.target.closest && event.target.closest("article.fresh");
    if (!place) return;
    const isLeft = !event.relatedTarget || !place.contains(event.relatedTarget);
    if (isLeft || isText(event.target)) place.classList.remove("fresh");
  });

  // --- keys --------------------------------------------------------------------------------------------------
  const box = document.getElementById("keys-on");
  const isOn = () => localStorage.getItem("granskning-keys") !== "off";
  if (box) {
    box.checked = isOn();
    document.addEventListener("change", (event) => {
      if (event.target.id === "keys-on") localStorage.setItem("granskning-keys", event.target.checked ? "on" : "off");
    });
  }
  const go = (where) => { const place = article(); if (place && place.dataset[where]) location.assign(place.dataset[where]); };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && article()) {
      event.preventDefault();
      if (cite && cite.contains(event.target) && cite.elements["cite-quote"].value.trim()) cite.requestSubmit();
      else saved().then(() => go("next"));
      return;
    }
    if (event.key === "Escape" && article() && isText(event.target)) { article().querySelector("h1").focus(); return; }
    if (!article() || !isOn() || event.ctrlKey || event.altKey || event.metaKey || isText(event.target)) return;
    if (event.key === "n" || event.key === "N") saved().then(() => go("next"));
    else if (event.key === "p" || event.key === "P") saved().then(() => go("before"));
    else if (event.key === "m" || event.key === "M") { event.preventDefault(); article().querySelector("[name=justification]").focus(); }
    else if ((event.key === "b" || event.key === "B") && cite) { event.preventDefault(); cite.elements["cite-quote"].focus(); }
    else if (/^[0-9]$/.test(event.key)) {
      const levels = [...article().querySelectorAll("input[name='judgement'][value^='level:']")];
      const numbered = levels.some((level) => /^level:\d+$/.test(level.value)); // levels that are words are counted
      const choice = numbered ? levels.find((level) => level.value === `level:${event.key}`) : levels[Number(event.key) - 1];
      if (choice && !choice.disabled) { choice.checked = true; choice.focus(); choice.dispatchEvent(new Event("input", { bubbles: true })); }
    }
  });
  // what was written is sent before the page is left by a key
  const saved = () => new Promise((done) => {
    const form = formOf();
    if (!form || !window.htmx || !form.dataset.written) { done(); return; }
    const end = (event) => {
      if (event.type === "htmx:afterRequest" && event.detail.successful) return; // the answer is shown first
      form.removeEventListener("htmx:afterRequest", end);
      document.removeEventListener("htmx:afterSettle", end);
      done();
    };
    form.addEventListener("htmx:afterRequest", end);
    document.addEventListener("htmx:afterSettle", end);
    htmx.trigger(form, "submit");
    setTimeout(done, 4000);
  });
  // and before it is left by a link to another question
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[rel='next'], a[rel='prev'], .questions a"), form = formOf();
    if (!link || !form || !form.dataset.written || event.defaultPrevented || event.button || event.ctrlKey || event.shiftKey || event.metaKey) return;
    event.preventDefault();
    saved().then(() => location.assign(link.href));
  });
  document.addEventListener("input", (event) => { const form = event.target.closest("form[id^='form-']"); if (form) form.dataset.written = "1"; });
  const begin = article();
  if (begin && !location.hash) begin.querySelector("h1").focus({ preventScroll: true });

  // --- a question that the address points at is seen ------------------------------------------------------------------
  const unfold = () => {
    const aimed = document.getElementById(decodeURIComponent(location.hash.slice(1))), target = aimed && aimed.closest("details.target");
    if (target && !target.open) { target.open = true; aimed.scrollIntoView(); }
  };
  unfold();
  window.addEventListener("hashchange", unfold);

  // --- all targets of the whole form are printed ------------------------------------------------------------------
  window.addEventListener("beforeprint", () => document.querySelectorAll("details.target").forEach((one) => { one.open = true; }));
})();
