import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ConversationReport, Page, Preference, Share } from '@wheelhouse/core';
import { useState } from 'react';
import { countText } from '../../kit/countText.ts';
import { saveFile } from '../../kit/saveFile.ts';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { shareText } from './columns.ts';
import { ReportTable } from './ReportTable.tsx';

interface Row {
  name: string;
  share: Share;
}
const what: Record<string, string> = {
  own: 'The bot’s own choice',
  own_when_first: '… standing first',
  own_when_second: '… standing second',
  first: 'Whichever stood first',
};

/** Of two answers, which customers found better, and how far the place had a part in it. */
export function PreferencesTable({ report }: { report: ConversationReport }) {
  const { preferences, definitions } = report;
  if (!preferences) return null;
  const { asked, chosen, ...shares } = preferences;
  const rows = Object.entries(shares).map(([name, share]): Row => ({ name, share }));
  return (
    <ReportTable
      report={report}
      title="Which of two answers is better"
      say={`${asked} asked, ${chosen} chosen. ${definitions.preferences ?? ''}`}
      columns={[
        {
          name: 'answer',
          title: 'Chosen',
          read: ({ name }) => name,
          text: ({ name }) => what[name] ?? name,
        },
        {
          name: 'share',
          title: 'Share',
          read: ({ share }) => share.value,
          text: ({ share }) => shareText(share),
        },
        { name: 'low', title: '', read: ({ share }) => share.low },
        { name: 'high', title: '', read: ({ share }) => share.high },
        { name: 'n', title: '', read: ({ share }) => share.n },
      ]}
      rows={asked ? rows : []}
      keyOf={({ name }) => name}
      none="Nobody was asked. What share of a bot’s answers is asked of stands at the bot, under Behaviour."
      aside={chosen > 0 && <Choices report={report} />}
    />
  );
}

const page_size = 200;

/** Every choice as data to train on: what was asked, what was chosen and what was not. */
function Choices({ report: { from, to, bot } }: { report: ConversationReport }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const lines: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<Preference> = await api.reports.preferences({
          since: from,
          until: to,
          limit: page_size,
          ...(bot ? { bot } : {}),
          ...(cursor ? { cursor } : {}),
        });
        lines.push(...page.rows.map((row) => `${JSON.stringify(row)}\n`));
        cursor = page.next;
      } while (cursor);
      saveFile(`preferences-${from.slice(0, 10)}.jsonl`, lines, 'application/x-ndjson');
      tellDone(`${countText(lines.length, 'choice')} saved`);
    } catch (thrown) {
      tellFailed('Not downloaded', thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      leftSection={<IconDownload size={14} stroke={1.6} aria-hidden="true" />}
      aria-label="The choices as JSON lines, to train on"
      onClick={() => void save()}
    >
      JSON lines
    </Button>
  );
}
