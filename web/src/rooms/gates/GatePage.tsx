import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Gate, GateDefinition } from '@wheelhouse/core';
import { lazy, Suspense, useState } from 'react';
import { FourFaces, Lines, Loading } from '../../kit/faces.tsx';
import { unwrapped } from '../../kit/faults.ts';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { gateSentence } from '../../kit/policyWords.ts';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { SaveBar } from '../../kit/SaveBar.tsx';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { tellUndoable } from '../../kit/tellUndoable.tsx';
import { useUnsaved } from '../../kit/useUnsaved.ts';
import { api, type GateVersion } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { ApiProblem, isProblem } from '../../live/problem.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { whole } from './definition.ts';
import { EditorTabs } from './EditorTabs.tsx';
import { ExpiryNotice } from './ExpiryNotice.tsx';
import { GateFiguresRow } from './GateFiguresRow.tsx';
import css from './GatePage.module.css';
import { HeldReasons } from './HeldReasons.tsx';
import { NewerNotice } from './NewerNotice.tsx';
import { PreviewPanel, type PreviewQuery, usePreview } from './PreviewPanel.tsx';
import { planningOf } from './plan/planning.ts';
import { heldWords, replaying_words } from './preview.ts';
import { OverrideNotice } from './promise/OverrideNotice.tsx';
import { PromiseTab } from './promise/PromiseTab.tsx';
import { SendPanel } from './SendPanel.tsx';
import { TryPanel } from './TryPanel.tsx';
import { type Editor, useEditor } from './useEditor.ts';
import { VersionsTab } from './VersionsTab.tsx';

// Plotting and planning are fetched by those who plan.
const PlanTab = lazy(async () => ({ default: (await import('./plan/PlanTab.tsx')).PlanTab }));

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

/** Saves a definition as a new version, starts again from it, and offers the one before back. */
function useSave(name: string, editor: Editor, saved: GateDefinition, onSaved: () => void) {
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (definition: GateDefinition) => api.gates.save(name, definition),
    onMutate: () => ({ before: saved }),
    onSuccess: async (now, definition, { before }) => {
      editor.rebase(definition, now.policy_version);
      onSaved();
      tellUndoable(`Version ${now.policy_version} is in force`, () => void undo(now, before));
      await cache.invalidateQueries({ queryKey: keys.gates });
    },
    onError: (thrown) => {
      if (!isProblem(thrown, 'invalid')) tellFailed('Not saved', thrown);
    },
  });
  const undo = async ({ policy_version }: Gate, before: GateDefinition) => {
    try {
      const now = await api.gates.get(name);
      if (now.policy_version !== policy_version) throw superseded;
      save.mutate(before);
    } catch (thrown) {
      tellFailed('Not undone', thrown);
    }
  };
  return save;
}

const superseded = new ApiProblem({
  code: 'superseded',
  status: 409,
  detail: 'Someone has saved a newer version since. Bring the one you want back under Versions.',
});

interface GateEditorProps {
  gate: Gate;
  versions: readonly GateVersion[];
}

/** The draft once it has been left alone for a moment, where it differs and can be judged. */
function useReplayable({ draft, dirty, faults }: Editor): GateDefinition | null {
  const [settled] = useDebouncedValue(draft, 400);
  // Until then the settled draft is another one, at first that of the version in force, and what it would
  // do says nothing of this one.
  return dirty && settled === draft && !faults.length ? settled : null;
}

function GateEditor({ gate, versions }: GateEditorProps) {
  const may = mayAs(useMe().role, 'builder');
  const navigate = useNavigate();
  const newest = versions[0] as GateVersion;
  const saved = whole(newest.definition) ?? newest.definition;
  const editor = useEditor(saved, newest.version);
  const { dirty, faults } = editor;
  const [tried, setTried] = useState(false);
  const [planning, setPlanning] = useState(() => planningOf(saved.policy));
  const sample = useQuery({
    queryKey: [...keys.gate(gate.name), 'sample'],
    queryFn: ({ signal }) => api.outputs.list({ gate: gate.name, limit: sample_size }, { signal }),
  });
  const save = useSave(gate.name, editor, saved, () => setTried(false));
  useUnsaved(dirty, 'this gate');
  const replayable = useReplayable(editor);
  const preview = usePreview(gate.name, replayable);
  const refused = isProblem(save.error) ? unwrapped(save.error.errors) : [];
  // What is not given yet is not scolded for until someone tries to save it.
  const shown = tried ? [...faults, ...refused] : [];
  const startAgain = () => {
    editor.rebase(saved, newest.version);
    setTried(false);
  };
  const submit = () => {
    setTried(true);
    if (!faults.length) save.mutate(editor.draft);
  };
  const bringBack = ({ version, definition }: GateVersion) => {
    editor.replace(whole(definition) ?? definition);
    void navigate({ to: '.', search: {}, replace: true });
    tellDone(`Version ${version} is in the editor`, 'See what it would change, then save it.');
  };
  const rows = sample.data?.rows;
  return (
    <div className={css.room}>
      <PageHeader
        title={gate.title}
        above={<RoomLink room="/gates">Gates</RoomLink>}
        say={gateSentence({ ...saved, queue: gate.queue })}
      />
      <div className={css.page}>
        {saved.policy.mode === 'guaranteed' && <OverrideNotice gate={gate.name} />}
        <ExpiryNotice gate={gate.name} policy={saved.policy} />
        <GateFiguresRow gate={gate} newest={newest} />
        {newest.version > editor.based_on && (
          <NewerNotice editor={editor} newest={newest} onTake={startAgain} />
        )}
        <EditorTabs
          editor={editor}
          sample={rows}
          faults={shown}
          disabled={!may}
          refused={tried ? save.error : null}
          beside={
            <>
              {dirty && <PreviewPanel of={preview} sound={!faults.length} />}
              {!dirty && rows && <HeldReasons outputs={rows} gate={gate.name} />}
              <TryPanel definition={editor.draft} sound={!faults.length} outputs={rows} />
              {rows?.length === 0 && <SendPanel name={gate.name} definition={saved} />}
            </>
          }
          promise={
            saved.policy.mode === 'guaranteed' ? (
              <PromiseTab gate={gate.name} title={saved.title ?? gate.name} />
            ) : undefined
          }
          plan={
            <Suspense fallback={<Loading>{<Lines />}</Loading>}>
              <PlanTab gate={gate.name} planning={planning} onPlanning={setPlanning} />
            </Suspense>
          }
          versions={
            <VersionsTab
              key={newest.version}
              versions={versions}
              dirty={dirty}
              onBringBack={may ? bringBack : undefined}
            />
          }
        />
      </div>
      {may && dirty && (
        <SaveBar
          label="Save as a new version"
          group="Gate"
          busy={save.isPending}
          onSave={submit}
          onDiscard={startAgain}
        >
          {previewWords(preview, faults.length)}
        </SaveBar>
      )}
    </div>
  );
}

/** What saving would mean, as far as it is known by now. */
function previewWords(preview: PreviewQuery, faults: number): string {
  if (faults) return `${faults === 1 ? 'One thing is' : `${faults} things are`} still to mend.`;
  if (preview.isError) return 'The change could not be replayed over the past.';
  return preview.data ? heldWords(preview.data) : replaying_words;
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
