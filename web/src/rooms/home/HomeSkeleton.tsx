import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Lines } from '../../kit/faces.tsx';
import figures from './Figures.module.css';
import page from './HomePage.module.css';
import loop from './Loop.module.css';

const four = ['one', 'two', 'three', 'four'];

/** Home while it is fetched: its own cards in their places, so that nothing moves when it comes. */
export function HomeSkeleton() {
  return (
    <div className={page.page}>
      <div className={loop.loop}>
        <div className={loop.stages}>
          {four.map((name) => (
            <div key={name} className={loop.stage}>
              <div className={loop.card}>
                <Figure />
              </div>
              {name !== 'four' && <span className={loop.gap} />}
            </div>
          ))}
        </div>
        <div className={loop.back} />
      </div>
      <div className={figures.row}>
        {four.map((name) => (
          <div key={name} className={figures.figure}>
            <Figure />
          </div>
        ))}
      </div>
      <div className={page.pair}>
        <Card>
          <Lines count={8} height={20} />
        </Card>
        <Card>
          <Skeleton height={248} />
        </Card>
      </div>
    </div>
  );
}

/** A title, a figure and a note, each as high as its line. */
const Figure = () => (
  <div className={page.waiting}>
    <Skeleton height={12} width="50%" />
    <Skeleton height={20} width="30%" />
    <Skeleton height={12} width="70%" />
  </div>
);

const Card = ({ children }: { children: ReactNode }) => (
  <div className={page.card}>
    <div className={page.head}>
      <Skeleton height={14} width="30%" />
    </div>
    <div className={page.body}>{children}</div>
  </div>
);
