import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useDownload } from './download.ts';
import type { Cut } from './filter.ts';

/** Saves all that the filters leave, as a file. */
export function DownloadMenu({ cut }: { cut: Cut }) {
  const { fetched, start, stop } = useDownload(cut);
  if (fetched !== null) {
    return (
      <Button variant="default" onClick={stop} aria-live="polite">
        {fetched.toLocaleString('en-US')} fetched. Stop
      </Button>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void start('csv')}>CSV, for a spreadsheet</Menu.Item>
        <Menu.Item onClick={() => void start('jsonl')}>JSON lines, with everything</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
