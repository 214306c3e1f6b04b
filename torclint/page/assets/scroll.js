// What is wider than its place is scrolled by arrow keys, too: it can have the focus for as long as it is wider.
(() => {
  const set = (place) => {
    if (place.scrollWidth <= place.clientWidth + 1) { place.removeAttribute("tabindex"); return; }
    place.tabIndex = 0;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", place.querySelector("caption")?.textContent.trim() || "Text");
  };
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => set(entry.target)));
  document.querySelectorAll(".scroll, pre:not([tabindex])").forEach((place) => sizes.observe(place));
})();
