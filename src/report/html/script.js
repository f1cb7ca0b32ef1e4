"use strict";
// The page is complete without this: it adds the filter and the order, and opens what is folded before the page is printed.
(() => {
  const findings = [...document.querySelectorAll("article.finding")];
  const texts = new Map(findings.map((finding) => [finding, finding.textContent.toLowerCase()]));
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const entryOf = (finding) => document.querySelector(`[data-finding="${finding.id}"]`);

  // What is about to be compared: the first in the text first, or the widest apart; what has neither comes last.
  const orders = {
    "": () => 0,
    place: (finding) => Number(finding.dataset.place ?? Infinity),
    gap: (finding) => -Number(finding.dataset.gap ?? 0),
  };

  function sort(order) {
    for (const contents of document.querySelectorAll("ol.contents")) {
      const own = findings.filter((finding) => contents.contains(entryOf(finding)));
      own.sort((one, other) => orders[order](one) - orders[order](other) || 0);
      contents.append(...own.map(entryOf));
      contents.parentElement.after(...own);
    }
  }

  function apply() {
    const wanted = new FormData(form);
    const severities = wanted.getAll("severity");
    const rule = wanted.get("rule");
    const text = wanted.get("text").trim().toLowerCase();
    let number = 0;
    for (const finding of findings) {
      const fits = severities.includes(finding.dataset.severity)
        && (rule === "" || finding.dataset.rule === rule)
        && texts.get(finding).includes(text);
      finding.hidden = !fits;
      const entry = entryOf(finding);
      if (entry) entry.hidden = !fits;
      if (fits) number += 1;
    }
    shown.textContent = `${number} of ${findings.length} shown`;
  }

  // A link to a finding that the filter hides shows all of them again.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.closest("article.finding[hidden]")) return;
    form.reset();
    sort("");
    apply();
    target.scrollIntoView();
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("input", apply);
    form.elements.order.addEventListener("input", (event) => sort(event.target.value));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", reveal);
    apply();
  }

  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();
