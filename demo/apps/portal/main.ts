import { createApp } from 'vue';

import App from './App.vue';
import { router } from './router.js';
import { startSession } from './session.js';

createApp(App).use(router).mount('#app');

await startSession(() => router.replace({ name: router.currentRoute.value.name ?? 'overview', params: {} }));
