import { ActionIcon, Button, FileButton, Progress } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { makeId } from '@wheelhouse/core';
import { useRef, useState } from 'react';
import { api_root } from '../../../live/request.ts';
import css from './Composer.module.css';

/** A file on its way. Its message keeps its id, so that trying again shares it once. */
interface Sharing {
  id: string;
  file: File;
  /** 0..100 */
  percent: number;
  problem: string | null;
}

/** Shares files with the customer; what did not arrive can be sent again or taken back. */
export function ShareFiles({ conversation_id }: { conversation_id: string }) {
  const [rows, setRows] = useState<Sharing[]>([]);
  const under_way = useRef(new Map<string, XMLHttpRequest>());
  const change = (id: string, next: Partial<Sharing> | null) =>
    setRows((all) =>
      all.flatMap((one) => (one.id === id ? (next ? [{ ...one, ...next }] : []) : [one])),
    );
  const send = (one: Sharing) => {
    change(one.id, { problem: null, percent: 0 });
    const request = share(conversation_id, one, (percent) => change(one.id, { percent }));
    under_way.current.set(one.id, request);
    request.onloadend = () => {
      if (!under_way.current.delete(one.id)) return;
      change(one.id, request.status === 201 ? null : { problem: problemIn(request) });
    };
  };
  const add = (files: File[]) => {
    for (const file of files) {
      const id = makeId('message', Date.now(), crypto.getRandomValues(new Uint8Array(10)));
      const one = { id, file, percent: 0, problem: null };
      setRows((all) => [...all, one]);
      send(one);
    }
  };
  const drop = (id: string) => {
    const request = under_way.current.get(id);
    under_way.current.delete(id);
    request?.abort();
    change(id, null);
  };
  return (
    <>
      <FileButton onChange={add} multiple>
        {(props) => (
          <ActionIcon {...props} variant="subtle" color="gray" aria-label="Share a file">
            <IconPaperclip size={16} stroke={1.8} />
          </ActionIcon>
        )}
      </FileButton>
      {rows.map((one) => (
        <div key={one.id} className={css.sharing} role={one.problem ? 'alert' : undefined}>
          <span className="one-line">{one.file.name}</span>
          {one.problem ? (
            <>
              <span>{one.problem}</span>
              <Button size="compact-xs" variant="default" onClick={() => send(one)}>
                Try again
              </Button>
            </>
          ) : (
            <Progress value={one.percent} w={80} aria-label={`${one.file.name} is on its way`} />
          )}
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => drop(one.id)}>
            {one.problem ? 'Remove' : 'Cancel'}
          </Button>
        </div>
      ))}
    </>
  );
}

function share(
  conversation_id: string,
  { id, file }: Sharing,
  onPercent: (percent: number) => void,
): XMLHttpRequest {
  const form = new FormData();
  form.append('id', id);
  form.append('file', file, file.name);
  const request = new XMLHttpRequest();
  request.upload.onprogress = ({ loaded, total }) => onPercent((100 * loaded) / total);
  request.open('POST', `${api_root}/conversations/${conversation_id}/files`);
  request.setRequestHeader('x-wheelhouse', '1');
  request.send(form);
  return request;
}

function problemIn({ status, responseText }: XMLHttpRequest): string {
  if (status === 0) return 'The server cannot be reached.';
  try {
    return String((JSON.parse(responseText) as { detail?: string }).detail ?? 'It was not taken.');
  } catch {
    return 'It was not taken.';
  }
}
