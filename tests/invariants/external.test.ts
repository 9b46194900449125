import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { migrate, migrations } from '../../server/src/store/migrate.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';

test('[B7] a database user without the right to roles is told what to do, and done, it starts', async () => {
  const database = await freshDatabase(inject('engine'));
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const user = `plain_${Date.now()}`;
  const name = new URL(database.url).pathname.slice(1);
  try {
    await admin.query(`create role ${user} login`);
    await admin.query(`drop owned by wheelhouse_app`);
    await admin.query(`alter database ${name} owner to ${user}`);
    await admin.query(`drop schema public cascade; create schema public authorization ${user}`);
    const url = new URL(database.url);
    // The engine's address may be a socket's, which has its user among the parameters.
    if (url.host) url.username = user;
    else url.searchParams.set('user', user);
    await expect(migrate(url.href)).rejects.toThrow(
      /permission denied to grant role.*grant wheelhouse_app to/s,
    );
    await admin.query(`grant wheelhouse_app to ${user}`);
    expect(await migrate(url.href)).toEqual(migrations().map((one) => one.name));
  } finally {
    await admin.query(`alter database ${name} owner to current_user`).catch(() => {});
    await admin.query(`drop owned by ${user}; drop role ${user}`).catch(() => {});
    await admin.end();
    await database.drop();
  }
});
