import type { Route } from './route.ts';

/** Which methods each address answers, so that another one is told apart from an address that is not
 *  there: 405 with Allow, not 404 (RFC 9110 §15.5.6). */
export function methodsOf(rows: Pick<Route, 'method' | 'path' | 'streams'>[]) {
  const known = rows.map(({ method, path, streams }) => ({
    pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
    methods: method === 'GET' && !streams ? ['GET', 'HEAD'] : [method],
  }));
  /** @returns none where there is no such address */
  return (path: string): string[] => {
    const here = known.filter(({ pattern }) => pattern.test(path));
    return [...new Set(here.flatMap(({ methods }) => methods))];
  };
}
