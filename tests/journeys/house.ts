import type { Me } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';

/** What a journey walks through: a server and a browser of its own, and the first admin. */
export interface House {
  browser: Browser;
  server: TestServer;
  ana: Person & { me: Me };
}

/** Opens a house before the tests of a file and closes it after them.
 *  @param furnish puts in it what its tests are to find */
export function inHouse(
  furnish: (house: House) => Promise<void> | void,
  settings: Record<string, string> = {},
): void {
  let browser: Browser | undefined;
  let server: TestServer | undefined;
  beforeAll(async () => {
    built();
    server = await startServer({ url_pattern: inject('engine'), settings });
    const ana = await firstAdmin(server);
    browser = await openBrowser();
    await furnish({ browser, server, ana });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
}
