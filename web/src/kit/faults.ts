import type { FieldFault } from '@wheelhouse/core';
import { createContext, useContext } from 'react';

/** What is wrong with the definition that is being edited, for whichever control it belongs to. */
export const Faults = createContext<readonly FieldFault[]>([]);

/** What is wrong with one place. */
export const useFault = (field: string): string | undefined =>
  useContext(Faults).find((fault) => fault.field === field)?.message;

/** What is wrong with a place or anything below it. */
export const useFaultsUnder = (field: string): readonly FieldFault[] =>
  useContext(Faults).filter(
    (fault) => fault.field === field || fault.field.startsWith(`${field}.`),
  );

/** A preview is sent the definition inside a wrapper; its faults are those of the definition. */
export const unwrapped = (faults: readonly FieldFault[]): FieldFault[] =>
  faults.map(({ field, message }) => ({ field: field.replace(/^definition\./, ''), message }));
