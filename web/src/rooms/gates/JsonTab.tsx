import { GateDefinition } from '@wheelhouse/core';
import { useState } from 'react';
import { JsonText } from '../../kit/JsonText.tsx';
import { lineOf } from '../../kit/jsonLines.ts';
import css from './Editor.module.css';
import type { Editor } from './useEditor.ts';

/** The whole definition as the API takes it. What is typed here is applied as soon as it fits. */
export function JsonTab({ editor }: { editor: Editor }) {
  const [faults, setFaults] = useState<string[]>([]);
  return (
    <div className={css.part}>
      {faults.length > 0 && (
        <div role="alert">
          <p className={css.fault}>Not applied yet:</p>
          {faults.map((fault) => (
            <p key={fault} className={css.fault}>
              {fault}
            </p>
          ))}
        </div>
      )}
      <JsonText
        label="The whole definition"
        description="As PUT /api/v1/gates takes it. It is applied as soon as it fits, and shows what the other tabs say."
        min_rows={16}
        value={editor.draft}
        onChange={(value, text) => {
          const read = GateDefinition.safeParse(value);
          if (read.success) {
            setFaults([]);
            editor.replace(read.data);
            return;
          }
          setFaults(
            read.error.issues.slice(0, 20).map(({ path, message }) => {
              const place = path.map(String).join('.');
              return `Line ${lineOf(text, place)}, ${place || 'the whole'}: ${message}`;
            }),
          );
        }}
      />
    </div>
  );
}
