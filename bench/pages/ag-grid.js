import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';

import { rows, watchFirstRow } from './first-row.js';

ModuleRegistry.registerModules([AllCommunityModule]);
const place = document.createElement('div');
place.style.height = '850px';
document.body.append(place);
createGrid(place, {
  columnDefs: ['number', 'subject', 'status', 'priority', 'createdAt'].map((field) => ({ field })),
  rowData: await rows(),
});
watchFirstRow(() => place.querySelector('.ag-grid-scrolling-container .ag-row .ag-cell'));
