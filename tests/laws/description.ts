import type pg from 'pg';

/** What the engine says of a statement before it is run. */
export interface Description {
  parameters: number;
  columns: Column[];
}
export interface Column {
  name: string;
  /** The type's name, as the engine has it. */
  type: string;
  /** Whether it is a table's column as it stands there, and one that may be null. */
  nullable_at_home: boolean;
}

/** The messages of pg's connection that a description needs; its types leave them out. */
interface Connection extends pg.Connection {
  parse(query: { name: string; text: string }): void;
  describe(message: { type: 'S'; name: string }): void;
  sync(): void;
}

/** Asks the engine to prepare a statement and to say what it takes and gives. Nothing is run.
 *  @throws Error that names the statement, as the engine words it */
export async function describe(
  client: pg.Client,
  text: string,
  name: string,
): Promise<Description> {
  const found = { parameters: 0, fields: [] as pg.FieldDef[] };
  await new Promise<void>((resolve, reject) => {
    client.query({
      submit(connection: Connection) {
        connection.once('parameterDescription', ({ dataTypeIDs }) => {
          found.parameters = dataTypeIDs.length;
        });
        connection.parse({ name: '', text });
        connection.describe({ type: 'S', name: '' });
        connection.sync();
      },
      handleRowDescription({ fields }: { fields: pg.FieldDef[] }) {
        found.fields = fields;
      },
      handleError: (error: Error) => reject(new Error(`${name}: ${error.message}`)),
      handleReadyForQuery: () => resolve(),
    } as unknown as pg.Submittable);
  });
  const columns: Column[] = [];
  for (const { name, dataTypeID, tableID, columnID } of found.fields) {
    const { rows } = await client.query<{ type: string; nullable: boolean }>(
      `select format_type($1, null) as type, exists (
         select from pg_attribute where attrelid = $2 and attnum = $3 and not attnotnull) as nullable`,
      [dataTypeID, tableID, columnID],
    );
    const [at] = rows;
    columns.push({ name, type: at?.type ?? '', nullable_at_home: at?.nullable ?? false });
  }
  return { parameters: found.parameters, columns };
}
