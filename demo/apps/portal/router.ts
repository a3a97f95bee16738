import { createRouter, createWebHistory } from 'vue-router';

import CasesPage from './CasesPage.vue';
import OverviewPage from './OverviewPage.vue';

export const router = createRouter({
  history: createWebHistory('/portal'),
  routes: [
    { path: '/', name: 'overview', component: OverviewPage },
    { path: '/cases/:caseId?', name: 'cases', component: CasesPage },
    { path: '/:other(.*)*', redirect: { name: 'overview' } },
  ],
});
