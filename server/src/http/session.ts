import type { App } from './app.ts';
import type { Sessions } from './identify.ts';

/** Members' sessions. */
export const sessionsOf = (_app: App): Sessions => ({
  principal: async () => null,
  stillAllowed: async () => false,
});
