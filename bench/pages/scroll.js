/** Scrolls the list to its end until it has `wanted` rows; lengths of frames and the time it took in milliseconds. */
globalThis.scrollThrough = async function scrollThrough(wanted) {
  const list = document.querySelector('case-list').shadowRoot;
  const frames = [];
  const started = performance.now();
  let last = started;
  // Only the rows near the screen are drawn; each says which it is.
  const count = () =>
    Number(
      [...list.querySelectorAll('tbody tr[aria-rowindex]')].at(-1)?.getAttribute('aria-rowindex') ??
        list.querySelectorAll('tbody tr').length,
    );
  while (count() < wanted && performance.now() < started + 150_000) {
    const scroller = list.querySelector('.scroll');
    scroller.scrollTo({ top: scroller.scrollHeight });
    window.scrollTo({ top: document.documentElement.scrollHeight });
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return {
    rows: count(),
    frames,
    elements: list.querySelectorAll('*').length,
    took: performance.now() - started,
  };
};
