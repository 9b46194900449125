import { Modal, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { KeyHint } from './KeyHint.tsx';
import css from './KeySheet.module.css';
import { keepSingleKeys, key_registry } from './keys.ts';
import { useKeyList } from './useKeys.ts';

export function useKeySheet() {
  const [opened, { open, close }] = useDisclosure(false);
  return { opened, open, close };
}

/** Every key that does something here and now, by what it is about. */
export function KeySheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="lg">
      {opened && <Sheet />}
    </Modal>
  );
}

function Sheet() {
  const acts = useKeyList();
  const [single, setSingle] = useState(key_registry.single_keys);
  const groups = Map.groupBy(acts, ({ group }) => group ?? 'Here');
  return (
    <>
      <div className={css.sheet}>
        {[...groups].map(([group, list]) => (
          <section key={group} className={css.group}>
            <h3 className={css.title}>{group}</h3>
            <ul className={css.list}>
              {list.map(({ key, label, off }) => (
                <li key={key} className={css.row} data-off={off || undefined}>
                  <span>{label}</span>
                  <KeyHint of={key} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Switch
        className={css.switch}
        label="Single letters act"
        description="Turn this off when you speak to your computer, or press keys by accident."
        checked={single}
        onChange={({ currentTarget }) => {
          setSingle(currentTarget.checked);
          keepSingleKeys(key_registry, currentTarget.checked);
        }}
      />
    </>
  );
}
