import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';

import { cast } from '../demo/cast.js';
import { accessibilityOptions, checkInTheDark } from '../stories/support/accessibility.js';
import { sayWhatIsShown } from '../stories/support/find.js';
import '../stories/support/frame.css';
import { manifest } from '../stories/support/manifest.js';
import { leaveWorld, withFrame, worldLoader } from '../stories/support/story.js';

if (manifest) setCustomElementsManifest(manifest);

sayWhatIsShown();

const preview: Preview = {
  tags: ['autodocs'],
  loaders: [worldLoader],
  beforeEach: (context) => leaveWorld(context),
  afterEach: [checkInTheDark],
  decorators: [withFrame],
  initialGlobals: {
    theme: 'light',
    locale: 'en',
    direction: 'auto',
    person: 'ada-whitlock',
    trouble: 'none',
    latency: 'none',
  },
  globalTypes: {
    theme: {
      description: 'Colour theme',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
          { value: 'forced', title: 'Forced colours', icon: 'accessibility' },
        ],
      },
    },
    locale: {
      description: 'Language',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'de', title: 'Deutsch' },
          { value: 'es', title: 'Español' },
          { value: 'fr', title: 'Français' },
          { value: 'it', title: 'Italiano' },
          { value: 'ar', title: 'العربية' },
          { value: 'en-XA', title: 'Longer words (pseudo)' },
        ],
      },
    },
    direction: {
      description: 'Writing direction',
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'auto', title: 'Direction of the language' },
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
    person: {
      description: 'Who is signed in',
      toolbar: {
        title: 'Signed in as',
        icon: 'user',
        dynamicTitle: true,
        items: cast.map(({ id, name, note }) => ({ value: id, title: `${name} (${note})` })),
      },
    },
    latency: {
      description: 'How long every answer takes',
      toolbar: {
        title: 'Latency',
        icon: 'timer',
        dynamicTitle: true,
        items: [
          { value: 'none', title: 'No latency' },
          { value: 'usual', title: '300 ms' },
          { value: 'slow', title: '2 s' },
          { value: 'forever', title: 'Never answers' },
        ],
      },
    },
    trouble: {
      description: 'What is wrong with the line or the server',
      toolbar: {
        title: 'Trouble',
        icon: 'lightning',
        dynamicTitle: true,
        items: [
          { value: 'none', title: 'No trouble' },
          { value: 'offline', title: 'No connection' },
          { value: 'not-live', title: 'No live changes' },
          { value: 'writes-lost', title: 'What is sent is lost' },
          { value: 'unavailable', title: 'Server down (503)' },
          { value: 'failing', title: 'Server fails (500)' },
          { value: 'signed-out', title: 'Sign-in expired (401)' },
        ],
      },
    },
  },
  parameters: {
    layout: 'padded',
    // The theme switch has the backgrounds.
    backgrounds: { disable: true },
    viewport: {
      options: {
        phone: { name: 'Phone (360 px)', styles: { width: '360px', height: '740px' }, type: 'mobile' },
        small: { name: 'Small phone (320 px)', styles: { width: '320px', height: '640px' }, type: 'mobile' },
        tablet: { name: 'Tablet (768 px)', styles: { width: '768px', height: '1024px' }, type: 'tablet' },
        desktop: { name: 'Desktop (1280 px)', styles: { width: '1280px', height: '800px' }, type: 'desktop' },
      },
    },
    controls: { expanded: true, disableSaveFromUI: true },
    docs: { source: { excludeDecorators: true } },
    options: {
      storySort: {
        order: ['Casement', ['Start here', 'Tokens', 'Parts', 'Theming', 'Voice'], 'Pages', 'Elements'],
      },
    },
    a11y: { test: 'error', options: accessibilityOptions },
  },
};

export default preview;
