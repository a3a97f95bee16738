import '@vaadin/grid';

import { rows, watchFirstRow } from './first-row.js';

const grid = document.createElement('vaadin-grid');
for (const [path, header] of columns()) {
  const column = document.createElement('vaadin-grid-column');
  column.path = path;
  column.header = header;
  grid.append(column);
}
grid.style.height = '850px';
document.body.append(grid);
grid.items = await rows();
watchFirstRow(() => {
  const cell = grid.querySelectorAll('vaadin-grid-cell-content');
  return [...cell].find(({ textContent }) => textContent === String(grid.items[0].number));
});

function columns() {
  return [
    ['number', 'Number'],
    ['subject', 'Subject'],
    ['status', 'Status'],
    ['priority', 'Priority'],
    ['createdAt', 'Raised'],
  ];
}
