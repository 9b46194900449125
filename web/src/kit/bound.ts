import type { Action } from '@wheelhouse/core';

/** What an approval is bound to, as read back from its bytes. */
export interface BoundView {
  action: Action;
  gate?: string;
  output_id?: string;
  policy_version?: number;
}

/** Reads the bytes of an approval.
 *  @returns undefined when they are not what an approval is made of */
export function boundOf(bytes: string): BoundView | undefined {
  try {
    const bound = JSON.parse(bytes) as Partial<BoundView> | null;
    return typeof bound?.action?.name === 'string' ? (bound as BoundView) : undefined;
  } catch {
    return undefined;
  }
}
