// The texts whose contrast is below 4.5 to 1 (WCAG 2.2, AA), each with its colours.
(() => {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = parts(colour).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const grounds = [];
  for (let element = document.querySelector(".plot .band"); element; element = null) {
    grounds.push(getComputedStyle(element).fill);
  }
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const failing = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("script, title, desc, option")) continue;
    const style = getComputedStyle(element);
    const ink = element.closest("svg") ? style.fill : style.color;
    // Letters of the picture may stand on the shaded band.
    for (const paper of [ground(element), ...(element.closest("svg") ? grounds : [])]) {
      const [light, dark] = [luminance(ink), luminance(paper)].sort((one, other) => other - one);
      if ((light + 0.05) / (dark + 0.05) < 4.5) failing.add(`${element.className.baseVal ?? element.className} ${ink} on ${paper}`);
    }
  }
  return [...failing];
})()
