/** Checked settings are about to be sent; cancel it to send nothing. `fields` names what changes. */
export class SettingsSaveEvent extends CustomEvent<{ readonly fields: readonly string[] }> {
  constructor(fields: readonly string[]) {
    super('settings-save', { detail: { fields }, bubbles: true, composed: true, cancelable: true });
  }
}

/** The settings are stored, as this version. */
export class SettingsChangeEvent extends CustomEvent<{ readonly version: string }> {
  constructor(version: string) {
    super('settings-change', { detail: { version }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'settings-save': SettingsSaveEvent;
    'settings-change': SettingsChangeEvent;
  }
}
