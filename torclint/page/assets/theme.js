// The button that changes between light and dark; what the reader chose is kept where the browser lets a file keep something.
(() => {
  const root = document.documentElement, button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const store = (value) => { try { localStorage.setItem("torclint-theme", value); } catch { /* a file may not be allowed to */ } };
  const stored = () => { try { return localStorage.getItem("torclint-theme"); } catch { return null; } };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
  };
  if (stored() === "dark" || stored() === "light") root.dataset.theme = stored();
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    store(root.dataset.theme);
    show();
  });
  system.addEventListener("change", show);
  show();
})();
