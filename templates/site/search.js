// Searches the reports of this site, in this page alone: nothing is sent anywhere, and no other address is read.
// Without it the page is the same list of reports, and the search field is not shown.
(() => {
  "use strict";
  const most = 40;
  const box = document.getElementById("search");
  const entries = window.granskningIndex;
  if (!box || !entries) return;

  // Capital letters make no difference, nor do accents; but å, ä and ö are letters of their own.
  const fold = (text) =>
    text.normalize("NFC").toLocaleLowerCase("sv").replace(/[^\u0000-\u007fåäö]/g, (letter) =>
      letter.normalize("NFD").replace(/\p{M}/gu, ""));
  const folded = entries.map(([title, where, , text]) => [fold(title), fold(where), fold(text)]);
  const words = (query) => fold(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const starts = (text, word) => {
    let at = text.indexOf(word);
    while (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) at = text.indexOf(word, at + 1);
    return at;
  };

  const find = (query) => {
    const wanted = words(query);
    if (!wanted.length) return [];
    const found = [];
    folded.forEach(([title, where, text], number) => {
      let weight = 0;
      for (const word of wanted) {
        if (starts(title, word) >= 0) weight += 4;
        else if (starts(text, word) >= 0) weight += 2;
        else if (starts(where, word) >= 0) weight += 1;
        else return;
      }
      found.push([weight, number]);
    });
    return found.sort((one, other) => other[0] - one[0] || one[1] - other[1]).map(([, number]) => number);
  };

  const snippet = (number, wanted) => {
    const text = entries[number][3];
    const hits = wanted.map((word) => starts(folded[number][2], word)).filter((at) => at >= 0);
    const from = Math.max(0, Math.min(...hits, text.length) - 60);
    const start = from && hits.length ? text.indexOf(" ", from) + 1 : 0;
    const cut = text.slice(start, start + 200);
    return (start ? "… " : "") + cut + (start + 200 < text.length ? " …" : "");
  };

  const list = document.getElementById("search-results");
  const status = document.getElementById("search-status");
  const field = document.getElementById("search-field");
  const show = () => {
    const query = field.value;
    const found = find(query);
    list.replaceChildren();
    for (const number of found.slice(0, most)) {
      const [title, where, address] = entries[number];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = address;
      link.textContent = title;
      const place = document.createElement("span");
      place.className = "quiet";
      place.textContent = ` ${where}`;
      const text = document.createElement("p");
      text.textContent = snippet(number, words(query));
      item.append(link, place, text);
      list.append(item);
    }
    const said = box.dataset;
    if (!words(query).length) status.textContent = "";
    else if (!found.length) status.textContent = said.none;
    else if (found.length > most) status.textContent = said.more.replace("{shown}", most).replace("{count}", found.length);
    else status.textContent = (found.length === 1 ? said.one : said.many).replace("{count}", found.length);
  };

  box.hidden = false;
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  });
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
})();
