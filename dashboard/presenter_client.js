// Presenter mode in the reader's browser. The whole briefing is here before the first view is shown: moving between
// views asks nobody for anything, so no number can change in a meeting, and a server that stops is not noticed.
// Views are laid out at 1,920 x 1,080 and scaled as a whole: what fits once fits on every screen.

const [WIDTH, HEIGHT] = [1920, 1080];
const SIZES = [1, 0.94, 0.88, 0.82, 0.76]; // of the letters, until everything has room; then rows are left out
const SMALL_SIZES = [0.7, 0.64, 0.58, 0.52, 0.46, 0.4];
const IN_A_ROW = 4; // of the overview
const SWIPE = 60; // pixels
const TOOLS_MS = 3000;
const TWICE_MS = 2500; // for the second Escape
const LEAST_SECONDS = 3;
const INK = { light: "#1f2933", dark: "#e6ebf1" };
const OURS = ["section", "seconds", "rotate"]; // in the address; the rest says which briefing it is
const ANSWER_MS = 3000; // that the server has to take the reader back; then the address is opened
const NOTES_STYLE = `body {margin: 0; padding: 2rem; font: 1.5rem/1.6 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;
  background: #12171e; color: #e6ebf1} h1 {font-size: 1.6rem; margin: 0.2rem 0 1rem} .where, .next, .time {color: #aab6c4; font-size: 1.1rem; margin: 0}
  .text {white-space: pre-wrap; overflow-wrap: anywhere} .time {font-variant-numeric: tabular-nums}`;

let library, shown, leaving;

export default function ({ data, setTriggerValue }) {
  clearTimeout(leaving);
  shown ??= present(data); // a later run of the page's script must not move anything under the presenter
  shown.leave = (section) => setTriggerValue("left", section);
  return () => {
    leaving = setTimeout(() => {
      shown?.close();
      shown = undefined;
    }, 300);
  };
}

function make(tag, given = {}, ...children) {
  const { text, html, onclick, ...attributes } = given;
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  if (html !== undefined) element.innerHTML = html; // escaped where it was written, in dashboard/reports/screen.py
  if (text !== undefined) element.textContent = text;
  if (onclick) element.onclick = onclick;
  element.append(...children.filter(Boolean));
  return element;
}

