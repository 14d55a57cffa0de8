// The map in the reader's browser. deck.gl draws; this file fetches tiles and values, colours them, finds what lies
// under the hand and says so to the page. Units are found by geometry, not by the graphics card: that works as well
// where pictures are drawn in software, and costs nothing while nobody points.

const ZOOM_PER_LEVEL = 1.7; // a unit has about ten parts: they are as large once the map is that much nearer
const SETTLED_MS = 300;
const NARROW = 500; // pixels: two maps stand one above the other
const FRAME_MS = 900;
const MOST_BORDERS = 1500; // of a tile; more would hide what they enclose
const TILES_KEPT = 300;
const TILE_PIXELS = 512;
const [REPORTED, NOT_REPORTED, NOT_APPLICABLE, ABSENT, HATCHED] = [0, 1, 2, 3, 4];
const UNSEEN = [0, 0, 0, 0];
const HATCH_ALPHA = 254; // marks a fill as hatched; the shader sees nothing else of a unit than its colour

const kept = new Map(); // address -> promise of what was fetched, the last used at the end
let library;

function loadLibrary(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(globalThis.deck);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

class Refused extends Error {}

function fetched(address, read) {
  let found = kept.get(address);
  kept.delete(address);
  found ??= fetch(address).then(async (response) => {
    if (!response.ok) throw new Refused(String(response.status));
    return read(await response.arrayBuffer());
  });
  found.catch(() => kept.delete(address));
  kept.set(address, found);
  if (kept.size > TILES_KEPT) kept.delete(kept.keys().next().value);
  return found;
}

const asJson = (buffer) => JSON.parse(new TextDecoder().decode(buffer));

// ---- what the server packs: see dashboard/maps/tiles.py

function unpacked(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let at = 4 + length;
  const take = (Kind, count) => {
    const end = at + count * Kind.BYTES_PER_ELEMENT;
    const part = new Kind(buffer.slice(at, end));
    at = end;
    return part;
  };
  return { header, take };
}

function summed(planes, count, step) {
  const found = new Float64Array(count);
  for (let i = 0, total = 0; i < count; i++) {
    const folded = planes[i] | (planes[count + i] << 8) | (planes[2 * count + i] << 16) | (planes[3 * count + i] << 24);
    total += (folded >>> 1) ^ -(folded & 1);
    found[i] = total * step;
  }
  return found;
}

function asShapes(buffer) {
  const { header, take } = unpacked(buffer);
  const ringCounts = take(Uint16Array, header.ringed);
  const sizes = take(Int32Array, header.rings);
  const x = summed(take(Uint8Array, 4 * header.corners), header.corners, header.step);
  const y = summed(take(Uint8Array, 4 * header.corners), header.corners, header.step);
  const polygons = [];
  let ring = 0;
  let corner = 0;
  for (let unit = 0; unit < header.ringed; unit++) {
    for (let end = ring + ringCounts[unit]; ring < end; ) {
      const holes = [];
      const positions = [];
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      do {
        const size = Math.abs(sizes[ring]);
        if (positions.length) holes.push(positions.length);
        for (let i = 0; i <= size; i++) {
          const at = corner + (i % size);
          positions.push(x[at], y[at]);
          if (x[at] < box[0]) box[0] = x[at];
          if (y[at] < box[1]) box[1] = y[at];
          if (x[at] > box[2]) box[2] = x[at];
          if (y[at] > box[3]) box[3] = y[at];
        }
        corner += size;
        ring++;
      } while (ring < end && sizes[ring] < 0);
      polygons.push({ unit, positions, holes, box });
    }
  }
  const points = header.codes.flatMap((code, unit) => (header.points[code] ? [{ unit, position: header.points[code] }] : []));
  return { codes: header.codes, polygons, points };
}

function asValues(buffer) {
  const { header, take } = unpacked(buffer);
  return { values: take(Float64Array, header.units), states: take(Uint8Array, header.units), names: header.names ?? [] };
}

function asDensity(buffer) {
  const { header, take } = unpacked(buffer);
  const [x, y, count] = [0, 0, 0].map(() => take(Float32Array, header.places));
  return Array.from(count, (issues, i) => ({ position: [x[i], y[i]], issues }));
}

function holds(polygon, [x, y]) {
  const [west, south, east, north] = polygon.box;
  if (x < west || x > east || y < south || y > north) return false;
  const { positions, holes } = polygon;
  let inside = false;
  for (let ring = 0; ring <= holes.length; ring++) {
    const [start, end] = [holes[ring - 1] ?? 0, holes[ring] ?? positions.length];
    for (let i = start; i < end - 2; i += 2) {
      const [x1, y1, x2, y2] = positions.slice(i, i + 4);
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    }
  }
  return inside;
}

// ---- elements

function made(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// Drawn, because not every office machine has a font with such signs.
function icon(path) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: 16, height: 16, fill: "none", stroke: "currentColor", "stroke-width": 2 })) drawing.setAttribute(key, value);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

