import { html, unsafeStatic } from 'lit/static-html.js';

import type { CaseSettings } from '../../components/case-settings/case-settings.element.js';
import type { InboxSettings } from '../../components/inbox-settings/inbox-settings.element.js';
import type { PortalSettings } from '../../components/portal-settings/portal-settings.element.js';
import type { CaseClient } from '../../src/client/client.js';
import type { Settings, SettingsChange } from '../../src/contract/settings.js';
import {
  aClient,
  aProvider,
  aTenant,
  aToken,
  untilFound,
  untilText,
  type ProviderOptions,
  type TestTenant,
} from './support.js';

/** The forms of the settings, by their tags. */
interface Forms {
  readonly 'case-settings': CaseSettings;
  readonly 'inbox-settings': InboxSettings;
  readonly 'portal-settings': PortalSettings;
}

/** A form of the settings of a tenant of its own. */
export class SettingsStage<N extends keyof Forms> {
  readonly tenant: TestTenant;
  /** What the form sent to be stored. */
  readonly writes: Request[] = [];
  /** While set, nothing is heard of others: the form learns of them only by saving. */
  deaf = false;
  readonly #name: N;

  private constructor(name: N, tenant: TestTenant) {
    this.#name = name;
    this.tenant = tenant;
  }

  static async of<N extends keyof Forms>(name: N): Promise<SettingsStage<N>> {
    return new SettingsStage(name, await aTenant());
  }

  /** Shows the form to an administrator, and waits until it says `text`. */
  async show(text: string, over: Partial<ProviderOptions> = {}): Promise<Forms[N]> {
    const tag = unsafeStatic(this.#name);
    const provider = await aProvider(
      { tenant: this.tenant, as: 'administrator', width: 'wide', fetch: this.#fetch, ...over },
      html`<${tag}></${tag}>`,
    );
    await untilText(provider, text);
    return provider.querySelector(this.#name) as unknown as Forms[N];
  }

  stored(): Promise<Settings> {
    return this.#administrator.settings.get();
  }

  /** Changes the settings beside the form. */
  update(change: SettingsChange): Promise<Settings> {
    return changed(this.#administrator, change);
  }

  /** Another administrator, in another browser, changes the settings. */
  async byAnother(change: SettingsChange): Promise<void> {
    await changed(await this.another(), change);
  }

  /** Another administrator, in another browser. */
  async another(): Promise<CaseClient> {
    const token = await aToken({
      sub: 'person_vera',
      tenant: this.tenant.tenant,
      name: 'Vera Holm',
      kind: 'agent',
      roles: ['system-administrator'],
    });
    return aClient(token);
  }

  get #administrator(): CaseClient {
    return this.tenant.clientFor('administrator');
  }

  readonly #fetch = (request: Request): Promise<Response> => {
    if (request.method !== 'GET') this.writes.push(request.clone());
    return this.deaf && new URL(request.url).pathname === '/v1/events'
      ? Promise.reject(new TypeError('Failed to fetch'))
      : fetch(request);
  };
}

async function changed({ settings }: CaseClient, change: SettingsChange): Promise<Settings> {
  return settings.update(change, await settings.get());
}

/** Turns to the part of a form whose tab begins with `part`. */
export async function turnTo(element: Forms[keyof Forms], part: string): Promise<void> {
  (await untilFound(element, 'tab', new RegExp(`^${part}`))).click();
  await element.updateComplete;
}

/** Presses a button of a form. */
export async function click(element: Forms[keyof Forms], name: string | RegExp): Promise<void> {
  (await untilFound(element, 'button', name)).click();
  await element.updateComplete;
}
