/** Hands a file to the browser's own way of saving. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Only once the browser has taken it: revoked at once, some save nothing.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
