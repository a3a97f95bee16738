import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { CaseHost, HostAction, LinkType } from './host-types.js';
import type { ActionSchema } from './schema-types.js';

/** As much of a `<case-provider>` as this needs. */
export interface HostProvider extends HTMLElement {
  host: CaseHost | undefined;
  addController(controller: ReactiveController): void;
  removeController(controller: ReactiveController): void;
}

/** The provider around an element, through shadow roots. */
export function providerOf(element: Element): HostProvider | undefined {
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode)
    if (at instanceof HTMLElement && 'activeClient' in at) return at as unknown as HostProvider;
  return undefined;
}

/** Draws an element again when the page around brings along something else. */
export class HostController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #watch: ReactiveController;
  #provider: HostProvider | undefined;
  #known: CaseHost | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#watch = {
      hostUpdated: () => {
        if (this.#known !== this.#provider?.host) host.requestUpdate();
        this.#known = this.#provider?.host;
      },
    };
    host.addController(this);
  }

  hostConnected(): void {
    this.#provider = providerOf(this.#host);
    this.#known = this.#provider?.host;
    this.#provider?.addController(this.#watch);
  }

  hostDisconnected(): void {
    this.#provider?.removeController(this.#watch);
    this.#provider = undefined;
  }
}

/** What the page around an element brings along. */
export function hostOf(element: Element): CaseHost {
  return providerOf(element)?.host ?? {};
}

/**
 * Adds an action to those of a `<case-provider>`; one of the same id is replaced.
 *
 * @returns What takes it away again.
 *
 * @example
 * ```ts
 * const provider = document.querySelector('case-provider');
 * const takeAway = registerAction(provider, {
 *   id: 'refund',
 *   label: 'Refund…',
 *   schema: {
 *     type: 'object',
 *     properties: { amount: { type: 'number', title: 'Amount in €', minimum: 0.01, multipleOf: 0.01 } },
 *     required: ['amount'],
 *   },
 *   mayPropose: ({ roles }) => roles.includes('finance'),
 *   run: ({ amount }, { idempotencyKey, case: { id } }) => billing.refund({ amount, caseId: id, idempotencyKey }),
 * });
 * ```
 */
export function registerAction<const S extends ActionSchema>(
  provider: { host: CaseHost | undefined },
  action: HostAction<S>,
): () => void {
  const added = action as unknown as HostAction;
  const others = () => (provider.host?.actions ?? []).filter(({ id }) => id !== action.id);
  provider.host = { ...provider.host, actions: [...others(), added] };
  return () => {
    if (provider.host?.actions?.includes(added)) provider.host = { ...provider.host, actions: others() };
  };
}

/**
 * Says what objects of one type are called and how they are shown, on a `<case-provider>`; one of the same type is replaced.
 *
 * @returns What takes it away again.
 *
 * @example
 * ```ts
 * registerLinkType(provider, { type: 'invoice', label: 'Invoice', href: ({ id }) => `/invoices/${id}` });
 * ```
 */
export function registerLinkType(provider: { host: CaseHost | undefined }, linkType: LinkType): () => void {
  const others = () => (provider.host?.linkTypes ?? []).filter(({ type }) => type !== linkType.type);
  provider.host = { ...provider.host, linkTypes: [...others(), linkType] };
  return () => {
    if (provider.host?.linkTypes?.includes(linkType))
      provider.host = { ...provider.host, linkTypes: others() };
  };
}
