const gap = 4;
const edge = 8;

/**
 * Puts an open popover below its button, or above where there is more room, inside the viewport.
 *
 * Through the CSSOM, which a strict style policy allows where style attributes are not.
 */
export function placePopover(popover: HTMLElement, anchor: Element): void {
  const { clientWidth, clientHeight } = document.documentElement;
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const start = getComputedStyle(anchor).direction === 'rtl' ? box.right - width : box.left;
  const below = box.bottom + gap;
  const fits = below + height <= clientHeight - edge || box.top < height + gap + edge;
  const top = fits ? below : box.top - gap - height;
  const within = (value: number, size: number, room: number) =>
    Math.max(edge, Math.min(value, room - size - edge));
  popover.style.setProperty('inset', 'auto');
  popover.style.setProperty('left', `${within(start, width, clientWidth)}px`);
  popover.style.setProperty('top', `${within(top, height, clientHeight)}px`);
}

/** Keeps an open popover beside its button while the page scrolls or anything is resized, until `signal` aborts. */
export function followAnchor(popover: HTMLElement, anchor: Element, signal: AbortSignal): void {
  const place = () => placePopover(popover, anchor);
  place();
  // In the next frame: placed at once it may change its size again, which browsers report as an error of the page.
  const grown = new ResizeObserver(() => requestAnimationFrame(place));
  grown.observe(popover);
  signal.addEventListener('abort', () => grown.disconnect());
  addEventListener('resize', place, { signal });
  addEventListener('scroll', place, { signal, capture: true, passive: true });
}
