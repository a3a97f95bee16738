// A list beside a detail, with the open case, the view and the filters kept in the address.

const own = ['customer', 'case', 'view', 'as'];

/**
 * @param {import('casement/case-provider').CaseProvider} provider
 * @param {import('casement/case-list').CaseList} list
 * @param {import('casement/case-detail').CaseDetail} detail
 */
export function keepInAddress(provider, list, detail) {
  const split = document.getElementById('split');

  const show = (caseId) => {
    provider.select(caseId);
    split.toggleAttribute('data-open', caseId !== undefined);
    document.body.toggleAttribute('data-reading', caseId !== undefined);
  };
  const address = (change) => {
    const url = new URL(location.href);
    change(url.searchParams);
    return url;
  };
  const filtersOf = (parameters) => {
    const filters = new URLSearchParams(parameters);
    for (const name of own) filters.delete(name);
    return filters.toString();
  };
  const readAddress = () => {
    const parameters = new URL(location.href).searchParams;
    list.viewId = parameters.get('view') ?? undefined;
    list.filterState = filtersOf(parameters);
    show(parameters.get('case') ?? undefined);
  };

  list.addEventListener('case-select', (event) => {
    const { caseId } = event.detail;
    const url = address((parameters) => parameters.set('case', caseId));
    if (url.href !== location.href) history.pushState({ opened: true }, '', url);
    show(caseId);
    detail.focus();
  });
  list.addEventListener('filters-change', (event) => {
    const url = address((parameters) => {
      for (const name of [...parameters.keys()]) if (!own.includes(name)) parameters.delete(name);
      for (const [name, value] of new URLSearchParams(event.detail.filters)) parameters.append(name, value);
    });
    history.replaceState(history.state, '', url);
  });
  list.addEventListener('view-change', ({ detail: { viewId } }) => {
    const url = address((parameters) => {
      if (viewId) parameters.set('view', viewId);
      else parameters.delete('view');
    });
    history.replaceState(history.state, '', url);
  });
  addEventListener('popstate', readAddress);

  readAddress();
  return {
    /** Shows the list again. */
    close() {
      show(undefined);
      if (history.state?.opened) {
        history.back();
        return;
      }
      history.replaceState(
        null,
        '',
        address((parameters) => parameters.delete('case')),
      );
      show(undefined);
    },
    /** Forgets what the address says of the last person. */
    reset() {
      history.replaceState(
        null,
        '',
        address((parameters) => {
          for (const name of [...parameters.keys()]) if (name !== 'customer') parameters.delete(name);
        }),
      );
      readAddress();
    },
  };
}
