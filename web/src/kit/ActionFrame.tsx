import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBolt } from '@tabler/icons-react';
import type { ActionFrame as Frame } from '@wheelhouse/core';
import { useMemo } from 'react';
import css from './ActionFrame.module.css';
import { boundOf } from './bound.ts';
import { JsonTree } from './JsonTree.tsx';
import { Marked } from './Marked.tsx';
import { inSchemaOrder } from './schemaOrder.ts';

interface ActionFrameProps {
  frame: Frame;
  intact: boolean | null;
  /** Once it is decided, nothing "would" happen any more. */
  title?: string;
}

/** What would happen, drawn from the very bytes that are hashed and will run; never from a summary.
 *  `intact` says whether the bytes match their hash. */
export function ActionFrame({ frame, intact, title = 'What would happen' }: ActionFrameProps) {
  const bound = useMemo(() => boundOf(frame.bytes), [frame.bytes]);
  const given = useMemo(
    () => inSchemaOrder(bound?.action.arguments ?? {}, frame.arguments_schema),
    [bound, frame.arguments_schema],
  );
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <section className={css.frame} aria-label={title}>
      <header className={css.head}>
        <IconBolt size={16} stroke={1.8} aria-hidden="true" />
        <span className={css.what}>{title}</span>
        <span className={css.from}>from the server’s record</span>
      </header>
      {intact === false && (
        <p className={css.broken} role="alert">
          These bytes do not match their hash. Do not approve; tell whoever runs this server.
        </p>
      )}
      {bound ? (
        <div className={css.body}>
          <div className={css.call}>
            <span className={css.name}>
              <Marked text={bound.action.name} />
            </span>
            {bound.action.target !== undefined && (
              <span className={css.target}>
                on{' '}
                <b>
                  <Marked text={bound.action.target} />
                </b>
              </span>
            )}
          </div>
          <JsonTree value={given} label="Arguments" />
          {bound.action.files && <JsonTree value={bound.action.files} label="Files it reads" />}
        </div>
      ) : (
        <p className={css.broken} role="alert">
          These bytes cannot be read. Do not approve.
        </p>
      )}
      <footer className={css.foot}>
        <UnstyledButton className={css.toggle} onClick={toggle} aria-expanded={opened}>
          {opened ? 'Hide the exact bytes' : 'Show the exact bytes'}
        </UnstyledButton>
        <code className={css.hash} title={frame.hash}>
          {frame.hash.slice(0, 19)}…
        </code>
      </footer>
      <Collapse expanded={opened}>
        <pre className={css.bytes}>
          <Marked text={frame.bytes} />
        </pre>
      </Collapse>
    </section>
  );
}
