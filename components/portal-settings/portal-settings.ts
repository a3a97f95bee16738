import { defineElement } from '../shared/define.js';
import { PortalSettings } from './portal-settings.element.js';

defineElement('portal-settings', PortalSettings);

declare global {
  interface HTMLElementTagNameMap {
    'portal-settings': PortalSettings;
  }
}
