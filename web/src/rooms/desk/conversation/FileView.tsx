import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { SharedFile } from '@wheelhouse/core';
import { useEffect, useMemo } from 'react';
import { sizeText } from '../../../kit/sizeText.ts';
import { api_root } from '../../../live/request.ts';
import css from './Said.module.css';

interface FileViewProps {
  conversation_id: string;
  body: SharedFile;
}

/** A file that was shared. A picture is drawn from what was fetched with the right to it; a drawing
 *  that could hold a program (SVG) is only ever something to keep. */
export function FileView({ conversation_id, body }: FileViewProps) {
  const { kind, name, bytes, file_id } = body;
  const address = `${api_root}/conversations/${conversation_id}/files/${file_id}`;
  const seen = kind !== 'file';
  const { data, isError } = useQuery({
    queryKey: ['file', file_id],
    queryFn: async ({ signal }) => {
      const response = await fetch(address, { signal, credentials: 'same-origin' });
      if (!response.ok) throw new Error(`the file was answered ${response.status}`);
      return response.blob();
    },
    enabled: seen,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const url = useMemo(() => data && URL.createObjectURL(data), [data]);
  useEffect(() => {
    if (url) return () => URL.revokeObjectURL(url);
  }, [url]);
  return (
    <div className={css.shared}>
      {url && kind === 'image' && <img src={url} alt={name} />}
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what a customer said. */}
      {url && kind === 'audio' && <audio src={url} controls aria-label={name} />}
      {isError && <span className={css.fine}>This file is no longer there.</span>}
      <Button
        component="a"
        href={address}
        download={name}
        size="compact-sm"
        variant="subtle"
        leftSection={<IconDownload size={14} stroke={1.8} aria-hidden="true" />}
      >
        {name} ({sizeText(bytes)})
      </Button>
    </div>
  );
}
