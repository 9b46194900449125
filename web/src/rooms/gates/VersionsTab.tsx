import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { DiffPane } from '../../kit/DiffPane.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { gateSentence } from '../../kit/policyWords.ts';
import type { GateVersion } from '../../live/api.ts';
import { changesInWords, summaryOf } from './changeWords.ts';
import { makerOf } from './maker.ts';
import css from './VersionsTab.module.css';

interface VersionsTabProps {
  /** Newest first. */
  versions: readonly GateVersion[];
  /** Puts an old definition into the editor; undefined for those who may not change the gate. */
  onBringBack: ((version: GateVersion) => void) | undefined;
  /** Something else is being edited, which bringing back would drop. */
  dirty: boolean;
}

/** Every version there was, and what differs between any two. */
export function VersionsTab({ versions, onBringBack, dirty }: VersionsTabProps) {
  const newest = versions[0]?.version ?? 0;
  const [picked, pick] = useState({ from: versions[1]?.version ?? newest, to: newest });
  const [asked, ask] = useState<GateVersion | null>(null);
  const [from, to] = [picked.from, picked.to].map((wanted) =>
    versions.find(({ version }) => version === wanted),
  );
  const found = useMemo(
    () => (from && to ? changesInWords(from.definition, to.definition) : []),
    [from, to],
  );
  const choices = versions.map(({ version }) => ({
    value: String(version),
    label: `Version ${version}`,
  }));
  return (
    <div className={css.page}>
      <Panel title="Versions" flush>
        <ol className={css.list}>
          {versions.map((version, at) => (
            <VersionRow
              key={version.version}
              version={version}
              before={versions[at + 1]}
              newest={at === 0}
              chosen={version.version === picked.to}
              onCompare={() =>
                pick({ from: versions[at + 1]?.version ?? version.version, to: version.version })
              }
              onBringBack={onBringBack && (() => (dirty ? ask(version) : onBringBack(version)))}
            />
          ))}
        </ol>
      </Panel>
      <Panel
        title="What differs"
        aside={
          <>
            <Select
              aria-label="From version"
              size="xs"
              w={120}
              allowDeselect={false}
              data={choices}
              value={String(picked.from)}
              onChange={(version) => version && pick({ ...picked, from: Number(version) })}
            />
            <span>→</span>
            <Select
              aria-label="To version"
              size="xs"
              w={120}
              allowDeselect={false}
              data={choices}
              value={String(picked.to)}
              onChange={(version) => version && pick({ ...picked, to: Number(version) })}
            />
          </>
        }
      >
        {versions.length < 2 ? (
          <p className={css.fine}>There is one version so far. Saving a change makes the next.</p>
        ) : (
          <DiffPane
            changes={found}
            in_words
            label={`From version ${picked.from} to version ${picked.to}`}
          />
        )}
      </Panel>
      {asked && (
        <ConfirmDialog
          title={`Bring version ${asked.version} back?`}
          act="Bring it back"
          onAct={async () => onBringBack?.(asked)}
          onClose={() => ask(null)}
        >
          What you are editing now is not saved, and would be dropped.
        </ConfirmDialog>
      )}
    </div>
  );
}

interface VersionRowProps {
  version: GateVersion;
  before: GateVersion | undefined;
  newest: boolean;
  chosen: boolean;
  onCompare: () => void;
  onBringBack: (() => void) | undefined;
}

/** One version: who saved it, when, and what it changed. */
function VersionRow(props: VersionRowProps) {
  const { version, before, newest, chosen, onCompare, onBringBack } = props;
  const { definition } = version;
  const words = useMemo(
    () =>
      before ? summaryOf(changesInWords(before.definition, definition)) : gateSentence(definition),
    [before, definition],
  );
  return (
    <li className={css.row} data-chosen={chosen || undefined}>
      <span className={css.number}>{version.version}</span>
      <span className={css.words}>
        <span className={css.said}>
          {words}
          {newest && <span className={css.now}> · in force</span>}
        </span>
        <span className={css.fine}>
          <bdi>{makerOf(version)}</bdi>, <Ago at={version.created_at} />
        </span>
      </span>
      {before && (
        <Button size="compact-sm" variant="subtle" aria-pressed={chosen} onClick={onCompare}>
          What changed
        </Button>
      )}
      {onBringBack && !newest && (
        <Button size="compact-sm" variant="default" onClick={onBringBack}>
          Bring back
        </Button>
      )}
    </li>
  );
}
