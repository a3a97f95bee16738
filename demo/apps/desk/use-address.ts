import { useCallback, useEffect, useState } from 'react';

function caseInAddress(): string | undefined {
  return new URL(location.href).searchParams.get('case') ?? undefined;
}

/** The open case, kept in the address, so that a link leads to it and the browser's Back closes it. */
export function useOpenCase(): readonly [string | undefined, (caseId: string | undefined) => void] {
  const [caseId, setCaseId] = useState(caseInAddress);
  useEffect(() => {
    const read = () => setCaseId(caseInAddress());
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const open = useCallback((wanted: string | undefined) => {
    const url = new URL(location.href);
    if (wanted === undefined) url.searchParams.delete('case');
    else url.searchParams.set('case', wanted);
    if (url.href !== location.href) history.pushState(null, '', url);
    setCaseId(wanted);
  }, []);
  return [caseId, open];
}
