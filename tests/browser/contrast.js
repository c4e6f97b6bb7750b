// The texts on the page that are too pale: what stands there, and its contrast to what is behind it (WCAG: 4.5).
() => {
  const light = c => {
    const part = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
  };
  const read = text => {
    const found = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return found.length > 3 ? found : [...found, 1];
  };
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const above = element => {
    const all = [];
    for (let at = element; at; at = at.parentElement) all.push(at);
    return all;
  };
  const app = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
  const behind = element => {
    let found = read(app);
    for (const at of above(element).reverse()) found = over(read(getComputedStyle(at).backgroundColor), found);
    return found;
  };
  const pale = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    const left_out = "script,style,noscript,[data-testid=stIconMaterial],[disabled],[aria-disabled=true]";
    if (!text || element.closest(left_out) || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || style.fontSize === "0px") continue;
    const opacity = above(element).reduce((all, at) => all * getComputedStyle(at).opacity, 1);
    if (!opacity) continue;
    const ground = behind(element), ink = read(style.color);
    const shades = [light(over([ink[0], ink[1], ink[2], ink[3] * opacity], ground)), light(ground)];
    const contrast = (Math.max(...shades) + 0.05) / (Math.min(...shades) + 0.05);
    if (contrast < 4.5) pale.set(text.slice(0, 30), contrast.toFixed(2));
  }
  return Object.fromEntries(pale);
}
