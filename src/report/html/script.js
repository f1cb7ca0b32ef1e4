"use strict";
// The page is complete without this: it adds the filter, and opens what is folded before the page is printed.
(() => {
  const findings = [...document.querySelectorAll("article.finding")];
  const texts = new Map(findings.map((finding) => [finding, finding.textContent.toLowerCase()]));
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");

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
      const entry = document.querySelector(`[data-finding="${finding.id}"]`);
      if (entry) entry.hidden = !fits;
      if (fits) number += 1;
    }
    shown.textContent = `${number} of ${findings.length} shown`;
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }

  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
})();
