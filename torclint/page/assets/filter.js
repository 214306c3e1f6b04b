// Buttons that show what has one value of an attribute only: data-filter names it, data-only the value, "" for all.
(() => {
  for (const tools of document.querySelectorAll("[data-filter]")) {
    const buttons = [...tools.querySelectorAll("button")], name = tools.dataset.filter;
    const filtered = tools.parentElement.querySelectorAll(`:scope > [data-${name}]`);
    tools.hidden = buttons.length < 3; // one kind only: there is nothing to choose
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const only = button.dataset.only;
        buttons.forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
        filtered.forEach((each) => { each.hidden = Boolean(only) && each.dataset[name] !== only; });
      });
    }
    // what a link leads to must not be hidden
    addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target?.closest(`[data-${name}]`)?.hidden) { buttons[0].click(); target.scrollIntoView(); }
    });
  }
})();
