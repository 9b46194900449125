import { Button, Menu, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { ActButton } from '../../kit/ActButton.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { capsOf } from '../../kit/keys.ts';
import css from './ActBar.module.css';
import type { Act } from './useActs.ts';

/** What can be done with the case, always in sight. Approve and reject are equals: same size, same
 *  colour, neither chosen beforehand. */
export function ActBar({ acts, selecting }: { acts: readonly Act[]; selecting: boolean }) {
  const { ref, width } = useElementSize();
  // A key means one thing at a time, and so does a control that shows it.
  if (selecting) {
    return (
      <section className={css.bar} aria-label="What to do with this case">
        <p className={css.resting}>Several cases are selected; keys decide those, not this one.</p>
      </section>
    );
  }
  // The same act may have a second key for use inside fields; it has one control.
  const seen = acts.filter((act, at) => acts.findIndex(({ label }) => label === act.label) === at);
  const front = seen.filter(({ kind }) => kind === 'main' || kind === 'choice');
  // What finds no room beside the front acts goes into the menu; before it is measured, nothing does.
  let left = width === 0 ? Number.POSITIVE_INFINITY : width - edges_px - menu_px;
  for (const act of front) left -= roomFor(act) + gap_px;
  const side = seen.filter((act) => {
    if (act.kind !== 'side') return false;
    left -= roomFor(act);
    return left > 0;
  });
  const rest = seen.filter((act) => !front.includes(act) && !side.includes(act));
  return (
    <section ref={ref} className={css.bar} aria-label="What to do with this case">
      <div className={css.front}>
        {front.map((act) => (
          <Tooltip key={act.key} label={act.say} disabled={!act.say}>
            <ActButton
              act_key={act.key}
              variant={act.kind === 'main' ? 'filled' : 'default'}
              disabled={act.off ?? false}
              onClick={act.run}
              className={css.act}
            >
              {act.label}
            </ActButton>
          </Tooltip>
        ))}
      </div>
      <div className={css.side}>
        {side.map(({ key, label, run, off }) => (
          <ActButton
            key={key}
            act_key={key}
            variant="subtle"
            color="gray"
            size="compact-sm"
            className={css.side_act}
            disabled={off ?? false}
            onClick={run}
          >
            {label}
          </ActButton>
        ))}
        {rest.length > 0 && <MoreActs acts={rest} />}
      </div>
    </section>
  );
}

/** What the bar keeps free at its two ends. */
const edges_px = 48;
/** The menu's button and the space before it. */
const menu_px = 50;
const gap_px = 8;

/** About how wide an act's button is: its letters, its key caps, and what stands around them. */
const roomFor = ({ label, key, kind }: Act): number =>
  label.length * 7.5 +
  capsOf(key).reduce((sum, cap) => sum + 14 + cap.length * 7, 0) +
  (kind === 'side' ? 13 : 27);

function MoreActs({ acts }: { acts: readonly Act[] }) {
  return (
    <Menu position="top-end" width={240} shadow="md">
      <Menu.Target>
        <Button variant="subtle" color="gray" className={css.more} aria-label="More acts">
          <IconDots size={18} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ key, label, run, off }) => (
          <Menu.Item
            key={key}
            onClick={run}
            disabled={off ?? false}
            rightSection={<KeyHint of={key} />}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
