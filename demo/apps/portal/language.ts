import { computed, ref, watchEffect } from 'vue';

import { isLanguage, languages, type Language, type Words } from './words.js';

const key = 'larkwell.language';

function firstLanguage(): Language {
  const wanted = [sessionStorage.getItem(key), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return wanted.find(isLanguage) ?? 'en-GB';
}

/** What the portal speaks; the elements follow the page's `lang` by themselves. */
export const language = ref<Language>(firstLanguage());

export const words = computed<Words>(() => languages[language.value]);

watchEffect(() => {
  sessionStorage.setItem(key, language.value);
  document.documentElement.lang = language.value;
  document.documentElement.dir = language.value === 'ar' ? 'rtl' : 'ltr';
});
