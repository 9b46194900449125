import type { Role } from './role.ts';

/** Whose rows a store function may touch. No scope, no rows. */
export interface Scope {
  workspace_id: string;
}

/** The jobs' scope: every workspace. Only `jobs/` and start-up may use it. */
export const every_workspace: Scope = { workspace_id: '*' };

/** Who acts: a member in the web app, a key in a program, or the server itself. */
export interface Principal extends Scope {
  kind: 'member' | 'key' | 'system';
  id: string;
  name: string;
  role: Role;
  /** Action names a key is limited to (`outputs.submit`, or `outputs.*`); null means all of its role. */
  scopes: string[] | null;
  /** The session a member came by; null for keys and the server itself. */
  session_id?: string | null;
}

export const systemOf = (workspace_id: string): Principal => ({
  workspace_id,
  kind: 'system',
  id: 'system',
  name: 'Wheelhouse',
  role: 'admin',
  scopes: null,
});

/** A customer in the widget. They have no role: what they may do has addresses of its own. */
export interface Customer extends Scope {
  kind: 'contact';
  id: string;
  name: string;
  /** Their browser’s token, by its hash, and when it ends; null is never. */
  token_hash?: string;
  token_expires_at?: string | null;
}
