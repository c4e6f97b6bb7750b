// Links to past forms stay within the page: they change its address, which Streamlit follows as it follows "back".
(() => {
  if (window.afLinks) return;
  window.afLinks = true;
  document.addEventListener("click", event => {
    const link = event.target.closest?.('[data-testid=stHtml] a[href^="library?form="]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const there = new URL(link.getAttribute("href"), location.href);
    const address = new URL(location.href);
    address.searchParams.set("look", there.searchParams.get("form"));
    const at = there.searchParams.get("at");
    if (at) address.searchParams.set("at", at); else address.searchParams.delete("at");
    history.pushState({}, "", link.dataset.goto ? there : address);
    dispatchEvent(new PopStateEvent("popstate"));
  });
})();
