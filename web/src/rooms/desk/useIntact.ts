import { type ActionFrame, digest } from '@wheelhouse/core';
import { useMemo } from 'react';

/** Whether the bytes on screen are those that were hashed; null when there is no action. The page
 *  computes it itself rather than believing the answer that carries both. */
export function useIntact(frame: ActionFrame | null): boolean | null {
  return useMemo(() => (frame ? digest(frame.bytes) === frame.hash : null), [frame]);
}
