import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { Case } from '@wheelhouse/core';
import { type ReactNode, useRef, useState } from 'react';
import { Empty, Refused } from '../../kit/faces.tsx';
import { useTabTitle } from '../../kit/PageHeader.tsx';
import { StoppedBots } from '../../kit/StoppedBots.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { isProblem } from '../../live/problem.ts';
import { mayAs } from '../../live/session.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { BatchBar } from './BatchBar.tsx';
import { CaseList } from './CaseList.tsx';
import { CaseScreen, CaseSkeleton } from './CaseScreen.tsx';
import { ContextPanel } from './context/ContextPanel.tsx';
import { useContextPanel } from './context/useContextPanel.ts';
import { ConversationPane } from './conversation/ConversationPane.tsx';
import css from './DeskPage.module.css';
import { isTalkView } from './place.ts';
import { QueueMenu, QueuePane } from './QueuePane.tsx';
import { StartPane, type StartPaneProps, TakeNext } from './StartPane.tsx';
import { useBatch } from './useBatch.ts';
import { type Desk, useDesk } from './useDesk.ts';
import { useDeskKeys } from './useDeskKeys.ts';

/** The desk: lists on the left, one list in the middle, one case at a time on the right. On a phone
 *  the list and the case are two screens. */
export function DeskPage() {
  useTabTitle('Desk');
  const desk = useDesk();
  const batch = useBatch(desk);
  const search_ref = useRef<HTMLInputElement>(null);
  const context = useContextPanel();
  // Under this, four panes would leave the case too little: the queues fold into a menu.
  const four = useMediaQuery('(min-width: 87.5em)', true);
  const phone = useMediaQuery('(max-width: 48em)', false);
  useDeskKeys({
    ...{ desk, search_ref, onSelect: batch.toggle },
    ...{ selecting: batch.selecting, onUndoMany: batch.undo },
  });
  const { case_id, open_id, list, place, me, view } = desk;
  const start = startOf(desk);
  const wide = context.roomy && (four || !context.open || open_id === null);
  const queues = desk.queues.data?.rows;
  const show_list = !phone || open_id === null;
  const show_case = !phone || open_id !== null;
  return (
    <div className={css.room}>
      <StoppedBots />
      <div className={css.desk} data-wide={wide || undefined}>
        <h1 className={css.hidden}>Desk</h1>
        {wide && <QueuePane queues={queues} place={place} />}
        {show_list && (
          <CaseList
            {...list}
            listed={desk.listed}
            place={place}
            current={case_id}
            talks={desk.talks}
            talk_id={desk.talk_id}
            onTalk={desk.show}
            onOnly={desk.narrow}
            onFound={(id, seq) => desk.show(id, false, seq)}
            selected={batch.picked}
            selecting={batch.selecting}
            held={view.held}
            ahead={view.ahead}
            doubtful={view.doubtful}
            unsure={view.unsure}
            nameOf={desk.nameOf}
            me_id={me.id}
            query={desk.query}
            onQuery={desk.setQuery}
            search_ref={search_ref}
            onOpen={phone && batch.selecting ? batch.toggle : desk.open}
            onSelect={batch.toggle}
            onSelecting={
              desk.may_decide && place.view !== 'resolved'
                ? batch.selecting
                  ? batch.clear
                  : batch.start
                : null
            }
            head={!wide && <QueueMenu queues={queues} place={place} />}
            foot={
              batch.selecting ? (
                <BatchBar
                  rows={batch.rows}
                  sample={batch.sample}
                  busy={batch.busy}
                  onDecide={batch.decide}
                  onAll={batch.all}
                  onClear={batch.clear}
                />
              ) : (
                phone && list.asked.data && <PhoneStart {...start} />
              )
            }
          />
        )}
        {show_case && (
          <CasePane desk={desk} context={context} start={start} selecting={batch.selecting} />
        )}
      </div>
    </div>
  );
}

const waitingAnywhere = ({ queues }: Desk): number =>
  queues.data?.rows.reduce((sum, { waiting }) => sum + waiting, 0) ?? 0;

/** How many wait in the list that is worked on. */
function waitingIn({ place, queues, list, talks }: Desk): number {
  if (isTalkView(place.view)) return talks.rows.length;
  if (place.view !== 'waiting') return list.rows.length;
  const found = queues.data?.rows.filter(({ name }) => !place.queue || name === place.queue) ?? [];
  return Math.max(
    found.reduce((sum, { waiting }) => sum + waiting, 0),
    list.rows.length,
  );
}

const startOf = (desk: Desk): StartPaneProps => ({
  view: desk.place.view,
  waiting: waitingIn(desk),
  elsewhere: waitingAnywhere(desk) - waitingIn(desk),
  done: desk.done,
  may_decide: desk.may_decide,
  onNext: desk.begin,
  begins_with: desk.begins_with,
});

