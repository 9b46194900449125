import { Skeleton } from '@mantine/core';
import css from './AppFrame.module.css';
import { Lines, Loading } from './faces.tsx';
import header from './PageHeader.module.css';

/** A room whose code is on its way: a head, and what is under it. */
export const RoomSkeleton = () => (
  <Loading>
    <div className={header.header}>
      <Skeleton height={48} width={200} />
    </div>
    <Lines count={6} height={20} />
  </Loading>
);

/** The frame before it is known who asks: its rail and top bar stand where they will. */
export const FrameSkeleton = () => (
  <div className={css.frame}>
    <div className={css.top}>
      <span className={css.brand}>Wheelhouse</span>
    </div>
    <div className={css.rail}>
      <img src="/favicon.svg" width="32" height="32" alt="" className={css.mark} />
    </div>
    <div className={css.room}>
      <RoomSkeleton />
    </div>
  </div>
);
