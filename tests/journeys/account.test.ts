import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse(
  (house) => {
    ({ browser, server, ana } = house);
  },
  { WHEELHOUSE_SIGN_IN_LIMIT: '1000000' },
);

test('[J11] an admin who invites a member is told what to do instead, and a reset link does it', async () => {
  await newMember(server, ana, 'bo@example.com', 'reviewer');
  const { page, context, faults } = await visit(browser, {
    url: server.url,
    cookie: ana.cookie(),
  });
  await page.goto('/settings/members');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('E-mail address').fill('Bo@Example.com');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await page
    .getByText(/is a reviewer here already.*link for a new password/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Reset password of bo' }).click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByLabel('Reset link').inputValue();
  await page.goto('/audit');
  await page.getByText('made a link by which a member chooses a new password').waitFor();
  await context.close();

  const bo = await visit(browser, { url: server.url });
  await bo.page.goto(link);
  await bo.page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  expect(await bo.page.getByLabel('E-mail').inputValue()).toBe('bo@example.com');
  await bo.page.getByLabel('New password').fill('a sentence i remember');
  await bo.page.getByRole('button', { name: 'Set the password' }).click();
  await bo.page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  await bo.page.goto(link);
  await bo.page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
  await bo.context.close();
  const spent = /status of (401|409|410)/;
  expect([...faults, ...bo.faults].filter((fault) => !spent.test(fault))).toEqual([]);
});

test('[K39] an address that may not be called is refused at its field, and only there', async () => {
  const { page, context } = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'New webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'New webhook' });
  await dialog.getByLabel('Address').fill('http://10.0.0.1/hook');
  await dialog.getByRole('button', { name: 'Make the webhook' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'Change what is marked above' }).waitFor();
  expect(await dialog.getByText('is not a public address').count()).toBe(1);
  await context.close();
});
