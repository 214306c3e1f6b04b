// Charts along the time: what is under the pointer or the cursor is told in words; arrow keys go from bar to bar; zoom.
(() => {
  const span = (seconds) => {
    if (seconds < 60) return `${+seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
    const whole = Math.round(seconds), h = Math.floor(whole / 3600), min = Math.floor((whole % 3600) / 60), s = whole % 60;
    return h ? `${h} h ${String(min).padStart(2, "0")} min` : `${min} min ${String(s).padStart(2, "0")} s`;
  };
  const amount = (value, unit) => {
    if (unit !== "bytes") return `${+value.toFixed(1)}${unit ? ` ${unit}` : ""}`;
    let left = value, place = 0;
    for (; left >= 1024 && place < 4; place += 1) left /= 1024;
    return `${+left.toFixed(1)} ${["B", "KiB", "MiB", "GiB", "TiB"][place]}`;
  };
  const at = (steps, time) => {
    let low = 0, high = steps.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (steps[middle][0] <= time) low = middle;
      else high = middle - 1;
    }
    return steps.length && steps[0][0] <= time ? steps[low][1] : 0;
  };

  // Charts under one another that show the same time have one cursor, and say once how to use it.
  const together = new Map();
  for (const figure of document.querySelectorAll("figure.chart-of")) {
    const mates = together.get(figure.parentElement) || [];
    if (figure.classList.contains("shared")) together.set(figure.parentElement, mates);
    const svg = figure.querySelector("svg.chart"), wide = figure.querySelector(".wide");
    const tools = document.createElement("div"), told = document.createElement("output");
    tools.className = "chart-tools";
    const plots = [...svg.querySelectorAll(".plot")].map((plot) => ({
      box: plot.querySelector("svg"), seconds: Number(plot.dataset.seconds), name: plot.dataset.name || "", unit: plot.dataset.unit || "",
      steps: plot.dataset.steps ? plot.dataset.steps.split(",").map((pair) => pair.split(" ").map(Number)) : [],
    }));
    const bars = [...svg.querySelectorAll(".bar")];
    if (bars.length) svg.setAttribute("role", "group"); // what is in an image cannot be reached
    for (const bar of bars) {
      const title = bar.querySelector("title");
      bar.setAttribute("aria-label", title.textContent);
      bar.setAttribute("role", "img");
      bar.setAttribute("tabindex", "-1");
      bar.addEventListener("focus", () => { told.textContent = title.textContent; });
      bar.addEventListener("pointerenter", () => { told.textContent = title.textContent; });
    }
    const cursor = document.createElementNS("http://www.w3.org/2000/svg", "line");
    cursor.setAttribute("class", "cursor");
    cursor.setAttribute("y1", "0");
    cursor.setAttribute("y2", String(Number(svg.getAttribute("height")) - 22));
    let share = 0;
    const hide = () => {
      cursor.remove();
      told.textContent = "";
    };
    const show = (where) => {
      if (!plots.length) return;
      share = Math.min(1, Math.max(0, where));
      if (!cursor.isConnected) svg.append(cursor);
      cursor.setAttribute("x1", `${100 * share}%`);
      cursor.setAttribute("x2", `${100 * share}%`);
      const time = share * plots[0].seconds;
      const words = plots.map((plot) => [at(plot.steps, time), plot]).filter(([value], _, all) => value || all.length === 1)
        .map(([value, plot]) => `${plot.name ? `${plot.name}: ` : ""}${amount(value, plot.unit)}`);
      const most = 4, rest = words.length - most;
      told.textContent = `${span(time)}: ${words.slice(0, most).join(", ") || "nothing"}${rest > 0 ? ` and ${rest} more` : ""}`;
    };
    const all = figure.classList.contains("shared") ? mates : [];
    all.push({ show, hide });
    const showAll = (where) => all.forEach((each) => each.show(where));
    const hideAll = () => all.forEach((each) => each.hide());
    wide.addEventListener("pointermove", (event) => {
      if (event.target.closest(".bar")) return;
      const box = svg.getBoundingClientRect();
      showAll((event.clientX - box.left) / box.width);
    });
    wide.addEventListener("pointerleave", () => {
      if (!wide.contains(document.activeElement)) hideAll();
    });

    // One stop for the tabulator; inside it, arrow keys: bars if there are any, else the time.
    let place = -1;
    wide.tabIndex = 0;
    wide.setAttribute("role", "group");
    wide.setAttribute("aria-label", `${svg.querySelector("title").textContent}; arrow keys read it out`);
    wide.addEventListener("keydown", (event) => {
      const forward = ["ArrowRight", "ArrowDown"].includes(event.key), back = ["ArrowLeft", "ArrowUp"].includes(event.key);
      if (event.key === "Escape") { wide.focus(); hideAll(); return; }
      if (!(forward || back || event.key === "Home" || event.key === "End") || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      if (!bars.length) {
        showAll(event.key === "Home" ? 0 : event.key === "End" ? 1 : share + (forward ? 0.01 : -0.01));
        return;
      }
      place = event.key === "Home" ? 0 : event.key === "End" ? bars.length - 1
        : Math.min(bars.length - 1, Math.max(0, place + (forward ? 1 : -1)));
      bars[place].focus();
      bars[place].scrollIntoView({ block: "nearest", inline: "nearest" });
    });

    if (figure.hasAttribute("data-zoom")) {
      let zoom = 1;
      const set = (next, button) => {
        const middle = (wide.scrollLeft + wide.clientWidth / 2) / wide.scrollWidth;
        zoom = Math.min(64, Math.max(1, next));
        figure.style.setProperty("--zoom", zoom);
        wide.scrollLeft = middle * wide.scrollWidth - wide.clientWidth / 2;
        tools.querySelectorAll("button").forEach((each) => { each.disabled = each.dataset.less === "1" ? zoom === 1 : zoom === 64; });
        button?.focus();
      };
      for (const [name, label, factor] of [["−", "Zoom out", 0.5], ["+", "Zoom in", 2]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = name;
        button.setAttribute("aria-label", label);
        button.dataset.less = factor < 1 ? "1" : "";
        button.addEventListener("click", () => set(zoom * factor, button));
        tools.append(button);
      }
      set(1);
    }
    told.dataset.hint = all.length > 1 ? "" : bars.length ? "Point at a bar, or use the arrow keys, to read about it." : "Point at the chart, or use the arrow keys, to read it.";
    if (!told.dataset.hint) told.setAttribute("aria-live", "off");
    tools.append(told);
    wide.before(tools);
  }
})();