function loadLibrary(address) {
  library ??= new Promise((resolve, reject) => {
    const script = make("script", { src: new URL(address, document.baseURI).href });
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

function figureElement(figure, words) {
  const drawn = { class: `content box ${figure.form}`, html: figure.html };
  const link = figure.page && make("span", { class: "drill", "aria-hidden": "true", text: "↗", title: words.drill });
  const attributes = { class: `figure of-${figure.form}`, role: "figure", "aria-label": figure.alt };
  if (figure.page) Object.assign(attributes, { tabindex: 0, "data-page": figure.page, "aria-keyshortcuts": "Enter" });
  return make(
    "section",
    attributes,
    figure.title && make("h3", {}, make("span", { text: figure.title }), link),
    figure.under && make("p", { class: "under", text: figure.under }),
    make("div", drawn),
    make("p", { class: "more", text: "" }),
    figure.note && make("p", { class: "note", text: figure.note }),
  );
}

function slideElement(view, content, words) {
  const sentences = make("div", { class: "words box" }, ...view.sentences.map((text) => make("p", { text })));
  if (view.layout === "cover") {
    const facts = view.facts.flatMap(([label, value]) => [make("dt", { text: label }), make("dd", { text: value })]);
    return make(
      "article",
      { class: "slide cover" },
      make("h2", { class: "box", text: view.heading }),
      sentences,
      make("dl", { class: "box" }, ...facts),
      view.label && make("p", { class: "label", text: view.label }),
    );
  }
  const [tiles, others] = [true, false].map((isTiles) => view.figures.filter((f) => (f.form === "tiles") === isTiles));
  const figures = make("div", { class: "figures" }, ...others.map((figure) => figureElement(figure, words)));
  const kind = others.length ? (view.sentences.length ? view.layout : "mute") : "bare";
  return make(
    "article",
    { class: `slide ${kind}` },
    make("header", { class: "box" }, make("p", { class: "chapter", text: view.chapter }), make("h2", { text: view.heading })),
    ...tiles.map((figure) => figureElement(figure, words)),
    make("div", { class: "main" }, view.sentences.length && sentences, others.length && figures),
    make("footer", { text: content.footer }),
  );
}

const overflows = (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;

// Letters become smaller in steps, names break over lines, long tables become shorter, until nothing is cut off.
function fit(slide, view, words) {
  const boxes = [...slide.querySelectorAll(".box")];
  const fits = (size) => {
    slide.style.setProperty("--fit", size);
    return !boxes.some(overflows);
  };
  const left = new Map(view.figures.map((figure) => [figure, figure.more]));
  const tables = [...slide.querySelectorAll(".content.table")];
  const say = (table) => {
    const figure = view.figures.filter((f) => f.form === "table")[tables.indexOf(table)];
    const count = left.get(figure);
    table.parentElement.querySelector(".more").textContent = count ? words.more.replace("{count}", count.toLocaleString("en")) : "";
    return figure;
  };
  tables.forEach(say);
  if (SIZES.some(fits)) return;
  slide.classList.add("loose");
  if (SIZES.some(fits)) return;
  for (const table of tables) {
    const rows = [...table.querySelectorAll("tbody tr")];
    while (rows.length > 1 && table.scrollHeight > table.clientHeight + 1) {
      rows.pop().remove();
      const figure = say(table);
      left.set(figure, left.get(figure) + 1);
      say(table);
    }
  }
  if (!boxes.some(overflows)) return;
  slide.classList.add("tight");
  SMALL_SIZES.some(fits);
}

function present(data) {
  const { content, words } = data;
  const views = content.views;
  const count = views.length - 1; // the cover is not counted
  const asked = new URLSearchParams(location.search);
  const seconds = Math.max(Number(asked.get("seconds")) || 20, LEAST_SECONDS);
  const clockKey = `presenter ${content.title} ${content.edition}`;
  const begun = Number(sessionStorage.getItem(clockKey)) || Date.now();
  sessionStorage.setItem(clockKey, begun);

  let at = Math.max(views.findIndex((view) => view.code === asked.get("section")), 0);
  let [panel, blank, typed, picked, shade] = ["", "", null, 0, data.shade];
  let [rotation, escaped, toolsTimer, notesWindow, touched, awake, visited, origin] = [0, 0, 0, null, null, null, null, null];

  // ---- what is on the screen
  const slides = views.map((view) => slideElement(view, content, words));
  const cells = slides.map((slide, place) =>
    make(
      "div",
      { class: "cell", role: "group", "aria-label": views[place].heading, onclick: () => panel === "overview" && go(place) },
      slide,
      make("p", { class: "caption", text: place ? `${place}  ${views[place].heading}` : views[place].heading }),
    ),
  );
  const deck = make("div", { class: "deck" }, ...cells);
  const progress = make("div", { class: "progress", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": count }, make("i"));
  const status = make("p", { class: "status" });
  const list = make("ol", { class: "list", role: "listbox", tabindex: -1, "aria-label": words.list });
  const help = make("div", { class: "help", role: "dialog", "aria-label": words.help, tabindex: -1 }, make("h2", { text: words.help }), keySheet());
  const badge = make("p", { class: "badge", hidden: "" });
  const cover = make("div", { class: "blank" });
  const stage = make("div", { class: "stage" }, deck, progress, status, list, help, badge, cover);
  const room = make("div", { class: "room" }, stage);
  const notes = notesSheet(document, "aside");
  const says = make("p", { class: "unseen", "aria-live": "polite" });
  const tools = make("div", { class: "tools", role: "toolbar", "aria-label": words.tools }, ...buttons());
  const root = make(
    "div",
    { class: "presenter", "data-shade": shade, role: "application", "aria-label": content.title, tabindex: -1, lang: data.language },
    room,
    notes.sheet,
    tools,
    says,
  );
  const others = [...document.body.children];
  others.forEach((element) => (element.inert = true));
  document.body.append(root);

  views.forEach((view, place) => {
    if (view.chapter && view.chapter !== views[place - 1]?.chapter) {
      list.append(make("li", { class: "chapter", role: "presentation", text: view.chapter }));
    }
    const entry = make("li", { role: "option", id: `presenter-${place}`, onclick: () => go(place) });
    entry.append(make("b", { text: place || "" }), make("span", { text: view.heading }));
    list.append(entry);
  });
  const entries = [...list.querySelectorAll('[role="option"]')];

  function keySheet() {
    const rows = words.keys.map(([keys, meaning]) => {
      const named = keys.split(" ").map((key) => make("kbd", { text: key }));
      return make("tr", {}, make("td", {}, ...named), make("td", { text: meaning }));
    });
    return make("table", {}, ...rows);
  }

  function buttons() {
    const all = { previous: () => step(-1), next: () => step(1), list: () => open("list"), overview: () => open("overview") };
    Object.assign(all, { notes: toggleNotes, rotation: toggleRotation, full: toggleFull, help: () => open("help"), exit });
    return Object.entries(all).map(([name, act]) => make("button", { type: "button", "data-act": name, text: words[name], onclick: act }));
  }

  // ---- moving
  function show() {
    cells.forEach((cell, place) => {
      cell.classList.toggle("now", place === at);
      cell.setAttribute("aria-hidden", place !== at);
    });
    progress.firstChild.style.width = `${(100 * at) / count}%`;
    progress.setAttribute("aria-valuenow", at);
    says.textContent = at ? `${at} / ${count} ${views[at].heading}` : views[at].heading;
    root.dataset.section = views[at].code;
    remember({ section: views[at].code });
    tick();
  }

  function go(place) {
    at = Math.min(Math.max(place, 0), count);
    close();
    show();
    if (rotation) rotate();
  }

  function step(by) {
    go(at + by);
  }

  function remember(changes) {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  function rotate() {
    clearTimeout(rotation);
    rotation = setTimeout(() => go(at === count ? 0 : at + 1), 1000 * seconds);
  }

  function toggleRotation() {
    rotation ? pause() : rotate();
    remember({ rotate: rotation ? "1" : "" });
    tell(rotation ? words.rotating.replace("{seconds}", seconds) : words.paused);
    tick();
  }

  function pause() {
    clearTimeout(rotation);
    rotation = 0;
    remember({ rotate: "" });
  }

  // ---- panels
  function open(name) {
    if (panel === name) return close();
    close();
    panel = name;
    picked = at;
    root.classList.add(name);
    mark();
    if (name === "overview") cells.forEach((cell) => cell.removeAttribute("aria-hidden"));
    ({ list, help })[name]?.focus();
  }

  function close() {
    root.classList.remove("list", "overview", "help");
    if (panel) root.focus();
    panel = "";
    type(null);
  }

  function mark() {
    cells.forEach((cell, place) => cell.classList.toggle("picked", panel === "overview" && place === picked));
    entries.forEach((entry, place) => entry.setAttribute("aria-selected", place === picked));
    list.setAttribute("aria-activedescendant", `presenter-${picked}`);
    if (panel) (panel === "list" ? entries : cells)[picked].scrollIntoView({ block: "nearest" });
    if (panel === "overview") says.textContent = `${picked || ""} ${views[picked].heading}`;
  }

  function pick(place) {
    picked = Math.min(Math.max(place, 0), count);
    mark();
  }

  function type(digits) {
    typed = digits;
    badge.hidden = typed === null;
    badge.textContent = typed === null ? "" : `${words.go_to} ${typed || "…"} / ${count}`;
  }

  function toggleBlank(colour) {
    blank = blank === colour ? "" : colour;
    cover.dataset.colour = blank;
    root.dataset.blank = blank;
  }

  function tell(sentence) {
    says.textContent = sentence;
    badge.hidden = false;
    badge.textContent = sentence;
    setTimeout(() => typed === null && (badge.hidden = true), 1800);
  }

  function toggleFull() {
    document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.().catch(() => {});
  }

  // ---- notes: a panel beside the view, and a window for another screen
  function notesSheet(page, tag) {
    const [where, heading, text, next, time] = ["p.where", "h1", "p.text", "p.next", "p.time"].map((named) => {
      const [kind, name] = named.split(".");
      const element = page.createElement(kind);
      if (name) element.className = name;
      return element;
    });
    const sheet = page.createElement(tag);
    sheet.className = "notes";
    sheet.append(time, where, heading, text, next);
    const fill = () => {
      where.textContent = at ? `${at} / ${count}` : "";
      heading.textContent = views[at].heading;
      text.textContent = views[at].notes || words.no_notes;
      next.textContent = at < count ? `${words.then} ${views[at + 1].heading}` : words.last;
      time.textContent = `${clock()}    ${elapsed()}`;
    };
    return { sheet, fill };
  }

  function toggleNotes() {
    root.classList.toggle("with-notes");
    scale();
  }

  function openNotes() {
    notesWindow = window.open("", "briefing-notes", "popup,width=960,height=720");
    if (!notesWindow) return tell(words.blocked);
    const page = notesWindow.document;
    page.title = `${words.notes} · ${content.title}`;
    page.documentElement.lang = data.language;
    const style = page.createElement("style");
    style.textContent = NOTES_STYLE;
    page.head.replaceChildren(style);
    const { sheet, fill } = notesSheet(page, "main");
    page.body.replaceChildren(sheet);
    notesWindow.onkeydown = press;
    notesWindow.fill = fill;
    fill();
  }

  // ---- a page of the dashboard over the view: nothing of the presentation is left, full screen neither
  function identity() {
    const kept = new URLSearchParams(location.search);
    OURS.forEach((name) => kept.delete(name));
    return kept;
  }

  function openPage(address) {
    if (rotation) pause();
    const page = make("iframe", { src: new URL(address, location.href).href, title: words.drill });
    const back = make("button", { type: "button", class: "way-back", onclick: closePage });
    back.textContent = `← ${words.back.replace("{heading}", views[at].heading)}`;
    page.onload = () => page.contentWindow.addEventListener("keydown", (event) => event.key === "Escape" && closePage());
    visited = make("div", { class: "visited" }, back, page);
    visited.addEventListener("keydown", (event) => event.key === "Escape" && closePage());
    origin = document.activeElement;
    root.append(visited);
    back.focus();
  }

  function closePage() {
    visited?.remove();
    visited = null;
    (root.contains(origin) ? origin : root).focus();
  }

  function drill() {
    const focused = document.activeElement?.closest?.(".figure[data-page]");
    const figure = focused ?? slides[at].querySelector(".figure[data-page]");
    figure ? openPage(figure.dataset.page) : tell(words.no_page);
  }

  function markFinding() {
    const address = identity();
    for (const [name, value] of Object.entries({ ...data.marking, section: views[at].code })) address.set(name, value);
    openPage(`${data.home}?${address}`);
  }

  function exit() {
    notesWindow?.close();
    sessionStorage.removeItem(clockKey);
    if (document.fullscreenElement) document.exitFullscreen();
    const address = identity();
    address.set("section", views[at].code);
    setTimeout(() => root.isConnected && location.assign(new URL(`${data.home}?${address}`, location.href)), ANSWER_MS);
    shown.leave(views[at].code);
  }

  // ---- time
  const clock = () => new Date().toLocaleTimeString(data.language, { hour: "2-digit", minute: "2-digit", hour12: false });
  function elapsed() {
    const passed = Math.floor((Date.now() - begun) / 1000);
    const parts = [Math.floor(passed / 3600), Math.floor(passed / 60) % 60, passed % 60];
    return parts.map((part) => String(part).padStart(2, "0")).join(":");
  }

  function tick() {
    const parts = [rotation && `${words.rotation} ${seconds} s`, at && `${at} / ${count}`, clock(), elapsed()];
    status.textContent = parts.filter(Boolean).join("  ·  ");
    notes.fill();
    if (notesWindow && !notesWindow.closed) notesWindow.fill?.();
  }

  // ---- keys
  const moves = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1 };
  const letters = {
    g: () => type(typed ?? ""),
    j: () => open("list"),
    o: () => open("overview"),
    b: () => toggleBlank("black"),
    ".": () => toggleBlank("black"),
    w: () => toggleBlank("white"),
    f: toggleFull,
    n: toggleNotes,
    s: openNotes,
    t: toggleRotation,
    d: drill,
    m: markFinding,
    l: toggleShade,
    "?": () => open("help"),
    "/": () => open("help"),
    h: () => open("help"),
    q: exit,
  };

  function press(event) {
    if (visited) return; // its page has keys of its own
    if (event.ctrlKey || event.metaKey || event.altKey || ["Shift", "Control", "Alt", "Meta", "F5", "F11", "F12"].includes(event.key)) return;
    event.stopPropagation(); // the page below has keys of its own
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const onButton = document.activeElement?.closest?.(".presenter .tools button") && ["Enter", " "].includes(key);
    if (key === "Tab" || onButton) return;
    event.preventDefault();
    if (rotation && key !== "t") {
      pause();
      tell(words.paused);
      tick();
    }
    if (blank) return toggleBlank({ w: "white", b: "black", ".": "black" }[key] ?? blank);
    if (/^\d$/.test(key)) return type(((typed ?? "") + key).slice(-String(count).length));
    if (typed !== null && key === "Backspace") return type(typed.slice(0, -1));
    if (typed !== null && key === "Enter") return typed ? go(Number(typed)) : type(null);
    if (key === "Escape") return escape();
    if (panel === "list" || panel === "overview") {
      if (key === "Enter" || key === " ") return go(picked);
      const rows = panel === "overview" && ["ArrowDown", "ArrowUp"].includes(key) ? IN_A_ROW : 1;
      if (moves[key]) return pick(picked + rows * moves[key]);
      if (key === "Home" || key === "End") return pick(key === "Home" ? 0 : count);
    }
    if (key === "Enter" && document.activeElement?.closest?.(".figure[data-page]")) return drill();
    if (key === " " || key === "Enter") return step(event.shiftKey ? -1 : 1);
    if (moves[key]) return step(moves[key]);
    if (key === "Home" || key === "End") return go(key === "Home" ? 0 : count);
    letters[key]?.();
  }

  function escape() {
    if (panel || typed !== null) return close();
    if (root.classList.contains("with-notes")) return toggleNotes();
    if (document.fullscreenElement) return toggleFull();
    if (Date.now() - escaped < TWICE_MS) return exit();
    escaped = Date.now();
    tell(words.twice.replace("{key}", "Esc"));
  }

  // ---- size, colours, touch
  function scale() {
    const size = Math.min(room.clientWidth / WIDTH, room.clientHeight / HEIGHT);
    const [left, top] = [(room.clientWidth - WIDTH * size) / 2, (room.clientHeight - HEIGHT * size) / 2];
    stage.style.transform = `translate(${left}px, ${top}px) scale(${size})`;
  }

  function toggleShade() {
    shade = shade === "dark" ? "light" : "dark";
    root.dataset.shade = shade;
    root.querySelectorAll(".js-plotly-plot").forEach((plot) => globalThis.Plotly.relayout(plot, { "font.color": INK[shade] }));
  }

  function showTools() {
    root.classList.add("with-tools");
    clearTimeout(toolsTimer);
    toolsTimer = setTimeout(() => root.classList.remove("with-tools"), TOOLS_MS);
  }

  function lift(event) {
    if (!touched) return;
    const [across, down] = [event.changedTouches[0].clientX - touched[0], event.changedTouches[0].clientY - touched[1]];
    touched = null;
    if (Math.abs(across) > SWIPE && Math.abs(across) > Math.abs(down) && !panel) step(across < 0 ? 1 : -1);
  }

  async function stayAwake() {
    if (document.visibilityState === "visible") awake = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  // ---- charts: drawn once each, at full size and outside the scaled stage, where letters are measured as they are
  async function drawAll() {
    await document.fonts.ready;
    slides.forEach((slide, place) => fit(slide, views[place], words));
    root.dataset.fitted = views.length;
    const order = [...views.keys()].sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
    for (const place of order) {
      const charts = views[place].figures.filter((figure) => figure.chart);
      const places = [...slides[place].querySelectorAll(".content")].filter((box) => !/\b(table|tiles|map)\b/.test(box.className));
      for (const [number, figure] of charts.entries()) await drawChart(places[number], figure.chart);
    }
    root.dataset.ready = views.length;
  }

  async function drawChart(box, chart) {
    let plotly;
    try {
      plotly = await loadLibrary(data.library);
    } catch {
      box.textContent = words.no_chart;
      return;
    }
    const draft = make("div", { class: "draft" });
    root.append(draft);
    const size = { width: box.clientWidth, height: box.clientHeight };
    const font = { ...chart.layout.font, color: INK[shade], family: getComputedStyle(root).fontFamily };
    await plotly.newPlot(draft, chart.data, { ...chart.layout, ...size, font }, { staticPlot: true });
    draft.classList.remove("draft");
    box.replaceChildren(draft);
  }

  window.addEventListener("keydown", press, true);
  window.addEventListener("resize", scale);
  document.addEventListener("visibilitychange", stayAwake);
  root.addEventListener("pointermove", showTools);
  root.addEventListener("touchstart", (event) => (touched = [event.touches[0].clientX, event.touches[0].clientY]), { passive: true });
  root.addEventListener("touchend", lift);
  root.querySelectorAll(".drill").forEach((link) => (link.onclick = () => openPage(link.closest(".figure").dataset.page)));
  const timer = setInterval(tick, 1000);
  scale();
  show();
  root.focus();
  stayAwake();
  if (asked.get("rotate") === "1") toggleRotation();
  drawAll();

  return {
    close() {
      clearInterval(timer);
      clearTimeout(rotation);
      clearTimeout(toolsTimer);
      awake?.release();
      window.removeEventListener("keydown", press, true);
      window.removeEventListener("resize", scale);
      document.removeEventListener("visibilitychange", stayAwake);
      notesWindow?.close();
      others.forEach((element) => (element.inert = false));
      root.remove();
    },
  };
}
