// The graph can be moved and zoomed, tells about what is pointed at, and shows one of before and after at a time.
(() => {
  const tools = document.getElementById("graph-tools"), details = document.getElementById("graph-details");
  if (!tools) return;
  const figures = [...document.querySelectorAll("figure.graph")];
  const views = new Map();
  let current = figures[0];

  const LEAST = 1.5; // of the picture to a pixel of the screen: smaller letters cannot be read

  class View {
    constructor(svg, plane) {
      const { x, y, width, height } = svg.viewBox.baseVal;
      this.svg = svg;
      this.plane = plane;
      this.whole = { x, y, width, height };
      plane.classList.add("moves");
      plane.tabIndex = 0;
      plane.setAttribute("role", "group");
      plane.setAttribute("aria-label", "Graph. Arrow keys move it, + and - change its size, 0 shows all.");
      plane.style.height = `${Math.max(180, Math.min(height + 32, innerHeight * 0.66))}px`;
      svg.setAttribute("preserveAspectRatio", "xMidYMid meet");
      this.begin();
    }
    // no larger than it was drawn: small pictures stay small
    all() {
      const { x, y, width, height } = this.whole;
      const box = this.plane.getBoundingClientRect();
      const scale = Math.max(width / (box.width || width), height / (box.height || height), 1);
      const wide = (box.width || width) * scale, high = (box.height || height) * scale;
      this.fitting = wide;
      this.set(x + (width - wide) / 2, y + (height - high) / 2, wide, high);
    }
    // a large one is shown from its top on, as large as it can be read; under a finger, which would be caught in it, as a whole
    begin() {
      this.all();
      const { width: wide, height: high } = this.plane.getBoundingClientRect(), scale = this.width / (wide || this.width);
      if (scale <= LEAST || matchMedia("(pointer: coarse)").matches) return;
      this.set(this.whole.x + (this.whole.width - wide * LEAST) / 2, this.whole.y, wide * LEAST, high * LEAST);
    }
    set(x, y, width, height) {
      Object.assign(this, { x, y, width, height });
      this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
      this.plane.classList.toggle("larger", width < this.fitting * 0.99);
    }
    move(dx, dy) { this.set(this.x + dx * this.width, this.y + dy * this.height, this.width, this.height); }
    zoom(factor, atX = 0.5, atY = 0.5) {
      const width = Math.min(Math.max(this.width * factor, 60), this.whole.width * 8 + 2000);
      const height = this.height * width / this.width;
      this.set(this.x + (this.width - width) * atX, this.y + (this.height - height) * atY, width, height);
    }
    // what has the focus is brought into sight
    see(element) {
      const box = element.getBoundingClientRect(), plane = this.plane.getBoundingClientRect();
      const beyond = (low, high, least, most) => (low < least ? low - least - 16 : high > most ? high - most + 16 : 0);
      const dx = beyond(box.left, box.right, plane.left, plane.right), dy = beyond(box.top, box.bottom, plane.top, plane.bottom);
      if (dx || dy) this.move(dx / plane.width, dy / plane.height);
    }
  }

  const tell = (link) => {
    const row = document.getElementById(link.dataset.row), heads = row.closest("table").tHead.rows[0].cells;
    const list = document.createElement("dl");
    [...row.cells].forEach((cell, place) => {
      if (!cell.textContent.trim()) return;
      const pair = document.createElement("div"), name = document.createElement("dt"), value = document.createElement("dd");
      name.textContent = heads[place].textContent;
      value.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
      value.querySelectorAll("a").forEach((each) => each.replaceWith(each.textContent)); // the box itself leads there
      pair.append(name, value);
      list.append(pair);
    });
    details.replaceChildren(list);
    for (const tie of link.closest("svg").querySelectorAll(".tie")) {
      tie.classList.toggle("near", tie.dataset.ends.split(" ").includes(link.dataset.row));
    }
  };

  for (const figure of figures) {
    const plane = figure.querySelector(".plane"), svg = plane.querySelector("svg"), view = new View(svg, plane);
    views.set(figure, view);
    let held = null, moved = false;
    plane.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      held = [event.clientX, event.clientY];
      moved = false;
    });
    plane.addEventListener("pointermove", (event) => {
      if (!held) return;
      const box = plane.getBoundingClientRect(), dx = event.clientX - held[0], dy = event.clientY - held[1];
      if (!moved && Math.hypot(dx, dy) < 4) return;
      if (!moved) plane.setPointerCapture(event.pointerId);
      moved = true;
      view.move(-dx / box.width, -dy / box.height);
      held = [event.clientX, event.clientY];
    });
    const release = () => { held = null; };
    plane.addEventListener("pointerup", release);
    plane.addEventListener("pointercancel", release);
    plane.addEventListener("dragstart", (event) => event.preventDefault());
    plane.addEventListener("click", (event) => { if (moved) event.preventDefault(); moved = false; }, true);
    plane.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the wheel alone scrolls the page
      event.preventDefault();
      const box = plane.getBoundingClientRect();
      view.zoom(Math.exp(event.deltaY * 0.0025), (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }, { passive: false });
    plane.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const moves = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[event.key];
      if (moves) view.move(...moves);
      else if (event.key === "+" || event.key === "=") view.zoom(1 / 1.25);
      else if (event.key === "-") view.zoom(1.25);
      else if (event.key === "0") view.all();
      else return;
      event.preventDefault();
    });
    for (const link of svg.querySelectorAll("[data-row]")) {
      link.addEventListener("focus", () => {
        tell(link);
        if (link.matches(":focus-visible")) view.see(link);
      });
      link.addEventListener("pointerenter", () => tell(link));
    }
  }

  const show = (figure) => {
    current = figure;
    figures.forEach((each) => { each.hidden = each !== figure; });
    tools.querySelectorAll("[data-show]").forEach((button) =>
      button.setAttribute("aria-pressed", String(button.dataset.show === figure.id)));
    details.replaceChildren();
    views.get(figure).begin();
  };
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const view = views.get(current);
    if (button.dataset.show) show(document.getElementById(button.dataset.show));
    else if (button.dataset.zoom === "in") view.zoom(1 / 1.25);
    else if (button.dataset.zoom === "out") view.zoom(1.25);
    else view.all();
  });
  addEventListener("resize", () => views.get(current).begin());
  addEventListener("beforeprint", () => figures.forEach((figure) => {
    const { x, y, width, height } = views.get(figure).whole;
    views.get(figure).set(x, y, width, height);
  }));
  addEventListener("afterprint", () => views.get(current).begin());
  tools.hidden = details.hidden = false;
  show(current);
})();
