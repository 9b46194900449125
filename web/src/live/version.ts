/** The version of the server that this page came from; "unknown" while it cannot be asked. */
export async function serverVersion(): Promise<string> {
  try {
    const response = await fetch('/health');
    const { version } = (await response.json()) as { version?: string };
    return version ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
