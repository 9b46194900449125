import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ArticleFileReport } from '@wheelhouse/core';
import { useState } from 'react';
import { DropArea } from '../../kit/DropArea.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import { ImportRows } from './ImportRows.tsx';
import css from './Imports.module.css';

const types: Record<string, string> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  txt: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  csv: 'text/csv',
  pdf: 'application/pdf',
};
const typeOf = (name: string) => types[name.split('.').at(-1)?.toLowerCase() ?? ''];

/** What became of one file so far. */
interface Sent {
  name: string;
  report?: ArticleFileReport;
  fault?: string;
}

/** Files that become articles, one after the other, with what became of each (rule W41). */
export function UploadPanel({ bot }: { bot: string }) {
  const cache = useQueryClient();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const busy = sent.some(({ report, fault }) => !report && fault === undefined);
  const send = async (files: readonly File[]) => {
    setSent(files.map(({ name }) => ({ name })));
    for (const [at, file] of files.entries()) {
      const came = await sendOne(bot, file);
      setSent((before) => before.map((one, place) => (place === at ? came : one)));
    }
    await cache.invalidateQueries({ queryKey: keys.articles });
  };
  return (
    <Panel
      title="From files"
      say="Markdown, HTML, PDF, or CSV with the columns title, body and address. A file is taken whole; the same file again changes what it made."
      aside={
        <FileButton
          multiple
          accept=".md,.markdown,.txt,.html,.htm,.csv,.pdf"
          onChange={(files) => void send(files)}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={busy}
              leftSection={<IconUpload size={16} stroke={1.6} />}
            >
              Choose files
            </Button>
          )}
        </FileButton>
      }
      flush
    >
      <DropArea className={css.drop} onFiles={(files) => !busy && void send(files)}>
        {!sent.length && <p className={css.none}>Or drop them here. At most 20 MiB each.</p>}
        {sent.length > 0 && (
          <ul className={css.sent} aria-label="Files" aria-live="polite">
            {sent.map((one) => (
              <SentFile key={one.name} sent={one} />
            ))}
          </ul>
        )}
      </DropArea>
    </Panel>
  );
}

async function sendOne(bot: string, file: File): Promise<Sent> {
  const { name } = file;
  const type = typeOf(name);
  if (!type) return { name, fault: 'It is neither Markdown, HTML, CSV nor PDF.' };
  try {
    return { name, report: await api.articles.upload(bot, file, type) };
  } catch (thrown) {
    return { name, fault: sentenceOf(thrown) };
  }
}

function SentFile({ sent: { name, report, fault } }: { sent: Sent }) {
  return (
    <li className={css.file}>
      <b>
        <bdi>{name}</bdi>
      </b>
      {fault !== undefined && <span className={css.fault}>{fault}</span>}
      {!report && fault === undefined && <span className={css.fine}>on its way…</span>}
      {report && (
        <>
          <span className={css.fine}>{countsOf(report)}</span>
          <ImportRows
            rows={report.rows.filter(({ result, message }) => result === 'refused' || message)}
          />
        </>
      )}
    </li>
  );
}

function countsOf({ made, changed, unchanged, refused }: ArticleFileReport): string {
  const parts = [
    [made, 'new'],
    [changed, 'changed'],
    [unchanged, 'as before'],
    [refused, 'left out'],
  ] as const;
  return parts.flatMap(([count, word]) => (count ? [`${count} ${word}`] : [])).join(' · ');
}
