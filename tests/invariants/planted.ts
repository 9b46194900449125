import { asOwner, dumped } from './record.ts';

/** Words that stand nowhere else, each planted once and searched for ever after. */
export function planting() {
  const planted: string[] = [];
  return {
    planted,
    marker(where: string): string {
      const word = `mark${planted.length}q${where.replaceAll(/[^a-z]/g, '')}`;
      planted.push(word);
      return word;
    },
    /** Where any of them is: in a table, or in what the engine tells of itself. */
    found: (database_url: string, words = planted) => found(database_url, words),
  };
}

async function found(database_url: string, words: string[]): Promise<string[]> {
  const hits: string[] = [];
  const look = (text: string, place: string) => {
    for (const word of words) {
      // Bytes are shown by their figures.
      const bytes = Buffer.from(word).toString('hex');
      if (text.includes(word) || text.includes(bytes)) hits.push(`${word} in ${place}`);
    }
  };
  for (const [table, rows] of await dumped(database_url)) look(rows, table);
  // What the planner has sampled, and what the engine says is running.
  await asOwner(database_url, async (client) => {
    await client.query('analyze');
    for (const view of ['pg_stats', 'pg_stat_activity']) {
      const { rows } = await client.query<{ row: string }>(
        `select row_to_json(v)::text as row from ${view} v`,
      );
      look(rows.map(({ row }) => row).join('\n'), view);
    }
  });
  return hits;
}
