// Paper cannot be clicked at: whatever is folded is opened for printing, and folded again after it. It is light, too.
(() => {
  const root = document.documentElement;
  let opened = [], theme;
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((each) => { each.open = true; });
    theme = root.dataset.theme;
    root.dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    opened.forEach((each) => { each.open = false; });
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
  });
})();