/** Where the list is the whole screen: the next case at the thumb, or what to do when there is none. */
const PhoneStart = (start: StartPaneProps) =>
  start.waiting === 0 ? (
    <StartPane {...start} />
  ) : start.may_decide && start.view !== 'resolved' && start.view !== 'mentions' ? (
    <div className={css.next}>
      <TakeNext onNext={start.onNext} wide />
    </div>
  ) : null;

interface CasePaneProps {
  desk: Desk;
  context: ReturnType<typeof useContextPanel>;
  start: StartPaneProps;
  selecting: boolean;
}

function CasePane({ desk, context, start, selecting }: CasePaneProps) {
  const { case_id, shown, bringing, me, nameOf, view, holding } = desk;
  const [assigning, setAssigning] = useState(false);
  if (desk.talk_id !== null) return <TalkPane desk={desk} context={context} id={desk.talk_id} />;
  // The case just decided is not shown again while the next one comes.
  const leaving = case_id !== null && view.gone.has(case_id);
  if (bringing && (case_id === null || leaving)) return <CaseSkeleton />;
  if (case_id === null) {
    const { list, talks, place } = desk;
    if (!(isTalkView(place.view) ? talks : list).asked.data) return <div />;
    return <StartPane {...start} />;
  }
  if (!shown.data) {
    if (!shown.isError) return <CaseSkeleton />;
    return isProblem(shown.error) && [404, 422].includes(shown.error.status) ? (
      <NoCase onBack={() => desk.show(null)} />
    ) : (
      <Refused error={shown.error} retry={() => void shown.refetch()} />
    );
  }
  const found = shown.data;
  return (
    <Beside desk={desk} shown={found} context={context}>
      {(onContext) => (
        <>
          <CaseScreen
            key={found.id}
            shown={found}
            reply_to={desk.reply_to}
            may_act={desk.may_decide}
            onOpen={(id) => desk.show(id)}
            held={holding}
            doubtful={holding && view.doubtful.has(found.id)}
            unsure={view.unsure.has(found.id)}
            barred={desk.barred}
            onNext={desk.takeNext}
            nameOf={nameOf}
            me_id={me.id}
            may_assign={mayAs(me.role, 'lead')}
            selecting={selecting}
            onClaim={() => void desk.claim(found.id)}
            onDecide={(body) => desk.decide(found, body)}
            onUndo={found.undo_until ? () => void desk.undo(found.id) : null}
            onAssign={() => setAssigning(true)}
            onContext={onContext}
            onBack={() => desk.show(null)}
          />
          <AssignDialog
            shown={found}
            opened={assigning}
            onAssigned={({ id, assigned_to }) => {
              if (assigned_to && assigned_to !== me.id) desk.work.forget(id);
            }}
            onClose={() => setAssigning(false)}
          />
        </>
      )}
    </Beside>
  );
}

/** A conversation, and with it the case that asks for a person in it. */
const TalkPane = ({
  desk,
  context,
  id,
}: Pick<CasePaneProps, 'desk' | 'context'> & { id: string }) => (
  <ConversationPane
    key={id}
    id={id}
    me={desk.me}
    may_act={desk.may_decide}
    leads={mayAs(desk.me.role, 'lead')}
    nameOf={desk.nameOf}
    context={context}
    at_seq={desk.at_seq}
    onOpen={(other) => desk.show(other)}
    onBack={() => desk.show(null)}
  />
);

const NoCase = ({ onBack }: { onBack: () => void }) => (
  <Empty
    title="There is no such case"
    action={
      <Button variant="default" onClick={onBack}>
        Back to the list
      </Button>
    }
  >
    Its address may have been cut short, or its content was erased.
  </Empty>
);

interface BesideProps extends Pick<CasePaneProps, 'desk' | 'context'> {
  shown: Case;
  /** @param onContext shows the context; null while it is in sight */
  children: (onContext: (() => void) | null) => ReactNode;
}

/** A case and its context: side by side where there is room, else one at a time. The case stays
 *  mounted behind its context, with all that was typed. */
function Beside({ desk, shown, context, children }: BesideProps) {
  const [before, setBefore] = useState(false);
  const { roomy, open, toggle } = context;
  const instead = !roomy && before;
  const turn = roomy ? toggle : () => setBefore(!before);
  const label = 'Show or put away the context';
  useKeys([{ key: 'i', label, group: 'This case', run: turn }]);
  return (
    <div className={css.beside} data-open={open || undefined}>
      <div className={css.case} hidden={instead}>
        {children(open || instead ? null : turn)}
      </div>
      {(open || instead) && (
        <ContextPanel shown={shown} nameOf={desk.nameOf} me_id={desk.me.id} onClose={turn} />
      )}
    </div>
  );
}