function saved(name, blob) {
  const link = made("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

let hatching;
function hatch(deck) {
  // Lines over a unit that reports nothing or whose change is within error, the same width at every zoom.
  hatching ??= class Hatch extends deck.LayerExtension {
    getShaders() {
      const isHatched = `abs(color.a * 255.0 - ${HATCH_ALPHA}.0) < 0.4`;
      const line = "mod(gl_FragCoord.x + gl_FragCoord.y, 8.0) < 2.2";
      return { inject: { "fs:DECKGL_FILTER_COLOR": `if (${isHatched} && ${line}) color.rgb = mix(color.rgb, vec3(0.25), 0.5);` } };
    }
  };
  hatching.extensionName = "Hatch";
  return new hatching();
}

// ---- the map

class GridMap {
  constructor(host) {
    this.host = host;
    this.panes = [];
    this.labels = [];
    this.frame = null;
    this.root = made("div", { class: "grid-map" });
    host.append(this.root);
    this.onKey = (event) => event.key === "Escape" && this.hits?.replaceChildren();
    this.root.addEventListener("keydown", this.onKey);
  }

  async update(data, send) {
    const before = this.data;
    this.data = data;
    this.send = send;
    this.root.dataset.shade = data.shade;
    const isNarrow = (this.host.host ?? this.host).clientWidth < NARROW;
    this.root.style.height = `${isNarrow ? data.narrow_height * Math.max(data.panes.length * 0.8, 1) : data.height}px`;
    this.root.classList.toggle("narrow", isNarrow);
    if (!this.hasGraphics()) return this.sayNoGraphics();
    this.started ??= performance.now();
    const isMoved = !before || before.unit !== data.unit || before.edition !== data.edition;
    if (isMoved || before.level !== data.level) this.anchor = null;
    if (before?.edition !== data.edition) this.hasAsked = false;
    this.furnish(before);
    if (isMoved) this.fetchAhead();
    else this.fetchSeen();
    const deck = (this.deck = await loadLibrary(data.library));
    if (this.data !== data || this.isGone) return; // a newer run has come meanwhile
    if (this.panes.length !== data.panes.length) this.pave(deck);
    if (isMoved) this.move(data.at && !before ? this.viewOf(data.at) : this.fitted(data.bounds), Boolean(before));
    if (isMoved || before.border !== data.border) this.fetchBorder();
    if (data.venues !== before?.venues) this.fetchVenues();
    if (data.density !== before?.density) this.fetchDensity();
    if (before && before.extruded !== data.extruded) this.move({ ...this.view, pitch: data.extruded ? 45 : 0, bearing: 0 }, true);
    if (before && JSON.stringify(before.frames) !== JSON.stringify(data.frames)) this.frame = null;
    this.draw();
  }

  hasGraphics() {
    this.graphics ??= Boolean(document.createElement("canvas").getContext("webgl2"));
    return this.graphics;
  }

  sayNoGraphics() {
    const { words } = this.data;
    const button = made("button", { type: "button", onclick: () => this.send("table", true) }, words.show_table);
    this.root.replaceChildren(made("div", { class: "no-graphics" }, made("p", {}, words.no_graphics), button));
    this.root.dataset.ready = "table";
  }

  // Canvases side by side, one camera for all.
  pave(deck) {
    this.panes.forEach((pane) => pane.deck.finalize());
    this.stage.replaceChildren();
    this.panes = this.data.panes.map((_, number) => {
      const box = made("div", { class: "pane" });
      this.stage.append(box);
      const pane = { number, box };
      pane.deck = new deck.Deck({
        parent: box,
        width: "100%",
        height: "100%",
        views: new deck.MapView({ repeat: false }),
        controller: { dragRotate: this.data.extruded, touchRotate: this.data.extruded, keyboard: true, inertia: 200 },
        viewState: this.view ?? { longitude: 0, latitude: 0, zoom: 1 },
        layers: [],
        useDevicePixels: Math.min(window.devicePixelRatio, 2),
        onViewStateChange: ({ viewState, interactionState }) => this.look(viewState, interactionState),
        onClick: (info) => info.coordinate && this.click(pane, info.coordinate),
        onHover: (info) => this.point(pane, info),
        onAfterRender: () => this.painted(),
        onError: (error) => this.fault(error),
        getCursor: ({ isDragging }) => (isDragging ? "grabbing" : this.under ? "pointer" : "grab"),
      });
      pane.names = made("div", { class: "names", "aria-hidden": "true" });
      box.append(pane.names, made("div", { class: "pane-title" }));
      return pane;
    });
    this.resizing ??= new ResizeObserver(() => this.panes.length && this.refit());
    this.resizing.observe(this.stage);
  }

  // While deck.gl is on its way, so are the tiles that will be seen first.
  fetchAhead() {
    const { at, bounds: [west, south, east, north], levels, level, panes } = this.data;
    const { width, height } = this.size();
    const up = (latitude) => Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI);
    const [middle, centre] = at ? [at[0], up(at[1])] : [(west + east) / 2, (up(south) + up(north)) / 2];
    const room = Math.min((width - 56) / ((east - west) / 360 || 1e-9), (height - 56) / (up(north) - up(south) || 1e-9));
    const zoom = at ? at[2] : Math.min(Math.log2(room / TILE_PIXELS), 17);
    const z = Math.round(zoom);
    if (levels.find((each) => each.code === level)?.from_zoom > z) return;
    const reach = (pixels) => (pixels / 2 / (TILE_PIXELS * 2 ** zoom)) * 2 ** z;
    const [x, y] = [((middle + 180) / 360) * 2 ** z, (0.5 - centre) * 2 ** z];
    for (let column = Math.floor(x - reach(width)); column <= x + reach(width); column++)
      for (let row = Math.floor(y - reach(height)); row <= y + reach(height); row++)
        for (const pane of panes) this.fetchTile(`${level}/${z}/${column}/${row}`, [pane.query, pane.period].join("&")).catch(() => {});
  }

  // New values for the tiles in view, too, are on their way before the next frame asks for them.
  fetchSeen() {
    const level = this.drawnLevel().code;
    for (const { number, tiles } of this.panes) {
      const shown = this.data.panes[number];
      for (const { index: { x, y, z } } of (shown && tiles) ?? []) this.fetchTile(`${level}/${z}/${x}/${y}`, this.query(shown)).catch(() => {});
    }
  }

  query(shown) {
    return [shown.query, this.period(shown)].join("&");
  }

  async fetchTile(place, query) {
    const [shapes, values] = await Promise.all([
      fetched(this.address(`/map/tiles/${place}`), asShapes),
      fetched(this.address(`/map/values/${place}`, query), asValues),
    ]);
    return { ...shapes, ...values };
  }

  // ---- camera

  size() {
    const box = this.panes[0]?.box ?? this.stage;
    return { width: Math.max(box.clientWidth, 120), height: Math.max(box.clientHeight, 120) };
  }

  viewport(view = this.view) {
    return new this.deck.WebMercatorViewport({ ...view, ...this.size() });
  }

  fitted([west, south, east, north]) {
    const spare = 1e-4; // a point, too, is shown with something around it
    const corners = [[west - spare, south - spare], [east + spare, north + spare]];
    const { longitude, latitude, zoom } = this.viewport({ longitude: west, latitude: south, zoom: 1 }).fitBounds(corners, { padding: 28 });
    this.isFitted = true;
    return { longitude, latitude, zoom: Math.min(zoom, 17), pitch: this.data.extruded ? 45 : 0, bearing: 0 };
  }

  viewOf([longitude, latitude, zoom]) {
    this.isFitted = false;
    return { longitude, latitude, zoom, pitch: this.data.extruded ? 45 : 0, bearing: 0 };
  }

  refit() {
    if (this.isFitted && this.view) this.move(this.fitted(this.data.bounds));
  }

  move(view, isSmooth = false) {
    this.view = { minZoom: 3, maxZoom: 19.5, minPitch: 0, maxPitch: 60, ...view };
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const moving = isSmooth && !isCalm ? { transitionDuration: 350, transitionInterpolator: new this.deck.LinearInterpolator(["longitude", "latitude", "zoom", "pitch", "bearing"]) } : {};
    for (const pane of this.panes) pane.deck.setProps({ viewState: { ...this.view, ...moving } });
    this.settleSoon(false);
  }

  look(view, action) {
    this.view = view;
    for (const pane of this.panes) {
      pane.deck.setProps({ viewState: view });
      this.lay(pane);
    }
    const isHand = action && (action.isDragging || action.isPanning || action.isZooming || action.isRotating);
    if (isHand) [this.isFitted, this.goal] = [false, null];
    this.settleSoon(isHand);
    this.tip.hidden = true;
  }

  settleSoon(isHand) {
    this.isMovedByHand ||= isHand;
    this.anchor ??= this.view.zoom;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      if (this.isMovedByHand) this.tellWhere();
      this.isMovedByHand = false;
      this.goal = null;
      this.draw();
    }, SETTLED_MS);
  }

  // Where the reader looks goes into the address; near enough, the next finer level is shown.
  tellWhere() {
    const { levels, level, pinned } = this.data;
    const at = [this.view.longitude.toFixed(5), this.view.latitude.toFixed(5), this.view.zoom.toFixed(2)].map(Number);
    const steps = pinned ? 0 : Math.trunc((this.view.zoom - this.anchor) / ZOOM_PER_LEVEL);
    const place = levels.findIndex((each) => each.code === level);
    const next = levels[Math.min(Math.max(place + steps, 0), levels.length - 1)].code;
    this.send("moved", { at, level: next });
  }

  zoom(by) {
    this.isFitted = false;
    this.goal = (this.goal ?? this.view.zoom) + by; // quick clicks add up, however far the camera has come
    this.move({ ...this.view, zoom: this.goal }, true);
    this.settleSoon(true);
  }

  // ---- layers

  tileZoom() {
    return Math.round(this.view.zoom);
  }

  // The level asked for, or the finest above it that is not a crowd of dots from so far.
  drawnLevel() {
    const { levels, level } = this.data;
    let place = levels.findIndex((each) => each.code === level);
    while (place > 0 && levels[place].from_zoom > this.tileZoom()) place--;
    return levels[place];
  }

  period(pane) {
    return this.frame === null ? pane.period : this.data.frames[this.frame].period;
  }

  address(path, ...parts) {
    return `${path}?${[this.data.edition, ...parts].filter(Boolean).join("&")}`;
  }

  draw() {
    if (!this.panes.length || !this.view) return;
    const level = this.drawnLevel();
    this.root.dataset.level = level.code;
    this.note.textContent = level.code === this.data.level ? "" : this.data.words.nearer.replace("{level}", level.title);
    this.note.hidden = !this.note.textContent;
    for (const pane of this.panes) {
      const shown = this.data.panes[pane.number];
      const title = pane.box.querySelector(".pane-title");
      title.textContent = this.frame === null ? shown.title : this.data.frames[this.frame].title;
      title.hidden = !title.textContent;
      const units = this.units(pane, shown, level);
      if (pane.units && pane.units.id !== units.id) pane.leaving = pane.units; // stays until the new level is there
      pane.units = units;
      // Each kind of layer costs a quarter of a second to prepare where there is no graphics card: colours come first.
      const more = pane.tiles ? [this.hexagons(pane), this.mask(), this.border(), this.venues(pane)] : [];
      // A base map lies under the units and, pale, over them: fills stay the colours of the legend's classes.
      const layers = [this.base("under", 1), pane.leaving, pane.units, this.base("over", 0.4), ...more];
      pane.deck.setProps({
        layers: layers.filter(Boolean),
        controller: { dragRotate: this.data.extruded, touchRotate: this.data.extruded, keyboard: true, inertia: 200 },
      });
    }
  }

  base(name, opacity) {
    const { base_map: base } = this.data;
    if (!base) return null;
    const { BitmapLayer, TileLayer } = this.deck;
    return new TileLayer({
      id: `base-${name}`,
      data: base.url,
      tileSize: 256,
      maxZoom: base.max_zoom,
      opacity,
      renderSubLayers: (given) => {
        const { west, south, east, north } = given.tile.bbox;
        return new BitmapLayer(given, { data: null, image: given.data, bounds: [west, south, east, north] });
      },
    });
  }

  units(pane, shown, level) {
    const { TileLayer } = this.deck;
    const query = this.query(shown);
    return new TileLayer({
      id: `units-${level.code}`,
      tileSize: TILE_PIXELS,
      maxRequests: 12,
      minZoom: 0,
      maxZoom: 16,
      extent: this.data.extent,
      refinementStrategy: "best-available",
      maxCacheSize: 60,
      getTileData: async ({ index: { x, y, z } }) => {
        try {
          return await this.fetchTile(`${level.code}/${z}/${x}/${y}`, query);
        } catch (error) {
          this.fault(error);
          return null;
        }
      },
      updateTriggers: { getTileData: [query, this.data.edition] },
      renderSubLayers: (given) => this.filled(given, shown.scale),
      onViewportLoad: (tiles) => this.arrived(pane, tiles, level),
      onTileError: (error) => this.fault(error),
      scale: shown.scale.key,
      extruded: this.data.extruded,
      hasBorders: Boolean(pane.tiles),
      isBlank: Boolean(this.data.density),
    });
  }

  filled(given, scale) {
    const { PathLayer, ScatterplotLayer, SolidPolygonLayer } = this.deck;
    const { data: tile, id } = given;
    if (!tile) return null;
    const isSeen = (part) => tile.states[part.unit] !== ABSENT;
    const polygons = tile.polygons; // all of them, absent ones unseen: the same list is not cut into triangles again
    const colour = (part) => this.colour(scale, tile.values[part.unit], tile.states[part.unit]);
    const tall = this.data.extruded ? scale.tallest : 0;
    const changes = { getFillColor: [tile.values, scale.key], getElevation: [tile.values, scale.key] };
    const layers = [
      new SolidPolygonLayer({
        id: `${id}-fill`,
        data: polygons,
        getPolygon: (part) => (part.holes.length ? { positions: part.positions, holeIndices: part.holes } : part.positions),
        positionFormat: "XY",
        _normalize: false,
        visible: !given.isBlank, // under hexagons
        getFillColor: colour,
        extruded: this.data.extruded,
        getElevation: (part) => (Number.isNaN(tile.values[part.unit]) ? 0 : Math.max(tile.values[part.unit], 0) * tall),
        extensions: [hatch(this.deck)],
        updateTriggers: changes,
      }),
    ];
    if (given.hasBorders && !this.data.extruded && polygons.length <= MOST_BORDERS) {
      layers.push(
        new PathLayer({
          id: `${id}-border`,
          data: polygons.filter(isSeen).flatMap(({ positions, holes }) => [0, ...holes].map((start, ring, starts) => positions.slice(start, starts[ring + 1]))),
          getPath: (path) => path,
          positionFormat: "XY",
          _pathType: "closed",
          getColor: this.data.colours.border,
          getWidth: 0.8,
          widthUnits: "pixels",
        }),
      );
    }
    // From far away a compound is a dot; it stays visible as one.
    if (tile.points.length) {
      layers.push(
        new ScatterplotLayer({
          id: `${id}-points`,
          data: tile.points,
          getPosition: (part) => part.position,
          getFillColor: colour,
          getRadius: 25,
          radiusMinPixels: 2.2,
          radiusMaxPixels: 6,
          extensions: [hatch(this.deck)],
          updateTriggers: changes,
        }),
      );
    }
    return layers;
  }

  colour(scale, value, state) {
    if (state === ABSENT) return UNSEEN;
    if (state === NOT_REPORTED) return [...scale.not_reported, HATCH_ALPHA];
    if (state === NOT_APPLICABLE || Number.isNaN(value)) return scale.not_applicable;
    let at = 0;
    while (at < scale.edges.length && scale.edges[at] <= value) at++;
    return [...scale.colours[at], state === HATCHED ? HATCH_ALPHA : 255];
  }

  mask() {
    if (!this.chosen || this.data.extruded) return null;
    const { SolidPolygonLayer } = this.deck;
    const [west, south, east, north] = this.data.extent;
    const around = [[west - 9, south - 9], [west - 9, north + 9], [east + 9, north + 9], [east + 9, south - 9], [west - 9, south - 9]];
    const parts = this.chosen.type === "MultiPolygon" ? this.chosen.coordinates : [this.chosen.coordinates];
    return new SolidPolygonLayer({
      id: "mask",
      data: [[around, ...parts.map((rings) => rings[0])]],
      getPolygon: (rings) => rings,
      getFillColor: this.data.colours.mask,
    });
  }

  border() {
    if (!this.borders) return null;
    return new this.deck.GeoJsonLayer({
      id: "border",
      data: this.borders,
      filled: false,
      stroked: true,
      getLineColor: this.data.colours.context,
      getLineWidth: (feature) => (feature.properties.chosen ? 2.5 : 1),
      lineWidthUnits: "pixels",
      updateTriggers: { getLineColor: this.data.shade },
    });
  }

  hexagons(pane) {
    if (!this.issues || !this.data.density) return null;
    const metres = (40_075_016.7 * Math.cos((this.view.latitude * Math.PI) / 180)) / 512 / 2 ** Math.round(this.view.zoom);
    const radius = Math.max(150, Math.round((metres * 14) / 50) * 50);
    return new this.deck.HexagonLayer({
      id: "hexagons",
      data: this.issues,
      getPosition: (each) => each.position,
      getColorWeight: (each) => each.issues,
      getElevationWeight: (each) => each.issues,
      colorAggregation: "SUM",
      elevationAggregation: "SUM",
      radius,
      coverage: 0.92,
      extruded: this.data.extruded,
      elevationScale: 20,
      colorScaleType: "quantile",
      colorRange: this.data.colours.ramp,
      onSetColorDomain: ([low, high]) => pane.number === 0 && this.sayDensity(low, high, radius),
    });
  }

  sayDensity(low, high, radius) {
    const area = (1.5 * Math.sqrt(3) * radius * radius) / 1e6; // of a hexagon, in square kilometres
    const bars = this.data.colours.ramp.map((colour) => made("i", { style: `background: rgb(${colour})` }));
    const number = (value) => Math.round(value / area).toLocaleString("en-US");
    this.key.replaceChildren(made("span", {}, this.data.words.density), made("span", {}, number(low)), ...bars, made("span", {}, number(high)));
    this.key.hidden = false;
  }

  venues(pane) {
    if (!this.places?.length || !this.data.venues) return null;
    return new this.deck.ScatterplotLayer({
      id: "venues",
      data: this.places,
      getPosition: ([x, y]) => [x, y],
      getFillColor: ([, , kind]) => this.data.kinds[kind].colour,
      getLineColor: this.data.colours.border,
      stroked: true,
      lineWidthUnits: "pixels",
      getLineWidth: 1,
      getRadius: 90, // metres
      radiusMinPixels: 1.8,
      radiusMaxPixels: 6,
    });
  }

  // Names are words of the page, not of the picture: sharp at every size, and nothing to prepare.
  write(pane) {
    pane.names.replaceChildren(...(this.data.density ? [] : (pane.labels ?? [])).map(({ lines }) => made("span", {}, lines)));
    this.lay(pane);
  }

  lay(pane) {
    const viewport = this.viewport();
    [...pane.names.children].forEach((name, number) => {
      const [left, top] = viewport.project(pane.labels[number].position);
      name.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px) translate(-50%, -50%)`;
    });
  }

  // Names from the widest unit to the smallest, each only where it lies over none before it.
  place(tiles) {
    const viewport = this.viewport();
    const { width, height } = this.size();
    const seen = new Set();
    const boxes = [];
    const found = [];
    for (const [name, x, y] of tiles.flatMap((tile) => tile.content?.names ?? [])) {
      if (seen.has(`${name}${x}`)) continue;
      seen.add(`${name}${x}`);
      const [left, top] = viewport.project([x, y]);
      const lines = broken(name);
      const across = Math.max(...lines.map(wide)) * 12 + 6;
      const up = lines.length * 13 + 4;
      const box = [left - across / 2, top - up / 2, left + across / 2, top + up / 2];
      if (box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height) continue;
      if (boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      boxes.push(box);
      found.push({ lines: lines.join("\n"), position: [x, y] });
    }
    return found;
  }

  // ---- what comes in

  arrived(pane, tiles, level) {
    if (level.code !== this.drawnLevel().code) return;
    pane.tiles = tiles;
    pane.leaving = null;
    pane.labels = this.place(tiles);
    this.write(pane);
    const viewport = this.viewport();
    const [west, south, east, north] = viewport.getBounds();
    const drawn = new Set();
    for (const { content } of tiles) {
      for (const { unit, box } of content?.polygons ?? [])
        if (content.states[unit] !== ABSENT && box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south) drawn.add(content.codes[unit]);
      for (const { unit, position: [x, y] } of content?.points ?? [])
        if (content.states[unit] !== ABSENT && x >= west && x <= east && y >= south && y <= north) drawn.add(content.codes[unit]);
    }
    pane.drawn = drawn.size;
    pane.stamp = [level.code, this.data.panes[pane.number].scale.key, this.period(this.data.panes[pane.number])].join(" ");
    this.root.dataset.drawn = Math.max(...this.panes.map((each) => each.drawn ?? 0));
    this.draw();
    this.isArrived = true;
  }

  // For whoever measures: when the picture last became what was asked for.
  painted() {
    if (!this.isArrived) return;
    this.isArrived = false;
    this.root.dataset.ready = this.panes.map((pane) => pane.stamp).join(" | ");
    this.root.dataset.painted = String(Math.round(performance.now()));
    this.first ??= this.root.dataset.first = String(Math.round(performance.now() - this.started));
  }

  fault(error) {
    if (error instanceof Refused && error.message === "403" && !this.hasAsked) {
      this.hasAsked = true; // the page's next run brings a new token
      this.send("expired", true);
    } else if (!(error instanceof Refused)) console.warn(error);
  }

  async fetchBorder() {
    const { border } = this.data;
    this.chosen = null;
    try {
      const found = await fetched(this.address("/map/outlines.geojson", border), asJson);
      if (this.data.border !== border) return;
      this.borders = found;
      this.chosen = found.features.find((feature) => feature.properties.chosen)?.geometry ?? null;
      if (this.chosen && !this.chosen.type.includes("Polygon")) this.chosen = null;
      this.draw();
    } catch (error) {
      this.fault(error);
    }
  }

  async fetchVenues() {
    const { venues } = this.data;
    this.places = venues ? await fetched(this.address("/map/points", venues), asJson).catch((error) => this.fault(error)) : null;
    this.draw();
  }

  async fetchDensity() {
    const { density } = this.data;
    this.issues = density ? await fetched(this.address("/map/density", density), asDensity).catch((error) => this.fault(error)) : null;
    this.key.hidden = true;
    this.panes.forEach((pane) => this.write(pane));
    this.draw();
  }

  // ---- the reader's hand

  found(pane, coordinate) {
    for (const { content } of pane.tiles ?? []) {
      const part = content?.polygons.find((each) => content.states[each.unit] !== ABSENT && holds(each, coordinate));
      if (part) return { code: content.codes[part.unit], content };
    }
    return this.nearest(pane, coordinate);
  }

  nearest(pane, coordinate) {
    const viewport = this.viewport();
    const [x, y] = viewport.project(coordinate);
    let best = null;
    let reach = 7;
    for (const { content } of pane.tiles ?? [])
      for (const { unit, position } of content?.points ?? []) {
        const [left, top] = viewport.project(position);
        const away = Math.hypot(left - x, top - y);
        if (away < reach && content.states[unit] !== ABSENT) [best, reach] = [{ code: content.codes[unit], content }, away];
      }
    return best;
  }

  click(pane, coordinate) {
    const unit = this.found(pane, coordinate);
    if (unit) this.send("unit", unit.code);
  }

  point(pane, { coordinate, x, y }) {
    clearTimeout(this.asking);
    const venue = coordinate && this.venueAt(coordinate);
    const unit = coordinate && !venue ? this.found(pane, coordinate) : null;
    this.under = unit?.code ?? null;
    if (!venue && !unit) return void (this.tip.hidden = true);
    const left = pane.box.offsetLeft + x;
    if (venue) return this.tell(left, y, venue[4], []);
    const level = this.drawnLevel().code;
    const shown = this.data.panes[pane.number];
    const asked = this.address(`/map/unit/${level}`, shown.query, this.period(shown), `code=${encodeURIComponent(unit.code)}`, `at=${coordinate.map((each) => each.toFixed(6))}`);
    this.asking = setTimeout(async () => {
      try {
        const { name, lines } = await fetched(asked, asJson);
        if (this.under === unit.code) this.tell(left, y, name, lines, shown.metric);
      } catch (error) {
        this.fault(error);
      }
    }, 40);
  }

  venueAt(coordinate) {
    if (!this.places?.length || !this.data.venues) return null;
    const viewport = this.viewport();
    const [x, y] = viewport.project(coordinate);
    return this.places.find(([longitude, latitude]) => {
      const [left, top] = viewport.project([longitude, latitude]);
      return Math.hypot(left - x, top - y) < 6;
    });
  }

  tell(x, y, name, lines, metric = "") {
    const [first = "", ...rest] = lines;
    this.tip.replaceChildren(
      made("strong", {}, name),
      ...(metric ? [made("span", {}, metric)] : []),
      ...(first ? [made("span", {}, made("b", {}, first), rest.filter(Boolean).map((line) => `  ${line}`).join(""))] : []),
    );
    this.tip.hidden = false;
    const [width, height] = [this.tip.offsetWidth, this.tip.offsetHeight];
    this.tip.style.left = `${Math.min(Math.max(x + 14, 4), this.root.clientWidth - width - 4)}px`;
    this.tip.style.top = `${y + height + 24 > this.root.clientHeight ? y - height - 10 : y + 14}px`;
  }

  // ---- furniture: search, buttons, time, legend of points, scale of distance

  furnish(before) {
    const { words, data } = { words: this.data.words, data: this.data };
    if (!this.stage) {
      this.stage = made("div", { class: "stage" });
      this.tip = made("div", { class: "tip", hidden: "" });
      this.note = made("div", { class: "note", hidden: "", role: "status" });
      this.key = made("div", { class: "key", hidden: "" });
      this.kinds = made("div", { class: "key kinds", hidden: "" });
      this.credit = made("div", { class: "credit" });
      this.bar = made("div", { class: "time", hidden: "" });
      this.tools = made("div", { class: "tools" });
      this.finder = made("div", { class: "finder" });
      this.root.replaceChildren(this.stage, this.finder, this.tools, this.note, made("div", { class: "keys" }, this.key, this.kinds), this.bar, this.credit, this.tip);
    }
    this.stage.setAttribute("aria-label", data.alt);
    this.stage.setAttribute("role", "img");
    this.credit.textContent = data.credit;
    if (before?.language === data.language && this.tools.childElementCount) {
      this.furnishKinds();
      return this.furnishTime(before);
    }
    const button = (name, sign, act) => made("button", { type: "button", title: words[name], "aria-label": words[name], onclick: act }, sign);
    this.tools.replaceChildren(
      button("zoom_in", icon("M12 5v14M5 12h14"), () => this.zoom(1)),
      button("zoom_out", icon("M5 12h14"), () => this.zoom(-1)),
      button("fit", icon("M4 11l8-7 8 7M6 10v9h12v-9"), () => { this.move(this.fitted(this.data.bounds), true); this.settleSoon(true); }),
      button("full", icon("M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"), () => (document.fullscreenElement ? document.exitFullscreen() : this.root.requestFullscreen())),
      button("png", "PNG", () => this.save("png")),
      button("svg", "SVG", () => this.save("svg")),
    );
    this.furnishFinder(words);
    this.furnishKinds();
    this.furnishTime(null);
  }

  furnishKinds() {
    const entries = Object.values(this.data.venues ? this.data.kinds : {});
    this.kinds.replaceChildren(...entries.flatMap(({ title, colour }) => [made("i", { class: "dot", style: `background: rgb(${colour})` }), made("span", {}, title)]));
    this.kinds.hidden = !entries.length;
  }

  furnishFinder(words) {
    this.hits = made("ul", { role: "listbox", id: "map-hits" });
    const input = made("input", { type: "search", placeholder: words.search, "aria-label": words.search, role: "combobox", "aria-controls": "map-hits", "aria-expanded": "false", autocomplete: "off", maxlength: "40" });
    const go = (code) => {
      input.value = "";
      this.hits.replaceChildren();
      this.send("unit", code);
    };
    const show = (found) => {
      input.setAttribute("aria-expanded", String(found.length > 0));
      this.hits.replaceChildren(
        ...(found.length
          ? found.map(({ code, name, level, around }) => made("li", { role: "option", tabindex: "-1", "data-code": code, onclick: () => go(code) }, made("b", {}, name), ` ${[level, around].filter(Boolean).join(" · ")}`))
          : [made("li", { class: "none" }, words.none)]),
      );
    };
    const ask = async () => {
      const asked = input.value.trim();
      if (!asked) return this.hits.replaceChildren();
      try {
        const found = await fetched(this.address("/map/search", this.data.filters, `words=${encodeURIComponent(asked)}`), asJson);
        if (input.value.trim() === asked) show(found);
      } catch (error) {
        this.fault(error);
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(ask, 120);
    });
    this.finder.replaceChildren(input, this.hits);
    this.finder.onkeydown = (event) => {
      const options = [...this.hits.querySelectorAll("[data-code]")];
      const at = options.indexOf(this.hits.querySelector(".on"));
      if (["ArrowDown", "ArrowUp"].includes(event.key) && options.length) {
        event.preventDefault();
        options[at]?.classList.remove("on");
        options[(at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length].classList.add("on");
      } else if (event.key === "Enter" && options.length) go((options[at] ?? options[0]).dataset.code);
    };
  }

  furnishTime(before) {
    const { frames, words } = this.data;
    this.bar.hidden = !frames.length;
    if (!frames.length || (before && JSON.stringify(before.frames) === JSON.stringify(frames))) return;
    clearInterval(this.playing);
    this.playing = null;
    const slider = made("input", { type: "range", min: "0", max: String(frames.length - 1), value: String(frames.length - 1), "aria-label": words.time });
    const label = made("span", {}, words.time_hint);
    const signs = { play: "M7 4l13 8-13 8z", pause: "M8 4v16M16 4v16" };
    const play = made("button", { type: "button", "aria-label": words.play, title: words.play }, icon(signs.play));
    const back = made("button", { type: "button", "aria-label": words.now, title: words.now, hidden: "" }, "×");
    const show = (frame) => {
      this.frame = frame;
      slider.value = String(frame ?? frames.length - 1);
      label.textContent = frame === null ? words.time_hint : frames[frame].title;
      slider.setAttribute("aria-valuetext", label.textContent);
      back.hidden = frame === null;
      this.draw();
    };
    const stop = () => {
      clearInterval(this.playing);
      this.playing = null;
      play.replaceChildren(icon(signs.play));
    };
    slider.addEventListener("input", () => (stop(), show(Number(slider.value))));
    back.addEventListener("click", () => (stop(), show(null)));
    play.addEventListener("click", () => {
      if (this.playing) return stop();
      play.replaceChildren(icon(signs.pause));
      let frame = this.frame === null || this.frame === frames.length - 1 ? 0 : this.frame;
      show(frame);
      this.playing = setInterval(() => {
        if (this.panes.some((pane) => !pane.units?.isLoaded)) return; // no picture is left out
        frame += 1;
        show(Math.min(frame, frames.length - 1));
        if (frame >= frames.length - 1) stop();
      }, FRAME_MS);
    });
    this.bar.replaceChildren(play, slider, label, back);
  }

  // The picture is drawn by the server from the same rows; the browser turns it into pixels if asked.
  async save(kind) {
    const drawings = await Promise.all(this.data.panes.map((shown) => this.drawing(shown)));
    if (drawings.includes(null)) return this.say(this.data.words.not_saved);
    const drawing = new Blob([drawings.length > 1 ? beside(drawings) : drawings[0]], { type: "image/svg+xml" });
    const name = `${this.data.file}.${kind}`;
    if (kind === "svg") return saved(name, drawing);
    const image = new Image();
    image.src = URL.createObjectURL(drawing);
    await image.decode();
    const canvas = made("canvas", { width: 2 * image.width, height: 2 * image.height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((blob) => saved(name, blob), "image/png");
  }

  async drawing(shown) {
    const bounds = this.viewport().getBounds().map((each) => each.toFixed(6));
    const pieces = [`bounds=${bounds}`, `level=${this.drawnLevel().code}`, shown.query, this.period(shown), shown.classes, this.data.picture];
    const response = await fetch(this.address("/map/picture.svg", ...pieces));
    return response.ok ? response.text() : null;
  }

  say(sentence) {
    this.note.textContent = sentence;
    this.note.hidden = false;
  }

  remove() {
    this.isGone = true;
    clearInterval(this.playing);
    clearTimeout(this.settling);
    this.resizing?.disconnect();
    this.panes.forEach((pane) => pane.deck.finalize());
    this.root.remove();
  }
}

// Two drawings in one.
function beside(drawings) {
  const parts = drawings.map((each) => new DOMParser().parseFromString(each, "image/svg+xml").documentElement);
  const sizes = parts.map((part) => part.viewBox.baseVal);
  const width = sizes.reduce((sum, size) => sum + size.width, 0);
  const height = Math.max(...sizes.map((size) => size.height));
  let x = 0;
  parts.forEach((part, number) => {
    for (const [key, value] of Object.entries({ x, width: sizes[number].width, height: sizes[number].height })) part.setAttribute(key, value);
    x += sizes[number].width;
  });
  const inner = parts.map((part) => new XMLSerializer().serializeToString(part)).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inner}</svg>`;
}

// English names on one line would lie over their neighbours; a Chinese name has no space to break at.
function broken(name) {
  const lines = [];
  for (const word of name.split(" ")) {
    if (lines.length && (lines.at(-1) + word).length < 12) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

const wide = (line) => Array.from(line).reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? 1 : 0.58), 0);

const maps = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  let map = maps.get(parentElement);
  if (!map || map.isGone) maps.set(parentElement, (map = new GridMap(parentElement)));
  map.update(data, setTriggerValue).catch((error) => map.fault(error));
  return () => setTimeout(() => parentElement.isConnected || parentElement.host?.isConnected || map.remove(), 200);
}
