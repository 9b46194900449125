import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { GateDefinition, Name } from '@wheelhouse/core';
import { useState } from 'react';
import { Refused } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { gateSentence } from '../../kit/policyWords.ts';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { SaveBar } from '../../kit/SaveBar.tsx';
import { tellDone } from '../../kit/tell.ts';
import { useUnsaved } from '../../kit/useUnsaved.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { ApiProblem, isProblem } from '../../live/problem.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { EditorTabs } from './EditorTabs.tsx';
import css from './GatePage.module.css';
import { SendPanel } from './SendPanel.tsx';
import { TryPanel } from './TryPanel.tsx';
import { useEditor } from './useEditor.ts';

const start = GateDefinition.parse({
  policy: { mode: 'threshold', threshold: 0.8, spot_check: 0.05 },
});

/** A name out of a title: what addresses can carry of it. */
const nameFrom = (title: string) =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);

/** Makes a gate: the same editor, and a name that then stays. */
export function NewGate() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const editor = useEditor(start, 0);
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? nameFrom(editor.draft.title ?? '');
  const [tried, setTried] = useState(false);
  const may = mayAs(useMe().role, 'builder');
  const save = useMutation({
    mutationFn: async () => {
      const { rows } = await api.gates.list();
      // PUT would make a new version of a gate that stands already; here a new one is wanted.
      if (rows.some((gate) => gate.name === name)) throw taken;
      return api.gates.save(name, editor.draft);
    },
    onSuccess: async (gate) => {
      await cache.invalidateQueries({ queryKey: keys.gates });
      tellDone('The gate stands', 'Send it outputs; the SDK and curl both can.');
      leave.now();
      await navigate({ to: '/gates/{-$gate}', params: { gate: gate.name } });
    },
  });
  const leave = useUnsaved(editor.dirty, 'this gate');
  const fault = !name
    ? 'A gate needs a title, or a name of its own.'
    : Name.safeParse(name).error?.issues[0]?.message;
  const refused = isProblem(save.error) ? save.error.errors : [];
  const faults = [...editor.faults, ...refused];
  const submit = () => {
    setTried(true);
    if (!fault && !editor.faults.length) save.mutate();
  };
  if (!may) return <Refused error={not_yours} />;
  return (
    <div className={css.room}>
      <PageHeader
        title="New gate"
        above={<RoomLink room="/gates">Gates</RoomLink>}
        say="Where what an AI proposes is judged. A title is enough to start; all of it can be changed later."
      />
      <div className={css.page}>
        <EditorTabs
          editor={editor}
          sample={[]}
          faults={tried ? faults : []}
          disabled={false}
          refused={save.error === taken ? null : save.error}
          name={
            <TextInput
              label="Name"
              description="It stands in addresses and in code, and stays. Left alone, it follows the title."
              value={name}
              error={
                tried ? (fault ?? (save.error === taken ? taken.detail : undefined)) : undefined
              }
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          }
          beside={
            <>
              <TryPanel
                definition={editor.draft}
                sound={!editor.faults.length}
                outputs={undefined}
              />
              <SendPanel name={name} definition={editor.draft} />
            </>
          }
        />
      </div>
      <SaveBar label="Make the gate" group="Gate" busy={save.isPending} onSave={submit}>
        {gateSentence(editor.draft)}
      </SaveBar>
    </div>
  );
}

const taken = new ApiProblem({
  code: 'name_taken',
  status: 409,
  detail: 'There is a gate of that name already. Open it to change it, or choose another name.',
});
const not_yours = new ApiProblem({
  code: 'forbidden',
  status: 403,
  detail: 'Gates are made by builders and admins.',
});
