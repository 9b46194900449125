import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { DiffPane } from '../../kit/DiffPane.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { mode_words } from '../../kit/policyWords.ts';
import type { GateVersion } from '../../live/api.ts';
import { definitionChanges } from './definition.ts';
import { makerOf } from './maker.ts';
import css from './VersionsTab.module.css';

interface VersionsTabProps {
  /** Newest first. */
  versions: readonly GateVersion[];
  /** Saves an old definition as a new version; undefined for those who may not. */
  onBringBack: ((version: GateVersion) => void) | undefined;
  busy: boolean;
}

/** Every version there was, and what differs between any two. */
export function VersionsTab({ versions, onBringBack, busy }: VersionsTabProps) {
  const newest = versions[0]?.version ?? 0;
  const [picked, pick] = useState({ from: versions[1]?.version ?? newest, to: newest });
  const [from, to] = [picked.from, picked.to].map((wanted) =>
    versions.find(({ version }) => version === wanted),
  );
  const found = useMemo(
    () => (from && to ? definitionChanges(from.definition, to.definition) : []),
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
            <li key={version.version} className={css.row}>
              <span className={css.number}>{version.version}</span>
              <span className={css.words}>
                <span className="one-line">
                  {mode_words[version.definition.policy.mode]}
                  {version.version === newest && <span className={css.now}> · now</span>}
                </span>
                <span className={css.fine}>
                  <bdi>{makerOf(version)}</bdi>, <Ago at={version.created_at} />
                </span>
              </span>
              {at < versions.length - 1 && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() =>
                    pick({ from: versions[at + 1]?.version ?? newest, to: version.version })
                  }
                >
                  What changed
                </Button>
              )}
              {onBringBack && version.version !== newest && (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={busy}
                  onClick={() => onBringBack(version)}
                >
                  Bring back
                </Button>
              )}
            </li>
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
          <DiffPane changes={found} label={`From version ${picked.from} to version ${picked.to}`} />
        )}
      </Panel>
    </div>
  );
}
