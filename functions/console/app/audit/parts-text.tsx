import { Fragment } from 'react';
import { UserLink } from '../parts/user-link.tsx';
import type { Part } from './event-parts.ts';

/** Text about an event, in which users are links to their pages. Each line after the first begins below the one before. */
export const PartsText = ({ lines }: { lines: readonly (readonly Part[])[] }) =>
  lines.length === 1 && lines[0] ? (
    <Line parts={lines[0]} />
  ) : (
    lines.map((parts, index) => (
      <div key={index}>
        <Line parts={parts} />
      </div>
    ))
  );

const Line = ({ parts }: { parts: readonly Part[] }) =>
  parts.map((part, index) => (
    <Fragment key={index}>
      {typeof part === 'string' ? part : part.id.startsWith('usr_') ? <UserLink {...part} /> : part.name}
    </Fragment>
  ));
