import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { GateVersion } from '../../live/api.ts';
import css from './GatePage.module.css';
import type { Editor } from './useEditor.ts';

interface NewerNoticeProps {
  editor: Editor;
  newest: GateVersion;
  onTake: () => void;
}

/** Someone else has saved meanwhile. What nobody changed here follows; what someone did is kept
 *  until they choose. */
export function NewerNotice({ editor, newest, onTake }: NewerNoticeProps) {
  const { dirty } = editor;
  useEffect(() => {
    if (!dirty) onTake();
  });
  if (!dirty) return null;
  return (
    <div className={css.notice} role="status">
      <span>
        <b>{newest.created_by_name}</b> saved version {newest.version} while you were editing. Yours
        is built on version {editor.based_on}; saving it would undo theirs.
      </span>
      <Button size="compact-sm" variant="default" onClick={onTake}>
        Drop mine, start from theirs
      </Button>
    </div>
  );
}
