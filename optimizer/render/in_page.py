"""What runs inside a page: to freeze it before its scripts start, to settle it, and to compare two pictures.

All but FREEZE runs in a world of its own: a page's scripts can neither see nor change it.
"""

from __future__ import annotations

__all__ = ["COUNT_PIXELS", "FREEZE", "POINT", "SETTLE", "SHAPE"]

# 2026-01-01T00:00:00Z; any moment will do, as long as it is the same for both pages.
FREEZE = """(() => {
  let seed = 42;
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const RealDate = Date, now = 1767225600000;
  const Frozen = function (...a) {
    return a.length ? new RealDate(...a) : new.target ? new RealDate(now) : new RealDate(now).toString();
  };
  Object.assign(Frozen, { prototype: RealDate.prototype, now: () => now, parse: RealDate.parse, UTC: RealDate.UTC });
  RealDate.prototype.constructor = Frozen;
  window.Date = Frozen;
  performance.now = () => 100;
  if (window.crypto) {
    crypto.getRandomValues = array => {
      for (let i = 0; i < array.length; i++) array[i] = Math.random() * 256;
      return array;
    };
    crypto.randomUUID = () => '00000000-0000-4000-8000-' + String(Math.floor(Math.random() * 1e12)).padStart(12, '0');
  }
  // Timers run when the page has loaded, one after the other as they are due, without waiting: what they do does not
  // hang on how busy the machine is. What would be due later than two seconds after loading does not run.
  const due = [], channel = new MessageChannel(), task = () => channel.port2.postMessage(0);
  let time = 0, last = 0, isLoaded = false, isRunning = false;
  const step = () => {
    due.sort((a, b) => a.at - b.at || a.order - b.order);
    if (!due.length || due[0].at > 2000) { isRunning = false; return; }
    const next = due.shift();
    time = next.at;
    if (next.every) due.push({ ...next, at: time + next.every, order: ++last });
    task();
    next.run();
  };
  channel.port1.onmessage = step;
  const start = () => { if (isLoaded && !isRunning) { isRunning = true; task(); } };
  const plan = (at, every, run) => {
    due.push({ id: ++last, order: last, at, every, run });
    start();
    return last;
  };
  const clear = id => {
    const place = due.findIndex(each => each.id === +id);
    if (place >= 0) due.splice(place, 1);
  };
  const call = (what, given) =>
    typeof what === 'function' ? () => what.apply(window, given) : () => (0, eval)(String(what));
  window.setTimeout = (what, wait, ...given) => plan(time + Math.max(1, +wait || 0), 0, call(what, given));
  window.setInterval = (what, wait, ...given) => {
    const every = Math.max(4, +wait || 0);
    return plan(time + every, every, call(what, given));
  };
  window.requestAnimationFrame = what => plan(16 * Math.floor(time / 16 + 1), 0, () => what(100));
  window.requestIdleCallback = what =>
    plan(time + 50, 0, () => what({ didTimeout: false, timeRemaining: () => 49 }));
  window.clearTimeout = window.clearInterval = window.cancelAnimationFrame = window.cancelIdleCallback = clear;
  addEventListener('load', () => { isLoaded = true; start(); }, { once: true });
  Object.defineProperty(window, '__lightdomTimersRun', { value: () => isRunning });
  window.name = '';
  window.open = () => null;
  window.print = () => {};
})()"""

# Fonts and images there, no transitions, animations at one moment: at their start, as at 10 s. Transitions are
# forbidden, not only finished: a picture is taken in a larger window, and that starts them anew. In a layer, since what
# is important there wins; adopted, since an element more would be one that :empty and :nth-child count. The caret is
# not painted: it blinks by a clock that cannot be stopped.
SETTLE = """async at => {
  if (![...document.adoptedStyleSheets].some(sheet => sheet.cssRules[0]?.name === 'lightdom-still')) {
    const still = new CSSStyleSheet();
    still.replaceSync('@layer lightdom-still{' +
      '*,::before,::after{transition:none!important;caret-color:transparent!important}}');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  }
  const limit = new Promise(done => setTimeout(done, 1500));
  await Promise.race([limit, Promise.all([
    document.fonts.ready, ...[...document.images].map(image => image.decode().catch(() => {}))])]);
  let running = 0;
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) { try { animation.finish(); } catch { animation.cancel(); } continue; }
    running++;
    animation.pause();
    animation.currentTime = at;
  }
  if (scrollX || scrollY) scrollTo(0, 0);
  return running;
}"""

SHAPE = """() => ({
  height: Math.max(document.documentElement?.scrollHeight ?? 0, document.body?.scrollHeight ?? 0),
  width: Math.max(document.documentElement?.scrollWidth ?? 0, document.body?.scrollWidth ?? 0),
  mode: document.compatMode,
  title: document.title,
})"""

# Everything is pointed at: in every selector :hover becomes what is always so and weighs the same. Not by pointing at
# elements one by one: of thousands only some could be, and which would hang on selectors that match nothing.
POINT = r"""() => {
  const mark = /(?<!\\):hover(?![\w-])/g;
  const walk = rules => {
    for (const rule of rules) {
      if (rule.selectorText?.includes(':hover'))
        rule.selectorText = rule.selectorText.replace(mark, ':not(.lightdom-never)');
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets])
    try { walk(sheet.cssRules); } catch {}
}"""

# How many pixels of two pictures differ, and the box that holds them. Runs in an empty tab.
COUNT_PIXELS = """async (left, right) => {
  const read = async data => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return { width: image.width, height: image.height,
             words: new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer) };
  };
  const [a, b] = [await read(left), await read(right)];
  const common = Math.min(a.height, b.height) * a.width, size = Math.max(a.height, b.height) * a.width;
  if (a.width !== b.width) return { differing: size, strong: size, size, box: [0, 0, a.width, a.height] };
  let differing = size - common, strong = differing, top = -1, bottom = 0, from = a.width, to = 0;
  for (let i = 0; i < common; i++) if (a.words[i] !== b.words[i]) {
    differing++;
    for (let shift = 0; shift < 24; shift += 8)
      if (Math.abs((a.words[i] >> shift & 255) - (b.words[i] >> shift & 255)) > 128) { strong++; break; }
    const x = i % a.width, y = (i - x) / a.width;
    if (top < 0) top = y;
    bottom = y; if (x < from) from = x; if (x > to) to = x;
  }
  return { differing, strong, size, box: top < 0 ? [0, 0, 0, 0] : [from, top, to - from + 1, bottom - top + 1] };
}"""
