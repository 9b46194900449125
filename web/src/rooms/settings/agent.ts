const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
];
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

const found = (text: string, known: [RegExp, string][]) =>
  known.find(([pattern]) => pattern.test(text))?.[1];

/** What a person calls the program that a session is in, out of its User-Agent. Browsers name each
 *  other there, so the order of asking matters. */
export function agentWords(user_agent: string | null): string {
  if (!user_agent) return 'An unknown program';
  const [browser, system] = [found(user_agent, browsers), found(user_agent, systems)];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? user_agent.slice(0, 60);
}
