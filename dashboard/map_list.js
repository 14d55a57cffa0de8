// Ranked units of the map: see charts/units.py for what is drawn. Names come from files, so they are only ever text.

function made(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function line({ code, name, base, value, colour, length, interval, span }, send) {
  const bar = made("span", { className: "bar" }, made("b", { style: `width: ${100 * length}%; background: ${colour}` }));
  if (span) bar.append(made("i", { style: `left: ${100 * span[0]}%; width: ${100 * (span[1] - span[0])}%` }));
  const named = made("span", { className: "name" }, name, " ", made("small", {}, base));
  const button = made(
    "button",
    { type: "button", title: [name, base, value, interval].filter(Boolean).join("\n"), onclick: () => send("unit", code) },
    made("span", { className: "track" }, named, bar),
    made("span", { className: "value" }, value, made("span", { className: "unseen" }, interval && ` ${interval}`)),
  );
  return made("li", {}, button);
}

export default function mount({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".units") ?? parentElement.appendChild(made("ol", { className: "units" }));
  const isFocused = list.contains(parentElement.getRootNode().activeElement);
  list.setAttribute("aria-label", data.alt);
  list.classList.toggle("aimed", data.target !== null);
  list.style.setProperty("--target", `${100 * data.target}%`);
  list.replaceChildren(...data.bars.map((bar) => line(bar, setTriggerValue)));
  if (isFocused) list.querySelector("button")?.focus({ preventScroll: true });
}
