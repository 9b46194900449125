import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Gate, GateDefinition } from '@wheelhouse/core';
import { useMemo, useState } from 'react';
import { FourFaces } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { gateSentence } from '../../kit/policyWords.ts';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { api, type GateVersion } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem } from '../../live/problem.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { draftFaults, whole } from './definition.ts';
import { EditorTabs } from './EditorTabs.tsx';
import { unwrapped } from './faults.ts';
import { GateFiguresRow } from './GateFiguresRow.tsx';
import css from './GatePage.module.css';
import { NewerNotice } from './NewerNotice.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { SaveBar } from './SaveBar.tsx';
import { SendPanel } from './SendPanel.tsx';
import { type Editor, useEditor } from './useEditor.ts';
import { useUnsaved } from './useUnsaved.ts';
import { VersionsTab } from './VersionsTab.tsx';

/** One gate: what it does now, what it did, and the editor of its definition. */
export function GatePage({ name }: { name: string }) {
  const gate = useQuery({ queryKey: keys.gate(name), queryFn: () => api.gates.get(name) });
  const versions = useQuery({
    queryKey: keys.gateVersions(name),
    queryFn: () => api.gates.versions(name),
  });
  const both = {
    ...versions,
    data:
      gate.data && versions.data ? { gate: gate.data, versions: versions.data.rows } : undefined,
    error: gate.error ?? versions.error,
    isError: gate.isError || versions.isError,
    refetch: () => Promise.all([gate.refetch(), versions.refetch()]),
  };
  return (
    <FourFaces of={both} skeleton={<GateSkeleton />}>
      {({ gate: found, versions: rows }) => <GateEditor gate={found} versions={rows} />}
    </FourFaces>
  );
}

const sample_size = 200;

/** Saves a definition as a new version, and starts again from it. */
function useSave(name: string, editor: Editor, onSaved: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (definition: GateDefinition) => api.gates.save(name, definition),
    onSuccess: async (now, definition) => {
      editor.rebase(definition, now.policy_version);
      onSaved();
      tellDone(`Version ${now.policy_version} is in force`);
      await cache.invalidateQueries({ queryKey: keys.gates });
    },
    onError: (thrown) => {
      if (!isProblem(thrown, 'invalid')) tellFailed('Not saved', thrown);
    },
  });
}

interface GateEditorProps {
  gate: Gate;
  versions: readonly GateVersion[];
}

function GateEditor({ gate, versions }: GateEditorProps) {
  const may = mayAs(useMe().role, 'builder');
  const newest = versions[0] as GateVersion;
  const saved = whole(newest.definition) ?? newest.definition;
  const editor = useEditor(saved, newest.version);
  const [tried, setTried] = useState(false);
  const sample = useQuery({
    queryKey: [...keys.gate(gate.name), 'sample'],
    queryFn: ({ signal }) => api.outputs.list({ gate: gate.name, limit: sample_size }, { signal }),
  });
  const save = useSave(gate.name, editor, () => setTried(false));
  useUnsaved(editor.dirty);
  const [settled] = useDebouncedValue(editor.draft, 400);
  // The settled draft lags behind: it may still be wrong when what is typed is right again.
  const sound = useMemo(() => draftFaults(settled).length === 0, [settled]);
  const refused = isProblem(save.error) ? unwrapped(save.error.errors) : [];
  // What is not given yet is not scolded for until someone tries to save it.
  const shown = tried ? [...editor.faults, ...refused] : [];
  const submit = () => {
    setTried(true);
    if (!editor.faults.length) save.mutate(editor.draft);
  };
  const newer = newest.version > editor.based_on;
  return (
    <>
      <PageHeader title={gate.title} say={gateSentence({ ...saved, queue: gate.queue })}>
        {may && (
          <SaveBar
            label="Save as a new version"
            busy={save.isPending}
            off={!editor.dirty}
            onSave={submit}
            onDiscard={() => editor.rebase(saved, newest.version)}
          />
        )}
      </PageHeader>
      <div className={css.page}>
        <GateFiguresRow gate={gate} newest={newest} />
        {newer && (
          <NewerNotice
            editor={editor}
            newest={newest}
            onTake={() => editor.rebase(saved, newest.version)}
          />
        )}
        <EditorTabs
          editor={editor}
          sample={sample.data?.rows ?? []}
          faults={shown}
          disabled={!may}
          refused={tried ? save.error : null}
          beside={
            <>
              {may && (
                <PreviewPanel
                  gate={gate.name}
                  definition={editor.faults.length || !sound ? null : settled}
                  dirty={editor.dirty}
                />
              )}
              {sample.data?.rows.length === 0 && <SendPanel name={gate.name} definition={saved} />}
            </>
          }
          versions={
            <VersionsTab
              key={newest.version}
              versions={versions}
              busy={save.isPending}
              onBringBack={may ? ({ definition }) => save.mutate(definition) : undefined}
            />
          }
        />
      </div>
    </>
  );
}

function GateSkeleton() {
  return (
    <div className={css.page}>
      <Skeleton height={28} width={280} />
      <Skeleton height={68} />
      <Skeleton height={400} />
    </div>
  );
}
