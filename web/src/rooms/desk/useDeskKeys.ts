import type { RefObject } from 'react';
import { useKeys } from '../../kit/useKeys.ts';
import { idOf } from './inOrder.ts';
import type { Desk } from './useDesk.ts';

interface DeskKeys {
  desk: Desk;
  search_ref: RefObject<HTMLInputElement | null>;
  onSelect: (id: string, range?: boolean) => void;
  /** Nothing is to be claimed while many are selected: Enter would mean another thing there. */
  selecting: boolean;
  /** Takes back what was last decided together. */
  onUndoMany: (() => void) | null;
}

/** The keys that work anywhere at the desk. */
export function useDeskKeys({ desk, search_ref, onSelect, selecting, onUndoMany }: DeskKeys): void {
  const { list, talks, case_id, open_id, talk_id, view, may_decide } = desk;
  const move = (by: 1 | -1) => {
    const ids = desk.listed.map(idOf);
    const at = ids.findIndex((id) => id === open_id || id === talk_id);
    const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by];
    if (next) desk.show(next, open_id !== null);
    else if (by > 0) (talks.more ?? list.more)?.();
  };
  const enter = () => {
    if (!may_decide || selecting || talk_id !== null) return;
    if (case_id === null) desk.begin();
    else if (desk.takeNext) desk.takeNext();
    else if (!desk.holding && desk.shown.data?.state === 'waiting') void desk.claim(case_id);
  };
  const last = desk.shown.data?.undo_until ? case_id : (view.undoable?.case_id ?? null);
  const many = desk.shown.data?.undo_until ? null : onUndoMany;
  const undo = many ?? (last ? () => void desk.undo(last) : null);
  useKeys([
    { key: 'j', label: 'Next in the list', group: 'Desk', run: () => move(1) },
    { key: 'k', label: 'Before in the list', group: 'Desk', run: () => move(-1) },
    {
      key: 'Enter',
      label:
        case_id !== null && !desk.takeNext
          ? 'Take this case'
          : case_id === null && desk.begins_with === 'customer'
            ? 'Open who waits first'
            : 'Take the next case',
      group: 'Desk',
      run: enter,
      off: !may_decide || talk_id !== null,
    },
    {
      key: 'x',
      label: 'Select for a decision together',
      group: 'Desk',
      run: () => case_id && onSelect(case_id),
      off: !may_decide,
    },
    {
      key: '/',
      label: 'Filter the list, search conversations',
      group: 'Desk',
      run: () => search_ref.current?.focus(),
    },
    {
      key: 'u',
      label: 'Undo the last decision',
      group: 'Desk',
      run: () => undo?.(),
      off: !undo,
    },
    {
      key: 'Escape',
      label: 'Leave the field, or the case',
      group: 'Desk',
      in_fields: true,
      run: () => {
        const field = document.activeElement;
        if (field instanceof HTMLElement && field !== document.body) field.blur();
        else desk.show(null);
      },
    },
  ]);
}
