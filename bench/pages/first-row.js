/** The token the page was served with. */
export const token = document.querySelector('meta[name="token"]').content;

/** The rows that every contestant shows. */
export async function rows() {
  const answer = await fetch('/v1/cases?status=open&limit=25', {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()).items;
}

/** Notes when the row that `find` gives has been on the screen for one frame, in milliseconds since the navigation. */
export function watchFirstRow(find) {
  const row = find();
  if (!row || row.getBoundingClientRect().height === 0)
    return void requestAnimationFrame(() => watchFirstRow(find));
  requestAnimationFrame(() => setTimeout(() => (window.firstRowPainted = performance.now())));
}
