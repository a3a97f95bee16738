// For ESLint, which reads no templates; vue-tsc knows each of them by itself.
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  // eslint-disable-next-line import-x/no-default-export -- A single-file component is one.
  export default component;
}
